"""The Gantt sheet: bars that the spreadsheet itself draws from the dates of the plan's table.

No cell of the grid holds anything. Its rows repeat names and dates of the table by formula, and conditional formats
colour a period from them: whoever moves a date in the table moves the bar. The first and last day of each period and
its working days stand in hidden rows above the grid.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from planner.analysis.calendar import calendar_of
from planner.charts.scene import Role
from planner.charts.time_axis import Scale, TickUnit, TimeAxis, first_year_of, month_labels, tick_labels
from planner.domain.initiative import Status
from planner.exchange.workbook.canvas import (
    Cell,
    Export,
    Styles,
    outline_level,
    result_of,
    serial_of,
    set_print,
    width_of,
    write_title,
)
from planner.exchange.workbook.plan_sheet import (
    COLUMNS,
    CRITICAL,
    DEADLINE,
    DURATION,
    FINISH,
    NAME,
    NUMBER,
    PROGRESS,
    START,
    STATUS,
    PlanRow,
    first_and_last,
    quote,
)
from planner.exchange.workbook.plan_sheet import FIRST_ROW as PLAN_FIRST_ROW
from planner.language import N_, Language
from planner.words import STATUS_WORDS

_COARSE_ROW: Final = 3
_FINE_ROW: Final = 4
_FIRST_DAY_ROW: Final = 5
_LAST_DAY_ROW: Final = 6
_WORKING_ROW: Final = 7
_FIRST_ROW: Final = 8

_SHOWN: Final = (
    # What stands left of the grid: header, the table's column it repeats, width (None: by its content).
    (N_("No."), NUMBER, 6.5),
    (N_("Initiative"), NAME, None),
    (N_("Start"), START, 11.5),
    (N_("Finish"), FINISH, 11.5),
    (N_("Progress"), PROGRESS, 12.0),
    (N_("Critical"), CRITICAL, 0.0),
    (N_("Deadline"), DEADLINE, 0.0),
    (N_("Kind"), DURATION, 0.0),
)
_FIRST_PERIOD: Final = len(_SHOWN)
_MILESTONE: Final = "m"
_SUMMARY: Final = "s"
_DROPPED: Final = "x"

_WEEKS_AT_MOST: Final = 80
_MONTHS_AT_MOST: Final = 72
_PERIODS_AT_MOST: Final = 2_000


class Period(enum.Enum):
    """What one column of the grid spans."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


_UNITS: Final = {
    Period.WEEK: (TickUnit.MONTH, TickUnit.WEEK),
    Period.MONTH: (TickUnit.YEAR, TickUnit.MONTH),
    Period.QUARTER: (TickUnit.YEAR, TickUnit.QUARTER),
}
_WIDTHS: Final = {Period.WEEK: 2.6, Period.MONTH: 4.5, Period.QUARTER: 5.5}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the grid: its first and last day."""

    first: date
    last: date


def choose_period(start: date, finish: date) -> Period:
    """Return the finest period by which the plan can still be taken in."""
    days = (finish - start).days
    if days <= 7 * _WEEKS_AT_MOST:
        return Period.WEEK
    return Period.MONTH if days <= 30.5 * _MONTHS_AT_MOST else Period.QUARTER


def columns_of(period: Period, start: date, finish: date, *, year_begins: int = 1) -> list[Column]:
    """Return the columns that span the plan, one more on either side so that a moved bar stays in sight.

    Quarters are those of years that begin with the month `year_begins`.
    """
    axis = TimeAxis(start=start, pixels_per_day=1.0)
    margin = {Period.WEEK: 7, Period.MONTH: 31, Period.QUARTER: 92}[period]
    ticks = axis.ticks(Scale(_UNITS[period][1], begins=year_begins), -margin, (finish - start).days + 2.0 * margin)
    return [Column(tick.first, tick.last) for tick in ticks][:_PERIODS_AT_MOST]


def write_gantt_sheet(
    worksheet: Any, styles: Styles, export: Export, rows: list[PlanRow], *, plan_name: str, period: Period | None
) -> None:
    """Write the Gantt sheet over the table on the sheet `plan_name`; `period` None chooses by the plan's length."""
    words = export.language
    title = words.gettext(N_("Gantt chart"))
    worksheet.outline_settings(visible=True, symbols_below=False, symbols_right=False)
    span = first_and_last(rows)
    if span is None:
        write_title(worksheet, styles, title, words.gettext(N_("No initiatives yet.")))
        return
    period = period or choose_period(*span)
    columns = columns_of(period, *span, year_begins=export.engagement.setting.fiscal_year_start_month)
    note = words.gettext(N_("Drawn from the dates of the sheet “{sheet}”: change them there and the bars follow."))
    write_title(worksheet, styles, title, note.format(sheet=plan_name))
    _write_header(worksheet, styles, export, rows, columns, period)
    _write_rows(worksheet, styles, export, rows, plan_name)
    _add_rules(worksheet, styles, rows=len(rows), columns=len(columns), yes=words.gettext(N_("yes")))
    worksheet.freeze_panes(_FIRST_ROW, 2)
    set_print(worksheet, export, title=title, repeat_rows=(_COARSE_ROW, _FINE_ROW))
    worksheet.print_area(0, 0, _FIRST_ROW + len(rows) - 1, _FIRST_PERIOD + len(columns) - 1)


def _write_header(
    worksheet: Any, styles: Styles, export: Export, rows: list[PlanRow], columns: list[Column], period: Period
) -> None:
    words = export.language
    for number, (header, plan_column, width) in enumerate(_SHOWN):
        text = words.gettext(header)
        style = styles.header_at(COLUMNS[plan_column].side)
        worksheet.merge_range(_COARSE_ROW, number, _FINE_ROW, number, "", style)
        worksheet.write_string(_COARSE_ROW, number, text, style)
        if width is None:
            names: list[Cell] = [
                "  " * row.depth + name for row in rows[:2000] if isinstance(name := row.cells[plan_column], str)
            ]
            worksheet.set_column(number, number, width_of(names, header=text, least=16, most=46))
        else:
            worksheet.set_column(number, number, width or 8, None, {} if width else {"hidden": True})
    last = _FIRST_PERIOD + len(columns) - 1
    worksheet.set_column(_FIRST_PERIOD, last, _WIDTHS[period])
    year_begins = export.engagement.setting.fiscal_year_start_month
    for first, final, label in _coarse_labels(columns, period, words, year_begins):
        left, right = _FIRST_PERIOD + first, _FIRST_PERIOD + final
        style = styles.of(bold=True, font_size=9, align="left", bg_color=Role.LANE, left=1, left_color=Role.GRID_STRONG)
        # A merged cell hides what does not fit; a label beside an edge may stand on its own column.
        if right > left:
            worksheet.merge_range(_COARSE_ROW, left, _COARSE_ROW, right, "", style)
        worksheet.write_string(_COARSE_ROW, left, label, style)
    fine = styles.of(font_size=8, align="center", font_color=Role.TEXT_MUTED, bottom=1, bottom_color=Role.GRID_STRONG)
    plain = styles.of(font_size=8)
    calendar = calendar_of(export.engagement, None)
    for offset, column in enumerate(columns):
        place = _FIRST_PERIOD + offset
        worksheet.write_string(_FINE_ROW, place, _fine_label(column, period, words, year_begins), fine)
        worksheet.write_number(_FIRST_DAY_ROW, place, serial_of(column.first), plain)
        worksheet.write_number(_LAST_DAY_ROW, place, serial_of(column.last), plain)
        worksheet.write_number(_WORKING_ROW, place, calendar.count(column.first, column.last), plain)
    for row in (_FIRST_DAY_ROW, _LAST_DAY_ROW, _WORKING_ROW):
        worksheet.set_row(row, None, None, {"hidden": True})


def _coarse_labels(
    columns: list[Column], period: Period, words: Language, year_begins: int
) -> Iterator[tuple[int, int, str]]:
    """Yield (first column, last column, label) of the upper line of the header."""
    scale = Scale(_UNITS[period][0], begins=year_begins)

    def key(day: date) -> tuple[int, int]:
        return (day.year, day.month) if period is Period.WEEK else (first_year_of(day, year_begins), 0)

    starts = [n for n, column in enumerate(columns) if n == 0 or key(column.first) != key(columns[n - 1].first)]
    groups = [(begin, end - 1) for begin, end in pairwise([*starts, len(columns)])]
    labels = [tick_labels(columns[begin].first.replace(day=1), scale, words) for begin, _end in groups]
    rooms = [(end - begin + 1) * _WIDTHS[period] for begin, end in groups]
    # One wording for all, the longest that fits between the edges; at the edges only what still fits.
    inner = range(1, len(groups) - 1) if len(groups) > 2 else range(len(groups))
    fitting = (n for n in range(len(labels[0])) if all(len(labels[it][n]) <= rooms[it] for it in inner))
    chosen = next(fitting, len(labels[0]) - 1)
    for (begin, end), wordings, room in zip(groups, labels, rooms, strict=True):
        yield begin, end, next((label for label in wordings[chosen:] if len(label) <= room), "")


def _fine_label(column: Column, period: Period, words: Language, year_begins: int) -> str:
    if period is Period.WEEK:
        return str(column.first.day)
    if period is Period.MONTH:
        return month_labels(column.first, words)[1]
    return tick_labels(column.first, Scale(TickUnit.QUARTER, begins=year_begins), words)[-1]


def _write_rows(worksheet: Any, styles: Styles, export: Export, rows: list[PlanRow], plan_name: str) -> None:
    references = [f"{quote(plan_name)}!${_letter(column)}" for _header, column, _width in _SHOWN]
    line = {"bottom": 4, "bottom_color": Role.GRID}
    dropped = export.language.gettext(STATUS_WORDS[Status.DROPPED])
    looks: list[dict[str, Any]] = [
        {"font_color": Role.TEXT_MUTED}, {}, {"num_format": export.day_format, "align": "right"},
        {"num_format": export.day_format, "align": "right"}, {"num_format": "0%"}, {}, {"num_format": export.day_format}, {},
    ]  # fmt: skip
    plain = [styles.of(**line, **look) for look in looks]
    heavy = [styles.of(**line, **look, bold=True) for look in looks]
    for count, row in enumerate(rows):
        export.steps()
        place, source = _FIRST_ROW + count, PLAN_FIRST_ROW + count + 1
        worksheet.set_row(place, 15, None, outline_level(row.depth))
        own = heavy if row.dates.summary else plain
        for column, reference in enumerate(references):
            cell = f"{reference}{source}"
            value = row.cells[_SHOWN[column][1]]
            style = own[column]
            if column == 1 and row.depth:
                style = styles.of(**line, indent=min(row.depth, 15), bold=row.dates.summary)
            if column == len(references) - 1:
                status = f"{quote(plan_name)}!${_letter(STATUS)}{source}"
                formula = (
                    f'=IF({status}="{dropped}","{_DROPPED}",IF({cell}="","{_SUMMARY}",IF({cell}=0,"{_MILESTONE}","")))'
                )
                worksheet.write_formula(place, column, formula, style, _kind_of(row))
            elif column == len(references) - 2:
                worksheet.write_formula(place, column, f'=IF({cell}="","",{cell})', style, result_of(value))
            else:
                worksheet.write_formula(place, column, f"={cell}", style, result_of(value))


def _kind_of(row: PlanRow) -> str:
    if row.initiative.status is Status.DROPPED:
        return _DROPPED
    if row.dates.summary:
        return _SUMMARY
    return _MILESTONE if row.initiative.duration_days == 0 else ""


def _add_rules(worksheet: Any, styles: Styles, *, rows: int, columns: int, yes: str) -> None:
    start, finish, share, critical, deadline, kind = (f"${_letter(number)}{_FIRST_ROW + 1}" for number in range(2, 8))
    column = _letter(_FIRST_PERIOD)
    first, last, working = (f"{column}${row + 1}" for row in (_FIRST_DAY_ROW, _LAST_DAY_ROW, _WORKING_ROW))
    inside = f"{start}<={last},{finish}>={first}"
    done = f"MIN({last},{finish})<{start}+({finish}-{start}+1)*{share}"
    is_critical = f'{critical}="{yes}"'
    today = f"AND(TODAY()>={first},TODAY()<={last})"
    rules: list[tuple[str, dict[str, Any]]] = [
        # In the order of their weight: of two that colour the same thing the first counts. Excel adds the lines of the
        # last two to a bar, other programs show them beside the bars only.
        (f'AND({kind}="{_DROPPED}",{inside})', {"bg_color": Role.GRID_STRONG}),
        (f'AND({kind}="{_MILESTONE}",{inside})', {"bg_color": Role.MILESTONE}),
        (f'AND({kind}="{_SUMMARY}",{inside},{done})', {"bg_color": Role.SUMMARY_DONE}),
        (f'AND({kind}="{_SUMMARY}",{inside})', {"bg_color": Role.SUMMARY}),
        (f"AND({is_critical},{inside},{done})", {"bg_color": Role.CRITICAL_LINE}),
        (f"AND({is_critical},{inside})", {"bg_color": Role.CRITICAL_DONE}),
        (f"AND({inside},{done})", {"bg_color": Role.BAR_LINE}),
        (f"AND({inside})", {"bg_color": Role.BAR_DONE}),
        (
            f'AND({deadline}<>"",{deadline}>={first},{deadline}<={last})',
            {"right": 1, "right_color": Role.DEADLINE_MISSED},
        ),
        (today, {"left": 1, "left_color": Role.TODAY}),
        (f"{working}=0", {"bg_color": Role.FREEZE}),
    ]
    for criteria, look in rules:
        worksheet.conditional_format(
            _FIRST_ROW, _FIRST_PERIOD, _FIRST_ROW + rows - 1, _FIRST_PERIOD + columns - 1,
            {"type": "formula", "criteria": f"={criteria}", "format": styles.difference(**look)},
        )  # fmt: skip
    worksheet.conditional_format(
        _FINE_ROW, _FIRST_PERIOD, _FINE_ROW, _FIRST_PERIOD + columns - 1,
        {
            "type": "formula", "criteria": f"={today}",
            "format": styles.difference(bg_color=Role.TODAY, font_color=Role.TODAY_TEXT),
        },
    )  # fmt: skip


def _letter(column: int) -> str:
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(65 + rest) + letters
        column -= 1
    return letters


def legend_of(words: Language) -> list[tuple[Role, str]]:
    """Return the colours of the grid with their meanings."""
    return [
        (Role.BAR_LINE, words.gettext(N_("Done part of an initiative"))),
        (Role.BAR_DONE, words.gettext(N_("What is left of it"))),
        (Role.CRITICAL_LINE, words.gettext(N_("Critical: done part"))),
        (Role.CRITICAL_DONE, words.gettext(N_("Critical: a delay here delays the plan"))),
        (Role.SUMMARY_DONE, words.gettext(N_("Programme: done part"))),
        (Role.SUMMARY, words.gettext(N_("Programme"))),
        (Role.MILESTONE, words.gettext(N_("Milestone"))),
        (Role.GRID_STRONG, words.gettext(N_("Dropped"))),
        (Role.FREEZE, words.gettext(N_("Nothing works: change freeze or holidays"))),
    ]
