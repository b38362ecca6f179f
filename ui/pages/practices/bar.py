"""The row under the page's title: which model is shown and how it is named, the views of it, and the filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from planner.editing.field_rules import LONGEST_NAME
from planner.language import N_
from planner.words import FIELD_WORDS
from ui import assets, theme
from ui.actions import Actions
from ui.pages.practices.tree import Filter
from ui.surroundings import Surroundings
from ui.widgets.action_button import ActionButton
from ui.widgets.chooser import Chooser

VIEWS: Final = ("levels", "texts", "map", "scales")
_MODEL_ACTIONS: Final = ("add-model", "rename-model", "copy-model", "remove-model")
_HIGHEST: Final = 5
_FILTER_AFTER_MILLISECONDS: Final = 120


class _ModelName(QLineEdit):
    """The editor of the model's name, laid over the chooser; `typed(str)` on Return or when left, nothing on Escape."""

    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_NAME)
        self.hide()
        self.editingFinished.connect(self._finish)

    def begin(self, name: str) -> None:
        """Lay the editor over the chooser, filled with a name."""
        holder = self.parentWidget()
        if holder is not None:
            self.setGeometry(holder.rect())
        self.setText(name)
        self.selectAll()
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText("")
            self.hide()
            return
        super().keyPressEvent(event)

    def _finish(self) -> None:
        if not self.isHidden():
            text = self.text().strip()
            self.hide()
            if text:
                self.typed.emit(text)


class PracticesBar(QWidget):
    """Chooses model, view and filter; `model_chosen(id)`, `model_named(name)`, `filter_changed()`."""

    model_chosen = Signal(str)
    model_named = Signal(str)
    filter_changed = Signal()

    def __init__(self, surroundings: Surroundings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._actions = actions
        self.setObjectName("subbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.models = Chooser(least=110, most=_WIDEST_CHOOSER)
        self._views: list[QToolButton] = []
        self.models.activated.connect(lambda _at: self.model_chosen.emit(self.model_id()))
        self._name = _ModelName(self.models)
        self._name.typed.connect(self.model_named)
        self._more = QToolButton()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
        menu = QMenu(self._more)
        for name in _MODEL_ACTIONS:
            menu.addAction(actions[f"practices.{name}"])
        self._more.setMenu(menu)
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(120)
        self.filter.setMaximumWidth(260)
        self.filter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.levels = QComboBox()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FILTER_AFTER_MILLISECONDS)
        self._timer.timeout.connect(self.filter_changed)
        self.filter.textChanged.connect(lambda _text: self._timer.start())
        self.levels.currentIndexChanged.connect(lambda _at: self.filter_changed.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(self.models)
        layout.addWidget(self._more)
        layout.addSpacing(theme.SPACE_M)
        for view in VIEWS:
            self._views.append(
                ActionButton(actions[f"practices.show-{view}"], style=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            )
            layout.addWidget(self._views[-1])
        layout.addStretch(1)
        layout.addWidget(self.filter, 2)
        layout.addWidget(self.levels)
        surroundings.theme_changed.connect(self._draw)
        self.retranslate()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words of the views where there is room for them, their icons alone where there is not."""
        super().resizeEvent(event)
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._views:
            button.setToolButtonStyle(beside)
        words = sum(button.sizeHint().width() for button in self._views)
        if words + _LEAST_BESIDE > self.width():
            for button in self._views:
                button.setToolButtonStyle(alone)

    # What is chosen

    def model_id(self) -> str:
        """Return the id of the chosen model; an empty text where there is none."""
        return str(self.models.currentData() or "")

    def chosen_filter(self) -> Filter:
        """Return what is asked for."""
        return Filter(self.filter.text(), self.levels.currentData())

    def show_models(self, models: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer models, (id, text), with one chosen."""
        self.models.clear()
        for model_id, text in models:
            self.models.addItem(" ".join(text.split()), model_id)
        self.models.setCurrentIndex(max(0, self.models.findData(chosen)))
        self.models.setEnabled(bool(models))

    def show_view(self, view: str) -> None:
        """Show which view is on; only the views with a tree can be filtered."""
        for name in VIEWS:
            self._actions[f"practices.show-{name}"].setChecked(name == view)
        for widget in (self.filter, self.levels):
            widget.setVisible(view in {"levels", "texts"})

    def clear_filter(self) -> None:
        """Let everything through."""
        self.filter.clear()
        self.levels.setCurrentIndex(0)
        self._timer.stop()

    def ask_name(self, name: str) -> None:
        """Let the chosen model be named."""
        self._name.begin(name)

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self._surroundings.language
        kind = FIELD_WORDS["model_id"]
        self.models.setAccessibleName(language.gettext(kind))
        self._name.setAccessibleName(language.gettext(N_("Name of the model")))
        self._more.setAccessibleName(language.gettext(N_("More about the model")))
        self._more.setToolTip(language.gettext(N_("Add, rename, copy or remove a model")))
        self.filter.setPlaceholderText(language.gettext(N_("Filter practices")))
        self.filter.setAccessibleName(language.gettext(N_("Filter practices")))
        self.levels.setAccessibleName(language.gettext(FIELD_WORDS["level"]))
        level, word = self.levels.currentData(), language.gettext(FIELD_WORDS["level"])
        self.levels.blockSignals(True)
        self.levels.clear()
        self.levels.addItem(language.gettext(N_("All levels")), None)
        for number in range(1, _HIGHEST + 1):
            self.levels.addItem(f"{word[:1].upper()}{word[1:]} {number}", number)
        self.levels.setCurrentIndex(0 if level is None else level)
        self.levels.blockSignals(False)

    def _draw(self) -> None:
        self._more.setIcon(assets.icon("more", self._surroundings.tokens))


_WIDEST_CHOOSER: Final = 300
_LEAST_BESIDE: Final = 480
"""Pixels the choosers and the filter take beside the words of the views."""
