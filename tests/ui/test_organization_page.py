"""The Organization page's whole life by mouse and by keys: tree, groups, applications, clipboard, lists, undo, reopen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.engagement import Engagement
from planner.domain.organization import Application, Group, Topology
from planner.exchange.organization_clip import MIME_TYPE
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.pages.organization.list_dialog import ListDialog
from ui.pages.organization.page import OrganizationPage
from ui.pages.organization.tree_rows import Column
from ui.pages.page import Selection
from ui.surroundings import Surroundings


def organization() -> Engagement:
    """Return two departments of an organization with four teams, a group and an application."""
    return a.engagement(
        a.unit(id="it", name="IT", position=0),
        a.unit(id="core", name="Core", parent_id="it", position=0),
        a.unit(id="web", name="Web", parent_id="it", position=1),
        Group(id="guild", name="Guild"),
        a.team(id="ledger", name="Ledger", unit_id="core", position=0, headcount=8, change_capacity=4.0),
        a.team(id="rates", name="Rates", unit_id="core", position=1, headcount=5, group_ids=("guild",)),
        a.team(id="risk", name="Risk", unit_id="core", position=2, topology=Topology.ENABLING),
        a.team(id="portal", name="Portal", unit_id="web", position=0),
        Application(id="claims", name="Claims", team_id="portal"),
    )


@pytest.fixture
def roadbook(start: StartRoadbook, tmp_path: Path) -> Roadbook:
    path = tmp_path / "organization.roadbook"
    Document.create(path, organization()).close()
    return start(path)


@pytest.fixture
def page(roadbook: Roadbook, qtbot: QtBot) -> OrganizationPage:
    roadbook.show_page("organization")
    found = roadbook.page("organization")
    assert isinstance(found, OrganizationPage)
    QApplication.clipboard().clear()
    return found


def shown(page: OrganizationPage) -> list[str]:
    """Return the names seen, indented by what holds them."""
    rows = page.tree.model.tree.rows
    lines = []
    for row in rows:
        depth, holder = 0, row.parent
        while holder >= 0:
            depth, holder = depth + 1, rows[holder].parent
        lines.append(". " * depth + row.entity.name)
    return lines


BEFORE = ["IT", ". Core", ". . Ledger", ". . Rates", ". . Risk", ". Web", ". . Portal"]


def choose(page: OrganizationPage, *ids: str, column: Column = Column.NAME) -> None:
    page.tree.view.select(ids, current=ids[0], column=column)


def editor_of(view: QWidget, kind: type[QWidget]) -> QWidget:
    found = [one for one in view.findChildren(kind) if one.isVisible() and one.objectName() != "qt_spinbox_lineedit"]
    assert len(found) == 1, found
    return found[0]


def type_into(view: QWidget, text: str) -> None:
    editor = editor_of(view, QLineEdit)
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def trigger(roadbook: Roadbook, action_id: str) -> None:
    assert roadbook.actions[action_id].isEnabled(), action_id
    roadbook.actions[action_id].trigger()
    QApplication.processEvents()


def test_the_tree_shows_units_with_what_their_teams_come_to(page: OrganizationPage) -> None:
    assert shown(page) == BEFORE
    model = page.tree.model
    texts = [model.index_of("it", column).data() for column in Column]
    assert texts[: Column.LIMIT] == ["IT", "4", "13", "19"]
    assert [model.index_of("risk", column).data() for column in (Column.LIMIT, Column.TOPOLOGY)] == ["2", "Enabling"]
    assert page.summary_text() == "3 units · 4 teams · 13 people · 19 person-days a week"


def test_the_tree_is_a_sound_model_in_every_state(
    page: OrganizationPage, roadbook: Roadbook, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page.tree.model)
    choose(page, "core")
    trigger(roadbook, "remove")
    trigger(roadbook, "undo")
    page.filter.setText("portal")
    qtmodeltester.check(page.tree.model)


@pytest.mark.parametrize("panel", ["groups", "applications"])
def test_the_tables_are_sound_models(page: OrganizationPage, qtmodeltester: ModelTester, panel: str) -> None:
    page.show_view(panel)
    qtmodeltester.check(page.view.model)
    qtmodeltester.check(page.groups.ticks)
    qtmodeltester.check(ListDialog(page).rows)


def test_a_team_is_added_beside_the_current_one_and_named_at_once(page: OrganizationPage, roadbook: Roadbook) -> None:
    choose(page, "ledger")
    QTest.keyClick(page.tree.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    type_into(page.tree.view, "Treasury")
    assert shown(page)[2:5] == [". . Ledger", ". . Treasury", ". . Rates"]
    assert page.selection().kind == "teams"
    trigger(roadbook, "undo")
    trigger(roadbook, "undo")
    assert shown(page) == BEFORE
    trigger(roadbook, "redo")
    assert shown(page)[3] == ". . New team"


def test_units_are_added_beside_and_inside(page: OrganizationPage, roadbook: Roadbook) -> None:
    choose(page, "core")
    trigger(roadbook, "organization.add-unit")
    type_into(page.tree.view, "Data")
    choose(page, "web")
    trigger(roadbook, "organization.add-unit-inside")
    type_into(page.tree.view, "Mobile")
    assert shown(page)[5:] == [". Data", ". Web", ". . Portal", ". . Mobile"]


def test_an_empty_page_offers_a_beginning_and_a_team_brings_its_unit(
    start: StartRoadbook, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "empty.roadbook"
    Document.create(path, a.engagement(a.settings(name="Rivage"))).close()
    roadbook = start(path)
    roadbook.show_page("organization")
    page = roadbook.page("organization")
    assert page.tree._guidance.isVisible()
    trigger(roadbook, "organization.add-team")
    type_into(page.tree.view, "First")
    assert shown(page) == ["Rivage", ". First"]
    assert page.tree.view.isVisible()
    trigger(roadbook, "undo")
    trigger(roadbook, "undo")
    assert page.tree._guidance.isVisible()


def test_cells_are_edited_in_place(page: OrganizationPage, roadbook: Roadbook) -> None:
    view = page.tree.view
    choose(page, "ledger", column=Column.PEOPLE)
    QTest.keyClick(view, Qt.Key.Key_Return)
    editor_of(view, QSpinBox).setValue(11)
    QTest.keyClick(editor_of(view, QSpinBox), Qt.Key.Key_Return)
    QApplication.processEvents()
    choose(page, "ledger", column=Column.CAPACITY)
    QTest.keyClick(view, Qt.Key.Key_Return)
    editor_of(view, QDoubleSpinBox).setValue(6.5)
    QTest.keyClick(editor_of(view, QDoubleSpinBox), Qt.Key.Key_Return)
    QApplication.processEvents()
    choose(page, "ledger", column=Column.TOPOLOGY)
    QTest.keyClick(view, Qt.Key.Key_Return)
    combo = editor_of(view, QComboBox)
    combo.setCurrentIndex(combo.findData(Topology.PLATFORM.value))
    combo.activated.emit(combo.currentIndex())
    team = roadbook.opened.engagement.teams["ledger"]
    assert (team.headcount, team.change_capacity, team.topology) == (11, 6.5, Topology.PLATFORM)
    assert page.tree.model.index_of("it", Column.PEOPLE).data() == "16"


def test_a_double_click_on_a_dot_gives_that_readiness(page: OrganizationPage, roadbook: Roadbook) -> None:
    cell = page.tree.view.visualRect(page.tree.model.index_of("risk", Column.READINESS))
    place = QPoint(cell.left() + 8 + 4 * 14 + 7, cell.center().y())
    QTest.mouseClick(page.tree.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(page.tree.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert roadbook.opened.engagement.teams["risk"].readiness == 5


def test_a_name_that_is_taken_is_refused_beside_its_cell_and_nothing_typed_is_lost(
    page: OrganizationPage, roadbook: Roadbook, qtbot: QtBot
) -> None:
    choose(page, "ledger")
    trigger(roadbook, "rename")
    type_into(page.tree.view, "rates")
    assert "rates" in page.tree.view.error_text
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.tree.view.findChildren(QLineEdit)))
    assert editor_of(page.tree.view, QLineEdit).text() == "rates"
    QTest.keyClick(editor_of(page.tree.view, QLineEdit), Qt.Key.Key_Escape)
    QTest.keyClick(page.tree.view, Qt.Key.Key_Escape)
    assert not page.tree.view.error_text
    assert roadbook.opened.undo_label is None


def test_the_keys_walk_the_cells_and_fold(page: OrganizationPage) -> None:
    view = page.tree.view
    choose(page, "core")
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.folded == {"core"}
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.folded == frozenset()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().column() == Column.TEAMS
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.current_row().id == "core"


def test_folds_outlive_edits_and_a_search_unfolds(page: OrganizationPage, roadbook: Roadbook) -> None:
    choose(page, "core")
    trigger(roadbook, "organization.fold")
    choose(page, "web")
    trigger(roadbook, "organization.add-team")
    type_into(page.tree.view, "Shop")
    assert not page.tree.view.isExpanded(page.tree.model.index_of("core"))
    page.filter.setText("risk")
    assert shown(page) == ["IT", ". Core", ". . Risk"]
    assert page.tree.view.isExpanded(page.tree.model.index_of("core"))
    page.filter.clear()
    assert not page.tree.view.isExpanded(page.tree.model.index_of("core"))
    assert page.reveal("teams", "risk")
    assert page.tree.view.isExpanded(page.tree.model.index_of("core"))
    assert page.selection() == Selection("teams", ("risk",))


def test_the_filter_is_left_and_emptied_by_its_keys(page: OrganizationPage, roadbook: Roadbook) -> None:
    trigger(roadbook, "find-here")
    QTest.keyClicks(page.filter, "risk")
    QTest.keyClick(page.filter, Qt.Key.Key_Down)
    assert page.tree.view.hasFocus()
    assert len(shown(page)) == 3
    trigger(roadbook, "find-here")
    QTest.keyClick(page.filter, Qt.Key.Key_Escape)
    assert shown(page) == BEFORE
    QTest.keyClick(page.filter, Qt.Key.Key_Escape)
    assert page.tree.view.hasFocus()


def test_the_filter_knows_names_groups_and_topologies(page: OrganizationPage, roadbook: Roadbook) -> None:
    trigger(roadbook, "find-here")
    assert page.filter.hasFocus()
    page.filter.setText("guild")
    assert shown(page) == ["IT", ". Core", ". . Rates"]
    page.filter.setText("enabl")
    assert shown(page) == ["IT", ". Core", ". . Risk"]
    page.filter.setText("WEB")
    assert shown(page) == ["IT", ". Web", ". . Portal"]
    page.filter.setText("nothing at all")
    assert shown(page) == []


def test_the_keys_move_units_and_teams(page: OrganizationPage, roadbook: Roadbook) -> None:
    keys = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    choose(page, "ledger")
    QTest.keyClick(page.tree.view, Qt.Key.Key_Down, keys)
    assert shown(page)[2:5] == [". . Rates", ". . Ledger", ". . Risk"]
    choose(page, "risk")
    QTest.keyClick(page.tree.view, Qt.Key.Key_Down, keys)
    assert shown(page)[4:] == [". Web", ". . Risk", ". . Portal"]
    choose(page, "web")
    QTest.keyClick(page.tree.view, Qt.Key.Key_Right, keys)
    assert shown(page)[4:] == [". . Web", ". . . Risk", ". . . Portal"]
    assert page.selection() == Selection("units", ("web",))
    for _ in range(3):
        trigger(roadbook, "undo")
    assert shown(page) == BEFORE
    choose(page, "it")
    assert not roadbook.actions["organization.move-out"].isEnabled()


def drop(page: OrganizationPage, target: str, share: float, *ids: str) -> bool:
    """Drag rows to a height within another row, as a mouse would; return whether they may be dropped there."""
    view = page.tree.view
    choose(page, *ids)
    view.begin_drag()
    cell = view.visualRect(page.tree.model.index_of(target))
    place = QPointF(cell.left() + 30, cell.top() + share * cell.height())
    mime = page.tree._mime("")
    event = QDropEvent(place, Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    allowed = view.place_at(place.toPoint()) is not None
    view.dropEvent(event)
    view._dragged = frozenset()
    return allowed


def test_teams_are_dragged_between_rows_and_into_units(page: OrganizationPage, roadbook: Roadbook) -> None:
    assert drop(page, "ledger", 0.2, "risk")
    assert shown(page)[2:5] == [". . Risk", ". . Ledger", ". . Rates"]
    assert drop(page, "rates", 0.9, "risk")
    assert shown(page)[2:5] == [". . Ledger", ". . Rates", ". . Risk"]
    assert drop(page, "web", 0.5, "ledger", "rates")
    assert shown(page)[1:] == [". Core", ". . Risk", ". Web", ". . Portal", ". . Ledger", ". . Rates"]
    trigger(roadbook, "undo")
    trigger(roadbook, "undo")
    trigger(roadbook, "undo")
    assert shown(page) == BEFORE


def test_units_are_dragged_between_into_and_out_but_never_into_themselves(page: OrganizationPage) -> None:
    assert drop(page, "core", 0.1, "web")
    assert shown(page)[1] == ". Web"
    assert drop(page, "core", 0.5, "web")
    assert ". . Web" in shown(page)
    assert drop(page, "it", 0.1, "web")
    assert shown(page)[0] == "Web"
    assert not drop(page, "core", 0.5, "it")
    assert not drop(page, "ledger", 0.5, "it")


def test_a_removal_says_what_went_along_and_offers_to_take_it_back(page: OrganizationPage, roadbook: Roadbook) -> None:
    choose(page, "core")
    QTest.keyClick(page.tree.view, Qt.Key.Key_Delete)
    assert shown(page) == ["IT", ". Web", ". . Portal"]
    (message,) = roadbook.window.messages.messages()
    assert "3 teams" in message.label.text()
    button = next(one for one in message.findChildren(QWidget) if one.accessibleName() == "Undo")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown(page) == BEFORE


@pytest.mark.parametrize("later", ["undo", "organization.move-down"])
def test_what_was_told_of_a_removal_goes_with_the_next_step(
    page: OrganizationPage, roadbook: Roadbook, later: str
) -> None:
    choose(page, "risk")
    trigger(roadbook, "remove")
    assert roadbook.window.messages.messages()
    choose(page, "ledger")
    trigger(roadbook, later)
    assert roadbook.window.messages.messages() == []


def test_cut_and_paste_moves_and_escape_lets_go(page: OrganizationPage, roadbook: Roadbook) -> None:
    choose(page, "ledger", "risk")
    trigger(roadbook, "cut")
    assert page.tree.model.cut == {"ledger", "risk"}
    QTest.keyClick(page.tree.view, Qt.Key.Key_Escape)
    assert not page.tree.model.cut
    trigger(roadbook, "cut")
    choose(page, "portal")
    trigger(roadbook, "paste")
    assert shown(page) == ["IT", ". Core", ". . Rates", ". Web", ". . Portal", ". . Ledger", ". . Risk"]
    assert not page.tree.model.cut
    trigger(roadbook, "undo")
    assert shown(page) == BEFORE


def test_a_copy_is_pasted_with_all_it_holds_and_as_a_table_elsewhere(
    page: OrganizationPage, roadbook: Roadbook
) -> None:
    choose(page, "web")
    trigger(roadbook, "copy")
    mime = QApplication.clipboard().mimeData()
    assert mime.hasFormat(MIME_TYPE)
    assert mime.text().splitlines()[1].split("\t")[:2] == ["Portal", "IT / Web"]
    choose(page, "core")
    trigger(roadbook, "paste")
    assert shown(page)[1:7] == [". Core", ". . Ledger", ". . Rates", ". . Risk", ". . Web", ". . . Portal"]
    trigger(roadbook, "undo")
    choose(page, "it")
    trigger(roadbook, "paste")
    assert shown(page)[-2:] == [". Web 2", ". . Portal"]


def test_what_was_copied_is_pasted_in_another_file(
    page: OrganizationPage, roadbook: Roadbook, start: StartRoadbook, tmp_path: Path
) -> None:
    choose(page, "rates")
    trigger(roadbook, "cut")
    other = tmp_path / "other.roadbook"
    Document.create(other, a.engagement(a.unit(id="home", name="Home"))).close()
    second = start(other)
    second.show_page("organization")
    there = second.page("organization")
    trigger(second, "paste")
    assert shown(there) == ["Home", ". Rates"]
    assert [group.name for group in second.opened.engagement.groups.values()] == ["Guild"]
    assert "rates" in roadbook.opened.engagement.teams


def test_a_list_from_a_spreadsheet_is_shown_row_by_row_and_taken_in_as_one_step(
    page: OrganizationPage, roadbook: Roadbook
) -> None:
    QApplication.clipboard().setText("Équipe\tUnité\tEffectif\nLedger\tCore\t9\nNova\tLabs\t4\n\tLabs\t4\n")
    choose(page, "it")
    trigger(roadbook, "paste")
    (dialog,) = roadbook.window.findChildren(ListDialog)
    texts = [[dialog.rows.index(row, column).data() for column in range(5)] for row in range(3)]
    assert [row[1] for row in texts] == ["Changed", "Added", "Left out"]
    assert texts[1][3] == "IT / Labs (new)"
    assert dialog.summary.text() == "1 team added · 1 team changed · 1 unit made · 1 row left out"
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert shown(page)[-2:] == [". Labs", ". . Nova"]
    assert roadbook.opened.engagement.teams["ledger"].headcount == 9
    trigger(roadbook, "undo")
    assert shown(page) == BEFORE


def test_a_list_is_taken_in_by_ctrl_return_from_its_text_once_it_has_been_read(
    page: OrganizationPage, roadbook: Roadbook, qtbot: QtBot
) -> None:
    QApplication.clipboard().setText("Nova\n")
    trigger(roadbook, "organization.paste-list")
    (dialog,) = roadbook.window.findChildren(ListDialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    dialog.text.setFocus()
    dialog.text.insertPlainText("Super")
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.go.isEnabled)
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert "SuperNova" in {team.name for team in roadbook.opened.engagement.teams.values()}


def test_columns_can_be_said_otherwise_than_guessed(page: OrganizationPage, roadbook: Roadbook) -> None:
    QApplication.clipboard().setText("Nova,Web,3\n")
    trigger(roadbook, "organization.paste-list")
    (dialog,) = roadbook.window.findChildren(ListDialog)
    assert not dialog.titles.isChecked()
    dialog.choices[0].setCurrentIndex(0)
    assert not dialog.go.isEnabled()
    dialog.choices[0].setCurrentIndex(2)
    dialog.choices[1].setCurrentIndex(1)
    assert [dialog.rows.index(0, column).data() for column in (2, 3)] == ["Web", "IT / Nova (new)"]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert shown(page) == BEFORE


def test_groups_are_added_with_the_selected_teams_ticked_renamed_and_removed(
    page: OrganizationPage, roadbook: Roadbook
) -> None:
    choose(page, "ledger", "portal")
    trigger(roadbook, "organization.add-group")
    type_into(page.groups.table, "Pilots")
    (group_id,) = page.selection().ids
    assert page.selection().kind == "groups"
    members = roadbook.opened.engagement.referring("teams", "group_ids")
    assert {team.id for team in members[group_id]} == {"ledger", "portal"}
    page.groups.members.setCurrentIndex(page.groups.ticks.index(1))
    QTest.keyClick(page.groups.members, Qt.Key.Key_Space)
    assert group_id in roadbook.opened.engagement.teams["rates"].group_ids
    assert page.groups.model.index(page.groups.model.row_of(group_id), 1).data() == "3"
    assert page.reveal("groups", "guild")
    trigger(roadbook, "remove")
    assert "guild" not in roadbook.opened.engagement.groups
    assert "1 other entry" in roadbook.window.messages.messages()[-1].label.text()
    trigger(roadbook, "undo")
    assert roadbook.opened.engagement.groups["guild"].name == "Guild"


def test_applications_are_added_given_to_a_team_and_removed(page: OrganizationPage, roadbook: Roadbook) -> None:
    choose(page, "risk")
    trigger(roadbook, "organization.add-application")
    type_into(page.applications.table, "Tariffs")
    (made,) = page.selection().ids
    assert roadbook.opened.engagement.applications[made].team_id == "risk"
    table = page.applications.table
    table.edit(page.applications.model.index(page.applications.model.row_of("claims"), 1))
    combo = editor_of(table, QComboBox)
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert roadbook.opened.engagement.applications["claims"].team_id is None
    page.applications.table.select([made])
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert made not in roadbook.opened.engagement.applications


def test_everything_is_there_when_the_file_is_opened_again(
    page: OrganizationPage, roadbook: Roadbook, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(page, "core")
    trigger(roadbook, "organization.move-down")
    choose(page, "portal")
    trigger(roadbook, "organization.add-team")
    type_into(page.tree.view, "Shop")
    after = shown(page)
    engagement = roadbook.opened.engagement
    roadbook.actions["close"].trigger()
    settle(qtbot, roadbook)
    reopened = Document.open(tmp_path / "organization.roadbook")
    assert reopened.engagement == engagement
    reopened.close()
    assert after[1:4] == [". Web", ". . Portal", ". . Shop"]


def test_nothing_is_read_as_html_nor_lost_in_another_language_and_theme(
    page: OrganizationPage, roadbook: Roadbook, surroundings: Surroundings
) -> None:
    choose(page, "ledger")
    trigger(roadbook, "rename")
    type_into(page.tree.view, a.AWKWARD)
    surroundings.set_language(Language("fr"))
    surroundings.set_theme("dark")
    QApplication.processEvents()
    assert page.tree.model.index_of("ledger").data() == a.AWKWARD
    assert page.tree.model.headerData(1, Qt.Orientation.Horizontal) == "Équipes"
    assert page.summary_text().startswith("3 unités · 4 équipes")
    trigger(roadbook, "remove")
    assert a.AWKWARD in roadbook.window.messages.messages()[-1].label.text()


def test_a_file_that_cannot_be_edited_shows_but_offers_no_edit(
    page: OrganizationPage, roadbook: Roadbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(roadbook.opened), "read_only", True)
    page.refresh()
    choose(page, "ledger")
    page.situation_changed.emit()
    for action_id in ("organization.add-team", "cut", "paste", "remove", "rename", "organization.move-down"):
        assert not roadbook.actions[action_id].isEnabled(), action_id
    assert roadbook.actions["copy"].isEnabled()
    assert not page.tree.model.index_of("ledger").flags() & Qt.ItemFlag.ItemIsEditable


def test_tab_walks_the_cells_of_a_row_and_on_to_the_next(page: OrganizationPage, roadbook: Roadbook) -> None:
    view = page.tree.view
    choose(page, "ledger")
    trigger(roadbook, "rename")
    editor = editor_of(view, QLineEdit)
    editor.setText("Books")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert roadbook.opened.engagement.teams["ledger"].name == "Books"
    assert view.currentIndex() == page.tree.model.index_of("ledger", Column.PEOPLE)
    number = editor_of(view, QSpinBox)
    number.setValue(9)
    QTest.keyClick(number, Qt.Key.Key_Backtab)
    assert roadbook.opened.engagement.teams["ledger"].headcount == 9
    assert editor_of(view, QLineEdit).text() == "Books"
    QTest.keyClick(editor_of(view, QLineEdit), Qt.Key.Key_Escape)
    choose(page, "ledger", column=Column.READINESS)
    view.edit(view.currentIndex())
    for _cell in range(len(Column)):
        if view.currentIndex().row() != page.tree.model.index_of("ledger").row():
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert view.currentIndex() == page.tree.model.index_of("rates", Column.NAME)


def test_tab_stays_where_an_edit_is_refused(page: OrganizationPage, roadbook: Roadbook) -> None:
    choose(page, "ledger")
    trigger(roadbook, "rename")
    editor = editor_of(page.tree.view, QLineEdit)
    editor.setText("Rates")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert page.tree.view.error_text
    assert page.tree.view.currentIndex() == page.tree.model.index_of("ledger", Column.NAME)
    assert editor_of(page.tree.view, QLineEdit).text() == "Rates"
