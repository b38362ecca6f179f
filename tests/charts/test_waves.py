"""Waves on the scale: each up to its gate, one after the other, with names that stay on their plates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.charts.layout import Area, Lettering
from planner.charts.scene import Diamond, Polyline, Rectangle, Role, Text
from planner.charts.time_axis import TimeAxis
from planner.charts.waves import GateState, WaveSpan, gate_lines, wave_at, wave_shapes, wave_spans
from planner.domain.engagement import Engagement
from planner.domain.initiative import Wave
from tests import builders as a
from tests.builders import MONDAY

AXIS = TimeAxis(start=MONDAY, pixels_per_day=2.0, left=50.0)
BAND = Area(left=50.0, top=0.0, right=450.0, bottom=18.0)
LETTERS = Lettering(7.0, lambda text, size, bold: len(text) * size * 0.6)
LAST = MONDAY + timedelta(199)


def engagement_of(*waves: Wave) -> Engagement:
    return a.engagement(a.settings(), *(replace(wave, position=at) for at, wave in enumerate(waves)))


def wave(name: str, after: int | None, *, passed: bool = False) -> Wave:
    day = None if after is None else MONDAY + timedelta(after)
    return Wave(id=name, name=name, gate_date=day, passed_on=day if passed else None)


def spans_of(*waves: Wave, today: date = MONDAY) -> tuple[WaveSpan, ...]:
    return wave_spans(engagement_of(*waves), MONDAY, LAST, today=today)


def test_a_wave_reaches_to_its_gate_and_the_next_begins_the_day_after() -> None:
    first, second, third = spans_of(wave("Base", 49), wave("Spread", 99), wave("Hold", None))
    assert (first.start, first.finish) == (MONDAY, MONDAY + timedelta(49))
    assert (second.start, second.finish) == (MONDAY + timedelta(50), MONDAY + timedelta(99))
    assert (third.start, third.finish, third.gate) == (MONDAY + timedelta(100), LAST, None)


def test_waves_without_any_gate_date_are_not_on_the_scale() -> None:
    assert spans_of(wave("Base", None), wave("Spread", None)) == ()
    assert [span.id for span in spans_of(wave("Base", None), wave("Spread", 9))] == ["Spread"]


def test_a_gate_is_passed_ahead_or_overdue() -> None:
    today = MONDAY + timedelta(60)
    spans = spans_of(wave("Base", 20, passed=True), wave("Spread", 50), wave("Hold", 60), today=today)
    assert [span.gate for span in spans] == [GateState.PASSED, GateState.OVERDUE, GateState.AHEAD]
    lines = [shape.line for shape in gate_lines(spans, AXIS, BAND) if isinstance(shape, Polyline)]
    assert lines == [Role.GATE, Role.DEADLINE_MISSED, Role.GATE]
    marks = [shape for shape in wave_shapes(spans, AXIS, BAND, lettering=LETTERS) if isinstance(shape, Diamond)]
    assert [mark.fill for mark in marks] == [Role.GATE, Role.PAPER, Role.PAPER]
    assert [mark.x for mark in marks] == [AXIS.x_after(span.finish) for span in spans]


def test_the_wave_under_a_day_is_found() -> None:
    spans = spans_of(wave("Base", 20), wave("Spread", 50))
    found = [wave_at(spans, MONDAY + timedelta(day)) for day in (-1, 0, 20, 21, 50, 51)]
    assert [span.id if span else "" for span in found] == ["", "Base", "Base", "Spread", "Spread", ""]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=60), st.one_of(st.none(), st.integers(-50, 400))), max_size=6))
def test_whatever_the_gates_each_wave_ends_on_its_own_and_no_name_leaves_its_plate(
    found: list[tuple[str, int | None]],
) -> None:
    waves = [replace(wave("w", after), id=f"w{n}", name=f"{name}{n}") for n, (name, after) in enumerate(found)]
    spans = spans_of(*waves)
    held = {one.id: one.gate_date for one in waves}
    assert all(span.start <= span.finish for span in spans)
    assert all(held[span.id] in {None, span.finish} for span in spans)
    assert {span.id for span in spans} >= {one.id for one in waves if one.gate_date is not None}
    shapes = wave_shapes(spans, AXIS, BAND, lettering=LETTERS)
    plates = [shape for shape in shapes if isinstance(shape, Rectangle)]
    assert all(BAND.left <= plate.x and plate.x + plate.width <= BAND.right for plate in plates)
    for text in (shape for shape in shapes if isinstance(shape, Text)):
        assert any(plate.x <= text.left and text.right <= plate.x + plate.width for plate in plates)


def test_a_gate_on_the_last_day_of_the_calendar_is_drawn() -> None:
    (span,) = wave_spans(engagement_of(Wave(id="w", name="Never", gate_date=date.max)), MONDAY, LAST, today=MONDAY)
    assert span.finish == date.max


def test_a_wave_without_a_gate_date_is_on_the_scale_only_as_the_last_and_while_days_are_left() -> None:
    assert [span.id for span in spans_of(wave("Base", 20), wave("Spread", None), wave("Hold", 50))] == ["Base", "Hold"]
    assert [span.finish for span in spans_of(wave("Base", 198), wave("Hold", None))][1:] == [LAST]
    assert [span.id for span in spans_of(wave("Base", 199), wave("Hold", None))] == ["Base"]


def test_a_gate_dated_before_the_one_it_follows_does_not_lay_the_next_wave_over_what_is_taken() -> None:
    third = spans_of(wave("Base", 50), wave("Spread", 20), wave("Hold", 99))[2]
    assert third.start == MONDAY + timedelta(51)


def test_neither_a_line_out_of_the_chart_nor_a_plate_too_narrow_to_see_is_drawn() -> None:
    spans = spans_of(wave("Base", 1), wave("Spread", 300))
    assert len(gate_lines(spans, AXIS, BAND)) == 1
    assert not gate_lines(spans, AXIS, Area(left=60.0, top=0.0, right=450.0, bottom=18.0))
    small = TimeAxis(start=MONDAY, pixels_per_day=0.2, left=50.0)
    plates = [shape for shape in wave_shapes(spans, small, BAND, lettering=LETTERS) if isinstance(shape, Rectangle)]
    assert [plate.width > 0 for plate in plates] == [True]
