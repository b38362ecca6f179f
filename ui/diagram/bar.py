"""The row of buttons above a diagram: actions of its page, the main one with its words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui import theme
from ui.actions import Actions, plain_words


class DiagramBar(QWidget):
    """Buttons in groups; `worded` actions show their words beside their icon."""

    def __init__(
        self,
        actions: Actions,
        groups: tuple[tuple[str, ...], ...],
        *,
        worded: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        self.row.setSpacing(2)
        for at, group in enumerate(groups):
            if at:
                self.row.addSpacing(theme.SPACE_M)
            for action_id in group:
                self.row.addWidget(_button(actions[action_id], worded=action_id in worded))
        self.row.addStretch(1)


def _button(action: QAction, *, worded: bool) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if worded:
        button.setProperty("role", "labelled")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def word() -> None:
        button.setAccessibleName(plain_words(action.text()))
        button.setText(plain_words(action.text()))

    action.changed.connect(word)
    word()
    return button
