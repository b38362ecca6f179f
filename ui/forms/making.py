"""Which control a field gets, by its type and meaning; the one place that knows every kind of editor."""

from __future__ import annotations

import dataclasses
import enum
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from ui.forms.editor import (
    ChoiceEditor,
    DateEditor,
    FieldEditor,
    FlagEditor,
    LineEditor,
    LongTextEditor,
    NumberEditor,
)
from ui.forms.fields import FormField
from ui.forms.references import ReferenceEditor, ReferencesEditor
from ui.forms.values import ValuesEditor, WeekdaysEditor
from ui.surroundings import Surroundings


def make_editor(surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> FieldEditor:
    """Return a control for a field."""
    return _kind_of_editor(field)(surroundings, field, parent)


def _kind_of_editor(field: FormField) -> type[FieldEditor]:
    if field.meaning.refers_to is not None:
        return ReferencesEditor if field.many else ReferenceEditor
    if field.many and field.type is not str:
        return ValuesEditor if dataclasses.is_dataclass(field.type) else WeekdaysEditor
    if field.type is str:
        return LongTextEditor if field.meaning.long else LineEditor
    if issubclass(field.type, enum.Enum) or field.is_rating:
        return ChoiceEditor
    return _OF_TYPE[field.type]


_OF_TYPE: Final[dict[type, type[FieldEditor]]] = {
    bool: FlagEditor,
    date: DateEditor,
    int: NumberEditor,
    float: NumberEditor,
}
