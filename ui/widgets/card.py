"""A large button with an icon, a title and a line under it: what a page with nothing to show offers instead."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import assets, theme
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel, PlainLabel


class Card(QPushButton):
    """A button in two lines of plain text."""

    def __init__(self, surroundings: Surroundings, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._surroundings = surroundings
        self._icon = icon
        self._picture = PlainLabel()
        self._picture.setFixedWidth(theme.ICON_SIZE_LARGE)
        self._title = ElidedLabel(role="strong")
        self._line = ElidedLabel(role="caption")
        for label in (self._picture, self._title, self._line):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        layout = self._inside = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_L, theme.SPACE_M)
        layout.setSpacing(theme.SPACE_L)
        layout.addWidget(self._picture)
        layout.addLayout(texts, 1)
        self._drawn = False
        surroundings.theme_changed.connect(self._draw_icon)

    def set_words(self, title: str, line: str) -> None:
        """Show a title and the line under it."""
        self._title.setText(title)
        self._line.setText(line)
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)

    def sizeHint(self) -> QSize:
        """Return the size of what the card holds."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least size of what the card holds."""
        return self._inside.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button; its icon follows right after, for the first window need not wait for the icon font."""
        super().paintEvent(event)
        if not self._drawn:
            self._drawn = True
            QTimer.singleShot(0, self, self._draw_icon)

    def _draw_icon(self) -> None:
        tokens = self._surroundings.tokens
        self._picture.setPixmap(assets.picture(self._icon, tokens.accent, theme.ICON_SIZE_LARGE))
