"""How an engagement begins."""

from __future__ import annotations

from datetime import date

from planner.domain.engagement import Engagement
from planner.domain.settings import SETTINGS_ID, Settings


def start_engagement(name: str, *, created: date) -> Engagement:
    """Return an engagement with nothing in it but its settings."""
    return Engagement.of([Settings(id=SETTINGS_ID, name=name, created=created)])
