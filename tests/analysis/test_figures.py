"""The figures the domain states, reproduced: roll-ups, targets, flow, worth, projection."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.flow import measure_flow
from planner.analysis.maturity import (
    Cell,
    Rating,
    heatmap,
    level_held,
    percent_to_target,
    progress_to_date,
    rate,
    roll_up,
)
from planner.analysis.priority import Worth, Yardstick, worth_of
from planner.analysis.projection import project_scores
from planner.analysis.ranking import ranked
from planner.domain.assessment import Answer, AnswerState, Assessment
from planner.domain.engagement import Engagement
from planner.domain.flow import StreamStep
from planner.domain.initiative import Initiative, Outcome, Status
from planner.domain.organization import Team, Unit
from planner.domain.practice import Dimension, MaturityModel, Practice, Scale, ScaleOption, Theme
from planner.domain.priority import Criterion, CriterionRole, CriterionScore, FormulaKind
from planner.domain.settings import RollUp, Settings

MONDAY = date(2026, 3, 2)


def practice(number: int, **fields: object) -> Practice:
    return Practice(
        **{
            "id": f"p{number}",
            "theme_id": "th",
            "scale_id": "s",
            "name": f"Practice {number}",
            "position": number,
            **fields,
        }  # type: ignore[arg-type]
    )


def answered(number: int, score: float | None, state: AnswerState = AnswerState.ANSWERED, **fields: object) -> Cell:
    return Cell(
        team_id="t",
        practice=practice(number, **fields),
        answer=Answer(
            id=f"a{number}", assessment_id="as", team_id="t", practice_id=f"p{number}", state=state, score=score
        ),
    )


def engagement(*extra: object) -> Engagement:
    return Engagement.of(
        [
            Settings(name="Client", created=MONDAY),
            Unit(id="u", name="Organization"),
            Team(id="t", name="Payments", unit_id="u", change_capacity=5, change_limit=1),
            MaturityModel(id="m", name="Model"),
            Dimension(id="d", model_id="m", name="Dimension"),
            Theme(id="th", dimension_id="d", name="Theme"),
            Scale(
                id="s",
                model_id="m",
                name="Scale",
                options=(ScaleOption(score=0, text="no"), ScaleOption(score=1, text="yes")),
            ),
            practice(1),
            practice(2),
            Assessment(id="as", name="First", held_on=MONDAY),
            *extra,  # type: ignore[list-item]
        ]
    )


def ranked_by(engagement: Engagement, kind: FormulaKind) -> tuple[Worth, ...]:
    """Return what each initiative is worth by itself, in the order of ranks."""
    return tuple(one.own for one in ranked(engagement, Yardstick(engagement.criteria.values(), kind)))


@pytest.mark.parametrize(
    ("score", "rating"),
    [(0, "N"), (0.15, "N"), (0.151, "P"), (0.5, "P"), (0.501, "L"), (0.85, "L"), (0.851, "F"), (1, "F")],
)
def test_scores_are_rated_by_the_bounds_of_iso_33020(score: float, rating: str) -> None:
    assert rate(score) is Rating(rating)


def test_unanswered_and_not_applicable_leave_the_denominator_and_declined_stays() -> None:
    cells = [
        answered(1, 1.0),
        answered(2, None, AnswerState.UNANSWERED),
        answered(3, None, AnswerState.NOT_APPLICABLE),
        answered(4, None, AnswerState.OUTSIDE_OUR_CONTROL),
        answered(5, 0.0, AnswerState.DECLINED),
        Cell(team_id="t", practice=practice(6), answer=None),
    ]
    rolled = roll_up(cells, RollUp.MEAN)
    assert rolled.value == 0.5
    assert rolled.used == 2
    assert rolled.left_out == {
        AnswerState.UNANSWERED: 2,
        AnswerState.NOT_APPLICABLE: 1,
        AnswerState.OUTSIDE_OUR_CONTROL: 1,
    }
    assert rolled.spread == 0.5
    assert roll_up(cells, RollUp.FLOOR).value == 0.0


def test_weights_pull_the_mean() -> None:
    assert roll_up([answered(1, 1.0, weight=3.0), answered(2, 0.0, weight=1.0)], RollUp.MEAN).value == 0.75


def test_nothing_counted_gives_no_number() -> None:
    for method in RollUp:
        rolled = roll_up([answered(1, None, AnswerState.NOT_APPLICABLE)], method)
        assert rolled.value is None
        assert rolled.used == 0


def test_a_level_holds_when_it_is_largely_there_and_all_below_fully() -> None:
    levels = {1: 0.9, 2: 0.86, 3: 0.6, 4: 1.0}
    cells = [answered(level, score, level=level) for level, score in levels.items()]
    assert level_held(cells) == 3
    assert level_held([*cells, answered(9, 0.5, level=3)]) == 2, "one practice alone holds its level back"
    assert level_held([answered(1, 0.8, level=1), answered(2, 1.0, level=2)]) == 1
    assert level_held([answered(1, 0.5, level=1), answered(2, 1.0, level=2)]) == 0
    assert roll_up(cells, RollUp.GATE).value == 3.0


def test_a_level_nobody_answered_is_not_held_and_one_that_does_not_apply_is_passed_over() -> None:
    below, above = answered(1, 0.9, level=1), answered(3, 0.9, level=3)
    assert level_held([below, answered(2, None, AnswerState.UNANSWERED, level=2), above]) == 1
    assert level_held([below, answered(2, None, AnswerState.NOT_APPLICABLE, level=2), above]) == 3


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_the_floor_is_never_above_the_mean(scores: list[float]) -> None:
    cells = [answered(number, score) for number, score in enumerate(scores)]
    floor, mean = roll_up(cells, RollUp.FLOOR).value, roll_up(cells, RollUp.MEAN).value
    assert floor is not None
    assert mean is not None
    assert floor <= mean + 1e-12 <= max(scores) + 1e-9


def test_percent_to_target_and_progress_agree_with_samm() -> None:
    reached = percent_to_target([(2.25, 3.5)])
    assert reached is not None
    assert round((1 - reached) * 100, 1) == 35.7
    progress = progress_to_date([(0.625, 1.25, 1.75)])
    assert progress is not None
    assert round(progress * 100, 1) == 55.6


def test_what_is_above_its_target_makes_up_for_no_other_and_is_no_progress() -> None:
    assert percent_to_target([(1.0, 0.5), (0.0, 0.5)]) == 0.5
    assert progress_to_date([(0.8, 0.2, 0.4), (0.0, 0.5, 1.0)]) == 0.5


def test_no_targets_is_none_and_never_a_division_error() -> None:
    assert percent_to_target([]) is None
    assert percent_to_target([(0.5, 0.0)]) is None
    assert progress_to_date([(0.5, 0.7, 0.5)]) is None


def test_progress_is_clamped_cell_by_cell() -> None:
    assert progress_to_date([(0.5, 0.2, 1.0), (0.0, 1.0, 0.5)]) == 0.5


def test_a_value_stream_adds_up_as_the_domain_states() -> None:
    figures = [(10, 0, 0.9), (20, 5, 0.8), (30, 10, 0.7), (5, 5, 1.0)]
    flow = measure_flow(
        StreamStep(id=str(n), stream_id="v", name=str(n), process_hours=p, wait_hours=w, complete_accurate=c)
        for n, (p, w, c) in enumerate(figures)
    )
    assert flow.lead_hours == 85
    assert flow.efficiency is not None
    assert round(flow.efficiency * 100, 1) == 76.5
    assert round(flow.complete_accurate * 100, 1) == 50.4


def test_an_empty_stream_has_no_efficiency() -> None:
    assert measure_flow([]).efficiency is None


def test_each_formula_weighs_what_it_names() -> None:
    role = CriterionRole
    values = {
        role.VISIBILITY: 8.0, role.BUSINESS_VALUE: 5.0, role.TIME_CRITICALITY: 3.0, role.RISK_REDUCTION: 2.0,
        role.JOB_SIZE: 2.0, role.REACH: 100.0, role.IMPACT: 2.0, role.CONFIDENCE: 0.5, role.EFFORT: 4.0, role.EASE: 3.0,
    }  # fmt: skip
    assert worth_of(values, FormulaKind.WSJF) == 5.0
    assert worth_of(values, FormulaKind.VISIBILITY_FIRST) == 9.0
    assert worth_of(values, FormulaKind.RICE) == 25.0
    assert worth_of(values, FormulaKind.ICE) == 3.0
    assert worth_of(values, FormulaKind.IMPACT_EFFORT) == 0.5
    assert worth_of({**values, role.JOB_SIZE: 0.0}, FormulaKind.WSJF) is None


def test_a_missing_score_is_named_and_ranks_last() -> None:
    criteria = [
        Criterion(id="impact", name="Impact", role=CriterionRole.IMPACT),
        Criterion(id="effort", name="Effort", role=CriterionRole.EFFORT),
    ]
    held = engagement(
        *criteria,
        Initiative(id="i1", name="One", position=1),
        Initiative(id="i2", name="Two", position=2),
        Initiative(id="i3", name="Three", position=3),
        CriterionScore(id="1", initiative_id="i1", criterion_id="impact", value=9),
        CriterionScore(id="2", initiative_id="i2", criterion_id="impact", value=2),
        CriterionScore(id="3", initiative_id="i2", criterion_id="effort", value=4),
        CriterionScore(id="4", initiative_id="i3", criterion_id="impact", value=8),
        CriterionScore(id="5", initiative_id="i3", criterion_id="effort", value=2),
    )
    ranked = ranked_by(held, FormulaKind.IMPACT_EFFORT)
    assert [worth.initiative_id for worth in ranked] == ["i3", "i2", "i1"]
    assert ranked[-1].missing == (CriterionRole.EFFORT,)


def test_criteria_that_share_a_role_count_by_their_mean_once_all_are_scored() -> None:
    criteria = [
        Criterion(id="sales", name="Sales", role=CriterionRole.IMPACT, maximum=20),
        Criterion(id="trust", name="Trust", role=CriterionRole.IMPACT, weight=2.0),
        Criterion(id="effort", name="Effort", role=CriterionRole.EFFORT, higher_is_better=False),
    ]
    scores = [
        CriterionScore(id="1", initiative_id="i1", criterion_id="sales", value=6),
        CriterionScore(id="2", initiative_id="i1", criterion_id="trust", value=5),
        CriterionScore(id="3", initiative_id="i1", criterion_id="effort", value=4),
    ]
    (worth,) = ranked_by(engagement(*criteria, Initiative(id="i1", name="One"), *scores), FormulaKind.IMPACT_EFFORT)
    assert worth.value == (6 + 2 * 5) / 2 / 4
    (worth,) = ranked_by(engagement(*criteria, Initiative(id="i1", name="One"), *scores[1:]), FormulaKind.IMPACT_EFFORT)
    assert worth.missing == (CriterionRole.IMPACT,)


def test_a_benefit_of_which_less_is_better_is_mirrored_in_its_range() -> None:
    held = engagement(
        Criterion(id="impact", name="Days lost", role=CriterionRole.IMPACT, maximum=9, higher_is_better=False),
        Criterion(id="effort", name="Effort", role=CriterionRole.EFFORT),
        Initiative(id="i1", name="One"),
        CriterionScore(id="1", initiative_id="i1", criterion_id="impact", value=2),
        CriterionScore(id="2", initiative_id="i1", criterion_id="effort", value=4),
    )
    (worth,) = ranked_by(held, FormulaKind.IMPACT_EFFORT)
    assert worth.value == (1 + 9 - 2) / 4


def test_what_does_not_apply_is_not_lifted() -> None:
    held = engagement(
        Answer(id="a", assessment_id="as", team_id="t", practice_id="p1", state=AnswerState.NOT_APPLICABLE, reason="x"),
        Initiative(id="i1", name="One"),
        Outcome(id="o1", initiative_id="i1", team_ids=("t",), practice_ids=("p1", "p2"), to_value=0.6),
    )
    assert project_scores(held, {"i1": MONDAY}, on=MONDAY) == {("t", "p1"): None, ("t", "p2"): 0.6}


def test_projected_maturity_is_lifted_by_the_maximum_and_never_by_dropped_initiatives() -> None:
    held = engagement(
        Answer(id="a", assessment_id="as", team_id="t", practice_id="p1", score=0.2),
        Initiative(id="i1", name="One"),
        Initiative(id="i2", name="Two"),
        Initiative(id="i3", name="Three", status=Status.DROPPED),
        Outcome(id="o1", initiative_id="i1", team_ids=("t",), practice_ids=("p1",), to_value=0.6),
        Outcome(id="o2", initiative_id="i2", team_ids=("t",), practice_ids=("p1", "p2"), to_value=0.5),
        Outcome(id="o3", initiative_id="i3", team_ids=("t",), practice_ids=("p1",), to_value=1.0),
    )
    finishes = {"i1": MONDAY + timedelta(days=10), "i2": MONDAY + timedelta(days=5), "i3": MONDAY}
    assert project_scores(held, finishes, on=MONDAY) == {("t", "p1"): 0.2, ("t", "p2"): None}
    assert project_scores(held, finishes, on=MONDAY + timedelta(days=5)) == {("t", "p1"): 0.5, ("t", "p2"): 0.5}
    assert project_scores(held, finishes, on=MONDAY + timedelta(days=10)) == {("t", "p1"): 0.6, ("t", "p2"): 0.5}


def test_a_heatmap_holds_every_combination() -> None:
    picture = heatmap(engagement(Answer(id="a", assessment_id="as", team_id="t", practice_id="p1", score=0.2)))
    assert [cell.score for cell in picture.row("t")] == [0.2, None]
    assert [cell.state for cell in picture.column("p2")] == [AnswerState.UNANSWERED]
