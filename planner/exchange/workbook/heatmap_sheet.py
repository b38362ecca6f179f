"""The maturity heatmap: practices down, teams across, scores on a colour scale, what is not a score set apart.

Every roll-up is named beside its number and says how many cells it counted. Means and floors are formulas over the
cells, so that a score corrected in the sheet shows its effect; the level held is a rule of several steps and a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from planner.analysis.maturity import Cell as Standing
from planner.analysis.maturity import Heatmap, RolledUp, heatmap, roll_up
from planner.charts.scene import Role
from planner.domain.assessment import AnswerState
from planner.domain.settings import RollUp
from planner.exchange.workbook.canvas import Export, Styles, fit, set_print, width_of, write_title
from planner.language import N_
from planner.words import ANSWER_STATE_WORDS, ROLL_UP_WORDS

_HEADER_ROW: Final = 4
_ROLL_UP_ROW: Final = 5
_ROLL_UPS: Final = (RollUp.MEAN, RollUp.FLOOR, RollUp.GATE)
_COUNTED_ROW: Final = _ROLL_UP_ROW + len(_ROLL_UPS)
_LEFT_OUT_ROW: Final = _COUNTED_ROW + 1
_FIRST_ROW: Final = _LEFT_OUT_ROW + 1
_THEME, _PRACTICE, _LEVEL, _WEIGHT, _FIRST_TEAM = 0, 1, 2, 3, 4
_LOW, _MIDDLE, _HIGH = "#f6b48f", "#fbf8f3", "#a3bff5"

_STATE_SIGNS: Final = {
    AnswerState.UNANSWERED: N_("?"),
    AnswerState.NOT_APPLICABLE: N_("n/a"),
    AnswerState.OUTSIDE_OUR_CONTROL: N_("out"),
}
"""What a cell of the heatmap shows in place of a score."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells of the heatmap stand."""

    practices: int
    teams: int

    @property
    def last_row(self) -> int:
        return _FIRST_ROW + self.practices - 1

    @property
    def last_team(self) -> int:
        return _FIRST_TEAM + self.teams - 1


def write_heatmap_sheet(worksheet: Any, styles: Styles, export: Export) -> None:
    """Write the latest assessment as a heatmap; without practices or teams, a line that says what is missing."""
    words = export.language
    found = heatmap(export.engagement)
    title = words.gettext(N_("Maturity"))
    set_print(worksheet, export, title=title, repeat_rows=(_HEADER_ROW, _HEADER_ROW))
    if found.assessment is None or not found.practices or not found.teams:
        write_title(worksheet, styles, title, words.gettext(N_("No assessment yet.")))
        return
    held = words.date(found.assessment.held_on, width="long")
    note = words.gettext(N_("{assessment}, held on {day}")).format(assessment=found.assessment.name, day=held)
    write_title(worksheet, styles, title, note)
    _write_legend(worksheet, styles, export)
    grid = _Grid(len(found.practices), len(found.teams))
    _write_headers(worksheet, styles, export, found, grid)
    _write_roll_ups(worksheet, styles, export, found, grid)
    _write_cells(worksheet, styles, export, found, grid)
    worksheet.conditional_format(
        _FIRST_ROW, _FIRST_TEAM, grid.last_row, grid.last_team + 1,
        {
            "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num",
            "min_value": 0, "mid_value": 0.5, "max_value": 1,
            "min_color": _LOW, "mid_color": _MIDDLE, "max_color": _HIGH,
        },
    )  # fmt: skip
    worksheet.freeze_panes(_FIRST_ROW, _FIRST_TEAM)


def _cell_style(styles: Styles, state: AnswerState) -> Any:
    line = {"border": 1, "border_color": "#ffffff", "align": "center"}
    if state is AnswerState.ANSWERED:
        return styles.of(**line, num_format="0%")
    if state is AnswerState.DECLINED:
        # A sign of its own beside the score, for it counts although nobody works on it.
        return styles.of(**line, num_format='0%" ×"', italic=True, font_color=Role.TEXT_MUTED)
    shade = {"bg_color": "#e6e9ee", "font_color": Role.TEXT_MUTED}
    if state is AnswerState.UNANSWERED:
        shade = {"font_color": Role.TEXT_MUTED, "pattern": 18, "fg_color": "#cdd3dc", "bg_color": "#ffffff"}
    return styles.of(**line, **shade)


def _write_legend(worksheet: Any, styles: Styles, export: Export) -> None:
    words = export.language
    worksheet.write_string(2, _THEME, words.gettext(N_("Legend")), styles.of(bold=True))
    parts = [
        f"{words.gettext(_STATE_SIGNS[state])} = {words.gettext(ANSWER_STATE_WORDS[state]).lower()}"
        for state in (AnswerState.UNANSWERED, AnswerState.NOT_APPLICABLE, AnswerState.OUTSIDE_OUR_CONTROL)
    ]
    declined = words.gettext(N_("× = declined, counted at its score"))
    left_out = words.gettext(N_("whatever is not a score is left out of every roll-up"))
    worksheet.write_string(2, _PRACTICE, "  ·  ".join([*parts, declined, left_out]), styles.note)


def _write_headers(worksheet: Any, styles: Styles, export: Export, found: Heatmap, grid: _Grid) -> None:
    words = export.language
    rotated = styles.of(
        bold=True, rotation=90, align="center", valign="bottom", font_color="#ffffff", bg_color=Role.BAR_TEXT,
        border=1, border_color=Role.GRID_STRONG, text_wrap=True,
    )  # fmt: skip
    low = styles.of(
        bold=True, valign="bottom", text_wrap=True, font_color="#ffffff", bg_color=Role.BAR_TEXT, border=1,
        border_color=Role.GRID_STRONG,
    )  # fmt: skip
    centred = styles.of(
        bold=True, align="center", valign="bottom", text_wrap=True, font_color="#ffffff", bg_color=Role.BAR_TEXT,
        border=1, border_color=Role.GRID_STRONG,
    )  # fmt: skip
    longest = max(len(team.name) for team in found.teams)
    worksheet.set_row(_HEADER_ROW, min(max(60.0, longest * 5.0 + 12), 150.0))
    themes = [export.engagement.themes[practice.theme_id].name for practice in found.practices]
    widths = (
        (N_("Theme"), width_of(themes, least=12, most=28)),
        (N_("Practice"), width_of([practice.name for practice in found.practices], least=30, most=52)),
        (N_("Level"), 7.5),
        (N_("Weight"), 7.5),
    )
    for column, (header, width) in enumerate(widths):
        worksheet.set_column(column, column, width)
        worksheet.write_string(_HEADER_ROW, column, words.gettext(header), low if column <= _PRACTICE else centred)
    worksheet.set_column(_FIRST_TEAM, grid.last_team, 8.5)
    for number, team in enumerate(found.teams):
        worksheet.write_string(_HEADER_ROW, _FIRST_TEAM + number, fit(team.name), rotated)
    for number, header in enumerate((ROLL_UP_WORDS[RollUp.MEAN], ROLL_UP_WORDS[RollUp.FLOOR], N_("Cells counted"))):
        worksheet.write_string(_HEADER_ROW, grid.last_team + 1 + number, words.gettext(header), centred)
    worksheet.set_column(grid.last_team + 1, grid.last_team + 3, 13)


def _write_roll_ups(worksheet: Any, styles: Styles, export: Export, found: Heatmap, grid: _Grid) -> None:
    """Write, for each team and for all of them, what the cells below roll up to."""
    from xlsxwriter.utility import xl_range, xl_range_abs  # noqa: PLC0415  loaded when used

    words = export.language
    label = styles.of(bold=True, bg_color=Role.LANE)
    for offset, method in enumerate(_ROLL_UPS):
        worksheet.merge_range(_ROLL_UP_ROW + offset, 0, _ROLL_UP_ROW + offset, _WEIGHT, "", label)
        worksheet.write_string(_ROLL_UP_ROW + offset, 0, words.gettext(ROLL_UP_WORDS[method]), label)
    for row, text in ((_COUNTED_ROW, N_("Cells counted")), (_LEFT_OUT_ROW, N_("Cells left out"))):
        worksheet.merge_range(row, 0, row, _WEIGHT, "", label)
        worksheet.write_string(row, 0, words.gettext(text), label)
    share = styles.of(bold=True, num_format="0%", align="center", bg_color=Role.LANE)
    whole = styles.of(num_format="0", align="center", bg_color=Role.LANE)
    weights = xl_range_abs(_FIRST_ROW, _WEIGHT, grid.last_row, _WEIGHT)
    columns: list[tuple[int, tuple[Standing, ...]]] = [
        (_FIRST_TEAM + number, found.row(team.id)) for number, team in enumerate(found.teams)
    ]
    for column, cells in columns:
        area = xl_range(_FIRST_ROW, column, grid.last_row, column)
        mean, floor, gate = (roll_up(cells, method) for method in _ROLL_UPS)
        formula = f'=IFERROR(SUMPRODUCT({weights},{area})/SUMPRODUCT({weights},--ISNUMBER({area})),"")'
        worksheet.write_formula(_ROLL_UP_ROW, column, formula, share, _value(mean))
        worksheet.write_formula(_ROLL_UP_ROW + 1, column, f'=IF(COUNT({area})=0,"",MIN({area}))', share, _value(floor))
        _write_level(worksheet, _ROLL_UP_ROW + 2, column, gate, whole)
        worksheet.write_formula(_COUNTED_ROW, column, f"=COUNT({area})", whole, mean.used)
        worksheet.write_formula(
            _LEFT_OUT_ROW, column, f"={grid.practices}-COUNT({area})", whole, len(cells) - mean.used
        )
    _write_overall(worksheet, styles, found, grid)


def _write_overall(worksheet: Any, styles: Styles, found: Heatmap, grid: _Grid) -> None:
    """Write the corner: every team and practice at once."""
    from xlsxwriter.utility import xl_range, xl_range_abs  # noqa: PLC0415  loaded when used

    area = xl_range(_FIRST_ROW, _FIRST_TEAM, grid.last_row, grid.last_team)
    weights = xl_range_abs(_FIRST_ROW, _WEIGHT, grid.last_row, _WEIGHT)
    cells = tuple(found.cells.values())
    mean, floor = roll_up(cells, RollUp.MEAN), roll_up(cells, RollUp.FLOOR)
    share = styles.of(bold=True, num_format="0%", align="center", bg_color=Role.LANE, top=2)
    whole = styles.of(num_format="0", align="center", bg_color=Role.LANE, top=2)
    # Text times a weight is an error, and what is left out is text: it counts as zero before it is multiplied.
    scored = f"IF(ISNUMBER({area}),{area},0)"
    formula = f'=IFERROR(SUMPRODUCT({weights}*{scored})/SUMPRODUCT({weights}*ISNUMBER({area})),"")'
    place = grid.last_team + 1
    worksheet.write_array_formula(_ROLL_UP_ROW, place, _ROLL_UP_ROW, place, "{" + formula + "}", share, _value(mean))
    worksheet.write_formula(_ROLL_UP_ROW, place + 1, f'=IF(COUNT({area})=0,"",MIN({area}))', share, _value(floor))
    worksheet.write_formula(_ROLL_UP_ROW, place + 2, f"=COUNT({area})", whole, mean.used)


def _write_level(worksheet: Any, row: int, column: int, gate: RolledUp, style: Any) -> None:
    if gate.value is None:
        worksheet.write_blank(row, column, None, style)
    else:
        worksheet.write_number(row, column, gate.value, style)


def _write_cells(worksheet: Any, styles: Styles, export: Export, found: Heatmap, grid: _Grid) -> None:
    from xlsxwriter.utility import xl_range  # noqa: PLC0415  loaded when used

    words = export.language
    text = styles.of()
    muted = styles.of(font_color=Role.TEXT_MUTED, align="center")
    centred = styles.of(align="center")
    share = styles.of(bold=True, num_format="0%", align="center")
    by_state = {state: _cell_style(styles, state) for state in AnswerState}
    signs = {state: words.gettext(sign) for state, sign in _STATE_SIGNS.items()}
    theme_id = None
    for number, practice in enumerate(found.practices):
        row = _FIRST_ROW + number
        if practice.theme_id != theme_id:
            theme_id = practice.theme_id
            worksheet.write_string(row, _THEME, fit(export.engagement.themes[theme_id].name), styles.of(bold=True))
        worksheet.write_string(row, _PRACTICE, fit(practice.name), text)
        if practice.level is not None:
            worksheet.write_number(row, _LEVEL, practice.level, centred)
        worksheet.write_number(row, _WEIGHT, practice.weight, muted)
        cells = found.column(practice.id)
        for offset, cell in enumerate(cells):
            score = cell.score
            if score is None:
                worksheet.write_string(row, _FIRST_TEAM + offset, signs.get(cell.state, ""), by_state[cell.state])
            else:
                worksheet.write_number(row, _FIRST_TEAM + offset, score, by_state[cell.state])
        area = xl_range(row, _FIRST_TEAM, row, grid.last_team)
        mean, floor = roll_up(cells, RollUp.MEAN), roll_up(cells, RollUp.FLOOR)
        worksheet.write_formula(row, grid.last_team + 1, f'=IFERROR(AVERAGE({area}),"")', share, _value(mean))
        worksheet.write_formula(row, grid.last_team + 2, f'=IF(COUNT({area})=0,"",MIN({area}))', share, _value(floor))
        worksheet.write_formula(row, grid.last_team + 3, f"=COUNT({area})", centred, mean.used)


def _value(rolled: RolledUp) -> float | str:
    return "" if rolled.value is None else rolled.value
