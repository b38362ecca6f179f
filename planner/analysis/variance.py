"""What moved: the plan against a copy of it, by how many working days, and by which step of the history each move came.

The history is walked backwards from the plan as it is: the step that moved an initiative last is the one after which its
dates stand where they stand now. Whether it was changed itself or pushed by others shows in what the step touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.calendar import WorkCalendar, calendar_for
from planner.analysis.load import spans_of
from planner.analysis.schedule import schedule
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.initiative import Status
from planner.domain.scenario import Baseline
from planner.progress import Progress, ignore_progress

SCHEDULING: Final = (
    "initiatives", "links", "estimates", "teams", "calendars", "calendar_exceptions", "freezes", "settings",
)  # fmt: skip
"""Kinds whose changes can move a date."""

Spans = Mapping[str, tuple[date, date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variance:
    """One initiative then and now: first and last day, and by how many working days each moved (later is above 0).

    What has come since has no dates then; what is gone or dropped has none now.
    """

    initiative_id: str
    name: str
    start_then: date | None = None
    finish_then: date | None = None
    start: date | None = None
    finish: date | None = None
    start_days: int = 0
    finish_days: int = 0


@dataclass(frozen=True, slots=True)
class Cause:
    """The step (its number in the history) that moved an initiative last, and whether it changed that one itself."""

    step: int
    is_own: bool


def variance(engagement: Engagement, baseline: Baseline) -> tuple[Variance, ...]:
    """Return the initiatives whose dates differ from a baseline's, in the order of the plan, those gone last.

    What holds others is left out: its dates are theirs.
    """
    then = {entry.initiative_id: (entry.start, entry.finish) for entry in baseline.entries}
    names = {entry.initiative_id: entry.name for entry in baseline.entries}
    now = _live(engagement)
    calendar = calendar_for(engagement, ())
    found = [
        _compared(one, engagement.initiatives[one].name, then.get(one), span, calendar) for one, span in now.items()
    ]
    found += [
        _compared(one, names[one], span, None, calendar)
        for one, span in then.items()
        if one not in now and not engagement.children_of(one)
    ]
    return tuple(one for one in found if (one.start_then, one.finish_then) != (one.start, one.finish))


def causes(
    engagement: Engagement,
    initiative_ids: Iterable[str],
    steps: Iterable[tuple[int, Callable[[], Changes]]],
    *,
    progress: Progress = ignore_progress,
) -> dict[str, Cause]:
    """Return the step that moved each initiative last; absent where no step at hand did.

    `steps` are those done, the newest first: a number and how to read its changes. It is gone back only as far as some
    initiative is still unexplained. Raises `Cancelled` when `progress` says so.
    """
    left = set(initiative_ids)
    known = list(steps)
    after, found = _live(engagement), dict[str, Cause]()
    for done, (number, read) in enumerate(known):
        if not left:
            break
        progress(done, len(known))
        changes = read()
        engagement = engagement.apply(changes.inverse())
        if not changes.touches(*SCHEDULING):
            continue
        before = _live(engagement)
        for one in sorted(left):
            if before.get(one) != after.get(one):
                found[one] = Cause(number, _is_own(changes, one))
                left.discard(one)
        after = before
    return found


def _is_own(changes: Changes, initiative_id: str) -> bool:
    touched = any(kind == "initiatives" and entity_id == initiative_id for kind, entity_id, _change in changes)
    return touched or any(
        getattr(side, "initiative_id", None) == initiative_id
        for kind, _id, change in changes
        if kind == "estimates"
        for side in (change.before, change.after)
    )


def _live(engagement: Engagement) -> dict[str, tuple[date, date]]:
    """Return the first and last day of what holds nothing and is not dropped, in the order of the plan."""
    spans = spans_of(schedule(engagement))
    outline = [one for one, _depth in engagement.outline() if not engagement.children_of(one.id)]
    return {one.id: spans[one.id] for one in outline if one.status is not Status.DROPPED}


def _compared(
    initiative_id: str,
    name: str,
    then: tuple[date, date] | None,
    now: tuple[date, date] | None,
    calendar: WorkCalendar,
) -> Variance:
    if then is None or now is None:
        (start_then, finish_then), (start, finish) = then or (None, None), now or (None, None)
        return Variance(
            initiative_id=initiative_id, name=name, start_then=start_then, finish_then=finish_then, start=start,
            finish=finish,
        )  # fmt: skip
    return Variance(
        initiative_id=initiative_id,
        name=name,
        start_then=then[0],
        finish_then=then[1],
        start=now[0],
        finish=now[1],
        start_days=_apart(calendar, then[0], now[0]),
        finish_days=_apart(calendar, then[1], now[1]),
    )


def _apart(calendar: WorkCalendar, then: date, now: date) -> int:
    """Return how many working days lie from one day to another, below 0 backwards."""
    if now == then:
        return 0
    first, last = sorted((then, now))
    days = calendar.count(first, last) - calendar.is_working(first)
    return days if now > then else -days
