"""The days of a plan, numbered: which slot a day is, and which slots a calendar works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.analysis.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Clock:
    """The slots one calendar works: `rank[t]` of them lie before slot t, `at[k]` is the k-th of them."""

    rank: tuple[int, ...]
    at: tuple[int, ...]

    @property
    def is_full(self) -> bool:
        """Whether every slot works."""
        return len(self.at) == len(self.rank) - 1


class Slots:
    """Finds the slot of a day."""

    def __init__(self, days: list[int]) -> None:
        self._first = days[0]
        self._at: list[int] = []
        for slot, ordinal in enumerate(days):
            self._at += [slot] * (ordinal - self._first + 1 - len(self._at))
        self._count = len(days)

    def at_or_after(self, day: date, *, after: bool = False) -> int:
        """Return the slot of a day, or the first later one; `after`: the first slot later than the day."""
        offset = max(0, day.toordinal() - self._first + after)
        return self._at[offset] if offset < len(self._at) else self._count


def clock_of(calendar: WorkCalendar, days: list[int]) -> Clock:
    """Return the clock of a calendar over the slots of a plan, as ordinals."""
    rank, at = [0], []
    for slot, ordinal in enumerate(days):
        if calendar.is_working(date.fromordinal(ordinal)):
            at.append(slot)
        rank.append(len(at))
    return Clock(tuple(rank), tuple(at))
