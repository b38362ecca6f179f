"""Whether a plan keeps to everything it must, day by day, by nothing but the domain: it shares no code with what plans."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Initiative, Link, LinkType

Spans = Mapping[str, tuple[date, date]]
"""Initiative id -> its first and last day worked."""

_DAY = timedelta(days=1)
_FRIDAY = 4
_ROUNDING = 0.002
"""Person-days a day that counting in parts of one may add to each initiative."""


def faults_of(engagement: Engagement, spans: Spans) -> list[str]:
    """Return what a plan of initiatives that all take time, hold nothing and have not begun does not keep to."""
    return [
        *_faults_of_days(engagement, spans),
        *_faults_of_links(engagement, spans),
        *_faults_of_teams(engagement, spans),
    ]


def works(engagement: Engagement, initiative: Initiative, day: date) -> bool:
    """Tell whether the engagement and all teams of an initiative work on a day."""
    teams = [engagement.teams[e.team_id] for e in engagement.estimates.values() if e.initiative_id == initiative.id]
    ids = {engagement.setting.calendar_id, *(team.calendar_id for team in teams)} - {None}
    if engagement.setting.calendar_id is None and day.weekday() > _FRIDAY:
        return False
    for calendar_id in ids:
        weekdays = engagement.calendars[calendar_id].weekdays
        if weekdays is not None and day.weekday() not in weekdays:
            return False
    rests = [*engagement.freezes.values(), *engagement.calendar_exceptions.values()]
    return not any(one.calendar_id in ids and one.start <= day <= one.finish for one in rests)


def _days(engagement: Engagement, initiative: Initiative, first: date, last: date) -> list[date]:
    spanned = (first + _DAY * offset for offset in range((last - first).days + 1))
    return [day for day in spanned if works(engagement, initiative, day)]


def _faults_of_days(engagement: Engagement, spans: Spans) -> Iterator[str]:
    for one in engagement.initiatives.values():
        first, last = spans[one.id]
        worked = _days(engagement, one, first, last)
        if not worked or worked[0] != first or worked[-1] != last:
            yield f"{one.id} begins or ends on a day that rests"
        if len(worked) != math.ceil(one.duration_days):
            yield f"{one.id} works {len(worked)} days of {one.duration_days}"
        if first < max(engagement.first_day, engagement.setting.status_date or engagement.first_day):
            yield f"{one.id} begins before anything may"
        if one.constraint is ConstraintKind.START_NO_EARLIER_THAN and first < one.constraint_date:
            yield f"{one.id} begins before its date"


def _faults_of_links(engagement: Engagement, spans: Spans) -> Iterator[str]:
    for link in engagement.links.values():
        if not _is_kept(engagement, link, spans):
            yield f"{link.predecessor_id} {link.type.value}{link.lag_days:+} {link.successor_id} is not kept"


def _is_kept(engagement: Engagement, link: Link, spans: Spans) -> bool:
    """Tell whether the days the successor could work between the two ends are at least the lag."""
    successor = engagement.initiatives[link.successor_id]
    before, after = spans[link.predecessor_id], spans[link.successor_id]
    from_start = link.type in (LinkType.START_TO_START, LinkType.START_TO_FINISH)
    to_finish = link.type in (LinkType.FINISH_TO_FINISH, LinkType.START_TO_FINISH)
    # Moments at the beginning of a day: an end is the beginning of the next one.
    base = before[0] if from_start else before[1] + _DAY
    held = after[1] + _DAY if to_finish else after[0]
    if held >= base:
        between = len(_days(engagement, successor, base, held - _DAY)) if held > base else 0
    else:
        between = -len(_days(engagement, successor, held, base - _DAY))
    return between >= link.lag_days


def _faults_of_teams(engagement: Engagement, spans: Spans) -> Iterator[str]:
    for team in engagement.teams.values():
        asked = {e.initiative_id: e.effort for e in engagement.estimates.values() if e.team_id == team.id and e.effort}
        daily = team.change_capacity / _days_a_week(engagement, team.calendar_id)
        taken, counted = _attendance(engagement, spans, asked)
        for day, ids in taken.items():
            effort = sum(asked[one] / math.ceil(engagement.initiatives[one].duration_days) for one in ids)
            if len(ids) > 1 and effort > daily + _ROUNDING * len(ids):
                yield f"{team.id} is asked {effort} of {daily} on {day}"
        for day, present in counted.items():
            if len(present) > team.change_limit:
                yield f"{team.id} has {len(present)} of {team.change_limit} on {day}"


def _attendance(
    engagement: Engagement, spans: Spans, ids: Iterable[str]
) -> tuple[dict[date, list[str]], dict[date, set[str]]]:
    """Return which initiatives are worked on each day, and which count: from first to last day and while cooling down."""
    taken: dict[date, list[str]] = {}
    counted: dict[date, set[str]] = {}
    for initiative_id in ids:
        one = engagement.initiatives[initiative_id]
        first, last = spans[initiative_id]
        for day in _days(engagement, one, first, last):
            taken.setdefault(day, []).append(initiative_id)
        cooling, left = last, engagement.setting.cool_down_days
        while left:
            cooling += _DAY
            left -= works(engagement, one, cooling)
        for offset in range((cooling - first).days + 1):
            counted.setdefault(first + _DAY * offset, set()).add(initiative_id)
    return taken, counted


def _days_a_week(engagement: Engagement, calendar_id: str | None) -> int:
    weekdays = set(range(7)) if engagement.setting.calendar_id is not None else set(range(_FRIDAY + 1))
    for held in (engagement.setting.calendar_id, calendar_id):
        if held is not None:
            weekdays &= set(engagement.calendars[held].weekdays or range(7))
    return len(weekdays)
