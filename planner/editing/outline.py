"""Nesting and reordering several initiatives of the plan at once: each verb is one step, whatever is selected.

What is nested in another selected initiative goes along with it. Those that cannot go further stay where they are,
while the others move; `possible` tells which verbs would move any.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative
from planner.editing.naming import name_of
from planner.editing.step import step

Orders: TypeAlias = Mapping[str | None, Sequence[str]]
"""Holder (None: the top of the plan) -> the ids of all it holds, in their order."""


@dataclass(frozen=True, slots=True)
class Moves:
    """Where selected initiatives can go."""

    indent: bool = False
    outdent: bool = False
    up: bool = False
    down: bool = False

    def named(self) -> tuple[tuple[str, bool], ...]:
        """Return each way to go, by the name its action carries, and whether it is open."""
        return (("indent", self.indent), ("outdent", self.outdent), ("move-up", self.up), ("move-down", self.down))


def possible(engagement: Engagement, ids: Collection[str]) -> Moves:
    """Return where initiatives can go in the outline."""
    outer = tops(engagement, ids)
    return Moves(
        indent=bool(_nested(engagement, outer)),
        outdent=any(engagement.initiatives[one].parent_id is not None for one in outer),
        up=bool(_shifted(engagement, outer, up=True)),
        down=bool(_shifted(engagement, outer, up=False)),
    )


def tops(engagement: Engagement, ids: Collection[str]) -> tuple[str, ...]:
    """Return those of `ids` that are not nested in another of them, by holder, in the order they stand there."""
    chosen = set(ids)
    outer = {one for one in chosen if not _is_inside(engagement, one, chosen)}
    holders = dict.fromkeys(engagement.initiatives[one].parent_id for one in sorted(outer))
    return tuple(one.id for holder in holders for one in engagement.children_of(holder) if one.id in outer)


def indent(engagement: Engagement, ids: Collection[str]) -> Changes:
    """Nest initiatives, each in the nearest one above it on its level that stays, as the last ones there."""
    outer = tops(engagement, ids)
    return _arrange(engagement, outer, _nested(engagement, outer))


def outdent(engagement: Engagement, ids: Collection[str]) -> Changes:
    """Take initiatives out of what holds them, to stand right after that."""
    outer = tops(engagement, ids)
    orders: dict[str | None, list[str]] = {}
    behind: dict[str, str] = {}
    for one in outer:
        holder_id = engagement.initiatives[one].parent_id
        if holder_id is None:
            continue
        above = engagement.initiatives[holder_id].parent_id
        _order(engagement, orders, holder_id).remove(one)
        siblings = _order(engagement, orders, above)
        siblings.insert(siblings.index(behind.get(holder_id, holder_id)) + 1, one)
        behind[holder_id] = one
    return _arrange(engagement, outer, orders)


def shift(engagement: Engagement, ids: Collection[str], *, up: bool) -> Changes:
    """Move initiatives one place up or down among those of their level."""
    outer = tops(engagement, ids)
    return _arrange(engagement, outer, _shifted(engagement, outer, up=up))


def _is_inside(engagement: Engagement, initiative_id: str, chosen: set[str]) -> bool:
    holder_id = engagement.initiatives[initiative_id].parent_id
    while holder_id is not None:
        if holder_id in chosen:
            return True
        holder_id = engagement.initiatives[holder_id].parent_id
    return False


def _nested(engagement: Engagement, outer: Sequence[str]) -> Orders:
    """Return the orders after nesting; none where nothing can be nested."""
    chosen = set(outer)
    orders: dict[str | None, list[str]] = {}
    for holder_id in dict.fromkeys(engagement.initiatives[one].parent_id for one in outer):
        into = ""
        for one in engagement.children_of(holder_id):
            if one.id not in chosen:
                into = one.id
            elif into:
                _order(engagement, orders, holder_id).remove(one.id)
                _order(engagement, orders, into).append(one.id)
    return orders


def _shifted(engagement: Engagement, outer: Sequence[str], *, up: bool) -> Orders:
    """Return the orders after moving by one place; none where nothing can move."""
    chosen = set(outer)
    orders: dict[str | None, list[str]] = {}
    for holder_id in dict.fromkeys(engagement.initiatives[one].parent_id for one in outer):
        siblings = [one.id for one in engagement.children_of(holder_id)]
        ways = range(1, len(siblings)) if up else range(len(siblings) - 2, -1, -1)
        before = list(siblings)
        for at in ways:
            to = at - 1 if up else at + 1
            if siblings[at] in chosen and siblings[to] not in chosen:
                siblings[at], siblings[to] = siblings[to], siblings[at]
        if siblings != before:
            orders[holder_id] = siblings
    return orders


def _order(engagement: Engagement, orders: dict[str | None, list[str]], holder_id: str | None) -> list[str]:
    return orders.setdefault(holder_id, [one.id for one in engagement.children_of(holder_id)])


def _arrange(engagement: Engagement, outer: Sequence[str], orders: Orders) -> Changes:
    """Return the step that gives holders what `orders` says; UserError where that would break a rule."""
    put = [one for holder_id, order in orders.items() for one in _renumbered(engagement, holder_id, order)]
    if len(outer) == 1:
        label = Label("place-initiative", {"name": name_of(engagement, engagement.initiatives[outer[0]])})
    else:
        label = Label("place-initiatives", {"count": len(outer)})
    return step(engagement, label, put=put)


def _renumbered(engagement: Engagement, holder_id: str | None, order: Sequence[str]) -> list[Initiative]:
    """Return those that need another holder or position to stand in that order: on whichever side fewer do."""
    ordered = [engagement.initiatives[one] for one in order]
    held = {one.id: one.position for one in engagement.children_of(holder_id)}
    places = sorted(held.values())
    if held.keys() == set(order) and all(one < other for one, other in pairwise(places)):
        found = places
    else:
        own = [held.get(one) for one in order]
        falling = _rising([None if place is None else -place for place in reversed(own)])
        found = min(_rising(own), [-place for place in reversed(falling)], key=lambda found: _count_others(own, found))
    return [
        dataclasses.replace(one, parent_id=holder_id, position=at)
        for one, at in zip(ordered, found, strict=True)
        if (one.parent_id, one.position) != (holder_id, at)
    ]


def _rising(own: Sequence[int | None]) -> list[int]:
    """Return positions that rise from each to the next: its own where it can keep it, else one more than the last."""
    found: list[int] = []
    for place in own:
        least = found[-1] + 1 if found else None
        if place is None:
            found.append(0 if least is None else least)
        else:
            found.append(place if least is None else max(least, place))
    return found


def _count_others(own: Sequence[int | None], found: Sequence[int]) -> int:
    return sum(place != at for place, at in zip(own, found, strict=True))
