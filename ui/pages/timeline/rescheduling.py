"""What taking a bar by the hand means: new starts and durations on working days, as one step of `planner.editing`.

Pure: an engagement, its plan and a number of days give Changes, or a UserError that says why not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from ui.live_plan import LivePlan
from ui.present.edits import duration_until
from ui.timeline.dragging import Grip

if TYPE_CHECKING:
    from planner.analysis.calendar import WorkCalendar


def movable(engagement: Engagement, plan: LivePlan | None, initiative_id: str) -> bool:
    """Tell whether an initiative has dates of its own that can still be changed."""
    initiative = engagement.initiatives.get(initiative_id)
    return (
        initiative is not None
        and plan is not None
        and plan.dates_of(initiative_id) is not None
        and initiative.actual_start is None
        and not engagement.children_of(initiative_id)
    )


def drag(engagement: Engagement, plan: LivePlan, ids: Iterable[str], grip: Grip, days: int) -> Changes:
    """Return what moving bars by calendar `days` changes; by one end, only the first of `ids` changes its duration.

    Dates snap to the working day next in the direction of the move. Raises UserError as the verbs do.
    """
    from planner.editing import initiatives  # noqa: PLC0415  not at start-up

    movables = [one for one in ids if movable(engagement, plan, one)]
    calendar = _calendar(engagement)
    if grip is Grip.WHOLE:
        starts = {one: _snap(calendar, _dates(plan, one)[0], days) for one in movables}
        return initiatives.move_all(engagement, starts)
    (one, *_others) = movables
    start, finish = _dates(plan, one)
    if grip is Grip.FINISH:
        until = max(start, _snap(calendar, finish, days))
        return initiatives.change(engagement, one, duration_days=duration_until(engagement, start, until))
    begin = min(finish, _snap(calendar, start, days))
    return initiatives.reschedule(engagement, one, start=begin, duration_days=duration_until(engagement, begin, finish))


def step(engagement: Engagement, plan: LivePlan, ids: Iterable[str], grip: Grip, working_days: int) -> Changes:
    """Return what moving, lengthening or shortening by working days changes, for the keys."""
    from planner.editing import initiatives  # noqa: PLC0415  not at start-up

    movables = [one for one in ids if movable(engagement, plan, one)]
    calendar = _calendar(engagement)
    if grip is Grip.WHOLE:
        return initiatives.move_all(
            engagement, {one: _working_days_on(calendar, _dates(plan, one)[0], working_days) for one in movables}
        )
    durations = {
        one: max(1.0, engagement.initiatives[one].duration_days + working_days)
        for one in movables
        if engagement.initiatives[one].duration_days
    }
    return initiatives.resize_all(engagement, durations)


def _dates(plan: LivePlan, initiative_id: str) -> tuple[date, date]:
    dates = plan.schedule.dates[initiative_id]
    return dates.early_start, dates.early_finish


def _snap(calendar: WorkCalendar, day: date, days: int) -> date:
    moved = day + timedelta(days=days)
    return calendar.first_working(moved) if days >= 0 else calendar.last_working(moved)


def _working_days_on(calendar: WorkCalendar, day: date, working_days: int) -> date:
    one = timedelta(days=1 if working_days > 0 else -1)
    for _ in range(abs(working_days)):
        day = calendar.first_working(day + one) if working_days > 0 else calendar.last_working(day + one)
    return day


def _calendar(engagement: Engagement) -> WorkCalendar:
    from planner.analysis.calendar import calendar_of  # noqa: PLC0415  not at start-up

    return calendar_of(engagement, None)
