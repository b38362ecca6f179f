from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.charts.layout import (
    Area,
    Lettering,
    LinkEnd,
    Span,
    background_shapes,
    bar_height,
    header_shapes,
    link_shape,
    row_shapes,
    span_of,
    today_shapes,
)
from planner.charts.rows import GanttRow
from planner.charts.scene import Anchor, Diamond, Polygon, Rectangle, Role, Shape, Text, arrow_head
from planner.charts.time_axis import TimeAxis
from planner.domain.initiative import LinkType, Status
from planner.language import Language
from tests.builders import MONDAY

AXIS = TimeAxis(start=MONDAY, pixels_per_day=10.0, left=100.0)
STRIP = Area(left=100.0, top=50.0, right=600.0, bottom=70.0)
LETTERS = Lettering(7.0, lambda text, size, bold: len(text) * size * 0.6)


def a_row(first: int = 0, last: int = 9, **fields: object) -> GanttRow:
    row = GanttRow(id="i", name="I", start=MONDAY + timedelta(first), finish=MONDAY + timedelta(last))
    return replace(row, **fields)


def texts_of(shapes: list[Shape]) -> list[Text]:
    return [shape for shape in shapes if isinstance(shape, Text)]


def label_of(row: GanttRow, *labels: str, obstacles: tuple[Span, ...] = ()) -> Text:
    (text,) = texts_of(row_shapes(row, AXIS, STRIP, labels=labels, lettering=LETTERS, obstacles=obstacles))
    return text


def test_a_bar_reaches_from_the_morning_of_its_start_to_the_evening_of_its_finish() -> None:
    assert span_of(a_row(2, 4), AXIS, height=20) == Span(120.0, 150.0)


def test_a_milestone_is_a_diamond_in_the_middle_of_its_day() -> None:
    (diamond,) = row_shapes(a_row(3, 3, milestone=True), AXIS, STRIP)
    assert isinstance(diamond, Diamond)
    assert (diamond.x, diamond.y) == (135.0, 60.0)


def test_progress_fills_its_share_of_the_bar() -> None:
    boxes = [s for s in row_shapes(a_row(0, 9, progress=0.25), AXIS, STRIP) if isinstance(s, Rectangle)]
    assert [(box.fill, box.width) for box in boxes[:2]] == [(Role.BAR, 100.0), (Role.BAR_DONE, 25.0)]


def test_the_critical_path_is_told_by_more_than_colour() -> None:
    plain, critical = (
        max(shape.line_width for shape in row_shapes(row, AXIS, STRIP) if isinstance(shape, Rectangle))
        for row in (a_row(), a_row(critical=True))
    )
    assert critical >= 2 * plain


def test_an_idea_is_told_by_a_dashed_outline() -> None:
    shapes = row_shapes(a_row(status=Status.IDEA), AXIS, STRIP)
    assert any(isinstance(shape, Rectangle) and shape.dashed for shape in shapes)


def test_an_idea_on_the_critical_path_is_told_as_one_and_shows_what_is_done_of_it() -> None:
    row = a_row(status=Status.IDEA, critical=True, progress=0.3)
    boxes = [shape for shape in row_shapes(row, AXIS, STRIP) if isinstance(shape, Rectangle)]
    assert [(box.fill, box.width) for box in boxes[:2]] == [(Role.IDLE, 100.0), (Role.CRITICAL_DONE, 30.0)]
    assert (boxes[-1].line, boxes[-1].line_width, boxes[-1].dashed) == (Role.CRITICAL_LINE, 1.8, True)
    (milestone,) = row_shapes(a_row(3, 3, milestone=True, status=Status.IDEA, critical=True), AXIS, STRIP)
    assert isinstance(milestone, Diamond)
    assert (milestone.fill, milestone.line) == (Role.IDLE, Role.CRITICAL_LINE)


def test_what_was_dropped_is_neither_critical_nor_under_way() -> None:
    row = a_row(status=Status.DROPPED, critical=True, progress=0.3)
    boxes = [shape for shape in row_shapes(row, AXIS, STRIP) if isinstance(shape, Rectangle)]
    assert {box.fill for box in boxes} <= {Role.IDLE, None}
    assert {box.line for box in boxes} <= {Role.IDLE_LINE, None}


@pytest.mark.parametrize("missed", [False, True])
def test_a_deadline_is_marked_at_the_end_of_its_day(missed: bool) -> None:
    row = a_row(deadline=MONDAY + timedelta(19), deadline_missed=missed)
    (flag,) = [shape for shape in row_shapes(row, AXIS, STRIP) if isinstance(shape, Polygon)]
    assert flag.points[-1][0] == 300.0
    assert (flag.fill is Role.DEADLINE_MISSED) == missed


def test_a_baseline_is_a_thin_bar_below() -> None:
    row = a_row(baseline=(MONDAY, MONDAY + timedelta(4)))
    thin = row_shapes(row, AXIS, STRIP)[0]
    assert isinstance(thin, Rectangle)
    assert (thin.fill, thin.width) == (Role.BASELINE, 50.0)
    assert thin.y >= STRIP.middle + bar_height(STRIP.height) / 2
    assert thin.y + thin.height <= STRIP.bottom


def test_the_longest_label_that_fits_stands_inside_the_bar() -> None:
    text = label_of(a_row(0, 9), "a label that is much too long for its bar", "3 to 12 March")
    assert (text.text, text.role) == ("3 to 12 March", Role.BAR_TEXT)
    assert text.left >= 100.0
    assert text.right <= 200.0


def test_a_label_too_long_for_its_bar_stands_to_the_right() -> None:
    text = label_of(a_row(0, 0), "a label that is too long")
    assert text.anchor is Anchor.START
    assert text.left > 110.0


def test_at_the_right_edge_a_label_stands_to_the_left() -> None:
    text = label_of(a_row(48, 49), "a label that is too long")
    assert text.anchor is Anchor.END
    assert text.right < AXIS.x_of(MONDAY + timedelta(48))


def test_a_label_steps_past_a_line_that_crosses_its_row() -> None:
    text = label_of(a_row(20, 20), "20 March", obstacles=(Span(320.0, 320.0),))
    assert text.left > 320.0 or text.right < 320.0


@given(
    first=st.integers(0, 49), days=st.integers(0, 30), milestone=st.booleans(), summary=st.booleans(),
    lines=st.lists(st.floats(100, 600), max_size=5),
    deadline=st.none() | st.integers(0, 60),
)  # fmt: skip
def test_no_label_leaves_its_strip(
    first: int, days: int, milestone: bool, summary: bool, lines: list[float], deadline: int | None
) -> None:
    row = a_row(
        first, min(first + days, 49), milestone=milestone, summary=summary,
        deadline=None if deadline is None else MONDAY + timedelta(deadline),
    )  # fmt: skip
    labels, obstacles = ("a rather long label", "short"), [Span(x, x) for x in lines]
    shapes = row_shapes(row, AXIS, STRIP, labels=labels, lettering=LETTERS, obstacles=obstacles, linked=True)
    for text in texts_of(shapes):
        assert text.left >= STRIP.left
        assert text.right <= STRIP.right


@given(
    link_type=st.sampled_from(LinkType),
    lefts=st.tuples(st.floats(0, 500), st.floats(0, 500)),
    widths=st.tuples(st.floats(2, 200), st.floats(2, 200)),
    rows=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    critical=st.booleans(),
)
def test_a_link_runs_at_right_angles_from_the_end_it_leaves_to_the_end_it_holds(
    link_type: LinkType,
    lefts: tuple[float, float],
    widths: tuple[float, float],
    rows: tuple[int, int],
    critical: bool,
) -> None:
    before, after = (
        LinkEnd(Span(left, left + width), 10.0 + 20.0 * row)
        for left, width, row in zip(lefts, widths, rows, strict=True)
    )
    line = link_shape(link_type, before, after, row_height=20.0, critical=critical)
    leaves = before.span.right if link_type.value[0] == "F" else before.span.left
    holds = after.span.right if link_type.value[1] == "F" else after.span.left
    assert line.points[0] == (leaves, before.middle)
    assert line.points[-1] == (holds, after.middle)
    for (x1, y1), (x2, y2) in pairwise(line.points):
        assert x1 == x2 or y1 == y2
    # It leaves and enters from outside the bars.
    out, into = line.points[1][0] - leaves, line.points[-2][0] - holds
    assert out > 0 if link_type.value[0] == "F" else out < 0
    assert into > 0 if link_type.value[1] == "F" else into < 0


def test_an_arrow_has_its_tip_at_the_end_of_its_line() -> None:
    tip, one, other = arrow_head(((0.0, 0.0), (10.0, 0.0)), 4.0)
    assert tip == (10.0, 0.0)
    assert one[0] == other[0] == 6.0
    assert one[1] == -other[1]


def test_days_off_are_shaded_close_up_and_not_from_afar() -> None:
    def is_weekday(day: date) -> bool:
        return day.weekday() < 5

    area = Area(left=100.0, top=0.0, right=240.0, bottom=10.0)
    close = background_shapes(AXIS, area, is_working=is_weekday)
    shades = [shape for shape in close if isinstance(shape, Rectangle) and shape.fill is Role.RESTING]
    assert [(shade.x, shade.width) for shade in shades] == [(150.0, 20.0), (220.0, 20.0)]
    far = background_shapes(TimeAxis(start=MONDAY, pixels_per_day=0.5, left=100.0), area, is_working=is_weekday)
    assert not any(isinstance(shape, Rectangle) for shape in far)


def test_a_freeze_is_shaded_within_the_chart_only() -> None:
    area = Area(left=100.0, top=0.0, right=200.0, bottom=10.0)
    freezes = [(MONDAY + timedelta(8), MONDAY + timedelta(40)), (MONDAY + timedelta(80), MONDAY + timedelta(90))]
    (shade,) = [s for s in background_shapes(AXIS, area, freezes=freezes) if isinstance(s, Rectangle)]
    assert (shade.x, shade.width, shade.fill) == (180.0, 20.0, Role.FREEZE)


@pytest.mark.parametrize("code", ["en", "fr"])
@given(zoom=st.floats(0.002, 100), start=st.dates(date(1900, 1, 1), date(9990, 1, 1)))
def test_words_of_the_time_header_never_touch(code: str, zoom: float, start: date) -> None:
    axis = TimeAxis(start=start, pixels_per_day=zoom, left=50.0)
    area = Area(left=50.0, top=0.0, right=850.0, bottom=30.0)
    texts = texts_of(header_shapes(axis, area, lettering=Lettering(8.0, LETTERS.measure), language=Language(code)))
    assert texts
    for line in {text.baseline for text in texts}:
        spans = sorted((text.left, text.right) for text in texts if text.baseline == line)
        assert spans[0][0] >= area.left
        assert spans[-1][1] <= area.right
        assert all(before[1] < after[0] for before, after in pairwise(spans))


@given(day=st.integers(-5, 60))
def test_the_label_of_today_stays_within_the_chart(day: int) -> None:
    shapes = today_shapes(AXIS, MONDAY + timedelta(day), STRIP, label="Today, 3 March", lettering=LETTERS)
    assert bool(shapes) == (0 <= day < 50)
    for text in texts_of(shapes):
        assert text.left >= STRIP.left
        assert text.right <= STRIP.right
