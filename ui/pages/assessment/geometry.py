"""Where the cells of the heatmap stand: rows and columns of one size each, so that every answer is a division."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPoint, QRect

from ui.pages.assessment.painting import CELL_HEIGHT, CELL_WIDTH

BAND_HEIGHT: Final = 20
TITLE_HEIGHT: Final = 118
OVERHANG: Final = 96
"""How far the slanted title of the last column reaches beyond it."""

NARROWEST_NAMES: Final = 150
WIDEST_NAMES: Final = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """Counts of lines, what is scrolled out on the left and the top, and the room of the view, in pixels."""

    rows: int = 0
    columns: int = 0
    bands: int = 0
    names: int = 250
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0

    @property
    def header(self) -> int:
        """The height of the titles and bands above the cells."""
        return TITLE_HEIGHT + self.bands * BAND_HEIGHT

    @property
    def content_width(self) -> int:
        """The width of all columns, with the overhang of the last title."""
        return self.columns * CELL_WIDTH + OVERHANG

    @property
    def content_height(self) -> int:
        """The height of all rows."""
        return self.rows * CELL_HEIGHT

    @property
    def room(self) -> QRect:
        """Where cells are seen."""
        return QRect(self.names, self.header, max(0, self.width - self.names), max(0, self.height - self.header))

    def x_of(self, column: int) -> int:
        """Return the left edge of a column in the view."""
        return self.names + column * CELL_WIDTH - self.left

    def y_of(self, row: int) -> int:
        """Return the top edge of a row in the view."""
        return self.header + row * CELL_HEIGHT - self.top

    def cell(self, row: int, column: int) -> QRect:
        """Return where a cell stands in the view."""
        return QRect(self.x_of(column), self.y_of(row), CELL_WIDTH, CELL_HEIGHT)

    def rows_seen(self) -> range:
        """Return the rows that are at least partly seen."""
        last = (self.top + self.room.height() - 1) // CELL_HEIGHT + 1 if self.room.height() else 0
        return range(min(self.rows, self.top // CELL_HEIGHT), max(0, min(self.rows, last)))

    def columns_seen(self, *, before: int = 0) -> range:
        """Return the columns that are at least partly seen, and `before` more whose titles lean into view."""
        last = (self.left + self.room.width() - 1) // CELL_WIDTH + 1 if self.room.width() else 0
        first = max(0, self.left // CELL_WIDTH - before)
        return range(min(self.columns, first), max(0, min(self.columns, last)))

    def row_at(self, y: int) -> int | None:
        """Return the row at a height of the view; None above and below them all."""
        if y < self.header:
            return None
        row = (y - self.header + self.top) // CELL_HEIGHT
        return row if 0 <= row < self.rows else None

    def column_at(self, x: int) -> int | None:
        """Return the column at a place across the view; None beside them all."""
        if x < self.names:
            return None
        column = (x - self.names + self.left) // CELL_WIDTH
        return column if 0 <= column < self.columns else None

    def nearest(self, place: QPoint) -> tuple[int, int]:
        """Return the cell nearest to a place of the view, for a drag that leaves it."""
        row = (place.y() - self.header + self.top) // CELL_HEIGHT
        column = (place.x() - self.names + self.left) // CELL_WIDTH
        return max(0, min(self.rows - 1, row)), max(0, min(self.columns - 1, column))

    def scrolled_to(self, row: int, column: int) -> Geometry:
        """Return the geometry with a cell in full view, scrolled as little as that takes."""
        left, top = self.left, self.top
        x, y = column * CELL_WIDTH, row * CELL_HEIGHT
        if x < left:
            left = x
        elif x + CELL_WIDTH > left + self.room.width():
            left = x + CELL_WIDTH - self.room.width()
        if y < top:
            top = y
        elif y + CELL_HEIGHT > top + self.room.height():
            top = y + CELL_HEIGHT - self.room.height()
        return replace(self, left=max(0, left), top=max(0, top))
