"""The sheet of initiatives: a table to filter and to edit, folded by programme, with real dates and stable ids.

Rows are worked out first, as plain values (`plan_rows`): the Gantt sheet, the summary and the change detection of the
version sheet look at the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from planner.charts.rows import Work
from planner.charts.scene import Role
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative, Status
from planner.exchange.workbook.canvas import (
    Cell,
    Export,
    Styles,
    digest_of_row,
    outline_level,
    result_of,
    set_print,
    width_of,
    write_cell,
    write_title,
)
from planner.language import N_, NN_
from planner.words import STATUS_WORDS

if TYPE_CHECKING:
    from planner.analysis.schedule import ScheduledDates

TABLE: Final = "Plan"
"""The name of the table, for whoever reads it by script."""
TOTAL_ROW: Final = 2
HEADER_ROW: Final = 3
FIRST_ROW: Final = HEADER_ROW + 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: its header and how its cells look ("day", "number", "text", ...)."""

    header: str
    look: str
    width: float | None = None
    most: float = 36

    @property
    def side(self) -> str:
        """Where its cells stand, and its header with them."""
        return {"day": "right", "number": "right", "share": "right", "money": "right", "centred": "center"}.get(
            self.look, "left"
        )


COLUMNS: Final = (
    Column(N_("No."), "number-as-text", 7),
    Column(N_("Initiative"), "name", most=46),
    Column(N_("Status"), "text", 11),
    Column(N_("Owner"), "text", most=28),
    Column(N_("Wave"), "text", most=40),
    Column(N_("Start"), "day", 12.5),
    Column(N_("Finish"), "day", 12.5),
    Column(N_("Duration (working days)"), "number"),
    Column(N_("Slack (working days)"), "number"),
    Column(N_("Critical"), "centred"),
    Column(N_("Progress"), "share", 11),
    Column(N_("Teams"), "text", most=28),
    Column(N_("Effort (person-days)"), "number"),
    Column(N_("Deadline"), "day", 12.5),
    Column(N_("Margin to the deadline (days)"), "number"),
    Column(N_("Predecessors"), "text", most=22),
    Column(N_("Tags"), "text", most=18),
    Column(N_("Cost"), "money", 12),
    Column(N_("Hypothesis"), "text"),
    Column(N_("Measure"), "text"),
    Column(N_("Id"), "text"),
)
"""The columns, in their order; the last is hidden."""

NUMBER, NAME, STATUS, START, FINISH, DURATION, CRITICAL, PROGRESS, EFFORT, DEADLINE, MARGIN, COST, ID = (
    0, 1, 2, 5, 6, 7, 9, 10, 12, 13, 14, 17, len(COLUMNS) - 1,
)  # fmt: skip
"""Where the columns that other columns and sheets look at stand."""

_FINISH_LETTER, _DEADLINE_LETTER = "G", "N"
_INDENTS: Final = 16
"""Excel indents by up to 15."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One initiative's cells, in the order of `COLUMNS`, and what they rest on."""

    initiative: Initiative
    depth: int
    dates: ScheduledDates
    cells: tuple[Cell, ...]

    @property
    def digest(self) -> str:
        """A digest of the cells, to find later which rows were edited."""
        return digest_of_row(self.cells)


def plan_rows(export: Export, dates: dict[str, ScheduledDates]) -> list[PlanRow]:
    """Return a row for every initiative, in the order of the plan."""
    engagement, words = export.engagement, export.language
    work = Work(engagement)
    numbers = number_outline(engagement)
    statuses = {status: words.gettext(name) for status, name in STATUS_WORDS.items()}
    yes, no, day_sign = words.gettext(N_("yes")), words.gettext(N_("no")), words.gettext(N_("d"))
    estimates = engagement.referring("estimates", "initiative_id")
    links = engagement.referring("links", "successor_id")
    rows = []
    for initiative, depth in engagement.outline():
        export.steps()
        found = dates[initiative.id]
        own = estimates.get(initiative.id, ())
        wave = engagement.waves.get(initiative.wave_id or "")
        cells: tuple[Cell, ...] = (
            numbers[initiative.id],
            initiative.name,
            statuses[initiative.status],
            initiative.owner,
            wave.name if wave else None,
            found.early_start,
            found.early_finish,
            None if found.summary else initiative.duration_days,
            None if initiative.status is Status.DONE else round(found.total_slack_days, 4),
            yes if found.critical else no,
            round(work.progress(initiative.id), 4),
            ", ".join(team.name for team in work.teams(initiative.id)),
            sum(estimate.effort for estimate in own) if own else None,
            initiative.deadline,
            (initiative.deadline - found.early_finish).days if initiative.deadline else None,
            "; ".join(
                f"{numbers[link.predecessor_id]}{link.type.value}{_lag(link.lag_days, day_sign)}"
                for link in links.get(initiative.id, ())
            ),
            ", ".join(initiative.tags),
            initiative.cost,
            initiative.hypothesis,
            initiative.measure,
            initiative.id,
        )
        rows.append(PlanRow(initiative, depth, found, cells))
    return rows


def number_outline(engagement: Engagement) -> dict[str, str]:
    """Return initiative id -> its number in the outline ("2.3.1")."""
    numbers: dict[str, str] = {}
    counts: list[int] = []
    for initiative, depth in engagement.outline():
        del counts[depth + 1 :]
        if len(counts) == depth:
            counts.append(0)
        counts[depth] += 1
        numbers[initiative.id] = ".".join(map(str, counts))
    return numbers


def _lag(lag_days: float, day_sign: str) -> str:
    return f"{lag_days:+.6g}{day_sign}" if lag_days else ""


def column_range(column: int, count: int, *, sheet: str = "") -> str:
    """Return the cells of one column of the table, for a formula; `sheet` when it stands on another one.

    Plain addresses rather than the table's own: names such as "Effort (person-days)" need escapes there which not every
    program reads alike.
    """
    from xlsxwriter.utility import xl_range  # noqa: PLC0415  loaded when used

    area: str = xl_range(FIRST_ROW, column, FIRST_ROW + count - 1, column)
    return f"{quote(sheet)}!{area}" if sheet else area


def quote(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def write_plan_sheet(worksheet: Any, styles: Styles, export: Export, rows: list[PlanRow]) -> None:
    """Write the table of initiatives; with none, its headers and a line that says so."""
    words = export.language
    headers = [words.gettext(column.header) for column in COLUMNS]
    write_title(worksheet, styles, export.engagement.setting.name, _note(export, rows))
    worksheet.set_row(HEADER_ROW, 44)
    for number, column in enumerate(COLUMNS):
        values = [row.cells[number] for row in rows[:2000]]
        width = column.width or width_of(values, header=headers[number], least=9, most=column.most)
        worksheet.set_column(number, number, width, None, {"hidden": True} if number == ID else {})
    worksheet.outline_settings(visible=True, symbols_below=False, symbols_right=False)
    worksheet.freeze_panes(FIRST_ROW, NAME + 1)
    set_print(worksheet, export, title=words.gettext(N_("Plan")), repeat_rows=(HEADER_ROW, HEADER_ROW))
    if not rows:
        for number, header in enumerate(headers):
            worksheet.write_string(HEADER_ROW, number, header, styles.header)
        worksheet.write_string(FIRST_ROW, NAME, words.gettext(N_("No initiatives yet.")), styles.note)
        return
    # The long texts at the end are for the screen: on paper they would make everything else too small to read.
    worksheet.print_area(0, 0, FIRST_ROW + len(rows) - 1, COST)
    worksheet.add_table(
        HEADER_ROW, 0, FIRST_ROW + len(rows) - 1, len(COLUMNS) - 1,
        {
            "name": TABLE, "style": "Table Style Light 1", "banded_rows": False,
            "columns": [
                {"header": header, "header_format": styles.header_at(column.side)}
                for header, column in zip(headers, COLUMNS, strict=True)
            ],
        },
    )  # fmt: skip
    _write_totals(worksheet, styles, export, rows)
    _write_rows(worksheet, styles, export, rows)
    dropped = words.gettext(STATUS_WORDS[Status.DROPPED])
    _add_rules(worksheet, styles, len(rows), yes=words.gettext(N_("yes")), dropped=dropped)


def _note(export: Export, rows: list[PlanRow]) -> str:
    words = export.language
    count = words.ngettext(*NN_("{count} initiative", "{count} initiatives"), len(rows)).format(
        count=words.number(len(rows))
    )
    told = words.gettext(N_("As of {day}")).format(day=words.date(export.today, width="long"))
    return f"{told}  ·  {count}"


def _write_totals(worksheet: Any, styles: Styles, export: Export, rows: list[PlanRow]) -> None:
    """Write, above the header, what the rows that a filter leaves add up to."""
    label = styles.of(bold=True, align="right", font_color=Role.TEXT_MUTED)
    worksheet.write_string(TOTAL_ROW, NAME, export.language.gettext(N_("Total of the rows shown")), label)
    for column, look in ((EFFORT, "#,##0"), (COST, export.money_format)):
        worksheet.write_formula(
            TOTAL_ROW, column, f"=SUBTOTAL(109,{column_range(column, len(rows))})",
            styles.of(bold=True, num_format=look), total_of(rows, column),
        )  # fmt: skip


def total_of(rows: list[PlanRow], column: int) -> float:
    """Return the sum of a column."""
    return sum(value for row in rows if isinstance(value := row.cells[column], int | float))


def _write_rows(worksheet: Any, styles: Styles, export: Export, rows: list[PlanRow]) -> None:
    looks: dict[str, dict[str, Any]] = {
        "text": {"indent": 1},  # apart from a number that ends at the column's edge
        "centred": {"align": "center"},
        "number-as-text": {"font_color": Role.TEXT_MUTED},
        "day": {"num_format": export.day_format, "align": "right"},
        # One format for whole numbers, another for the rest: optional decimals would leave a bare point ("5.").
        "number": {"num_format": "#,##0"},
        "share": {"num_format": "0%"},
        "money": {"num_format": export.money_format},
    }
    formats = [styles.of(**looks.get(column.look, {})) for column in COLUMNS]
    fraction = styles.of(num_format="#,##0.0")
    names = [styles.of(indent=depth) for depth in range(_INDENTS)]
    for count, row in enumerate(rows):
        export.steps()
        number = FIRST_ROW + count
        worksheet.set_row(number, None, None, outline_level(row.depth))
        for place, value in enumerate(row.cells):
            if place == NAME:
                write_cell(worksheet, number, place, value, names[min(row.depth, _INDENTS - 1)])
            elif place == MARGIN:
                deadline, finish = f"{_DEADLINE_LETTER}{number + 1}", f"{_FINISH_LETTER}{number + 1}"
                formula = f'=IF({deadline}="","",{deadline}-{finish})'
                worksheet.write_formula(number, place, formula, formats[place], result_of(value))
            elif isinstance(value, float) and COLUMNS[place].look == "number" and not value.is_integer():
                worksheet.write_number(number, place, value, fraction)
            else:
                write_cell(worksheet, number, place, value, formats[place])


def _add_rules(worksheet: Any, styles: Styles, count: int, *, yes: str, dropped: str) -> None:
    last = FIRST_ROW + count - 1
    first = FIRST_ROW + 1

    def rule(left: int, right: int, **options: Any) -> None:
        worksheet.conditional_format(FIRST_ROW, left, last, right, options)

    critical = styles.difference(font_color=Role.CRITICAL_LINE, bold=True)
    rule(CRITICAL, CRITICAL, type="cell", criteria="==", value=f'"{yes}"', format=critical)
    missed = styles.difference(font_color=Role.DEADLINE_MISSED, bold=True)
    # An empty margin is text, and text is more than any number: only real margins are below zero.
    rule(MARGIN, MARGIN, type="cell", criteria="<", value=0, format=missed)
    rule(
        PROGRESS, PROGRESS, type="data_bar", bar_color="#a3bff5", bar_solid=True, bar_border_color="#a3bff5",
        min_type="num", max_type="num", min_value=0, max_value=1,
    )  # fmt: skip
    # Told by the cells themselves, so that sorted and new rows look right too.
    gone = styles.difference(font_color=Role.IDLE_LINE, font_strikeout=True)
    rule(NUMBER, NAME, type="formula", criteria=f'=$C{first}="{dropped}"', format=gone)
    held = styles.difference(bold=True, bg_color=Role.LANE, bottom=4, bottom_color=Role.GRID_STRONG)
    summary = f'=AND($B{first}<>"",$H{first}="")'
    rule(NUMBER, len(COLUMNS) - 1, type="formula", criteria=summary, format=held)
    line = styles.difference(bottom=4, bottom_color=Role.GRID_STRONG)
    rule(NUMBER, len(COLUMNS) - 1, type="formula", criteria=f'=$B{first}<>""', format=line)


def first_and_last(rows: list[PlanRow]) -> tuple[date, date] | None:
    """Return the first start and the last finish of what is not dropped, or None without any."""
    shown = [row for row in rows if row.initiative.status is not Status.DROPPED]
    if not shown:
        return None
    return min(row.dates.early_start for row in shown), max(row.dates.early_finish for row in shown)
