from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.schedule import schedule
from planner.charts.rows import GroupBy, Lane, Work, gantt_rows, overall_progress
from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate, Status
from planner.domain.scenario import Baseline, BaselineEntry
from tests.builders import MONDAY, engagement, initiative, team, unit
from tests.charts.plans import a_plan


def lanes_of(plan: Engagement, group_by: GroupBy) -> dict[str, list[str]]:
    return {lane.title: [row.id for row in lane.rows] for lane in lanes(plan, group_by)}


def lanes(plan: Engagement, group_by: GroupBy) -> tuple[Lane, ...]:
    titles = {"no_team_title": "Nobody", "several_teams_title": "Several"}
    return gantt_rows(plan, schedule(plan), group_by=group_by, **titles)


def two_departments() -> Engagement:
    return engagement(
        unit(id="whole", name="Whole"),
        unit(id="left", name="Left", parent_id="whole", position=0),
        unit(id="right", name="Right", parent_id="whole", position=1),
        team(id="one", name="One", unit_id="left"),
        team(id="two", name="Two", unit_id="right"),
        initiative(id="programme", position=0),
        initiative(id="alone", parent_id="programme", position=1),
        initiative(id="together", parent_id="programme", position=2),
        initiative(id="step", parent_id="together", position=3),
        initiative(id="nobody", position=4),
        Estimate(id="a", initiative_id="alone", team_id="one", effort=3),
        Estimate(id="b", initiative_id="together", team_id="one", effort=1),
        Estimate(id="c", initiative_id="together", team_id="two", effort=2),
    )


@given(count=st.integers(0, 60), group_by=st.sampled_from(GroupBy))
def test_every_initiative_has_exactly_one_row(count: int, group_by: GroupBy) -> None:
    plan = a_plan(count)
    shown = [row.id for lane in lanes(plan, group_by) for row in lane.rows]
    assert sorted(shown) == sorted(plan.initiatives)


def test_a_lane_by_unit_is_the_deepest_unit_that_holds_all_teams() -> None:
    assert lanes_of(two_departments(), GroupBy.UNIT) == {
        "Whole": ["programme", "together", "step"],
        "Left": ["alone"],
        "Nobody": ["nobody"],
    }


def test_a_lane_by_team_is_the_team_with_the_most_effort_and_programmes_of_several_come_first() -> None:
    assert lanes_of(two_departments(), GroupBy.TEAM) == {
        "Several": ["programme", "together"],
        "One": ["alone"],
        "Two": ["step"],
        "Nobody": ["nobody"],
    }


def test_by_outline_rows_keep_their_nesting() -> None:
    (lane,) = lanes(two_departments(), GroupBy.OUTLINE)
    assert [(row.id, row.depth) for row in lane.rows] == [
        ("programme", 0), ("alone", 1), ("together", 1), ("step", 2), ("nobody", 0),
    ]  # fmt: skip


def test_nesting_counts_only_within_the_lane() -> None:
    depths = {row.id: row.depth for lane in lanes(two_departments(), GroupBy.TEAM) for row in lane.rows}
    assert depths == {"programme": 0, "together": 1, "alone": 0, "step": 0, "nobody": 0}


def test_units_of_one_name_are_told_apart_by_what_holds_them() -> None:
    plan = engagement(
        unit(id="a", name="North"),
        unit(id="b", name="South"),
        unit(id="c", name="Run", parent_id="a"),
        unit(id="d", name="Run", parent_id="b"),
        team(id="one", unit_id="c"),
        initiative(id="i"),
        Estimate(id="e", initiative_id="i", team_id="one", effort=1),
    )
    assert list(lanes_of(plan, GroupBy.UNIT)) == ["North \u203a Run"]


def test_what_is_dropped_is_left_out_unless_asked_for() -> None:
    plan = engagement(initiative(id="kept"), initiative(id="gone", status=Status.DROPPED))
    assert lanes_of(plan, GroupBy.OUTLINE) == {"": ["kept"]}
    (lane,) = gantt_rows(plan, schedule(plan), include_dropped=True)
    assert {row.id for row in lane.rows} == {"kept", "gone"}


def test_a_programme_is_as_far_as_its_parts_by_duration() -> None:
    plan = engagement(
        initiative(id="p"),
        initiative(id="long", parent_id="p", duration_days=30.0, progress=0.5),
        initiative(id="done", parent_id="p", duration_days=10.0, status=Status.DONE),
        initiative(id="dropped", parent_id="p", duration_days=500.0, status=Status.DROPPED),
    )
    assert Work(plan).progress("p") == pytest.approx(25 / 40)
    assert overall_progress(plan) == pytest.approx(25 / 40)


def test_a_row_tells_the_dates_of_the_baseline_asked_for() -> None:
    finish = MONDAY + timedelta(4)
    entry = BaselineEntry(initiative_id="i", name="I", start=MONDAY, finish=finish, duration_days=5, effort=0)
    plan = engagement(initiative(id="i"), Baseline(id="b", name="B", taken_on=MONDAY, entries=(entry,)))
    (lane,) = gantt_rows(plan, schedule(plan), baseline_id="b")
    assert lane.rows[0].baseline == (MONDAY, finish)
