"""Working-time arithmetic on many moments at once: `WorkCalendar`'s, for whole arrays.

Moments and work are those of `planner.analysis.calendar`. The days of a calendar are looked up once, around those asked
for, and more of them when an array reaches past.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.analysis.calendar import TICKS_PER_DAY, WorkCalendar, end_of, start_of

Ticks = NDArray[np.int64]

_DAY: Final = start_of(date(1, 1, 2)) - start_of(date(1, 1, 1))
_MARGIN: Final = 400
"""Days looked up beyond those asked for."""

_LAST: Final = date(2299, 12, 31).toordinal()


def is_end(at: Ticks) -> NDArray[np.bool_]:
    """Tell which moments lie after some of their day's work, as what ends does."""
    ends: NDArray[np.bool_] = at % _DAY > 0
    return ends


def day_numbers(at: Ticks) -> Ticks:
    """Return the ordinals of the days moments lie in."""
    return at // _DAY


class WorkingDays:
    """The working days of one calendar around a plan, as arrays; errors as in `WorkCalendar`."""

    def __init__(self, calendar: WorkCalendar, *, first: int, last: int) -> None:
        """Look up the days from `first` to `last`, both ordinals."""
        self.calendar = calendar
        self._read(first, last)

    def work_before(self, at: Ticks) -> Ticks:
        """Return the ticks worked before each moment."""
        ordinals = at // _DAY
        ticks = at - ordinals * _DAY
        if ordinals.min() < self._first:
            self._reach(int(ordinals.min()), self._last)
        try:
            return self._before[ordinals - self._first] + ticks * self._works[ordinals - self._first]
        except IndexError:
            self._reach(self._first, int(ordinals.max()))
            return self.work_before(at)

    def starting(self, work: Ticks) -> Ticks:
        """Return the moment at which the next tick after each amount of work begins."""
        numbers = work // TICKS_PER_DAY
        if numbers.min() < self._number:
            self._hold(int(numbers.min()), self._number)
        try:
            return self._days[numbers - self._number] * _DAY + (work - numbers * TICKS_PER_DAY)
        except IndexError:
            self._hold(self._number, int(numbers.max()))
            return self.starting(work)

    def finishing(self, work: Ticks) -> Ticks:
        """Return the moment at which the last tick of each amount of work has ended."""
        return self.starting(work - 1) + 1

    def _read(self, first: int, last: int) -> None:
        self._first, self._last = max(1, first), min(_LAST, last)
        works = [self.calendar.is_working(date.fromordinal(ordinal)) for ordinal in range(self._first, self._last + 1)]
        self._works = np.array(works, dtype=np.int64)
        worked = self.calendar.work_before(start_of(date.fromordinal(self._first)))
        self._before = (self._works.cumsum() - self._works) * TICKS_PER_DAY + worked
        self._days = np.flatnonzero(self._works) + self._first
        self._number = worked // TICKS_PER_DAY

    def _reach(self, first: int, last: int) -> None:
        """Look up more days where those from `first` to `last` are not all known."""
        if first >= self._first and last <= self._last:
            return
        if last > _LAST:
            self.calendar.work_before(end_of(date.fromordinal(last)))  # says that no calendar reaches so far
        self._read(min(self._first, first - _MARGIN), max(self._last, last + _MARGIN))

    def _hold(self, first: int, last: int) -> None:
        """Look up more days where the working days of these numbers are not all known."""
        while first < self._number and self._first > 1:
            self._reach(self._first - 2 * (self._number - first), self._last)
        while last >= self._number + len(self._days):
            if self._last >= _LAST:
                self.calendar.starting(last * TICKS_PER_DAY)  # says that no calendar reaches so far
            self._reach(self._first, min(_LAST, self._last + 2 * (1 + last - self._number - len(self._days))))
