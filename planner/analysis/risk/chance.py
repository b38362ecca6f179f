"""How long work may take and whether risks occur, drawn for many plans at once.

A three-point duration follows the PERT-beta distribution: a beta distribution over the range from optimistic to
pessimistic with alpha = 1 + 4 (likely - optimistic) / range and beta = 1 + 4 (pessimistic - likely) / range, so that its
mean is (optimistic + 4 likely + pessimistic) / 6 (Malcolm, Roseboom, Clark and Fazar, "Application of a Technique for
Research and Development Program Evaluation", Operations Research 7, 1959; with the shape 4 of Vose, "Risk Analysis",
2008). It is drawn by its inverse from one stream of uniform numbers per initiative and risk: the same seed gives each
the same luck in every plan, so that plans, scenarios and estimates can be compared draw by draw.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.analysis.calendar import TICKS_PER_DAY
from planner.domain.initiative import Initiative, Risk, RiskStatus

_STEPS: Final = 1_024
"""Into how many equal shares of probability the inverse is cut; it is straight within each."""

_FINE: Final = 4_096
"""Into how many steps the density is cut to be summed up."""

_PEAKS: Final = 256
"""For how many places of the peak, at equal steps, the inverse is worked out."""

_SHAPE: Final = 4.0


class Luck:
    """The stream of uniform numbers of one initiative or risk; the numbers do not depend on how many are asked at once."""

    def __init__(self, seed: int, kind: str, entity_id: str) -> None:
        digest = hashlib.blake2b(f"{kind} {entity_id}".encode(), digest_size=8).digest()
        self._generator = np.random.Generator(np.random.PCG64([seed, int.from_bytes(digest, "big")]))

    def draw(self, count: int) -> NDArray[np.float32]:
        """Return the next numbers, from 0 to below 1."""
        return self._generator.random(count, dtype=np.float32)


def has_range(initiative: Initiative) -> bool:
    """Tell whether an initiative's duration is uncertain; a milestone has none."""
    low, high = _range(initiative)
    return high > low and round(initiative.duration_days * TICKS_PER_DAY) > 0


def durations(initiative: Initiative, luck: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the duration of an initiative in ticks for each uniform number; larger ones never take less."""
    low, high = _range(initiative)
    ticks = TICKS_PER_DAY * (low + (high - low) * _quantiles((initiative.duration_days - low) / (high - low)))
    # Work takes a moment at least: what takes none is a milestone, which happens when what it waits for does.
    np.maximum(ticks, 1.0, out=ticks)
    at = luck * np.float32(_STEPS)
    step = at.astype(np.int32)
    at -= step
    drawn = np.diff(ticks)[step]
    drawn *= at
    drawn += ticks[step]
    return np.rint(drawn, out=drawn).astype(np.int64)


def may_occur(risk: Risk) -> bool:
    """Tell whether a risk still moves dates: it is open or mitigated, has a chance and costs days.

    One that occurred is in the dates and estimates by now; one that is closed will not occur.
    """
    still = risk.status in (RiskStatus.OPEN, RiskStatus.MITIGATED)
    return still and risk.probability > 0 and risk.impact_days > 0


def delays(risk: Risk, luck: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the delay by a risk in ticks for each uniform number: all of its impact, or nothing."""
    return np.where(luck < risk.probability, round(risk.impact_days * TICKS_PER_DAY), 0).astype(np.int64)


def _range(initiative: Initiative) -> tuple[float, float]:
    likely = initiative.duration_days
    low = likely if initiative.optimistic_days is None else min(likely, initiative.optimistic_days)
    high = likely if initiative.pessimistic_days is None else max(likely, initiative.pessimistic_days)
    return low, high


def _quantiles(mode: float) -> NDArray[np.float64]:
    """Return the inverse of PERT-beta on 0 to 1 with its peak at `mode`, at equal steps of probability.

    Taken between those of the two nearest peaks known, which is as exact as their steps are and far quicker.
    """
    known = _known_quantiles()
    place = min(int(mode * _PEAKS), _PEAKS - 1)
    share = mode * _PEAKS - place
    found: NDArray[np.float64] = known[place] + share * (known[place + 1] - known[place])
    return found


@lru_cache(maxsize=1)
def _known_quantiles() -> NDArray[np.float64]:
    middles = (np.arange(_FINE) + 0.5) / _FINE
    edges, shares = np.arange(_FINE + 1) / _FINE, np.arange(_STEPS + 1) / _STEPS
    low, high = np.log(middles), np.log1p(-middles)
    found = np.empty((_PEAKS + 1, _STEPS + 1))
    for place in range(_PEAKS + 1):
        peak = place / _PEAKS
        reached = np.concatenate(([0.0], np.exp(_SHAPE * (peak * low + (1 - peak) * high)).cumsum()))
        found[place] = np.interp(shares, reached / reached[-1], edges)
    return found
