"""The waves of a plan against time and the gates that end them: a band under the scales, a line down the chart.

A wave reaches from the day after the gate before it to its own gate; the first begins with the plan, and the last one,
where no date is set for its gate, ends with it. Other waves without such a date stand nowhere on a scale.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.charts.layout import Area, Lettering, baseline_under
from planner.charts.scene import Anchor, Diamond, Polyline, Rectangle, Role, Shape, Text
from planner.charts.text import on_one_line, shorten
from planner.charts.time_axis import TimeAxis
from planner.domain.engagement import Engagement


class GateState(enum.Enum):
    """Where a gate stands on a day."""

    AHEAD = "ahead"
    PASSED = "passed"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveSpan:
    """One wave on the scale, from `start` to `finish`, both included; `gate` is None where no date is set for it."""

    id: str
    name: str
    start: date
    finish: date
    gate: GateState | None


def wave_spans(engagement: Engagement, first: date, last: date, *, today: date) -> tuple[WaveSpan, ...]:
    """Return the waves of a plan that runs from `first` to `last`, in their order; none unless a gate has a date."""
    waves = sorted(engagement.waves.values(), key=lambda wave: (wave.position, wave.name, wave.id))
    found: list[WaveSpan] = []
    start = first
    for wave in waves:
        name, finish = on_one_line(wave.name), wave.gate_date
        if finish is not None:
            state = GateState.OVERDUE if finish < today else GateState.AHEAD
            if wave.passed_on is not None:
                state = GateState.PASSED
            found.append(WaveSpan(id=wave.id, name=name, start=min(start, finish), finish=finish, gate=state))
            start = max(start, finish + timedelta(days=1)) if finish < date.max else finish
        elif found and wave is waves[-1] and start <= last:
            found.append(WaveSpan(id=wave.id, name=name, start=start, finish=last, gate=None))
    return tuple(found)


def wave_shapes(waves: Sequence[WaveSpan], axis: TimeAxis, area: Area, *, lettering: Lettering) -> list[Shape]:
    """Return the band of waves within `area`: a plate and a name each, and a mark where its gate is."""
    shapes: list[Shape] = []
    reach = gate_reach(area)
    for wave in waves:
        left, right = max(axis.x_of(wave.start), area.left), min(axis.x_after(wave.finish), area.right)
        if right - left < 1.0:
            continue
        shapes.append(
            Rectangle(x=left, y=area.top + 1.0, width=right - left - 1.0, height=area.height - 2.0, fill=Role.LANE)
        )
        text = shorten(
            wave.name,
            width=right - left - 2 * reach - 6.0,
            size=lettering.size,
            bold=False,
            measure=lettering.measure,
        )
        if text:
            shapes.append(
                Text(
                    x=(left + right) / 2,
                    baseline=baseline_under(area.middle, lettering.size),
                    text=text,
                    size=lettering.size,
                    width=lettering.width(text),
                    role=Role.TEXT_MUTED,
                    anchor=Anchor.MIDDLE,
                )
            )
    # Over every plate: a mark stands where one wave ends and the next begins.
    for wave in waves:
        x = axis.x_after(wave.finish)
        if wave.gate is not None and area.left - reach <= x <= area.right + reach:
            shapes.append(gate_mark(wave.gate, x, area.middle, reach=reach))
    return shapes


def gate_reach(area: Area) -> float:
    """Return how far the mark of a gate reaches from its middle in a band."""
    return min(0.32 * area.height, 5.0)


def gate_mark(state: GateState, x: float, y: float, *, reach: float) -> Diamond:
    """Return the mark of a gate: full once it is passed."""
    line = _role_of(state)
    return Diamond(
        x=x, y=y, reach=reach, fill=line if state is GateState.PASSED else Role.PAPER, line=line, line_width=1.3
    )


def gate_lines(waves: Sequence[WaveSpan], axis: TimeAxis, area: Area) -> list[Shape]:
    """Return the lines of gates down the chart: what stands left of one is to be done before it is passed."""
    return [
        Polyline(points=((x, area.top), (x, area.bottom)), line=_role_of(wave.gate), line_width=1.0, dashed=True)
        for wave in waves
        if wave.gate is not None and area.left <= (x := axis.x_after(wave.finish)) <= area.right
    ]


def wave_at(waves: Sequence[WaveSpan], day: date) -> WaveSpan | None:
    """Return the wave a day lies in; None where it lies in none."""
    return next((wave for wave in waves if wave.start <= day <= wave.finish), None)


def _role_of(state: GateState) -> Role:
    return Role.DEADLINE_MISSED if state is GateState.OVERDUE else Role.GATE
