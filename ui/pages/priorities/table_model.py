"""The ranking as Qt sees it: an initiative a row, and after its place, name, worth and status a column a criterion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.language import N_, Language
from ui.pages.priorities import board as figures
from ui.pages.priorities.board import Board
from ui.pages.priorities.wording import cell_text, title_of, value_of, worth_note

Index = QModelIndex | QPersistentModelIndex

LEADING: Final = (figures.RANK, figures.NAME, figures.WORTH, figures.STATUS, figures.EFFORT)
"""The columns before the criteria."""


class PriorityTable(QAbstractTableModel):
    """The rows; `edit(initiative_id, key, text)` carries out what was typed into a cell, and tells whether it could."""

    def __init__(
        self, language: Language, *, edit: Callable[[str, str, str], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._edit = edit
        self._board: Board | None = None
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._keys: tuple[str, ...] = LEADING
        self._read_only = True

    @property
    def board(self) -> Board | None:
        """The figures shown."""
        return self._board

    @property
    def ids(self) -> list[str]:
        """The initiatives shown, from the top."""
        return self._ids

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns, from the left."""
        return self._keys

    def show(self, board: Board | None, ids: Sequence[str], criteria: Sequence[str], *, read_only: bool) -> None:
        """Show other rows or columns."""
        self.beginResetModel()
        self._board, self._read_only = board, read_only
        self._take_order(ids)
        self._keys = (*LEADING, *criteria)
        self.endResetModel()

    def follow(self, board: Board) -> None:
        """Show new figures in the same rows and columns."""
        self._board = board
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._keys) - 1))

    def reorder(self, ids: Sequence[str]) -> None:
        """Put the same rows into another order; what is selected and current stays so."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        names = [self._ids[index.row()] for index in held]
        self._take_order(ids)
        moved = [self.index(self._rows[name], index.column()) for name, index in zip(names, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def retranslate(self, language: Language) -> None:
        """Word the table in `language`."""
        self._language = language
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._keys) - 1)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._keys) - 1))

    def id_at(self, index: Index) -> str:
        """Return the initiative of a cell."""
        return self._ids[index.row()]

    def key_at(self, index: Index) -> str:
        """Return the key of a cell's column."""
        return self._keys[index.column()]

    def is_score(self, column: int) -> bool:
        """Tell whether a column holds scores."""
        return column >= len(LEADING)

    def index_of(self, initiative_id: str, key: str = figures.NAME) -> QModelIndex:
        """Return the cell of an initiative; an invalid index where it is not shown."""
        row = self._rows.get(initiative_id)
        if row is None or key not in self._keys:
            return QModelIndex()
        return self.index(row, self._keys.index(key))

    def text_at(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        if self._board is None:
            return ""
        return cell_text(self._board, self._ids[row], self._keys[column], self._language)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a cell."""
        if not index.isValid() or self._board is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_at(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return self._value_at(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Carry out what was typed into a cell; return whether it could be."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        return self._edit(self.id_at(index), self.key_at(index), str(value))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._keys) or self._board is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return title_of(self._board, self._keys[section], self._language)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter
            if self._keys[section] in (figures.NAME, figures.STATUS):
                side = Qt.AlignmentFlag.AlignLeft
            return side.value | Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextWordWrap.value
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be selected and edited: names and scores can."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        editable = not self._read_only and (self.is_score(index.column()) or self.key_at(index) == figures.NAME)
        return _EDITABLE if editable else _FIXED

    def _value_at(self, index: Index) -> Any:
        board = self._board
        if board is None:
            return None
        initiative_id, key = self.id_at(index), self.key_at(index)
        if key == figures.NAME:
            return board.initiative(initiative_id).name
        if key == figures.STATUS:
            return self.text_at(index.row(), index.column())
        return value_of(board, initiative_id, key)

    def _spoken(self, index: Index) -> str:
        board = self._board
        if board is None:
            return ""
        initiative_id, key = self.id_at(index), self.key_at(index)
        title = title_of(board, key, self._language)
        name = board.initiative(initiative_id).name
        text = self.text_at(index.row(), index.column())
        if key == figures.NAME:
            return " \N{EM DASH} ".join((name, *board.path(initiative_id)))
        if self._value_at(index) is None:
            text = self._language.gettext(N_("missing"))
            note = worth_note(board, initiative_id, self._language) if key == figures.WORTH else ""
            text = note or text
        return f"{name}, {title}: {text}"

    def _take_order(self, ids: Sequence[str]) -> None:
        self._ids = list(ids)
        self._rows = {one: at for at, one in enumerate(self._ids)}


_FIXED: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE: Final = _FIXED | Qt.ItemFlag.ItemIsEditable
