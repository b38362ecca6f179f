"""A flat table of entities of one kind, a row each: their texts, and the values that are edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.language import Language

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: what it says, the value that is edited in it."""

    text: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity and its cells."""

    id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column: `title` is a message of the catalogues."""

    title: str
    editable: bool = False
    to_the_right: bool = False


class EntityTable(QAbstractTableModel):
    """The rows; `edit(id, column, value)` carries out an edit and returns whether it was accepted."""

    def __init__(
        self,
        language: Language,
        columns: Sequence[TableColumn],
        *,
        edit: Callable[[str, int, Any], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._columns = tuple(columns)
        self._edit = edit
        self._rows: tuple[EntityRow, ...] = ()
        self._read_only = False

    @property
    def rows(self) -> tuple[EntityRow, ...]:
        """The rows shown."""
        return self._rows

    def show(self, rows: Sequence[EntityRow], *, read_only: bool) -> bool:
        """Show other rows; return whether they are others, and not the same ones with other cells."""
        if read_only == self._read_only and [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._columns) - 1))
            return False
        self.beginResetModel()
        self._rows, self._read_only = tuple(rows), read_only
        self.endResetModel()
        return True

    def retranslate(self, language: Language) -> None:
        """Word the titles in `language`; the cells come worded."""
        self._language = language
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def row_of(self, entity_id: str) -> int:
        """Return the row of an entity; -1 where it is not shown."""
        return next((at for at, row in enumerate(self._rows) if row.id == entity_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a cell."""
        if not index.isValid():
            return None
        cell, column = self._rows[index.row()].cells[index.column()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.EditRole:
            return cell.value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._language.gettext(column.title)}: {cell.text}"
        return _side(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for an edit of a cell; return whether it was accepted."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if value == index.data(Qt.ItemDataRole.EditRole):
            return True
        return self._edit(self._rows[index.row()].id, index.column(), value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._language.gettext(self._columns[section].title)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _side(self._columns[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be selected and edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        editable = self._columns[index.column()].editable and not self._read_only
        return _EDITABLE if editable else _FIXED


_FIXED: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE: Final = _FIXED | Qt.ItemFlag.ItemIsEditable


def _side(column: TableColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.to_the_right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
