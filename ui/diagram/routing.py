"""Where the edges of a diagram run: curved, side by side where several join two nodes, around what stands between.

Plain geometry without a toolkit. An edge is a quadratic curve from rim to rim; its bend is chosen so that it keeps off
the other nodes where a gentle bend can, and so that edges of one pair never lie on each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ui.diagram.values import Diagram, Edge, Node, Shape, pairs_of

Point = tuple[float, float]

_APART: Final = 34.0
"""How far the middles of neighbouring edges of one pair lie from each other."""

_BENDS: Final = (0.0, 44.0, -44.0, 88.0, -88.0, 140.0, -140.0, 200.0, -200.0)
_SAMPLES: Final = tuple(step / 16 for step in range(1, 16))
_CELL: Final = 240.0
_CLEARANCE: Final = 6.0
_GAP: Final = 3.0
"""What is left free between a rim and the end of an edge."""


@dataclass(frozen=True, slots=True)
class Route:
    """A quadratic curve: where it starts, what it bends towards, where it ends."""

    start: Point
    bend: Point
    end: Point

    def at(self, share: float) -> Point:
        """Return the point at a share (0 to 1) of the way."""
        rest = 1 - share
        a, b, c = rest * rest, 2 * rest * share, share * share
        return (
            a * self.start[0] + b * self.bend[0] + c * self.end[0],
            a * self.start[1] + b * self.bend[1] + c * self.end[1],
        )

    @property
    def middle(self) -> Point:
        """The point half way."""
        return self.at(0.5)

    def direction(self, share: float) -> float:
        """Return the angle in radians in which the curve runs at a share of the way."""
        rest = 1 - share
        across = rest * (self.bend[0] - self.start[0]) + share * (self.end[0] - self.bend[0])
        down = rest * (self.bend[1] - self.start[1]) + share * (self.end[1] - self.bend[1])
        return math.atan2(down, across)


class Obstacles:
    """Which nodes stand where, found by place; moving one node updates its own cells alone."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._cells: dict[tuple[int, int], dict[str, Node]] = {}
        self._nodes: dict[str, Node] = {}
        for node in nodes:
            self.put(node)

    def put(self, node: Node) -> None:
        """Take in a node, or its new place."""
        self.remove(node.id)
        self._nodes[node.id] = node
        for cell in _cells(node):
            self._cells.setdefault(cell, {})[node.id] = node

    def remove(self, node_id: str) -> None:
        """Forget a node."""
        known = self._nodes.pop(node_id, None)
        if known is not None:
            for cell in _cells(known):
                self._cells[cell].pop(node_id, None)

    def hits(self, route: Route, ends: tuple[str, str]) -> int:
        """Return at how many places of the way another node than its `ends` is in it."""
        count = 0
        for share in _SAMPLES:
            x, y = route.at(share)
            for node in self._cells.get((math.floor(x / _CELL), math.floor(y / _CELL)), {}).values():
                if node.id not in ends:
                    left, top, right, bottom = node.box
                    if left - _CLEARANCE < x < right + _CLEARANCE and top - _CLEARANCE < y < bottom + _CLEARANCE:
                        count += 1
                        break
        return count


def route_all(diagram: Diagram) -> dict[str, Route]:
    """Return edge id -> route for every edge of a diagram."""
    nodes = {node.id: node for node in diagram.nodes}
    obstacles = Obstacles(diagram.nodes)
    routes: dict[str, Route] = {}
    for _pair, edges in pairs_of(diagram):
        routes.update(route_pair(edges, nodes, obstacles))
    return routes


def route_pair(edges: list[Edge], nodes: Mapping[str, Node], obstacles: Obstacles) -> dict[str, Route]:
    """Return the routes of all edges that join one pair of nodes, in either direction."""
    first = min(edges[0].source, edges[0].target)
    routes: dict[str, Route] = {}
    for at, edge in enumerate(edges):
        source, target = nodes[edge.source], nodes[edge.target]
        sign = 1.0 if edge.source == first else -1.0
        aside = (at - (len(edges) - 1) / 2) * _APART * sign
        best = _curve(source, target, aside)
        fewest = obstacles.hits(best, (source.id, target.id))
        for bend in _BENDS[1:]:
            if not fewest:
                break
            other = _curve(source, target, aside + bend * sign)
            hits = obstacles.hits(other, (source.id, target.id))
            if hits < fewest:
                best, fewest = other, hits
        routes[edge.id] = best
    return routes


def _curve(source: Node, target: Node, aside: float) -> Route:
    across, down = target.x - source.x, target.y - source.y
    length = math.hypot(across, down) or 1.0
    # The middle of a quadratic curve lies half as far aside as its bend.
    bend = (
        (source.x + target.x) / 2 - down / length * aside * 2,
        (source.y + target.y) / 2 + across / length * aside * 2,
    )
    return Route(rim_towards(source, bend), bend, rim_towards(target, bend))


def rim_towards(node: Node, point: Point) -> Point:
    """Return where the way from a node's centre to `point` crosses its rim."""
    across, down = point[0] - node.x, point[1] - node.y
    distance = math.hypot(across, down)
    if distance < 1e-9:
        return node.x, node.y
    across, down = across / distance, down / distance
    low, high = 0.0, math.hypot(*node.size)
    for _halving in range(14):
        middle = (low + high) / 2
        if is_inside(node, across * middle, down * middle):
            low = middle
        else:
            high = middle
    reach = low + _GAP
    return node.x + across * reach, node.y + down * reach


def is_inside(node: Node, across: float, down: float) -> bool:
    """Tell whether a place, given from the node's centre, lies within its outline."""
    half_width, half_height = node.size[0] / 2, node.size[1] / 2
    across, down = abs(across), abs(down)
    if across > half_width or down > half_height:
        return False
    if node.shape is Shape.OCTAGON:
        cut = corner_of(node)
        return (half_width - across) + (half_height - down) >= cut
    radius = corner_of(node)
    into_x, into_y = across - (half_width - radius), down - (half_height - radius)
    return into_x <= 0 or into_y <= 0 or math.hypot(into_x, into_y) <= radius


def corner_of(node: Node) -> float:
    """Return how far a node's corner is rounded, or cut off."""
    width, height = node.size
    match node.shape:
        case Shape.BAR:
            return height / 2
        case Shape.COLUMN:
            return width / 4
        case Shape.OCTAGON:
            return height * 0.3
        case Shape.CARD:
            return 8.0
        case _:
            return 3.0


def _cells(node: Node) -> list[tuple[int, int]]:
    left, top, right, bottom = node.box
    return [
        (column, row)
        for column in range(math.floor((left - _CLEARANCE) / _CELL), math.floor((right + _CLEARANCE) / _CELL) + 1)
        for row in range(math.floor((top - _CLEARANCE) / _CELL), math.floor((bottom + _CLEARANCE) / _CELL) + 1)
    ]
