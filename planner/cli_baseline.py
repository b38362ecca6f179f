"""`roadbook-cli baseline`: copies of the plan's dates with the reason they were taken, and what moved since."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli_files import editing, reading
from planner.cli_language import WordedGroup, WordedOption, language_of
from planner.cli_output import print_json, print_line
from planner.domain.errors import UserError
from planner.language import N_, NN_, Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.analysis.variance import Cause, Variance
    from planner.document import Document, HistoryStep
    from planner.domain.changes import Changes
    from planner.domain.engagement import Engagement
    from planner.domain.scenario import Baseline

_FILE: Final = click.Path(path_type=Path)
_DAY: Final = click.DateTime(formats=["%Y-%m-%d"])
_CAUSES: Final = {
    "itself": N_("{text}; since {day}: {step}"),
    "link": N_("{text}; by its link with {others} since {day}: {step}"),
    "predecessor": N_("{text}; pushed by {others} since {day}: {step}"),
    "holder": N_("{text}; held by {others} since {day}: {step}"),
    "calendar": N_("{text}; by other working days since {day}: {step}"),
    "plan": N_("{text}; with the plan since {day}: {step}"),
}
"""What moved an initiative -> its words."""


@click.group(cls=WordedGroup, help=N_("Keep copies of the dates of FILE, and say what moved since."))
def baseline() -> None:
    """Hold the verbs."""


@baseline.command(help=N_("Take a baseline of FILE named NAME, today."))
@click.argument("file", type=_FILE)
@click.argument("name")
@click.option("--reason", default="", cls=WordedOption, help=N_("Why it is taken."))
@click.pass_context
def take(context: click.Context, /, file: Path, name: str, *, reason: str) -> None:
    """Take a baseline."""
    from planner.analysis.load import spans_of  # noqa: PLC0415  loaded when used
    from planner.analysis.schedule import schedule  # noqa: PLC0415  loaded when used
    from planner.editing.scenarios import take_baseline  # noqa: PLC0415  loaded when used

    with editing(file, language_of(context)) as document:
        engagement = document.engagement
        today = datetime.now().astimezone().date()
        spans = spans_of(schedule(engagement))
        document.edit(take_baseline(engagement, spans, name=name, taken_on=today, reason=reason))


@baseline.command("list", help=N_("List the baselines of FILE."))
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON."))
@click.pass_context
def list_baselines(context: click.Context, /, file: Path, *, as_json: bool) -> None:
    """List the baselines."""
    language = language_of(context)
    with reading(file, language) as document:
        held = sorted(document.engagement.baselines.values(), key=lambda one: (one.taken_on, one.name))
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "name": one.name,
                    "taken_on": one.taken_on.isoformat(),
                    "reason": one.reason,
                    "initiatives": len(one.entries),
                }
                for one in held
            ]
        )
        return
    for one in held:
        print_line("  ".join(filter(None, (one.taken_on.isoformat(), one.name, one.reason))))


@baseline.command(help=N_("Remove the baseline NAME from FILE."))
@click.argument("file", type=_FILE)
@click.argument("name")
@click.pass_context
def remove(context: click.Context, /, file: Path, name: str) -> None:
    """Remove a baseline."""
    from planner.editing import entities  # noqa: PLC0415  loaded when used

    with editing(file, language_of(context)) as document:
        engagement = document.engagement
        document.edit(entities.remove(engagement, "baselines", [_named(engagement, name).id]))


@baseline.command(help=N_("Say what moved in FILE since the baseline NAME, or since a day, and by which step."))
@click.argument("file", type=_FILE)
@click.argument("name", required=False)
@click.option("--since", type=_DAY, metavar="DAY", cls=WordedOption, help=N_("Since the beginning of a day (history)."))
@click.option("--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON."))
@click.pass_context
def variance(context: click.Context, /, file: Path, name: str | None, *, since: datetime | None, as_json: bool) -> None:
    """Say what moved."""
    from planner.analysis.variance import causes  # noqa: PLC0415  loaded when used
    from planner.analysis.variance import variance as since_baseline  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) as document:
        engagement = document.engagement
        held: Baseline | None = None
        if name is not None and since is None:
            held = _named(engagement, name)
            day = held.taken_on
            done = _steps(document, None)
            found = since_baseline(engagement, held)
        elif since is not None and name is None:
            day = since.date()
            done = _steps(document, day)
            found = _since(engagement, done)
        else:
            raise UserError("baseline-or-day")
        why = causes(engagement, [one.initiative_id for one in found], done, baseline=held)
        steps = {step.number: step for step in document.history()}
    if as_json:
        told = [_told(engagement, one, why.get(one.initiative_id), steps, language) for one in found]
        since_what = {"since": day.isoformat()}
        if held is not None:
            since_what = {"baseline": held.name, "taken_on": held.taken_on.isoformat()}
        print_json({**since_what, "initiatives": told})
        return
    for one in found:
        print_line(_worded(engagement, one, why.get(one.initiative_id), steps, language))
    words = NN_("{count} initiative moved since {day}.", "{count} initiatives moved since {day}.")
    count = language.number(len(found), decimals=0)
    print_line(language.ngettext(*words, len(found)).format(count=count, day=language.date(day)))


def _since(engagement: Engagement, steps: list[tuple[int, Callable[[], Changes]]]) -> tuple[Variance, ...]:
    from planner.analysis.variance import rewound, variance_since  # noqa: PLC0415  loaded when used

    return variance_since(engagement, rewound(engagement, (read() for _number, read in steps)))


def _steps(document: Document, day: date | None) -> list[tuple[int, Callable[[], Changes]]]:
    """Return the steps done (since the beginning of a day), the newest first, and how to read what each did."""
    if document.read_only is not None:  # its history is told, but what each step did is in the copy that is edited
        if day is not None:
            raise document.read_only
        return []
    done = [step for step in document.history() if not step.undone]
    wanted = [step.number for step in done if day is None or step.at.astimezone().date() >= day]
    return [(number, partial(document.changes_of, number)) for number in reversed(wanted)]


def _named(engagement: Engagement, name: str) -> Baseline:
    for one in engagement.baselines.values():
        if name in (one.id, one.name):
            return one
    names = ", ".join(one.name for one in engagement.baselines.values())
    raise UserError("unknown-baseline", name=name, names=names or "-")


def _told(
    engagement: Engagement, one: Variance, cause: Cause | None, steps: dict[int, HistoryStep], language: Language
) -> dict[str, Any]:
    from planner.step_labels import describe  # noqa: PLC0415  loaded when used

    days = {
        name: None if day is None else day.isoformat()
        for name, day in (
            ("start_then", one.start_then), ("finish_then", one.finish_then), ("start", one.start), ("finish", one.finish),
        )
    }  # fmt: skip
    step = None
    if cause is not None:
        held = steps[cause.step]
        step = {
            "number": cause.step,
            "at": held.at.isoformat(),
            "text": describe(held.label, language),
            "own": cause.is_own,
            "cause": cause.kind.value,
            "by": [{"id": other, "name": _name_now(engagement, other)} for other in cause.by],
        }
    return {
        "id": one.initiative_id,
        "name": one.name,
        **days,
        "start_days": one.start_days,
        "finish_days": one.finish_days,
        "days_then": one.days_then,
        "days": one.days,
        "step": step,
    }


def _worded(
    engagement: Engagement, one: Variance, cause: Cause | None, steps: dict[int, HistoryStep], language: Language
) -> str:
    from planner.step_labels import describe  # noqa: PLC0415  loaded when used

    if one.start is None:
        text = language.gettext(N_("{name}: not in the plan any more")).format(name=one.name)
    elif one.start_then is None:
        text = language.gettext(N_("{name}: new")).format(name=one.name)
    else:
        words = N_("{name}: starts {start_days}, finishes {finish_days} working days later ({finish_then} to {finish})")
        text = language.gettext(words).format(
            name=one.name,
            start_days=f"{one.start_days:+d}",
            finish_days=f"{one.finish_days:+d}",
            finish_then="" if one.finish_then is None else language.date(one.finish_then),
            finish="" if one.finish is None else language.date(one.finish),
        )
    if cause is None:
        return text
    step = steps[cause.step]
    day = language.date(step.at.astimezone().date())
    others = ", ".join(_name_now(engagement, other) or other for other in cause.by)
    words = _CAUSES[cause.kind.value]
    return language.gettext(words).format(text=text, day=day, others=others, step=describe(step.label, language))


def _name_now(engagement: Engagement, initiative_id: str) -> str | None:
    held = engagement.initiatives.get(initiative_id)
    return None if held is None else held.name
