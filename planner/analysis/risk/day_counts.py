"""How many draws end on each day: all that dates by how likely they are kept need to know, however many draws there are.

A plan of ten thousand initiatives drawn ten thousand times has a hundred million ends; counted by day they are a few
thousand numbers per initiative, taken in portion by portion, and exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

_MARGIN: Final = 32
"""Days made room for beyond those met, so that the next portion seldom needs more."""


class DayCounts:
    """The number of draws by day, days as ordinals."""

    __slots__ = ("_counts", "_first", "draws")

    def __init__(self) -> None:
        self._first = 0
        self._counts = np.zeros(0, dtype=np.int32)
        self.draws = 0

    def add(self, days: NDArray[np.integer], draws: int | None = None) -> None:
        """Count one day per draw; a single day with `draws` counts that many times."""
        if not days.size:
            return
        low, high = int(days.min()), int(days.max())
        self._make_room(low, high)
        times = 1 if days.size == draws or draws is None else draws
        if low == high:
            self._counts[low - self._first] += days.size * times
        else:
            self._counts[low - self._first : high - self._first + 1] += np.bincount(days - low)
        self.draws += days.size * times

    def day_by(self, confidence: float) -> int:
        """Return the first day by which at least a share of the draws, from 0 to 1, has ended."""
        return int(self.days_at([confidence])[0])

    def days_at(self, confidences: Sequence[float]) -> NDArray[np.int64]:
        """Return `day_by` of each of several shares."""
        return self._at([place_of(confidence, self.draws) for confidence in confidences])

    def day_at(self, place: int) -> int:
        """Return the day of one draw of all in order, counted from 0."""
        return int(self._at([place])[0])

    def share_by(self, day: int) -> float:
        """Return the share of draws that have ended by a day, that day included."""
        return int(self._counts[: max(0, day - self._first + 1)].sum()) / self.draws

    def span(self) -> tuple[int, int]:
        """Return the first and the last day on which any draw ends."""
        (met,) = self._counts.nonzero()
        return self._first + int(met[0]), self._first + int(met[-1])

    def _at(self, places: Sequence[int]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self._first + self._counts.cumsum().searchsorted(places, side="right")
        return found

    def _make_room(self, low: int, high: int) -> None:
        size = self._counts.size
        if size and self._first <= low and high < self._first + size:
            return
        first = min(low, self._first) if size else low
        last = max(high, self._first + size - 1) if size else high
        margin = _MARGIN if size else 0
        counts = np.zeros(last - first + 1 + 2 * margin, dtype=np.int32)
        first -= margin
        counts[self._first - first : self._first - first + size] = self._counts
        self._first, self._counts = first, counts


def place_of(confidence: float, draws: int) -> int:
    """Return which draw, of all in order, is the first that a share of them does not pass."""
    return min(draws - 1, max(0, math.ceil(confidence * draws - 1e-9) - 1))
