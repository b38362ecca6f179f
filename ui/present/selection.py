"""What is selected in a view of cells, for whatever works on it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionRange
from PySide6.QtWidgets import QAbstractItemView


def selected_spans(view: QAbstractItemView) -> list[QItemSelectionRange]:
    """Return the rectangles of selected cells, as Qt keeps them: a column of thousands is one of them."""
    selection = view.selectionModel().selection()
    return [selection.at(number) for number in range(selection.count())]
