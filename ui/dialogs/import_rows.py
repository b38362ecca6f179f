"""The rows and the columns of an import as item models: every row with its tick, every column with its meaning."""

from __future__ import annotations

import enum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from planner.exchange.import_choice import Key
from planner.exchange.import_report import SourceColumn
from planner.language import N_, Language
from ui.actions import plain_tip
from ui.models.initiatives import Index
from ui.present.imports import OUTCOME_WORDS, Outcome, PreviewRow, meanings


class RowColumn(enum.IntEnum):
    """The columns of the preview."""

    NAME = 0
    KIND = 1
    OUTCOME = 2
    REASONS = 3
    PLACE = 4


_TITLES: Final = (N_("Name"), N_("Kind"), N_("What becomes of it"), N_("Why"), N_("Place"))
_COLUMN_TITLES: Final = (N_("Column of the table"), N_("First value"), N_("Read as"))
_TICK: Final = Qt.ItemDataRole.CheckStateRole


class RowTable(QAbstractTableModel):
    """Every row of the preview; `ticked` when what is to be taken in changed."""

    ticked = Signal()

    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._language = language
        self._words = {outcome: language.gettext(word) for outcome, word in OUTCOME_WORDS.items()}
        self.rows: tuple[PreviewRow, ...] = ()
        self.left_out: set[Key] = set()

    def show_rows(self, rows: tuple[PreviewRow, ...]) -> None:
        """Show rows; what was left out before and is still among them stays left out."""
        self.beginResetModel()
        self.rows = rows
        self.left_out &= {row.key for row in rows if row.key is not None}
        self.endResetModel()
        self.ticked.emit()

    def tick(self, rows: list[int], *, on: bool) -> None:
        """Take rows in, or leave them out."""
        keys = {key for row in rows if (key := self.rows[row].key) is not None}
        self.left_out = self.left_out - keys if on else self.left_out | keys
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 0), [_TICK])
        self.ticked.emit()

    def count(self) -> tuple[int, int]:
        """Return how many rows are taken in, of how many that can be."""
        total = sum(row.key is not None for row in self.rows)
        return total - len(self.left_out), total

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(RowColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._language.gettext(_TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says, and whether its row is taken in."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(row, RowColumn(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.text_of(row, RowColumn(index.column())))
        if role == _TICK and index.column() == RowColumn.NAME and row.key is not None:
            return Qt.CheckState.Unchecked if row.key in self.left_out else Qt.CheckState.Checked
        return None

    def text_of(self, row: PreviewRow, column: RowColumn) -> str:
        """Return the text of a cell."""
        return (row.name, row.kind, self._words[row.outcome], row.reasons, row.place)[column]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if index.column() == RowColumn.NAME and self.rows[index.row()].key is not None:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a row in or leave it out."""
        if role != _TICK or not index.isValid() or self.rows[index.row()].key is None:
            return False
        self.tick([index.row()], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class RowFilter(QSortFilterProxyModel):
    """The rows that hold every word and have the outcome asked for."""

    def __init__(self, table: RowTable, parent: QObject) -> None:
        super().__init__(parent)
        self._table = table
        self._words: list[str] = []
        self._outcome: Outcome | None = None
        self.setSourceModel(table)
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def ask(self, text: str, outcome: Outcome | None) -> None:
        """Show what fits."""
        self.beginFilterChange()
        self._words, self._outcome = text.casefold().split(), outcome
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, _parent: Index) -> bool:
        """Tell whether a row fits."""
        row = self._table.rows[source_row]
        if self._outcome is not None and row.outcome is not self._outcome:
            return False
        text = f"{row.name} {row.kind} {row.place} {row.reasons}".casefold()
        return all(word in text for word in self._words)

    def shown_rows(self) -> list[int]:
        """Return the rows of the table that are shown."""
        return [self.mapToSource(self.index(row, 0)).row() for row in range(self.rowCount())]


class ColumnTable(QAbstractTableModel):
    """The columns of a source table; `chosen(tuple of meanings)` when one is to be read as something else."""

    chosen = Signal(object)

    def __init__(self, language: Language, parent: QObject) -> None:
        super().__init__(parent)
        self._language = language
        self.meanings = meanings(language)
        self._words = dict(self.meanings)
        self._columns: tuple[SourceColumn, ...] = ()

    def show_columns(self, columns: tuple[SourceColumn, ...]) -> None:
        """Show columns."""
        self.beginResetModel()
        self._columns = columns
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of columns of the source."""
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_COLUMN_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._language.gettext(_COLUMN_TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if not index.isValid():
            return None
        column = self._columns[index.row()]
        if role == Qt.ItemDataRole.EditRole and index.column() == _MEANING:
            return column.meaning
        if role == Qt.ItemDataRole.DisplayRole:
            texts = (column.heading, column.sample, self._words[column.meaning])
            return " ".join(texts[index.column()].split())[:_LONGEST_SAMPLE]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return found | Qt.ItemFlag.ItemIsEditable if index.column() == _MEANING else found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a column to be read as something else; what had that meaning before is read no more."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != _MEANING:
            return False
        if value == self._columns[index.row()].meaning:
            return False
        found = ["" if column.meaning == value and value != "text" else column.meaning for column in self._columns]
        found[index.row()] = str(value)
        self.chosen.emit(tuple(found))
        return True


class MeaningCells(QStyledItemDelegate):
    """Offers what a column can be read as."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a list of meanings."""
        editor = QComboBox(parent)
        model = index.model()
        if isinstance(model, ColumnTable):
            for meaning, word in model.meanings:
                editor.addItem(word, meaning)
        editor.setAccessibleName(str(model.headerData(_MEANING, Qt.Orientation.Horizontal)))
        editor.activated.connect(lambda: self._commit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what the column is read as now."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask for what was chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)


_MEANING: Final = 2
_LONGEST_SAMPLE: Final = 200
