"""What everything looks like: type scale, spacing and colours as tokens, in light, dark and high contrast.

Nothing else names a colour, a font size or a margin; `style_sheet` makes Qt's own controls look so. Contrast of text
and of what carries meaning follows WCAG 2.2 AA (4.5 for text, 3 for graphics); the tests measure it.
"""

from __future__ import annotations

import functools
import sys
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QGuiApplication, QPalette

SPACE_XS: Final = 4
SPACE_S: Final = 8
SPACE_M: Final = 12
SPACE_L: Final = 16
SPACE_XL: Final = 24
SPACE_XXL: Final = 40
RADIUS: Final = 6
RAIL_WIDTH: Final = 92
ICON_RAIL_WIDTH: Final = 64
ICON_SIZE: Final = 18
ICON_SIZE_LARGE: Final = 24
SCROLL_BAR: Final = 12
BODY_POINTS: Final = 10.0

TYPE_SCALE: Final = {
    "caption": 0.86,
    "table": 0.95,
    "body": 1.0,
    "strong": 1.0,
    "heading": 1.12,
    "title": 1.45,
    "display": 2.1,
}
"""Role -> size relative to the body text."""

_LINUX_FAMILIES: Final = ("Inter", "Cantarell", "Ubuntu", "Noto Sans", "Open Sans", "Liberation Sans", "DejaVu Sans")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one theme by what they are for."""

    name: str
    window: str
    surface: str
    raised: str
    sunken: str
    stripe: str
    border: str
    border_strong: str
    scroll: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    selection_text: str
    hover: str
    pressed: str
    focus: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    success_soft: str
    information: str
    information_soft: str
    series: tuple[str, ...]
    """Colours that tell things apart, also for those who see few colours; never the only sign.

    Found by search: as far from each other as eight can be for every kind of colour vision, at 3 to 1 from the surface.
    """
    scale: tuple[str, ...]
    """From little to much."""
    lower: str
    higher: str
    """What fell and what rose, between two states."""


PALETTE: Final = {
    "blue": "#3267e4",
    "teal": "#539da7",
    "olive": "#968f05",
    "brown": "#956533",
    "rose": "#d0727a",
    "magenta": "#bb37a4",
    "violet": "#9e79fd",
    "grey": "#6b6b6b",
}
"""Colours to choose from: seen on light and on dark grounds, and told apart by every kind of colour vision."""

LIGHT: Final = Tokens(
    name="light",
    window="#f5f6f8",
    surface="#ffffff",
    raised="#ffffff",
    sunken="#eef0f3",
    stripe="#fafbfc",
    border="#e1e4ea",
    border_strong="#868f9d",
    scroll="#c2c8d2",
    text="#1a1f27",
    text_muted="#566070",
    text_disabled="#9aa2ae",
    accent="#2858c4",
    accent_hover="#1f489f",
    on_accent="#ffffff",
    selection="#dfe8fb",
    selection_text="#12275c",
    hover="#eceff4",
    pressed="#dfe3ea",
    focus="#2858c4",
    danger="#b3261e",
    danger_soft="#fdeceb",
    warning="#8a5300",
    warning_soft="#fff3dc",
    success="#1f6e43",
    success_soft="#e4f4ea",
    information="#2858c4",
    information_soft="#e8effd",
    series=("#395fb7", "#c75512", "#34a390", "#730058", "#554800", "#987ee1", "#003799", "#756a6c"),
    scale=("#e9eef8", "#c3d3ee", "#93b1df", "#5a86c9", "#2a5aa8"),
    lower="#b8520a",
    higher="#0b6bb3",
)

DARK: Final = Tokens(
    name="dark",
    window="#14171c",
    surface="#1b1f26",
    raised="#232831",
    sunken="#101318",
    stripe="#1e2229",
    border="#2e343f",
    border_strong="#76808f",
    scroll="#434b59",
    text="#e8ebf0",
    text_muted="#a7b0be",
    text_disabled="#68717f",
    accent="#8bb0ff",
    accent_hover="#a9c5ff",
    on_accent="#0f1b38",
    selection="#2a3c63",
    selection_text="#eef3ff",
    hover="#272d37",
    pressed="#303743",
    focus="#8bb0ff",
    danger="#ff9a92",
    danger_soft="#3b2022",
    warning="#f5c26b",
    warning_soft="#372c17",
    success="#7fd6a4",
    success_soft="#1b3226",
    information="#8bb0ff",
    information_soft="#1e2b47",
    series=("#6ea8f9", "#f9a433", "#c8f7c6", "#ca498a", "#9a8304", "#716fe4", "#67deff", "#abaa9f"),
    scale=("#20293a", "#2b4268", "#3a619c", "#5a8bd6", "#9cc2ff"),
    lower="#ff9d5c",
    higher="#6cb6f5",
)

HIGH_CONTRAST: Final = Tokens(
    name="dark",
    window="#000000",
    surface="#000000",
    raised="#0a0a0a",
    sunken="#000000",
    stripe="#0f0f0f",
    border="#8c8c8c",
    border_strong="#ffffff",
    scroll="#b0b0b0",
    text="#ffffff",
    text_muted="#e6e6e6",
    text_disabled="#a6a6a6",
    accent="#ffd500",
    accent_hover="#ffe566",
    on_accent="#000000",
    selection="#00377a",
    selection_text="#ffffff",
    hover="#262626",
    pressed="#404040",
    focus="#ffd500",
    danger="#ff9c94",
    danger_soft="#2b0000",
    warning="#ffd27a",
    warning_soft="#2b1d00",
    success="#7dffb0",
    success_soft="#00260f",
    information="#8cc8ff",
    information_soft="#001f3d",
    series=("#64a2f2", "#ef8e3d", "#b8fdd3", "#a86a8b", "#f0cf62", "#716de7", "#68d8f7", "#a6aba1"),
    scale=("#101c33", "#1f3f73", "#3a6fc4", "#7fb0ff", "#d6e6ff"),
    lower="#ffa869",
    higher="#7cc4ff",
)
"""Black and white with one signal colour; `name` says which set of arrows the style sheet takes."""


def resolve_tokens(theme: str) -> Tokens:
    """Return the tokens of "light", "dark" or "high-contrast", or of what the system shows for "system"."""
    if theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return {"dark": DARK, "high-contrast": HIGH_CONTRAST}.get(theme, LIGHT)


@functools.cache
def mixed(colour: str, ground: str, share: float) -> str:
    """Return `colour` laid over `ground` at a share from 0 to 1, as #rrggbb."""
    over, under = QColor(colour), QColor(ground)
    red, green, blue = (
        round(top * share + bottom * (1 - share))
        for top, bottom in (
            (over.red(), under.red()),
            (over.green(), under.green()),
            (over.blue(), under.blue()),
        )
    )
    return QColor(red, green, blue).name()


def body_font() -> QFont:
    """Return the font of body text: the system's, save on a bare Linux where a better one is looked for."""
    font = QGuiApplication.font()
    if sys.platform.startswith("linux") and QFontInfo(font).family() in {"DejaVu Sans", "Sans Serif", "Sans", ""}:
        font.setFamilies(list(_LINUX_FAMILIES))
    if font.pointSizeF() < BODY_POINTS:
        font.setPointSizeF(BODY_POINTS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def font_of(role: str, base: QFont) -> QFont:
    """Return `base` in the size and weight of a role of `TYPE_SCALE`."""
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() * TYPE_SCALE[role])
    if role in {"strong", "heading", "title", "display"}:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def row_height(base: QFont) -> int:
    """Return the height in pixels of one row of table and timeline."""
    return max(28, QFontMetrics(base).height() + 2 * SPACE_S)


def palette_of(tokens: Tokens) -> QPalette:
    """Return the Qt palette of `tokens`, for what a style sheet does not reach."""
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.stripe),
        (role.Text, tokens.text),
        (role.Button, tokens.raised),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.danger),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.ToolTipBase, tokens.raised),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.text_muted),
        (role.Link, tokens.accent),
        (role.Light, tokens.raised),
        (role.Midlight, tokens.hover),
        (role.Mid, tokens.border),
        (role.Dark, tokens.border_strong),
        (role.Accent, tokens.accent),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.text_disabled))
    return palette
