"""What everything looks like: type scale, spacing and colours as tokens, light and dark, and the style made of them.

Nothing else in the application names a colour, a font size or a margin. Contrast of text and of what carries meaning
follows WCAG 2.2 AA (4.5 for text, 3 for graphics); the tests measure it.
"""

from __future__ import annotations

import functools
import sys
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QGuiApplication, QPalette

import resources

SPACE_XS: Final = 4
SPACE_S: Final = 8
SPACE_M: Final = 12
SPACE_L: Final = 16
SPACE_XL: Final = 24
SPACE_XXL: Final = 40
RADIUS: Final = 6
RAIL_WIDTH: Final = 92
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


def style_sheet(tokens: Tokens, base: QFont) -> str:
    """Return the one style sheet of the application."""
    sizes = {role: base.pointSizeF() * scale for role, scale in TYPE_SCALE.items()}
    menus, views = _menu_style(tokens), _view_style(tokens, sizes)
    return "\n".join((_text_style(tokens, sizes), _control_style(tokens), menus, views, _shell_style(tokens)))


def _icon_url(name: str) -> str:
    return (resources.ROOT / "icons" / f"{name}.svg").as_posix()


def _text_style(tokens: Tokens, sizes: dict[str, float]) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="muted"] {{ color: {tokens.text_muted}; }}
QLabel[role="caption"] {{ color: {tokens.text_muted}; font-size: {sizes["caption"]:.2f}pt; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {sizes["heading"]:.2f}pt; font-weight: 600; }}
QLabel[role="title"] {{ font-size: {sizes["title"]:.2f}pt; font-weight: 600; }}
QLabel[role="display"] {{ font-size: {sizes["display"]:.2f}pt; font-weight: 600; }}
QLabel[role="cell-error"] {{ background: {tokens.danger_soft}; color: {tokens.danger};
  border: 1px solid {tokens.danger}; border-radius: {RADIUS - 2}px; padding: {SPACE_XS}px {SPACE_S}px; }}
QLabel[role="note"] {{ background: {tokens.information_soft}; color: {tokens.text};
  border-left: 3px solid {tokens.information}; padding: {SPACE_S}px {SPACE_S}px; }}
QTabBar::tab {{ background: transparent; color: {tokens.text_muted}; padding: {SPACE_XS}px {SPACE_M}px;
  border: none; border-bottom: 2px solid {tokens.border}; }}
QTabBar::tab:hover {{ color: {tokens.text}; background: {tokens.hover}; }}
QTabBar::tab:selected {{ color: {tokens.text}; border-bottom-color: {tokens.accent}; }}
QTabBar::tab:focus, QCheckBox::indicator:focus {{ border: 2px solid {tokens.focus}; }}
QToolTip {{ background: {tokens.raised}; color: {tokens.text}; border: 1px solid {tokens.border_strong};
  padding: {SPACE_XS}px {SPACE_S}px; }}
"""


def _control_style(tokens: Tokens) -> str:
    return f"""
QPushButton {{ background: {tokens.raised}; color: {tokens.text}; border: 1px solid {tokens.border_strong};
  border-radius: {RADIUS}px; padding: {SPACE_XS + 2}px {SPACE_L}px; min-height: 20px; }}
QPushButton:hover {{ background: {tokens.hover}; }}
QPushButton:pressed {{ background: {tokens.pressed}; }}
QPushButton:disabled {{ color: {tokens.text_disabled}; border-color: {tokens.border}; }}
QPushButton:focus {{ border: 2px solid {tokens.focus}; padding: {SPACE_XS + 1}px {SPACE_L - 1}px; }}
QPushButton[role="primary"] {{ background: {tokens.accent}; color: {tokens.on_accent}; border-color: {tokens.accent};
  font-weight: 600; }}
QPushButton[role="primary"]:hover {{ background: {tokens.accent_hover}; border-color: {tokens.accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {tokens.text}; text-decoration: underline; }}
QPushButton[role="primary"]:disabled {{ background: {tokens.sunken}; color: {tokens.text_disabled};
  border-color: {tokens.border}; }}
QPushButton[role="card"] {{ text-align: left; padding: {SPACE_M}px {SPACE_L}px; border-color: {tokens.border};
  background: {tokens.surface}; }}
QPushButton[role="card"]:hover {{ border-color: {tokens.accent}; background: {tokens.surface}; }}
QPushButton[role="card"]:focus {{ border: 2px solid {tokens.focus}; padding: {SPACE_M - 1}px {SPACE_L - 1}px; }}
QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: {RADIUS}px;
  padding: {SPACE_XS}px; color: {tokens.text}; }}
QToolButton:hover {{ background: {tokens.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {tokens.pressed}; }}
QToolButton:focus {{ border-color: {tokens.focus}; }}
QToolButton:disabled {{ color: {tokens.text_disabled}; }}
QPushButton[role="link"] {{ background: transparent; color: {tokens.accent}; border: 2px solid transparent;
  padding: {SPACE_XS}px; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border-color: {tokens.focus}; padding: {SPACE_XS}px; }}
QToolButton[role="beside-line"] {{ padding: 0 {SPACE_XS}px; }}
QToolButton[role="weekday"] {{ padding: {SPACE_XS}px 0; }}
QToolButton[role="labelled"] {{ padding: {SPACE_XS}px {SPACE_S}px; }}
QToolButton[role="fold"] {{ text-align: left; color: {tokens.text_muted}; font-weight: 600; padding: 2px 0; }}
QToolButton[role="fold"]:checked {{ background: transparent; }}
QToolButton[role="fold"]:hover {{ background: {tokens.hover}; }}
QToolButton[role="segment"] {{ border: 1px solid {tokens.border_strong}; border-radius: {RADIUS - 2}px;
  padding: 3px {SPACE_S - 1}px; background: {tokens.surface}; }}
QToolButton[role="segment"]:checked {{ background: {tokens.accent}; color: {tokens.on_accent};
  border-color: {tokens.accent}; }}
QToolButton[role="segment"]:focus {{ border: 2px solid {tokens.focus}; padding: 2px {SPACE_S - 2}px; }}
QToolButton[role="segment"]:checked:focus {{ border-color: {tokens.text}; }}
QToolButton[role="segment"]:disabled {{ color: {tokens.text_disabled}; border-color: {tokens.border}; }}
QToolButton[role="segment"]:checked:disabled {{ background: {tokens.pressed}; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QAbstractSpinBox, QDateEdit, QComboBox {{ background: {tokens.surface}; color: {tokens.text};
  border: 1px solid {tokens.border_strong}; border-radius: {RADIUS - 2}px; padding: 2px {SPACE_S - 2}px;
  selection-background-color: {tokens.accent}; selection-color: {tokens.on_accent}; }}
QLineEdit:focus, QAbstractSpinBox:focus, QDateEdit:focus, QComboBox:focus {{ border: 2px solid {tokens.focus};
  padding: 1px {SPACE_S - 3}px; }}
QPlainTextEdit {{ background: {tokens.surface}; color: {tokens.text}; border: 1px solid {tokens.border_strong};
  border-radius: {RADIUS - 2}px; padding: 2px; selection-background-color: {tokens.accent};
  selection-color: {tokens.on_accent}; }}
QPlainTextEdit:focus {{ border: 2px solid {tokens.focus}; padding: 1px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {tokens.text_muted};
  background: {tokens.sunken}; border-color: {tokens.border}; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{ width: 0;
  border: none; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 20px; subcontrol-position: right center; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url("{_icon_url(f"choose-{tokens.name}")}"); width: 14px;
  height: 14px; }}
QComboBox QAbstractItemView {{ background: {tokens.raised}; color: {tokens.text}; border: 1px solid {tokens.border};
  selection-background-color: {tokens.selection}; selection-color: {tokens.selection_text}; outline: none; }}
QCheckBox, QRadioButton {{ spacing: {SPACE_S}px; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border-radius: 8px; border: 1px solid {tokens.border_strong};
  background: {tokens.surface}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {tokens.accent};
  background: {tokens.on_accent}; }}
QRadioButton::indicator:disabled {{ border-color: {tokens.border}; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: 14px; height: 14px; border-radius: 3px;
  border: 1px solid {tokens.border_strong}; background: {tokens.surface}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {tokens.accent};
  border-color: {tokens.accent}; image: url("{_icon_url(f"check-{tokens.name}")}"); }}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {{ background: {tokens.pressed}; }}
QCheckBox::indicator:disabled, QAbstractItemView::indicator:disabled {{ border-color: {tokens.border}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {tokens.accent}; }}
QProgressBar {{ background: {tokens.sunken}; border: none; border-radius: 3px; height: 6px; text-align: center; }}
QProgressBar::chunk {{ background: {tokens.accent}; border-radius: 3px; }}
"""


def _menu_style(tokens: Tokens) -> str:
    return f"""
QMenuBar {{ background: {tokens.surface}; color: {tokens.text}; padding: 2px {SPACE_S}px;
  border-bottom: 1px solid {tokens.border}; }}
QMenuBar::item {{ padding: {SPACE_XS}px {SPACE_S + 2}px; border-radius: {RADIUS - 2}px; background: transparent; }}
QMenuBar::item:selected {{ background: {tokens.hover}; }}
QMenu {{ background: {tokens.raised}; color: {tokens.text}; border: 1px solid {tokens.border};
  padding: {SPACE_XS}px; }}
QMenu::item {{ padding: {SPACE_XS + 2}px {SPACE_XL}px {SPACE_XS + 2}px {SPACE_S}px; border-radius: {RADIUS - 2}px; }}
QMenu::icon {{ padding-left: {SPACE_S}px; }}
QMenu::item:selected {{ background: {tokens.selection}; color: {tokens.selection_text}; }}
QMenu::item:disabled {{ color: {tokens.text_disabled}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {tokens.border}; margin: {SPACE_XS}px {SPACE_S}px; }}
"""


def _view_style(tokens: Tokens, sizes: dict[str, float]) -> str:
    return f"""
QTableView, QTreeView, QListView {{ background: {tokens.surface}; color: {tokens.text}; border: none;
    alternate-background-color: {tokens.surface}; gridline-color: {tokens.border}; outline: none; }}
QTableView::item:selected, QListView::item:selected {{ background: {tokens.selection};
  color: {tokens.selection_text}; }}
QTableView::item {{ padding: 0 {SPACE_XS + 1}px; }}
QTableWidget::item {{ padding: {SPACE_S}px; border-bottom: 1px solid {tokens.border}; }}
QListView#rows, QTableView#rows {{ border: 1px solid {tokens.border_strong}; border-radius: {RADIUS - 2}px; }}
QListView#rows:focus, QTableView#rows:focus {{ border: 2px solid {tokens.focus}; }}
QTableView#rows::item {{ padding: 0 {SPACE_XS + 2}px; }}
QListView#rows::item {{ padding: {SPACE_XS}px; border-radius: 0; }}
QTableView#entities::item {{ padding: 0 {SPACE_XS + 1}px; border-bottom: 1px solid {tokens.border}; }}
QTableView#initiatives {{ font-size: {sizes["table"]:.2f}pt; }}
QListView::item {{ padding: {SPACE_S}px; border-radius: {RADIUS}px; }}
QListView::item:hover {{ background: {tokens.hover}; }}
QListView::item:focus, QTableView::item:focus {{ border: 1px solid {tokens.focus}; }}
QListView::item:focus {{ padding: {SPACE_S - 1}px; }}
QListView#rows::item:focus {{ padding: {SPACE_XS - 1}px; }}
QTableView::item:focus {{ padding: 0 {SPACE_XS}px; }}
QTableWidget::item:focus {{ padding: {SPACE_S - 1}px; }}
QTableView#rows::item:focus {{ padding: 0 {SPACE_XS + 1}px; }}
QTableView#entities::item:focus {{ padding: 0 {SPACE_XS}px; }}
QHeaderView {{ background: {tokens.surface}; border: none; }}
QHeaderView::section {{ background: {tokens.surface}; color: {tokens.text_muted}; border: none;
  border-bottom: 1px solid {tokens.border}; padding: 0 {SPACE_S}px; font-size: {sizes["caption"]:.2f}pt; }}
QScrollBar:vertical {{ background: transparent; width: {SCROLL_BAR}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {SCROLL_BAR}px; margin: 0; }}
QAbstractScrollArea::corner {{ background: {tokens.surface}; border: none; }}
QScrollBar::handle {{ background: {tokens.scroll}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:hover {{ background: {tokens.border_strong}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {tokens.border}; }}
QSplitter::handle:hover {{ background: {tokens.accent}; }}
QCalendarWidget QWidget {{ alternate-background-color: {tokens.surface}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {tokens.surface};
  border-bottom: 1px solid {tokens.border}; }}
QCalendarWidget QToolButton {{ font-weight: 600; padding: {SPACE_XS}px {SPACE_S}px; }}
QCalendarWidget QToolButton#qt_calendar_prevmonth {{ qproperty-icon: url("{_icon_url(f"back-{tokens.name}")}"); }}
QCalendarWidget QToolButton#qt_calendar_nextmonth {{ qproperty-icon: url("{_icon_url(f"forward-{tokens.name}")}"); }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {tokens.accent};
  selection-color: {tokens.on_accent}; }}
QCalendarWidget QAbstractItemView::item:selected {{ background: {tokens.accent}; color: {tokens.on_accent}; }}
"""


def _shell_style(tokens: Tokens) -> str:
    return f"""
QMainWindow, QDialog {{ background: {tokens.window}; }}
QWidget#page, QWidget#toolbar, QWidget#welcome {{ background: {tokens.surface}; }}
QWidget#toolbar {{ border-bottom: 1px solid {tokens.border}; }}
QWidget#rail {{ background: {tokens.window}; border-right: 1px solid {tokens.border}; }}
QWidget#rail QToolButton {{ padding: {SPACE_S}px {SPACE_XS}px; color: {tokens.text_muted}; border-width: 2px; }}
QWidget#rail QToolButton:checked {{ background: {tokens.selection}; color: {tokens.selection_text}; }}
QStatusBar {{ background: {tokens.window}; color: {tokens.text_muted}; border-top: 1px solid {tokens.border}; }}
QStatusBar::item {{ border: none; }}
QFrame#message[tone="information"] {{ background: {tokens.information_soft};
  border-left: 4px solid {tokens.information}; }}
QFrame#message[tone="success"] {{ background: {tokens.success_soft}; border-left: 4px solid {tokens.success}; }}
QFrame#message[tone="warning"] {{ background: {tokens.warning_soft}; border-left: 4px solid {tokens.warning}; }}
QFrame#message[floats="true"] {{ border-top: 1px solid {tokens.border_strong};
  border-right: 1px solid {tokens.border_strong}; border-bottom: 1px solid {tokens.border_strong};
  border-radius: {RADIUS}px; }}
QFrame#message[tone="danger"] {{ background: {tokens.danger_soft}; border-left: 4px solid {tokens.danger}; }}
QFrame#card {{ background: {tokens.surface}; border: 1px solid {tokens.border}; border-radius: {RADIUS + 2}px; }}
QFrame#tip {{ background: {tokens.raised}; border: 1px solid {tokens.border_strong}; border-radius: {RADIUS}px; }}
QFrame#palette {{ background: {tokens.raised}; border: 1px solid {tokens.border_strong}; border-radius: {RADIUS}px; }}
QFrame#callout {{ background: {tokens.raised}; border: 2px solid {tokens.accent}; border-radius: {RADIUS}px; }}
QTextBrowser {{ background: {tokens.surface}; color: {tokens.text}; selection-background-color: {tokens.accent};
  selection-color: {tokens.on_accent}; border: 2px solid {tokens.surface}; }}
QTextBrowser:focus {{ border-color: {tokens.focus}; }}
QLineEdit#search {{ padding: {SPACE_S}px; }}
QFrame#palette QListView {{ background: {tokens.raised}; }}
QWidget#inspector {{ background: {tokens.surface}; border-left: 1px solid {tokens.border}; }}
QWidget#inspected {{ background: {tokens.surface}; }}
QFrame#line {{ background: {tokens.border}; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea:focus {{ border: 2px solid {tokens.focus}; }}
"""
