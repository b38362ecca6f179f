"""Calendars as Microsoft Project knows them: the engagement's, each of its others, and those of teams that work together.

What we compute with are days, so every working day gets the same hours, those of the engagement's calendar. Public
holidays and freezes become exceptions like any other. Where several calendars hold an initiative, the days on which all
of them work are a calendar of their own, which its task names: nothing is left to how another program joins calendars.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from planner.analysis.calendar import TICKS_PER_DAY, WorkCalendar, calendar_for
from planner.domain.calendar import Calendar
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError

Key = frozenset[str | None]
"""Ids of the calendars an initiative's teams have beside the engagement's, None for a team without one."""

TOGETHER: Final = " + "
"""Between the names of calendars that work together."""

_DAY: Final = timedelta(days=1)
_MOMENTS_A_DAY: Final = 2 * TICKS_PER_DAY
_MORNING_STARTS: Final = 480
_MORNING: Final = 240
_BREAK: Final = 60
_MIDNIGHT: Final = 1_440
_PAST_YEARS: Final = 1
_FUTURE_YEARS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSpan:
    """Days from first to last that differ from the week, or are named all the same; whether they work."""

    start: date
    finish: date
    name: str
    works: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """The working times of every working day, `minutes` of them in all."""

    minutes: int
    times: tuple[tuple[int, int], ...]

    def seconds_at(self, tick: int, *, ends: bool) -> int:
        """Return the seconds after midnight at which `tick` ticks of the day are worked, as an end or as a start."""
        left = round(tick * self.minutes * 60 / TICKS_PER_DAY)
        for start, end in self.times:
            length = (end - start) * 60
            if left < length or (ends and left == length):
                return start * 60 + left
            left -= length
        return self.times[-1][1] * 60


def hours_of(minutes: int) -> Hours:
    """Return a day of that many minutes: from eight, with a break after four hours, as long as that ends by midnight."""
    if minutes <= _MORNING:
        return Hours(minutes, ((_MORNING_STARTS, _MORNING_STARTS + minutes),))
    afternoon = _MORNING_STARTS + _MORNING + _BREAK
    if afternoon + minutes - _MORNING <= _MIDNIGHT:
        times = ((_MORNING_STARTS, _MORNING_STARTS + _MORNING), (afternoon, afternoon + minutes - _MORNING))
        return Hours(minutes, times)
    return Hours(minutes, ((_MIDNIGHT - minutes, _MIDNIGHT),))


@dataclass(slots=True, kw_only=True)
class CalendarOut:
    """One base calendar as it is written."""

    uid: int
    identity: str
    name: str
    weekdays: frozenset[int]
    spans: list[NamedSpan] = field(default_factory=list)


class CalendarsOut:
    """Every base calendar an engagement needs; UID 1 is its own."""

    def __init__(self, engagement: Engagement, until: date) -> None:
        self._engagement = engagement
        self._years = range(engagement.first_day.year - _PAST_YEARS, until.year + _FUTURE_YEARS + 1)
        self._by_key: dict[Key, CalendarOut] = {}
        self._idle: dict[Key, CalendarOut] = {}
        own = engagement.setting.calendar_id
        calendar = None if own is None else engagement.calendars[own]
        self.hours = hours_of(min(_MIDNIGHT, max(15, round(60 * (calendar.hours_per_day if calendar else 8)))))
        self.own = self.for_teams(())
        for calendar_id in engagement.calendars:
            if calendar_id != own:
                self.for_teams((calendar_id,))

    def __len__(self) -> int:
        """Return how many there are, the highest UID."""
        return len(self._by_key)

    def __iter__(self) -> Iterator[CalendarOut]:
        """Yield all of them, the engagement's own first."""
        return iter(self._by_key.values())

    def for_teams(self, calendar_ids: Iterable[str | None]) -> CalendarOut:
        """Return the calendar of what teams with these calendars work on together."""
        own = self._engagement.setting.calendar_id
        key: Key = frozenset(None if one == own else one for one in calendar_ids) or frozenset([None])
        found = self._by_key.get(key) or self._idle.get(key)
        if found is None:
            try:
                found = self._by_key[key] = self._make(key)
            except UserError:
                # It leaves no weekday to work on; nobody plans with it, or there would be no schedule.
                found = self._idle[key] = self.own
        return found

    def _make(self, key: Key) -> CalendarOut:
        engagement = self._engagement
        own = engagement.setting.calendar_id
        involved = [own, *sorted(one for one in key if one is not None)]
        calendars = [engagement.calendars[one] for one in involved if one is not None]
        weekdays = set(range(5)) if own is None else set(range(7))
        for calendar in calendars:
            weekdays &= set(range(7)) if calendar.weekdays is None else set(calendar.weekdays)
        named = [one.name for one in calendars[0 if own is None or None in key else 1 :]] or [
            one.name for one in calendars
        ]
        if own is None and (None in key or not named):
            named.insert(0, self._standard_name())
        days = calendar_for(engagement, key)
        return CalendarOut(
            uid=len(self._by_key) + 1,
            identity=self._identity(key),
            name=TOGETHER.join(named),
            weekdays=frozenset(weekdays),
            spans=self._spans(calendars, days, weekdays),
        )

    def _identity(self, key: Key) -> str:
        own = self._engagement.setting.calendar_id
        ids = sorted(one or own or "standard" for one in key)
        return ids[0] if len(ids) == 1 else "|".join(("together", *ids))

    def _standard_name(self) -> str:
        """Return the name of the calendar of an engagement that chose none, unless another bears it."""
        taken = {calendar.name for calendar in self._engagement.calendars.values()}
        return next(
            name for name in ("Standard", *(f"Standard {n}" for n in range(2, len(taken) + 3))) if name not in taken
        )

    def _spans(self, calendars: list[Calendar], days: WorkCalendar, weekdays: set[int]) -> list[NamedSpan]:
        """Return what is said of single days, each day once: days that work first, then those that rest."""
        told: list[tuple[date, date, str]] = []
        rests: list[tuple[date, date, str]] = []
        for calendar in calendars:
            for span in self._engagement.referring("calendar_exceptions", "calendar_id").get(calendar.id, ()):
                (told if span.working else rests).append((span.start, span.finish, span.name))
            freezes = self._engagement.referring("freezes", "calendar_id").get(calendar.id, ())
            rests += [(freeze.start, freeze.finish, freeze.name) for freeze in freezes]
            rests += self._holidays(calendar)
        claimed: set[date] = set()
        return sorted(
            (
                NamedSpan(start=run.start, finish=run.finish, name=name, works=run.works)
                for start, finish, name in [*sorted(told), *sorted(rests)]
                for run in _runs(start, finish, claimed, days)
                if run.works or any(day.weekday() in weekdays for day in _days(run.start, run.finish))
            ),
            key=lambda span: span.start,
        )

    def _holidays(self, calendar: Calendar) -> list[tuple[date, date, str]]:
        if not calendar.country:
            return []
        import holidays  # noqa: PLC0415  only where a country is named

        found = holidays.country_holidays(
            calendar.country, subdiv=calendar.subdivision or None, years=list(self._years)
        )
        return [(day, day, str(name)) for day, name in found.items()]


def _runs(start: date, finish: date, claimed: set[date], days: WorkCalendar) -> Iterator[NamedSpan]:
    """Yield the days of a span that nothing claimed before, those together that work or rest alike; claim them."""
    first: date | None = None
    works = False
    for day in _days(start, finish):
        if day in claimed or (first is not None and days.is_working(day) is not works):
            if first is not None:
                yield NamedSpan(start=first, finish=day - _DAY, name="", works=works)
            first = None
        if day in claimed:
            continue
        claimed.add(day)
        if first is None:
            first, works = day, days.is_working(day)
    if first is not None:
        yield NamedSpan(start=first, finish=finish, name="", works=works)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + offset * _DAY


def split_moment(moment: int) -> tuple[date, int]:
    """Return the day of a moment and the ticks of it that are worked."""
    ordinal, tick = divmod(moment, _MOMENTS_A_DAY)
    return date.fromordinal(ordinal), tick
