"""What `roadbook-cli load`, `risk` and `project` found, as values for JSON: numbers, ids and days, no words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from planner.domain.settings import RollUp

WHOLE: Final = ""
"""The part that is all teams in view together; no entity has this id."""

if TYPE_CHECKING:
    from planner.analysis.forecast import ForecastReview
    from planner.analysis.level_dates import LevelForecast
    from planner.analysis.load import Load, LoadSpan, UnitWeek
    from planner.analysis.maturity import RolledUp
    from planner.analysis.projection import Projection
    from planner.analysis.risk.outlook import Driver, FinishForecast, Outlook
    from planner.analysis.standings import Tally
    from planner.domain.engagement import Engagement


def told_load(
    engagement: Engagement,
    found: Load,
    spans: Iterable[LoadSpan],
    units: Mapping[str, Iterable[UnitWeek]],
    *,
    teams: Collection[str],
) -> dict[str, Any]:
    """Return the load of some teams and units; percents are null where effort meets no capacity."""
    weeks: dict[str, list[dict[str, Any]]] = {team_id: [] for team_id in found.team_ids if team_id in teams}
    for one in found.loaded_weeks():
        if one.team_id not in weeks:
            continue
        weeks[one.team_id].append(
            {
                "week": one.week.isoformat(),
                "effort": one.effort,
                "capacity": one.capacity,
                "percent": _percent(one.share),
                "at_once": one.at_once,
                "initiatives": list(one.initiative_ids),
                "cooling_down": list(one.cooling_ids),
            }
        )
    return {
        "weeks": [week.isoformat() for week in found.weeks],
        "teams": [
            {
                "id": team_id,
                "name": engagement.teams[team_id].name,
                "limit": engagement.teams[team_id].change_limit,
                "weeks": held,
            }
            for team_id, held in weeks.items()
        ],
        "spans": [
            {
                "team": span.team_id,
                "kind": span.kind.value,
                "first_week": span.first_week.isoformat(),
                "last_week": span.last_week.isoformat(),
                "weeks": span.weeks,
                "peak_percent": _percent(span.peak_share),
                "peak_at_once": span.peak_at_once,
                "limit": span.limit,
                "initiatives": list(span.initiative_ids),
            }
            for span in spans
        ],
        "units": [
            {
                "id": unit_id,
                "name": engagement.units[unit_id].name,
                "weeks": [
                    {
                        "week": one.week.isoformat(),
                        "effort": one.effort,
                        "capacity": one.capacity,
                        "percent": _percent(one.share),
                        "worst_team": one.worst_team_id,
                        "worst_percent": _percent(one.worst_share),
                        "over": list(one.over_team_ids),
                    }
                    for one in weeks_of_unit
                ],
            }
            for unit_id, weeks_of_unit in units.items()
        ],
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 6)


def told_outlook(engagement: Engagement, outlook: Outlook) -> dict[str, Any]:
    """Return the dates, the criticality and what drives the end."""
    return {
        "draws": outlook.draws,
        "seed": outlook.seed,
        "durations": "PERT-beta",
        "correlation": None
        if outlook.correlation is None
        else {"rho": outlook.correlation.rho, "within": outlook.correlation.within.value},
        "plan": None if outlook.plan is None else _told_finish(outlook.plan),
        "initiatives": [
            {
                "id": initiative.id,
                "name": initiative.name,
                **_told_finish(outlook.initiatives[initiative.id]),
                "criticality": outlook.initiatives[initiative.id].criticality,
                "on_time": outlook.initiatives[initiative.id].on_time,
            }
            for initiative, _depth in engagement.outline()
            if initiative.id in outlook.initiatives
        ],
        "drivers": [
            {
                "kind": driver.kind.value,
                "id": driver.id,
                "name": driver_name(engagement, driver),
                "rank_correlation": driver.rank_correlation,
                "swing_days": driver.swing_days,
            }
            for driver in outlook.drivers
        ],
    }


def _told_finish(forecast: FinishForecast) -> dict[str, str]:
    return {name: getattr(forecast, name).isoformat() for name in ("planned", "p50", "p80", "p95")}


def driver_name(engagement: Engagement, driver: Driver) -> str:
    """Return the name of the initiative or risk behind a driver."""
    held = engagement.risks if driver.kind.value == "risk" else engagement.initiatives
    name: str = held[driver.id].name
    return name


def told_projection(
    engagement: Engagement,
    found: Projection,
    levels: Mapping[str, Iterable[LevelForecast]],
    reviewed: ForecastReview | None,
) -> dict[str, Any]:
    """Return scores, roll-ups and levels by part (`WHOLE` for all in view), and the review where there is one."""
    told: dict[str, Any] = {
        "on": found.on.isoformat(),
        "assessment": found.assessment_id,
        "whole": _told_tally(found.whole),
        "teams": [
            {
                "id": team_id,
                "name": engagement.teams[team_id].name,
                **_told_tally(tally),
                "levels": [_told_level(engagement, level) for level in levels[team_id]],
            }
            for team_id, tally in found.teams.items()
        ],
        "units": [
            {
                "id": unit_id,
                "name": engagement.units[unit_id].name,
                **_told_tally(tally),
                "levels": [_told_level(engagement, level) for level in levels[unit_id]],
            }
            for unit_id, tally in found.units.items()
            if unit_id in levels
        ],
        "practices": [
            {"id": practice_id, "name": engagement.practices[practice_id].name, **_told_tally(tally)}
            for practice_id, tally in found.practices.items()
        ],
        "cells": [
            {
                "team": place[0],
                "practice": place[1],
                "score": score,
                "lifted_by": list(found.lifted.get(place, ())),
            }
            for place, score in found.scores.items()
            if score is not None
        ],
        "levels": [_told_level(engagement, level) for level in levels[WHOLE]],
    }
    if reviewed is not None:
        told["review"] = _told_review(reviewed)
    return told


def _told_tally(tally: Tally) -> dict[str, Any]:
    return {method.value: _told_roll_up(tally.rolled_up(method)) for method in RollUp}


def _told_roll_up(rolled: RolledUp) -> dict[str, Any]:
    return {
        "value": rolled.value,
        "spread": rolled.spread,
        "used": rolled.used,
        "left_out": {state.value: count for state, count in rolled.left_out.items()},
    }


def _told_level(engagement: Engagement, level: LevelForecast) -> dict[str, Any]:
    from planner.analysis.level_dates import fiscal_quarter  # noqa: PLC0415  loaded when used

    told: dict[str, Any] = {"level": level.level, "held_now": level.held_now, "chance": level.chance}
    for name in ("planned", "p50", "p80", "p95"):
        day = getattr(level, name)
        told[name] = None if day is None else day.isoformat()
        if day is not None:
            quarter = fiscal_quarter(engagement, day)
            told[f"{name}_quarter"] = {"fiscal_year_began": quarter.year, "quarter": quarter.number}
    return {**told, "missing": level.missing}


def _told_review(reviewed: ForecastReview) -> dict[str, Any]:
    return {
        "before": reviewed.before_id,
        "after": reviewed.after_id,
        "cells": [
            {
                "team": cell.team_id,
                "practice": cell.practice_id,
                "before": cell.before,
                "expected": cell.expected,
                "found": cell.found,
                "initiatives": list(cell.initiative_ids),
                "delivery": cell.delivery.value,
            }
            for cell in reviewed.cells
        ],
        "initiatives": [
            {
                "id": one.initiative_id,
                "finish": one.finish.isoformat(),
                "delivery": one.delivery.value,
                "delivered": one.delivered,
                "under_delivered": one.under_delivered,
                "regressed": one.regressed,
                "not_assessed": one.not_assessed,
            }
            for one in reviewed.initiatives
        ],
    }
