"""The Share page: a live preview of every format, choices that are remembered, exports that never hold the window up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.editing import initiatives
from planner.exchange.options import ExportOptions
from planner.exchange.preview import PagePreview, TablePreview
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, leave, settle
from ui.composition import Roadbook
from ui.pages.share.page import SharePage


@pytest.fixture
def roadbook(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> Roadbook:
    opened = start(plan_file)
    opened.actions["export"].trigger()
    wait_for_preview(qtbot, opened)
    return opened


def page_of(roadbook: Roadbook) -> SharePage:
    page = roadbook.page("share")
    assert isinstance(page, SharePage)
    return page


def wait_for_preview(qtbot: QtBot, roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    qtbot.waitUntil(lambda: not page._busy and not page._timer.isActive() and page.preview.count > 0, timeout=60_000)


def choose(roadbook: Roadbook, suffix: str) -> None:
    page_of(roadbook).choose_kind(suffix)


def told(roadbook: Roadbook) -> str:
    return " ".join(message.label.text() for message in roadbook.window.messages.messages())


def export_to(roadbook: Roadbook, path: Path) -> None:
    roadbook.actions["share.export"].trigger()
    (files,) = [one for one in roadbook.window.findChildren(QFileDialog) if one.isVisible()]
    files.fileSelected.emit(str(path))
    files.done(QDialog.DialogCode.Accepted)


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".csv", ".json"])
def test_every_kind_is_previewed_and_written(
    roadbook: Roadbook, tmp_path: Path, qtbot: QtBot, suffix: str, qtmodeltester: ModelTester
) -> None:
    choose(roadbook, suffix)
    wait_for_preview(qtbot, roadbook)
    page = page_of(roadbook)
    if suffix == ".pdf":
        assert isinstance(page.preview._preview, PagePreview)
    elif suffix == ".json":
        assert '"Littoral"' in page.preview.text.toPlainText()
    else:
        assert isinstance(page.preview._preview, TablePreview)
        qtmodeltester.check(page.preview.model, force_py=True)
    target = tmp_path / f"plan{suffix}"
    export_to(roadbook, target)
    qtbot.waitUntil(lambda: "is written" in told(roadbook), timeout=60_000)
    assert target.stat().st_size > 0
    settle(qtbot, roadbook)


def test_the_sheets_of_the_workbook_are_turned_by_the_keys(roadbook: Roadbook, qtbot: QtBot) -> None:
    choose(roadbook, ".xlsx")
    wait_for_preview(qtbot, roadbook)
    page = page_of(roadbook)
    assert not roadbook.actions["share.previous-sheet"].isEnabled()
    roadbook.window.activateWindow()
    qtbot.waitUntil(roadbook.window.isActiveWindow)
    qtbot.waitUntil(roadbook.actions["share.next-sheet"].isEnabled)
    roadbook.actions["share.next-sheet"].trigger()
    assert page.preview.at == 1
    QTest.keyClick(roadbook.window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.preview.at == 0)


def test_the_preview_follows_an_edit_made_meanwhile(roadbook: Roadbook, qtbot: QtBot) -> None:
    choose(roadbook, ".csv")
    wait_for_preview(qtbot, roadbook)
    page = page_of(roadbook)
    roadbook.opened.edit(initiatives.change(roadbook.opened.engagement, "Flow-0", name="Seen at once"))
    qtbot.waitUntil(lambda: "Seen at once" in page.preview.model.index(2, 2).data(), timeout=60_000)
    settle(qtbot, roadbook)


def test_what_stays_between_us_is_in_no_file(roadbook: Roadbook, tmp_path: Path, qtbot: QtBot) -> None:
    page = page_of(roadbook)
    choose(roadbook, ".json")
    page.choices.checks["teams"].setChecked(True)
    target = tmp_path / "shared.json"
    export_to(roadbook, target)
    qtbot.waitUntil(lambda: "is written" in told(roadbook), timeout=60_000)
    text = target.read_text(encoding="utf-8")
    assert '"Team 1"' in text
    assert not any(f'"{team.name}"' in text for team in roadbook.opened.engagement.teams.values())
    settle(qtbot, roadbook)


def test_choices_are_remembered_for_the_next_engagement(
    start: StartRoadbook, plan_file: Path, roadbook: Roadbook, qtbot: QtBot
) -> None:
    page = page_of(roadbook)
    choose(roadbook, ".png")
    page.choices.checks["contrast"].setChecked(True)
    page.choices.boxes["group"].setCurrentIndex(2)
    wait_for_preview(qtbot, roadbook)
    kept = roadbook.memory.preferences
    leave(qtbot, roadbook)
    again = start(plan_file, preferences=kept)
    again.show_page("share")
    page = page_of(again)
    assert page.kind.suffix == ".png"
    assert page.choices.options.gantt.high_contrast
    assert page.choices.boxes["group"].currentIndex() == 2
    wait_for_preview(qtbot, again)


def test_an_export_that_cannot_be_written_says_why(roadbook: Roadbook, tmp_path: Path, qtbot: QtBot) -> None:
    target = tmp_path / "nowhere" / "plan.json"
    roadbook._exchange_desk().export(roadbook.opened, Language("en"), target, ExportOptions())
    qtbot.waitUntil(lambda: "nowhere" in told(roadbook), timeout=60_000)
    settle(qtbot, roadbook)


def test_a_cancelled_export_writes_nothing_and_says_so(start: StartRoadbook, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "long.roadbook"
    Document.create(path, a.big_engagement(initiatives=3_000)).close()
    roadbook = start(path)
    target = tmp_path / "plan.pdf"
    roadbook._exchange_desk().export(roadbook.opened, Language("en"), target, ExportOptions())
    qtbot.wait(300)
    (message,) = [one for one in roadbook.window.messages.messages() if "plan.pdf" in one.label.text()]
    (cancel,) = message.findChildren(QPushButton)
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "cancelled" in told(roadbook), timeout=20_000)
    assert not [one for one in tmp_path.iterdir() if one.suffix == ".pdf"]
    settle(qtbot, roadbook)
