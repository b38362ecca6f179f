"""What is offered to choose from, as Qt sees it: one row each, a title with a quieter line under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

CHOICE_ROLE: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One row; `line` says what it is, `keys` its shortcut, `value` is for whoever offers it."""

    title: str
    line: str
    icon: str
    keys: str = ""
    value: Any = None


class ChoiceList(QAbstractListModel):
    """The rows offered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()

    def offer(self, choices: tuple[Choice, ...]) -> None:
        """Offer other rows."""
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def choice_at(self, row: int) -> Choice | None:
        """Return a row; None where there is none."""
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a row."""
        choice = self.choice_at(index.row()) if index.isValid() else None
        if choice is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (choice.title, choice.line, choice.keys) if part)
        return choice if role == CHOICE_ROLE else None
