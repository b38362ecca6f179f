"""Where the edges of a view run: found a few at a time, so that a map of hundreds holds nobody up, and again as nodes move."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.diagram.items import EdgeItem, NodeItem
from ui.diagram.routing import Obstacles, Route, route_pair
from ui.diagram.values import Diagram, Edge, pairs_of

Pair = tuple[str, str]

_MANY: Final = 24
"""How many nodes moved at once are too many to look for ways around all others meanwhile."""

_AT_ONCE_SECONDS: Final = 0.015
"""How long ways are looked for at a stretch; some hundred edges have theirs by then."""


class Ways(QObject):
    """Finds ways for the edges among the items of a view, which it shares; `ended` is called when all have theirs."""

    def __init__(
        self,
        nodes: Mapping[str, NodeItem],
        edges: Mapping[str, EdgeItem],
        *,
        ended: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._nodes = nodes
        self._edges = edges
        self._ended = ended
        self._pairs: dict[Pair, list[Edge]] = {}
        self._asked: dict[Pair, tuple[object, ...]] = {}
        self._obstacles = Obstacles(())
        self._waiting: dict[Pair, None] = {}
        self._found: dict[str, Route] = {}
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.timeout.connect(self._take_turn)

    @property
    def under_way(self) -> bool:
        """Whether some edges have no way yet."""
        return bool(self._waiting)

    def take(self, diagram: Diagram) -> None:
        """Find ways for what is new or lies elsewhere in a diagram whose items are there already."""
        self._pairs = dict(pairs_of(diagram))
        self._obstacles = Obstacles(diagram.nodes)
        places = {node.id: (node.x, node.y, node.shape) for node in diagram.nodes}
        asked: dict[Pair, tuple[object, ...]] = {
            pair: tuple((edge.id, edge.source, edge.via, places[edge.source], places[edge.target]) for edge in edges)
            for pair, edges in self._pairs.items()
        }
        changed = (pair for pair, question in asked.items() if self._asked.get(pair) != question)
        self._waiting = dict.fromkeys(pair for pair in (*self._waiting, *changed) if pair in self._pairs)
        self._asked = asked
        self._take_turn()

    def follow(self, moving: Collection[str]) -> None:
        """Let the edges of nodes that are being moved keep up with them."""
        for node_id in moving:
            self._obstacles.put(self._nodes[node_id].placed)
        obstacles = Obstacles(()) if len(moving) > _MANY else self._obstacles
        for pair in self._pairs:
            if pair[0] in moving or pair[1] in moving:
                self._asked.pop(pair, None)
                self._waiting.pop(pair, None)
                for edge_id, route in self._find(pair, obstacles).items():
                    self._found.pop(edge_id, None)
                    self._edges[edge_id].run(route)

    def _take_turn(self) -> None:
        until = time.monotonic() + _AT_ONCE_SECONDS
        while self._waiting:
            pair = next(iter(self._waiting))
            del self._waiting[pair]
            self._found.update(self._find(pair, self._obstacles))
            if self._waiting and time.monotonic() > until:
                for pair in self._waiting:
                    for edge in self._pairs[pair]:
                        self._edges[edge.id].wait()
                self._turns.start(0)
                return
        # All at once: an area painted anew for each of them would cost more than finding it did.
        found, self._found = self._found, {}
        for edge_id, route in found.items():
            if edge_id in self._edges:
                self._edges[edge_id].run(route)
        self._ended()

    def _find(self, pair: Pair, obstacles: Obstacles) -> dict[str, Route]:
        ends = {node_id: self._nodes[node_id].placed for node_id in pair}
        return route_pair(self._pairs[pair], ends, obstacles)
