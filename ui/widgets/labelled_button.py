"""Buttons that show the words of an action, for the rows under a page's title: views, periods, ways to look."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from ui import theme
from ui.actions import plain_words


def labelled_button(
    action: QAction, *, style: Qt.ToolButtonStyle = Qt.ToolButtonStyle.ToolButtonTextOnly
) -> QToolButton:
    """Return a button that carries out an action, reached by Tab, worded anew whenever the action is."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setProperty("role", "labelled")
    button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
    button.setToolButtonStyle(style)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def word() -> None:
        button.setAccessibleName(plain_words(action.text()))
        button.setText(plain_words(action.text()))

    action.changed.connect(word)
    word()
    return button
