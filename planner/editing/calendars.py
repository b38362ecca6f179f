"""What a coach does to calendars: add, copy and assign them, and close, open or freeze days in them."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable
from datetime import date

from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import new_id
from planner.domain.kinds import Entity
from planner.editing import entities
from planner.editing.naming import name_of
from planner.editing.step import step

Span = CalendarException | Freeze


class SpanKind(enum.Enum):
    """What some days are: days nothing changes, days that rest, days that work all the same."""

    FREEZE = "freeze"
    CLOSED = "closed"
    WORKING = "working"


_ADDED = {SpanKind.FREEZE: "freeze-days", SpanKind.CLOSED: "close-days", SpanKind.WORKING: "open-days"}


def kind_of_span(span: Span) -> SpanKind:
    """Return what the days of a span are."""
    if isinstance(span, Freeze):
        return SpanKind.FREEZE
    return SpanKind.WORKING if span.working else SpanKind.CLOSED


def spans_of(engagement: Engagement, calendar_id: str) -> tuple[Span, ...]:
    """Return what a calendar says of single days, in their order."""
    found: list[Span] = [
        *engagement.referring("calendar_exceptions", "calendar_id").get(calendar_id, ()),
        *engagement.referring("freezes", "calendar_id").get(calendar_id, ()),
    ]
    return tuple(sorted(found, key=lambda span: (span.start, span.finish, span.id)))


def find_span(engagement: Engagement, span_id: str) -> Span:
    """Return a span by its id; UserError "unknown-entity" when it is not there."""
    if span_id in engagement.freezes:
        return engagement.freezes[span_id]
    found: CalendarException = entities.find(engagement, "calendar_exceptions", span_id)
    return found


def add(engagement: Engagement, *, name: str) -> Changes:
    """Add a calendar: the engagement's own where it has none, else one that keeps the engagement's week for a team."""
    setting = engagement.setting
    label = Label("add-entity", {"kind": "calendars", "name": name})
    if setting.calendar_id is None:
        added = Calendar(id=new_id(), name=name)
        return step(engagement, label, put=[added, dataclasses.replace(setting, calendar_id=added.id)])
    own = engagement.calendars[setting.calendar_id]
    return step(
        engagement, label, put=[Calendar(id=new_id(), name=name, weekdays=None, hours_per_day=own.hours_per_day)]
    )


def duplicate(engagement: Engagement, calendar_id: str, *, name: str) -> Changes:
    """Add a copy of a calendar under another name, with all it says of single days."""
    original: Calendar = entities.find(engagement, "calendars", calendar_id)
    copy = dataclasses.replace(original, id=new_id(), name=name)
    spans = [dataclasses.replace(span, id=new_id(), calendar_id=copy.id) for span in spans_of(engagement, calendar_id)]
    label = Label("copy-calendar", {"name": name_of(engagement, original)})
    return step(engagement, label, put=[copy, *spans])


def make_own(engagement: Engagement, calendar_id: str) -> Changes:
    """Let the whole engagement keep a calendar."""
    calendar: Calendar = entities.find(engagement, "calendars", calendar_id)
    label = Label("choose-calendar", {"name": name_of(engagement, calendar)})
    return step(engagement, label, put=[dataclasses.replace(engagement.setting, calendar_id=calendar_id)])


def assign(engagement: Engagement, calendar_id: str, team_ids: Iterable[str]) -> Changes:
    """Let just these teams keep a calendar beside the engagement's; others that kept it keep none of their own."""
    calendar: Calendar = entities.find(engagement, "calendars", calendar_id)
    wanted = set(team_ids)
    put: list[Entity] = []
    for team in engagement.teams.values():
        if team.id in wanted:
            put.append(dataclasses.replace(team, calendar_id=calendar_id))
        elif team.calendar_id == calendar_id:
            put.append(dataclasses.replace(team, calendar_id=None))
    return step(engagement, Label("assign-calendar", {"name": name_of(engagement, calendar)}), put=put)


def set_country(engagement: Engagement, calendar_id: str, *, country: str, subdivision: str = "") -> Changes:
    """Let the public holidays of a country and region rest; none for an empty country."""
    calendar: Calendar = entities.find(engagement, "calendars", calendar_id)
    label = Label("choose-holidays", {"name": name_of(engagement, calendar)})
    changed = dataclasses.replace(calendar, country=country, subdivision=subdivision if country else "")
    return step(engagement, label, put=[changed])


def add_span(
    engagement: Engagement, calendar_id: str, kind: SpanKind, *, start: date, finish: date, name: str
) -> Changes:
    """Freeze, close or open the days from `start` to `finish`, both included; a freeze needs a name."""
    span = _span(new_id(), calendar_id, kind, start=start, finish=finish, name=name, reason="")
    return step(engagement, Label(_ADDED[kind], {"start": start, "finish": finish}), put=[span])


def change_span(
    engagement: Engagement, span_id: str, kind: SpanKind, *, start: date, finish: date, name: str
) -> Changes:
    """Give a span other days, another name, or make it something else, in one step."""
    before = find_span(engagement, span_id)
    reason = before.reason if isinstance(before, Freeze) else ""
    after = _span(span_id, before.calendar_id, kind, start=start, finish=finish, name=name, reason=reason)
    label = Label("change-span", {"name": name or name_of(engagement, before)})
    gone = [before] if type(before) is not type(after) else []
    return step(engagement, label, put=[after], remove=gone)


def remove_spans(engagement: Engagement, ids: Iterable[str]) -> Changes:
    """Let days be as the week and the holidays have them again."""
    spans = [find_span(engagement, span_id) for span_id in ids]
    if len(spans) == 1:
        label = Label("remove-span", {"name": name_of(engagement, spans[0])})
    else:
        label = Label("remove-spans", {"count": len(spans)})
    return step(engagement, label, remove=spans)


def set_weekday(engagement: Engagement, calendar_id: str, weekday: int, *, working: bool) -> Changes:
    """Let a weekday (0 for Monday) work or rest; UserError "no-working-weekday" for the last one that works."""
    calendar: Calendar = entities.find(engagement, "calendars", calendar_id)
    held = set(week_of(engagement, calendar))
    held = held | {weekday} if working else held - {weekday}
    if not held:
        raise UserError("no-working-weekday", name=calendar.name)
    return entities.change(engagement, "calendars", calendar_id, weekdays=tuple(sorted(held)))


def week_of(engagement: Engagement, calendar: Calendar) -> tuple[int, ...]:
    """Return the weekdays a calendar works, the engagement's where it has no week of its own."""
    if calendar.weekdays is not None:
        return calendar.weekdays
    own = engagement.calendars.get(engagement.setting.calendar_id or "")
    return (0, 1, 2, 3, 4) if own is None or own.weekdays is None else own.weekdays


def _span(span_id: str, calendar_id: str, kind: SpanKind, *, start: date, finish: date, name: str, reason: str) -> Span:
    if kind is SpanKind.FREEZE:
        return Freeze(id=span_id, calendar_id=calendar_id, name=name, start=start, finish=finish, reason=reason)
    return CalendarException(
        id=span_id,
        calendar_id=calendar_id,
        name=name,
        start=start,
        finish=finish,
        working=kind is SpanKind.WORKING,
    )
