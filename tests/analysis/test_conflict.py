"""What cannot be kept together is told by the fewest constraints that clash, each kind of them."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.analysis.sequence.conflict import Conflict, find_conflict
from planner.domain.assessment import Assessment
from planner.domain.calendar import Calendar, Freeze
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, Outcome, Wave
from planner.domain.practice import Prerequisite
from tests import builders as a
from tests.builders import MONDAY


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def work(one: str, days: float = 5, **fields: Any) -> Initiative:
    return Initiative(id=one, name=one.upper(), duration_days=days, **fields)


def pinned(one: str, offset: int, days: float = 5, **fields: Any) -> Initiative:
    return work(one, days, constraint=ConstraintKind.MUST_START_ON, constraint_date=day(offset), **fields)


def plan(*entities: Any, effort: float = 1.0, limit: int = 9, **setting: Any) -> Engagement:
    """Return a plan in which each initiative asks team "t", of a person-day a day, for some effort a day."""
    works = [one for one in entities if isinstance(one, Initiative)]
    team = a.team(id="t", name="Payments", unit_id="u", change_capacity=5.0, change_limit=limit)
    asked = [
        Estimate(id=f"e-{one.id}", initiative_id=one.id, team_id="t", effort=effort * one.duration_days)
        for one in works
    ]
    return a.engagement(a.settings(plan_start=MONDAY, **setting), a.unit(id="u"), team, *entities, *asked)


def named(conflict: Conflict | None) -> set[tuple[str, str]]:
    assert conflict is not None
    assert conflict.is_minimal
    assert conflict.is_smallest
    return {(one.kind.value, one.id) for one in conflict.constraints}


@pytest.mark.parametrize(
    ("asked", "clash"),
    [
        (plan(work("a", 10, deadline=day(8))), {("deadline", "a")}),
        (plan(work("a"), work("b", deadline=day(10)), a.link("a", "b", id="l"), effort=0.1, cool_down_days=1),
         {("link", "l"), ("deadline", "b")}),
        (plan(work("a", deadline=day(10)), work("b", deadline=day(10)), work("c")),
         {("capacity", "t"), ("deadline", "a"), ("deadline", "b")}),
        (plan(work("a", deadline=day(10)), work("b", deadline=day(10)), effort=0.1, limit=1),
         {("limit", "t"), ("deadline", "a"), ("deadline", "b")}),
        (plan(work("a", 4, deadline=day(11)), work("b", 4, deadline=day(11)), effort=0.1, limit=1, cool_down_days=3),
         {("cool-down", ""), ("limit", "t"), ("deadline", "a"), ("deadline", "b")}),
        (plan(work("a", constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=day(3), deadline=day(7))),
         {("earliest-start", "a"), ("deadline", "a")}),
        (plan(pinned("a", 0), pinned("b", 2)), {("pin", "a"), ("pin", "b"), ("capacity", "t")}),
        (plan(work("a"), pinned("b", 2), a.link("a", "b", id="l"), effort=0.1), {("pin", "b"), ("link", "l")}),
        (plan(pinned("a", 2), Calendar(id="own", name="Own"), calendar_id="own"), set()),
    ],
)  # fmt: skip
def test_the_fewest_that_clash_are_named(asked: Engagement, clash: set[tuple[str, str]]) -> None:
    found = find_conflict(asked, hard_deadlines=True)
    assert named(found) == clash if clash else found is None


def test_a_gate_a_practice_and_a_freeze_can_be_what_clashes() -> None:
    waves = [Wave(id="w1", name="1"), Wave(id="w2", name="2", position=1)]
    gated = plan(work("a", wave_id="w1"), work("b", wave_id="w2", deadline=day(9)), *waves, effort=0.1)
    assert named(find_conflict(gated, hard_deadlines=True)) == {("gate", "w1"), ("deadline", "b")}

    frozen = [Calendar(id="own", name="Own"), Freeze(id="f", calendar_id="own", name="F", start=day(2), finish=day(3))]
    late = plan(work("a", deadline=day(4)), *frozen, calendar_id="own")
    assert named(find_conflict(late, hard_deadlines=True)) == {("freeze", "f"), ("deadline", "a")}
    assert named(find_conflict(plan(pinned("a", 2), *frozen, calendar_id="own"))) == {("freeze", "f"), ("pin", "a")}

    practices = [
        *a.model(), a.practice(id="p"), a.practice(id="q"), Assessment(id="assessment", name="Now", held_on=MONDAY),
        a.answer(team_id="t", practice_id="q", score=0.2),
        Prerequisite(id="p-q", practice_id="p", required_practice_id="q", minimum_score=0.6),
        Outcome(id="o1", initiative_id="a", team_ids=("t",), practice_ids=("p",), to_value=1.0),
        Outcome(id="o2", initiative_id="b", team_ids=("t",), practice_ids=("q",), to_value=1.0),
    ]  # fmt: skip
    needy = plan(work("a", deadline=day(8)), work("b"), *practices, effort=0.1)
    assert named(find_conflict(needy, hard_deadlines=True)) == {("prerequisite", "p-q"), ("deadline", "a")}


def test_a_day_for_everything_clashes_only_with_what_cannot_be_left_out() -> None:
    asked = plan(pinned("a", 7), work("b", 30))
    assert named(find_conflict(asked, until=day(9))) == {("horizon", ""), ("pin", "a")}
    assert find_conflict(asked, until=day(13)) is None


def test_of_two_conflicts_the_smaller_is_told() -> None:
    chain = [work(f"c{n}", 3) for n in range(5)]
    links = [a.link(f"c{n}", f"c{n + 1}", id=f"l{n}") for n in range(4)]
    chain[-1] = dataclasses.replace(chain[-1], deadline=day(10))
    asked = plan(*chain, *links, pinned("x", 30), work("y", 40, deadline=day(30)), effort=0.01)
    assert named(find_conflict(asked, hard_deadlines=True)) == {("deadline", "y")}


def test_soft_deadlines_clash_with_nothing_and_what_begun_work_lets_through_is_fine() -> None:
    late = plan(work("a", 10, deadline=day(2)))
    assert find_conflict(late) is None
    under_way = work("b", 10, actual_start=MONDAY, progress=0.1)
    assert named(find_conflict(plan(pinned("a", 2), under_way, a.link("b", "a", id="l"), effort=0.1))) == {
        ("pin", "a"), ("link", "l"),
    }  # fmt: skip


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_conflict_is_told_exactly_when_no_order_of_all_keeps_every_deadline(data: st.DataObject) -> None:
    """One team that takes one initiative at a time: every order is tried by hand."""
    works = [
        work(f"i{n}", data.draw(st.integers(1, 4)), deadline=day(data.draw(st.sampled_from([1, 2, 3, 4, 7, 8, 9]))))
        for n in range(3)
    ]

    def keeps_all(order: tuple[Initiative, ...]) -> bool:
        worked = 0
        for one in order:
            worked += int(one.duration_days)
            finish = day((worked - 1) // 5 * 7 + (worked - 1) % 5)
            if one.deadline is not None and finish > one.deadline:
                return False
        return True

    conflict = find_conflict(plan(*works), hard_deadlines=True)
    assert (conflict is None) == any(keeps_all(order) for order in itertools.permutations(works))
    if conflict is not None:
        freed = {one.id for one in conflict.constraints}
        clashing = [one for one in works if one.id in freed]
        assert not any(keeps_all(order) for order in itertools.permutations(clashing))
