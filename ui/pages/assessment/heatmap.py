"""The heatmap: a painted grid with frozen heads, a cursor and a selection, driven by keyboard and mouse alike.

It paints what is on the screen and nothing else. What a cell looks like comes from `faces`; what a person wants done
with the selected cells is told by signals, and the page does it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from planner.analysis.standings import Place
from ui import assets
from ui.actions import keys_of
from ui.pages.assessment.axes import Axis, Line
from ui.pages.assessment.faces import Face, Reading, face_of
from ui.pages.assessment.geometry import TITLE_HEIGHT, Geometry
from ui.pages.assessment.headers import HeaderPainter, chevron_reach
from ui.pages.assessment.painting import CELL_HEIGHT, CELL_WIDTH, CellPainter
from ui.surroundings import Surroundings
from ui.widgets.tip import Tip

_HANDLE: Final = 14
_LEANING: Final = 3
"""Columns out of view on the left whose slanted titles may still lean into it."""

_MOST_BANDS: Final = 2
_NAMES: Final = (180, 340)
"""Pixels the names of rows take, at least and at most."""

_NO_LINES: Final = ("", "")

Cell = tuple[int, int]
"""Row and column."""


class Heatmap(QAbstractScrollArea):
    """Teams by practices. `fold_asked(key, across)` names a group."""

    selection_changed = Signal()
    card_asked = Signal()
    fold_asked = Signal(str, bool)
    menu_asked = Signal(QPoint)
    refused = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        describe: Callable[[Line, Line], tuple[str, tuple[str, ...]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._describe = describe
        self._rows, self._columns = Axis(), Axis()
        self._reading: Reading | None = None
        self._turned = False
        self._corner: tuple[str, ...] = ()
        self._levels: tuple[int, ...] = ()
        self._geometry = Geometry()
        self._faces: dict[Cell, Face] = {}
        self._anchor: Cell = (0, 0)
        self._cursor: Cell = (0, 0)
        self._hovered: Cell | None = None
        self._dragging = False
        self._typed: dict[int, QAction] = {}
        self._tip = Tip(self)
        self._make_painters()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.horizontalScrollBar().setSingleStep(CELL_WIDTH)
        self.verticalScrollBar().setSingleStep(CELL_HEIGHT)
        surroundings.theme_changed.connect(self._make_painters)

    # What is shown

    def show_grid(
        self, rows: Axis, columns: Axis, reading: Reading | None, *, turned: bool, corner: tuple[str, ...]
    ) -> None:
        """Show other lines or another reading; cursor and selection stay on their lines where these are still there."""
        kept = [(self._key(cell), cell) for cell in (self._anchor, self._cursor)]
        if turned != self._turned:
            kept = [((key[1], key[0]), (cell[1], cell[0])) for key, cell in kept]
        self._rows, self._columns, self._reading, self._turned = rows, columns, reading, turned
        self._corner, self._hovered = corner, None
        depths = sorted({line.depth for line in columns.lines if line.group and line.kind != "all"})
        self._levels = tuple(depths[:_MOST_BANDS])
        self._faces.clear()
        self._geometry = replace(self._geometry, rows=len(rows), columns=len(columns), bands=len(self._levels))
        self._measure()
        self._anchor, self._cursor = (self._find(key, cell) for key, cell in kept)
        if kept[1][0] == _NO_LINES:
            self._anchor = self._cursor = self._first_place()
        self._tell_cursor()
        self.viewport().update()

    def show_reading(self, reading: Reading) -> None:
        """Show the same lines with other answers."""
        self._reading = reading
        self._faces.clear()
        self._tell_cursor()
        self.viewport().update()

    def answer_to(self, actions: Sequence[QAction]) -> None:
        """Carry out these actions at their keys, while the keyboard is here."""
        self._typed = {Qt.Key(ord(keys_of(action)[0])): action for action in actions}

    @property
    def geometry_now(self) -> Geometry:
        """Where everything stands now."""
        return self._geometry

    def face_at(self, row: int, column: int) -> Face:
        """Return what a cell looks like."""
        face = self._faces.get((row, column))
        if face is None:
            who, what = self.lines_at(row, column)
            face = Face() if self._reading is None else face_of(self._reading, who, what)
            self._faces[row, column] = face
        return face

    def lines_at(self, row: int, column: int) -> tuple[Line, Line]:
        """Return who (a team or unit) and what (a practice or a group of them) a cell is of."""
        first, second = self._rows.lines[row], self._columns.lines[column]
        return (second, first) if self._turned else (first, second)

    def place_at(self, row: int, column: int) -> Place | None:
        """Return the team and the practice of a cell; None for a group's, and beyond the grid."""
        if not (0 <= row < len(self._rows) and 0 <= column < len(self._columns)):
            return None
        who, what = self.lines_at(row, column)
        return None if who.group or what.group else (who.id, what.id)

    # The cursor and the selection

    @property
    def cursor_cell(self) -> Cell:
        """The row and column of the cursor."""
        return self._cursor

    def current_lines(self) -> tuple[Line, Line] | None:
        """Return who and what the cursor is on; None while nothing is shown."""
        return self.lines_at(*self._cursor) if self._rows.lines and self._columns.lines else None

    def selected_rectangle(self) -> tuple[range, range]:
        """Return the rows and columns that are selected."""
        if not self._rows.lines or not self._columns.lines:
            return range(0), range(0)
        (top, bottom), (left, right) = (sorted(pair) for pair in zip(self._anchor, self._cursor, strict=True))
        return range(top, bottom + 1), range(left, right + 1)

    def selected_places(self) -> tuple[Place, ...]:
        """Return (team, practice) of every selected cell that can hold an answer, row by row."""
        rows, columns = self.selected_rectangle()
        first = [self._rows.lines[at].id for at in rows if not self._rows.lines[at].group]
        second = [self._columns.lines[at].id for at in columns if not self._columns.lines[at].group]
        places = product(first, second)
        return tuple((b, a) for a, b in places) if self._turned else tuple(places)

    def select(self, cell: Cell, *, extend: bool = False) -> None:
        """Put the cursor on a cell, or stretch the selection to it."""
        if not self._rows.lines or not self._columns.lines:
            return
        row = max(0, min(len(self._rows) - 1, cell[0]))
        column = max(0, min(len(self._columns) - 1, cell[1]))
        moved = (row, column) != self._cursor or (not extend and self._anchor != (row, column))
        self._cursor = (row, column)
        if not extend:
            self._anchor = self._cursor
        self.bring_into_view(self._cursor)
        if moved:
            self._tell_cursor()
            self.selection_changed.emit()
            self.viewport().update()

    def select_all(self) -> None:
        """Select every cell."""
        self._take_rectangle((0, 0), (len(self._rows) - 1, len(self._columns) - 1))

    def select_place(self, place: Place) -> bool:
        """Put the cursor on the cell of a team and a practice; return whether both are shown."""
        keys = (place[1], place[0]) if self._turned else place
        row, column = self._rows.at(keys[0]), self._columns.at(keys[1])
        if row is None or column is None:
            return False
        self.select((row, column))
        return True

    def bring_into_view(self, cell: Cell) -> None:
        """Scroll as little as needed to see a cell whole."""
        wanted = self._geometry.scrolled_to(*cell)
        self.horizontalScrollBar().setValue(wanted.left)
        self.verticalScrollBar().setValue(wanted.top)

    def cell_rectangle(self) -> QRect:
        """Return where the cursor's cell stands in the view."""
        return self._geometry.cell(*self._cursor)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that are seen, then the heads over them."""
        del event
        painter = QPainter(self.viewport())
        tokens, geometry = self._surroundings.tokens, self._geometry
        painter.fillRect(self.viewport().rect(), QColor(tokens.surface))
        if not self._rows.lines or not self._columns.lines:
            return
        painter.setClipRect(geometry.room)
        columns = geometry.columns_seen()
        for row in geometry.rows_seen():
            y = geometry.y_of(row)
            for column in columns:
                picture = self._cells.picture(self.face_at(row, column))
                painter.drawPixmap(QPoint(geometry.x_of(column), y), picture)
        self._paint_selection(painter)
        painter.setClipping(False)
        self._paint_heads(painter)

    def _paint_selection(self, painter: QPainter) -> None:
        tokens, geometry = self._surroundings.tokens, self._geometry
        rows, columns = self.selected_rectangle()
        whole = geometry.cell(rows.start, columns.start).united(geometry.cell(rows.stop - 1, columns.stop - 1))
        if len(rows) * len(columns) > 1:
            painter.setPen(QPen(QColor(tokens.surface), 4))
            painter.drawRect(whole.adjusted(0, 0, -2, -2))
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRect(whole.adjusted(0, 0, -2, -2))
        cursor = geometry.cell(*self._cursor)
        painter.setPen(QPen(QColor(tokens.surface), 5))
        painter.drawRect(cursor.adjusted(1, 1, -3, -3))
        style = Qt.PenStyle.SolidLine if self.hasFocus() else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(tokens.focus), 3 if self.hasFocus() else 2, style))
        painter.drawRect(cursor.adjusted(1, 1, -3, -3))
        if self._hovered is not None and not any(line.group for line in self.lines_at(*self._hovered)):
            handle = self._handle_of(self._hovered)
            painter.fillRect(handle, QColor(tokens.raised))
            picture = assets.picture("rename", tokens.text, _HANDLE * 2)
            painter.drawPixmap(handle.adjusted(1, 1, -1, -1), picture)

    def _paint_heads(self, painter: QPainter) -> None:
        geometry, tokens = self._geometry, self._surroundings.tokens
        row_now, column_now = self._cursor
        painter.setClipRect(QRect(0, geometry.header, geometry.names, geometry.room.height()))
        for row in geometry.rows_seen():
            place = QRect(0, geometry.y_of(row), geometry.names, CELL_HEIGHT)
            self._heads.paint_name(painter, self._rows.lines[row], place, current=row == row_now)
        top = QRect(geometry.names, 0, geometry.width - geometry.names, geometry.header)
        painter.setClipRect(top)
        painter.fillRect(top, QColor(tokens.surface))
        for column in geometry.columns_seen(before=_LEANING):
            line = self._columns.lines[column]
            self._heads.paint_title(painter, line, geometry.x_of(column), current=column == column_now)
        self._heads.paint_bands(painter, self._columns, self._levels, geometry)
        painter.setClipping(False)
        self._heads.paint_corner(painter, QRect(0, 0, geometry.names, geometry.header), self._corner)
        painter.setPen(QColor(tokens.border))
        painter.drawLine(0, geometry.header - 1, geometry.width, geometry.header - 1)
        painter.drawLine(geometry.names - 1, 0, geometry.names - 1, geometry.height)

    # Keyboard and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, extend, open the card, fold; letters and digits carry out their actions."""
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        row, column = self._cursor
        page = max(1, len(self._geometry.rows_seen()) - 1)
        last_row, last_column = len(self._rows) - 1, len(self._columns) - 1
        moves: dict[int, Cell] = {
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_PageUp: (row - page, column),
            Qt.Key.Key_PageDown: (row + page, column),
            Qt.Key.Key_Home: (0 if control else row, 0),
            Qt.Key.Key_End: (last_row if control else row, last_column),
        }
        key = event.key()
        if key in moves and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.select(moves[key], extend=extend)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not control:
            self._open()
        elif key == Qt.Key.Key_Escape and self._anchor != self._cursor:
            self.select(self._cursor)
        elif key in self._typed and not control and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._typed[key].trigger() if self._typed[key].isEnabled() else self.refused.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a cell, a row or a column, fold a group, or open the card by its handle."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        place = event.position().toPoint()
        row, column = self._geometry.row_at(place.y()), self._geometry.column_at(place.x())
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if row is not None and column is not None:
            rows, columns = self.selected_rectangle()
            if event.button() == Qt.MouseButton.RightButton and row in rows and column in columns:
                return
            on_handle = self._handle_of((row, column)).contains(place)
            self.select((row, column), extend=extend)
            if on_handle and not extend and event.button() == Qt.MouseButton.LeftButton:
                self._open()
            else:
                self._dragging = event.button() == Qt.MouseButton.LeftButton
        elif row is not None:
            self._press_name(row, place)
        elif column is not None and place.y() >= TITLE_HEIGHT - 16:
            self._press_title(column, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch the selection, or show what is under the pointer."""
        place = event.position().toPoint()
        if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
            self.select(self._geometry.nearest(place), extend=True)
            return
        row, column = self._geometry.row_at(place.y()), self._geometry.column_at(place.x())
        hovered = (row, column) if row is not None and column is not None else None
        if hovered != self._hovered:
            self._hovered = hovered
            self._tip.hide()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        del event
        self._dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the card, or fold the group under the pointer."""
        place = event.position().toPoint()
        row, column = self._geometry.row_at(place.y()), self._geometry.column_at(place.x())
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._dragging = False
        if row is not None and column is not None:
            self.select((row, column))
            self._open()
        elif row is not None and self._rows.lines[row].group:
            self.fold_asked.emit(self._rows.lines[row].key, False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is selected."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.cell_rectangle().center())
        else:
            where = event.globalPos()
        self.menu_asked.emit(where)

    def event(self, event: QEvent) -> bool:
        """Show a tip where the pointer rests."""
        if isinstance(event, QHelpEvent):
            place = event.pos() - self.viewport().pos()
            row, column = self._geometry.row_at(place.y()), self._geometry.column_at(place.x())
            if row is not None and column is not None and self.viewport().geometry().contains(event.pos()):
                heading, lines = self._describe(*self.lines_at(row, column))
                self._tip.show_at(event.globalPos(), heading, lines)
            else:
                self._tip.hide()
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the cell under the pointer once it leaves."""
        super().leaveEvent(event)
        self._hovered = None
        self._tip.hide()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew."""
        super().resizeEvent(event)
        self._measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the scroll bars."""
        del dx, dy
        self._geometry = replace(
            self._geometry, left=self.horizontalScrollBar().value(), top=self.verticalScrollBar().value()
        )
        self._tip.hide()
        self.viewport().update()

    # Inside

    def _open(self) -> None:
        lines = self.current_lines()
        if lines is None:
            return
        if not any(line.group for line in lines):
            self.card_asked.emit()
            return
        row, column = self._rows.lines[self._cursor[0]], self._columns.lines[self._cursor[1]]
        self.fold_asked.emit(*((row.key, False) if row.group else (column.key, True)))

    def _press_name(self, row: int, place: QPoint) -> None:
        line = self._rows.lines[row]
        if line.group and place.x() <= chevron_reach(line):
            self.fold_asked.emit(line.key, False)
        else:
            self._take_rectangle((row, 0), (row, len(self._columns) - 1))

    def _press_title(self, column: int, place: QPoint) -> None:
        line = self._columns.lines[column]
        if line.group and place.y() <= TITLE_HEIGHT:
            self.fold_asked.emit(line.key, True)
        else:
            self._take_rectangle((0, column), (len(self._rows) - 1, column))

    def _take_rectangle(self, anchor: Cell, cursor: Cell) -> None:
        if not self._rows.lines or not self._columns.lines:
            return
        # The cursor stays where the selection begins, so that nothing scrolls away.
        self._anchor, self._cursor = cursor, anchor
        self._tell_cursor()
        self.selection_changed.emit()
        self.viewport().update()

    def _handle_of(self, cell: Cell) -> QRect:
        place = self._geometry.cell(*cell)
        return QRect(place.right() - _HANDLE - 1, place.bottom() - _HANDLE - 1, _HANDLE, _HANDLE)

    def _key(self, cell: Cell) -> tuple[str, str]:
        if not self._rows.lines or not self._columns.lines:
            return _NO_LINES
        return self._rows.lines[cell[0]].key, self._columns.lines[cell[1]].key

    def _first_place(self) -> Cell:
        """Return the first cell that can be answered, where the cursor begins; the first of all where none can."""
        row = next((at for at, line in enumerate(self._rows.lines) if not line.group), 0)
        column = next((at for at, line in enumerate(self._columns.lines) if not line.group), 0)
        return row, column

    def _find(self, key: tuple[str, str], cell: Cell) -> Cell:
        row, column = self._rows.at(key[0]), self._columns.at(key[1])
        return (
            max(0, min(len(self._rows) - 1, cell[0])) if row is None else row,
            max(0, min(len(self._columns) - 1, cell[1])) if column is None else column,
        )

    def _tell_cursor(self) -> None:
        lines = self.current_lines()
        if lines is None or self._reading is None:
            self.setAccessibleDescription("")
            return
        heading, texts = self._describe(*lines)
        self.setAccessibleDescription("\n".join((heading, *texts)))

    def _measure(self) -> None:
        size = self.viewport().size()
        names = max(_NAMES[0], min(_NAMES[1], self.width() // 4))
        self._geometry = replace(self._geometry, width=size.width(), height=size.height(), names=names)
        room = self._geometry.room
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setPageStep(max(1, room.width()))
        across.setRange(0, max(0, self._geometry.content_width - room.width()))
        down.setPageStep(max(1, room.height()))
        down.setRange(0, max(0, self._geometry.content_height - room.height()))

    def _make_painters(self) -> None:
        tokens, font = self._surroundings.tokens, self._surroundings.font
        self._cells = CellPainter(tokens, font, self.devicePixelRatioF())
        self._heads = HeaderPainter(tokens, font, self.devicePixelRatioF())
        self.viewport().update()
