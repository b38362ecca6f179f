"""Drawing the plan: Monte Carlo over durations and risks, all draws of a portion scheduled at once.

The same seed gives the same answer, whatever the machine, the size of the portions and what else is in the plan. Only
one portion is held at a time; what is kept of the others is how many draws end on which day, and the plan's end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.analysis.calendar import TICKS_PER_DAY
from planner.analysis.risk.chance import Luck, delays, durations, has_range, may_occur
from planner.analysis.risk.correlation import Factors
from planner.analysis.risk.day_counts import DayCounts
from planner.analysis.risk.outlook import (
    CONFIDENCES,
    Correlation,
    Driver,
    DriverKind,
    FinishForecast,
    Outlook,
    Portion,
)
from planner.analysis.risk.passes import Mask, Passes, critical_draws
from planner.analysis.risk.working_days import Ticks, day_numbers
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative, Risk
from planner.progress import Progress, ignore_progress

_CELLS_AT_ONCE: Final = 5_000_000
"""Initiatives times draws in one portion: what the memory of a small laptop and the cache of a processor like."""

_DRAWS_AT_ONCE: Final = 50
"""So many at least, however large the plan: fewer cost more in calls than in arithmetic."""

_DRAWS_OF_DRIVERS: Final = 10_000
_FACTORS_OF_DRIVERS: Final = 5_000_000
"""Draws, and groups that vary together times draws, looked at together for what drives the end."""

_TAIL: Final = 0.1
"""Which share of the draws is looked at on either side for a swing."""


def simulate(
    engagement: Engagement,
    *,
    draws: int = 10_000,
    seed: int = 1,
    correlation: Correlation | None = None,
    watch: Callable[[Portion], None] | None = None,
    progress: Progress = ignore_progress,
) -> Outlook:
    """Return when everything finishes in `draws` random courses of the plan.

    Drawn are the durations that have a range, of work that is not done, and the risks that may still occur: a risk of an
    initiative adds its impact to its work (of one that holds others: to its end), one of the whole plan to the plan's
    end. Risks are drawn each on its own, and so are durations unless a `correlation` is given. `watch` sees every draw,
    portion by portion. Errors as in `schedule`; `progress` may raise `Cancelled` between portions.
    """
    if correlation is not None and not correlation.rho:
        correlation = None
    if not engagement.initiatives:
        if watch is not None:
            watch(_Drawings(draws, (), {}, np.zeros(0, dtype=np.int64)))
        return Outlook(
            seed=seed, draws=draws, correlation=correlation, plan=None, initiatives={}, drivers=(), finishes={},
            plan_finishes=DayCounts(),
        )  # fmt: skip
    passes = Passes(engagement)
    drawn = _Drawn(engagement, passes, seed=seed, correlation=correlation)
    network = passes.network
    numbers = {initiative.id: n for n, initiative in enumerate(network.initiatives) if network.counts[n]}
    finishes = {initiative_id: DayCounts() for initiative_id in numbers}
    plan_finishes, plan_at = DayCounts(), np.empty(draws, dtype=np.int64)
    critical = [0] * len(network.initiatives)
    course = drawn.course()
    batch = max(_DRAWS_AT_ONCE, min(draws, _CELLS_AT_ONCE // len(network.initiatives)))
    progress(0, draws)
    for first in range(0, draws, batch):
        size = min(batch, draws - first)
        lengths, late, plan_late = course.draw(size)
        run = passes.run(lengths, late)
        last = run.last_at
        if plan_late is not None:
            days = passes.plan_days
            last = np.where(plan_late > 0, days.finishing(days.work_before(last) + plan_late), last)
        plan_at[first : first + size] = last
        portion = _Drawings(size, run.finish_at, numbers, plan_at[first : first + size])
        for initiative_id, n in numbers.items():
            finishes[initiative_id].add(day_numbers(run.finish_at[n]), size)
        plan_finishes.add(portion.plan_days())
        for n, times in enumerate(critical_draws(passes, run, size)):
            critical[n] += times
        if watch is not None:
            watch(portion)
        progress(first + size, draws)
    shares = {initiative_id: critical[n] / draws for initiative_id, n in numbers.items()}
    return Outlook(
        seed=seed,
        draws=draws,
        correlation=correlation,
        plan=_forecast(passes.last_planned, plan_finishes),
        initiatives=_forecasts(passes, numbers, finishes, shares),
        drivers=drawn.drivers(plan_at),
        finishes=finishes,
        plan_finishes=plan_finishes,
    )


class _Drawings:
    """A portion of the draws, as those see it who watch."""

    def __init__(self, draws: int, finish_at: Sequence[Ticks], numbers: Mapping[str, int], plan_at: Ticks) -> None:
        self.draws = draws
        self._finish_at = finish_at
        self._numbers = numbers
        self._plan_at = plan_at

    def days_of(self, initiative_id: str) -> NDArray[np.int32] | None:
        n = self._numbers.get(initiative_id)
        if n is None:
            return None
        days: NDArray[np.int32] = day_numbers(self._finish_at[n]).astype(np.int32)
        return np.broadcast_to(days, (self.draws,))

    def plan_days(self) -> NDArray[np.int32]:
        return day_numbers(self._plan_at).astype(np.int32)


class _Drawn:
    """What is drawn of a plan: uncertain durations and risks, by number of their initiative."""

    def __init__(self, engagement: Engagement, passes: Passes, *, seed: int, correlation: Correlation | None) -> None:
        network = passes.network
        self._passes = passes
        self._engagement = engagement
        self._seed = seed
        self._correlation = correlation
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

    def course(self) -> _Course:
        """Return fresh streams of all that is drawn, from the first draw on."""
        factors = None
        if self._correlation is not None:
            ids = [one.id for one in self.uncertain.values()]
            factors = Factors(self._engagement, ids, self._correlation, seed=self._seed)
        return _Course(self.uncertain, self.risks, factors, seed=self._seed)

    def drivers(self, finish_at: Ticks) -> tuple[Driver, ...]:
        """Return what the plan's end hangs on, the strongest first; nothing where it is certain."""
        if finish_at.min() == finish_at.max():
            return ()
        work = self._passes.plan_days.work_before(finish_at)
        worked = (work - work.min()) / TICKS_PER_DAY
        ranks = _ranks(finish_at)
        course = self.course()
        bars = [_Bar(DriverKind.DURATION, one.id) for one in self.uncertain.values()]
        bars += [_Bar(DriverKind.RISK, risk.id) for _n, risk in self.risks]
        # Other portions than those of the drawing: the last digits of a sum hang on what is summed up at once.
        batch = min(_DRAWS_OF_DRIVERS, max(_DRAWS_AT_ONCE, _FACTORS_OF_DRIVERS // max(1, course.factor_count)))
        for first in range(0, finish_at.size, batch):
            here = slice(first, min(first + batch, finish_at.size))
            for bar, (values, more, less) in zip(bars, course.values(worked[here].size), strict=True):
                bar.take_in(values, more, less, worked[here], ranks[here])
        rank_squares = float(ranks @ ranks)
        found = [bar.driver(finish_at.size, rank_squares) for bar in bars]
        found.sort(key=lambda driver: (-abs(driver.rank_correlation), -abs(driver.swing_days), driver.id))
        return tuple(found)


class _Course:
    """Streams of numbers for everything drawn, read on and on."""

    def __init__(
        self, uncertain: Mapping[int, Initiative], risks: list[tuple[int | None, Risk]], factors: Factors | None, *, seed: int
    ) -> None:  # fmt: skip
        self._uncertain = [(n, one, Luck(seed, DriverKind.DURATION.value, one.id)) for n, one in uncertain.items()]
        self._risks = [(n, risk, Luck(seed, DriverKind.RISK.value, risk.id)) for n, risk in risks]
        self._factors = factors

    @property
    def factor_count(self) -> int:
        """How many groups vary together."""
        return 0 if self._factors is None else self._factors.count

    def draw(self, size: int) -> tuple[dict[int, Ticks], dict[int, Ticks], Ticks | None]:
        """Return the next durations, delays by risk of initiatives, and delays of the whole plan, in ticks."""
        lengths = {n: durations(one, drawn) for n, one, drawn in self._lengths(size)}
        late: dict[int | None, Ticks] = {}
        for n, risk, luck in self._risks:
            delay = delays(risk, luck.draw(size))
            late[n] = late[n] + delay if n in late else delay
        return lengths, {n: delay for n, delay in late.items() if n is not None}, late.get(None)

    def values(self, size: int) -> Iterator[tuple[NDArray[np.float64], Mask, Mask]]:
        """Yield, of everything drawn, what rises with it, and the draws with most and with least of it."""
        for _n, _one, drawn in self._lengths(size):
            # A duration rises with what is drawn for it, so that its ranks are those of that (up to ties).
            yield drawn.astype(np.float64) - 0.5, drawn >= 1 - _TAIL, drawn < _TAIL
        for _holder, risk, luck in self._risks:
            occurs = luck.draw(size) < risk.probability
            yield occurs.astype(np.float64), occurs, ~occurs

    def _lengths(self, size: int) -> Iterator[tuple[int, Initiative, NDArray[np.float32]]]:
        if self._factors is not None:
            self._factors.next_portion(size)
        for n, one, luck in self._uncertain:
            drawn = luck.draw(size)
            yield n, one, drawn if self._factors is None else self._factors.mixed(one.id, drawn)


class _Bar:
    """One bar of the tornado as it is summed up; ranks are about their mean."""

    def __init__(self, kind: DriverKind, entity_id: str) -> None:
        self._kind = kind
        self._id = entity_id
        self._total = self._squares = self._product = 0.0
        self._more = self._less = 0
        self._worked_more = self._worked_less = 0.0

    def take_in(
        self, values: NDArray[np.float64], more: Mask, less: Mask, worked: NDArray[np.float64], ranks: NDArray[np.float64]
    ) -> None:  # fmt: skip
        """Count in some draws."""
        self._total += float(values.sum())
        self._squares += float(values @ values)
        self._product += float(values @ ranks)
        self._more += int(np.count_nonzero(more))
        self._less += int(np.count_nonzero(less))
        self._worked_more += float(more @ worked)
        self._worked_less += float(less @ worked)

    def driver(self, draws: int, rank_squares: float) -> Driver:
        """Return the bar of all draws."""
        spread = math.sqrt(max(0.0, self._squares - self._total * self._total / draws) * rank_squares)
        swing = self._worked_more / self._more - self._worked_less / self._less if self._more and self._less else 0.0
        return Driver(
            kind=self._kind,
            id=self._id,
            rank_correlation=max(-1.0, min(1.0, self._product / spread)) if spread else 0.0,
            swing_days=swing,
        )


def _ranks(values: Ticks) -> NDArray[np.float64]:
    """Return the rank of each value, about their mean; equal ones share theirs."""
    _values, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle = counts.cumsum() - (counts + 1) / 2
    ranks: NDArray[np.float64] = middle[inverse] - (values.size - 1) / 2
    return ranks


def _forecasts(
    passes: Passes, numbers: Mapping[str, int], finishes: Mapping[str, DayCounts], critical: Mapping[str, float]
) -> dict[str, FinishForecast]:
    found = {}
    for initiative_id, n in numbers.items():
        deadline, counts = passes.network.initiatives[n].deadline, finishes[initiative_id]
        found[initiative_id] = _forecast(
            passes.planned_finish(n),
            counts,
            criticality=critical[initiative_id],
            on_time=None if deadline is None else counts.share_by(deadline.toordinal()),
        )
    return found


def _forecast(
    planned: Ticks, counts: DayCounts, *, criticality: float = 1.0, on_time: float | None = None
) -> FinishForecast:
    p50, p80, p95 = (date.fromordinal(day) for day in counts.days_at(CONFIDENCES).tolist())
    day = date.fromordinal(int(day_numbers(planned)[0]))
    return FinishForecast(planned=day, p50=p50, p80=p80, p95=p95, criticality=criticality, on_time=on_time)
