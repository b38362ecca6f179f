"""Which part of the organization a person means on the command line, by name or id."""

from __future__ import annotations

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError


def teams_named(engagement: Engagement, part: str | None) -> tuple[str, ...] | None:
    """Return the teams of the unit or the one team of that name or id; None for all.

    UserError "no-such-part" (name), "several-parts" (name, ids).
    """
    if part is None:
        return None
    if part in engagement.teams:
        return (part,)
    if part in engagement.units:
        return teams_within(engagement, part)
    teams = [team.id for team in engagement.teams.values() if team.name == part]
    units = [unit.id for unit in engagement.units.values() if unit.name == part]
    if len(teams) + len(units) > 1:
        raise UserError("several-parts", name=part, ids=", ".join(sorted((*teams, *units))))
    if units:
        return teams_within(engagement, units[0])
    if not teams:
        raise UserError("no-such-part", name=part)
    return tuple(teams)


def teams_within(engagement: Engagement, unit_id: str) -> tuple[str, ...]:
    """Return the teams of a unit and of all units in it."""
    within = [unit_id]
    for held in within:
        within += [unit.id for unit in engagement.subunits_of(held)]
    return tuple(team.id for held in within for team in engagement.teams_of(held))
