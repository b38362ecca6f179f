"""Copies of units and teams: what a clipboard carries, and what pasting it adds, here or in another engagement.

A copied unit brings the units and teams within it. A team brings its own fields, its groups and its calendar by name;
its answers, targets and initiatives stay with the one it was copied from.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.identity import folded, new_id
from planner.domain.organization import Group, Team, Unit
from planner.editing.entities import find
from planner.editing.naming import free_name
from planner.editing.organization import home_unit, top_of, walk_units
from planner.editing.step import step


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Units, holders first, and teams in the order of the tree; what they refer to by name, for where ids differ."""

    units: tuple[Unit, ...] = ()
    teams: tuple[Team, ...] = ()
    groups: tuple[Group, ...] = ()
    calendars: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many units and teams there are."""
        return len(self.units) + len(self.teams)


def extract(engagement: Engagement, unit_ids: Collection[str], team_ids: Collection[str]) -> Extract:
    """Return what is copied with some units and teams: all that the units hold too."""
    tops, loose = top_of(engagement, unit_ids, team_ids)
    units = [one for top in tops for one in (top, *walk_units(engagement, top.id))]
    teams = [team for unit in units for team in engagement.teams_of(unit.id)] + loose
    groups = dict.fromkeys(group_id for team in teams for group_id in team.group_ids)
    calendars = {team.calendar_id for team in teams if team.calendar_id is not None}
    return Extract(
        units=tuple(units),
        teams=tuple(teams),
        groups=tuple(engagement.groups[group_id] for group_id in groups),
        calendars={one: engagement.calendars[one].name for one in sorted(calendars)},
    )


def paste(engagement: Engagement, copied: Extract, *, parent_id: str | None) -> Changes:
    """Add copies under a unit (None: units at the top, loose teams in the first unit), names made free where taken.

    Groups are met by name, or added; a calendar nobody here has is left out.
    """
    if parent_id is not None:
        find(engagement, "units", parent_id)
    groups, put_groups = _groups_here(engagement, copied)
    calendars = {one.name.casefold(): one.id for one in engagement.calendars.values()}
    unit_of = {unit.id: new_id() for unit in copied.units}
    loose = [team for team in copied.teams if team.unit_id not in unit_of]
    home, made = parent_id, list[Unit]()
    if loose and parent_id is None:
        first, made = home_unit(engagement)
        home = first.id
    units = _units_here(engagement, copied, unit_of, parent_id=parent_id)
    taken = [team.name for team in engagement.teams_of(home)] if home is not None else []
    last = max((team.position for team in engagement.teams_of(home)), default=-1) if home is not None else -1
    teams: list[Team] = []
    for team in copied.teams:
        name, unit_id, position = team.name, unit_of.get(team.unit_id, home or ""), team.position
        if team.unit_id not in unit_of:
            last += 1
            name, position = free_name(team.name, taken), last
            taken.append(name)
        calendar = copied.calendars.get(team.calendar_id or "", "").casefold()
        teams.append(
            dataclasses.replace(
                team,
                id=new_id(),
                name=name,
                unit_id=unit_id,
                position=position,
                group_ids=tuple(dict.fromkeys(groups[one] for one in team.group_ids if one in groups)),
                calendar_id=calendars.get(calendar),
                map_x=None,
                map_y=None,
            )
        )
    label = Label("paste-in-tree", {"count": len(copied)})
    return step(engagement, label, put=[*put_groups, *made, *units, *teams])


def _units_here(
    engagement: Engagement, copied: Extract, unit_of: Mapping[str, str], *, parent_id: str | None
) -> list[Unit]:
    siblings = engagement.subunits_of(parent_id)
    taken = [unit.name for unit in siblings]
    last = max((unit.position for unit in siblings), default=-1)
    units: list[Unit] = []
    for unit in copied.units:
        if unit.parent_id is not None and unit.parent_id in unit_of:
            units.append(dataclasses.replace(unit, id=unit_of[unit.id], parent_id=unit_of[unit.parent_id]))
            continue
        last += 1
        name = free_name(unit.name, taken)
        taken.append(name)
        units.append(dataclasses.replace(unit, id=unit_of[unit.id], name=name, parent_id=parent_id, position=last))
    return units


def _groups_here(engagement: Engagement, copied: Extract) -> tuple[dict[str, str], list[Group]]:
    """Return id of a copied group -> id of the one that stands for it here, and those to add."""
    by_name = {folded(group.name): group.id for group in engagement.groups.values()}
    found: dict[str, str] = {}
    put: list[Group] = []
    for group in copied.groups:
        name = folded(group.name)
        if name not in by_name:
            by_name[name] = new_id()
            put.append(dataclasses.replace(group, id=by_name[name]))
        found[group.id] = by_name[name]
    return found, put
