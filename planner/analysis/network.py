"""The plan as the scheduler reads it: initiatives in an order in which each comes after all it waits for.

Initiatives go by number, in the order of the plan. One that holds others starts before them and finishes after them; a
link lets its successor's start wait for its predecessor's finish, whatever its type, because the dates of a predecessor
that holds others are known only when all of it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Initiative, LinkType, Status

Edge = tuple[int, bool, bool, int]
"""A link seen from one of its ends: number at the other end, from a start, to a finish, lag in ticks."""

_FROM_START = (LinkType.START_TO_START, LinkType.START_TO_FINISH)
_TO_FINISH = (LinkType.FINISH_TO_FINISH, LinkType.START_TO_FINISH)


@dataclass(frozen=True, slots=True)
class Network:
    """The plan by number; `parent` is -1 at the top.

    `order` lists nodes: 2 n is the start of n (and all of it, when it holds nothing), 2 n + 1 the finish of one that
    holds others. `counts` is false for what is dropped, what a dropped one holds, and what holds only such: their links
    are left out, for nothing waits for what is not done.
    """

    initiatives: tuple[Initiative, ...]
    parent: list[int]
    children: list[list[int]]
    counts: list[bool]
    before: list[list[Edge]]
    after: list[list[Edge]]
    order: list[int]


def build_network(engagement: Engagement, *, ticks_per_day: int) -> Network:
    """Return the network of an engagement's plan; UserError "link-circle" (names) when it has no such order."""
    initiatives = tuple([initiative for initiative, _depth in engagement.outline()])
    number = {initiative.id: n for n, initiative in enumerate(initiatives)}
    parent = [-1 if i.parent_id is None else number[i.parent_id] for i in initiatives]
    children: list[list[int]] = [[] for _ in initiatives]
    for n, holder in enumerate(parent):
        if holder >= 0:
            children[holder].append(n)
    counts = _counting(initiatives, parent, children)
    before: list[list[Edge]] = [[] for _ in initiatives]
    after: list[list[Edge]] = [[] for _ in initiatives]
    for link in engagement.links.values():
        first, second = number[link.predecessor_id], number[link.successor_id]
        if not (counts[first] and counts[second]):
            continue
        from_start, to_finish = link.type in _FROM_START, link.type in _TO_FINISH
        lag = round(link.lag_days * ticks_per_day)
        before[second].append((first, from_start, to_finish, lag))
        after[first].append((second, from_start, to_finish, lag))
    return Network(
        initiatives=initiatives,
        parent=parent,
        children=children,
        counts=counts,
        before=before,
        after=after,
        order=_order(initiatives, parent, children, before, after),
    )


def _counting(initiatives: tuple[Initiative, ...], parent: list[int], children: list[list[int]]) -> list[bool]:
    counts: list[bool] = []
    for n, initiative in enumerate(initiatives):
        counts.append(initiative.status is not Status.DROPPED and (parent[n] < 0 or counts[parent[n]]))
    for n in range(len(initiatives) - 1, -1, -1):
        if children[n]:
            counts[n] = counts[n] and any(counts[child] for child in children[n])
    return counts


def _order(
    initiatives: tuple[Initiative, ...],
    parent: list[int],
    children: list[list[int]],
    before: list[list[Edge]],
    after: list[list[Edge]],
) -> list[int]:
    waiting_for = [0] * (2 * len(initiatives))
    for n, holder in enumerate(parent):
        waiting_for[2 * n] = len(before[n]) + (holder >= 0)
        waiting_for[2 * n + 1] = len(children[n])
    ready = [node for node in range(0, len(waiting_for), 2) if waiting_for[node] == 0]
    order: list[int] = []
    while ready:
        node = ready.pop()
        order.append(node)
        n = node >> 1
        if children[n] and not node & 1:
            following = [2 * child for child in children[n]]
        else:
            following = [2 * edge[0] for edge in after[n]]
            if parent[n] >= 0:
                following.append(2 * parent[n] + 1)
        for other in following:
            waiting_for[other] -= 1
            if not waiting_for[other]:
                ready.append(other)
    if any(waiting_for):
        raise _circle(initiatives, parent, children, before, waiting_for)
    return order


def _circle(
    initiatives: tuple[Initiative, ...],
    parent: list[int],
    children: list[list[int]],
    before: list[list[Edge]],
    waiting_for: list[int],
) -> UserError:
    """Return the error that names one circle: from a node never reached, back along nodes never reached."""

    def end_of(n: int) -> int:
        return 2 * n + 1 if children[n] else 2 * n

    node = next(node for node, count in enumerate(waiting_for) if count)
    walked: dict[int, None] = {}
    while node not in walked:
        walked[node] = None
        n, is_finish = divmod(node, 2)
        if is_finish:
            held_by = [end_of(child) for child in children[n]]
        else:
            held_by = [end_of(edge[0]) for edge in before[n]]
            if parent[n] >= 0:
                held_by.append(2 * parent[n])
        node = next(other for other in held_by if waiting_for[other])
    path = list(walked)
    circle = [n // 2 for n in reversed(path[path.index(node) :])]
    members = [n for at, n in enumerate(circle) if at == 0 or n != circle[at - 1]]
    if members[0] != members[-1] or len(members) == 1:
        members.append(members[0])
    return UserError("link-circle", names=tuple(initiatives[n].name for n in members))
