"""What tells a person what happened, in plain words, with what can be done about it; it never takes the keys.

What stays until it is dismissed stands in a bar above the page. What passes floats over the foot of the page, where it
comes and goes without moving what is under the pointer.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.language import N_
from ui import assets, theme
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_PASSING_MILLISECONDS = 8_000
_FLOAT_WIDTH = 720


class Message(QFrame):
    """One message; `tone` is information, success, warning or danger, and the next edit ends one `until_step`."""

    def __init__(self, surroundings: Surroundings, text: str, *, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setProperty("tone", tone)
        self.setAccessibleName(text)
        self.tone = tone
        self.until_step = False
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
        """Show `widget` after the text, and let Tab come to it before what takes the message away."""
        self._layout.insertWidget(self._layout.count() - 1, widget)
        QWidget.setTabOrder(widget, self._close)

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
    """Where messages stand, the latest lowest; `key` replaces the earlier message of the same key.

    What passes floats over the page of `pages` that is shown.
    """

    def __init__(self, surroundings: Surroundings, *, pages: QStackedWidget) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._float = _Float(pages)
        self._keyed: dict[str, Message] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_message(self, text: str, *, tone: str, key: str = "", passing: bool = False) -> Message:
        """Show a message; a passing one leaves by itself after some seconds."""
        if key:
            self.dismiss(key)
        message = Message(self._surroundings, text, tone=tone, parent=self._float if passing else self)
        if key:
            self._keyed[key] = message
            message.destroyed.connect(lambda: self._forget(key, message))
        if passing:
            self._float.take(message)
            QTimer.singleShot(_PASSING_MILLISECONDS, message, lambda: _pass_by(message))
        else:
            self._layout.addWidget(message)
        message.show()
        return message

    def shows(self, key: str) -> bool:
        """Tell whether the message shown under `key` is still there."""
        return key in self._keyed and not self._keyed[key].isHidden()

    def dismiss(self, key: str) -> None:
        """Take away the message shown under `key`, if it is still there."""
        message = self._keyed.pop(key, None)
        if message is not None:
            message.dismiss()

    def take_step(self) -> None:
        """Take away what was told of the step before: it offers to take back, or complains of, what is no longer."""
        for message in self.messages():
            if message.until_step:
                message.dismiss()

    def clear(self) -> None:
        """Take every message away."""
        self._keyed.clear()
        for message in self.messages():
            message.dismiss()

    def messages(self) -> list[Message]:
        """Return the messages that stand, oldest first."""
        standing = (*self.findChildren(Message), *self._float.findChildren(Message))
        return [message for message in standing if not message.isHidden()]

    def _forget(self, key: str, message: Message) -> None:
        if self._keyed.get(key) is message:
            del self._keyed[key]


class _Float(QWidget):
    """The messages over the foot of the page shown, one above the other, in its middle."""

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, theme.SPACE_M)
        self._layout.setSpacing(theme.SPACE_S)
        pages.installEventFilter(self)
        pages.currentChanged.connect(self.raise_)
        self.hide()

    def take(self, message: Message) -> None:
        """Show a message until it goes."""
        message.setProperty("floats", True)
        self._layout.addWidget(message)
        self.show()
        self.raise_()

    def event(self, event: QEvent) -> bool:
        """Stand anew where a message wants more or less room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._stand()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        page = self.parentWidget()
        if page is None or all(message.isHidden() for message in self.findChildren(Message)):
            self.hide()
            return
        width = min(page.width(), _FLOAT_WIDTH)
        height = min(self._layout.heightForWidth(width), page.height())
        self.setGeometry((page.width() - width) // 2, page.height() - height, width, height)


def _pass_by(message: Message) -> None:
    """Take a message away after some time; not while the pointer is on it, to read it or do what it offers."""
    if message.underMouse():
        QTimer.singleShot(_PASSING_MILLISECONDS, message, lambda: _pass_by(message))
    else:
        message.dismiss()
