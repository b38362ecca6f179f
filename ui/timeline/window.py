"""The stretch of time the timeline shows: which day stands at the left edge, and how wide a day is.

Pure values: scrolling and zooming return another window. Days are counted as proleptic ordinals (`date.toordinal`),
with fractions, so that a zoom keeps the very point under the pointer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

NARROWEST_DAY: Final = 0.08
WIDEST_DAY: Final = 64.0
"""Pixels a day may take."""

_FIRST, _LAST = date(1900, 1, 1).toordinal(), date(9990, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """`left` is the day at the left edge as an ordinal with its fraction; a day is `pixels_per_day` wide."""

    left: float
    pixels_per_day: float

    def x_of(self, ordinal: float) -> float:
        """Return where the beginning of a day stands, in pixels from the left edge."""
        return (ordinal - self.left) * self.pixels_per_day

    def ordinal_at(self, x: float) -> float:
        """Return the day under `x`, as an ordinal with its fraction."""
        return self.left + x / self.pixels_per_day

    def day_at(self, x: float) -> date:
        """Return the day under `x`."""
        return date.fromordinal(int(min(max(self.ordinal_at(x), _FIRST), _LAST)))

    def scrolled(self, pixels: float) -> TimeWindow:
        """Return the window `pixels` further to the right."""
        return replace(self, left=min(max(self.left + pixels / self.pixels_per_day, _FIRST), _LAST))

    def zoomed(self, factor: float, *, x: float) -> TimeWindow:
        """Return the window with days `factor` times as wide, keeping what is under `x` where it is."""
        wide = min(max(self.pixels_per_day * factor, NARROWEST_DAY), WIDEST_DAY)
        return TimeWindow(min(max(self.ordinal_at(x) - x / wide, _FIRST), _LAST), wide)


def window_over(start: date, finish: date, *, width: float) -> TimeWindow:
    """Return the window that shows `start` to `finish`, both included, with a little room on both sides."""
    days = max(1, finish.toordinal() + 1 - start.toordinal())
    room = 0.04 * days + 2
    wide = min(max(width / (days + 3 * room), NARROWEST_DAY), WIDEST_DAY)
    return TimeWindow(start.toordinal() - room, wide)
