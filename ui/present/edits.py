"""What an edit of a cell means: which intent of `planner.editing` it is, with a finish turned into a duration.

Pure: an engagement and a typed value give Changes, or a UserError that says what is wrong with it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from ui.live_plan import LivePlan
from ui.present.columns import Column

if TYPE_CHECKING:
    from planner.analysis.calendar import WorkCalendar

_FIELDS = {Column.NAME: "name", Column.STATUS: "status", Column.DURATION: "duration_days", Column.PROGRESS: "progress"}


def edit_cell(engagement: Engagement, plan: LivePlan | None, initiative_id: str, column: Column, value: Any) -> Changes:
    """Return what typing `value` into a cell changes; UserError when it may not be."""
    from planner.editing import initiatives  # noqa: PLC0415  not at start-up

    if column in _FIELDS:
        return initiatives.change(engagement, initiative_id, **{_FIELDS[column]: value})
    if column is Column.START:
        return initiatives.move(engagement, initiative_id, value)
    dates = None if plan is None else plan.dates_of(initiative_id)
    if dates is None:
        raise BugError("a finish was typed before there were dates")
    return initiatives.change(
        engagement, initiative_id, duration_days=duration_until(engagement, dates.early_start, value)
    )


def duration_until(engagement: Engagement, start: date, finish: date) -> float:
    """Return the working days from `start` to `finish`, both included, by the engagement's calendar.

    UserError "finish-before-start" when `finish` comes first.
    """
    if finish < start:
        raise UserError("finish-before-start", start=start, finish=finish)
    calendar = _calendar(engagement)
    return float(calendar.count(start, finish))


def _calendar(engagement: Engagement) -> WorkCalendar:
    from planner.analysis.calendar import calendar_of  # noqa: PLC0415  not at start-up

    return calendar_of(engagement, None)
