"""The plan as the scheduler reads it: initiatives in an order in which each comes after all it waits for.

Every initiative has two nodes, its start and its finish. One that holds others starts before them and finishes after
them; a link lets its successor's start wait for its predecessor's finish, whatever its type, because the dates of a
predecessor that holds others are known only when all of it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Initiative, LinkType, Status


class Edge(NamedTuple):
    """A link seen from one of its ends: `other` is the number of the initiative at the other end."""

    other: int
    type: LinkType
    lag_ticks: int


@dataclass(frozen=True, slots=True)
class Network:
    """Initiatives by number, in the order of the plan; `order` lists nodes 2 n (start of n) and 2 n + 1 (its finish).

    `parent` is -1 at the top; links of dropped initiatives are left out, for nothing waits for what is not done.
    """

    initiatives: tuple[Initiative, ...]
    parent: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    before: tuple[tuple[Edge, ...], ...]
    after: tuple[tuple[Edge, ...], ...]
    order: tuple[int, ...]


def build_network(engagement: Engagement, *, ticks_per_day: int) -> Network:
    """Return the network of an engagement's plan; UserError "link-circle" (names) when it has no such order."""
    initiatives = tuple(initiative for initiative, _depth in engagement.outline())
    number = {initiative.id: n for n, initiative in enumerate(initiatives)}
    parent = tuple(-1 if i.parent_id is None else number[i.parent_id] for i in initiatives)
    children: list[list[int]] = [[] for _ in initiatives]
    for n, holder in enumerate(parent):
        if holder >= 0:
            children[holder].append(n)
    before: list[list[Edge]] = [[] for _ in initiatives]
    after: list[list[Edge]] = [[] for _ in initiatives]
    for link in engagement.links.values():
        first, second = number[link.predecessor_id], number[link.successor_id]
        if Status.DROPPED in (initiatives[first].status, initiatives[second].status):
            continue
        lag = round(link.lag_days * ticks_per_day)
        before[second].append(Edge(first, link.type, lag))
        after[first].append(Edge(second, link.type, lag))
    return Network(
        initiatives=initiatives,
        parent=parent,
        children=tuple(map(tuple, children)),
        before=tuple(map(tuple, before)),
        after=tuple(map(tuple, after)),
        order=_order(initiatives, parent, children, before, after),
    )


def _order(
    initiatives: tuple[Initiative, ...],
    parent: tuple[int, ...],
    children: list[list[int]],
    before: list[list[Edge]],
    after: list[list[Edge]],
) -> tuple[int, ...]:
    waiting_for = [0] * (2 * len(initiatives))
    for n, holder in enumerate(parent):
        waiting_for[2 * n] = len(before[n]) + (holder >= 0)
        waiting_for[2 * n + 1] = 1 + len(children[n])
    ready = [node for node in range(0, len(waiting_for), 2) if waiting_for[node] == 0]
    order: list[int] = []
    while ready:
        node = ready.pop()
        order.append(node)
        n, is_finish = divmod(node, 2)
        if is_finish:
            following = [2 * edge.other for edge in after[n]]
            if parent[n] >= 0:
                following.append(2 * parent[n] + 1)
        else:
            following = [2 * child for child in children[n]]
            following.append(node + 1)
        for other in following:
            waiting_for[other] -= 1
            if waiting_for[other] == 0:
                ready.append(other)
    if len(order) < len(waiting_for):
        raise _circle(initiatives, parent, children, before, waiting_for)
    return tuple(order)


def _circle(
    initiatives: tuple[Initiative, ...],
    parent: tuple[int, ...],
    children: list[list[int]],
    before: list[list[Edge]],
    waiting_for: list[int],
) -> UserError:
    """Return the error that names one circle: from a node never reached, back along nodes never reached."""
    node = next(node for node, count in enumerate(waiting_for) if count)
    path: list[int] = []
    while node not in path:
        path.append(node)
        n, is_finish = divmod(node, 2)
        if is_finish:
            held_by = [node - 1, *(2 * child + 1 for child in children[n])]
        else:
            held_by = [2 * edge.other + 1 for edge in before[n]]
            if parent[n] >= 0:
                held_by.append(2 * parent[n])
        node = next(other for other in held_by if waiting_for[other])
    circle = [n // 2 for n in reversed(path[path.index(node) :])]
    members = [n for at, n in enumerate(circle) if at == 0 or n != circle[at - 1]]
    if members[0] != members[-1] or len(members) == 1:
        members.append(members[0])
    return UserError("link-circle", names=tuple(initiatives[n].name for n in members))
