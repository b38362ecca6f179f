"""What holds for every field by its declaration: ranges, finite numbers, plain text, sizes, days within reason."""

from __future__ import annotations

import dataclasses
import math
import re
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import cache
from typing import Any, Final, cast

from planner.domain.errors import UserError
from planner.domain.fields import Meaning, meanings_of
from planner.domain.kinds import Entity, kind_of

LONGEST_NAME: Final = 300
LONGEST_TEXT: Final = 100_000
LONGEST_LIST: Final = 10_000
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)
_LARGEST_WHOLE: Final = 2**62
_NOT_IN_A_LINE: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_Check = Callable[[str, str, str, Any], None]


def check_fields(entity: Entity) -> None:
    """Raise UserError when a field of `entity` is out of its range, blank, too long, or holds what no text may."""
    kind = kind_of(type(entity))
    name = getattr(entity, "name", "")
    for field, check in _checks(cast("Hashable", type(entity))).items():
        value = getattr(entity, field)
        if value is not None:
            check(kind, name, field, value)


@cache
def _checks(entity_type: Any) -> Mapping[str, _Check]:
    hints = typing.get_type_hints(entity_type)
    found = {}
    for field, meaning in meanings_of(entity_type).items():
        check = _check_for(hints[field], meaning, is_id=field == "id" or meaning.refers_to is not None)
        if check is not None:
            found[field] = check
    return found


def _check_for(hint: Any, meaning: Meaning, *, is_id: bool) -> _Check | None:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if typing.get_origin(hint) is tuple:
        return _tuple_check(hint, _check_for(typing.get_args(hint)[0], meaning, is_id=is_id))
    if dataclasses.is_dataclass(hint):
        return _value_check(cast("type[Any]", hint))
    if hint is str:
        return _id_check if is_id else _text_check(meaning)
    if hint is bool:
        return None
    if hint in (int, float):
        return _number_check(meaning)
    return _day_check if hint is date else None


def _id_check(kind: str, name: str, field: str, value: str) -> None:
    if not value or len(value) > LONGEST_NAME or _NOT_IN_A_LINE.search(value):
        raise UserError("bad-id", kind=kind, name=_shown(name), attribute=field)


def _text_check(meaning: Meaning) -> _Check:
    longest = LONGEST_NAME if meaning.required else LONGEST_TEXT
    forbidden = _NOT_IN_A_LINE if meaning.required else _NOT_IN_A_TEXT

    def check(kind: str, name: str, field: str, value: str) -> None:
        if meaning.required and not value.strip():
            raise UserError("blank", kind=kind, attribute=field)
        if len(value) > longest:
            raise UserError("too-long", kind=kind, name=_shown(name), attribute=field, longest=longest)
        if forbidden.search(value):
            raise UserError("forbidden-character", kind=kind, name=_shown(name), attribute=field)

    return check


def _number_check(meaning: Meaning) -> _Check:
    minimum = -_LARGEST_WHOLE if meaning.minimum is None else meaning.minimum
    maximum = _LARGEST_WHOLE if meaning.maximum is None else meaning.maximum

    def check(kind: str, name: str, field: str, value: float) -> None:
        if isinstance(value, float) and not math.isfinite(value):
            raise UserError("not-a-number", kind=kind, name=_shown(name), attribute=field)
        if not minimum <= value <= maximum:
            raise UserError(
                "out-of-range",
                kind=kind,
                name=_shown(name),
                attribute=field,
                value=value,
                minimum=minimum,
                maximum=maximum,
            )

    return check


def _day_check(kind: str, name: str, field: str, value: date) -> None:
    if not FIRST_DAY <= value <= LAST_DAY:
        raise UserError(
            "day-out-of-range", kind=kind, name=_shown(name), attribute=field, first=FIRST_DAY, last=LAST_DAY
        )


def _tuple_check(hint: Any, item_check: _Check | None) -> _Check:
    parts = typing.get_args(hint)
    count = None if Ellipsis in parts else len(parts)

    def check(kind: str, name: str, field: str, value: tuple[Any, ...]) -> None:
        if count is not None and len(value) != count:
            raise UserError("wrong-count", kind=kind, name=_shown(name), attribute=field, count=count)
        if len(value) > LONGEST_LIST:
            raise UserError("too-many", kind=kind, name=_shown(name), attribute=field, longest=LONGEST_LIST)
        if item_check is not None:
            for item in value:
                item_check(kind, name, field, item)

    return check


def _value_check(value_type: type[Any]) -> _Check:
    def check(kind: str, name: str, field: str, value: Any) -> None:  # noqa: ARG001  a value names its own fields
        for inner, inner_check in _checks(cast("Hashable", value_type)).items():
            held = getattr(value, inner)
            if held is not None:
                inner_check(kind, name, inner, held)

    return check


def _shown(name: str) -> str:
    """Return a name fit for a message, whatever is in it."""
    return _NOT_IN_A_LINE.sub("\N{REPLACEMENT CHARACTER}", name[:80])
