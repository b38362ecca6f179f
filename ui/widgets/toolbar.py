"""The bar above a page: the engagement's name, and buttons for the actions used most there."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayoutItem, QToolButton, QVBoxLayout, QWidget

from ui import theme
from ui.actions import Actions, plain_words
from ui.widgets.text import ElidedLabel

_HEIGHT = 60
_LEAST_TITLE = 180
"""Pixels the title keeps before the words of buttons give way to their icons."""


class PageToolbar(QWidget):
    """A title, a line under it, and groups of buttons; `prominent` actions show their words."""

    def __init__(
        self,
        actions: Actions,
        groups: tuple[tuple[str, ...], ...],
        *,
        prominent: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self.title = ElidedLabel(role="title")
        self.line = ElidedLabel(role="caption")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.title)
        texts.addWidget(self.line)
        texts.addStretch(1)
        self._labelled: list[QToolButton] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_M, 0)
        layout.setSpacing(2)
        layout.addLayout(texts, 1)
        layout.addSpacing(theme.SPACE_L)
        for at, group in enumerate(groups):
            if at:
                layout.addSpacing(theme.SPACE_S)
                layout.addWidget(_separator())
                layout.addSpacing(theme.SPACE_S)
            for action_id in group:
                button = _button(actions[action_id], prominent=action_id in prominent)
                layout.addWidget(button)
                if action_id in prominent:
                    self._labelled.append(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words of prominent actions where there is room for them, their icons alone where there is not."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._labelled:
            button.setToolButtonStyle(beside)
        needed = sum(item.sizeHint().width() for item in self._items()) + _LEAST_TITLE
        if needed > self.width():
            for button in self._labelled:
                button.setToolButtonStyle(alone)

    def _items(self) -> Iterator[QLayoutItem]:
        """Yield what stands right of the title."""
        layout = self.layout()
        for at in range(1, layout.count()):
            yield layout.itemAt(at)


def _separator() -> QFrame:
    line = QFrame()
    line.setObjectName("line")
    line.setFixedSize(1, 24)
    return line


def _button(action: QAction, *, prominent: bool) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if prominent:
        button.setProperty("role", "labelled")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def word() -> None:
        button.setAccessibleName(plain_words(action.text()))
        # An en space, for Qt sets the words of a button right against its icon.
        button.setText(("\N{EN SPACE}" if prominent else "") + plain_words(action.text()))

    action.changed.connect(word)
    word()
    return button
