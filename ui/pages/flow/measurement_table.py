"""The measurements of one team or application and one metric, the latest first, edited in place as they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.domain.flow import Measurement
from planner.language import N_, Language
from planner.quantities import word_measured, write_measured

Index = QModelIndex | QPersistentModelIndex

TITLES: Final = (N_("Date"), N_("Value"), N_("Source"))
FIELDS: Final = ("measured_on", "value", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementRow:
    """One measurement in words: what its cells show, and what they offer to be edited."""

    id: str
    shown: tuple[str, ...]
    offered: tuple[str, ...]


class MeasurementTable(QAbstractTableModel):
    """The rows; `edit(id, field, text)` carries out an edit and returns whether it was accepted."""

    def __init__(
        self, language: Language, *, edit: Callable[[str, str, str], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._edit = edit
        self._rows: tuple[MeasurementRow, ...] = ()
        self._read_only = True

    @property
    def rows(self) -> tuple[MeasurementRow, ...]:
        """The rows shown."""
        return self._rows

    def show(self, points: Sequence[Measurement], language: Language, *, read_only: bool) -> None:
        """Show other measurements, given in the order of their dates."""
        rows = tuple(_row(point, language) for point in reversed(points))
        same = [row.id for row in rows] == [row.id for row in self._rows] and read_only == self._read_only
        if same and language == self._language:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(TITLES) - 1))
            return
        self.beginResetModel()
        self._rows, self._read_only, self._language = rows, read_only, language
        self.endResetModel()

    def row_of(self, measurement_id: str) -> int:
        """Return the row of a measurement; -1 where it is not shown."""
        return next((at for at, row in enumerate(self._rows) if row.id == measurement_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many measurements there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return row.shown[column]
        if role == Qt.ItemDataRole.EditRole:
            return row.offered[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = self._language.gettext(TITLES[column])
            return self._language.gettext(N_("{name}: {value}")).format(name=title, value=row.shown[column])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for an edit of a cell; return whether it was accepted."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row = self._rows[index.row()]
        if value == row.offered[index.column()]:
            return True
        return self._edit(row.id, FIELDS[index.column()], str(value))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(TITLES):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._language.gettext(TITLES[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be selected and edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _FIXED if self._read_only else _EDITABLE


_FIXED: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE: Final = _FIXED | Qt.ItemFlag.ItemIsEditable


def _row(point: Measurement, language: Language) -> MeasurementRow:
    return MeasurementRow(
        id=point.id,
        shown=(language.date(point.measured_on), word_measured(point.metric, point.value, language), point.source),
        offered=(
            point.measured_on.isoformat(),
            write_measured(point.metric, point.value, language),
            point.source,
        ),
    )
