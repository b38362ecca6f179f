"""Delivery metrics taken in as a list: what each row would do here, and the one step that does all of it.

A row adds a measurement or, where its team or application has one of that metric and date, changes it. A row that
cannot be taken says why and keeps nothing else from being taken.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric, Measurement
from planner.domain.identity import folded, new_id
from planner.editing.entity_rules import check_entity
from planner.editing.field_rules import check_fields
from planner.editing.step import step
from planner.editing.team_list import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementLine:
    """One value of a list; `kind` is "teams" or "applications" where the list says which, `problem` why it is unread.

    `number` is the row it stands in. `written` is the value as the list has it.
    """

    number: int
    name: str = ""
    kind: str = ""
    metric: DeliveryMetric | None = None
    measured_on: date | None = None
    value: float | None = None
    written: str = ""
    source: str = ""
    problem: UserError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """What becomes of a line; `before` is the value it would change, `cause` why it is left out."""

    line: MeasurementLine
    fate: Fate
    before: float | None = None
    cause: UserError | None = None


@dataclass(frozen=True, slots=True)
class MeasurementPlan:
    """What a whole list does."""

    lines: tuple[PlannedLine, ...]
    measurements: tuple[Measurement, ...]

    def count(self, fate: Fate) -> int:
        """Return how many lines have a fate."""
        return sum(planned.fate is fate for planned in self.lines)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of teams and applications that are not there, each once."""
        names = [p.line.name for p in self.lines if p.cause is not None and p.cause.code == "measured-unknown"]
        return tuple(dict.fromkeys(names))


def plan_measurements(engagement: Engagement, lines: Iterable[MeasurementLine]) -> MeasurementPlan:
    """Return what each line would do, in the order of the list: of several for one day the last one counts."""
    planner = _Planner(engagement)
    planned = tuple(planner.take(line) for line in lines)
    return MeasurementPlan(planned, tuple(planner.measurements.values()))


def take_measurements(engagement: Engagement, plan: MeasurementPlan) -> Changes:
    """Carry out what `plan_measurements` found, in one step."""
    return step(engagement, Label("take-measurements", {"count": len(plan.measurements)}), put=plan.measurements)


_Key = tuple[str | None, str | None, DeliveryMetric, date]


class _Planner:
    """Goes through the lines one after the other, as though each were taken at once."""

    def __init__(self, engagement: Engagement) -> None:
        self._engagement = engagement
        self.measurements: dict[_Key, Measurement] = {}
        self._there = {_key(one): one for one in engagement.measurements.values()}
        self._named: dict[str, list[tuple[str, str]]] = {}
        self._bare: dict[str, list[tuple[str, str]]] = {}
        for kind in ("applications", "teams"):
            for entity in engagement.kind(kind).values():
                self._named.setdefault(folded(entity.name), []).append((kind, entity.id))
                self._bare.setdefault(_bared(entity.name), []).append((kind, entity.id))

    def take(self, line: MeasurementLine) -> PlannedLine:
        """Return what becomes of one line, and remember it."""
        if line.problem is not None:
            return PlannedLine(line=line, fate=Fate.REFUSED, cause=line.problem)
        try:
            found = self._measurement(line)
            check_fields(found)
            check_entity(self._engagement, "measurements", found)
        except UserError as error:
            return PlannedLine(line=line, fate=Fate.REFUSED, cause=error)
        there = self.measurements.get(_key(found)) or self._there.get(_key(found))
        if there is None:
            self.measurements[_key(found)] = found
            return PlannedLine(line=line, fate=Fate.ADD)
        changed = dataclasses.replace(there, value=found.value, source=found.source or there.source)
        if changed == there:
            return PlannedLine(line=line, fate=Fate.SAME, before=there.value)
        self.measurements[_key(found)] = changed
        return PlannedLine(line=line, fate=Fate.UPDATE, before=there.value)

    def _measurement(self, line: MeasurementLine) -> Measurement:
        kind, entity_id = self._subject(line)
        if line.metric is None:
            raise UserError("measured-what")
        if line.measured_on is None:
            raise UserError("measured-when")
        if line.value is None:
            raise UserError("measured-nothing")
        whom: dict[str, Any] = {"team_id" if kind == "teams" else "application_id": entity_id}
        return Measurement(
            id=new_id(),
            metric=line.metric,
            measured_on=line.measured_on,
            value=line.value,
            source=line.source,
            **whom,
        )

    def _subject(self, line: MeasurementLine) -> tuple[str, str]:
        if not line.name:
            raise UserError("measured-nobody")
        # Many tools write names without their accents; who is written exactly so comes first.
        named = self._named.get(folded(line.name)) or self._bare.get(_bared(line.name), [])
        named = [one for one in named if one[0] == line.kind] if line.kind else named
        if len(named) != 1:
            raise UserError("measured-ambiguous" if named else "measured-unknown", name=line.name)
        return named[0]


def _key(measurement: Measurement) -> _Key:
    return measurement.team_id, measurement.application_id, measurement.metric, measurement.measured_on


def _bared(name: str) -> str:
    """Return a name without its accents, and with the apostrophe of a keyboard."""
    letters = unicodedata.normalize("NFKD", folded(name).replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
