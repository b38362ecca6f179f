"""Every step since the file was made, newest first: choosing one takes the engagement back, or forward, to right after it.

Going far takes many steps; they are done a few at a time, so that the window stays awake and Escape stops the journey.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner.domain.errors import UserError
from planner.language import N_, Language
from planner.messages import explain
from planner.step_labels import describe
from ui import theme
from ui.open_document import OpenDocument
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

Index = QModelIndex | QPersistentModelIndex

_AT_ONCE_SECONDS: Final = 0.02
_TITLES: Final = (N_("When"), N_("Step"))


class HistoryTable(QAbstractTableModel):
    """The steps, newest first, and below them the state the file began with."""

    def __init__(self, surroundings: Surroundings, opened: OpenDocument, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._opened = opened
        self._steps = tuple(reversed(opened.document.history()))

    @property
    def row_now(self) -> int:
        """The row the engagement stands at."""
        return sum(step.undone for step in self._steps)

    def reload(self) -> None:
        """Show the steps as they are now."""
        steps = tuple(reversed(self._opened.document.history()))
        if len(steps) == len(self._steps):
            self._steps = steps
            self.dataChanged.emit(self.index(0, 0), self.index(len(steps), len(_TITLES) - 1))
        else:
            self.beginResetModel()
            self._steps = steps
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many states there are: one after each step, and the first."""
        return 0 if parent.isValid() else len(self._steps) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._surroundings.language.gettext(_TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a cell."""
        if not index.isValid():
            return None
        row, now = index.row(), self.row_now
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and row < now:
            return QColor(self._surroundings.tokens.text_muted)
        if role == Qt.ItemDataRole.FontRole and row == now:
            font = QFont(self._surroundings.font)
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _text(self, row: int, column: int) -> str:
        language = self._surroundings.language
        if row == len(self._steps):
            text = "" if column == 0 else language.gettext(N_("The beginning of the file's history"))
        elif column == 0:
            text = _moment_text(self._steps[row].at.astimezone(), language)
        else:
            text = describe(self._steps[row].label, language)
        if column == 1 and row == self.row_now:
            return language.gettext(N_("{step} (now)")).format(step=text)
        if column == 1 and row < self.row_now:
            return language.gettext(N_("{step} (undone)")).format(step=text)
        return " ".join(text.split())


def _moment_text(at: datetime, language: Language) -> str:
    return f"{language.date(at.date())} {at:%H:%M}"


class HistoryDialog(QDialog):
    """Lists the steps; a double click, or Enter, goes there."""

    def __init__(self, surroundings: Surroundings, opened: OpenDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._opened = opened
        self._target: int | None = None
        language = surroundings.language
        title = language.gettext(N_("History"))
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = HistoryTable(surroundings, opened, self)
        self.view = _view(self.table, title, surroundings)
        self.view.doubleClicked.connect(lambda index: self.go_to(index.row()))
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(language.gettext(N_("&Go to this state")), QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(lambda: self.go_to(self.view.currentIndex().row()))
        close = buttons.addButton(language.gettext(N_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.go, close):
            button.setAccessibleName(button.text().replace("&", ""))
        buttons.rejected.connect(self.reject)
        self.problem = PlainLabel(role="muted", wraps=True)
        self.problem.setText(language.gettext(N_("Nothing is lost by looking: going back is undone by going forward.")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(PlainLabel(title, role="title"))
        layout.addWidget(self.problem)
        layout.addWidget(self.view, 1)
        layout.addWidget(buttons)
        self.resize(640, 620)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        opened.changed.connect(self._reload)
        opened.save_state_changed.connect(self._show_possible)
        self.view.setCurrentIndex(self.table.index(self.table.row_now, 1))
        self._show_possible()

    def go_to(self, row: int) -> None:
        """Take the engagement to the state of a row, step by step."""
        if row >= 0 and not self._opened.read_only:
            self._target = row
            self._timer.start()

    @property
    def travelling(self) -> bool:
        """Whether steps are still being taken."""
        return self._timer.isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop a journey under way on Escape; close on the next."""
        if event.key() == Qt.Key.Key_Escape and self.travelling:
            self._arrive()
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Stop and close."""
        self._timer.stop()
        super().done(result)

    def _step(self) -> None:
        until = time.monotonic() + _AT_ONCE_SECONDS
        while self._target is not None and self.table.row_now != self._target:
            if self._opened.occupied or time.monotonic() > until:
                return
            move = self._opened.undo if self.table.row_now < self._target else self._opened.redo
            move(self._give_up)
        self._arrive()

    def _give_up(self, error: UserError) -> None:
        self._target = None
        self.problem.setText(explain(error, self._surroundings.language))

    def _arrive(self) -> None:
        self._timer.stop()
        self._target = None
        self.view.setCurrentIndex(self.table.index(self.table.row_now, 1))

    def _reload(self) -> None:
        self.table.reload()

    def _show_possible(self) -> None:
        self.go.setEnabled(not self._opened.read_only)


def _view(table: HistoryTable, title: str, surroundings: Surroundings) -> QTableView:
    view = QTableView()
    view.setObjectName("entities")
    view.setModel(table)
    view.setAccessibleName(title)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.row_height(surroundings.font))
    header = view.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    return view
