"""How well one colour is told from another, for whatever writes on a colour that a coach or a level chose."""

from __future__ import annotations

from PySide6.QtGui import QColor

_BLACK, _WHITE = "#000000", "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (#rrggbb), from 1 to 21, after WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Return black or white, whichever is read better on `colour`."""
    return max((_BLACK, _WHITE), key=lambda ink: contrast(ink, colour))


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1, after WCAG 2.2."""
    of = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (of.redF(), of.greenF(), of.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
