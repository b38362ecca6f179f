"""`roadbook-cli scenario`: other plans beside the live one: made, changed, compared, and taken over whole or in part."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli_files import editing, reading, scenario_named, steps_back
from planner.cli_language import WordedGroup, WordedOption, language_of
from planner.cli_output import print_json, print_line, say
from planner.domain.errors import UserError
from planner.language import N_, Language
from planner.messages import explain
from planner.words import CONSTRAINT_WORDS, FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.analysis.overtaken import LiveValue, Overtaken
    from planner.analysis.scenario import PlanFigures
    from planner.document import Document
    from planner.domain.engagement import Engagement

_FILE: Final = click.Path(path_type=Path)
_DAY: Final = click.DateTime(formats=["%Y-%m-%d"])
_PASSED_OVER: Final = {
    "has-begun": N_("{name} has begun: its start stays."),
    "holds-others": N_("{name} holds others: its dates are theirs."),
}
"""Why a part of an override does nothing -> its words."""

_LIVE_FIELDS: Final = {
    "included": "included",
    "start": "constraint",
    "duration_days": "duration_days",
    "effort_factor": "effort",
    "change_capacity": "change_capacity",
    "change_limit": "change_limit",
}
"""Field of an override -> what it overrides, as the plan calls it."""


@click.group(cls=WordedGroup, help=N_("Try other plans beside the one in FILE, and compare them."))
def scenario() -> None:
    """Hold the verbs."""


@scenario.command("list", help=N_("List the scenarios of FILE with what they change."))
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON."))
@click.pass_context
def list_scenarios(context: click.Context, /, file: Path, *, as_json: bool) -> None:
    """List the scenarios."""
    language = language_of(context)
    with reading(file, language) as document:
        engagement = document.engagement
        changed = _overtaken(document, list(engagement.scenarios), language)
        steps = {step.number: step for step in document.history()}
    told = [_told(engagement, one, _of(one, changed)) for one in engagement.scenarios]
    if as_json:
        print_json(told)
        return
    for one in told:
        print_line(one["name"])
        for change in (*one["initiatives"], *one["teams"]):
            said = ", ".join(f"{field} {value}" for field, value in change.items() if field not in ("id", "name"))
            print_line(f"  {change['name']}: {said}")
        for name, reason in one["passed_over"]:
            say(language.gettext(_PASSED_OVER[reason]).format(name=name))
        for part in _of(one["id"], changed) or ():
            print_line(f"  {_worded_overtaken(engagement, part, steps, language)}")


@scenario.command(help=N_("Add a scenario named NAME to FILE."))
@click.argument("file", type=_FILE)
@click.argument("name")
@click.option("--description", default="", cls=WordedOption, help=N_("What it is about."))
@click.pass_context
def add(context: click.Context, /, file: Path, name: str, *, description: str) -> None:
    """Add a scenario."""
    from planner.editing.scenarios import add_scenario  # noqa: PLC0415  loaded when used

    with editing(file, language_of(context)) as document:
        document.edit(add_scenario(document.engagement, name=name, description=description))


@scenario.command(help=N_("Give the scenario NAME of FILE the name NEW; what it changes stays."))
@click.argument("file", type=_FILE)
@click.argument("name")
@click.argument("new")
@click.option("--description", cls=WordedOption, help=N_("What it is about; stays as it is where not given."))
@click.pass_context
def rename(context: click.Context, /, file: Path, name: str, new: str, *, description: str | None) -> None:
    """Rename a scenario."""
    from planner.editing import entities  # noqa: PLC0415  loaded when used

    wanted = {"name": new} if description is None else {"name": new, "description": description}
    with editing(file, language_of(context)) as document:
        engagement = document.engagement
        document.edit(entities.change(engagement, "scenarios", scenario_named(engagement, name), **wanted))


@scenario.command("set", help=N_("Change one initiative or one team in the scenario NAME; a field not given stays."))
@click.argument("file", type=_FILE)
@click.argument("name")
@click.option("--initiative", metavar="NAME", cls=WordedOption, help=N_("The initiative to change, by name or id."))
@click.option("--start", type=_DAY, metavar="DAY", cls=WordedOption, help=N_("Its first day, at the earliest."))
@click.option("--duration", "duration_days", type=float, cls=WordedOption, help=N_("Its duration in working days."))
@click.option("--effort", "effort_factor", type=float, cls=WordedOption, help=N_("What its effort is multiplied by."))
@click.option("--in/--out", "included", default=None, cls=WordedOption, help=N_("Whether it is in the plan."))
@click.option("--team", metavar="NAME", cls=WordedOption, help=N_("The team to change, by name or id."))
@click.option(
    "--capacity", "change_capacity", type=float, cls=WordedOption, help=N_("Its capacity in person-days a week.")
)
@click.option("--limit", "change_limit", type=int, cls=WordedOption, help=N_("Its change limit, initiatives at once."))
@click.pass_context
def set_override(context: click.Context, /, file: Path, name: str, **wanted: Any) -> None:
    """Change one thing."""
    from planner.editing import scenarios  # noqa: PLC0415  loaded when used

    initiative, team = wanted.pop("initiative"), wanted.pop("team")
    if isinstance(wanted["start"], datetime):
        wanted["start"] = wanted["start"].date()
    ours = (
        {"change_capacity", "change_limit"} if team is not None else wanted.keys() - {"change_capacity", "change_limit"}
    )
    fields = {field: value for field, value in wanted.items() if value is not None}
    if (initiative is None) == (team is None) or not fields or fields.keys() - ours:
        raise UserError("scenario-target")
    with editing(file, language_of(context)) as document:
        engagement = document.engagement
        scenario_id = scenario_named(engagement, name)
        if team is not None:
            team_id = _found(engagement.teams, team, "unknown-team")
            document.edit(scenarios.override_team(engagement, scenario_id, team_id, **fields))
        else:
            initiative_id = _found(engagement.initiatives, initiative, "unknown-initiative")
            document.edit(scenarios.override_initiative(engagement, scenario_id, initiative_id, **fields))


@scenario.command(help=N_("Compare the plan of FILE and its scenarios, or the ones named."))
@click.argument("file", type=_FILE)
@click.argument("names", nargs=-1)
@click.option(
    "--on", type=_DAY, multiple=True, metavar="DAY", cls=WordedOption,
    help=N_("A day on which to compare worth and maturity; the last day of the live plan where none is given."),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON."))
@click.pass_context
def compare(
    context: click.Context, /, file: Path, names: tuple[str, ...], *, on: tuple[datetime, ...], as_json: bool
) -> None:
    """Compare plans."""
    from planner.analysis.scenario import compare as compute  # noqa: PLC0415  loaded when used
    from planner.analysis.schedule import schedule  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) as document:
        engagement = document.engagement
        wanted = [scenario_named(engagement, one) for one in names] or list(engagement.scenarios)
        changed = _overtaken(document, wanted, language)
        steps = {step.number: step for step in document.history()}
    last = max((one.early_finish for one in schedule(engagement).dates.values()), default=engagement.first_day)
    found = compute(engagement, wanted, [day.date() for day in on] or [last])
    if as_json:
        print_json([_figures(engagement, one, _of(one.scenario_id, changed)) for one in found])
        return
    for one in found:
        _print(engagement, one, language)
        for part in _of(one.scenario_id, changed) or ():
            print_line(f"  {_worded_overtaken(engagement, part, steps, language)}")


@scenario.command(help=N_("Take the scenario NAME over into the plan of FILE, whole or only what is named."))
@click.argument("file", type=_FILE)
@click.argument("name")
@click.option(
    "--only", multiple=True, metavar="NAME", cls=WordedOption,
    help=N_("An initiative or team of which to take the changes over, leaving the others in the scenario."),
)  # fmt: skip
@click.pass_context
def promote(context: click.Context, /, file: Path, name: str, *, only: tuple[str, ...]) -> None:
    """Promote a scenario."""
    from planner.domain.overrides import overrides_of  # noqa: PLC0415  loaded when used
    from planner.editing import scenarios  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with editing(file, language) as document:
        engagement = document.engagement
        scenario_id = scenario_named(engagement, name)
        held = overrides_of(engagement, scenario_id)
        chosen = {one.id for one in held for wanted in only if wanted in _names_of(engagement, one)}
        steps = {step.number: step for step in document.history()}
        for part in _overtaken(document, [scenario_id], language) or ():
            if not only or part.override.id in chosen:
                say(_worded_overtaken(engagement, part, steps, language))
        document.edit(scenarios.promote(engagement, scenario_id, only=chosen if only else None))


@scenario.command(help=N_("Remove the scenario NAME from FILE; the plan stays as it is."))
@click.argument("file", type=_FILE)
@click.argument("name")
@click.pass_context
def remove(context: click.Context, /, file: Path, name: str) -> None:
    """Remove a scenario."""
    from planner.editing import entities  # noqa: PLC0415  loaded when used

    with editing(file, language_of(context)) as document:
        engagement = document.engagement
        document.edit(entities.remove(engagement, "scenarios", [scenario_named(engagement, name)]))


def _found(held: Any, name: str, code: str) -> str:
    found = [one.id for one in held.values() if name in (one.id, one.name)]
    if not found:
        raise UserError(code, name=name)
    if len(found) > 1 and name not in held:
        raise UserError("initiative-ambiguous", name=name)
    return name if name in held else str(found[0])


def _names_of(engagement: Engagement, override: Any) -> tuple[str, str]:
    held: Any = (
        engagement.teams[override.team_id]
        if hasattr(override, "team_id")
        else engagement.initiatives[override.initiative_id]
    )
    return held.id, held.name


def _overtaken(document: Document, scenario_ids: Sequence[str], language: Language) -> tuple[Overtaken, ...] | None:
    """Return what the plan changed under scenarios; None, which is said, where the history cannot tell."""
    from planner.analysis.overtaken import overtaken  # noqa: PLC0415  loaded when used

    try:
        return overtaken(document.engagement, scenario_ids, steps_back(document))
    except UserError as error:
        say(explain(error, language))
        say(language.gettext(N_("Whether the plan has changed under a scenario is not known.")))
        return None


def _of(scenario_id: str | None, changed: Sequence[Overtaken] | None) -> list[Overtaken] | None:
    return None if changed is None else [one for one in changed if one.override.scenario_id == scenario_id]


def _worded_overtaken(engagement: Engagement, one: Overtaken, steps: Any, language: Language) -> str:
    from planner.step_labels import describe  # noqa: PLC0415  loaded when used

    step = steps[one.changed_in]
    words = N_("{name}: {field} was {then} when this was set, and is {now} since {day}: {step}")
    return language.gettext(words).format(
        name=_names_of(engagement, one.override)[1],
        field=language.gettext(FIELD_WORDS[_LIVE_FIELDS[one.field]]),
        then=_worded_value(one.then, language),
        now=_worded_value(one.now, language),
        day=language.date(step.at.astimezone().date()),
        step=describe(step.label, language),
    )


def _worded_value(value: LiveValue, language: Language) -> str:
    if isinstance(value, bool):
        return language.gettext(N_("yes") if value else N_("no"))
    if isinstance(value, tuple):
        kind, day = value
        word = language.gettext(CONSTRAINT_WORDS[kind]).lower()
        return word if day is None else f"{word} {language.date(day)}"
    return language.number(value, decimals=2)


def _told_overtaken(engagement: Engagement, one: Overtaken) -> dict[str, Any]:
    def plain(value: LiveValue) -> Any:
        return [value[0].value, _plain(value[1])] if isinstance(value, tuple) else value

    held_id, name = _names_of(engagement, one.override)
    return {
        "id": held_id,
        "name": name,
        "field": _LIVE_FIELDS[one.field],
        "then": plain(one.then),
        "now": plain(one.now),
        "set_in": one.set_in,
        "changed_in": one.changed_in,
    }


def _told(engagement: Engagement, scenario_id: str, changed: Sequence[Overtaken] | None) -> dict[str, Any]:
    from planner.domain.overrides import overridden, overrides_of  # noqa: PLC0415  loaded when used

    one = engagement.scenarios[scenario_id]
    held = overrides_of(engagement, scenario_id)
    by_id = {override.id: override for override in held}

    def fields(override: Any) -> dict[str, Any]:
        held_id, name = _names_of(engagement, override)
        says = ("included", "start", "duration_days", "effort_factor", "change_capacity", "change_limit")
        values = {field: getattr(override, field, None) for field in says}
        return {
            "id": held_id,
            "name": name,
            **{field: _plain(value) for field, value in values.items() if value is not None},
        }

    return {
        "id": one.id,
        "name": one.name,
        "description": one.description,
        "initiatives": [fields(override) for override in held if hasattr(override, "initiative_id")],
        "teams": [fields(override) for override in held if hasattr(override, "team_id")],
        "passed_over": [
            [_names_of(engagement, by_id[override_id])[1], reason.value]
            for override_id, reason in overridden(engagement, scenario_id).passed_over
        ],
        "overtaken": None if changed is None else [_told_overtaken(engagement, part) for part in changed],
    }


def _figures(engagement: Engagement, one: PlanFigures, changed: Sequence[Overtaken] | None) -> dict[str, Any]:
    return {
        "scenario": None if one.scenario_id is None else engagement.scenarios[one.scenario_id].name,
        "finish": _plain(one.finish),
        "worth": one.worth,
        "worth_by": {day.isoformat(): worth for day, worth in one.worth_by.items()},
        "peak_share": one.peak_share,
        "peak_team": one.peak_team_id,
        "over_weeks": one.over_weeks,
        "maturity": {day.isoformat(): score for day, score in one.maturity.items()},
        "moved": list(one.moved),
        "left_out": list(one.left_out),
        "brought_in": list(one.brought_in),
        "overtaken": None if changed is None else [_told_overtaken(engagement, part) for part in changed],
    }


def _print(engagement: Engagement, one: PlanFigures, language: Language) -> None:
    live = language.gettext(N_("The plan as it is"))
    print_line(live if one.scenario_id is None else engagement.scenarios[one.scenario_id].name)
    share = "-" if one.peak_share is None else language.percent(one.peak_share)
    team = "-" if one.peak_team_id is None else engagement.teams[one.peak_team_id].name
    lines = [
        N_("  ends {finish}; worth {worth} in all"),
        N_("  peak load {share} ({team}); {over} team-weeks over capacity or limit"),
        N_("  {moved} moved, {left_out} left out, {brought_in} brought in"),
    ]
    values = {
        "finish": "-" if one.finish is None else language.date(one.finish),
        "worth": language.number(one.worth, decimals=1),
        "share": share,
        "team": team,
        "over": language.number(one.over_weeks, decimals=0),
        "moved": language.number(len(one.moved), decimals=0),
        "left_out": language.number(len(one.left_out), decimals=0),
        "brought_in": language.number(len(one.brought_in), decimals=0),
    }
    for line in lines:
        print_line(language.gettext(line).format(**values))
    for day, worth in one.worth_by.items():
        score = one.maturity[day]
        text = language.gettext(N_("  by {day}: worth {worth} delivered, maturity {score}"))
        maturity = "-" if score is None else language.percent(score)
        print_line(text.format(day=language.date(day), worth=language.number(worth, decimals=1), score=maturity))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
