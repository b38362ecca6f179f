"""What belongs to an entity of each kind, in the order it is read: which lists the inspector shows below a form.

The lists stand on the declared references (`planner.domain.kinds.REFERENCE_FIELDS`); this table orders and words those
a person looks for. The settings, which stand for the whole engagement, list what belongs to nobody else: from them
every entity of every kind can be reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.errors import BugError
from planner.domain.kinds import REFERENCE_FIELDS
from planner.language import N_

_MANY: Final = frozenset((reference.kind, reference.field) for reference in REFERENCE_FIELDS if reference.many)
_KNOWN: Final = {(reference.kind, reference.field): reference.target for reference in REFERENCE_FIELDS}


@dataclass(frozen=True, slots=True)
class Relation:
    """Entities of `kind` whose `field` names the one inspected; no field: all of that kind.

    `title` is a message of the catalogues. Only where `grows` are new ones added and others removed here. Those that are
    `loose` name nobody in the field.
    """

    kind: str
    field: str
    title: str
    grows: bool = True
    loose: bool = False

    def entities(self, engagement: Engagement, owner_id: str) -> Sequence[Any]:
        """Return the entities of the list, in their order."""
        if not self.field:
            found: Sequence[Any] = tuple(engagement.kind(self.kind).values())
        else:
            key = None if self.loose else owner_id
            found = engagement.referring(self.kind, self.field).get(key, ())
        if found and hasattr(found[0], "position"):
            return sorted(found, key=lambda entity: (entity.position, entity.id))
        return found

    def values(self, owner_id: str) -> dict[str, Any]:
        """Return the fields a new entity of the list begins with."""
        if not self.field or self.loose:
            return {}
        return {self.field: (owner_id,) if (self.kind, self.field) in _MANY else owner_id}


_OUTCOMES: Final = N_("Outcomes")

_RELATIONS: Final[Mapping[str, tuple[Relation, ...]]] = {
    "settings": (
        Relation("units", "parent_id", N_("Units at the top"), loose=True),
        Relation("groups", "", N_("Groups")),
        Relation("calendars", "", N_("Calendars")),
        Relation("models", "", N_("Maturity models")),
        Relation("assessments", "", N_("Assessments")),
        Relation("waves", "", N_("Waves")),
        Relation("initiatives", "parent_id", N_("Initiatives at the top"), loose=True),
        Relation("risks", "initiative_id", N_("Risks of the whole transformation"), loose=True),
        Relation("value_streams", "", N_("Value streams")),
        Relation("applications", "team_id", N_("Applications of no team"), loose=True),
        Relation("criteria", "", N_("Criteria")),
        Relation("formulas", "", N_("Formulas")),
        Relation("scenarios", "", N_("Scenarios")),
        Relation("baselines", "", N_("Baselines"), grows=False),
    ),
    "calendars": (
        Relation("calendar_exceptions", "calendar_id", N_("Exceptions")),
        Relation("freezes", "calendar_id", N_("Change freezes")),
        Relation("teams", "calendar_id", N_("Teams that work by it"), grows=False),
    ),
    "units": (
        Relation("units", "parent_id", N_("Units inside")),
        Relation("teams", "unit_id", N_("Teams")),
        Relation("value_streams", "unit_id", N_("Value streams")),
    ),
    "groups": (Relation("teams", "group_ids", N_("Teams"), grows=False),),
    "teams": (
        Relation("interactions", "from_team_id", N_("Interactions with others")),
        Relation("interactions", "to_team_id", N_("Interactions from others")),
        Relation("targets", "team_id", N_("Targets")),
        Relation("answers", "team_id", N_("Answers"), grows=False),
        Relation("estimates", "team_id", N_("Work on initiatives")),
        Relation("applications", "team_id", N_("Applications")),
        Relation("measurements", "team_id", N_("Measurements")),
        Relation("stream_steps", "team_ids", N_("Steps of value streams"), grows=False),
        Relation("outcomes", "team_ids", N_("Outcomes it takes part in"), grows=False),
        Relation("team_overrides", "team_id", N_("In scenarios")),
    ),
    "applications": (
        Relation("measurements", "application_id", N_("Measurements")),
        Relation("outcomes", "application_id", _OUTCOMES, grows=False),
    ),
    "models": (
        Relation("dimensions", "model_id", N_("Dimensions")),
        Relation("scales", "model_id", N_("Scales")),
    ),
    "dimensions": (Relation("themes", "dimension_id", N_("Themes")),),
    "themes": (Relation("practices", "theme_id", N_("Practices")),),
    "scales": (Relation("practices", "scale_id", N_("Practices scored on it"), grows=False),),
    "practices": (
        Relation("prerequisites", "practice_id", N_("Builds on")),
        Relation("prerequisites", "required_practice_id", N_("Needed by")),
        Relation("answers", "practice_id", N_("Answers"), grows=False),
        Relation("targets", "practice_id", N_("Targets")),
        Relation("outcomes", "practice_ids", N_("Outcomes that lift it"), grows=False),
    ),
    "assessments": (Relation("answers", "assessment_id", N_("Answers")),),
    "answers": (Relation("votes", "answer_id", N_("Votes")),),
    "waves": (Relation("initiatives", "wave_id", N_("Initiatives")),),
    "initiatives": (
        Relation("estimates", "initiative_id", N_("Work by team")),
        Relation("links", "successor_id", N_("Waits for")),
        Relation("links", "predecessor_id", N_("Is waited for by")),
        Relation("outcomes", "initiative_id", _OUTCOMES),
        Relation("risks", "initiative_id", N_("Risks")),
        Relation("criterion_scores", "initiative_id", N_("Scores")),
        Relation("initiatives", "parent_id", N_("Parts")),
        Relation("initiative_overrides", "initiative_id", N_("In scenarios")),
    ),
    "value_streams": (Relation("stream_steps", "stream_id", N_("Steps")),),
    "stream_steps": (Relation("outcomes", "step_id", N_("Outcomes that improve it"), grows=False),),
    "criteria": (Relation("criterion_scores", "criterion_id", N_("Scores")),),
    "scenarios": (
        Relation("initiative_overrides", "scenario_id", N_("Initiatives changed")),
        Relation("team_overrides", "scenario_id", N_("Teams changed")),
    ),
}
"""Kind -> its lists."""


def relations_of(kind: str) -> tuple[Relation, ...]:
    """Return the lists below the form of a kind; BugError when one stands on no declared reference."""
    relations = _RELATIONS.get(kind, ())
    for relation in relations:
        if relation.field and (relation.kind, relation.field) not in _KNOWN:
            raise BugError(f"{relation.kind}.{relation.field} is no reference")
    return relations


def reachable_from(kind: str) -> frozenset[str]:
    """Return every kind that can be reached from one by going down its lists, itself included."""
    found, waiting = {kind}, [kind]
    while waiting:
        for relation in relations_of(waiting.pop()):
            if relation.kind not in found:
                found.add(relation.kind)
                waiting.append(relation.kind)
    return frozenset(found)
