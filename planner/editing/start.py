"""How an engagement begins."""

from __future__ import annotations

from datetime import date

from planner.domain.engagement import Engagement
from planner.domain.settings import SETTINGS_ID, Settings


def start_engagement(name: str, *, created: date) -> Engagement:
    """Return an engagement with nothing in it but its settings."""
    return Engagement.of([Settings(id=SETTINGS_ID, name=name, created=created)])


def is_pristine(engagement: Engagement) -> bool:
    """Tell whether nobody has put anything into the engagement yet but its settings."""
    return not any(entities for kind, entities in engagement.by_kind().items() if kind != "settings")
