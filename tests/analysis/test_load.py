"""What the plan asks of each team, week by week: shares as they are, the limit, the cool-down, spans, departments."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from planner.analysis.load import SpanKind, spans_of, team_load
from planner.analysis.schedule import schedule
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate, Initiative, Status
from planner.domain.kinds import Entity
from tests import builders
from tests.builders import MONDAY, engagement

DAY, WEEK = timedelta(days=1), timedelta(days=7)
T = builders.team(id="t", name="Payments", unit_id="unit")
UNIT = builders.unit(id="unit")


def estimate(initiative_id: str, effort: float, team_id: str = "t") -> Estimate:
    return Estimate(id=f"e-{initiative_id}-{team_id}", initiative_id=initiative_id, team_id=team_id, effort=effort)


def spans(**days: tuple[int, int]) -> dict[str, tuple[date, date]]:
    return {name: (MONDAY + first * DAY, MONDAY + last * DAY) for name, (first, last) in days.items()}


def plan(*entities: Entity) -> Engagement:
    return engagement(UNIT, T, *entities)


def test_load_shows_the_number_over_capacity_and_what_stands_behind_it() -> None:
    held = plan(
        Initiative(id="i1", name="One", position=1), Initiative(id="i2", name="Two", position=2),
        estimate("i1", 10.0), estimate("i2", 2.5),
    )  # fmt: skip
    load = team_load(held, spans(i1=(0, 11), i2=(0, 4)))
    first, second = load.loaded_weeks()
    assert (first.share, first.over_capacity, first.initiative_ids) == (1.5, True, ("i1", "i2"))
    assert (second.share, second.over_capacity, second.initiative_ids) == (1.0, False, ("i1",))
    assert (first.at_once, first.limit, first.over_limit) == (2, 2, False)


def test_one_percent_over_is_told_apart_from_full() -> None:
    held = plan(builders.initiative(id="i"), estimate("i", 5.05))
    (week,) = team_load(held, spans(i=(0, 4))).loaded_weeks()
    assert week.share == pytest.approx(1.01)
    assert week.over_capacity


def test_what_is_dropped_or_in_what_is_dropped_or_holds_others_asks_nothing() -> None:
    held = plan(
        builders.initiative(id="gone", status=Status.DROPPED), builders.initiative(id="in-gone", parent_id="gone"),
        builders.initiative(id="holder"), builders.initiative(id="held", parent_id="holder"),
        *(estimate(one, 5.0) for one in ("gone", "in-gone", "holder", "held")),
    )  # fmt: skip
    named = ("gone", "in-gone", "holder", "held")
    (week,) = team_load(held, dict.fromkeys(named, (MONDAY, MONDAY))).loaded_weeks()
    assert (week.initiative_ids, week.effort) == (("held",), 5.0)


def test_a_span_without_working_days_asks_all_of_it_where_it_begins() -> None:
    held = plan(builders.initiative(id="i"), estimate("i", 5.0))
    (week,) = team_load(held, spans(i=(5, 7 + 5 - 6))).loaded_weeks()
    assert (week.week, week.effort) == (MONDAY, 5.0)


def test_effort_without_capacity_has_no_share_and_is_over_it() -> None:
    none = builders.team(id="none", unit_id="unit", change_capacity=0)
    held = plan(none, builders.initiative(id="i"), estimate("i", 2.0, "none"))
    load = team_load(held, spans(i=(0, 4)))
    (week,) = load.loaded_weeks()
    assert week.share is None
    (over,) = load.spans([SpanKind.OVER_CAPACITY])
    assert (over.team_id, over.peak_share, over.initiative_ids) == ("none", None, ("i",))


def test_the_lower_a_teams_readiness_the_more_the_same_initiative_costs_it() -> None:
    teams = [builders.team(id=f"r{n}", unit_id="unit", readiness=n) for n in range(1, 6)]
    held = plan(*teams, builders.initiative(id="i"), *(estimate("i", 2.0, team.id) for team in teams))
    efforts = {week.team_id: week.effort for week in team_load(held, spans(i=(0, 4))).loaded_weeks()}
    assert efforts == pytest.approx({"r1": 3.0, "r2": 2.5, "r3": 2.0, "r4": 1.8, "r5": 1.6})


def test_what_a_readiness_makes_effort_cost_is_the_engagements_own_to_say() -> None:
    teams = [builders.team(id=f"r{n}", unit_id="unit", readiness=n) for n in range(1, 6)]
    held = plan(
        builders.settings(readiness_factors=(4.0, 2.0, 1.5, 1.0, 0.5)),
        *teams,
        builders.initiative(id="i"),
        *(estimate("i", 2.0, team.id) for team in teams),
    )
    efforts = {week.team_id: week.effort for week in team_load(held, spans(i=(0, 4))).loaded_weeks()}
    assert efforts == pytest.approx({"r1": 8.0, "r2": 4.0, "r3": 3.0, "r4": 2.0, "r5": 1.0})


def test_capacity_follows_the_working_days_of_the_week() -> None:
    held = engagement(
        builders.settings(calendar_id="c"), Calendar(id="c", name="Ours"), UNIT, T,
        Freeze(id="f", calendar_id="c", name="F", start=MONDAY, finish=MONDAY + DAY),
        CalendarException(id="x", calendar_id="c", start=MONDAY + 12 * DAY, finish=MONDAY + 12 * DAY, working=True),
        builders.initiative(id="i"), estimate("i", 9.0),
    )  # fmt: skip
    load = team_load(held, spans(i=(0, 18)))
    assert load.capacity[0].tolist() == [3.0, 6.0, 5.0]
    assert load.effort[0] == pytest.approx(np.array([3, 6, 5]) * 9.0 / 14)


def test_one_after_the_other_in_one_week_is_not_two_at_once_unless_the_first_is_still_cooling_down() -> None:
    entities = (
        builders.initiative(id="i1", position=1), builders.initiative(id="i2", position=2),
        estimate("i1", 1.0), estimate("i2", 1.0),
    )  # fmt: skip
    days = spans(i1=(0, 1), i2=(2, 18))
    free = team_load(plan(*entities), days)
    assert [week.at_once for week in free.loaded_weeks()] == [1, 1, 1]
    cooling = team_load(plan(builders.settings(cool_down_days=5), *entities), days)
    first, second, third = cooling.loaded_weeks()
    assert [first.at_once, second.at_once, third.at_once] == [2, 2, 1]
    assert (first.cooling_ids, second.cooling_ids, third.cooling_ids) == ((), ("i1",), ())
    assert second.initiative_ids == ("i2",)


def test_weeks_in_a_row_are_one_span_and_idle_is_told_between_the_plans_first_and_last_day() -> None:
    other = builders.team(id="other", unit_id="unit", change_limit=0)
    held = plan(
        other, builders.initiative(id="i1", position=1), builders.initiative(id="i2", position=2),
        estimate("i1", 20.0), estimate("i2", 1.0), estimate("i2", 1.0, "other"),
    )  # fmt: skip
    found = team_load(held, spans(i1=(0, 11), i2=(28, 32))).spans()
    told = [(one.team_id, one.kind, one.first_week, one.weeks, one.initiative_ids) for one in found]
    assert told == [
        ("t", SpanKind.OVER_CAPACITY, MONDAY, 2, ("i1",)),
        ("t", SpanKind.IDLE, MONDAY + 2 * WEEK, 2, ()),
        ("other", SpanKind.IDLE, MONDAY, 4, ()),
        ("other", SpanKind.OVER_LIMIT, MONDAY + 4 * WEEK, 1, ("i2",)),
    ]
    assert found[0].peak_share == 2.0


def test_a_department_shows_its_sums_and_never_hides_its_worst_team() -> None:
    sub = builders.unit(id="sub", parent_id="unit")
    calm = builders.team(id="calm", unit_id="sub", change_capacity=95.0)
    held = plan(sub, calm, builders.initiative(id="i"), estimate("i", 7.5), estimate("i", 1.0, "calm"))
    load = team_load(held, spans(i=(0, 4)))
    (week,) = load.unit_weeks(held, "unit")
    assert (week.share, week.worst_team_id, week.worst_share, week.over_team_ids) == (0.085, "t", 1.5, ("t",))
    (within,) = load.unit_weeks(held, "sub")
    assert (within.worst_team_id, within.over_team_ids) == ("calm", ())
    assert load.unit_weeks(engagement(UNIT), "elsewhere") == ()


def test_an_empty_plan_has_no_weeks() -> None:
    load = team_load(plan(), {})
    assert (load.weeks, load.loaded_weeks(), load.spans()) == ((), (), ())


def test_no_effort_is_lost_or_made_whatever_the_plan() -> None:
    held = builders.big_engagement(initiatives=400, links=500, teams=12, answers=0)
    load = team_load(held, spans_of(schedule(held)))
    assert load.effort.sum() == pytest.approx(sum(one.effort for one in held.estimates.values()))
    assert {week.team_id for week in load.loaded_weeks()} == {one.team_id for one in held.estimates.values()}
