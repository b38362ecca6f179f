"""What makes one initiative come before another: criteria, the scores given on them, the formulas over them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from planner.domain.fields import between, long_text, refers_to, required_text


class CriterionRole(enum.Enum):
    """The part a criterion plays in the known formulas; OTHER serves custom ones alone."""

    VISIBILITY = "visibility"
    BUSINESS_VALUE = "business-value"
    TIME_CRITICALITY = "time-criticality"
    RISK_REDUCTION = "risk-reduction"
    JOB_SIZE = "job-size"
    REACH = "reach"
    IMPACT = "impact"
    CONFIDENCE = "confidence"
    EFFORT = "effort"
    EASE = "ease"
    OTHER = "other"


class FormulaKind(enum.Enum):
    """Which formula ranks; CUSTOM is the coach's own expression over criterion names."""

    VISIBILITY_FIRST = "visibility-first"
    WSJF = "wsjf"
    RICE = "rice"
    ICE = "ice"
    IMPACT_EFFORT = "impact-effort"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A number the coach scores initiatives on, between `minimum` and `maximum`."""

    id: str
    name: str = field(metadata=required_text())
    role: CriterionRole = CriterionRole.OTHER
    minimum: float = 1.0
    maximum: float = 10.0
    weight: float = field(default=1.0, metadata=between(0, 1_000))
    higher_is_better: bool = True
    description: str = field(default="", metadata=long_text())
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore:
    """What one initiative scores on one criterion; a missing one is missing, not zero."""

    id: str
    initiative_id: str = field(metadata=refers_to("initiatives"))
    criterion_id: str = field(metadata=refers_to("criteria"))
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A way to turn criteria into one worth; `expression` is used by CUSTOM alone."""

    id: str
    name: str = field(metadata=required_text())
    kind: FormulaKind = FormulaKind.VISIBILITY_FIRST
    expression: str = ""
    position: int = 0
