"""How work flows from idea to use: value streams step by step, and delivery metrics over time."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date

from planner.domain.fields import between, long_text, refers_to, required_text


class Waste(enum.Enum):
    """Kinds of waste in a step, after Poppendieck, "Lean Software Development" (2003)."""

    PARTIAL_WORK = "partial-work"
    EXTRA_PROCESSES = "extra-processes"
    EXTRA_FEATURES = "extra-features"
    TASK_SWITCHING = "task-switching"
    WAITING = "waiting"
    MOTION = "motion"
    DEFECTS = "defects"
    MANUAL_WORK = "manual-work"


class DeliveryMetric(enum.Enum):
    """DORA's five. Times in hours, frequency in deployments a week, rates from 0 to 1."""

    CHANGE_LEAD_TIME = "change-lead-time"
    DEPLOYMENT_FREQUENCY = "deployment-frequency"
    RECOVERY_TIME = "recovery-time"
    CHANGE_FAIL_RATE = "change-fail-rate"
    REWORK_RATE = "rework-rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueStream:
    """An ordered row of steps from idea to use."""

    id: str
    name: str = field(metadata=required_text())
    unit_id: str | None = field(default=None, metadata=refers_to("units"))
    description: str = field(default="", metadata=long_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamStep:
    """One step: `wait_hours` before it starts, `process_hours` of work, the share that arrives complete and accurate.

    `complete_accurate` (%C&A) runs from 0 to 1, `visibility` to the business from 1 to 5.
    """

    id: str
    stream_id: str = field(metadata=refers_to("value_streams"))
    name: str = field(metadata=required_text())
    position: int = 0
    process_hours: float = field(default=0.0, metadata=between(0, 1_000_000, unit="hours"))
    wait_hours: float = field(default=0.0, metadata=between(0, 1_000_000, unit="hours"))
    complete_accurate: float = field(default=1.0, metadata=between(0, 1))
    team_ids: tuple[str, ...] = field(default=(), metadata=refers_to("teams"))
    waste: Waste | None = None
    visibility: int | None = field(default=None, metadata=between(1, 5))
    note: str = field(default="", metadata=long_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A delivery metric of one team or one application (never both) on one date."""

    id: str
    metric: DeliveryMetric
    measured_on: date
    value: float = field(metadata=between(0, 1e12))
    team_id: str | None = field(default=None, metadata=refers_to("teams"))
    application_id: str | None = field(default=None, metadata=refers_to("applications"))
    source: str = ""
