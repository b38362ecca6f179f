"""Where everything of the value streams stands: boxes, waits, ladders, one band a stream, in points at 100 %.

Waits are gaps whose length says the wait: in a readable scale that grows ever more slowly, or, to scale, by the same
points an hour in every stream; the ladder beneath follows the steps, or is to scale likewise. Where the room ends a
stream in the readable scale goes on in the next line, its lines about equally long.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from ui.pages.flow.stream_rows import StreamRow

MARGIN: Final = 24.0
BOX_WIDTH: Final = 172.0
PAD: Final = 10.0
HEAD_GAP: Final = 12.0
NAME_GAP: Final = 9.0
"""What is left free under the name of a step."""
_SHORTEST: Final = 62.0
_GROWTH: Final = 17.0
_GROWS_FROM: Final = 4.0
_LONGEST_TO_SCALE: Final = 460.0
_LEAST_TO_SCALE: Final = 20.0
_LADDER_TO_SCALE: Final = 1_400.0
_BAND_GAP: Final = 28.0
_TAIL: Final = 56.0
"""Room behind the last step, where the stream ends and a step can be dropped."""
_LINE_GAP: Final = 18.0
_USUAL_WIDTH: Final = 720.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The places of one step: the gap of its wait, its box, and the words on what is hoped for it."""

    gap: QRectF
    box: QRectF
    hoped: QRectF

    @property
    def whole(self) -> QRectF:
        """Everything of the step."""
        return self.gap.united(self.box)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One piece of the ladder, which begins at `top`: high for a wait and low for work."""

    top: float
    left: float
    width: float
    is_wait: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One stream and its places."""

    row: StreamRow
    place: QRectF
    head: QRectF
    figures: QRectF
    slots: tuple[Slot, ...]
    rungs: tuple[Rung, ...]

    @property
    def lines(self) -> tuple[range, ...]:
        """Return which steps stand in each line."""
        starts = [at for at, slot in enumerate(self.slots) if at == 0 or slot.box.top() != self.slots[at - 1].box.top()]
        return tuple(range(first, last) for first, last in itertools.pairwise([*starts, len(self.slots)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All the bands, from the top down, and the size of the whole."""

    bands: tuple[Band, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class LineHeights:
    """The heights of a line of the three fonts, in points."""

    title: float
    name: float
    caption: float

    @classmethod
    def of(cls, title: QFont, name: QFont, caption: QFont) -> LineHeights:
        """Return the heights of three fonts."""
        return cls(*(math.ceil(QFontMetricsF(font).height()) for font in (title, name, caption)))

    @property
    def box(self) -> float:
        """The height of a step's box: name on two lines, work, %C&A, teams, waste."""
        return 2 * PAD + 2 * self.name + NAME_GAP - 4 + 3 * (self.caption + 5) + self.name + 12 + self.caption

    @property
    def ladder(self) -> float:
        """The height of a ladder: two rows of words and the steps between."""
        return 2 * self.caption + 26


def gap_width(wait_hours: float, *, points_per_hour: float | None) -> float:
    """Return how long the gap of a wait is, in the readable scale or by `points_per_hour`."""
    if points_per_hour is not None:
        return max(_LEAST_TO_SCALE, wait_hours * points_per_hour)
    return _SHORTEST + _GROWTH * math.log2(1 + wait_hours / _GROWS_FROM)


def lay_out(
    rows: Sequence[StreamRow],
    heights: LineHeights,
    *,
    to_scale: bool,
    least_width: float = 0.0,
    room: float = math.inf,
) -> Layout:
    """Return the places of all streams, one beneath the other, in lines no wider than `room` unless to scale."""
    longest_wait = max((step.wait_hours for row in rows for step in row.steps), default=0.0)
    longest_lead = max((row.lead_hours for row in rows), default=0.0)
    per_hour = _LONGEST_TO_SCALE / longest_wait if to_scale and longest_wait else None
    ladder_per_hour = _LADDER_TO_SCALE / longest_lead if to_scale and longest_lead else None
    bands: list[Band] = []
    top, widest = MARGIN, least_width
    for row in rows:
        band = _band(row, top, heights, per_hour, ladder_per_hour, room=math.inf if to_scale else room)
        bands.append(band)
        top = band.place.bottom() + _BAND_GAP
        widest = max(widest, band.place.right() + MARGIN)
    return Layout(bands=tuple(bands), width=widest, height=top)


def _band(
    row: StreamRow,
    top: float,
    heights: LineHeights,
    per_hour: float | None,
    ladder_per_hour: float | None,
    *,
    room: float,
) -> Band:
    line_top = first_top = top + heights.title + 4 + heights.caption + HEAD_GAP
    hoping = any(step.hoped for step in row.steps)
    to_ladder = heights.box + 10 + (2 * heights.caption + 12 if hoping else 0)
    gaps = [gap_width(step.wait_hours, points_per_hour=per_hour) for step in row.steps]
    slots: list[Slot] = []
    rungs: list[Rung] = []
    right = min(MARGIN + _USUAL_WIDTH, max(0.0, room - MARGIN))
    bottom = line_top + heights.box * 0.5
    for line in _lines([gap + BOX_WIDTH for gap in gaps], room - 2 * MARGIN - _TAIL):
        line_top = first_top if not slots else bottom + _LINE_GAP
        left = MARGIN
        for at in line:
            gap = QRectF(left, line_top, gaps[at], heights.box)
            box = QRectF(gap.right(), line_top, BOX_WIDTH, heights.box)
            hoped = QRectF(left, box.bottom() + 6, gap.width() + BOX_WIDTH, 2 * heights.caption + 6)
            slots.append(Slot(gap=gap, box=box, hoped=hoped))
            left = box.right()
        rungs += _rungs(row, line, slots, line_top + to_ladder, ladder_per_hour)
        right = max(right, left + _TAIL, rungs[-1].left + rungs[-1].width + MARGIN)
        bottom = line_top + to_ladder + heights.ladder
    return Band(
        row=row,
        place=QRectF(MARGIN, top, right - MARGIN, bottom - top),
        head=QRectF(MARGIN, top, max(420.0, right - 2 * MARGIN), heights.title + 4),
        figures=QRectF(MARGIN, top + heights.title + 4, right - MARGIN, heights.caption),
        slots=tuple(slots),
        rungs=tuple(rungs),
    )


def _lines(widths: Sequence[float], room: float) -> list[range]:
    """Return which steps stand in each line: as few lines as `room` asks for, about equally long."""
    fewest = _broken(widths, room)
    if len(fewest) < 2:
        return fewest
    low, high = max(widths), room
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_broken(widths, middle)) == len(fewest) else (middle, high)
    return _broken(widths, high)


def _broken(widths: Sequence[float], room: float) -> list[range]:
    lines: list[range] = []
    used = 0.0
    for at, width in enumerate(widths):
        if lines and used + width <= room:
            lines[-1] = range(lines[-1].start, at + 1)
            used += width
        else:
            lines.append(range(at, at + 1))
            used = width
    return lines


def _rungs(row: StreamRow, line: range, slots: Sequence[Slot], top: float, per_hour: float | None) -> Iterable[Rung]:
    left = MARGIN
    for at in line:
        step, slot = row.steps[at], slots[at]
        widths = (slot.gap.width(), slot.box.width())
        if per_hour is not None:
            widths = (step.wait_hours * per_hour, step.process_hours * per_hour)
        yield Rung(top=top, left=left, width=widths[0], is_wait=True, text=step.wait)
        yield Rung(top=top, left=left + widths[0], width=widths[1], is_wait=False, text=step.process)
        left += sum(widths)
