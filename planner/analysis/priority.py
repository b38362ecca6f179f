"""Which initiative is worth most: the known formulas over the scores coaches gave.

A missing score is missing, not zero: an initiative that lacks one a formula needs has no worth by it, and says which.
WSJF after Reinertsen and SAFe, RICE after Intercom (McBride, 2018), ICE after Ellis.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.priority import Criterion, CriterionRole, FormulaKind

_Role = CriterionRole
_Values = Mapping[CriterionRole, float]


def _over(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator else None


_FORMULAS: Final[Mapping[FormulaKind, tuple[tuple[CriterionRole, ...], Callable[[_Values], float | None]]]] = (
    MappingProxyType(
        {
            FormulaKind.VISIBILITY_FIRST: (
                (_Role.VISIBILITY, _Role.BUSINESS_VALUE, _Role.TIME_CRITICALITY, _Role.RISK_REDUCTION, _Role.JOB_SIZE),
                lambda v: _over(
                    v[_Role.VISIBILITY] + v[_Role.BUSINESS_VALUE] + v[_Role.TIME_CRITICALITY] + v[_Role.RISK_REDUCTION],
                    v[_Role.JOB_SIZE],
                ),
            ),
            FormulaKind.WSJF: (
                (_Role.BUSINESS_VALUE, _Role.TIME_CRITICALITY, _Role.RISK_REDUCTION, _Role.JOB_SIZE),
                lambda v: _over(
                    v[_Role.BUSINESS_VALUE] + v[_Role.TIME_CRITICALITY] + v[_Role.RISK_REDUCTION], v[_Role.JOB_SIZE]
                ),
            ),
            FormulaKind.RICE: (
                (_Role.REACH, _Role.IMPACT, _Role.CONFIDENCE, _Role.EFFORT),
                lambda v: _over(v[_Role.REACH] * v[_Role.IMPACT] * v[_Role.CONFIDENCE], v[_Role.EFFORT]),
            ),
            FormulaKind.ICE: (
                (_Role.IMPACT, _Role.CONFIDENCE, _Role.EASE),
                lambda v: v[_Role.IMPACT] * v[_Role.CONFIDENCE] * v[_Role.EASE],
            ),
            FormulaKind.IMPACT_EFFORT: (
                (_Role.IMPACT, _Role.EFFORT),
                lambda v: _over(v[_Role.IMPACT], v[_Role.EFFORT]),
            ),
        }
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What an initiative is worth by a formula; None with the roles whose scores are `missing`, or by a size of 0."""

    initiative_id: str
    value: float | None
    missing: tuple[CriterionRole, ...] = ()


def role_values(engagement: Engagement, initiative_id: str) -> dict[CriterionRole, float]:
    """Return the weighted scores an initiative holds by role; OTHER serves no known formula.

    Several criteria of one role give it their mean, and nothing until all of them are scored. A benefit of which less
    is better is mirrored in its range; job size and effort divide as they are.
    """
    scores = {
        score.criterion_id: score.value
        for score in engagement.referring("criterion_scores", "initiative_id").get(initiative_id, ())
    }
    values: dict[CriterionRole, float] = {}
    for role, criteria in engagement.referring("criteria", "role").items():
        if role is not CriterionRole.OTHER and all(criterion.id in scores for criterion in criteria):
            values[role] = statistics.fmean(_weighted(criterion, scores[criterion.id]) for criterion in criteria)
    return values


def worth_of(values: Mapping[CriterionRole, float], kind: FormulaKind) -> float | None:
    """Return the worth of scores by a known formula; KeyError for a role it needs, None for a size or effort of 0."""
    _roles, formula = _FORMULAS[kind]
    return formula(values)


def rank(engagement: Engagement, kind: FormulaKind) -> tuple[Worth, ...]:
    """Return every leaf initiative by falling worth, those without one last, in the order of the plan.

    `kind` is any but CUSTOM, which has no known formula (KeyError).
    """
    roles, formula = _FORMULAS[kind]
    found: list[Worth] = []
    for initiative, _depth in engagement.outline():
        if engagement.children_of(initiative.id):
            continue
        values = role_values(engagement, initiative.id)
        missing = tuple(role for role in roles if role not in values)
        found.append(Worth(initiative_id=initiative.id, value=None if missing else formula(values), missing=missing))
    return tuple(sorted(found, key=lambda worth: (worth.value is None, -(worth.value or 0.0))))


def _weighted(criterion: Criterion, value: float) -> float:
    divides = criterion.role in (CriterionRole.JOB_SIZE, CriterionRole.EFFORT)
    if not criterion.higher_is_better and not divides:
        value = criterion.minimum + criterion.maximum - value
    return value * criterion.weight
