"""The plain shapes a picture is made of, for any painter: Qt on the screen, matplotlib on paper.

Lengths are in points on paper and in pixels on the screen; x runs right, y runs down from the top left corner. A shape
names the *role* of its colour, never the colour: `planner.charts.palette` resolves roles for screen, night and print.
Shapes are painted in their order.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TypeAlias


class Role(enum.Enum):
    """What a colour is for."""

    PAPER = "paper"
    TEXT = "text"
    TEXT_MUTED = "text-muted"
    RULE = "rule"
    LANE = "lane"
    GRID = "grid"
    GRID_STRONG = "grid-strong"
    RESTING = "resting"
    FREEZE = "freeze"
    FREEZE_LINE = "freeze-line"
    BAR = "bar"
    BAR_DONE = "bar-done"
    BAR_LINE = "bar-line"
    BAR_TEXT = "bar-text"
    CRITICAL = "critical"
    CRITICAL_DONE = "critical-done"
    CRITICAL_LINE = "critical-line"
    CRITICAL_TEXT = "critical-text"
    IDLE = "idle"
    IDLE_LINE = "idle-line"
    SUMMARY = "summary"
    SUMMARY_DONE = "summary-done"
    MILESTONE = "milestone"
    LINK = "link"
    LINK_CRITICAL = "link-critical"
    TODAY = "today"
    TODAY_TEXT = "today-text"
    DEADLINE = "deadline"
    DEADLINE_MISSED = "deadline-missed"
    BASELINE = "baseline"
    GATE = "gate"


class Anchor(enum.Enum):
    """Which point of a text stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A box, its corners rounded by `radius`; without a `line` it has no outline, without a `fill` no inside."""

    x: float
    y: float
    width: float
    height: float
    fill: Role | None = None
    line: Role | None = None
    line_width: float = 0.75
    radius: float = 0.0
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Diamond:
    """A square on its tip around a centre; `reach` is the distance from the centre to each tip."""

    x: float
    y: float
    reach: float
    fill: Role | None = None
    line: Role | None = None
    line_width: float = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """A closed outline through `points`."""

    points: tuple[Point, ...]
    fill: Role | None = None
    line: Role | None = None
    line_width: float = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Polyline:
    """An open line through `points`; with an `arrow` its last point is the tip of a filled head `arrow` long."""

    points: tuple[Point, ...]
    line: Role
    line_width: float = 0.75
    arrow: float = 0.0
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text on a `baseline`; `size` is its font size, `width` what it takes up as measured."""

    x: float
    baseline: float
    text: str
    size: float
    width: float
    role: Role = Role.TEXT
    bold: bool = False
    anchor: Anchor = Anchor.START

    @property
    def left(self) -> float:
        """Where the text begins."""
        if self.anchor is Anchor.START:
            return self.x
        return self.x - (self.width / 2 if self.anchor is Anchor.MIDDLE else self.width)

    @property
    def right(self) -> float:
        """Where the text ends."""
        return self.left + self.width


Shape: TypeAlias = Rectangle | Diamond | Polygon | Polyline | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One page: its size and its shapes in the order of painting."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def arrow_head(points: tuple[Point, ...], length: float) -> tuple[Point, Point, Point]:
    """Return the triangle of an arrow at the end of a line through `points`: its tip, then its two feet."""
    (before_x, before_y), (tip_x, tip_y) = points[-2], points[-1]
    along_x, along_y = tip_x - before_x, tip_y - before_y
    distance = (along_x**2 + along_y**2) ** 0.5 or 1.0
    along_x, along_y = along_x / distance * length, along_y / distance * length
    foot_x, foot_y = tip_x - along_x, tip_y - along_y
    side_x, side_y = -along_y * 0.45, along_x * 0.45
    return (tip_x, tip_y), (foot_x + side_x, foot_y + side_y), (foot_x - side_x, foot_y - side_y)
