"""What a simulation of the plan found: dates by how likely they are held, what the end date hangs on.

A date at a probability is the first day by which at least that share of the draws has finished: P80 is the day that
eight draws in ten keep. For risk registers, roadmaps ("level 3 by Q3 to Q4") and talks about promises.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from planner.domain.errors import BugError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONFIDENCES: Final = (0.5, 0.8, 0.95)
"""P50, P80 and P95."""


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

    `drivers` come with the strongest first. `finish_days` holds, by row of an initiative, the finish of every draw as
    an ordinal; draws stand in the same column everywhere, so that what happens together can be asked.
    """

    seed: int
    draws: int
    plan: FinishForecast | None
    initiatives: Mapping[str, FinishForecast]
    drivers: tuple[Driver, ...]
    finish_days: NDArray[np.int32]
    plan_finish_days: NDArray[np.int32]
    _rows: Mapping[str, int] = field(repr=False)

    def days_of(self, initiative_id: str) -> NDArray[np.int32] | None:
        """Return the finish of every draw of an initiative, as ordinals; None for one that is dropped."""
        row = self._rows.get(initiative_id)
        return None if row is None else self.finish_days[row]

    def chance_by(self, day: date, initiative_id: str | None = None) -> float:
        """Return the share of draws in which an initiative (None: the plan) has finished by a day, that day included."""
        days = self.plan_finish_days if initiative_id is None else self.days_of(initiative_id)
        if days is None or not days.size:
            raise BugError("nothing is forecast of what is dropped, nor of an empty plan")
        return float((days <= day.toordinal()).mean())

    def day_by(self, confidence: float, initiative_id: str | None = None) -> date:
        """Return the first day by which a share of the draws, from 0 to 1, has finished an initiative (None: the plan)."""
        days = self.plan_finish_days if initiative_id is None else self.days_of(initiative_id)
        if days is None or not days.size:
            raise BugError("nothing is forecast of what is dropped, nor of an empty plan")
        return date.fromordinal(int(percentile(days, confidence)))


def place_of(confidence: float, draws: int) -> int:
    """Return which draw, of all in order, is the first that a share of them does not pass."""
    return min(draws - 1, max(0, math.ceil(confidence * draws - 1e-9) - 1))


def percentile(days: NDArray[np.int32], confidence: float) -> int:
    """Return the least day that at least a share of the draws keeps."""
    import numpy as np  # noqa: PLC0415  not at start-up

    place = place_of(confidence, days.size)
    return int(np.partition(days, place)[place])
