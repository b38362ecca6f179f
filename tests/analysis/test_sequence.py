"""What the sequencer makes of small plans whose best order is known, and what it says of each place in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from planner.analysis.sequence.problem import Problem, build_problem
from planner.analysis.sequence.proposal import Held, Proposed, needed_starts, propose
from planner.analysis.sequence.sequencer import Asked, Found, Objective, greedy, measure, sequence
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, Wave
from planner.domain.priority import Criterion, CriterionRole, CriterionScore
from tests import builders as a
from tests.builders import MONDAY


def plan(*entities: Any, efforts: dict[str, float] | None = None, team: Any = None, **setting: Any) -> Engagement:
    """Return a plan whose initiatives each ask team "t" for the effort named, in person-days."""
    held = team or a.team(id="t", name="Payments", unit_id="u", change_capacity=5.0, change_limit=9)
    asked = [
        Estimate(id=f"e-{one}", initiative_id=one, team_id="t", effort=days) for one, days in (efforts or {}).items()
    ]
    return a.engagement(a.settings(plan_start=MONDAY, **setting), a.unit(id="u"), held, *entities, *asked)


def work(one: str, days: float, **fields: Any) -> Initiative:
    return Initiative(id=one, name=one.upper(), duration_days=days, **fields)


def found(
    engagement: Engagement, objective: Objective = Objective.MAKESPAN
) -> tuple[Problem, Found, dict[str, Proposed]]:
    problem = build_problem(engagement)
    best = sequence(problem, Asked(objective, seconds=3, workers=1))
    return problem, best, {one.initiative_id: one for one in propose(problem, best.placement)}


def test_capacity_is_kept_and_named_with_who_takes_it() -> None:
    _problem, best, of = found(plan(work("a", 5), work("b", 5), efforts={"a": 3, "b": 3}))
    first, second = sorted(of.values(), key=lambda one: one.start)
    assert best.is_optimal
    assert (first.start, second.start) == (MONDAY, MONDAY + timedelta(days=7))
    assert second.reason.held is Held.CAPACITY
    assert second.reason.initiative_ids == (first.initiative_id,)
    assert (second.reason.team_id, second.reason.until) == ("t", first.finish)
    assert needed_starts(of.values()) == {second.initiative_id: second.start}


def test_the_change_limit_counts_the_cool_down() -> None:
    team = a.team(id="t", unit_id="u", change_capacity=50.0, change_limit=1)
    _problem, _best, of = found(plan(work("a", 5), work("b", 5), efforts={"a": 1, "b": 1}, team=team, cool_down_days=2))
    first, second = sorted(of.values(), key=lambda one: one.start)
    assert second.start == first.start + timedelta(days=9), "a week of work, then two days of rest"
    assert second.reason.held is Held.LIMIT


def test_what_is_worth_more_comes_first_and_a_prerequisite_with_it() -> None:
    """C is worth most, and waits for B, which is worth nothing itself: B comes before A."""
    engagement = plan(
        work("a", 5), work("b", 5), work("c", 5), a.link("b", "c"), *worths(a=3.0, b=1.0, c=10.0),
        efforts={"a": 5, "b": 5, "c": 5},
    )  # fmt: skip
    _problem, _best, of = found(engagement, Objective.VALUE)
    assert sorted(of, key=lambda one: of[one].start) == ["b", "c", "a"]
    assert of["c"].reason.held is Held.WAIT


def test_a_gate_not_passed_holds_the_next_wave_and_one_passed_does_not() -> None:
    gate = MONDAY + timedelta(days=21)
    first = Wave(id="w1", name="First", position=0, gate_date=gate)
    second = Wave(id="w2", name="Second", position=1)
    members = (work("a", 5, wave_id="w1"), work("b", 5, wave_id="w2"))
    _problem, _best, of = found(plan(first, second, *members))
    assert (of["a"].start, of["b"].start) == (MONDAY, gate)
    assert of["b"].reason.held is Held.GATE
    passed = Wave(id="w1", name="First", position=0, gate_date=gate, passed_on=MONDAY)
    _problem, _best, of = found(plan(passed, second, *members))
    assert of["b"].start == MONDAY


def test_a_link_back_before_a_gate_is_told() -> None:
    waves = (Wave(id="w1", name="First", position=0), Wave(id="w2", name="Second", position=1))
    engagement = plan(*waves, work("a", 5, wave_id="w1"), work("b", 5, wave_id="w2"), a.link("b", "a"))
    with pytest.raises(UserError, match="gates-circle"):
        build_problem(engagement)


def test_a_pin_stays_and_the_rest_goes_around_it() -> None:
    pin = {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": MONDAY + timedelta(days=2)}
    _problem, _best, of = found(plan(work("a", 5), work("b", 5, **pin), efforts={"a": 5, "b": 5}))
    assert of["b"].start == date(2026, 3, 4)
    assert of["b"].reason.held is Held.PIN
    assert of["a"].start == date(2026, 3, 11)


def test_what_has_begun_stays_and_takes_its_share() -> None:
    begun = work("a", 10, actual_start=MONDAY, progress=0.5)
    _problem, _best, of = found(plan(begun, work("b", 5), efforts={"a": 10, "b": 5}))
    assert list(of) == ["b"]
    assert of["b"].start == MONDAY + timedelta(days=14)


def test_one_that_alone_asks_too_much_is_planned_alone_and_told() -> None:
    problem, _best, of = found(plan(work("a", 5), work("b", 5), efforts={"a": 10, "b": 1}))
    (told,) = problem.overfull
    assert (told.initiative_id, told.team_id, told.asked, told.capacity) == ("a", "t", 2.0, 1.0)
    assert abs((of["a"].start - of["b"].start).days) == 7


def test_a_team_of_little_readiness_takes_longer_over_the_same_effort() -> None:
    """Two initiatives of half a team each run beside one another, unless the team's readiness makes them cost more."""
    for readiness, beside in ((3, True), (1, False)):
        team = a.team(id="t", unit_id="u", change_capacity=5.0, change_limit=9, readiness=readiness)
        _problem, _best, of = found(plan(work("a", 5), work("b", 5), efforts={"a": 2.5, "b": 2.5}, team=team))
        assert (of["a"].start == of["b"].start) is beside


def test_a_team_that_may_change_nothing_is_told() -> None:
    team = a.team(id="t", name="Core", unit_id="u", change_limit=0)
    with pytest.raises(UserError, match="no-changes-allowed"):
        build_problem(plan(work("a", 5), efforts={"a": 5}, team=team))


def test_the_fewest_days_moved_leave_what_is_possible_where_it_is() -> None:
    _problem, best, of = found(plan(work("a", 10), work("b", 2), efforts={"a": 10, "b": 2}), Objective.STABILITY)
    assert best.value == 2
    assert (of["b"].start, of["a"].start) == (MONDAY, MONDAY + timedelta(days=2))


def test_whoever_watches_can_stop_with_the_best_so_far() -> None:
    engagement = plan(*(work(f"i{n}", 3) for n in range(30)), efforts={f"i{n}": 2.0 for n in range(30)})
    seen: list[Found] = []
    best = sequence(
        build_problem(engagement), Asked(Objective.MAKESPAN, seconds=60), watch=lambda one: bool(seen.append(one))
    )
    assert seen == [best]


def test_an_empty_plan_has_nothing_to_propose() -> None:
    problem, best, of = found(plan())
    assert (of, best.value, best.is_optimal, problem.tasks) == ({}, 0, True, ())


def worths(**worth: float) -> list[Any]:
    """Return criteria and scores by which each initiative is worth what is said, for its size."""
    roles = (CriterionRole.VISIBILITY, CriterionRole.BUSINESS_VALUE, CriterionRole.TIME_CRITICALITY,
             CriterionRole.RISK_REDUCTION, CriterionRole.JOB_SIZE)  # fmt: skip
    criteria = [Criterion(id=role.value, name=role.value, role=role) for role in roles]
    scores = [
        CriterionScore(id=f"{one}-{criterion.id}", initiative_id=one, criterion_id=criterion.id, value=value)
        for one, each in worth.items()
        for criterion in criteria
        for value in (1.0 if criterion.role is CriterionRole.JOB_SIZE else each,)
    ]
    return [*criteria, *scores]


def starts_of(problem: Problem, best: Found) -> dict[str, int]:
    return {task.initiative_id: start for task, start in zip(problem.tasks, best.placement.starts, strict=True)}


def test_least_load_spreads_work_over_the_length_of_the_plan() -> None:
    """Four fit beside each other, but a month is planned anyway: one at a time loads the team by a fifth."""
    short = {f"s{n}": 1.0 for n in range(4)}
    problem = build_problem(plan(work("long", 20), *(work(one, 5) for one in short), efforts=short))
    best = sequence(problem, Asked(Objective.LOAD, seconds=3, workers=1))
    assert best.value == pytest.approx(0.2)
    assert best.is_optimal
    assert max(best.placement.ends) == 20
    assert measure(problem, greedy(problem, Objective.LOAD), Objective.LOAD) == pytest.approx(0.8)


def test_a_mix_weighs_what_the_first_plan_measures() -> None:
    short = {f"s{n}": 1.0 for n in range(4)}
    engagement = plan(work("long", 20), *(work(one, 5) for one in short), *worths(s0=5.0, s1=4.0), efforts=short)
    problem = build_problem(engagement)
    calm = sequence(problem, Asked(Objective.LOAD, seconds=2, workers=1, beside={Objective.VALUE: 0.01}))
    soon = sequence(problem, Asked(Objective.VALUE, seconds=2, workers=1, beside={Objective.LOAD: 0.01}))
    assert measure(problem, calm.placement, Objective.LOAD) < measure(problem, soon.placement, Objective.LOAD)
    assert measure(problem, soon.placement, Objective.VALUE) < measure(problem, calm.placement, Objective.VALUE)
    assert calm.value < 1.0


def test_what_is_worth_least_is_left_out_with_what_waits_for_it() -> None:
    efforts = dict.fromkeys(("a", "b", "c", "d"), 5.0)
    engagement = plan(
        *(work(one, 5) for one in efforts), a.link("a", "d"), *worths(a=1.0, b=8.0, c=5.0, d=2.0), efforts=efforts
    )
    problem = build_problem(engagement, until=MONDAY + timedelta(days=11))
    best = sequence(problem, Asked(Objective.VALUE, seconds=3, workers=1))
    assert starts_of(problem, best) == {"a": -1, "b": 0, "c": 5, "d": -1}
    assert not best.late


def test_what_cannot_be_left_out_is_late_rather_than_lost() -> None:
    pinned = work("a", 10, constraint=ConstraintKind.MUST_START_ON, constraint_date=MONDAY)
    problem = build_problem(plan(pinned, work("b", 2)), until=MONDAY + timedelta(days=4))
    best = sequence(problem, Asked(Objective.MAKESPAN, seconds=1, workers=1))
    assert starts_of(problem, best) == {"a": 0, "b": 0}
    assert best.late == 5


def test_a_hard_deadline_comes_before_worth_and_a_soft_one_does_not() -> None:
    efforts = dict.fromkeys(("a", "b"), 5.0)
    engagement = plan(
        work("a", 5, deadline=MONDAY + timedelta(days=4)), work("b", 5), *worths(a=1.0, b=8.0), efforts=efforts
    )
    soft, hard = build_problem(engagement), build_problem(engagement, hard_deadlines=True)
    asked = Asked(Objective.VALUE, seconds=3, workers=1)
    assert starts_of(soft, sequence(soft, asked)) == {"a": 5, "b": 0}
    kept = sequence(hard, asked)
    assert starts_of(hard, kept) == {"a": 0, "b": 5}
    assert kept.is_optimal


def test_the_same_seed_finds_the_same_plan() -> None:
    """More than CP-SAT is given at once: parts are freed by chance, and two work side by side."""
    names = [f"i{n}" for n in range(45)]
    engagement = plan(
        *(work(one, 2 + n % 4) for n, one in enumerate(names)),
        *worths(**{one: 1.0 + 3 * n % 7 for n, one in enumerate(names)}),
        efforts={one: (2 + n % 4) * 0.4 for n, one in enumerate(names)},
    )
    problem = build_problem(engagement)
    asked = Asked(Objective.VALUE, seconds=1.5, workers=2, seed=7)
    assert sequence(problem, asked).placement == sequence(problem, asked).placement


def test_a_gate_after_the_last_day_makes_nothing_late() -> None:
    wave = Wave(id="w", name="One", gate_date=MONDAY + timedelta(days=60))
    problem = build_problem(plan(wave, work("a", 2, wave_id="w")), until=MONDAY + timedelta(days=11))
    best = sequence(problem, Asked(Objective.MAKESPAN, seconds=1, workers=1))
    assert not best.late
    assert starts_of(problem, best)["a"] == 0
