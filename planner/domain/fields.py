"""What each field of an entity means beyond its type: its range, its unit, what it refers to.

Declared once beside the field, read by the editing rules (ranges, references), by the tables (foreign keys) and by the
forms (units, one line or many). The entities stay plain dataclasses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.errors import BugError

_KEY = "roadbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a field means: `refers_to` a kind, lies between `minimum` and `maximum`, in `unit`, spans `long` text.

    Of a tuple of numbers, range and unit are those of each.
    """

    refers_to: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    long: bool = False
    required: bool = False


_PLAIN = Meaning()


def refers_to(kind: str) -> dict[str, Meaning]:
    """Return metadata of a field that holds the id (or a tuple of ids) of entities of `kind`."""
    return {_KEY: Meaning(refers_to=kind)}


def between(minimum: float | None, maximum: float | None, *, unit: str = "") -> dict[str, Meaning]:
    """Return metadata of a number between both bounds (inclusive; None leaves a side open), counted in `unit`."""
    return {_KEY: Meaning(minimum=minimum, maximum=maximum, unit=unit)}


def long_text() -> dict[str, Meaning]:
    """Return metadata of a text of several lines."""
    return {_KEY: Meaning(long=True)}


def required_text() -> dict[str, Meaning]:
    """Return metadata of a one-line text that may not be blank."""
    return {_KEY: Meaning(required=True)}


def meaning_of(field: dataclasses.Field[Any]) -> Meaning:
    """Return what `field` means; a field without metadata means just its type."""
    meaning = field.metadata.get(_KEY, _PLAIN)
    if not isinstance(meaning, Meaning):
        raise BugError(f"field {field.name} carries no Meaning")
    return meaning


def meanings_of(entity_type: type[Any]) -> Mapping[str, Meaning]:
    """Return field name -> meaning, in the order of declaration."""
    return {field.name: meaning_of(field) for field in dataclasses.fields(entity_type)}
