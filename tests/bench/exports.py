"""Writing the plan out: the workbook against raw XlsxWriter, the Gantt chart against raw matplotlib."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from planner.analysis.schedule import schedule
from planner.charts.paper import GanttOptions
from planner.charts.scene import Scene
from planner.domain.engagement import Engagement
from planner.exchange.gantt_image import scenes_of, write_gantt
from planner.exchange.workbook_out import write_workbook
from planner.language import Language
from tests.bench.measure import Row, compare, time_call
from tests.bench.raw_gantt import draw_raw
from tests.builders import MONDAY, big_engagement

_LANGUAGE = Language("en")
_TODAY = MONDAY + timedelta(days=120)


def measure(folder: Path) -> list[Row]:
    """Return the rows of the exports: 10,000 rows of Excel, 1,000 bars of PDF."""
    return [_workbook(folder), _gantt(folder)]


def _workbook(folder: Path) -> Row:
    engagement = big_engagement(teams=50, answers=1_000)
    ours, raw = folder / "plan.xlsx", folder / "raw.xlsx"
    write_workbook(engagement, ours, language=_LANGUAGE, today=_TODAY)
    cells = _read_cells(ours)
    return compare(
        f"Excel plan of 10,000 initiatives ({sum(len(sheet) for sheet in cells):,} cells)",
        lambda: write_workbook(engagement, ours, language=_LANGUAGE, today=_TODAY),
        "raw XlsxWriter writing the same cells",
        lambda: _write_cells(cells, raw),
        goal=1.5,
        rounds=3,
        timed=time_call,
    )


_Cell = tuple[int, int, Any, int]


def _read_cells(path: Path) -> list[list[_Cell]]:
    """Return every cell of every sheet: row, column, value, number of its style."""
    from openpyxl import load_workbook

    return [
        [
            (cell.row - 1, cell.column - 1, cell.value, cell.style_id)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style
        ]
        for sheet in load_workbook(path).worksheets
    ]


def _write_cells(sheets: list[list[_Cell]], path: Path) -> None:
    import xlsxwriter

    workbook = xlsxwriter.Workbook(path)
    formats: dict[int, Any] = {}
    for sheet in sheets:
        worksheet = workbook.add_worksheet()
        for row, column, value, style in sheet:
            if style not in formats:
                formats[style] = workbook.add_format({"indent": len(formats) % 15})
            chosen = formats[style]
            if value is None:
                worksheet.write_blank(row, column, None, chosen)
            elif isinstance(value, str):
                if value.startswith("="):
                    worksheet.write_formula(row, column, value, chosen, 0)
                else:
                    worksheet.write_string(row, column, value, chosen)
            elif isinstance(value, date):
                worksheet.write_datetime(row, column, value, chosen)
            elif isinstance(value, bool | int | float):
                worksheet.write_number(row, column, value, chosen)
            else:  # an array formula: the text of one
                worksheet.write_formula(row, column, str(getattr(value, "text", value)), chosen, 0)
    workbook.close()


def _gantt(folder: Path) -> Row:
    engagement = big_engagement(initiatives=1_050, links=1_500, teams=20, answers=0)
    assert sum(not engagement.children_of(i) for i in engagement.initiatives) >= 990
    pages = _pages_of(engagement)
    ours, raw = folder / "gantt.pdf", folder / "raw.pdf"
    return compare(
        f"Gantt PDF of 1,000 bars ({len(pages)} pages, {sum(len(page.shapes) for page in pages):,} shapes and texts)",
        lambda: write_gantt(engagement, ours, language=_LANGUAGE, today=_TODAY),
        "raw matplotlib collections and texts, the same ones",
        lambda: draw_raw(pages, raw),
        goal=1.3,
        rounds=3,
        timed=time_call,
    )


def _pages_of(engagement: Engagement) -> tuple[Scene, ...]:
    return scenes_of(
        engagement, schedule(engagement), language=_LANGUAGE, today=_TODAY, options=GanttOptions(), paged=True
    )
