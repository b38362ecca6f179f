"""The organization's tree as Qt sees it: values in, cells out; an edit is asked of whoever owns it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.language import N_, Language
from ui.actions import plain_tip
from ui.pages.organization.tree_rows import TIPS, TITLES, Column, Row, Tree, is_editable, text_of, value_of

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
NUMBERS: Final = frozenset({Column.TEAMS, Column.PEOPLE, Column.CAPACITY, Column.LIMIT})

Index = QModelIndex | QPersistentModelIndex


class TreeModel(QAbstractItemModel):
    """The rows of a tree; `edit(row, column, value)` carries out an edit and returns whether it was accepted."""

    def __init__(
        self, language: Language, *, edit: Callable[[Row, Column, Any], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._edit = edit
        self._tree = Tree()
        self._read_only = False
        self._texts: dict[tuple[int, int], str] = {}
        self.cut: frozenset[str] = frozenset()

    @property
    def tree(self) -> Tree:
        """The rows shown."""
        return self._tree

    def show(self, tree: Tree, *, read_only: bool) -> bool:
        """Show other rows; return whether they are others, and not the same ones with other values."""
        self._texts.clear()
        if read_only == self._read_only and tree.shape() == self._tree.shape():
            before, self._tree = self._tree, tree
            for number, row in enumerate(tree.rows):
                if row != before.rows[number]:
                    self._repaint(number)
            return False
        self.beginResetModel()
        self._tree, self._read_only = tree, read_only
        self.endResetModel()
        return True

    def show_cut(self, ids: Collection[str]) -> None:
        """Show what was cut and waits to be pasted as such."""
        changed = self.cut ^ frozenset(ids)
        self.cut = frozenset(ids)
        for entity_id in changed:
            if entity_id in self._tree.number_of:
                self._repaint(self._tree.number_of[entity_id])

    def retranslate(self, language: Language) -> None:
        """Word every cell and title in `language`."""
        self._language = language
        self._texts.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        for number in range(len(self._tree.rows)):
            self._repaint(number)

    def row_at(self, index: Index) -> Row:
        """Return the row under an index."""
        return self._tree.rows[index.internalId()]

    def text_at(self, index: Index) -> str:
        """Return the text of a cell; kept, for numbers take their time to be worded."""
        number, column = index.internalId(), index.column()
        text = self._texts.get((number, column))
        if text is None:
            text = text_of(self._tree.rows[number], Column(column), self._language)
            self._texts[number, column] = text
        return text

    def index_of(self, entity_id: str, column: Column = Column.NAME) -> QModelIndex:
        """Return the index of a unit or team; an invalid one where it is not shown."""
        number = self._tree.number_of.get(entity_id)
        return QModelIndex() if number is None else self._index(number, column)

    def _index(self, number: int, column: int) -> QModelIndex:
        return self.createIndex(self._tree.rows[number].at, column, number)

    def _repaint(self, number: int) -> None:
        self.dataChanged.emit(self._index(number, 0), self._index(number, len(Column) - 1))

    # What Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's signature
        """Return the index of a cell."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        numbers = self.row_at(parent).children if parent.isValid() else self._tree.tops
        return self.createIndex(row, column, numbers[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008  Qt overloads it
        """Return the index of what holds a row."""
        if not index.isValid():
            return QModelIndex()
        number = self.row_at(index).parent
        return QModelIndex() if number < 0 else self._index(number, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows there are under one."""
        if not parent.isValid():
            return len(self._tree.tops)
        return len(self.row_at(parent).children) if parent.column() == 0 else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a cell."""
        if not index.isValid():
            return None
        row, column = self.row_at(index), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_at(index)
        if role == Qt.ItemDataRole.EditRole:
            return value_of(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return row if role == ROW_ROLE else None

    def _spoken(self, index: Index) -> str:
        """Return a cell for those who hear it: its column, then its text."""
        title = TITLES[Column(index.column())]
        if index.column() == Column.NAME:
            title = N_("Team") if self.row_at(index).team else N_("Unit")
        return f"{self._language.gettext(title)}: {self.text_at(index)}"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for an edit of a cell; return whether it was accepted."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        return self._edit(self.row_at(index), Column(index.column()), value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column, and what it means where that needs words."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._language.gettext(TITLES[column])
        if role == Qt.ItemDataRole.ToolTipRole and column in TIPS:
            return plain_tip(self._language.gettext(TIPS[column]))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be selected, edited, dragged and dropped on."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._read_only:
            return _FIXED
        return _EDITABLE if is_editable(self.row_at(index), index.column()) else _MOVABLE


_FIXED: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_MOVABLE: Final = _FIXED | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
_EDITABLE: Final = _MOVABLE | Qt.ItemFlag.ItemIsEditable
