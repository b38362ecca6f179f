"""The tree of practices on screen: folds, selection and scroll that outlive a refresh, cells reached by keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTreeView, QWidget

from planner.language import N_
from ui.pages.practices.cells import HIGHEST, PracticeCells
from ui.pages.practices.tree import RATED, Column, PracticeTree
from ui.present.selection import selected_spans
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import STEP_OF_HINT, edit_beside, edit_cell, stand_on
from ui.widgets.hint import paint_hint

_FIRST_WIDTHS: Final = {
    Column.LEVEL: 62,
    Column.WEIGHT: 66,
    Column.USEFULNESS: 86,
    Column.KNOWLEDGE: 96,
    Column.TIME: 76,
    Column.RESOURCES: 92,
    Column.SCALE: 120,
}
_NARROWEST_NAME: Final = 240
EMPTY: Final = N_("This model holds no practices yet: add one, import a model, or paste a table from a spreadsheet.")


class PracticeView(QTreeView):
    """Shows a `PracticeTree`; what is folded is remembered by id, so that it outlives every refresh."""

    def __init__(self, surroundings: Surroundings, tree: PracticeTree, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.tree = tree
        self.folded: set[str] = set()
        self._chosen: tuple[tuple[str, str], ...] | None = None
        self.setObjectName("practices")
        self.setModel(tree)
        self.setItemDelegate(PracticeCells(surroundings, self))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setIndentation(18)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionsMovable(False)
        for column, width in _FIRST_WIDTHS.items():
            header.resizeSection(column, width)
        self.collapsed.connect(lambda index: self.folded.add(tree.node_at(index).entity.id))
        self.expanded.connect(lambda index: self.folded.discard(tree.node_at(index).entity.id))
        self.retranslate()

    def retranslate(self) -> None:
        """Name the view in the language of the screen."""
        self.setAccessibleName(self._surroundings.language.gettext(N_("Practices of the model")))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows; without any, why there are none."""
        super().paintEvent(event)
        if not self.tree.rowCount():
            why = N_("No practice holds every word of the filter.") if self.tree.filter else EMPTY
            paint_hint(self, self._surroundings, self._surroundings.language.gettext(why))

    def fit_columns(self) -> None:
        """Hide the least told columns where the name would have no room."""
        room = self.viewport().width() - _NARROWEST_NAME
        for column in (Column.LEVEL, Column.USEFULNESS, Column.KNOWLEDGE, Column.TIME, Column.RESOURCES, Column.WEIGHT,
                       Column.SCALE):  # fmt: skip
            room -= _FIRST_WIDTHS[column]
            self.setColumnHidden(column, room < 0)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the cell beside at Tab."""
        step = STEP_OF_HINT.get(hint)
        super().closeEditor(editor, hint if step is None else QAbstractItemDelegate.EndEditHint.NoHint)
        if step is not None:
            edit_beside(self, step)

    # What outlives a refresh

    def selected_ids(self) -> tuple[tuple[str, str], ...]:
        """Return (kind, id) of what is selected, from top to bottom."""
        if self._chosen is None:
            found = []
            for stretch in selected_spans(self):
                rows = range(stretch.top(), stretch.bottom() + 1)
                found += [self.tree.index(row, 0, stretch.parent()).internalId() for row in rows]
            nodes = self.tree.nodes_of(sorted(set(found)))
            self._chosen = tuple((node.kind, node.entity.id) for node in nodes)
        return self._chosen

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Forget what was selected: it is asked for many times between two changes."""
        self._chosen = None
        super().selectionChanged(selected, deselected)

    def reset(self) -> None:
        """Forget what was selected with the rows."""
        self._chosen = None
        super().reset()

    def current_id(self) -> tuple[str, str]:
        """Return (kind, id) of the current row; empty texts where there is none."""
        index = self.currentIndex()
        if not index.isValid():
            return "", ""
        node = self.tree.node_at(index)
        return node.kind, node.entity.id

    def restore(self, selected: set[str], current: str, column: int, scroll: int) -> None:
        """Fold, select and scroll as before, after the rows were made anew."""
        self.unfold_filtered()
        chosen = QItemSelection()
        last = self.tree.columnCount() - 1
        for entity_id in selected:
            index = self.tree.index_of(entity_id)
            if index.isValid():
                chosen.select(index, index.siblingAtColumn(last))
        flags = QItemSelectionModel.SelectionFlag
        index = self.tree.index_of(current, Column(max(column, 0)))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        self.verticalScrollBar().setValue(scroll)

    def unfold_filtered(self) -> None:
        """Show every row, save what was folded; while a filter is on, nothing stays folded."""
        was_blocked = self.blockSignals(True)
        self.expandAll()
        if not self.tree.filter:
            for entity_id in self.folded:
                index = self.tree.index_of(entity_id)
                if index.isValid():
                    self.collapse(index)
        self.blockSignals(was_blocked)

    def fold_all(self) -> None:
        """Show dimensions alone."""
        self.folded = {node.entity.id for node in self.tree.nodes() if node.inside}
        self.collapseAll()

    def unfold_all(self) -> None:
        """Show every practice."""
        self.folded = set()
        self.expandAll()

    def reveal(self, entity_id: str) -> bool:
        """Select one entity where it is seen; return whether it is shown at all."""
        index = self.tree.index_of(entity_id)
        if not index.isValid():
            return False
        stand_on(self, index)
        self.scrollTo(index)
        return True

    def edit_cell(self, entity_id: str, column: Column) -> None:
        """Open the editor of a cell."""
        index = self.tree.index_of(entity_id, column)
        if index.isValid():
            stand_on(self, index)
            self.scrollTo(index)
            edit_cell(self, index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for."""
        super().resizeEvent(event)
        self.fit_columns()

    def drawBranches(self, painter: QPainter, place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint the fold mark on the same ground as the cells beside it."""
        if self.selectionModel().isSelected(index):
            painter.fillRect(place, QColor(self._surroundings.tokens.selection))
        super().drawBranches(painter, place, index)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the cells with the arrows, open one with Return, rate with a digit."""
        index = self.currentIndex()
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if index.isValid() and plain and self.state() != QAbstractItemView.State.EditingState:
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                edit_cell(self, index)
                return
            if key == Qt.Key.Key_Right and self._step(index, 1):
                return
            if key == Qt.Key.Key_Left and self._step(index, -1):
                return
            rating = key - Qt.Key.Key_0
            if index.column() in RATED and 0 <= rating <= HIGHEST:
                self.tree.setData(index, rating or None)
                return
        super().keyPressEvent(event)

    def _step(self, index: QModelIndex, steps: int) -> bool:
        """Go to the next cell of the row; False leaves folding and unfolding to the tree."""
        if steps > 0 and index.column() == Column.NAME and self.tree.rowCount(index) and not self.isExpanded(index):
            return False
        column = index.column() + steps
        while 0 <= column < self.tree.columnCount() and self.isColumnHidden(column):
            column += steps
        if not 0 <= column < self.tree.columnCount() or self.tree.node_at(index).kind != "practices":
            return False
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index.siblingAtColumn(column), flags.ClearAndSelect | flags.Rows)
        return True
