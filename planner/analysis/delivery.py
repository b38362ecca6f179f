"""How delivery metrics move over time, team by team and application by application; never blended.

After DORA (2024): change lead time, deployment frequency, failed-deployment recovery time, change fail rate,
deployment rework rate. All but the frequency are better when they fall.
"""

from __future__ import annotations

import enum
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.flow import DeliveryMetric, Measurement

HIGHER_IS_BETTER: Final = frozenset({DeliveryMetric.DEPLOYMENT_FREQUENCY})
STEADY_SHARE: Final = 0.05
"""A change of less than this share of what stood before is none."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is measured: `kind` is "teams" or "applications"."""

    kind: str
    id: str


class Direction(enum.Enum):
    """Which way a metric went, judged by what is better for it."""

    BETTER = "better"
    STEADY = "steady"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The last value, the median of all, and how the last stands to the median of those before (None: the first)."""

    last: float
    median: float
    before: float | None
    direction: Direction | None


Series = Mapping[Subject, Mapping[DeliveryMetric, tuple[Measurement, ...]]]


def subject_of(measurement: Measurement) -> Subject:
    """Return the team or the application a measurement belongs to."""
    if measurement.team_id is not None:
        return Subject("teams", measurement.team_id)
    return Subject("applications", measurement.application_id or "")


def subjects_of(engagement: Engagement) -> tuple[Subject, ...]:
    """Return every application, then every team, each in the order of their names."""
    found = []
    for kind in ("applications", "teams"):
        ordered = sorted(engagement.kind(kind).values(), key=lambda one: (one.name.casefold(), one.id))
        found += [Subject(kind, one.id) for one in ordered]
    return tuple(found)


def series_of(engagement: Engagement) -> Series:
    """Return the measurements by subject and metric, each in the order of its dates."""
    collected: dict[Subject, dict[DeliveryMetric, list[Measurement]]] = {}
    for measurement in engagement.measurements.values():
        of_subject = collected.setdefault(subject_of(measurement), {})
        of_subject.setdefault(measurement.metric, []).append(measurement)
    return MappingProxyType(
        {
            subject: MappingProxyType(
                {metric: tuple(sorted(points, key=_by_date)) for metric, points in by_metric.items()}
            )
            for subject, by_metric in collected.items()
        }
    )


def judge(metric: DeliveryMetric, before: float, after: float) -> Direction:
    """Return whether a metric is better after than before; a change below 5 % of what stood before is none."""
    if abs(after - before) <= STEADY_SHARE * abs(before):
        return Direction.STEADY
    return Direction.BETTER if (after > before) == (metric in HIGHER_IS_BETTER) else Direction.WORSE


def trend_of(points: Sequence[Measurement]) -> Trend | None:
    """Return how the measurements of one series, in the order of their dates, stand; None for none."""
    if not points:
        return None
    values = [point.value for point in points]
    before = statistics.median(values[:-1]) if len(values) > 1 else None
    return Trend(
        last=values[-1],
        median=statistics.median(values),
        before=before,
        direction=None if before is None else judge(points[0].metric, before, values[-1]),
    )


def _by_date(measurement: Measurement) -> tuple[object, ...]:
    return measurement.measured_on, measurement.id
