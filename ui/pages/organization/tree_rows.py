"""The rows of the organization's tree: units and teams with what they come to, how a cell is worded and what it holds.

A unit's numbers are those of every team it holds at any depth. Values only; the model gives them to Qt.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.organization import Team, Unit
from planner.language import N_, NN_, Language
from planner.words import TOPOLOGY_WORDS


class Column(enum.IntEnum):
    """The columns from left to right."""

    NAME = 0
    TEAMS = 1
    PEOPLE = 2
    CAPACITY = 3
    LIMIT = 4
    READINESS = 5
    TOPOLOGY = 6
    CALENDAR = 7


TITLES: Final = {
    Column.NAME: N_("Unit or team"),
    Column.TEAMS: N_("Teams"),
    Column.PEOPLE: N_("People"),
    Column.CAPACITY: N_("Capacity"),
    Column.LIMIT: N_("Limit"),
    Column.READINESS: N_("Readiness"),
    Column.TOPOLOGY: N_("Topology"),
    Column.CALENDAR: N_("Calendar"),
}
TIPS: Final = {
    Column.TEAMS: N_("Teams in the unit, at any depth"),
    Column.PEOPLE: N_("Head-count; a unit's is that of all its teams"),
    Column.CAPACITY: N_("Capacity for change, in person-days a week; a unit's is that of all its teams"),
    Column.LIMIT: N_("Change limit: how many initiatives at once"),
    Column.READINESS: N_("Readiness to work across silos, from 1 to 5; a unit's is the mean of its teams"),
    Column.CALENDAR: N_("The team's own calendar, which adds to the engagement's"),
}
FIELDS: Final = {
    Column.NAME: "name",
    Column.PEOPLE: "headcount",
    Column.CAPACITY: "change_capacity",
    Column.LIMIT: "change_limit",
    Column.READINESS: "readiness",
    Column.TOPOLOGY: "topology",
}
"""Column -> the field of a team that is edited in it; a unit's name is its only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unit or team: `parent` is the number of the row that holds it (-1: none), `at` its place in there."""

    entity: Unit | Team
    parent: int
    at: int
    teams: int
    people: int
    capacity: float
    readiness: float | None
    calendar: str = ""
    children: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The id of the unit or team."""
        return self.entity.id

    @property
    def kind(self) -> str:
        """The kind of the entity, "units" or "teams"."""
        return "units" if isinstance(self.entity, Unit) else "teams"

    @property
    def team(self) -> Team | None:
        """The team; None for a unit."""
        return self.entity if isinstance(self.entity, Team) else None


@dataclass(frozen=True, slots=True)
class Tree:
    """Every row, holders before what they hold; `tops` are the numbers of those nothing holds."""

    rows: tuple[Row, ...] = ()
    tops: tuple[int, ...] = ()
    number_of: dict[str, int] = field(default_factory=dict)

    def shape(self) -> tuple[tuple[str, int], ...]:
        """Return what must stay for the rows to be the same ones."""
        return tuple((row.id, row.parent) for row in self.rows)


class _Builder:
    """Builds a tree from an engagement, holders first, sums on the way back."""

    def __init__(self, engagement: Engagement, shown: Collection[str] | None) -> None:
        self._engagement = engagement
        self._shown = shown
        self._rows: list[Row | None] = []

    def build(self) -> Tree:
        tops = self._add(None, -1)
        rows = tuple(row for row in self._rows if row is not None)
        return Tree(rows, tops, {row.id: number for number, row in enumerate(rows)})

    def _add(self, unit_id: str | None, parent: int) -> tuple[int, ...]:
        numbers: list[int] = []
        if unit_id is not None:
            for team in self._engagement.teams_of(unit_id):
                if self._shown is None or team.id in self._shown:
                    numbers.append(len(self._rows))
                    self._rows.append(self._team_row(team, parent, len(numbers) - 1))
        for unit in self._engagement.subunits_of(unit_id):
            if self._shown is None or unit.id in self._shown:
                numbers.append(len(self._rows))
                self._add_unit(unit, parent, len(numbers) - 1)
        return tuple(numbers)

    def _add_unit(self, unit: Unit, parent: int, at: int) -> None:
        number = len(self._rows)
        self._rows.append(None)
        children = self._add(unit.id, number)
        teams = teams_in(self._engagement, unit.id)
        self._rows[number] = Row(
            entity=unit,
            parent=parent,
            at=at,
            teams=len(teams),
            people=sum(team.headcount for team in teams),
            capacity=sum(team.change_capacity for team in teams),
            readiness=sum(team.readiness for team in teams) / len(teams) if teams else None,
            children=children,
        )

    def _team_row(self, team: Team, parent: int, at: int) -> Row:
        calendar = self._engagement.calendars.get(team.calendar_id or "")
        return Row(
            entity=team,
            parent=parent,
            at=at,
            teams=0,
            people=team.headcount,
            capacity=team.change_capacity,
            readiness=float(team.readiness),
            calendar="" if calendar is None else calendar.name,
        )


def build_tree(engagement: Engagement, shown: Collection[str] | None = None) -> Tree:
    """Return the tree, or of it just the units and teams `shown`; sums are of all, shown or not."""
    return _Builder(engagement, shown).build()


def teams_in(engagement: Engagement, unit_id: str) -> list[Team]:
    """Return the teams a unit holds at any depth."""
    found = list(engagement.teams_of(unit_id))
    for unit in engagement.subunits_of(unit_id):
        found += teams_in(engagement, unit.id)
    return found


def matching(engagement: Engagement, wanted: str, language: Language) -> set[str]:
    """Return the ids to show for a text looked for: what matches, what holds it, and all a matching unit holds.

    A team matches by its name, its topology and its groups.
    """
    needle = wanted.casefold()
    shown: set[str] = set()

    def look(unit_id: str | None, *, wholly: bool) -> bool:
        found = False
        if unit_id is not None:
            for team in engagement.teams_of(unit_id):
                if wholly or needle in _searched(engagement, team, language):
                    shown.add(team.id)
                    found = True
        for unit in engagement.subunits_of(unit_id):
            matches = wholly or needle in unit.name.casefold()
            if look(unit.id, wholly=matches) or matches:
                shown.add(unit.id)
                found = True
        return found

    look(None, wholly=False)
    return shown


def _searched(engagement: Engagement, team: Team, language: Language) -> str:
    groups = (engagement.groups[group_id].name for group_id in team.group_ids)
    return "\n".join((team.name, language.gettext(TOPOLOGY_WORDS[team.topology]), *groups)).casefold()


_VALUES: Final[dict[Column, Callable[[Row], Any]]] = {
    Column.NAME: lambda row: row.entity.name,
    Column.TEAMS: lambda row: None if row.team else row.teams,
    Column.PEOPLE: lambda row: row.people,
    Column.CAPACITY: lambda row: row.capacity,
    Column.LIMIT: lambda row: row.team.change_limit if row.team else None,
    Column.READINESS: lambda row: row.team.readiness if row.team else row.readiness,
    Column.TOPOLOGY: lambda row: row.team.topology if row.team else None,
    Column.CALENDAR: lambda row: row.calendar,
}


def value_of(row: Row, column: Column) -> Any:
    """Return the value in one cell, as the domain holds it; None where there is none."""
    return _VALUES[column](row)


def text_of(row: Row, column: Column, language: Language) -> str:
    """Return the text of one cell."""
    value = value_of(row, column)
    if value is None:
        return ""
    if column is Column.TOPOLOGY:
        return language.gettext(TOPOLOGY_WORDS[value])
    if column in (Column.NAME, Column.CALENDAR):
        return " ".join(value.split())
    return language.number(value, decimals=1)


def is_editable(row: Row, column: int) -> bool:
    """Tell whether a cell can be edited in place."""
    return column == Column.NAME or (row.team is not None and column in FIELDS)


def usual_texts(language: Language) -> dict[Column, tuple[str, ...]]:
    """Return the texts each column usually holds, the longest of which it should have room for."""
    found: dict[Column, tuple[str, ...]] = {
        column: (language.gettext(title), "0,000") for column, title in TITLES.items()
    }
    found[Column.NAME] = ("n" * 30,)
    found[Column.TOPOLOGY] = tuple(language.gettext(word) for word in TOPOLOGY_WORDS.values())
    found[Column.CALENDAR] = ("n" * 12,)
    return found


def sum_up(engagement: Engagement, language: Language) -> str:
    """Return the whole organization in one line: "3 units · 12 teams · 84 people · 60 person-days a week"."""
    teams = engagement.teams.values()
    counted = (
        (NN_("{count} unit", "{count} units"), len(engagement.units)),
        (NN_("{count} team", "{count} teams"), len(teams)),
        (NN_("{count} person", "{count} people"), sum(team.headcount for team in teams)),
        (NN_("{count} person-day a week", "{count} person-days a week"), sum(team.change_capacity for team in teams)),
    )
    return " · ".join(language.ngettext(*words, count).format(count=language.number(count)) for words, count in counted)
