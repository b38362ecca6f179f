"""Which rows a Gantt chart has, in which swimlanes, and what each row tells; where they stand is `layout`'s matter.

A lane is a unit or a team. An initiative is worked on by the teams it has estimates for; without any, by those of what
it holds; without these either, by those of what holds it. Lanes by unit take the deepest unit that holds all of its
teams; lanes by team take the team that puts in the most effort, save for a programme of several teams, which stands in
a lane before all others.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.schedule import Schedule
from planner.charts.text import on_one_line
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative, Status
from planner.domain.organization import Team, Unit

_SEVERAL: Final = "several"
"""The lane of programmes that several teams work on; no id looks like it."""


class GroupBy(enum.Enum):
    """What the swimlanes of a chart are."""

    OUTLINE = "outline"
    UNIT = "unit"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class GanttRow:
    """What one row tells. `finish` is the last working day; `depth` is 0 at the left; `progress` runs from 0 to 1.

    `teams` names those who work on it, in the order of their effort; `baseline` holds the dates it once had.
    """

    id: str
    name: str
    start: date
    finish: date
    depth: int = 0
    summary: bool = False
    milestone: bool = False
    critical: bool = False
    progress: float = 0.0
    status: Status = Status.PLANNED
    deadline: date | None = None
    deadline_missed: bool = False
    teams: tuple[str, ...] = ()
    baseline: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One swimlane: the id of its unit or team ("" where it has none), its title ("" for none), its rows."""

    id: str
    title: str
    rows: tuple[GanttRow, ...]


class Work:
    """Who works on each initiative and how far it is, worked out once for an engagement."""

    def __init__(self, engagement: Engagement) -> None:
        self._engagement = engagement
        self._parents = engagement.referring("initiatives", "parent_id")
        self._efforts: dict[str, Mapping[str, float]] = {}
        self._progress: dict[str, tuple[float, float]] = {}
        for initiative, _depth in reversed(engagement.outline()):
            self._efforts[initiative.id] = self._efforts_of(initiative)
            self._progress[initiative.id] = self._progress_of(initiative)

    def progress(self, initiative_id: str) -> float:
        """Return how much of an initiative is done, 0 to 1; what holds others takes it from them by duration."""
        done, whole = self._progress[initiative_id]
        return done / whole if whole else 0.0

    def teams(self, initiative_id: str) -> tuple[Team, ...]:
        """Return who works on an initiative, those with the most effort first."""
        seen: str | None = initiative_id
        while seen is not None:
            efforts = self._efforts[seen]
            if efforts:
                teams = (self._engagement.teams[team_id] for team_id in efforts)
                return tuple(sorted(teams, key=lambda team: (-efforts[team.id], team.position, team.name, team.id)))
            seen = self._engagement.initiatives[seen].parent_id
        return ()

    def is_summary(self, initiative_id: str) -> bool:
        """Tell whether an initiative holds others."""
        return initiative_id in self._parents

    def _efforts_of(self, initiative: Initiative) -> Mapping[str, float]:
        efforts: dict[str, float] = {}
        for estimate in self._engagement.referring("estimates", "initiative_id").get(initiative.id, ()):
            efforts[estimate.team_id] = efforts.get(estimate.team_id, 0.0) + estimate.effort
        if not efforts:
            for child in self._parents.get(initiative.id, ()):
                for team_id, effort in self._efforts[child.id].items():
                    efforts[team_id] = efforts.get(team_id, 0.0) + effort
        return efforts

    def _progress_of(self, initiative: Initiative) -> tuple[float, float]:
        children = [c for c in self._parents.get(initiative.id, ()) if c.status is not Status.DROPPED]
        if not children:
            # A milestone weighs next to nothing, but a programme of milestones alone still has a progress.
            weight = max(initiative.duration_days, 0.001)
            return (1.0 if initiative.status is Status.DONE else initiative.progress) * weight, weight
        parts = [self._progress[child.id] for child in children]
        return sum(done for done, _ in parts), sum(whole for _, whole in parts)


def gantt_rows(
    engagement: Engagement,
    schedule: Schedule,
    *,
    group_by: GroupBy = GroupBy.OUTLINE,
    no_team_title: str = "",
    several_teams_title: str = "",
    baseline_id: str | None = None,
    include_dropped: bool = False,
) -> tuple[Lane, ...]:
    """Return the rows of an engagement in their lanes, both in the order of the plan.

    `no_team_title` heads the last lane, of what nobody works on, `several_teams_title` the first of those by team. By
    outline there is one lane, without a title.
    """
    work = Work(engagement)
    baseline = baselines_of(engagement, baseline_id)
    shown = [
        initiative
        for initiative, _depth in engagement.outline()
        if include_dropped or initiative.status is not Status.DROPPED
    ]
    lane_ids = {
        initiative.id: _lane_of(engagement, work.teams(initiative.id), group_by, summary=work.is_summary(initiative.id))
        for initiative in shown
    }
    rows: dict[str, list[GanttRow]] = {}
    for initiative in shown:
        lane_id = lane_ids[initiative.id]
        depth = sum(1 for ancestor in _ancestors(engagement, initiative) if lane_ids.get(ancestor.id) == lane_id)
        row = row_of(engagement, schedule, work, initiative.id, depth=depth, baseline=baseline.get(initiative.id))
        rows.setdefault(lane_id, []).append(row)
    titles = {_SEVERAL: several_teams_title, **_lane_titles(engagement, group_by)}
    titles[""] = no_team_title if group_by is not GroupBy.OUTLINE else ""
    return tuple(Lane(lane_id, title, tuple(rows[lane_id])) for lane_id, title in titles.items() if lane_id in rows)


def overall_progress(engagement: Engagement) -> float:
    """Return how much of the whole plan is done, 0 to 1, weighted by duration; dropped initiatives do not count."""
    parts = [
        (initiative.progress if initiative.status is not Status.DONE else 1.0, initiative.duration_days)
        for initiative, _depth in engagement.outline()
        if initiative.status is not Status.DROPPED
        and initiative.id not in engagement.referring("initiatives", "parent_id")
    ]
    whole = sum(days for _, days in parts)
    return sum(progress * days for progress, days in parts) / whole if whole else 0.0


def row_of(
    engagement: Engagement,
    schedule: Schedule,
    work: Work,
    initiative_id: str,
    *,
    depth: int = 0,
    baseline: tuple[date, date] | None = None,
) -> GanttRow:
    """Return what the row of one initiative tells."""
    initiative = engagement.initiatives[initiative_id]
    dates = schedule.dates[initiative_id]
    return GanttRow(
        id=initiative_id,
        name=on_one_line(initiative.name),
        start=dates.early_start,
        finish=dates.early_finish,
        depth=depth,
        summary=dates.summary,
        milestone=dates.milestone,
        critical=dates.critical,
        progress=work.progress(initiative_id),
        status=initiative.status,
        deadline=initiative.deadline,
        deadline_missed=dates.deadline_missed,
        teams=tuple(on_one_line(team.name) for team in work.teams(initiative_id)),
        baseline=baseline,
    )


def baselines_of(engagement: Engagement, baseline_id: str | None) -> Mapping[str, tuple[date, date]]:
    """Return initiative id -> (start, finish) as one baseline has them; empty for None."""
    if baseline_id is None:
        return {}
    return {entry.initiative_id: (entry.start, entry.finish) for entry in engagement.baselines[baseline_id].entries}


def _lane_of(engagement: Engagement, teams: tuple[Team, ...], group_by: GroupBy, *, summary: bool) -> str:
    if group_by is GroupBy.OUTLINE or not teams:
        return ""
    if group_by is GroupBy.TEAM:
        return _SEVERAL if summary and len(teams) > 1 else teams[0].id
    shared = list(_path(engagement, teams[0].unit_id))
    for team in teams[1:]:
        path = _path(engagement, team.unit_id)
        shared = [unit for unit, other in zip(shared, path, strict=False) if unit.id == other.id]
    return shared[-1].id if shared else ""


def _path(engagement: Engagement, unit_id: str) -> tuple[Unit, ...]:
    path: list[Unit] = []
    seen: str | None = unit_id
    while seen is not None:
        unit = engagement.units[seen]
        path.append(unit)
        seen = unit.parent_id
    return tuple(reversed(path))


def _lane_titles(engagement: Engagement, group_by: GroupBy) -> dict[str, str]:
    if group_by is GroupBy.OUTLINE:
        return {}
    named: list[Unit | Team] = []
    for unit in _units_in_order(engagement):
        if group_by is GroupBy.UNIT:
            named.append(unit)
        else:
            named.extend(engagement.teams_of(unit.id))
    times: dict[str, int] = {}
    for entity in named:
        times[entity.name] = times.get(entity.name, 0) + 1
    return {entity.id: _lane_title(engagement, entity, alone=times[entity.name] == 1) for entity in named}


def _lane_title(engagement: Engagement, entity: Unit | Team, *, alone: bool) -> str:
    above = entity.unit_id if isinstance(entity, Team) else entity.parent_id
    name = on_one_line(entity.name)
    if alone or above is None:
        return name
    return f"{on_one_line(engagement.units[above].name)} \u203a {name}"


def _units_in_order(engagement: Engagement) -> Iterator[Unit]:
    stack = list(reversed(engagement.subunits_of(None)))
    while stack:
        unit = stack.pop()
        yield unit
        stack.extend(reversed(engagement.subunits_of(unit.id)))


def _ancestors(engagement: Engagement, initiative: Initiative) -> Iterator[Initiative]:
    parent_id = initiative.parent_id
    while parent_id is not None:
        parent = engagement.initiatives[parent_id]
        yield parent
        parent_id = parent.parent_id
