"""`roadbook-cli load`: what the plan asks of each team, week by week, and of each unit without hiding a team.

Computed by `planner.analysis.load`; here it is put into words and tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from planner.cli_files import planned_as, reading
from planner.cli_language import WordedCommand, WordedOption, language_of
from planner.cli_outlook_told import told_load
from planner.cli_output import print_json, print_line, print_table
from planner.cli_parts import teams_named
from planner.language import N_, NN_, Language

if TYPE_CHECKING:
    from planner.analysis.load import Load, LoadSpan, UnitWeek, WeekLoad
    from planner.domain.engagement import Engagement

_SPAN_WORDS: Final = {
    "over-capacity": N_("over its capacity"),
    "over-limit": N_("over its change limit"),
    "idle": N_("idle"),
}


@click.command(cls=WordedCommand, help=N_("Show what the plan in FILE asks of each team, week by week."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--of", "part", metavar="NAME", cls=WordedOption,
    help=N_("Only this unit or team, by name or id, with each of its weeks."),
)  # fmt: skip
@click.option(
    "--scenario", metavar="NAME", cls=WordedOption, help=N_("A scenario of FILE, instead of the plan as it is.")
)
@click.option("--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON."))
@click.pass_context
def load(context: click.Context, file: Path, *, part: str | None, scenario: str | None, as_json: bool) -> None:
    """Print where teams are over their capacity or limit, or idle, and the heaviest week of each unit."""
    from planner.analysis.load import spans_of, team_load  # noqa: PLC0415  loaded when used
    from planner.analysis.schedule import schedule  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) as document:
        engagement = planned_as(document.engagement, scenario)
    teams = teams_named(engagement, part)
    found = team_load(engagement, spans_of(schedule(engagement)))
    spans = [span for span in found.spans() if teams is None or span.team_id in teams]
    units = {} if teams is not None else _unit_weeks(engagement, found)
    if as_json:
        print_json(told_load(engagement, found, spans, units, teams=found.team_ids if teams is None else teams))
        return
    for span in spans:
        print_line(_worded_span(engagement, span, language))
    if not spans:
        print_line(language.gettext(N_("No team is over its capacity or its change limit, and none is idle.")))
    for unit_id, weeks in units.items():
        _print_unit(engagement, unit_id, weeks, language)
    for team_id in teams or ():
        _print_weeks(engagement, team_id, found, language)


def _unit_weeks(engagement: Engagement, found: Load) -> dict[str, tuple[UnitWeek, ...]]:
    return {unit_id: weeks for unit_id in engagement.units if (weeks := found.unit_weeks(engagement, unit_id))}


def _worded_span(engagement: Engagement, span: LoadSpan, language: Language) -> str:
    pattern = NN_(
        "{team}: {what} for {count} week from {week}, {share} of capacity, {at_once} at once (limit {limit}): {names}",
        "{team}: {what} for {count} weeks from {week}, up to {share} of capacity, {at_once} at once (limit {limit}): {names}",
    )
    if span.kind.value == "idle":
        pattern = NN_("{team}: {what} for {count} week from {week}", "{team}: {what} for {count} weeks from {week}")
    return language.ngettext(*pattern, span.weeks).format(
        team=engagement.teams[span.team_id].name,
        what=language.gettext(_SPAN_WORDS[span.kind.value]),
        count=language.number(span.weeks, decimals=0),
        week=language.date(span.first_week),
        share=_share(span.peak_share, language),
        at_once=language.number(span.peak_at_once, decimals=0),
        limit=language.number(span.limit, decimals=0),
        names=", ".join(engagement.initiatives[one].name for one in span.initiative_ids),
    )


def _print_unit(engagement: Engagement, unit_id: str, weeks: tuple[UnitWeek, ...], language: Language) -> None:
    """Print a unit's heaviest week, and every team in it that is over in any week."""
    heaviest = max(weeks, key=lambda week: float("inf") if week.share is None else week.share)
    pattern = N_("{unit}: at most {share} of capacity, in the week of {week}; most of it on {team}, {worst}")
    print_line(
        language.gettext(pattern).format(
            unit=engagement.units[unit_id].name,
            share=_share(heaviest.share, language),
            week=language.date(heaviest.week),
            team=engagement.teams[heaviest.worst_team_id].name,
            worst=_share(heaviest.worst_share, language),
        )
    )
    over: dict[str, int] = {}
    for week in weeks:
        for team_id in week.over_team_ids:
            over[team_id] = over.get(team_id, 0) + 1
    for team_id, count in over.items():
        told = NN_("  {team} has too much in {count} week", "  {team} has too much in {count} weeks")
        name, number = engagement.teams[team_id].name, language.number(count, decimals=0)
        print_line(language.ngettext(*told, count).format(team=name, count=number))


def _print_weeks(engagement: Engagement, team_id: str, found: Load, language: Language) -> None:
    print_line("")
    print_line(engagement.teams[team_id].name)
    titles = (N_("week of"), N_("effort"), N_("capacity"), N_("share"), N_("at once"))
    rows = [(*map(language.gettext, titles), "")]
    rows += [_week_row(engagement, found.week_load(team_id, week), language) for week in found.weeks]
    print_table(rows)


def _week_row(engagement: Engagement, week: WeekLoad, language: Language) -> tuple[str, ...]:
    names = [engagement.initiatives[one].name for one in week.initiative_ids]
    cooling = language.gettext(N_("{name} (cooling down)"))
    names += [cooling.format(name=engagement.initiatives[one].name) for one in week.cooling_ids]
    return (
        language.date(week.week),
        language.number(week.effort, decimals=1),
        language.number(week.capacity, decimals=1),
        _share(week.share, language),
        f"{language.number(week.at_once, decimals=0)}/{language.number(week.limit, decimals=0)}",
        ", ".join(names),
    )


def _share(share: float | None, language: Language) -> str:
    """Return a share of capacity as it is; effort without any capacity has none."""
    return "∞" if share is None else language.percent(share)
