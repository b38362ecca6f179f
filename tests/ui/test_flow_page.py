"""The flow page as a person uses it: streams, metrics and verdicts, by mouse and by keyboard, back and forth."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from planner.analysis.flow import steps_of
from planner.document import Document
from planner.domain.engagement import Engagement
from planner.domain.flow import DeliveryMetric, Measurement, StreamStep, ValueStream, Waste
from planner.domain.initiative import Outcome, OutcomeKind, Status, Verdict
from planner.domain.organization import Application
from planner.editing import entities
from planner.language import LANGUAGES, Language
from planner.words import METRIC_WORDS
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.dialogs.redaction import RedactionDialog
from ui.pages.flow import verdicts_panel
from ui.pages.flow.finding_rows import FindingRow
from ui.pages.flow.measurements_dialog import MeasurementsDialog
from ui.pages.flow.metric_rows import METRICS
from ui.pages.flow.outcome_dialog import OutcomeDialog
from ui.pages.flow.page import FlowPage
from ui.pages.flow.stream_painting import Spot
from ui.pages.flow.stream_view import Field
from ui.surroundings import Surroundings
from ui.widgets.card import Card
from ui.widgets.guidance import Guidance

LEAD = DeliveryMetric.CHANGE_LEAD_TIME
START = a.MONDAY


def a_client() -> Engagement:
    """Return two streams of three steps and one, a team and an application that are measured, two linked initiatives."""
    finished = START + timedelta(days=30)
    return a.engagement(
        a.settings(name="Littoral"),
        a.unit(id="unit", name="IT"),
        a.team(id="blue", name="Blue"),
        Application(id="portal", name="Portal"),
        ValueStream(id="s", name="Claims"),
        ValueStream(id="t", name="Refunds"),
        *(
            StreamStep(id=f"s{n}", stream_id="s", name=f"Claim {n}", position=n, process_hours=4.0 * n + 2,
                       wait_hours=16.0 * n, complete_accurate=0.9, team_ids=("blue",), waste=Waste.WAITING, visibility=3)
            for n in range(3)
        ),
        StreamStep(id="t0", stream_id="t", name="Refund"),
        a.initiative(id="i", name="Pipeline", status=Status.DONE, hypothesis="Faster", measure="Lead time",
                     actual_start=START, actual_finish=finished, progress=1.0),
        a.initiative(id="j", name="Self-service"),
        Outcome(id="o", initiative_id="i", kind=OutcomeKind.DELIVERY_METRIC, metric=LEAD, application_id="portal", to_value=24.0),
        Outcome(id="p", initiative_id="j", kind=OutcomeKind.STREAM_STEP, step_id="s2", wait_hours_after=8.0),
        *(
            Measurement(id=f"m{n}", metric=LEAD, measured_on=START + timedelta(days=14 * n), value=60.0 - 10 * n,
                        application_id="portal", source="CI")
            for n in range(6)
        ),
        Measurement(id="rate", metric=DeliveryMetric.REWORK_RATE, measured_on=START, value=0.2, team_id="blue"),
    )  # fmt: skip


@pytest.fixture
def open_page(tmp_path: Path, start: StartRoadbook, qtbot: QtBot) -> Iterator[Callable[..., FlowPage]]:
    def begin(engagement: Engagement | None = None, *, view: str = "streams") -> FlowPage:
        path = tmp_path / "littoral.roadbook"
        Document.create(path, engagement or a_client()).close()
        roadbook = start(path)
        roadbook.show_page("flow")
        settle(qtbot, roadbook)
        page = roadbook.page("flow")
        assert isinstance(page, FlowPage)
        page.show_view(view)
        return page

    yield begin
    QGuiApplication.clipboard().clear()


def names(page: FlowPage, stream_id: str) -> list[str]:
    return [step.name for step in steps_of(page.engagement, stream_id)]


def do(page: FlowPage, action_id: str) -> None:
    action = page.workbench.actions[action_id]
    assert action.isEnabled(), action_id
    action.trigger()
    QApplication.processEvents()


def type_text(page: FlowPage, qtbot: QtBot, text: str) -> None:
    editor = page.streams.view.editor
    assert editor.isVisible()
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def press(page: FlowPage, qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(page.streams.view, key, held)


def middle_of(page: FlowPage, step_id: str, *, down: float = 0.5) -> QPoint:
    view = page.streams.view
    spot = next(Spot(row.id, step_id) for row in view.rows for step in row.steps if step.id == step_id)
    view.bring_into_view(spot)
    slot = view._slot_of(spot)
    assert slot is not None
    box = view._on_screen(slot.box)
    return QPointF(box.center().x(), box.top() + box.height() * down).toPoint()


# Value streams


def test_a_stream_and_its_steps_are_made_by_keys_alone(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page(a.engagement(a.settings(name="Littoral")))
    assert not page.streams.view.isVisible()
    do(page, "flow.add-stream")
    type_text(page, qtbot, "Idea to use")
    (stream,) = page.engagement.value_streams.values()
    assert stream.name == "Idea to use"
    do(page, "flow.add-step")
    type_text(page, qtbot, "Build")
    do(page, "flow.add-step-before")
    type_text(page, qtbot, "Choose")
    assert names(page, stream.id) == ["Choose", "Build"]
    for action, text in (("flow.edit-wait", "3 d"), ("flow.edit-process", "4 h"), ("flow.edit-accurate", "85 %")):
        do(page, action)
        type_text(page, qtbot, text)
    step = steps_of(page.engagement, stream.id)[0]
    assert (step.wait_hours, step.process_hours, step.complete_accurate) == (24.0, 4.0, 0.85)
    for _ in range(9):
        do(page, "undo")
    assert page.engagement.value_streams == {}
    for _ in range(9):
        do(page, "redo")
    assert names(page, stream.id) == ["Choose", "Build"]


def test_the_keyboard_walks_and_typing_edits(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page()
    view = page.streams.view
    assert view.spot == Spot("s", "s0")
    press(page, qtbot, Qt.Key.Key_Right)
    press(page, qtbot, Qt.Key.Key_Right)
    assert view.spot == Spot("s", "s2")
    assert "Claim 2" in view.accessibleDescription()
    assert "Self-service" in view.accessibleDescription()
    press(page, qtbot, Qt.Key.Key_Down)
    assert view.spot == Spot("t", "t0")
    press(page, qtbot, Qt.Key.Key_Up)
    press(page, qtbot, Qt.Key.Key_Home)
    assert view.spot == Spot("s", "")
    assert page.selection().kind == "value_streams"
    press(page, qtbot, Qt.Key.Key_End)
    qtbot.keyClicks(view, "9")
    assert view.editor.isVisible()
    qtbot.keyClicks(view.editor, " d")
    qtbot.keyClick(view.editor, Qt.Key.Key_Tab)
    assert page.engagement.stream_steps["s2"].process_hours == 72.0
    assert Field(view.editor.property("field")) is Field.ACCURATE
    qtbot.keyClick(view.editor, Qt.Key.Key_Escape)
    assert not view.editor.isVisible()
    assert page.engagement.stream_steps["s2"].complete_accurate == 0.9


def test_what_cannot_be_read_stays_in_the_editor_and_says_why(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page()
    do(page, "flow.edit-wait")
    editor = page.streams.view.editor
    type_text(page, qtbot, "soon")
    assert editor.isVisible()
    assert editor.text() == "soon"
    assert editor._why.isVisible()
    assert "soon" in editor._why.text()
    type_text(page, qtbot, "30 min")
    assert page.engagement.stream_steps["s0"].wait_hours == 0.5
    assert not editor.isVisible()


def test_steps_move_by_keys_and_by_the_hand(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page()
    view = page.streams.view
    do(page, "flow.move-right")
    assert names(page, "s") == ["Claim 1", "Claim 0", "Claim 2"]
    assert page.selection().ids == ("s0",)
    do(page, "flow.move-left")
    do(page, "flow.move-down")
    assert names(page, "t") == ["Claim 0", "Refund"]
    do(page, "undo")
    do(page, "flow.fit")
    start, target = middle_of(page, "s0"), middle_of(page, "s2")
    area = view.viewport()
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(area, (start + target) / 2)
    qtbot.mouseMove(area, target + QPoint(40, 0))
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, pos=target + QPoint(40, 0))
    assert names(page, "s") == ["Claim 1", "Claim 2", "Claim 0"]
    do(page, "undo")
    assert names(page, "s") == ["Claim 0", "Claim 1", "Claim 2"]


@pytest.mark.parametrize(("down", "field"), [(0.12, "name"), (0.43, "process_hours"), (0.57, "complete_accurate")])
def test_a_double_click_edits_what_is_under_it(
    open_page: Callable[..., FlowPage], qtbot: QtBot, down: float, field: str
) -> None:
    page = open_page()
    place = middle_of(page, "s1", down=down)
    qtbot.mouseDClick(page.streams.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.streams.view.editor.property("field") == field


def test_steps_are_cut_copied_and_pasted_within_and_from_a_spreadsheet(
    open_page: Callable[..., FlowPage], qtbot: QtBot
) -> None:
    page = open_page()
    press(page, qtbot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.selection().ids == ("s0", "s1")
    do(page, "cut")
    assert names(page, "s") == ["Claim 2"]
    page.streams.view.select(["t0"])
    do(page, "paste")
    assert names(page, "t") == ["Refund", "Claim 0", "Claim 1"]
    assert steps_of(page.engagement, "t")[1].waste is Waste.WAITING
    do(page, "copy")
    table = QGuiApplication.clipboard().text().splitlines()
    assert table[0].startswith("Step\tWait\tWork")
    QGuiApplication.clipboard().setText("Step\tWork\tTeams\nShip it\t2 h\tBlue\n")
    page.streams.view.select(["s2"])
    do(page, "paste")
    (new,) = [step for step in steps_of(page.engagement, "s") if step.name == "Ship it"]
    assert (new.process_hours, new.team_ids) == (2.0, ("blue",))
    QGuiApplication.clipboard().setText("Step\tTeams\nShip it\tNobody\n")
    do(page, "paste")
    assert len(names(page, "s")) == 2
    (complaint,) = page.window().messages.messages()  # type: ignore[attr-defined]
    assert "Nobody" in complaint.label.text()
    for _ in range(3):
        do(page, "undo")
    assert page.window().messages.messages() == []  # type: ignore[attr-defined]
    assert names(page, "s") == ["Claim 0", "Claim 1", "Claim 2"]


def test_a_stream_is_copied_removed_and_brought_back(open_page: Callable[..., FlowPage]) -> None:
    page = open_page()
    do(page, "flow.copy-stream")
    assert sorted(stream.name for stream in page.engagement.value_streams.values()) == ["Claims", "Claims 2", "Refunds"]
    page.reveal("value_streams", "s")
    do(page, "flow.remove-stream")
    assert "s" not in page.engagement.value_streams
    assert "p" not in page.engagement.outcomes
    do(page, "undo")
    assert "p" in page.engagement.outcomes
    page.reveal("stream_steps", "s1")
    do(page, "remove")
    assert names(page, "s") == ["Claim 0", "Claim 2"]
    assert page.streams.view.spot == Spot("s", "s2")


def test_the_streams_show_what_they_will_be_and_then_times_are_not_edited(
    open_page: Callable[..., FlowPage],
) -> None:
    page = open_page()
    before = page.streams.view.rows[0]
    assert "Self-service" in before.steps[2].hoped
    assert not re.search(r"\d \D", before.steps[2].hoped), "a number and its unit stay on one line"
    assert before.figures[0].after
    do(page, "flow.show-after")
    after = page.streams.view.rows[0]
    assert (after.steps[2].wait_hours, after.steps[2].improved) == (8.0, True)
    page.streams.view.select(["s2"])
    assert not page.workbench.actions["flow.edit-wait"].isEnabled()
    do(page, "flow.show-after")
    assert page.streams.view.rows[0] == before


def test_waits_are_drawn_to_scale_when_asked_and_longer_ones_always_longer(
    open_page: Callable[..., FlowPage],
) -> None:
    page = open_page()
    view = page.streams.view

    def gaps() -> list[float]:
        return [slot.gap.width() for slot in view.layout_shown.bands[0].slots]

    readable = gaps()
    assert readable == sorted(readable)
    do(page, "flow.to-scale")
    scaled = gaps()
    assert scaled[2] / scaled[1] == pytest.approx(2.0)
    rungs = [rung for rung in view.layout_shown.bands[0].rungs if rung.is_wait]
    assert rungs[2].width / rungs[1].width == pytest.approx(2.0)


def test_the_filter_narrows_every_view(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page()
    do(page, "find-here")
    assert page.filter.hasFocus()
    qtbot.keyClicks(page.filter, "refu")
    assert [row.id for row in page.streams.view.rows] == ["t"]
    page.filter.setText("port")
    page.show_view("metrics")
    assert [row.name for row in page.metrics.grid.sheet.rows] == ["Portal"]
    page.show_view("verdicts")
    assert [row.id for row in page.verdicts.model.rows] == ["o"]
    page.reveal("stream_steps", "s1")
    assert page.filter.text() == ""
    assert page.selection().ids == ("s1",)


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_streams_are_written_as_a_picture(
    open_page: Callable[..., FlowPage], qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    page = open_page()
    do(page, "flow.export-picture")
    page.window().findChild(RedactionDialog).buttons.go.click()
    dialog = page.window().findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / f"streams{suffix}"
    dialog.fileSelected.emit(str(target))
    dialog.done(QFileDialog.DialogCode.Accepted)
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert target.stat().st_size > 1_000


def test_a_picture_of_the_streams_can_number_the_teams(
    open_page: Callable[..., FlowPage], qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    shown = {name for row in page.streams.view.rows for step in row.steps for name in step.teams.split(", ") if name}
    assert shown
    do(page, "flow.export-picture")
    asked = page.window().findChild(RedactionDialog)
    asked.checks["teams"].click()
    asked.buttons.go.click()
    dialog = page.window().findChild(QFileDialog)
    target = tmp_path / "streams.svg"
    dialog.fileSelected.emit(str(target))
    dialog.done(QFileDialog.DialogCode.Accepted)
    qtbot.waitUntil(target.exists, timeout=10_000)
    content = target.read_text(encoding="utf-8")
    assert not [name for name in shown if name in content]
    assert "Team 1" in content


# Delivery metrics


def test_charts_are_walked_and_their_measurements_stand_below(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page(view="metrics")
    grid, model = page.metrics.grid, page.metrics.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    assert [row.name for row in grid.sheet.rows] == ["Portal", "Blue"]
    assert [row.cells[1].text for row in model.rows] == ["10 h", "20 h", "1.2 d", "1.7 d", "2.1 d", "2.5 d"]
    assert "better" in grid.accessibleDescription()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert grid.current is not None
    assert (grid.current[0].id, grid.current[1]) == ("blue", METRICS[4])
    assert [row.cells[1].text for row in model.rows] == ["20%"]
    place = grid.chart_place(0, 0).center().toPoint()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.current[0].id == "portal"
    (mark,) = grid.sheet.rows[0].charts[0].marks
    assert (mark.name, mark.target) == ("Pipeline", 24.0)


def test_a_measurement_is_added_edited_and_removed(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page(view="metrics")
    do(page, "flow.add-measurement")
    editor = page.metrics.table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "2 d")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    (new,) = [one for one in page.engagement.measurements.values() if one.measured_on == page.workbench.today]
    assert (new.value, new.application_id, new.source) == (48.0, "portal", "CI")
    table, model = page.metrics.table, page.metrics.model
    index = model.index(model.row_of(new.id), 0)
    assert model.setData(index, "2026-01-02")
    assert page.engagement.measurements[new.id].measured_on == date(2026, 1, 2)
    assert not model.setData(model.index(model.row_of(new.id), 1), "soon")
    table.selectRow(model.row_of(new.id))
    do(page, "remove")
    assert new.id not in page.engagement.measurements
    for _ in range(4):
        do(page, "undo")
    assert page.engagement == Document.open(page.opened.document.path).engagement  # type: ignore[union-attr]


def the_dialog(page: FlowPage) -> MeasurementsDialog:
    found = [one for one in page.window().findChildren(MeasurementsDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_pasted_table_is_shown_row_by_row_before_it_is_taken_in(open_page: Callable[..., FlowPage]) -> None:
    page = open_page(view="metrics")
    QGuiApplication.clipboard().setText(
        "Équipe\tDate\tDélai (jours)\tTaux d’échec\nBlue\t31/03/2026\t1,5\t15 %\nNobody\t31/03/2026\t1\t2 %\n"
    )
    do(page, "flow.paste-metrics")
    dialog = the_dialog(page)
    QAbstractItemModelTester(dialog.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, dialog)
    assert dialog.rows.rowCount() == 4
    assert "Nobody" in dialog.summary.text()
    assert dialog.table.currentIndex().row() == 2
    assert dialog.told.text() == dialog.rows.index(2, 6).data() == "There is no team and no application named 'Nobody'."
    dialog.table.setCurrentIndex(dialog.rows.index(0, 0))
    assert dialog.told.isHidden()
    dialog.take_in()
    values = {one.metric: one.value for one in page.engagement.measurements.values() if one.measured_on.month == 3
              and one.team_id == "blue" and one.measured_on.day == 31}  # fmt: skip
    assert values == {LEAD: 36.0, DeliveryMetric.CHANGE_FAIL_RATE: 0.15}
    do(page, "undo")
    assert len(page.engagement.measurements) == 7


def test_copied_measurements_paste_back_changed_and_rows_without_a_name_belong_to_the_chart(
    open_page: Callable[..., FlowPage],
) -> None:
    page = open_page(view="metrics")
    do(page, "copy")
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0] == "Team or application\tDelivery metric\tDate\tValue\tSource"
    QGuiApplication.clipboard().setText(text.replace("10 h", "12 h"))
    do(page, "paste")
    dialog = the_dialog(page)
    assert len(dialog.plan.measurements) == 1
    dialog.take_in()
    assert page.engagement.measurements["m5"].value == 12.0
    QGuiApplication.clipboard().setText("Date\tValue\n2026-09-01\t3 h\n")
    do(page, "paste")
    the_dialog(page).take_in()
    assert 3.0 in [one.value for one in page.engagement.measurements.values() if one.application_id == "portal"]


def test_a_file_is_imported_after_a_look(open_page: Callable[..., FlowPage], qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page(view="metrics")
    path = tmp_path / "metrics.csv"
    lines = [f"Portal;2025-{1 + n % 12:02}-{1 + n // 12 % 28:02};{n}" for n in range(700)]
    path.write_bytes(("App;Date;Lead time (h)\n" + "\n".join(lines)).encode("cp1252"))
    do(page, "flow.import-metrics")
    chooser = page.window().findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(path))
    chooser.done(QFileDialog.DialogCode.Accepted)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.window().findChildren(MeasurementsDialog)))
    dialog = the_dialog(page)
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.take_in()
    assert len(page.engagement.measurements) == 7 + 336
    page.metrics.read_file(tmp_path / "none.csv")
    qtbot.waitUntil(lambda: bool(page.window().messages.messages()))  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_the_titles_above_the_charts_are_whole_in_the_narrowest_column(
    open_page: Callable[..., FlowPage], surroundings: Surroundings, code: str
) -> None:
    surroundings.set_language(Language(code))
    grid = open_page(view="metrics").metrics.grid
    grid.resize(400, 400)
    words = [Language(code).gettext(METRIC_WORDS[metric]) for metric in METRICS]
    assert [" ".join(lines) for lines in grid._titles] == words


# Whether it worked


def test_outcomes_show_before_after_and_a_suggestion_that_is_taken_only_when_asked(
    open_page: Callable[..., FlowPage], qtbot: QtBot
) -> None:
    page = open_page(view="verdicts")
    model, table = page.verdicts.model, page.verdicts.table
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    rows = {row.id: row for row in model.findings}
    assert rows["o"].texts[4].startswith("2.5 d")
    assert "median 20 h of 3 measurements" in rows["o"].texts[5]
    assert "3 measurements after, median 20 h, target 1 d." in rows["o"].texts[6]
    assert (rows["o"].suggested, rows["o"].verdict) == (Verdict.CONFIRMED, Verdict.PENDING)
    assert rows["p"].suggested is Verdict.PENDING
    page.reveal("outcomes", "o")
    do(page, "flow.take-suggestion")
    assert page.engagement.outcomes["o"].verdict is Verdict.CONFIRMED
    do(page, "undo")
    do(page, "rename")
    editor = table.findChild(QComboBox)
    assert editor is not None
    editor.setCurrentIndex(editor.findData(Verdict.REFUTED.value))
    editor.activated.emit(editor.currentIndex())
    assert page.engagement.outcomes["o"].verdict is Verdict.REFUTED
    assert model.setData(model.index(model.row_of("o"), 8), "Seen by hand")
    assert page.engagement.outcomes["o"].note == "Seen by hand"
    do(page, "copy")
    assert "Seen by hand" in QGuiApplication.clipboard().text()
    do(page, "remove")
    assert "o" not in page.engagement.outcomes
    do(page, "undo")
    page.reveal("outcomes", "o")
    do(page, "flow.go-to-initiative")
    assert not page.isVisible()


def the_form(page: FlowPage) -> OutcomeDialog:
    found = [one for one in page.window().findChildren(OutcomeDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_an_initiative_is_linked_to_a_step_and_to_a_metric(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page()
    page.streams.view.select(["s1"])
    do(page, "flow.add-outcome")
    form = the_form(page)
    assert form.step.currentData() == "s1"
    form.go.click()
    assert form.problem.isVisible()
    form.initiative.setCurrentIndex(form.initiative.findData("j"))
    form.wait.setText("1 h")
    form.work.clear()
    form.go.click()
    found = [one for one in page.engagement.outcomes.values() if one.step_id == "s1"]
    assert [(one.initiative_id, one.wait_hours_after, one.process_hours_after) for one in found] == [("j", 1.0, None)]
    page.show_view("metrics")
    do(page, "flow.add-outcome")
    form = the_form(page)
    form.initiative.setCurrentIndex(form.initiative.findData("j"))
    assert form.before.text() == "10 h"
    form.target.setText("soon")
    form.go.click()
    assert "soon" in form.problem.text()
    form.target.setText("6 h")
    form.go.click()
    (metric,) = [one for one in page.engagement.outcomes.values() if one.to_value == 6.0]
    assert (metric.metric, metric.application_id, metric.from_value) == (LEAD, "portal", 10.0)
    do(page, "undo")
    assert metric.id not in page.engagement.outcomes


# The page


def test_what_was_edited_is_in_the_file(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page()
    do(page, "flow.edit-process")
    type_text(page, qtbot, "1 d")
    assert page.opened is not None
    page.opened.document.publish()
    reopened = Document.open(page.opened.document.path)
    assert reopened.engagement == page.engagement
    assert reopened.engagement.stream_steps["s0"].process_hours == 8.0
    reopened.close()


@pytest.mark.parametrize("theme", ["light", "dark", "high-contrast"])
def test_every_view_is_painted_in_every_theme_and_language(
    open_page: Callable[..., FlowPage], qtbot: QtBot, surroundings: Surroundings, theme: str
) -> None:
    page = open_page()
    for code in ("fr", "en"):
        surroundings.set_language(Language(code))
        surroundings.set_theme(theme)
        for view in ("streams", "metrics", "verdicts"):
            page.show_view(view)
            picture = page.grab().toImage()
            seen = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7)
                    for y in range(120, picture.height(), 7)}  # fmt: skip
            assert len(seen) > 8, (view, code)
    surroundings.set_theme("light")


def test_a_page_of_an_empty_engagement_offers_what_to_begin_with(open_page: Callable[..., FlowPage]) -> None:
    page = open_page(a.engagement(a.settings(name="Littoral")))
    for view in ("streams", "metrics", "verdicts"):
        page.show_view(view)
        assert isinstance(page.view._stack.currentWidget(), Guidance)  # type: ignore[attr-defined]


def test_what_an_empty_view_of_metrics_offers_can_be_done(open_page: Callable[..., FlowPage], qtbot: QtBot) -> None:
    page = open_page(a.engagement(a.settings(name="Littoral")), view="metrics")
    actions = page.workbench.actions
    offered = page.metrics._stack.currentWidget().findChildren(Card)
    assert [card.accessibleName() for card in offered] == ["Go to the organization"]
    assert actions["go-organization"].isEnabled()
    assert page.edit(lambda engagement: entities.add(engagement, a.unit(id="it")))
    assert page.edit(lambda engagement: entities.add(engagement, a.team(id="blue", name="Blue", unit_id="it")))
    assert all(actions[f"flow.{name}"].isEnabled() for name in ("paste-metrics", "import-metrics", "add-measurement"))
    (paste, _take, add) = page.metrics._stack.currentWidget().findChildren(Card)
    assert paste.accessibleName() == "Paste from a spreadsheet"
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    assert len(page.engagement.measurements) == 1
    page.edit(lambda engagement: entities.remove(engagement, "teams", ("blue",)))
    assert [card.accessibleName() for card in page.metrics._stack.currentWidget().findChildren(Card)] == [
        "Go to the organization"
    ]


def test_what_an_empty_view_of_verdicts_offers_can_be_done(open_page: Callable[..., FlowPage]) -> None:
    page = open_page(a.engagement(a.settings(name="Littoral")), view="verdicts")
    roadbook = page.workbench.actions
    assert not roadbook["flow.add-outcome"].isEnabled()
    offered = page.verdicts._stack.currentWidget().findChildren(Card)
    assert [card.accessibleName() for card in offered] == ["Plan the first initiative"]
    assert roadbook["go-timeline"].isEnabled()
    assert page.edit(lambda engagement: entities.add(engagement, a.initiative(id="first")))
    assert roadbook["flow.add-outcome"].isEnabled()
    offered = page.verdicts._stack.currentWidget().findChildren(Card)
    assert [card.accessibleName() for card in offered] == ["Link an initiative to what it is to move"]


def test_many_outcomes_are_worked_out_away_from_the_screen_and_edited_as_few_are(
    open_page: Callable[..., FlowPage], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_on: list[bool] = []
    work_out = verdicts_panel.finding_rows

    def watched(*given: Any, **named: Any) -> list[FindingRow]:
        worked_on.append(threading.current_thread() is threading.main_thread())
        return work_out(*given, **named)

    monkeypatch.setattr(verdicts_panel, "_OUTCOMES_AT_ONCE", 0)
    monkeypatch.setattr(verdicts_panel, "finding_rows", watched)
    page = open_page(view="verdicts")
    model = page.verdicts.model
    qtbot.waitUntil(lambda: model.row_of("o") >= 0 and not page.workbench.background.busy)
    assert page.reveal("outcomes", "o")
    before = [row.id for row in model.rows]
    do(page, "remove")
    qtbot.waitUntil(lambda: model.row_of("o") < 0)
    assert page.verdicts.selected_ids() == (next(one for one in before if one != "o"),)
    do(page, "undo")
    qtbot.waitUntil(lambda: model.row_of("o") >= 0)
    page.verdicts.kind.setCurrentIndex(page.verdicts.kind.findData(OutcomeKind.MATURITY.value))
    qtbot.waitUntil(lambda: model.row_of("o") < 0)
    assert page.reveal("outcomes", "o")
    qtbot.waitUntil(lambda: page.verdicts.selected_ids() == ("o",))
    assert worked_on
    assert not any(worked_on)


def test_what_is_told_of_a_name_follows_a_colon_as_french_writes_it(
    open_page: Callable[..., FlowPage], surroundings: Surroundings
) -> None:
    page = open_page(view="verdicts")
    surroundings.set_language(Language("fr"))
    text = page.verdicts.model.findings[page.verdicts.model.row_of("o")].texts[3]
    surroundings.set_language(Language("en"))
    assert "\N{NO-BREAK SPACE}: " in text


def test_the_columns_of_verdicts_fit_a_small_window_and_share_a_large_one(open_page: Callable[..., FlowPage]) -> None:
    page = open_page()
    page.show_view("verdicts")
    table = page.verdicts.table
    widths = []
    for width in (1160, 1800):
        table.resize(width, 500)
        assert not table.horizontalScrollBar().maximum()
        widths.append([table.columnWidth(column) for column in range(table.model().columnCount())])
    assert sum(after > before for before, after in zip(*widths, strict=True)) >= 7, "not one of them has it all"
    table.setColumnWidth(0, 333)
    table.resize(1300, 500)
    assert table.columnWidth(0) == 333


def lines_shown(page: FlowPage) -> list[list[str]]:
    band = page.streams.view.layout_shown.bands[0]
    return [[band.row.steps[at].id for at in line] for line in band.lines]


def test_a_stream_longer_than_the_page_goes_on_in_the_next_line_and_grows_with_the_page(
    open_page: Callable[..., FlowPage],
) -> None:
    page = open_page()
    view = page.streams.view
    view.resize(620, 400)
    first, second = lines_shown(page)[:2]
    assert view.horizontalScrollBar().maximum() == 0
    view.select([first[0]])
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.spot.step_id == second[0]
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.spot.step_id == first[0]
    small = view.factor
    view.resize(2_000, 1_600)
    assert len(lines_shown(page)) == 1
    assert view.factor > small
    chosen = view.factor
    view.zoom_out()
    view.resize(1_900, 1_500)
    assert view.factor < chosen, "a size somebody chose stays"


def test_a_step_is_dropped_where_it_is_let_go_in_another_line(open_page: Callable[..., FlowPage]) -> None:
    page = open_page()
    view = page.streams.view
    view.resize(620, 900)
    first, second = lines_shown(page)[:2]
    slots = view.layout_shown.bands[0].slots
    begin = view._on_screen(slots[0].box).center().toPoint()
    end = (view._on_screen(slots[len(first)].box).center() + QPointF(70, 0)).toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(view.viewport(), (begin + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    order = [step.id for step in view.rows[0].steps]
    assert order.index(first[0]) == order.index(second[0]) + 1
