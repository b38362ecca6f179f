"""The inspector: a form for every kind of entity, one or many at once, refusals in place, related entities looked into."""

from __future__ import annotations

import dataclasses
import enum
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.initiative import Status
from planner.domain.kinds import KINDS
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.forms.dialog import EntityDialog
from ui.forms.editor import ChoiceEditor, DateEditor, FieldEditor, FlagEditor, LineEditor, LongTextEditor, NumberEditor
from ui.forms.fields import fields_of
from ui.forms.references import ReferenceEditor, ReferencesEditor
from ui.inspector.inspector import Inspector
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


def editor_of(roadbook: Roadbook, name: str) -> FieldEditor:
    form = inspector_of(roadbook).form.form
    assert form is not None
    return form.editors[name]


def select(roadbook: Roadbook, *ids: str) -> None:
    roadbook.page("timeline").select(frozenset(ids))


def initiative(roadbook: Roadbook, initiative_id: str) -> Any:
    return roadbook.opened.engagement.initiatives[initiative_id]


def type_into(editor: FieldEditor, text: str) -> None:
    line = editor.controls()[0]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_what_is_selected_is_shown_and_edited_in_place(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    inspector = inspector_of(roadbook)
    assert inspector.title.text() == "Flow step 0"
    assert "2027" in inspector.dates.text() or "202" in inspector.dates.text()
    type_into(editor_of(roadbook, "name"), "Named here")
    assert initiative(roadbook, "Flow-0").name == "Named here"
    type_into(editor_of(roadbook, "duration_days"), "12.5")
    assert initiative(roadbook, "Flow-0").duration_days == 12.5
    type_into(editor_of(roadbook, "progress"), "40 %")
    assert initiative(roadbook, "Flow-0").progress == pytest.approx(0.4)
    roadbook.actions["undo"].trigger()
    assert editor_of(roadbook, "progress").controls()[0].text() == "0"


def test_a_value_that_is_refused_says_why_and_stays_typed(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    editor = editor_of(roadbook, "duration_days")
    type_into(editor, "many")
    assert "many" in editor.error
    assert editor.controls()[0].text() == "many"
    type_into(editor, "-3")
    assert "between" in editor.error
    assert initiative(roadbook, "Flow-0").duration_days == 10
    QTest.keyClicks(editor.controls()[0], "9")
    QTest.keyClick(editor.controls()[0], Qt.Key.Key_Escape)
    type_into(editor, "4")
    assert editor.error == ""
    assert initiative(roadbook, "Flow-0").duration_days == 4


def test_several_are_edited_at_once_in_one_step(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0", "Trust-0")
    inspector = inspector_of(roadbook)
    assert inspector.title.text() == "2 selected"
    assert editor_of(roadbook, "name").controls()[0].placeholderText() == "several values"
    box = editor_of(roadbook, "status").controls()[0]
    box.setCurrentIndex(list(Status).index(Status.ACTIVE))
    box.activated.emit(box.currentIndex())
    assert {initiative(roadbook, one).status for one in ("Flow-0", "Trust-0")} == {Status.ACTIVE}
    roadbook.actions["undo"].trigger()
    assert {initiative(roadbook, one).status for one in ("Flow-0", "Trust-0")} == {Status.PLANNED}


def test_what_is_being_typed_is_not_taken_away_by_a_change_elsewhere(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    line = editor_of(roadbook, "owner").controls()[0]
    line.setFocus()
    QTest.keyClicks(line, "Half a na")
    opened = roadbook.opened
    from planner.editing import initiatives

    opened.edit(initiatives.change(opened.engagement, "Flow-0", progress=0.5))
    assert line.text() == "Half a na"
    assert editor_of(roadbook, "progress").controls()[0].text() == "50"


def test_a_related_entity_is_looked_into_edited_and_left_again(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    inspector = inspector_of(roadbook)
    estimates = next(one for one in inspector._sections["initiatives"] if one.relation.kind == "estimates")
    assert "1" in estimates.heading.text()
    estimates.list.setCurrentRow(0)
    QTest.keyClick(estimates.list, Qt.Key.Key_Return)
    assert inspector.selection == Selection("estimates", ("estimate-Flow-0",))
    type_into(editor_of(roadbook, "effort"), "7")
    assert roadbook.opened.engagement.estimates["estimate-Flow-0"].effort == 7
    QTest.mouseClick(inspector.back, Qt.MouseButton.LeftButton)
    assert inspector.title.text() == "Flow step 0"


def test_a_risk_is_added_by_its_form_and_removed_again(roadbook: Roadbook, qtbot: QtBot) -> None:
    select(roadbook, "Flow-0")
    inspector = inspector_of(roadbook)
    risks = next(one for one in inspector._sections["initiatives"] if one.relation.kind == "risks")
    QTest.mouseClick(risks.add, Qt.MouseButton.LeftButton)
    (dialog,) = [one for one in roadbook.window.findChildren(EntityDialog) if one.isVisible()]
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.problem.text()
    dialog.form.editors["name"].controls()[0].setText("Nobody comes")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    (risk,) = roadbook.opened.engagement.risks.values()
    assert (risk.name, risk.initiative_id) == ("Nobody comes", "Flow-0")
    assert inspector.selection.kind == "risks"
    inspector.go_back()
    risks.list.setCurrentRow(0)
    QTest.keyClick(risks.list, Qt.Key.Key_Delete)
    assert not roadbook.opened.engagement.risks
    settle(qtbot, roadbook)


def test_what_is_removed_elsewhere_leaves_the_inspector(roadbook: Roadbook) -> None:
    select(roadbook, "Flow-0")
    roadbook.actions["remove"].trigger()
    assert inspector_of(roadbook).selection.ids != ("Flow-0",)


def test_the_pane_is_hidden_and_shown_by_its_key_and_remembered_for_each_page(roadbook: Roadbook) -> None:
    assert inspector_of(roadbook).isVisible()
    roadbook.actions["inspector"].trigger()
    assert not inspector_of(roadbook).isVisible()
    roadbook.window.resize(1440, 900)
    roadbook.show_page("organization")
    assert inspector_of(roadbook).isVisible()
    roadbook.show_page("timeline")
    assert not inspector_of(roadbook).isVisible()
    assert roadbook.memory.of_page("inspector")["timeline"] is False


def test_what_a_holder_takes_from_what_it_holds_is_not_edited(roadbook: Roadbook) -> None:
    select(roadbook, "Flow")
    assert not editor_of(roadbook, "duration_days").controls()[0].isEnabled()
    select(roadbook, "Flow-0")
    assert editor_of(roadbook, "duration_days").controls()[0].isEnabled()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_form_that_shows_it_as_it_is(full: Roadbook, kind: str) -> None:
    inspector = inspector_of(full)
    engagement = full.opened.engagement
    for entity_id, entity in engagement.kind(kind).items():
        inspector.look_into(kind, entity_id)
        form = inspector.form.form
        assert form is not None
        assert form.kind == kind
        assert set(form.editors) == {field.name for field in fields_of(kind)}
        for name, editor in form.editors.items():
            assert editor.value == _as_shown(getattr(entity, name)), name
            assert not editor.is_being_edited, name
    assert full.opened.engagement is engagement


def _as_shown(value: Any) -> Any:
    return pytest.approx(value, rel=1e-6) if isinstance(value, float) else value


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_of_every_kind_can_be_set_and_undone(full: Roadbook, kind: str) -> None:
    """Set each field by its control; what the rules refuse is said beside it and changes nothing."""
    inspector = inspector_of(full)
    entity_id = next(iter(full.opened.engagement.kind(kind)))
    inspector.look_into(kind, entity_id)
    form = inspector.form.form
    assert form is not None
    changed = 0
    for name, editor in form.editors.items():
        before = full.opened.engagement
        if not change(editor):
            continue
        QApplication.processEvents()
        if full.opened.engagement is before:
            assert editor.error, name
            inspector.refresh()
            form.fill(before, [before.kind(kind)[entity_id]], read_only=False, anew=True)
            continue
        changed += 1
        assert getattr(full.opened.engagement.kind(kind)[entity_id], name) != getattr(
            before.kind(kind)[entity_id], name
        ), name
        full.actions["undo"].trigger()
        assert full.opened.engagement == before
    assert changed or kind == "baselines"


def change(editor: FieldEditor) -> bool:  # noqa: C901  one way for each kind of control
    """Give a control another value, as a person would; return whether there was another."""
    if isinstance(editor, NumberEditor):
        editor.line.setText("1" if editor.line.text() != "1" else "0")
        editor.line.editingFinished.emit()
    elif isinstance(editor, LineEditor):
        editor.line.setText(editor.line.text()[:10] + "x")
        editor.line.editingFinished.emit()
    elif isinstance(editor, LongTextEditor):
        editor.text.setPlainText(editor.text.toPlainText() + "x")
        editor.text.left.emit()
    elif isinstance(editor, DateEditor):
        day = editor.value or date(2026, 11, 23)
        moved = day + timedelta(days=1)
        editor.day.setDate(QDate(moved.year, moved.month, moved.day))
    elif isinstance(editor, ChoiceEditor):
        if editor.box.count() < 2:
            return False
        editor.box.setCurrentIndex((editor.box.currentIndex() + 1) % editor.box.count())
        editor.box.activated.emit(editor.box.currentIndex())
    elif isinstance(editor, FlagEditor):
        editor.flag.click()
    elif isinstance(editor, ReferenceEditor):
        if not editor.field.optional or editor.value is None:
            return False
        editor.line.clear()
        editor.line.editingFinished.emit()
    elif isinstance(editor, ReferencesEditor):
        if not editor.value:
            return False
        editor.list.setCurrentRow(0)
        QTest.keyClick(editor.list, Qt.Key.Key_Delete)
    else:
        return False
    return True


def test_every_member_of_every_closed_set_has_a_word() -> None:
    from planner.words import CHOICE_WORDS

    for kind in KINDS:
        for field in fields_of(kind):
            if isinstance(field.type, type) and issubclass(field.type, enum.Enum):
                assert all(CHOICE_WORDS[member] for member in field.type)
