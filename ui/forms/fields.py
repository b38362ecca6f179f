"""What a form needs to know of a field: its type, range, unit and words, read from the entity's own declaration."""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from planner.domain.fields import Meaning, meanings_of
from planner.domain.kinds import KINDS
from planner.language import N_, Language
from planner.words import FIELD_WORDS, UNIT_WORDS

HIDDEN: Final = frozenset({"id", "position", "map_x", "map_y", "source_id"})
"""Fields no person fills in: places kept by other means, and identities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field: `type` is the bare type, `many` whether a tuple of it, `optional` whether it may be None."""

    kind: str
    name: str
    type: Any
    many: bool
    optional: bool
    meaning: Meaning

    @property
    def word(self) -> str:
        """The field's name, a message of the catalogues."""
        return FIELD_WORDS[self.name]

    @property
    def unit(self) -> str:
        """The field's unit, a message of the catalogues; empty where it has none."""
        return UNIT_WORDS.get(self.meaning.unit, "")

    def label(self, language: Language) -> str:
        """Return what a form calls the field."""
        word = language.gettext(self.word)
        return f"{word[:1].upper()}{word[1:]}"

    def describe(self, language: Language) -> str:
        """Return what the field accepts, in words: its range and its unit."""
        meaning, parts = self.meaning, []
        if self.type in (int, float) and meaning.minimum is not None and meaning.maximum is not None:
            low, high = (
                language.percent(bound) if self.is_share else language.number(bound, decimals=2)
                for bound in (meaning.minimum, meaning.maximum)
            )
            parts.append(language.gettext(N_("From {low} to {high}")).format(low=low, high=high))
        if self.unit:
            parts.append(language.gettext(self.unit))
        return ", ".join(parts)

    @property
    def is_share(self) -> bool:
        """Whether it is a number from 0 to 1, which people read as a percentage."""
        return self.type is float and self.meaning.minimum == 0 and self.meaning.maximum == 1

    @property
    def is_rating(self) -> bool:
        """Whether it is a whole number of a few, which people choose."""
        low, high = self.meaning.minimum, self.meaning.maximum
        return self.type is int and low is not None and high is not None and high - low <= 12


@cache
def fields_of(kind: str) -> tuple[FormField, ...]:
    """Return what a form of `kind` shows, in the order of the declaration."""
    entity_type = KINDS[kind]
    hints = typing.get_type_hints(entity_type)
    return tuple(
        _field_of(kind, name, hints[name], meaning)
        for name, meaning in meanings_of(entity_type).items()
        if name not in HIDDEN
    )


def field_of(kind: str, name: str) -> FormField:
    """Return one field of `kind`."""
    return next(field for field in fields_of(kind) if field.name == name)


def parts_of(value_type: type[Any]) -> tuple[FormField, ...]:
    """Return the fields of a value that stands inside an entity: a scale's option, a level descriptor."""
    hints = typing.get_type_hints(value_type)
    return tuple(
        _field_of("", field.name, hints[field.name], meanings_of(value_type)[field.name])
        for field in dataclasses.fields(value_type)
    )


def _field_of(kind: str, name: str, hint: Any, meaning: Meaning) -> FormField:
    optional = isinstance(hint, types.UnionType)
    if optional:
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    many = typing.get_origin(hint) is tuple
    if many:
        hint = typing.get_args(hint)[0]
    return FormField(kind=kind, name=name, type=hint, many=many, optional=optional, meaning=meaning)
