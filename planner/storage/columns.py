"""Which table and which columns hold each kind of entity, read from the domain's own declarations.

A single reference is a column with a foreign key; a tuple of references is a table of its own (owner, position,
target); every other tuple is JSON text in its column. `rows` moves values by this plan, `tables` turns it into SQL.
"""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from planner.domain.errors import BugError
from planner.domain.fields import meanings_of
from planner.domain.kinds import KINDS, Entity


class Form(enum.Enum):
    """How a value is kept: the first four as they are, the others as text or whole number."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    BOOLEAN = "boolean"
    DATE = "date"
    ENUM = "enum"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field of an entity in its table; `value_type` is the enum of an ENUM, the whole type of a JSON."""

    name: str
    form: Form
    optional: bool
    value_type: Any
    refers_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTable:
    """A tuple of references: table `name` with owner_id, position, target_id."""

    name: str
    field: str
    refers_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where the entities of one kind live: the table of the kind's name and the tables of its lists."""

    kind: str
    entity_type: type[Entity]
    columns: tuple[Column, ...]
    lists: tuple[ListTable, ...]


_SIMPLE: Final[Mapping[Any, Form]] = {
    str: Form.TEXT,
    bool: Form.BOOLEAN,
    int: Form.INTEGER,
    float: Form.REAL,
    date: Form.DATE,
}


@lru_cache(maxsize=1)
def plans() -> Mapping[str, Plan]:
    """Return kind -> plan, in the order of `KINDS`."""
    return {kind: _plan(kind, entity_type) for kind, entity_type in KINDS.items()}


def _plan(kind: str, entity_type: type[Entity]) -> Plan:
    columns: list[Column] = []
    lists: list[ListTable] = []
    hints = typing.get_type_hints(entity_type)
    meanings = meanings_of(entity_type)
    for field in dataclasses.fields(entity_type):
        value_type, optional = _without_none(hints[field.name])
        refers_to = meanings[field.name].refers_to
        is_tuple = typing.get_origin(value_type) is tuple
        if is_tuple and refers_to is not None:
            lists.append(ListTable(name=f"{kind}_{field.name}", field=field.name, refers_to=refers_to))
            continue
        if is_tuple:
            form = Form.JSON
        elif isinstance(value_type, type) and issubclass(value_type, enum.Enum):
            form = Form.ENUM
        elif value_type in _SIMPLE:
            form = _SIMPLE[value_type]
        else:
            raise BugError(f"no column can hold {kind}.{field.name}: {value_type!r}")
        columns.append(
            Column(name=field.name, form=form, optional=optional, value_type=value_type, refers_to=refers_to)
        )
    return Plan(kind=kind, entity_type=entity_type, columns=tuple(columns), lists=tuple(lists))


def _without_none(hint: Any) -> tuple[Any, bool]:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        kept = [part for part in typing.get_args(hint) if part is not types.NoneType]
        if len(kept) != 1:
            raise BugError(f"a field of several types has no column: {hint!r}")
        return kept[0], True
    return hint, False
