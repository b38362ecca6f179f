"""What a simulation of the plan found: dates by how likely they are held, what the end date hangs on.

A date at a probability is the first day by which at least that share of the draws has finished: P80 is the day that
eight draws in ten keep. For risk registers, roadmaps ("level 3 by Q3 to Q4") and talks about promises.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, Protocol

from planner.domain.errors import BugError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from planner.analysis.risk.day_counts import DayCounts

CONFIDENCES: Final = (0.5, 0.8, 0.95)
"""P50, P80 and P95."""


class Within(enum.Enum):
    """Whose durations vary together."""

    TEAM = "team"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """How much durations of one team, or of one programme, vary together: `rho`, from 0 (not at all) to 1 (as one).

    The formula is in `planner.analysis.risk.correlation`.
    """

    rho: float
    within: Within = Within.TEAM


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishForecast:
    """When something finishes: as planned (likely durations, no risk), and on the days 50, 80 and 95 % of draws keep.

    `criticality` is the share of draws in which it lies on a path that decides the plan's end (of one that holds others:
    anything it holds does); `on_time` the share that keeps the deadline, None without one.
    """

    planned: date
    p50: date
    p80: date
    p95: date
    criticality: float = 1.0
    on_time: float | None = None


class DriverKind(enum.Enum):
    """What may move the end of the plan."""

    DURATION = "duration"
    RISK = "risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One bar of the tornado: how far the plan's end hangs on one uncertain duration or one risk.

    `rank_correlation` is Spearman's, from -1 to 1, between it and the plan's finish. `swing_days` is conditional, in
    working days: the mean finish of the tenth of draws in which it takes longest, less that of the tenth in which it
    takes least; of a risk, the mean finish of the draws in which it occurs, less that of those in which it does not.
    `id` is that of the initiative or the risk.
    """

    kind: DriverKind
    id: str
    rank_correlation: float
    swing_days: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlook:
    """The finish of everything over all draws. `plan` is None for an empty plan; what is dropped has no forecast.

    `drivers` come with the strongest first; `correlation` is what durations were drawn with, None for each on its own.
    How many draws end on which day is in `finishes`, by initiative, and in `plan_finishes`; what happens together in
    one draw is told to who watches the simulation.
    """

    seed: int
    draws: int
    correlation: Correlation | None
    plan: FinishForecast | None
    initiatives: Mapping[str, FinishForecast]
    drivers: tuple[Driver, ...]
    finishes: Mapping[str, DayCounts] = field(repr=False)
    plan_finishes: DayCounts = field(repr=False)

    def chance_by(self, day: date, initiative_id: str | None = None) -> float:
        """Return the share of draws in which an initiative (None: the plan) has finished by a day, that day included."""
        return self._counts_of(initiative_id).share_by(day.toordinal())

    def day_by(self, confidence: float, initiative_id: str | None = None) -> date:
        """Return the first day by which a share of the draws, from 0 to 1, has finished an initiative (None: the plan)."""
        return date.fromordinal(self._counts_of(initiative_id).day_by(confidence))

    def _counts_of(self, initiative_id: str | None) -> DayCounts:
        held = self.plan_finishes if initiative_id is None else self.finishes.get(initiative_id)
        if held is None or not held.draws:
            raise BugError("nothing is forecast of what is dropped, nor of an empty plan")
        return held


class Portion(Protocol):
    """Some of the draws of a simulation, as they come: what happens in the same draw stands in the same place."""

    draws: int

    def days_of(self, initiative_id: str) -> NDArray[np.int32] | None:
        """Return the finish of every draw of an initiative, as ordinals; None for one that is dropped."""

    def plan_days(self) -> NDArray[np.int32]:
        """Return the plan's finish of every draw, as ordinals."""
