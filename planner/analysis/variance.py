"""What moved: the plan against a copy of it, by how many working days, and by which steps of the history.

The history is walked backwards from the plan as it is: a step moved an initiative when its dates differ before and after
it. Whether it was changed itself or pushed by others shows in what the step touched, and in what holds it in the plan in
which it comes later: before the step, or after it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.calendar import TICKS_PER_DAY, WorkCalendar, calendar_for, day_of, end_of, start_of
from planner.analysis.network import Network, build_network
from planner.analysis.schedule import Moments, moments
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Estimate, Initiative, Link, Status
from planner.domain.kinds import Entity
from planner.domain.scenario import Baseline
from planner.progress import Progress, ignore_progress

_SCHEDULING: Final[Mapping[str, tuple[str, ...]]] = {
    "initiatives": (
        "parent_id", "status", "duration_days", "constraint", "constraint_date", "progress", "actual_start",
        "actual_finish",
    ),
    "links": ("predecessor_id", "successor_id", "type", "lag_days"),
    "estimates": ("initiative_id", "team_id"),
    "teams": ("calendar_id",),
    "calendars": ("weekdays", "country", "subdivision"),
    "calendar_exceptions": ("calendar_id", "start", "finish", "working"),
    "freezes": ("calendar_id", "start", "finish"),
    "settings": ("created", "plan_start", "status_date", "calendar_id"),
}  # fmt: skip
"""Kind -> the fields whose change can move a date: only steps that touch one of them are scheduled."""

_CALENDARS: Final = frozenset({"teams", "calendars", "calendar_exceptions", "freezes"})

Span = tuple[date, date]
Spans = Mapping[str, Span]
Earlier = tuple[int, Changes, Engagement]
"""A step that was done: its number in the history, what it did, and the engagement before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variance:
    """One initiative then and now: first and last day, and by how many working days each moved (later is above 0).

    `days_then` and `days` are the working days from first to last. All working days are of the initiative's calendar as
    it is now. What has come since has no dates then; what is gone or dropped has none now.
    """

    initiative_id: str
    name: str
    start_then: date | None = None
    finish_then: date | None = None
    start: date | None = None
    finish: date | None = None
    start_days: int = 0
    finish_days: int = 0
    days_then: int = 0
    days: int = 0


class CauseKind(enum.Enum):
    """What moved an initiative: its own fields or teams, a link to it, or what it follows or is held by.

    CALENDAR are working days that changed, PLAN the start of the plan or the status date.
    """

    ITSELF = "itself"
    LINK = "link"
    PREDECESSOR = "predecessor"
    HOLDER = "holder"
    CALENDAR = "calendar"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Cause:
    """A step (its number in the history) that moved an initiative, how, and by which others (ids).

    `by` names the predecessors or the holder it was pushed by, or the far ends of links that changed.
    """

    step: int
    kind: CauseKind
    by: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        """Tell whether the step changed the initiative or a link to it, rather than pushed it."""
        return self.kind in (CauseKind.ITSELF, CauseKind.LINK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step that moved an initiative, from which first and last day to which; None where it was not in the plan.

    `start_days` and `finish_days` are working days (later is above 0) of the initiative's calendar as it is now, so that
    those of all moves add up to the variance; 0 where it came into the plan or left it.
    """

    cause: Cause
    was: Span | None
    now: Span | None
    start_days: int
    finish_days: int


def variance(engagement: Engagement, baseline: Baseline) -> tuple[Variance, ...]:
    """Return the initiatives whose dates differ from a baseline's, in the order of the plan, those gone last.

    What holds others is left out: its dates are theirs. Raises what `schedule` raises, as all here do.
    """
    then = {entry.initiative_id: (entry.start, entry.finish) for entry in baseline.entries}
    return _between(engagement, then, {entry.initiative_id: entry.name for entry in baseline.entries})


def variance_since(engagement: Engagement, earlier: Engagement) -> tuple[Variance, ...]:
    """Return the initiatives whose dates differ from those they had in an earlier state of the same engagement."""
    names = {initiative.id: initiative.name for initiative in earlier.initiatives.values()}
    return _between(engagement, _State(earlier).spans(), names)


def days_between(engagement: Engagement, initiative_id: str, then: Span | None, now: Span | None) -> tuple[int, int]:
    """Return by how many of an initiative's working days its start and finish moved; 0 where one side has no dates."""
    return _days_between(_calendar(engagement, initiative_id), then, now)


def moves(
    engagement: Engagement,
    initiative_ids: Iterable[str],
    steps: Iterable[Earlier],
    *,
    total: int,
    baseline: Baseline | None = None,
    progress: Progress = ignore_progress,
) -> dict[str, tuple[Move, ...]]:
    """Return the steps that moved each initiative, the newest first; empty where no step at hand did.

    `steps` are the `total` ones done, the newest first. It is gone back no further than the step that took `baseline`.
    Steps after which the plan had no dates count as one with the first of them. Raises `Cancelled` when `progress` says
    so, and what `steps` raises.
    """
    found: dict[str, list[Move]] = {one: [] for one in initiative_ids}
    calendars = {one: _calendar(engagement, one) for one in found}
    after = _State(engagement)
    undated: list[tuple[int, Changes]] = []
    for done, (number, changes, earlier) in enumerate(steps if found else ()):
        progress(done, total)
        if baseline is not None and _takes(changes, baseline):
            break
        if not _can_move(changes):
            continue
        undated.append((number, changes))
        try:
            before = _State(earlier)
        except UserError:  # a plan without dates explains nothing: what ended it, and what led to it, are one move
            continue
        told = _Touched(change for _number, change in undated)
        for one, held in found.items():
            was, now = before.span(one), after.span(one)
            if was != now:
                start_days, finish_days = _days_between(calendars[one], was, now)
                held.append(
                    Move(
                        cause=_cause(undated[0][0], one, before, after, told),
                        was=was,
                        now=now,
                        start_days=start_days,
                        finish_days=finish_days,
                    )
                )
        after, undated = before, []
    progress(total, total)
    return {one: tuple(held) for one, held in found.items()}


class _State:
    """The dates of one state of the plan, and what waits for what in it."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement
        self.moments: Mapping[str, Moments] = moments(engagement)
        self.network: Network = build_network(engagement, ticks_per_day=TICKS_PER_DAY)
        self.number = {initiative.id: n for n, initiative in enumerate(self.network.initiatives)}
        # Not the network's `counts`: one of which all contents are dropped is itself still in the plan, with its dates.
        self.is_dropped: list[bool] = []
        for initiative, holder in zip(self.network.initiatives, self.network.parent, strict=True):
            self.is_dropped.append(initiative.status is Status.DROPPED or (holder >= 0 and self.is_dropped[holder]))

    def span(self, initiative_id: str) -> Span | None:
        """Return the first and last day of one that is there and neither dropped nor in what is."""
        n = self.number.get(initiative_id)
        if n is None or self.is_dropped[n]:
            return None
        at = self.moments[initiative_id]
        return day_of(at.early_start), day_of(at.early_finish)

    def spans(self) -> dict[str, Span]:
        """Return the first and last day of what holds nothing and is not dropped, in the order of the plan."""
        leaves = [one for one, n in self.number.items() if not self.network.children[n]]
        return {one: span for one in leaves if (span := self.span(one)) is not None}

    def holders(self, initiative_id: str) -> Iterator[str]:
        """Yield what holds an initiative, the nearest first."""
        n = self.network.parent[self.number[initiative_id]]
        while n >= 0:
            yield self.network.initiatives[n].id
            n = self.network.parent[n]

    def binding(self, initiative_id: str) -> list[str]:
        """Return the predecessors (also of its holders) before whose dates it cannot start, or finish, as it does."""
        calendar = _calendar(self.engagement, initiative_id)
        at = self.moments[initiative_id]
        start, finish = calendar.work_before(at.early_start), calendar.work_before(at.early_finish)
        found: dict[str, None] = {}
        for one in (initiative_id, *self.holders(initiative_id)):
            for other, from_start, to_finish, lag in self.network.before[self.number[one]]:
                theirs = self.moments[self.network.initiatives[other].id]
                bound = calendar.work_before(theirs.early_start if from_start else theirs.early_finish) + lag
                if bound >= (finish if to_finish else start):
                    found[self.network.initiatives[other].id] = None
        return list(found)


class _Touched:
    """What the changes of a step say of each initiative."""

    def __init__(self, steps: Iterable[Changes]) -> None:
        self.kinds: set[str] = set()
        self.itself: set[str] = set()
        self.links: set[tuple[str, str]] = set()
        for changes in steps:
            for kind, _id, change in changes:
                if not _differs(kind, change.before, change.after):
                    continue
                self.kinds.add(kind)
                for side in (change.before, change.after):
                    if isinstance(side, Initiative):
                        self.itself.add(side.id)
                    elif isinstance(side, Estimate):
                        self.itself.add(side.initiative_id)
                    elif isinstance(side, Link):
                        self.links.add((side.predecessor_id, side.successor_id))


def _cause(step: int, initiative_id: str, before: _State, after: _State, told: _Touched) -> Cause:
    if initiative_id in told.itself:
        return Cause(step, CauseKind.ITSELF)
    was, now = before.span(initiative_id), after.span(initiative_id)
    # Where it comes later, or is at all, is where something holds it: a link now gone shows in the plan before.
    state = before if now is None or (was is not None and was > now) else after
    holders = list(state.holders(initiative_id))
    binding = state.binding(initiative_id)
    linked = tuple(
        one for one in binding if any((one, end) in told.links for end in (initiative_id, *holders))
    )  # fmt: skip
    if linked:
        return Cause(step, CauseKind.LINK, linked)
    pushing = tuple(
        one
        for one in binding
        if before.moments.get(one) != after.moments.get(one) or before.span(one) != after.span(one)
    )
    if pushing:
        return Cause(step, CauseKind.PREDECESSOR, pushing)
    holding = tuple(one for one in holders if one in told.itself)
    if holding:
        return Cause(step, CauseKind.HOLDER, holding[:1])
    return Cause(step, CauseKind.CALENDAR if told.kinds & _CALENDARS else CauseKind.PLAN)


def _takes(changes: Changes, baseline: Baseline) -> bool:
    change = changes.by_kind.get("baselines", {}).get(baseline.id)
    return change is not None and change.before is None


def _can_move(changes: Changes) -> bool:
    return any(_differs(kind, change.before, change.after) for kind, _id, change in changes)


def _differs(kind: str, before: Entity | None, after: Entity | None) -> bool:
    if kind not in _SCHEDULING:
        return False
    if before is None or after is None:
        return True
    return any(getattr(before, name) != getattr(after, name) for name in _SCHEDULING[kind])


def _between(engagement: Engagement, then: Spans, names: Mapping[str, str]) -> tuple[Variance, ...]:
    now = _State(engagement).spans()
    found = []
    for one, span in now.items():
        if span != then.get(one):
            name = engagement.initiatives[one].name
            found.append(_compared(one, name, then.get(one), span, _calendar(engagement, one)))
    for one, span in then.items():
        if one not in now and not engagement.children_of(one):
            found.append(_compared(one, names[one], span, None, _calendar(engagement, one)))
    return tuple(found)


def _calendar(engagement: Engagement, initiative_id: str) -> WorkCalendar:
    """Return the days on which an initiative's teams work; one no longer there has the engagement's."""
    estimates = engagement.referring("estimates", "initiative_id").get(initiative_id, ())
    return calendar_for(engagement, frozenset(engagement.teams[one.team_id].calendar_id for one in estimates))


def _compared(
    initiative_id: str,
    name: str,
    then: Span | None,
    now: Span | None,
    calendar: WorkCalendar,
) -> Variance:
    start_days, finish_days = _days_between(calendar, then, now)
    (start_then, finish_then), (start, finish) = then or (None, None), now or (None, None)
    return Variance(
        initiative_id=initiative_id,
        name=name,
        start_then=start_then,
        finish_then=finish_then,
        start=start,
        finish=finish,
        start_days=start_days,
        finish_days=finish_days,
        days_then=0 if then is None else calendar.count(*then),
        days=0 if now is None else calendar.count(*now),
    )


def _days_between(calendar: WorkCalendar, then: Span | None, now: Span | None) -> tuple[int, int]:
    """Return by how many working days a start and a finish moved, 0 where there is nothing to compare."""
    if then is None or now is None:
        return 0, 0
    return _apart(calendar, start_of(then[0]), start_of(now[0])), _apart(calendar, end_of(then[1]), end_of(now[1]))


def _apart(calendar: WorkCalendar, then: int, now: int) -> int:
    """Return how many working days lie from one moment to another, below 0 backwards."""
    return (calendar.work_before(now) - calendar.work_before(then)) // TICKS_PER_DAY
