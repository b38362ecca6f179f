from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from tests import builders as a
from ui.background import Background
from ui.models.outline import Outline, build_outline
from ui.timeline.link_index import LinkIndex, LinkKeeper
from ui.timeline.window import NARROWEST_DAY, WIDEST_DAY, TimeWindow, window_over

rows = st.integers(min_value=0, max_value=500)


@given(ends=st.lists(st.tuples(rows, rows), max_size=60), first=rows, height=st.integers(0, 60))
def test_the_index_finds_exactly_the_links_that_cross_the_rows(
    ends: list[tuple[int, int]], first: int, height: int
) -> None:
    links = [a.link(str(begin), str(end)) for begin, end in ends]
    index = LinkIndex(links, {str(row): row for row in range(501)})
    last = first + height
    found = sorted((link.from_row, link.to_row) for link in index.crossing(first, last))
    assert found == sorted((b, e) for b, e in ends if min(b, e) <= last and max(b, e) >= first)
    assert len(index) == len(ends)


def test_a_link_to_a_row_that_is_folded_away_is_left_out() -> None:
    index = LinkIndex([a.link("seen", "hidden")], {"seen": 0})
    assert list(index.crossing(0, 10)) == []


@given(ends=st.lists(st.tuples(rows, rows), max_size=60), first=rows, height=st.integers(0, 60))
def test_until_many_links_are_in_order_those_that_end_in_the_rows_are_known(
    ends: list[tuple[int, int]], first: int, height: int
) -> None:
    plan = a.engagement(
        *(a.initiative(id=str(row), position=row) for row in range(501)),
        *(a.link(str(begin), str(end)) for begin, end in ends),
    )
    last = min(first + height, 500)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.timeline.link_index._AT_ONCE", -1)
        jobs, parent = Jobs(), QObject()
        keeper = LinkKeeper(cast("Background", jobs), parent)
        keeper.show_rows(plan, build_outline(plan))
        at_first = sorted((one.from_row, one.to_row) for one in keeper.crossing(first, last))
        assert at_first == sorted((b, e) for b, e in ends if first <= b <= last or first <= e <= last)
        list(keeper.crossing(first, last))
        assert len(jobs.waiting) == 1
        keeper.show_rows(plan, Outline())
        jobs.carry_out()
        assert list(keeper.crossing(first, last)) == []
        keeper.show_rows(plan, build_outline(plan))
        list(keeper.crossing(first, last))
        jobs.carry_out()
        found = sorted((one.from_row, one.to_row) for one in keeper.crossing(first, last))
        assert found == sorted((b, e) for b, e in ends if min(b, e) <= last and max(b, e) >= first)


class Jobs:
    """Work for the background that waits until it is told."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(self, work: Callable[[object], object], *, success: Callable[[object], None], **_told: object) -> None:
        self.waiting.append(lambda: success(work(None)))

    def carry_out(self) -> None:
        waiting, self.waiting = self.waiting, []
        for one in waiting:
            one()


windows = st.builds(
    TimeWindow,
    st.floats(min_value=date(2200, 1, 1).toordinal(), max_value=date(2300, 1, 1).toordinal()),
    st.floats(min_value=NARROWEST_DAY, max_value=WIDEST_DAY),
)


@given(window=windows, factor=st.floats(0.1, 10), x=st.floats(0, 3000))
def test_zooming_keeps_the_day_under_the_pointer(window: TimeWindow, factor: float, x: float) -> None:
    under = window.ordinal_at(x)
    zoomed = window.zoomed(factor, x=x)
    assert NARROWEST_DAY <= zoomed.pixels_per_day <= WIDEST_DAY
    assert abs(zoomed.x_of(under) - x) < 1e-3


@given(window=windows, pixels=st.floats(-5000, 5000))
def test_scrolling_there_and_back_is_where_we_were(window: TimeWindow, pixels: float) -> None:
    back = window.scrolled(pixels).scrolled(-pixels)
    assert abs(back.left - window.left) < 1e-6


def test_no_scroll_or_zoom_leaves_the_calendar() -> None:
    window = TimeWindow(float(date(2026, 1, 1).toordinal()), 1.0)
    assert window.scrolled(-1e12).day_at(0).year >= 1900
    assert window.scrolled(1e12).day_at(5000).year < 9999


@given(days=st.integers(0, 20_000), width=st.floats(200, 4000))
def test_a_fitted_window_shows_the_first_and_the_last_day(days: int, width: float) -> None:
    start = date(2026, 3, 2)
    finish = date.fromordinal(start.toordinal() + days)
    window = window_over(start, finish, width=width)
    assert window.x_of(start.toordinal()) >= 0
    if window.pixels_per_day > NARROWEST_DAY:
        assert window.x_of(finish.toordinal() + 1) <= width
