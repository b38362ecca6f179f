"""What refers to an entity, list by list: its estimates, links, outcomes, answers; to be looked into, added, removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.kinds import REFERENCE_FIELDS, Entity
from planner.editing.naming import name_of
from planner.language import N_, Language
from planner.words import KIND_WORDS

SHOWN: Final = 60
"""Entities a list shows; the number of the others is said."""

_TITLES: Final = {
    ("links", "successor_id"): N_("Waits for"),
    ("links", "predecessor_id"): N_("Others wait for it"),
    ("interactions", "from_team_id"): N_("Works towards"),
    ("interactions", "to_team_id"): N_("Is worked with by"),
    ("initiatives", "parent_id"): N_("Holds"),
    ("units", "parent_id"): N_("Holds units"),
    ("prerequisites", "practice_id"): N_("Builds on"),
    ("prerequisites", "required_practice_id"): N_("Unlocks"),
    ("estimates", "initiative_id"): N_("Effort by team"),
    ("estimates", "team_id"): N_("Effort in initiatives"),
    ("calendar_exceptions", "calendar_id"): N_("Exceptions"),
    ("freezes", "calendar_id"): N_("Change freezes"),
    ("outcomes", "initiative_id"): N_("Outcomes"),
    ("risks", "initiative_id"): N_("Risks"),
    ("criterion_scores", "initiative_id"): N_("Scores"),
    ("targets", "team_id"): N_("Targets"),
    ("applications", "team_id"): N_("Applications"),
    ("stream_steps", "stream_id"): N_("Steps"),
}
"""A reference -> what the list of those that have it is called; others go by the word of their kind."""

_NOT_ADDED: Final = frozenset({"settings", "baselines"})


@dataclass(frozen=True, slots=True)
class Relation:
    """Entities of `kind` whose `field` names the one looked at."""

    kind: str
    field: str
    many: bool

    def title(self, language: Language) -> str:
        """Return what the list is called."""
        special = _TITLES.get((self.kind, self.field))
        if special is not None:
            return language.gettext(special)
        word = language.gettext(KIND_WORDS[self.kind])
        return f"{word[:1].upper()}{word[1:]}"

    @property
    def can_add(self) -> bool:
        """Whether one can be added from here."""
        return self.kind not in _NOT_ADDED


def relations_of(kind: str) -> tuple[Relation, ...]:
    """Return the lists of an entity of `kind`, those with a title of their own first."""
    found = [
        Relation(reference.kind, reference.field, reference.many)
        for reference in REFERENCE_FIELDS
        if reference.target == kind and reference.kind != "settings"
    ]
    order = list(_TITLES)
    found.sort(key=lambda one: order.index((one.kind, one.field)) if (one.kind, one.field) in order else len(order))
    return tuple(found)


def entities_of(engagement: Engagement, relation: Relation, entity_id: str) -> tuple[Entity, ...]:
    """Return the entities of a list, in the order of the engagement."""
    if relation.many:
        return tuple(
            entity for entity in engagement.kind(relation.kind).values() if entity_id in getattr(entity, relation.field)
        )
    return tuple(engagement.referring(relation.kind, relation.field).get(entity_id, ()))


def title_beside(engagement: Engagement, relation: Relation, entity: Entity) -> str:
    """Return what to call an entity of a list: its name, or the names of what else it joins."""
    own = getattr(entity, "name", "")
    if own:
        return " ".join(own.split())
    others = []
    for reference in REFERENCE_FIELDS:
        if reference.kind == relation.kind and reference.field != relation.field and not reference.many:
            target = engagement.kind(reference.target).get(getattr(entity, reference.field) or "")
            if target is not None:
                others.append(name_of(engagement, target))
    return " ".join(" \N{EN DASH} ".join(others).split()) or name_of(engagement, entity)
