"""The checker of plans finds what is wrong: a sound plan, broken in one way at a time."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.assessment import Assessment
from planner.domain.calendar import Calendar, Freeze
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, Outcome, Wave
from planner.domain.practice import Prerequisite
from tests import builders as a
from tests.properties.plan_checker import Spans, faults_of


def day(offset: int) -> date:
    return a.MONDAY + timedelta(days=offset)


def plan(**changes: dict[str, Any]) -> Engagement:
    """Return a plan of four weeks of five days' work each, some fields of some initiatives changed."""

    def work(one: str, **fields: Any) -> Initiative:
        return Initiative(**{"id": one, "name": one, "duration_days": 5, **fields, **changes.get(one, {})})

    return a.engagement(
        a.settings(plan_start=a.MONDAY, calendar_id="own", cool_down_days=1), a.unit(id="unit"),
        Calendar(id="own", name="Own"), Freeze(id="f", calendar_id="own", name="F", start=day(16), finish=day(16)),
        a.team(id="t", change_capacity=5.0, change_limit=2),
        *a.model(), a.practice(id="p"), a.practice(id="q"), Assessment(id="assessment", name="Now", held_on=a.MONDAY),
        a.answer(team_id="t", practice_id="q", score=0.2), Prerequisite(id="p-q", practice_id="p", required_practice_id="q"),
        Outcome(id="o1", initiative_id="first", team_ids=("t",), practice_ids=("q",), to_value=1.0),
        Outcome(id="o2", initiative_id="second", team_ids=("t",), practice_ids=("p",), to_value=1.0),
        Wave(id="w0", name="W0", gate_date=day(14)), Wave(id="w1", name="W1", position=1),
        work("first", wave_id="w0"), work("second", constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=day(7)),
        work("third", wave_id="w1", deadline=day(21)),
        work("fourth", constraint=ConstraintKind.MUST_START_ON, constraint_date=day(22)), a.link("third", "fourth"),
        *(Estimate(id=f"e-{one}", initiative_id=one, team_id="t", effort=3.0) for one in ("first", "second", "third", "fourth")),
    )  # fmt: skip


SOUND: Spans = {
    "first": (day(0), day(4)),
    "second": (day(7), day(11)),
    "third": (day(14), day(21)),
    "fourth": (day(22), day(28)),
}


def test_a_sound_plan_has_no_fault() -> None:
    assert faults_of(plan(), SOUND, until=day(28), hard_deadlines=True) == []


@pytest.mark.parametrize(
    ("moved", "fault"),
    [
        ({"first": (day(0), day(3))}, "works 4 days"),
        ({"third": (day(14), day(18))}, "works 4 days"),
        ({"first": (day(-7), day(-3))}, "before anything may"),
        ({"second": (day(5), day(11))}, "on a day that rests"),
        ({"second": (day(4), day(10))}, "before its date"),
        ({"first": (day(7), day(11)), "second": (day(7), day(11))}, "before q is there"),
        ({"first": (day(14), day(21))}, "before wave w0 is over"),
        ({"third": (day(8), day(14))}, "before the gate"),
        ({"third": (day(15), day(22))}, "after its deadline"),
        ({"third": (day(15), day(22))}, "is not kept"),
        ({"fourth": (day(23), day(29))}, "than it is pinned to"),
        ({"fourth": (day(23), day(29))}, "after the last day"),
        ({"second": (day(14), day(21))}, "is asked"),
        ({"second": (day(14), day(21)), "first": (day(14), day(21))}, "has 3 of 2"),
        ({"fourth": None}, "fourth is missing"),
        ({"third": None}, "is there without third"),
    ],
)
def test_each_way_to_break_a_plan_is_found(moved: dict[str, Any], fault: str) -> None:
    spans = {one: span for one, span in {**SOUND, **moved}.items() if span is not None}
    assert any(fault in found for found in faults_of(plan(), spans, until=day(28), hard_deadlines=True))


def test_deadlines_that_are_soft_and_days_nobody_set_are_no_faults() -> None:
    late = plan(third={"deadline": day(18)}, fourth={"constraint_date": day(22)})
    assert faults_of(late, SOUND) == []
    assert faults_of(dataclasses.replace(late, freezes={}), SOUND) != []
