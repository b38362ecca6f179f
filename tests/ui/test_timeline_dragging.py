"""Bars by the hand and by the keys: moved, resized, previewed, given up, refused where work has begun."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.charts.layout import span_of
from planner.domain.initiative import ConstraintKind
from planner.editing import initiatives
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.pages.timeline.page import TimelinePage
from ui.timeline.dragging import Grip, grip_within


@pytest.fixture
def roadbook(start: StartRoadbook, plan_file: Path, qtbot: QtBot) -> Roadbook:
    opened = start(plan_file)
    opened.window.resize(1440, 900)
    page_of(opened).timeline.fit()
    settle(qtbot, opened)
    return opened


def page_of(roadbook: Roadbook) -> TimelinePage:
    page = roadbook.page("timeline")
    assert isinstance(page, TimelinePage)
    return page


def ends_of(roadbook: Roadbook, initiative_id: str) -> tuple[QPoint, QPoint, QPoint]:
    """Return the places of a bar's start, middle and finish in the view."""
    timeline = page_of(roadbook).timeline
    number = page_of(roadbook).outline.position[initiative_id]
    row = timeline._row(number)
    span = span_of(row, timeline.axis, height=timeline._row_height)
    y = number * timeline._row_height - timeline.verticalScrollBar().value() + timeline._row_height // 2
    return QPoint(int(span.left) + 2, y), QPoint(int((span.left + span.right) / 2), y), QPoint(int(span.right) - 2, y)


def dates_of(roadbook: Roadbook, initiative_id: str) -> tuple[date, date]:
    dates = page_of(roadbook)._keeper.plan.dates_of(initiative_id)
    return dates.early_start, dates.early_finish


def hold(roadbook: Roadbook, place: QPoint, days: float) -> QPoint:
    """Press at a place, go as far as that many days, and stay there."""
    timeline = page_of(roadbook).timeline
    target = QPoint(round(place.x() + days * timeline.axis.pixels_per_day), place.y())
    QTest.mousePress(timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)
    for part in (0.4, 0.8, 1.0):
        QTest.mouseMove(timeline.viewport(), QPoint(round(place.x() + part * (target.x() - place.x())), place.y()))
    return target


def drop(roadbook: Roadbook, place: QPoint) -> None:
    QTest.mouseRelease(page_of(roadbook).timeline.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_bar_moved_by_two_weeks_starts_two_weeks_later_and_takes_its_successors_along(
    roadbook: Roadbook, qtbot: QtBot
) -> None:
    start, _finish = dates_of(roadbook, "Flow-0")
    after, _end = dates_of(roadbook, "Flow-1")
    drop(roadbook, hold(roadbook, ends_of(roadbook, "Flow-0")[1], 14))
    settle(qtbot, roadbook)
    assert dates_of(roadbook, "Flow-0")[0] == start + timedelta(days=14)
    assert dates_of(roadbook, "Flow-1")[0] == after + timedelta(days=14)
    roadbook.actions["undo"].trigger()
    assert dates_of(roadbook, "Flow-0")[0] == start
    assert not roadbook.actions["undo"].isEnabled()


def test_what_follows_is_seen_while_the_bar_is_held_and_nothing_is_edited_yet(roadbook: Roadbook, qtbot: QtBot) -> None:
    page = page_of(roadbook)
    before = roadbook.opened.engagement
    successor = ends_of(roadbook, "Flow-1")[0]
    place = hold(roadbook, ends_of(roadbook, "Flow-0")[1], 14)
    qtbot.waitUntil(lambda: ends_of(roadbook, "Flow-1")[0].x() > successor.x() + 5)
    assert page.timeline.tip.isVisible()
    assert page.selected_ids() == {"Flow-0"}
    assert roadbook.opened.engagement is before
    page.timeline.setFocus()
    QTest.keyClick(page.timeline, Qt.Key.Key_Escape)
    assert ends_of(roadbook, "Flow-1")[0] == successor
    drop(roadbook, place)
    assert roadbook.opened.engagement is before


def test_a_bar_dropped_on_a_weekend_starts_on_the_next_working_day(roadbook: Roadbook, qtbot: QtBot) -> None:
    start, _finish = dates_of(roadbook, "Flow-0")
    assert start.weekday() == 0
    drop(roadbook, hold(roadbook, ends_of(roadbook, "Flow-0")[1], 5))
    settle(qtbot, roadbook)
    assert dates_of(roadbook, "Flow-0")[0] == start + timedelta(days=7)


def test_the_finish_taken_by_itself_changes_the_duration(roadbook: Roadbook, qtbot: QtBot) -> None:
    start, finish = dates_of(roadbook, "Flow-0")
    drop(roadbook, hold(roadbook, ends_of(roadbook, "Flow-0")[2], 7))
    settle(qtbot, roadbook)
    assert dates_of(roadbook, "Flow-0") == (start, finish + timedelta(days=7))
    assert roadbook.opened.engagement.initiatives["Flow-0"].duration_days == 15


def test_the_start_taken_by_itself_leaves_the_finish_where_it_is(roadbook: Roadbook, qtbot: QtBot) -> None:
    start, finish = dates_of(roadbook, "Trust-0")
    drop(roadbook, hold(roadbook, ends_of(roadbook, "Trust-0")[0], 7))
    settle(qtbot, roadbook)
    assert dates_of(roadbook, "Trust-0") == (start + timedelta(days=7), finish)


def test_all_that_is_selected_moves_along_in_one_step(roadbook: Roadbook, qtbot: QtBot) -> None:
    page = page_of(roadbook)
    page.select(frozenset({"Flow-0", "Trust-0"}))
    flow, trust = dates_of(roadbook, "Flow-0")[0], dates_of(roadbook, "Trust-0")[0]
    drop(roadbook, hold(roadbook, ends_of(roadbook, "Flow-0")[1], 14))
    settle(qtbot, roadbook)
    assert dates_of(roadbook, "Flow-0")[0] == flow + timedelta(days=14)
    assert dates_of(roadbook, "Trust-0")[0] == trust + timedelta(days=14)
    roadbook.actions["undo"].trigger()
    assert dates_of(roadbook, "Trust-0")[0] == trust


def test_an_end_taken_of_one_of_several_selected_changes_that_one_alone(roadbook: Roadbook, qtbot: QtBot) -> None:
    page = page_of(roadbook)
    page.select(frozenset({"Flow-0", "Trust-0"}))
    taken = page.selection().ids[-1]  # not the first of those selected
    before = roadbook.opened.engagement.initiatives
    drop(roadbook, hold(roadbook, ends_of(roadbook, taken)[2], 7))
    settle(qtbot, roadbook)
    after = roadbook.opened.engagement.initiatives
    assert {one for one in after if after[one] != before[one]} == {taken}


def test_a_bar_brought_back_to_where_it_was_taken_is_left_as_it_is(roadbook: Roadbook, qtbot: QtBot) -> None:
    before = roadbook.opened.engagement
    place = ends_of(roadbook, "Flow-0")[1]
    hold(roadbook, place, 14)
    QTest.mouseMove(page_of(roadbook).timeline.viewport(), place)
    drop(roadbook, place)
    settle(qtbot, roadbook)
    assert roadbook.opened.engagement == before
    assert not roadbook.actions["undo"].isEnabled()


def test_a_bar_held_at_an_edge_scrolls_the_plan_that_way(
    roadbook: Roadbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    timeline, ways = page_of(roadbook).timeline, set[int]()
    monkeypatch.setattr(timeline, "scroll_sideways", lambda pixels: ways.add(1 if pixels > 0 else -1))
    middle = ends_of(roadbook, "Flow-0")[1]
    assert timeline.dragging.begin(middle)
    for x, way in ((timeline.viewport().width() - 4, 1), (4, -1)):
        ways.clear()
        timeline.dragging.move(QPoint(x, middle.y()))
        qtbot.waitUntil(lambda: bool(ways))
        assert ways == {way}
    timeline.dragging.cancel()


def test_no_bar_is_taken_of_a_file_that_cannot_be_edited(roadbook: Roadbook, monkeypatch: pytest.MonkeyPatch) -> None:
    place = ends_of(roadbook, "Trust-0")[1]
    assert page_of(roadbook).timeline.dragging.grip_at(place)
    monkeypatch.setattr(type(roadbook.opened), "read_only", True)
    assert page_of(roadbook).timeline.dragging.grip_at(place) is None


def test_holders_and_work_that_has_begun_are_not_taken(roadbook: Roadbook) -> None:
    timeline = page_of(roadbook).timeline
    opened = roadbook.opened
    assert timeline.dragging.grip_at(ends_of(roadbook, "Flow")[1]) is None
    opened.edit(initiatives.change(opened.engagement, "Flow-0", actual_start=dates_of(roadbook, "Flow-0")[0]))
    assert timeline.dragging.grip_at(ends_of(roadbook, "Flow-0")[1]) is None
    assert timeline.dragging.grip_at(ends_of(roadbook, "Trust-0")[1]) == ("Trust-0", Grip.WHOLE)


def test_a_milestone_is_moved_as_a_whole(roadbook: Roadbook) -> None:
    left, _middle, right = ends_of(roadbook, "Flow-2")
    for place in (left, right):
        assert page_of(roadbook).timeline.dragging.grip_at(place) == ("Flow-2", Grip.WHOLE)


def test_the_keys_move_and_resize_by_working_days(roadbook: Roadbook, qtbot: QtBot) -> None:
    page = page_of(roadbook)
    page.select(frozenset({"Flow-0"}))
    page.view.setFocus()
    start, finish = dates_of(roadbook, "Flow-0")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.view, Qt.Key.Key_Right, control)
    assert dates_of(roadbook, "Flow-0")[0] == start + timedelta(days=1)
    QTest.keyClick(page.view, Qt.Key.Key_Left, control)
    assert dates_of(roadbook, "Flow-0")[0] == start
    QTest.keyClick(page.view, Qt.Key.Key_Right, control | shift)
    assert roadbook.opened.engagement.initiatives["Flow-0"].duration_days == 11
    QTest.keyClick(page.view, Qt.Key.Key_Left, control | shift)
    assert dates_of(roadbook, "Flow-0") == (start, finish)
    assert roadbook.opened.engagement.initiatives["Flow-0"].constraint is ConstraintKind.START_NO_EARLIER_THAN


def test_pressing_beside_a_bar_still_pans(roadbook: Roadbook) -> None:
    timeline = page_of(roadbook).timeline
    timeline.zoom(3.0)
    before = timeline.axis
    _start, middle, _finish = ends_of(roadbook, "Flow")
    place = QPoint(timeline.viewport().width() // 2, middle.y())
    drop(roadbook, hold(roadbook, place, 5))
    assert timeline.axis != before
    assert not roadbook.actions["undo"].isEnabled()


@pytest.mark.parametrize(
    ("x", "grip"), [(100, Grip.START), (150, Grip.WHOLE), (199, Grip.FINISH), (80, None), (210, None)]
)
def test_the_ends_of_a_bar_are_taken_near_them(x: int, grip: Grip | None) -> None:
    assert grip_within(100, 200, x) is grip


def test_a_bar_too_short_for_ends_is_taken_as_a_whole() -> None:
    assert {grip_within(100, 106, x) for x in range(101, 106)} == {Grip.WHOLE}
