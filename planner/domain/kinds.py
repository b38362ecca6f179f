"""The kinds of entity an engagement holds: one plural name each, used by the file, the open format and the changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from planner.domain.assessment import Answer, Assessment, Target, Vote
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.errors import BugError
from planner.domain.fields import meanings_of
from planner.domain.flow import Measurement, StreamStep, ValueStream
from planner.domain.initiative import Estimate, Initiative, Link, Outcome, Risk, Wave
from planner.domain.organization import Application, Group, Interaction, Team, Unit
from planner.domain.practice import Dimension, MaturityModel, Practice, Prerequisite, Scale, Theme
from planner.domain.priority import Criterion, CriterionScore, Formula
from planner.domain.scenario import Baseline, InitiativeOverride, Scenario, TeamOverride
from planner.domain.settings import Settings

Entity: TypeAlias = (
    Settings
    | Calendar
    | CalendarException
    | Freeze
    | Unit
    | Group
    | Team
    | Application
    | Interaction
    | MaturityModel
    | Dimension
    | Theme
    | Scale
    | Practice
    | Prerequisite
    | Assessment
    | Answer
    | Vote
    | Target
    | Wave
    | Initiative
    | Estimate
    | Link
    | ValueStream
    | StreamStep
    | Measurement
    | Outcome
    | Risk
    | Criterion
    | CriterionScore
    | Formula
    | Baseline
    | Scenario
    | InitiativeOverride
    | TeamOverride
)

KINDS: Final[Mapping[str, type[Entity]]] = MappingProxyType(
    {
        # Ordered so that what an entity refers to comes before it, save for references within one kind and the
        # engagement's settings, which choose among entities.
        "settings": Settings,
        "calendars": Calendar,
        "calendar_exceptions": CalendarException,
        "freezes": Freeze,
        "units": Unit,
        "groups": Group,
        "teams": Team,
        "applications": Application,
        "interactions": Interaction,
        "models": MaturityModel,
        "dimensions": Dimension,
        "themes": Theme,
        "scales": Scale,
        "practices": Practice,
        "prerequisites": Prerequisite,
        "assessments": Assessment,
        "answers": Answer,
        "votes": Vote,
        "targets": Target,
        "waves": Wave,
        "initiatives": Initiative,
        "estimates": Estimate,
        "links": Link,
        "value_streams": ValueStream,
        "stream_steps": StreamStep,
        "measurements": Measurement,
        "outcomes": Outcome,
        "risks": Risk,
        "criteria": Criterion,
        "criterion_scores": CriterionScore,
        "formulas": Formula,
        "baselines": Baseline,
        "scenarios": Scenario,
        "initiative_overrides": InitiativeOverride,
        "team_overrides": TeamOverride,
    }
)
"""Kind -> entity class."""

_KIND_OF: Final[Mapping[type[Entity], str]] = MappingProxyType({cls: kind for kind, cls in KINDS.items()})


@dataclasses.dataclass(frozen=True, slots=True)
class ReferenceField:
    """`field` of every entity of `kind` holds an id (or, with `many`, a tuple of ids) of `target`."""

    kind: str
    field: str
    target: str
    many: bool
    optional: bool


def kind_of(entity_type: type[Entity]) -> str:
    """Return the plural name of an entity class; BugError for anything else."""
    try:
        return _KIND_OF[entity_type]
    except KeyError:
        raise BugError(f"{entity_type!r} is not an entity") from None


def _reference_fields() -> tuple[ReferenceField, ...]:
    found = []
    for kind, entity_type in KINDS.items():
        annotations = {field.name: str(field.type) for field in dataclasses.fields(entity_type)}
        for name, meaning in meanings_of(entity_type).items():
            if meaning.refers_to is not None:
                annotation = annotations[name]
                found.append(
                    ReferenceField(
                        kind, name, meaning.refers_to, annotation.startswith("tuple"), annotation.endswith("None")
                    )
                )
    return tuple(found)


REFERENCE_FIELDS: Final[tuple[ReferenceField, ...]] = _reference_fields()
"""Every reference between entities, in the order of `KINDS`."""
