"""What to call an entity in a message or a step: its own name, or the names of what it joins."""

from __future__ import annotations

from planner.domain.engagement import Engagement
from planner.domain.kinds import REFERENCE_FIELDS, Entity, kind_of

_SHOWN_LENGTH = 80


def name_of(engagement: Engagement, entity: Entity) -> str:
    """Return the entity's name, shortened; for one without a name, those of what it refers to, joined by dashes."""
    own = getattr(entity, "name", "")
    if own:
        return own if len(own) <= _SHOWN_LENGTH else own[: _SHOWN_LENGTH - 1] + "…"
    kind = kind_of(type(entity))
    joined = []
    for reference in REFERENCE_FIELDS:
        if reference.kind == kind and not reference.many:
            target = engagement.kind(reference.target).get(getattr(entity, reference.field))
            if target is not None:
                joined.append(name_of(engagement, target))
    return " \N{EN DASH} ".join(joined) or entity.id
