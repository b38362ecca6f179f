"""What giving one field a value means for the fields beside it, and which entities can no longer change.

A form sets one field at a time; some values only make sense together (a constraint and its date, a state and its
score). `complete` adds what goes without saying, so that no form has to be filled in the one order the rules allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from planner.domain.assessment import AnswerState
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, OutcomeKind, Status
from planner.domain.priority import FormulaKind
from planner.editing import entities, priorities

Values = Mapping[str, Any]

_OUTCOME_FIELDS: Final[Mapping[OutcomeKind, frozenset[str]]] = MappingProxyType(
    {
        OutcomeKind.MATURITY: frozenset({"team_ids", "practice_ids", "from_value", "to_value"}),
        OutcomeKind.STREAM_STEP: frozenset({"step_id", "process_hours_after", "wait_hours_after"}),
        OutcomeKind.DELIVERY_METRIC: frozenset({"metric", "team_ids", "application_id", "from_value", "to_value"}),
    }
)
_OF_SOME_OUTCOME: Final = frozenset[str]().union(*_OUTCOME_FIELDS.values())
_WITHOUT_SCORE: Final = (AnswerState.UNANSWERED, AnswerState.NOT_APPLICABLE, AnswerState.OUTSIDE_OUR_CONTROL)


def set_fields(engagement: Engagement, kind: str, ids: Iterable[str], values: Values) -> Changes:
    """Give one or several entities of a kind the same values, with what goes along, in one step; UserError if not."""
    changed = {
        entity_id: complete(engagement, kind, entities.find(engagement, kind, entity_id), values) for entity_id in ids
    }
    if len(changed) > 1:
        return entities.change_many(engagement, kind, changed)
    ((entity_id, fields),) = changed.items()
    if kind == "criteria":  # formulas name them
        return priorities.change_criterion(engagement, entity_id, **fields)
    return entities.change(engagement, kind, entity_id, **fields)


def complete(engagement: Engagement, kind: str, entity: Any, values: Values) -> dict[str, Any]:
    """Return `values` for one entity with those of the fields that go along; what is said is never overruled."""
    along = _ALONG.get(kind)
    return {**(along(engagement, entity, values) if along is not None else {}), **values}


def applicable(kind: str, entity: Any, field: str) -> bool:
    """Tell whether a field means anything for this entity: each kind of outcome has fields of its own."""
    return kind != "outcomes" or field not in _OF_SOME_OUTCOME or field in _OUTCOME_FIELDS[entity.kind]


def why_fixed(engagement: Engagement, kind: str, entity: Any) -> UserError | None:
    """Return why an entity can no longer change; None while it can."""
    if kind == "baselines":
        return UserError("baseline-changed", name=entity.name)
    assessment = None
    if kind == "assessments":
        assessment = engagement.assessments.get(entity.id)
    elif kind == "answers":
        assessment = engagement.assessments.get(entity.assessment_id)
    elif kind == "votes" and entity.answer_id in engagement.answers:
        assessment = engagement.assessments.get(engagement.answers[entity.answer_id].assessment_id)
    if assessment is None or assessment.closed_on is None:
        return None
    return UserError("closed-assessment", name=assessment.name)


def _initiative(engagement: Engagement, initiative: Any, values: Values) -> dict[str, Any]:
    along: dict[str, Any] = {}
    if values.get("status") is Status.DONE and initiative.status is not Status.DONE:
        along["progress"] = 1.0
    if "constraint" in values:
        if values["constraint"] is ConstraintKind.AS_SOON_AS_POSSIBLE:
            along["constraint_date"] = None
        elif initiative.constraint_date is None:
            along["constraint_date"] = engagement.first_day
    elif "constraint_date" in values:
        if values["constraint_date"] is None:
            along["constraint"] = ConstraintKind.AS_SOON_AS_POSSIBLE
        elif initiative.constraint is ConstraintKind.AS_SOON_AS_POSSIBLE:
            along["constraint"] = ConstraintKind.START_NO_EARLIER_THAN
    if values.get("actual_finish") is not None and initiative.actual_start is None:
        along["actual_start"] = values["actual_finish"]
    return along


def _answer(_engagement: Engagement, answer: Any, values: Values) -> dict[str, Any]:
    if values.get("state") in _WITHOUT_SCORE:
        return {"score": None}
    if "state" not in values and values.get("score") is not None and answer.state in _WITHOUT_SCORE:
        return {"state": AnswerState.ANSWERED}
    return {}


def _outcome(_engagement: Engagement, outcome: Any, values: Values) -> dict[str, Any]:
    along: dict[str, Any] = {}
    if "kind" in values and values["kind"] is not outcome.kind:
        for field in _OF_SOME_OUTCOME - _OUTCOME_FIELDS[values["kind"]]:
            along[field] = () if isinstance(getattr(outcome, field), tuple) else None
    kind = values.get("kind", outcome.kind)
    if kind is OutcomeKind.DELIVERY_METRIC:
        along |= _one_of(values, "team_ids", "application_id", ())
    return along


def _measurement(_engagement: Engagement, _measurement: Any, values: Values) -> dict[str, Any]:
    return _one_of(values, "team_id", "application_id", None)


def _one_of(values: Values, first: str, second: str, nothing: Any) -> dict[str, Any]:
    """Return what empties the other one of two fields when one of them is given."""
    if values.get(first):
        return {second: None}
    return {first: nothing} if values.get(second) else {}


def _formula(_engagement: Engagement, _formula: Any, values: Values) -> dict[str, Any]:
    if values.get("expression", "").strip() and "kind" not in values:
        return {"kind": FormulaKind.CUSTOM}
    if "kind" in values and values["kind"] is not FormulaKind.CUSTOM:
        return {"expression": ""}
    return {}


def _calendar(_engagement: Engagement, calendar: Any, values: Values) -> dict[str, Any]:
    return {"subdivision": ""} if values.get("country", calendar.country) != calendar.country else {}


_ALONG: Final[Mapping[str, Callable[[Engagement, Any, Values], dict[str, Any]]]] = MappingProxyType(
    {
        "initiatives": _initiative,
        "answers": _answer,
        "outcomes": _outcome,
        "measurements": _measurement,
        "formulas": _formula,
        "calendars": _calendar,
    }
)
