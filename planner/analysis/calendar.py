"""Which days work, and working-time arithmetic on them: for the schedule, the load and every picture of the plan.

A `WorkCalendar` numbers the working days of one calendar, so that adding a duration is an addition. Inside a day time
runs in ticks, `TICKS_PER_DAY` to a working day, fine enough for a tenth of a minute of eight hours. A *moment* is one
integer over all calendars (day and tick); *work* is the ticks one calendar has worked before a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError

TICKS_PER_DAY: Final = 4_800
_DAY: Final = 2 * TICKS_PER_DAY
"""Moments in a day: room for the tick at a day's end, which is another moment than the next day's first."""

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2300
_YEARS_AT_ONCE: Final = 16

_PLAIN: Final = Calendar(id="", name="")
"""The calendar of an engagement that chose none: Monday to Friday, no holidays."""

Holidays = tuple[str, str]
"""Country and subdivision whose public holidays rest."""


def start_of(day: date) -> int:
    """Return the moment a day begins."""
    return day.toordinal() * _DAY


def end_of(day: date) -> int:
    """Return the moment a day ends."""
    return day.toordinal() * _DAY + TICKS_PER_DAY


def day_of(moment: int) -> date:
    """Return the day a moment lies in."""
    return date.fromordinal(moment // _DAY)


class WorkCalendar:
    """The working days of one calendar, numbered; grows into the future as far as it is asked.

    `working_weekdays` holds one set of weekdays (0 for Monday) for each calendar that must agree; `opened` days work
    and `closed` days rest whatever the weekday. UserError "beyond-calendar" for a day past
    the year 2299. It may be shared between threads.
    """

    def __init__(
        self,
        working_weekdays: Iterable[int] = (0, 1, 2, 3, 4),
        *,
        closed: Iterable[date] = (),
        opened: Iterable[date] = (),
        holidays: Iterable[Holidays] = (),
        around: date,
    ) -> None:
        """Number the days from ten years before `around`."""
        self._weekdays = frozenset(working_weekdays)
        self._opened = frozenset(opened)
        self._closed = frozenset(closed) - self._opened
        self._holidays = tuple(holidays)
        self._first_year = max(_FIRST_YEAR, around.year - 10)
        self._next_year = self._first_year
        self._first = date(self._first_year, 1, 1).toordinal()
        self._ticks_before: list[int] = []
        self._is_working: list[bool] = []
        self._days: list[int] = []
        self._growing = threading.Lock()
        self._grow(min(_LAST_YEAR, around.year + _YEARS_AT_ONCE))

    def is_working(self, day: date) -> bool:
        """Tell whether work happens on `day`; before the first numbered day only weekdays are known."""
        ordinal = day.toordinal()
        if ordinal < self._first:
            return day.weekday() in self._weekdays
        return self._is_working[self._offset(ordinal)]

    def first_working(self, day: date) -> date:
        """Return `day` or the first working day after it."""
        return day_of(self.starting(self.work_before(start_of(day))))

    def last_working(self, day: date) -> date:
        """Return `day` or the last working day before it."""
        return day_of(self.finishing(self.work_before(end_of(day))))

    def add(self, start: date, days: float) -> date:
        """Return the last working day of `days` working days of work that starts on `start`, at least one."""
        work = self.work_before(start_of(start)) + max(1, round(days * TICKS_PER_DAY))
        return day_of(self.finishing(work))

    def count(self, start: date, finish: date) -> int:
        """Return how many working days lie from `start` to `finish`, both included; 0 when `finish` comes first."""
        worked = self.work_before(end_of(finish)) - self.work_before(start_of(start))
        return max(0, worked // TICKS_PER_DAY)

    def work_before(self, moment: int) -> int:
        """Return the ticks worked before a moment, counted from the first numbered day; negative before it."""
        ordinal, tick = divmod(moment, _DAY)
        if ordinal < self._first:
            return self._work_long_before(ordinal, tick)
        offset = ordinal - self._first
        if offset >= len(self._ticks_before):
            offset = self._offset(ordinal)
        return self._ticks_before[offset] + tick if self._is_working[offset] else self._ticks_before[offset]

    def starting(self, work: int) -> int:
        """Return the moment at which the next tick after `work` begins: a start."""
        index, tick = divmod(work, TICKS_PER_DAY)
        day = self._days[index] if 0 <= index < len(self._days) else self._day(index)
        return day * _DAY + tick

    def finishing(self, work: int) -> int:
        """Return the moment at which the last tick of `work` has ended: a finish."""
        index, tick = divmod(work - 1, TICKS_PER_DAY)
        day = self._days[index] if 0 <= index < len(self._days) else self._day(index)
        return day * _DAY + tick + 1

    def _day(self, index: int) -> int:
        if index < 0:
            weeks, left = divmod(-index - 1, len(self._weekdays))
            ordinal = self._first - 1 - 7 * weeks
            while (ordinal - 1) % 7 not in self._weekdays or left:
                left -= (ordinal - 1) % 7 in self._weekdays
                ordinal -= 1
            return max(1, ordinal)
        while index >= len(self._days):
            self._grow(self._next_year + _YEARS_AT_ONCE)
        return self._days[index]

    def _work_long_before(self, ordinal: int, tick: int) -> int:
        weeks, rest = divmod(self._first - ordinal, 7)
        days = weeks * len(self._weekdays)
        days += sum((ordinal + offset - 1) % 7 in self._weekdays for offset in range(rest))
        return -days * TICKS_PER_DAY + (tick if (ordinal - 1) % 7 in self._weekdays else 0)

    def _offset(self, ordinal: int) -> int:
        offset = ordinal - self._first
        while offset >= len(self._ticks_before):
            self._grow(self._next_year + _YEARS_AT_ONCE)
        return offset

    def _grow(self, up_to_year: int) -> None:
        if self._next_year >= _LAST_YEAR:
            raise UserError("beyond-calendar", year=str(_LAST_YEAR))
        with self._growing:
            self._number_days(min(up_to_year, _LAST_YEAR))

    def _number_days(self, up_to_year: int) -> None:
        rest = self._resting(range(self._next_year, up_to_year))
        opened = {day.toordinal() for day in self._opened}
        worked = len(self._days)
        for ordinal in range(date(self._next_year, 1, 1).toordinal(), date(up_to_year, 1, 1).toordinal()):
            working = ordinal in opened or ((ordinal - 1) % 7 in self._weekdays and ordinal not in rest)
            self._ticks_before.append(worked * TICKS_PER_DAY)
            self._is_working.append(working)
            if working:
                self._days.append(ordinal)
                worked += 1
        self._next_year = up_to_year

    def _resting(self, years: range) -> set[int]:
        found = {day.toordinal() for day in self._closed}
        for country, subdivision in self._holidays:
            for year in years:
                found |= _public_holidays(country, subdivision, year)
        return found


@lru_cache(maxsize=4096)
def _public_holidays(country: str, subdivision: str, year: int) -> frozenset[int]:
    import holidays  # noqa: PLC0415  only where a country is named

    return frozenset(
        day.toordinal() for day in holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    )


def calendar_of(engagement: Engagement, team_id: str | None) -> WorkCalendar:
    """Return the working days of a team, or of the engagement (None)."""
    calendar_id = None if team_id is None else engagement.teams[team_id].calendar_id
    return calendar_for(engagement, () if calendar_id is None else (calendar_id,))


def calendar_for(engagement: Engagement, calendar_ids: Iterable[str]) -> WorkCalendar:
    """Return the days on which the engagement's calendar and each of `calendar_ids` let work happen.

    A calendar that names an exception as working opens that day, over the holidays and freezes of the others. Raises
    UserError "no-working-days" (names) for calendars that never work on the same weekday.
    """
    own = engagement.setting.calendar_id
    chosen = ([] if own is None else [own]) + [calendar_id for calendar_id in calendar_ids if calendar_id != own]
    calendars = [engagement.calendars[calendar_id] for calendar_id in chosen]
    return _combined(
        tuple(calendars) if own is not None else (_PLAIN, *calendars),
        tuple(e for c in chosen for e in engagement.referring("calendar_exceptions", "calendar_id").get(c, ())),
        tuple(f for c in chosen for f in engagement.referring("freezes", "calendar_id").get(c, ())),
        engagement.first_day,
    )


@lru_cache(maxsize=256)
def _combined(
    calendars: tuple[Calendar, ...],
    exceptions: tuple[CalendarException, ...],
    freezes: tuple[Freeze, ...],
    around: date,
) -> WorkCalendar:
    weekdays = set(range(7))
    for calendar in calendars:
        if calendar.weekdays is not None:
            weekdays &= set(calendar.weekdays)
    if not weekdays:
        raise UserError("no-working-days", names=tuple(calendar.name for calendar in calendars))
    closed: set[date] = set()
    opened: set[date] = set()
    for span in exceptions:
        (opened if span.working else closed).update(_days(span.start, span.finish))
    for freeze in freezes:
        closed.update(_days(freeze.start, freeze.finish))
    return WorkCalendar(
        weekdays,
        closed=closed,
        opened=opened,
        holidays={(calendar.country, calendar.subdivision) for calendar in calendars if calendar.country},
        around=around,
    )


def _days(start: date, finish: date) -> Iterable[date]:
    return (start + timedelta(days=offset) for offset in range((finish - start).days + 1))
