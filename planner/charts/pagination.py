"""How large rows and letters are on paper and which rows stand on which page, so that pages are filled and balanced."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planner.charts.rows import GanttRow, Lane
from planner.charts.text import Measure, wrap
from planner.domain.errors import BugError

_LINE: Final = 1.22
"""Distance of two baselines, in font sizes."""
_PADDING: Final = 0.52
_BAND: Final = 1.85
_MOST_STRETCH: Final = 2.6
_NOTES_FROM: Final = 9.0
"""From this font size on a row has room for a second line that names its teams."""
_LINES: Final = 12
"""Lines a name may take: enough for the longest the rules allow, so that none is cut."""
_NOTE_LINES: Final = 4
"""Lines the teams may take; how many are left out then is told."""
INDENT: Final = 1.3
"""How far a nested name stands in, in font sizes."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The font sizes that go together: `name` in the rows, and what follows from it."""

    name: float

    @property
    def label(self) -> float:
        """Of the dates beside bars."""
        return self.name * 0.86

    @property
    def note(self) -> float:
        """Of the teams under a name."""
        return self.name * 0.8

    @property
    def has_notes(self) -> bool:
        """Whether names have their teams below."""
        return self.name >= _NOTES_FROM


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the chart: its name in lines, its teams in lines below, and how high it must be."""

    row: GanttRow
    name: tuple[str, ...]
    note: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """The heading of a lane, or of what goes on from the page before."""

    title: str
    lane: Lane
    height: float
    continued: bool = False


Block = Line | Band


def name_room(lanes: Sequence[Lane], *, width: float, size: float, measure: Measure) -> float:
    """Return how wide the column of names is on a page `width` wide: as the names ask, within bounds."""
    widest = max(
        (measure(row.name, size, row.summary) + row.depth * INDENT * size for lane in lanes for row in lane.rows),
        default=0.0,
    )
    return min(max(widest + 2.2 * size, 0.15 * width), 0.29 * width)


def blocks_of(lanes: Sequence[Lane], letters: Letters, *, room: float, measure: Measure) -> list[Block]:
    """Return every lane's band and rows from top to bottom, names wrapped into `room`."""
    blocks: list[Block] = []
    for lane in lanes:
        if lane.title:
            blocks.append(Band(lane.title, lane, _BAND * letters.name))
        blocks.extend(_line_of(row, letters, room=room, measure=measure) for row in lane.rows)
    return blocks


def _line_of(row: GanttRow, letters: Letters, *, room: float, measure: Measure) -> Line:
    size = letters.name
    # However deep the nesting, most of the column stays for the words.
    width = room - 1.6 * size - indent_of(row, size)
    name = wrap(row.name, width=width, size=size, bold=row.summary, measure=measure, lines=_LINES)
    note: tuple[str, ...] = ()
    if letters.has_notes and row.teams:
        note = _teams_note(row.teams, width=width, size=letters.note, measure=measure)
    height = (len(name) * _LINE + _PADDING) * size + len(note) * _LINE * letters.note
    return Line(row, name, note, height)


def indent_of(row: GanttRow, size: float) -> float:
    """Return how far in the name of a nested row stands."""
    return min(row.depth, 5) * INDENT * size


def _teams_note(teams: tuple[str, ...], *, width: float, size: float, measure: Measure) -> tuple[str, ...]:
    """Return the teams on as few lines as hold them whole; past the last line, how many more there are."""
    lines: list[str] = []
    for place, team in enumerate(teams):
        text = f"{team}," if place + 1 < len(teams) else team
        joined = f"{lines[-1]} {text}" if lines else ""
        if joined and measure(joined, size, False) <= width:
            lines[-1] = joined
            continue
        wrapped = wrap(text, width=width, size=size, bold=False, measure=measure, lines=_LINES)
        if lines and len(lines) + len(wrapped) > _NOTE_LINES:
            rest = f"+{len(teams) - place}"
            fits = measure(f"{lines[-1]} {rest}", size, False) <= width
            return (*lines[:-1], f"{lines[-1]} {rest}") if fits else (*lines, rest)
        lines.extend(wrapped)
    return tuple(lines)


def fit(
    lanes: Sequence[Lane],
    sizes: Sequence[float],
    *,
    width: float,
    height: float,
    measure: Measure,
) -> tuple[Letters, float, list[Block]]:
    """Return the largest of `sizes` at which all rows fit `height`, with the column of names and the blocks.

    Where none does, the smallest is returned: the rows then take more pages or more height.
    """
    count = sum(len(lane.rows) for lane in lanes)
    bands = sum(1 for lane in lanes if lane.title)
    for size in sizes:
        smallest = size == sizes[-1]
        # What even one line a row cannot fit is not worth wrapping.
        if not smallest and (count * (_LINE + _PADDING) + bands * _BAND) * size > height:
            continue
        letters = Letters(size)
        room = name_room(lanes, width=width, size=size, measure=measure)
        blocks = blocks_of(lanes, letters, room=room, measure=measure)
        if smallest or sum(block.height for block in blocks) <= height:
            return letters, room, blocks
    raise BugError("a chart needs at least one font size")


def paginate(blocks: Sequence[Block], letters: Letters, *, height: float) -> list[list[Block]]:
    """Return the blocks of each page: pages about equally full, a band never last, lanes named again where they go on.

    A row higher than a page cannot be: names have few lines.
    """
    whole = sum(block.height for block in blocks)
    count = max(1, math.ceil(whole / height))
    while True:
        pages = _fill(blocks, letters, height=height, goal=whole / count)
        if len(pages) <= count:
            return pages
        count += 1


def _fill(blocks: Sequence[Block], letters: Letters, *, height: float, goal: float) -> list[list[Block]]:
    pages: list[list[Block]] = [[]]
    used = own = 0.0
    band: Band | None = None
    programme: GanttRow | None = None
    for position, block in enumerate(blocks):
        needed = block.height
        if isinstance(block, Band) and position + 1 < len(blocks):
            needed += blocks[position + 1].height
        # A little under the goal is near enough: the rounding of sums must not cost a page.
        full = used + needed > height or own >= goal - 0.01
        if full and pages[-1] and not isinstance(pages[-1][-1], Band):
            pages.append([])
            used = own = 0.0
            again = _continued(block, band, programme, letters)
            if again is not None:
                pages[-1].append(again)
                used = again.height
        if isinstance(block, Band):
            band = block
        elif block.row.depth == 0:
            programme = block.row
        pages[-1].append(block)
        used += block.height
        own += block.height
    return pages


def _continued(block: Block, band: Band | None, programme: GanttRow | None, letters: Letters) -> Band | None:
    if isinstance(block, Band):
        return None
    if band is not None:
        return Band(band.title, band.lane, band.height, continued=True)
    if block.row.depth and programme is not None:
        return Band(programme.name, Lane("", "", ()), _BAND * letters.name, continued=True)
    return None


def stretch_of(blocks: Sequence[Block], *, height: float) -> float:
    """Return by how much rows grow so that these blocks fill `height`; within reason, never less than 1."""
    rows = sum(block.height for block in blocks if isinstance(block, Line))
    bands = sum(block.height for block in blocks if isinstance(block, Band))
    return min(max((height - bands) / rows, 1.0), _MOST_STRETCH) if rows else 1.0
