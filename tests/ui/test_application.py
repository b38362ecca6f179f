"""The application from start to end: new, open, edit, publish, close, reopen, export, import, languages, themes."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

import planner.language
from planner.document import Document
from planner.domain.errors import UserError
from planner.editing import initiatives
from planner.exchange.options import ExportOptions
from planner.language import Language
from tests.ui.conftest import StartRoadbook, leave, settle
from ui.bug_report import catch_bugs, log_file
from ui.composition import Roadbook
from ui.dialogs.files import file_name_of
from ui.dialogs.import_report import ImportDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.open_document import PUBLISH_AFTER_MILLISECONDS
from ui.present.columns import Column
from ui.settings import Preferences, load_preferences
from ui.surroundings import Surroundings


def dialog_of(roadbook: Roadbook, kind: type[Any]) -> Any:
    (found,) = [one for one in roadbook.window.findChildren(kind) if one.isVisible()]
    return found


def rename(roadbook: Roadbook, initiative_id: str, name: str) -> None:
    opened = roadbook.opened
    opened.edit(initiatives.change(opened.engagement, initiative_id, name=name))


def told(roadbook: Roadbook) -> str:
    return " ".join(message.label.text() for message in roadbook.window.messages.messages())


def test_without_a_file_the_welcome_page_offers_a_start(start: StartRoadbook) -> None:
    roadbook = start()
    assert roadbook.window.pages.currentWidget().objectName() == "welcome"
    assert not roadbook.window.rail.isVisible()
    assert not roadbook.actions["export"].isEnabled()
    assert roadbook.actions["open"].isEnabled()


def test_a_file_opens_on_its_plan_and_is_remembered(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> None:
    roadbook = start(plan_file)
    assert roadbook.window.pages.currentWidget() is roadbook.page("timeline")
    assert roadbook.window.windowTitle() == "Littoral"
    qtbot.waitUntil(lambda: [recent.path for recent in load_preferences().recent] == [str(plan_file)])
    assert roadbook.window.save_state.text.startswith("Saved ")


def test_edits_are_published_a_moment_later_and_come_back_when_reopened(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    rename(roadbook, "Flow-0", "Small batches")
    assert roadbook.window.save_state.text == "Not yet published"
    with qtbot.waitSignal(roadbook.opened.published, timeout=PUBLISH_AFTER_MILLISECONDS + 10_000):
        pass
    assert roadbook.window.save_state.text.startswith("Saved ")
    leave(qtbot, roadbook)
    again = start(plan_file)
    assert again.opened.engagement.initiatives["Flow-0"].name == "Small batches"
    assert "Flow step 0" in again.actions["undo"].text()
    again.actions["undo"].trigger()
    assert again.opened.engagement.initiatives["Flow-0"].name == "Flow step 0"
    again.actions["redo"].trigger()
    assert again.opened.engagement.initiatives["Flow-0"].name == "Small batches"


def test_save_publishes_at_once(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> None:
    roadbook = start(plan_file)
    rename(roadbook, "Flow-0", "Now")
    with qtbot.waitSignal(roadbook.opened.published, timeout=10_000):
        roadbook.actions["save"].trigger()
        assert roadbook.window.save_state.text == "Publishing…"
    settle(qtbot, roadbook)
    document = Document.open(plan_file)
    assert document.engagement.initiatives["Flow-0"].name == "Now"
    document.close()


def test_saving_again_and_again_and_closing_at_once_keeps_everything(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    for number in range(3):
        rename(roadbook, "Flow-0", f"Draft {number}")
        roadbook.actions["save"].trigger()
    roadbook.actions["close"].trigger()
    settle(qtbot, roadbook)
    assert roadbook.opened is None
    document = Document.open(plan_file)
    assert document.engagement.initiatives["Flow-0"].name == "Draft 2"
    document.close()


def test_closing_publishes_what_is_left(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> None:
    roadbook = start(plan_file)
    rename(roadbook, "Flow-0", "At the last moment")
    roadbook.actions["close"].trigger()
    settle(qtbot, roadbook)
    assert roadbook.opened is None
    assert roadbook.window.pages.currentWidget().objectName() == "welcome"
    document = Document.open(plan_file)
    assert document.engagement.initiatives["Flow-0"].name == "At the last moment"
    document.close()


def test_edits_of_a_killed_session_are_recovered_and_said_so(start: StartRoadbook, plan_file: Path) -> None:
    document = Document.open(plan_file)
    document.edit(initiatives.change(document.engagement, "Flow-0", name="Before the crash"))
    document.close(publish=False)
    roadbook = start(plan_file)
    assert roadbook.opened.engagement.initiatives["Flow-0"].name == "Before the crash"
    assert "recovered" in told(roadbook)


def test_a_second_opener_reads_only_and_cannot_edit(start: StartRoadbook, plan_file: Path) -> None:
    first = Document.open(plan_file)
    try:
        roadbook = start(plan_file)
        assert roadbook.window.save_state.text.startswith("Read-only: open ")
        for action_id in ("timeline.add", "remove", "rename", "save", "import", "undo"):
            assert not roadbook.actions[action_id].isEnabled(), action_id
        assert not roadbook.page("timeline").model.index_of("Flow-0", Column.NAME).flags() & Qt.ItemFlag.ItemIsEditable
        assert roadbook.actions["export"].isEnabled()
    finally:
        first.close()


@pytest.mark.parametrize("content", [b"", b"not a plan", b"SQLite format 3\x00" + b"\x00" * 200])
def test_what_is_no_roadbook_file_is_said_in_one_sentence_and_left_alone(
    start: StartRoadbook, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "other.roadbook"
    path.write_bytes(content)
    roadbook = start(path)
    assert len(roadbook.window.messages.messages()) == 1
    assert "other.roadbook" in told(roadbook)
    assert path.read_bytes() == content
    assert roadbook.window.pages.currentWidget().objectName() == "welcome"


def test_a_damaged_file_offers_its_newest_backup(start: StartRoadbook, tmp_path: Path, qtbot: QtBot) -> None:
    from tests.ui.conftest import small_plan

    path = tmp_path / "damaged.roadbook"
    Document.create(path, small_plan()).close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    roadbook = start(path)
    (message,) = roadbook.window.messages.messages()
    button = next(
        one for one in message.findChildren(type(message.add_button("", lambda: None))) if "backup" in one.text()
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: roadbook.opened is not None)
    assert len(roadbook.opened.engagement.initiatives) == 8
    settle(qtbot, roadbook)


def test_a_new_engagement_guides_to_its_first_initiative(start: StartRoadbook, tmp_path: Path, qtbot: QtBot) -> None:
    roadbook = start()
    roadbook.actions["new"].trigger()
    dialog = dialog_of(roadbook, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "Rivage.roadbook"))
    dialog.done(QDialog.DialogCode.Accepted)
    qtbot.waitUntil(lambda: roadbook.opened is not None)
    settle(qtbot, roadbook)
    roadbook.show_page("timeline")
    assert roadbook.page("timeline").toolbar.title.text() == "Rivage"
    assert roadbook.page("timeline")._stack.currentIndex() == 1
    roadbook.actions["timeline.add"].trigger()
    assert roadbook.page("timeline")._stack.currentIndex() == 0
    assert len(roadbook.opened.engagement.initiatives) == 1
    settle(qtbot, roadbook)


def test_an_import_is_shown_first_and_is_one_step(
    start: StartRoadbook, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from planner.exchange.json_file import write_json

    roadbook = start(plan_file)
    source = tmp_path / "other.json"
    write_json(roadbook.opened.engagement, source)
    content = json.loads(source.read_text(encoding="utf-8"))
    content["initiatives"][0]["name"] = "From elsewhere"
    source.write_text(json.dumps(content), encoding="utf-8")
    roadbook._exchange_desk().read(roadbook.opened, (source,))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in roadbook.window.findChildren(ImportDialog)))
    before = roadbook.opened.engagement
    dialog = dialog_of(roadbook, ImportDialog)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: roadbook.opened.engagement != before)
    settle(qtbot, roadbook)
    assert "From elsewhere" in {one.name for one in roadbook.opened.engagement.initiatives.values()}
    assert "other.json" in roadbook.actions["undo"].text()
    roadbook.actions["undo"].trigger()
    assert roadbook.opened.engagement == before


def test_a_real_maturity_model_is_accounted_for_before_it_comes_in(
    start: StartRoadbook, plan_file: Path, shared_data: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    source = shared_data / "maturity" / "dsomm-generated-2025-03-cyclic.yaml"
    roadbook._exchange_desk().read(roadbook.opened, (source,))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in roadbook.window.findChildren(ImportDialog)), timeout=60_000)
    dialog = dialog_of(roadbook, ImportDialog)
    reasons = [row.reasons for row in dialog.row_table.rows]
    assert any(reason.startswith("Circle: ") for reason in reasons)
    assert not roadbook.opened.engagement.practices
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(roadbook.opened.engagement.practices), timeout=60_000)
    settle(qtbot, roadbook)
    assert "taken in" in told(roadbook)
    roadbook.actions["undo"].trigger()
    settle(qtbot, roadbook)
    assert not roadbook.opened.engagement.practices


def test_an_import_that_cannot_be_read_changes_nothing(
    start: StartRoadbook, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    source = tmp_path / "broken.json"
    source.write_text("{", encoding="utf-8")
    roadbook._exchange_desk().read(roadbook.opened, (source,))
    qtbot.waitUntil(lambda: "broken.json" in told(roadbook))
    assert roadbook.opened.undo_label is None
    settle(qtbot, roadbook)


def test_the_language_changes_while_running_and_is_remembered(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    roadbook.actions["language-fr"].trigger()
    assert roadbook.actions["undo"].text().startswith("&Annuler")
    assert roadbook.page("timeline").model.headerData(1, Qt.Orientation.Horizontal) == "Statut"
    assert roadbook.page("timeline").model.index_of("Flow-0", Column.START).data() == "2 mars 2026"
    assert QFileDialog().windowTitle() is not None
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Annuler"
    qtbot.waitUntil(lambda: load_preferences().language == "fr")
    roadbook.actions["language-en"].trigger()
    assert roadbook.page("timeline").model.index_of("Flow-0", Column.START).data() == "2 Mar 2026"


def test_every_language_is_read_off_the_windows_thread_before_it_is_asked_for(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled_on: list[int] = []
    compile_anew = planner.language._compile

    def compile_and_note(source: bytes) -> bytes:
        compiled_on.append(threading.get_ident())
        return compile_anew(source)

    monkeypatch.setattr(planner.language, "_compile", compile_and_note)
    planner.language._translations.cache_clear()
    roadbook = start(plan_file)
    settle(qtbot, roadbook)
    roadbook.actions["language-fr"].trigger()
    assert compiled_on
    assert threading.get_ident() not in compiled_on
    roadbook.actions["language-en"].trigger()


def test_the_theme_changes_while_running_and_is_remembered(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> None:
    roadbook = start(plan_file)
    light = roadbook.window.grab().toImage().pixelColor(QPoint(4, 300)).lightness()
    roadbook.actions["colours-dark"].trigger()
    dark = roadbook.window.grab().toImage().pixelColor(QPoint(4, 300)).lightness()
    assert light > 200
    assert dark < 60
    qtbot.waitUntil(lambda: load_preferences().theme == "dark")


def test_every_shortcut_is_listed_and_none_is_used_twice(start: StartRoadbook) -> None:
    roadbook = start()
    keys = [key.toString() for one in roadbook.window.actions() for key in one.shortcuts()]
    assert len(keys) == len(set(keys))
    roadbook.actions["shortcuts"].trigger()
    dialog = dialog_of(roadbook, ShortcutsDialog)
    shown = " ".join(label.text() for label in dialog.findChildren(type(roadbook.window.summary)))
    for one in roadbook.window.actions():
        for key in one.shortcuts():
            assert key.toString() in shown
    dialog.reject()


def test_the_window_stands_where_it_stood(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> None:
    roadbook = start(plan_file)
    roadbook.window.resize(780, 600)
    roadbook.page("timeline").view.setColumnWidth(0, 321)
    leave(qtbot, roadbook)
    kept = load_preferences()
    assert kept.pages["timeline"]["columns"]["name"] == 321
    again = start(plan_file, preferences=kept)
    assert (again.window.width(), again.window.height()) == (780, 600)
    assert again.page("timeline").view.columnWidth(0) == 321


@pytest.mark.parametrize("moved_to", [0, 300])
def test_table_and_timeline_share_the_page_as_they_did(
    moved_to: int, start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    page = roadbook.page("timeline")
    if moved_to:
        page._splitter.moveSplitter(moved_to, 1)
    at_first = (page._splitter.sizes()[0], page.view.columnWidth(0))
    assert not moved_to or at_first[0] == moved_to
    roadbook.show_page("share")
    leave(qtbot, roadbook)
    again = start(plan_file, preferences=load_preferences())
    again.show_page("timeline")
    page = again.page("timeline")
    assert page._splitter.sizes()[0] == at_first[0]
    if not moved_to:
        assert page.view.columnWidth(0) == at_first[1]
        widths = (page.view.columnWidth(column) for column in range(page.model.columnCount()))
        assert at_first[0] in itertools.accumulate(widths), "no column is cut"


def test_recent_files_are_offered_and_open(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> None:
    roadbook = start(preferences=Preferences().with_recent(plan_file, datetime.now().astimezone()))
    qtbot.waitUntil(lambda: len(roadbook._welcome._recent_cards) == 1)
    roadbook._welcome._recent_cards[0].click()
    qtbot.waitUntil(lambda: roadbook.opened is not None)
    settle(qtbot, roadbook)


def test_a_name_of_an_engagement_makes_a_name_of_a_file() -> None:
    assert file_name_of('A/B: "C" <d>|e?\n*') == "A B C d e"
    assert file_name_of(" . ") == "Roadbook"
    assert len(file_name_of("x" * 500)) <= 80
    assert os.sep not in file_name_of("../../etc")


def test_a_close_that_cannot_publish_keeps_the_edits_for_the_next_opening(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_document: Document, _progress: object = None) -> None:
        raise UserError("cannot-write", path=str(plan_file), cause="the disk is full")

    roadbook = start(plan_file)
    rename(roadbook, "Flow-0", "Not lost")
    with monkeypatch.context() as patch:
        patch.setattr(Document, "publish", refuse)
        roadbook.actions["close"].trigger()
        qtbot.waitUntil(lambda: "the disk is full" in told(roadbook))
        assert roadbook.opened is not None
        assert not roadbook.opened.read_only, "the file stays open, to be edited as before"
        (message,) = roadbook.window.messages.messages()
        button = next(one for one in message.findChildren(QPushButton) if one.text() == "Close all the same")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: roadbook.opened is None)
    roadbook.files.open(plan_file)
    qtbot.waitUntil(lambda: roadbook.opened is not None)
    assert roadbook.opened.engagement.initiatives["Flow-0"].name == "Not lost"
    settle(qtbot, roadbook)


def test_a_bug_is_written_down_and_told_without_ending_the_work(
    start: StartRoadbook, plan_file: Path, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "__excepthook__", lambda *_error: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    roadbook = start(plan_file)
    catch_bugs(surroundings, lambda: roadbook.window)
    error = ZeroDivisionError("a promise was broken")
    sys.last_value = sys.last_exc = error
    sys.excepthook(type(error), error, None)
    sys.excepthook(type(error), error, None)
    assert len(roadbook.window.messages.messages()) == 1
    assert not hasattr(sys, "last_value")
    assert not hasattr(sys, "last_exc")
    assert str(log_file()) in told(roadbook)
    assert "a promise was broken" in log_file().read_text(encoding="utf-8")


def test_the_processes_that_export_end_with_the_window(
    start: StartRoadbook, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    target = tmp_path / "plan.json"
    roadbook._exchange_desk().export(roadbook.opened, Language("en"), target, ExportOptions())
    qtbot.waitUntil(target.exists, timeout=60_000)
    settle(qtbot, roadbook)
    assert multiprocessing.active_children()
    leave(qtbot, roadbook)
    qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=20_000)
