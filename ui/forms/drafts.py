"""What a new entity begins with: what its owner gives it, what the field's declaration allows, the first of what it needs."""

from __future__ import annotations

import dataclasses
import enum
import typing
from collections.abc import Mapping
from datetime import date
from typing import Any

from planner.domain.engagement import Engagement
from planner.domain.kinds import KINDS, Entity
from ui.forms.fields import FormField, fields_of


def draft_of(engagement: Engagement, kind: str, preset: Mapping[str, Any]) -> Entity:
    """Return an entity of `kind` to begin with; its id is empty, and references it needs may be too."""
    entity_type = KINDS[kind]
    hints = typing.get_type_hints(entity_type)
    fields = {field.name: field for field in fields_of(kind)}
    values: dict[str, Any] = {"id": ""}
    for field in dataclasses.fields(entity_type):
        if field.name in preset:
            values[field.name] = preset[field.name]
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            if field.name != "id":
                values[field.name] = _beginning(engagement, fields.get(field.name), hints[field.name])
        elif field.name == "position":
            values["position"] = (
                max((getattr(one, "position", 0) for one in engagement.kind(kind).values()), default=-1) + 1
            )
    return entity_type(**values)


def _beginning(engagement: Engagement, field: FormField | None, hint: Any) -> Any:
    """Return what a field that must be given begins with."""
    if field is not None and field.meaning.refers_to is not None:
        candidates = engagement.kind(field.meaning.refers_to)
        return next(iter(candidates)) if len(candidates) == 1 else ""
    if hint is date:
        return engagement.setting.status_date or engagement.first_day
    if hint is str:
        return ""
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return next(iter(hint))
    return () if typing.get_origin(hint) is tuple else hint(0)
