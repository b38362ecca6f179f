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
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.errors import UserError
from planner.domain.kinds import KINDS
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import settle
from ui.background import Background
from ui.composition import Roadbook
from ui.forms.body import FormBody
from ui.forms.fields import HIDDEN
from ui.forms.form import EntityForm
from ui.forms.layout import sections_of
from ui.forms.numbers import NumberEditor
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
