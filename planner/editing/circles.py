"""What may not come back to itself: nesting, links between initiatives, prerequisites between practices.

Links are followed through nesting: a link into an initiative that holds others holds all of them back, and a link out
of it waits for all of them. Whatever its type, a link lets its successor wait for its predecessor, so two initiatives
cannot be linked both ways (as in Microsoft Project), nor can one be linked to what it holds. Every search takes time in
proportion to what it walks over, however deep the nesting: files of others come through here.
"""

from __future__ import annotations

import graphlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Initiative, Link

_FEW = 50
_Node = tuple[str, bool]
"""An initiative's start (False) or finish (True)."""


def check_nesting(entities: Mapping[str, Any], changed: Iterable[str], *, code: str) -> None:
    """Raise UserError `code` (names) when following parents from a changed entity comes back to it."""
    sound: set[str] = set()
    for entity_id in changed:
        walked: dict[str, None] = {}
        at: str | None = entity_id
        while at is not None and at not in sound:
            if at in walked:
                walk = list(walked)
                circle = [*walk[walk.index(at) :], at]
                raise UserError(code, names=tuple(entities[i].name for i in circle))
            walked[at] = None
            at = entities[at].parent_id
        sound.update(walked)


def check_prerequisites(engagement: Engagement) -> None:
    """Raise UserError "prerequisite-circle" (names, in order) when a practice is, in the end, its own prerequisite."""
    waits_for: dict[str, set[str]] = {}
    for prerequisite in engagement.prerequisites.values():
        waits_for.setdefault(prerequisite.practice_id, set()).add(prerequisite.required_practice_id)
    try:
        graphlib.TopologicalSorter(waits_for).prepare()
    except graphlib.CycleError as error:
        names = tuple(engagement.practices[i].name for i in reversed(error.args[1]))
        raise UserError("prerequisite-circle", names=names) from None


def check_links(engagement: Engagement, changed: Sequence[Link], *, moved: Sequence[Initiative]) -> None:
    """Raise UserError "link-circle" (names, in order, first and last the same) when an initiative waits for itself.

    "link-within" (name, parent) where that is because a link joins an initiative to one that holds it. `changed` links and initiatives `moved` in the outline are followed from where they lead, when they are few;
    otherwise the whole network is checked at once.
    """
    if len(changed) + len(moved) > _FEW:
        _check_whole_network(engagement)
        return
    edges: list[tuple[_Node, _Node]] = [((link.predecessor_id, True), (link.successor_id, False)) for link in changed]
    for initiative in moved:
        if initiative.parent_id is not None:
            edges.append(((initiative.parent_id, False), (initiative.id, False)))
            edges.append(((initiative.id, True), (initiative.parent_id, True)))
    for holding, held in edges:
        path = _path(engagement, held, holding)
        if path is not None:
            raise _circle(engagement, [*path, held])


def _check_whole_network(engagement: Engagement) -> None:
    waits_for: dict[_Node, list[_Node]] = {}
    for initiative in engagement.initiatives.values():
        waits_for.setdefault((initiative.id, True), []).append((initiative.id, False))
        if initiative.parent_id is not None:
            waits_for.setdefault((initiative.id, False), []).append((initiative.parent_id, False))
            waits_for.setdefault((initiative.parent_id, True), []).append((initiative.id, True))
    for link in engagement.links.values():
        waits_for.setdefault((link.successor_id, False), []).append((link.predecessor_id, True))
    try:
        graphlib.TopologicalSorter(waits_for).prepare()
    except graphlib.CycleError as error:
        raise _circle(engagement, list(error.args[1])) from None


def _path(engagement: Engagement, start: _Node, goal: _Node) -> list[_Node] | None:
    """Return the fewest nodes from `start` to `goal`, each holding back the next, or None."""
    came_from: dict[_Node, _Node | None] = {start: None}
    waiting = deque([start])
    children = engagement.referring("initiatives", "parent_id")
    links_out = engagement.referring("links", "predecessor_id")
    while waiting:
        node = waiting.popleft()
        if node == goal:
            path: list[_Node] = []
            step: _Node | None = node
            while step is not None:
                path.append(step)
                step = came_from[step]
            return path[::-1]
        initiative_id, is_finish = node
        following: list[_Node] = []
        if is_finish:
            following.extend((link.successor_id, False) for link in links_out.get(initiative_id, ()))
            parent_id = engagement.initiatives[initiative_id].parent_id
            if parent_id is not None:
                following.append((parent_id, True))
        else:
            held = children.get(initiative_id, ())
            following.extend((child.id, False) for child in held)
            following.append((initiative_id, True))
        for other in following:
            if other not in came_from:
                came_from[other] = node
                waiting.append(other)
    return None


def _circle(engagement: Engagement, nodes: list[_Node]) -> UserError:
    """Return the error for nodes of which each holds back the next, the last being the first again."""
    initiatives = engagement.initiatives
    for (holding_id, is_finish), (held_id, held_is_finish) in pairwise(nodes):
        if is_finish and not held_is_finish and holding_id != held_id:  # this one is a link
            for inner_id, outer_id in ((holding_id, held_id), (held_id, holding_id)):
                if _is_within(engagement, inner_id, outer_id):
                    return UserError("link-within", name=initiatives[inner_id].name, parent=initiatives[outer_id].name)
    ids: list[str] = []
    for initiative_id, _is_finish in nodes:
        if not ids or ids[-1] != initiative_id:
            ids.append(initiative_id)
    if len(ids) == 1:
        ids.append(ids[0])
    return UserError("link-circle", names=tuple(initiatives[i].name for i in ids))


def _is_within(engagement: Engagement, inner_id: str, outer_id: str) -> bool:
    parent_id = engagement.initiatives[inner_id].parent_id
    while parent_id is not None:
        if parent_id == outer_id:
            return True
        parent_id = engagement.initiatives[parent_id].parent_id
    return False
