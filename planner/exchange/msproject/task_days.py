"""On which days each task of a Microsoft Project file works, there and here.

There a task follows a calendar of its own, those of its resources, or the project's; here an initiative follows its
teams'. Where a task's own calendar says something else than its teams do, a team of the calendar's name, which puts no
effort in, brings its days along.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from planner.analysis.calendar import WorkCalendar, calendar_for
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.exchange.msproject.calendars_in import CalendarsIn
from planner.exchange.msproject.project_file import ProjectFile, SourceTask
from planner.exchange.msproject.teams_in import TeamsIn
from planner.exchange.msproject.working_times import SourceCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDays:
    """The days a task works on here, the calendars its hours are told in there, and the one it follows of its own."""

    here: WorkCalendar
    hours: tuple[SourceCalendar, ...]
    follows: SourceCalendar | None = None


class DaysOfTasks:
    """The days of every task of one file; `engagement` holds the calendars and teams it brings.

    `left_out` names the resources (by UID of task and resource) that never work together with others of their task.
    """

    def __init__(self, source: ProjectFile, calendars: CalendarsIn, teams: TeamsIn, engagement: Engagement) -> None:
        self._calendars = calendars
        self._engagement = engagement
        self._resource_calendars = {
            resource.uid: calendars.for_resource(resource.calendar_uid) for resource in source.resources
        }
        self._team_calendars = {uid: engagement.teams[teams.team_id(uid)].calendar_id for uid in teams.resource_uids()}
        self._works_on: dict[str, list[str]] = defaultdict(list)
        for assignment in source.assignments:
            if assignment.resource_uid in self._team_calendars:
                self._works_on[assignment.task_uid].append(assignment.resource_uid)
        self.left_out: set[tuple[str, str]] = set()
        self._shared: dict[frozenset[str | None], WorkCalendar] = {}
        self._meeting: dict[frozenset[str | None], bool] = {}
        self._differing: dict[tuple[str, frozenset[str | None], bool], bool] = {}

    def find(self, task: SourceTask, *, holds: bool) -> TaskDays:
        """Return the days of a task; one that holds others has the project's."""
        on_it = [] if holds else self._together(task.uid, frozenset())
        key = frozenset(self._team_calendars[uid] for uid in on_it)
        own = self._calendars.of_task(task.calendar_uid)
        of_resources = [self._resource_calendars[uid] for uid in on_it if not task.ignores_resource_calendars]
        others = [one for one in of_resources if one is not None]
        hours = (*(() if own is None else (own,)), *others, self._calendars.project)
        if own is None or holds or not self._differs(own, key, others, task):
            return TaskDays(here=self._calendar(key), hours=hours)
        follows = frozenset([self._calendars.id_of(own)])
        on_it = self._together(task.uid, follows)
        key = follows | {self._team_calendars[uid] for uid in on_it}
        return TaskDays(here=self._calendar(key), hours=hours, follows=own)

    def _together(self, task_uid: str, follows: frozenset[str | None]) -> list[str]:
        """Return the resources of a task that have a day in common, with what it `follows`; the others are left out."""
        found: list[str] = []
        for uid in self._works_on[task_uid]:
            if self._meets(follows | {self._team_calendars[one] for one in (*found, uid)}):
                found.append(uid)
            else:
                self.left_out.add((task_uid, uid))
        return found

    def _meets(self, key: frozenset[str | None]) -> bool:
        """Tell whether calendars have a working day in common as far as the plan reaches."""
        if key not in self._meeting:
            try:
                self._meeting[key] = self._calendars.ever_works(self._calendar(key))
            except UserError:
                self._meeting[key] = False
        return self._meeting[key]

    def _differs(
        self, own: SourceCalendar, key: frozenset[str | None], others: list[SourceCalendar], task: SourceTask
    ) -> bool:
        asked = (own.uid, key, task.ignores_resource_calendars)
        if asked not in self._differing:
            self._differing[asked] = self._calendars.differs(own, others, self._calendar(key))
        return self._differing[asked]

    def _calendar(self, key: frozenset[str | None]) -> WorkCalendar:
        if key not in self._shared:
            self._shared[key] = calendar_for(self._engagement, key)
        return self._shared[key]
