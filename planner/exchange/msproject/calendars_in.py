"""Calendars of a Microsoft Project file as ours: days that work or rest, for the engagement and for its teams.

Ours know days, not hours: a day on which a shift begins works, however short. A team's calendar only takes days away
from the engagement's, so the days on which a resource works while the project's calendar rests are named one by one,
as far as the plan reaches.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final, cast

from planner.analysis.calendar import WorkCalendar, calendar_for
from planner.domain.calendar import Calendar, CalendarException
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import folded
from planner.domain.kinds import Entity
from planner.exchange.import_report import Fate, ImportedItem, Remark, effect_of, remark
from planner.exchange.models.cleaning import clean_line
from planner.exchange.msproject.calendars_out import TOGETHER
from planner.exchange.msproject.identities import Identities
from planner.exchange.msproject.project_file import ProjectFile
from planner.exchange.msproject.working_times import NamedDays, SourceCalendar, read_calendars, standard_calendar

_DAY: Final = timedelta(days=1)
_STANDARD: Final = "Standard"
_MOST_SPANS: Final = 5_000
_USUAL_WEEK: Final = (0, 1, 2, 3, 4)


class CalendarsIn:
    """The calendars of one file; `project` is the one the project follows, `put` what they become."""

    def __init__(
        self, source: ProjectFile, identities: Identities, engagement: Engagement, horizon: tuple[date, date]
    ) -> None:
        self._identities = identities
        self._engagement = engagement
        self._horizon = horizon
        self._path = source.path
        self.by_uid = read_calendars(source.calendars)
        self.project = self._find_project(source)
        self.put: list[Entity] = []
        self.items: list[ImportedItem] = []
        self._ids: dict[str, str] = {}
        self._names = {folded(calendar.name): calendar for calendar in engagement.calendars.values()}
        self._taken = {name: calendar.id for name, calendar in self._names.items()}
        self._used: frozenset[str] = frozenset()
        self._weekdays_here: frozenset[int] = frozenset()
        self.project_id: str | None = None

    def take_in(self, of_resources: Iterable[str], of_tasks: Iterable[str], *, sets_own: bool) -> None:
        """Make calendars of all base calendars and of those resources and tasks use, by UID; the project's own first.

        `sets_own` says that the project's calendar becomes the engagement's.
        """
        resources = [found.uid for found in map(self.for_resource, of_resources) if found is not None]
        tasks = [uid for uid in of_tasks if uid in self.by_uid]
        self._used = frozenset((*resources, *tasks))
        self.project_id = self._put_calendar(self.project, is_own=True)
        own = self._engagement.setting.calendar_id
        if sets_own:
            self._weekdays_here = frozenset(_weekdays(self.project) or _USUAL_WEEK)
        else:
            self.project_id = own
            week = None if own is None else self._engagement.calendars[own].weekdays
            self._weekdays_here = frozenset(_USUAL_WEEK if week is None else week)
        wanted = [calendar.uid for calendar in self.by_uid.values() if calendar.is_base]
        for uid in dict.fromkeys([*wanted, *resources, *tasks]):
            if uid != self.project.uid and not self._is_combination(self.by_uid[uid], resources):
                self._put_calendar(self.by_uid[uid], is_own=False)

    def _is_combination(self, source: SourceCalendar, of_resources: list[str]) -> bool:
        """Tell whether a calendar only says when several others all work, as ours are written: teams bring that along."""
        parts = source.name.split(TOGETHER)
        names = {calendar.name for calendar in self.by_uid.values() if calendar.is_base}
        if source.uid in of_resources or len(parts) == 1 or not set(parts) <= names:
            return False
        self.items.append(
            ImportedItem(
                kind="calendars", name=clean_line(source.name), source_id=source.uid, place=str(source.line),
                fate=Fate.REJECTED, remarks=(remark("mspdi-calendar-together"),),
            )
        )  # fmt: skip
        return True

    def for_resource(self, uid: str) -> SourceCalendar | None:
        """Return the calendar that makes a resource's days differ from the project's, None when none does."""
        calendar = self.by_uid.get(uid)
        while calendar is not None and not calendar.is_base and not calendar.says_something():
            calendar = calendar.base
        return None if calendar is None or calendar is self.project else calendar

    def id_of(self, calendar: SourceCalendar | None) -> str | None:
        """Return the id a source's calendar has here; None for the project's own."""
        return None if calendar is None or calendar is self.project else self._ids[calendar.uid]

    def differs(self, calendar: SourceCalendar, others: Iterable[SourceCalendar], here: WorkCalendar) -> bool:
        """Tell whether the days on which a calendar and all `others` work are not those of a calendar here."""
        if calendar.uid not in self._ids:
            return False
        together = (calendar, *others)
        return any(
            here.is_working(day) != all(one.shift_minutes(day) for one in together) for day in _days(*self._horizon)
        )

    def ever_works(self, here: WorkCalendar) -> bool:
        """Tell whether a calendar here has a working day as far as the plan reaches."""
        return any(here.is_working(day) for day in _days(*self._horizon))

    def of_task(self, uid: str) -> SourceCalendar | None:
        """Return the calendar a task names; None when it names none, or the project's."""
        calendar = self.by_uid.get(uid)
        return None if calendar is self.project else calendar

    def _find_project(self, source: ProjectFile) -> SourceCalendar:
        named = self.by_uid.get(source.header.uid("CalendarUID"))
        if named is not None:
            return named
        bases = [calendar for calendar in self.by_uid.values() if calendar.is_base]
        standard = next((calendar for calendar in bases if calendar.name.casefold() == "standard"), None)
        return standard or (bases[0] if bases else standard_calendar())

    def _put_calendar(self, source: SourceCalendar, *, is_own: bool) -> str:
        if not source.uid:
            calendar_id = self._identities.derive("calendars", "standard")
        else:
            calendar_id = self._identities.find("calendars", guid=source.guid, uid=source.uid)
        before: Calendar | None = self._identities.before("calendars", calendar_id)
        if before is None:
            namesake = self._names.get(folded(clean_line(source.name) or _STANDARD))
            if namesake is not None and self._agrees(source, namesake, is_own=is_own):
                before, calendar_id = namesake, namesake.id
        self._ids[source.uid] = calendar_id
        remarks = list(self._hours(source))
        entities = self._anew(source, calendar_id, is_own=is_own) if before is None else self._mended(source, before)
        name = cast("Calendar", entities[0]).name
        if before is None and source.uid in self._used:
            first, last = self._horizon
            opened = self._opened(source, calendar_id, entities)
            if self._is_apart(source, is_own=is_own):
                entities += self._closed(source, calendar_id, entities)
                remarks.append(remark("mspdi-calendar-apart", first=first, last=last))
            elif opened:
                remarks.append(remark("mspdi-calendar-opened", first=first, last=last))
            entities += opened
        self.put += entities
        self.items.append(
            ImportedItem(
                kind="calendars", name=name, source_id=source.uid,
                entity_id=calendar_id, place=str(source.line or ""), fate=Fate.CHANGED if remarks else Fate.IMPORTED,
                effect=effect_of(self._engagement, "calendars", entities[0]), remarks=tuple(remarks),
            )
        )  # fmt: skip
        return calendar_id

    def _agrees(self, source: SourceCalendar, here: Calendar, *, is_own: bool) -> bool:
        """Tell whether a calendar here has the days of one of the file, as far as the plan reaches."""
        if is_own and here.id != self._engagement.setting.calendar_id:
            return False
        try:
            works = calendar_for(self._engagement, (here.id,)).is_working
        except UserError:
            return False
        return all(works(day) == bool(source.shift_minutes(day)) for day in _days(*self._horizon))

    def _is_apart(self, source: SourceCalendar, *, is_own: bool) -> bool:
        """Tell whether a calendar works on none of the weekdays of the engagement's, so that the two never meet here."""
        return not is_own and source.uid in self._used and not self._weekdays_here & set(_weekdays(source))

    def _free_name(self, name: str, calendar_id: str) -> str:
        """Return `name`, numbered where another calendar bears it, and keep it."""
        free, number = name, 1
        while self._taken.get(folded(free), calendar_id) != calendar_id:
            number += 1
            free = f"{name[:290]} ({number})"
        self._taken[folded(free)] = calendar_id
        return free

    def _hours(self, source: SourceCalendar) -> Iterator[Remark]:
        minutes = set(source.usual_week()) - {0}
        if len(minutes) > 1:
            yield remark("mspdi-calendar-hours", least=min(minutes) / 60, most=max(minutes) / 60)
        usual = source.usual_minutes()
        short = [
            named.name or str(named.spans[0][0])
            for named in source.exceptions
            if named.times and named.spans and sum(end - start for start, end in named.times) != usual
        ]
        if short:
            yield remark("mspdi-exception-hours", names=tuple(short[:5]))
        if not minutes:
            yield remark("mspdi-calendar-never")

    def _anew(self, source: SourceCalendar, calendar_id: str, *, is_own: bool) -> list[Entity]:
        week = _weekdays(source)
        follows = not is_own and (week == _weekdays(self.project) or self._is_apart(source, is_own=is_own))
        calendar = Calendar(
            id=calendar_id,
            name=self._free_name(clean_line(source.name) or _STANDARD, calendar_id),
            weekdays=None if follows else week or _USUAL_WEEK,
            hours_per_day=min(24.0, max(0.25, source.usual_minutes() / 60)),
        )
        found: list[Entity] = [calendar]
        for named in self._named(source):
            works = bool(named.times)
            spans = [span for span in _joined(named.spans) if self._matters(span, week, works=works, is_own=is_own)]
            if len(found) + len(spans) > _MOST_SPANS:
                raise UserError("mspdi-calendar-large", path=str(self._path), name=calendar.name, most=_MOST_SPANS)
            found += [self._exception(calendar_id, clean_line(named.name), span, working=works) for span in spans]
        return list({entity.id: entity for entity in found}.values())

    def _matters(self, span: tuple[date, date], week: tuple[int, ...], *, works: bool, is_own: bool) -> bool:
        """Tell whether days of a span would be others without it: they need not work by the week, or rest anyway."""
        if works:
            return any(
                day.weekday() not in week or not (is_own or self.project.shift_minutes(day)) for day in _days(*span)
            )
        return is_own or any(self.project.shift_minutes(day) for day in _days(*span))

    def _named(self, source: SourceCalendar) -> Iterator[NamedDays]:
        """Yield what a calendar and its bases, but the project's, say of single days; other weeks as single days."""
        calendar: SourceCalendar | None = source
        while calendar is not None and (calendar is source or calendar is not self.project):
            yield from calendar.exceptions
            for first, last, _week in calendar.other_weeks:
                usual = source.usual_week()
                after = min(last, max(self._horizon[1], first))
                differing = [
                    day for day in _days(first, after) if bool(source.shift_minutes(day)) != bool(usual[day.weekday()])
                ]
                for works in (False, True):
                    days = tuple((day, day) for day in differing if bool(source.shift_minutes(day)) is works)
                    if days:
                        yield NamedDays(name="", spans=days, times=((0, 1),) if works else ())
            calendar = calendar.base

    def _exception(self, calendar_id: str, name: str, span: tuple[date, date], *, working: bool) -> CalendarException:
        start, finish = span
        return CalendarException(
            id=self._identities.derive(
                "calendar_exceptions", calendar_id, start.isoformat(), finish.isoformat(), str(working)
            ),
            calendar_id=calendar_id,
            name=name,
            start=start,
            finish=finish,
            working=working,
        )

    def _opened(self, source: SourceCalendar, calendar_id: str, named: Iterable[Entity]) -> list[Entity]:
        """Return the days of the plan's reach on which the calendar works and the project's rests, if not `named`."""
        said = [e for e in named if isinstance(e, CalendarException) and e.working]
        opened = tuple(
            (day, day)
            for day in _days(*self._horizon)
            if source.shift_minutes(day)
            and not self.project.shift_minutes(day)
            and not any(one.start <= day <= one.finish for one in said)
        )
        return [
            self._exception(calendar_id, clean_line(source.name), span, working=True)
            for span in _joined(opened)[:_MOST_SPANS]
        ]

    def _closed(self, source: SourceCalendar, calendar_id: str, named: Iterable[Entity]) -> list[Entity]:
        """Return the days of the plan's reach on which the engagement works and the calendar rests, if not `named`."""
        said = [e for e in named if isinstance(e, CalendarException)]
        closed = tuple(
            (day, day)
            for day in _days(*self._horizon)
            if day.weekday() in self._weekdays_here
            and not source.shift_minutes(day)
            and not any(one.start <= day <= one.finish for one in said)
        )
        return [self._exception(calendar_id, "", span, working=False) for span in _joined(closed)[:_MOST_SPANS]]

    def _mended(self, source: SourceCalendar, before: Calendar) -> list[Entity]:
        """Return what brings a calendar that is here already to the days of the source: nothing when they agree.

        One that leaves the engagement no weekday was made for nobody, and stays as it is.
        """
        try:
            works: Callable[[date], bool] = calendar_for(self._engagement, (before.id,)).is_working
        except UserError:
            return [before]
        if all(works(day) == bool(source.shift_minutes(day)) for day in _days(*self._horizon)):
            return [before]
        week = _weekdays(source)
        calendar = before
        if self._engagement.setting.calendar_id == before.id and week and before.weekdays != week:
            calendar = dataclasses.replace(before, weekdays=week)
        after = Engagement.of([*(e for held in self._engagement.by_kind().values() for e in held.values()), calendar])
        works = calendar_for(after, (before.id,)).is_working
        found: list[Entity] = [calendar]
        for working in (True, False):
            differing = tuple(
                (day, day)
                for day in _days(*self._horizon)
                if bool(source.shift_minutes(day)) is working and works(day) is not working
            )
            found += [self._exception(before.id, "", span, working=working) for span in _joined(differing)]
        return found


def _weekdays(source: SourceCalendar) -> tuple[int, ...]:
    """Return the weekdays a calendar usually works on, 0 for Monday."""
    return tuple(day for day, minutes in enumerate(source.usual_week()) if minutes)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + offset * _DAY


def _joined(spans: tuple[tuple[date, date], ...]) -> list[tuple[date, date]]:
    """Return spans with those that follow one another made one."""
    found: list[tuple[date, date]] = []
    for first, last in spans:
        if found and found[-1][1] + _DAY == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found
