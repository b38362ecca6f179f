"""Scenarios beside the plan: what they come to, compared, and taken over in one step; and what moved since a baseline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis.load import spans_of
from planner.analysis.scenario import applied, compare
from planner.analysis.schedule import schedule
from planner.analysis.variance import moves, variance
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, Status
from planner.domain.overrides import PassedOver, overridden, overrides_of
from planner.editing import initiatives, scenarios
from tests import builders as a
from tests.builders import MONDAY

WEEK = timedelta(days=7)


def plan(*more: Any) -> Engagement:
    """Return A before B, and C held by H, each a week, for a team of five person-days a week."""
    return a.engagement(
        a.settings(plan_start=MONDAY), a.unit(id="u"),
        a.team(id="t", name="Payments", unit_id="u", change_capacity=5.0, change_limit=1),
        *(Initiative(id=one, name=one.upper(), duration_days=5, position=n) for n, one in enumerate("abh")),
        Initiative(id="c", name="C", parent_id="h", duration_days=5), a.link("a", "b"),
        *(Estimate(id=f"e{one}", initiative_id=one, team_id="t", effort=4.0) for one in "abc"), *more,
    )  # fmt: skip


def with_scenario(engagement: Engagement) -> tuple[Engagement, str]:
    after = engagement.apply(scenarios.add_scenario(engagement, name="What if"))
    (scenario_id,) = after.scenarios
    return after, scenario_id


def test_a_scenario_changes_dates_inclusion_effort_capacity_and_limits_and_nothing_of_the_plan() -> None:
    held, one = with_scenario(plan())
    for change in (
        lambda e: scenarios.override_initiative(e, one, "a", start=MONDAY + WEEK, duration_days=10.0),
        lambda e: scenarios.override_initiative(e, one, "b", included=False),
        lambda e: scenarios.override_initiative(e, one, "h", effort_factor=2.0),
        lambda e: scenarios.override_team(e, one, "t", change_capacity=10.0, change_limit=3),
    ):
        held = held.apply(change(held))
    under = applied(held, one)
    assert (under.initiatives["a"].constraint, under.initiatives["a"].constraint_date) == (
        ConstraintKind.START_NO_EARLIER_THAN, MONDAY + WEEK,
    )  # fmt: skip
    assert under.initiatives["a"].duration_days == 10
    assert under.initiatives["b"].status is Status.DROPPED
    assert under.estimates["ec"].effort == 8, "what a holder takes more, what it holds takes more"
    assert (under.teams["t"].change_capacity, under.teams["t"].change_limit) == (10, 3)
    assert held.initiatives["a"] == plan().initiatives["a"]
    live, tried = compare(held, [one], [MONDAY + 5 * WEEK])
    assert (live.finish, tried.finish) == (MONDAY + WEEK + timedelta(days=4), MONDAY + 2 * WEEK + timedelta(days=4))
    assert (tried.moved, tried.left_out, tried.brought_in) == (("a",), ("b",), ())
    assert (live.peak_share, tried.peak_share) == (pytest.approx(1.6), pytest.approx(0.8))


def test_what_was_dropped_comes_back_and_what_has_begun_or_holds_others_keeps_its_dates() -> None:
    begun = Initiative(id="d", name="D", duration_days=5, status=Status.DROPPED)
    held, one = with_scenario(plan(begun))
    held = held.apply(initiatives.change(held, "a", actual_start=MONDAY))
    for name, fields in (("d", {"included": True}), ("a", {"start": MONDAY + WEEK}), ("h", {"start": MONDAY + WEEK})):
        held = held.apply(scenarios.override_initiative(held, one, name, **fields))
    assert applied(held, one).initiatives["d"].status is Status.PLANNED
    reasons = {held.initiative_overrides[each].initiative_id: why for each, why in overridden(held, one).passed_over}
    assert reasons == {"a": PassedOver.HAS_BEGUN, "h": PassedOver.HOLDS_OTHERS}
    assert compare(held, [one], [])[1].brought_in == ("d",)


def test_promoting_a_part_leaves_the_rest_and_the_whole_takes_the_scenario_along() -> None:
    held, one = with_scenario(plan())
    held = held.apply(scenarios.override_initiative(held, one, "a", duration_days=8.0))
    held = held.apply(scenarios.override_team(held, one, "t", change_limit=4))
    whole = applied(held, one)
    (first, second) = overrides_of(held, one)
    part = held.apply(scenarios.promote(held, one, only={first.id}))
    assert part.initiatives["a"].duration_days == 8
    assert part.teams["t"].change_limit == 1
    assert [each.id for each in overrides_of(part, one)] == [second.id]
    step = scenarios.promote(held, one)
    after = held.apply(step)
    assert (after.initiatives, after.teams) == (whole.initiatives, whole.teams)
    assert not after.scenarios
    assert not after.team_overrides
    assert after.apply(step.inverse()) == held
    empty, other = with_scenario(plan())
    with pytest.raises(UserError, match="nothing-to-promote"):
        scenarios.promote(empty, other)


def test_a_longer_or_costlier_initiative_keeps_its_spread_so_that_it_can_be_taken_over() -> None:
    likely = Initiative(id="w", name="W", optimistic_days=4, duration_days=5, pessimistic_days=10)
    cost = Estimate(id="ew", initiative_id="w", team_id="t", optimistic_effort=1, effort=2, pessimistic_effort=3)
    held, one = with_scenario(plan(likely, cost))
    held = held.apply(scenarios.override_initiative(held, one, "w", duration_days=20.0, effort_factor=4.0))
    after = held.apply(scenarios.promote(held, one))
    taken, costs = after.initiatives["w"], after.estimates["ew"]
    assert (taken.optimistic_days, taken.duration_days, taken.pessimistic_days) == (16, 20, 40)
    assert (costs.optimistic_effort, costs.effort, costs.pessimistic_effort) == (4, 8, 12)


def test_a_field_given_back_to_the_plan_is_no_override_any_more() -> None:
    held, one = with_scenario(plan())
    held = held.apply(scenarios.override_initiative(held, one, "a", duration_days=8.0))
    held = held.apply(scenarios.override_initiative(held, one, "a", duration_days=None))
    assert not held.initiative_overrides
    assert applied(held, one).initiatives == held.initiatives


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abch"),
            st.fixed_dictionaries(
                {},
                optional={
                    "included": st.booleans(),
                    "start": st.integers(0, 60).map(lambda days: MONDAY + timedelta(days=days)),
                    "duration_days": st.integers(0, 20).map(float),
                    "effort_factor": st.sampled_from([0.5, 2.0]),
                },
            ),
        ),
        max_size=5,
    )
)
def test_what_is_promoted_is_what_was_compared(overrides: list[tuple[str, dict[str, Any]]]) -> None:
    held, one = with_scenario(plan())
    for initiative_id, fields in overrides:
        held = held.apply(scenarios.override_initiative(held, one, initiative_id, **fields))
    if not overrides_of(held, one):
        assert applied(held, one) == held
        return
    step = scenarios.promote(held, one)
    after = held.apply(step)
    assert spans_of(schedule(after)) == spans_of(schedule(applied(held, one)))
    assert after.apply(step.inverse()) == held


def baselined(engagement: Engagement) -> Engagement:
    spans = spans_of(schedule(engagement))
    return engagement.apply(
        scenarios.take_baseline(engagement, spans, name="Start", taken_on=date(2026, 3, 2), reason="Promised")
    )


def test_what_moved_since_a_baseline_is_told_in_working_days_with_the_step_that_moved_it() -> None:
    held = baselined(plan())
    (taken,) = held.baselines.values()
    assert variance(held, taken) == ()
    steps: list[tuple[Changes, Engagement]] = []
    for intent in (
        lambda e: initiatives.change(e, "a", duration_days=8.0),
        lambda e: initiatives.change(e, "a", owner="Ana"),
        lambda e: initiatives.change(e, "c", status=Status.DROPPED),
    ):
        steps.append((intent(held), held))
        held = held.apply(steps[-1][0])
    found = {one.initiative_id: one for one in variance(held, taken)}
    assert {one: (each.start_days, each.finish_days) for one, each in found.items()} == {
        "a": (0, 3), "b": (3, 3), "c": (0, 0),
    }  # fmt: skip
    assert found["c"].start is None
    walk = ((number, *one) for number, one in reversed(list(enumerate(steps, start=1))))
    why = moves(held, found, walk, total=3)
    assert {one: [(move.cause.step, move.cause.is_own) for move in each] for one, each in why.items()} == {
        "a": [(1, True)], "b": [(1, False)], "c": [(3, True)],
    }  # fmt: skip


def test_a_plan_a_week_later_moved_by_a_week() -> None:
    held = baselined(plan())
    (taken,) = held.baselines.values()
    later = a.engagement(
        *(one for kind, held_of in held.by_kind().items() if kind != "settings" for one in held_of.values()),
        a.settings(plan_start=MONDAY + WEEK),
    )
    assert {(one.start_days, one.finish_days) for one in variance(later, taken)} == {(5, 5)}
