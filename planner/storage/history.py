"""The history kept in the file: every step with both sides of each entity it touched, and where undo stands.

Steps are numbered from 1; those up to `position` are done, those after it undone. A new step takes the place of the
undone ones. Contents are zlib-compressed JSON: an entity without a field gets that field's default when read.
"""

from __future__ import annotations

import sqlite3
import types
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

import msgspec

from planner.domain.changes import Change, Changes, Label, LabelValue
from planner.domain.errors import UserError
from planner.domain.kinds import KINDS, Entity
from planner.storage.rows import UnreadableError

_QUICK: Final = 1
_LARGEST_STEP_BYTES: Final = 1 << 28
"""Before compression: far past any import, and what a forged step may at most unpack to."""


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One step: its number, what it did, when (UTC), and whether it stands undone."""

    number: int
    label: Label
    at: datetime
    undone: bool


def append_step(connection: sqlite3.Connection, number: int, changes: Changes) -> HistoryStep:
    """Write step `number` in the caller's transaction and return it; UserError "step-too-large" beyond all measure."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    content = {
        kind: {entity_id: (change.before, change.after) for entity_id, change in by_id.items()}
        for kind, by_id in changes.by_kind.items()
    }
    encoded = msgspec.json.encode(content)
    if len(encoded) > _LARGEST_STEP_BYTES:
        raise UserError("step-too-large", megabytes=len(encoded) / 1_000_000)
    connection.execute(
        "INSERT INTO history (number, at, code, parameters, changes) VALUES (?, ?, ?, ?, ?)",
        (
            number,
            at,
            changes.label.code,
            _encode_parameters(changes.label),
            zlib.compress(encoded, _QUICK),
        ),
    )
    return HistoryStep(number, changes.label, datetime.fromisoformat(at), undone=False)


def forget_steps_after(connection: sqlite3.Connection, number: int) -> None:
    """Drop the steps after `number` in the caller's transaction."""
    connection.execute("DELETE FROM history WHERE number > ?", (number,))


def read_steps(connection: sqlite3.Connection, position: int) -> tuple[HistoryStep, ...]:
    """Return every step, oldest first; UnreadableError when the numbers have gaps or a label cannot be read."""
    steps: list[HistoryStep] = []
    for number, at, code, parameters in connection.execute(
        "SELECT number, at, code, parameters FROM history ORDER BY number"
    ):
        if number != len(steps) + 1:
            raise UnreadableError("history")
        try:
            label, when = _decode_label(code, parameters), datetime.fromisoformat(at)
        except (ValueError, TypeError, AttributeError, KeyError, msgspec.MsgspecError) as error:
            raise UnreadableError("history") from error
        steps.append(HistoryStep(number, label, when, number > position))
    if not 0 <= position <= len(steps):
        raise UnreadableError("history")
    return tuple(steps)


def read_changes(connection: sqlite3.Connection, number: int) -> Changes:
    """Return what step `number` did; UnreadableError when it is not there or not readable."""
    row = connection.execute("SELECT code, parameters, changes FROM history WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise UnreadableError("history")
    try:
        content = _content_decoder().decode(_unpacked(row[2]))
        by_kind = {
            kind: types.MappingProxyType({i: _change(kind, i, *sides) for i, sides in by_id.items()})
            for kind in KINDS
            if (by_id := getattr(content, kind))
        }
        return Changes(_decode_label(row[0], row[1]), types.MappingProxyType(by_kind))
    except (ValueError, TypeError, AttributeError, KeyError, zlib.error, msgspec.MsgspecError) as error:
        raise UnreadableError("history") from error


def _unpacked(stored: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    unpacked = unpacking.decompress(stored, _LARGEST_STEP_BYTES)
    if not unpacking.eof:
        raise ValueError(len(unpacked))
    return unpacked


def _change(kind: str, entity_id: str, before: Entity | None, after: Entity | None) -> Change:
    sides = [side for side in (before, after) if side is not None]
    if not sides or any(side.id != entity_id for side in sides) or (kind == "settings" and len(sides) < 2):
        raise ValueError(entity_id)
    return Change(before, after)


@lru_cache(maxsize=1)
def _content_decoder() -> msgspec.json.Decoder[Any]:
    content = msgspec.defstruct(
        "Content",
        [(kind, _sides_by_id(entity_type), msgspec.field(default_factory=dict)) for kind, entity_type in KINDS.items()],
        forbid_unknown_fields=True,
    )
    return msgspec.json.Decoder(content)


def _sides_by_id(entity_type: Any) -> Any:
    return types.GenericAlias(dict, (str, types.GenericAlias(tuple, (entity_type | None, entity_type | None))))


def _encode_parameters(label: Label) -> str:
    tagged = {
        name: {"date": value.isoformat()} if isinstance(value, date) else value
        for name, value in label.parameters.items()
    }
    return msgspec.json.encode(tagged).decode()


def _decode_label(code: str, parameters: str) -> Label:
    values: Mapping[str, Any] = msgspec.json.decode(parameters, type=dict[str, str | int | float | dict[str, str]])
    return Label(code, {name: _untagged(value) for name, value in values.items()})


def _untagged(value: Any) -> LabelValue:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    untagged: LabelValue = value
    return untagged
