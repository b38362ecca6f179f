"""The inspector: every kind in full, refusals in place, related entities looked into, added and removed."""

from __future__ import annotations

import dataclasses
import enum
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.flow import DeliveryMetric
from planner.domain.initiative import Status
from planner.domain.kinds import KINDS
from planner.editing import initiatives
from planner.language import Language
from planner.words import CHOICE_WORDS
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.forms.dates import DateEditor
from ui.forms.dialog import EntityDialog
from ui.forms.editor import FieldEditor, LineEditor, LongTextEditor
from ui.forms.factors import FactorsEditor
from ui.forms.fields import fields_of
from ui.forms.lists import ListEditor, ReferencesEditor
from ui.forms.numbers import NumberEditor, RatingEditor
from ui.forms.pickers import ChoiceEditor, CountryEditor, CurrencyEditor, PickEditor, ReferenceEditor, TickEditor
from ui.forms.tables import TableEditor
from ui.forms.weekdays import WeekdaysEditor
from ui.inspector.inspector import Inspector
from ui.inspector.related_list import RelatedList
from ui.inspector.relations import reachable_from, relations_of
from ui.inspector.rows import row_detail, row_title
from ui.pages.page import Selection


@pytest.fixture
def roadbook(start: StartRoadbook, plan_file: Path) -> Roadbook:
    opened = start(plan_file)
    opened.actions["inspector"].setChecked(True)
    return opened


@pytest.fixture
def full(start: StartRoadbook, tmp_path: Path) -> Roadbook:
    """Return the application on an engagement with an entity of every kind, no assessment closed."""
    path = tmp_path / "full.roadbook"
    entities = [
        dataclasses.replace(one, closed_on=None) if hasattr(one, "closed_on") else one
        for one in a.sample_of_every_kind()
    ]
    Document.create(path, a.engagement(*entities)).close()
    opened = start(path)
    opened.actions["inspector"].setChecked(True)
    return opened


def inspector_of(roadbook: Roadbook) -> Inspector:
    assert roadbook.pages is not None
    return roadbook.pages.inspector


def editor_of(roadbook: Roadbook, name: str) -> Any:
    body = inspector_of(roadbook).form.body
    assert body is not None
    return body.rows[name].editor


def error_of(roadbook: Roadbook, name: str) -> str:
    body = inspector_of(roadbook).form.body
    assert body is not None
    return body.rows[name].editor.error


def select(roadbook: Roadbook, *ids: str) -> None:
    roadbook.page("timeline").select(frozenset(ids))


def initiative(roadbook: Roadbook, initiative_id: str) -> Any:
    return roadbook.opened.engagement.initiatives[initiative_id]


def type_into(editor: Any, text: str) -> None:
    editor.line.setFocus()
    editor.line.selectAll()
    QTest.keyClicks(editor.line, text)
    QTest.keyClick(editor.line, Qt.Key.Key_Return)


def related(roadbook: Roadbook, kind: str, field: str = "") -> RelatedList:
    inspector = inspector_of(roadbook)
    return next(
        one
        for one in inspector._lists[inspector.selection.kind]
        if one.relation.kind == kind and field in ("", one.relation.field)
    )


# What is selected


def test_what_is_selected_is_shown_and_edited_in_place(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    inspector = inspector_of(roadbook)
    assert inspector.title.text() == "Flow step 0"
    assert str(a.MONDAY.year) in inspector.dates.values[0].text()
    type_into(editor_of(roadbook, "name"), "Named here")
    assert initiative(roadbook, "Flow-0").name == inspector.title.text() == "Named here"
    type_into(editor_of(roadbook, "duration_days"), "12.5")
    assert initiative(roadbook, "Flow-0").duration_days == 12.5
    type_into(editor_of(roadbook, "progress"), "40 %")
    assert initiative(roadbook, "Flow-0").progress == 0.4
    roadbook.actions["undo"].trigger()
    assert editor_of(roadbook, "progress").line.text() == "0"


def test_with_nothing_selected_it_says_what_it_is_for_and_offers_the_whole(roadbook: Roadbook) -> None:
    select(roadbook)
    inspector = inspector_of(roadbook)
    assert inspector.hint.isVisible()
    assert not inspector.form.isVisible() or inspector.form.body is None
    QTest.mouseClick(inspector.whole, Qt.MouseButton.LeftButton)
    assert inspector.selection.kind == "settings"
    type_into(editor_of(roadbook, "client"), "Port of Littoral")
    assert roadbook.opened.engagement.setting.client == "Port of Littoral"
    QTest.keyClick(inspector, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert inspector.hint.isVisible()


def test_several_are_edited_at_once_in_one_step(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0", "Trust-0")
    inspector = inspector_of(roadbook)
    assert inspector.title.text() == "2 entries selected"
    assert editor_of(roadbook, "name").line.placeholderText() == "Several values"
    box = editor_of(roadbook, "status").box
    box.setCurrentIndex(list(Status).index(Status.ACTIVE))
    box.activated.emit(box.currentIndex())
    assert {initiative(roadbook, one).status for one in ("Flow-0", "Trust-0")} == {Status.ACTIVE}
    roadbook.actions["undo"].trigger()
    assert {initiative(roadbook, one).status for one in ("Flow-0", "Trust-0")} == {Status.PLANNED}


def test_what_is_being_typed_is_not_taken_away_by_a_change_elsewhere(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    line = editor_of(roadbook, "owner").line
    line.setFocus()
    QTest.keyClicks(line, "Half a na")
    opened = roadbook.opened
    opened.edit(initiatives.change(opened.engagement, "Flow-0", progress=0.5))
    assert line.text() == "Half a na"
    assert editor_of(roadbook, "progress").line.text() == "50"


@pytest.mark.parametrize("is_in_front", [True, False])
def test_what_is_being_typed_counts_when_the_file_is_saved_or_closed(
    roadbook: Roadbook, qtbot: QtBot, *, is_in_front: bool
) -> None:
    path = roadbook.opened.document.path
    select(roadbook, "Flow-0")
    line = editor_of(roadbook, "owner").line
    if is_in_front:
        qtbot.waitUntil(roadbook.window.isActiveWindow)
    line.setFocus()
    QTest.keyClicks(line, "Ana")
    if not is_in_front:
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(lambda: not roadbook.window.isActiveWindow())
    roadbook.actions["save"].trigger()
    assert initiative(roadbook, "Flow-0").owner == "Ana"
    settle(qtbot, roadbook)
    if is_in_front:
        assert line.hasFocus()
    QTest.keyClicks(line, "tole")
    roadbook.actions["close"].trigger()
    settle(qtbot, roadbook)
    document = Document.open(path)
    assert document.engagement.initiatives["Flow-0"].owner == "Anatole"
    document.close()


def test_what_is_removed_elsewhere_leaves_the_inspector_and_comes_back_with_undo(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    roadbook.actions["remove"].trigger()
    assert inspector_of(roadbook).selection.ids != ("Flow-0",)
    roadbook.actions["undo"].trigger()
    select(roadbook, "Flow-0")
    assert inspector_of(roadbook).title.text() == "Flow step 0"


def test_the_pane_is_hidden_and_shown_by_its_key_and_remembered_for_each_page(roadbook: Roadbook) -> None:
    assert inspector_of(roadbook).isVisible()
    roadbook.actions["inspector"].trigger()
    assert not inspector_of(roadbook).isVisible()
    roadbook.show_page("organization")
    roadbook.actions["inspector"].setChecked(True)
    assert inspector_of(roadbook).isVisible()
    roadbook.show_page("timeline")
    assert not inspector_of(roadbook).isVisible()
    assert roadbook.memory.of_page("inspector")["timeline"] is False


def test_what_changed_while_the_pane_was_hidden_is_shown_when_it_is_seen_again(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    roadbook.actions["inspector"].setChecked(False)
    opened = roadbook.opened
    opened.edit(initiatives.change(opened.engagement, "Flow-0", name="Renamed", progress=0.25))
    roadbook.actions["inspector"].setChecked(True)
    assert inspector_of(roadbook).title.text() == "Renamed"
    assert editor_of(roadbook, "progress").line.text() == "25"


def test_what_a_holder_takes_from_what_it_holds_is_not_edited(roadbook: Roadbook) -> None:
    select(roadbook, "Flow")
    assert not editor_of(roadbook, "duration_days").isEnabled()
    select(roadbook, "Flow-0")
    assert editor_of(roadbook, "duration_days").isEnabled()


def test_language_and_colours_change_while_something_is_shown(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    roadbook._surroundings.set_language(Language("fr"))
    assert editor_of(roadbook, "duration_days").accessibleName() == "Durée"
    assert related(roadbook, "links", "successor_id").view.accessibleName() == "Attend"
    roadbook._surroundings.set_theme("dark")
    assert inspector_of(roadbook).caption.text() == "Initiative"


# What belongs to it


def test_a_related_entity_is_looked_into_edited_and_left_again(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    inspector = inspector_of(roadbook)
    estimates = related(roadbook, "estimates")
    assert estimates.heading.text().endswith("1")
    estimates.view.setCurrentIndex(estimates.model.index(0))
    QTest.keyClick(estimates.view, Qt.Key.Key_Return)
    assert inspector.selection == Selection("estimates", ("estimate-Flow-0",))
    type_into(editor_of(roadbook, "effort"), "7")
    assert roadbook.opened.engagement.estimates["estimate-Flow-0"].effort == 7
    QTest.mouseClick(inspector.back, Qt.MouseButton.LeftButton)
    assert inspector.title.text() == "Flow step 0"
    assert estimates.selected_ids() == ("estimate-Flow-0",)
    assert "7" in estimates.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_risk_is_added_by_its_form_and_removed_again(roadbook: Roadbook, qtbot: QtBot) -> None:
    select(roadbook, "Flow-0")
    risks = related(roadbook, "risks")
    QTest.mouseClick(risks.buttons["add"], Qt.MouseButton.LeftButton)
    (dialog,) = [one for one in roadbook.window.findChildren(EntityDialog) if one.isVisible()]
    dialog.accept()
    assert dialog.body.rows["name"].editor.error
    assert not roadbook.opened.engagement.risks
    line = dialog.body.rows["name"].editor.focusProxy()
    line.setFocus()
    QTest.keyClicks(line, "Nobody comes")
    dialog.accept()
    (risk,) = roadbook.opened.engagement.risks.values()
    assert (risk.name, risk.initiative_id) == ("Nobody comes", "Flow-0")
    assert risks.selected_ids() == (risk.id,)
    QTest.keyClick(risks.view, Qt.Key.Key_Delete)
    assert not roadbook.opened.engagement.risks
    roadbook.actions["undo"].trigger()
    assert roadbook.opened.engagement.risks
    settle(qtbot, roadbook)


def test_what_cannot_be_removed_says_why(full: Roadbook) -> None:
    inspector = inspector_of(full)
    inspector.look_into("models", "model")
    scales = related(full, "scales")
    scales.view.setCurrentIndex(scales.model.index(0))
    QTest.keyClick(scales.view, Qt.Key.Key_Delete)
    assert full.opened.engagement.scales
    assert full.window.messages.messages()


def test_a_closed_assessment_is_shown_and_says_why_it_cannot_change(start: StartRoadbook, tmp_path: Path) -> None:
    path = tmp_path / "closed.roadbook"
    Document.create(path, a.engagement(*a.sample_of_every_kind())).close()
    opened = start(path)
    opened.actions["inspector"].setChecked(True)
    inspector = inspector_of(opened)
    for kind, one in (("assessments", "assessment"), ("answers", "answer")):
        inspector.look_into(kind, one)
        assert "First" in inspector.form.note.text()
        assert inspector.form.note.isVisible()
        assert not any(row.editor.isEnabled() for row in inspector.form.body.rows.values() if not row.editor.wide)
        assert all(not one.buttons["add"].isVisible() for one in inspector._lists[kind])
    inspector.look_into("assessments", "assessment-2")
    assert not inspector.form.note.isVisible()
    assert editor_of(opened, "note").isEnabled()


def test_a_measurement_is_told_in_the_unit_of_its_metric(full: Roadbook) -> None:
    engagement, language = full.opened.engagement, Language("en")
    measured = next(one for one in engagement.measurements.values() if one.metric is DeliveryMetric.CHANGE_FAIL_RATE)
    assert row_detail(engagement, "measurements", measured, language).startswith(language.percent(measured.value))


def test_every_kind_can_be_reached_from_the_engagement_as_a_whole() -> None:
    assert reachable_from("settings") == set(KINDS)
    assert all(relations_of(kind) is not None for kind in KINDS)


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_related_entity_has_words(full: Roadbook, kind: str, code: str, qtbot: QtBot) -> None:
    engagement, language = full.opened.engagement, Language(code)
    for relation in relations_of(kind):
        for owner_id in engagement.kind(kind):
            for entity in relation.entities(engagement, owner_id):
                assert row_title(engagement, relation.kind, entity, relation.field, language).strip()
                assert row_detail(engagement, relation.kind, entity, language) is not None
    inspector = inspector_of(full)
    inspector.look_into(kind, next(iter(engagement.kind(kind))))
    for one in inspector._lists[kind]:
        QAbstractItemModelTester(one.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


# Every kind


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_form_that_shows_it_as_it_is(full: Roadbook, kind: str) -> None:
    inspector = inspector_of(full)
    engagement = full.opened.engagement
    for entity_id, entity in engagement.kind(kind).items():
        inspector.look_into(kind, entity_id)
        body = inspector.form.body
        assert body is not None
        assert body.kind == kind
        for name, row in body.rows.items():
            expected = getattr(entity, name)
            assert row.editor.value == (pytest.approx(expected) if isinstance(expected, float) else expected), name
            assert not row.editor.is_being_edited, name
    assert full.opened.engagement is engagement


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_of_every_kind_can_be_set_and_undone(full: Roadbook, kind: str) -> None:
    """Set each field by its control; what the rules refuse is said beside it and changes nothing."""
    inspector = inspector_of(full)
    entity_id = next(iter(full.opened.engagement.kind(kind)))
    inspector.look_into(kind, entity_id)
    body = inspector.form.body
    assert body is not None
    changed = 0
    for name, row in body.rows.items():
        before = full.opened.engagement
        if row.editor.isHidden() or not row.editor.isEnabled() or not change(row.editor):
            continue
        QApplication.processEvents()
        if full.opened.engagement is before:
            assert error_of(full, name), name
            row.editor.restore()
            row.editor.given_up.emit()
            assert not error_of(full, name)
            continue
        changed += 1
        after = full.opened.engagement.kind(kind)[entity_id]
        assert getattr(after, name) != getattr(before.kind(kind)[entity_id], name), name
        full.actions["undo"].trigger()
        assert full.opened.engagement == before
        assert (
            row.editor.value == pytest.approx(getattr(before.kind(kind)[entity_id], name))
            if isinstance(row.editor.value, float)
            else row.editor.value == getattr(before.kind(kind)[entity_id], name)
        )
    assert changed or kind == "baselines"


def change(editor: FieldEditor) -> bool:  # noqa: C901, PLR0912, PLR0915  one way for each kind of control
    """Give a control another value, as a person would; return whether there was another."""
    if isinstance(editor, NumberEditor):
        editor.line.setText("1" if editor.line.text() != "1" else "0")
        editor.line.editingFinished.emit()
    elif isinstance(editor, DateEditor):
        QTest.keyClick(editor.line, Qt.Key.Key_Up)
        editor.line.editingFinished.emit()
    elif isinstance(editor, CountryEditor):
        editor.line.setText("Belgi")
        editor.line.editingFinished.emit()
    elif isinstance(editor, CurrencyEditor):
        editor.line.setText("EUR \N{EN DASH} Euro")
        editor.line.editingFinished.emit()
    elif isinstance(editor, PickEditor):
        choices = [value for value in editor.filter.load().values() if value != editor.value]
        if not choices:
            return False
        editor.filter.chosen.emit(choices[0])
    elif isinstance(editor, LineEditor):
        editor.line.setText(editor.line.text()[:10] + "x")
        editor.line.editingFinished.emit()
    elif isinstance(editor, LongTextEditor):
        editor.area.setPlainText(editor.area.toPlainText() + "x")
        editor.commit()
    elif isinstance(editor, RatingEditor):
        QTest.keyClick(editor.buttons[1], Qt.Key.Key_5 if editor.value != 5 else Qt.Key.Key_4)
    elif isinstance(editor, ChoiceEditor):
        if editor.box.count() < 2:
            return False
        editor.box.setCurrentIndex((editor.box.currentIndex() + 1) % editor.box.count())
        editor.box.activated.emit(editor.box.currentIndex())
    elif isinstance(editor, TickEditor):
        editor.box.click()
    elif isinstance(editor, ReferencesEditor):
        choices = [value for value in editor.filter.load().values() if value not in editor.value]
        if choices:
            editor.filter.chosen.emit(choices[0])
        elif editor.value:
            editor.view.setCurrentIndex(editor.names.index(0))
            QTest.keyClick(editor.view, Qt.Key.Key_Delete)
        else:
            return False
    elif isinstance(editor, ListEditor):
        editor.line.setText("another")
        QTest.keyClick(editor.line, Qt.Key.Key_Return)
    elif isinstance(editor, WeekdaysEditor):
        editor.buttons[5].click()
    elif isinstance(editor, FactorsEditor):
        editor.lines[0].setText("9" if editor.lines[0].text() != "9" else "8")
        editor.lines[0].editingFinished.emit()
    elif isinstance(editor, TableEditor):
        if editor.model.read_only:
            return False
        editor.buttons["add"].click()
    else:
        pytest.fail(f"no way to change {editor}")
    return True


def test_every_member_of_every_closed_set_has_a_word() -> None:
    for kind in KINDS:
        for field in fields_of(kind):
            if isinstance(field.type, type) and issubclass(field.type, enum.Enum):
                assert all(CHOICE_WORDS[member] for member in field.type)


def test_a_region_is_chosen_by_its_name_and_goes_with_its_country(full: Roadbook) -> None:
    inspector = inspector_of(full)
    inspector.look_into("calendars", "calendar")
    region = editor_of(full, "subdivision")
    type_into(region, "Alsace")
    assert full.opened.engagement.calendars["calendar"].subdivision == "6AE"
    type_into(editor_of(full, "country"), "Belgium")
    calendar = full.opened.engagement.calendars["calendar"]
    assert (calendar.country, calendar.subdivision) == ("BE", "")


def test_a_reference_is_found_by_typing_a_part_of_its_name(full: Roadbook) -> None:
    inspector_of(full).look_into("teams", "team")
    unit = editor_of(full, "unit_id")
    assert isinstance(unit, ReferenceEditor)
    type_into(unit, "partement")
    assert full.opened.engagement.teams["team"].unit_id == "unit-2"
    type_into(unit, "nowhere")
    assert "nowhere" in error_of(full, "unit_id")
    assert unit.line.text() == "nowhere"
    QTest.keyClick(unit.line, Qt.Key.Key_Escape)
    assert unit.line.text().startswith("Département")
    assert not error_of(full, "unit_id")


def test_a_day_is_typed_stepped_and_emptied(full: Roadbook) -> None:
    inspector_of(full).look_into("waves", "wave")
    gate = editor_of(full, "gate_date")
    type_into(gate, "31/3/27")
    assert full.opened.engagement.waves["wave"].gate_date == date(2027, 3, 31)
    QTest.keyClick(gate.line, Qt.Key.Key_Down)
    QTest.keyClick(gate.line, Qt.Key.Key_Return)
    assert full.opened.engagement.waves["wave"].gate_date == date(2027, 3, 30)
    gate.line.clear()
    QTest.keyClick(gate.line, Qt.Key.Key_Return)
    assert full.opened.engagement.waves["wave"].gate_date is None
