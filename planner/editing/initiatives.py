"""What a person does to the plan: add, change, move, place, link and remove initiatives."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import new_id
from planner.domain.initiative import ConstraintKind, Initiative, Link, LinkType, Status
from planner.editing import entities
from planner.editing.naming import name_of
from planner.editing.step import step

KIND = "initiatives"


def add(
    engagement: Engagement, *, name: str, parent_id: str | None = None, position: int | None = None, **fields: Any
) -> Changes:
    """Add an initiative among the children of `parent_id`, before the one at `position` (None: after the last)."""
    initiative = Initiative(id=new_id(), name=name, parent_id=parent_id, **fields)
    label = Label("add-entity", {"kind": KIND, "name": name_of(engagement, initiative)})
    return step(engagement, label, put=_insert(engagement, initiative, position))


def change(engagement: Engagement, initiative_id: str, /, **fields: Any) -> Changes:
    """Give fields of an initiative new values; one that becomes done is wholly progressed."""
    if fields.get("status") is Status.DONE and "progress" not in fields:
        before: Initiative = entities.find(engagement, KIND, initiative_id)
        label = Label("change-field", {"kind": KIND, "attribute": "status", "name": name_of(engagement, before)})
        return step(engagement, label, put=[dataclasses.replace(before, progress=1.0, **fields)])
    return entities.change(engagement, KIND, initiative_id, **fields)


def move(engagement: Engagement, initiative_id: str, start: date) -> Changes:
    """Let an initiative start no earlier than `start`; a pinned one is pinned to it instead.

    Raises UserError "dates-from-children" for one that holds others, "already-started" for work that has begun.
    """
    return reschedule(engagement, initiative_id, start=start)


def move_all(engagement: Engagement, starts: Mapping[str, date]) -> Changes:
    """Let initiatives start no earlier than the day given for each, in one step; raises what `move` does."""
    if len(starts) == 1:
        ((initiative_id, start),) = starts.items()
        return move(engagement, initiative_id, start)
    moved = [_starting(engagement, initiative_id, start) for initiative_id, start in starts.items()]
    return step(engagement, Label("move-initiatives", {"count": len(moved)}), put=moved)


def take_order(engagement: Engagement, starts: Mapping[str, date], left_out: Collection[str]) -> Changes:
    """Let initiatives start no earlier than the day given for each and drop those left out, in one step.

    Raises what `move` does.
    """
    if not left_out:
        return move_all(engagement, starts)
    moved = [_starting(engagement, initiative_id, start) for initiative_id, start in starts.items()]
    dropped = [
        dataclasses.replace(entities.find(engagement, KIND, initiative_id), status=Status.DROPPED)
        for initiative_id in left_out
    ]
    return step(engagement, Label("take-order", {"count": len(moved) + len(dropped)}), put=[*moved, *dropped])


def reschedule(
    engagement: Engagement, initiative_id: str, *, start: date, duration_days: float | None = None
) -> Changes:
    """Give an initiative a start and, unless None, a duration in working days; raises what `move` does."""
    moved = _starting(engagement, initiative_id, start)
    if duration_days is not None:
        moved = dataclasses.replace(moved, duration_days=duration_days)
    label = Label("move-initiative", {"name": name_of(engagement, moved), "start": start})
    return step(engagement, label, put=[moved])


def resize_all(engagement: Engagement, durations: Mapping[str, float]) -> Changes:
    """Give initiatives the duration in working days named for each, in one step."""
    if len(durations) == 1:
        ((initiative_id, duration_days),) = durations.items()
        return change(engagement, initiative_id, duration_days=duration_days)
    resized = [
        dataclasses.replace(entities.find(engagement, KIND, initiative_id), duration_days=duration_days)
        for initiative_id, duration_days in durations.items()
    ]
    return step(engagement, Label("resize-initiatives", {"count": len(resized)}), put=resized)


def place(engagement: Engagement, initiative_id: str, *, parent_id: str | None, position: int) -> Changes:
    """Put an initiative under `parent_id` (None: at the top), before the one now at `position` among the others."""
    initiative: Initiative = entities.find(engagement, KIND, initiative_id)
    placed = dataclasses.replace(initiative, parent_id=parent_id)
    label = Label("place-initiative", {"name": name_of(engagement, initiative)})
    return step(engagement, label, put=_insert(engagement, placed, position))


def connect(
    engagement: Engagement,
    predecessor_id: str,
    successor_id: str,
    *,
    link_type: LinkType = LinkType.FINISH_TO_START,
    lag_days: float = 0.0,
) -> Changes:
    """Link two initiatives, with a lag in working days; UserError "link-circle" when one would wait for itself."""
    predecessor = entities.find(engagement, KIND, predecessor_id)
    successor = entities.find(engagement, KIND, successor_id)
    link = Link(
        id=new_id(), predecessor_id=predecessor_id, successor_id=successor_id, type=link_type, lag_days=lag_days
    )
    label = Label(
        "link-initiatives",
        {"predecessor": name_of(engagement, predecessor), "successor": name_of(engagement, successor)},
    )
    return step(engagement, label, put=[link])


def remove(engagement: Engagement, ids: Iterable[str]) -> Changes:
    """Remove initiatives with those they hold, their links, estimates, outcomes and risks, in one step."""
    return entities.remove(engagement, KIND, ids)


def _starting(engagement: Engagement, initiative_id: str, start: date) -> Initiative:
    """Return an initiative that starts no earlier than `start`, or on it where it is pinned."""
    initiative: Initiative = entities.find(engagement, KIND, initiative_id)
    name = name_of(engagement, initiative)
    if engagement.children_of(initiative_id):
        raise UserError("dates-from-children", name=name)
    if initiative.actual_start is not None:
        raise UserError("already-started", name=name, start=initiative.actual_start)
    pinned = initiative.constraint is ConstraintKind.MUST_START_ON
    return dataclasses.replace(
        initiative,
        constraint=ConstraintKind.MUST_START_ON if pinned else ConstraintKind.START_NO_EARLIER_THAN,
        constraint_date=start,
    )


def _insert(engagement: Engagement, initiative: Initiative, position: int | None) -> list[Initiative]:
    """Return `initiative` at its place and the siblings that make room for it: on whichever side fewer must."""
    siblings = [sibling for sibling in engagement.children_of(initiative.parent_id) if sibling.id != initiative.id]
    at = len(siblings) if position is None else max(0, position)
    before, after = siblings[:at], siblings[at:]
    lowest = before[-1].position + 1 if before else None
    highest = after[0].position - 1 if after else None
    if (lowest is None or lowest <= initiative.position) and (highest is None or initiative.position <= highest):
        return [initiative]
    if lowest is None or highest is None:
        free = highest if lowest is None else lowest
        return [initiative if free is None else dataclasses.replace(initiative, position=free)]
    following = _shift(after, first=lowest + 1, away=1)
    preceding = _shift(before[::-1], first=highest - 1, away=-1)
    if len(following) <= len(preceding):
        return [dataclasses.replace(initiative, position=lowest), *following]
    return [dataclasses.replace(initiative, position=highest), *preceding]


def _shift(siblings: Sequence[Initiative], *, first: int, away: int) -> list[Initiative]:
    """Return the siblings that move for the nearest of them to stand at `first` or farther, none passing another.

    They come nearest first; `away` is 1 where positions rise from there, -1 where they fall. Some may be equal.
    """
    by = first - siblings[0].position
    if by * away <= 0:
        return []
    moved: list[Initiative] = []
    for sibling in siblings:
        if moved and (sibling.position - moved[-1].position) * away > 0:
            break
        moved.append(dataclasses.replace(sibling, position=sibling.position + by))
    return moved
