"""What a picture of nodes and edges consists of, as values: what to show, not how a toolkit shows it.

Pages make a `Diagram` of what they know; the view draws and edits it, the exporter writes it. Lengths are points at
100 %, x to the right and y down; a node's place is its centre. What a node or an edge means is told by its shape, its
stroke and its symbol, each of which stands without the colour.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


class Shape(enum.Enum):
    """The outline of a node."""

    BAR = "wide rounded bar"
    BOX = "wide rectangle"
    COLUMN = "tall rounded bar"
    OCTAGON = "octagon"
    PLAIN = "dashed rectangle"
    CARD = "card with a coloured edge"


class Stroke(enum.Enum):
    """The line of an edge."""

    SINGLE = "one line"
    DOUBLE = "two lines"
    DASHED = "dashes"
    DOTTED = "dots"


class Tone(enum.Enum):
    """How much something wants to be seen."""

    QUIET = "quiet"
    PLAIN = "plain"
    WARNING = "warning"
    DANGER = "danger"


class Symbol(enum.Enum):
    """A small sign in the middle of an edge or at the corner of a node."""

    NONE = "none"
    SLOW = "triangle"
    STOP = "octagon with a cross"
    LATE = "clock"
    APART = "broken ring"


SIZES: Final = {
    Shape.BAR: (188.0, 58.0),
    Shape.BOX: (188.0, 58.0),
    Shape.COLUMN: (112.0, 108.0),
    Shape.OCTAGON: (136.0, 88.0),
    Shape.PLAIN: (172.0, 58.0),
    Shape.CARD: (228.0, 76.0),
}
"""Shape -> width and height of its nodes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node: `text` is its name, `caption` a second line, `description` the whole of it in words.

    `category` picks one of the theme's series of colours (None: none of them); a node that is not `vivid` stays in the
    background.
    """

    id: str
    text: str
    caption: str = ""
    description: str = ""
    shape: Shape = Shape.BOX
    category: int | None = None
    tone: Tone = Tone.PLAIN
    symbol: Symbol = Symbol.NONE
    vivid: bool = True
    x: float = 0.0
    y: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        return SIZES[self.shape]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        width, height = self.size
        return self.x - width / 2, self.y - height / 2, self.x + width / 2, self.y + height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One directed edge between two nodes; `text` stands in its middle.

    With `via` it leaves at the right of its source, passes through those points and arrives at the left of its target;
    without, it finds its own way.
    """

    id: str
    source: str
    target: str
    text: str = ""
    description: str = ""
    stroke: Stroke = Stroke.SINGLE
    tone: Tone = Tone.PLAIN
    symbol: Symbol = Symbol.NONE
    vivid: bool = True
    via: tuple[tuple[float, float], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A named area behind the nodes that belong together."""

    id: str
    text: str
    node_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One line of a legend: a node's shape or an edge's stroke and what it says."""

    text: str
    node: Node | None = None
    edge: Edge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A whole picture. Edges whose ends are not among the nodes are left out by whoever makes one."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    regions: tuple[Region, ...] = ()
    legend: tuple[Sample, ...] = ()
    title: str = ""


def pairs_of(diagram: Diagram) -> Iterator[tuple[tuple[str, str], list[Edge]]]:
    """Yield each pair of nodes that edges join, whatever their direction, with those edges."""
    joined: dict[tuple[str, str], list[Edge]] = {}
    for edge in diagram.edges:
        first, second = sorted((edge.source, edge.target))
        joined.setdefault((first, second), []).append(edge)
    yield from joined.items()
