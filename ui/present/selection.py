"""What is selected in a view of cells, for whatever works on it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange
from PySide6.QtWidgets import QAbstractItemView, QTableView


def selected_spans(view: QAbstractItemView) -> list[QItemSelectionRange]:
    """Return the rectangles of selected cells, as Qt keeps them: a column of thousands is one of them."""
    selection = view.selectionModel().selection()
    return [selection.at(number) for number in range(selection.count())]


def spare_header(view: QTableView) -> None:
    """Let the head of the columns not look at what is selected, after each `setModel`.

    To paint itself it asks of each column in sight whether all of its rows are selected: with all of ten thousand
    selected the window stood still for half a second.
    """
    header = view.horizontalHeader()
    header.setSelectionModel(QItemSelectionModel(view.model(), header))
