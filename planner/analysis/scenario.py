"""Plans side by side: a scenario as an engagement of its own, and what each of several plans leads to.

A scenario is applied to the live plan and everything else is computed on what comes out, as on any engagement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.analysis.load import spans_of, team_load
from planner.analysis.priority import scores_of, yardstick_in_force
from planner.analysis.projection import project
from planner.analysis.schedule import schedule
from planner.domain.changes import Label, build_changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Initiative, Status
from planner.domain.overrides import overridden


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """What one plan leads to; `scenario_id` is None for the live plan.

    `finish` is the last day of work (None without any), `worth_by` the worth delivered by each day asked for,
    `worth` that of everything in the plan. `peak_share` is the highest load of a team in a week (1 is full; None where
    one without capacity is asked for work) and `peak_team_id` whose it is; `over_weeks` counts team-weeks over capacity
    or limit. `maturity` is the mean score from 0 to 1 projected for each day (None where nothing is known). `moved` are
    initiatives that start or finish on other days than in the live plan, `left_out` and `brought_in` those that are in
    one of the two only.
    """

    scenario_id: str | None
    finish: date | None
    worth: float
    worth_by: Mapping[date, float]
    peak_share: float | None
    peak_team_id: str | None
    over_weeks: int
    maturity: Mapping[date, float | None]
    moved: tuple[str, ...]
    left_out: tuple[str, ...]
    brought_in: tuple[str, ...]


def applied(engagement: Engagement, scenario_id: str) -> Engagement:
    """Return the engagement as it would be under a scenario; UserError "unknown-entity" where there is none such."""
    if scenario_id not in engagement.scenarios:
        raise UserError("unknown-entity", kind="scenarios", id=scenario_id)
    label = Label("promote-scenario", {"name": engagement.scenarios[scenario_id].name})
    put = overridden(engagement, scenario_id).put
    return engagement.apply(build_changes(engagement.by_kind(), label, put=put))


def compare(engagement: Engagement, scenario_ids: Sequence[str], days: Sequence[date]) -> tuple[PlanFigures, ...]:
    """Return the figures of the live plan and of scenarios, worth and maturity for each of some days.

    Raises what `applied`, the schedule and the formula in force raise.
    """
    live = spans_of(schedule(engagement))
    own = _counting(engagement)
    found = [_figures(engagement, None, days, live, own)]
    found += [_figures(applied(engagement, one), one, days, live, own) for one in scenario_ids]
    return tuple(found)


def _figures(
    engagement: Engagement,
    scenario_id: str | None,
    days: Sequence[date],
    live: Mapping[str, tuple[date, date]],
    live_ids: Sequence[str],
) -> PlanFigures:
    spans = spans_of(schedule(engagement))
    counting = _counting(engagement)
    yardstick = yardstick_in_force(engagement)
    worths = {one: yardstick.measure(one, scores_of(engagement, one)).value or 0.0 for one in counting}
    finishes = {one: finish for one, (_start, finish) in spans.items()}
    peak_share, peak_team, over_weeks = _peak(engagement, spans)
    kept = set(counting)
    return PlanFigures(
        scenario_id=scenario_id,
        finish=max((finishes[one] for one in counting), default=None),
        worth=sum(worths.values()),
        worth_by={day: sum(worths[one] for one in counting if finishes[one] <= day) for day in days},
        peak_share=peak_share,
        peak_team_id=peak_team,
        over_weeks=over_weeks,
        maturity={day: _mean(engagement, finishes, day) for day in days},
        moved=tuple(one for one in live_ids if one in kept and spans[one] != live[one]),
        left_out=tuple(one for one in live_ids if one not in kept),
        brought_in=tuple(one for one in counting if one not in set(live_ids)),
    )


def _mean(engagement: Engagement, finishes: Mapping[str, date], day: date) -> float | None:
    whole = project(engagement, finishes, on=day).whole
    return whole.worth / whole.weight if whole.weight else None


def _peak(engagement: Engagement, spans: Mapping[str, tuple[date, date]]) -> tuple[float | None, str | None, int]:
    """Return the highest share of a team in a week, whose it is, and how many team-weeks are over."""
    load = team_load(engagement, spans)
    highest: float | None = 0.0
    team_id: str | None = None
    over = 0
    for week in load.loaded_weeks():
        over += week.over_capacity or week.over_limit
        if highest is not None and (week.share is None or week.share > highest):
            highest, team_id = week.share, week.team_id
    return highest, team_id, over


def _counting(engagement: Engagement) -> list[str]:
    """Return, in the order of the plan, what holds nothing and is not dropped, nor within what is."""
    found: list[str] = []
    dropped: set[str] = set()
    for initiative, _depth in engagement.outline():
        if _is_dropped(initiative, dropped):
            dropped.add(initiative.id)
        elif not engagement.children_of(initiative.id):
            found.append(initiative.id)
    return found


def _is_dropped(initiative: Initiative, dropped: set[str]) -> bool:
    return initiative.status is Status.DROPPED or initiative.parent_id in dropped
