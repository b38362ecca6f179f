"""What is to change: initiatives, what they cost, what they wait for, what they lift, what may go wrong.

Nesting names the levels (programme > initiative > step): see `planner.domain.engagement`. Durations and lags are in
working days, effort in person-days.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date

from planner.domain.fields import between, long_text, refers_to, required_text
from planner.domain.flow import DeliveryMetric


class Status(enum.Enum):
    """Where an initiative stands; lifts of dropped ones do not count."""

    IDEA = "idea"
    PROPOSED = "proposed"
    PLANNED = "planned"
    ACTIVE = "active"
    DONE = "done"
    DROPPED = "dropped"


class ConstraintKind(enum.Enum):
    """When an initiative may start; the last is a *pin*. A deadline is a field of its own: it warns, never moves."""

    AS_SOON_AS_POSSIBLE = "as-soon-as-possible"
    START_NO_EARLIER_THAN = "start-no-earlier-than"
    MUST_START_ON = "must-start-on"


class LinkType(enum.Enum):
    """Which end of the predecessor holds which end of the successor."""

    FINISH_TO_START = "FS"
    START_TO_START = "SS"
    FINISH_TO_FINISH = "FF"
    START_TO_FINISH = "SF"


class OutcomeKind(enum.Enum):
    """What an initiative lifts or moves."""

    MATURITY = "maturity"
    STREAM_STEP = "stream-step"
    DELIVERY_METRIC = "delivery-metric"


class Verdict(enum.Enum):
    """What the measure said of the hypothesis once it was looked at."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"


class RiskStatus(enum.Enum):
    """Where a risk stands."""

    OPEN = "open"
    MITIGATED = "mitigated"
    OCCURRED = "occurred"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """A round of the transformation and the gate that ends it: nothing of the next starts before it is passed."""

    id: str
    name: str = field(metadata=required_text())
    position: int = 0
    gate: str = field(default="", metadata=long_text())
    gate_date: date | None = None
    passed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """A change to carry out. A duration of 0 makes it a milestone; one that holds others takes its dates from them.

    `constraint_date` goes with every constraint but as soon as possible. `progress` runs from 0 to 1, `cost` is in the
    engagement's currency. `optimistic_days` and `pessimistic_days` are None where only the likely duration is known.
    """

    id: str
    name: str = field(metadata=required_text())
    parent_id: str | None = field(default=None, metadata=refers_to("initiatives"))
    position: int = 0
    description: str = field(default="", metadata=long_text())
    hypothesis: str = field(default="", metadata=long_text())
    measure: str = field(default="", metadata=long_text())
    owner: str = ""
    status: Status = Status.IDEA
    wave_id: str | None = field(default=None, metadata=refers_to("waves"))
    optimistic_days: float | None = field(default=None, metadata=between(0, 20_000, unit="working days"))
    duration_days: float = field(default=5.0, metadata=between(0, 20_000, unit="working days"))
    pessimistic_days: float | None = field(default=None, metadata=between(0, 20_000, unit="working days"))
    constraint: ConstraintKind = ConstraintKind.AS_SOON_AS_POSSIBLE
    constraint_date: date | None = None
    deadline: date | None = None
    progress: float = field(default=0.0, metadata=between(0, 1))
    actual_start: date | None = None
    actual_finish: date | None = None
    cost: float | None = field(default=None, metadata=between(0, 1e15))
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The effort one team puts into one initiative, in person-days, spread evenly over its working days."""

    id: str
    initiative_id: str = field(metadata=refers_to("initiatives"))
    team_id: str = field(metadata=refers_to("teams"))
    optimistic_effort: float | None = field(default=None, metadata=between(0, 1_000_000, unit="person-days"))
    effort: float = field(default=0.0, metadata=between(0, 1_000_000, unit="person-days"))
    pessimistic_effort: float | None = field(default=None, metadata=between(0, 1_000_000, unit="person-days"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Dependency between two initiatives with a lag in working days, which may be negative."""

    id: str
    predecessor_id: str = field(metadata=refers_to("initiatives"))
    successor_id: str = field(metadata=refers_to("initiatives"))
    type: LinkType = LinkType.FINISH_TO_START
    lag_days: float = field(default=0.0, metadata=between(-20_000, 20_000, unit="working days"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an initiative brings at its finish, one of three kinds.

    Maturity: practices `practice_ids` of `team_ids` rise from `from_value` to `to_value` (scores, 0 to 1).
    Stream step: `step_id` goes to `process_hours_after` and `wait_hours_after`.
    Delivery metric: `metric` of `team_ids` or `application_id` moves from `from_value` to `to_value`, in its own unit.
    """

    id: str
    initiative_id: str = field(metadata=refers_to("initiatives"))
    kind: OutcomeKind = OutcomeKind.MATURITY
    team_ids: tuple[str, ...] = field(default=(), metadata=refers_to("teams"))
    practice_ids: tuple[str, ...] = field(default=(), metadata=refers_to("practices"))
    from_value: float | None = None
    to_value: float | None = None
    step_id: str | None = field(default=None, metadata=refers_to("stream_steps"))
    process_hours_after: float | None = field(default=None, metadata=between(0, 1_000_000, unit="hours"))
    wait_hours_after: float | None = field(default=None, metadata=between(0, 1_000_000, unit="hours"))
    metric: DeliveryMetric | None = None
    application_id: str | None = field(default=None, metadata=refers_to("applications"))
    verdict: Verdict = Verdict.PENDING
    note: str = field(default="", metadata=long_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What may go wrong, with a probability from 0 to 1 and its impact in working days and in money."""

    id: str
    name: str = field(metadata=required_text())
    initiative_id: str | None = field(default=None, metadata=refers_to("initiatives"))
    description: str = field(default="", metadata=long_text())
    probability: float = field(default=0.5, metadata=between(0, 1))
    impact_days: float = field(default=0.0, metadata=between(0, 20_000, unit="working days"))
    impact_cost: float | None = field(default=None, metadata=between(0, 1e15))
    response: str = field(default="", metadata=long_text())
    owner: str = ""
    status: RiskStatus = RiskStatus.OPEN
