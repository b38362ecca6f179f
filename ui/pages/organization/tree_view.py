"""The organization's tree on the screen: folds kept by id, keys that walk the cells, rows dragged to where a line shows.

What is dropped where is told as a `Place`; carrying it out is the page's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QHeaderView, QTreeView, QWidget

from planner.editing.organization import Place
from planner.exchange.organization_clip import MIME_TYPE
from planner.language import N_
from ui import theme
from ui.pages.organization.tree_cells import ROOM_BESIDE_TEXT, TreeCells, fill_row
from ui.pages.organization.tree_model import Index, TreeModel
from ui.pages.organization.tree_rows import Column, Row, usual_texts
from ui.present.selection import selected_spans
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import STEP_OF_HINT, CellError, edit_beside, edit_cell
from ui.widgets.column_widths import ColumnWidths

_INDENT: Final = 20
_NAME_LETTERS: Final = (34, 64)
"""How many letters of a name its column shows at the least and, where there is room, at the most."""
_EDGE: Final = 0.28
"""The share of a unit's row, above and below, where a unit is dropped beside it and not into it."""


class TreeView(QTreeView):
    """A tree of units and teams; `mime()` gives what a drag carries to another window."""

    folds_changed = Signal()
    dropped = Signal(object, object)
    """A place, and the ids that are dropped there."""
    clip_dropped = Signal(object, str)
    """What another window dropped, as bytes, and the unit it was dropped on; empty for none."""
    escaped = Signal()
    focused = Signal()

    def __init__(
        self, surroundings: Surroundings, model: TreeModel, *, mime: Callable[[], QMimeData], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("organization")
        self._surroundings = surroundings
        self._tree_model = model
        self._mime = mime
        self._dragged: frozenset[str] = frozenset()
        self._drop: tuple[Place, QRect] | None = None
        self._is_restoring = False
        self.folded: frozenset[str] = frozenset()
        self._calendar_width = 0
        self.cells = TreeCells(surroundings, theme.row_height(surroundings.font), self)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self._set_up()
        self._error = CellError(self)
        self._widths = ColumnWidths([column.name.lower() for column in Column])
        self.header().sectionResized.connect(self._take_width)
        model.modelReset.connect(self._fit)
        self.collapsed.connect(self._take_fold)
        self.expanded.connect(self._take_fold)
        surroundings.language_changed.connect(self.retranslate)
        self.retranslate()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENT)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAutoExpandDelay(700)
        columns = self.header()
        columns.setFixedHeight(theme.row_height(self._surroundings.font))
        columns.setSectionsMovable(False)
        columns.setSectionsClickable(False)
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        columns.setMinimumSectionSize(48)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def retranslate(self) -> None:
        """Name the tree in the language of the screen, and give its words the room they take."""
        self.setAccessibleName(self._surroundings.language.gettext(N_("Units and teams")))
        if self._calendar_width:
            self._fit_columns()

    # Columns and folds

    def widen_columns(self, widths: dict[str, int]) -> None:
        """Give each column the width a person gave it, or the one its longest usual text takes up."""
        self._widths.restore(widths)
        self._fit_columns()

    def _fit_columns(self) -> None:
        self.ensurePolished()
        metrics = self.fontMetrics()
        for column, texts in usual_texts(self._surroundings.language).items():
            usual = max(metrics.horizontalAdvance(text) for text in texts) + ROOM_BESIDE_TEXT[column]
            if column is not Column.NAME:
                self._widths.fit(self.header(), column, usual)
        self._calendar_width = usual  # the last column, which takes all there is left
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names the room there is, until somebody has said how wide their column is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the names what the other columns leave them, within reason."""
        narrowest, widest = (self.fontMetrics().averageCharWidth() * letters for letters in _NAME_LETTERS)
        narrowest = min(widest, max(narrowest, self._longest_name()))
        between = (column for column in Column if column not in (Column.NAME, Column.CALENDAR))
        beside = sum(self.columnWidth(column) for column in between) + self._calendar_width
        self._widths.fit(self.header(), Column.NAME, min(widest, max(narrowest, self.viewport().width() - beside)))

    def _longest_name(self) -> int:
        """Return the width that shows every name of the tree whole."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        metrics, rows = QFontMetrics(font), self._tree_model.tree.rows
        depths: list[int] = []
        for row in rows:
            depths.append(depths[row.parent] + 1 if row.parent >= 0 else 1)
        names = (
            metrics.horizontalAdvance(row.entity.name) + depth * _INDENT
            for row, depth in zip(rows, depths, strict=True)
        )
        return max(names, default=0) + ROOM_BESIDE_TEXT[Column.NAME] + theme.ICON_SIZE + theme.SPACE_S

    def _take_width(self, column: int, _before: int, width: int) -> None:
        self._widths.take(self.header(), column, width)

    def widths(self) -> dict[str, int]:
        """Return the width in pixels of each column a person gave one."""
        return dict(self._widths.chosen)

    def show_folds(self, folded: Collection[str]) -> None:
        """Fold the units of `folded` and unfold every other."""
        self._is_restoring = True
        self.folded = frozenset(folded)
        for row in self._tree_model.tree.rows:
            if row.children:
                self.setExpanded(self._tree_model.index_of(row.id), row.id not in self.folded)
        self._is_restoring = False

    def _take_fold(self, index: QModelIndex) -> None:
        if not self._is_restoring:
            one = frozenset({self._tree_model.row_at(index).id})
            self.folded = self.folded - one if self.isExpanded(index) else self.folded | one
            self.folds_changed.emit()

    # Selection

    def selected_rows(self) -> list[Row]:
        """Return the selected rows, in the order of the tree."""
        model = self._tree_model
        numbers: set[int] = set()
        for span in selected_spans(self):
            held = range(span.top(), span.bottom() + 1)
            numbers.update(model.tree.number_of[model.row_at(model.index(at, 0, span.parent())).id] for at in held)
        return [model.tree.rows[number] for number in sorted(numbers)]

    def current_row(self) -> Row | None:
        """Return the current row, or None."""
        index = self.currentIndex()
        return self._tree_model.row_at(index) if index.isValid() else None

    def select(self, ids: Collection[str], *, current: str = "", column: Column = Column.NAME) -> None:
        """Select what is shown of `ids`; `current` gets the keyboard, whatever keys are held down meanwhile."""
        model = self._tree_model
        selection = QItemSelection()
        for entity_id in ids:
            index = model.index_of(entity_id)
            if index.isValid():
                selection.select(index, index.siblingAtColumn(len(Column) - 1))
        index = model.index_of(current, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def edit_name_of(self, entity_id: str) -> None:
        """Select a unit or team and edit its name, as after adding one."""
        index = self._tree_model.index_of(entity_id)
        if index.isValid():
            self.select([entity_id], current=entity_id)
            self.scrollTo(index)
            self.setFocus()
            edit_cell(self, index)

    # Errors

    def show_error(self, index: QModelIndex, text: str, *, refused: object = None) -> None:
        """Say under a cell why its edit was refused, and offer what was typed again."""
        self._error.say(index, text)
        if refused is not None:
            row = self._tree_model.row_at(index)
            self.cells.reject(row.id, Column(index.column()), refused)
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

    # Keys and focus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit at Enter; walk cells and fold with Left and Right; let go at Escape."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        editing = self.state() == QAbstractItemView.State.EditingState
        if key == Qt.Key.Key_Escape:
            self.clear_error()
            self.escaped.emit()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            if not editing:  # an editor passes on the Enter that ends it
                self._edit_current()
            return
        if plain and key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and self.currentIndex().isValid():
            self._step_across(1 if key == Qt.Key.Key_Right else -1)
            return
        super().keyPressEvent(event)

    def _edit_current(self) -> None:
        index = self.currentIndex()
        if index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            name = index.siblingAtColumn(Column.NAME)
            self.selectionModel().setCurrentIndex(name, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._edit_again()

    def _step_across(self, by: int) -> None:
        index = self.currentIndex()
        row = self._tree_model.row_at(index)
        if index.column() == Column.NAME and row.children and self.isExpanded(index) != (by > 0):
            self.setExpanded(index, by > 0)
        elif 0 <= index.column() + by < len(Column):
            beside = index.siblingAtColumn(index.column() + by)
            self.selectionModel().setCurrentIndex(beside, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(beside)
        elif index.parent().isValid():
            self.setCurrentIndex(index.parent())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the cell beside at Tab, unless what was typed is refused."""
        step = STEP_OF_HINT.get(hint)
        super().closeEditor(editor, hint if step is None else QAbstractItemDelegate.EndEditHint.NoHint)
        if step is not None and not self.error_text:
            edit_beside(self, step)

    def focusInEvent(self, event: object) -> None:
        """Tell that the tree has the keyboard."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.focused.emit()

    # Painting

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint what stands before a row: its part of the row's ground, and the mark that folds it."""
        tokens = self._surroundings.tokens
        selected = self.selectionModel().isSelected(index)
        under = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos())) if self.underMouse() else QModelIndex()
        hovered = under.isValid() and under.siblingAtColumn(0) == index
        painter.save()
        fill_row(painter, rect, tokens, selected=selected, hovered=hovered)
        if self._tree_model.row_at(index).children:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(QColor(tokens.selection_text if selected else tokens.text_muted), 1.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            middle = QPointF(rect.right() - _INDENT / 2 + 1, rect.center().y() + 0.5)
            unfolded = ((-4.0, -2.0), (0.0, 2.0), (4.0, -2.0))
            steps = unfolded if self.isExpanded(index) else ((-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0))
            painter.drawPolyline([middle + QPointF(x, y) for x, y in steps])
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows and, while something is dragged over them, where it would go."""
        super().paintEvent(event)
        if self._drop is None:
            return
        where = self._drop[1]
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._surroundings.tokens.accent), 2))
        if where.height() > 2:
            painter.drawRoundedRect(where.adjusted(1, 1, -2, -2), theme.RADIUS, theme.RADIUS)
        else:
            painter.drawEllipse(QPointF(where.left() + 4, where.top()), 3, 3)
            painter.drawLine(where.left() + 8, where.top(), where.right(), where.top())

    # Dragging

    def begin_drag(self) -> None:
        """Take what is selected as what is dragged."""
        self._dragged = frozenset(row.id for row in self.selected_rows())

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag what is selected, within the tree or to another window."""
        self.begin_drag()
        drag = QDrag(self)
        drag.setMimeData(self._mime())
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)
        self._dragged = frozenset()
        self._show_drop(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take an interest in units and teams."""
        if event.mimeData().hasFormat(MIME_TYPE):
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where what is dragged would go."""
        super().dragMoveEvent(event)
        self._show_drop(self.place_at(event.position().toPoint()))
        event.setDropAction(Qt.DropAction.MoveAction if self._dragged else Qt.DropAction.CopyAction)
        if self._drop is None:
            event.ignore()
        else:
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget where it would have gone."""
        super().dragLeaveEvent(event)
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what is dropped and where."""
        self.stopAutoScroll()
        found = self.place_at(event.position().toPoint())
        self._show_drop(None)
        if found is None:
            event.ignore()
            return
        event.accept()
        if self._dragged:
            self.dropped.emit(found[0], self._dragged)
        else:
            data = bytes(event.mimeData().data(MIME_TYPE).data())
            self.clip_dropped.emit(data, found[0].parent_id or "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Forget what was dragged."""
        super().mouseReleaseEvent(event)
        self._dragged = frozenset()

    def _show_drop(self, found: tuple[Place, QRect] | None) -> None:
        self._drop = found
        self.viewport().update()

    def place_at(self, point: QPoint) -> tuple[Place, QRect] | None:
        """Return where what is dragged would go at a point, and the line or box that shows it; None where it cannot."""
        model = self._tree_model
        rows = [model.tree.rows[model.tree.number_of[one]] for one in self._dragged if one in model.tree.number_of]
        with_teams = any(row.team is not None for row in rows)
        with_units = any(row.team is None for row in rows) or not rows
        index = self.indexAt(point).siblingAtColumn(0)
        if not index.isValid():
            last = self._last_shown()
            bottom = self.visualRect(last).bottom() if last.isValid() else 0
            return None if with_teams else (Place(None), QRect(0, bottom, self.viewport().width(), 1))
        row, cell = model.row_at(index), self.visualRect(index)
        height = (point.y() - cell.top()) / max(1, cell.height())
        if row.team is not None:
            if with_units:
                return self._into(model.tree.rows[row.parent])
            after = height > 0.5
            return self._beside(row, cell, after=after)
        if with_teams or not rows or _EDGE <= height <= 1 - _EDGE:
            return self._into(row)
        unfolded = bool(row.children) and self.isExpanded(index)
        if height > 0.5 and unfolded:
            line = QRect(cell.left() + _INDENT, cell.bottom(), self.viewport().width() - cell.left() - _INDENT, 1)
            return self._allowed(Place(row.id, 0), line)
        return self._beside(row, cell, after=height > 0.5)

    def _into(self, row: Row) -> tuple[Place, QRect] | None:
        cell = self.visualRect(self._tree_model.index_of(row.id))
        box = QRect(cell.left(), cell.top(), self.viewport().width() - cell.left(), cell.height())
        return self._allowed(Place(row.id), box)

    def _beside(self, row: Row, cell: QRect, *, after: bool) -> tuple[Place, QRect] | None:
        """Return the place before or after a row, counted among its siblings of the same kind that stay."""
        tree = self._tree_model.tree
        holder = None if row.parent < 0 else tree.rows[row.parent]
        siblings = [tree.rows[one] for one in (tree.tops if holder is None else holder.children)]
        same = [one.id for one in siblings if one.kind == row.kind]
        at = sum(one not in self._dragged for one in same[: same.index(row.id)])
        if after and row.id not in self._dragged:
            at += 1
        height = cell.bottom() if after else cell.top()
        line = QRect(cell.left(), height, self.viewport().width() - cell.left(), 1)
        return self._allowed(Place(None if holder is None else holder.id, at), line)

    def _allowed(self, to: Place, where: QRect) -> tuple[Place, QRect] | None:
        """Return a place unless it lies within what is dragged."""
        tree = self._tree_model.tree
        number = tree.number_of.get(to.parent_id or "", -1)
        while number >= 0:
            if tree.rows[number].id in self._dragged:
                return None
            number = tree.rows[number].parent
        return to, where

    def _last_shown(self) -> QModelIndex:
        index = self._tree_model.index(self._tree_model.rowCount() - 1, 0)
        while index.isValid() and self.isExpanded(index) and self._tree_model.rowCount(index):
            index = self._tree_model.index(self._tree_model.rowCount(index) - 1, 0, index)
        return index
