"""The interaction map's whole life: what it shows, how it is edited by mouse and by keyboard, what is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from planner.analysis.interactions import FindingKind
from planner.domain.engagement import Engagement
from planner.domain.organization import Interaction, InteractionHealth, InteractionMode, Topology
from planner.editing.entities import remove
from planner.exchange.redaction import Redaction
from planner.language import LANGUAGES, Language
from tests import builders as a
from tests.ui import map_stage
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.diagram.chooser import Chooser
from ui.diagram.values import SIZES, Shape, Stroke, Symbol, Tone
from ui.dialogs.redaction import RedactionDialog
from ui.pages.organization.interaction_map import InteractionMap
from ui.pages.organization.map_actions import HEALTH_ACTIONS, MAP_ACTIONS, MODE_ACTIONS
from ui.pages.organization.map_export import ShownMap
from ui.pages.page import Selection
from ui.surroundings import Surroundings

YESTERDAY = a.MONDAY


def interaction(pair: str, **fields: object) -> Interaction:
    return Interaction(id=pair, from_team_id=pair[0], to_team_id=pair[1], **fields)


def organization() -> Engagement:
    topologies = dict(zip("abcde", Topology, strict=True))
    return a.engagement(
        a.settings(name="Littoral"),
        a.unit(id="it", name="IT"),
        a.unit(id="shop", name="<b>Shop</b>"),
        *(
            a.team(
                id=each, name=f"Team {each}", unit_id="it" if each in "abc" else "shop", topology=topology, headcount=7
            )
            for each, topology in topologies.items()
        ),
        interaction("ab", mode=InteractionMode.COLLABORATION, expected_end=YESTERDAY - timedelta(days=900)),
        interaction("bc", mode=InteractionMode.X_AS_A_SERVICE, health=InteractionHealth.SLOWING),
        interaction("cd", mode=InteractionMode.HAND_OFF, health=InteractionHealth.BLOCKING),
    )


@pytest.fixture
def roadbook(start: StartRoadbook, tmp_path: Path) -> Roadbook:
    return map_stage.started(start, tmp_path, organization())


@pytest.fixture
def page(roadbook: Roadbook, qtbot: QtBot) -> InteractionMap:
    made = InteractionMap(map_stage.workbench_of(roadbook, MAP_ACTIONS))
    map_stage.show(made, qtbot, roadbook)
    return made


def node(page: InteractionMap, team_id: str) -> object:
    return next(each for each in page.view.diagram.nodes if each.id == team_id)


def place(page: InteractionMap, team_id: str) -> QPoint:
    found = node(page, team_id)
    return page.view.mapFromScene(QPointF(found.x, found.y))


def drag(page: InteractionMap, begin: QPoint, end: QPoint) -> None:
    viewport = page.view.viewport()
    QTest.mouseMove(viewport, begin)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=begin)
    for share in (0.4, 1.0):
        QTest.mouseMove(viewport, begin + (end - begin) * share)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    QApplication.processEvents()


def test_every_team_is_shown_in_the_shape_of_its_topology_and_within_its_unit(page: InteractionMap) -> None:
    shapes = {each.id: each.shape for each in page.view.diagram.nodes}
    assert shapes == {
        "a": Shape.BAR, "b": Shape.BOX, "c": Shape.COLUMN, "d": Shape.OCTAGON, "e": Shape.PLAIN,
    }  # fmt: skip
    assert {each.text: each.node_ids for each in page.view.diagram.regions} == {
        "IT": ("a", "b", "c"), "<b>Shop</b>": ("d", "e"),
    }  # fmt: skip


def test_mode_health_lateness_and_silos_are_told_by_more_than_colour(page: InteractionMap) -> None:
    edges = {each.id: each for each in page.view.diagram.edges}
    assert (edges["ab"].stroke, edges["ab"].symbol) == (Stroke.DOUBLE, Symbol.LATE)
    assert (edges["bc"].stroke, edges["bc"].symbol, edges["bc"].tone) == (Stroke.SINGLE, Symbol.SLOW, Tone.WARNING)
    assert (edges["cd"].stroke, edges["cd"].symbol, edges["cd"].tone) == (Stroke.DASHED, Symbol.STOP, Tone.DANGER)
    signs = {each.id: each.symbol for each in page.view.diagram.nodes}
    assert signs == {"a": Symbol.NONE, "b": Symbol.NONE, "c": Symbol.NONE, "d": Symbol.APART, "e": Symbol.APART}


def test_what_stands_out_is_listed_and_choosing_it_selects_what_it_names(page: InteractionMap) -> None:
    QAbstractItemModelTester(page.findings)
    kinds = [each.kind for each in page.findings.findings]
    assert kinds == [FindingKind.BLOCKING, FindingKind.HAND_OFFS_ONLY, FindingKind.ALONE, FindingKind.OVERDUE]
    page.list.setFocus()
    for row, expected in (
        (0, Selection("interactions", ("cd",))),
        (1, Selection("teams", ("d",))),
        (2, Selection("teams", ("e",))),
        (3, Selection("interactions", ("ab",))),
    ):
        page.list.setCurrentIndex(page.findings.index(row, 0))
        assert page.selection() == expected


def test_a_dragged_team_stays_where_it_was_put_through_undo_redo_and_reopening(
    page: InteractionMap, roadbook: Roadbook, qtbot: QtBot, start: StartRoadbook
) -> None:
    opened = roadbook.opened
    before = node(page, "e")
    drag(page, place(page, "e"), place(page, "e") + QPoint(60, 40))
    team = opened.engagement.teams["e"]
    assert team.map_x is not None
    assert (team.map_x, team.map_y) == (node(page, "e").x, node(page, "e").y) != (before.x, before.y)
    assert opened.undo_label.code == "move-on-map"
    roadbook.actions["undo"].trigger()
    assert opened.engagement.teams["e"].map_x is None
    assert (node(page, "e").x, node(page, "e").y) == (before.x, before.y)
    roadbook.actions["redo"].trigger()
    assert opened.engagement.teams["e"] == team
    settle(qtbot, roadbook)
    path = opened.document.path
    page.show_document(None)
    roadbook.files.close(lambda: None)
    qtbot.waitUntil(lambda: roadbook.opened is None)
    roadbook.files.open(path)
    qtbot.waitUntil(lambda: roadbook.opened is not None)
    page.show_document(roadbook.opened)
    settle(qtbot, roadbook)
    assert (node(page, "e").x, node(page, "e").y) == (team.map_x, team.map_y)


def test_keys_move_the_selected_teams_as_one_step(page: InteractionMap, roadbook: Roadbook) -> None:
    page.view.setFocus()
    page.view.select(("a", "b"))
    before = {each: (node(page, each).x, node(page, each).y) for each in "ab"}
    QTest.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert {each: (node(page, each).x, node(page, each).y - 20) for each in "ab"} == before
    assert len(roadbook.opened.document.history()) == 1


def test_dragging_from_the_rim_of_a_team_to_another_connects_them(page: InteractionMap, roadbook: Roadbook) -> None:
    rim = place(page, "e") + QPoint(round(SIZES[Shape.PLAIN][0] / 2 * page.view.transform().m11()), 0)
    drag(page, rim, place(page, "a"))
    (added,) = [each for each in roadbook.opened.engagement.interactions.values() if each.id not in ("ab", "bc", "cd")]
    assert (added.from_team_id, added.to_team_id) == ("e", "a")
    assert page.selection() == Selection("interactions", (added.id,))
    assert roadbook.opened.undo_label.code == "connect-teams"


def test_two_teams_are_connected_by_keyboard_alone(page: InteractionMap, roadbook: Roadbook, qtbot: QtBot) -> None:
    assert page.ask_connect() is None
    page.reveal("teams", "e")
    assert "organization.map-connect" in page.possible()
    page.handlers()["organization.map-connect"]()
    (chooser,) = page.findChildren(Chooser)
    qtbot.keyClicks(chooser.filter, "team b")
    QTest.keyClick(chooser.filter, Qt.Key.Key_Return)
    assert page.selection().kind == "interactions"
    (added,) = page.selection().ids
    assert roadbook.opened.engagement.interactions[added].to_team_id == "b"


def test_mode_health_and_direction_are_changed_by_actions_and_taken_back(
    page: InteractionMap, roadbook: Roadbook
) -> None:
    assert not {*MODE_ACTIONS, *HEALTH_ACTIONS, "organization.map-reverse"} & page.possible()
    page.reveal("interactions", "cd")
    before = roadbook.opened.engagement
    for action_id, expected in {**MODE_ACTIONS, **HEALTH_ACTIONS}.items():
        page.handlers()[action_id]()
        found = roadbook.opened.engagement.interactions["cd"]
        assert expected in (found.mode, found.health)
    page.handlers()["organization.map-reverse"]()
    assert roadbook.opened.engagement.interactions["cd"].from_team_id == "d"
    while roadbook.opened.undo_label is not None:
        roadbook.opened.undo()
    assert roadbook.opened.engagement == before


def test_what_is_selected_is_removed_and_comes_back(page: InteractionMap, roadbook: Roadbook, qtbot: QtBot) -> None:
    page.reveal("interactions", "cd")
    page.handlers()["remove"]()
    assert "cd" not in roadbook.opened.engagement.interactions
    assert page.selection() == Selection()
    settle(qtbot, roadbook)
    assert FindingKind.BLOCKING not in {each.kind for each in page.findings.findings}
    roadbook.opened.undo()
    settle(qtbot, roadbook)
    assert FindingKind.BLOCKING in {each.kind for each in page.findings.findings}
    page.reveal("teams", "a")
    page.handlers()["remove"]()
    assert {"a", "ab"}.isdisjoint({*roadbook.opened.engagement.teams, *roadbook.opened.engagement.interactions})


def test_arranging_anew_is_one_step_that_places_every_team(
    page: InteractionMap, roadbook: Roadbook, qtbot: QtBot
) -> None:
    page.view.moved.emit({"a": (5000.0, 5000.0)})
    page.handlers()["organization.map-arrange"]()
    settle(qtbot, roadbook)
    teams = roadbook.opened.engagement.teams.values()
    assert all(team.map_x is not None for team in teams)
    assert all(abs(team.map_x) < 4000 for team in teams)
    assert roadbook.opened.undo_label.code == "arrange-map"
    roadbook.opened.undo()
    assert roadbook.opened.engagement.teams["a"].map_x == 5000.0
    assert roadbook.opened.engagement.teams["b"].map_x is None


def test_a_new_team_finds_a_place_and_the_others_stay(page: InteractionMap, roadbook: Roadbook, qtbot: QtBot) -> None:
    from planner.editing import entities

    before = {each.id: (each.x, each.y) for each in page.view.diagram.nodes}
    team = a.team(id="new", name="New", unit_id="shop")
    roadbook.opened.edit(entities.add(roadbook.opened.engagement, team))
    settle(qtbot, roadbook)
    after = {each.id: (each.x, each.y) for each in page.view.diagram.nodes}
    assert after.keys() == {*before, "new"}
    assert {each: after[each] for each in before} == before


def test_nothing_can_be_edited_in_a_file_open_for_reading(start: StartRoadbook, tmp_path: Path, qtbot: QtBot) -> None:
    from planner.document import Document

    path = tmp_path / "read.roadbook"
    Document.create(path, organization()).close()
    path.chmod(0o444)
    roadbook = start(path)
    page = InteractionMap(map_stage.workbench_of(roadbook, MAP_ACTIONS))
    map_stage.show(page, qtbot, roadbook)
    page.reveal("teams", "e")
    assert not {"remove", "organization.map-arrange", "organization.map-connect"} & page.possible()
    before = roadbook.opened.engagement
    drag(page, place(page, "e"), place(page, "e") + QPoint(60, 40))
    assert roadbook.opened.engagement is before


def test_the_whole_map_is_written_as_a_picture(
    page: InteractionMap, roadbook: Roadbook, qtbot: QtBot, tmp_path: Path
) -> None:
    page.handlers()["organization.map-picture"]()
    (asked,) = page.findChildren(RedactionDialog)
    asked.buttons.go.click()
    (dialog,) = page.findChildren(QFileDialog)
    assert dialog.defaultSuffix() == "png"
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert dialog.defaultSuffix() == "svg"
    dialog.fileSelected.emit(str(tmp_path / "map.svg"))
    dialog.reject()
    settle(qtbot, roadbook)
    content = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert "Team a" in content
    assert "&lt;b&gt;Shop&lt;/b&gt;" in content


def test_a_picture_of_the_map_can_number_the_teams_and_remembers_that(
    page: InteractionMap, roadbook: Roadbook, qtbot: QtBot, tmp_path: Path
) -> None:
    page.narrow("team b")
    page.handlers()["organization.map-picture"]()
    (asked,) = page.findChildren(RedactionDialog)
    qtbot.keyClick(asked.checks["teams"], Qt.Key.Key_Space)
    QTest.keyClick(asked, Qt.Key.Key_Return)
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "map.svg"))
    dialog.reject()
    settle(qtbot, roadbook)
    content = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert not [each for each in "abcde" if f"Team {each}" in content]
    assert all(f"Team {number}" in content for number in range(1, 6))
    assert {node.id for node in page.view.diagram.nodes if node.vivid} == {"b"}
    page.handlers()["organization.map-picture"]()
    assert page.findChildren(RedactionDialog)[-1].checks["teams"].isChecked()


def test_teams_stand_back_in_a_redacted_picture_as_they_do_on_the_map() -> None:
    engagement = organization()
    places = {team_id: (100.0 * at, 0.0) for at, team_id in enumerate(engagement.teams)}
    shown = ShownMap(engagement=engagement, places=places, wanted="team b", today=a.MONDAY)
    drawn = shown.diagram(Redaction(teams=True), Language("en"))
    assert [node.text for node in drawn.nodes if node.vivid] == ["Team 2"]


def test_teams_that_do_not_match_the_filter_of_the_page_stand_back(roadbook: Roadbook, qtbot: QtBot) -> None:
    roadbook.show_page("organization")
    roadbook.actions["organization.show-map"].trigger()
    settle(qtbot, roadbook)
    page = roadbook.page("organization")
    roadbook.actions["find-here"].trigger()
    qtbot.keyClicks(page.filter, "TEAM C")
    diagram = page.map.map.view.diagram
    assert {each.id for each in diagram.nodes if each.vivid} == {"c"}
    assert {each.id for each in diagram.edges if each.vivid} == {"bc", "cd"}
    page.filter.setText("platform")
    assert {each.id for each in page.map.map.view.diagram.nodes if each.vivid} == {"b"}
    page.filter.clear()
    assert all(each.vivid for each in page.map.map.view.diagram.nodes)


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_everything_is_worded_in_every_language(page: InteractionMap, code: str) -> None:
    surroundings = page.workbench.surroundings
    surroundings.set_language(Language(code))
    spoken = " ".join(each.description for each in (*page.view.diagram.nodes, *page.view.diagram.edges))
    assert ("in IT" in spoken) == (code == "en")
    assert ("dans IT" in spoken) == (code == "fr")
    assert page.view.accessibleName()
    assert page.summary_text()
    surroundings.set_language(Language("en"))


def test_words_and_looks_may_change_before_what_was_removed_out_of_sight_is_taken_in(
    page: InteractionMap, roadbook: Roadbook, surroundings: Surroundings
) -> None:
    assert page._findings
    gone = page._findings[0].team_ids[0]
    roadbook.show_page("timeline")
    opened = roadbook.opened
    opened.edit(remove(opened.engagement, "teams", (gone,)))
    surroundings.set_theme("dark")
    surroundings.set_language(Language("fr"))
    roadbook.show_page("organization")
    assert all(gone not in finding.team_ids for finding in page._findings)


def test_an_organization_without_teams_says_what_will_be_here(
    start: StartRoadbook, tmp_path: Path, qtbot: QtBot
) -> None:
    roadbook = map_stage.started(start, tmp_path, a.engagement(a.settings(), a.unit(id="it", name="IT")))
    page = InteractionMap(map_stage.workbench_of(roadbook, MAP_ACTIONS))
    map_stage.show(page, qtbot, roadbook)
    assert not page.view.isVisible()
    assert page.possible() == frozenset()


def test_the_page_lets_go_of_a_closed_document(page: InteractionMap) -> None:
    page.reveal("teams", "a")
    page.show_document(None)
    assert page.view.diagram.nodes == ()
    assert page.selection() == Selection()
    assert page.possible() == frozenset()
    assert page.summary_text() == ""


def test_the_map_is_a_view_of_the_organization_page_with_its_menu_and_its_keys(
    roadbook: Roadbook, qtbot: QtBot
) -> None:
    roadbook.show_page("organization")
    settle(qtbot, roadbook)
    roadbook.actions["organization.show-map"].trigger()
    settle(qtbot, roadbook)
    page = roadbook.page("organization")
    shown = page.map.map
    assert shown.isVisible()
    assert {each.id for each in shown.view.diagram.nodes} == set("abcde")
    roadbook.actions["select-all"].trigger()
    assert page.selection() == Selection("teams", tuple("abcde"))
    assert page.reveal("interactions", "cd")
    assert page.selection() == Selection("interactions", ("cd",))
    roadbook.actions["organization.map-ok"].trigger()
    assert roadbook.opened.engagement.interactions["cd"].health is InteractionHealth.OK
    assert {each.id: each.tone for each in shown.view.diagram.edges}["cd"] is Tone.PLAIN
    roadbook.actions["undo"].trigger()
    assert {each.id: each.tone for each in shown.view.diagram.edges}["cd"] is Tone.DANGER
    roadbook.actions["organization.show-tree"].trigger()
    assert not roadbook.actions["organization.map-ok"].isEnabled()
    assert page.reveal("interactions", "ab")
    assert shown.isVisible()
