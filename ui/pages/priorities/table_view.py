"""The table of the ranking: cells typed into one after the other, an error said beside the cell it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from planner.language import N_
from ui import theme
from ui.pages.priorities import board as figures
from ui.pages.priorities.board import Order
from ui.pages.priorities.cells import PriorityCells
from ui.pages.priorities.table_model import LEADING, PriorityTable
from ui.pages.priorities.wording import worth_note
from ui.present.selection import selected_spans, spare_header
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import CellError, edit_cell
from ui.widgets.tip import Tip

_WIDTHS: Final = {figures.RANK: 58, figures.NAME: 330, figures.WORTH: 84, figures.STATUS: 118, figures.EFFORT: 96}
_CRITERION_WIDTH: Final = 92
_LEAST_CRITERION: Final = 68
_NARROWEST_NAME: Final = 230
_WIDEST_NAME: Final = 420
_EDITING: Final = QAbstractItemView.State.EditingState


class PriorityView(QTableView):
    """Shows the ranking; `left` when another cell becomes current, `sorted_by(key)` when a title is clicked."""

    left = Signal()
    sorted_by = Signal(str)

    def __init__(self, surroundings: Surroundings, model: PriorityTable, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("initiatives")
        self._surroundings = surroundings
        self._table = model
        self.cells = PriorityCells(surroundings, self)
        self.setItemDelegate(self.cells)
        self.setModel(model)
        spare_header(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.row_height(surroundings.font))
        columns = self.horizontalHeader()
        columns.setFixedHeight(2 * theme.row_height(surroundings.font) - theme.SPACE_S)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(True)
        columns.setSortIndicatorShown(True)
        columns.setSortIndicatorClearable(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setMinimumSectionSize(48)
        columns.sectionClicked.connect(self._take_title)
        self._error = CellError(self)
        self._tip = Tip(self)
        self._widths: dict[str, int] = {}
        self._given: dict[str, int] = {}
        self.cells.moved_on.connect(self._go_on)
        self.cells.tip_asked.connect(self._show_tip)
        self.selectionModel().currentChanged.connect(self._leave_soon)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the table in the language of the screen."""
        name = self._surroundings.language.gettext(N_("Initiatives by priority"))
        self.setAccessibleName(name)
        self.horizontalHeader().setAccessibleName(name)

    # Columns

    def widen_columns(self) -> None:
        """Give each column the width a person gave it, or its usual one; names have the room the others leave."""
        usual = {key: _WIDTHS.get(key) or self._criterion_width(column) for column, key in enumerate(self._table.keys)}
        room = self.viewport().width() - sum(usual.values())
        usual[figures.NAME] = max(_NARROWEST_NAME, min(_WIDEST_NAME, usual[figures.NAME] + room))
        self._given = usual
        for column, key in enumerate(self._table.keys):
            self.setColumnWidth(column, self._widths.get(key, usual[key]))

    def _criterion_width(self, column: int) -> int:
        """Return what the longest word over a column of scores needs: what is left over goes to the names."""
        title = str(self._table.headerData(column, Qt.Orientation.Horizontal) or "")
        metrics = self.horizontalHeader().fontMetrics()
        needed = max((metrics.horizontalAdvance(word) for word in title.split()), default=0) + 2 * theme.SPACE_S
        return max(_LEAST_CRITERION, min(_CRITERION_WIDTH, needed))

    def keep_widths(self) -> None:
        """Take note of how wide the columns are now."""
        if self._table.board is not None:
            widths = {key: self.columnWidth(column) for column, key in enumerate(self._table.keys)}
            self._widths |= {key: width for key, width in widths.items() if width != self._given.get(key, width)}

    def show_order(self, order: Order) -> None:
        """Mark the column the rows are sorted by."""
        header = self.horizontalHeader()
        column = self._table.keys.index(order.key) if order.key in self._table.keys else -1
        direction = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        blocked = header.blockSignals(True)
        header.setSortIndicator(column, direction)
        header.blockSignals(blocked)
        header.viewport().update()

    def _take_title(self, column: int) -> None:
        self.sorted_by.emit(self._table.keys[column])

    # Where one is

    def selected_ids(self) -> tuple[str, ...]:
        """Return the initiatives of the selected cells, from the top."""
        rows = {row for span in selected_spans(self) for row in range(span.top(), span.bottom() + 1)}
        return tuple(self._table.ids[row] for row in sorted(rows) if row < len(self._table.ids))

    def select_rows(self, ids: Sequence[str], *, key: str = figures.NAME) -> None:
        """Select the cells of some initiatives in a column, the first of them current and in view."""
        chosen = self.selectionModel()
        indexes = [index for one in ids if (index := self._table.index_of(one, key)).isValid()]
        if not indexes:
            chosen.clearSelection()
            return
        chosen.setCurrentIndex(indexes[0], chosen.SelectionFlag.ClearAndSelect)
        for index in indexes[1:]:
            chosen.select(index, chosen.SelectionFlag.Select)
        self.scrollTo(indexes[0])

    def is_editing(self) -> bool:
        """Tell whether a cell is being typed into."""
        return self.state() == _EDITING

    def reorder(self, ids: Sequence[str]) -> None:
        """Put the rows into another order; the current one stays where it is seen, as far as there is room."""
        current = self.currentIndex()
        top = self.visualRect(current).top() if current.isValid() else 0
        self._table.reorder(ids)
        current = self.currentIndex()
        if current.isValid():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(current).top() - top)
            self.scrollTo(current)

    def edit_current(self) -> None:
        """Edit the current cell, or the first score beside it where it is none."""
        index = self.currentIndex()
        if not index.isValid():
            return
        if not index.flags() & Qt.ItemFlag.ItemIsEditable and self._table.columnCount() > len(LEADING):
            index = index.siblingAtColumn(len(LEADING))
            self.setCurrentIndex(index)
        self.scrollTo(index)
        edit_cell(self, index)

    def edit_name(self) -> None:
        """Edit the name of the current initiative."""
        index = self.currentIndex().siblingAtColumn(self._table.keys.index(figures.NAME))
        if index.isValid():
            self.setCurrentIndex(index)
            self.edit_current()

    def _go_on(self, rows: int, columns: int) -> None:
        """Make the cell some steps away current; sideways the next one that holds a score, which is typed into."""
        if self.error_text:
            return
        index = self.currentIndex()
        row, column = index.row() + rows, index.column()
        if columns:
            first, last = len(LEADING), self._table.columnCount() - 1
            column = index.column() + columns
            if last < first:
                return
            if column < first and columns < 0:
                row, column = row - 1, last
            elif column > last:
                row, column = row + 1, first
            column = max(first, column)
        if not 0 <= row < self._table.rowCount():
            return
        self.setCurrentIndex(self._table.index(row, column))
        self.left.emit()
        self.scrollTo(self.currentIndex())
        if columns:
            self.edit_current()

    def _leave_soon(self) -> None:
        self.clear_error()
        QTimer.singleShot(0, self, self.left.emit)

    # Errors

    def show_error(self, index: QModelIndex, text: str, *, typed: str) -> None:
        """Say under a cell why its edit was refused, and offer what was typed again."""
        self._error.say(index, text)
        self.cells.reject(self._table.id_at(index), self._table.key_at(index), typed)
        QTimer.singleShot(0, self, self.edit_current)

    @property
    def error_text(self) -> str:
        """The error said beside a cell; empty when none is."""
        return self._error.said

    def clear_error(self) -> None:
        """Take the error away."""
        self._error.hide()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move on at Enter; let go of an error at Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear_error()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.state() != _EDITING:
                self._go_on(1, 0)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let the row that was being edited go to its place once the table is left."""
        super().focusOutEvent(event)
        if not self.is_editing():
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and hide a tip that would point at another row."""
        self._tip.hide()
        super().wheelEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hide a tip once the pointer moves."""
        self._tip.hide()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide a tip once the pointer leaves."""
        self._tip.hide()
        super().leaveEvent(event)

    def _show_tip(self, index: QModelIndex) -> None:
        """Show, as plain text, where an initiative stands in the plan or why it has no worth."""
        board = self._table.board
        if board is None or not index.isValid():
            self._tip.hide()
            return
        initiative_id, key = self._table.id_at(index), self._table.key_at(index)
        language = self._surroundings.language
        if key == figures.NAME:
            path = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ".join(board.path(initiative_id))
            self._tip.show_at(QCursor.pos(), board.initiative(initiative_id).name, (path,) if path else ())
            return
        note = worth_note(board, initiative_id, language) if key in (figures.WORTH, figures.RANK) else ""
        if note:
            self._tip.show_at(QCursor.pos(), note, ())
        else:
            self._tip.hide()
