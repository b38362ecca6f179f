"""What to call an entity: in a message or a step, and anew where its name is taken."""

from __future__ import annotations

from collections.abc import Iterable

from planner.domain.engagement import Engagement
from planner.domain.identity import folded
from planner.domain.kinds import REFERENCE_FIELDS, Entity, kind_of
from planner.editing.field_rules import LONGEST_NAME

_SHOWN_LENGTH = 80
_ROOM_FOR_NUMBER = 10


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


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or with the first number from 2 on that makes it a name nobody bears, never too long for one."""
    there = {folded(name) for name in taken}
    name, number = wanted, 1
    while folded(name) in there:
        number += 1
        name = f"{wanted[: LONGEST_NAME - _ROOM_FOR_NUMBER]} {number}"
    return name
