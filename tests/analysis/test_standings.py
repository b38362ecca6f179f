"""Standings of a heatmap: tallies put together from parts agree with the rules, and follow every edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.maturity import Cell, roll_up
from planner.analysis.standings import Standings, is_stale, largest_shifts, summarise_votes, target_progress
from planner.domain.assessment import Answer, AnswerState, Assessment, Target
from planner.domain.engagement import Engagement
from planner.domain.settings import RollUp
from planner.editing import assessments
from tests import builders as a

TEAMS = ("blue", "red", "green")
PRACTICES = ("p0", "p1", "p2", "p3")
TEAM_GROUPS = {"units:top": ("blue", "units:inner"), "units:inner": ("red", "green")}
PRACTICE_GROUPS = {"all:": ("themes:one", "themes:two"), "themes:one": ("p0", "p1"), "themes:two": ("p2", "p3")}
LEAVES = {"units:top": TEAMS, "units:inner": ("red", "green"), "all:": PRACTICES, "themes:one": ("p0", "p1")}

scores = st.sampled_from([0.0, 0.1, 0.5, 0.6, 0.86, 1.0])
states = st.sampled_from(list(AnswerState))
grids = st.dictionaries(st.tuples(st.sampled_from(TEAMS), st.sampled_from(PRACTICES)), st.tuples(states, scores))


def an_engagement(grid: dict[tuple[str, str], tuple[AnswerState, float]]) -> Engagement:
    answers = [
        a.answer(
            id=f"{team}-{practice}",
            team_id=team,
            practice_id=practice,
            state=state,
            score=score if state in (AnswerState.ANSWERED, AnswerState.DECLINED) else None,
            reason="" if state in (AnswerState.ANSWERED, AnswerState.UNANSWERED) else "Because",
        )
        for (team, practice), (state, score) in grid.items()
    ]
    return a.engagement(
        a.unit(id="unit"),
        *(a.team(id=team) for team in TEAMS),
        *a.model(),
        *(a.practice(id=one, level=n % 3 + 1, weight=n + 1.0) for n, one in enumerate(PRACTICES)),
        Assessment(id="assessment", name="First", held_on=a.MONDAY),
        *answers,
    )


def standings_of(engagement: Engagement) -> Standings:
    found = Standings(engagement, "assessment")
    found.group(teams=TEAM_GROUPS, practices=PRACTICE_GROUPS)
    return found


def agree(standings: Standings, engagement: Engagement) -> None:
    for who in (*TEAMS, *TEAM_GROUPS):
        for what in (*PRACTICES, "all:", "themes:one"):
            cells = [
                Cell(team_id=team, practice=engagement.practices[one], answer=standings.answer(team, one))
                for team in LEAVES.get(who, (who,))
                for one in LEAVES.get(what, (what,))
            ]
            for method in RollUp:
                expected, found = roll_up(cells, method), standings.tally(who, what).rolled_up(method)
                assert found.value == pytest.approx(expected.value)
                assert found.spread == pytest.approx(expected.spread, abs=1e-7)
                assert found.used == expected.used
                assert dict(found.left_out) == dict(expected.left_out)


@given(grids)
def test_tallies_of_parts_add_up_to_the_roll_up_of_the_whole(
    grid: dict[tuple[str, str], tuple[AnswerState, float]],
) -> None:
    engagement = an_engagement(grid)
    agree(standings_of(engagement), engagement)


@given(grids, st.sampled_from(TEAMS), st.sampled_from(PRACTICES), scores)
def test_an_edited_answer_changes_just_what_it_should(
    grid: dict[tuple[str, str], tuple[AnswerState, float]], team: str, practice: str, score: float
) -> None:
    engagement = an_engagement(grid)
    standings = standings_of(engagement)
    agree(standings, engagement)
    changes = assessments.record(
        engagement, assessment_id="assessment", team_id=team, practice_id=practice, score=score,
        state=AnswerState.ANSWERED,
    )  # fmt: skip
    after = engagement.apply(changes)
    pairs = [(one.before, one.after) for one in changes.by_kind.get("answers", {}).values()]
    standings.take(pairs, after)  # type: ignore[arg-type]
    agree(standings, after)
    standings.take([(last, first) for first, last in pairs], engagement)  # type: ignore[misc]
    agree(standings, engagement)


def test_answers_of_another_assessment_are_left_alone() -> None:
    engagement = an_engagement({("blue", "p0"): (AnswerState.ANSWERED, 1.0)})
    standings = standings_of(engagement)
    other = replace(engagement.answers["blue-p0"], id="other", assessment_id="second", score=0.0)
    standings.take([(None, other)], engagement)
    assert standings.answer("blue", "p0") == engagement.answers["blue-p0"]


def an_answer(score: float | None, practice: str = "p0", state: AnswerState = AnswerState.ANSWERED) -> Answer:
    return a.answer(id=f"x-{practice}", team_id="blue", practice_id=practice, score=score, state=state)


def a_target(score: float, practice: str = "p0") -> Target:
    return Target(id=f"t-{practice}", team_id="blue", practice_id=practice, score=score)


def test_distance_to_targets_is_that_of_samm() -> None:
    # SAMM counts of 3; ours run from 0 to 1: current 2.25 of 3.5, base 0.625, current 1.25, target 1.75.
    current = {("blue", "p0"): an_answer(0.25), ("blue", "p1"): an_answer(0.5, "p1")}
    targets = [a_target(0.5), a_target(2 / 3, "p1")]
    found = target_progress(targets, current, {})
    assert found.percent == pytest.approx(0.75 / (0.5 + 2 / 3))
    assert found.percent == pytest.approx(1 - 0.357, abs=0.001)
    assert (found.progress, found.count, found.used) == (None, 2, 2)
    base = {("blue", "p0"): an_answer(0.0625)}
    way = target_progress([a_target(0.175)], {("blue", "p0"): an_answer(0.125)}, base)
    assert way.progress == pytest.approx(0.556, abs=0.001)


def test_targets_of_cells_without_a_score_are_not_held_against_anybody() -> None:
    found = target_progress([a_target(1.0), a_target(0.5, "p1")], {("blue", "p1"): an_answer(0.5, "p1")}, {})
    assert (found.percent, found.count, found.used) == (1.0, 2, 1)
    none = target_progress([], {}, {})
    assert (none.percent, none.progress, none.count) == (None, None, 0)


def test_the_largest_changes_come_first_and_need_two_scores() -> None:
    before = {
        ("blue", "p0"): an_answer(0.5),
        ("blue", "p1"): an_answer(1.0, "p1"),
        ("blue", "p2"): an_answer(0.5, "p2"),
    }
    after = {
        ("blue", "p0"): an_answer(0.75),
        ("blue", "p1"): an_answer(0.0, "p1"),
        ("blue", "p2"): an_answer(None, "p2", AnswerState.NOT_APPLICABLE),
        ("blue", "p3"): an_answer(1.0, "p3"),
    }
    found = largest_shifts(before, after, [("blue", one) for one in PRACTICES])
    assert [(shift.practice_id, shift.difference) for shift in found] == [("p1", -1.0), ("p0", 0.25)]


def test_votes_are_summed_up_by_median_spread_and_extremes() -> None:
    assert summarise_votes([]) is None
    found = summarise_votes([1.0, 0.0, 0.5])
    assert found is not None
    assert (found.count, found.median, found.lowest, found.highest) == (3, 0.5, 0.0, 1.0)
    assert found.spread == pytest.approx(0.408, abs=0.001)


def test_an_answer_holds_through_the_day_it_expires() -> None:
    answer = replace(an_answer(1.0), expiry=date(2026, 3, 2))
    assert not is_stale(answer, on=date(2026, 3, 2))
    assert is_stale(answer, on=date(2026, 3, 3))
