"""The plain intents every kind shares: add one, change its fields, remove some. Real intents have their own modules."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from planner.domain.kinds import Entity, kind_of
from planner.editing.naming import name_of
from planner.editing.step import step


def add(engagement: Engagement, entity: Entity) -> Changes:
    """Add a new entity; BugError when its id is taken, UserError when it breaks a rule."""
    kind = kind_of(type(entity))
    if entity.id in engagement.kind(kind):
        raise BugError(f"{kind} {entity.id} is there already")
    after = Engagement.of([entity])
    return step(engagement, Label("add-entity", {"kind": kind, "name": name_of(after, entity)}), put=[entity])


def change(engagement: Engagement, kind: str, entity_id: str, /, **fields: Any) -> Changes:
    """Give fields of one entity new values; UserError when it is not there or the values break a rule."""
    before = find(engagement, kind, entity_id)
    name = name_of(engagement, before)
    if len(fields) == 1:
        (field,) = fields
        label = Label("change-field", {"kind": kind, "attribute": field, "name": name})
    else:
        label = Label("change-entity", {"kind": kind, "name": name})
    return step(engagement, label, put=[dataclasses.replace(before, **fields)])


def change_many(engagement: Engagement, kind: str, changed: Mapping[str, Mapping[str, Any]]) -> Changes:
    """Give fields of several entities of one kind new values, id -> field -> value, in one step that counts them."""
    put = [dataclasses.replace(find(engagement, kind, one), **fields) for one, fields in changed.items()]
    named = {field for fields in changed.values() for field in fields}
    if len(named) == 1:
        label = Label("change-field-of-many", {"kind": kind, "attribute": named.pop(), "count": len(put)})
    else:
        label = Label("change-many", {"kind": kind, "count": len(put)})
    return step(engagement, label, put=put)


def remove(engagement: Engagement, kind: str, ids: Iterable[str]) -> Changes:
    """Remove entities of one kind with what they take along (`planner.editing.references`), in one step."""
    entities = [find(engagement, kind, entity_id) for entity_id in ids]
    if len(entities) == 1:
        label = Label("remove-entity", {"kind": kind, "name": name_of(engagement, entities[0])})
    else:
        label = Label("remove-entities", {"kind": kind, "count": len(entities)})
    return step(engagement, label, remove=entities)


def find(engagement: Engagement, kind: str, entity_id: str) -> Any:
    """Return an entity by kind and id; UserError "unknown-entity" (kind, id) when it is not there."""
    try:
        return engagement.kind(kind)[entity_id]
    except KeyError:
        raise UserError("unknown-entity", kind=kind, id=entity_id) from None
