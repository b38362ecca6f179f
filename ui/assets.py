"""Icons: our own strokes from `resources/icons`, drawn in a token's colour, crisp at every scale.

They are our own rather than a font of thousands: a few dozen files, no import at start-up, one line weight, and each
follows the theme because its strokes say `currentColor`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from ui.theme import Tokens

_SIZES: Final = (18, 36)
"""The size on a plain screen and on one of twice the density; each more costs start-up time for every icon."""


@lru_cache(maxsize=256)
def picture(name: str, colour: str, size: int) -> QPixmap:
    """Return the icon `name` in `colour` (#rrggbb), `size` pixels square."""
    text = (resources.ROOT / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def icon(name: str, tokens: Tokens, *, colour: str = "") -> QIcon:
    """Return the icon `name` in the theme's text colour, or in `colour`; faded where it is disabled."""
    found = QIcon()
    for size in _SIZES:
        found.addPixmap(picture(name, colour or tokens.text, size), QIcon.Mode.Normal)
        found.addPixmap(picture(name, tokens.text_disabled, size), QIcon.Mode.Disabled)
    return found


def application_icon() -> QIcon:
    """Return the application's own icon."""
    found = QIcon()
    for size in (32, 64, 256):
        found.addPixmap(picture("roadbook", "", size))
    return found
