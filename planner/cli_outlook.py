"""`roadbook-cli load`, `risk` and `project`: what the plan asks of teams, how sure its dates are, where it leads.

Computed by `planner.analysis`; here it is put into words, tables and JSON.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from planner.cli_files import reading
from planner.cli_language import WordedCommand, WordedOption, language_of
from planner.cli_outlook_told import driver_name, told_load, told_outlook, told_projection
from planner.cli_output import print_json, print_line
from planner.domain.errors import UserError
from planner.domain.settings import RollUp
from planner.language import N_, NN_, Language

if TYPE_CHECKING:
    from planner.analysis.forecast import ForecastReview
    from planner.analysis.level_dates import LevelForecast
    from planner.analysis.load import LoadSpan
    from planner.analysis.projection import Projection
    from planner.analysis.risk.outlook import Driver, FinishForecast, Outlook
    from planner.analysis.standings import Tally
    from planner.domain.engagement import Engagement

_FILE: Final = click.Path(path_type=Path)
_JSON_OPTION: Final = click.option(
    "--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON.")
)
_DRAWS_OPTION: Final = click.option(
    "--draws", type=click.IntRange(1, 1_000_000), default=10_000, cls=WordedOption,
    help=N_("How many courses of the plan are drawn; 10000 unless told."),
)  # fmt: skip
_SEED_OPTION: Final = click.option(
    "--seed", type=click.IntRange(0, 2**31), default=1, cls=WordedOption,
    help=N_("The start of the random numbers: the same one gives the same answer."),
)  # fmt: skip
_DRIVERS_TOLD: Final = 10

_SPAN_WORDS: Final = {
    "over-capacity": N_("over its capacity"),
    "over-limit": N_("over its change limit"),
    "idle": N_("idle"),
}
_DELIVERY_WORDS: Final = {
    "delivered": N_("delivered"),
    "under-delivered": N_("fell short"),
    "regressed": N_("regressed"),
    "not-assessed": N_("not assessed since"),
    "unforeseen": N_("gained, and nobody had promised it"),
}


@click.command(cls=WordedCommand, help=N_("Show what the plan in FILE asks of each team, week by week."))
@click.argument("file", type=_FILE)
@_JSON_OPTION
@click.pass_context
def load(context: click.Context, file: Path, *, as_json: bool) -> None:
    """Print where teams are over their capacity or limit, or idle, and the heaviest week of each unit."""
    from planner.analysis.load import spans_of, team_load  # noqa: PLC0415  loaded when used
    from planner.analysis.schedule import schedule  # noqa: PLC0415  loaded when used

    language = language_of(context)
    engagement = _read(file, language)
    found = team_load(engagement, spans_of(schedule(engagement)))
    spans = found.spans()
    units = {unit_id: weeks for unit_id in engagement.units if (weeks := found.unit_weeks(engagement, unit_id))}
    if as_json:
        print_json(told_load(engagement, found, spans, units))
        return
    for span in spans:
        print_line(_worded_span(engagement, span, language))
    if not spans:
        print_line(language.gettext(N_("No team is over its capacity or its change limit, and none is idle.")))
    for unit_id, weeks in units.items():
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


@click.command(cls=WordedCommand, help=N_("Draw the plan in FILE thousands of times: how sure its dates are."))
@click.argument("file", type=_FILE)
@_DRAWS_OPTION
@_SEED_OPTION
@_JSON_OPTION
@click.pass_context
def risk(context: click.Context, file: Path, *, draws: int, seed: int, as_json: bool) -> None:
    """Print the days 50, 80 and 95 % of draws keep, what is critical how often, and what drives the end."""
    language = language_of(context)
    engagement = _read(file, language)
    outlook = _simulated(engagement, draws=draws, seed=seed)
    if as_json:
        print_json(told_outlook(engagement, outlook))
        return
    if outlook.plan is None:
        print_line(language.gettext(N_("There is no initiative in the plan.")))
        return
    titles = (N_("planned"), "P50", "P80", "P95", N_("critical"))
    rows = [(*map(language.gettext, titles), "")]
    rows.append(_dates_row(outlook.plan, language.gettext(N_("The whole plan")), language))
    for initiative, depth in engagement.outline():
        forecast = outlook.initiatives.get(initiative.id)
        if forecast is not None:
            rows.append(_dates_row(forecast, "  " * depth + initiative.name, language))
    _print_table(rows)
    for driver in outlook.drivers[:_DRIVERS_TOLD]:
        print_line(_worded_driver(engagement, driver, language))


@click.command(cls=WordedCommand, help=N_("Show the maturity the plan in FILE leads to by a day."))
@click.argument("file", type=_FILE)
@click.option(
    "--on", type=click.DateTime(formats=["%Y-%m-%d"]), required=True, metavar="DAY", cls=WordedOption,
    help=N_("The day to look at, such as 2026-12-31."),
)  # fmt: skip
@click.option("--of", "part", metavar="NAME", cls=WordedOption, help=N_("Only this unit or team, by name or id."))
@click.option(
    "--review", is_flag=True, cls=WordedOption,
    help=N_("Hold what the last assessment found by that day against what the one before and the plan foresaw."),
)  # fmt: skip
@_DRAWS_OPTION
@_SEED_OPTION
@_JSON_OPTION
@click.pass_context
def project(
    context: click.Context, file: Path, *, on: datetime, part: str | None, review: bool, draws: int, seed: int, as_json: bool
) -> None:  # fmt: skip
    """Print projected roll-ups, when each level is reached, and on request forecast against actual."""
    from planner.analysis.level_dates import level_dates  # noqa: PLC0415  loaded when used
    from planner.analysis.projection import project as compute  # noqa: PLC0415  loaded when used
    from planner.analysis.schedule import schedule  # noqa: PLC0415  loaded when used

    language = language_of(context)
    engagement = _read(file, language)
    day = on.date()
    dates = schedule(engagement).dates
    finishes = {initiative_id: one.early_finish for initiative_id, one in dates.items()}
    teams = _teams_named(engagement, part)
    found = compute(engagement, finishes, on=day)
    outlook = _simulated(engagement, draws=draws, seed=seed)
    levels = level_dates(engagement, outlook, team_ids=teams)
    reviewed = _review(engagement, finishes, day) if review else None
    if as_json:
        print_json(
            told_projection(
                engagement,
                found,
                levels,
                reviewed,
                teams=found.teams if teams is None else teams,
                whole=_whole(found, teams),
            )
        )
        return
    _print_projection(engagement, found, teams, language)
    for level in levels:
        print_line(_worded_level(engagement, level, language))
    if reviewed is not None:
        _print_review(engagement, reviewed, language)


def _read(file: Path, language: Language) -> Engagement:
    with reading(file, language) as document:
        return document.engagement


def _simulated(engagement: Engagement, *, draws: int, seed: int) -> Outlook:
    from planner.analysis.risk.simulation import simulate  # noqa: PLC0415  loaded when used

    return simulate(engagement, draws=draws, seed=seed)


# Load


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


def _share(share: float | None, language: Language) -> str:
    """Return a share of capacity as it is; effort without any capacity has none."""
    return "∞" if share is None else language.percent(share)


# Risk


def _dates_row(forecast: FinishForecast, name: str, language: Language) -> tuple[str, ...]:
    days = (forecast.planned, forecast.p50, forecast.p80, forecast.p95)
    return (*(language.date(day) for day in days), language.percent(forecast.criticality), name)


def _worded_driver(engagement: Engagement, driver: Driver, language: Language) -> str:
    pattern = N_("The end hangs on how long {name} takes: rank correlation {correlation}, a swing of {swing}")
    if driver.kind.value == "risk":
        pattern = N_("The end hangs on the risk {name}: rank correlation {correlation}, a swing of {swing}")
    days = NN_("{count} working day", "{count} working days")
    swing = language.number(driver.swing_days, decimals=1)
    return language.gettext(pattern).format(
        name=driver_name(engagement, driver),
        correlation=language.number(driver.rank_correlation, decimals=2),
        swing=language.ngettext(*days, driver.swing_days).format(count=swing),
    )


def _print_table(rows: list[tuple[str, ...]]) -> None:
    """Print columns as wide as their widest cell; the last one, which is a name, as it is."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print_line("  ".join((*cells, row[-1])).rstrip())


# Projection


def _teams_named(engagement: Engagement, part: str | None) -> Collection[str] | None:
    """Return the teams of a unit or the one team of that name or id; None for all. UserError "no-such-part" (name)."""
    if part is None:
        return None
    for team in engagement.teams.values():
        if part in (team.id, team.name):
            return (team.id,)
    wanted = next((unit.id for unit in engagement.units.values() if part in (unit.id, unit.name)), None)
    if wanted is None:
        raise UserError("no-such-part", name=part)
    within = [wanted]
    for unit_id in within:
        within += [unit.id for unit in engagement.subunits_of(unit_id)]
    return tuple(team.id for unit_id in within for team in engagement.teams_of(unit_id))


def _review(engagement: Engagement, finishes: Mapping[str, date], on: date) -> ForecastReview:
    from planner.analysis.forecast import review_forecast  # noqa: PLC0415  loaded when used

    held = [one for one in engagement.assessments.values() if one.held_on <= on]
    held.sort(key=lambda one: (one.held_on, one.id))
    if len(held) < 2:
        raise UserError("review-needs-two")
    return review_forecast(engagement, finishes, before_id=held[-2].id, after_id=held[-1].id)


def _whole(found: Projection, teams: Collection[str] | None) -> Tally:
    from planner.analysis.standings import Tally  # noqa: PLC0415  loaded when used

    if teams is None:
        return found.whole
    whole = Tally()
    for team_id in teams:
        whole.add(found.teams[team_id])
    return whole


def _print_projection(
    engagement: Engagement, found: Projection, teams: Collection[str] | None, language: Language
) -> None:
    titles = (N_("mean"), N_("floor"), N_("level held"), N_("cells"))
    rows = [(*map(language.gettext, titles), "")]
    rows.append(_tally_row(_whole(found, teams), language.gettext(N_("All of them")), language))
    rows += [
        _tally_row(tally, engagement.teams[team_id].name, language)
        for team_id, tally in found.teams.items()
        if teams is None or team_id in teams
    ]
    if teams is None:
        rows += [_tally_row(tally, engagement.practices[one].name, language) for one, tally in found.practices.items()]
    _print_table(rows)


def _tally_row(tally: Tally, name: str, language: Language) -> tuple[str, ...]:
    mean, floor, gate = (tally.value(method) for method in (RollUp.MEAN, RollUp.FLOOR, RollUp.GATE))
    left_out = sum(tally.left_out.values())
    return (
        "–" if mean is None else language.percent(mean),
        "–" if floor is None else language.percent(floor),
        "–" if gate is None else language.number(gate, decimals=0),
        f"{tally.used}/{tally.used + left_out}",
        name,
    )


def _worded_level(engagement: Engagement, level: LevelForecast, language: Language) -> str:
    if level.held_now:
        return language.gettext(N_("Level {level}: held already")).format(level=level.level)
    if level.p50 is None:
        missing = NN_(
            "Level {level}: not reached; {count} answer is not lifted as far as it asks",
            "Level {level}: not reached; {count} answers are not lifted as far as it asks",
        )
        return language.ngettext(*missing, level.missing).format(level=level.level, count=level.missing)
    first, last = _quarter(engagement, level.p50, language), _quarter(engagement, level.p80, language)
    pattern = N_("Level {level}: {first} to {last} (P50 {p50}, P80 {p80}, planned {planned})")
    if first == last:
        pattern = N_("Level {level}: {first} (P50 {p50}, P80 {p80}, planned {planned})")
    return language.gettext(pattern).format(
        level=level.level,
        first=first,
        last=last,
        p50=_day(level.p50, language),
        p80=_day(level.p80, language),
        planned=_day(level.planned, language),
    )


def _quarter(engagement: Engagement, day: date | None, language: Language) -> str:
    from planner.analysis.level_dates import fiscal_quarter  # noqa: PLC0415  loaded when used
    from planner.charts.time_axis import Scale, TickUnit, tick_labels  # noqa: PLC0415  loaded when used

    if day is None:
        return language.gettext(N_("not foreseen"))
    scale = Scale(TickUnit.QUARTER, begins=engagement.setting.fiscal_year_start_month)
    return tick_labels(fiscal_quarter(engagement, day).first_day, scale, language)[0]


def _day(day: date | None, language: Language) -> str:
    return "–" if day is None else language.date(day)


def _print_review(engagement: Engagement, reviewed: ForecastReview, language: Language) -> None:
    pattern = NN_(
        "{name}: {what} ({delivered} of {count} answer as promised)",
        "{name}: {what} ({delivered} of {count} answers as promised)",
    )
    for one in reviewed.initiatives:
        count = one.delivered + one.under_delivered + one.regressed + one.not_assessed
        print_line(
            language.ngettext(*pattern, count).format(
                name=engagement.initiatives[one.initiative_id].name,
                what=language.gettext(_DELIVERY_WORDS[one.delivery.value]),
                delivered=one.delivered,
                count=count,
            )
        )
    for cell in reviewed.cells:
        found = "–" if cell.found is None else language.percent(cell.found)
        expected = "–" if cell.expected is None else language.percent(cell.expected)
        print_line(
            language.gettext(N_("  {team}, {practice}: expected {expected}, found {found}: {what}")).format(
                team=engagement.teams[cell.team_id].name,
                practice=engagement.practices[cell.practice_id].name,
                expected=expected,
                found=found,
                what=language.gettext(_DELIVERY_WORDS[cell.delivery.value]),
            )
        )
