"""Which editor fits a field: read from its declaration, its type and what it means."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from planner.domain.errors import BugError
from planner.domain.fields import Meaning, meanings_of
from planner.domain.initiative import Status
from planner.domain.kinds import KINDS
from planner.domain.practice import Descriptor, Reference, Resource, ScaleOption
from planner.domain.settings import StatusColour
from planner.editing.field_rules import LONGEST_NAME, LONGEST_TEXT
from planner.language import N_, Language
from planner.words import CHOICE_WORDS, FIELD_WORDS, UNIT_WORDS
from ui.forms.dates import DateEditor
from ui.forms.editor import FieldEditor, LineEditor, LongTextEditor
from ui.forms.lists import ListEditor, ReferencesEditor
from ui.forms.numbers import NumberEditor, RatingEditor
from ui.forms.pickers import ChoiceEditor, CountryEditor, CurrencyEditor, ReferenceEditor, RegionEditor, TickEditor
from ui.forms.tables import TableEditor
from ui.forms.weekdays import WeekdaysEditor
from ui.surroundings import Surroundings
from ui.workbench import Workbench

_SHORT_SCALE: Final = (1, 5)


@dataclasses.dataclass(frozen=True, slots=True)
class Declared:
    """What a field is declared to be: `item` is the type inside a tuple, or the type itself."""

    item: Any
    many: bool
    optional: bool
    meaning: Meaning


@cache
def declared(kind: str, field: str) -> Declared:
    """Return what a field of a kind is; BugError when the kind has none of that name."""
    meanings = meanings_of(KINDS[kind])
    if field not in meanings:
        raise BugError(f"{kind} have no field {field!r}")
    hint = typing.get_type_hints(KINDS[kind])[field]
    optional = isinstance(hint, types.UnionType)
    if optional:
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    many = typing.get_origin(hint) is tuple
    return Declared(typing.get_args(hint)[0] if many else hint, many, optional, meanings[field])


def field_label(field: str, language: Language) -> str:
    """Return what a form calls a field."""
    word = language.gettext(FIELD_WORDS[field])
    return word[:1].upper() + word[1:]


def describe_field(kind: str, field: str, language: Language) -> str:
    """Return what a field accepts, in words: its range and its unit."""
    found = declared(kind, field)
    meaning, parts = found.meaning, []
    if found.item in (int, float) and meaning.minimum is not None and meaning.maximum is not None:
        share = (meaning.minimum, meaning.maximum) == (0, 1)
        low, high = (
            language.percent(bound) if share else language.number(bound, decimals=2)
            for bound in (meaning.minimum, meaning.maximum)
        )
        parts.append(language.gettext(N_("From {low} to {high}")).format(low=low, high=high))
    if meaning.unit:
        parts.append(language.gettext(UNIT_WORDS.get(meaning.unit, meaning.unit)))
    return ", ".join(parts)


def make_editor(workbench: Workbench, kind: str, field: str, parent: QWidget | None = None) -> FieldEditor:
    """Return a new editor for a field of a kind, named in the language of the screen."""
    surroundings, found = workbench.surroundings, declared(kind, field)
    special = _SPECIAL.get((kind, field))
    if special is not None:
        editor = special(surroundings, parent)
    elif found.many:
        editor = _many(surroundings, found, parent)
    else:
        editor = _one(workbench, found, parent)
    language = surroundings.language
    editor.set_words(field_label(field, language), describe_field(kind, field, language))
    return editor


def _one(workbench: Workbench, found: Declared, parent: QWidget | None) -> FieldEditor:  # noqa: PLR0911  one a type
    surroundings, meaning, item = workbench.surroundings, found.meaning, found.item
    if meaning.refers_to is not None:
        return ReferenceEditor(surroundings, parent, kind=meaning.refers_to, optional=found.optional)
    if item is date:
        return DateEditor(surroundings, parent, optional=found.optional, today=workbench.today)
    if item is bool:
        return _truth(surroundings, parent) if found.optional else TickEditor(surroundings, parent)
    if isinstance(item, type) and issubclass(item, enum.Enum):
        return ChoiceEditor(surroundings, parent, words=lambda: _members(item, surroundings), optional=found.optional)
    if item is int and (meaning.minimum, meaning.maximum) == _SHORT_SCALE:
        return RatingEditor(surroundings, parent, numbers=range(1, 6), optional=found.optional)
    if item in (int, float):
        return NumberEditor(
            surroundings,
            parent,
            whole=item is int,
            share=(meaning.minimum, meaning.maximum) == (0, 1),
            optional=found.optional,
            unit=meaning.unit,
        )
    if meaning.long:
        return LongTextEditor(surroundings, parent)
    return LineEditor(surroundings, parent, longest=LONGEST_NAME if meaning.required else LONGEST_TEXT)


def _many(surroundings: Surroundings, found: Declared, parent: QWidget | None) -> FieldEditor:
    if found.meaning.refers_to is not None:
        return ReferencesEditor(surroundings, parent, kind=found.meaning.refers_to)
    if found.item is str:
        return ListEditor(surroundings, parent)
    if isinstance(found.item, type) and dataclasses.is_dataclass(found.item):
        return TableEditor(surroundings, parent, value_type=found.item, make=_NEW_ROWS.get(found.item))
    raise BugError(f"no editor for {found}")


def _members(item: type[enum.Enum], surroundings: Surroundings) -> Mapping[Any, str]:
    return {member: surroundings.language.gettext(CHOICE_WORDS[member]) for member in item}


def _truth(surroundings: Surroundings, parent: QWidget | None) -> FieldEditor:
    def words() -> Mapping[Any, str]:
        language = surroundings.language
        return {True: language.gettext(N_("Yes")), False: language.gettext(N_("No"))}

    return ChoiceEditor(surroundings, parent, words=words, optional=True)


def _months(surroundings: Surroundings, parent: QWidget | None) -> FieldEditor:
    def words() -> Mapping[Any, str]:
        names = surroundings.language.locale.months["stand-alone"]["wide"]
        return {number: names[number][:1].upper() + names[number][1:] for number in range(1, 13)}

    return ChoiceEditor(surroundings, parent, words=words, optional=False)


def _next_score(values: tuple[Any, ...]) -> float:
    return 1.0 if values else 0.0


def _new_colour(values: tuple[Any, ...]) -> StatusColour:
    taken = {value.status for value in values}
    status = next((status for status in Status if status not in taken), Status.IDEA)
    return StatusColour(status=status, colour="#808080")


_NEW_ROWS: Final[Mapping[type[Any], Callable[[tuple[Any, ...], Language], Any]]] = {
    ScaleOption: lambda values, language: ScaleOption(
        score=_next_score(values), text=language.gettext(N_("New option"))
    ),
    Descriptor: lambda values, _language: Descriptor(score=_next_score(values), text=""),
    Reference: lambda _values, _language: Reference(framework="", code=""),
    Resource: lambda _values, language: Resource(name=language.gettext(N_("New resource"))),
    StatusColour: lambda values, _language: _new_colour(values),
}
"""Type of small value -> what a new row begins with; a type without one is read and never edited."""

_SPECIAL: Final[Mapping[tuple[str, str], Callable[[Surroundings, QWidget | None], FieldEditor]]] = {
    ("calendars", "weekdays"): WeekdaysEditor,
    ("calendars", "country"): lambda surroundings, parent: CountryEditor(
        surroundings, parent, optional=True, nothing=""
    ),
    ("calendars", "subdivision"): lambda surroundings, parent: RegionEditor(
        surroundings, parent, optional=True, nothing=""
    ),
    ("settings", "currency"): lambda surroundings, parent: CurrencyEditor(surroundings, parent, optional=False),
    ("settings", "fiscal_year_start_month"): _months,
}
"""Fields whose numbers and codes have names of their own."""
