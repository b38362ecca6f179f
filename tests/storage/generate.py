"""Random entities and random steps over them, for every kind there is: what the file must carry without a scratch.

The values keep to the types and references of the domain, not to the editing rules: the file must hold more than the
rules let pass today.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from planner.domain.changes import Changes, Label, build_changes
from planner.domain.engagement import Engagement
from planner.domain.kinds import KINDS, REFERENCE_FIELDS, Entity
from planner.domain.settings import Settings
from planner.storage.columns import Column, Form, plans

TEXTS = (
    "",
    "Équipe « Données »",
    "=1+1",
    "two\nlines\tand a tab",
    "日本語 😀",
    "'; DROP TABLE teams; --",
    "null\x00byte",
    "RBseal1\x00",
    "x" * 9_000,
    "0",
)
NUMBERS = (0.0, 0.1, 1.0, 5, -3.5, 1e15, 1 / 3, 5e-324, 1.7976931348623157e308)
WHOLE = (0, 1, 5, -1, 2**62)


def start(name: str = "Beginning") -> Engagement:
    """Return an engagement with nothing in it but its settings."""
    return Engagement.of([Settings(name=name, created=date(2026, 1, 5))])


def fill(random: Random, rounds: int = 1) -> Engagement:
    """Return an engagement holding `rounds` entities of every kind."""
    engagement = start()
    for number in range(rounds):
        for kind in KINDS:
            if kind != "settings":
                entity = make(random, engagement, kind, f"{kind}-{number}")
                if entity is not None:
                    engagement = engagement.apply(step(engagement, put=[entity]))
    return engagement


def step(engagement: Engagement, *, put: Any = (), remove: Any = ()) -> Changes:
    """Return one step under a label with a value of every type."""
    label = Label("test", {"name": "Étape", "day": date(2026, 3, 3), "count": 3, "share": 0.5})
    return build_changes(engagement.by_kind(), label, put=put, remove=remove)


def random_step(random: Random, engagement: Engagement) -> Changes:
    """Return a step that creates, changes and removes a few entities of random kinds, no reference left dangling."""
    put: dict[str, Entity] = {}
    for _ in range(random.randint(1, 3)):
        kind = random.choice(list(KINDS))
        present = list(engagement.kind(kind).values())
        if present and (kind == "settings" or random.random() < 0.5):
            changed = make(random, engagement, kind, random.choice(present).id)
        elif kind != "settings":
            changed = make(random, engagement, kind, f"{kind}-{random.getrandbits(40):x}")
        else:
            changed = None
        if changed is not None:
            put[changed.id] = changed
    needed = {target for entity in put.values() for target in references_of(entity)}
    removable = [
        entity
        for kind, entities in engagement.by_kind().items()
        for entity in entities.values()
        if kind != "settings" and entity.id not in needed and entity.id not in put
    ]
    removed: list[Entity] = []
    if removable and random.random() < 0.4:
        first = random.choice(removable)
        if not any(
            first.id in references_of(entity)
            for entities in engagement.by_kind().values()
            for entity in entities.values()
        ):
            removed.append(first)
    return step(engagement, put=put.values(), remove=removed)


def references_of(entity: Entity) -> Iterator[str]:
    """Yield the ids `entity` refers to."""
    for reference in REFERENCE_FIELDS:
        if KINDS[reference.kind] is type(entity):
            value = getattr(entity, reference.field)
            yield from value if isinstance(value, tuple) else (value,) if value is not None else ()


def make(random: Random, engagement: Engagement, kind: str, entity_id: str) -> Entity | None:
    """Return a random entity of `kind`; None when what it must refer to is not there yet."""
    plan = plans()[kind]
    values: dict[str, Any] = {}
    for column in plan.columns:
        if column.name == "id":
            values["id"] = entity_id
            continue
        choices = [*engagement.kind(column.refers_to)] if column.refers_to else None
        if column.optional and (random.random() < 0.3 or choices == []):
            values[column.name] = None
        elif choices is not None:
            if not choices:
                return None
            values[column.name] = random.choice(choices)
        else:
            values[column.name] = _value(random, column)
    for listed in plan.lists:
        targets = list(engagement.kind(listed.refers_to))
        values[listed.field] = tuple(random.choices(targets, k=random.randint(0, 3))) if targets else ()
    return plan.entity_type(**values)


def _value(random: Random, column: Column) -> Any:
    if column.form is Form.ENUM:
        return random.choice(list(column.value_type))
    if column.form is Form.JSON:
        (item_type, *others) = typing.get_args(column.value_type)
        count = random.randint(0, 3) if others == [Ellipsis] else 1 + len(others)
        return tuple(_item(random, item_type) for _ in range(count))
    simple = {Form.TEXT: str, Form.INTEGER: int, Form.REAL: float, Form.BOOLEAN: bool, Form.DATE: date}
    return _item(random, simple[column.form])


def _item(random: Random, item_type: Any) -> Any:
    if dataclasses.is_dataclass(item_type) and isinstance(item_type, type):
        hints = typing.get_type_hints(item_type)
        return item_type(**{name: _item(random, hint) for name, hint in hints.items()})
    if typing.get_origin(item_type) is tuple:
        return tuple(random.choice(TEXTS) for _ in range(2))
    if item_type is date:
        return _day(random)
    choices = {str: TEXTS, int: WHOLE, float: NUMBERS, bool: (False, True)}
    return random.choice(choices[item_type] if item_type in choices else list(item_type))


def _day(random: Random) -> date:
    return random.choice((date.min, date.max, date(2026, 1, 1) + timedelta(days=random.randint(0, 900))))
