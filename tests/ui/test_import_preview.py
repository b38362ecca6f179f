"""The preview of an import as a person reads it: every row, filtered, ticked and unticked, columns read otherwise."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.language import Language
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.dialogs.import_report import ImportDialog
from ui.dialogs.import_rows import RowColumn, RowFilter, RowTable
from ui.present.imports import Outcome, PreviewRow
from ui.widgets.text import PlainLabel

TABLE = "Dimension,Theme,Practice,Level\nFlow,Build,Trunk,2\nFlow,Build,Small steps,9\nRun,Learn,Reviews,4\n,,,5\n"


@pytest.fixture
def roadbook(plan_file: Path, start: StartRoadbook) -> Iterator[Roadbook]:
    yield start(plan_file)
    QGuiApplication.clipboard().clear()


def preview(roadbook: Roadbook, qtbot: QtBot, path: Path) -> ImportDialog:
    assert roadbook.opened is not None
    roadbook._exchange_desk().read(roadbook.opened, (path,))
    return shown(roadbook, qtbot)


def shown(roadbook: Roadbook, qtbot: QtBot) -> ImportDialog:
    qtbot.waitUntil(lambda: bool(roadbook.window.findChildren(ImportDialog)))
    dialog = roadbook.window.findChildren(ImportDialog)[0]
    assert isinstance(dialog, ImportDialog)
    return dialog


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ours.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_of_imports_that_fail_only_the_last_is_told_until_the_next_begins(
    roadbook: Roadbook, qtbot: QtBot, table: Path, tmp_path: Path
) -> None:
    assert roadbook.opened is not None

    def told() -> list[str]:
        return [message.label.text() for message in roadbook.window.messages.messages()]

    for name in ("one.json", "two.json"):
        (tmp_path / name).write_bytes(b"")
        roadbook._exchange_desk().read(roadbook.opened, (tmp_path / name,))
        qtbot.waitUntil(lambda name=name: told() == [f"{tmp_path / name} is empty: there is nothing in it to read."])
    dialog = preview(roadbook, qtbot, table)
    qtbot.waitUntil(lambda: told() == [])
    dialog.reject()


def test_rows_left_out_stay_out_and_the_rest_is_one_step(roadbook: Roadbook, qtbot: QtBot, table: Path) -> None:
    dialog = preview(roadbook, qtbot, table)
    for model in (dialog.row_table, dialog.filtered, dialog.column_table):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    dialog.text.setText("flow")
    assert [dialog.row_table.rows[row].name for row in dialog.filtered.shown_rows()] == ["Flow"]
    dialog.rows.setFocus()
    dialog.rows.selectAll()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert len(dialog.row_table.left_out) == 1
    dialog.accept()
    qtbot.waitUntil(lambda: bool(roadbook.opened and roadbook.opened.engagement.practices))
    settle(qtbot, roadbook)
    assert roadbook.opened is not None
    assert [one.name for one in roadbook.opened.engagement.practices.values()] == ["Reviews"]
    roadbook.window.actions_table["undo"].trigger()
    assert not roadbook.opened.engagement.models


def test_what_is_left_out_of_the_source_can_be_looked_at_alone(roadbook: Roadbook, qtbot: QtBot, table: Path) -> None:
    dialog = preview(roadbook, qtbot, table)
    dialog.outcome.setCurrentIndex(dialog.outcome.findData(Outcome.LEFT_OUT))
    (row,) = dialog.filtered.shown_rows()
    assert dialog.row_table.rows[row].place == "ours.csv:5"
    assert dialog.row_table.rows[row].key is None
    dialog.tick_shown(on=False)
    assert not dialog.row_table.left_out
    dialog.outcome.setCurrentIndex(0)
    dialog.tick_shown(on=False)
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_problems_come_first_and_the_reason_of_the_current_row_is_told_in_full(
    roadbook: Roadbook, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "teamwork.json"
    records = [
        {"model": "measure_mate.template", "pk": 1, "fields": {"name": "Teamwork"}},
        {"model": "measure_mate.attribute", "pk": 1, "fields": {"name": "Reviews", "template": 1}},
        {"model": "measure_mate.tag", "pk": 1, "fields": {"name": "blue"}},
    ]
    path.write_text(json.dumps(records), encoding="utf-8")
    dialog = preview(roadbook, qtbot, path)
    assert dialog.problems.text() == (
        "teamwork.json: 1 record of 'measure_mate.tag' is no part of a maturity model and was left out."
    )
    assert dialog.told.text() == ""
    row = next(row for row in range(dialog.filtered.rowCount()) if dialog.filtered.index(row, 0).data() == "Reviews")
    dialog.rows.setCurrentIndex(dialog.filtered.index(row, 0))
    assert dialog.told.text() == "it has no two ratings to be answered with"
    assert not dialog.go.isEnabled()


def test_a_zip_bomb_is_refused_in_one_sentence_and_the_window_goes_on(
    roadbook: Roadbook, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 150_000_000)
    assert path.stat().st_size < 1_000_000
    assert roadbook.opened is not None
    roadbook._exchange_desk().read(roadbook.opened, (path,))
    qtbot.waitUntil(lambda: "too large" in " ".join(label.text() for label in roadbook.window.findChildren(PlainLabel)))
    assert not roadbook.window.findChildren(ImportDialog)


def test_a_column_read_otherwise_is_read_again(roadbook: Roadbook, qtbot: QtBot, table: Path) -> None:
    dialog = preview(roadbook, qtbot, table)
    level = dialog.column_table.index(3, 2)
    assert level.data(Qt.ItemDataRole.EditRole) == "level"
    dialog.column_table.setData(level, "usefulness")
    qtbot.waitUntil(lambda: dialog.column_table.index(3, 2).data(Qt.ItemDataRole.EditRole) == "usefulness")
    settle(qtbot, roadbook)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(roadbook.opened and roadbook.opened.engagement.practices))
    settle(qtbot, roadbook)
    assert roadbook.opened is not None
    by_name = {one.name: one for one in roadbook.opened.engagement.practices.values()}
    assert (by_name["Trunk"].usefulness, by_name["Trunk"].level) == (2, None)


def test_a_table_on_the_clipboard_is_previewed_on_the_practices_page(roadbook: Roadbook, qtbot: QtBot) -> None:
    roadbook.show_page("practices")
    roadbook.window.actions_table["practices.add-model"].trigger()
    QGuiApplication.clipboard().setText(TABLE.replace(",", "\t"))
    QApplication.processEvents()
    settle(qtbot, roadbook)
    roadbook.window.actions_table["paste"].trigger()
    dialog = shown(roadbook, qtbot)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(roadbook.opened and len(roadbook.opened.engagement.practices) == 3))
    settle(qtbot, roadbook)
    assert roadbook.opened is not None
    assert len(roadbook.opened.engagement.models) == 1


def test_five_thousand_rows_are_filtered_and_counted(qtbot: QtBot) -> None:
    table = RowTable(Language("en"), QApplication.instance())
    table.show_rows(
        tuple(
            PreviewRow(kind="practice", name=f"Practice {n}", outcome=Outcome.NEW, key=("practices", str(n)))
            for n in range(5_000)
        )
    )
    filtered = RowFilter(table, table)
    filtered.ask("practice 499", None)
    assert filtered.rowCount() == 15
    table.tick(filtered.shown_rows(), on=False)
    assert table.count() == (4_985, 5_000)
    table.deleteLater()


def test_reasons_are_read_whole_in_a_narrow_dialog_too(roadbook: Roadbook, qtbot: QtBot, table: Path) -> None:
    dialog = preview(roadbook, qtbot, table)
    dialog.resize(760, 700)
    (row,) = (at for at, each in enumerate(dialog.row_table.rows) if each.name == "Small steps")
    shown = dialog.filtered.mapFromSource(dialog.row_table.index(row, RowColumn.REASONS))
    other = dialog.filtered.index(0, RowColumn.REASONS)

    def is_whole() -> bool:
        place = dialog.rows.visualRect(shown)
        words = dialog.rows.fontMetrics().boundingRect(
            QRect(0, 0, place.width() - 24, 1_000), Qt.TextFlag.TextWordWrap.value, shown.data()
        )
        return words.height() <= place.height()

    qtbot.waitUntil(is_whole)
    assert dialog.rows.rowHeight(shown.row()) > dialog.rows.rowHeight(other.row())
    dialog.text.setText("small")
    dialog.text.setText("")
    qtbot.waitUntil(is_whole)
    dialog.reject()
