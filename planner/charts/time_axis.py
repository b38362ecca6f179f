"""Where a day stands across a picture, which years, quarters, months, weeks and days are marked, and their words.

A day takes up the span from `x_of(day)` to `x_after(day)`. Days beyond the calendar's ends (years 1 and 9999) are
brought back to them, so that no zoom or scroll can overflow.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from planner.language import Language

_FIRST: Final = date.min.toordinal()
_LAST: Final = date.max.toordinal()


class TickUnit(enum.Enum):
    """What one mark of a scale spans."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


_DAYS: Final = {
    TickUnit.YEAR: 365.25,
    TickUnit.QUARTER: 91.3,
    TickUnit.MONTH: 30.4,
    TickUnit.WEEK: 7.0,
    TickUnit.DAY: 1.0,
}
_MONTHS: Final = {TickUnit.YEAR: 12, TickUnit.QUARTER: 3, TickUnit.MONTH: 1}


@dataclass(frozen=True, slots=True)
class Scale:
    """One line of a time header: marks of `count` units each (count is 1 for all but years seen from afar)."""

    unit: TickUnit
    count: int = 1


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark: its first and last day and the span it takes up."""

    first: date
    last: date
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """`start` stands at `left`; each day takes up `pixels_per_day` (points on paper)."""

    start: date
    pixels_per_day: float
    left: float = 0.0

    def x_of(self, day: date) -> float:
        """Return where `day` begins."""
        return self.left + (day.toordinal() - self.start.toordinal()) * self.pixels_per_day

    def x_after(self, day: date) -> float:
        """Return where `day` ends."""
        return self.x_of(day) + self.pixels_per_day

    def x_middle(self, day: date) -> float:
        """Return the middle of `day`, where a milestone stands."""
        return self.x_of(day) + self.pixels_per_day / 2

    def day_at(self, x: float) -> date:
        """Return the day that takes up `x`."""
        days = math.floor((x - self.left) / self.pixels_per_day)
        return date.fromordinal(min(max(self.start.toordinal() + days, _FIRST), _LAST))

    def ticks(self, scale: Scale, left: float, right: float) -> Iterator[Tick]:
        """Yield the marks of `scale` that touch the span from `left` to `right`, from left to right."""
        last = self.day_at(right)
        first = _beginning(self.day_at(left), scale)
        while first is not None and first <= last:
            following = _following(first, scale)
            final = date.max if following is None else date.fromordinal(following.toordinal() - 1)
            yield Tick(first, final, self.x_of(first), self.x_after(final))
            first = following

    def width_of(self, scale: Scale) -> float:
        """Return about how wide one mark of `scale` is."""
        return _DAYS[scale.unit] * scale.count * self.pixels_per_day


def scales_for(axis: TimeAxis, *, size: float) -> tuple[Scale, Scale]:
    """Return the coarse and the fine line of a time header that can be read at font `size` at this zoom."""
    if axis.width_of(Scale(TickUnit.DAY)) >= 1.9 * size:
        return Scale(TickUnit.MONTH), Scale(TickUnit.DAY)
    if axis.width_of(Scale(TickUnit.WEEK)) >= 2.4 * size:
        return Scale(TickUnit.MONTH), Scale(TickUnit.WEEK)
    if axis.width_of(Scale(TickUnit.MONTH)) >= 1.5 * size:
        return Scale(TickUnit.QUARTER), Scale(TickUnit.MONTH)
    if axis.width_of(Scale(TickUnit.QUARTER)) >= 2.2 * size:
        return Scale(TickUnit.YEAR), Scale(TickUnit.QUARTER)
    count = 1
    steps = (2, 2.5, 2)
    step = 0
    while axis.width_of(Scale(TickUnit.YEAR, count)) < 3.5 * size and count < 5000:
        count = int(count * steps[step % 3])
        step += 1
    return Scale(TickUnit.YEAR, count * 10), Scale(TickUnit.YEAR, count)


@lru_cache(maxsize=4096)
def tick_labels(first: date, scale: Scale, language: Language) -> tuple[str, ...]:
    """Return the wordings of the mark that begins on `first`, the longest first."""
    if scale.unit is TickUnit.YEAR:
        year = str(first.year)
        return (year,) if scale.count > 1 else (year, "\u2019" + year[-2:])
    if scale.unit is TickUnit.QUARTER:
        return language.skeleton(first, "yQQQ"), language.date(first, width="QQQ")
    if scale.unit is TickUnit.MONTH:
        return (
            language.skeleton(first, "yMMMM"),
            language.skeleton(first, "yMMM"),
            language.date(first, width="LLL"),
            language.date(first, width="LLLLL"),
        )
    if scale.unit is TickUnit.WEEK:
        return language.skeleton(first, "MMMd"), str(first.day)
    return (str(first.day),)


@lru_cache(maxsize=4096)
def month_labels(first: date, language: Language) -> tuple[str, ...]:
    """Return the wordings of a month under a line that already tells its year, the longest first."""
    return tuple(language.date(first, width=width) for width in ("LLLL", "LLL", "LLLLL"))


def _beginning(day: date, scale: Scale) -> date | None:
    if scale.unit is TickUnit.DAY:
        return day
    if scale.unit is TickUnit.WEEK:
        return date.fromordinal(max(day.toordinal() - day.weekday(), _FIRST))
    if scale.unit is TickUnit.YEAR:
        return date(max(day.year - day.year % scale.count, 1), 1, 1)
    months = _MONTHS[scale.unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _following(first: date, scale: Scale) -> date | None:
    if scale.unit in {TickUnit.DAY, TickUnit.WEEK}:
        length = 1 if scale.unit is TickUnit.DAY else 7 - first.weekday()
        ordinal = first.toordinal() + length
        return date.fromordinal(ordinal) if ordinal <= _LAST else None
    if scale.unit is TickUnit.YEAR:
        year = first.year - first.year % scale.count + scale.count
        return date(year, 1, 1) if year <= date.max.year else None
    month = first.month + _MONTHS[scale.unit]
    year, month = (first.year, month) if month <= 12 else (first.year + 1, month - 12)
    return date(year, month, 1) if year <= date.max.year else None
