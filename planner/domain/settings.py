"""What holds for the whole engagement: its name, its plan's first day, currency, fiscal year, defaults."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from planner.domain.fields import between, refers_to, required_text
from planner.domain.initiative import Status

SETTINGS_ID = "settings"

READINESS_FACTORS: Final = (1.5, 1.25, 1.0, 0.9, 0.8)
"""What effort is multiplied by for a team of readiness 1 to 5 until a coach says otherwise.

Change costs more where habits are far from it; the middle leaves an estimate as it is.
"""


class RollUp(enum.Enum):
    """How scores are rolled up; always named beside the number."""

    MEAN = "mean"
    FLOOR = "floor"
    GATE = "gate"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusColour:
    """The colour (#rrggbb) the coach gave to a status."""

    status: Status
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The one settings entity; its id is `SETTINGS_ID`.

    `plan_start` is the day nothing starts before (None: the day the engagement was created). `status_date` is the day
    progress was last taken; `calendar_id` the engagement's own calendar (None: Monday to Friday, no holidays);
    `cool_down_days` (working days) follow each adoption. `readiness_factors` are what an estimate of effort is multiplied
    by for a team of readiness 1 to 5; they never rise, for readiness makes a change no dearer.
    """

    id: str = SETTINGS_ID
    name: str = field(metadata=required_text())
    client: str = ""
    created: date
    plan_start: date | None = None
    status_date: date | None = None
    calendar_id: str | None = field(default=None, metadata=refers_to("calendars"))
    formula_id: str | None = field(default=None, metadata=refers_to("formulas"))
    roll_up: RollUp = RollUp.MEAN
    currency: str = "EUR"
    fiscal_year_start_month: int = field(default=1, metadata=between(1, 12))
    cool_down_days: int = field(default=0, metadata=between(0, 1_000, unit="working days"))
    readiness_factors: tuple[float, float, float, float, float] = field(
        default=READINESS_FACTORS, metadata=between(0.1, 10)
    )
    status_colours: tuple[StatusColour, ...] = ()
