"""A list of teams from a spreadsheet: what each row would do here, and the one step that does all of it.

A row adds a team or, where its unit has one of that name, changes it; units named and not there are made. A row that
cannot be taken says why and keeps nothing else from being taken.
"""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import folded, new_id
from planner.domain.organization import Team, Unit
from planner.editing.field_rules import check_fields
from planner.editing.organization import home_unit, walk_units
from planner.editing.step import step

STEP_MARK: Final = " / "
"""Between the names of a unit written with those that hold it: "IT / Payments"."""

_STEP_MARKS: Final = re.compile(r"[/\\>›»→]")
"""What people write there; hyphens are part of too many names."""


class Fate(enum.Enum):
    """What a row does."""

    ADD = "add"
    UPDATE = "update"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """One row: `unit` may be empty, `fields` holds what the row says of the team, `problem` why it cannot be read."""

    number: int
    name: str
    unit: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    problem: UserError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of a row: `unit_path` is where its team stands, `makes_unit` whether that is new, `cause` why not."""

    line: TeamLine
    fate: Fate
    unit_path: str = ""
    makes_unit: bool = False
    cause: UserError | None = None


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What a whole list does."""

    outcomes: tuple[Outcome, ...]
    units: tuple[Unit, ...]
    teams: tuple[Team, ...]

    def count(self, fate: Fate) -> int:
        """Return how many rows have a fate."""
        return sum(outcome.fate is fate for outcome in self.outcomes)


def plan_list(engagement: Engagement, lines: Iterable[TeamLine], *, unit_id: str | None = None) -> ListPlan:
    """Return what each row would do; a row that names no unit goes to `unit_id`, or to the first unit."""
    planner = _ListPlanner(engagement, unit_id)
    outcomes = tuple(planner.take(line) for line in lines)
    return ListPlan(outcomes, tuple(planner.new_units), tuple(planner.teams.values()))


def take_list(engagement: Engagement, plan: ListPlan) -> Changes:
    """Carry out what `plan_list` found, in one step."""
    count = plan.count(Fate.ADD) + plan.count(Fate.UPDATE)
    needed = {unit_id for team in plan.teams for unit_id in _new_holders(plan, team.unit_id)}
    units = [unit for unit in plan.units if unit.id in needed]
    return step(engagement, Label("take-team-list", {"count": count}), put=[*units, *plan.teams])


def _new_holders(plan: ListPlan, unit_id: str | None) -> Iterable[str]:
    new = {unit.id: unit for unit in plan.units}
    while unit_id in new:
        yield unit_id
        unit_id = new[unit_id].parent_id


class _ListPlanner:
    """Goes through the rows one after the other, as though each were taken at once."""

    def __init__(self, engagement: Engagement, unit_id: str | None) -> None:
        self._engagement = engagement
        self.new_units: list[Unit] = []
        self.teams: dict[str, Team] = {}
        self._seen: set[tuple[str, str]] = set()
        self._units = {unit.id: unit for unit in walk_units(engagement)}
        self._by_name: dict[str, list[str]] = {}
        self._children: dict[tuple[str | None, str], str] = {}
        for unit in self._units.values():
            self._index(unit)
        self._teams = {(team.unit_id, folded(team.name)): team for team in engagement.teams.values()}
        self._where: dict[str, list[str]] = {}
        for unit_of, name in self._teams:
            self._where.setdefault(name, []).append(unit_of)
        self._last: dict[str, int] = {}
        self._unit_id = unit_id

    def take(self, line: TeamLine) -> Outcome:
        """Return what becomes of one row, and remember it."""
        if line.problem is not None:
            return Outcome(line=line, fate=Fate.REFUSED, cause=line.problem)
        known = len(self.new_units)
        try:
            unit = self._unit_of(line.unit) if line.unit else self._unit_for(line.name)
            team, fate = self._team_of(line, unit)
            check_fields(team)
        except UserError as error:
            self._forget_units(known)
            return Outcome(line=line, fate=Fate.REFUSED, cause=error)
        makes_unit = len(self.new_units) > known
        self._seen.add((unit.id, folded(line.name)))
        if fate is not Fate.SAME:
            self.teams[team.id] = team
        if fate is Fate.ADD:
            self._last[unit.id] = team.position
        return Outcome(line=line, fate=fate, unit_path=self._path(unit), makes_unit=makes_unit)

    def _team_of(self, line: TeamLine, unit: Unit) -> tuple[Team, Fate]:
        if (unit.id, folded(line.name)) in self._seen:
            raise UserError("team-listed-twice", name=line.name)
        there = self._teams.get((unit.id, folded(line.name)))
        if there is not None:
            changed = dataclasses.replace(there, **line.fields)
            return changed, Fate.SAME if changed == there else Fate.UPDATE
        last = self._last.get(unit.id)
        if last is None:
            last = max((team.position for team in self._engagement.teams_of(unit.id)), default=-1)
        return Team(id=new_id(), name=line.name, unit_id=unit.id, position=last + 1, **line.fields), Fate.ADD

    def _unit_of(self, written: str) -> Unit:
        named = self._by_name.get(folded(written), [])
        if len(named) == 1:
            return self._units[named[0]]
        steps = [part.strip() for part in _STEP_MARKS.split(written) if part.strip()] or [written]
        if len(named) > 1:
            raise UserError("unit-ambiguous", name=written)
        first = self._by_name.get(folded(steps[0]), []) if len(steps) > 1 else []
        if len(first) > 1:
            top = self._children.get((None, folded(steps[0])))
            if top is None:
                raise UserError("unit-ambiguous", name=steps[0])
            first = [top]
        unit = self._units[first[0]] if first else self._make(steps[0], self._top())
        for name in steps[1:]:
            inner = self._children.get((unit.id, folded(name)))
            unit = self._units[inner] if inner is not None else self._make(name, unit.id)
        return unit

    def _unit_for(self, name: str) -> Unit:
        """Return the unit of a row that names none: where the one team of that name is, or the one to fall back on."""
        there = self._where.get(folded(name), [])
        if len(there) == 1:
            return self._units[there[0]]
        if self._unit_id is not None and self._unit_id in self._units:
            return self._units[self._unit_id]
        if self._units:
            return next(iter(self._units.values()))
        unit, made = home_unit(self._engagement)
        for one in made:
            self.new_units.append(one)
            self._index(one)
        return unit

    def _top(self) -> str | None:
        """Return what new units stand under: the organization, where the engagement has one at its top."""
        tops = self._engagement.subunits_of(None)
        return tops[0].id if len(tops) == 1 else None

    def _make(self, name: str, parent_id: str | None) -> Unit:
        siblings = [unit for unit in self._units.values() if unit.parent_id == parent_id]
        position = max((unit.position for unit in siblings), default=-1) + 1
        unit = Unit(id=new_id(), name=name, parent_id=parent_id, position=position)
        check_fields(unit)
        self.new_units.append(unit)
        self._index(unit)
        return unit

    def _index(self, unit: Unit) -> None:
        self._units[unit.id] = unit
        self._by_name.setdefault(folded(unit.name), []).append(unit.id)
        self._children[unit.parent_id, folded(unit.name)] = unit.id

    def _forget_units(self, known: int) -> None:
        for unit in self.new_units[known:]:
            del self._units[unit.id]
            self._by_name[folded(unit.name)].remove(unit.id)
            del self._children[unit.parent_id, folded(unit.name)]
        del self.new_units[known:]

    def _path(self, unit: Unit) -> str:
        names = [unit.name]
        while unit.parent_id is not None:
            unit = self._units[unit.parent_id]
            names.append(unit.name)
        return STEP_MARK.join(reversed(names))
