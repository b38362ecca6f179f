"""Durations that vary together, because the same people or the same programme stand behind them.

Drawn each on its own, the early and the late make up for each other, and the longer a plan the surer it looks. A team
that underestimates one initiative underestimates the next: a Gaussian copula with one factor per team (or programme)
says so without touching how long any single initiative takes. The uniform number of initiative i becomes

    u' = Phi( sqrt(rho) F_i + sqrt(1 - rho) Phi^-1(u) ),    F_i = sum of w_ig F_g over groups g,  sum of w_ig^2 = 1,

with Phi the standard normal distribution and F_g a standard normal number of its own for each group and draw. Two
initiatives of one group are then correlated by rho, in normal scores (by 6/pi asin(rho / 2) in ranks), and two that share
some of their teams by rho times the cosine of their efforts by team. A programme is what stands at the top of the plan,
with all it holds. Risks still occur each on their own. (Vasicek, "Probability of Loss on Loan Portfolio", KMV, 1987; Li,
"On Default Correlation: A Copula Function Approach", Journal of Fixed Income 9, 2000.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.analysis.effort import effort_of
from planner.analysis.risk.chance import Luck
from planner.analysis.risk.outlook import Correlation, Within
from planner.domain.engagement import Engagement

_FARTHEST: Final = 6.0
"""Beyond so many standard deviations nothing is told apart: a draw in five hundred million."""

_STEPS: Final = 12_000
_SHARES: Final = 1 << 16
_FAR: Final = 1 / 256
_BELOW_ONE: Final = np.nextafter(np.float32(1), np.float32(0))


class Factors:
    """What the groups of a plan have in common, drawn portion by portion; the same whatever the portions."""

    def __init__(
        self, engagement: Engagement, initiative_ids: Iterable[str], correlation: Correlation, *, seed: int
    ) -> None:
        """Find the groups of some initiatives; those of no group vary on their own."""
        shares = _efforts if correlation.within is Within.TEAM else _programme
        self._shares = {one: _unit_length(shares(engagement, one)) for one in initiative_ids}
        groups = sorted({group for held in self._shares.values() for group in held})
        kind = f"together {correlation.within.value}"
        self._luck = {group: Luck(seed, kind, group) for group in groups}
        self._common, self._own = math.sqrt(correlation.rho), math.sqrt(1 - correlation.rho)
        self._drawn: dict[str, NDArray[np.float32]] = {}

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self._luck)

    def next_portion(self, draws: int) -> None:
        """Draw what is common to each group for the next draws."""
        self._drawn = {group: _normal_scores(luck.draw(draws)).astype(np.float32) for group, luck in self._luck.items()}

    def mixed(self, initiative_id: str, luck: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the uniform numbers of an initiative with what it has in common mixed in."""
        shares = self._shares[initiative_id]
        if not shares:
            return luck
        scores = self._own * _normal_scores(luck)
        for group, share in shares.items():
            scores += (self._common * share) * self._drawn[group]
        return _shares_below(scores)


def _efforts(engagement: Engagement, initiative_id: str) -> dict[str, float]:
    estimates = engagement.referring("estimates", "initiative_id").get(initiative_id, ())
    found: dict[str, float] = {}
    for estimate in estimates:
        found[estimate.team_id] = found.get(estimate.team_id, 0.0) + effort_of(engagement, estimate)
    # Teams that are named without an effort are as much behind it as each other.
    return found if any(found.values()) else dict.fromkeys(found, 1.0)


def _programme(engagement: Engagement, initiative_id: str) -> dict[str, float]:
    at = engagement.initiatives[initiative_id]
    while at.parent_id is not None:
        at = engagement.initiatives[at.parent_id]
    return {at.id: 1.0}


def _unit_length(shares: Mapping[str, float]) -> dict[str, float]:
    length = math.hypot(*shares.values())
    return {group: share / length for group, share in sorted(shares.items()) if share}


@lru_cache(maxsize=1)
def _normal_table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return normal scores at equal steps and the share of probability below each."""
    scores = np.linspace(-_FARTHEST, _FARTHEST, _STEPS + 1)
    below = NormalDist().cdf
    return scores, np.array([below(score) for score in scores.tolist()])


@lru_cache(maxsize=1)
def _score_table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the normal score at equal steps of probability, and how much it rises in each."""
    scores, below = _normal_table()
    found = np.interp(np.arange(_SHARES + 1) / _SHARES, below, scores)
    return found, np.diff(found)


def _normal_scores(luck: NDArray[np.float32]) -> NDArray[np.float64]:
    scores, rises = _score_table()
    place = luck * np.float32(_SHARES)
    step = place.astype(np.int32)
    place -= step
    found: NDArray[np.float64] = rises[step]
    found *= place
    found += scores[step]
    # Far out the steps are too wide; few draws lie there.
    far = np.flatnonzero((luck < _FAR) | (luck > 1 - _FAR))
    known, below = _normal_table()
    found[far] = np.interp(luck[far], below, known)
    return found


def _shares_below(scores: NDArray[np.float64]) -> NDArray[np.float32]:
    _scores, below = _normal_table()
    place = (np.clip(scores, -_FARTHEST, _FARTHEST) + _FARTHEST) * (_STEPS / (2 * _FARTHEST))
    step = np.minimum(place.astype(np.int64), _STEPS - 1)
    found: NDArray[np.float64] = below[step] + (place - step) * (below[step + 1] - below[step])
    return np.minimum(found.astype(np.float32), _BELOW_ONE, dtype=np.float32)
