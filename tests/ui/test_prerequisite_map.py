"""The prerequisite map's whole life: layers, focus, connecting practices by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from planner.domain.practice import Dimension, MaturityModel, Prerequisite, Scale, ScaleOption, Theme
from planner.language import LANGUAGES, Language
from tests import builders as a
from tests.ui import map_stage
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.diagram.chooser import Chooser
from ui.diagram.values import SIZES, Shape
from ui.pages.page import Selection
from ui.pages.practices.map_actions import MAP_ACTIONS
from ui.pages.practices.prerequisite_map import PrerequisiteMap

REQUIRES = ("b<a", "c<b", "d<b")


@pytest.fixture
def roadbook(start: StartRoadbook, tmp_path: Path) -> Roadbook:
    entities = [a.settings()]
    for model_id in ("m", "n"):
        entities += [
            MaturityModel(id=model_id, name=f"Model {model_id}"),
            Scale(id=f"scale-{model_id}", model_id=model_id, name="S", options=(ScaleOption(score=0, text="No"), ScaleOption(score=1, text="Yes"))),
            Dimension(id=f"{model_id}-first", model_id=model_id, name="First", position=0),
            Dimension(id=f"{model_id}-second", model_id=model_id, name="Second", position=1),
            Theme(id=f"{model_id}-t1", dimension_id=f"{model_id}-first", name="T1"),
            Theme(id=f"{model_id}-t2", dimension_id=f"{model_id}-second", name="T2"),
        ]  # fmt: skip
    entities += [
        a.practice(id=each, name=f"Practice {each}", theme_id="m-t1" if each in "ab" else "m-t2", scale_id="scale-m", level=at + 1)
        for at, each in enumerate("abcde")
    ]  # fmt: skip
    entities.append(a.practice(id="other", name="Elsewhere", theme_id="n-t1", scale_id="scale-n"))
    entities += [
        Prerequisite(id=each, practice_id=each[0], required_practice_id=each[2], minimum_score=0.5) for each in REQUIRES
    ]
    return map_stage.started(start, tmp_path, a.engagement(*entities))


@pytest.fixture
def page(roadbook: Roadbook, qtbot: QtBot) -> PrerequisiteMap:
    made = PrerequisiteMap(map_stage.workbench_of(roadbook, MAP_ACTIONS))
    map_stage.show(made, qtbot, roadbook)
    return made


def shown(page: PrerequisiteMap) -> set[str]:
    return {each.id for each in page.view.diagram.nodes}


def place(page: PrerequisiteMap, practice_id: str, *, rim: bool = False) -> QPoint:
    node = next(each for each in page.view.diagram.nodes if each.id == practice_id)
    return page.view.mapFromScene(QPointF(node.x + (SIZES[Shape.CARD][0] / 2 if rim else 0), node.y))


def drag(page: PrerequisiteMap, begin: QPoint, end: QPoint) -> None:
    viewport = page.view.viewport()
    QTest.mouseMove(viewport, begin)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=begin)
    for share in (0.4, 1.0):
        QTest.mouseMove(viewport, begin + (end - begin) * share)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    QApplication.processEvents()


def test_practices_stand_behind_what_they_build_on_in_the_colour_of_their_dimension(page: PrerequisiteMap) -> None:
    nodes = {each.id: each for each in page.view.diagram.nodes}
    assert nodes.keys() == set("abcde")
    assert nodes["a"].x < nodes["b"].x < nodes["c"].x == nodes["d"].x
    assert nodes["e"].y > max(nodes[each].y for each in "abcd")
    assert {each: nodes[each].category for each in "ac"} == {"a": 0, "c": 1}
    assert "Second" in nodes["c"].caption
    assert {each.text for each in page.view.diagram.edges} == {"50%"}
    assert [each.text for each in page.view.diagram.legend][:2] == ["First", "Second"]


def test_only_what_is_joined_to_a_practice_is_shown_and_all_again(
    page: PrerequisiteMap, roadbook: Roadbook, qtbot: QtBot
) -> None:
    action = roadbook.actions["practices.map-focus"]
    assert "practices.map-focus" not in page.possible()
    page.reveal("practices", "c")
    page.handlers()["practices.map-focus"]()
    settle(qtbot, roadbook)
    assert shown(page) == {"a", "b", "c"}
    assert action.isChecked()
    assert page.selection() == Selection("practices", ("c",))
    page.view.select(("b",))
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    settle(qtbot, roadbook)
    assert shown(page) == set("abcd")
    page.handlers()["practices.map-focus"]()
    settle(qtbot, roadbook)
    assert shown(page) == set("abcde")
    assert not action.isChecked()


def test_what_lies_outside_the_focus_is_revealed_by_showing_everything(
    page: PrerequisiteMap, roadbook: Roadbook, qtbot: QtBot
) -> None:
    page.reveal("practices", "c")
    page.toggle_focus()
    settle(qtbot, roadbook)
    assert page.reveal("practices", "e")
    settle(qtbot, roadbook)
    assert page.selection() == Selection("practices", ("e",))


def test_dragging_from_a_practice_lets_the_other_build_on_it(
    page: PrerequisiteMap, roadbook: Roadbook, qtbot: QtBot
) -> None:
    drag(page, place(page, "d", rim=True), place(page, "e"))
    settle(qtbot, roadbook)
    (added,) = [each for each in roadbook.opened.engagement.prerequisites.values() if each.id not in REQUIRES]
    assert (added.practice_id, added.required_practice_id) == ("e", "d")
    assert page.selection() == Selection("prerequisites", (added.id,))
    nodes = {each.id: each for each in page.view.diagram.nodes}
    assert nodes["e"].x > nodes["d"].x
    roadbook.opened.undo()
    settle(qtbot, roadbook)
    assert roadbook.opened.engagement.prerequisites.keys() == set(REQUIRES)
    assert {each.id for each in page.view.diagram.edges} == set(REQUIRES)


def test_a_prerequisite_is_added_by_keyboard_alone_and_a_circle_is_refused(
    page: PrerequisiteMap, roadbook: Roadbook, qtbot: QtBot
) -> None:
    for practice, count in (("e", 4), ("a", 4)):
        page.reveal("practices", practice)
        page.handlers()["practices.map-connect"]()
        chooser = page.findChildren(Chooser)[-1]
        qtbot.keyClicks(chooser.filter, "practice c")
        QTest.keyClick(chooser.filter, Qt.Key.Key_Return)
        settle(qtbot, roadbook)
        assert len(roadbook.opened.engagement.prerequisites) == count
    assert roadbook.window.messages.messages()


def test_the_minimum_score_is_asked_for_and_kept(page: PrerequisiteMap, roadbook: Roadbook) -> None:
    assert page.ask_score() is None
    page.reveal("prerequisites", "c<b")
    page.handlers()["practices.map-score"]()
    (dialog,) = page.findChildren(QInputDialog)
    assert dialog.intValue() == 50
    dialog.setIntValue(75)
    dialog.accept()
    assert roadbook.opened.engagement.prerequisites["c<b"].minimum_score == 0.75
    assert {each.id: each.text for each in page.view.diagram.edges}["c<b"] == "75%"


def test_a_prerequisite_is_removed_and_comes_back(page: PrerequisiteMap, roadbook: Roadbook, qtbot: QtBot) -> None:
    page.reveal("prerequisites", "b<a")
    page.handlers()["remove"]()
    settle(qtbot, roadbook)
    assert "b<a" not in {each.id for each in page.view.diagram.edges}
    roadbook.opened.undo()
    settle(qtbot, roadbook)
    assert "b<a" in {each.id for each in page.view.diagram.edges}
    page.reveal("practices", "a")
    assert "remove" not in page.possible()


def test_another_model_is_shown_when_chosen_or_when_something_of_it_is_revealed(
    page: PrerequisiteMap, roadbook: Roadbook, qtbot: QtBot
) -> None:
    page.show_model("n")
    settle(qtbot, roadbook)
    assert shown(page) == {"other"}
    assert page.reveal("prerequisites", "d<b")
    settle(qtbot, roadbook)
    assert page.model_id == "m"
    assert page.selection() == Selection("prerequisites", ("d<b",))
    assert not page.reveal("practices", "nowhere")
    assert not page.reveal("teams", "a")


def test_a_practice_is_found_by_its_name(page: PrerequisiteMap, qtbot: QtBot) -> None:
    page.handlers()["find-here"]()
    (chooser,) = page.findChildren(Chooser)
    qtbot.keyClicks(chooser.filter, "practice d")
    QTest.keyClick(chooser.filter, Qt.Key.Key_Return)
    assert page.selection() == Selection("practices", ("d",))


def test_the_map_is_written_as_a_picture(
    page: PrerequisiteMap, roadbook: Roadbook, qtbot: QtBot, tmp_path: Path
) -> None:
    page.handlers()["practices.map-picture"]()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "map.pdf"))
    dialog.reject()
    settle(qtbot, roadbook)
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_everything_is_worded_in_every_language(page: PrerequisiteMap, code: str) -> None:
    surroundings = page.workbench.surroundings
    surroundings.set_language(Language(code))
    spoken = " ".join(each.description for each in page.view.diagram.edges)
    assert ("builds on" in spoken) == (code == "en")
    assert ("repose sur" in spoken) == (code == "fr")
    surroundings.set_language(Language("en"))


def test_the_page_lets_go_of_a_closed_document(page: PrerequisiteMap) -> None:
    page.reveal("practices", "a")
    page.show_document(None)
    assert page.view.diagram.nodes == ()
    assert page.possible() == frozenset()


def test_the_map_is_a_view_of_the_practices_page_where_a_prerequisite_is_shown(
    roadbook: Roadbook, qtbot: QtBot
) -> None:
    roadbook.show_page("practices")
    page = roadbook.page("practices")
    assert page.reveal("prerequisites", "d<b")
    settle(qtbot, roadbook)
    assert page.map.isVisible()
    assert page.selection() == Selection("prerequisites", ("d<b",))
    roadbook.actions["remove"].trigger()
    settle(qtbot, roadbook)
    assert "d<b" not in roadbook.opened.engagement.prerequisites
    roadbook.actions["undo"].trigger()
    settle(qtbot, roadbook)
    assert {each.id for each in page.map.view.diagram.edges} == set(REQUIRES)
