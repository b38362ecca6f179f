"""The one style sheet of the application, made of the tokens of `theme`: what Qt's own controls look like."""

from __future__ import annotations

from PySide6.QtGui import QFont

import resources
from ui.theme import (
    RADIUS,
    SCROLL_BAR,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    SPACE_XL,
    SPACE_XS,
    TYPE_SCALE,
    Tokens,
)


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
