"""The first sheet: what this workbook is, its key figures, where everything stands, what the colours mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from planner.charts.rows import overall_progress
from planner.charts.scene import Role
from planner.domain.initiative import Status
from planner.exchange.workbook.canvas import Export, Paper, Styles, fit, set_print, write_cell, write_title
from planner.exchange.workbook.gantt_sheet import legend_of
from planner.exchange.workbook.plan_sheet import (
    COST,
    DEADLINE,
    EFFORT,
    STATUS,
    PlanRow,
    column_range,
    first_and_last,
    total_of,
)
from planner.language import N_
from planner.words import STATUS_WORDS

_FIRST_ROW: Final = 3


def write_summary_sheet(
    worksheet: Any, styles: Styles, export: Export, rows: list[PlanRow], sheets: Sequence[tuple[str, str]]
) -> None:
    """Write the summary; `sheets` are the others, each with its name and what it is for."""
    words, settings = export.language, export.engagement.setting
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 42)
    worksheet.set_column(1, 1, 16)
    worksheet.set_column(2, 2, 70)
    note = words.gettext(N_("Plan of {client}, as of {day}, written by Roadbook"))
    day = words.date(export.today, width="long")
    write_title(worksheet, styles, settings.name, note.format(client=settings.client or settings.name, day=day))
    row = _write_figures(worksheet, styles, export, rows, _FIRST_ROW)
    row = _write_sheets(worksheet, styles, export, sheets, row + 1)
    _write_legend(worksheet, styles, export, row + 1)
    set_print(worksheet, export, title=words.gettext(N_("Summary")), repeat_rows=None, paper=Paper.A4)


def _heading(worksheet: Any, styles: Styles, row: int, text: str) -> None:
    style = styles.of(bold=True, font_size=12, font_color=Role.BAR_TEXT, bottom=1, bottom_color=Role.GRID_STRONG)
    worksheet.write_string(row, 0, text, style)
    for column in (1, 2):
        worksheet.write_blank(row, column, None, style)


def _write_figures(worksheet: Any, styles: Styles, export: Export, rows: list[PlanRow], row: int) -> int:
    words, settings = export.language, export.engagement.setting
    _heading(worksheet, styles, row, words.gettext(N_("Key figures")))
    label, day = styles.of(), styles.of(num_format=export.day_format, align="right")
    share, whole = styles.of(num_format="0%"), styles.of(num_format="#,##0")
    span = first_and_last(rows)
    lines: list[tuple[str, Any, Any]] = [
        (N_("First day of the plan"), span and span[0], day),
        (N_("Last day of the plan"), span and span[1], day),
        (N_("Status date"), settings.status_date, day),
        (N_("Progress, by duration"), overall_progress(export.engagement), share),
        (N_("Teams"), len(export.engagement.teams), whole),
    ]
    for name, value, style in lines:
        row += 1
        worksheet.write_string(row, 0, words.gettext(name), label)
        write_cell(worksheet, row, 1, value, style)
    if not rows:
        return row + 1
    plan, dropped = words.gettext(N_("Plan")), words.gettext(STATUS_WORDS[Status.DROPPED])
    kept = [it for it in rows if it.initiative.status is not Status.DROPPED]
    sums = ((N_("Effort (person-days)"), EFFORT, whole), (N_("Cost"), COST, styles.of(num_format=export.money_format)))
    for name, column, style in sums:
        row += 1
        worksheet.write_string(row, 0, words.gettext(name), label)
        statuses, numbers = (column_range(it, len(rows), sheet=plan) for it in (STATUS, column))
        worksheet.write_formula(row, 1, f'=SUMIF({statuses},"<>{dropped}",{numbers})', style, total_of(kept, column))
    row += 1
    worksheet.write_string(row, 0, words.gettext(N_("Deadlines")), label)
    deadlines = sum(it.cells[DEADLINE] is not None for it in rows)
    worksheet.write_formula(row, 1, f"=COUNTA({column_range(DEADLINE, len(rows), sheet=plan)})", whole, deadlines)
    row += 2
    _heading(worksheet, styles, row, words.gettext(N_("Initiatives by status")))
    counts = Counter(it.initiative.status for it in rows)
    for status in Status:
        row += 1
        name = words.gettext(STATUS_WORDS[status])
        worksheet.write_string(row, 0, name, label)
        formula = f'=COUNTIF({column_range(STATUS, len(rows), sheet=plan)},"{name}")'
        worksheet.write_formula(row, 1, formula, whole, counts[status])
    return row + 1


def _write_sheets(worksheet: Any, styles: Styles, export: Export, sheets: Sequence[tuple[str, str]], row: int) -> int:
    _heading(worksheet, styles, row, export.language.gettext(N_("Sheets")))
    link = styles.of(font_color=Role.RULE, underline=1)
    for name, purpose in sheets:
        row += 1
        quoted = name.replace("'", "''")
        worksheet.write_url(row, 0, f"internal:'{quoted}'!A1", link, string=name)
        worksheet.write_string(row, 1, fit(purpose), styles.of())
    return row + 1


def _write_legend(worksheet: Any, styles: Styles, export: Export, row: int) -> None:
    _heading(worksheet, styles, row, export.language.gettext(N_("Colours of the Gantt chart")))
    for role, meaning in legend_of(export.language):
        row += 1
        worksheet.write_string(row, 0, meaning, styles.of())
        worksheet.write_blank(row, 1, None, styles.of(bg_color=role))
