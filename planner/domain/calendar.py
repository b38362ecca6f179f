"""When work happens: working weekdays, public holidays, exceptions and change freezes.

A team's calendar adds to the engagement's: a day works for the team when it works in both, unless the team's calendar
says in so many words that it does. The arithmetic is in `planner.analysis.calendar`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planner.domain.fields import between, long_text, refers_to, required_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A working week and the public holidays of a country (ISO 3166-1) and subdivision (ISO 3166-2 suffix).

    `weekdays` are the working ones, 0 for Monday; None, in a team's calendar, keeps the engagement's.
    """

    id: str
    name: str = field(metadata=required_text())
    weekdays: tuple[int, ...] | None = (0, 1, 2, 3, 4)
    country: str = ""
    subdivision: str = ""
    hours_per_day: float = field(default=8.0, metadata=between(0.25, 24, unit="hours"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarException:
    """Days from `start` to `finish`, both included, that do not work or, with `working`, do (a working Saturday)."""

    id: str
    calendar_id: str = field(metadata=refers_to("calendars"))
    name: str = ""
    start: date
    finish: date
    working: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """Days from `start` to `finish`, both included, when nothing may be changed; initiatives rest."""

    id: str
    calendar_id: str = field(metadata=refers_to("calendars"))
    name: str = field(metadata=required_text())
    start: date
    finish: date
    reason: str = field(default="", metadata=long_text())
