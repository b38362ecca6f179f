"""Choosing one of many by typing a part of its name: what a node is connected to, without a mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLineEdit, QListView, QVBoxLayout, QWidget

from planner.language import N_
from ui import theme
from ui.surroundings import Surroundings
from ui.widgets.agree_buttons import AgreeButtons
from ui.widgets.choice_rows import ChoiceRows
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.text import PlainLabel


class Chooser(QDialog):
    """`chosen(id)` once one of `offers` was chosen, whose values are ids."""

    chosen = Signal(str)

    def __init__(self, surroundings: Surroundings, *, title: str, offers: tuple[Choice, ...], parent: QWidget) -> None:
        super().__init__(parent)
        language = surroundings.language
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._source = ChoiceList(self)
        self._source.offer(offers)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._source)
        self._shown.setFilterRole(Qt.ItemDataRole.AccessibleTextRole)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(language.gettext(N_("Type a part of the name")))
        self.filter.setAccessibleName(language.gettext(N_("Filter")))
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.names = QListView()
        self.names.setObjectName("rows")
        self.names.setModel(self._shown)
        self.names.setItemDelegate(ChoiceRows(surroundings, self.names))
        self.names.setUniformItemSizes(True)
        self.names.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.names.setAccessibleName(title)
        self.names.doubleClicked.connect(self._choose)
        buttons = AgreeButtons(language, language.gettext(N_("&Choose")))
        self.go = buttons.go
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_L, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(PlainLabel(title, role="heading", wraps=True))
        layout.addWidget(self.filter)
        layout.addWidget(self.names, 1)
        layout.addWidget(buttons)
        self.resize(480, 560)
        self.filter.textChanged.connect(self._narrow)
        self._narrow("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through the list with the arrows while the filter has the keyboard."""
        if watched is self.filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = min(max(0, self.names.currentIndex().row() + step), self._shown.rowCount() - 1)
                self.names.setCurrentIndex(self._shown.index(row, 0))
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        self._shown.setFilterFixedString(text)
        if not self.names.currentIndex().isValid() and self._shown.rowCount():
            self.names.setCurrentIndex(self._shown.index(0, 0))
        self.go.setEnabled(self._shown.rowCount() > 0)

    def _choose(self) -> None:
        index = self._shown.mapToSource(self.names.currentIndex())
        choice = self._source.choice_at(index.row())
        if choice is not None:
            self.accept()
            self.chosen.emit(choice.value)
