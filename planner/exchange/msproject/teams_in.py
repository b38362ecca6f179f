"""Resources of a Microsoft Project file as teams, their assignments as the effort teams put into initiatives."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.identity import folded
from planner.domain.initiative import Estimate
from planner.domain.kinds import Entity
from planner.domain.organization import Team, Unit
from planner.exchange.import_report import Fate, ImportedItem, Remark, effect_of, remark
from planner.exchange.models.cleaning import clean_line, clean_text
from planner.exchange.msproject.calendars_in import CalendarsIn
from planner.exchange.msproject.identities import Identities
from planner.exchange.msproject.project_file import NOTHING_UID, ProjectFile, SourceAssignment, SourceResource
from planner.exchange.msproject.working_times import SourceCalendar

_DAYS_A_WEEK: Final = 5
_KINDS: Final[Mapping[int, str]] = {0: "mspdi-material", 2: "mspdi-cost-resource"}
_MOST_CAPACITY: Final = 500_000.0
_MOST_PEOPLE: Final = 100_000
_MOST_EFFORT: Final = 1_000_000.0


class TeamsIn:
    """The teams of one file and what they work on; `put` and `items` as of an import's reading."""

    def __init__(
        self, source: ProjectFile, identities: Identities, engagement: Engagement, calendars: CalendarsIn
    ) -> None:
        self._source = source
        self._identities = identities
        self._engagement = engagement
        self._calendars = calendars
        self._ids: dict[str, str] = {}
        self._named = {folded(team.name): team for team in engagement.teams.values()}
        self._taken = {name: team.id for name, team in self._named.items()}
        self.put: list[Entity] = []
        self.items: list[ImportedItem] = []

    def take_in_calendar(self, calendar: SourceCalendar, unit_name: str) -> str:
        """Return the id of the team that brings the days of a task's calendar along, and puts no effort in."""
        key = f"calendar {calendar.uid}"
        if key not in self._ids:
            unit = next(iter(self._engagement.subunits_of(None)), None)
            unit_id = self._identities.derive("units", "resources") if unit is None else unit.id
            if unit is None and not any(one.id == unit_id for one in self.put):
                self.put.insert(0, Unit(id=unit_id, name=unit_name))
            team_id = self._identities.derive("teams", key)
            before: Team | None = self._identities.before("teams", team_id)
            calendar_id = self._calendars.id_of(calendar)
            team = before or Team(
                id=team_id, name=self._free_name(clean_line(calendar.name) or calendar.uid, team_id), unit_id=unit_id,
                change_capacity=0.0, calendar_id=calendar_id,
                position=len(self._engagement.teams_of(unit_id)) + len(self._ids),
            )  # fmt: skip
            self._ids[key] = team_id
            self._taken[folded(team.name)] = team_id
            self.put.append(dataclasses.replace(team, calendar_id=calendar_id))
        return self._ids[key]

    def let_follow(self, task_uid: str, initiative_id: str, team_id: str) -> None:
        """Let an initiative work on the days of a team that puts no effort in."""
        before = next(
            (
                one
                for one in self._engagement.referring("estimates", "initiative_id").get(initiative_id, ())
                if one.team_id == team_id
            ),
            None,
        )
        estimate_id = self._identities.derive("estimates", "calendar", task_uid)
        self.put.append(before or Estimate(id=estimate_id, initiative_id=initiative_id, team_id=team_id))

    def take_in_teams(self, unit_name: str) -> None:
        """Make teams of all people who work; new ones stand in the first unit there is, else in one of that name."""
        unit = next(iter(self._engagement.subunits_of(None)), None)
        unit_id = self._identities.derive("units", "resources") if unit is None else unit.id
        for resource in self._source.resources:
            if resource.is_blank or not (resource.name or resource.kind != 1):
                continue
            self._take_in(resource, unit_id)
        if unit is None and any(isinstance(one, Team) and one.unit_id == unit_id for one in self.put):
            self.put.insert(0, Unit(id=unit_id, name=unit_name))

    def _take_in(self, resource: SourceResource, unit_id: str) -> None:
        name = clean_line(resource.name) or resource.uid
        if resource.kind != 1:
            self._reject("teams", name, resource.uid, resource.line, _KINDS.get(resource.kind, "mspdi-material"))
            return
        team_id = self._identities.find("teams", guid=resource.guid, uid=resource.uid)
        before: Team | None = self._identities.before("teams", team_id)
        namesake = self._named.get(folded(name))
        remarks: list[Remark] = []
        if before is None and namesake is not None:
            # A team of that name is here already: the work is its own, and what is known of it is not touched.
            self._ids[resource.uid] = namesake.id
            remarks.append(remark("mspdi-team-known"))
            team = namesake
        else:
            calendar = self._calendars.for_resource(resource.calendar_uid)
            calendar_id = self._calendars.id_of(calendar)
            self._ids[resource.uid] = team_id
            capacity = min(_MOST_CAPACITY, max(0.0, resource.units * _DAYS_A_WEEK))
            name = self._free_name(name, team_id)
            if before is None:
                team = Team(
                    id=team_id, name=name, unit_id=unit_id, headcount=min(_MOST_PEOPLE, max(0, round(resource.units))),
                    change_capacity=capacity, calendar_id=calendar_id, description=clean_text(resource.notes),
                    position=len(self._engagement.teams_of(unit_id)) + len(self._ids) - 1,
                )  # fmt: skip
            else:
                team = dataclasses.replace(
                    before, name=name, change_capacity=capacity, calendar_id=calendar_id,
                    description=clean_text(resource.notes),
                )  # fmt: skip
            self.put.append(team)
            self._taken[folded(name)] = team_id
        self.items.append(
            ImportedItem(
                kind="teams", name=name, source_id=resource.uid, entity_id=team.id, place=str(resource.line),
                fate=Fate.CHANGED if remarks else Fate.IMPORTED, remarks=tuple(remarks),
                effect=effect_of(self._engagement, "teams", team),
            )
        )  # fmt: skip

    def _free_name(self, name: str, team_id: str) -> str:
        """Return `name`, numbered where another team bears it."""
        free, number = name, 1
        while self._taken.get(folded(free), team_id) != team_id:
            number += 1
            free = f"{name} ({number})"
        return free

    def _reject(self, kind: str, name: str, uid: str, line: int, code: str, **parameters: Any) -> None:
        self.items.append(
            ImportedItem(
                kind=kind, name=name, source_id=uid, place=str(line), fate=Fate.REJECTED,
                remarks=(remark(code, **parameters),),
            )
        )  # fmt: skip

    def resource_uids(self) -> Iterable[str]:
        """Return the UIDs of the resources that are teams here."""
        return [resource.uid for resource in self._source.resources if resource.uid in self._ids]

    def team_id(self, resource_uid: str) -> str:
        """Return the team a resource is here."""
        return self._ids[resource_uid]

    def known_ids(self) -> Iterable[str]:
        """Return the ids of the teams the file names."""
        return self._ids.values()

    def take_in_efforts(
        self,
        initiative_ids: Mapping[str, str],
        names: Mapping[str, str],
        minutes_a_day: int,
        left_out: AbstractSet[tuple[str, str]],
    ) -> None:
        """Make estimates of assignments: several of one team to one task are one; some (task, resource) are left out."""
        gathered: dict[tuple[str, str], list[SourceAssignment]] = defaultdict(list)
        for assignment in self._source.assignments:
            if assignment.resource_uid in ("", NOTHING_UID):
                continue
            task = names.get(assignment.task_uid, assignment.task_uid)
            if assignment.resource_uid not in self._ids:
                self._reject("estimates", task, assignment.uid, assignment.line, "mspdi-assignment-nobody")
            elif (assignment.task_uid, assignment.resource_uid) in left_out:
                self._reject("estimates", task, assignment.uid, assignment.line, "mspdi-assignment-apart")
            elif assignment.task_uid not in initiative_ids:
                self._reject("estimates", task, assignment.uid, assignment.line, "mspdi-assignment-nothing")
            else:
                gathered[assignment.task_uid, self._ids[assignment.resource_uid]].append(assignment)
        known = {(e.initiative_id, e.team_id): e for e in self._engagement.estimates.values()}
        for (task_uid, team_id), assignments in gathered.items():
            effort = min(_MOST_EFFORT, max(0.0, sum(one.work for one in assignments) / minutes_a_day))
            initiative_id = initiative_ids[task_uid]
            before = known.get((initiative_id, team_id))
            if before is None:
                estimate = Estimate(
                    id=self._identities.find("estimates", guid=assignments[0].guid, uid=f"{task_uid}|{team_id}"),
                    initiative_id=initiative_id, team_id=team_id, effort=effort,
                )  # fmt: skip
            else:
                estimate = dataclasses.replace(
                    before, effort=effort,
                    optimistic_effort=None if before.optimistic_effort is None else min(before.optimistic_effort, effort),
                    pessimistic_effort=None if before.pessimistic_effort is None else max(before.pessimistic_effort, effort),
                )  # fmt: skip
            self.put.append(estimate)
            self.items.append(
                ImportedItem(
                    kind="estimates", name=names[task_uid], source_id=assignments[0].uid, entity_id=estimate.id,
                    place=str(assignments[0].line), effect=effect_of(self._engagement, "estimates", estimate),
                )
            )  # fmt: skip
