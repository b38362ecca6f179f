"""The words of the domain, translated where they are shown.

Kinds, fields and parts of a file as a message or a form says them (singular, in lower case), and the members of the
closed sets as cells, menus and sheets show them.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any, Final

from planner.domain.assessment import AnswerState
from planner.domain.flow import DeliveryMetric, Waste
from planner.domain.initiative import ConstraintKind, LinkType, OutcomeKind, RiskStatus, Status, Verdict
from planner.domain.organization import InteractionHealth, InteractionMode, Topology
from planner.domain.priority import CriterionRole, FormulaKind
from planner.domain.settings import RollUp
from planner.language import N_

KIND_WORDS: Final[Mapping[str, str]] = {
    "settings": N_("settings"),
    "calendars": N_("calendar"),
    "calendar_exceptions": N_("calendar exception"),
    "freezes": N_("change freeze"),
    "units": N_("unit"),
    "groups": N_("group"),
    "teams": N_("team"),
    "applications": N_("application"),
    "interactions": N_("interaction"),
    "models": N_("maturity model"),
    "dimensions": N_("dimension"),
    "themes": N_("theme"),
    "scales": N_("scale"),
    "practices": N_("practice"),
    "prerequisites": N_("prerequisite"),
    "assessments": N_("assessment"),
    "answers": N_("answer"),
    "votes": N_("vote"),
    "targets": N_("target"),
    "waves": N_("wave"),
    "initiatives": N_("initiative"),
    "estimates": N_("estimate"),
    "links": N_("link"),
    "value_streams": N_("value stream"),
    "stream_steps": N_("value stream step"),
    "measurements": N_("measurement"),
    "outcomes": N_("outcome"),
    "risks": N_("risk"),
    "criteria": N_("criterion"),
    "criterion_scores": N_("criterion score"),
    "formulas": N_("formula"),
    "baselines": N_("baseline"),
    "scenarios": N_("scenario"),
    "initiative_overrides": N_("scenario's initiative"),
    "team_overrides": N_("scenario's team"),
}
"""Kind -> what one entity of it is called."""

FIELD_WORDS: Final[Mapping[str, str]] = {
    "id": N_("identifier"),
    "name": N_("name"),
    "client": N_("client"),
    "created": N_("creation date"),
    "plan_start": N_("start of the plan"),
    "status_date": N_("status date"),
    "calendar_id": N_("calendar"),
    "formula_id": N_("formula"),
    "roll_up": N_("roll-up"),
    "currency": N_("currency"),
    "fiscal_year_start_month": N_("first month of the fiscal year"),
    "cool_down_days": N_("cool-down"),
    "readiness_factors": N_("effort by readiness"),
    "status_colours": N_("status colours"),
    "weekdays": N_("working weekdays"),
    "country": N_("country"),
    "subdivision": N_("region"),
    "hours_per_day": N_("hours a day"),
    "start": N_("start"),
    "finish": N_("finish"),
    "working": N_("working"),
    "reason": N_("reason"),
    "parent_id": N_("parent"),
    "description": N_("description"),
    "position": N_("position"),
    "unit_id": N_("unit"),
    "group_ids": N_("groups"),
    "topology": N_("topology"),
    "headcount": N_("head-count"),
    "change_capacity": N_("capacity for change"),
    "change_limit": N_("change limit"),
    "readiness": N_("readiness"),
    "map_x": N_("place on the map, across"),
    "map_y": N_("place on the map, down"),
    "team_id": N_("team"),
    "from_team_id": N_("from team"),
    "to_team_id": N_("to team"),
    "mode": N_("mode"),
    "health": N_("health"),
    "since": N_("since"),
    "expected_end": N_("expected end"),
    "note": N_("note"),
    "version": N_("version"),
    "source": N_("source"),
    "licence": N_("licence"),
    "released": N_("release date"),
    "model_id": N_("maturity model"),
    "dimension_id": N_("dimension"),
    "options": N_("options"),
    "theme_id": N_("theme"),
    "scale_id": N_("scale"),
    "source_id": N_("source identifier"),
    "level": N_("level"),
    "risk": N_("risk"),
    "measure": N_("measure"),
    "verification": N_("verification"),
    "comments": N_("comments"),
    "descriptors": N_("level descriptors"),
    "knowledge_difficulty": N_("knowledge needed"),
    "time_difficulty": N_("time needed"),
    "resources_difficulty": N_("resources needed"),
    "usefulness": N_("usefulness"),
    "weight": N_("weight"),
    "references": N_("references"),
    "resources": N_("resources"),
    "tags": N_("tags"),
    "practice_id": N_("practice"),
    "required_practice_id": N_("required practice"),
    "minimum_score": N_("minimum score"),
    "held_on": N_("date"),
    "closed_on": N_("closing date"),
    "assessment_id": N_("assessment"),
    "state": N_("state"),
    "score": N_("score"),
    "confidence": N_("confidence"),
    "evidence": N_("evidence"),
    "expiry": N_("expiry"),
    "answer_id": N_("answer"),
    "respondent": N_("respondent"),
    "comment": N_("comment"),
    "due": N_("due date"),
    "owner": N_("owner"),
    "rationale": N_("rationale"),
    "gate": N_("gate"),
    "gate_date": N_("gate date"),
    "passed_on": N_("date passed"),
    "hypothesis": N_("hypothesis"),
    "status": N_("status"),
    "wave_id": N_("wave"),
    "optimistic_days": N_("optimistic duration"),
    "duration_days": N_("duration"),
    "pessimistic_days": N_("pessimistic duration"),
    "constraint": N_("constraint"),
    "constraint_date": N_("constraint date"),
    "deadline": N_("deadline"),
    "progress": N_("progress"),
    "actual_start": N_("actual start"),
    "actual_finish": N_("actual finish"),
    "cost": N_("cost"),
    "initiative_id": N_("initiative"),
    "optimistic_effort": N_("optimistic effort"),
    "effort": N_("effort"),
    "pessimistic_effort": N_("pessimistic effort"),
    "predecessor_id": N_("predecessor"),
    "successor_id": N_("successor"),
    "type": N_("type"),
    "lag_days": N_("lag"),
    "stream_id": N_("value stream"),
    "process_hours": N_("process time"),
    "wait_hours": N_("wait time"),
    "complete_accurate": N_("complete and accurate"),
    "team_ids": N_("teams"),
    "waste": N_("waste"),
    "visibility": N_("visibility"),
    "metric": N_("delivery metric"),
    "measured_on": N_("date"),
    "value": N_("value"),
    "application_id": N_("application"),
    "kind": N_("kind"),
    "practice_ids": N_("practices"),
    "from_value": N_("from"),
    "to_value": N_("to"),
    "step_id": N_("step"),
    "process_hours_after": N_("process time after"),
    "wait_hours_after": N_("wait time after"),
    "verdict": N_("verdict"),
    "probability": N_("probability"),
    "impact_days": N_("impact in days"),
    "impact_cost": N_("impact in money"),
    "response": N_("response"),
    "role": N_("role"),
    "minimum": N_("minimum"),
    "maximum": N_("maximum"),
    "higher_is_better": N_("higher is better"),
    "criterion_id": N_("criterion"),
    "expression": N_("expression"),
    "taken_on": N_("date"),
    "entries": N_("entries"),
    "scenario_id": N_("scenario"),
    "included": N_("included"),
    "effort_factor": N_("effort factor"),
    "text": N_("text"),
    "colour": N_("colour"),
    "framework": N_("framework"),
    "code": N_("code"),
    "url": N_("address"),
}
"""Field -> what it is called."""

PART_WORDS: Final[Mapping[str, str]] = {
    "header": N_("header"),
    "length": N_("length"),
    "seal": N_("seal"),
    "structure": N_("structure"),
    "history": N_("history"),
    "document": N_("version"),
}
"""Part of a file that is no kind -> what it is called."""

STATUS_WORDS: Final = {
    Status.IDEA: N_("Idea"),
    Status.PROPOSED: N_("Proposed"),
    Status.PLANNED: N_("Planned"),
    Status.ACTIVE: N_("Active"),
    Status.DONE: N_("Done"),
    Status.DROPPED: N_("Dropped"),
}

TOPOLOGY_WORDS: Final = {
    Topology.STREAM_ALIGNED: N_("Stream-aligned"),
    Topology.PLATFORM: N_("Platform"),
    Topology.ENABLING: N_("Enabling"),
    Topology.COMPLICATED_SUBSYSTEM: N_("Complicated subsystem"),
    Topology.UNKNOWN: N_("Not yet known"),
}

INTERACTION_MODE_WORDS: Final = {
    InteractionMode.COLLABORATION: N_("Collaboration"),
    InteractionMode.X_AS_A_SERVICE: N_("X-as-a-service"),
    InteractionMode.FACILITATING: N_("Facilitating"),
    InteractionMode.HAND_OFF: N_("Hand-off"),
}

INTERACTION_HEALTH_WORDS: Final = {
    InteractionHealth.OK: N_("OK"),
    InteractionHealth.SLOWING: N_("Slowing"),
    InteractionHealth.BLOCKING: N_("Blocking"),
}

ROLL_UP_WORDS: Final = {
    RollUp.MEAN: N_("Mean, by weight"),
    RollUp.FLOOR: N_("Floor (lowest score)"),
    RollUp.GATE: N_("Level held (ISO/IEC 33020)"),
}

ANSWER_STATE_WORDS: Final = {
    AnswerState.UNANSWERED: N_("Unanswered"),
    AnswerState.ANSWERED: N_("Answered"),
    AnswerState.NOT_APPLICABLE: N_("Not applicable"),
    AnswerState.DECLINED: N_("Declined"),
    AnswerState.OUTSIDE_OUR_CONTROL: N_("Outside our control"),
}

WASTE_WORDS: Final = {
    Waste.PARTIAL_WORK: N_("Unfinished work"),
    Waste.EXTRA_PROCESSES: N_("Needless steps"),
    Waste.EXTRA_FEATURES: N_("Needless features"),
    Waste.TASK_SWITCHING: N_("Task switching"),
    Waste.WAITING: N_("Waiting"),
    Waste.MOTION: N_("Hand-overs"),
    Waste.DEFECTS: N_("Defects"),
    Waste.MANUAL_WORK: N_("Manual work"),
}

METRIC_WORDS: Final = {
    DeliveryMetric.CHANGE_LEAD_TIME: N_("Change lead time"),
    DeliveryMetric.DEPLOYMENT_FREQUENCY: N_("Deployment frequency"),
    DeliveryMetric.RECOVERY_TIME: N_("Failed-deployment recovery time"),
    DeliveryMetric.CHANGE_FAIL_RATE: N_("Change fail rate"),
    DeliveryMetric.REWORK_RATE: N_("Deployment rework rate"),
}

VERDICT_WORDS: Final = {
    Verdict.PENDING: N_("Pending"),
    Verdict.CONFIRMED: N_("Confirmed"),
    Verdict.REFUTED: N_("Refuted"),
    Verdict.INCONCLUSIVE: N_("Inconclusive"),
}

OUTCOME_KIND_WORDS: Final = {
    OutcomeKind.MATURITY: N_("Maturity"),
    OutcomeKind.STREAM_STEP: N_("Value stream step"),
    OutcomeKind.DELIVERY_METRIC: N_("Delivery metric"),
}

CRITERION_ROLE_WORDS: Final = {
    CriterionRole.VISIBILITY: N_("Visibility of impact"),
    CriterionRole.BUSINESS_VALUE: N_("Business value"),
    CriterionRole.TIME_CRITICALITY: N_("Time criticality"),
    CriterionRole.RISK_REDUCTION: N_("Risk reduction"),
    CriterionRole.JOB_SIZE: N_("Job size"),
    CriterionRole.REACH: N_("Reach"),
    CriterionRole.IMPACT: N_("Impact"),
    CriterionRole.CONFIDENCE: N_("Confidence"),
    CriterionRole.EFFORT: N_("Effort"),
    CriterionRole.EASE: N_("Ease"),
    CriterionRole.OTHER: N_("Other"),
}

FORMULA_KIND_WORDS: Final = {
    FormulaKind.VISIBILITY_FIRST: N_("Visibility first"),
    FormulaKind.WSJF: N_("WSJF"),
    FormulaKind.RICE: N_("RICE"),
    FormulaKind.ICE: N_("ICE"),
    FormulaKind.IMPACT_EFFORT: N_("Impact / effort"),
    FormulaKind.CUSTOM: N_("Custom"),
}

CONSTRAINT_WORDS: Final = {
    ConstraintKind.AS_SOON_AS_POSSIBLE: N_("As soon as possible"),
    ConstraintKind.START_NO_EARLIER_THAN: N_("Start no earlier than"),
    ConstraintKind.MUST_START_ON: N_("Must start on"),
}

LINK_TYPE_WORDS: Final = {
    LinkType.FINISH_TO_START: N_("Finish to start"),
    LinkType.START_TO_START: N_("Start to start"),
    LinkType.FINISH_TO_FINISH: N_("Finish to finish"),
    LinkType.START_TO_FINISH: N_("Start to finish"),
}

RISK_STATUS_WORDS: Final = {
    RiskStatus.OPEN: N_("Still open"),
    RiskStatus.MITIGATED: N_("Mitigated"),
    RiskStatus.OCCURRED: N_("Occurred"),
    RiskStatus.CLOSED: N_("Closed"),
}

FORMULA_SENTENCES: Final = {
    FormulaKind.VISIBILITY_FIRST: N_("(visibility + business value + time criticality + risk reduction) / job size"),
    FormulaKind.WSJF: N_("(business value + time criticality + risk reduction) / job size"),
    FormulaKind.RICE: N_("reach × impact × confidence / effort"),
    FormulaKind.ICE: N_("impact × confidence × ease"),
    FormulaKind.IMPACT_EFFORT: N_("impact / effort"),
    FormulaKind.CUSTOM: N_("An expression of your own, over criteria by their names"),
}
"""Kind -> what it works out, in words."""

_CLOSED_SETS: Final[tuple[Mapping[Any, str], ...]] = (
    STATUS_WORDS, TOPOLOGY_WORDS, INTERACTION_MODE_WORDS, INTERACTION_HEALTH_WORDS, ROLL_UP_WORDS, ANSWER_STATE_WORDS,
    WASTE_WORDS, METRIC_WORDS, VERDICT_WORDS, OUTCOME_KIND_WORDS, CRITERION_ROLE_WORDS, FORMULA_KIND_WORDS,
    CONSTRAINT_WORDS, LINK_TYPE_WORDS, RISK_STATUS_WORDS,
)  # fmt: skip

CHOICE_WORDS: Final[Mapping[enum.Enum, str]] = {
    member: word for words in _CLOSED_SETS for member, word in words.items()
}
"""Member of any closed set of the domain -> what it is called."""

UNIT_WORDS: Final[Mapping[str, str]] = {
    "hours": N_("hours"),
    "people": N_("people"),
    "points": N_("points"),
    "working days": N_("working days"),
    "person-days": N_("person-days"),
    "person-days a week": N_("person-days a week"),
    "initiatives at once": N_("initiatives at once"),
}
"""Unit of a field's declaration -> how a form says it after the number."""
