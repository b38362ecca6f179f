"""Durations that vary together: by how much, within whom, and what stays as it was."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from planner.analysis.risk import simulation
from planner.analysis.risk.chance import Luck
from planner.analysis.risk.correlation import Factors
from planner.analysis.risk.outlook import Correlation, Within
from planner.analysis.risk.simulation import simulate
from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate
from tests import builders
from tests.analysis.test_risk import days_drawn, uncertain
from tests.builders import link

DRAWS = 4_000


def shared(**efforts: dict[str, float]) -> Engagement:
    """Return initiatives in a chain, with the efforts of their teams."""
    names = list(efforts)
    return builders.engagement(
        builders.unit(id="unit"), *(builders.team(id=team, unit_id="unit") for team in "tuv"),
        *(uncertain(name, position=n) for n, name in enumerate(names)),
        *(link(one, other) for one, other in itertools.pairwise(names)),
        *(Estimate(id=f"{name}-{team}", initiative_id=name, team_id=team, effort=effort)
          for name, held in efforts.items() for team, effort in held.items()),
    )  # fmt: skip


def scores(held: Engagement, correlation: Correlation) -> dict[str, Any]:
    """Return the ranks of what is drawn for each initiative."""
    factors = Factors(held, list(held.initiatives), correlation, seed=1)
    factors.next_portion(DRAWS)
    drawn = {one: factors.mixed(one, Luck(1, "duration", one).draw(DRAWS)) for one in held.initiatives}
    return {one: luck.argsort().argsort() for one, luck in drawn.items()}


def correlated(one: Any, other: Any) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def test_initiatives_of_one_team_are_correlated_as_stated_and_of_others_not_at_all() -> None:
    held = shared(a={"t": 3.0}, b={"t": 8.0}, both={"t": 4.0, "u": 4.0}, other={"u": 5.0}, nobody={})
    found = scores(held, Correlation(rho=0.6))
    in_ranks = 6 / math.pi * math.asin(0.6 / 2)
    assert correlated(found["a"], found["b"]) == pytest.approx(in_ranks, abs=0.03)
    half = 6 / math.pi * math.asin(0.6 * math.sqrt(0.5) / 2)
    assert correlated(found["a"], found["both"]) == pytest.approx(half, abs=0.03)
    assert correlated(found["a"], found["other"]) == pytest.approx(0, abs=0.04)
    assert correlated(found["a"], found["nobody"]) == pytest.approx(0, abs=0.04)


def test_a_programme_is_what_stands_at_the_top_of_the_plan() -> None:
    held = builders.engagement(
        builders.initiative(id="p"), builders.initiative(id="in", parent_id="p"), uncertain("a", parent_id="in"),
        uncertain("b", parent_id="p"), uncertain("c"),
    )  # fmt: skip
    found = scores(held, Correlation(rho=1.0, within=Within.PROGRAMME))
    assert correlated(found["a"], found["b"]) == pytest.approx(1.0, abs=1e-3)
    assert correlated(found["a"], found["c"]) == pytest.approx(0, abs=0.04)


@pytest.mark.parametrize("rho", [0.3, 1.0])
def test_how_long_a_single_initiative_takes_stays_as_it_was_but_a_chain_is_less_sure(rho: float) -> None:
    chain = shared(**{f"i{n}": {"t": 1.0} for n in range(8)})
    alone, together = (simulate(chain, draws=DRAWS, correlation=held) for held in (None, Correlation(rho=rho)))
    first, same = alone.finishes["i0"], together.finishes["i0"]
    for day in range(*first.span()):
        assert same.share_by(day) == pytest.approx(first.share_by(day), abs=0.04)
    assert together.correlation == Correlation(rho=rho)
    assert together.initiatives["i7"].p95 > alone.initiatives["i7"].p95
    spread = [outlook.plan_finishes.span() for outlook in (alone, together)]
    assert spread[1][1] - spread[1][0] > spread[0][1] - spread[0][0]


def test_no_correlation_is_each_on_its_own() -> None:
    chain = shared(a={"t": 1.0}, b={"t": 1.0})
    one, other = (days_drawn(chain, draws=50, correlation=held) for held in (None, Correlation(rho=0.0)))
    assert all((days == other[name]).all() for name, days in one.items())


def test_the_size_of_the_portions_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    chain, correlation = shared(a={"t": 1.0, "u": 2.0}, b={"t": 1.0}, c={"u": 1.0}), Correlation(rho=0.4)
    whole = simulate(chain, draws=333, correlation=correlation)
    monkeypatch.setattr(simulation, "_CELLS_AT_ONCE", 1)
    pieces = simulate(chain, draws=333, correlation=correlation)
    assert (whole.initiatives, whole.plan, whole.drivers) == (pieces.initiatives, pieces.plan, pieces.drivers)
