"""Which days work, and working-time arithmetic on them: for the schedule, the load and every picture of the plan.

A `WorkCalendar` numbers the working days of one calendar, so that adding a duration is an addition. Inside a day time
runs in ticks, `TICKS_PER_DAY` to a working day, fine enough for a tenth of a minute of eight hours. A *moment* is one
integer over all calendars (day and tick); *work* is the ticks one calendar has worked before a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError

TICKS_PER_DAY: Final = 4_800
_DAY: Final = 2 * TICKS_PER_DAY
"""Moments in a day: room for the tick at a day's end, which is another moment than the next day's first."""

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2300
LAST_NUMBERED_DAY: Final = date(_LAST_YEAR - 1, 12, 31)
"""The last day of which calendars know whether it works."""

_YEARS_AT_ONCE: Final = 26

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


def is_end(moment: int) -> bool:
    """Tell whether a moment lies after some of its day's work, as what ends does; a day's beginning does not."""
    return moment % _DAY > 0


class WorkCalendar:
    """The working days of one calendar, numbered; grows into the future as far as it is asked.

    `working_weekdays` has 0 for Monday; `opened` days work and `closed` days rest whatever the weekday, and public
    `holidays` rest. UserError "beyond-calendar" for a day past the year 2299. It may be shared between threads.
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
        """Number the days from ten years before `around`, as far as most plans go."""
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
        self._number_more_days()

    @property
    def days_a_week(self) -> int:
        """How many days of an ordinary week work."""
        return len(self._weekdays)

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
        with self._growing:
            while index >= len(self._days):
                self._number_more_days()
        return self._days[index]

    def _work_long_before(self, ordinal: int, tick: int) -> int:
        weeks, rest = divmod(self._first - ordinal, 7)
        days = weeks * len(self._weekdays)
        days += sum((ordinal + offset - 1) % 7 in self._weekdays for offset in range(rest))
        return -days * TICKS_PER_DAY + (tick if (ordinal - 1) % 7 in self._weekdays else 0)

    def _offset(self, ordinal: int) -> int:
        offset = ordinal - self._first
        if offset >= len(self._ticks_before):
            with self._growing:
                while offset >= len(self._ticks_before):
                    self._number_more_days()
        return offset

    def _number_more_days(self) -> None:
        """Grow by some years; the caller holds the lock, and looked while holding it whether they are needed."""
        if self._next_year >= _LAST_YEAR:
            raise UserError("beyond-calendar", year=str(_LAST_YEAR))
        up_to_year = min(self._next_year + _YEARS_AT_ONCE, _LAST_YEAR)
        rest = self._resting(range(self._next_year, up_to_year))
        opened = {day.toordinal() for day in self._opened}
        worked = len(self._days)
        ticks_before: list[int] = []
        is_working: list[bool] = []
        days: list[int] = []
        for ordinal in range(date(self._next_year, 1, 1).toordinal(), date(up_to_year, 1, 1).toordinal()):
            working = ordinal in opened or ((ordinal - 1) % 7 in self._weekdays and ordinal not in rest)
            ticks_before.append(worked * TICKS_PER_DAY)
            is_working.append(working)
            if working:
                days.append(ordinal)
                worked += 1
        # Other threads read without the lock what they find numbered; what they look at first grows last.
        self._days.extend(days)
        self._is_working.extend(is_working)
        self._ticks_before.extend(ticks_before)
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
    """Return the working days of a team, or of the engagement (None); errors as in `calendar_for`."""
    return calendar_for(engagement, (None if team_id is None else engagement.teams[team_id].calendar_id,))


def calendar_for(engagement: Engagement, calendar_ids: Iterable[str | None]) -> WorkCalendar:
    """Return the days on which all of some teams work: the id of each team's calendar, None for one without its own.

    A team works on a day on which the engagement's calendar and its own both let it, and on a day its own names as
    working, over the engagement's holidays and freezes. No team at all: the engagement's days. Raises UserError
    "no-working-days" (names) for calendars that never work on the same weekday.
    """
    own = engagement.setting.calendar_id
    ids = {None if calendar_id == own else calendar_id for calendar_id in calendar_ids} or {None}
    return _combined(
        _Said(_PLAIN) if own is None else _said(engagement, own),
        tuple(
            _NOTHING_MORE if calendar_id is None else _said(engagement, calendar_id)
            for calendar_id in sorted(ids, key=lambda calendar_id: calendar_id or "")
        ),
        engagement.first_day,
    )


class _Said(NamedTuple):
    """A calendar with all it says of single days."""

    calendar: Calendar
    exceptions: tuple[CalendarException, ...] = ()
    freezes: tuple[Freeze, ...] = ()


_NOTHING_MORE: Final = _Said(Calendar(id="", name="", weekdays=None))
"""What a team without a calendar of its own adds to the engagement's."""


def _said(engagement: Engagement, calendar_id: str) -> _Said:
    return _Said(
        engagement.calendars[calendar_id],
        engagement.referring("calendar_exceptions", "calendar_id").get(calendar_id, ()),
        engagement.referring("freezes", "calendar_id").get(calendar_id, ()),
    )


@lru_cache(maxsize=256)
def _combined(engagements: _Said, teams: tuple[_Said, ...], around: date) -> WorkCalendar:
    """Number the days on which the engagement's calendar and the teams' let all of the teams work."""
    calendars = [said.calendar for said in (engagements, *teams)]
    weekdays = set(range(7))
    for calendar in calendars:
        if calendar.weekdays is not None:
            weekdays &= set(calendar.weekdays)
    if not weekdays:
        raise UserError("no-working-days", names=tuple(calendar.name for calendar in calendars if calendar.name))
    own, added = _NamedDays(engagements), [_NamedDays(said) for said in teams]
    named = own.named.union(*(team.named for team in added))
    opened = {
        day
        for day in named
        if all(day in team.opened or (own.lets_work(day) and team.lets_work(day)) for team in added)
    }
    return WorkCalendar(
        weekdays,
        closed=map(date.fromordinal, named - opened),
        opened=map(date.fromordinal, opened),
        holidays={(calendar.country, calendar.subdivision) for calendar in calendars if calendar.country},
        around=around,
    )


class _NamedDays:
    """What one calendar says of single days, by ordinal: `named` in its exceptions and freezes, `opened` to work."""

    def __init__(self, said: _Said) -> None:
        self._calendar = said.calendar
        self.opened = _days(span for span in said.exceptions if span.working)
        self.named = self.opened | _days(said.exceptions) | _days(said.freezes)

    def lets_work(self, ordinal: int) -> bool:
        """Tell whether the calendar lets work happen on a day; an exception that works wins over all that closes it."""
        if ordinal in self.named:
            return ordinal in self.opened
        calendar = self._calendar
        if calendar.weekdays is not None and (ordinal - 1) % 7 not in calendar.weekdays:
            return False
        year = date.fromordinal(ordinal).year
        return not calendar.country or ordinal not in _public_holidays(calendar.country, calendar.subdivision, year)


def _days(spans: Iterable[CalendarException | Freeze]) -> set[int]:
    """Return the days of spans, as ordinals, within the years a calendar numbers."""
    first, after = date(_FIRST_YEAR, 1, 1).toordinal(), date(_LAST_YEAR, 1, 1).toordinal()
    found: set[int] = set()
    for span in spans:
        found.update(range(max(first, span.start.toordinal()), min(after, span.finish.toordinal() + 1)))
    return found
