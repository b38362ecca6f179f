"""A table whose rows are entities: whole rows are selected, by id, and cells are edited in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui import theme
from ui.models.entity_table import EntityTable
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import edit_cell

_TRIGGERS: Final = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
)


class EntityView(QTableView):
    """Shows a table of entities; one of its columns takes the room that is left."""

    def __init__(
        self,
        surroundings: Surroundings,
        table: EntityTable,
        *,
        stretched: int,
        widths: Mapping[int, int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._table = table
        height = theme.row_height(surroundings.font)
        self.setObjectName("entities")
        self.setModel(table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_TRIGGERS)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setFixedHeight(height)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected entities, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._table.rows[row].id for row in rows if row < len(self._table.rows))

    def select(self, ids: Sequence[str], *, column: int = 0) -> None:
        """Select entities; the first gets the keyboard. Nothing changes where none of them is shown."""
        flags = QItemSelectionModel.SelectionFlag
        found = [row for row in map(self._table.row_of, ids) if row >= 0]
        if found:
            first = self._table.index(found[0], column)
            self.selectionModel().setCurrentIndex(first, flags.ClearAndSelect | flags.Rows)
            for row in found[1:]:
                self.selectionModel().select(self._table.index(row, 0), flags.Select | flags.Rows)
            self.scrollTo(first)

    def select_row(self, row: int) -> None:
        """Select the entity in a row, or in the last one where there are not as many; none in an empty table."""
        if self._table.rows:
            self.select((self._table.rows[min(row, len(self._table.rows) - 1)].id,))

    @property
    def column(self) -> int:
        """The column the keyboard is in; the first one where it is in none."""
        return max(0, self.currentIndex().column())

    def edit_column(self, column: int) -> bool:
        """Open the current entity's cell in a column for editing; return whether it was."""
        index = self.currentIndex().siblingAtColumn(column)
        if not index.isValid():
            return False
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.setFocus()
        return edit_cell(self, index)
