"""The calendars of a Microsoft Project file as it means them: hours of each day, exceptions, what a base calendar adds.

Time here is the source's own: minutes of a day, shifts over midnight. What is made of it, days that work or rest, is
`planner.exchange.msproject.calendars_in`'s. A *shift* belongs to the day it begins on: the small hours of a night
belong to the day before.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from planner.exchange.msproject.element import Reader

Intervals = tuple[tuple[int, int], ...]
"""Working times of one day: from and to, in minutes after midnight; past 1,440 where one runs on into the next day."""

_MIDNIGHT: Final = 1_440
_USUAL_MINUTES: Final = 480
_NIGHT_ENDS_BY: Final = 720
_LONGEST_BREAK: Final = 120
_MOST_DAYS: Final = 400_000
_USUAL_DAY: Final[Intervals] = ((480, 720), (780, 1_020))
_DAILY, _YEARLY_DAY, _YEARLY_PLACE, _BY_MONTH_DAY, _BY_MONTH_PLACE, _WEEKLY, _EVERY_SOME_DAYS = range(1, 8)
_LAST_POSITION: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDays:
    """Days a calendar says something of, as spans of first and last, and the hours of each of them (none: they rest)."""

    name: str
    spans: tuple[tuple[date, date], ...]
    times: Intervals
    recurs: bool = False


@dataclass(slots=True, kw_only=True)
class SourceCalendar:
    """One calendar; what it does not say its `base` says. `week` has None for a weekday (0 for Monday) not said."""

    uid: str
    guid: str
    name: str
    is_base: bool
    base_uid: str
    line: int
    week: list[Intervals | None] = field(default_factory=lambda: [None] * 7)
    other_weeks: list[tuple[date, date, list[Intervals | None]]] = field(default_factory=list)
    exceptions: list[NamedDays] = field(default_factory=list)
    base: SourceCalendar | None = None
    _named: dict[date, Intervals] | None = None
    _usual: Intervals | None = None
    _shifts: dict[date, Intervals] = field(default_factory=dict)

    def says_something(self) -> bool:
        """Tell whether it says anything its base does not."""
        return any(times is not None for times in self.week) or bool(self.exceptions or self.other_weeks)

    def times(self, day: date) -> Intervals:
        """Return the working times that begin on a day; Project ends them at midnight, others run on past it."""
        named = self._named_times(day)
        if named is not None:
            return named
        calendar: SourceCalendar | None = self
        while calendar is not None:
            times = calendar._usual_times(day)  # noqa: SLF001  its own kind
            if times is not None:
                return times
            calendar = calendar.base
        return _USUAL_DAY if day.weekday() < 5 else ()

    def _named_times(self, day: date) -> Intervals | None:
        if self._named is None:
            self._named = {}
            for named in self.exceptions:
                for first, last in named.spans:
                    for offset in range((last - first).days + 1):
                        self._named.setdefault(first + timedelta(days=offset), named.times)
        found = self._named.get(day)
        return self.base._named_times(day) if found is None and self.base is not None else found  # noqa: SLF001

    def _usual_times(self, day: date) -> Intervals | None:
        for first, last, week in self.other_weeks:
            if first <= day <= last and week[day.weekday()] is not None:
                return week[day.weekday()]
        return self.week[day.weekday()]

    def shift(self, day: date) -> Intervals:
        """Return the shift that begins on a day, past midnight where it runs on; () when none does."""
        found = self._shifts.get(day)
        if found is None:
            found = self._shifts[day] = self._shift(day)
        return found

    def _shift(self, day: date) -> Intervals:
        own = self.times(day)
        if self._runs_on(day - timedelta(days=1)):
            own = own[len(_small_hours(own)) :]
        if self._runs_on(day):
            night = _small_hours(self.times(day + timedelta(days=1)))
            own = (*own, *((start + _MIDNIGHT, end + _MIDNIGHT) for start, end in night))
        return own

    def _runs_on(self, day: date) -> bool:
        """Tell whether a shift of the day runs over midnight; working round the clock has no shifts to tell apart."""
        today, tomorrow = self.times(day), self.times(day + timedelta(days=1))
        reaches = bool(today) and today[-1][1] == _MIDNIGHT and bool(tomorrow) and tomorrow[0][0] == 0
        return reaches and bool(_small_hours(tomorrow))

    def shift_minutes(self, day: date) -> int:
        """Return how many minutes of work a day's shift has."""
        return sum(end - start for start, end in self.shift(day))

    def usual_week(self) -> tuple[int, ...]:
        """Return the minutes of work of each weekday, Monday first, where nothing is said of single days."""
        plain = self._without_days()
        monday = date(2001, 1, 1)
        return tuple(plain.shift_minutes(monday + timedelta(days=offset)) for offset in range(7))

    def _without_days(self) -> SourceCalendar:
        base = None if self.base is None else self.base._without_days()  # noqa: SLF001  its own kind
        return replace(self, other_weeks=[], exceptions=[], base=base, _named=None, _usual=None, _shifts={})

    def usual_minutes(self) -> int:
        """Return the minutes of a usual working day; 480 when no day works."""
        worked = Counter(minutes for minutes in self.usual_week() if minutes)
        return worked.most_common(1)[0][0] if worked else _USUAL_MINUTES

    def place(self, stamp: datetime, *, ends: bool) -> tuple[date, float] | None:
        """Return the working day a start or a finish lies in and the share of its shift worked before it.

        None when the stamp is no time at which the calendar works (its last moment included for what ends, its first
        for what starts).
        """
        minute = _minutes(stamp)
        for day, at in ((stamp.date(), minute), (stamp.date() - timedelta(days=1), minute + _MIDNIGHT)):
            for start, end in self.shift(day):
                if (start < at <= end) if ends else (start <= at < end):
                    return day, self._share(day, at)
        return None

    def share_before(self, stamp: datetime) -> tuple[date, float]:
        """Return the day of a stamp and the share of that day's shift that lies before it."""
        return stamp.date(), self._share(stamp.date(), _minutes(stamp))

    def _share(self, day: date, at: float) -> float:
        shift = self.shift(day) or self._usual_shift()
        total = sum(end - start for start, end in shift)
        before = sum(min(end, max(start, at)) - start for start, end in shift)
        return before / total if total else 0.0

    def _usual_shift(self) -> Intervals:
        """Return the hours of the first working weekday: what a time means on a day that rests."""
        if self._usual is None:
            plain, monday = self._without_days(), date(2001, 1, 1)
            shifts = (plain.shift(monday + timedelta(days=offset)) for offset in range(7))
            self._usual = next((shift for shift in shifts if shift), _USUAL_DAY)
        return self._usual


def _minutes(stamp: datetime) -> float:
    return stamp.hour * 60 + stamp.minute + stamp.second / 60


def _small_hours(times: Intervals) -> Intervals:
    """Return the working times that follow midnight with no more than short breaks and are over by noon."""
    found: list[tuple[int, int]] = []
    for start, end in times:
        if start > (found[-1][1] + _LONGEST_BREAK if found else 0) or end > _NIGHT_ENDS_BY:
            break
        found.append((start, end))
    return tuple(found)


def read_calendars(readers: list[Reader]) -> dict[str, SourceCalendar]:
    """Return the calendars of a file by UID, each joined to its base; one that is its own base stands alone."""
    found = {calendar.uid: calendar for calendar in map(_calendar, readers)}
    for calendar in found.values():
        chain, base = {calendar.uid}, found.get(calendar.base_uid)
        while base is not None and base.uid not in chain:
            chain.add(base.uid)
            base = found.get(base.base_uid)
        if base is None and not calendar.is_base:
            calendar.base = found.get(calendar.base_uid)
    return found


def standard_calendar() -> SourceCalendar:
    """Return what Project calls Standard: Monday to Friday, 8 to 12 and 13 to 17."""
    return SourceCalendar(uid="", guid="", name="", is_base=True, base_uid="", line=0)


def _calendar(reader: Reader) -> SourceCalendar:
    calendar = SourceCalendar(
        uid=reader.uid(),
        guid=reader.text("GUID"),
        name=reader.text("Name"),
        is_base=reader.flag("IsBaseCalendar", default=reader.uid("BaseCalendarUID") in ("", "-1")),
        base_uid=reader.uid("BaseCalendarUID"),
        line=reader.line,
    )
    older: list[NamedDays] = []
    for day in reader.each("WeekDays", "WeekDay"):
        kind = day.whole("DayType")
        if kind == 0:
            older += _spans_of(day, "")
        elif kind is not None and 1 <= kind <= 7:
            calendar.week[(kind - 2) % 7] = _times(day)
        else:
            raise day.unreadable("DayType")
    newer: list[NamedDays] = []
    for exception in reader.each("Exceptions", "Exception"):
        newer += _exception(exception)
        _hold_to_reason(reader, newer)
    _hold_to_reason(reader, older)
    # Recurring ones give way where a day is said by itself.
    calendar.exceptions = sorted(newer or older, key=lambda named: named.recurs)
    for week in reader.each("WorkWeeks", "WorkWeek"):
        times: list[Intervals | None] = [None] * 7
        for day in week.each("WeekDays", "WeekDay"):
            kind = day.whole("DayType") or 0
            if 1 <= kind <= 7:
                times[(kind - 2) % 7] = _times(day)
        for period in week.each("TimePeriod"):
            first, last = period.stamp("FromDate"), period.stamp("ToDate")
            if first and last:
                calendar.other_weeks.append((first.date(), last.date(), times))
    return calendar


def _hold_to_reason(reader: Reader, named: list[NamedDays]) -> None:
    """Refuse a calendar that names more days than there are in its time."""
    if sum((last - first).days + 1 for one in named for first, last in one.spans) > _MOST_DAYS:
        raise reader.too_much()


def _times(reader: Reader) -> Intervals:
    if not reader.flag("DayWorking"):
        return ()
    found = []
    for times in reader.each("WorkingTimes", "WorkingTime"):
        start, end = times.time("FromTime"), times.time("ToTime")
        if start is None or end is None:
            continue
        if end <= start:
            end += _MIDNIGHT  # midnight, or a time of the next morning: Project writes that apart, others do not
        found.append((start, end))
    if not found:
        return () if reader.node.child("WorkingTimes") else _USUAL_DAY
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _spans_of(reader: Reader, name: str) -> Iterator[NamedDays]:
    for period in reader.each("TimePeriod"):
        first, last = period.stamp("FromDate"), period.stamp("ToDate")
        if first is not None:
            end = max(first, last or first)
            yield NamedDays(name=name, spans=((first.date(), end.date()),), times=_times(reader))


def _exception(reader: Reader) -> Iterator[NamedDays]:
    name = reader.text("Name")
    kind, period = reader.whole("Type") or _DAILY, max(1, reader.whole("Period") or 1)
    if kind in (_DAILY, _EVERY_SOME_DAYS) and period == 1:
        yield from _spans_of(reader, name)
        return
    for span in _spans_of(reader, name):
        first, last = span.spans[0]
        days = _recurring(reader, kind, period, first, last)
        count = reader.whole("Occurrences") or 0
        chosen: list[tuple[date, date]] = []
        for day in days:
            if day < first:
                continue
            if day > last or (count and reader.flag("EnteredByOccurrences") and len(chosen) >= count):
                break
            chosen.append((day, day))
        yield NamedDays(name=name, spans=tuple(chosen), times=span.times, recurs=True)


def _recurring(reader: Reader, kind: int, period: int, first: date, last: date) -> Iterator[date]:
    """Yield the days of a pattern in order, some perhaps before `first`, none much after `last`."""
    if kind in (_DAILY, _EVERY_SOME_DAYS):
        yield from (first + timedelta(days=offset) for offset in range(0, (last - first).days + 1, period))
    elif kind == _WEEKLY:
        mask = reader.whole("DaysOfWeek") or 1 << (first.weekday() + 1) % 7
        week = first - timedelta(days=(first.weekday() + 1) % 7)  # Project's weeks begin on Sunday
        while week <= last:
            yield from (week + timedelta(days=n) for n in range(7) if mask >> n & 1)
            week += timedelta(days=7 * period)
    elif kind in (_BY_MONTH_DAY, _BY_MONTH_PLACE):
        for months in range(0, (last.year - first.year) * 12 + last.month - first.month + 1, period):
            year, months_before = divmod(first.year * 12 + first.month - 1 + months, 12)
            day = _day_in_month(reader, year, months_before + 1, by_place=kind == _BY_MONTH_PLACE)
            if day is not None:
                yield day
    elif kind in (_YEARLY_DAY, _YEARLY_PLACE):
        month = reader.whole("Month")
        for year in range(first.year, last.year + 1):
            day = _day_in_month(
                reader, year, first.month if month is None else month + 1, by_place=kind == _YEARLY_PLACE
            )
            if day is not None:
                yield day
    else:
        yield from (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _day_in_month(reader: Reader, year: int, month: int, *, by_place: bool) -> date | None:
    if not 1 <= month <= 12:
        raise reader.unreadable("Month")
    length = monthrange(year, month)[1]
    if not by_place:
        number = reader.whole("MonthDay") or 1
        return date(year, month, number) if 1 <= number <= length else None
    item, position = reader.whole("MonthItem") or 0, reader.whole("MonthPosition") or 0
    days = [date(year, month, number) for number in range(1, length + 1)]
    if item == 1:
        days = [day for day in days if day.weekday() < 5]
    elif item == 2:
        days = [day for day in days if day.weekday() >= 5]
    elif item > 2:
        days = [day for day in days if day.weekday() == (item - 4) % 7]
    if position >= _LAST_POSITION:
        return days[-1]
    return days[position] if position < len(days) else None


def minutes_per_day(header: Reader) -> int:
    """Return how many minutes Project shows as a day."""
    said = header.whole("MinutesPerDay")
    return said if said is not None and 0 < said <= _MIDNIGHT else _USUAL_MINUTES
