"""The plan's page by mouse and by keyboard: select, edit, refuse, add, nest, move, remove, fold, undo, redo."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.domain.initiative import ConstraintKind, Status, Wave
from planner.editing import entities, settings
from planner.language import Language
from tests.ui.conftest import PLAN_START, StartRoadbook, settle
from ui.composition import Roadbook
from ui.pages.timeline.page import TimelinePage
from ui.present.columns import Column
from ui.timeline.header import TimelineHeader


@pytest.fixture
def roadbook(start: StartRoadbook, plan_file: Path) -> Roadbook:
    return start(plan_file)


@pytest.fixture
def page(roadbook: Roadbook) -> TimelinePage:
    return roadbook.page("timeline")


def choose(page: TimelinePage, initiative_id: str, column: Column = Column.NAME) -> QModelIndex:
    index = page.model.index_of(initiative_id, column)
    page.view.setCurrentIndex(index)
    return index


def editor_of(page: TimelinePage, kind: type[QWidget]) -> QWidget:
    (editor,) = [widget for widget in page.view.viewport().findChildren(kind) if widget.isVisible()]
    return editor


ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def names(page: TimelinePage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def type_name(page: TimelinePage, initiative_id: str, text: str) -> None:
    choose(page, initiative_id)
    page.view.edit_current()
    editor = editor_of(page, QLineEdit)
    editor.setText(text)
    press_enter(editor)


def press_enter(editor: QWidget) -> None:
    """End an edit; Qt commits it once the key itself is dealt with."""
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_the_model_keeps_every_rule_of_qt(page: TimelinePage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    page.fold(frozenset({"Flow"}))
    qtmodeltester.check(page.model)


def test_a_name_typed_in_its_cell_is_the_name(page: TimelinePage, roadbook: Roadbook, qtbot: QtBot) -> None:
    type_name(page, "Flow-0", "Trunk & <b>branches</b>")
    assert roadbook.opened.engagement.initiatives["Flow-0"].name == "Trunk & <b>branches</b>"
    assert "Trunk & <b>branches</b>" in names(page)
    type_name(page, "Flow-0", "Trunk")
    assert "Trunk && <b>branches</b>" in roadbook.actions["undo"].text()
    assert "<b>" not in roadbook.actions["undo"].toolTip()


def test_a_blank_name_is_refused_beside_its_cell_and_what_was_typed_is_offered_again(
    page: TimelinePage, roadbook: Roadbook, qtbot: QtBot
) -> None:
    type_name(page, "Flow-0", "   ")
    assert page.view.error_text
    assert roadbook.opened.engagement.initiatives["Flow-0"].name == "Flow step 0"
    qtbot.waitUntil(lambda: any(editor.isVisible() for editor in page.view.viewport().findChildren(QLineEdit)))
    editor = [one for one in page.view.viewport().findChildren(QLineEdit) if one.isVisible()][-1]
    assert editor.text() == "   "
    QTest.keyClick(editor, Qt.Key.Key_Escape)


def test_a_start_picked_in_the_calendar_moves_the_initiative(
    page: TimelinePage, roadbook: Roadbook, qtbot: QtBot
) -> None:
    day = PLAN_START + timedelta(days=7)
    page.view.edit(choose(page, "Flow-0", Column.START))
    editor = editor_of(page, QDateEdit)
    assert editor.calendarPopup()
    assert editor.date() == QDate(PLAN_START.year, PLAN_START.month, PLAN_START.day)
    editor.setDate(QDate(day.year, day.month, day.day))
    press_enter(editor)
    settle(qtbot, roadbook)
    moved = roadbook.opened.engagement.initiatives["Flow-0"]
    assert (moved.constraint, moved.constraint_date) == (ConstraintKind.START_NO_EARLIER_THAN, day)
    assert page.model.index_of("Flow-0", Column.START).data(Qt.ItemDataRole.EditRole) == day
    assert page.model.index_of("Flow-1", Column.START).data(Qt.ItemDataRole.EditRole) == day + timedelta(days=14)


def test_dates_computed_meanwhile_leave_what_is_being_typed(page: TimelinePage, roadbook: Roadbook) -> None:
    page.view.edit(choose(page, "Flow-0", Column.DURATION))
    editor_of(page, QDoubleSpinBox).setValue(7.0)
    page.model.take_plan(None)
    assert editor_of(page, QDoubleSpinBox).value() == 7.0
    QTest.keyClick(editor_of(page, QDoubleSpinBox), Qt.Key.Key_Escape)


def test_a_finish_gives_the_duration_in_working_days(page: TimelinePage, roadbook: Roadbook, qtbot: QtBot) -> None:
    page.model.setData(page.model.index_of("Flow-0", Column.FINISH), PLAN_START + timedelta(days=8))
    settle(qtbot, roadbook)
    assert roadbook.opened.engagement.initiatives["Flow-0"].duration_days == 7
    assert page.model.index_of("Flow-0", Column.FINISH).data(Qt.ItemDataRole.EditRole) == PLAN_START + timedelta(days=8)


def test_a_finish_before_its_start_is_refused(page: TimelinePage, roadbook: Roadbook) -> None:
    index = choose(page, "Flow-0", Column.FINISH)
    assert not page.model.setData(index, PLAN_START - timedelta(days=1))
    assert page.view.error_text
    assert roadbook.opened.undo_label is None


def test_status_duration_and_progress_are_edited_in_their_cells(page: TimelinePage, roadbook: Roadbook) -> None:
    page.view.edit(choose(page, "Flow-0", Column.STATUS))
    combo = editor_of(page, QComboBox)
    combo.setCurrentIndex(combo.findData(Status.ACTIVE.value))
    combo.activated.emit(combo.currentIndex())
    page.view.edit(choose(page, "Flow-0", Column.DURATION))
    editor_of(page, QDoubleSpinBox).setValue(4.5)
    press_enter(editor_of(page, QDoubleSpinBox))
    page.view.edit(choose(page, "Flow-0", Column.PROGRESS))
    editor_of(page, QSpinBox).setValue(40)
    press_enter(editor_of(page, QSpinBox))
    edited = roadbook.opened.engagement.initiatives["Flow-0"]
    assert (edited.status, edited.duration_days, edited.progress) == (Status.ACTIVE, 4.5, 0.4)


def test_what_holds_others_takes_its_dates_from_them_and_cannot_be_dated(page: TimelinePage) -> None:
    for column in (Column.START, Column.FINISH, Column.DURATION, Column.PROGRESS):
        assert not page.model.index_of("Flow", column).flags() & Qt.ItemFlag.ItemIsEditable
    assert page.model.index_of("Flow", Column.START).data(Qt.ItemDataRole.EditRole) == PLAN_START


def test_an_initiative_is_added_after_the_current_one_and_named_at_once(
    page: TimelinePage, roadbook: Roadbook, qtbot: QtBot
) -> None:
    choose(page, "Flow-0")
    roadbook.actions["timeline.add"].trigger()
    editor = editor_of(page, QLineEdit)
    editor.setText("Between")
    press_enter(editor)
    assert names(page)[:4] == ["Flow", "Flow step 0", "Between", "Flow step 1"]
    roadbook.actions["undo"].trigger()
    roadbook.actions["undo"].trigger()
    assert "Between" not in names(page)
    roadbook.actions["redo"].trigger()
    roadbook.actions["redo"].trigger()
    assert names(page)[2] == "Between"


def test_initiatives_are_nested_moved_and_removed_by_their_actions(page: TimelinePage, roadbook: Roadbook) -> None:
    before = names(page)
    choose(page, "Trust")
    roadbook.actions["timeline.indent"].trigger()
    assert roadbook.opened.engagement.initiatives["Trust"].parent_id == "Flow"
    assert page.selected_ids() == {"Trust"}
    roadbook.actions["timeline.outdent"].trigger()
    assert roadbook.opened.engagement.initiatives["Trust"].parent_id is None
    assert names(page) == before
    choose(page, "Flow-1")
    roadbook.actions["timeline.move-down"].trigger()
    assert names(page)[1:4] == ["Flow step 0", "Flow step 2", "Flow step 1"]
    assert not roadbook.actions["timeline.move-down"].isEnabled()
    roadbook.actions["timeline.move-up"].trigger()
    assert names(page) == before
    choose(page, "Flow")
    roadbook.actions["remove"].trigger()
    assert names(page) == before[4:]
    assert roadbook.opened.engagement.links.keys().isdisjoint({"Flow-0"})
    roadbook.actions["undo"].trigger()
    assert names(page) == before


def test_several_initiatives_are_nested_and_moved_in_one_step_each(page: TimelinePage, roadbook: Roadbook) -> None:
    before = names(page)
    page.select(frozenset({"Flow-1", "Flow-2"}))
    QTest.keyClick(page.view, Qt.Key.Key_Up, ALT_SHIFT)
    assert names(page)[1:4] == ["Flow step 1", "Flow step 2", "Flow step 0"]
    assert page.selected_ids() == {"Flow-1", "Flow-2"}
    assert roadbook.opened.undo_label.parameters["count"] == 2
    QTest.keyClick(page.view, Qt.Key.Key_Down, ALT_SHIFT)
    assert names(page) == before
    QTest.keyClick(page.view, Qt.Key.Key_Left, ALT_SHIFT)
    assert [one for one in names(page) if "Flow" in one] == ["Flow", "Flow step 0", "Flow step 1", "Flow step 2"]
    assert roadbook.opened.engagement.initiatives["Flow-2"].parent_id is None
    assert page.selected_ids() == {"Flow-1", "Flow-2"}
    QTest.keyClick(page.view, Qt.Key.Key_Right, ALT_SHIFT)
    assert names(page) == before
    assert len(roadbook.opened.document.history()) == 4
    for _step in range(4):
        roadbook.actions["undo"].trigger()
    assert names(page) == before


def test_what_may_not_be_is_said_beside_the_cell_and_changes_nothing(page: TimelinePage, roadbook: Roadbook) -> None:
    choose(page, "Flow-1")
    roadbook.actions["timeline.indent"].trigger()
    assert page.view.error_text
    assert roadbook.opened.engagement.initiatives["Flow-1"].parent_id == "Flow"


def test_folding_keeps_table_and_timeline_on_the_same_rows(page: TimelinePage, roadbook: Roadbook) -> None:
    choose(page, "Flow-1")
    roadbook.actions["timeline.fold-all"].trigger()
    assert names(page) == ["Flow", "Trust"]
    assert page.selected_ids() == {"Flow"}
    assert [page.timeline.row_at(page.view.rowViewportPosition(row) + 2) for row in range(2)] == [0, 1]
    roadbook.actions["timeline.unfold"].trigger()
    assert names(page) == ["Flow", "Flow step 0", "Flow step 1", "Flow step 2", "Trust"]
    roadbook.actions["timeline.unfold-all"].trigger()
    assert page.model.rowCount() == 8


def test_the_mark_before_a_name_folds_it(page: TimelinePage) -> None:
    cell = page.view.visualRect(page.model.index_of("Flow"))
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(cell.left() + 14, cell.center().y()))
    assert page.model.rowCount() == 5


def test_a_click_on_a_bar_selects_its_row_in_the_table_too(page: TimelinePage) -> None:
    middle = page.view.rowViewportPosition(2) + 10
    QTest.mouseClick(page.timeline.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, middle))
    assert page.selected_ids() == {"Flow-1"}
    QTest.mouseClick(
        page.timeline.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(200, middle + 70)
    )
    assert len(page.selected_ids()) > 1


def test_both_sides_scroll_as_one_and_their_rows_are_level(
    roadbook: Roadbook, page: TimelinePage, qtbot: QtBot
) -> None:
    roadbook.window.resize(900, 480)
    QApplication.processEvents()
    table, timeline = page.view.verticalScrollBar(), page.timeline.verticalScrollBar()
    assert page.view.viewport().height() == page.timeline.viewport().height()
    assert table.maximum() == timeline.maximum()
    timeline.setValue(timeline.maximum())
    assert table.value() == timeline.value()
    table.setValue(0)
    assert timeline.value() == 0
    for row in range(3):
        top = page.view.viewport().mapToGlobal(QPoint(0, page.view.rowViewportPosition(row) + 1))
        assert page.timeline.row_at(page.timeline.viewport().mapFromGlobal(top).y()) == row


def test_the_wheel_with_ctrl_zooms_at_the_pointer(page: TimelinePage) -> None:
    timeline = page.timeline
    place = QPointF(300, 100)
    day, wide = timeline.axis.day_at(place.x()), timeline.axis.pixels_per_day
    wheel = QWheelEvent(
        place,
        timeline.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(timeline.viewport(), wheel)
    assert timeline.axis.pixels_per_day > wide
    assert timeline.axis.day_at(place.x()) == day


def test_the_keys_scroll_zoom_and_step_through_the_rows(page: TimelinePage) -> None:
    timeline = page.timeline
    timeline.setFocus()
    left, wide = timeline.axis.day_at(0), timeline.axis.pixels_per_day
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.axis.day_at(0) > left
    QTest.keyClick(timeline, Qt.Key.Key_Plus)
    assert timeline.axis.pixels_per_day > wide
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert 0 <= timeline.axis.x_of(PLAN_START) < timeline.viewport().width() * 0.2
    QTest.keyClick(timeline, Qt.Key.Key_End)
    QTest.keyClick(timeline, Qt.Key.Key_Minus)
    choose(page, "Flow")
    QTest.keyClick(timeline, Qt.Key.Key_Down)
    assert page.selected_ids() == {"Flow-0"}


def test_today_and_the_whole_plan_are_one_key_away(roadbook: Roadbook, page: TimelinePage) -> None:
    roadbook.actions["timeline.today"].trigger()
    assert 0 < page.timeline.axis.x_of(date.today()) < page.timeline.viewport().width()
    roadbook.actions["timeline.fit"].trigger()
    assert page.timeline.axis.x_of(PLAN_START) >= 0


def test_dragging_pans_and_does_not_select(page: TimelinePage) -> None:
    choose(page, "Flow")
    view = page.timeline.viewport()
    left = page.timeline.axis.x_of(PLAN_START)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 120))
    QTest.mouseMove(view, QPoint(340, 120))
    QTest.mouseMove(view, QPoint(380, 120))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(380, 120))
    assert page.timeline.axis.x_of(PLAN_START) - left == pytest.approx(80, abs=1)
    assert page.selected_ids() == {"Flow"}


def test_the_tip_over_a_bar_is_plain_text(page: TimelinePage, roadbook: Roadbook, qtbot: QtBot) -> None:
    type_name(page, "Flow-0", "<b>bold</b> & more")
    settle(qtbot, roadbook)
    x = int(page.timeline.axis.x_of(PLAN_START + timedelta(days=2)))
    page.timeline.point_at(QPoint(x, page.view.rowViewportPosition(1) + 10))
    page.timeline.show_tip()
    assert page.timeline.tip.text.startswith("<b>bold</b> & more\n")
    page.timeline.tip.hide()


def test_links_critical_bars_and_milestones_are_painted(page: TimelinePage) -> None:
    image = page.timeline.viewport().grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert len(colours) > 8


def test_quarters_are_those_of_the_fiscal_year_as_soon_as_it_is_chosen(page: TimelinePage, roadbook: Roadbook) -> None:
    opened = roadbook.opened
    opened.edit(settings.change(opened.engagement, fiscal_year_start_month=4))
    assert page.timeline.axis.year_begins == 4
    assert page.timeline.findChild(TimelineHeader)._axis.year_begins == 4


def test_waves_stand_under_the_scales_as_soon_as_their_gates_have_dates(
    page: TimelinePage, roadbook: Roadbook, qtbot: QtBot
) -> None:
    opened, header, view = roadbook.opened, page.timeline.findChild(TimelineHeader), page.timeline.viewport()
    gate = PLAN_START + timedelta(days=20)
    before = view.grab().toImage()
    opened.edit(entities.add(opened.engagement, Wave(id="w", name="<b>First</b>", gate_date=gate)))
    settle(qtbot, roadbook)
    assert view.grab().toImage() != before
    x = int(page.timeline.axis.x_of(PLAN_START + timedelta(days=2)))
    for y, told in ((header.height() - 5, "<b>First</b>\n"), (5, None)):
        place = QPoint(x, y)
        QApplication.sendEvent(header, QHelpEvent(QEvent.Type.ToolTip, place, header.mapToGlobal(place)))
        assert header.tip.isVisible() == (told is not None)
        if told is not None:
            assert header.tip.text.startswith(told)
            assert "is not" in header.tip.text
    roadbook.actions["undo"].trigger()
    settle(qtbot, roadbook)
    assert view.grab().toImage() == before


def test_columns_follow_the_language_save_those_a_person_made_wider(page: TimelinePage, roadbook: Roadbook) -> None:
    header, surroundings = page.view.horizontalHeader(), page.workbench.surroundings
    english = page.view.columnWidth(Column.START)
    header.resizeSection(Column.STATUS, 171)
    surroundings.set_language(Language("fr"))
    try:
        assert page.view.columnWidth(Column.START) > english, "28 sept. 2026 takes more than 28 Sep 2026"
        assert page.view.columnWidth(Column.STATUS) == 171
        widths = (page.view.columnWidth(column) for column in Column)
        assert page._splitter.sizes()[0] in itertools.accumulate(widths), "no column is cut"
    finally:
        surroundings.set_language(Language("en"))
    roadbook.show_page("organization")
    assert page.workbench.remembered("timeline")["columns"] == {"status": 171}
