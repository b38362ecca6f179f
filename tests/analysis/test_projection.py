"""Where the plan leads: roll-ups on a day, levels by how sure they are, what came of forecasts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.forecast import Delivery, review_forecast
from planner.analysis.level_dates import FiscalQuarter, LevelForecast, LevelWatch, fiscal_quarter
from planner.analysis.maturity import heatmap, roll_up
from planner.analysis.projection import project
from planner.analysis.risk.simulation import simulate
from planner.analysis.schedule import schedule
from planner.domain.assessment import AnswerState, Assessment
from planner.domain.engagement import Engagement
from planner.domain.initiative import Outcome, Status
from planner.domain.kinds import Entity
from planner.domain.settings import RollUp
from tests import builders
from tests.builders import MONDAY

DAY = timedelta(days=1)
SCORES = st.sampled_from([0.0, 0.15, 0.5, 0.6, 0.85, 0.9, 1.0])


def held(*entities: Entity, practices: int = 3, **settings: Any) -> Engagement:
    return builders.engagement(
        builders.settings(**settings), *builders.model(), builders.unit(id="unit"), builders.unit(id="sub", parent_id="unit"),
        builders.team(id="t0"), builders.team(id="t1", unit_id="sub"),
        *(builders.practice(id=f"p{n}", level=n + 1, position=n) for n in range(practices)),
        Assessment(id="assessment", name="First", held_on=MONDAY), *entities,
    )  # fmt: skip


def answers(team_id: str, *scores: float | None, assessment_id: str = "assessment") -> list[Entity]:
    return [
        builders.answer(assessment_id=assessment_id, team_id=team_id, practice_id=f"p{n}", score=score)
        for n, score in enumerate(scores)
        if score is not None
    ]


def outcome(initiative_id: str, to: float, *practices: str, teams: tuple[str, ...] = ("t0",)) -> Outcome:
    return Outcome(
        id=f"o-{initiative_id}-{to}", initiative_id=initiative_id, team_ids=teams, practice_ids=practices, to_value=to
    )


def finishes(engagement: Engagement) -> dict[str, date]:
    return {key: dates.early_finish for key, dates in schedule(engagement).dates.items()}


def levels(engagement: Engagement, *, team_ids: list[str] | None = None, draws: int = 10) -> tuple[LevelForecast, ...]:
    watch = LevelWatch(engagement, {"part": team_ids})
    return watch.forecasts(simulate(engagement, draws=draws, watch=watch.see))["part"]


def test_a_projection_is_rolled_up_by_team_practice_and_unit_with_what_it_left_out() -> None:
    engagement = held(
        *answers("t0", 0.5, 0.2), builders.initiative(id="i", duration_days=5), outcome("i", 0.9, "p0", "p2"),
        *answers("t1", 0.1),
        builders.answer(team_id="t1", practice_id="p1", state=AnswerState.NOT_APPLICABLE, score=None),
    )  # fmt: skip
    before = project(engagement, finishes(engagement), on=MONDAY)
    after = project(engagement, finishes(engagement), on=MONDAY + 4 * DAY)
    assert before.teams["t0"].value(RollUp.MEAN) == pytest.approx(0.35)
    mean = after.teams["t0"].rolled_up(RollUp.MEAN)
    assert (mean.value, mean.used, dict(mean.left_out)) == (pytest.approx(2.0 / 3), 3, {})
    floor = after.units["sub"].rolled_up(RollUp.FLOOR)
    assert (floor.value, floor.used) == (0.1, 1)
    assert dict(floor.left_out) == {AnswerState.NOT_APPLICABLE: 1, AnswerState.UNANSWERED: 1}
    assert after.units["unit"].used == after.whole.used == 4
    assert after.practices["p0"].value(RollUp.MEAN) == pytest.approx(0.5)
    assert after.teams["t0"].value(RollUp.GATE) == 1.0
    assert after.lifted == {("t0", "p0"): ("i",), ("t0", "p2"): ("i",)}
    assert before.lifted == {}


def test_lifts_are_the_highest_and_never_add_up_and_what_is_dropped_lifts_nothing() -> None:
    engagement = held(
        *answers("t0", 0.5), builders.initiative(id="a"), builders.initiative(id="b"), builders.initiative(id="low"),
        builders.initiative(id="gone", status=Status.DROPPED), builders.initiative(id="within", parent_id="gone"),
        outcome("a", 0.7, "p0"), outcome("b", 0.8, "p0"), outcome("low", 0.1, "p0"), outcome("gone", 1.0, "p0"),
        outcome("within", 0.95, "p0"),
    )  # fmt: skip
    found = project(engagement, finishes(engagement), on=MONDAY + 60 * DAY)
    assert found.scores["t0", "p0"] == 0.8


def test_without_lifts_a_projection_is_the_assessment() -> None:
    engagement = held(*answers("t0", 0.5, 0.9, 0.1), *answers("t1", 0.7))
    found, cells = project(engagement, {}, on=MONDAY).whole, heatmap(engagement).cells.values()
    for method in RollUp:
        ours, theirs = found.rolled_up(method), roll_up(cells, method)
        assert (ours.value, ours.used, dict(ours.left_out)) == (
            pytest.approx(theirs.value),
            theirs.used,
            dict(theirs.left_out),
        )


@pytest.mark.parametrize(
    ("day", "begins", "expected"),
    [
        (date(2026, 8, 31), 1, FiscalQuarter(year=2026, number=3, first_day=date(2026, 7, 1))),
        (date(2026, 8, 31), 4, FiscalQuarter(year=2026, number=2, first_day=date(2026, 7, 1))),
        (date(2026, 1, 15), 4, FiscalQuarter(year=2025, number=4, first_day=date(2026, 1, 1))),
        (date(2027, 1, 1), 12, FiscalQuarter(year=2026, number=1, first_day=date(2026, 12, 1))),
    ],
)
def test_quarters_are_those_of_the_fiscal_year(day: date, begins: int, expected: FiscalQuarter) -> None:
    assert fiscal_quarter(held(fiscal_year_start_month=begins), day) == expected


def test_a_level_is_reached_when_the_last_answer_it_needs_is_lifted() -> None:
    engagement = held(
        *answers("t0", 0.9, 0.2, 0.0),
        builders.initiative(id="a", duration_days=5, optimistic_days=4, pessimistic_days=20), outcome("a", 0.9, "p1"),
        builders.initiative(id="b", duration_days=5), outcome("b", 0.6, "p2"),
    )  # fmt: skip
    outlook = simulate(engagement, draws=2_000)
    first, second, third = levels(engagement, team_ids=["t0"], draws=2_000)
    assert (first.level, first.held_now, first.planned, first.p50, first.chance) == (1, True, None, None, 1.0)
    forecast = outlook.initiatives["a"]
    expected = (forecast.planned, forecast.p50, forecast.p80, forecast.p95)
    assert (second.planned, second.p50, second.p80, second.p95) == expected
    assert (third.planned, third.chance, third.missing) == (MONDAY + 4 * DAY, 1.0, 0)
    assert third.p80 == second.p80


def test_a_level_that_nothing_lifts_far_enough_is_never_reached() -> None:
    engagement = held(
        *answers("t0", 0.9, 0.2), builders.initiative(id="a"), outcome("a", 0.4, "p1"), practices=2,
    )  # fmt: skip
    _first, second = levels(engagement, team_ids=["t0"])
    assert (second.held_now, second.planned, second.p50, second.chance, second.missing) == (False, None, None, 0.0, 1)


@given(
    st.lists(st.none() | SCORES, min_size=6, max_size=6),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), SCORES, st.integers(1, 9)), max_size=6),
    st.sets(st.integers(0, 5), max_size=2),
)
def test_a_level_is_dated_as_stepping_through_the_days_dates_it(
    scores: list[float | None], lifts: list[tuple[int, int, float, int]], not_applicable: set[int]
) -> None:
    entities: list[Entity] = []
    for n, score in enumerate(scores):
        place = {"team_id": f"t{n % 2}", "practice_id": f"p{n // 2}"}
        if n in not_applicable:
            entities.append(builders.answer(**place, state=AnswerState.NOT_APPLICABLE, score=None))
        elif score is not None:
            entities.append(builders.answer(**place, score=score))
    for n, (practice, team, to, days) in enumerate(lifts):
        entities.append(builders.initiative(id=f"i{n}", duration_days=float(days)))
        entities.append(outcome(f"i{n}", to, f"p{practice}", teams=(f"t{team}",)))
    engagement = held(*entities)
    ends = finishes(engagement)
    days = [MONDAY - DAY, *sorted(set(ends.values()))]
    by_day = [project(engagement, ends, on=day).whole.level_held() for day in days]
    for forecast in levels(engagement, draws=1):
        since = len(days)
        while since and by_day[since - 1] >= forecast.level:
            since -= 1
        assert forecast.held_now is (since == 0)
        assert forecast.planned == (days[since] if 0 < since < len(days) else None)
        assert forecast.p50 == forecast.p80 == forecast.planned


def test_a_review_says_what_each_initiative_delivered() -> None:
    later = Assessment(id="later", name="Second", held_on=MONDAY + 30 * DAY)
    engagement = held(
        later, *answers("t0", 0.2, 0.2, 0.5), *answers("t1", 0.2, None, 0.5),
        *answers("t0", 0.9, 0.4, 0.3, assessment_id="later"), *answers("t1", 0.6, None, 0.5, assessment_id="later"),
        *(builders.initiative(id=name, position=n, duration_days=5) for n, name in enumerate(("good", "short", "back", "open"))),
        builders.initiative(id="late", duration_days=60), outcome("late", 1.0, "p0"),
        outcome("good", 0.8, "p0"), outcome("short", 0.8, "p1"), outcome("back", 0.8, "p2"),
        outcome("open", 0.8, "p1", teams=("t1",)),
    )  # fmt: skip
    review = review_forecast(engagement, finishes(engagement), before_id="assessment", after_id="later")
    assert {one.initiative_id: one.delivery for one in review.initiatives} == {
        "good": Delivery.DELIVERED, "short": Delivery.UNDER_DELIVERED, "back": Delivery.REGRESSED,
        "open": Delivery.NOT_ASSESSED,
    }  # fmt: skip
    cells = {(cell.team_id, cell.practice_id): cell for cell in review.cells}
    short = cells["t0", "p1"]
    assert (short.before, short.expected, short.found, short.initiative_ids) == (0.2, 0.8, 0.4, ("short",))
    assert cells["t1", "p0"].delivery is Delivery.UNFORESEEN
    assert ("t1", "p2") not in cells


def test_each_of_several_promises_is_judged_by_itself() -> None:
    later = Assessment(id="later", name="Second", held_on=MONDAY + 30 * DAY)
    engagement = held(
        later, *answers("t0", 0.2), *answers("t0", 0.6, assessment_id="later"),
        builders.initiative(id="half", duration_days=1), builders.initiative(id="all", duration_days=1),
        outcome("half", 0.5, "p0"), outcome("all", 0.9, "p0"),
    )  # fmt: skip
    review = review_forecast(engagement, finishes(engagement), before_id="assessment", after_id="later")
    assert {one.initiative_id: (one.delivery, one.delivered, one.under_delivered) for one in review.initiatives} == {
        "half": (Delivery.DELIVERED, 1, 0), "all": (Delivery.UNDER_DELIVERED, 0, 1),
    }  # fmt: skip
    (cell,) = review.cells
    assert (cell.expected, cell.delivery, cell.initiative_ids) == (0.9, Delivery.UNDER_DELIVERED, ("half", "all"))
