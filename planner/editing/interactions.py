"""What a person does on the interaction map: connect teams, say how they interact and how well, put them in place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.identity import new_id
from planner.domain.organization import Interaction, InteractionHealth, InteractionMode, Team
from planner.editing.entities import find
from planner.editing.naming import name_of
from planner.editing.step import step

LARGEST_PLACE = 1e6
"""How far from the middle a team can stand, in points; what is dragged further stays at that edge."""


def connect_teams(
    engagement: Engagement,
    *,
    from_team_id: str,
    to_team_id: str,
    mode: InteractionMode = InteractionMode.HAND_OFF,
    since: date | None = None,
) -> Changes:
    """Add an interaction from one team to another; UserError "team-with-itself" for one and the same."""
    team, other = find(engagement, "teams", from_team_id), find(engagement, "teams", to_team_id)
    interaction = Interaction(id=new_id(), from_team_id=team.id, to_team_id=other.id, mode=mode, since=since)
    label = Label("connect-teams", {"team": name_of(engagement, team), "other": name_of(engagement, other)})
    return step(engagement, label, put=[interaction])


def set_mode(engagement: Engagement, interaction_ids: Iterable[str], mode: InteractionMode) -> Changes:
    """Give interactions a mode, in one step."""
    return _change(engagement, [dataclasses.replace(each, mode=mode) for each in _all(engagement, interaction_ids)])


def set_health(engagement: Engagement, interaction_ids: Iterable[str], health: InteractionHealth) -> Changes:
    """Give interactions a health, in one step."""
    return _change(engagement, [dataclasses.replace(each, health=health) for each in _all(engagement, interaction_ids)])


def reverse(engagement: Engagement, interaction_ids: Iterable[str]) -> Changes:
    """Let interactions lead the other way, in one step."""
    turned = [
        dataclasses.replace(each, from_team_id=each.to_team_id, to_team_id=each.from_team_id)
        for each in _all(engagement, interaction_ids)
    ]
    return step(engagement, Label("reverse-interactions", {"count": len(turned)}), put=turned)


def move_on_map(engagement: Engagement, places: Mapping[str, tuple[float, float]]) -> Changes:
    """Put teams in place on the interaction map: team id -> (x, y) in points, in one step."""
    moved = _placed(engagement, places)
    return step(engagement, Label("move-on-map", {"count": len(moved)}), put=moved)


def arrange_map(engagement: Engagement, places: Mapping[str, tuple[float, float]]) -> Changes:
    """Put every team in the place a new arrangement gives it, in one step."""
    return step(engagement, Label("arrange-map"), put=_placed(engagement, places))


def _all(engagement: Engagement, interaction_ids: Iterable[str]) -> list[Interaction]:
    return [find(engagement, "interactions", interaction_id) for interaction_id in interaction_ids]


def _change(engagement: Engagement, changed: list[Interaction]) -> Changes:
    return step(engagement, Label("change-interactions", {"count": len(changed)}), put=changed)


def _placed(engagement: Engagement, places: Mapping[str, tuple[float, float]]) -> list[Team]:
    return [
        dataclasses.replace(find(engagement, "teams", team_id), map_x=_within(x), map_y=_within(y))
        for team_id, (x, y) in places.items()
    ]


def _within(value: float) -> float:
    return max(-LARGEST_PLACE, min(LARGEST_PLACE, float(value)))
