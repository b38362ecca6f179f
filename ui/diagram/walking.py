"""Which node or edge comes next when the keyboard walks through a diagram: by reading order, by direction, by edge."""

from __future__ import annotations

import math
from typing import Final

from ui.diagram.values import Diagram, Edge, Node

_ROW: Final = 48.0
"""Nodes whose middles lie this close in height are read as one row."""


def reading_order(diagram: Diagram) -> list[str]:
    """Return the ids of the nodes row by row, each from left to right."""
    return [node.id for node in sorted(diagram.nodes, key=lambda node: (round(node.y / _ROW), node.x, node.id))]


def beside(diagram: Diagram, current: str, step: int) -> str | None:
    """Return the node `step` places after the current one in reading order; None past an end or from no node."""
    order = reading_order(diagram)
    if current not in order:
        return None
    at = order.index(current) + step
    return order[at] if 0 <= at < len(order) else None


def towards(diagram: Diagram, current: str, *, across: int, down: int) -> str | None:
    """Return the nearest node in a direction, those straight ahead first; from no node, the first one."""
    here = _place_of(diagram, current)
    if here is None:
        order = reading_order(diagram)
        return order[0] if order else None
    best, least = None, math.inf
    for node in diagram.nodes:
        ahead = (node.x - here[0]) * across + (node.y - here[1]) * down
        aside = abs((node.x - here[0]) * down) + abs((node.y - here[1]) * across)
        if node.id != current and ahead > 1 and aside <= ahead * 2.2:
            cost = ahead + aside * 2
            if cost < least:
                best, least = node.id, cost
    return best


def edge_beside(diagram: Diagram, current: str, step: int) -> str | None:
    """Return the next edge of the node walked around: from a node its first edge, from an edge the next one there.

    An edge is walked around its source.
    """
    edge = next((each for each in diagram.edges if each.id == current), None)
    around = edge.source if edge is not None else current
    edges = edges_of(diagram, around)
    if not edges:
        return None
    if edge is None:
        return edges[0 if step > 0 else -1].id
    return edges[(edges.index(edge) + step) % len(edges)].id


def edges_of(diagram: Diagram, node_id: str) -> list[Edge]:
    """Return the edges that begin or end at a node, those that begin there first."""
    leaving = [edge for edge in diagram.edges if edge.source == node_id]
    return leaving + [edge for edge in diagram.edges if edge.target == node_id and edge.source != node_id]


def _place_of(diagram: Diagram, current: str) -> tuple[float, float] | None:
    by_id: dict[str, Node] = {node.id: node for node in diagram.nodes}
    if current in by_id:
        return by_id[current].x, by_id[current].y
    for edge in diagram.edges:
        if edge.id == current and edge.source in by_id and edge.target in by_id:
            source, target = by_id[edge.source], by_id[edge.target]
            return (source.x + target.x) / 2, (source.y + target.y) / 2
    return None
