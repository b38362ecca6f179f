"""Which editor fits a field: read from its declaration, its type and what it means."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from planner.domain.errors import BugError
from ui.forms.dates import DateEditor
from ui.forms.editor import FieldEditor, LineEditor, LongTextEditor
from ui.forms.factors import FactorsEditor
from ui.forms.fields import FormField
from ui.forms.lists import ListEditor, ReferencesEditor
from ui.forms.numbers import NumberEditor, RatingEditor
from ui.forms.pickers import (
    ChoiceEditor,
    CountryEditor,
    CurrencyEditor,
    MonthEditor,
    ReferenceEditor,
    RegionEditor,
    TickEditor,
)
from ui.forms.tables import TableEditor
from ui.forms.weekdays import WeekdaysEditor
from ui.surroundings import Surroundings


def make_editor(surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> FieldEditor:
    """Return a new editor for a field, named in the language of the screen."""
    return _class_for(field)(surroundings, field, parent)


def _class_for(field: FormField) -> type[FieldEditor]:  # noqa: PLR0911  one a type
    special = _SPECIAL.get((field.kind, field.name))
    if special is not None:
        return special
    if field.meaning.refers_to is not None:
        return ReferencesEditor if field.many else ReferenceEditor
    if field.many:
        return TableEditor if dataclasses.is_dataclass(field.type) else ListEditor
    if isinstance(field.type, type) and issubclass(field.type, enum.Enum):
        return ChoiceEditor
    if field.is_rating:
        return RatingEditor
    if field.type is str:
        return LongTextEditor if field.meaning.long else LineEditor
    if field.type is bool:
        return ChoiceEditor if field.optional else TickEditor
    if field.type not in _OF_TYPE:
        raise BugError(f"no editor for {field}")
    return _OF_TYPE[field.type]


_OF_TYPE: Final[Mapping[type, type[FieldEditor]]] = {date: DateEditor, int: NumberEditor, float: NumberEditor}

_SPECIAL: Final[Mapping[tuple[str, str], type[FieldEditor]]] = {
    ("calendars", "weekdays"): WeekdaysEditor,
    ("calendars", "country"): CountryEditor,
    ("calendars", "subdivision"): RegionEditor,
    ("settings", "readiness_factors"): FactorsEditor,
    ("settings", "currency"): CurrencyEditor,
    ("settings", "fiscal_year_start_month"): MonthEditor,
}
"""Fields whose numbers and codes have names of their own, or belong together."""
