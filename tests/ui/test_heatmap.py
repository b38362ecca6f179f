"""The heatmap by itself: what stands where, what is selected, what each cell looks like, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from pytestqt.qtbot import QtBot

from planner.analysis.standings import Standings
from planner.domain.assessment import AnswerState, Assessment, Target
from planner.domain.engagement import Engagement
from planner.domain.practice import Dimension, Theme
from planner.domain.settings import RollUp
from planner.editing.assessments import targets_of
from planner.language import Language
from tests import builders as a
from ui import theme
from ui.contrast import text_on
from ui.pages.assessment.axes import EVERYTHING, Line, all_folded, practice_axis, refolded, team_axis
from ui.pages.assessment.faces import Face, Reading, signed
from ui.pages.assessment.geometry import Geometry
from ui.pages.assessment.headers import wrapped
from ui.pages.assessment.heatmap import Heatmap
from ui.pages.assessment.painting import CELL_HEIGHT, CELL_WIDTH, CellPainter, shade
from ui.surroundings import Surroundings

ENGLISH = Language("en")


def an_engagement(*extra: object) -> Engagement:
    """Return a unit of two teams over a unit of one, and two dimensions of two practices and one."""
    return a.engagement(
        a.unit(id="top", name="Top"),
        a.unit(id="inner", name="Inner", parent_id="top"),
        a.team(id="blue", name="Blue", unit_id="top", position=0),
        a.team(id="red", name="Red", unit_id="top", position=1),
        a.team(id="deep", name="Deep", unit_id="inner"),
        *a.model(),
        Dimension(id="second", model_id="model", name="Second", position=1),
        Theme(id="other", dimension_id="second", name="Other"),
        a.practice(id="p0", name="Trunk", position=0),
        a.practice(id="p1", name="Tests", position=1),
        a.practice(id="p2", name="Reviews", theme_id="other"),
        Assessment(id="assessment", name="First", held_on=a.MONDAY),
        *extra,  # type: ignore[arg-type]
    )


def a_reading(engagement: Engagement, *, method: RollUp = RollUp.MEAN, before: str = "") -> Reading:
    now = Standings(engagement, "assessment")
    earlier = Standings(engagement, before) if before else None
    teams, practices = axes(engagement)
    for standings in (now, earlier):
        if standings is not None:
            standings.group(teams=teams.parts, practices=practices.parts)
    return Reading(
        now=now, before=earlier, base=earlier, targets=targets_of(engagement), method=method,
        today=a.MONDAY, language=ENGLISH,
    )  # fmt: skip


def axes(engagement: Engagement, folded: frozenset[str] = frozenset()) -> tuple:  # type: ignore[type-arg]
    return (
        team_axis(engagement, folded=folded, everything="All teams"),
        practice_axis(engagement, "model", folded=folded, everything="All practices"),
    )


MakeView = Callable[..., Heatmap]


@pytest.fixture
def make_view(surroundings: Surroundings, qtbot: QtBot) -> MakeView:
    def make(engagement: Engagement, *, turned: bool = False, **reading: object) -> Heatmap:
        view = Heatmap(surroundings, describe=lambda who, what: (f"{who.name} / {what.name}", ("line",)))
        qtbot.addWidget(view)
        teams, practices = axes(engagement)
        view.resize(900, 500)
        rows, columns = (practices, teams) if turned else (teams, practices)
        view.show_grid(rows, columns, a_reading(engagement, **reading), turned=turned, corner=("Scores in %",))  # type: ignore[arg-type]
        view.show()
        view.setFocus()
        return view

    return make


def cell_of(view: Heatmap, team: str, practice: str) -> tuple[int, int]:
    for row in range(view.geometry_now.rows):
        for column in range(view.geometry_now.columns):
            if view.place_at(row, column) == (team, practice):
                return row, column
    raise AssertionError((team, practice))


def face(view: Heatmap, team: str, practice: str) -> Face:
    return view.face_at(*cell_of(view, team, practice))


# The lines of both sides


def test_units_stand_over_their_teams_and_dimensions_over_themes_over_practices() -> None:
    teams, practices = axes(an_engagement())
    assert [(line.name, line.depth) for line in teams.lines] == [
        ("Top", 0), ("Blue", 1), ("Red", 1), ("Inner", 1), ("Deep", 2),
    ]  # fmt: skip
    assert [line.name for line in practices.lines] == [
        "All practices", "Dimension", "Theme", "Trunk", "Tests", "Second", "Other", "Reviews",
    ]  # fmt: skip
    assert practices.lines[1].end == 5
    assert practices.leaves_of(practices.lines[0]) == ("p0", "p1", "p2")
    assert teams.leaves_of(teams.lines[0]) == ("blue", "red", "deep")


def test_several_units_at_the_top_are_held_together_by_a_line_of_their_own() -> None:
    teams, _practices = axes(an_engagement(a.unit(id="next", name="Next", position=1)))
    assert [line.name for line in teams.lines][:2] == ["All teams", "Top"]
    assert teams.leaves_of(teams.lines[0]) == ("blue", "red", "deep")


def test_a_folded_group_hides_its_lines_and_still_stands_for_its_teams() -> None:
    teams, practices = axes(an_engagement(), frozenset({"units:inner", "dimensions:dimension"}))
    assert [line.name for line in teams.lines] == ["Top", "Blue", "Red", "Inner"]
    assert teams.leaves_of(teams.lines[3]) == ("deep",)
    assert [line.name for line in practices.lines] == ["All practices", "Dimension", "Second", "Other", "Reviews"]


def test_folding_a_leaf_folds_the_group_above_and_folding_it_again_the_next_one() -> None:
    teams, practices = axes(an_engagement())
    deep = teams.lines[4]
    once = refolded(teams, deep, frozenset(), folded=True)
    assert once == {"units:inner"}
    teams, _ = axes(an_engagement(), once)
    assert refolded(teams, teams.lines[3], once, folded=True) == {"units:inner", "units:top"}
    assert refolded(teams, teams.lines[3], once, folded=False) == frozenset()
    everything = all_folded(teams, practices)
    assert "units:top" not in everything
    assert EVERYTHING not in everything
    assert {"units:inner", "dimensions:second", "themes:other"} <= everything


# Where cells stand


def test_only_what_is_seen_is_asked_for() -> None:
    far = Geometry(rows=200, columns=220, bands=2, left=1_000, top=900, width=900, height=600)
    assert len(far.rows_seen()) <= far.room.height() // CELL_HEIGHT + 2
    assert len(far.columns_seen()) <= far.room.width() // CELL_WIDTH + 2
    for row, column in ((31, 22), (40, 30)):
        middle = far.cell(row, column).center()
        assert (far.row_at(middle.y()), far.column_at(middle.x())) == (row, column)
        assert row in far.rows_seen()
        assert column in far.columns_seen()
    assert far.row_at(5) is None
    assert far.column_at(5) is None


def test_scrolling_to_a_cell_shows_it_whole_and_moves_no_more_than_it_must() -> None:
    here = Geometry(rows=200, columns=220, bands=2, width=900, height=600)
    assert here.scrolled_to(0, 0) == here
    there = here.scrolled_to(150, 100)
    assert there.room.contains(there.cell(150, 100))
    assert there.scrolled_to(149, 99) == there


# What cells look like


def test_every_state_of_an_answer_has_a_face_of_its_own(make_view: MakeView, surroundings: Surroundings) -> None:
    painter = CellPainter(theme.LIGHT, surroundings.font, 1.0)
    pictures = {}
    for state in AnswerState:
        scored = state in (AnswerState.ANSWERED, AnswerState.DECLINED)
        shown = Face(state=state, text="50" if scored else "", share=0.5 if scored else None)
        image: QImage = painter.picture(shown).toImage()
        pictures[state] = bytes(image.constBits())
    assert len(set(pictures.values())) == len(AnswerState)
    half = Face(state=AnswerState.ANSWERED, text="50", share=0.5)
    marks = [
        Face(state=AnswerState.ANSWERED, text="50", share=0.5, doubtful=True),
        Face(state=AnswerState.ANSWERED, text="50", share=0.5, stale=True),
        Face(state=AnswerState.ANSWERED, text="50", share=0.5, target=0.5, met=True),
        Face(state=AnswerState.ANSWERED, text="50", share=0.5, target=0.5),
    ]
    assert len({bytes(painter.picture(one).toImage().constBits()) for one in (half, *marks)}) == 5
    assert painter.picture(half) is painter.picture(Face(state=AnswerState.ANSWERED, text="50", share=0.5))


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK, theme.HIGH_CONTRAST])
def test_the_number_can_be_read_on_every_colour(tokens: theme.Tokens, surroundings: Surroundings) -> None:
    painter = CellPainter(tokens, surroundings.font, 1.0)
    grounds = [shade(share / 20, tokens) for share in range(21)]
    grounds += [painter.ground_of(Face(difference=step / 10)) for step in range(-10, 11)]
    for ground in grounds:
        assert contrast(ground, text_on(ground)) >= 4.5, ground


def contrast(first: str, second: str) -> float:
    def lightness(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((lightness(first), lightness(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_a_face_tells_score_doubt_age_and_target(make_view: MakeView) -> None:
    view = make_view(
        an_engagement(
            a.answer(team_id="blue", practice_id="p0", score=0.5, confidence=0.4, expiry=a.MONDAY - timedelta(days=1)),
            a.answer(team_id="red", practice_id="p0", score=1.0, confidence=0.9),
            a.answer(team_id="red", practice_id="p1", score=None, state=AnswerState.NOT_APPLICABLE, reason="No"),
            Target(id="t", team_id="blue", practice_id="p0", score=0.75),
            Target(id="u", team_id="red", practice_id="p0", score=0.75),
        )
    )
    low = face(view, "blue", "p0")
    assert (low.text, low.share, low.doubtful, low.stale, low.target, low.met) == ("50", 0.5, True, True, 0.75, False)
    high = face(view, "red", "p0")
    assert (high.text, high.doubtful, high.stale, high.met) == ("100", False, False, True)
    assert face(view, "red", "p1").state is AnswerState.NOT_APPLICABLE
    assert face(view, "deep", "p1").state is AnswerState.UNANSWERED
    assert view.face_at(0, 3).text == "75"
    assert view.face_at(0, 3).rolled


@pytest.mark.parametrize(("method", "text"), [(RollUp.MEAN, "75"), (RollUp.FLOOR, "50"), (RollUp.GATE, "0/5")])
def test_groups_show_the_method_that_was_chosen(make_view: MakeView, method: RollUp, text: str) -> None:
    view = make_view(
        an_engagement(
            a.answer(team_id="blue", practice_id="p0", score=0.5), a.answer(team_id="red", practice_id="p0", score=1.0)
        ),
        method=method,
    )
    assert view.face_at(0, 3).text == text


def test_two_assessments_show_what_rose_and_fell_and_what_is_new(make_view: MakeView) -> None:
    view = make_view(
        an_engagement(
            Assessment(id="earlier", name="Earlier", held_on=a.MONDAY - timedelta(days=90)),
            a.answer(team_id="blue", practice_id="p0", score=1.0),
            a.answer(assessment_id="earlier", team_id="blue", practice_id="p0", score=0.5),
            a.answer(team_id="red", practice_id="p0", score=0.0),
            a.answer(assessment_id="earlier", team_id="red", practice_id="p0", score=0.25),
            a.answer(team_id="deep", practice_id="p0", score=0.5),
        ),
        before="earlier",
    )
    assert (face(view, "blue", "p0").text, face(view, "blue", "p0").difference) == (signed(0.5, ENGLISH), 0.5)
    assert face(view, "red", "p0").difference == -0.25
    assert face(view, "deep", "p0").text == "new"
    assert view.face_at(0, 3).rolled
    assert signed(0.001, ENGLISH) == "="


def test_long_titles_take_two_lines_and_then_end_in_dots(surroundings: Surroundings) -> None:
    metrics = QFontMetricsF(surroundings.font)
    room = metrics.horizontalAdvance("Build and run")
    assert wrapped("Build", metrics, room) == ("Build",)
    assert wrapped("Build and run share one goal that is long", metrics, room)[0] == "Build and run"
    long = wrapped("Unbreakable" * 9 + " words " + "again" * 20, metrics, room)
    assert len(long) == 2
    assert all(metrics.horizontalAdvance(line) <= room + 1 for line in long)


# Keyboard and mouse


def test_arrows_move_and_with_shift_they_extend(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(an_engagement())
    view.select(cell_of(view, "blue", "p0"))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_places() == (("blue", "p0"), ("blue", "p1"), ("red", "p0"), ("red", "p1"))
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selected_places() == (("red", "p1"),)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.cursor_cell == (2, 0)
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.cursor_cell == (4, 7)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.cursor_cell[1] == 7
    assert view.accessibleDescription() == "Top / Reviews\nline"


def test_enter_asks_for_the_card_or_a_fold(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(an_engagement())
    view.select(cell_of(view, "blue", "p0"))
    with qtbot.waitSignal(view.card_asked):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    view.select((3, 3))
    with qtbot.waitSignal(view.fold_asked) as folded:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert folded.args == ["units:inner", False]


def middle(view: Heatmap, cell: tuple[int, int]) -> QPoint:
    return view.geometry_now.cell(*cell).center()


def test_the_mouse_selects_drags_and_opens(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(an_engagement())
    first, last = cell_of(view, "blue", "p0"), cell_of(view, "red", "p1")
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(view.viewport(), left, pos=middle(view, first))
    assert view.selected_places() == (("blue", "p0"),)
    qtbot.mouseClick(view.viewport(), left, Qt.KeyboardModifier.ShiftModifier, pos=middle(view, last))
    assert len(view.selected_places()) == 4
    with qtbot.waitSignal(view.card_asked):
        qtbot.mouseDClick(view.viewport(), left, pos=middle(view, first))
    handle = view.geometry_now.cell(*last).bottomRight() - QPoint(6, 6)
    with qtbot.waitSignal(view.card_asked):
        qtbot.mouseClick(view.viewport(), left, pos=handle)
    assert view.selected_places() == (("red", "p1"),)


def test_heads_select_whole_rows_and_columns_and_fold_groups(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(an_engagement())
    left, geometry = Qt.MouseButton.LeftButton, view.geometry_now
    qtbot.mouseClick(view.viewport(), left, pos=QPoint(150, geometry.y_of(2) + 5))
    assert view.selected_places() == (("red", "p0"), ("red", "p1"), ("red", "p2"))
    qtbot.mouseClick(view.viewport(), left, pos=QPoint(geometry.x_of(3) + 5, geometry.header - 5))
    assert view.selected_places() == (("blue", "p0"), ("red", "p0"), ("deep", "p0"))
    with qtbot.waitSignal(view.fold_asked) as folded:
        qtbot.mouseClick(view.viewport(), left, pos=QPoint(14, geometry.y_of(0) + 5))
    assert folded.args == ["units:top", False]


def test_turning_keeps_the_cursor_on_its_cell(make_view: MakeView) -> None:
    engagement = an_engagement()
    view = make_view(engagement)
    view.select(cell_of(view, "red", "p1"))
    teams, practices = axes(engagement)
    view.show_grid(practices, teams, a_reading(engagement), turned=True, corner=())
    assert view.selected_places() == (("red", "p1"),)
    assert view.place_at(*view.cursor_cell) == ("red", "p1")
    who, what = view.current_lines() or (Line(key="", kind="", id="", name="", depth=0),) * 2
    assert (who.name, what.name) == ("Red", "Tests")


def test_painting_a_large_grid_takes_the_cells_on_the_screen_alone(make_view: MakeView, qtbot: QtBot) -> None:
    engagement = a.big_engagement(initiatives=0, links=0, teams=200, answers=24_000)
    view = make_view(engagement)
    view.grab()
    seen = len(view.geometry_now.rows_seen()) * len(view.geometry_now.columns_seen())
    assert view.geometry_now.rows == 211
    assert 0 < len(view._faces) <= seen


def test_the_line_under_the_pointer_may_go_away(make_view: MakeView, qtbot: QtBot) -> None:
    engagement = an_engagement()
    view = make_view(engagement)
    last = (view.geometry_now.rows - 1, view.geometry_now.columns - 1)
    qtbot.mouseMove(view.viewport(), view.geometry_now.cell(*last).center())
    assert view._hovered == last
    fewer = team_axis(a.engagement(), folded=frozenset(), everything="All teams")
    view.show_grid(fewer, fewer, a_reading(engagement), turned=False, corner=())
    view.grab()


def test_nothing_to_show_is_nothing_to_do(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(a.engagement())
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    view.select_all()
    assert view.selected_places() == ()
