"""A new entity before it is one: what each field begins with when nothing is said, so that a form can be filled in."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.identity import new_id
from planner.domain.kinds import KINDS, Entity
from planner.domain.practice import ScaleOption
from planner.language import N_, Language
from ui.forms.fields import field_of

ORDERED: Final[Mapping[str, str]] = {
    "units": "parent_id",
    "teams": "unit_id",
    "dimensions": "model_id",
    "themes": "dimension_id",
    "practices": "theme_id",
    "initiatives": "parent_id",
    "stream_steps": "stream_id",
}
"""Kind whose entities stand in an order -> the field of what they are in."""


def draft(engagement: Engagement, kind: str, preset: Mapping[str, Any], *, today: date, language: Language) -> Any:
    """Return an entity of `kind` with the `preset` fields; what must be chosen by a person is empty, and refused so."""
    values: dict[str, Any] = {"id": new_id()}
    for field in dataclasses.fields(KINDS[kind]):
        if field.name in preset:
            values[field.name] = preset[field.name]
        elif field.name != "id" and field.default is dataclasses.MISSING:
            values[field.name] = _first_value(engagement, kind, field.name, today, language)
    made: Any = KINDS[kind](**values)
    return (
        dataclasses.replace(made, position=_after_last(engagement, kind, made)) if hasattr(made, "position") else made
    )


def _first_value(engagement: Engagement, kind: str, field: str, today: date, language: Language) -> Any:
    found = field_of(kind, field)
    target = found.meaning.refers_to
    if target is not None:
        present = engagement.kind(target)
        return next(iter(present)) if len(present) == 1 else ""
    if found.type is ScaleOption:
        return (
            ScaleOption(score=0.0, text=language.gettext(N_("No"))),
            ScaleOption(score=1.0, text=language.gettext(N_("Yes"))),
        )
    if found.type is date:
        return today
    if isinstance(found.type, type) and issubclass(found.type, enum.Enum):
        return next(iter(found.type))
    return {str: "", bool: False, int: 0, float: 0.0}.get(found.type, ())


def _after_last(engagement: Engagement, kind: str, made: Entity) -> int:
    field = ORDERED.get(kind)
    beside = (
        engagement.kind(kind).values()
        if field is None
        else engagement.referring(kind, field).get(getattr(made, field), ())
    )
    return max((entity.position for entity in beside), default=-1) + 1
