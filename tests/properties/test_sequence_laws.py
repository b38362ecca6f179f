"""No plan the sequencer gives violates anything, whatever is asked; and moving the calendar moves the plan with it."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.analysis.sequence.bounds import heads_of, relax
from planner.analysis.sequence.conflict import find_conflict
from planner.analysis.sequence.feasible import Feasibility, feasibility, is_kept
from planner.analysis.sequence.placing import place
from planner.analysis.sequence.problem import build_problem
from planner.analysis.sequence.proposal import propose, retimed
from planner.analysis.sequence.sequencer import Asked, Objective, greedy, measure, sequence
from planner.domain.assessment import Assessment
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, Link, LinkType, Outcome, Wave
from planner.domain.organization import Team
from planner.domain.practice import Prerequisite
from tests import builders as a
from tests.properties.plan_checker import crowded, faults_of

_DATES = {"start", "finish", "constraint_date", "plan_start", "status_date", "deadline", "gate_date", "held_on"}
_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def plans(draw: st.DrawFn) -> Engagement:
    """Draw a plan of a few initiatives and teams, with calendars, freezes, links of every type and cool-downs."""
    calendars = [
        Calendar(id="early", name="Early", weekdays=(0, 1, 2, 3)),
        Calendar(id="any", name="Any", weekdays=None),
    ]
    own = Calendar(id="own", name="Own", weekdays=(0, 1, 2, 3, 4))
    teams = [
        Team(
            id=f"t{n}",
            name=f"T{n}",
            unit_id="unit",
            change_capacity=draw(st.integers(1, 10)),
            change_limit=draw(st.integers(1, 3)),
            calendar_id=draw(st.sampled_from([None, None, "early", "any"])),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    initiatives, estimates = [], []
    for n in range(draw(st.integers(1, 7))):
        held = draw(st.none() | st.integers(0, 30))
        initiatives.append(
            Initiative(
                id=f"i{n}",
                name=f"I{n}",
                position=n,
                duration_days=draw(st.integers(1, 8)),
                constraint=ConstraintKind.AS_SOON_AS_POSSIBLE if held is None else ConstraintKind.START_NO_EARLIER_THAN,
                constraint_date=None if held is None else a.MONDAY + timedelta(days=held),
            )
        )
        estimates += [
            Estimate(id=f"e{n}{team.id}", initiative_id=f"i{n}", team_id=team.id, effort=draw(st.integers(1, 12)))
            for team in teams
            if draw(st.booleans())
        ]
    links = [
        Link(
            id=f"l{first}{second}",
            predecessor_id=f"i{first}",
            successor_id=f"i{second}",
            type=draw(st.sampled_from(list(LinkType))),
            lag_days=draw(st.integers(-3, 4)),
        )
        for second in range(len(initiatives))
        for first in range(second)
        if draw(st.integers(0, 3)) == 0
    ]
    freeze = Freeze(id="f", calendar_id="own", name="Freeze", start=a.MONDAY + timedelta(days=9),
                    finish=a.MONDAY + timedelta(days=draw(st.integers(9, 16))))  # fmt: skip
    closed = CalendarException(
        id="x", calendar_id="early", start=a.MONDAY + timedelta(days=2), finish=a.MONDAY + timedelta(days=3)
    )
    setting = a.settings(
        plan_start=a.MONDAY, calendar_id="own", cool_down_days=draw(st.integers(0, 3)),
        status_date=draw(st.none() | st.just(a.MONDAY + timedelta(days=5))),
    )  # fmt: skip
    entities: list[Any] = [
        setting,
        a.unit(id="unit"),
        own,
        *calendars,
        freeze,
        closed,
        *teams,
        *initiatives,
        *estimates,
    ]
    return a.engagement(*entities, *links)


@st.composite
def asking_plans(draw: st.DrawFn) -> Engagement:
    """Draw a plan that asks for more: deadlines, two waves with a gate, and outcomes that build on practices."""
    engagement = draw(plans())
    practices = [a.practice(id=f"p{n}") for n in range(3)]
    gate = draw(st.none() | st.integers(5, 25))
    waves = [Wave(id="w0", name="W0", gate_date=None if gate is None else a.MONDAY + timedelta(days=gate)),
             Wave(id="w1", name="W1", position=1)]  # fmt: skip
    second = draw(st.integers(1, 7))
    initiatives, outcomes = [], []
    for n, one in enumerate(engagement.initiatives.values()):
        late = draw(st.none() | st.integers(4, 60))
        wave_id = draw(st.sampled_from([None, "w0" if n < second else "w1"]))
        deadline = None if late is None else a.MONDAY + timedelta(days=late)
        initiatives.append(dataclasses.replace(one, deadline=deadline, wave_id=wave_id))
        outcomes += [
            Outcome(
                id=f"o{n}{lifted.id}", initiative_id=one.id, team_ids=("t0",), practice_ids=(lifted.id,), to_value=to
            )
            for lifted in practices
            if (to := draw(st.sampled_from([None, None, 0.5, 0.75, 1.0]))) is not None
        ]
    entities: list[Any] = [entity for kind in engagement.by_kind().values() for entity in kind.values()]
    builds_on = [(1, 0), (2, 1), (2, 0)]
    return a.engagement(
        *entities, *initiatives, *waves, *a.model(), *practices, *outcomes,
        Assessment(id="assessment", name="Now", held_on=a.MONDAY),
        *(a.answer(id=f"in-{one.id}", team_id="t0", practice_id=one.id, score=draw(st.sampled_from([0.0, 0.5, 0.75])))
          for one in practices),
        *(Prerequisite(id=f"{upper}-{lower}", practice_id=f"p{upper}", required_practice_id=f"p{lower}",
                       minimum_score=draw(st.sampled_from([0.5, 0.75, 1.0]))) for upper, lower in builds_on),
    )  # fmt: skip


def spans(engagement: Engagement, placement: Any) -> dict[str, Any]:
    proposal = propose(build_problem(engagement), placement)
    return {one.initiative_id: (one.start, one.finish) for one in proposal}


@_UNHURRIED
@given(asking_plans(), st.randoms(use_true_random=False))
def test_whatever_the_order_nothing_is_violated(engagement: Engagement, draw: Any) -> None:
    problem = build_problem(engagement, hard_deadlines=True)
    placement = place(problem, [draw.random() for _ in problem.tasks])
    held = spans(engagement, placement)
    assert faults_of(engagement, held) == []
    assert is_kept(problem, placement) == (not faults_of(engagement, held, hard_deadlines=True))


@_UNHURRIED
@given(asking_plans(), st.integers(3, 50), st.randoms(use_true_random=False))
def test_what_is_kept_until_a_day_needs_nothing_that_is_left_out(engagement: Engagement, days: int, draw: Any) -> None:
    until = a.MONDAY + timedelta(days=days)
    problem = build_problem(engagement, until=until)
    placement = place(problem, [draw.random() for _ in problem.tasks])
    assert faults_of(engagement, spans(engagement, placement), until=until) == []


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), st.sampled_from(list(Objective)))
def test_what_is_found_violates_nothing_and_is_no_worse_than_one_pass(
    engagement: Engagement, objective: Objective
) -> None:
    problem = build_problem(engagement)
    found = sequence(problem, Asked(objective, seconds=0.5, workers=1))
    assert faults_of(engagement, spans(engagement, found.placement)) == []
    assert found.value == pytest.approx(measure(problem, found.placement, objective))
    assert found.bound <= found.value + 1e-6 <= measure(problem, greedy(problem, objective), objective) + 1e-3


@settings(_UNHURRIED, max_examples=40)
@given(asking_plans())
def test_a_week_later_everything_is_a_week_later(engagement: Engagement) -> None:
    week = timedelta(days=7)

    def later(entity: Any) -> Any:
        moved = {
            field.name: getattr(entity, field.name) + week
            for field in dataclasses.fields(entity)
            if field.name in _DATES and getattr(entity, field.name) is not None
        }
        return dataclasses.replace(entity, **moved)

    entities = [later(one) for by_id in engagement.by_kind().values() for one in by_id.values()]
    shifted = a.engagement(*entities)
    before = spans(engagement, greedy(build_problem(engagement), Objective.VALUE))
    after = spans(shifted, greedy(build_problem(shifted), Objective.VALUE))
    conflicts = [find_conflict(one, hard_deadlines=True, seconds=0.5) for one in (engagement, shifted)]
    assert (conflicts[0] is None) == (conflicts[1] is None)
    assert after == {one: (first + week, last + week) for one, (first, last) in before.items()}


@_UNHURRIED
@given(asking_plans(), st.randoms(use_true_random=False))
def test_what_is_refused_stays_where_it_is_and_the_rest_keeps_to_everything(engagement: Engagement, draw: Any) -> None:
    """What is wrong then is wrong today, or of what stays before a practice is there; so are teams asked too much."""
    problem = build_problem(engagement)
    placement = place(problem, [draw.random() for _ in problem.tasks])
    refused = {task.initiative_id for task in problem.tasks if task.initiative_id and draw.random() < 0.4}
    kept = propose(problem, retimed(problem, placement, refused), refused)
    assert all(one.start == one.start_now for one in kept if one.initiative_id in refused)
    held = {one.initiative_id: (one.start, one.finish) for one in kept}
    today = {one.initiative_id: (one.start_now, one.finish_now) for one in kept}
    staying = {one.initiative_id: held[one.initiative_id] for one in kept if not one.moves}
    crowds = crowded(engagement, staying)
    assert crowded(engagement, held) <= crowds
    wrong_today = {
        *faults_of(engagement, today),
        *(f"{one} begins before p{n} is there" for one in staying for n in range(3)),
    }
    faults = [fault for fault in faults_of(engagement, held) if not crowds or not fault.startswith("t")]
    assert [fault for fault in faults if fault not in wrong_today] == []


@_UNHURRIED
@given(plans(), st.randoms(use_true_random=False))
def test_no_plan_is_below_the_bound(engagement: Engagement, draw: Any) -> None:
    problem = build_problem(engagement)
    worth = [draw.randint(0, 9) for _ in problem.tasks]
    problem = dataclasses.replace(
        problem, tasks=tuple(dataclasses.replace(task, worth=w) for task, w in zip(problem.tasks, worth, strict=True))
    )
    plans_placed = [place(problem, [draw.random() for _ in problem.tasks]) for _ in range(5)]
    heads = heads_of(problem)
    latest = max(max(plan.ends) for plan in plans_placed)
    bound = relax(problem, worth, heads, latest, cells=draw.choice((10, 60, 300)), seconds=20)
    assert bound is not None
    assert all(bound.bound <= measure(problem, plan, Objective.VALUE) + 1e-6 for plan in plans_placed)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), st.randoms(use_true_random=False))
def test_what_some_plan_keeps_is_never_called_impossible(engagement: Engagement, draw: Any) -> None:
    """Every initiative must end when some plan ends it, some are pinned where it has them, and the day it is over is set."""
    problem = build_problem(engagement)
    kept = spans(engagement, place(problem, [draw.random() for _ in problem.tasks]))
    asked: list[Any] = [entity for kind in engagement.by_kind().values() for entity in kind.values()]
    for one in engagement.initiatives.values():
        start, finish = kept[one.id]
        pin = {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": start} if draw.random() < 0.3 else {}
        asked.append(dataclasses.replace(one, deadline=finish, **pin))
    hard = a.engagement(*asked)
    until = max(finish for _start, finish in kept.values())
    for problem in (build_problem(hard, hard_deadlines=True), build_problem(hard, until=until, hard_deadlines=True)):
        assert feasibility(problem, seconds=5) is not Feasibility.IMPOSSIBLE
    assert find_conflict(hard, until=until, hard_deadlines=True, seconds=5) is None
