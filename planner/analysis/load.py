"""What the plan asks of each team, week by week: effort against capacity, initiatives at once against the limit.

Shares are reported as they are (1.01 and 1.5 stay apart); what stands behind a week is named. Dates and working days
are given by the caller, so that the same arithmetic serves the live plan, a scenario and a proposal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.engagement import Engagement
from planner.domain.initiative import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLoad:
    """One team in the week that begins on `week` (a Monday).

    `effort` and `capacity` are in person-days; `initiative_ids` are the active ones, in the order of the plan.
    """

    team_id: str
    week: date
    effort: float
    capacity: float
    limit: int
    initiative_ids: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Effort over capacity, 1 for full; None for effort on a team without capacity."""
        if self.capacity:
            return self.effort / self.capacity
        return 0.0 if not self.effort else None

    @property
    def over_limit(self) -> bool:
        """Whether more initiatives are active than the team's change limit allows."""
        return len(self.initiative_ids) > self.limit


def weekly_load(
    engagement: Engagement,
    spans: Mapping[str, tuple[date, date]],
    is_working: Callable[[str, date], bool],
) -> dict[tuple[str, date], WeekLoad]:
    """Return (team id, Monday) -> load for every week in which a team has an active initiative.

    `spans` gives each initiative's first and last day; `is_working(team id, day)` tells a team's working days. Effort
    is spread evenly over the team's working days of the span. Dropped initiatives and those that hold others ask
    nothing.
    """
    effort: dict[tuple[str, date], float] = {}
    active: dict[tuple[str, date], list[str]] = {}
    for initiative, _depth in engagement.outline():
        if initiative.status is Status.DROPPED or initiative.id not in spans or engagement.children_of(initiative.id):
            continue
        start, finish = spans[initiative.id]
        for estimate in engagement.referring("estimates", "initiative_id").get(initiative.id, ()):
            days = [day for day in _days(start, finish) if is_working(estimate.team_id, day)] or [start]
            daily = estimate.effort / len(days)
            for day in days:
                key = (estimate.team_id, day - timedelta(days=day.weekday()))
                effort[key] = effort.get(key, 0.0) + daily
                behind = active.setdefault(key, [])
                if not behind or behind[-1] != initiative.id:
                    behind.append(initiative.id)
    return {
        (team_id, week): WeekLoad(
            team_id=team_id,
            week=week,
            effort=total,
            capacity=engagement.teams[team_id].change_capacity,
            limit=engagement.teams[team_id].change_limit,
            initiative_ids=tuple(active[team_id, week]),
        )
        for (team_id, week), total in sorted(effort.items())
    }


def _days(start: date, finish: date) -> list[date]:
    return [start + timedelta(days=offset) for offset in range((finish - start).days + 1)]
