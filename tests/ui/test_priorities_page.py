"""The Priorities page: scores typed, pasted, filled down and cleared, the rank live, bubbles, criteria, all undoable."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.engagement import Engagement
from planner.domain.initiative import Status
from planner.domain.priority import Criterion, CriterionRole, CriterionScore, Formula, FormulaKind
from planner.editing import entities, initiatives, priorities
from planner.editing.start import start_engagement
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, leave, settle
from ui.composition import Roadbook
from ui.pages.page import Selection
from ui.pages.priorities import board as figures
from ui.pages.priorities.bubble_painting import CROWD
from ui.pages.priorities.bubbles import usual_keys
from ui.pages.priorities.page import PrioritiesPage
from ui.widgets.guidance import Guidance

_SCORES = {"a": (8, 2), "b": (6, 2), "c": (9, 9), "d": (2, 4)}


def plan() -> Engagement:
    """Return two programmes of two scored initiatives each, and one that lacks its effort."""
    entities = [
        a.settings(name="Littoral", formula_id="formula"),
        Formula(id="formula", name="Ratio", kind=FormulaKind.IMPACT_EFFORT),
        Formula(id="own", name="Ours", kind=FormulaKind.CUSTOM, expression="impact * 3"),
        Criterion(id="impact", name="Impact", role=CriterionRole.IMPACT, position=0),
        Criterion(id="effort", name="Effort", role=CriterionRole.EFFORT, position=1, higher_is_better=False),
        Criterion(id="mood", name="Mood", minimum=0.0, maximum=5.0, position=2),
        a.initiative(id="flow", name="Flow", position=0),
        a.initiative(id="trust", name="Trust", position=1),
        a.initiative(id="e", name="Lonely", position=2, status=Status.ACTIVE),
        CriterionScore(id="e-impact", initiative_id="e", criterion_id="impact", value=5.0),
    ]
    for at, (one, (impact, effort)) in enumerate(_SCORES.items()):
        parent = "flow" if at < 2 else "trust"
        entities += [
            a.initiative(id=one, name=f"Step {one}", parent_id=parent, position=at, status=Status.PLANNED),
            CriterionScore(id=f"{one}-impact", initiative_id=one, criterion_id="impact", value=float(impact)),
            CriterionScore(id=f"{one}-effort", initiative_id=one, criterion_id="effort", value=float(effort)),
        ]
    return a.engagement(*entities)


@pytest.fixture
def scored_file(tmp_path: Path) -> Path:
    path = tmp_path / "scored.roadbook"
    Document.create(path, plan()).close()
    return path


@pytest.fixture
def roadbook(start: StartRoadbook, scored_file: Path) -> Roadbook:
    opened = start(scored_file)
    opened.show_page("priorities")
    return opened


def page_of(roadbook: Roadbook) -> PrioritiesPage:
    page = roadbook.page("priorities")
    assert isinstance(page, PrioritiesPage)
    return page


def order_of(roadbook: Roadbook) -> list[str]:
    return list(page_of(roadbook).table.model.ids)


def stand_on(roadbook: Roadbook, initiative_id: str, key: str) -> None:
    page = page_of(roadbook)
    page.table.view.setFocus()
    page.table.view.select_rows((initiative_id,), key=key)


def editor_of(roadbook: Roadbook) -> QLineEdit:
    (editor,) = [one for one in page_of(roadbook).table.view.viewport().findChildren(QLineEdit) if one.isVisible()]
    return editor


def type_score(roadbook: Roadbook, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    view = page_of(roadbook).table.view
    QTest.keyClick(view, text[0])
    editor = editor_of(roadbook)
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, key)


def score(roadbook: Roadbook, initiative_id: str, criterion_id: str) -> float | None:
    assert roadbook.opened is not None
    for one in roadbook.opened.engagement.criterion_scores.values():
        if (one.initiative_id, one.criterion_id) == (initiative_id, criterion_id):
            return one.value
    return None


def current(roadbook: Roadbook) -> tuple[str, str]:
    model, index = page_of(roadbook).table.model, page_of(roadbook).table.view.currentIndex()
    return model.id_at(index), model.key_at(index)


def told(roadbook: Roadbook) -> str:
    return " ".join(message.label.text() for message in roadbook.window.messages.messages())


def test_leaves_are_ranked_by_the_formula_and_those_with_missing_scores_come_last(
    roadbook: Roadbook, qtmodeltester: ModelTester
) -> None:
    page = page_of(roadbook)
    assert order_of(roadbook) == ["a", "b", "c", "d", "e"]
    assert [page.table.model.text_at(row, 0) for row in range(5)] == ["1", "2", "3", "4", "–"]
    assert page.table.model.text_at(4, page.table.model.keys.index("effort")) == "–"
    spoken = page.table.model.index_of("e", figures.WORTH).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Lonely, Worth: Not scored yet: effort"
    qtmodeltester.check(page.table.model, force_py=True)


def test_a_row_stays_under_the_cursor_while_a_cell_is_edited_and_moves_once_it_is_left(
    roadbook: Roadbook, qtbot: QtBot
) -> None:
    page = page_of(roadbook)
    stand_on(roadbook, "d", "impact")
    type_score(roadbook, "10", Qt.Key.Key_Tab)
    assert current(roadbook) == ("d", "effort")
    assert order_of(roadbook) == ["a", "b", "d", "c", "e"]
    index = page.table.model.index_of("d", "effort")
    page.table.model.setData(index, "1")
    assert order_of(roadbook) == ["a", "b", "d", "c", "e"]
    assert page.table.model.text_at(2, 0) == "1"
    editor = editor_of(roadbook)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert current(roadbook)[0] == "c"
    assert order_of(roadbook) == ["d", "a", "b", "c", "e"]
    roadbook.actions["undo"].trigger()
    assert order_of(roadbook) == ["a", "b", "d", "c", "e"]
    roadbook.actions["undo"].trigger()
    assert order_of(roadbook) == ["a", "b", "c", "d", "e"]
    roadbook.actions["redo"].trigger()
    assert score(roadbook, "d", "impact") == 10.0


def test_what_is_out_of_range_is_said_beside_the_cell_and_offered_again(roadbook: Roadbook, qtbot: QtBot) -> None:
    page = page_of(roadbook)
    stand_on(roadbook, "a", "impact")
    type_score(roadbook, "70")
    assert "runs from 1 to 10" in page.table.view.error_text
    qtbot.waitUntil(page.table.view.is_editing)
    assert editor_of(roadbook).text() == "70"
    assert score(roadbook, "a", "impact") == 8.0
    editor = editor_of(roadbook)
    editor.setText("7,5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert score(roadbook, "a", "impact") == 7.5


def test_a_score_is_cleared_and_is_missing_not_zero(roadbook: Roadbook) -> None:
    stand_on(roadbook, "a", "effort")
    roadbook.actions["remove"].trigger()
    assert score(roadbook, "a", "effort") is None
    page = page_of(roadbook)
    page.table.settle()
    assert order_of(roadbook)[-2:] == ["a", "e"]
    roadbook.actions["undo"].trigger()
    assert score(roadbook, "a", "effort") == 2.0


def test_cells_are_copied_and_pasted_like_in_a_spreadsheet_in_one_step(roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    stand_on(roadbook, "a", "impact")
    chosen = page.table.view.selectionModel()
    model = page.table.model
    for one in ("a", "b"):
        for key in ("impact", "effort"):
            chosen.select(model.index_of(one, key), chosen.SelectionFlag.Select)
    roadbook.actions["copy"].trigger()
    assert QGuiApplication.clipboard().text() == "8\t2\n6\t2\n"
    QGuiApplication.clipboard().setText("3\t1,5\r\n4\t\r\n")
    stand_on(roadbook, "c", "impact")
    roadbook.actions["paste"].trigger()
    assert (score(roadbook, "c", "impact"), score(roadbook, "c", "effort")) == (3.0, 1.5)
    assert (score(roadbook, "d", "impact"), score(roadbook, "d", "effort")) == (4.0, None)
    roadbook.actions["undo"].trigger()
    assert (score(roadbook, "c", "impact"), score(roadbook, "d", "effort")) == (9.0, 4.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [("good", "is not a number"), ("1\n2\n3\n4\n5\n6", "only 5"), ("1\t2\t3\t4", "beside the scores")],
)
def test_what_cannot_be_pasted_changes_nothing_and_says_why(roadbook: Roadbook, text: str, said: str) -> None:
    before = roadbook.opened.engagement
    QGuiApplication.clipboard().setText(text)
    stand_on(roadbook, order_of(roadbook)[0], "impact")
    roadbook.actions["paste"].trigger()
    assert said in told(roadbook)
    assert roadbook.opened.engagement is before


def test_one_value_is_pasted_into_all_selected_cells_and_filled_down(roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    stand_on(roadbook, "a", "mood")
    chosen = page.table.view.selectionModel()
    for one in ("b", "c"):
        chosen.select(page.table.model.index_of(one, "mood"), chosen.SelectionFlag.Select)
    QGuiApplication.clipboard().setText("3")
    roadbook.actions["paste"].trigger()
    assert [score(roadbook, one, "mood") for one in "abcd"] == [3.0, 3.0, 3.0, None]
    roadbook.actions["undo"].trigger()
    stand_on(roadbook, "a", "impact")
    for one in ("b", "c"):
        chosen.select(page.table.model.index_of(one, "impact"), chosen.SelectionFlag.Select)
    roadbook.actions["priorities.fill-down"].trigger()
    assert [score(roadbook, one, "impact") for one in "abcd"] == [8.0, 8.0, 8.0, 2.0]


def test_any_column_sorts_and_missing_ones_stay_last(roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    header = page.table.view.horizontalHeader()
    page.table.view.horizontalScrollBar().setValue(page.table.view.horizontalScrollBar().maximum())
    column = page.table.model.keys.index("effort")
    where = QPoint(header.sectionViewportPosition(column) + 20, 20)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert order_of(roadbook) == ["c", "d", "a", "b", "e"]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert order_of(roadbook) == ["a", "b", "d", "c", "e"]
    roadbook.actions["priorities.sort-by-rank"].trigger()
    assert order_of(roadbook) == ["a", "b", "c", "d", "e"]


def test_filters_narrow_by_programme_status_and_text(roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    page.filters.programme.setCurrentIndex(page.filters.programme.findText("Trust"))
    assert order_of(roadbook) == ["c", "d"]
    roadbook.actions["priorities.clear-filters"].trigger()
    page.filters.status.setCurrentIndex(page.filters.status.findData("active"))
    assert order_of(roadbook) == ["e"]
    roadbook.actions["priorities.clear-filters"].trigger()
    roadbook.actions["find-here"].trigger()
    page.filters.text.setText("flow b")
    assert order_of(roadbook) == ["b"]
    page.filters.text.clear()
    roadbook.actions["priorities.with-programmes"].trigger()
    assert set(order_of(roadbook)) == {"a", "b", "c", "d", "e", "flow", "trust"}


def test_another_formula_ranks_at_once_and_a_formula_of_ones_own_is_told_of(roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    box = page.formula.box
    box.setCurrentIndex(box.findText("ICE"))
    box.activated.emit(box.currentIndex())
    assert "ICE" in page.toolbar.line.text()
    assert page.formula.sentence.text() == "= impact × confidence × ease"
    assert roadbook.actions["priorities.add-formula-criteria"].isEnabled()
    roadbook.actions["priorities.add-formula-criteria"].trigger()
    assert {"Confidence", "Ease"} <= {one.name for one in roadbook.opened.engagement.criteria.values()}
    box.setCurrentIndex(box.findText("Ours"))
    box.activated.emit(box.currentIndex())
    assert page.formula.sentence.text() == "= impact * 3"
    roadbook.actions["priorities.formula-criteria"].trigger()
    assert page.wishes.formula_criteria_only
    roadbook.actions["priorities.formula-criteria"].trigger()
    best = max(_SCORES, key=lambda one: _SCORES[one][0])
    assert order_of(roadbook)[0] == best
    assert roadbook.opened is not None
    roadbook.opened.edit(entities.change(roadbook.opened.engagement, "formulas", "own", expression="impact * 3 +"))
    assert "ends too soon, at character 13" in page.formula.sentence.text()
    roadbook.actions["undo"].trigger()
    for _step in range(3):
        roadbook.actions["undo"].trigger()
    assert box.currentText() == "Ratio"
    assert order_of(roadbook)[0] == "a"


def test_criteria_are_added_renamed_ranged_turned_moved_and_removed(
    roadbook: Roadbook, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    page = page_of(roadbook)
    roadbook.actions["priorities.add-criterion"].trigger()
    panel = page.criteria
    (editor,) = [one for one in panel.table.viewport().findChildren(QLineEdit) if one.isVisible()]
    editor.setText("Learning")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    (added,) = panel.selected_ids()
    qtbot.waitUntil(lambda: roadbook.opened.engagement.criteria[added].name == "Learning")
    assert page.selection() == Selection("criteria", (added,))
    row = panel.model.row_of(added)
    assert panel.model.setData(panel.model.index(row, 3), 20.0)
    assert panel.model.setData(panel.model.index(row, 4), 3.0)
    assert panel.model.setData(panel.model.index(row, 5), False)
    assert panel.model.setData(panel.model.index(row, 1), CriterionRole.REACH)
    criterion = roadbook.opened.engagement.criteria[added]
    assert (criterion.maximum, criterion.weight, criterion.higher_is_better) == (20.0, 3.0, False)
    assert not panel.model.setData(panel.model.index(panel.model.row_of("impact"), 3), 2.0)
    assert roadbook.opened.engagement.criteria["impact"].maximum == 10.0
    qtmodeltester.check(panel.model, force_py=True)
    panel.select((added,))
    roadbook.actions["priorities.move-up"].trigger()
    assert panel.model.row_of(added) == row - 1
    assert panel.model.setData(panel.model.index(panel.model.row_of("impact"), 0), "Effect on all")
    assert roadbook.opened.engagement.formulas["own"].expression == "Effect on all * 3"
    panel.select(("impact",))
    roadbook.actions["remove"].trigger()
    assert "impact" in roadbook.opened.engagement.criteria
    assert "'Ours' names the criterion 'Effect on all'" in told(roadbook)
    roadbook.opened.edit(entities.change(roadbook.opened.engagement, "formulas", "own", expression="3"))
    roadbook.actions["remove"].trigger()
    assert "impact" not in roadbook.opened.engagement.criteria
    assert "5 scores went along" in told(roadbook)
    roadbook.actions["undo"].trigger()
    assert score(roadbook, "a", "impact") == 8.0


def test_a_direction_is_chosen_from_its_list(roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    page.show_view("criteria")
    index = page.criteria.model.index(page.criteria.model.row_of("mood"), 5)
    page.criteria.table.edit(index)
    (box,) = [one for one in page.criteria.table.viewport().findChildren(QComboBox) if one.isVisible()]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert not roadbook.opened.engagement.criteria["mood"].higher_is_better


def test_bubbles_share_the_selection_and_are_walked_by_the_keys(roadbook: Roadbook, qtbot: QtBot) -> None:
    page = page_of(roadbook)
    stand_on(roadbook, "c", "impact")
    roadbook.actions["priorities.show-bubbles"].trigger()
    picture = page.bubbles.picture
    assert picture.selected == ("c",)
    assert usual_keys(page._board) == ("effort", "impact", "=cost")
    assert "1 initiative lacks" in page.bubbles.left_out.text()
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert page.selection().ids == picture.selected != ("c",)
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=picture.place_of("d"))
    assert page.selection() == Selection("initiatives", ("d",))
    assert "Step d" in picture.accessibleDescription()
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, picture.place_of("c"))
    assert set(page.selection().ids) == {"c", "d"}
    QTest.keyClick(picture, Qt.Key.Key_Return)
    assert page.table.isVisible()
    assert current(roadbook)[0] == "c"


def test_names_of_bubbles_lie_over_no_other_name(start: StartRoadbook, tmp_path: Path) -> None:
    from datetime import date

    from planner.exchange.demo import demo_engagement

    path = tmp_path / "demo.roadbook"
    Document.create(path, demo_engagement(Language("en"), date(2026, 11, 23))).close()
    roadbook = start(path)
    roadbook.window.resize(1440, 900)
    roadbook.show_page("priorities")
    page = page_of(roadbook)
    page.show_view("bubbles")
    boxes = list(page.bubbles.picture.names.values())
    assert len(boxes) >= 5
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_what_is_chosen_is_there_again_after_reopening(
    start: StartRoadbook, roadbook: Roadbook, scored_file: Path, qtbot: QtBot
) -> None:
    stand_on(roadbook, "b", "impact")
    type_score(roadbook, "9")
    page = page_of(roadbook)
    page.show_view("bubbles")
    box = page.bubbles.boxes["x"]
    box.setCurrentIndex(box.findData("mood"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, roadbook)
    kept = roadbook.memory.preferences
    leave(qtbot, roadbook)
    again = start(scored_file, preferences=kept)
    again.show_page("priorities")
    page = page_of(again)
    assert page.bubbles.isVisible()
    assert page.bubbles.boxes["x"].currentData() == "mood"
    page.show_view("table")
    assert score(again, "b", "impact") == 9.0
    assert page.table.model.text_at(0, 1) == "Step b"


def test_an_empty_engagement_offers_its_first_criteria(start: StartRoadbook, plan_file: Path) -> None:
    roadbook = start(plan_file)
    roadbook.show_page("priorities")
    roadbook.actions["priorities.add-formula-criteria"].trigger()
    assert len(roadbook.opened.engagement.criteria) == 5
    assert page_of(roadbook).table.view.isVisible()


def test_scores_found_elsewhere_are_shown_where_they_are(roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    page.filters.text.setText("nothing like it")
    assert page.reveal("criterion_scores", "d-effort")
    assert current(roadbook) == ("d", "effort")
    assert page.reveal("criteria", "mood")
    assert page.criteria.selected_ids() == ("mood",)


def test_the_page_is_worded_in_the_language_of_the_screen(roadbook: Roadbook, surroundings: object) -> None:
    page = page_of(roadbook)
    surroundings.set_language(Language("fr"))
    QApplication.processEvents()
    assert page.table.model.headerData(0, Qt.Orientation.Horizontal) == "Rang"
    assert page.formula.sentence.text() == "= impact / effort"
    stand_on(roadbook, "a", "impact")
    type_score(roadbook, "7,5")
    assert page.table.model.index_of("a", "impact").data() == "7,5"


@pytest.mark.parametrize("view", ["table", "bubbles", "criteria"])
def test_a_view_with_nothing_to_show_says_what_comes_first(start: StartRoadbook, tmp_path: Path, view: str) -> None:
    path = tmp_path / "empty.roadbook"
    Document.create(path, start_engagement("Rivage", created=a.MONDAY)).close()
    roadbook = start(path)
    roadbook.show_page("priorities")
    roadbook.actions[f"priorities.show-{view}"].trigger()
    (guidance,) = (one for one in page_of(roadbook).findChildren(Guidance) if one.isVisible())
    if view != "criteria":
        return
    (button,) = (one for one in guidance.findChildren(QAbstractButton) if "own" in one.accessibleName())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(roadbook.opened.engagement.criteria) == 1
    assert not guidance.isVisible()
    roadbook.actions["undo"].trigger()
    assert guidance.isVisible()


def crowd() -> Engagement:
    """Return more scored initiatives than are painted at once."""
    ids = [f"one-{n}" for n in range(CROWD + 50)]
    entities = [
        Criterion(id="impact", name="Impact", role=CriterionRole.IMPACT, position=0),
        Criterion(id="effort", name="Effort", role=CriterionRole.EFFORT, position=1, higher_is_better=False),
        *(a.initiative(id=one, name=f"Step {n}", position=n) for n, one in enumerate(ids)),
    ]
    for n, one in enumerate(ids):
        entities += [
            CriterionScore(id=f"{one}-impact", initiative_id=one, criterion_id="impact", value=float(n % 10 + 1)),
            CriterionScore(id=f"{one}-effort", initiative_id=one, criterion_id="effort", value=float(n // 50 + 1)),
        ]
    return a.engagement(a.settings(), *entities)


def test_a_crowd_of_bubbles_is_painted_away_from_the_screen_and_shows_the_last_edit(
    start: StartRoadbook, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "crowd.roadbook"
    Document.create(path, crowd()).close()
    roadbook = start(path)
    roadbook.show_page("priorities")
    picture = page_of(roadbook).bubbles.picture
    roadbook.actions["priorities.show-bubbles"].trigger()
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=picture.rect().center())
    assert not picture.names  # nothing is there to be chosen yet
    qtbot.waitUntil(lambda: bool(picture.names))
    before = picture.place_of("one-0")
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=before)
    assert page_of(roadbook).selection().ids
    for value in (5.0, 9.0):
        roadbook.opened.edit(priorities.score(roadbook.opened.engagement, {("one-0", "effort"): value}))
    settle(qtbot, roadbook)
    qtbot.waitUntil(lambda: bool(picture.names) and not roadbook.background.busy)
    after = picture.place_of("one-0")
    roadbook.actions["undo"].trigger()
    settle(qtbot, roadbook)
    qtbot.waitUntil(lambda: bool(picture.names) and not roadbook.background.busy)
    assert before.x() < picture.place_of("one-0").x() < after.x()


def test_figures_kept_for_another_thread_stay_as_they_were() -> None:
    engagement = plan()
    board = figures.Board(engagement)
    kept = board.kept()
    changes = priorities.score(engagement, {("d", "impact"): 10.0, ("a", "impact"): None})
    board.follow(changes, engagement.apply(changes))
    assert (kept.score("d", "impact"), kept.score("a", "impact")) == (2.0, 8.0)
    assert kept.places == figures.Board(engagement).places
    assert board.places == figures.Board(board.engagement).places != kept.places


def test_a_board_that_follows_steps_of_every_kind_is_the_board_made_anew() -> None:
    engagement = plan()
    board = figures.Board(engagement)
    for make in (
        lambda e: initiatives.remove(e, ["a"]),
        lambda e: priorities.add_criterion(e, name="Value"),
        lambda e: initiatives.place(e, "b", parent_id="trust", position=0),
        lambda e: priorities.score(e, {("b", "effort"): 3.0, ("flow", "impact"): 7.0, ("flow", "effort"): 1.0}),
        lambda e: entities.change(e, "criteria", "impact", weight=3.0),
        lambda e: initiatives.change(e, "c", status=Status.DROPPED),
        lambda e: priorities.choose_formula(e, "own"),
        lambda e: priorities.choose_known_formula(e, FormulaKind.ICE, name="Ice"),
        lambda e: priorities.choose_formula(e, "formula"),
        lambda e: entities.remove(e, "criteria", ["effort"]),
    ):
        changes = make(engagement)
        engagement = engagement.apply(changes)
        board = board.follow(changes, engagement)
        anew = figures.Board(engagement)
        assert (board.scores, board.worths, board.places) == (anew.scores, anew.worths, anew.places)
