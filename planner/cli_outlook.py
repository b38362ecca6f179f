"""`roadbook-cli risk` and `project`: how sure the plan's dates are, and where it leads.

Computed by `planner.analysis`; here it is put into words, tables and JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from planner.cli_files import planned_as, reading
from planner.cli_language import NumberRange, WordedCommand, WordedOption, language_of
from planner.cli_outlook_told import WHOLE, driver_name, told_outlook, told_projection
from planner.cli_output import print_json, print_line, print_table
from planner.cli_parts import teams_named, teams_within
from planner.cli_progress import watched
from planner.domain.errors import UserError
from planner.domain.settings import RollUp
from planner.language import N_, NN_, Language

if TYPE_CHECKING:
    from planner.analysis.forecast import ForecastReview
    from planner.analysis.level_dates import LevelForecast
    from planner.analysis.projection import Projection
    from planner.analysis.risk.outlook import Driver, FinishForecast, Outlook, Portion
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
_CORRELATION_OPTION: Final = click.option(
    "--correlation", type=NumberRange(0, 1), default=0.0, cls=WordedOption,
    help=N_("How much durations vary together, from 0 (each on its own, unless told) to 1."),
)  # fmt: skip
_SCENARIO_OPTION: Final = click.option(
    "--scenario", metavar="NAME", cls=WordedOption, help=N_("A scenario of FILE, instead of the plan as it is.")
)
_WITHIN_OPTION: Final = click.option(
    "--within", type=click.Choice(["team", "programme"]), default="team", cls=WordedOption,
    help=N_("Whose durations vary together: those of a team, unless told, or of a programme."),
)  # fmt: skip
_DRIVERS_TOLD: Final = 10

_TOGETHER_WORDS: Final = {
    "team": N_("{drawn}, durations of a team correlated by {rho}."),
    "programme": N_("{drawn}, durations of a programme correlated by {rho}."),
}
_DELIVERY_WORDS: Final = {
    "delivered": N_("delivered"),
    "under-delivered": N_("fell short"),
    "regressed": N_("regressed"),
    "not-assessed": N_("not assessed since"),
    "unforeseen": N_("gained, and nobody had promised it"),
}


@click.command(cls=WordedCommand, help=N_("Draw the plan in FILE thousands of times: how sure its dates are."))
@click.argument("file", type=_FILE)
@_DRAWS_OPTION
@_SEED_OPTION
@_CORRELATION_OPTION
@_WITHIN_OPTION
@_SCENARIO_OPTION
@_JSON_OPTION
@click.pass_context
def risk(
    context: click.Context, file: Path, *, draws: int, seed: int, correlation: float, within: str, scenario: str | None, as_json: bool
) -> None:  # fmt: skip
    """Print the days 50, 80 and 95 % of draws keep, what is critical how often, and what drives the end."""
    language = language_of(context)
    engagement = _read(file, language, scenario)
    outlook = _simulated(engagement, _Asked(draws, seed, correlation, within), language)
    if as_json:
        print_json(told_outlook(engagement, outlook))
        return
    if outlook.plan is None:
        print_line(language.gettext(N_("There is no initiative in the plan.")))
        return
    titles = (N_("planned"), "P50", "P80", "P95", N_("critical"), N_("on time"))
    rows = [(*map(language.gettext, titles), "")]
    rows.append(_dates_row(outlook.plan, language.gettext(N_("The whole plan")), language))
    for initiative, depth in engagement.outline():
        forecast = outlook.initiatives.get(initiative.id)
        if forecast is not None:
            rows.append(_dates_row(forecast, "  " * depth + initiative.name, language))
    print_table(rows)
    for driver in outlook.drivers[:_DRIVERS_TOLD]:
        print_line(_worded_driver(engagement, driver, language))
    print_line(_worded_drawing(outlook, language))


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
@click.option(
    "--baseline", metavar="NAME", cls=WordedOption,
    help=N_("With --review: what the plan foresaw when this baseline was taken, by name or id."),
)  # fmt: skip
@_DRAWS_OPTION
@_SEED_OPTION
@_CORRELATION_OPTION
@_WITHIN_OPTION
@_SCENARIO_OPTION
@_JSON_OPTION
@click.pass_context
def project(  # noqa: PLR0913  one a option
    context: click.Context, file: Path, *, on: datetime, part: str | None, review: bool, baseline: str | None,
    draws: int, seed: int, correlation: float, within: str, scenario: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Print projected roll-ups, when each level is reached, and on request forecast against actual."""
    from planner.analysis.level_dates import LevelWatch  # noqa: PLC0415  loaded when used
    from planner.analysis.projection import project as compute  # noqa: PLC0415  loaded when used
    from planner.analysis.schedule import schedule  # noqa: PLC0415  loaded when used

    language = language_of(context)
    if baseline is not None and not review:
        raise UserError("review-without")
    engagement = _read(file, language, scenario)
    day = on.date()
    teams = teams_named(engagement, part)
    finishes = {key: dates.early_finish for key, dates in schedule(engagement).dates.items()}
    reviewed = _review(engagement, _foreseen(engagement, baseline, finishes), day) if review else None
    found = compute(engagement, finishes, on=day, team_ids=teams)
    watch = LevelWatch(engagement, _parts(engagement, teams))
    asked = _Asked(draws, seed, correlation, within)
    levels = watch.forecasts(_simulated(engagement, asked, language, watch=watch.see))
    if as_json:
        print_json(told_projection(engagement, found, levels, reviewed))
        return
    _print_projection(engagement, found, levels, language)
    for level in levels[WHOLE]:
        print_line(_worded_level(engagement, level, language))
    if reviewed is not None:
        _print_review(engagement, reviewed, language)


class _Asked(NamedTuple):
    """How a plan is to be drawn."""

    draws: int
    seed: int
    correlation: float
    within: str


def _read(file: Path, language: Language, scenario: str | None) -> Engagement:
    with reading(file, language) as document:
        return planned_as(document.engagement, scenario)


def _simulated(
    engagement: Engagement, asked: _Asked, language: Language, *, watch: Callable[[Portion], None] | None = None
) -> Outlook:
    from planner.analysis.risk.outlook import Correlation, Within  # noqa: PLC0415  loaded when used
    from planner.analysis.risk.simulation import simulate  # noqa: PLC0415  loaded when used

    correlation = Correlation(rho=asked.correlation, within=Within(asked.within))
    with watched(language.gettext(N_("Drawing the plan"))) as progress:
        return simulate(
            engagement,
            draws=asked.draws,
            seed=asked.seed,
            correlation=correlation,
            watch=watch,
            progress=progress,
        )


# Risk


def _dates_row(forecast: FinishForecast, name: str, language: Language) -> tuple[str, ...]:
    days = (forecast.planned, forecast.p50, forecast.p80, forecast.p95)
    on_time = "" if forecast.on_time is None else language.percent(forecast.on_time)
    return (*(language.date(day) for day in days), language.percent(forecast.criticality), on_time, name)


def _worded_drawing(outlook: Outlook, language: Language) -> str:
    """Return how the plan was drawn, so that whoever reads the dates can draw it again."""
    draws = NN_("{count} course drawn with seed {seed}", "{count} courses drawn with seed {seed}")
    told = language.ngettext(*draws, outlook.draws).format(
        count=language.number(outlook.draws, decimals=0), seed=outlook.seed
    )
    pattern = N_("{drawn}, every duration on its own.")
    held = outlook.correlation
    if held is not None:
        pattern = _TOGETHER_WORDS[held.within.value]
    rho = "" if held is None else language.number(held.rho, decimals=2)
    return language.gettext(pattern).format(drawn=told, rho=rho)


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


# Projection


def _parts(engagement: Engagement, teams: Collection[str] | None) -> dict[str, Collection[str] | None]:
    """Return whose levels are asked for: all teams in view together, each of them, and each unit where all are."""
    found: dict[str, Collection[str] | None] = {WHOLE: teams}
    found |= {team_id: (team_id,) for team_id in (engagement.teams if teams is None else teams)}
    if teams is None:
        found |= {unit_id: held for unit_id in engagement.units if (held := teams_within(engagement, unit_id))}
    return found


def _foreseen(engagement: Engagement, baseline: str | None, finishes: Mapping[str, date]) -> Mapping[str, date]:
    """Return the finishes a review is held against: the plan's, or those of a baseline, by name or id."""
    if baseline is None:
        return finishes
    held = sorted(engagement.baselines.values(), key=lambda one: one.taken_on, reverse=True)
    for one in held:
        if baseline in (one.id, one.name):
            return {entry.initiative_id: entry.finish for entry in one.entries}
    raise UserError("no-such-baseline", name=baseline)


def _review(engagement: Engagement, finishes: Mapping[str, date], on: date) -> ForecastReview:
    from planner.analysis.forecast import review_forecast  # noqa: PLC0415  loaded when used

    held = [one for one in engagement.assessments.values() if one.held_on <= on]
    held.sort(key=lambda one: (one.held_on, one.id))
    if len(held) < 2:
        raise UserError("review-needs-two")
    return review_forecast(engagement, finishes, before_id=held[-2].id, after_id=held[-1].id)


def _print_projection(
    engagement: Engagement, found: Projection, levels: Mapping[str, tuple[LevelForecast, ...]], language: Language
) -> None:
    titles = (N_("mean"), N_("floor"), N_("level held"), N_("cells"), N_("next level"))
    rows = [(*map(language.gettext, titles), "")]
    ahead = {part: _worded_next(engagement, held, language) for part, held in levels.items()}
    rows.append(_tally_row(found.whole, ahead[WHOLE], language.gettext(N_("All of them")), language))
    units = [unit for unit in engagement.units.values() if unit.id in ahead]
    rows += [_tally_row(found.units[unit.id], ahead[unit.id], unit.name, language) for unit in units]
    rows += [
        _tally_row(tally, ahead[team_id], engagement.teams[team_id].name, language)
        for team_id, tally in found.teams.items()
    ]
    rows += [_tally_row(tally, "", engagement.practices[one].name, language) for one, tally in found.practices.items()]
    print_table(rows)


def _worded_next(engagement: Engagement, levels: tuple[LevelForecast, ...], language: Language) -> str:
    """Return the first level that is not held yet, with the quarters of its P50 and P80; nothing where none is ahead."""
    ahead = next((level for level in levels if not level.held_now), None)
    if ahead is None:
        return ""
    if ahead.p50 is None:
        return language.gettext(N_("{level}: not reached")).format(level=ahead.level)
    return f"{ahead.level}: {_quarters(engagement, ahead, language)}"


def _tally_row(tally: Tally, ahead: str, name: str, language: Language) -> tuple[str, ...]:
    mean, floor, gate = (tally.value(method) for method in (RollUp.MEAN, RollUp.FLOOR, RollUp.GATE))
    left_out = sum(tally.left_out.values())
    return (
        "–" if mean is None else language.percent(mean),
        "–" if floor is None else language.percent(floor),
        "–" if gate is None else language.number(gate, decimals=0),
        f"{tally.used}/{tally.used + left_out}",
        ahead,
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
    pattern = N_("Level {level}: {quarters} (P50 {p50}, P80 {p80}, planned {planned})")
    return language.gettext(pattern).format(
        level=level.level,
        quarters=_quarters(engagement, level, language),
        p50=_day(level.p50, language),
        p80=_day(level.p80, language),
        planned=_day(level.planned, language),
    )


def _quarters(engagement: Engagement, level: LevelForecast, language: Language) -> str:
    """Return the quarters of a level's P50 and P80: "Q3 2026 to Q4 2026", or the one both lie in."""
    first, last = _quarter(engagement, level.p50, language), _quarter(engagement, level.p80, language)
    if first == last:
        return first
    return language.gettext(N_("{first} to {last}")).format(first=first, last=last)


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
        behind = ", ".join(engagement.initiatives[one].name for one in cell.initiative_ids)
        pattern_of_cell = N_("  {team}, {practice}: expected {expected}, found {found}: {what} ({names})")
        if not behind:
            pattern_of_cell = N_("  {team}, {practice}: expected {expected}, found {found}: {what}")
        print_line(
            language.gettext(pattern_of_cell).format(
                team=engagement.teams[cell.team_id].name,
                practice=engagement.practices[cell.practice_id].name,
                expected=expected,
                found=found,
                names=behind,
                what=language.gettext(_DELIVERY_WORDS[cell.delivery.value]),
            )
        )
