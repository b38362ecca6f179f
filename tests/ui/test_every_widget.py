"""A walk over every widget of every scene: plain text, names for those who cannot see, keys that reach, room for French.

What a rule of `tests.ui.widget_rules` finds is told with the scene it was found in.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

import ui
from planner.language import Language
from tests.scenes.plays import Play, all_plays, perform
from tests.ui.widget_rules import (
    RULES,
    SMALLEST,
    against_reading_order,
    cut,
    our_words,
    overlapping,
    parts,
    ragged,
    sideways,
    too_large,
)
from ui.help.guide import GuideWindow
from ui.surroundings import Surroundings
from ui.window import Window


def faults(scenes: Iterator[tuple[str, QWidget]], dialogs: set[type[QDialog]]) -> Iterator[str]:
    """Yield what breaks a rule in each scene; the kinds of dialogs seen are added to `dialogs`."""
    for name, root in scenes:
        seen = parts(root)
        assert seen or isinstance(root, QMenu), name
        dialogs.update(
            type(one) for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()
        )
        for told in (
            too_large(root),
            *against_reading_order(root),
            *overlapping(root),
            *(rule(part) for part in seen for rule in RULES),
        ):
            if told:
                yield f"{name}: {told}"


DIALOGS: Final[dict[str, frozenset[str]]] = {
    "shell-demo": frozenset({"AboutDialog", "HistoryDialog", "ShortcutsDialog"}),
    "shell-closed": frozenset({"RecoverDialog"}),
    "organization-demo": frozenset({"Chooser", "ListDialog"}),
    "dialogs-demo": frozenset(
        {"EntityDialog", "ImportDialog", "MeasurementsDialog", "OutcomeDialog", "RedactionDialog", "TeamsDialog"}
    ),
}
"""The kinds of dialogs each play shows; every kind there is must be among them."""


class Strays(QObject):
    """Keeps what is shown as a window of its own without being one: a part that had no place when it was shown."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self.found: set[str] = set()
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's own name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            plain = watched.windowType() == Qt.WindowType.Window
            if plain and not isinstance(watched, Window | GuideWindow | QDialog):
                self.found.add(f"{type(watched).__name__} was a window of its own")
        return False


@pytest.mark.parametrize("play", all_plays(), ids=str)
@pytest.mark.parametrize("code", ["en", "fr"])
def test_what_is_seen_is_plain_named_in_reach_and_whole(
    code: str, play: Play, surroundings: Surroundings, tmp_path: Path, qapp: QApplication
) -> None:
    surroundings.set_language(Language(code))
    strays = Strays(qapp)
    dialogs: set[type[QDialog]] = set()
    with closing(perform(play, surroundings, tmp_path, SMALLEST)) as scenes:
        assert sorted(set(faults(scenes, dialogs))) == []
    qapp.removeEventFilter(strays)
    assert strays.found == set()
    assert DIALOGS.get(str(play), frozenset()) <= {one.__name__ for one in dialogs}


def shown_kinds(kind: type[QDialog]) -> Iterator[str]:
    """Yield the names of our kinds of dialogs that others are not made of."""
    for one in kind.__subclasses__():
        if one.__module__.startswith("ui."):
            yield from shown_kinds(one) if one.__subclasses__() else (one.__name__,)


def test_every_dialog_is_seen_in_a_scene() -> None:
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    assert set(shown_kinds(QDialog)) == set().union(*DIALOGS.values())


def test_each_rule_finds_what_breaks_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 300)
    label, button = QLabel("<b>A sentence of some length</b>", window), QToolButton(window)
    label.resize(20, 20)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setToolTip("<b>bold</b>")
    text, field, tabs, box = QTextEdit(window), QLineEdit(window), QTabBar(window), QComboBox(window)
    field.setPlaceholderText("A sentence of some length")
    field.setAccessibleName("A field")
    field.setGeometry(250, 0, 100, 20)
    box.addItem("Accessible to those who cannot see it")
    tabs.addTab("Tab")
    assert [bool(rule(label)) for rule in RULES] == [True, False, False, True, False, False, False]
    assert [bool(rule(button)) for rule in RULES] == [True, True, True, False, False, False, False]
    assert [bool(rule(text)) for rule in RULES] == [True, True, True, False, False, False, False]
    assert [bool(rule(field)) for rule in RULES] == [False, False, False, True, False, False, True]
    assert [bool(rule(tabs)) for rule in RULES] == [False, True, False, False, False, False, False]
    assert not cut(box), "a person's own words may end in dots"
    box.clear()
    box.addItem(max(our_words(), key=len))
    assert cut(box)


def test_a_title_too_long_for_its_column_is_found(qtbot: QtBot) -> None:
    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    table.setHorizontalHeaderLabels(["Accessible"])
    header = table.horizontalHeader()
    assert not cut(header)
    title = next(word for word in sorted(our_words(), key=len) if len(word) > 60 and " " in word)
    table.setHorizontalHeaderLabels([title])
    assert cut(header)


def test_numbers_that_are_not_under_each_other_and_what_is_scrolled_sideways_are_found(qtbot: QtBot) -> None:
    table, area = QTableWidget(2, 1), QScrollArea()
    for one in (table, area):
        qtbot.addWidget(one)
    for row, text in enumerate(("9", "1,000 %")):
        table.setItem(row, 0, QTableWidgetItem(text))
    assert ragged(table)
    for row in range(2):
        table.item(row, 0).setTextAlignment(Qt.AlignmentFlag.AlignRight)
    assert not ragged(table)
    wide = QWidget()
    wide.setFixedSize(400, 20)
    area.setWidget(wide)
    area.resize(300, 100)
    area.show()
    assert sideways(area)
    area.resize(500, 100)
    assert not sideways(area)


def test_tab_that_goes_back_and_controls_over_each_other_are_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second, third = QPushButton("1", window), QPushButton("2", window), QPushButton("3", window)
    row = QHBoxLayout(window)
    for button in (first, second, third):
        row.addWidget(button)
    window.show()
    assert not list(against_reading_order(window))
    assert not list(overlapping(window))
    QWidget.setTabOrder(third, second)
    assert list(against_reading_order(window))
    second.setGeometry(first.geometry())
    assert list(overlapping(window))
