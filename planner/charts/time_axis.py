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
    """One line of a time header: marks of `count` units each (count is 1 for all but years seen from afar).

    Years and quarters begin with the month `begins`, 1 to 12.
    """

    unit: TickUnit
    count: int = 1
    begins: int = 1


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark: its first and last day and the span it takes up."""

    first: date
    last: date
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """`start` stands at `left`; each day takes up `pixels_per_day` (points on paper).

    Its years begin with the month `year_begins`, 1 to 12.
    """

    start: date
    pixels_per_day: float
    left: float = 0.0
    year_begins: int = 1

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
        first: date | None = _beginning(self.day_at(left), scale)
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
        return Scale(TickUnit.QUARTER, begins=axis.year_begins), Scale(TickUnit.MONTH)
    if axis.width_of(Scale(TickUnit.QUARTER)) >= 2.2 * size:
        return Scale(TickUnit.YEAR, begins=axis.year_begins), Scale(TickUnit.QUARTER, begins=axis.year_begins)
    count = 1
    steps = (2, 2.5, 2)
    step = 0
    while axis.width_of(Scale(TickUnit.YEAR, count)) < 3.5 * size and count < 5000:
        count = int(count * steps[step % 3])
        step += 1
    # Decades are the calendar's, and what stands under them with them.
    return Scale(TickUnit.YEAR, count * 10), Scale(TickUnit.YEAR, count)


@lru_cache(maxsize=4096)
def tick_labels(first: date, scale: Scale, language: Language) -> tuple[str, ...]:
    """Return the wordings of the mark that begins on `first`, the longest first."""
    if scale.unit is TickUnit.YEAR:
        year = _year_words(first, scale.begins)
        return (year,) if scale.count > 1 else (year, "\u2019" + year[2:])
    if scale.unit is TickUnit.QUARTER and scale.begins == 1:
        return language.skeleton(first, "yQQQ"), language.date(first, width="QQQ")
    if scale.unit is TickUnit.QUARTER:
        alike = date(first.year, (first.month - scale.begins) % 12 + 1, 1)
        quarter = language.date(alike, width="QQQ")
        return f"{quarter} {_year_words(first, scale.begins)}", quarter
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


def first_year_of(day: date, begins: int) -> int:
    """Return the calendar year in which the year of `day` began, where years begin with the month `begins`."""
    return day.year if day.month >= begins else day.year - 1


def _year_words(day: date, begins: int) -> str:
    """Return "2026", or "2026/27" where years begin with another month than January: nobody can mistake it."""
    year = first_year_of(day, begins)
    return str(year) if begins == 1 else f"{year}/{(year + 1) % 100:02d}"


def _beginning(day: date, scale: Scale) -> date:
    if scale.unit is TickUnit.DAY:
        return day
    if scale.unit is TickUnit.WEEK:
        return date.fromordinal(max(day.toordinal() - day.weekday(), _FIRST))
    month = _month_number(day)
    return _first_of(month - _months_into(month, scale)) or date.min


def _following(first: date, scale: Scale) -> date | None:
    if scale.unit in {TickUnit.DAY, TickUnit.WEEK}:
        length = 1 if scale.unit is TickUnit.DAY else 7 - first.weekday()
        ordinal = first.toordinal() + length
        return date.fromordinal(ordinal) if ordinal <= _LAST else None
    month = _month_number(first)
    return _first_of(month - _months_into(month, scale) + _MONTHS[scale.unit] * scale.count)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _months_into(month: int, scale: Scale) -> int:
    """Return how many months a mark that holds that month has begun before it."""
    return (month - (scale.begins - 1)) % (_MONTHS[scale.unit] * scale.count)


def _first_of(month: int) -> date | None:
    """Return the first day of a month, by its number; None beyond the calendar's ends."""
    year, at = divmod(month, 12)
    return date(year, at + 1, 1) if date.min.year <= year <= date.max.year else None
