"""What a search offers, as Qt sees it: actions that can be done now and entities, one row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

RESULT_ROLE: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row: an action by its id, or an entity by kind and id; `line` says what and where, `keys` the shortcut."""

    title: str
    line: str
    icon: str
    keys: str = ""
    action: str = ""
    kind: str = ""
    id: str = ""


class Results(QAbstractListModel):
    """The rows offered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: tuple[Result, ...] = ()

    def show_results(self, results: tuple[Result, ...]) -> None:
        """Offer other rows."""
        self.beginResetModel()
        self._results = results
        self.endResetModel()

    def result_at(self, row: int) -> Result | None:
        """Return a row; None where there is none."""
        return self._results[row] if 0 <= row < len(self._results) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._results)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a row."""
        result = self.result_at(index.row()) if index.isValid() else None
        if result is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return result.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (result.title, result.line, result.keys) if part)
        return result if role == RESULT_ROLE else None
