from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.charts.time_axis import Scale, TickUnit, TimeAxis, month_labels, scales_for, tick_labels
from planner.language import Language

days = st.dates()
zooms = st.floats(min_value=0.001, max_value=200)
scales = st.one_of(
    st.sampled_from([Scale(unit) for unit in TickUnit]),
    st.sampled_from([Scale(TickUnit.YEAR, count) for count in (2, 5, 10, 100)]),
    st.builds(Scale, st.sampled_from([TickUnit.YEAR, TickUnit.QUARTER]), begins=st.integers(1, 12)),
)


@given(start=days, day=days, zoom=zooms, left=st.floats(-1e4, 1e4))
def test_the_day_under_its_own_middle_is_itself(start: date, day: date, zoom: float, left: float) -> None:
    axis = TimeAxis(start=start, pixels_per_day=zoom, left=left)
    assert axis.day_at(axis.x_middle(day)) == day


@given(start=days, zoom=zooms, x=st.floats(-1e9, 1e9))
def test_no_scroll_leaves_the_calendar(start: date, zoom: float, x: float) -> None:
    axis = TimeAxis(start=start, pixels_per_day=zoom)
    assert date.min <= axis.day_at(x) <= date.max


@given(start=days, zoom=zooms, scale=scales, width=st.floats(1, 3000))
def test_marks_follow_each_other_without_gap_and_cover_what_is_seen(
    start: date, zoom: float, scale: Scale, width: float
) -> None:
    axis = TimeAxis(start=start, pixels_per_day=zoom)
    width = min(width, axis.width_of(scale) * 300)
    ticks = list(axis.ticks(scale, 0.0, width))
    assert ticks[0].first <= axis.day_at(0.0)
    assert ticks[-1].last >= axis.day_at(width)
    for before, after in itertools.pairwise(ticks):
        assert after.first == before.last + timedelta(1)
        assert after.left == pytest.approx(before.right)


def test_weeks_begin_on_monday_and_quarters_in_january_april_july_and_october() -> None:
    axis = TimeAxis(start=date(2026, 3, 4), pixels_per_day=1.0)
    assert {tick.first.weekday() for tick in axis.ticks(Scale(TickUnit.WEEK), 0, 400)} == {0}
    quarters = [tick.first for tick in axis.ticks(Scale(TickUnit.QUARTER), 0, 400)]
    assert {(day.month, day.day) for day in quarters} == {(1, 1), (4, 1), (7, 1), (10, 1)}


@given(zoom=zooms, size=st.floats(6, 20))
def test_the_coarse_line_is_coarser_than_the_fine_one_and_both_can_be_read(zoom: float, size: float) -> None:
    axis = TimeAxis(start=date(2026, 1, 1), pixels_per_day=zoom)
    coarse, fine = scales_for(axis, size=size)
    assert axis.width_of(coarse) > axis.width_of(fine) >= size


def test_marks_are_worded_by_the_language_the_longest_first() -> None:
    first = date(2026, 7, 1)
    assert tick_labels(first, Scale(TickUnit.QUARTER), Language("en")) == ("Q3 2026", "Q3")
    assert tick_labels(first, Scale(TickUnit.QUARTER), Language("fr"))[0] == "T3 2026"
    assert tick_labels(first, Scale(TickUnit.MONTH), Language("fr"))[0] == "juillet 2026"
    assert month_labels(first, Language("fr")) == ("juillet", "juil.", "J")


def test_years_and_quarters_begin_with_the_fiscal_year() -> None:
    axis = TimeAxis(start=date(2026, 3, 4), pixels_per_day=1.0, year_begins=10)
    years = [tick.first for tick in axis.ticks(Scale(TickUnit.YEAR, begins=10), 0, 800)]
    assert years == [date(2025, 10, 1), date(2026, 10, 1), date(2027, 10, 1)]
    quarters = list(axis.ticks(Scale(TickUnit.QUARTER, begins=2), 0, 200))
    assert [(tick.first, tick.last) for tick in quarters] == [
        (date(2026, 2, 1), date(2026, 4, 30)),
        (date(2026, 5, 1), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2026, 10, 31)),
    ]


@given(month=st.integers(1, 12), zoom=zooms)
def test_every_line_of_quarters_and_years_knows_when_they_begin(month: int, zoom: float) -> None:
    axis = TimeAxis(start=date(2026, 1, 1), pixels_per_day=zoom, year_begins=month)
    for scale in scales_for(axis, size=10.0):
        if scale.unit in {TickUnit.QUARTER, TickUnit.YEAR} and scale.count == 1 and zoom > 0.2:
            assert scale.begins == month


def test_a_fiscal_year_says_both_years_it_lies_in() -> None:
    english = Language("en")
    assert tick_labels(date(2026, 10, 1), Scale(TickUnit.YEAR, begins=10), english) == ("2026/27", "\u201926/27")
    assert tick_labels(date(2027, 1, 1), Scale(TickUnit.QUARTER, begins=10), english) == ("Q2 2026/27", "Q2")
    assert tick_labels(date(2026, 9, 1), Scale(TickUnit.QUARTER, begins=9), Language("fr"))[0] == "T1 2026/27"
    assert tick_labels(date(1999, 4, 1), Scale(TickUnit.YEAR, begins=4), english)[0] == "1999/00"
