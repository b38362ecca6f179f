"""Which initiative is worth most: the known formulas over the scores coaches gave.

A missing score is missing, not zero: an initiative that lacks one a formula needs has no worth by it, and says which.
WSJF after Reinertsen and SAFe, RICE after Intercom (McBride, 2018), ICE after Ellis.
"""

from __future__ import annotations

import bisect
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from planner.analysis.effort import effort_of
from planner.analysis.expression import Expression
from planner.domain.engagement import Engagement
from planner.domain.priority import Criterion, CriterionRole, Formula, FormulaKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Role = CriterionRole
_Values = Mapping[CriterionRole, Any]


def _over(numerator: Any, denominator: Any) -> Any:
    """Return a quotient; None of a number by 0, and of columns of them whatever is no number in its place."""
    if isinstance(denominator, (int, float)) and not denominator:
        return None
    return numerator / denominator


_FORMULAS: Final[Mapping[FormulaKind, tuple[tuple[CriterionRole, ...], Callable[[_Values], Any]]]] = MappingProxyType(
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What an initiative is worth by a formula; None with what is `missing`, or where the formula comes to no number.

    By a known formula roles are missing, by the coach's own the criteria it names (their ids).
    """

    initiative_id: str
    value: float | None
    missing: tuple[CriterionRole, ...] = ()
    missing_criteria: tuple[str, ...] = ()


def formula_in_force(engagement: Engagement) -> FormulaKind:
    """Return the kind of the formula the engagement chose; visibility first where it chose none."""
    chosen = engagement.formulas.get(engagement.setting.formula_id or "")
    return FormulaKind.VISIBILITY_FIRST if chosen is None else chosen.kind


def yardstick_in_force(engagement: Engagement) -> Yardstick:
    """Return the formula the engagement chose, ready to measure; raises what `Expression` does for one of its own."""
    chosen = engagement.formulas.get(engagement.setting.formula_id or "")
    criteria = engagement.criteria.values()
    return Yardstick(criteria, FormulaKind.VISIBILITY_FIRST) if chosen is None else yardstick_of(criteria, chosen)


def yardstick_of(criteria: Iterable[Criterion], formula: Formula) -> Yardstick:
    """Return a formula ready to measure; raises what `Expression` does for one of the coach's own."""
    return Yardstick(criteria, formula.kind, formula.expression)


class Yardstick:
    """One formula over one set of criteria, ready to measure any number of initiatives by their scores."""

    def __init__(self, criteria: Iterable[Criterion], kind: FormulaKind, expression: str = "") -> None:
        """Take the criteria of an engagement, and the expression of a CUSTOM formula; raises what `Expression` does."""
        held = tuple(criteria)
        self.custom = Expression(expression, held) if kind is FormulaKind.CUSTOM else None
        self.roles, self._formula = _FORMULAS.get(kind, ((), lambda _values: None))
        self.parts = tuple((role, tuple(one for one in held if one.role is role)) for role in self.roles)

    def measure(self, initiative_id: str, scores: Mapping[str, float]) -> Worth:
        """Return what an initiative is worth by its scores (criterion id -> score)."""
        if self.custom is not None:
            lacking = tuple(one for one in self.custom.criteria if one not in scores)
            value = None if lacking else self.custom.value(scores)
            return Worth(initiative_id=initiative_id, value=value, missing_criteria=lacking)
        if not scores:  # nearly always, in a large plan
            return Worth(initiative_id=initiative_id, value=None, missing=self.roles)
        values = _by_role(self.parts, scores)
        missing = tuple(role for role in self.roles if role not in values)
        return Worth(initiative_id=initiative_id, value=None if missing else self._formula(values), missing=missing)

    def measure_many(self, scores: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return the worths of many scores at once (criterion id -> one-dimensional arrays alike); NaN for none."""
        import numpy as np  # noqa: PLC0415  loaded when used

        count = len(next(iter(scores.values()))) if scores else 1
        if self.custom is not None:
            lacks = any(one not in scores for one in self.custom.criteria)
            return np.full(count, np.nan) if lacks else self.custom.values(scores)
        values: dict[CriterionRole, Any] = {}
        for role, criteria in self.parts:
            if not criteria or any(one.id not in scores for one in criteria):
                return np.full(count, np.nan)
            weighed = [_weighted(one, scores[one.id]) for one in criteria]
            values[role] = sum(weighed) / len(weighed)
        with np.errstate(all="ignore"):
            found = np.asarray(self._formula(values), dtype=np.float64)
        return np.where(np.isfinite(found), found, np.nan)


def worth_of(values: Mapping[CriterionRole, float], kind: FormulaKind) -> float | None:
    """Return the worth of scores by a known formula; KeyError for a role it needs, None for a size or effort of 0."""
    _roles, formula = _FORMULAS[kind]
    worth: float | None = formula(values)
    return worth


class Ranking:
    """Who stands where by falling worth, brought up to date one by one: ten thousand need no sorting for one score."""

    def __init__(self, worths: Iterable[Worth]) -> None:
        """Take the worths of all that can have a place; those without a value have none."""
        self._held = {worth.initiative_id: worth.value for worth in worths if worth.value is not None}
        self._order = sorted((-value, initiative_id) for initiative_id, value in self._held.items())

    def take(self, initiative_id: str, value: float | None) -> None:
        """Give an initiative another worth, or, by None, no place any more."""
        held = self._held.pop(initiative_id, None)
        if held is not None:
            del self._order[bisect.bisect_left(self._order, (-held, initiative_id))]
        if value is not None:
            self._held[initiative_id] = value
            bisect.insort(self._order, (-value, initiative_id))

    def places(self) -> dict[str, int]:
        """Return initiative id -> its place, 1 for the worthiest; equals share theirs."""
        found: dict[str, int] = {}
        place, last = 0, None
        for at, (value, initiative_id) in enumerate(self._order, start=1):
            if value != last:
                place, last = at, value
            found[initiative_id] = place
        return found


def efforts(engagement: Engagement) -> dict[str, float]:
    """Return initiative id -> the person-days it and all it holds cost their teams, their readiness counted in.

    Absent where nothing is estimated.
    """
    found: dict[str, float] = {}
    for initiative_id, estimates in engagement.referring("estimates", "initiative_id").items():
        found[initiative_id] = sum(effort_of(engagement, estimate) for estimate in estimates)
    for initiative, _depth in reversed(engagement.outline()):
        if initiative.parent_id is not None and initiative.id in found:
            found[initiative.parent_id] = found.get(initiative.parent_id, 0.0) + found[initiative.id]
    return found


def scores_of(engagement: Engagement, initiative_id: str) -> dict[str, float]:
    """Return criterion id -> what an initiative scores on it."""
    scores = engagement.referring("criterion_scores", "initiative_id").get(initiative_id, ())
    return {score.criterion_id: score.value for score in scores}


def _by_role(
    parts: Iterable[tuple[CriterionRole, Sequence[Criterion]]], scores: Mapping[str, float]
) -> dict[CriterionRole, float]:
    """Return the weighted scores an initiative holds by role.

    Several criteria of one role give it their mean, and nothing until all of them are scored. A benefit of which less
    is better is mirrored in its range; job size and effort divide as they are.
    """
    values: dict[CriterionRole, float] = {}
    for role, criteria in parts:
        if len(criteria) == 1:  # nearly always, and measured for thousands of initiatives at a time
            score = scores.get(criteria[0].id)
            if score is not None:
                values[role] = _weighted(criteria[0], score)
        elif criteria and all(criterion.id in scores for criterion in criteria):
            values[role] = statistics.fmean(_weighted(criterion, scores[criterion.id]) for criterion in criteria)
    return values


def _weighted(criterion: Criterion, value: Any) -> Any:
    """Return a score, or a column of them, as its criterion counts it."""
    divides = criterion.role in (CriterionRole.JOB_SIZE, CriterionRole.EFFORT)
    if not criterion.higher_is_better and not divides:
        value = criterion.minimum + criterion.maximum - value
    return value * criterion.weight
