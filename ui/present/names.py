"""What an entity is called where it is told apart from its namesakes: "Payments – Retail"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.editing.naming import name_of
from planner.language import Language

_HOLDERS: Final[Mapping[str, tuple[str, str]]] = {
    "units": ("parent_id", "units"),
    "teams": ("unit_id", "units"),
    "applications": ("team_id", "teams"),
    "dimensions": ("model_id", "models"),
    "themes": ("dimension_id", "dimensions"),
    "practices": ("theme_id", "themes"),
    "scales": ("model_id", "models"),
    "initiatives": ("parent_id", "initiatives"),
    "stream_steps": ("stream_id", "value_streams"),
    "value_streams": ("unit_id", "units"),
}
"""Kind -> the field and the kind of what it is in."""


def path_name(engagement: Engagement, kind: str, entity: Any) -> str:
    """Return an entity's name and, after a dash, that of what it is in."""
    name = " ".join(name_of(engagement, entity).split())
    if kind in _HOLDERS:
        field, holding_kind = _HOLDERS[kind]
        holder = engagement.kind(holding_kind).get(getattr(entity, field))
        if holder is not None:
            return f"{name} \N{EN DASH} {' '.join(holder.name.split())}"
    return name


def named_choices(engagement: Engagement, kind: str) -> tuple[tuple[str, str], ...]:
    """Return (name, id) of every entity of a kind in the order of their names; no two names are the same."""
    found = sorted(
        ((path_name(engagement, kind, entity), entity_id) for entity_id, entity in engagement.kind(kind).items()),
        key=lambda pair: (pair[0].casefold(), pair[1]),
    )
    seen: dict[str, int] = {}
    choices = []
    for name, entity_id in found:
        seen[name] = seen.get(name, 0) + 1
        choices.append((name if seen[name] == 1 else f"{name} ({seen[name]})", entity_id))
    return tuple(choices)


def shown_day(day: date | None, language: Language) -> str:
    """Return a day in words, nothing for none."""
    return "" if day is None else language.date(day)
