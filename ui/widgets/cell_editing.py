"""Editing a cell in place, in whatever table or tree: opening it when it can be opened, saying under it what was refused."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTreeView

from ui import theme
from ui.widgets.text import PlainLabel

_WIDEST = 380
_GAP = 3


def edit_cell(view: QAbstractItemView, index: QModelIndex) -> bool:
    """Open a cell for editing; return whether it was: not one that is only read, nor any while another is open.

    Qt's own `edit` complains of both.
    """
    if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
        return False
    if view.state() == QAbstractItemView.State.EditingState:
        return False
    view.edit(index)
    return True


def edit_beside(view: QTreeView, by: int) -> None:
    """Open the next cell of a tree for editing, or with -1 the one before: across the row, then in the row below or above.

    Qt's own Tab goes down a tree, whatever its columns.
    """
    index, column = view.currentIndex(), view.currentIndex().column() + by
    columns = view.model().columnCount()
    while index.isValid():
        while 0 <= column < columns:
            beside = index.siblingAtColumn(column)
            if not view.isColumnHidden(column) and beside.flags() & Qt.ItemFlag.ItemIsEditable:
                stand_on(view, beside)
                view.scrollTo(beside)
                view.edit(beside)
                return
            column += by
        index = view.indexBelow(index) if by > 0 else view.indexAbove(index)
        column = 0 if by > 0 else columns - 1


def stand_on(view: QAbstractItemView, index: QModelIndex) -> None:
    """Make a cell current and select it alone, or its row, whatever keys are held.

    Qt's own `setCurrentIndex` adds to the selection while Ctrl or Shift is down, as it is when keys asked for this.
    """
    flags = QItemSelectionModel.SelectionFlag
    rows = view.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows
    command = flags.ClearAndSelect | flags.Rows if rows else flags.ClearAndSelect
    view.selectionModel().setCurrentIndex(index, command)


STEP_OF_HINT: Final = {
    QAbstractItemDelegate.EndEditHint.EditNextItem: 1,
    QAbstractItemDelegate.EndEditHint.EditPreviousItem: -1,
}
"""What Tab and Shift+Tab in an editor ask for -> where `edit_beside` goes."""


class CellError(PlainLabel):
    """Why the edit of a cell was refused, laid under it, or over it where there is no room below."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(parent=view.viewport(), role="cell-error", wraps=True)
        self._view = view
        self.hide()

    def say(self, index: QModelIndex, text: str) -> None:
        """Say `text` about a cell."""
        self.setText(text)
        self.setAccessibleName(text)
        cell, room = self._view.visualRect(index), self._view.viewport()
        width = min(_WIDEST, room.width() - 2 * theme.SPACE_S)
        height = self.heightForWidth(width)
        left = max(theme.SPACE_S, min(cell.left(), room.width() - width - theme.SPACE_S))
        top = cell.bottom() + _GAP
        if top + height > room.height():
            top = cell.top() - height - _GAP
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()

    @property
    def said(self) -> str:
        """What is said now; empty when nothing is."""
        return self.text() if not self.isHidden() else ""
