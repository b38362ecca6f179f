"""What every simulation owes: without uncertainty it is the schedule; probabilities are in order; time has no origin."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.analysis.risk.passes import Passes, critical_draws
from planner.analysis.risk.simulation import simulate
from planner.analysis.schedule import schedule
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, LinkType, Risk, Status
from planner.domain.kinds import Entity
from tests import builders
from tests.analysis.test_risk import days_drawn
from tests.builders import MONDAY

DAY = timedelta(days=1)


@st.composite
def plans(draw: st.DrawFn, *, uncertain: bool = False, holidays: bool = True, free: bool = False) -> Engagement:
    """Return a plan with all that moves dates: nesting, links, calendars, constraints, actuals, a status date.

    `free` leaves it at durations, nesting, finish-to-start links and one calendar.
    """
    calendars = [Calendar(id="c0", name="Ours"), Calendar(id="c1", name="Theirs", weekdays=draw(st.sampled_from([(0, 1, 2), (1, 2, 3, 4, 5), None])))]  # fmt: skip
    rests: list[Entity] = []
    if holidays:
        rests = [
            Freeze(id=f"f{n}", calendar_id=f"c{n % 2}", name="F", start=MONDAY + n * DAY, finish=MONDAY + (n + 3) * DAY)
            for n in draw(st.lists(st.integers(0, 40), max_size=3, unique=True))
        ]
        rests += [
            CalendarException(id=f"x{n}", calendar_id=f"c{n % 2}", start=MONDAY + n * DAY, finish=MONDAY + n * DAY, working=True)
            for n in draw(st.lists(st.integers(0, 40), max_size=2, unique=True))
        ]  # fmt: skip
    status = draw(st.none() | st.integers(0, 20).map(lambda n: MONDAY + n * DAY))
    entities: list[Entity] = [
        builders.settings(calendar_id="c0", status_date=status), *calendars, *rests, builders.unit(id="unit"),
        builders.team(id="t0"), builders.team(id="t1", calendar_id="c1"),
    ]  # fmt: skip
    count = draw(st.integers(1, 8))
    for n in range(count):
        fields = _fields(draw, n, uncertain=uncertain)
        if free:
            fields = {key: fields[key] for key in ("duration_days", "parent_id") if key in fields}
        entities.append(builders.initiative(id=f"i{n}", position=n, **fields))
        if draw(st.booleans()) and not free:
            entities.append(Estimate(id=f"e{n}", initiative_id=f"i{n}", team_id=draw(st.sampled_from(["t0", "t1"]))))
    for first in range(count):
        for second in range(first + 1, count):
            if draw(st.integers(0, 2)) == 0:
                kind, lag = draw(st.sampled_from(list(LinkType))), draw(st.sampled_from([0.0, 0.0, 1.5, 3.0, -2.0]))
                kind = LinkType.FINISH_TO_START if free else kind
                entities.append(builders.link(f"i{first}", f"i{second}", type=kind, lag_days=lag))
    if uncertain:
        entities += [
            Risk(id=f"r{n}", name="R", initiative_id=draw(st.none() | st.sampled_from([f"i{k}" for k in range(count)])),
                 probability=draw(st.floats(0, 1)), impact_days=draw(st.sampled_from([0.5, 2.0, 10.0])))
            for n in range(draw(st.integers(0, 3)))
        ]  # fmt: skip
    return builders.engagement(*entities)


def _fields(draw: st.DrawFn, n: int, *, uncertain: bool) -> dict[str, Any]:
    days = draw(st.sampled_from([0.0, 0.5, 1.0, 2.5, 4.0, 7.0]))
    fields: dict[str, Any] = {"duration_days": days, "status": draw(st.sampled_from(list(Status)))}
    if n and draw(st.booleans()):
        fields["parent_id"] = f"i{draw(st.integers(0, n - 1))}"
    choice = draw(st.integers(0, 7))
    if choice < 2:
        fields["constraint"] = list(ConstraintKind)[choice + 1]
        fields["constraint_date"] = MONDAY + draw(st.integers(-5, 30)) * DAY
    if choice == 2:
        fields["actual_start"] = MONDAY + draw(st.integers(-5, 10)) * DAY
        if draw(st.booleans()):
            fields["actual_finish"] = fields["actual_start"] + draw(st.integers(0, 10)) * DAY
    if choice in (2, 3):
        fields["progress"] = draw(st.sampled_from([0.0, 0.25, 0.5, 1.0]))
    if uncertain and draw(st.booleans()):
        fields["optimistic_days"] = days * draw(st.floats(0, 1))
        fields["pessimistic_days"] = days * draw(st.floats(1, 3))
    return fields


def planned(engagement: Engagement) -> Any:
    try:
        return schedule(engagement)
    except UserError as error:
        assume(error.code not in ("link-circle", "no-working-days"))
        raise


@given(plans())
def test_without_uncertainty_every_draw_is_the_schedule(engagement: Engagement) -> None:
    found, outlook = planned(engagement), simulate(engagement, draws=3)
    for initiative_id, forecast in outlook.initiatives.items():
        finish = found.dates[initiative_id].early_finish
        assert (forecast.planned, forecast.p50, forecast.p80, forecast.p95) == (finish,) * 4
    assert outlook.plan is not None
    if outlook.initiatives:
        assert (outlook.plan.p50, outlook.plan.p95) == (found.finish, found.finish)


@given(plans())
def test_starts_of_arrays_are_the_starts_of_the_schedule(engagement: Engagement) -> None:
    found, passes = planned(engagement), Passes(engagement)
    drawn = {n: np.repeat(passes.likely[n], 3) for n in range(len(passes.likely)) if not passes.done[n]}
    for run in (passes.planned, passes.run(drawn, {})):
        assert run is not None
        for n, initiative in enumerate(passes.network.initiatives):
            assert set((run.start_at[n] // 9600).tolist()) == {found.dates[initiative.id].early_start.toordinal()}
            assert set((run.finish_at[n] // 9600).tolist()) == {found.dates[initiative.id].early_finish.toordinal()}


@given(plans())
def test_whatever_ends_the_plan_later_by_taking_longer_is_critical(engagement: Engagement) -> None:
    planned(engagement)
    passes = Passes(engagement)
    run = passes.run({}, {})
    critical = critical_draws(passes, run, 1)
    for n, counts in enumerate(passes.network.counts):
        if counts and not passes.network.children[n] and not passes.done[n]:
            longer = passes.run({n: passes.likely[n] + 1}, {})
            # Later to whoever works: from an evening to the next morning is no later.
            if all(days.work_before(longer.last_at) > days.work_before(run.last_at) for days in passes.calendars):
                assert critical[n] == 1


@given(plans(free=True))
def test_of_finish_to_start_links_on_one_calendar_only_what_delays_the_end_is_critical(engagement: Engagement) -> None:
    planned(engagement)
    passes = Passes(engagement)
    run = passes.run({}, {})
    critical = critical_draws(passes, run, 1)
    for n, initiative in enumerate(passes.network.initiatives):
        if passes.network.counts[n] and not passes.network.children[n] and initiative.duration_days:
            longer = passes.run({n: passes.likely[n] + 1}, {})
            assert critical[n] == int((longer.last_at > run.last_at).any())


@given(plans(uncertain=True))
def test_a_likelier_date_is_never_earlier_and_what_is_done_never_moves(engagement: Engagement) -> None:
    found, outlook = planned(engagement), simulate(engagement, draws=60)
    assert outlook.plan is not None
    for forecast in (*outlook.initiatives.values(), outlook.plan):
        assert forecast.p50 <= forecast.p80 <= forecast.p95
        assert 0 <= forecast.criticality <= 1
    for initiative_id in outlook.initiatives:
        initiative = engagement.initiatives[initiative_id]
        done = initiative.status is Status.DONE or initiative.progress >= 1 or initiative.actual_finish is not None
        if done and not engagement.children_of(initiative_id):
            assert outlook.finishes[initiative_id].span() == (found.dates[initiative_id].early_finish.toordinal(),) * 2


@given(plans(uncertain=True), st.integers(0, 3))
def test_the_same_seed_gives_the_same_answer_and_draws_do_not_depend_on_their_number(
    engagement: Engagement, seed: int
) -> None:
    planned(engagement)
    one, two = (simulate(engagement, draws=40, seed=seed) for _time in range(2))
    assert (one.initiatives, one.plan, one.drivers) == (two.initiatives, two.plan, two.drivers)
    few, many = (days_drawn(engagement, draws=count, seed=seed) for count in (40, 70))
    assert all((days == many[one][:40]).all() for one, days in few.items())


@given(plans(uncertain=True, holidays=False), st.integers(1, 60))
def test_shifting_everything_by_weeks_shifts_every_draw_by_them(engagement: Engagement, weeks: int) -> None:
    planned(engagement)
    before, after = simulate(engagement, draws=40), simulate(shifted(engagement, weeks), draws=40)
    for initiative_id, counts in before.finishes.items():
        assert after.finishes[initiative_id].span() == tuple(day + 7 * weeks for day in counts.span())
    assert before.drivers == after.drivers
    assert [one.criticality for one in before.initiatives.values()] == [
        one.criticality for one in after.initiatives.values()
    ]


def shifted(engagement: Engagement, weeks: int) -> Engagement:
    by = timedelta(weeks=weeks)

    def moved(entity: Any) -> Any:
        names = ("created", "plan_start", "status_date", "constraint_date", "actual_start", "actual_finish", "deadline")
        held = {name: getattr(entity, name, None) for name in names}
        return dataclasses.replace(entity, **{name: day + by for name, day in held.items() if day is not None})

    return Engagement.of([moved(entity) for entities in engagement.by_kind().values() for entity in entities.values()])


@given(plans(uncertain=True), st.floats(1, 3))
def test_a_longer_pessimistic_duration_never_brings_a_p95_forward(engagement: Engagement, factor: float) -> None:
    planned(engagement)
    later = with_ranges(
        engagement, lambda one: (one.optimistic_days, (one.pessimistic_days or one.duration_days) * factor)
    )
    before, after = simulate(engagement, draws=1_000), simulate(later, draws=1_000)
    for initiative_id, forecast in before.initiatives.items():
        assert after.initiatives[initiative_id].p95 >= forecast.p95


@given(plans(), st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_wider_range_around_the_likely_duration_never_brings_a_p95_forward(
    engagement: Engagement, one: float, other: float
) -> None:
    planned(engagement)
    narrow, wide = (
        with_ranges(engagement, lambda held: (held.duration_days * (1 - part), held.duration_days * (1 + part)))  # noqa: B023  called at once
        for part in sorted((one, other))
    )
    before, after = simulate(narrow, draws=1_000), simulate(wide, draws=1_000)
    for initiative_id, forecast in before.initiatives.items():
        assert after.initiatives[initiative_id].p95 >= forecast.p95


def with_ranges(
    engagement: Engagement, range_of: Callable[[Initiative], tuple[float | None, float | None]]
) -> Engagement:
    def ranged(one: Initiative) -> Initiative:
        low, high = range_of(one)
        return dataclasses.replace(one, optimistic_days=low, pessimistic_days=high)

    others = [one for kind, held in engagement.by_kind().items() if kind != "initiatives" for one in held.values()]
    return Engagement.of([ranged(one) for one in engagement.initiatives.values()] + others)


@given(plans(uncertain=True))
def test_risks_never_bring_anything_forward(engagement: Engagement) -> None:
    planned(engagement)
    safe = Engagement.of(
        [one for kind, held in engagement.by_kind().items() if kind != "risks" for one in held.values()]
    )
    with_risks, without = days_drawn(engagement, draws=50), days_drawn(safe, draws=50)
    assert all((days >= without[one]).all() for one, days in with_risks.items())
