"""What a person does to the organization beyond plain fields: move units and teams about the tree."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.editing.entities import find
from planner.editing.naming import name_of
from planner.editing.step import step


def move_unit(engagement: Engagement, unit_id: str, *, parent_id: str | None) -> Changes:
    """Put a unit under another (None: at the top), after those there; UserError "nesting-circle" within itself."""
    unit = find(engagement, "units", unit_id)
    last = max((other.position for other in engagement.subunits_of(parent_id)), default=-1)
    moved = dataclasses.replace(unit, parent_id=parent_id, position=last + 1)
    return step(engagement, Label("place-unit", {"name": name_of(engagement, unit)}), put=[moved])


def move_teams(engagement: Engagement, team_ids: Iterable[str], *, unit_id: str) -> Changes:
    """Put teams into a unit, after those there, in the order given."""
    teams = [find(engagement, "teams", team_id) for team_id in team_ids]
    unit = find(engagement, "units", unit_id)
    last = max((other.position for other in engagement.teams_of(unit_id)), default=-1)
    label = Label("move-teams", {"count": len(teams), "unit": name_of(engagement, unit)})
    return step(
        engagement,
        label,
        put=[dataclasses.replace(team, unit_id=unit_id, position=last + at) for at, team in enumerate(teams, start=1)],
    )
