"""The initiatives' table: rows of one height, keys that fold, an error said beside the cell it is about."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QCursor, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from planner.language import N_
from ui import theme
from ui.models.initiatives import ROW_ROLE, InitiativeTable
from ui.present.columns import Column, usual_texts
from ui.present.selection import spare_header
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import CellError, edit_cell, stand_on
from ui.widgets.cells import ROOM_BESIDE_TEXT, InitiativeCells
from ui.widgets.column_widths import ColumnWidths
from ui.widgets.tip import Tip

_NAME_LETTERS = (30, 56)
"""How many letters of a name its column shows at the least and, where there is room, at the most."""


class InitiativeView(QTableView):
    """A table whose rows stand exactly where the timeline draws them."""

    def __init__(self, surroundings: Surroundings, *, row_height: int, header_height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("initiatives")
        self._surroundings = surroundings
        self.cells = InitiativeCells(surroundings, self)
        self.setItemDelegate(self.cells)
        self.cells.tip_asked.connect(self._show_tip)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(row_height)
        rows.setDefaultSectionSize(row_height)
        columns = self.horizontalHeader()
        columns.setFixedHeight(header_height)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setMinimumSectionSize(48)
        self._error = CellError(self)
        self._tip = Tip(self)
        self._widths = ColumnWidths([column.name.lower() for column in Column])
        self.horizontalHeader().sectionResized.connect(self._take_width)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the table in the language of the screen, and give its words the room they take."""
        self.setAccessibleName(self._surroundings.language.gettext(N_("Initiatives")))
        if self.model() is not None:
            name = self.columnWidth(Column.NAME)
            self._fit_columns()
            self._widths.fit(self.horizontalHeader(), Column.NAME, name)

    def widen_columns(self, widths: dict[str, int]) -> None:
        """Give each column the width a person gave it, or the one its longest usual text takes up."""
        self._widths.restore(widths)
        self._fit_columns()

    def _fit_columns(self) -> None:
        self.ensurePolished()
        metrics = self.fontMetrics()
        for column, texts in usual_texts(self._surroundings.language).items():
            usual = max(metrics.horizontalAdvance(text) for text in texts) + ROOM_BESIDE_TEXT[column]
            self._widths.fit(self.horizontalHeader(), column, usual)

    def share_out(self, room: int) -> int:
        """Give the names what `room` (pixels) leaves them beside status and dates, within reason.

        Return the width of the first columns that fit into it, none of them cut.
        """
        narrowest, widest = (self.fontMetrics().averageCharWidth() * letters for letters in _NAME_LETTERS)
        beside = sum(self.columnWidth(column) for column in (Column.STATUS, Column.START, Column.FINISH))
        self._widths.fit(self.horizontalHeader(), Column.NAME, min(widest, max(narrowest, room - beside)))
        width = 0
        for column in Column:
            if column is not Column.NAME and width + self.columnWidth(column) > room:
                break
            width += self.columnWidth(column)
        return width

    def _take_width(self, column: int, _before: int, width: int) -> None:
        self._widths.take(self.horizontalHeader(), column, width)

    def widths(self) -> dict[str, int]:
        """Return the width in pixels of each column a person gave one."""
        return dict(self._widths.chosen)

    def edit_current(self) -> None:
        """Edit the current cell, or the name where the current cell cannot be edited."""
        index = self.currentIndex()
        if index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            index = index.siblingAtColumn(Column.NAME)
            stand_on(self, index)
        self._edit_again()

    def edit_name_of(self, initiative_id: str) -> None:
        """Select an initiative and edit its name, as after adding one."""
        model = self.model()
        if isinstance(model, InitiativeTable):
            index = model.index_of(initiative_id)
            stand_on(self, index)
            self.scrollTo(index)
            edit_cell(self, index)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show the rows of a model."""
        super().setModel(model)
        spare_header(self)

    def show_error(self, index: QModelIndex, text: str, *, refused: object = None) -> None:
        """Say under a cell why its edit was refused, and offer what was typed again."""
        self._error.say(index, text)
        if refused is not None and isinstance(self.model(), InitiativeTable):
            self.cells.reject(index.data(ROW_ROLE).id, Column(index.column()), refused)
            QTimer.singleShot(0, self, self._edit_again)

    def _edit_again(self) -> None:
        edit_cell(self, self.currentIndex())

    @property
    def error_text(self) -> str:
        """The error said beside a cell; empty when none is."""
        return self._error.said

    def clear_error(self) -> None:
        """Take the error away."""
        self._error.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit at Enter; let go of an error at Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear_error()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            # An editor passes on the Enter that ends it; it must not begin another edit.
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit_current()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and hide a tip that would point at another row."""
        self._tip.hide()
        super().wheelEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hide a tip once the pointer moves."""
        self._tip.hide()
        super().mouseMoveEvent(event)

    def _show_tip(self, index: QModelIndex) -> None:
        """Show a name cut by its column in full, as plain text."""
        text = index.data() if index.isValid() else ""
        room = self.columnWidth(index.column()) - 2 * theme.SPACE_S if index.isValid() else 0
        if text and self.fontMetrics().horizontalAdvance(text) > room - 36:
            self._tip.show_at(QCursor.pos(), text, ())
        else:
            self._tip.hide()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide a tip once the pointer leaves."""
        self._tip.hide()
        super().leaveEvent(event)

    def sizeHint(self) -> QSize:
        """Return a width that shows every column."""
        hint = super().sizeHint()
        hint.setWidth(sum(self.columnWidth(column) for column in Column))
        return hint
