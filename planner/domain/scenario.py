"""The plan beside the plan: baselines that never change, scenarios that override without touching."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planner.domain.fields import between, long_text, refers_to, required_text


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineEntry:
    """One initiative's dates as they stood; its id and name are copies and outlive the initiative.

    `finish` is the last working day.
    """

    initiative_id: str
    name: str
    start: date
    finish: date
    duration_days: float
    effort: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Immutable copy of the schedule on a date, with the reason it was taken."""

    id: str
    name: str = field(metadata=required_text())
    taken_on: date
    reason: str = field(default="", metadata=long_text())
    entries: tuple[BaselineEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A named set of overrides on the live plan."""

    id: str
    name: str = field(metadata=required_text())
    description: str = field(default="", metadata=long_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeOverride:
    """What a scenario changes about one initiative; None leaves the live value. `effort_factor` multiplies effort."""

    id: str
    scenario_id: str = field(metadata=refers_to("scenarios"))
    initiative_id: str = field(metadata=refers_to("initiatives"))
    included: bool | None = None
    start: date | None = None
    duration_days: float | None = field(default=None, metadata=between(0, 20_000, unit="working days"))
    effort_factor: float | None = field(default=None, metadata=between(0, 1_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamOverride:
    """What a scenario changes about one team; None leaves the live value."""

    id: str
    scenario_id: str = field(metadata=refers_to("scenarios"))
    team_id: str = field(metadata=refers_to("teams"))
    change_capacity: float | None = field(default=None, metadata=between(0, 500_000, unit="person-days a week"))
    change_limit: int | None = field(default=None, metadata=between(0, 1_000, unit="initiatives at once"))
