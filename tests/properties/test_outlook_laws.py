"""What load, risk and projection owe whatever the plan: no origin of time, sums that add up, an oracle that is slow."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings

from planner.analysis.calendar import TICKS_PER_DAY
from planner.analysis.level_dates import LevelWatch
from planner.analysis.load import spans_of, team_load
from planner.analysis.projection import project
from planner.analysis.risk.chance import Luck, durations, has_range
from planner.analysis.risk.passes import is_done
from planner.analysis.risk.simulation import simulate
from planner.analysis.schedule import schedule
from planner.domain.assessment import Assessment
from planner.domain.engagement import Engagement
from planner.domain.initiative import Outcome, Risk, Status
from planner.domain.kinds import Entity
from tests import builders
from tests.analysis.test_risk import days_drawn
from tests.builders import MONDAY
from tests.properties.test_risk_laws import planned, plans

WEEK = timedelta(weeks=1)


def entities_of(held: Engagement) -> list[Any]:
    return [entity for entities in held.by_kind().values() for entity in entities.values()]


def with_maturity(held: Engagement) -> Engagement:
    """Return a plan of which every initiative lifts one practice, from an assessment."""
    added: list[Entity] = [
        *builders.model(), *(builders.practice(id=f"p{n}", level=n + 1, position=n) for n in range(2)),
        Assessment(id="assessment", name="First", held_on=MONDAY),
        *(builders.answer(team_id="t0", practice_id=f"p{n}", score=0.2) for n in range(2)),
    ]  # fmt: skip
    added += [
        Outcome(id=f"o-{one}", initiative_id=one, team_ids=("t0",), practice_ids=(f"p{n % 2}",), to_value=0.5 + n % 5 / 10)
        for n, one in enumerate(held.initiatives)
    ]  # fmt: skip
    return Engagement.of([*entities_of(held), *added])


def later(entity: Any) -> Any:
    """Return an entity with every day of it a week later."""
    days = {field.name: getattr(entity, field.name) for field in dataclasses.fields(entity)}
    moved = {name: day + WEEK for name, day in days.items() if isinstance(day, date)}
    return dataclasses.replace(entity, **moved)


@settings(max_examples=30)
@given(plans(uncertain=True))
def test_shifting_everything_by_a_week_shifts_load_projection_and_levels_by_it(drawn: Engagement) -> None:
    planned(drawn)
    held = with_maturity(drawn)
    shifted = Engagement.of([later(entity) for entity in entities_of(held)])
    loads = [team_load(one, spans_of(schedule(one))) for one in (held, shifted)]
    assert [week + WEEK for week in loads[0].weeks] == list(loads[1].weeks)
    assert loads[0].effort == pytest.approx(loads[1].effort)
    assert loads[0].capacity == pytest.approx(loads[1].capacity)
    assert (loads[0].at_once == loads[1].at_once).all()
    assert [dataclasses.replace(span, first_week=span.first_week + WEEK, last_week=span.last_week + WEEK)
            for span in loads[0].spans()] == list(loads[1].spans())  # fmt: skip
    levels, scores = [], []
    for one, on in ((held, MONDAY + WEEK), (shifted, MONDAY + 2 * WEEK)):
        watch = LevelWatch(one, {"": None})
        levels.append(watch.forecasts(simulate(one, draws=20, watch=watch.see))[""])
        ends = {key: dates.early_finish for key, dates in schedule(one).dates.items()}
        scores.append(project(one, ends, on=on).scores)
    assert tuple(later(level) for level in levels[0]) == levels[1]
    assert scores[0] == scores[1]


@settings(max_examples=30)
@given(plans())
def test_a_department_asks_what_its_teams_ask_and_has_what_they_have(drawn: Engagement) -> None:
    planned(drawn)
    load = team_load(drawn, spans_of(schedule(drawn)))
    for column, week in enumerate(load.unit_weeks(drawn, "unit")):
        teams = [load.week_load(team_id, load.weeks[column]) for team_id in load.team_ids]
        assert week.effort == pytest.approx(sum(team.effort for team in teams))
        assert week.capacity == pytest.approx(sum(team.capacity for team in teams))
        over = tuple(team.team_id for team in teams if team.over_capacity or team.over_limit)
        assert week.over_team_ids == over


@settings(max_examples=30)
@given(plans())
def test_after_the_last_finish_all_that_is_not_dropped_has_lifted(drawn: Engagement) -> None:
    planned(drawn)
    held = with_maturity(drawn)
    ends = {key: dates.early_finish for key, dates in schedule(held).dates.items()}
    found = project(held, ends, on=max(ends.values()))
    counts = set(simulate(held, draws=1).initiatives)
    for n in range(2):
        lifts = [
            one.to_value for one in held.outcomes.values()
            if one.practice_ids == (f"p{n}",) and counts_of(held, one.initiative_id)
        ]  # fmt: skip
        assert found.scores["t0", f"p{n}"] == max([0.2, *(lift for lift in lifts if lift is not None)])
    assert all(one in counts for behind in found.lifted.values() for one in behind)


def counts_of(held: Engagement, initiative_id: str) -> bool:
    """Tell whether an initiative is not dropped, nor in what is, nor holds only what is."""
    initiative = held.initiatives[initiative_id]
    above = initiative
    while above.parent_id is not None and above.status is not Status.DROPPED:
        above = held.initiatives[above.parent_id]
    children = held.children_of(initiative_id)
    return above.status is not Status.DROPPED and (not children or any(counts_of(held, child.id) for child in children))


@settings(max_examples=30)
@given(plans(uncertain=True))
def test_a_risk_without_probability_changes_nothing(drawn: Engagement) -> None:
    planned(drawn)
    more = [Risk(id=f"none-{n}", name="R", initiative_id=one, probability=0.0, impact_days=99.0)
            for n, one in enumerate((None, *drawn.initiatives))]  # fmt: skip
    one, other = days_drawn(drawn, draws=20), days_drawn(Engagement.of([*entities_of(drawn), *more]), draws=20)
    assert all((days == other[key]).all() for key, days in one.items())


@settings(max_examples=25)
@given(plans(uncertain=True))
def test_every_draw_is_what_the_schedule_says_of_a_plan_with_the_durations_drawn(drawn: Engagement) -> None:
    """The oracle: one schedule a draw, of an engagement whose durations are those drawn."""
    held = Engagement.of([entity for entity in entities_of(drawn) if not isinstance(entity, Risk)])
    planned(held)
    # What began without a day of its own stays where the plan has it begin, however long others take.
    assume(
        not any(
            (one.progress or one.status is Status.DONE) and one.actual_start is None
            for one in held.initiatives.values()
        )
    )
    draws = 6
    found = days_drawn(held, draws=draws)
    lengths = {
        one.id: durations(one, Luck(1, "duration", one.id).draw(draws)) / TICKS_PER_DAY
        for one in held.initiatives.values()
        if has_range(one) and not is_done(one) and not held.children_of(one.id) and counts_of(held, one.id)
    }
    for at in range(draws):
        as_drawn = Engagement.of([
            dataclasses.replace(entity, duration_days=float(lengths[entity.id][at])) if entity.id in lengths else entity
            for entity in entities_of(held)
        ])  # fmt: skip
        dates = schedule(as_drawn).dates
        for one, days in found.items():
            assert days[at] == dates[one].early_finish.toordinal(), one
