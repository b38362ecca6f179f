"""The table of initiatives as Qt sees it: one row a visible initiative of the outline, one column a `Column`.

It holds values only (the engagement, the outline, the schedule) and asks its owner to carry out an edit; what an edit
means is decided in `ui.present.edits`, what it may be in `planner.editing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.domain.engagement import Engagement
from planner.domain.initiative import Status
from planner.language import Language
from ui.live_plan import LivePlan
from ui.models.outline import Outline, OutlineRow
from ui.present.colours import own_colours
from ui.present.columns import TITLES, Cells, Column, cells_of, is_editable, text_of, value_of

ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 1

_MANY: Final = 100
"""Rows that changed, past which telling of all of them at once is quicker."""

Index = QModelIndex | QPersistentModelIndex

_RIGHT: Final = frozenset({Column.DURATION, Column.START, Column.FINISH})


class InitiativeTable(QAbstractTableModel):
    """The visible initiatives; `edit(id, column, value)` carries out an edit and returns whether it was accepted."""

    def __init__(
        self, language: Language, *, edit: Callable[[str, Column, Any], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._edit = edit
        self._engagement: Engagement | None = None
        self._plan: LivePlan | None = None
        self._outline = Outline()
        self._read_only = False
        self._cells: dict[str, Cells] = {}
        self._texts: dict[tuple[str, int], str] = {}

    @property
    def outline(self) -> Outline:
        """The rows shown."""
        return self._outline

    @property
    def status_colours(self) -> Mapping[Status, str]:
        """The colours the engagement gave to statuses."""
        return {} if self._engagement is None else own_colours(self._engagement)

    def show(self, engagement: Engagement | None, outline: Outline, *, read_only: bool) -> None:
        """Show other rows; selections and scrolling are the view's to keep by id."""
        self.beginResetModel()
        self._engagement, self._outline, self._read_only = engagement, outline, read_only
        self._forget_cells()
        self.endResetModel()

    def take_edit(self, engagement: Engagement, touched: frozenset[str]) -> None:
        """Take the engagement after an edit that left the rows as they are; only rows of `touched` repaint."""
        self._engagement = engagement
        if len(touched) > _MANY:
            self._forget_cells()
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._outline) - 1, len(Column) - 1))
            return
        self._forget_cells(touched)
        for initiative_id in touched:
            row = self._outline.position.get(initiative_id)
            if row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def take_plan(self, plan: LivePlan | None) -> None:
        """Take newly computed dates; None while there are none."""
        self._plan = plan
        self._forget_cells()
        if self._outline.rows:
            last = len(self._outline) - 1
            self.dataChanged.emit(self.index(0, Column.START), self.index(last, Column.PROGRESS))

    def retranslate(self, language: Language) -> None:
        """Word every cell and title in `language`."""
        self._language = language
        self._forget_cells()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._outline.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._outline) - 1, len(Column) - 1))

    def row_at(self, index: Index) -> OutlineRow:
        """Return the row under an index."""
        return self._outline.rows[index.row()]

    def cells_at(self, index: Index) -> Cells:
        """Return what the row under an index shows."""
        row = self._outline.rows[index.row()]
        cells = self._cells.get(row.id)
        if cells is None:
            assert self._engagement is not None  # noqa: S101  rows come from it
            cells = cells_of(self._engagement, self._plan, row.id, summary=row.has_children)
            self._cells[row.id] = cells
        return cells

    def text_at(self, index: Index) -> str:
        """Return the text of a cell; kept, for a scroll asks for the same again and again."""
        key = (self._outline.rows[index.row()].id, index.column())
        text = self._texts.get(key)
        if text is None:
            text = text_of(self.cells_at(index), Column(key[1]), self._language)
            self._texts[key] = text
        return text

    def _forget_cells(self, touched: Iterable[str] | None = None) -> None:
        """Forget what was worked out for some rows, or for all."""
        if touched is None:
            self._cells.clear()
            self._texts.clear()
            return
        for initiative_id in touched:
            self._cells.pop(initiative_id, None)
            for column in Column:
                self._texts.pop((initiative_id, column), None)

    def index_of(self, initiative_id: str, column: Column = Column.NAME) -> QModelIndex:
        """Return the index of an initiative; an invalid one where it is not seen."""
        row = self._outline.position.get(initiative_id)
        return QModelIndex() if row is None else self.index(row, column)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows are seen."""
        return 0 if parent.isValid() else len(self._outline)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a cell."""
        answer = _ANSWERS.get(role) if index.isValid() else None
        return None if answer is None else answer(self, index)

    def value_at(self, index: Index) -> Any:
        """Return the value of a cell, as the domain holds it."""
        return value_of(self.cells_at(index), Column(index.column()))

    def spoken_at(self, index: Index) -> str:
        """Return a cell for those who hear it: its column, then its text."""
        return f"{self._language.gettext(TITLES[Column(index.column())])}: {self.text_at(index)}"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for an edit of a cell; return whether it was accepted."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        return self._edit(self.row_at(index).id, Column(index.column()), value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(Column):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._language.gettext(TITLES[Column(section)])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section in _RIGHT else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be selected and edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._read_only or not is_editable(self.cells_at(index), index.column()):
            return _FIXED
        return _EDITABLE


_FIXED: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE: Final = _FIXED | Qt.ItemFlag.ItemIsEditable


def _side(_table: InitiativeTable, index: Index) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if index.column() in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


_ANSWERS: Final[dict[int, Callable[[InitiativeTable, Index], Any]]] = {
    Qt.ItemDataRole.DisplayRole: InitiativeTable.text_at,
    Qt.ItemDataRole.EditRole: InitiativeTable.value_at,
    Qt.ItemDataRole.AccessibleTextRole: InitiativeTable.spoken_at,
    Qt.ItemDataRole.TextAlignmentRole: _side,
    ROW_ROLE: InitiativeTable.row_at,
}
"""Role -> what answers it."""
