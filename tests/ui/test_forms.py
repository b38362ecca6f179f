"""Forms as a person fills them in: every kind, every field, refused and given back, one entity or many."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Status
from planner.domain.kinds import KINDS
from planner.editing import entities
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import settle
from ui.background import Background
from ui.composition import Roadbook
from ui.forms.body import FormBody
from ui.forms.dialog import EntityDialog
from ui.forms.editor import MIXED
from ui.forms.fields import HIDDEN
from ui.forms.form import EntityForm
from ui.forms.layout import sections_of
from ui.forms.numbers import NumberEditor
from ui.forms.pickers import ReferenceEditor
from ui.forms.reading import read_day, read_number, write_day, write_number
from ui.memory import Memory
from ui.open_document import OpenDocument
from ui.settings import Preferences
from ui.surroundings import Surroundings
from ui.workbench import Workbench

LANGUAGES = st.sampled_from([Language("en"), Language("fr")])


@pytest.fixture
def workbench(qapp: QApplication, surroundings: Surroundings, qtbot: QtBot) -> Iterator[Workbench]:
    roadbook = Roadbook(qapp, surroundings, Memory(Preferences()))
    yield roadbook._page_desk()._workbench
    settle(qtbot, roadbook)
    roadbook.background.close()
    roadbook.memory.close()
    roadbook.window.deleteLater()
    roadbook.deleteLater()


@pytest.fixture
def opened(tmp_path: Path, workbench: Workbench) -> Iterator[OpenDocument]:
    background: Background = workbench.background
    document = Document.create(tmp_path / "every.roadbook", a.engagement(*a.sample_of_every_kind()))
    found = OpenDocument(document, background)
    yield found
    found.begin_closing()
    document.close()


@pytest.fixture
def form(workbench: Workbench, qtbot: QtBot) -> EntityForm:
    made = EntityForm(workbench)
    qtbot.addWidget(made)
    made.resize(380, 900)
    return made


def shown(form: EntityForm, opened: OpenDocument, kind: str, *ids: str) -> FormBody:
    form.show_entities(opened, kind, ids)
    form.show()
    assert form.body is not None
    return form.body


def type_into(body: FormBody, field: str, text: str) -> None:
    line: Any = body.rows[field].editor.focusProxy()
    line.setText(text)
    line.editingFinished.emit()


# Reading and writing


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9), LANGUAGES)
def test_a_number_that_is_written_is_read_again(value: float, language: Language) -> None:
    assert read_number(write_number(value, language), language) == pytest.approx(value, abs=1e-9)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2190, 1, 1)), LANGUAGES)
def test_a_day_that_is_written_is_read_again(day: date, language: Language) -> None:
    assert read_day(write_day(day, language), language) == day
    assert read_day(day.isoformat(), language) == day
    assert read_day(f"{day.day}/{day.month}/{day.year}", language) == day


@given(st.text(max_size=12), LANGUAGES)
def test_whatever_is_typed_is_read_or_refused(text: str, language: Language) -> None:
    refused = []
    for read in (read_number, read_day):
        try:
            read(text, language)
        except UserError as error:
            refused.append(error)
    assert all(error.parameters["text"] == text for error in refused)


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [("1,500", "en", 1500), ("1.5", "en", 1.5), ("1,5", "fr", 1.5), ("1 500,5", "fr", 1500.5), ("1.5", "fr", 1.5)],
)
def test_numbers_are_read_as_the_language_writes_them(text: str, code: str, value: float) -> None:
    assert read_number(text, Language(code)) == value


# Every kind


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_field_of_every_kind_has_its_place(kind: str) -> None:
    placed = [name for section in sections_of(kind) for name in section.fields]
    assert sorted(placed) == sorted({field.name for field in dataclasses.fields(KINDS[kind])} - HIDDEN)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_entity_of_every_kind_is_shown_as_it_is_and_not_changed_by_it(
    kind: str, form: EntityForm, opened: OpenDocument
) -> None:
    before = opened.engagement
    for entity_id, entity in before.kind(kind).items():
        body = shown(form, opened, kind, entity_id)
        for name, row in body.rows.items():
            assert not row.editor.is_being_edited
            if not isinstance(row.editor, NumberEditor):
                assert row.editor.value == getattr(entity, name), name
            row.editor.commit()
    assert opened.engagement is before


# Edits


def test_what_one_field_needs_of_another_goes_along_in_one_step(form: EntityForm, opened: OpenDocument) -> None:
    body = shown(form, opened, "initiatives", "milestone")
    type_into(body, "constraint_date", "2027-02-01")
    after = opened.engagement.initiatives["milestone"]
    assert (after.constraint, after.constraint_date) == (ConstraintKind.START_NO_EARLIER_THAN, date(2027, 2, 1))
    type_into(body, "constraint_date", "")
    assert opened.engagement.initiatives["milestone"].constraint is ConstraintKind.AS_SOON_AS_POSSIBLE
    opened.undo()
    assert body.rows["constraint_date"].editor.value == date(2027, 2, 1)


def test_values_that_only_make_sense_together_can_be_given_one_after_the_other(
    form: EntityForm, opened: OpenDocument
) -> None:
    body = shown(form, opened, "criteria", "criterion")
    before = opened.engagement
    type_into(body, "minimum", "30")
    assert body.rows["minimum"].editor.error
    assert opened.engagement is before
    type_into(body, "maximum", "40")
    assert opened.engagement.criteria["criterion"].maximum == 40  # alone: a score given forbids the two together
    assert body.rows["minimum"].editor.error
    opened.edit(entities.remove(opened.engagement, "criterion_scores", ["score"]))
    assert body.rows["minimum"].editor.value == 30  # still as typed
    type_into(body, "maximum", "50")
    after = opened.engagement.criteria["criterion"]
    assert (after.minimum, after.maximum) == (30, 50)
    assert not body.rows["minimum"].editor.error
    opened.undo()
    assert opened.engagement.criteria["criterion"].minimum == 0


def test_what_was_refused_is_there_again_when_its_entity_is(
    form: EntityForm, opened: OpenDocument, qtbot: QtBot
) -> None:
    body = shown(form, opened, "teams", "team")
    type_into(body, "headcount", "a few")
    shown(form, opened, "teams", "team-2")
    qtbot.wait(1)
    assert not body.rows["headcount"].editor.error
    assert body.rows["headcount"].editor.value == 0
    shown(form, opened, "teams", "team")
    assert body.rows["headcount"].editor.error
    assert body.rows["headcount"].editor.typed() == "a few"
    qtbot.keyClick(body.rows["headcount"].editor.focusProxy(), Qt.Key.Key_Escape)
    assert body.rows["headcount"].editor.value == 8
    assert not body.rows["headcount"].editor.error


def test_what_was_being_typed_is_taken_when_another_is_selected(
    form: EntityForm, opened: OpenDocument, qtbot: QtBot
) -> None:
    body = shown(form, opened, "teams", "team")
    line: Any = body.rows["name"].editor.focusProxy()
    line.setText("Half typed")
    shown(form, opened, "groups", "group")
    qtbot.waitUntil(lambda: opened.engagement.teams["team"].name == "Half typed")
    assert opened.engagement.groups["group"].name == "Guild"


def test_several_differ_and_are_given_one_value_in_one_step(form: EntityForm, opened: OpenDocument) -> None:
    body = shown(form, opened, "teams", "team", "team-2")
    for name in ("headcount", "topology", "readiness", "group_ids", "name"):
        assert body.rows[name].editor.typed() in ("", MIXED, (True, (), ""))
        body.rows[name].editor.commit()
    before = opened.engagement
    type_into(body, "headcount", "12")
    assert {team.headcount for team in opened.engagement.teams.values()} == {12}
    assert body.rows["headcount"].editor.value == 12
    opened.undo()
    assert opened.engagement == before


def test_done_is_done_for_each_of_several(form: EntityForm, opened: OpenDocument) -> None:
    body = shown(form, opened, "initiatives", "initiative", "milestone")
    editor: Any = body.rows["status"].editor
    editor.box.setCurrentIndex(list(Status).index(Status.DONE))
    editor.box.activated.emit(editor.box.currentIndex())
    assert {opened.engagement.initiatives[one].progress for one in ("initiative", "milestone")} == {1.0}


def test_what_a_kind_of_outcome_does_not_have_is_not_asked_for(form: EntityForm, opened: OpenDocument) -> None:
    body = shown(form, opened, "outcomes", "outcome")
    assert body.rows["practice_ids"].editor.isVisible()
    assert not body.rows["step_id"].editor.isVisible()
    assert body.rows["to_value"].editor.typed() == "75"
    body = shown(form, opened, "outcomes", "outcome-3")
    assert not body.rows["practice_ids"].editor.isVisible()
    assert body.rows["to_value"].editor.typed() == "10"


def test_numbers_and_ratings_answer_to_the_keys(form: EntityForm, opened: OpenDocument, qtbot: QtBot) -> None:
    body = shown(form, opened, "practices", "practice")
    weight: Any = body.rows["weight"].editor
    qtbot.keyClick(weight.line, Qt.Key.Key_Up)
    weight.end()
    assert opened.engagement.practices["practice"].weight == 3.5
    level: Any = body.rows["level"].editor
    qtbot.keyClick(level.buttons[1], Qt.Key.Key_4)
    assert opened.engagement.practices["practice"].level == 4
    qtbot.keyClick(level.buttons[1], Qt.Key.Key_Delete)
    assert opened.engagement.practices["practice"].level is None
    qtbot.mouseClick(level.buttons[2], Qt.MouseButton.LeftButton)
    assert opened.engagement.practices["practice"].level == 2


def test_a_table_is_edited_moved_and_refused_in_place(form: EntityForm, opened: OpenDocument, qtbot: QtBot) -> None:
    body = shown(form, opened, "scales", "scale")
    editor: Any = body.rows["options"].editor
    QAbstractItemModelTester(editor.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert editor.model.setData(editor.model.index(0, 1), "never")
    assert opened.engagement.scales["scale"].options[0].text == "never"
    assert not editor.model.setData(editor.model.index(0, 0), "half")
    assert "half" in editor.error
    assert editor.model.index(0, 0).data(Qt.ItemDataRole.EditRole) == "half"
    assert editor.model.setData(editor.model.index(0, 0), "10 %")
    assert opened.engagement.scales["scale"].options[0].score == 0.1
    editor.view.setCurrentIndex(editor.model.index(0, 0))
    qtbot.mouseClick(editor.buttons["down"], Qt.MouseButton.LeftButton)
    assert editor.error  # scores would fall
    assert opened.engagement.scales["scale"].options[0].score == 0.1
    editor.restore()
    editor.given_up.emit()
    qtbot.mouseClick(editor.buttons["add"], Qt.MouseButton.LeftButton)
    assert len(opened.engagement.scales["scale"].options) == 3
    editor.view.setCurrentIndex(editor.model.index(2, 0))
    qtbot.mouseClick(editor.buttons["remove"], Qt.MouseButton.LeftButton)
    assert len(opened.engagement.scales["scale"].options) == 2


def test_tags_are_added_and_removed(form: EntityForm, opened: OpenDocument, qtbot: QtBot) -> None:
    body = shown(form, opened, "practices", "practice")
    editor: Any = body.rows["tags"].editor
    editor.line.setText("quick, visible")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert opened.engagement.practices["practice"].tags == ("a", "b", "quick, visible")
    editor.line.setText("a")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.error
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    editor.view.setCurrentIndex(editor.names.index(0))
    qtbot.keyClick(editor.view, Qt.Key.Key_Delete)
    assert opened.engagement.practices["practice"].tags == ("b", "quick, visible")


def test_a_day_is_picked_from_a_calendar(form: EntityForm, opened: OpenDocument, qtbot: QtBot) -> None:
    body = shown(form, opened, "waves", "wave")
    editor: Any = body.rows["gate_date"].editor
    qtbot.mouseClick(editor.button, Qt.MouseButton.LeftButton)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    (calendar,) = popup.findChildren(QCalendarWidget)
    calendar.clicked.emit(QDate(2027, 5, 4))
    assert opened.engagement.waves["wave"].gate_date == date(2027, 5, 4)


# Adding


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "settings"])
def test_an_entity_of_every_kind_is_added_by_its_form_or_refused_in_place(
    kind: str, workbench: Workbench, opened: OpenDocument, qtbot: QtBot
) -> None:
    dialog = EntityDialog(workbench, opened, kind)
    qtbot.addWidget(dialog)
    dialog.show()
    before = opened.engagement
    for name, row in dialog.body.rows.items():
        if isinstance(row.editor, ReferenceEditor) and not row.editor.value and not row.editor.field.optional:
            row.editor.filter.chosen.emit(list(row.editor.filter.load().values())[-1])
        elif row.editor.field.meaning.required:
            type_into(dialog.body, name, "Newly made")
    dialog.accept()
    if opened.engagement is before:
        assert dialog.error.text() or any(row.editor.error for row in dialog.body.rows.values())
        assert dialog.isVisible()
    else:
        assert dialog.added_id in opened.engagement.kind(kind)
        opened.undo()
        assert opened.engagement == before


def test_what_is_missing_is_said_at_its_field_and_nothing_is_added(
    workbench: Workbench, opened: OpenDocument, qtbot: QtBot
) -> None:
    dialog = EntityDialog(workbench, opened, "teams", {"unit_id": "unit"})
    qtbot.addWidget(dialog)
    dialog.show()
    before = opened.engagement
    dialog.accept()
    assert dialog.body.rows["name"].editor.error
    type_into(dialog.body, "name", "Newcomers")
    dialog.accept()
    added = opened.engagement.teams[dialog.added_id]
    assert (added.name, added.unit_id, added.position) == ("Newcomers", "unit", 2)
    opened.undo()
    assert opened.engagement == before


def test_a_dialog_is_as_tall_as_what_it_asks_and_its_rows_keep_their_step(
    workbench: Workbench, opened: OpenDocument, qtbot: QtBot
) -> None:
    dialog = EntityDialog(workbench, opened, "applications")
    qtbot.addWidget(dialog)
    dialog.show()
    last = max(
        one.mapTo(dialog, one.rect().bottomLeft()).y()
        for row in dialog.body.rows.values()
        if (one := row.editor).isVisible()
    )
    assert dialog.buttons.mapTo(dialog, QPoint(0, 0)).y() - last < 100, "nothing but ground below the fields"
    named, chosen = dialog.body.rows["name"].editor, dialog.body.rows["team_id"].editor
    assert chosen.height() <= named.height() + 2, "the button beside a line makes its row no taller"
