"""What is shown of the delivery metrics, in words and numbers: a row a team or application, a chart a metric."""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.delivery import HIGHER_IS_BETTER, Direction, Subject, Trend, series_of, subjects_of, trend_of
from planner.analysis.verdicts import subjects_of_outcome
from planner.domain.engagement import Engagement
from planner.domain.flow import DeliveryMetric, Measurement
from planner.domain.initiative import OutcomeKind, Status
from planner.language import N_, NN_, Language
from planner.quantities import Unit, unit_of, word, word_measured
from planner.words import KIND_WORDS, METRIC_WORDS

METRICS: Final = tuple(DeliveryMetric)
_RATES: Final = (DeliveryMetric.CHANGE_FAIL_RATE, DeliveryMetric.REWORK_RATE)
_STEPS: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)

DIRECTION_WORDS: Final = {
    Direction.BETTER: N_("better"),
    Direction.STEADY: N_("steady"),
    Direction.WORSE: N_("worse"),
}


class Whom(enum.Enum):
    """Whose rows are shown."""

    MEASURED = "measured"
    APPLICATIONS = "applications"
    TEAMS = "teams"
    ALL = "all"


WHOM_WORDS: Final = {
    Whom.MEASURED: N_("All that are measured"),
    Whom.APPLICATIONS: N_("Applications measured"),
    Whom.TEAMS: N_("Teams measured"),
    Whom.ALL: N_("Every team and application"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The finish of an initiative meant to move a metric, and the value it is to bring."""

    day: date
    name: str
    target: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One metric of one subject; values as the domain counts them, texts as they are read."""

    metric: DeliveryMetric
    points: tuple[tuple[date, float], ...]
    marks: tuple[Mark, ...]
    top: float
    ticks: tuple[tuple[float, str], ...]
    median: float | None
    rises: bool
    last_text: str
    median_text: str
    direction: Direction | None
    direction_text: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricRow:
    """One team or application with a chart for each metric, in the order of `METRICS`."""

    subject: Subject
    name: str
    kind: str
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricSheet:
    """All rows, and the days their one time axis runs from and to."""

    rows: tuple[MetricRow, ...]
    first: date
    last: date


def metric_sheet(
    engagement: Engagement,
    finishes: Mapping[str, date],
    language: Language,
    *,
    whom: Whom,
    wanted: str,
    today: date,
) -> MetricSheet:
    """Return the rows asked for whose name matches `wanted`; `finishes` is initiative id -> the day it is done."""
    series, marks = series_of(engagement), _marks(engagement, finishes)
    needle = wanted.casefold()
    rows = []
    for subject in subjects_of(engagement):
        if whom is not Whom.ALL and subject not in series:
            continue
        if whom in (Whom.APPLICATIONS, Whom.TEAMS) and subject.kind != whom.value:
            continue
        name = name_of_subject(engagement, subject)
        if needle and needle not in name.casefold():
            continue
        of_subject = series.get(subject, {})
        charts = tuple(
            _chart(metric, of_subject.get(metric, ()), marks.get((subject, metric), ()), name, language)
            for metric in METRICS
        )
        kind = language.gettext(KIND_WORDS[subject.kind])
        rows.append(MetricRow(subject=subject, name=name, kind=kind, charts=charts))
    days = [day for row in rows for chart in row.charts for day in _days(chart)]
    first, last = min(days, default=today), max(days, default=today)
    if (last - first).days < 28:
        first = date.fromordinal(max(1, last.toordinal() - 28))
    return MetricSheet(rows=tuple(rows), first=first, last=last)


def name_of_subject(engagement: Engagement, subject: Subject) -> str:
    """Return the name of a team or an application."""
    name: str = engagement.kind(subject.kind)[subject.id].name
    return name


def unit_word(metric: DeliveryMetric, language: Language) -> str:
    """Return which way a metric is better."""
    pattern = N_("higher is better") if metric in HIGHER_IS_BETTER else N_("lower is better")
    return language.gettext(pattern)


def _marks(
    engagement: Engagement, finishes: Mapping[str, date]
) -> Mapping[tuple[Subject, DeliveryMetric], tuple[Mark, ...]]:
    found: dict[tuple[Subject, DeliveryMetric], list[Mark]] = {}
    for outcome in engagement.outcomes.values():
        if outcome.kind is not OutcomeKind.DELIVERY_METRIC or outcome.metric is None:
            continue
        initiative = engagement.initiatives[outcome.initiative_id]
        day = initiative.actual_finish or finishes.get(initiative.id)
        if day is None or initiative.status is Status.DROPPED:
            continue
        for subject in subjects_of_outcome(outcome):
            mark = Mark(day=day, name=initiative.name, target=outcome.to_value)
            found.setdefault((subject, outcome.metric), []).append(mark)
    return {key: tuple(sorted(marks, key=lambda mark: (mark.day, mark.name))) for key, marks in found.items()}


def _chart(
    metric: DeliveryMetric, points: Sequence[Measurement], marks: Sequence[Mark], name: str, language: Language
) -> Chart:
    trend = trend_of(points)
    values = [point.value for point in points] + [mark.target for mark in marks if mark.target is not None]
    unit = unit_of(metric, max(values, default=0.0) or 1.0)
    top, ticks = _axis(metric, max(values, default=0.0), unit, language)
    often = metric is DeliveryMetric.DEPLOYMENT_FREQUENCY
    last, median = "", ""
    if trend is not None:
        # One unit for a chart of frequencies, so that its values can be compared; times read best in their own.
        last, median = (
            word(value, unit, language) if often else word_measured(metric, value, language)
            for value in (trend.last, trend.median)
        )
    went = (
        language.gettext(DIRECTION_WORDS[trend.direction]) if trend is not None and trend.direction is not None else ""
    )
    return Chart(
        metric=metric,
        points=tuple((point.measured_on, point.value) for point in points),
        marks=tuple(marks),
        top=top,
        ticks=ticks,
        median=None if trend is None else trend.median,
        rises=trend is not None and trend.before is not None and trend.last > trend.before,
        last_text=last,
        median_text=language.gettext(N_("median {value}")).format(value=median) if median else "",
        direction=None if trend is None else trend.direction,
        direction_text=went,
        description=_described(metric, points, marks, name, trend, language),
    )


def _described(
    metric: DeliveryMetric,
    points: Sequence[Measurement],
    marks: Sequence[Mark],
    name: str,
    trend: Trend | None,
    language: Language,
) -> str:
    heading = f"{name}, {language.gettext(METRIC_WORDS[metric])}"
    if trend is None:
        return language.gettext(N_("{what}: nothing measured")).format(what=heading)
    count = language.ngettext(*NN_("{count} measurement", "{count} measurements"), len(points)).format(
        count=language.number(len(points), decimals=0)
    )
    parts = [
        heading,
        count,
        language.gettext(N_("last {value} on {day}")).format(
            value=word_measured(metric, trend.last, language), day=language.date(points[-1].measured_on)
        ),
        language.gettext(N_("median {value}")).format(value=word_measured(metric, trend.median, language)),
    ]
    if trend.before is not None and trend.direction is not None:
        pattern = language.gettext(N_("{direction} than the median before, {value}"))
        if trend.direction is Direction.STEADY:
            pattern = language.gettext(N_("about the median before, {value}"))
        went = language.gettext(DIRECTION_WORDS[trend.direction])
        parts.append(pattern.format(direction=went, value=word_measured(metric, trend.before, language)))
    for mark in marks:
        said = language.gettext(N_("“{name}” finishes on {day}")).format(name=mark.name, day=language.date(mark.day))
        parts.append(said)
    return ". ".join(parts)


def _axis(
    metric: DeliveryMetric, largest: float, unit: Unit, language: Language
) -> tuple[float, tuple[tuple[float, str], ...]]:
    """Return where the axis of a metric ends and its ticks, round in the unit they are shown in."""
    shown = max(largest * unit.factor, 1e-9)
    size = 10 ** math.floor(math.log10(shown))
    end = next(step * size for step in (*_STEPS, 15.0) if step * size >= shown * (1 - 1e-9))
    top = end / unit.factor if largest else 1.0
    if metric in _RATES:
        top = min(1.0, top)
    often = metric is DeliveryMetric.DEPLOYMENT_FREQUENCY
    shown_in = Unit("{number}", unit.factor) if often else unit
    return top, tuple((value, word(value, shown_in, language)) for value in (0.0, top / 2, top))


def _days(chart: Chart) -> list[date]:
    return [*(day for day, _value in chart.points), *(mark.day for mark in chart.marks)]
