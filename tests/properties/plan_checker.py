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


def faults_of(
    engagement: Engagement, spans: Spans, *, until: date | None = None, hard_deadlines: bool = False
) -> list[str]:
    """Return what a plan of initiatives that all take time, hold nothing and have not begun does not keep to.

    Where all is to end `until` a day, what is not pinned may be missing from it.
    """
    kept = [one for one in engagement.initiatives.values() if one.id in spans]
    return [
        *_faults_of_days(engagement, kept, spans),
        *_faults_of_dates(engagement, kept, spans, until, hard_deadlines=hard_deadlines),
        *_faults_of_links(engagement, spans),
        *_faults_of_waves(engagement, kept, spans),
        *_faults_of_practices(engagement, spans),
        *_faults_of_teams(engagement, spans),
    ]


def crowded(engagement: Engagement, spans: Spans) -> set[tuple[str, date]]:
    """Return the teams that are asked for more than they can take, and when."""
    return {(team_id, day) for team_id, day, _text in _crowds(engagement, spans)}


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


def _faults_of_days(engagement: Engagement, kept: Iterable[Initiative], spans: Spans) -> Iterator[str]:
    for one in kept:
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


def _faults_of_dates(
    engagement: Engagement, kept: Iterable[Initiative], spans: Spans, until: date | None, *, hard_deadlines: bool
) -> Iterator[str]:
    for one in engagement.initiatives.values():
        if one.id not in spans and (until is None or one.constraint is ConstraintKind.MUST_START_ON):
            yield f"{one.id} is missing"
    for one in kept:
        first, last = spans[one.id]
        if one.constraint is ConstraintKind.MUST_START_ON and first != one.constraint_date:
            yield f"{one.id} begins on another day than it is pinned to"
        if until is not None and last > until:
            yield f"{one.id} ends after the last day"
        if hard_deadlines and one.deadline is not None and last > one.deadline:
            yield f"{one.id} ends after its deadline"


def _faults_of_waves(engagement: Engagement, kept: Iterable[Initiative], spans: Spans) -> Iterator[str]:
    """Nothing of a wave begins before all of the earlier ones that are not passed is over, nor before their gates."""
    for one in kept:
        if one.wave_id is None:
            continue
        for wave in engagement.waves.values():
            if wave.passed_on is not None or wave.position >= engagement.waves[one.wave_id].position:
                continue
            members = [other for other in engagement.initiatives.values() if other.wave_id == wave.id]
            over = [spans[other.id][1] for other in members if other.id in spans]
            if any(spans[one.id][0] <= last for last in over):
                yield f"{one.id} begins before wave {wave.id} is over"
            if wave.gate_date is not None and spans[one.id][0] < wave.gate_date:
                yield f"{one.id} begins before the gate of wave {wave.id}"


def _faults_of_practices(engagement: Engagement, spans: Spans) -> Iterator[str]:
    """What builds on a practice begins after something that brings it, unless all that would, comes after it anyway."""
    scores = {(answer.team_id, answer.practice_id): answer.score for answer in engagement.answers.values()}
    lifts = [
        (outcome.initiative_id, (team_id, practice_id), outcome.to_value)
        for outcome in engagement.outcomes.values()
        for team_id in outcome.team_ids
        for practice_id in outcome.practice_ids
        if outcome.to_value is not None
    ]
    needs: list[tuple[str, str, list[str]]] = []
    for initiative_id, (team_id, practice_id), to in lifts:
        if to <= (scores.get((team_id, practice_id)) or 0.0):
            continue
        for held in engagement.prerequisites.values():
            required, least = (team_id, held.required_practice_id), held.minimum_score
            if held.practice_id != practice_id or (scores.get(required) or 0.0) >= least:
                continue
            bringing = [one for one, place, score in lifts if place == required and score >= least]
            if bringing and initiative_id not in bringing:
                needs.append((initiative_id, held.required_practice_id, bringing))
    for initiative_id, practice_id, bringing in needs:
        if initiative_id not in spans:
            continue
        begins = spans[initiative_id][0]
        if any(one in spans and spans[one][1] < begins for one in bringing):
            continue
        if not all(_may_wait_for(engagement, needs, one, initiative_id) for one in bringing):
            yield f"{initiative_id} begins before {practice_id} is there"


def _may_wait_for(engagement: Engagement, needs: list[tuple[str, str, list[str]]], one: str, other: str) -> bool:
    """Tell whether an initiative could, in the end, wait for another, by links, waves or practices."""
    position = {wave.id: wave.position for wave in engagement.waves.values()}
    stack, seen = [one], {one}
    while stack:
        held = stack.pop()
        before = [link.predecessor_id for link in engagement.links.values() if link.successor_id == held]
        before += [who for needing, _practice_id, bringing in needs if needing == held for who in bringing]
        wave_id = engagement.initiatives[held].wave_id
        if wave_id is not None:
            initiatives = engagement.initiatives.values()
            before += [
                it.id for it in initiatives if it.wave_id is not None and position[it.wave_id] < position[wave_id]
            ]
        if other in before:
            return True
        stack += [who for who in before if who not in seen]
        seen.update(before)
    return False


def _faults_of_links(engagement: Engagement, spans: Spans) -> Iterator[str]:
    for link in engagement.links.values():
        if link.successor_id not in spans:
            continue
        if link.predecessor_id not in spans:
            yield f"{link.successor_id} is there without {link.predecessor_id}"
        elif not _is_kept(engagement, link, spans):
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
    for _team_id, _day, text in _crowds(engagement, spans):
        yield text


def _crowds(engagement: Engagement, spans: Spans) -> Iterator[tuple[str, date, str]]:
    for team in engagement.teams.values():
        asked = {
            e.initiative_id: e.effort
            for e in engagement.estimates.values()
            if e.team_id == team.id and e.effort and e.initiative_id in spans
        }
        daily = team.change_capacity / _days_a_week(engagement, team.calendar_id)
        taken, counted = _attendance(engagement, spans, asked)
        for day, ids in taken.items():
            effort = sum(asked[one] / math.ceil(engagement.initiatives[one].duration_days) for one in ids)
            if len(ids) > 1 and effort > daily + _ROUNDING * len(ids):
                yield team.id, day, f"{team.id} is asked {effort} of {daily} on {day}"
        for day, present in counted.items():
            if len(present) > team.change_limit:
                yield team.id, day, f"{team.id} has {len(present)} of {team.change_limit} on {day}"


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
