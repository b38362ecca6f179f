"""A walk over every widget of every page and dialog: plain text, names for those who cannot see, room for French."""

from __future__ import annotations

from collections.abc import Iterator
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

from planner.document import Document
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.dialogs.about import AboutDialog
from ui.dialogs.history import HistoryDialog
from ui.dialogs.recover import RecoverDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.pages.kinds import PAGES
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel

_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QProgressBar)


@pytest.fixture(params=["en-empty", "fr-empty", "en-full", "fr-full"])
def roadbook(
    request: pytest.FixtureRequest, start: StartRoadbook, tmp_path: Path, surroundings: Surroundings
) -> Roadbook:
    """Return the application on an engagement with nothing in it, or with an entity of every kind."""
    code, content = request.param.split("-")
    surroundings.set_language(Language(code))
    path = tmp_path / "plan.roadbook"
    Document.create(path, a.engagement(*(a.sample_of_every_kind() if content == "full" else ()))).close()
    return start(path)


def shown(roadbook: Roadbook, qtbot: QtBot) -> Iterator[QWidget]:
    """Yield each page, then each dialog, shown."""
    roadbook.window.messages.show_message("x", tone="warning").add_button("Open", lambda: None)
    for kind in PAGES:
        roadbook.show_page(kind.id)
        settle(qtbot, roadbook)
        yield roadbook.window
    words, window = roadbook._surroundings, roadbook.window
    for dialog in (
        ShortcutsDialog(words, roadbook.actions, window),
        AboutDialog(words, window),
        HistoryDialog(words, roadbook.opened, window),
        RecoverDialog(words, roadbook.background, (), Path(), window),
    ):
        dialog.open()
        yield dialog
        dialog.reject()
    roadbook.actions["close"].trigger()
    settle(qtbot, roadbook)
    yield roadbook.window


def parts(root: QWidget) -> list[QWidget]:
    """Return what is seen of a window, without the parts Qt itself makes inside its controls."""
    return [
        one for one in root.findChildren(QWidget) if one.isVisibleTo(root) and not one.objectName().startswith("qt_")
    ]


def test_no_label_can_read_text_as_html(roadbook: Roadbook, qtbot: QtBot) -> None:
    for root in shown(roadbook, qtbot):
        labels = [one for one in parts(root) if isinstance(one, QLabel)]
        assert labels
        for label in labels:
            assert label.textFormat() is Qt.TextFormat.PlainText, label.text()


def test_every_control_has_a_name_for_those_who_cannot_see_it(roadbook: Roadbook, qtbot: QtBot) -> None:
    for root in shown(roadbook, qtbot):
        controls = [
            one for one in parts(root) if isinstance(one, _CONTROLS) and not isinstance(one, QHeaderView | QScrollBar)
        ]
        assert controls
        for control in controls:
            if isinstance(control.parent(), QAbstractScrollArea) and isinstance(control, QAbstractButton):
                continue  # the corner of a table, never shown
            assert control.accessibleName(), control


def test_every_control_the_mouse_can_use_the_keys_can_reach(roadbook: Roadbook, qtbot: QtBot) -> None:
    for root in shown(roadbook, qtbot):
        for control in parts(root):
            if isinstance(control, QAbstractButton) and not isinstance(control.parent(), QAbstractScrollArea):
                assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.accessibleName()


def test_every_text_fits_its_box(roadbook: Roadbook, qtbot: QtBot) -> None:
    for root in shown(roadbook, qtbot):
        root.resize(max(root.width(), 1024), max(root.height(), 700))
        qtbot.wait(20)
        for part in parts(root):
            if isinstance(part, QLabel) and not isinstance(part, ElidedLabel) and part.text() and not part.wordWrap():
                assert part.fontMetrics().horizontalAdvance(part.text()) <= part.width() + 1, part.text()
            elif isinstance(part, QLabel) and part.wordWrap() and part.text():
                assert part.heightForWidth(part.width()) <= part.height() + 1, part.text()
            elif isinstance(part, QToolButton) and part.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly:
                assert part.fontMetrics().horizontalAdvance(part.text()) <= part.width(), part.text()
            elif isinstance(part, QAbstractButton) and part.text() and not isinstance(part, QToolButton):
                room = part.width() - part.contentsMargins().left()
                assert part.fontMetrics().horizontalAdvance(part.text().replace("&", "")) <= room, part.text()
