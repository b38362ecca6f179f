"""The assessment page as a person uses it: by mouse, by keyboard, back and forth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QMenu
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.assessment import Answer, AnswerState, Assessment, Target, Vote
from planner.domain.engagement import Engagement
from planner.domain.practice import Dimension, MaturityModel, Scale, ScaleOption, Theme
from planner.domain.settings import RollUp
from planner.editing import entities
from planner.editing.assessments import answers_of
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.actions import keys_of
from ui.composition import Roadbook
from ui.pages.assessment.page import AssessmentPage
from ui.pages.page import Selection
from ui.widgets.text import PlainLabel

BLUE, RED = ("blue", "p0"), ("red", "p0")


def an_engagement(*extra: object) -> Engagement:
    """Return two teams, three practices, a closed assessment and an open one with one answer."""
    return a.engagement(
        a.settings(name="Littoral"),
        a.unit(id="unit", name="IT"),
        a.team(id="blue", name="Blue", position=0),
        a.team(id="red", name="Red", position=1),
        *a.model(),
        a.practice(id="p0", name="Trunk", position=0),
        a.practice(id="p1", name="Tests", position=1),
        a.practice(id="p2", name="Reviews", position=2),
        Assessment(id="before", name="Before", held_on=a.MONDAY - timedelta(days=90), closed_on=a.MONDAY),
        Assessment(id="assessment", name="Now", held_on=a.MONDAY),
        a.answer(id="old", assessment_id="before", team_id="blue", practice_id="p0", score=0.0),
        a.answer(id="new", team_id="blue", practice_id="p0", score=0.5),
        *extra,  # type: ignore[arg-type]
    )


OpenPage = Callable[..., AssessmentPage]


@pytest.fixture
def open_page(tmp_path: Path, start: StartRoadbook, qtbot: QtBot) -> Iterator[OpenPage]:
    def begin(engagement: Engagement | None = None) -> AssessmentPage:
        path = tmp_path / "littoral.roadbook"
        Document.create(path, engagement or an_engagement()).close()
        roadbook: Roadbook = start(path)
        roadbook.show_page("assessment")
        settle(qtbot, roadbook)
        page = roadbook.page("assessment")
        assert isinstance(page, AssessmentPage)
        page.setFocus()
        return page

    yield begin
    QGuiApplication.clipboard().clear()


def do(page: AssessmentPage, action_id: str) -> None:
    action = page.workbench.actions[action_id]
    assert action.isEnabled(), action_id
    action.trigger()


def enabled(page: AssessmentPage, action_id: str) -> bool:
    return page.workbench.actions[action_id].isEnabled()


def go(page: AssessmentPage, place: tuple[str, str], *, to: tuple[str, str] | None = None) -> None:
    assert page.heatmap.select_place(place)
    if to is not None:
        first = page.heatmap.cursor_cell
        assert page.heatmap.select_place(to)
        last = page.heatmap.cursor_cell
        page.heatmap.select(first)
        page.heatmap.select(last, extend=True)


def answer(page: AssessmentPage, place: tuple[str, str], assessment_id: str = "assessment") -> Answer | None:
    return answers_of(page.engagement, assessment_id).get(place)


def score(page: AssessmentPage, place: tuple[str, str]) -> float | None:
    found = answer(page, place)
    return None if found is None else found.score


def press(page: AssessmentPage, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(page.heatmap, key, modifier or Qt.KeyboardModifier.NoModifier)


# Rating


def test_one_key_rates_the_whole_selection_and_one_undo_takes_it_back(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, BLUE, to=("red", "p1"))
    press(page, qtbot, Qt.Key.Key_3)
    assert [score(page, (team, one)) for team in ("blue", "red") for one in ("p0", "p1")] == [1.0] * 4
    assert page.heatmap.face_at(*page.heatmap.cursor_cell).text == "100"
    do(page, "undo")
    assert score(page, BLUE) == 0.5
    assert answer(page, RED) is None
    assert page.heatmap.face_at(*page.heatmap.cursor_cell).text == ""
    do(page, "redo")
    assert score(page, RED) == 1.0


def test_ratings_stand_in_the_menu_and_their_keys_answer_on_the_heatmap_alone(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page()
    go(page, RED)
    (submenu,) = [one for one in page.window().findChildren(QMenu) if one.title().replace("&", "") == "Rating"]
    assert [keys_of(one) for one in submenu.actions()] == [[str(number)] for number in range(1, 10)]
    assert all(one.text().endswith(f"\t{number}") for number, one in enumerate(submenu.actions(), start=1))
    chooser = page.bar.findChildren(QComboBox)[0]
    chooser.setFocus()
    for key in (Qt.Key.Key_3, Qt.Key.Key_T, Qt.Key.Key_D):
        qtbot.keyClick(chooser, key)
    assert answer(page, RED) is None
    assert page.card.isHidden()
    assert page.prompt.isHidden()
    submenu.actions()[2].trigger()
    assert score(page, RED) == 1.0
    page.heatmap.setFocus()
    press(page, qtbot, Qt.Key.Key_1)
    assert score(page, RED) == 0.0


def test_the_mouse_rates_from_the_menu_of_the_cells(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, RED)
    where = page.heatmap.viewport().mapToGlobal(page.heatmap.cell_rectangle().center())
    for _time in range(2):
        page.heatmap.menu_asked.emit(where)
        menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    rating = menu.actions()[0].menu()
    assert rating is not None
    rating.actions()[2].trigger()
    menu.close()
    assert score(page, RED) == 1.0


def test_an_option_the_scale_does_not_have_is_told_and_changes_nothing(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, RED)
    press(page, qtbot, Qt.Key.Key_9)
    assert answer(page, RED) is None
    assert any("no option 9" in label.text() for label in page.window().findChildren(PlainLabel))


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_N, AnswerState.NOT_APPLICABLE),
        (Qt.Key.Key_D, AnswerState.DECLINED),
        (Qt.Key.Key_O, AnswerState.OUTSIDE_OUR_CONTROL),
    ],
)
def test_a_letter_asks_one_reason_for_all_the_selected_cells(
    open_page: OpenPage, qtbot: QtBot, key: Qt.Key, state: AnswerState
) -> None:
    page = open_page()
    go(page, BLUE, to=RED)
    press(page, qtbot, key)
    line = page.prompt.line
    assert line.isVisible()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.isVisible()  # without a reason nothing is taken
    qtbot.keyClicks(line, "Mainframe, no pipeline 3")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    for place in (BLUE, RED):
        found = answer(page, place)
        assert found is not None
        assert (found.state, found.reason) == (state, "Mainframe, no pipeline 3")
    assert not page.prompt.isVisible()
    assert page.heatmap.hasFocus()
    do(page, "undo")
    assert score(page, BLUE) == 0.5


def test_a_question_for_one_reason_offers_the_reason_of_all_and_none_where_they_differ(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(an_engagement(a.answer(id="red", team_id="red", practice_id="p0", score=0.5, reason="Old")))
    go(page, RED)
    press(page, qtbot, Qt.Key.Key_D)
    assert page.prompt.line.text() == "Old"
    qtbot.keyClick(page.prompt.line, Qt.Key.Key_Escape)
    page.verbs.change([BLUE], reason="New")
    go(page, BLUE, to=RED)
    press(page, qtbot, Qt.Key.Key_D)
    assert page.prompt.line.text() == ""


def test_escape_leaves_a_question_and_everything_as_it_was(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, BLUE)
    press(page, qtbot, Qt.Key.Key_N)
    qtbot.keyClicks(page.prompt.line, "Because")
    qtbot.keyClick(page.prompt.line, Qt.Key.Key_Escape)
    assert not page.prompt.isVisible()
    assert score(page, BLUE) == 0.5


def test_delete_takes_the_selected_answers_away(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, BLUE, to=RED)
    press(page, qtbot, Qt.Key.Key_Delete)
    assert answer(page, BLUE) is None
    assert not enabled(page, "remove")
    do(page, "undo")
    assert score(page, BLUE) == 0.5


def test_the_letter_c_offers_confidences(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, BLUE, to=RED)
    press(page, qtbot, Qt.Key.Key_C)
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    qtbot.keyClick(menu, Qt.Key.Key_2)
    found = answer(page, BLUE)
    assert found is not None
    assert found.confidence == 0.4
    assert answer(page, RED) is None
    place = page.heatmap.cursor_cell
    go(page, BLUE)
    assert page.heatmap.face_at(*page.heatmap.cursor_cell).doubtful
    press(page, qtbot, Qt.Key.Key_C)
    qtbot.keyClick(next(one for one in page.findChildren(QMenu) if one.isVisible()), Qt.Key.Key_N)
    changed = answer(page, BLUE)
    assert changed is not None
    assert changed.confidence is None, "not known is not 0 %"
    assert place != page.heatmap.cursor_cell


# The clipboard


def test_scores_travel_to_a_spreadsheet_and_back(open_page: OpenPage) -> None:
    page = open_page()
    go(page, BLUE, to=("red", "p1"))
    do(page, "copy")
    assert QGuiApplication.clipboard().text() == "50%\t\n\t\n"
    QGuiApplication.clipboard().setText('1\t"0,25"\r\n75 %\t')
    do(page, "paste")
    assert [score(page, BLUE), score(page, ("blue", "p1")), score(page, RED)] == [1.0, 0.25, 0.75]
    assert answer(page, ("red", "p1")) is None
    do(page, "undo")
    assert score(page, BLUE) == 0.5
    assert answer(page, RED) is None


def test_one_copied_score_fills_the_selection(open_page: OpenPage) -> None:
    page = open_page()
    QGuiApplication.clipboard().setText("50%")
    go(page, BLUE, to=("red", "p2"))
    do(page, "paste")
    assert len(answers_of(page.engagement, "assessment")) == 6


@pytest.mark.parametrize("text", ["maybe", "nan", "inf", "250%", "-1", "<b>x</b>"])
def test_what_is_no_score_is_refused_whole(open_page: OpenPage, text: str) -> None:
    page = open_page()
    QGuiApplication.clipboard().setText(f"1\t{text}")
    go(page, BLUE)
    do(page, "paste")
    assert score(page, BLUE) == 0.5
    assert page.window().messages.messages()  # type: ignore[attr-defined]


# The card


def test_enter_opens_the_card_and_it_is_used_by_keys_alone(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, RED)
    press(page, qtbot, Qt.Key.Key_Return)
    card = page.card
    assert card.isVisible()
    assert card.heading.text() == "Trunk"
    qtbot.waitUntil(card.answer.options.hasFocus)
    qtbot.keyClick(card.answer.options, Qt.Key.Key_Down)
    qtbot.keyClick(card.answer.options, Qt.Key.Key_Return)
    assert score(page, RED) == 0.5
    qtbot.keyClick(card.answer.options, Qt.Key.Key_3)
    assert score(page, RED) == 1.0
    assert card.answer.state.currentData() is AnswerState.ANSWERED
    card.answer.evidence.setFocus()
    qtbot.keyClicks(card.answer.evidence, "Seen on 3 pipelines")
    qtbot.keyClick(card.answer.evidence, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert page.heatmap.hasFocus()
    found = answer(page, RED)
    assert found is not None
    assert (found.score, found.evidence) == (1.0, "Seen on 3 pipelines")


def test_the_card_takes_state_reason_confidence_and_expiry(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, BLUE)
    do(page, "assessment.open-card")
    form = page.card.answer
    form.confidence.setCurrentIndex(form.confidence.findData(0.8))
    form.confidence.activated.emit(form.confidence.currentIndex())
    form.expiry.box.click()
    form.expiry.day.setDate(QDate(2027, 3, 1))
    form.state.setCurrentIndex(form.state.findData(AnswerState.DECLINED))
    form.state.activated.emit(form.state.currentIndex())
    assert form.reason.isVisible()
    qtbot.keyClicks(form.reason, "Not worth it")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    found = answer(page, BLUE)
    assert found is not None
    assert (found.confidence, found.expiry) == (0.8, date(2027, 3, 1))
    assert (found.state, found.score, found.reason) == (AnswerState.DECLINED, 0.5, "Not worth it")


def test_several_cells_share_what_the_card_is_given(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, BLUE, to=RED)
    press(page, qtbot, Qt.Key.Key_Return)
    assert page.card.heading.text() == "2 cells"
    options = page.card.answer.options
    page.card.answer.options.itemClicked.emit(options.item(0))
    assert [score(page, BLUE), score(page, RED)] == [0.0, 0.0]


def test_targets_are_set_in_the_card_and_shown_on_the_cell_and_above(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, BLUE)
    press(page, qtbot, Qt.Key.Key_T)
    form = page.card.target
    qtbot.waitUntil(form.score.hasFocus)
    form.score.setCurrentIndex(form.score.findData(1.0))
    form.score.activated.emit(form.score.currentIndex())
    qtbot.keyClicks(form.owner, "Lead")
    qtbot.keyClick(form.owner, Qt.Key.Key_Return)
    (target,) = page.engagement.targets.values()
    assert (target.team_id, target.practice_id, target.score, target.owner) == ("blue", "p0", 1.0, "Lead")
    shown = page.heatmap.face_at(*page.heatmap.cursor_cell)
    assert (shown.target, shown.met) == (1.0, False)
    texts = page.figures.texts()
    assert texts[1] == ("To target: 50%", "1 of 1 target scored")
    assert texts[2] == ("Progress: 50%", "Since Before")
    form.remove.click()
    assert not page.engagement.targets
    assert page.figures.texts()[1][0] == "To target: none"
    do(page, "undo")
    assert page.engagement.targets


def test_votes_are_listed_added_and_removed(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page(an_engagement(Vote(id="vote", answer_id="new", respondent="Developer", score=1.0)))
    go(page, BLUE)
    do(page, "assessment.open-card")
    page.card.tabs.setCurrentIndex(2)
    form = page.card.votes
    assert form.votes.count() == 1
    qtbot.keyClicks(form.respondent, "Tester")
    qtbot.keyClick(form.respondent, Qt.Key.Key_Return)
    assert len(page.engagement.votes) == 2
    assert form.summary.text().startswith("2 votes, median 50%, spread 50 points")
    assert score(page, BLUE) == 0.5
    form.votes.setCurrentRow(0)
    form.remove.click()
    assert [vote.respondent for vote in page.engagement.votes.values()] == ["Tester"]


def test_the_card_follows_the_cursor_and_leaves_with_the_page(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, BLUE)
    do(page, "assessment.open-card")
    go(page, ("red", "p2"))
    assert (page.card.heading.text(), page.card.line.text()) == ("Reviews", "Red")
    page.card.answer.evidence.setPlainText("Typed, then left")
    go(page, BLUE)
    do(page, "go-timeline")
    assert not page.card.isVisible()


# Assessments


def test_names_of_rows_take_a_share_of_the_width_there_is(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    for width, names in ((1200, 300), (900, 225), (600, 180)):
        page.heatmap.resize(width, page.heatmap.height())
        qtbot.waitUntil(lambda names=names: page.heatmap.geometry_now.names == names)


def test_a_new_assessment_starts_from_the_latest_answers_and_is_shown(open_page: OpenPage) -> None:
    page = open_page()
    do(page, "assessment.start-carried")
    assert page.assessment_id not in ("before", "assessment")
    assert [one.score for one in answers_of(page.engagement, page.assessment_id).values()] == [0.5]
    do(page, "assessment.start-empty")
    assert answers_of(page.engagement, page.assessment_id) == {}
    do(page, "undo")
    do(page, "undo")
    assert page.assessment_id == "assessment"


def test_closing_is_confirmed_in_place_and_then_nothing_changes(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    do(page, "assessment.close")
    assert page.prompt.isVisible()
    assert page.engagement.assessments["assessment"].closed_on is None
    qtbot.waitUntil(page.prompt.yes.hasFocus)
    qtbot.keyClick(page.prompt.yes, Qt.Key.Key_Return)
    assert page.engagement.assessments["assessment"].closed_on is not None
    go(page, BLUE)
    press(page, qtbot, Qt.Key.Key_1)
    press(page, qtbot, Qt.Key.Key_Delete)
    assert score(page, BLUE) == 0.5
    (message,) = page.window().messages.messages()  # type: ignore[attr-defined]
    assert "is closed and cannot change" in message.label.text()
    assert not enabled(page, "assessment.not-applicable")
    assert enabled(page, "assessment.target")
    do(page, "undo")
    press(page, qtbot, Qt.Key.Key_1)
    assert score(page, BLUE) == 0.0


def test_an_assessment_held_later_than_today_closes_on_its_own_day(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    held = page.workbench.today + timedelta(days=9)
    page.edit(lambda engagement: entities.change(engagement, "assessments", "assessment", held_on=held))
    do(page, "assessment.close")
    qtbot.waitUntil(page.prompt.yes.hasFocus)
    qtbot.keyClick(page.prompt.yes, Qt.Key.Key_Return)
    assert page.engagement.assessments["assessment"].closed_on == held


def test_an_assessment_is_renamed_and_removed_with_its_answers(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    do(page, "rename")
    page.prompt.line.setText("Second look")
    qtbot.keyClick(page.prompt.line, Qt.Key.Key_Return)
    assert page.toolbar.title.text() == "Second look"
    do(page, "assessment.remove-assessment")
    assert list(page.engagement.assessments) == ["before"]
    assert page.assessment_id == "before"
    do(page, "undo")
    assert score(page, BLUE) == 0.5


def test_two_assessments_are_compared_cell_by_cell_with_the_largest_changes(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    page.bar.compared.setCurrentIndex(page.bar.compared.findData("before"))
    page.bar.compared.activated.emit(page.bar.compared.currentIndex())
    go(page, BLUE)
    assert page.heatmap.face_at(*page.heatmap.cursor_cell).difference == 0.5
    assert page.heatmap.face_at(0, 0).difference == 0.5
    assert page.shifts.isVisible()
    QAbstractItemModelTester(page.shifts.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.shifts.rows.rowCount() == 1
    go(page, ("red", "p2"))
    page.shifts.view.setCurrentIndex(page.shifts.rows.index(0))
    qtbot.keyClick(page.shifts.view, Qt.Key.Key_Return)
    assert page.heatmap.selected_places() == (BLUE,)
    assert page.figures.texts()[3] == ("Before: 0%", "Before")
    press(page, qtbot, Qt.Key.Key_1)
    assert page.shifts.rows.rowCount() == 0


# Views


def test_rows_and_columns_turn_and_the_choice_is_remembered(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    go(page, RED)
    do(page, "assessment.turn")
    assert page.heatmap.selected_places() == (RED,)
    press(page, qtbot, Qt.Key.Key_3)
    assert score(page, RED) == 1.0
    do(page, "go-timeline")
    assert page.workbench.remembered("assessment")["turned"] is True
    do(page, "go-assessment")
    assert page.workbench.actions["assessment.turn"].isChecked()
    do(page, "assessment.turn")


def test_groups_fold_by_keys_and_an_answer_is_found_inside(open_page: OpenPage) -> None:
    page = open_page()
    go(page, BLUE)
    rows = page.heatmap.geometry_now.rows
    do(page, "assessment.fold")
    assert page.heatmap.geometry_now.rows == rows - 2
    columns = page.heatmap.geometry_now.columns
    do(page, "assessment.fold-across")
    assert page.heatmap.geometry_now.columns < columns
    assert page.reveal("answers", "new")
    assert page.heatmap.selected_places() == (BLUE,)
    do(page, "assessment.fold-all")
    assert page.heatmap.selected_places() == ()
    do(page, "assessment.unfold-all")
    assert page.heatmap.geometry_now.rows == rows


def test_the_method_is_named_beside_the_number(open_page: OpenPage) -> None:
    page = open_page(an_engagement(a.answer(team_id="red", practice_id="p0", score=1.0)))
    assert page.figures.texts()[0] == (
        "Mean: 75%", "used 2 of 6 cells (4 unanswered) \N{MIDDLE DOT} spread 25 points",
    )  # fmt: skip
    page.bar.methods.setCurrentIndex(page.bar.methods.findData(RollUp.FLOOR))
    page.bar.methods.activated.emit(page.bar.methods.currentIndex())
    assert page.figures.texts()[0][0] == "Floor: 50%"
    assert "Floor" in page.heatmap._corner[1]


def test_the_models_are_shown_one_at_a_time(open_page: OpenPage) -> None:
    page = open_page(
        an_engagement(
            MaturityModel(id="m2", name="Second model"),
            Dimension(id="d2", model_id="m2", name="D"),
            Theme(id="t2", dimension_id="d2", name="T"),
            Scale(id="s2", model_id="m2", name="S", options=(ScaleOption(score=1.0, text="yes"),)),
            a.practice(id="q0", name="Other", theme_id="t2", scale_id="s2"),
        )
    )
    assert page.bar.models.isVisible()
    assert not page.heatmap.select_place(("blue", "q0"))
    page.bar.models.setCurrentIndex(page.bar.models.findData("m2"))
    page.bar.models.activated.emit(page.bar.models.currentIndex())
    go(page, ("blue", "q0"))


def test_the_inspector_is_offered_the_selected_answers(open_page: OpenPage) -> None:
    page = open_page()
    go(page, BLUE, to=RED)
    assert page.selection() == Selection("answers", ("new",))
    go(page, ("red", "p2"))
    assert page.selection() == Selection("assessments", ("assessment",))


def test_search_lands_on_the_cell(open_page: OpenPage) -> None:
    page = open_page(
        an_engagement(
            Target(id="t", team_id="red", practice_id="p1", score=1.0), Vote(id="v", answer_id="old", score=0.5)
        )
    )
    assert page.reveal("targets", "t")
    assert page.heatmap.selected_places() == (("red", "p1"),)
    assert page.reveal("votes", "v")
    assert page.assessment_id == "before"
    assert page.reveal("assessments", "assessment")
    assert page.assessment_id == "assessment"
    assert not page.reveal("teams", "blue")


@pytest.mark.parametrize(
    ("entities", "action"),
    [
        ((), "assessment.go-organization"),
        ((a.unit(id="unit"), a.team(id="blue")), "assessment.go-practices"),
        ((a.unit(id="unit"), a.team(id="blue"), *a.model(), a.practice(id="p")), "assessment.start-empty"),
    ],
)
def test_an_empty_page_says_what_comes_first(open_page: OpenPage, entities: tuple, action: str) -> None:  # type: ignore[type-arg]
    page = open_page(a.engagement(*entities))
    assert not page.heatmap.isVisible()
    do(page, action)
    assert page.heatmap.isVisible() == (action == "assessment.start-empty")


def test_another_language_rewords_the_page(open_page: OpenPage) -> None:
    page = open_page()
    go(page, BLUE)
    do(page, "assessment.open-card")
    surroundings = page.workbench.surroundings
    surroundings.set_language(Language("fr"))
    QApplication.processEvents()
    assert page.figures.texts()[0][0].startswith("Moyenne")
    assert page.card.isVisible()
    assert page.bar.methods.itemText(0) == "Moyenne pondérée"
    surroundings.set_language(Language("en"))


def test_edits_from_elsewhere_are_shown(open_page: OpenPage) -> None:
    page = open_page()
    go(page, BLUE)
    do(page, "assessment.open-card")
    page.edit(lambda engagement: entities.remove(engagement, "teams", ("red",)))
    assert page.heatmap.geometry_now.rows == 2
    page.edit(lambda engagement: entities.remove(engagement, "assessments", ("before",)))
    page.edit(lambda engagement: entities.remove(engagement, "teams", ("blue",)))
    assert not page.card.isVisible()
    assert not page.heatmap.isVisible()


def test_everything_is_there_again_when_the_file_is_opened_anew(
    open_page: OpenPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    go(page, RED)
    press(page, qtbot, Qt.Key.Key_2)
    opened = page.opened
    assert opened is not None
    path = opened.document.path
    do(page, "close")
    qtbot.waitUntil(lambda: page.opened is None, timeout=20_000)
    assert page.heatmap.geometry_now.rows == 0
    document = Document.open(path)
    assert answers_of(document.engagement, "assessment")[RED].score == 0.5
    document.close()
