"""The Settings page: the engagement, its calendars on a year view, formulas, colours, by mouse and keys, all undoable."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QColorDialog, QInputDialog, QLineEdit, QMenu, QToolButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.calendar import Calendar, Freeze
from planner.domain.engagement import Engagement
from planner.domain.initiative import Status
from planner.domain.priority import Formula, FormulaKind
from planner.domain.settings import READINESS_FACTORS
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, leave, settle
from ui import theme
from ui.composition import Roadbook
from ui.contrast import contrast
from ui.forms.factors import FactorsEditor
from ui.pages.page import Selection
from ui.pages.settings.colours_section import ColoursSection
from ui.pages.settings.engagement_section import EngagementSection
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.teams_dialog import TeamsDialog
from ui.widgets.cells import status_colour
from ui.widgets.toolbar import PageToolbar

_MONDAY = date(2027, 3, 1)


def office() -> Engagement:
    return a.engagement(
        a.settings(name="Littoral", calendar_id="own"),
        Calendar(id="own", name="Office", country="FR"),
        Calendar(id="other", name="Nights", weekdays=None),
        Freeze(id="freeze", calendar_id="own", name="Spring", start=_MONDAY, finish=_MONDAY + timedelta(days=4)),
        Formula(id="wsjf", name="WSJF", kind=FormulaKind.WSJF),
        a.unit(id="unit", name="IT"),
        a.team(id="blue", name="Blue"),
        a.team(id="red", name="Red", calendar_id="other"),
        a.initiative(id="one", name="One", status=Status.DONE),
    )


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    path = tmp_path / "office.roadbook"
    Document.create(path, office()).close()
    return path


@pytest.fixture
def roadbook(start: StartRoadbook, office_file: Path, qtbot: QtBot) -> Roadbook:
    opened = start(office_file)
    opened.window.resize(1440, 900)
    opened.show_page("settings")
    show_year(opened, qtbot, 2027)
    return opened


def page_of(roadbook: Roadbook) -> SettingsPage:
    page = roadbook.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def show_year(roadbook: Roadbook, qtbot: QtBot, year: int) -> None:
    page = page_of(roadbook)
    page.show_section("calendars")
    page.calendars.show_year(year)
    settled(roadbook, qtbot)


def settled(roadbook: Roadbook, qtbot: QtBot) -> None:
    settle(qtbot, roadbook)
    qtbot.waitUntil(lambda: page_of(roadbook).calendars._days is not None)


def engagement_of(roadbook: Roadbook) -> Engagement:
    assert roadbook.opened is not None
    return roadbook.opened.engagement


@pytest.mark.parametrize(
    ("section", "offered"),
    [
        ("engagement", set()),
        ("calendars", {"settings.add-calendar"}),
        ("formulas", {"settings.add-formula"}),
        ("colours", {"settings.reset-colours"}),
    ],
)
def test_the_bar_above_a_section_offers_what_belongs_there(roadbook: Roadbook, section: str, offered: set[str]) -> None:
    page = page_of(roadbook)
    roadbook.actions[f"settings.show-{section}"].trigger()
    (bar,) = (one for one in page.findChildren(PageToolbar) if one.isVisible())
    shown = {button.defaultAction() for button in bar.findChildren(QToolButton) if button.defaultAction() is not None}
    ways = ("settings.add-calendar", "settings.add-formula", "settings.reset-colours")
    assert {name for name in ways if roadbook.actions[name] in shown} == offered


def test_the_year_shows_holidays_rest_and_marked_days(roadbook: Roadbook) -> None:
    view = page_of(roadbook).calendars.view
    assert view.words_of(date(2027, 7, 14)) == ["No work", "National Day"]
    assert view.words_of(date(2027, 7, 13)) == ["Working day"]
    assert view.words_of(date(2027, 7, 17)) == ["No work"]
    assert view.words_of(_MONDAY) == ["No work", "Freeze: Spring"]
    titles = [page_of(roadbook).calendars.entries.choice_at(row).title for row in range(12)]
    assert "Spring" in titles
    assert "Easter Monday" in titles


def test_days_are_chosen_by_the_keys_and_frozen_in_one_step(roadbook: Roadbook, qtbot: QtBot) -> None:
    section = page_of(roadbook).calendars
    section.view.choose(date(2027, 4, 5), date(2027, 4, 5))
    section.view.setFocus()
    for _day in range(2):
        QTest.keyClick(section.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(section.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert section.view.span == (date(2027, 4, 5), date(2027, 4, 14))
    QTest.keyClick(section.view, Qt.Key.Key_Return)
    assert section.bar.name.hasFocus() or not roadbook.window.isActiveWindow()
    section.bar.name.setText("Closing the books")
    QTest.keyClick(section.bar.name, Qt.Key.Key_Return)
    (added,) = engagement_of(roadbook).freezes.keys() - {"freeze"}
    freeze = engagement_of(roadbook).freezes[added]
    assert (freeze.name, freeze.start, freeze.finish) == ("Closing the books", date(2027, 4, 5), date(2027, 4, 14))
    settled(roadbook, qtbot)
    assert "Freeze: Closing the books" in section.view.words_of(date(2027, 4, 6))
    roadbook.actions["undo"].trigger()
    assert set(engagement_of(roadbook).freezes) == {"freeze"}
    roadbook.actions["redo"].trigger()
    assert added in engagement_of(roadbook).freezes


def test_days_are_dragged_over_and_closed_or_opened(roadbook: Roadbook, qtbot: QtBot) -> None:
    section = page_of(roadbook).calendars
    first, last = date(2027, 9, 4), date(2027, 9, 5)
    QTest.mousePress(section.view, Qt.MouseButton.LeftButton, pos=section.view.box_of(first).center().toPoint())
    QTest.mouseMove(section.view, section.view.box_of(last).center().toPoint())
    section.view._go(last, extends=True)
    QTest.mouseRelease(section.view, Qt.MouseButton.LeftButton, pos=section.view.box_of(last).center().toPoint())
    section.bar.kind.setCurrentIndex(section.bar.kind.findData("working"))
    section.bar.name.setText("Release weekend")
    QTest.mouseClick(section.bar.mark, Qt.MouseButton.LeftButton)
    (span,) = engagement_of(roadbook).calendar_exceptions.values()
    assert (span.working, span.start, span.finish) == (True, first, last)
    settled(roadbook, qtbot)
    assert section.view.words_of(first) == ["Working day", "Days worked: Release weekend"]


def test_a_mark_is_clicked_changed_and_removed(roadbook: Roadbook, qtbot: QtBot) -> None:
    page = page_of(roadbook)
    section = page.calendars
    where = section.view.box_of(_MONDAY + timedelta(days=2)).center().toPoint()
    QTest.mouseClick(section.view, Qt.MouseButton.LeftButton, pos=where)
    assert section.bar.held is not None
    assert section.bar.name.text() == "Spring"
    assert page.selection() == Selection("freezes", ("freeze",))
    section.bar.name.setText("Late spring")
    roadbook.actions["settings.mark-days"].trigger()
    freeze = engagement_of(roadbook).freezes["freeze"]
    assert (freeze.name, freeze.start) == ("Late spring", _MONDAY)
    settled(roadbook, qtbot)
    roadbook.actions["settings.remove-span"].trigger()
    assert not engagement_of(roadbook).freezes
    roadbook.actions["undo"].trigger()
    roadbook.actions["undo"].trigger()
    assert engagement_of(roadbook).freezes["freeze"].name == "Spring"


def test_the_list_beside_the_year_leads_to_its_days(
    roadbook: Roadbook, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    section = page_of(roadbook).calendars
    rows = [section.entries.choice_at(row).title for row in range(section.entries.rowCount())]
    section.events.setCurrentIndex(section.entries.index(rows.index("Spring"), 0))
    assert section.view.span == (_MONDAY, _MONDAY + timedelta(days=4))
    qtmodeltester.check(section.entries, force_py=True)


def test_years_are_turned_by_the_keys_and_by_walking_past_their_end(roadbook: Roadbook, qtbot: QtBot) -> None:
    section = page_of(roadbook).calendars
    roadbook.actions["settings.next-year"].trigger()
    assert section.view.year == 2028
    roadbook.actions["settings.previous-year"].trigger()
    section.view.choose(date(2027, 12, 31), date(2027, 12, 31))
    QTest.keyClick(section.view, Qt.Key.Key_Right)
    assert (section.view.year, section.view.day) == (2028, date(2028, 1, 1))
    settled(roadbook, qtbot)


def test_the_week_and_the_holidays_of_a_calendar_are_edited(roadbook: Roadbook, qtbot: QtBot) -> None:
    form = page_of(roadbook).calendars.form
    QTest.mouseClick(form.week[4], Qt.MouseButton.LeftButton)
    assert engagement_of(roadbook).calendars["own"].weekdays == (0, 1, 2, 3)
    settled(roadbook, qtbot)
    qtbot.waitUntil(lambda: form.country.count() > 100)
    form.country.setCurrentIndex(form.country.findText("Germany"))
    form.country.activated.emit(form.country.currentIndex())
    qtbot.waitUntil(lambda: form.region.findText("Bayern") > 0)
    form.region.setCurrentIndex(form.region.findText("Bayern"))
    form.region.activated.emit(form.region.currentIndex())
    calendar = engagement_of(roadbook).calendars["own"]
    assert (calendar.country, calendar.subdivision) == ("DE", "BY")
    for _step in range(3):
        roadbook.actions["undo"].trigger()
    assert engagement_of(roadbook).calendars["own"] == office().calendars["own"]
    settled(roadbook, qtbot)


def test_calendars_are_added_copied_renamed_chosen_assigned_and_removed(roadbook: Roadbook, qtbot: QtBot) -> None:
    section = page_of(roadbook).calendars
    roadbook.actions["settings.add-calendar"].trigger()
    (dialog,) = [one for one in section.findChildren(QInputDialog) if one.isVisible()]
    dialog.setTextValue("Plant")
    dialog.accept()
    (added,) = engagement_of(roadbook).calendars.keys() - {"own", "other"}
    assert engagement_of(roadbook).calendars[added].name == "Plant"
    roadbook.actions["settings.assign-teams"].trigger()
    (teams,) = [one for one in section.findChildren(TeamsDialog) if one.isVisible()]
    for row in range(teams.model.rowCount()):
        teams.model.item(row).setCheckState(Qt.CheckState.Checked)
    teams.accept()
    assert {team.calendar_id for team in engagement_of(roadbook).teams.values()} == {added}
    roadbook.actions["settings.make-own"].trigger()
    assert engagement_of(roadbook).setting.calendar_id == added
    roadbook.actions["settings.duplicate-calendar"].trigger()
    assert len(engagement_of(roadbook).calendars) == 4
    roadbook.actions["remove"].trigger()
    roadbook.actions["undo"].trigger()
    assert len(engagement_of(roadbook).calendars) == 4
    settled(roadbook, qtbot)


def test_the_engagement_is_edited_field_by_field(roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    page.show_section("engagement")
    section = page.section
    assert isinstance(section, EngagementSection)
    (line,) = section.editors["client"].controls()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "Ville")
    QTest.keyClick(line, Qt.Key.Key_Return)
    section.currency.setCurrentIndex(section.currency.findData("CHF"))
    section.currency.activated.emit(section.currency.currentIndex())
    section.month.setCurrentIndex(3)
    section.month.activated.emit(3)
    setting = engagement_of(roadbook).setting
    assert (setting.client, setting.currency, setting.fiscal_year_start_month) == ("Ville", "CHF", 4)
    for _step in range(3):
        roadbook.actions["undo"].trigger()
    assert engagement_of(roadbook) == office()
    assert section.month.currentIndex() == 0


def test_what_effort_costs_at_each_readiness_is_typed_stepped_refused_where_it_rises_and_brought_back(
    roadbook: Roadbook,
) -> None:
    page = page_of(roadbook)
    page.show_section("engagement")
    section = page.section
    assert isinstance(section, EngagementSection)
    editor = section.editors["readiness_factors"]
    assert isinstance(editor, FactorsEditor)
    first, second = editor.lines[:2]
    assert not editor.reset.isEnabled()
    first.setFocus()
    first.selectAll()
    QTest.keyClicks(first, "2")
    QTest.keyClick(first, Qt.Key.Key_Up)
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert engagement_of(roadbook).setting.readiness_factors == (2.05, 1.25, 1.0, 0.9, 0.8)
    second.setFocus()
    second.selectAll()
    QTest.keyClicks(second, "3")
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert engagement_of(roadbook).setting.readiness_factors == (2.05, 1.25, 1.0, 0.9, 0.8), "dearer than the lowest"
    assert "readiness 2" in editor.error
    editor.reset.click()
    assert engagement_of(roadbook).setting.readiness_factors == READINESS_FACTORS
    assert not editor.reset.isEnabled()
    assert second.text() == "1.25"
    for _step in range(2):
        roadbook.actions["undo"].trigger()
    assert engagement_of(roadbook) == office()


def test_formulas_are_added_turned_custom_and_removed(
    roadbook: Roadbook, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    page = page_of(roadbook)
    roadbook.actions["settings.add-formula"].trigger()
    section = page.formulas
    (editor,) = [one for one in section.table.viewport().findChildren(QLineEdit) if one.isVisible()]
    editor.setText("Ours")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    (added,) = engagement_of(roadbook).formulas.keys() - {"wsjf"}
    qtbot.waitUntil(lambda: engagement_of(roadbook).formulas[added].name == "Ours")
    row = section.model.row_of(added)
    assert section.model.setData(section.model.index(row, 2), "2 * (3 + 4)")
    assert engagement_of(roadbook).formulas[added].expression == "2 * (3 + 4)"
    assert not section.model.setData(section.model.index(row, 2), "2 * (3 + Unknown)")
    assert engagement_of(roadbook).formulas[added].expression == "2 * (3 + 4)"
    assert section.model.setData(section.model.index(row, 1), FormulaKind.ICE)
    assert engagement_of(roadbook).formulas[added].expression == ""
    qtmodeltester.check(section.model, force_py=True)
    roadbook.actions["remove"].trigger()
    assert set(engagement_of(roadbook).formulas) == {"wsjf"}


def colours_offered(section: ColoursSection) -> list[QAction]:
    (menu,) = [one for one in section.findChildren(QMenu) if one.isVisible()]
    offered = menu.actions()
    menu.close()
    return offered


def test_a_colour_everybody_tells_apart_is_chosen_by_keys_alone(roadbook: Roadbook, qtbot: QtBot) -> None:
    page = page_of(roadbook)
    page.show_section("colours")
    section = page.section
    assert isinstance(section, ColoursSection)
    button = section.buttons[Status.ACTIVE]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    (menu,) = [one for one in section.findChildren(QMenu) if one.isVisible()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    assert [(one.status, one.colour) for one in engagement_of(roadbook).setting.status_colours] == [
        (Status.ACTIVE, theme.PALETTE["teal"])
    ]
    assert button.text().strip() == button.accessibleDescription() == "Teal"
    assert section.warnings[Status.ACTIVE].text() == ""
    qtbot.waitUntil(lambda: not [one for one in section.findChildren(QMenu) if one.isVisible()])
    roadbook.actions["undo"].trigger()
    assert not engagement_of(roadbook).setting.status_colours


def test_a_colour_is_chosen_shown_in_the_plan_warned_of_and_reset(roadbook: Roadbook) -> None:
    page = page_of(roadbook)
    page.show_section("colours")
    section = page.section
    assert isinstance(section, ColoursSection)
    QTest.mouseClick(section.buttons[Status.DONE], Qt.MouseButton.LeftButton)
    colours_offered(section)[-1].trigger()
    (dialog,) = [one for one in section.findChildren(QColorDialog) if one.isVisible()]
    dialog.setCurrentColor(QColor("#ffee00"))
    dialog.accept()
    assert [one.colour for one in engagement_of(roadbook).setting.status_colours] == ["#ffee00"]
    assert "light" in section.warnings[Status.DONE].text()
    roadbook.show_page("timeline")
    table = roadbook.page("timeline").model
    assert status_colour(roadbook._surroundings.tokens, Status.DONE, table.status_colours) == "#ffee00"
    roadbook.show_page("settings")
    roadbook.actions["settings.reset-colours"].trigger()
    assert not engagement_of(roadbook).setting.status_colours
    assert section.warnings[Status.DONE].text() == ""


def test_contrast_is_told_as_wcag_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert contrast("#777777", "#777777") == 1.0


def test_what_was_set_is_there_again_after_reopening(
    start: StartRoadbook, roadbook: Roadbook, office_file: Path, qtbot: QtBot
) -> None:
    QTest.mouseClick(page_of(roadbook).calendars.form.week[5], Qt.MouseButton.LeftButton)
    settled(roadbook, qtbot)
    kept = roadbook.memory.preferences
    leave(qtbot, roadbook)
    again = start(office_file, preferences=kept)
    again.show_page("settings")
    assert page_of(again).calendars.isVisible()
    assert page_of(again).calendars.form.week[5].isChecked()
    settled(again, qtbot)


def test_the_year_is_worded_in_the_language_of_the_screen(
    roadbook: Roadbook, surroundings: object, qtbot: QtBot
) -> None:
    surroundings.set_language(Language("fr"))
    settled(roadbook, qtbot)
    section = page_of(roadbook).calendars
    qtbot.waitUntil(lambda: section.view.words_of(date(2027, 7, 14)) == ["Pas de travail", "Fête nationale"])
    assert page_of(roadbook).reveal("freezes", "freeze")
    assert section.view.span == (_MONDAY, _MONDAY + timedelta(days=4))
