"""A bar above a page that says what happened, in plain words, with what can be done about it; it never takes the keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from planner.language import N_
from ui import assets, theme
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_PASSING_MILLISECONDS = 8_000


class Message(QFrame):
    """One message; `tone` is information, success, warning or danger."""

    def __init__(self, surroundings: Surroundings, text: str, *, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setProperty("tone", tone)
        self.setAccessibleName(text)
        self.tone = tone
        self._surroundings = surroundings
        self._picture = PlainLabel()
        self.label = PlainLabel(text, wraps=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close = QToolButton()
        self._close.clicked.connect(self.dismiss)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_S, theme.SPACE_S)
        self._layout.setSpacing(theme.SPACE_M)
        self._layout.addWidget(self._picture)
        self._layout.addWidget(self.label, 1)
        self._layout.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        surroundings.theme_changed.connect(self._draw_icons)
        surroundings.language_changed.connect(self._name_close)
        self._draw_icons()
        self._name_close()

    def add_widget(self, widget: QWidget) -> None:
        """Show `widget` after the text."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def add_button(self, text: str, handler: Callable[[], object], *, dismisses: bool = True) -> QPushButton:
        """Offer what can be done about the message; doing it takes the message away where it `dismisses`."""
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        if dismisses:
            button.clicked.connect(self.dismiss)
        button.clicked.connect(lambda _checked=False: handler())
        self.add_widget(button)
        return button

    def dismiss(self) -> None:
        """Take the message away."""
        self.hide()
        self.deleteLater()

    def _draw_icons(self) -> None:
        tokens = self._surroundings.tokens
        self._picture.setPixmap(assets.picture(self.tone, getattr(tokens, self.tone), theme.ICON_SIZE))
        self._close.setIcon(assets.icon("close", tokens))

    def _name_close(self) -> None:
        words = self._surroundings.language.gettext(N_("Dismiss this message"))
        self._close.setAccessibleName(words)
        self._close.setToolTip(words)


class MessageArea(QWidget):
    """Where messages stand, the latest lowest; `key` replaces the earlier message of the same key."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._keyed: dict[str, Message] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_message(self, text: str, *, tone: str, key: str = "", passing: bool = False) -> Message:
        """Show a message; a passing one leaves by itself after some seconds."""
        if key:
            self.dismiss(key)
        message = Message(self._surroundings, text, tone=tone, parent=self)
        if key:
            self._keyed[key] = message
            message.destroyed.connect(lambda: self._forget(key, message))
        self._layout.addWidget(message)
        message.show()
        if passing:
            QTimer.singleShot(_PASSING_MILLISECONDS, message, message.dismiss)
        return message

    def dismiss(self, key: str) -> None:
        """Take away the message shown under `key`, if it is still there."""
        message = self._keyed.pop(key, None)
        if message is not None:
            message.dismiss()

    def clear(self) -> None:
        """Take every message away."""
        self._keyed.clear()
        for message in self.messages():
            message.dismiss()

    def messages(self) -> list[Message]:
        """Return the messages that stand, oldest first."""
        return [message for message in self.findChildren(Message) if not message.isHidden()]

    def _forget(self, key: str, message: Message) -> None:
        if self._keyed.get(key) is message:
            del self._keyed[key]
