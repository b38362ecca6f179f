"""`roadbook-cli baseline`: copies of the plan's dates with the reason they were taken, and what moved since.

Each move is told with the step that made it, the newest first. Where the history cannot be followed back, what moved
since a baseline is told without its steps, and that is said.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli_files import editing, reading, steps_back
from planner.cli_language import WordedGroup, WordedOption, language_of
from planner.cli_output import print_json, print_line, say
from planner.cli_progress import watched
from planner.domain.errors import UserError
from planner.language import N_, NN_, Language
from planner.messages import explain

if TYPE_CHECKING:
    from planner.analysis.variance import Move, Span, Variance
    from planner.document import Document, HistoryStep
    from planner.domain.engagement import Engagement
    from planner.domain.scenario import Baseline
    from planner.progress import Progress

_FILE: Final = click.Path(path_type=Path)
_DAY: Final = click.DateTime(formats=["%Y-%m-%d"])
_CAUSES: Final = {
    "itself": N_("{text}; on {day}: {step}"),
    "link": N_("{text}; by its link with {others} on {day}: {step}"),
    "predecessor": N_("{text}; pushed by {others} on {day}: {step}"),
    "holder": N_("{text}; held by {others} on {day}: {step}"),
    "calendar": N_("{text}; by other working days on {day}: {step}"),
    "plan": N_("{text}; with the plan on {day}: {step}"),
}
"""What moved an initiative -> its words."""

_UNEXPLAINED: Final = N_("{text}; before the steps known here")


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


@baseline.command(help=N_("Say what moved in FILE since the baseline NAME, or since a day, and by which steps."))
@click.argument("file", type=_FILE)
@click.argument("name", required=False)
@click.option("--since", type=_DAY, metavar="DAY", cls=WordedOption, help=N_("Since the beginning of a day (history)."))
@click.option("--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON."))
@click.pass_context
def variance(context: click.Context, /, file: Path, name: str | None, *, since: datetime | None, as_json: bool) -> None:
    """Say what moved."""
    from planner.analysis.variance import variance as since_baseline  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) as document, watched(language.gettext(N_("Reading the history"))) as progress:
        engagement = document.engagement
        if name is not None and since is None:
            held = _named(engagement, name)
            day, since_what = held.taken_on, {"baseline": held.name, "taken_on": held.taken_on.isoformat()}
            found = since_baseline(engagement, held)
            why = _steps_since(document, held, found, language, progress)
        elif since is not None and name is None:
            day, since_what = since.date(), {"since": since.date().isoformat()}
            found, why = _since(document, day, progress)
        else:
            raise UserError("baseline-or-day")
        steps = {step.number: step for step in document.history()}
    if as_json:
        told = [_told(engagement, one, why, steps, language) for one in found]
        print_json({**since_what, "initiatives": told})
        return
    for one in found:
        for line in _worded(engagement, one, why, steps, language):
            print_line(line)
    words = NN_("{count} initiative moved since {day}.", "{count} initiatives moved since {day}.")
    count = language.number(len(found), decimals=0)
    print_line(language.ngettext(*words, len(found)).format(count=count, day=language.date(day)))


_Steps = dict[str, tuple["Move", ...]]
"""Initiative id -> the steps that moved it, the newest first."""


def _steps_since(
    document: Document, held: Baseline, found: tuple[Variance, ...], language: Language, progress: Progress
) -> _Steps | None:
    """Return the steps that moved what moved since a baseline; None, which is said, where they cannot be known."""
    from planner.analysis.variance import moves  # noqa: PLC0415  loaded when used

    ids = [one.initiative_id for one in found]
    try:
        total = sum(not step.undone for step in document.history())
        return moves(document.engagement, ids, steps_back(document), total=total, baseline=held, progress=progress)
    except UserError as error:
        say(explain(error, language))
        say(language.gettext(N_("What moved is told without the steps that moved it.")))
        return None


def _since(document: Document, day: date, progress: Progress) -> tuple[tuple[Variance, ...], _Steps]:
    """Return what moved since the beginning of a day, and by which steps."""
    from planner.analysis.variance import moves, variance_since  # noqa: PLC0415  loaded when used

    engagement = then = document.engagement
    count = sum(not step.undone and step.at.astimezone().date() >= day for step in document.history())
    for done, (_number, _changes, before) in enumerate(steps_back(document, day)):
        progress(done, 2 * count)
        then = before
    found = variance_since(engagement, then)
    ids = [one.initiative_id for one in found]

    def second_half(done: int, total: int) -> None:
        progress(total + done, 2 * total)

    return found, moves(engagement, ids, steps_back(document, day), total=count, progress=second_half)


def _named(engagement: Engagement, name: str) -> Baseline:
    for one in engagement.baselines.values():
        if name in (one.id, one.name):
            return one
    names = ", ".join(one.name for one in engagement.baselines.values())
    raise UserError("unknown-baseline", name=name, names=names or "-")


def _told(
    engagement: Engagement, one: Variance, why: _Steps | None, steps: dict[int, HistoryStep], language: Language
) -> dict[str, Any]:
    return {
        "id": one.initiative_id,
        "name": one.name,
        "start_then": _iso(one.start_then),
        "finish_then": _iso(one.finish_then),
        "start": _iso(one.start),
        "finish": _iso(one.finish),
        "start_days": one.start_days,
        "finish_days": one.finish_days,
        "days_then": one.days_then,
        "days": one.days,
        "steps": None
        if why is None
        else [
            _told_move(engagement, move, steps[move.cause.step], language) for move in why.get(one.initiative_id, ())
        ],
    }


def _told_move(engagement: Engagement, move: Move, step: HistoryStep, language: Language) -> dict[str, Any]:
    from planner.step_labels import describe  # noqa: PLC0415  loaded when used

    def days(span: Span | None) -> list[str] | None:
        return None if span is None else [day.isoformat() for day in span]

    return {
        "number": step.number,
        "at": step.at.isoformat(),
        "text": describe(step.label, language),
        "own": move.cause.is_own,
        "cause": move.cause.kind.value,
        "by": [{"id": other, "name": _name_now(engagement, other)} for other in move.cause.by],
        "was": days(move.was),
        "now": days(move.now),
        "start_days": move.start_days,
        "finish_days": move.finish_days,
    }


def _worded(
    engagement: Engagement, one: Variance, why: _Steps | None, steps: dict[int, HistoryStep], language: Language
) -> list[str]:
    """Return one line, with the step that moved it; where several did, a line for each after it."""
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
    if why is None:
        return [text]
    moved = why.get(one.initiative_id, ())
    lines = [
        _with_step(engagement, _worded_move(move, language), move, steps[move.cause.step], language) for move in moved
    ]
    rest = _unexplained(engagement, one, moved, language)
    if rest is not None:
        lines.append(language.gettext(_UNEXPLAINED).format(text=rest))
    if len(lines) > 1:
        return [text, *(f"    {line}" for line in lines)]
    if moved:
        return [_with_step(engagement, text, moved[0], steps[moved[0].cause.step], language)]
    return [language.gettext(_UNEXPLAINED).format(text=text)]


def _unexplained(engagement: Engagement, one: Variance, moved: tuple[Move, ...], language: Language) -> str | None:
    """Return how far an initiative had moved before the oldest step that is known to have moved it; None for nothing."""
    from planner.analysis.variance import days_between  # noqa: PLC0415  loaded when used

    then, now = _span(one.start_then, one.finish_then), _span(one.start, one.finish)
    first = moved[-1].was if moved else now
    if then == first:
        return None
    return _worded_span(then, first, *days_between(engagement, one.initiative_id, then, first), language)


def _span(start: date | None, finish: date | None) -> Span | None:
    return None if start is None or finish is None else (start, finish)


def _worded_move(move: Move, language: Language) -> str:
    return _worded_span(move.was, move.now, move.start_days, move.finish_days, language)


def _worded_span(was: Span | None, now: Span | None, start_days: int, finish_days: int, language: Language) -> str:
    if was is None:
        return language.gettext(N_("comes into the plan"))
    if now is None:
        return language.gettext(N_("leaves the plan"))
    text = language.gettext(N_("starts {start_days}, finishes {finish_days}"))
    return text.format(start_days=f"{start_days:+d}", finish_days=f"{finish_days:+d}")


def _with_step(engagement: Engagement, text: str, move: Move, step: HistoryStep, language: Language) -> str:
    from planner.step_labels import describe  # noqa: PLC0415  loaded when used

    day = language.date(step.at.astimezone().date())
    others = ", ".join(_name_now(engagement, other) or other for other in move.cause.by)
    words = _CAUSES[move.cause.kind.value]
    return language.gettext(words).format(text=text, day=day, others=others, step=describe(step.label, language))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _name_now(engagement: Engagement, initiative_id: str) -> str | None:
    held = engagement.initiatives.get(initiative_id)
    return None if held is None else held.name
