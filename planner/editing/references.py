"""What a removal takes along: one table over every reference between entities, applied until nothing dangles.

REMOVE: the one that refers goes too (a team's answers). CLEAR: it stays and forgets (an initiative's wave); a list of
references loses that one. REFUSE: it would lose its meaning, so the removal is refused as long as it stays (a scale in
use). All of a removal is one step; undo brings everything back.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Outcome, OutcomeKind
from planner.domain.kinds import REFERENCE_FIELDS, Entity, ReferenceField, kind_of
from planner.editing.naming import name_of


class OnRemoval(enum.Enum):
    """What happens to an entity when what it refers to is removed."""

    REMOVE = "remove"
    CLEAR = "clear"
    REFUSE = "refuse"


_R, _C = OnRemoval.REMOVE, OnRemoval.CLEAR

ON_REMOVAL: Final[Mapping[tuple[str, str], OnRemoval]] = MappingProxyType(
    {
        ("settings", "calendar_id"): _C,
        ("settings", "formula_id"): _C,
        ("calendar_exceptions", "calendar_id"): _R,
        ("freezes", "calendar_id"): _R,
        ("units", "parent_id"): _R,
        ("teams", "unit_id"): _R,
        ("teams", "group_ids"): _C,
        ("teams", "calendar_id"): _C,
        ("applications", "team_id"): _C,
        ("interactions", "from_team_id"): _R,
        ("interactions", "to_team_id"): _R,
        ("dimensions", "model_id"): _R,
        ("themes", "dimension_id"): _R,
        ("scales", "model_id"): _R,
        ("practices", "theme_id"): _R,
        ("practices", "scale_id"): OnRemoval.REFUSE,
        ("prerequisites", "practice_id"): _R,
        ("prerequisites", "required_practice_id"): _R,
        ("answers", "assessment_id"): _R,
        ("answers", "team_id"): _R,
        ("answers", "practice_id"): _R,
        ("votes", "answer_id"): _R,
        ("targets", "team_id"): _R,
        ("targets", "practice_id"): _R,
        ("initiatives", "parent_id"): _R,
        ("initiatives", "wave_id"): _C,
        ("estimates", "initiative_id"): _R,
        ("estimates", "team_id"): _R,
        ("links", "predecessor_id"): _R,
        ("links", "successor_id"): _R,
        ("value_streams", "unit_id"): _C,
        ("stream_steps", "stream_id"): _R,
        ("stream_steps", "team_ids"): _C,
        ("measurements", "team_id"): _R,
        ("measurements", "application_id"): _R,
        ("outcomes", "initiative_id"): _R,
        ("outcomes", "team_ids"): _C,
        ("outcomes", "practice_ids"): _C,
        ("outcomes", "step_id"): _R,
        ("outcomes", "application_id"): _R,
        ("risks", "initiative_id"): _R,
        ("criterion_scores", "initiative_id"): _R,
        ("criterion_scores", "criterion_id"): _R,
        ("initiative_overrides", "scenario_id"): _R,
        ("initiative_overrides", "initiative_id"): _R,
        ("team_overrides", "scenario_id"): _R,
        ("team_overrides", "team_id"): _R,
    }
)
"""(kind, field) that refers -> what happens to it when its target is removed."""

_REFERRING_TO: Final[Mapping[str, tuple[ReferenceField, ...]]] = MappingProxyType(
    {
        target: tuple(reference for reference in REFERENCE_FIELDS if reference.target == target)
        for target in {reference.target for reference in REFERENCE_FIELDS}
    }
)


def references_to(kind: str) -> tuple[ReferenceField, ...]:
    """Return every reference field that may hold ids of `kind`."""
    return _REFERRING_TO.get(kind, ())


def removal(engagement: Engagement, entities: Iterable[Entity]) -> tuple[list[Entity], list[Entity]]:
    """Return (put, remove): what a removal of `entities` changes and all it takes along.

    Raises UserError "still-in-use" (kind, name, user_kind, user_name) for a reference that refuses.
    """
    removed: dict[tuple[str, str], Entity] = {}
    cleared: dict[tuple[str, str], Any] = {}
    refusing: list[tuple[Entity, tuple[str, str], Entity]] = []
    waiting = list(entities)
    while waiting:
        entity = waiting.pop()
        key = (kind_of(type(entity)), entity.id)
        if key in removed:
            continue
        removed[key] = entity
        for reference, referrer in _referrers(engagement, *key):
            referrer_key = (reference.kind, referrer.id)
            match ON_REMOVAL[reference.kind, reference.field]:
                case OnRemoval.REMOVE:
                    waiting.append(referrer)
                case OnRemoval.REFUSE:
                    refusing.append((entity, referrer_key, referrer))
                case OnRemoval.CLEAR:
                    left = _forget(cleared.get(referrer_key, referrer), reference, entity.id)
                    cleared[referrer_key] = left
                    if _is_empty(left):
                        waiting.append(referrer)
    for entity, user_key, user in refusing:
        if user_key not in removed:
            raise UserError(
                "still-in-use",
                kind=kind_of(type(entity)),
                name=name_of(engagement, entity),
                user_kind=user_key[0],
                user_name=name_of(engagement, user),
            )
    return [entity for key, entity in cleared.items() if key not in removed], list(removed.values())


def _referrers(engagement: Engagement, kind: str, entity_id: str) -> list[tuple[ReferenceField, Any]]:
    return [
        (reference, referrer)
        for reference in references_to(kind)
        for referrer in engagement.referring(reference.kind, reference.field).get(entity_id, ())
    ]


def _forget(entity: Any, reference: ReferenceField, target_id: str) -> Any:
    if reference.many:
        left = tuple(held for held in getattr(entity, reference.field) if held != target_id)
        return dataclasses.replace(entity, **{reference.field: left})
    return dataclasses.replace(entity, **{reference.field: None})


def _is_empty(entity: Entity) -> bool:
    """Tell whether an outcome has nothing left to lift."""
    if not isinstance(entity, Outcome):
        return False
    if entity.kind is OutcomeKind.MATURITY:
        return not entity.team_ids or not entity.practice_ids
    return entity.kind is OutcomeKind.DELIVERY_METRIC and not entity.team_ids and entity.application_id is None
