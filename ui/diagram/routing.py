"""Where the edges of a diagram run: curved, side by side where several join two nodes, around what stands between.

Plain geometry without a toolkit. An edge curves from rim to rim; its bend is chosen so that it keeps off the other
nodes where a gentle bend can, or else two bends, and so that edges of one pair never lie on each other. One that is told
its way takes it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ui.diagram.values import Diagram, Edge, Node, Shape, pairs_of

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_APART: Final = 34.0
"""How far the middles of neighbouring edges of one pair lie from each other."""

_BENDS: Final = (0.0, 44.0, -44.0, 88.0, -88.0, 140.0, -140.0, 200.0, -200.0)
_SAMPLES: Final = tuple((step / 16, 1 - step / 16) for step in range(1, 16))
_WEIGHTS: Final = tuple((rest * rest, 2 * rest * share, share * share) for share, rest in _SAMPLES)
"""How much beginning, bend and end of a curve weigh at the places where it is looked at."""

_ASIDE: Final = (0.0, 120.0, -120.0, 240.0, -240.0)
_TWO_BENDS: Final = tuple(
    sorted(itertools.product(_ASIDE, _ASIDE), key=lambda pair: abs(pair[0]) + abs(pair[1]) + abs(pair[0] - pair[1]) / 2)
)
"""How far aside an edge is drawn soon after its beginning and shortly before its end, the gentlest first."""

_BEND_AT: Final = 0.2
_LOOKS: Final = 24
_FEW: Final = 60
"""Among how many nodes a way by two bends is looked for: among more of them nobody follows a line with the eye."""

_CELL: Final = 240.0
_CLEARANCE: Final = 6.0
_NONE: Final[dict[str, Box]] = {}
_GAP: Final = 3.0
"""What is left free between a rim and the end of an edge."""


@dataclass(frozen=True, slots=True)
class Route:
    """A curve of cubic pieces, as Qt and SVG draw them: a point, then two bends and a point for each piece."""

    points: tuple[Point, ...]

    @property
    def start(self) -> Point:
        """Where the curve begins."""
        return self.points[0]

    @property
    def end(self) -> Point:
        """Where the curve ends."""
        return self.points[-1]

    @property
    def middle(self) -> Point:
        """The point half way."""
        return self.at(0.5)

    def at(self, share: float) -> Point:
        """Return the point at a share (0 to 1) of the way, every piece counting the same."""
        (first, second, third, fourth), share = self._piece(share)
        rest = 1 - share
        a, b, c, d = rest**3, 3 * rest * rest * share, 3 * rest * share * share, share**3
        return (
            a * first[0] + b * second[0] + c * third[0] + d * fourth[0],
            a * first[1] + b * second[1] + c * third[1] + d * fourth[1],
        )

    def direction(self, share: float) -> float:
        """Return the angle in radians in which the curve runs at a share of the way."""
        (x, y), (further_x, further_y) = self.at(max(0.0, share - 0.02)), self.at(min(1.0, share))
        return math.atan2(further_y - y, further_x - x)

    def _piece(self, share: float) -> tuple[tuple[Point, ...], float]:
        count = (len(self.points) - 1) // 3
        piece = min(int(share * count), count - 1)
        return self.points[piece * 3 : piece * 3 + 4], share * count - piece


def bent(start: Point, bend: Point, end: Point) -> Route:
    """Return a curve from start to end that is drawn towards one bend."""
    return Route((start, _between(start, bend), _between(end, bend), end))


def straight(start: Point, end: Point) -> Route:
    """Return the straight way."""
    return bent(start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), end)


def flowing(points: tuple[Point, ...]) -> Route:
    """Return a curve from left to right through points, level at each of them."""
    found = [points[0]]
    for (x, y), (further_x, further_y) in itertools.pairwise(points):
        reach = max(24.0, abs(further_x - x) * 0.45)
        found += [(x + reach, y), (further_x - reach, further_y), (further_x, further_y)]
    return Route(tuple(found))


def _between(end: Point, bend: Point) -> Point:
    return end[0] + (bend[0] - end[0]) * 2 / 3, end[1] + (bend[1] - end[1]) * 2 / 3


class Obstacles:
    """Which nodes stand where, found by place; moving one node updates its own cells alone."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._cells: dict[tuple[int, int], dict[str, Box]] = {}
        self._nodes: dict[str, Node] = {}
        for node in nodes:
            self.put(node)

    def put(self, node: Node) -> None:
        """Take in a node, or its new place."""
        self.remove(node.id)
        self._nodes[node.id] = node
        left, top, right, bottom = node.box
        box = (left - _CLEARANCE, top - _CLEARANCE, right + _CLEARANCE, bottom + _CLEARANCE)
        for cell in _cells(node):
            self._cells.setdefault(cell, {})[node.id] = box

    def remove(self, node_id: str) -> None:
        """Forget a node."""
        known = self._nodes.pop(node_id, None)
        if known is not None:
            for cell in _cells(known):
                self._cells[cell].pop(node_id, None)

    def hits(self, start: Point, bend: Point, end: Point, ends: tuple[str, str]) -> int:
        """Return at how many places of the curve from `start` to `end` another node than its `ends` is in the way."""
        return sum(
            self._is_taken(
                start[0] * before + bend[0] * between + end[0] * after,
                start[1] * before + bend[1] * between + end[1] * after,
                ends,
            )
            for before, between, after in _WEIGHTS
        )

    def hits_of(self, route: Route, ends: tuple[str, str]) -> int:
        """Return at how many places of a route another node than its `ends` is in the way."""
        return sum(self._is_taken(*route.at(look / _LOOKS), ends) for look in range(1, _LOOKS))

    @property
    def are_few(self) -> bool:
        """Whether there are so few nodes that each edge can be followed with the eye."""
        return len(self._nodes) <= _FEW

    def _is_taken(self, x: float, y: float, ends: tuple[str, str]) -> bool:
        for node_id, (left, top, right, bottom) in self._cells.get((int(x // _CELL), int(y // _CELL)), _NONE).items():
            if left < x < right and top < y < bottom and node_id not in ends:
                return True
        return False


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
        ends = (source.id, target.id)
        if edge.via is not None:
            routes[edge.id] = _flow(source, target, edge.via)
            continue
        sign = 1.0 if edge.source == first else -1.0
        aside = (at - (len(edges) - 1) / 2) * _APART * sign
        best, fewest = aside, math.inf
        for bend in _BENDS:
            # From centre to centre: enough to see what it meets, and sooner known than where the rims are.
            hits = obstacles.hits(
                (source.x, source.y), _bend(source, target, aside + bend * sign), (target.x, target.y), ends
            )
            if hits < fewest:
                best, fewest = aside + bend * sign, hits
            if not hits:
                break
        around = _around(source, target, obstacles, fewer_than=fewest) if fewest and len(edges) == 1 else None
        bend_at = _bend(source, target, best)
        routes[edge.id] = around or bent(rim_towards(source, bend_at), bend_at, rim_towards(target, bend_at))
    return routes


def _around(source: Node, target: Node, obstacles: Obstacles, *, fewer_than: float) -> Route | None:
    """Return the gentlest way by two bends that meets the fewest nodes; None where none meets `fewer_than`."""
    if not obstacles.are_few:
        return None
    best, fewest = None, fewer_than
    across, down = target.x - source.x, target.y - source.y
    length = math.hypot(across, down) or 1.0
    for first, second in _TWO_BENDS:
        bends = [
            (source.x + across * share - down / length * aside, source.y + down * share + across / length * aside)
            for share, aside in ((_BEND_AT, first), (1 - _BEND_AT, second))
        ]
        route = Route((rim_towards(source, bends[0]), *bends, rim_towards(target, bends[1])))
        hits = obstacles.hits_of(route, (source.id, target.id))
        if hits < fewest:
            best, fewest = route, hits
        if not hits:
            break
    return best


def _bend(source: Node, target: Node, aside: float) -> Point:
    across, down = target.x - source.x, target.y - source.y
    length = math.hypot(across, down) or 1.0
    # The middle of a bent curve lies half as far aside as its bend.
    return (
        (source.x + target.x) / 2 - down / length * aside * 2,
        (source.y + target.y) / 2 + across / length * aside * 2,
    )


def _flow(source: Node, target: Node, via: tuple[Point, ...]) -> Route:
    start = (source.x + source.size[0] / 2 + _GAP, source.y)
    end = (target.x - target.size[0] / 2 - _GAP, target.y)
    return flowing((start, *via, end))


def rim_towards(node: Node, point: Point) -> Point:
    """Return where the way from a node's centre to `point` crosses its rim."""
    across, down = point[0] - node.x, point[1] - node.y
    distance = math.hypot(across, down)
    if distance < 1e-9:
        return node.x, node.y
    across, down = across / distance, down / distance
    width, height = node.size
    half_width, half_height, corner = width / 2, height / 2, corner_of(node)
    low, high = 0.0, math.hypot(width, height)
    for _halving in range(14):
        middle = (low + high) / 2
        place = (abs(across) * middle, abs(down) * middle)
        if _holds(*place, half_width, half_height, corner, cut=node.shape is Shape.OCTAGON):
            low = middle
        else:
            high = middle
    reach = low + _GAP
    return node.x + across * reach, node.y + down * reach


def is_inside(node: Node, across: float, down: float) -> bool:
    """Tell whether a place, given from the node's centre, lies within its outline."""
    width, height = node.size
    return _holds(abs(across), abs(down), width / 2, height / 2, corner_of(node), cut=node.shape is Shape.OCTAGON)


def _holds(across: float, down: float, half_width: float, half_height: float, corner: float, *, cut: bool) -> bool:
    """Tell whether an outline, its corners rounded or cut off, holds a place aside and below its centre."""
    if across > half_width or down > half_height:
        return False
    if cut:
        return (half_width - across) + (half_height - down) >= corner
    into_x, into_y = across - (half_width - corner), down - (half_height - corner)
    return into_x <= 0 or into_y <= 0 or math.hypot(into_x, into_y) <= corner


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
