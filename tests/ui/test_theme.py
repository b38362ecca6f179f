"""Colours hold for every theme: what is read, what carries meaning, and what must be told from one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListWidget,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from tests.colours import VISIONS, contrast, distance, least_distance
from ui.contrast import text_on
from ui.style_sheet import style_sheet
from ui.surroundings import Surroundings
from ui.theme import DARK, HIGH_CONTRAST, LIGHT, PALETTE, Tokens, body_font, mixed

THEMES = {"light": LIGHT, "dark": DARK, "high contrast": HIGH_CONTRAST}
each_theme = pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
each_vision = pytest.mark.parametrize("vision", VISIONS)

CLEARLY_APART = 0.06
"""Three times what is just seen side by side: told apart across a room."""

BLOCK = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"(?:^|[;\s])(color|background|selection-color|selection-background-color):\s*(#[0-9a-f]{6})")
STATE = re.compile(r":(hover|pressed|checked)")
WORDLESS = re.compile(r"QScrollBar|QSplitter|indicator")
BORDER = re.compile(r"border(?:-\w+)*:\s*(?:\d+px solid )?(#[0-9a-f]{6})")


def rules(tokens: Tokens) -> Iterator[tuple[str, str]]:
    """Yield every selector of the style sheet with its declarations, save for what is disabled (WCAG 1.4.3 exempts)."""
    for selectors, declarations in BLOCK.findall(style_sheet(tokens, body_font())):
        for selector in selectors.split(","):
            if ":disabled" not in selector:
                yield selector.strip(), declarations


@each_theme
def test_every_text_of_the_style_sheet_can_be_read_on_whatever_it_stands_on(tokens: Tokens, qapp: QApplication) -> None:
    grounds = (tokens.window, tokens.surface, tokens.raised)
    read = 0
    for selector, declarations in rules(tokens):
        colours = dict(COLOUR.findall(declarations))
        if "color" in colours:
            for ground in (colours["background"],) if "background" in colours else grounds:
                assert contrast(colours["color"], ground) >= 4.5, (selector, colours["color"], ground)
                read += 1
        elif "background" in colours and STATE.search(selector) and not WORDLESS.search(selector):
            text = tokens.on_accent if "primary" in selector else tokens.text
            assert contrast(text, colours["background"]) >= 4.5, (selector, colours["background"])
            read += 1
        if "selection-color" in colours:
            assert contrast(colours["selection-color"], colours["selection-background-color"]) >= 4.5, selector
            read += 1
    assert read > 60


@each_theme
def test_focus_and_the_rims_of_controls_stand_out(tokens: Tokens, qapp: QApplication) -> None:
    seen = 0
    for selector, declarations in rules(tokens):
        if ":focus" in selector or re.match(r"(QPushButton|QLineEdit|QComboBox|QCheckBox::indicator)$", selector):
            for rim in BORDER.findall(declarations):
                assert min(contrast(rim, ground) for ground in (tokens.surface, tokens.window)) >= 3.0, (selector, rim)
                if "primary" in selector and ":focus" in selector:
                    # No colour stands out from both the accent and what is around it in every theme.
                    assert contrast(rim, tokens.accent) >= 3.0 or "underline" in declarations, selector
                seen += 1
    assert seen > 10


@each_theme
def test_text_stands_out_from_the_grounds_that_are_painted(tokens: Tokens) -> None:
    soft = (tokens.information_soft, tokens.success_soft, tokens.warning_soft, tokens.danger_soft)
    for ground in (*soft, tokens.hover, tokens.pressed, tokens.sunken, tokens.stripe, tokens.selection):
        assert contrast(tokens.text, ground) >= 4.5, ground
    for ground in (tokens.sunken, tokens.stripe, tokens.hover):
        assert contrast(tokens.text_muted, ground) >= 4.5, ground
    for tone in ("information", "success", "warning", "danger"):
        for ground in (tokens.surface, tokens.window, tokens.raised, getattr(tokens, f"{tone}_soft")):
            assert contrast(getattr(tokens, tone), ground) >= 4.5, (tone, ground)
    for colour in tokens.series:
        assert contrast(tokens.text, mixed(colour, tokens.surface, 0.16)) >= 4.5, colour


@each_theme
def test_what_carries_meaning_stands_out_from_what_it_is_on(tokens: Tokens) -> None:
    for sign in (tokens.focus, tokens.accent, tokens.border_strong, *tokens.series, tokens.lower, tokens.higher):
        assert contrast(sign, tokens.surface) >= 3.0, sign


@each_theme
def test_a_number_on_a_step_of_the_scale_can_be_read(tokens: Tokens) -> None:
    for colour in (*tokens.scale, *tokens.series):
        assert contrast(text_on(colour), colour) >= 4.5, colour


@each_theme
@each_vision
def test_colours_that_tell_things_apart_do_so_for_every_kind_of_colour_vision(tokens: Tokens, vision: str) -> None:
    assert least_distance(tokens.series, vision) >= CLEARLY_APART
    assert min(distance(one, other, vision) for one, other in pairwise(tokens.scale)) >= CLEARLY_APART
    assert distance(tokens.lower, tokens.higher, vision) >= 2 * CLEARLY_APART


@each_vision
def test_colours_to_choose_from_are_told_apart_by_every_kind_of_colour_vision(vision: str) -> None:
    assert least_distance(tuple(PALETTE.values()), vision) >= CLEARLY_APART


@pytest.mark.parametrize("colour", PALETTE.values(), ids=PALETTE)
def test_colours_to_choose_from_are_seen_on_light_and_on_dark_grounds(colour: str) -> None:
    assert min(contrast(colour, ground.surface) for ground in (LIGHT, DARK, HIGH_CONTRAST)) >= 3


@pytest.mark.parametrize("name", ["", "rows", "entities"])
@pytest.mark.parametrize("kind", [QListWidget, QTableWidget])
def test_a_row_with_focus_leaves_its_text_the_room_it_has_without(
    kind: type[QAbstractItemView], name: str, surroundings: Surroundings, qtbot: QtBot
) -> None:
    view = kind()
    qtbot.addWidget(view)
    view.setObjectName(name)
    view.show()
    rooms = []
    for focus in (QStyle.StateFlag.State_None, QStyle.StateFlag.State_HasFocus):
        option = QStyleOptionViewItem()
        view.initViewItemOption(option)
        option.rect, option.text = QRect(0, 0, 200, 60), "A sentence that may take two lines"
        option.state = QStyle.StateFlag.State_Enabled | focus
        option.features = QStyleOptionViewItem.ViewItemFeature.HasDisplay
        rooms.append(view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, view))
    assert (rooms[0].left(), rooms[0].width()) == (rooms[1].left(), rooms[1].width())
    assert rooms[0].height() == rooms[1].height() or kind is QTableWidget, "a line of two may not be lost"


def test_the_choice_of_one_among_several_is_as_large_chosen_or_not(surroundings: Surroundings, qtbot: QtBot) -> None:
    radio = QRadioButton("One of several")
    qtbot.addWidget(radio)
    radio.show()
    places = []
    for state in (QStyle.StateFlag.State_Off, QStyle.StateFlag.State_On):
        option = QStyleOptionButton()
        radio.initStyleOption(option)
        option.state = QStyle.StateFlag.State_Enabled | state
        places.append(radio.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, radio))
    assert places[0] == places[1]
    assert places[0].width() >= 14
    style = style_sheet(DARK, body_font())
    assert "QRadioButton::indicator {" in style, "Qt's own ring cannot be seen on dark"
