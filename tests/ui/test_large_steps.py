"""A step over hundreds of entities is written off the window's thread: nothing is lost, mixed up or shown too early."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.editing import initiatives
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.dialogs.history import HistoryDialog
from ui.models.initiatives import InitiativeTable
from ui.open_document import LARGE, OpenDocument
from ui.pages.timeline import plan_editing
from ui.pages.timeline.page import TimelinePage

COUNT = LARGE + 150


@pytest.fixture
def large_file(tmp_path: Path) -> Path:
    path = tmp_path / "large.roadbook"
    steps = [a.initiative(id=f"one-{n:03}", name=f"Step {n}", position=n) for n in range(COUNT)]
    Document.create(path, a.engagement(a.settings(), *steps)).close()
    return path


@pytest.fixture
def roadbook(start: StartRoadbook, large_file: Path) -> Roadbook:
    found = start(large_file)
    found.show_page("timeline")
    return found


def opened_of(roadbook: Roadbook) -> OpenDocument:
    assert roadbook.opened is not None
    return roadbook.opened


def timeline_of(roadbook: Roadbook) -> TimelinePage:
    page = roadbook.page("timeline")
    assert isinstance(page, TimelinePage)
    return page


def hold_writing(roadbook: Roadbook, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Keep steps from being written until what is returned is called."""
    document, held = opened_of(roadbook).document, threading.Event()
    write = document.edit

    def wait_and_write(changes: Changes) -> Changes:
        assert held.wait(20)
        return write(changes)

    monkeypatch.setattr(document, "edit", wait_and_write)
    return held.set


def remove_all_but_the_last(roadbook: Roadbook) -> None:
    page = timeline_of(roadbook)
    page.select(frozenset(row.id for row in page.outline.rows[:-1]))
    roadbook.actions["remove"].trigger()


def test_what_is_shown_stays_and_nothing_else_can_be_edited_until_the_step_is_written(
    roadbook: Roadbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold_writing(roadbook, monkeypatch)
    opened, page = opened_of(roadbook), timeline_of(roadbook)
    worked_out_on: list[int] = []
    work_out = plan_editing.remove

    def work_out_and_note(engagement: Engagement, ids: frozenset[str]) -> Changes:
        worked_out_on.append(threading.get_ident())
        return work_out(engagement, ids)

    monkeypatch.setattr(plan_editing, "remove", work_out_and_note)
    remove_all_but_the_last(roadbook)
    assert opened.occupied
    assert (len(opened.engagement.initiatives), len(page.outline)) == (COUNT, COUNT)
    assert not page.edit(lambda engagement: initiatives.change(engagement, "one-000", name="Too early"))
    for action_id in ("undo", "remove", "timeline.add", "rename"):
        assert not roadbook.actions[action_id].isEnabled()
    with monkeypatch.context() as patch:
        patch.setattr(opened.document, "step_bytes", lambda **_which: pytest.fail("the file is another thread's"))
        opened.undo()
        opened.redo()
    go_on()
    qtbot.waitUntil(lambda: not opened.occupied)
    assert len(worked_out_on) == 1
    assert threading.get_ident() not in worked_out_on
    assert list(opened.engagement.initiatives) == [f"one-{COUNT - 1:03}"]
    assert page.selected_ids() == {f"one-{COUNT - 1:03}"}
    assert roadbook.actions["timeline.add"].isEnabled()
    assert page.edit(lambda engagement: initiatives.change(engagement, f"one-{COUNT - 1:03}", name="In time"))


def test_a_large_step_is_undone_and_done_again_by_keys_and_by_the_history(roadbook: Roadbook, qtbot: QtBot) -> None:
    opened = opened_of(roadbook)
    before = opened.engagement
    remove_all_but_the_last(roadbook)
    settle(qtbot, roadbook)
    after = opened.engagement
    assert len(after.initiatives) == 1
    for action_id, expected in (("undo", before), ("redo", after), ("undo", before)):
        roadbook.actions[action_id].trigger()
        assert opened.occupied
        settle(qtbot, roadbook)
        assert opened.engagement == expected == opened.document.engagement
    roadbook.actions["history"].trigger()
    (dialog,) = roadbook.window.findChildren(HistoryDialog)
    for row, expected in ((0, after), (1, before), (0, after)):
        dialog.go_to(row)
        qtbot.waitUntil(lambda dialog=dialog: not dialog.travelling)
        settle(qtbot, roadbook)
        assert opened.engagement == expected
    dialog.reject()


def test_saving_and_closing_wait_for_a_large_step_and_keep_it(
    roadbook: Roadbook, large_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold_writing(roadbook, monkeypatch)
    opened = opened_of(roadbook)
    remove_all_but_the_last(roadbook)
    opened.publish()
    roadbook.actions["close"].trigger()
    assert not opened.publishing
    assert roadbook.opened is opened
    go_on()
    qtbot.waitUntil(lambda: roadbook.opened is None and not roadbook.files.busy)
    kept = Document.open(large_file)
    assert list(kept.engagement.initiatives) == [f"one-{COUNT - 1:03}"]
    kept.close()


def test_a_save_asked_for_meanwhile_is_done_once_the_step_stands(
    roadbook: Roadbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold_writing(roadbook, monkeypatch)
    opened = opened_of(roadbook)
    remove_all_but_the_last(roadbook)
    opened.publish()
    with qtbot.waitSignal(opened.published, timeout=2_000):  # sooner than it is done unasked
        go_on()


def test_a_large_step_the_disk_refuses_changes_nothing_and_says_so(
    roadbook: Roadbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, page = opened_of(roadbook), timeline_of(roadbook)
    before = opened.engagement

    def refuse(_changes: Changes) -> Changes:
        raise UserError("edit-not-saved", cause="disk full")

    with monkeypatch.context() as patch:
        patch.setattr(opened.document, "edit", refuse)
        remove_all_but_the_last(roadbook)
        qtbot.waitUntil(lambda: not opened.occupied)
    assert opened.engagement is before
    assert len(page.outline) == COUNT
    assert "disk full" in page.view.error_text
    remove_all_but_the_last(roadbook)
    settle(qtbot, roadbook)
    assert len(page.outline) == 1


def test_selecting_everything_looks_just_at_the_rows_in_sight(
    start: StartRoadbook, large_file: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[int] = set()
    answer = InitiativeTable.flags

    def answer_and_note(table: InitiativeTable, index: QModelIndex) -> Qt.ItemFlag:
        asked.add(index.row())
        return answer(table, index)

    monkeypatch.setattr(InitiativeTable, "flags", answer_and_note)  # first of all: Qt's binding keeps what it found
    roadbook = start(large_file)
    roadbook.show_page("timeline")
    qapp.processEvents()
    asked.clear()
    roadbook.actions["select-all"].trigger()
    qapp.processEvents()
    assert len(timeline_of(roadbook).selected_ids()) == COUNT
    assert 0 < len(asked) < COUNT // 4
