"""The window around the pages: search, history, copies, backups, further windows, synced folders."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.calendar import Calendar, Freeze
from planner.editing import entities, initiatives
from planner.editing.start import start_like
from tests import builders as a
from tests.scenes.stage import wait_until
from tests.ui.conftest import KNOWN_MACHINE, StartRoadbook, leave, settle
from ui import theme
from ui.composition import Roadbook
from ui.dialogs.history import HistoryDialog
from ui.dialogs.recover import RecoverDialog
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.memory import Memory
from ui.present.synced_folders import service_of
from ui.search.palette import SearchPalette
from ui.settings import Preferences
from ui.surroundings import Surroundings
from ui.widgets.navigation_rail import NavigationRail
from ui.widgets.stages import Stages
from ui.windows import Windows


def rename(roadbook: Roadbook, name: str) -> None:
    opened = roadbook.opened
    opened.edit(initiatives.change(opened.engagement, "Flow-0", name=name))


def search(roadbook: Roadbook, query: str) -> SearchPalette:
    roadbook.actions["search"].trigger()
    (palette,) = roadbook.window.findChildren(SearchPalette)
    wait_until(lambda: not roadbook.background.busy)
    palette.line.clear()
    QTest.keyClicks(palette.line, query)
    return palette


def titles(palette: SearchPalette) -> list[str]:
    return [palette.model.choice_at(row).title for row in range(palette.model.rowCount())]


def test_typing_a_name_and_enter_goes_to_the_initiative(start: StartRoadbook, plan_file: Path) -> None:
    roadbook = start(plan_file)
    palette = search(roadbook, "trust step 1")
    assert titles(palette)[0] == "Trust step 1"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert roadbook.page("timeline").selection().ids == ("Trust-1",)


def test_freezes_of_one_name_are_told_apart_by_their_days(start: StartRoadbook, plan_file: Path) -> None:
    roadbook = start(plan_file)
    calendar = Calendar(id="c", name="Ours")
    years = [
        Freeze(id=f"f{year}", calendar_id="c", name="Summer", start=date(year, 8, 3), finish=date(year, 8, 14))
        for year in (2026, 2027)
    ]
    for entity in (calendar, *years):
        roadbook.opened.edit(entities.add(roadbook.opened.engagement, entity))
    palette = search(roadbook, "summer")
    lines = {palette.model.choice_at(row).line for row in range(palette.model.rowCount())}
    assert {"Change freeze · Ours · 3 Aug 2026", "Change freeze · Ours · 3 Aug 2027"} <= lines, lines


def test_an_action_is_found_by_its_words_and_done(start: StartRoadbook, plan_file: Path) -> None:
    roadbook = start(plan_file)
    rename(roadbook, "Other")
    palette = search(roadbook, "undo")
    assert titles(palette)[0].startswith("Undo")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert roadbook.opened.engagement.initiatives["Flow-0"].name == "Flow step 0"


def test_the_list_is_walked_with_the_arrows_while_the_line_keeps_the_keys(
    start: StartRoadbook, plan_file: Path, qtmodeltester: ModelTester
) -> None:
    roadbook = start(plan_file)
    palette = search(roadbook, "step")
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    QTest.keyClicks(palette.line, " 2")
    assert palette.line.text() == "step 2"
    qtmodeltester.check(palette.model, force_py=True)


def test_what_is_not_there_is_said(start: StartRoadbook, plan_file: Path) -> None:
    palette = search(start(plan_file), "zzzz")
    assert palette.hint.isVisible()
    assert palette.hint.text()
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_history_goes_back_and_forward_to_the_state_chosen(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    roadbook = start(plan_file)
    for name in ("One", "Two", "Three"):
        rename(roadbook, name)
    roadbook.actions["history"].trigger()
    (dialog,) = roadbook.window.findChildren(HistoryDialog)
    qtmodeltester.check(dialog.table, force_py=True)
    rows = dialog.table.rowCount()
    assert rows == 4
    dialog.go_to(2)
    qtbot.waitUntil(lambda: not dialog.travelling)
    assert roadbook.opened.engagement.initiatives["Flow-0"].name == "One"
    assert "(now)" in dialog.table.index(2, 1).data()
    dialog.view.setCurrentIndex(dialog.table.index(0, 1))
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.travelling)
    assert roadbook.opened.engagement.initiatives["Flow-0"].name == "Three"
    dialog.go_to(rows - 1)
    qtbot.waitUntil(lambda: not dialog.travelling)
    assert roadbook.opened.engagement.initiatives["Flow-0"].name == "Flow step 0"


def test_the_history_follows_edits_made_meanwhile(start: StartRoadbook, plan_file: Path) -> None:
    roadbook = start(plan_file)
    roadbook.actions["history"].trigger()
    (dialog,) = roadbook.window.findChildren(HistoryDialog)
    rename(roadbook, "One")
    assert dialog.table.rowCount() == 2
    assert "(now)" in dialog.table.index(0, 1).data()


def choose_file(roadbook: Roadbook, path: Path) -> None:
    (dialog,) = [one for one in roadbook.window.findChildren(QFileDialog) if one.isVisible()]
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_a_copy_is_written_and_the_document_stays_with_its_file(
    start: StartRoadbook, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    rename(roadbook, "In both")
    roadbook.actions["save-copy"].trigger()
    target = tmp_path / "copy.roadbook"
    choose_file(roadbook, target)
    qtbot.waitUntil(lambda: bool(roadbook.window.messages.messages()))
    assert roadbook.opened.document.path == plan_file
    document = Document.open(target)
    assert document.engagement == roadbook.opened.engagement
    document.close()


def test_a_backup_opens_as_a_file_of_its_own(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> None:
    roadbook = start(plan_file)
    before = roadbook.opened.engagement
    leave(qtbot, roadbook)
    again = start(plan_file)
    rename(again, "Later")
    again.actions["recover"].trigger()
    (dialog,) = again.window.findChildren(RecoverDialog)
    qtbot.waitUntil(lambda: dialog.moments.count() > 0)
    moments = [dialog.moments.item(row).text() for row in range(dialog.moments.count())]
    assert len(set(moments)) == len(moments)
    dialog.go.click()
    qtbot.waitUntil(lambda: again.opened is not None and again.opened.document.path != plan_file)
    settle(qtbot, again)
    assert again.opened.engagement == before
    document = Document.open(plan_file)
    assert document.engagement.initiatives["Flow-0"].name == "Later"
    document.close()


def test_a_new_engagement_begins_with_what_was_built_for_another() -> None:
    other = a.engagement(*a.sample_of_every_kind())
    begun = start_like(other, "Next client", created=a.MONDAY)
    assert begun.setting.name == "Next client"
    assert begun.setting.client == ""
    assert begun.practices == other.practices
    assert begun.criteria == other.criteria
    assert begun.calendars == other.calendars
    assert not begun.teams
    assert not begun.initiatives
    assert not begun.answers


def test_every_window_has_its_own_file_and_the_last_writes_the_memory(
    qapp: QApplication, qtbot: QtBot, surroundings: Surroundings, plan_file: Path, tmp_path: Path
) -> None:
    second_file = tmp_path / "second.roadbook"
    Document.create(second_file, a.engagement(a.initiative(id="x"))).close()
    windows = Windows(qapp, surroundings, Memory(Preferences()))
    first = windows.open(path=plan_file)
    qtbot.waitUntil(lambda: first.opened is not None)
    settle(qtbot, first)
    first.actions["new-window"].trigger()
    assert len(windows.windows) == 2
    second = windows.windows[1]
    second.files.open(second_file)
    qtbot.waitUntil(lambda: second.opened is not None)
    settle(qtbot, second)
    assert first.opened.document.path == plan_file
    assert second.opened.document.path == second_file
    for roadbook in (second, first):
        window = roadbook.window
        settle(qtbot, roadbook)
        window.close()
        qtbot.waitUntil(lambda roadbook=roadbook: roadbook not in windows.windows)
    assert not windows.windows
    windows.deleteLater()


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/x/OneDrive - Client SA/plan.roadbook", "OneDrive"),
        ("/Users/x/Library/Mobile Documents/plan.roadbook", "iCloud Drive"),
        ("/home/x/Dropbox/clients/plan.roadbook", "Dropbox"),
        ("/home/x/Documents/plan.roadbook", ""),
        ("/home/x/Boxes/plan.roadbook", ""),
    ],
)
def test_a_synced_folder_is_known_by_its_name(path: str, service: str) -> None:
    assert service_of(Path(path)) == service


def test_a_file_in_a_synced_folder_is_said_to_be_safe_there_once(
    start: StartRoadbook, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "OneDrive - Client"
    folder.mkdir()
    path = folder / plan_file.name
    plan_file.rename(path)
    roadbook = start(path)
    assert any("OneDrive" in message.label.text() for message in roadbook.window.messages.messages())
    assert "OneDrive" in roadbook.window.save_state.text
    remembered = roadbook.memory.preferences
    leave(qtbot, roadbook)
    again = start(path, preferences=remembered)
    assert not again.window.messages.messages()


def test_a_copy_of_a_file_open_for_reading_only_is_the_file_itself(
    start: StartRoadbook, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    first = Document.open(plan_file)
    try:
        roadbook = start(plan_file)
        roadbook.actions["save-copy"].trigger()
        target = tmp_path / "copy.roadbook"
        choose_file(roadbook, target)
        qtbot.waitUntil(target.exists)
        assert target.read_bytes() == plan_file.read_bytes()
        settle(qtbot, roadbook)
    finally:
        first.close()


def test_a_new_engagement_opens_where_the_work_begins_and_a_known_one_where_it_was_left(
    start: StartRoadbook, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    roadbook.show_page("flow")
    roadbook.files.create_empty(tmp_path / "Rivage.roadbook")
    qtbot.waitUntil(lambda: roadbook.opened is not None and roadbook.opened.document.path.stem == "Rivage")
    settle(qtbot, roadbook)
    assert roadbook.pages is not None
    assert roadbook.pages.current_id == "organization"
    roadbook.show_page("priorities")
    roadbook.files.open(plan_file)
    qtbot.waitUntil(lambda: roadbook.opened is not None and roadbook.opened.document.path == plan_file)
    settle(qtbot, roadbook)
    assert roadbook.pages.current_id == "priorities"


def test_what_passes_floats_over_the_page_and_moves_nothing(start: StartRoadbook, plan_file: Path) -> None:
    roadbook = start(plan_file)
    roadbook.window.resize(1200, 800)
    page, messages = roadbook.page("timeline"), roadbook.window.messages
    QApplication.processEvents()
    stood = page.mapTo(roadbook.window, page.rect().topLeft()), page.size()
    first = messages.show_message("One thing was done", tone="success", passing=True)
    roadbook.show_page("flow")
    messages.show_message("Another thing was done, " * 20, tone="success", passing=True)
    roadbook.show_page("timeline")
    QApplication.processEvents()
    assert (page.mapTo(roadbook.window, page.rect().topLeft()), page.size()) == stood
    for message in messages.messages():
        assert not message.visibleRegion().isEmpty()
        assert message.label.heightForWidth(message.label.width()) <= message.label.height()
        assert roadbook.window.childAt(message.mapTo(roadbook.window, message.rect().center())) is message.label
    messages.show_message("This has to be read", tone="danger")
    QApplication.processEvents()
    assert page.height() < stood[1].height()
    first.dismiss()
    assert len(messages.messages()) == 2


def drop(roadbook: Roadbook, *paths: Path) -> bool:
    """Drop files on the window; tell whether it would take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window = roadbook.window
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, plain)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, plain))
    return enter.isAccepted()


def test_a_file_dropped_on_the_window_opens_and_nothing_else_does(
    start: StartRoadbook, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    roadbook = start()
    assert not drop(roadbook, tmp_path / "table.xlsx")
    assert not drop(roadbook, plan_file, plan_file)
    assert drop(roadbook, plan_file)
    qtbot.waitUntil(lambda: roadbook.opened is not None)
    assert roadbook.opened.document.path == plan_file
    settle(qtbot, roadbook)


def test_a_file_open_in_another_window_comes_to_the_front_there(
    qapp: QApplication, qtbot: QtBot, surroundings: Surroundings, plan_file: Path
) -> None:
    windows = Windows(qapp, surroundings, Memory(KNOWN_MACHINE))
    first = windows.open(path=plan_file)
    qtbot.waitUntil(lambda: first.opened is not None)
    settle(qtbot, first)
    document = first.opened.document
    second = windows.open()
    first.window.showMinimized()
    second.open_file(plan_file)
    assert not first.window.isMinimized()
    qtbot.waitUntil(first.window.isActiveWindow)
    assert second.opened is None
    assert not second.files.busy
    first.open_file(plan_file)
    assert not first.files.busy
    assert first.opened.document is document
    for roadbook in (second, first):
        window = roadbook.window
        settle(qtbot, roadbook)
        window.close()
        qtbot.waitUntil(lambda roadbook=roadbook: roadbook not in windows.windows)
    windows.deleteLater()


def test_a_recent_file_that_is_gone_can_be_forgotten(start: StartRoadbook, tmp_path: Path, qtbot: QtBot) -> None:
    gone = tmp_path / "gone.roadbook"
    roadbook = start(preferences=KNOWN_MACHINE.with_recent(gone, datetime.now().astimezone()))
    roadbook.open_file(gone)
    qtbot.waitUntil(lambda: bool(roadbook.window.messages.messages()))
    (message,) = roadbook.window.messages.messages()
    message.findChild(QPushButton).click()
    assert roadbook.memory.preferences.recent == ()
    roadbook.open_file(gone)
    qtbot.waitUntil(lambda: bool(roadbook.window.messages.messages()))
    assert not roadbook.window.messages.messages()[-1].findChildren(QPushButton)


def test_a_file_open_elsewhere_is_read_and_can_be_tried_again(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    first = Document.open(plan_file)
    roadbook = start(plan_file)
    assert roadbook.opened.read_only
    assert roadbook.window.save_state.text.startswith("Read-only: open")
    assert plan_file.name in roadbook.window.save_state.toolTip()
    first.close()
    (message,) = roadbook.window.messages.messages()
    (_copy, again) = message.findChildren(QPushButton)
    again.click()
    qtbot.waitUntil(lambda: roadbook.opened is not None and not roadbook.opened.read_only)
    settle(qtbot, roadbook)
    assert not roadbook.window.messages.messages()


def test_nothing_of_a_coach_is_kept_where_the_demo_lies(start: StartRoadbook, qtbot: QtBot) -> None:
    roadbook = start()
    roadbook.actions["demo"].trigger()
    qtbot.waitUntil(lambda: roadbook.opened is not None, timeout=20_000)
    settle(qtbot, roadbook)
    demo = roadbook.opened.document.path
    for action_id in ("new", "save-copy"):
        roadbook.actions[action_id].trigger()
        (dialog,) = [one for one in roadbook.window.findChildren(QFileDialog) if one.isVisible()]
        assert Path(dialog.directory().absolutePath()) != demo.parent
        assert demo.stem not in dialog.selectedFiles()[0]
        dialog.reject()
    assert roadbook.page("share").workbench.exchange.folder != demo.parent


def test_with_nothing_typed_the_search_offers_what_the_page_shown_can_do(start: StartRoadbook, plan_file: Path) -> None:
    roadbook = start(plan_file)
    roadbook.show_page("organization")
    palette = search(roadbook, "")
    offered = [palette.model.choice_at(row).value for row in range(palette.model.rowCount())]
    assert offered
    assert all(action_id.startswith("organization.") for action_id in offered)
    assert all(roadbook.actions[action_id].isEnabled() for action_id in offered)


def test_an_action_that_has_the_word_itself_comes_before_those_of_a_page_that_has(
    start: StartRoadbook, plan_file: Path
) -> None:
    roadbook = start(plan_file)
    palette = search(roadbook, "timeline")
    assert titles(palette)[0] == "Timeline"
    palette = search(roadbook, "fold all")
    assert titles(palette)[0] == "Fold all"


def test_the_page_of_shortcuts_begins_with_the_page_shown_and_is_narrowed(
    start: StartRoadbook, plan_file: Path
) -> None:
    roadbook = start(plan_file)
    roadbook.show_page("flow")
    roadbook.actions["shortcuts"].trigger()
    (dialog,) = roadbook.window.findChildren(ShortcutsDialog)
    assert dialog._groups[0].heading.text() == "Flow"
    QTest.keyClicks(dialog.filter, "ctrl+k")
    shown = [what.text() for group in dialog._groups for what, _keys in group.rows if what.isVisibleTo(dialog)]
    assert shown == ["Search everything"]
    QTest.keyClicks(dialog.filter, "zzz")
    assert dialog._none.isVisibleTo(dialog)
    dialog.reject()


def test_who_has_no_recent_files_is_shown_the_stages_of_the_work(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start()
    qtbot.waitUntil(lambda: roadbook.window.findChild(Stages) is not None)
    stages = roadbook.window.findChild(Stages)
    assert stages.isVisible()
    roadbook.memory.keep(roadbook.memory.preferences.with_recent(plan_file, datetime.now().astimezone()))
    assert not stages.isVisible()


def test_quitting_closes_every_window(
    qapp: QApplication, qtbot: QtBot, surroundings: Surroundings, plan_file: Path
) -> None:
    windows = Windows(qapp, surroundings, Memory(KNOWN_MACHINE))
    first = windows.open(path=plan_file)
    qtbot.waitUntil(lambda: first.opened is not None)
    settle(qtbot, first)
    rename(first, "Kept")
    second = windows.open()
    qtbot.waitUntil(second.window.isVisible)
    second.actions["quit"].trigger()
    qtbot.waitUntil(lambda: not windows.windows, timeout=20_000)
    document = Document.open(plan_file)
    assert document.engagement.initiatives["Flow-0"].name == "Kept"
    document.close()
    windows.deleteLater()


def test_a_new_engagement_shows_its_tree_and_a_known_one_what_was_looked_at(
    start: StartRoadbook, plan_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    roadbook.show_page("organization")
    roadbook.actions["organization.show-map"].trigger()
    roadbook.files.create_empty(tmp_path / "Rivage.roadbook")
    qtbot.waitUntil(lambda: roadbook.opened is not None and roadbook.opened.document.path.stem == "Rivage")
    settle(qtbot, roadbook)
    assert roadbook.actions["organization.show-tree"].isChecked()
    roadbook.files.open(plan_file)
    qtbot.waitUntil(lambda: roadbook.opened is not None and roadbook.opened.document.path == plan_file)
    settle(qtbot, roadbook)
    roadbook.show_page("organization")
    assert roadbook.actions["organization.show-map"].isChecked()


def test_what_was_saved_another_day_says_which(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> None:
    written = datetime(2026, 3, 2, 14, 32).astimezone()
    os.utime(plan_file, (written.timestamp(), written.timestamp()))
    roadbook = start(plan_file)
    assert roadbook.window.save_state.text == "Saved on 2 Mar 2026, 14:32"
    rename(roadbook, "Today")
    roadbook.actions["save"].trigger()
    settle(qtbot, roadbook)
    assert roadbook.window.save_state.text.startswith("Saved ")
    assert "2026, " not in roadbook.window.save_state.text


def test_what_was_typed_before_everything_was_read_is_found_once_it_is(start: StartRoadbook, plan_file: Path) -> None:
    roadbook = start(plan_file)
    rename(roadbook, "Brand new name")
    roadbook.actions["search"].trigger()
    (palette,) = roadbook.window.findChildren(SearchPalette)
    QTest.keyClicks(palette.line, "brand new")
    wait_until(lambda: not roadbook.background.busy)
    assert titles(palette) == ["Brand new name"]
    assert palette.list.currentIndex().row() == 0


def test_the_pane_beside_the_pages_keeps_the_width_it_was_given(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    roadbook.window.resize(1400, 800)
    roadbook.show_page("organization")
    roadbook.actions["inspector"].setChecked(True)
    splitter = roadbook.window.beside().parentWidget()
    splitter.moveSplitter(splitter.width() - 480, 1)
    assert splitter.sizes()[1] == pytest.approx(480, abs=2)
    remembered = roadbook.memory.preferences
    leave(qtbot, roadbook)
    again = start(plan_file, preferences=remembered)
    again.window.resize(1400, 800)
    again.show_page("organization")
    qtbot.waitUntil(again.window.beside().isVisible)
    assert again.window.beside().width() == pytest.approx(480, abs=2)


def test_the_words_of_the_rail_give_way_to_icons_in_a_low_window(surroundings: Surroundings, qtbot: QtBot) -> None:
    rail = NavigationRail(surroundings)
    qtbot.addWidget(rail)
    for page_id in ("organization", "timeline", "flow"):
        rail.add_page(page_id, title="Timeline", icon="timeline")
    for height, has_words in ((600, True), (150, False), (600, True)):
        rail.resize(120, height)
        rail.show()
        button = rail.button("flow")
        assert button is not None
        assert (button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextUnderIcon) is has_words
        assert bool(button.toolTip()) is not has_words
        assert button.accessibleName() == "Timeline"
        assert rail.width() == (theme.RAIL_WIDTH if has_words else theme.ICON_RAIL_WIDTH)
        rail.layout().activate()
        assert button.height() >= button.sizeHint().height(), "nothing of it is cut"
