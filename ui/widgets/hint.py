"""A sentence in the middle of a view that has nothing to show: why, or what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView

from ui import theme
from ui.surroundings import Surroundings


def paint_hint(view: QAbstractItemView, surroundings: Surroundings, text: str) -> None:
    """Paint `text`, wrapped, over the empty viewport of a view."""
    painter = QPainter(view.viewport())
    painter.setFont(view.font())
    painter.setPen(QColor(surroundings.tokens.text_muted))
    place = view.viewport().rect().adjusted(theme.SPACE_XL, theme.SPACE_M, -theme.SPACE_XL, -theme.SPACE_M)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), text)
    painter.end()
