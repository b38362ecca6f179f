"""A walk over every widget of every scene: plain text, names for those who cannot see, keys that reach, room for French."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from planner.language import Language
from tests.scenes.plays import Play, all_plays, perform
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel

_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QProgressBar)
_SMALLEST = (1280, 720)


def parts(root: QWidget) -> list[QWidget]:
    """Return what is seen of a window, without the parts Qt itself makes inside its controls."""
    return [
        one for one in root.findChildren(QWidget) if one.isVisibleTo(root) and not one.objectName().startswith("qt_")
    ]


def read_as_html(part: QWidget) -> str:
    """Tell of a label that could read its text as HTML."""
    if isinstance(part, QLabel) and part.textFormat() is not Qt.TextFormat.PlainText:
        return f"may read as HTML: {part.text()!r}"
    return ""


def nameless(part: QWidget) -> str:
    """Tell of a control that those who cannot see hear no name of."""
    if not isinstance(part, _CONTROLS) or isinstance(part, QHeaderView | QScrollBar) or _is_made_by_qt(part):
        return ""
    return "" if part.accessibleName() else f"has no accessible name: {part}"


def out_of_reach(part: QWidget) -> str:
    """Tell of a button the keys cannot reach."""
    if not isinstance(part, QAbstractButton) or _is_made_by_qt(part):
        return ""
    return "" if part.focusPolicy() & Qt.FocusPolicy.TabFocus else f"cannot be reached by Tab: {part.accessibleName()}"


def cut(part: QWidget) -> str:
    """Tell of a text that does not fit its box."""
    metrics = part.fontMetrics()
    fits = True
    text = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
    if isinstance(part, ElidedLabel) or not text:
        return ""
    if isinstance(part, QLabel) and part.wordWrap():
        fits = part.heightForWidth(part.width()) <= part.height() + 1
    elif isinstance(part, QLabel):
        fits = metrics.horizontalAdvance(text) <= part.width() + 1
    elif isinstance(part, QToolButton) and part.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly:
        fits = metrics.horizontalAdvance(text) <= part.width()
    return "" if fits else f"is cut: {text!r}"


RULES: tuple[Callable[[QWidget], str], ...] = (read_as_html, nameless, out_of_reach, cut)


def faults(scenes: Iterator[tuple[str, QWidget]]) -> Iterator[str]:
    """Yield what breaks a rule in each scene."""
    for name, root in scenes:
        seen = parts(root)
        assert seen, name
        for part in seen:
            for rule in RULES:
                told = rule(part)
                if told:
                    yield f"{name}: {told}"


@pytest.mark.parametrize("play", all_plays(), ids=str)
@pytest.mark.parametrize("code", ["en", "fr"])
def test_what_is_seen_is_plain_named_in_reach_and_whole(
    code: str, play: Play, surroundings: Surroundings, tmp_path: Path
) -> None:
    surroundings.set_language(Language(code))
    with closing(perform(play, surroundings, tmp_path, _SMALLEST)) as scenes:
        assert sorted(set(faults(scenes))) == []


def test_each_rule_finds_what_breaks_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label, button = QLabel("<b>A sentence of some length</b>", window), QToolButton(window)
    label.resize(20, 20)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert [bool(rule(label)) for rule in RULES] == [True, False, False, True]
    assert [bool(rule(button)) for rule in RULES] == [False, True, True, False]


def _is_made_by_qt(part: QWidget) -> bool:
    """Tell of the corner of a table, and of what clears a line, which selecting and Delete do as well."""
    return isinstance(part, QAbstractButton) and isinstance(part.parent(), QAbstractScrollArea | QLineEdit)
