"""How an engagement begins."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.settings import SETTINGS_ID, Settings


def start_engagement(name: str, *, created: date) -> Engagement:
    """Return an engagement with nothing in it but its settings."""
    return Engagement.of([Settings(id=SETTINGS_ID, name=name, created=created)])


_TAKEN_ALONG: Final = (
    "calendars",
    "calendar_exceptions",
    "freezes",
    "models",
    "dimensions",
    "themes",
    "scales",
    "practices",
    "prerequisites",
    "criteria",
    "formulas",
)
"""What a coach built for one client and begins with at the next; nothing of the client's teams, scores or plans."""


def start_like(other: Engagement, name: str, *, created: date) -> Engagement:
    """Return an engagement that begins with the models, criteria, formulas, calendars and choices of another."""
    settings = dataclasses.replace(
        other.setting, name=name, client="", created=created, plan_start=None, status_date=None
    )
    taken = [entity for kind in _TAKEN_ALONG for entity in other.kind(kind).values()]
    return Engagement.of([settings, *taken])
