"""What holds for one entity by its kind, beyond its fields' own ranges.

Left free on purpose: a score may lie between the options of its scale, for the median of several votes does, and a
model read again may have finer options; progress and status are the coach's own words, an initiative done need not
stand at 100 % (`planner.editing.initiatives` sets it there when nothing else is said).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from planner.domain.assessment import Answer, AnswerState, Assessment
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric, Measurement
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, Outcome, OutcomeKind
from planner.domain.organization import Interaction
from planner.domain.practice import Practice, Prerequisite, Scale
from planner.domain.priority import Criterion, CriterionScore, Formula, FormulaKind
from planner.domain.scenario import Baseline
from planner.domain.settings import SETTINGS_ID, Settings
from planner.editing.naming import name_of

_RATES: Final = (DeliveryMetric.CHANGE_FAIL_RATE, DeliveryMetric.REWORK_RATE)
_WITHOUT_SCORE: Final = (AnswerState.UNANSWERED, AnswerState.NOT_APPLICABLE, AnswerState.OUTSIDE_OUR_CONTROL)
_WITH_REASON: Final = (AnswerState.NOT_APPLICABLE, AnswerState.DECLINED, AnswerState.OUTSIDE_OUR_CONTROL)
_OUTCOME_FIELDS: Final[Mapping[OutcomeKind, tuple[frozenset[str], frozenset[str]]]] = MappingProxyType(
    {
        # kind: (the fields that mean something in it, those it cannot be without)
        OutcomeKind.MATURITY: (
            frozenset({"team_ids", "practice_ids", "from_value", "to_value"}),
            frozenset({"team_ids", "practice_ids", "to_value"}),
        ),
        OutcomeKind.STREAM_STEP: (
            frozenset({"step_id", "process_hours_after", "wait_hours_after"}),
            frozenset({"step_id"}),
        ),
        OutcomeKind.DELIVERY_METRIC: (
            frozenset({"metric", "team_ids", "application_id", "from_value", "to_value"}),
            frozenset({"metric"}),
        ),
    }
)
_OF_SOME_OUTCOME: Final = frozenset[str]().union(*(own for own, _needed in _OUTCOME_FIELDS.values()))


def check_entity(engagement: Engagement, kind: str, entity: Any) -> None:
    """Raise UserError when `entity`, as it stands in `engagement`, breaks a rule of its kind."""
    rule = _RULES.get(kind)
    if rule is not None:
        rule(engagement, entity)


def _settings(_engagement: Engagement, settings: Settings) -> None:
    if settings.id != SETTINGS_ID:
        raise UserError("second-settings", id=settings.id)
    if not re.fullmatch("[A-Z]{3}", settings.currency):
        raise UserError("bad-currency", currency=settings.currency)
    for colour in settings.status_colours:
        if not re.fullmatch("#[0-9a-fA-F]{6}", colour.colour):
            raise UserError("bad-colour", colour=colour.colour)
    factors = settings.readiness_factors
    for number, (before, value) in enumerate(itertools.pairwise(factors), start=2):
        # A factor that rises is a slip of the hand: the rule says that change costs more where readiness is low.
        if value > before:
            raise UserError(
                "factors-rise",
                attribute="readiness_factors",
                number=number,
                value=value,
                previous=number - 1,
                before=before,
            )


def _calendar(_engagement: Engagement, calendar: Calendar) -> None:
    if calendar.weekdays is not None:
        if not calendar.weekdays:
            raise UserError("no-working-weekday", name=calendar.name)
        if list(calendar.weekdays) != sorted(set(calendar.weekdays) & set(range(7))):
            raise UserError("bad-weekdays", name=calendar.name)
    if not calendar.country:
        if calendar.subdivision:
            raise UserError("subdivision-without-country", name=calendar.name)
        return
    subdivisions = _countries().get(calendar.country)
    if subdivisions is None:
        raise UserError("unknown-country", name=calendar.name, country=calendar.country)
    if calendar.subdivision and calendar.subdivision not in subdivisions:
        raise UserError(
            "unknown-subdivision", name=calendar.name, country=calendar.country, subdivision=calendar.subdivision
        )


@lru_cache(maxsize=1)
def _countries() -> dict[str, list[str]]:
    from holidays.utils import list_supported_countries  # noqa: PLC0415  only where a country is named

    countries: dict[str, list[str]] = list_supported_countries(include_aliases=True)
    return countries


def _span(engagement: Engagement, span: CalendarException | Freeze) -> None:
    _in_order(name_of(engagement, span), span.start, span.finish)


def _interaction(engagement: Engagement, interaction: Interaction) -> None:
    if interaction.from_team_id == interaction.to_team_id:
        raise UserError("team-with-itself", name=engagement.teams[interaction.from_team_id].name)
    _in_order(name_of(engagement, interaction), interaction.since, interaction.expected_end)


def _scale(_engagement: Engagement, scale: Scale) -> None:
    scores = [option.score for option in scale.options]
    if not scores or scores != sorted(scores):
        raise UserError("unordered-scale", name=scale.name)


def _practice(engagement: Engagement, practice: Practice) -> None:
    model_id = engagement.dimensions[engagement.themes[practice.theme_id].dimension_id].model_id
    if engagement.scales[practice.scale_id].model_id != model_id:
        raise UserError("scale-of-another-model", name=practice.name, scale=engagement.scales[practice.scale_id].name)


def _prerequisite(engagement: Engagement, prerequisite: Prerequisite) -> None:
    if prerequisite.practice_id == prerequisite.required_practice_id:
        name = engagement.practices[prerequisite.practice_id].name
        raise UserError("prerequisite-circle", names=(name, name))


def _assessment(_engagement: Engagement, assessment: Assessment) -> None:
    _in_order(assessment.name, assessment.held_on, assessment.closed_on)


def _answer(engagement: Engagement, answer: Answer) -> None:
    name = name_of(engagement, answer)
    if answer.state is AnswerState.ANSWERED and answer.score is None:
        raise UserError("answer-without-score", name=name)
    if answer.state in _WITHOUT_SCORE and answer.score is not None:
        raise UserError("score-without-answer", name=name)
    if answer.state in _WITH_REASON and not answer.reason.strip():
        raise UserError("answer-without-reason", name=name)


def _initiative(_engagement: Engagement, initiative: Initiative) -> None:
    name = initiative.name
    _three_points(name, initiative.optimistic_days, initiative.duration_days, initiative.pessimistic_days)
    if (initiative.constraint is ConstraintKind.AS_SOON_AS_POSSIBLE) != (initiative.constraint_date is None):
        raise UserError("constraint-and-date", name=name)
    if initiative.actual_finish is not None and initiative.actual_start is None:
        raise UserError("finished-without-start", name=name)
    _in_order(name, initiative.actual_start, initiative.actual_finish)


def _estimate(engagement: Engagement, estimate: Estimate) -> None:
    _three_points(
        name_of(engagement, estimate), estimate.optimistic_effort, estimate.effort, estimate.pessimistic_effort
    )


def _outcome(engagement: Engagement, outcome: Outcome) -> None:
    name = engagement.initiatives[outcome.initiative_id].name
    own, needed = _OUTCOME_FIELDS[outcome.kind]
    given = {field for field in _OF_SOME_OUTCOME if getattr(outcome, field) not in (None, ())}
    has_two_subjects = {"team_ids", "application_id"} <= given
    has_no_subject = outcome.kind is OutcomeKind.DELIVERY_METRIC and not given & {"team_ids", "application_id"}
    if not needed <= given <= own or has_two_subjects or has_no_subject:
        raise UserError("outcome-of-two-kinds", name=name)
    values = [value for value in (outcome.from_value, outcome.to_value) if value is not None]
    is_share = outcome.kind is OutcomeKind.MATURITY or outcome.metric in _RATES
    if any(value < 0 or (is_share and value > 1) for value in values):
        raise UserError("outcome-out-of-range", name=name)
    if outcome.kind is OutcomeKind.MATURITY and values != sorted(values):
        raise UserError("outcome-falls", name=name)


def _measurement(engagement: Engagement, measurement: Measurement) -> None:
    if (measurement.team_id is None) == (measurement.application_id is None):
        raise UserError("measurement-of-whom", day=measurement.measured_on)
    if measurement.metric in _RATES and measurement.value > 1:
        raise UserError("rate-over-one", name=name_of(engagement, measurement), value=measurement.value)


def _criterion(_engagement: Engagement, criterion: Criterion) -> None:
    if criterion.minimum >= criterion.maximum:
        raise UserError("empty-range", name=criterion.name)


def _criterion_score(engagement: Engagement, score: CriterionScore) -> None:
    criterion = engagement.criteria[score.criterion_id]
    if not criterion.minimum <= score.value <= criterion.maximum:
        raise UserError(
            "score-out-of-criterion",
            name=engagement.initiatives[score.initiative_id].name,
            criterion=criterion.name,
            value=score.value,
            minimum=criterion.minimum,
            maximum=criterion.maximum,
        )


def _formula(_engagement: Engagement, formula: Formula) -> None:
    if (formula.kind is FormulaKind.CUSTOM) != bool(formula.expression.strip()):
        raise UserError("formula-and-expression", name=formula.name)


def _baseline(_engagement: Engagement, baseline: Baseline) -> None:
    for entry in baseline.entries:
        _in_order(entry.name, entry.start, entry.finish)


def _in_order(name: str, start: date | None, finish: date | None) -> None:
    if start is not None and finish is not None and finish < start:
        raise UserError("ends-before-start", name=name, start=start, finish=finish)


def _three_points(name: str, optimistic: float | None, likely: float, pessimistic: float | None) -> None:
    known = [value for value in (optimistic, likely, pessimistic) if value is not None]
    if known != sorted(known):
        raise UserError("unordered-estimate", name=name)


_RULES: Final[Mapping[str, Callable[[Engagement, Any], None]]] = MappingProxyType(
    {
        "settings": _settings,
        "calendars": _calendar,
        "calendar_exceptions": _span,
        "freezes": _span,
        "interactions": _interaction,
        "scales": _scale,
        "practices": _practice,
        "prerequisites": _prerequisite,
        "assessments": _assessment,
        "answers": _answer,
        "initiatives": _initiative,
        "estimates": _estimate,
        "outcomes": _outcome,
        "measurements": _measurement,
        "criteria": _criterion,
        "criterion_scores": _criterion_score,
        "formulas": _formula,
        "baselines": _baseline,
    }
)
