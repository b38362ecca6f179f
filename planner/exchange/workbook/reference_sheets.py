"""The sheets of teams and practices: what the plan and the heatmap speak of, as tables with stable ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from planner.analysis.effort import effort_of
from planner.analysis.maturity import model_of, ordered_practices, ordered_teams
from planner.charts.scene import Role
from planner.domain.initiative import Status
from planner.domain.organization import Team
from planner.domain.practice import Practice
from planner.exchange.workbook.canvas import (
    Cell,
    Export,
    Styles,
    digest_of_row,
    lines_of,
    set_print,
    width_of,
    write_cell,
    write_title,
)
from planner.language import N_
from planner.words import TOPOLOGY_WORDS

_HEADER_ROW: Final = 3
_LINE_HEIGHT: Final = 13.5
_HIGHEST_ROW: Final = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One sheet that holds one table: its last column, hidden, is the id."""

    kind: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    wrapped: tuple[int, ...] = ()

    def digests(self) -> list[tuple[str, str, str]]:
        """Return (kind, id, digest) of every row."""
        return [(self.kind, str(row[-1]), digest_of_row(row)) for row in self.rows]


def list_teams(export: Export) -> Listing:
    """Return the teams, in the order of the organization."""
    engagement, words = export.engagement, export.language
    factors = engagement.setting.readiness_factors
    rows = []
    for team in ordered_teams(engagement):
        own = engagement.referring("estimates", "team_id").get(team.id, ())
        live = [it for it in own if engagement.initiatives[it.initiative_id].status is not Status.DROPPED]
        rows.append(
            (
                team.name,
                _unit_path(export, team),
                words.gettext(TOPOLOGY_WORDS[team.topology]),
                ", ".join(engagement.groups[group_id].name for group_id in team.group_ids),
                team.headcount,
                team.readiness,
                factors[team.readiness - 1],
                team.change_capacity,
                team.change_limit,
                len(live),
                sum(effort_of(engagement, estimate) for estimate in live),
                team.description,
                team.id,
            )
        )
    return Listing(
        kind="teams",
        title=words.gettext(N_("Teams")),
        headers=(
            words.gettext(N_("Team")),
            words.gettext(N_("Unit")),
            words.gettext(N_("Topology")),
            words.gettext(N_("Groups")),
            words.gettext(N_("People")),
            words.gettext(N_("Readiness (1 to 5)")),
            words.gettext(N_("Effort factor of this readiness")),
            words.gettext(N_("Capacity for change (person-days a week)")),
            words.gettext(N_("Change limit (initiatives at once)")),
            words.gettext(N_("Initiatives in the plan")),
            words.gettext(N_("Effort in the plan, by readiness (person-days)")),
            words.gettext(N_("Description")),
            words.gettext(N_("Id")),
        ),
        rows=tuple(rows),
        empty=words.gettext(N_("No teams yet.")),
        wrapped=(11,),
    )


def list_practices(export: Export) -> Listing:
    """Return the practices of every maturity model, in the order of the models."""
    engagement, words = export.engagement, export.language
    practices = ordered_practices(engagement)
    rows = []
    for practice in practices:
        theme = engagement.themes[practice.theme_id]
        model = engagement.models[model_of(engagement, practice)]
        rows.append(
            (
                f"{model.name} {model.version}".strip(),
                engagement.dimensions[theme.dimension_id].name,
                theme.name,
                practice.name,
                practice.level,
                practice.usefulness,
                practice.knowledge_difficulty,
                practice.time_difficulty,
                practice.resources_difficulty,
                practice.weight,
                practice.description,
                _prerequisites(export, practice),
                practice.id,
            )
        )
    return Listing(
        kind="practices",
        title=words.gettext(N_("Practices")),
        headers=(
            words.gettext(N_("Model")),
            words.gettext(N_("Dimension")),
            words.gettext(N_("Theme")),
            words.gettext(N_("Practice")),
            words.gettext(N_("Level")),
            words.gettext(N_("Usefulness")),
            words.gettext(N_("Difficulty: knowledge")),
            words.gettext(N_("Difficulty: time")),
            words.gettext(N_("Difficulty: resources")),
            words.gettext(N_("Weight")),
            words.gettext(N_("Description")),
            words.gettext(N_("Builds on (minimum score)")),
            words.gettext(N_("Id")),
        ),
        rows=tuple(rows),
        empty=words.gettext(N_("No practices yet: import a maturity model.")),
        wrapped=(3, 10, 11),
    )


def write_listing(worksheet: Any, styles: Styles, export: Export, listing: Listing) -> None:
    """Write a sheet that holds one table; without rows, its headers and a line that says so."""
    write_title(worksheet, styles, listing.title, export.engagement.setting.name)
    worksheet.set_row(_HEADER_ROW, 44)
    last = len(listing.headers) - 1
    widths = []
    for column, header in enumerate(listing.headers):
        values = [row[column] for row in listing.rows[:2000]]
        widths.append(width_of(values, header=header, most=44 if column in listing.wrapped else 58))
        worksheet.set_column(column, column, widths[-1], None, {"hidden": True} if column == last else {})
    worksheet.freeze_panes(_HEADER_ROW + 1, 1)
    set_print(worksheet, export, title=listing.title, repeat_rows=(_HEADER_ROW, _HEADER_ROW))
    if not listing.rows:
        for column, header in enumerate(listing.headers):
            worksheet.write_string(_HEADER_ROW, column, header, styles.header)
        worksheet.write_string(_HEADER_ROW + 1, 0, listing.empty, styles.note)
        return
    worksheet.add_table(
        _HEADER_ROW, 0, _HEADER_ROW + len(listing.rows), last,
        {
            "name": listing.kind.capitalize(), "style": "Table Style Light 1", "banded_rows": False,
            "columns": [
                {"header": header, "header_format": styles.header_at(_side_of(listing, column))}
                for column, header in enumerate(listing.headers)
            ],
        },
    )  # fmt: skip
    line = {"bottom": 4, "bottom_color": Role.GRID_STRONG, "valign": "top"}
    plain, wrapped, centred = styles.of(**line), styles.of(**line, text_wrap=True), styles.of(**line, align="center")
    for number, row in enumerate(listing.rows, start=_HEADER_ROW + 1):
        lines = max(lines_of(text, widths[it]) for it in listing.wrapped if isinstance(text := row[it] or "", str))
        worksheet.set_row(number, min(_LINE_HEIGHT * lines + 2, _HIGHEST_ROW))
        for column, value in enumerate(row):
            style = wrapped if column in listing.wrapped else plain if isinstance(value, str) else centred
            if value is None or value == "":
                worksheet.write_blank(number, column, None, style)
            else:
                write_cell(worksheet, number, column, value, style)


def _side_of(listing: Listing, column: int) -> str:
    """Return where a column stands: numbers in the middle."""
    values = [row[column] for row in listing.rows if row[column] not in (None, "")]
    return "center" if values and not any(isinstance(value, str) for value in values) else "left"


def _unit_path(export: Export, team: Team) -> str:
    names: list[str] = []
    unit_id: str | None = team.unit_id
    while unit_id is not None:
        unit = export.engagement.units[unit_id]
        names.append(unit.name)
        unit_id = unit.parent_id
    return " › ".join(reversed(names))


def _prerequisites(export: Export, practice: Practice) -> str:
    engagement, words = export.engagement, export.language
    return "; ".join(
        f"{engagement.practices[it.required_practice_id].name} ({words.percent(it.minimum_score)})"
        for it in engagement.referring("prerequisites", "practice_id").get(practice.id, ())
    )
