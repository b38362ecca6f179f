"""The Gantt sheet: periods, and bars that are where the dates are, also after somebody moved them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from planner.analysis.schedule import schedule
from planner.charts.palette import LIGHT
from planner.charts.scene import Role
from planner.domain.engagement import Engagement
from planner.domain.initiative import Status
from planner.editing import settings
from planner.exchange.demo import demo_engagement
from planner.exchange.workbook.gantt_sheet import Period, choose_period, columns_of
from planner.exchange.workbook_out import WorkbookOptions, write_workbook
from planner.language import Language
from tests.exchange.workbook_reading import Grid, open_workbook

TODAY = date(2026, 11, 23)
FIRST_ROW, FIRST_COLUMN = 9, 9
BARS = {
    LIGHT[role][1:].upper()
    for role in (Role.BAR_LINE, Role.BAR_DONE, Role.CRITICAL_LINE, Role.CRITICAL_DONE, Role.SUMMARY, Role.SUMMARY_DONE,
                 Role.MILESTONE, Role.GRID_STRONG)
}  # fmt: skip


def write(engagement: Engagement, folder: Path, period: Period | None = None, code: str = "en") -> Path:
    path = folder / "plan.xlsx"
    options = WorkbookOptions(period=period)
    write_workbook(engagement, path, language=Language(code), today=TODAY, options=options)
    return path


def columns(sheet: Any) -> list[tuple[int, date, date]]:
    found, column = [], FIRST_COLUMN
    while isinstance(first := sheet.cell(6, column).value, int | float):
        zero = date(1899, 12, 30)
        last = sheet.cell(7, column).value
        found.append((column, zero + timedelta(days=int(first)), zero + timedelta(days=int(last))))
        column += 1
    return found


def is_bar(colour: str | None) -> bool:
    return colour is not None and colour.upper() in BARS


@pytest.mark.parametrize("period", Period)
def test_a_bar_covers_the_periods_its_dates_touch_and_no_other(period: Period, tmp_path: Path) -> None:
    engagement = demo_engagement(Language("en"), TODAY)
    path = write(engagement, tmp_path, period)
    sheet = open_workbook(path, values=True)["Gantt chart"]
    grid = Grid(sheet, open_workbook(path)["Gantt chart"])
    dates = schedule(engagement).dates
    for number, (initiative, _depth) in enumerate(engagement.outline()):
        for column, first, last in columns(sheet):
            touched = dates[initiative.id].early_start <= last and dates[initiative.id].early_finish >= first
            assert is_bar(grid.fill(FIRST_ROW + number, column, today=TODAY)) == touched


def test_kinds_of_bars_have_their_own_colours(tmp_path: Path) -> None:
    engagement = demo_engagement(Language("en"), TODAY)
    path = write(engagement, tmp_path)
    sheet = open_workbook(path, values=True)["Gantt chart"]
    grid = Grid(sheet, open_workbook(path)["Gantt chart"])
    dates = schedule(engagement).dates
    for number, (initiative, _depth) in enumerate(engagement.outline()):
        found = dates[initiative.id]
        colours = {grid.fill(FIRST_ROW + number, column, today=TODAY) for column, _first, _last in columns(sheet)}
        bars = {f"#{colour.lower()}" for colour in colours if colour is not None and is_bar(colour)}
        if initiative.status is Status.DROPPED:
            expected = {LIGHT[Role.GRID_STRONG]}
        elif found.milestone:
            expected = {LIGHT[Role.MILESTONE]}
        elif found.summary:
            expected = {LIGHT[Role.SUMMARY], LIGHT[Role.SUMMARY_DONE]}
        elif found.critical:
            expected = {LIGHT[Role.CRITICAL_LINE], LIGHT[Role.CRITICAL_DONE]}
        else:
            expected = {LIGHT[Role.BAR_LINE], LIGHT[Role.BAR_DONE]}
        assert bars
        assert bars <= expected
        if initiative.progress == 0 and not (found.summary or found.milestone or initiative.status is Status.DROPPED):
            assert bars <= {LIGHT[Role.BAR_DONE], LIGHT[Role.CRITICAL_DONE]}


def test_a_date_changed_in_the_sheet_moves_the_bar(tmp_path: Path) -> None:
    path = write(demo_engagement(Language("en"), TODAY), tmp_path)
    values = open_workbook(path, values=True)["Gantt chart"]
    row = FIRST_ROW + 1
    values.cell(row, 3).value, values.cell(row, 4).value = datetime(2027, 3, 1), datetime(2027, 3, 12)  # noqa: DTZ001
    grid = Grid(values, open_workbook(path)["Gantt chart"])
    covered = [first for column, first, _last in columns(values) if is_bar(grid.fill(row, column, today=TODAY))]
    assert covered == [date(2027, 3, 1), date(2027, 3, 8)]


@pytest.mark.parametrize(
    ("days", "period"),
    [(1, Period.WEEK), (420, Period.WEEK), (900, Period.MONTH), (2000, Period.MONTH), (4000, Period.QUARTER)],
)
def test_the_period_fits_the_length_of_the_plan(days: int, period: Period) -> None:
    assert choose_period(TODAY, TODAY + timedelta(days=days)) is period


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("days", [0, 13, 400, 3000])
def test_columns_follow_one_another_and_leave_room_around_the_plan(period: Period, days: int) -> None:
    start, finish = TODAY, TODAY + timedelta(days=days)
    found = columns_of(period, start, finish)
    assert found[0].last < start
    assert found[-1].first > finish
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("code", "period", "coarse", "fine"),
    [
        ("en", Period.WEEK, "Apr 2026", "6"),
        ("fr", Period.WEEK, "avr. 2026", "6"),
        ("en", Period.MONTH, "2026", "Mar"),
        ("fr", Period.MONTH, "2026", "mars"),
        ("en", Period.QUARTER, "2026", "Q1"),
        ("fr", Period.QUARTER, "2026", "T1"),
    ],
)
def test_periods_are_named_in_the_language(code: str, period: Period, coarse: str, fine: str, tmp_path: Path) -> None:
    path = write(demo_engagement(Language(code), TODAY), tmp_path, period, code)
    sheet = open_workbook(path).worksheets[2]
    assert (sheet.cell(4, FIRST_COLUMN).value, sheet.cell(5, FIRST_COLUMN).value) == (coarse, fine)


def test_helper_rows_and_columns_stay_out_of_sight(tmp_path: Path) -> None:
    sheet = open_workbook(write(demo_engagement(Language("en"), TODAY), tmp_path))["Gantt chart"]
    assert all(sheet.row_dimensions[row].hidden for row in (6, 7, 8))
    assert sheet.column_dimensions["F"].hidden


def test_quarters_are_those_of_the_fiscal_year(tmp_path: Path) -> None:
    demo = demo_engagement(Language("en"), TODAY)
    fiscal = demo.apply(settings.change(demo, fiscal_year_start_month=2))
    sheet = open_workbook(write(fiscal, tmp_path, Period.QUARTER, "en")).worksheets[2]
    assert (sheet.cell(5, FIRST_COLUMN).value, sheet.cell(4, FIRST_COLUMN + 1).value) == ("Q4", "2026/27")
