"""Tasks of a Microsoft Project file as initiatives and links, with a remark for all that is not the same here.

Durations, lags and constraints are told by minutes and moments there, by working days and days here: what does not fit
is brought to the nearest that does, and said. What stretches a task beyond its own duration (assignments, splits,
calendars of its own, elapsed time) is taken in as the working days between its dates.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from planner.analysis.calendar import TICKS_PER_DAY, WorkCalendar, start_of
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Initiative, Link, LinkType, Status
from planner.exchange.import_report import Fate, ImportedItem, Remark, effect_of, remark
from planner.exchange.models.cleaning import clean_line, clean_text, what_cleaning_took
from planner.exchange.msproject.project_file import (
    ELAPSED_FORMATS,
    PERCENT_FORMATS,
    SourceLink,
    SourceTask,
    first_stamp,
)
from planner.exchange.msproject.working_times import SourceCalendar

LINK_TYPES: Final = {
    0: LinkType.FINISH_TO_FINISH,
    1: LinkType.FINISH_TO_START,
    2: LinkType.START_TO_FINISH,
    3: LinkType.START_TO_START,
}
_FROM_START: Final = (LinkType.START_TO_START, LinkType.START_TO_FINISH)
AS_SOON, AS_LATE, MUST_START, MUST_FINISH, START_FROM, START_BY, FINISH_FROM, FINISH_BY = range(8)
_MOST_DAYS: Final = 20_000.0
_MOST_COST: Final = 1e15
_TENTHS: Final = 10
_SLIGHT: Final = 10
"""Ticks by which a duration may miss the span between its dates: what rounding to a minute leaves."""


@dataclass(slots=True, kw_only=True)
class TaskIn:
    """One task on its way in: what it becomes, and what is to be said of it."""

    source: SourceTask
    initiative_id: str
    parent: TaskIn | None = None
    position: int = 0
    holds: bool = False
    waits: bool = False
    remarks: list[Remark] = field(default_factory=list)
    calendar: WorkCalendar
    hours: tuple[SourceCalendar, ...]
    """The calendars whose hours its dates may be told in, the likeliest first, the project's last."""
    minutes_a_day: int
    """The minutes of a usual day of the project's calendar."""
    status_day: date | None = None
    initiative: Initiative | None = None

    def say(self, code: str, **parameters: Any) -> None:
        """Add a remark."""
        self.remarks.append(remark(code, **parameters))

    def limit(self, field: str, said: float, *, least: float, most: float) -> float:
        """Return a number held within what it can be here; says so where that is another one."""
        held = min(most, max(least, said))
        if held != said:
            self.say("mspdi-limited", field=field, said=said, here=held)
        return held

    @property
    def progress(self) -> float:
        """How much of it is done, from 0 to 1."""
        return min(1.0, max(0.0, self.source.percent / 100))

    def is_within(self, other: TaskIn) -> bool:
        """Tell whether one is the other, or holds it, or is held by it: no link can join these."""
        return any(
            one is wanted
            for first, wanted in ((self, other), (other, self))
            for one in first._with_holders()  # noqa: SLF001  its own kind
        )

    def _with_holders(self) -> Iterator[TaskIn]:
        task: TaskIn | None = self
        while task is not None:
            yield task
            task = task.parent

    @property
    def starts(self) -> datetime | None:
        """When it starts at the earliest, as the file says."""
        return first_stamp(self.source.actual_start, self.source.early_start, self.source.start)

    @property
    def ends(self) -> datetime | None:
        """When it ends at the earliest, as the file says."""
        return first_stamp(self.source.actual_finish, self.source.early_finish, self.source.finish)

    def moment(self, stamp: datetime, *, ends: bool) -> int:
        """Return the moment (as of `planner.analysis.calendar`) of a stamp that starts or ends work."""
        for hours in self.hours:
            found = hours.place(stamp, ends=ends)
            if found is not None:
                break
        else:
            found = self.hours[-1].share_before(stamp)
        day, share = found
        if ends and share <= 0:
            return start_of(day)
        return start_of(day) + round(share * TICKS_PER_DAY)

    def work(self, stamp: datetime, *, ends: bool) -> int:
        """Return the ticks its calendar here has worked before a stamp."""
        return self.calendar.work_before(self.moment(stamp, ends=ends))

    def first_day(self, stamp: datetime) -> date:
        """Return the day here on which what starts at a stamp starts."""
        moment = self.moment(stamp, ends=False)
        day = date.fromordinal(moment // (2 * TICKS_PER_DAY))
        return day + timedelta(days=1) if moment % (2 * TICKS_PER_DAY) >= TICKS_PER_DAY else day

    def last_day(self, stamp: datetime) -> date:
        """Return the day here on which what ends at a stamp ends."""
        if stamp.hour == stamp.minute == stamp.second == 0 and self.hours[-1].place(stamp, ends=True) is None:
            return stamp.date() - timedelta(days=1)
        moment = self.moment(stamp, ends=True)
        day = date.fromordinal(moment // (2 * TICKS_PER_DAY))
        if moment % (2 * TICKS_PER_DAY) == 0:
            return self.calendar.last_working(day - timedelta(days=1))
        return day

    def days(self) -> float:
        """Return its duration in working days here; says so where that is not the duration the file gives."""
        source = self.source
        said = self.limit("Duration", (source.minutes or 0.0) / self.minutes_a_day, least=0.0, most=_MOST_DAYS)
        starts, ends = self.starts, self.ends
        elapsed = source.duration_format in ELAPSED_FORMATS
        if starts is None or ends is None or (source.minutes is not None and not source.minutes):
            if elapsed and source.minutes:
                said = min(_MOST_DAYS, source.minutes / (24 * 60) * 5 / 7)
                self.say("mspdi-elapsed", days=said)
            return said
        if source.minutes is None and starts == ends:
            return 0.0
        ticks = max(0, self.work(ends, ends=True) - self.work(starts, ends=False))
        if source.minutes is not None and not elapsed and self._takes_what_it_says(said, ticks):
            return said
        days = min(_MOST_DAYS, ticks / TICKS_PER_DAY)
        if elapsed:
            self.say("mspdi-elapsed", days=days)
        elif source.minutes is not None:
            self.say("mspdi-span", said=said, days=days)
        return days

    def _takes_what_it_says(self, said: float, ticks: int) -> bool:
        """Tell whether it takes the days it is said to, whatever work lies between its dates."""
        if self.source.actual_finish is not None or self._waits_for_status():
            return True  # its dates are what they were, or what is left waits
        if abs(ticks - said * TICKS_PER_DAY) <= _SLIGHT:
            return True
        if not ticks:
            self.say("mspdi-dates-crossed", days=said)
        return not ticks

    def _waits_for_status(self) -> bool:
        """Tell whether its work is split by nothing else than the status date, which splits it here too."""
        source = self.source
        if self.status_day is None or source.resume is None or not 0 < self.progress < 1 or self.ends is None:
            return False
        resumes = self.work(source.resume, ends=False)
        left = (source.minutes or 0.0) / self.minutes_a_day * (1 - self.progress) * TICKS_PER_DAY
        return (
            resumes == self.calendar.work_before(start_of(self.status_day))
            and abs(self.work(self.ends, ends=True) - resumes - left) <= _SLIGHT
        )


def whole_project(tasks: Iterable[SourceTask]) -> SourceTask | None:
    """Return the row that stands for the whole project: the only one above all others, and the first by its number."""
    tops = [task for task in tasks if task.level == 0 and not task.is_blank]
    return tops[0] if len(tops) == 1 and (tops[0].uid == "0" or tops[0].id == 0) else None


def outline(tasks: Sequence[SourceTask]) -> list[tuple[SourceTask, SourceTask | None]]:
    """Return the rows that are of the plan, each with the row it stands under."""
    whole = whole_project(tasks)
    found: list[tuple[SourceTask, SourceTask | None]] = []
    above: list[SourceTask] = []
    for task in tasks:
        if task.is_blank or task is whole:
            continue
        while above and above[-1].level >= task.level:
            above.pop()
        found.append((task, above[-1] if above else None))
        above.append(task)
    return found


def make_initiative(task: TaskIn, before: Initiative | None, *, parent_id: str | None) -> Initiative:
    """Return what a task becomes; what only Roadbook knows of it stays as it was `before`."""
    source = task.source
    days = task.days() if not task.holds else _span_days(task)
    constraint, day, deadline = _constrained(task, days)
    started, finished = _actual(task)
    done = 0.0 if task.holds else task.limit("PercentComplete", source.percent, least=0.0, most=100.0) / 100
    cost = source.fixed_cost if task.holds else first_cost(source.cost, source.fixed_cost)
    for name, text, line in (
        ("Name", source.name, True),
        ("Contact", source.contact, True),
        ("Notes", source.notes, False),
    ):
        task.remarks += what_cleaning_took(text, name, line=line)
    said: dict[str, Any] = {
        "name": clean_line(source.name) or source.uid,
        "parent_id": parent_id,
        "position": task.position,
        "description": clean_text(source.notes),
        "owner": clean_line(source.contact),
        "status": _status(
            task, before, progress=task.progress, finished=finished is not None, started=started is not None
        ),
        "duration_days": days,
        "constraint": constraint,
        "constraint_date": day,
        "deadline": deadline,
        "progress": done,
        "actual_start": started,
        "actual_finish": finished,
        "cost": task.limit("Cost", cost, least=0.0, most=_MOST_COST) if cost else None,
    }
    return Initiative(id=task.initiative_id, **said) if before is None else _brought_up_to_date(task, before, said)


def _brought_up_to_date(task: TaskIn, before: Initiative, said: dict[str, Any]) -> Initiative:
    """Return an initiative that was here before as the file has it, with all that only Roadbook knows of it."""
    if said["actual_finish"] is not None or task.holds:
        said["duration_days"] = before.duration_days
    if before.optimistic_days is not None:
        said["optimistic_days"] = min(before.optimistic_days, said["duration_days"])
    if before.pessimistic_days is not None:
        said["pessimistic_days"] = max(before.pessimistic_days, said["duration_days"])
    own = before.constraint_date
    if own is not None and before.constraint is said["constraint"]:
        # A pin on a day that rests was written as the next that works.
        is_same = task.calendar.first_working(own) == said["constraint_date"]
        said["constraint_date"] = own if is_same else said["constraint_date"]
    if task.holds:
        said |= {name: getattr(before, name) for name in ("progress", "actual_start", "actual_finish")}
    return dataclasses.replace(before, **said)


def _actual(task: TaskIn) -> tuple[date | None, date | None]:
    """Return the days a task really started and finished on; what holds others takes them from those."""
    source = task.source
    start = first_stamp(source.actual_start, source.start if source.actual_finish is not None else None)
    if task.holds or start is None:
        return None, None
    started = task.first_day(start)
    if source.actual_finish is None:
        return started, None
    finished = task.last_day(source.actual_finish)
    if finished < started:
        task.say("mspdi-limited", field="ActualFinish", said=finished, here=started)
    return started, max(started, finished)


def first_cost(*costs: float | None) -> float | None:
    """Return the first cost that is something."""
    return next((cost for cost in costs if cost), None)


def _span_days(task: TaskIn) -> float:
    starts, ends = task.starts, task.ends
    if starts is None or ends is None:
        return min(_MOST_DAYS, max(0.0, (task.source.minutes or 0.0) / task.minutes_a_day))
    return min(_MOST_DAYS, max(0, task.work(ends, ends=True) - task.work(starts, ends=False)) / TICKS_PER_DAY)


def _status(task: TaskIn, before: Initiative | None, *, progress: float, finished: bool, started: bool) -> Status:
    """Return where a task stands; what a coach said of one not begun, or of one that holds others, stays."""
    if not task.source.is_active:
        return before.status if before is not None and _is_in_dropped(task) else Status.DROPPED
    if task.holds and before is not None and before.status is not Status.DROPPED:
        return before.status
    if finished or progress >= 1:
        return Status.DONE
    if started or progress > 0:
        return Status.ACTIVE
    is_told_apart = before is not None and before.status in (Status.IDEA, Status.PROPOSED, Status.PLANNED)
    return before.status if before is not None and is_told_apart else Status.PLANNED


def _is_in_dropped(task: TaskIn) -> bool:
    """Tell whether a task is inactive because what holds it is."""
    return task.parent is not None and not task.parent.source.is_active


def _constrained(task: TaskIn, days: float) -> tuple[ConstraintKind, date | None, date | None]:
    """Return constraint, its date, and the deadline of a task; a remark where Project's says something else."""
    source = task.source
    deadline = None if source.deadline is None else task.last_day(source.deadline)
    kind, stamp = source.constraint, source.constraint_date
    if source.is_external or (source.subproject and not task.holds):
        kind, stamp = START_FROM, first_stamp(source.start, source.early_start)
    if source.is_manual and not task.holds:
        held = source.start
        return (
            (ConstraintKind.AS_SOON_AS_POSSIBLE, None, deadline)
            if held is None
            else (ConstraintKind.START_NO_EARLIER_THAN, task.first_day(held), deadline)
        )
    if kind == AS_LATE:
        task.say("mspdi-as-late")
    if kind not in (AS_SOON, AS_LATE) and (stamp is None or not MUST_START <= kind <= FINISH_BY):
        task.say("mspdi-constraint-left-out", number=kind)
    if kind in (AS_SOON, AS_LATE) or stamp is None or not MUST_START <= kind <= FINISH_BY:
        return ConstraintKind.AS_SOON_AS_POSSIBLE, None, deadline
    if kind in (START_BY, FINISH_BY):
        latest = task.last_day(stamp) if kind == FINISH_BY else _finish_from(task, stamp, days)
        task.say("mspdi-start-by" if kind == START_BY else "mspdi-finish-by", day=latest)
        return (
            ConstraintKind.AS_SOON_AS_POSSIBLE,
            None,
            latest if deadline is None else min(deadline, latest),
        )
    if kind in (MUST_FINISH, FINISH_FROM):
        day = _start_for(task, stamp, days)
        task.say("mspdi-must-finish" if kind == MUST_FINISH else "mspdi-finish-from", day=day)
    else:
        day = task.first_day(stamp)
        moment = task.moment(stamp, ends=False)
        if 0 < moment % (2 * TICKS_PER_DAY) < TICKS_PER_DAY:
            task.say("mspdi-time-of-day", day=day)
    pinned = kind in (MUST_START, MUST_FINISH)
    if pinned and task.holds:
        pinned = False
    return (
        ConstraintKind.MUST_START_ON if pinned else ConstraintKind.START_NO_EARLIER_THAN,
        day,
        deadline,
    )


def _finish_from(task: TaskIn, stamp: datetime, days: float) -> date:
    """Return the last working day of work that starts at a stamp."""
    work = task.work(stamp, ends=False) + max(1, round(days * TICKS_PER_DAY))
    return date.fromordinal(task.calendar.finishing(work) // (2 * TICKS_PER_DAY))


def _start_for(task: TaskIn, stamp: datetime, days: float) -> date:
    """Return the first day of work that ends at a stamp."""
    work = task.work(stamp, ends=True) - round(days * TICKS_PER_DAY)
    return date.fromordinal(task.calendar.starting(work) // (2 * TICKS_PER_DAY))


def make_link(
    source: SourceLink, predecessor: TaskIn, successor: TaskIn, link_id: str, engagement: Engagement
) -> tuple[Link, ImportedItem]:
    """Return what a link becomes, and its line in the report."""
    remarks: list[Remark] = []
    kind = LINK_TYPES.get(source.type)
    if kind is None:
        kind = LinkType.FINISH_TO_START
        remarks.append(remark("mspdi-link-type", type=source.type))
    lag = source.lag / _TENTHS / successor.minutes_a_day
    if source.lag_format in PERCENT_FORMATS & ELAPSED_FORMATS:
        minutes = source.lag / 100 * (predecessor.source.minutes or 0.0)
        lag = _elapsed_lag(minutes, predecessor, successor, from_start=kind in _FROM_START)
        remarks.append(remark("mspdi-lag-percent", percent=source.lag, days=lag))
    elif source.lag_format in PERCENT_FORMATS:
        lag = source.lag / 100 * (predecessor.initiative.duration_days if predecessor.initiative else 0.0)
        remarks.append(remark("mspdi-lag-percent", percent=source.lag, days=lag))
    elif source.lag_format in ELAPSED_FORMATS and source.lag:
        lag = _elapsed_lag(source.lag / _TENTHS, predecessor, successor, from_start=kind in _FROM_START)
        remarks.append(remark("mspdi-lag-elapsed", days=lag))
    before = engagement.links.get(link_id)
    held = min(_MOST_DAYS, max(-_MOST_DAYS, lag))
    if held != lag:
        remarks.append(remark("mspdi-limited", field="LinkLag", said=lag, here=held))
    lag = held
    link = Link(
        id=link_id,
        predecessor_id=predecessor.initiative_id,
        successor_id=successor.initiative_id,
        type=kind,
        lag_days=lag,
    )
    if before is not None and abs(before.lag_days - lag) * TICKS_PER_DAY < 1:
        link = dataclasses.replace(link, lag_days=before.lag_days)
    name = f"{clean_line(predecessor.source.name)} → {clean_line(successor.source.name)}"
    return link, ImportedItem(
        kind="links", name=name, source_id=f"{source.predecessor_uid}-{successor.source.uid}", entity_id=link_id,
        place=str(source.line), fate=Fate.CHANGED if remarks else Fate.IMPORTED, remarks=tuple(remarks),
        effect=effect_of(engagement, "links", link),
    )  # fmt: skip


def _elapsed_lag(minutes: float, predecessor: TaskIn, successor: TaskIn, *, from_start: bool) -> float:
    """Return the working days an elapsed lag takes where the plan stands now; clipped to what a plan can hold."""
    minutes = min(_MOST_DAYS, max(-_MOST_DAYS, minutes / (24 * 60))) * 24 * 60
    since = predecessor.starts if from_start else predecessor.ends
    if since is None:
        return minutes / (24 * 60) * 5 / 7
    until = since + timedelta(minutes=minutes)
    return (successor.work(until, ends=False) - successor.work(since, ends=not from_start)) / TICKS_PER_DAY
