"""Rows to entities and back: the whole engagement read at once, the entities of one step written.

Reading is what opening a file mostly costs, so it works on whole columns: a column is converted with one `map` over
C functions and set on its entities through their slots, which passes by the frozen `__init__` (entities have no
`__post_init__`; a test says so). Repeated dates and JSON texts are converted once and shared.
"""

from __future__ import annotations

import gc
import math
import sqlite3
import typing
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import chain, repeat
from typing import Any, Final

import msgspec

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError
from planner.domain.kinds import Entity
from planner.storage.columns import Column, Form, ListTable, Plan, plans


class UnreadableError(Exception):
    """A table holds what no Roadbook writes; `place` names the table."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def read_engagement(connection: sqlite3.Connection) -> Engagement:
    """Return everything in the file; UnreadableError for values no entity can have or references that lead nowhere."""
    collecting = gc.isenabled()
    gc.disable()  # nothing made here is garbage, and looking for it among so many new objects takes as long again
    try:
        return Engagement.adopt(_read_kinds(connection))
    finally:
        if collecting:
            gc.enable()


def _read_kinds(connection: sqlite3.Connection) -> dict[str, dict[str, Entity]]:
    by_kind: dict[str, dict[str, Entity]] = {}
    sought: list[tuple[str, str, set[Any]]] = []
    for plan in plans().values():
        try:
            by_kind[plan.kind] = _read_kind(connection, plan, sought)
        except (ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
            raise UnreadableError(plan.kind) from error
    for place, target, ids in sought:
        ids.discard(None)
        if not ids <= by_kind[target].keys():
            raise UnreadableError(place)
    if len(by_kind["settings"]) != 1 or "settings" not in by_kind["settings"]:
        raise UnreadableError("settings")
    return by_kind


def _read_kind(
    connection: sqlite3.Connection, plan: Plan, sought: list[tuple[str, str, set[Any]]]
) -> dict[str, Entity]:
    found = connection.execute(_select(plan)).fetchall()
    for listed in plan.lists if not found else ():
        if connection.execute(f'SELECT 1 FROM "{listed.name}" LIMIT 1').fetchone():  # noqa: S608  our own names
            raise UnreadableError(listed.name)
    if not found:
        return {}
    by_column = list(zip(*found, strict=True))
    new: Callable[[Any], Entity] = plan.entity_type.__new__
    entities: list[Any] = list(map(new, repeat(plan.entity_type, len(found))))
    for column, values in zip(plan.columns, by_column, strict=True):
        _set_field(plan, column.name, entities, _converted(column, values))
        if column.refers_to is not None:
            sought.append((plan.kind, column.refers_to, set(values)))
    ids: Sequence[str] = by_column[[column.name for column in plan.columns].index("id")]
    for listed in plan.lists:
        targets_of = _read_list(connection, listed, sought)
        if not targets_of.keys() <= set(ids):
            raise UnreadableError(listed.name)
        _set_field(plan, listed.field, entities, [targets_of.get(entity_id, ()) for entity_id in ids])
    by_id = dict(zip(ids, entities, strict=True))
    if len(by_id) != len(found):
        raise UnreadableError(plan.kind)
    return by_id


def _read_list(
    connection: sqlite3.Connection, listed: ListTable, sought: list[tuple[str, str, set[Any]]]
) -> dict[str, tuple[str, ...]]:
    collected: dict[str, list[str]] = {}
    for owner_id, target_id in connection.execute(
        f'SELECT owner_id, target_id FROM "{listed.name}" ORDER BY owner_id, position'  # noqa: S608  our own names
    ):
        collected.setdefault(owner_id, []).append(target_id)
    sought.append((listed.name, listed.refers_to, set(chain.from_iterable(collected.values()))))
    return {owner_id: tuple(target_ids) for owner_id, target_ids in collected.items()}


def _set_field(plan: Plan, name: str, entities: list[Any], values: Iterable[Any]) -> None:
    slot = getattr(plan.entity_type, name)
    deque(map(slot.__set__, entities, values), maxlen=0)


def _converted(column: Column, values: Sequence[Any]) -> Iterable[Any]:
    convert = _converter(column)
    if convert is None:
        return values
    converted = {stored: convert(stored) for stored in set(values) if stored is not None}
    if column.optional:
        converted[None] = None
    return map(converted.__getitem__, values)


@cache
def _converter(column: Column) -> Callable[[Any], Any] | None:
    match column.form:
        case Form.TEXT | Form.INTEGER | Form.REAL:
            return None
        case Form.BOOLEAN:
            return {0: False, 1: True}.__getitem__
        case Form.DATE:
            return date.fromisoformat
        case Form.ENUM:
            return {member.value: member for member in column.value_type}.__getitem__
        case Form.JSON if Ellipsis in typing.get_args(column.value_type):
            return partial(_decode_json, column)
        case Form.JSON:  # as many values as its type names
            return _decoder(column).decode


@cache
def _decoder(column: Column) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(column.value_type)


def _decode_json(column: Column, stored: str) -> Any:
    return () if stored == "[]" else _decoder(column).decode(stored)


@cache
def _select(plan: Plan) -> str:
    names = ", ".join(f'"{column.name}"' for column in plan.columns)
    return f'SELECT {names} FROM "{plan.kind}" ORDER BY rowid'  # noqa: S608  our own names


def write_entities(connection: sqlite3.Connection, changes: Changes) -> None:
    """Write what `changes` put and remove, inside the caller's transaction; the order among them does not matter."""
    for kind, by_id in changes.by_kind.items():
        statements = _statements(kind)
        puts = [change.after for change in by_id.values() if change.before is None and change.after is not None]
        removed = [(entity_id,) for entity_id, change in by_id.items() if change.after is None]
        for listed in plans()[kind].lists:
            _write_list(connection, listed, [(change.before, change.after) for change in by_id.values()])
        if removed:
            connection.executemany(statements.delete, removed)
        if puts:
            connection.executemany(statements.put, map(statements.row, puts))
        for change in by_id.values():
            if change.before is not None and change.after is not None:
                statements.update(connection, change.before, change.after)


def insert_everything(connection: sqlite3.Connection, engagement: Engagement) -> None:
    """Write every entity of `engagement` into empty tables, inside the caller's transaction."""
    for kind, entities in engagement.by_kind().items():
        if entities:
            statements = _statements(kind)
            connection.executemany(statements.put, map(statements.row, entities.values()))
            for listed in plans()[kind].lists:
                _write_list(connection, listed, [(None, entity) for entity in entities.values()])


def _write_list(
    connection: sqlite3.Connection, listed: ListTable, sides: list[tuple[Entity | None, Entity | None]]
) -> None:
    outdated: list[tuple[str]] = []
    rows: list[tuple[str, int, str]] = []
    for before, after in sides:
        old: tuple[str, ...] = () if before is None else getattr(before, listed.field)
        new: tuple[str, ...] = () if after is None else getattr(after, listed.field)
        if old == new:
            continue
        if old and before is not None:
            outdated.append((before.id,))
        if after is not None:
            rows.extend((after.id, position, target_id) for position, target_id in enumerate(new))
    if outdated:
        connection.executemany(f'DELETE FROM "{listed.name}" WHERE owner_id = ?', outdated)  # noqa: S608  our own names
    if rows:
        connection.executemany(
            f'INSERT INTO "{listed.name}" (owner_id, position, target_id) VALUES (?, ?, ?)',  # noqa: S608  our own names
            rows,
        )


class _Statements:
    """How one kind is written: the SQL, portable to PostgreSQL, and the row of an entity."""

    __slots__ = ("_fields", "_kind", "delete", "put")

    def __init__(self, plan: Plan) -> None:
        names = [column.name for column in plan.columns]
        quoted = ", ".join(f'"{name}"' for name in names)
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "id")
        self.put: Final = (
            f'INSERT INTO "{plan.kind}" ({quoted}) VALUES ({", ".join("?" * len(names))}) '  # noqa: S608  our own names
            f'ON CONFLICT ("id") DO UPDATE SET {updates}'
        )
        self.delete: Final = f'DELETE FROM "{plan.kind}" WHERE "id" = ?'  # noqa: S608  our own names
        self._kind: Final = plan.kind
        self._fields: Final = [(column.name, _STORED.get(column.form)) for column in plan.columns]

    def row(self, entity: Any) -> list[Any]:
        """Return the values of `entity` in the order of the columns."""
        return [
            value if convert is None or value is None else convert(value)
            for value, convert in [(getattr(entity, name), convert) for name, convert in self._fields]
        ]

    def update(self, connection: sqlite3.Connection, before: Entity, after: Entity) -> None:
        """Write the columns in which `after` differs: the indexes of the others are left alone."""
        changed: list[str] = []
        values: list[Any] = []
        for name, convert in self._fields:
            value = getattr(after, name)
            if value != getattr(before, name):
                changed.append(f'"{name}" = ?')
                values.append(value if convert is None or value is None else convert(value))
        if changed:
            sql = f'UPDATE "{self._kind}" SET {", ".join(changed)} WHERE "id" = ?'  # noqa: S608  our own names
            if connection.execute(sql, (*values, after.id)).rowcount != 1:
                raise BugError(f"{self._kind} {after.id} is not in the file")


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise BugError(f"a number that is not finite came past the editing rules: {value}")
    return value


_STORED: Final[Mapping[Form, Callable[[Any], Any]]] = {
    Form.REAL: _finite,
    Form.DATE: date.isoformat,
    Form.ENUM: lambda member: member.value,
    Form.JSON: lambda value: msgspec.json.encode(value).decode(),
}


@cache
def _statements(kind: str) -> _Statements:
    return _Statements(plans()[kind])
