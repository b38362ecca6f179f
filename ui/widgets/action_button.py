"""Buttons that carry out an action and are worded anew whenever it is: of toolbars, and of the rows under them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from ui import theme
from ui.actions import plain_words

ICON_ONLY: Final = Qt.ToolButtonStyle.ToolButtonIconOnly
BESIDE_ICON: Final = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


class ActionButton(QToolButton):
    """A button of one action, reached by Tab; any `style` but icons alone shows the action's words."""

    def __init__(
        self, action: QAction, parent: QWidget | None = None, *, style: Qt.ToolButtonStyle = ICON_ONLY
    ) -> None:
        super().__init__(parent)
        # An en space, for Qt sets the words of a button right against its icon.
        self._gap = "\N{EN SPACE}" if style is BESIDE_ICON else ""
        self.setDefaultAction(action)
        self.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if style is not ICON_ONLY:
            self.setProperty("role", "labelled")
        self.setToolButtonStyle(style)
        # A method, not a closure: Qt lets go of it together with the button.
        action.changed.connect(self._word)
        self._word()

    def _word(self) -> None:
        words = plain_words(self.defaultAction().text())
        self.setAccessibleName(words)
        self.setText(self._gap + words)
