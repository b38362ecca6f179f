"""What the days of a year are in one calendar: working or not, and why; worked out away from the screen's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.calendar import Calendar
from planner.domain.engagement import Engagement
from planner.editing.calendars import SpanKind, kind_of_span, spans_of
from planner.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSpan:
    """Days a calendar says something of; `inherited` from the engagement's calendar."""

    id: str
    kind: SpanKind
    name: str
    start: date
    finish: date
    inherited: bool

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.start <= day <= self.finish


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDays:
    """A year in a calendar: the days that work, public holidays by name, and the spans that touch the year."""

    calendar_id: str
    year: int
    working: frozenset[date]
    holidays: Mapping[date, str]
    spans: tuple[NamedSpan, ...]

    def spans_on(self, day: date) -> tuple[NamedSpan, ...]:
        """Return the spans a day lies in, the calendar's own first."""
        found = [span for span in self.spans if span.holds(day)]
        return tuple(sorted(found, key=lambda span: (span.inherited, span.start)))


def days_of(year: int) -> list[date]:
    """Return every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=at) for at in range((date(year + 1, 1, 1) - first).days)]


def work_out(engagement: Engagement, calendar_id: str, year: int, language: Language) -> YearDays:
    """Return a year as a team that keeps a calendar works it, or as the engagement does for its own.

    Raises UserError "no-working-days" when no weekday works in both.
    """
    from planner.analysis.calendar import calendar_for  # noqa: PLC0415  not at start-up
    from planner.analysis.public_holidays import named_holidays  # noqa: PLC0415  not at start-up

    own_id = engagement.setting.calendar_id
    calendars: list[Calendar] = [engagement.calendars[calendar_id]]
    if own_id is not None and own_id != calendar_id:
        calendars.append(engagement.calendars[own_id])
    works = calendar_for(engagement, (calendar_id,))
    holidays: dict[date, str] = {}
    spans: list[NamedSpan] = []
    for calendar in reversed(calendars):
        holidays |= named_holidays(calendar.country, calendar.subdivision, year, language)
    for calendar in calendars:
        spans += [
            NamedSpan(
                id=span.id,
                kind=kind_of_span(span),
                name=span.name,
                start=span.start,
                finish=span.finish,
                inherited=calendar.id != calendar_id,
            )
            for span in spans_of(engagement, calendar.id)
            if span.start.year <= year <= span.finish.year
        ]
    return YearDays(
        calendar_id=calendar_id,
        year=year,
        working=frozenset(day for day in days_of(year) if works.is_working(day)),
        holidays=dict(sorted(holidays.items())),
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.finish))),
    )
