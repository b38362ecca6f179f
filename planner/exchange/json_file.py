"""The open format: a whole engagement as one JSON document, out and in, for people, scripts and other programs.

`{"format": "roadbook", "version": 3, "<kind>": [{...}, ...]}`, one list for every kind, sorted by id, every field in
the order of its entity: the same engagement always gives the same bytes. Reading is strict, so that nothing is lost in
silence: what is unknown, double, mistyped or dangling is refused with its place. The rules between entities are not
checked here but by `planner.editing`, when the entities enter an engagement. The schema is in
`resources/schema` (see `planner.exchange.json_schema`).
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.fields import Meaning, meanings_of
from planner.domain.kinds import KINDS, REFERENCE_FIELDS, Entity, kind_of
from planner.domain.settings import SETTINGS_ID
from planner.exchange.text_source import place_in, read_text
from planner.safe_file import write_safely

FORMAT: Final = "roadbook"
VERSION: Final = 3
"""Version 2 added the places of teams on the map, version 3 effort by readiness; earlier documents are read as ever."""

_LIMIT_MEGABYTES: Final = 300
_LARGEST_INTEGER: Final = 2**63 - 1
_SURROGATE_ESCAPE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_WRONG_TYPE: Final = re.compile(r"Expected `(.+?)`, got `(.+?)`")
_MISSING: Final = re.compile(r"Object missing required field `(.+?)`")
_BAD_CHOICE: Final = re.compile(r"Invalid enum value (.+?)(?: - at |$)")
_PLACE: Final = re.compile(r" - at `\$(.*)`$")
_JSON_NAMES: Final = {
    "str": "string", "float": "number", "int": "integer", "bool": "boolean", "date": "date", "array": "list",
}  # fmt: skip


def write_json(engagement: Engagement, path: Path) -> None:
    """Write all of `engagement` to `path` as JSON, safely; UserError "cannot-write" when the system refuses."""
    content = encode(engagement)

    def verify(written: Path) -> None:
        if written.read_bytes() != content:
            raise UserError("written-differs", path=str(path))

    write_safely(path, lambda temporary: _write(temporary, content), verify=verify)


def encode(engagement: Engagement) -> bytes:
    """Return the JSON document of `engagement`: UTF-8, two spaces of indentation, a newline at the end."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for kind, entities in engagement.by_kind().items():
        document[kind] = [_with_real_floats(entities[entity_id]) for entity_id in sorted(entities)]
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def read_json(path: Path, *, known: Engagement | None = None) -> list[Entity]:
    """Return the entities of a JSON document, kind by kind; the file is read wholly or refused wholly.

    A reference may lead to an entity of the document or of `known`. Raises UserError naming the file, the place in it
    ("teams[3].readiness", or line and column) and the cause.
    """
    document = _parse(path)
    _check_head(path, document)
    entities: list[Entity] = []
    for kind, entity_type in KINDS.items():
        entities.extend(_read_kind(path, kind, entity_type, document.get(kind, [])))
    _check_references(path, entities, known)
    return entities


def _write(temporary: Path, content: bytes) -> None:
    temporary.write_bytes(content)


def _parse(path: Path) -> dict[str, Any]:
    text = read_text(path, limit_megabytes=_LIMIT_MEGABYTES)
    if not text.strip():
        raise UserError("source-empty", path=str(path))

    def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _value in pairs]
            double = next(name for name in names if names.count(name) > 1)
            raise UserError("json-double-key", path=str(path), key=_readable(double))
        return found

    def refuse_constant(constant: str) -> Any:
        raise UserError("json-not-finite", path=str(path), value=constant)

    try:
        document = json.loads(text, object_pairs_hook=without_duplicates, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        raise UserError("json-broken", path=str(path), line=str(error.lineno), column=str(error.colno)) from error
    except RecursionError as error:
        raise UserError("json-too-deep", path=str(path)) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise UserError("json-number-too-long", path=str(path)) from error
    if not isinstance(document, dict):
        raise UserError("json-not-roadbook", path=str(path))
    if _SURROGATE_ESCAPE.search(text):
        _refuse_lone_surrogates(path, document, text)
    return document


def _refuse_lone_surrogates(path: Path, document: dict[str, Any], text: str) -> None:
    for place, value in _strings_in(document):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            escape = f"\\u{ord(value[error.start]):04x}"
            line, _column = place_in(text[: max(text.lower().find(escape), 0)])
            raise UserError(
                "json-lone-surrogate", path=str(path), place=_readable(place), escape=escape, line=str(line)
            ) from error


def _strings_in(document: Any) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield place, key
                waiting.append((f"{place}.{key}".removeprefix("."), inner))
        elif isinstance(value, list):
            waiting.extend((f"{place}[{position}]", inner) for position, inner in enumerate(value))


def _check_head(path: Path, document: Mapping[str, Any]) -> None:
    if document.get("format") != FORMAT:
        raise UserError("json-not-roadbook", path=str(path))
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise UserError("json-bad-version", path=str(path), known=str(VERSION))
    if version > VERSION:
        raise UserError("json-newer", path=str(path), version=str(version)[:20], known=str(VERSION))
    for name in document:
        if name not in KINDS and name not in ("format", "version"):
            raise UserError("json-unknown-list", path=str(path), name=_readable(name))


def _read_kind(path: Path, kind: str, entity_type: type[Entity], items: Any) -> list[Any]:
    if not isinstance(items, list):
        raise UserError("json-wrong-type", path=str(path), place=kind, expected="list", found=_name_of(items))
    try:
        entities: list[Any] = msgspec.convert(items, list[entity_type])  # type: ignore[valid-type]
    except msgspec.ValidationError as error:
        raise _explained(path, kind, str(error)) from error
    seen: dict[str, int] = {}
    for position, (item, entity) in enumerate(zip(items, entities, strict=True)):
        _check_value(path, f"{kind}[{position}]", item, entity)
        if entity.id in seen:
            raise UserError(
                "json-double-id", path=str(path), place=f"{kind}[{position}]", id=_readable(entity.id),
                first=f"{kind}[{seen[entity.id]}]",
            )  # fmt: skip
        seen[entity.id] = position
        if kind == "settings" and entity.id != SETTINGS_ID:
            raise UserError("json-settings-id", path=str(path), place=f"{kind}[{position}]", expected=SETTINGS_ID)
    return entities


def _explained(path: Path, kind: str, told: str) -> UserError:
    located = _PLACE.search(told)
    place = kind + (located.group(1) if located else "")
    common = {"path": str(path), "place": place}
    if wrong := _WRONG_TYPE.search(told):
        expected, found = (" / ".join(_JSON_NAMES.get(n, n) for n in group.split(" | ")) for group in wrong.groups())
        return UserError("json-wrong-type", **common, expected=expected, found=found)
    if missing := _MISSING.search(told):
        return UserError("json-missing-field", **common, field=missing.group(1))
    if choice := _BAD_CHOICE.search(told):
        return UserError("json-bad-choice", **common, value=_readable(choice.group(1).strip("'")))
    if "date" in told:
        return UserError("json-bad-date", **common)
    return UserError("json-bad-value", **common)


@dataclasses.dataclass(frozen=True, slots=True)
class _Shape:
    """What the fields of an entity or a value object are, for the checks beyond their type."""

    names: frozenset[str]
    ranged: tuple[tuple[str, Meaning], ...]
    required: tuple[str, ...]
    nested: tuple[str, ...]
    integers: tuple[str, ...]
    floats: tuple[str, ...]


def value_types() -> Mapping[str, type[Any]]:
    """Return class name -> class of every entity and of every value object inside one."""
    found: dict[str, type[Any]] = {}
    waiting: list[type[Any]] = list(KINDS.values())
    while waiting:
        value_type = waiting.pop()
        found[value_type.__name__] = value_type
        for hint in typing.get_type_hints(value_type).values():
            waiting.extend(p for p in typing.get_args(hint) if isinstance(p, type) and dataclasses.is_dataclass(p))
    return found


def _shape_of(value_type: type[Any]) -> _Shape:
    hints = typing.get_type_hints(value_type)
    meanings = meanings_of(value_type)
    return _Shape(
        names=frozenset(meanings),
        ranged=tuple((n, m) for n, m in meanings.items() if m.minimum is not None or m.maximum is not None),
        required=tuple(n for n, m in meanings.items() if m.required or n == "id"),
        nested=tuple(
            n for n, hint in hints.items() if any(dataclasses.is_dataclass(part) for part in typing.get_args(hint))
        ),
        integers=tuple(n for n, hint in hints.items() if hint is int or int in typing.get_args(hint)),
        floats=tuple(n for n, hint in hints.items() if hint is float or float in typing.get_args(hint)),
    )


_SHAPES: Final = {value_type.__name__: _shape_of(value_type) for value_type in value_types().values()}


def _with_real_floats(value: Any) -> Any:
    # Equal numbers, equal bytes: 5 and 5.0 are one value to an engagement, as are 0.0 and -0.0.
    shape = _SHAPES[type(value).__name__]
    changed: dict[str, Any] = {}
    for name in shape.floats:
        held = getattr(value, name)
        if isinstance(held, tuple):
            changed[name] = tuple(map(_real_float, held))
        elif held is not None and (not held or isinstance(held, int)):
            changed[name] = _real_float(held)
    for name in shape.nested:
        changed[name] = tuple(_with_real_floats(inner) for inner in getattr(value, name))
    return dataclasses.replace(value, **changed) if changed else value


def _real_float(number: float) -> float:
    return float(number) if number else 0.0


def _check_value(path: Path, place: str, item: Mapping[str, Any], value: Any) -> None:
    shape = _SHAPES[type(value).__name__]
    for name in item:
        if name not in shape.names:
            raise UserError("json-unknown-field", path=str(path), place=place, field=_readable(name))
    for name in shape.required:
        if not getattr(value, name).strip():
            raise UserError("json-blank", path=str(path), place=f"{place}.{name}")
    _check_numbers(path, place, shape, value)
    for name in shape.nested:
        for position, inner in enumerate(getattr(value, name) or ()):
            _check_value(path, f"{place}.{name}[{position}]", item[name][position], inner)


def _check_numbers(path: Path, place: str, shape: _Shape, value: Any) -> None:
    for name, meaning in shape.ranged:
        held = getattr(value, name)
        several = isinstance(held, tuple)
        for position, number in enumerate(held if several else (held,)):
            if number is not None and not _within(number, meaning.minimum, meaning.maximum):
                inside = f"{place}.{name}[{position}]" if several else f"{place}.{name}"
                raise _out_of_range(path, inside, number, meaning.minimum, meaning.maximum)
    for name in shape.integers:
        number = getattr(value, name)
        if number is not None and not _within(number, -_LARGEST_INTEGER, _LARGEST_INTEGER):
            raise _out_of_range(path, f"{place}.{name}", number, -_LARGEST_INTEGER, _LARGEST_INTEGER)


def _within(number: float, low: float | None, high: float | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)


def _out_of_range(path: Path, place: str, number: float, low: float | None, high: float | None) -> UserError:
    return UserError(
        "json-out-of-range", path=str(path), place=place, value=_readable(str(number)),
        minimum=_bound(low), maximum=_bound(high),
    )  # fmt: skip


def _check_references(path: Path, entities: list[Entity], known: Engagement | None) -> None:
    found = Engagement.of(entities)
    by_kind: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for entity in entities:
        by_kind[kind_of(type(entity))].append(entity)
    for reference in REFERENCE_FIELDS:
        there = found.kind(reference.target)
        before = known.kind(reference.target) if known is not None else {}
        for position, entity in enumerate(by_kind[reference.kind]):
            value = getattr(entity, reference.field)
            for referred in value if reference.many else (value,):
                if referred is not None and referred not in there and referred not in before:
                    raise UserError(
                        "json-dangling", path=str(path), place=f"{reference.kind}[{position}].{reference.field}",
                        id=_readable(referred), target=reference.target,
                    )  # fmt: skip


def _name_of(value: Any) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", int: "integer", float: "number"}
    return names.get(type(value), "null")


def _bound(number: float | None) -> str:
    return "…" if number is None else f"{number:g}" if abs(number) < 1e15 else str(number)


def _readable(text: str) -> str:
    shortened = text if len(text) <= 60 else text[:59] + "…"
    return shortened.encode("utf-8", errors="backslashreplace").decode()
