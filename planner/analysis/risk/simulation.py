"""Drawing the plan: Monte Carlo over durations and risks, all draws of a batch scheduled at once.

The same seed gives the same answer, whatever the machine, the number of batches and what else is in the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.analysis.calendar import TICKS_PER_DAY
from planner.analysis.risk.chance import Luck, delays, durations, has_range, may_occur
from planner.analysis.risk.outlook import CONFIDENCES, Driver, DriverKind, FinishForecast, Outlook, place_of
from planner.analysis.risk.passes import Passes, critical_draws
from planner.analysis.risk.working_days import Ticks, day_numbers
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative, Risk
from planner.progress import Progress, ignore_progress

_CELLS_AT_ONCE: Final = 5_000_000
"""Initiatives times draws in one batch: what the memory of a small laptop and the cache of a processor like."""

_TAIL: Final = 0.1
"""Which share of the draws is looked at on either side for a swing."""


def simulate(
    engagement: Engagement, *, draws: int = 10_000, seed: int = 1, progress: Progress = ignore_progress
) -> Outlook:
    """Return when everything finishes in `draws` random courses of the plan.

    Drawn are the durations that have a range, of work that is not done, and the risks that may still occur, each on its
    own: a risk of an initiative adds its impact to its work (of one that holds others: to its end), one of the whole
    plan to the plan's end. Errors as in `schedule`; `progress` may raise `Cancelled` between batches.
    """
    if not engagement.initiatives:
        nothing = np.zeros((0, draws), dtype=np.int32)
        return Outlook(
            seed=seed, draws=draws, plan=None, initiatives={}, drivers=(), finish_days=nothing,
            plan_finish_days=nothing.reshape(-1), _rows={},
        )  # fmt: skip
    passes = Passes(engagement)
    drawn = _Drawn(engagement, passes)
    network = passes.network
    count = len(network.initiatives)
    numbers = [n for n, counts in enumerate(network.counts) if counts]
    finish_days = np.empty((len(numbers), draws), dtype=np.int32)
    finish_at = np.empty(draws, dtype=np.int64)
    critical = [0] * count
    luck = drawn.luck(seed)
    batch = max(50, min(draws, _CELLS_AT_ONCE // count))
    progress(0, draws)
    for first in range(0, draws, batch):
        size = min(batch, draws - first)
        lengths, late, plan_late = drawn.draw(luck, size)
        run = passes.run(lengths, late)
        here = slice(first, first + size)
        for row, n in enumerate(numbers):
            finish_days[row, here] = day_numbers(run.finish_at[n])
        last = run.last_at
        if plan_late is not None:
            days = passes.plan_days
            last = np.where(plan_late > 0, days.finishing(days.work_before(last) + plan_late), last)
        finish_at[here] = last
        for n, times in enumerate(critical_draws(passes, run, size)):
            critical[n] += times
        progress(first + size, draws)
    plan_days = day_numbers(finish_at).astype(np.int32)
    return Outlook(
        seed=seed,
        draws=draws,
        plan=_forecast_plan(passes, plan_days),
        initiatives=_forecasts(passes, numbers, finish_days, [times / draws for times in critical]),
        drivers=drawn.drivers(seed, finish_at),
        finish_days=finish_days,
        plan_finish_days=plan_days,
        _rows={network.initiatives[n].id: row for row, n in enumerate(numbers)},
    )


class _Drawn:
    """What is drawn of a plan: uncertain durations and risks, by number of their initiative."""

    def __init__(self, engagement: Engagement, passes: Passes) -> None:
        network = passes.network
        self._passes = passes
        open_numbers = [n for n, counts in enumerate(network.counts) if counts and not passes.done[n]]
        self.uncertain: dict[int, Initiative] = {
            n: network.initiatives[n]
            for n in open_numbers
            if not network.children[n] and has_range(network.initiatives[n])
        }
        number = {network.initiatives[n].id: n for n in open_numbers}
        self.risks: list[tuple[int | None, Risk]] = [
            (None if risk.initiative_id is None else number[risk.initiative_id], risk)
            for risk in sorted(engagement.risks.values(), key=lambda risk: risk.id)
            if may_occur(risk) and (risk.initiative_id is None or risk.initiative_id in number)
        ]

    def luck(self, seed: int) -> dict[tuple[DriverKind, str], Luck]:
        """Return a fresh stream of numbers for everything drawn."""
        drawn = [(DriverKind.DURATION, one.id) for one in self.uncertain.values()]
        drawn += [(DriverKind.RISK, risk.id) for _n, risk in self.risks]
        return {(kind, entity_id): Luck(seed, kind.value, entity_id) for kind, entity_id in drawn}

    def draw(
        self, luck: Mapping[tuple[DriverKind, str], Luck], size: int
    ) -> tuple[dict[int, Ticks], dict[int, Ticks], Ticks | None]:
        """Return the next durations, delays by risk of initiatives, and delays of the whole plan, in ticks."""
        lengths = {n: durations(one, luck[DriverKind.DURATION, one.id].draw(size)) for n, one in self.uncertain.items()}
        late: dict[int | None, Ticks] = {}
        for n, risk in self.risks:
            delay = delays(risk, luck[DriverKind.RISK, risk.id].draw(size))
            late[n] = late[n] + delay if n in late else delay
        return lengths, {n: delay for n, delay in late.items() if n is not None}, late.get(None)

    def drivers(self, seed: int, finish_at: Ticks) -> tuple[Driver, ...]:
        """Return what the plan's end hangs on, the strongest first; nothing where it is certain."""
        if finish_at.min() == finish_at.max():
            return ()
        work = self._passes.plan_days.work_before(finish_at)
        worked = (work - work.min()) / TICKS_PER_DAY
        ranks = _ranks(finish_at)
        luck = self.luck(seed)
        found = []
        for one in self.uncertain.values():
            drawn = luck[DriverKind.DURATION, one.id].draw(finish_at.size)
            swing = _difference(worked, drawn >= 1 - _TAIL, drawn < _TAIL)
            found.append(_driver(DriverKind.DURATION, one.id, drawn, ranks, swing))
        for _n, risk in self.risks:
            occurs = luck[DriverKind.RISK, risk.id].draw(finish_at.size) < risk.probability
            swing = _difference(worked, occurs, ~occurs)
            found.append(_driver(DriverKind.RISK, risk.id, occurs, ranks, swing))
        found.sort(key=lambda driver: (-abs(driver.rank_correlation), -abs(driver.swing_days), driver.id))
        return tuple(found)


def _driver(
    kind: DriverKind, entity_id: str, drawn: NDArray[np.generic], ranks: NDArray[np.float64], swing: float
) -> Driver:
    """Return one bar: durations rise with what was drawn for them, so that its ranks are theirs (up to ties)."""
    values = drawn.astype(np.float64)
    values -= values.mean()
    spread = float(np.sqrt((values @ values) * (ranks @ ranks)))
    correlation = float(values @ ranks) / spread if spread else 0.0
    return Driver(kind=kind, id=entity_id, rank_correlation=correlation, swing_days=swing)


def _ranks(values: Ticks) -> NDArray[np.float64]:
    """Return the rank of each value, about their mean; equal ones share theirs."""
    _values, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle = counts.cumsum() - (counts + 1) / 2
    ranks: NDArray[np.float64] = middle[inverse] - (values.size - 1) / 2
    return ranks


def _difference(worked: NDArray[np.float64], more: NDArray[np.bool_], less: NDArray[np.bool_]) -> float:
    many, few = int(np.count_nonzero(more)), int(np.count_nonzero(less))
    return float(more @ worked) / many - float(less @ worked) / few if many and few else 0.0


def _forecast_plan(passes: Passes, days: NDArray[np.int32]) -> FinishForecast:
    planned = passes.planned
    assert planned is not None  # noqa: S101  made with the passes
    p50, p80, p95 = _percentiles(days.reshape(1, -1))[0]
    return FinishForecast(planned=_day(int(day_numbers(planned.last_at)[0])), p50=p50, p80=p80, p95=p95)


def _forecasts(
    passes: Passes, numbers: list[int], finish_days: NDArray[np.int32], critical: list[float]
) -> dict[str, FinishForecast]:
    planned = passes.planned
    assert planned is not None  # noqa: S101  made with the passes
    found = {}
    for row, (n, (p50, p80, p95)) in enumerate(zip(numbers, _percentiles(finish_days), strict=True)):
        initiative = passes.network.initiatives[n]
        deadline = initiative.deadline
        found[initiative.id] = FinishForecast(
            planned=_day(int(day_numbers(planned.finish_at[n])[0])),
            p50=p50,
            p80=p80,
            p95=p95,
            criticality=critical[n],
            on_time=None if deadline is None else float((finish_days[row] <= deadline.toordinal()).mean()),
        )
    return found


def _percentiles(days: NDArray[np.int32]) -> list[tuple[date, ...]]:
    """Return the days of `CONFIDENCES` of every row."""
    places = [place_of(confidence, days.shape[1]) for confidence in CONFIDENCES]
    found: list[tuple[date, ...]] = []
    for row in days:
        if row[0] == row[-1] and (row == row[0]).all():
            found.append((_day(int(row[0])),) * len(places))
        else:
            ordered = np.partition(row, places)
            found.append(tuple(_day(int(ordered[place])) for place in places))
    return found


def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)
