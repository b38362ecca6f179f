"""Where bubbles and their names go on the screen: none exactly over another, no name over a bubble or a name."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF

from ui.pages.priorities.bubbles import Bubble

SMALLEST: Final = 5.0
LARGEST: Final = 20.0
_GOLDEN: Final = math.pi * (3 - math.sqrt(5))
_CELL: Final = 6
_GAP: Final = 3.0


def radius_of(bubble: Bubble, *, crowded: bool) -> float:
    """Return the radius of a bubble in pixels; smaller all of them where there are very many."""
    largest = LARGEST / 2 if crowded else LARGEST
    smallest = SMALLEST / 2 if crowded else SMALLEST
    return smallest + (largest - smallest) * bubble.size


def place_bubbles(bubbles: Sequence[Bubble], plot: QRectF, *, crowded: bool) -> dict[str, QPointF]:
    """Return initiative id -> the middle of its bubble; those with the same figures spread out like seeds."""
    together: dict[tuple[int, int], int] = {}
    found: dict[str, QPointF] = {}
    for bubble in bubbles:
        x = plot.left() + bubble.x * plot.width()
        y = plot.bottom() - bubble.y * plot.height()
        key = (round(x), round(y))
        at = together.get(key, 0)
        together[key] = at + 1
        away = (SMALLEST if crowded else LARGEST * 0.62) * math.sqrt(at)
        x = min(max(x + away * math.cos(at * _GOLDEN), plot.left()), plot.right())
        y = min(max(y + away * math.sin(at * _GOLDEN), plot.top()), plot.bottom())
        found[bubble.id] = QPointF(x, y)
    return found


def place_names(
    wanted: Sequence[str],
    places: dict[str, QPointF],
    radii: dict[str, float],
    plot: QRectF,
    *,
    widths: Callable[[str], tuple[float, float]],
    height: float,
) -> dict[str, QRectF]:
    """Return initiative id -> the box of its name, for as many of `wanted`, in their order, as there is room for.

    `widths` says how much a name takes when it is cut and when it is whole: each gets room to be cut before any is whole.
    """
    taken: set[tuple[int, int]] = set()
    for one, middle in places.items():
        radius = radii[one]
        taken |= _cells(QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius))
    found: dict[str, QRectF] = {}
    for one in wanted:
        box = _free_box(places[one], radii[one] + _GAP, QSizeF(widths(one)[0], height), plot, taken)
        if box is not None:
            found[one] = box
            taken |= _cells(box)
    for one, cut in found.items():
        whole = widths(one)[1]
        if whole > cut.width():
            others = taken - _cells(cut)
            box = _free_box(places[one], radii[one] + _GAP, QSizeF(whole, height), plot, others)
            if box is not None:
                found[one] = box
                taken = others | _cells(box)
    return found


def _free_box(middle: QPointF, away: float, size: QSizeF, plot: QRectF, taken: set[tuple[int, int]]) -> QRectF | None:
    """Return where beside a bubble a box of a size is free."""
    wide, height = size.width(), size.height()
    for left, top in (
        (middle.x() + away, middle.y() - height / 2),
        (middle.x() - away - wide, middle.y() - height / 2),
        (middle.x() - wide / 2, middle.y() - away - height),
        (middle.x() - wide / 2, middle.y() + away),
        (middle.x() + away * 0.7, middle.y() - away - height * 0.6),
        (middle.x() + away * 0.7, middle.y() + away - height * 0.4),
    ):
        box = QRectF(left, top, wide, height)
        if plot.contains(box) and not _cells(box) & taken:
            return box
    return None


def nearest(places: dict[str, QPointF], here: QPointF, direction: tuple[int, int], *, but: str) -> str | None:
    """Return the bubble next to a point in a direction (x, y; down is positive); None where there is none."""
    best: tuple[float, str] | None = None
    across, down = direction
    for one, place in places.items():
        if one == but:
            continue
        offset = place - here
        ahead = offset.x() * across + offset.y() * down
        aside = abs(offset.x() * down) + abs(offset.y() * across)
        if ahead <= 0 or aside > 2 * ahead:
            continue
        distance = ahead + 2 * aside
        if best is None or distance < best[0]:
            best = (distance, one)
    return None if best is None else best[1]


def _cells(box: QRectF) -> set[tuple[int, int]]:
    return {
        (x, y)
        for x in range(int(box.left() // _CELL), int(box.right() // _CELL) + 1)
        for y in range(int(box.top() // _CELL), int(box.bottom() // _CELL) + 1)
    }
