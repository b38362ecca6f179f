"""What a person does to the organization beyond plain fields: add, move, reorder and remove units and teams, fill groups.

A unit lists its teams first, then the units within it; each of the two has an order of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from planner.domain.assessment import Answer
from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import new_id
from planner.domain.organization import Application, Group, Team, Unit
from planner.editing.entities import find
from planner.editing.naming import free_name, name_of
from planner.editing.step import step

WAYS: Final = ("up", "down", "in", "out")
"""Where what is selected can go in the tree, one place at a time."""


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A place in the tree: under `parent_id` (None: at the top), before the one at `position` among those that stay."""

    parent_id: str | None
    position: int | None = None


# Adding


def add_unit(
    engagement: Engagement, *, name: str, parent_id: str | None = None, position: int | None = None
) -> Changes:
    """Add a unit under another (None: at the top), before the one at `position` (None: last); the name is made free."""
    siblings = engagement.subunits_of(parent_id)
    unit = Unit(id=new_id(), name=free_name(name, (one.name for one in siblings)), parent_id=parent_id)
    label = Label("add-entity", {"kind": "units", "name": name_of(engagement, unit)})
    return step(engagement, label, put=_inserted(siblings, [unit], position))


def add_team(engagement: Engagement, *, name: str, unit_id: str | None = None, position: int | None = None) -> Changes:
    """Add a team to a unit, before the one at `position` (None: last); the name is made free.

    Without `unit_id` it goes to the first unit of the tree; where there is none, one named after the client comes too.
    """
    unit, made = home_unit(engagement) if unit_id is None else (find(engagement, "units", unit_id), [])
    siblings = engagement.teams_of(unit.id)
    team = Team(id=new_id(), name=free_name(name, (one.name for one in siblings)), unit_id=unit.id)
    label = Label("add-entity", {"kind": "teams", "name": name_of(engagement, team)})
    return step(engagement, label, put=[*made, *_inserted(siblings, [team], position)])


def add_group(engagement: Engagement, *, name: str, team_ids: Iterable[str] = ()) -> Changes:
    """Add a group with its teams; the name is made free."""
    group = Group(id=new_id(), name=free_name(name, (one.name for one in engagement.groups.values())))
    teams = [find(engagement, "teams", team_id) for team_id in team_ids]
    joined = [dataclasses.replace(team, group_ids=(*team.group_ids, group.id)) for team in teams]
    label = Label("add-entity", {"kind": "groups", "name": name_of(engagement, group)})
    return step(engagement, label, put=[group, *joined])


def add_application(engagement: Engagement, *, name: str, team_id: str | None = None) -> Changes:
    """Add an application run by a team, or by nobody yet; the name is made free."""
    taken = (one.name for one in engagement.applications.values())
    application = Application(id=new_id(), name=free_name(name, taken), team_id=team_id)
    label = Label("add-entity", {"kind": "applications", "name": name_of(engagement, application)})
    return step(engagement, label, put=[application])


def change_members(
    engagement: Engagement, group_id: str, *, join: Iterable[str] = (), leave: Iterable[str] = ()
) -> Changes:
    """Let teams join and leave a group, in one step; who is in it already stays, who is not stays out."""
    group = find(engagement, "groups", group_id)
    joining = [find(engagement, "teams", team_id) for team_id in join]
    put: list[Team] = [
        dataclasses.replace(team, group_ids=(*team.group_ids, group_id))
        for team in joining
        if group_id not in team.group_ids
    ]
    for team in (find(engagement, "teams", team_id) for team_id in leave):
        left = tuple(one for one in team.group_ids if one != group_id)
        put.append(dataclasses.replace(team, group_ids=left))
    return step(engagement, Label("change-members", {"name": name_of(engagement, group)}), put=put)


def home_unit(engagement: Engagement) -> tuple[Unit, list[Unit]]:
    """Return the unit for what nobody gave one, and what must be put for it: the first, or a new one."""
    tops = engagement.subunits_of(None)
    if tops:
        return tops[0], []
    unit = Unit(id=new_id(), name=engagement.setting.client or engagement.setting.name)
    return unit, [unit]


# Moving


def place(
    engagement: Engagement, to: Place, *, unit_ids: Collection[str] = (), team_ids: Collection[str] = ()
) -> Changes:
    """Put units, with all they hold, and teams at a place of the tree, in the order they have there now.

    What is within a unit that moves travels with it. UserError "nesting-circle" for a unit within itself,
    "team-without-unit" for a team at the top.
    """
    units, teams = top_of(engagement, unit_ids, team_ids)
    if teams and to.parent_id is None:
        raise UserError("team-without-unit", name=name_of(engagement, teams[0]))
    if to.parent_id is not None:
        find(engagement, "units", to.parent_id)
    put: list[Unit | Team] = []
    if units:
        there = [one for one in engagement.subunits_of(to.parent_id) if one not in units]
        put += _inserted(there, [dataclasses.replace(unit, parent_id=to.parent_id) for unit in units], to.position)
    if teams and to.parent_id is not None:
        settled = [one for one in engagement.teams_of(to.parent_id) if one not in teams]
        put += _inserted(settled, [dataclasses.replace(team, unit_id=to.parent_id) for team in teams], to.position)
    return step(engagement, _place_label(engagement, to, units, teams), put=put)


def next_place(
    engagement: Engagement, way: str, *, unit_ids: Collection[str] = (), team_ids: Collection[str] = ()
) -> Place | None:
    """Return where one step `up`, `down`, `in` or `out` leads what is selected; None where it leads nowhere.

    It must stand together: units of one parent, or teams of one unit. A team at the edge of its unit goes on to the
    unit before or after it in the tree.
    """
    units, teams = top_of(engagement, unit_ids, team_ids)
    if bool(units) == bool(teams):
        return None
    if units:
        parents = {unit.parent_id for unit in units}
        return _next_of_units(engagement, way, parents.pop(), units) if len(parents) == 1 else None
    homes = {team.unit_id for team in teams}
    return _next_of_teams(engagement, way, homes.pop(), teams) if len(homes) == 1 else None


def top_of(
    engagement: Engagement, unit_ids: Collection[str], team_ids: Collection[str]
) -> tuple[list[Unit], list[Team]]:
    """Return the units and teams among those given that no other given unit holds, in the order of the tree."""
    chosen = {unit_id: find(engagement, "units", unit_id) for unit_id in unit_ids}

    def is_held(unit_id: str | None) -> bool:
        return any(holder in chosen for holder in holders_of(engagement, unit_id))

    units = [unit for unit in chosen.values() if not is_held(unit.parent_id)]
    teams = [find(engagement, "teams", team_id) for team_id in set(team_ids)]
    teams = [team for team in teams if not is_held(team.unit_id)]
    homes = list({team.unit_id for team in teams})
    if len(units) > 1 or len(homes) > 1:
        place_of = {unit.id: place for place, unit in enumerate(walk_units(engagement))}
        units.sort(key=lambda unit: place_of[unit.id])
        homes.sort(key=place_of.__getitem__)
    wanted = {team.id for team in teams}
    return units, [team for home in homes for team in engagement.teams_of(home) if team.id in wanted]


def walk_units(engagement: Engagement, unit_id: str | None = None) -> Iterator[Unit]:
    """Yield every unit below one (None: all), holders before what they hold, in the order of the tree."""
    waiting = list(engagement.subunits_of(unit_id))[::-1]
    while waiting:
        unit = waiting.pop()
        yield unit
        waiting.extend(reversed(engagement.subunits_of(unit.id)))


def holders_of(engagement: Engagement, unit_id: str | None) -> Iterator[str]:
    """Yield `unit_id` and the ids of the units that hold it, innermost first."""
    while unit_id is not None:
        yield unit_id
        unit_id = engagement.units[unit_id].parent_id


# Removing


def remove(engagement: Engagement, *, unit_ids: Collection[str] = (), team_ids: Collection[str] = ()) -> Changes:
    """Remove units and teams with all they take along, in one step.

    UserError "team-in-closed-assessment" (name, assessment) for a team that has answers in one that cannot change.
    """
    units, teams = top_of(engagement, unit_ids, team_ids)
    going = [*teams]
    for unit in units:
        for held in (unit, *walk_units(engagement, unit.id)):
            going += engagement.teams_of(held.id)
    for team in going:
        _check_unassessed(engagement, team)
    gone: list[Unit | Team] = [*units, *teams]
    if len(gone) == 1:
        kind = "units" if units else "teams"
        label = Label("remove-entity", {"kind": kind, "name": name_of(engagement, gone[0])})
    elif units and teams:
        label = Label("remove-from-tree", {"count": len(gone)})
    else:
        label = Label("remove-entities", {"kind": "units" if units else "teams", "count": len(gone)})
    return step(engagement, label, remove=gone)


def _check_unassessed(engagement: Engagement, team: Team) -> None:
    answers: tuple[Answer, ...] = engagement.referring("answers", "team_id").get(team.id, ())
    for answer in answers:
        assessment = engagement.assessments[answer.assessment_id]
        if assessment.closed_on is not None:
            raise UserError(
                "team-in-closed-assessment", name=name_of(engagement, team), assessment=name_of(engagement, assessment)
            )


# Inside


def _next_of_units(engagement: Engagement, way: str, parent_id: str | None, units: Sequence[Unit]) -> Place | None:
    siblings = engagement.subunits_of(parent_id)
    if way in ("up", "down"):
        at = _stepped(siblings, units, way)
        return None if at is None else Place(parent_id, at)
    if way == "in":
        first = siblings.index(units[0])
        return Place(siblings[first - 1].id) if first > 0 else None
    if parent_id is None:
        return None
    parent = engagement.units[parent_id]
    return Place(parent.parent_id, engagement.subunits_of(parent.parent_id).index(parent) + 1)


def _next_of_teams(engagement: Engagement, way: str, unit_id: str, teams: Sequence[Team]) -> Place | None:
    if way == "in":
        inner = engagement.subunits_of(unit_id)
        return Place(inner[0].id) if inner else None
    if way == "out":
        parent_id = engagement.units[unit_id].parent_id
        return None if parent_id is None else Place(parent_id)
    at = _stepped(engagement.teams_of(unit_id), teams, way)
    if at is not None:
        return Place(unit_id, at)
    ids = [unit.id for unit in walk_units(engagement)]
    beside = ids.index(unit_id) + (-1 if way == "up" else 1)
    if not 0 <= beside < len(ids):
        return None
    return Place(ids[beside], None if way == "up" else 0)


def _stepped(siblings: Sequence[Any], chosen: Sequence[Any], way: str) -> int | None:
    """Return the position among those that stay one step up or down from the chosen ones; None past the end."""
    places = [siblings.index(one) for one in chosen]
    before = places[0] if way == "up" else places[-1] + 1 - len(places)
    together = places[-1] - places[0] + 1 == len(places)
    if not together:  # they draw together first
        return before
    at = before - 1 if way == "up" else before + 1
    return at if 0 <= at <= len(siblings) - len(places) else None


def _inserted(siblings: Sequence[Any], new: Sequence[Any], position: int | None) -> list[Any]:
    """Return `new` at their place among `siblings` with the siblings whose number changes for it."""
    at = len(siblings) if position is None else min(max(position, 0), len(siblings))
    before, after = siblings[:at], siblings[at:]
    first = before[-1].position + 1 if before else 0
    put = [dataclasses.replace(one, position=first + number) for number, one in enumerate(new)]
    following = first + len(new)
    for one in after:
        if one.position >= following:
            break
        put.append(dataclasses.replace(one, position=following))
        following += 1
    return put


def _place_label(engagement: Engagement, to: Place, units: Sequence[Unit], teams: Sequence[Team]) -> Label:
    if len(units) == 1 and not teams:
        return Label("place-unit", {"name": name_of(engagement, units[0])})
    if len(teams) == 1 and not units:
        return Label("place-team", {"name": name_of(engagement, teams[0])})
    if teams and not units and to.parent_id is not None:
        unit = engagement.units[to.parent_id]
        return Label("move-teams", {"count": len(teams), "unit": name_of(engagement, unit)})
    return Label("place-in-tree", {"count": len(units) + len(teams)})
