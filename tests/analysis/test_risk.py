"""How sure dates are: PERT-beta durations, risks where they belong, criticality, what drives the end, cancelling."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from planner.analysis.calendar import TICKS_PER_DAY
from planner.analysis.risk import chance, simulation
from planner.analysis.risk.chance import Luck, durations
from planner.analysis.risk.outlook import DriverKind, Outlook, Portion
from planner.analysis.risk.simulation import simulate
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from planner.domain.initiative import Risk, RiskStatus, Status
from planner.domain.kinds import Entity
from planner.progress import Cancelled
from tests.builders import MONDAY, engagement, initiative, link, settings

DAY = timedelta(days=1)


def uncertain(name: str, **fields: Any) -> Entity:
    return initiative(**{"id": name, "optimistic_days": 4.0, "duration_days": 6.0, "pessimistic_days": 14.0, **fields})


def risk(name: str, **fields: Any) -> Risk:
    return Risk(**{"id": name, "name": name, "probability": 0.4, "impact_days": 10.0, **fields})


def simulated(*entities: Entity, draws: int = 4_000) -> Outlook:
    return simulate(engagement(*entities), draws=draws)


def days_drawn(held: Engagement, *, draws: int, **asked: Any) -> dict[str, Any]:
    """Return the finish of every draw by initiative, as ordinals."""
    seen: dict[str, list[Any]] = {one: [] for one in held.initiatives}

    def watch(portion: Portion) -> None:
        for one, days in seen.items():
            days.append(portion.days_of(one))

    simulate(held, draws=draws, watch=watch, **asked)
    return {one: np.concatenate(days) for one, days in seen.items() if days[0] is not None}


@pytest.mark.parametrize(("low", "likely", "high"), [(4, 6, 14), (0, 5, 10), (5, 5, 20), (2, 9, 9)])
def test_durations_have_the_mean_and_the_spread_of_pert(low: float, likely: float, high: float) -> None:
    one = initiative(optimistic_days=low, duration_days=likely, pessimistic_days=high)
    drawn = durations(one, Luck(1, "duration", "i").draw(200_000)) / TICKS_PER_DAY
    mean = (low + 4 * likely + high) / 6
    assert drawn.min() >= low
    assert drawn.max() <= high
    assert drawn.mean() == pytest.approx(mean, abs=0.01 * (high - low))
    # Of a beta distribution with alpha + beta = 6.
    assert drawn.var() == pytest.approx((mean - low) * (high - mean) / 7, rel=0.03)


def test_luck_belongs_to_who_has_it_and_comes_the_same_in_pieces() -> None:
    whole = Luck(7, "duration", "i").draw(100)
    pieces = Luck(7, "duration", "i")
    assert np.concatenate([pieces.draw(33), pieces.draw(67)]).tolist() == whole.tolist()
    for other in (Luck(8, "duration", "i"), Luck(7, "risk", "i"), Luck(7, "duration", "j")):
        assert other.draw(100).tolist() != whole.tolist()


def test_another_initiative_changes_nothing_of_those_it_has_no_link_to() -> None:
    one, two = engagement(uncertain("a")), engagement(uncertain("a"), uncertain("b"))
    assert days_drawn(one, draws=200)["a"].tolist() == days_drawn(two, draws=200)["a"].tolist()


def test_the_number_of_batches_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    entities = (uncertain("a"), uncertain("b"), link("a", "b"), risk("r", initiative_id="a"))
    whole = simulated(*entities, draws=333)
    monkeypatch.setattr(simulation, "_CELLS_AT_ONCE", 1)
    pieces = simulated(*entities, draws=333)
    assert (whole.initiatives, whole.plan, whole.drivers) == (pieces.initiatives, pieces.plan, pieces.drivers)
    for day in range(60):
        assert whole.chance_by(MONDAY + day * DAY) == pieces.chance_by(MONDAY + day * DAY)


def test_a_risk_of_an_initiative_delays_it_and_what_waits_for_it_as_often_as_it_occurs() -> None:
    outlook = simulated(
        initiative(id="a", duration_days=5), initiative(id="b", duration_days=5), initiative(id="c", duration_days=5),
        link("a", "b"), risk("r", initiative_id="a"),
    )  # fmt: skip
    friday = MONDAY + 4 * DAY
    assert outlook.chance_by(friday, "a") == pytest.approx(0.6, abs=0.03)
    assert outlook.initiatives["a"].p50 == friday
    assert outlook.initiatives["a"].p80 == friday + 14 * DAY
    assert outlook.initiatives["b"].p80 == friday + 21 * DAY
    assert outlook.initiatives["c"].p95 == friday
    assert outlook.day_by(0.8) == friday + 21 * DAY


def test_a_risk_of_the_whole_plan_moves_its_end_alone() -> None:
    outlook = simulated(initiative(id="a", duration_days=5), risk("r"))
    assert outlook.plan is not None
    assert outlook.plan.planned == outlook.plan.p50 == MONDAY + 4 * DAY
    assert outlook.plan.p80 == MONDAY + 18 * DAY
    assert outlook.initiatives["a"].p95 == MONDAY + 4 * DAY
    (driver,) = outlook.drivers
    assert (driver.kind, driver.id) == (DriverKind.RISK, "r")
    assert driver.swing_days == pytest.approx(10.0)
    assert driver.rank_correlation == pytest.approx(1.0)


def test_a_risk_of_a_holder_delays_its_end_and_a_risk_of_a_milestone_the_milestone() -> None:
    outlook = simulated(
        initiative(id="holder"), initiative(id="a", parent_id="holder", duration_days=5),
        initiative(id="live", duration_days=0), link("holder", "live"),
        risk("r", initiative_id="holder", probability=1.0), risk("s", initiative_id="live", probability=1.0, impact_days=5.0),
    )  # fmt: skip
    friday = MONDAY + 4 * DAY
    assert outlook.initiatives["a"].p95 == friday
    assert outlook.initiatives["holder"].p50 == friday + 14 * DAY
    assert outlook.initiatives["live"].p50 == friday + 21 * DAY


@pytest.mark.parametrize(
    ("status", "counts"),
    [(RiskStatus.OPEN, True), (RiskStatus.MITIGATED, True), (RiskStatus.OCCURRED, False), (RiskStatus.CLOSED, False)],
)
def test_only_what_may_still_happen_is_drawn(status: RiskStatus, counts: bool) -> None:
    outlook = simulated(
        initiative(id="a", duration_days=5), risk("r", initiative_id="a", status=status, probability=1.0)
    )
    assert (outlook.initiatives["a"].p50 > MONDAY + 4 * DAY) is counts


def test_work_under_way_stays_where_it_began_and_only_what_is_left_of_it_varies() -> None:
    half = uncertain(
        "a", optimistic_days=8.0, duration_days=10.0, pessimistic_days=20.0, actual_start=MONDAY, progress=0.5
    )
    outlook = simulated(settings(status_date=MONDAY + 7 * DAY), half)
    forecast = outlook.initiatives["a"]
    assert forecast.planned == MONDAY + 11 * DAY
    assert forecast.p95 <= MONDAY + 11 * DAY + 14 * DAY
    assert outlook.finishes["a"].span()[0] >= (MONDAY + 7 * DAY + 3 * DAY).toordinal()


def test_what_is_dropped_has_no_forecast_and_what_is_done_drives_nothing() -> None:
    outlook = simulated(
        uncertain("gone", status=Status.DROPPED), uncertain("within", parent_id="gone"),
        uncertain("done", status=Status.DONE), uncertain("a"), risk("r", initiative_id="done"), risk("s", initiative_id="gone"),
    )  # fmt: skip
    assert set(outlook.initiatives) == {"done", "a"}
    assert [driver.id for driver in outlook.drivers] == ["a"]
    assert outlook.initiatives["done"].criticality == 0
    with pytest.raises(BugError):
        outlook.chance_by(MONDAY, "gone")


def test_criticality_is_how_often_a_path_decides_the_end() -> None:
    certain = simulated(
        initiative(id="long", duration_days=9), initiative(id="short", duration_days=2), initiative(id="end", duration_days=1),
        link("long", "end"), link("short", "end"),
    )  # fmt: skip
    assert {key: one.criticality for key, one in certain.initiatives.items()} == {"long": 1.0, "short": 0.0, "end": 1.0}
    even = simulated(
        uncertain("a"), uncertain("b"), initiative(id="end", duration_days=0), link("a", "end"), link("b", "end")
    )
    one, other = even.initiatives["a"].criticality, even.initiatives["b"].criticality
    assert one == pytest.approx(0.5, abs=0.03)
    assert one + other == pytest.approx(1.0, abs=0.01)
    assert even.initiatives["end"].criticality == 1.0


def test_criticality_goes_through_those_that_hold_others() -> None:
    outlook = simulated(
        uncertain("first"), initiative(id="holder"), initiative(id="a", parent_id="holder", duration_days=5),
        initiative(id="b", parent_id="holder", duration_days=2), initiative(id="last", duration_days=3),
        link("first", "holder"), link("holder", "last"), draws=200,
    )  # fmt: skip
    found = {key: one.criticality for key, one in outlook.initiatives.items()}
    assert found == {"first": 1.0, "holder": 1.0, "a": 1.0, "b": 0.0, "last": 1.0}


def test_what_varies_most_drives_the_end_most() -> None:
    outlook = simulated(
        uncertain("wide", pessimistic_days=40.0), uncertain("narrow"), uncertain("aside", pessimistic_days=7.0),
        link("wide", "narrow"),
    )  # fmt: skip
    assert [driver.id for driver in outlook.drivers] == ["wide", "narrow", "aside"]
    wide, narrow, aside = outlook.drivers
    assert wide.rank_correlation > 0.8
    assert wide.swing_days > narrow.swing_days > 1
    assert abs(aside.rank_correlation) < 0.05


def test_the_chance_to_keep_a_deadline_is_told_where_there_is_one() -> None:
    outlook = simulated(uncertain("a", deadline=MONDAY + 7 * DAY), uncertain("b"))
    forecast = outlook.initiatives["a"]
    assert forecast.on_time == outlook.chance_by(MONDAY + 7 * DAY, "a")
    assert forecast.on_time is not None
    assert 0.1 < forecast.on_time < 0.9
    assert outlook.initiatives["b"].on_time is None


def test_a_percentile_is_the_first_day_that_enough_draws_keep() -> None:
    outlook = simulated(uncertain("a"), draws=500)
    for confidence in (0.05, 0.5, 0.8, 0.95, 1.0):
        day = outlook.day_by(confidence, "a")
        assert outlook.chance_by(day, "a") >= confidence
        assert outlook.chance_by(day - DAY, "a") < confidence


def test_it_can_be_stopped_and_says_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        simulate(engagement(uncertain("a")), draws=100, progress=stop)
    assert told == [(0, 100), (100, 100)]


def test_an_empty_plan_has_no_end() -> None:
    outlook = simulated()
    assert (outlook.plan, outlook.initiatives, outlook.drivers) == (None, {}, ())
    with pytest.raises(BugError):
        outlook.day_by(0.5)


def test_a_circle_is_told() -> None:
    with pytest.raises(UserError, match="link-circle"):
        simulated(uncertain("a"), uncertain("b"), link("a", "b"), link("b", "a"))


def test_a_milestone_has_no_duration_to_draw() -> None:
    assert not chance.has_range(initiative(optimistic_days=0.0, duration_days=0.0, pessimistic_days=3.0))


def test_dates_past_the_days_looked_up_at_first_are_found_and_past_all_calendars_told() -> None:
    far = simulated(initiative(id="a", duration_days=4_000), draws=2)
    assert far.plan is not None
    assert far.plan.p50 > date(2041, 1, 1)
    with pytest.raises(UserError, match="beyond-calendar"):
        simulated(*(initiative(id=f"i{n}", duration_days=20_000) for n in range(5)),
                  *(link(f"i{n}", f"i{n + 1}") for n in range(4)), draws=2)  # fmt: skip
