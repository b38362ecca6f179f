"""`roadbook-cli sequence`: the order that suits a plan best, proposed and, when asked for, taken into the file."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli_conflict import told_conflict, word_conflict
from planner.cli_files import editing, planned_as, reading
from planner.cli_language import NumberRange, WordedCommand, WordedOption, language_of
from planner.cli_output import print_json, print_line, say
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind
from planner.language import N_, NN_, Language

if TYPE_CHECKING:
    from planner.analysis.sequence.conflict import Conflict
    from planner.analysis.sequence.objective import Aim
    from planner.analysis.sequence.placing import Placement
    from planner.analysis.sequence.prerequisites import Unmet
    from planner.analysis.sequence.problem import Problem
    from planner.analysis.sequence.proposal import Earlier, Proposed, Reason
    from planner.analysis.sequence.sequencer import Asked, Found
    from planner.domain.engagement import Engagement

_OBJECTIVES: Final = ("value", "makespan", "load", "stability")
_SECONDS_FOR_PINS: Final = 2.0
"""How long to look for what pins go against, at most."""

_PRICED_AT_ONCE: Final = 120
"""Of up to so many initiatives JSON gives the price of moving each earlier: together they take half a second."""

_TELL_EVERY: Final = 2.0
"""Seconds between two lines about how far the search is."""

_REASONS: Final = {
    "release": N_("may not start before {until}"),
    "pin": N_("is pinned to {until}"),
    "wait": N_("waits for “{names}”"),
    "prerequisite": N_("waits for “{names}”, which brings “{practice}”"),
    "gate": N_("waits for the gate of the wave before, until {until}"),
    "capacity": N_("{team} is at its capacity until {until}, with {names}"),
    "limit": N_("{team} is at its change limit until {until}, with {names}"),
    "order": N_("what is worth more comes first"),
    "refused": N_("stays where it is, as asked"),
}
"""Why an initiative does not start earlier -> its words."""


@click.command(
    cls=WordedCommand, help=N_("Propose what starts when in FILE, within capacity, change limits and links.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--objective", type=click.Choice(_OBJECTIVES), default="value", cls=WordedOption,
    help=N_("What counts: value soon, the shortest plan, the least load, or the fewest days moved."),
)  # fmt: skip
@click.option(
    "--beside", type=(click.Choice(_OBJECTIVES), NumberRange(0, 1_000)), multiple=True, cls=WordedOption,
    metavar="OBJECTIVE SHARE", help=N_("A further objective and its share in a mix in which the first has share 1."),
)  # fmt: skip
@click.option(
    "--scenario", metavar="NAME", cls=WordedOption, help=N_("A scenario of FILE, instead of the plan as it is.")
)
@click.option(
    "--until", type=click.DateTime(formats=["%Y-%m-%d"]), metavar="DAY", cls=WordedOption,
    help=N_("The day by which all is to be finished: what is worth least is left out where it does not fit."),
)  # fmt: skip
@click.option(
    "--deadlines", type=click.Choice(("soft", "hard")), default="soft", cls=WordedOption,
    help=N_("Whether deadlines must be kept before anything else, or are only told where they are missed."),
)  # fmt: skip
@click.option("--seconds", type=NumberRange(0.1, 3_600), default=10.0, cls=WordedOption, help=N_("How long to search."))
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), default=1, cls=WordedOption, help=N_("The seed of all chance.")
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, cls=WordedOption, help=N_("How many searches run side by side.")
)
@click.option(
    "--reject", multiple=True, metavar="NAME", cls=WordedOption,
    help=N_("An initiative that stays where it is today; the rest is placed around it."),
)  # fmt: skip
@click.option(
    "--explain", multiple=True, metavar="NAME", cls=WordedOption,
    help=N_("An initiative of which to say what it would cost to move it earlier."),
)  # fmt: skip
@click.option(
    "--apply", "applies", is_flag=True, cls=WordedOption,
    help=N_("Take the proposal into FILE, as one step; what is left out is dropped."),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON."))
@click.pass_context
def sequence(context: click.Context, /, file: Path, **wanted: Any) -> None:
    """Propose an order, and take it in where that is asked for."""
    language = language_of(context)
    with reading(file, language) as document:
        engagement = planned_as(document.engagement, wanted["scenario"])
    options = _Wanted(**wanted)
    conflict = _conflict(engagement, options)
    if conflict is not None and options.is_strict:
        if options.as_json:
            print_json({"conflict": told_conflict(conflict)})
        else:
            for line in word_conflict(engagement, conflict, options.last_day, language):
                print_line(line)
        raise UserError("asked-in-conflict")
    result = _found(engagement, options, conflict, language)
    if wanted["as_json"]:
        print_json(_told(wanted["objective"], result))
    else:
        _print(result, language)
    if wanted["applies"]:
        _take_in(file, result, language)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The options."""

    objective: str
    beside: tuple[tuple[str, float], ...]
    scenario: str | None
    until: datetime | None
    deadlines: str
    seconds: float
    seed: int
    workers: int
    reject: tuple[str, ...]
    explain: tuple[str, ...]
    applies: bool
    as_json: bool

    @property
    def last_day(self) -> date | None:
        """The day by which all is to be finished."""
        return None if self.until is None else self.until.date()

    @property
    def is_strict(self) -> bool:
        """Whether all that is asked must be kept; else what is pinned goes before what it clashes with."""
        return self.until is not None or self.deadlines == "hard"


def _conflict(engagement: Engagement, wanted: _Wanted) -> Conflict | None:
    from planner.analysis.sequence.conflict import find_conflict  # noqa: PLC0415  loaded when used

    pins = [one for one in engagement.initiatives.values() if one.constraint is ConstraintKind.MUST_START_ON]
    if not pins and not wanted.is_strict:
        return None
    return find_conflict(
        engagement,
        until=wanted.last_day,
        hard_deadlines=wanted.deadlines == "hard",
        seconds=wanted.seconds if wanted.is_strict else min(wanted.seconds, _SECONDS_FOR_PINS),
    )


def _found(engagement: Engagement, wanted: _Wanted, conflict: Conflict | None, language: Language) -> _Result:
    from planner.analysis.sequence import proposal as proposing  # noqa: PLC0415  loaded when used
    from planner.analysis.sequence.objective import aim_at  # noqa: PLC0415  loaded when used
    from planner.analysis.sequence.problem import build_problem  # noqa: PLC0415  loaded when used
    from planner.analysis.sequence.sequencer import Asked, Objective, greedy  # noqa: PLC0415  loaded when used

    refused = {_named(engagement, name) for name in wanted.reject}
    explained = [_named(engagement, name) for name in wanted.explain] if wanted.explain or not wanted.as_json else None
    problem = build_problem(engagement, until=wanted.last_day, hard_deadlines=wanted.deadlines == "hard")
    objective = Objective(wanted.objective)
    beside = {Objective(one): share for one, share in wanted.beside if one != wanted.objective}
    asked = Asked(objective, seconds=wanted.seconds, workers=wanted.workers, seed=wanted.seed, beside=beside)
    found = _search(problem, asked, language)
    plan = proposing.retimed(problem, found.placement, refused) if refused else found.placement
    aim = aim_at(problem, asked.shares, greedy(problem, objective))
    return _Result(
        engagement, problem, found, proposing.propose(problem, plan, refused), proposing.left_out(problem, plan),
        _earlier(engagement, proposing.refusing(problem, refused), plan, aim, explained), conflict,
    )  # fmt: skip


def _take_in(file: Path, result: _Result, language: Language) -> None:
    from planner.analysis.sequence.proposal import needed_starts  # noqa: PLC0415  loaded when used
    from planner.editing.initiatives import take_order  # noqa: PLC0415  loaded when used

    starts = needed_starts(result.proposal)
    if not starts and not result.left_out:
        return
    with editing(file, language) as document:
        document.edit(take_order(document.engagement, starts, result.left_out))
    words = NN_("{count} initiative moved.", "{count} initiatives moved.")
    say(language.ngettext(*words, len(starts)).format(count=language.number(len(starts), decimals=0)))


@dataclass(frozen=True, slots=True)
class _Result:
    """What there is to tell: what was asked of, what was found, and what it means for each initiative."""

    engagement: Engagement
    problem: Problem
    found: Found
    proposal: tuple[Proposed, ...]
    left_out: tuple[str, ...]
    earlier: tuple[tuple[str, Earlier | None], ...]
    conflict: Conflict | None


def _named(engagement: Engagement, name: str) -> str:
    """Return the id of an initiative named by its id or name; UserError "unknown-initiative" or "initiative-ambiguous"."""
    if name in engagement.initiatives:
        return name
    found = [one.id for one in engagement.initiatives.values() if one.name == name]
    if not found:
        raise UserError("unknown-initiative", name=name)
    if len(found) > 1:
        raise UserError("initiative-ambiguous", name=name)
    return found[0]


def _earlier(
    engagement: Engagement, problem: Problem, plan: Placement, aim: Aim, initiative_ids: list[str] | None
) -> tuple[tuple[str, Earlier | None], ...]:
    """Return what it costs to move initiatives earlier; where None are named, all that could be, if they are few."""
    from planner.analysis.sequence.proposal import cost_of_earlier  # noqa: PLC0415  loaded when used

    placed = {task.initiative_id for task, start in zip(problem.tasks, plan.starts, strict=True) if start >= 0}
    if initiative_ids is None:
        movable = [task.initiative_id for task in problem.tasks if task.pin is None and task.initiative_id in placed]
        initiative_ids = [one for one in movable if one] if len(movable) <= _PRICED_AT_ONCE else []
    for one in initiative_ids:
        if one not in placed:
            raise UserError("not-in-proposal", name=engagement.initiatives[one].name)
    return tuple((one, cost_of_earlier(problem, plan, aim, one)) for one in initiative_ids)


def _search(problem: Problem, asked: Asked, language: Language) -> Found:
    """Search, telling how far it is now and then; Ctrl+C ends it with the best so far."""
    from planner.analysis.sequence.sequencer import sequence as search  # noqa: PLC0415  loaded when used

    began = told = time.monotonic()
    stopped = threading.Event()

    def watch(found: Found) -> bool:
        nonlocal told
        now = time.monotonic()
        if now - told >= _TELL_EVERY:
            told = now
            words = N_("{seconds} s: the best so far measures {value}; no plan can be better by more than {gap}.")
            if not found.bound:
                words = N_("{seconds} s: the best so far measures {value}.")
            say(
                language.gettext(words).format(
                    seconds=language.number(now - began, decimals=0),
                    value=language.number(found.value, decimals=2),
                    gap=language.percent(found.gap),
                )
            )
        return not stopped.is_set()

    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, lambda *_of_it: stopped.set())
    try:
        return search(problem, asked, watch=watch)
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, before)


def _told(objective: str, result: _Result) -> dict[str, Any]:
    found = result.found
    return {
        "objective": objective,
        "value": found.value,
        "bound": found.bound,
        "gap": found.gap,
        "optimal": found.is_optimal,
        "late": found.late,
        "initiatives": [
            {
                "id": one.initiative_id,
                "start_now": one.start_now.isoformat(),
                "finish_now": one.finish_now.isoformat(),
                "start": one.start.isoformat(),
                "finish": one.finish.isoformat(),
                "late": one.late,
                "reason": {
                    "held": one.reason.held.value,
                    "initiatives": list(one.reason.initiative_ids),
                    "team": one.reason.team_id,
                    "practice": one.reason.practice_id,
                    "until": None if one.reason.until is None else one.reason.until.isoformat(),
                },
            }
            for one in result.proposal
        ],
        "left_out": list(result.left_out),
        "conflict": None if result.conflict is None else told_conflict(result.conflict),
        "earlier": [
            {
                "id": initiative_id,
                "start": None if one is None else one.start.isoformat(),
                "price": None if one is None else one.price,
                "pushed": [] if one is None else [{"id": pushed, "days": days} for pushed, days in one.pushed],
            }
            for initiative_id, one in result.earlier
        ],
        "unmet": [
            {
                "initiative": one.initiative_id,
                "team": one.team_id,
                "practice": one.practice_id,
                "minimum_score": one.minimum_score,
                "score": one.score,
                "too_late": list(one.too_late),
            }
            for one in result.problem.unmet
        ],
        "overfull": [
            {"initiative": one.initiative_id, "team": one.team_id, "asked": one.asked, "capacity": one.capacity}
            for one in result.problem.overfull
        ],
    }


def _print(result: _Result, language: Language) -> None:
    engagement = result.engagement
    for one in sorted(result.proposal, key=lambda one: (one.start, one.finish)):
        name = engagement.initiatives[one.initiative_id].name
        mark = "!" if one.late else ">" if one.moves else " "
        print_line(f"{one.start} {one.finish} {mark} {name}: {_why(engagement, one.reason, language)}")
    for initiative_id in result.left_out:
        text = language.gettext(N_("Left out, it does not fit: {name}"))
        print_line(text.format(name=engagement.initiatives[initiative_id].name))
    for initiative_id, earlier in result.earlier:
        print_line(_priced(engagement, initiative_id, earlier, language))
    for full in result.problem.overfull:
        text = language.gettext(
            N_("{initiative} asks {team} for {asked} person-days a day, of {capacity}: planned alone.")
        )
        say(
            text.format(
                initiative=engagement.initiatives[full.initiative_id].name,
                team=engagement.teams[full.team_id].name,
                asked=language.number(full.asked, decimals=2),
                capacity=language.number(full.capacity, decimals=2),
            )
        )
    for need in result.problem.unmet:
        say(_word_unmet(engagement, need, language))
    _print_how_good(result, language)


def _print_how_good(result: _Result, language: Language) -> None:
    found = result.found
    if result.conflict is not None:
        for line in word_conflict(result.engagement, result.conflict, None, language):
            say(line)
        say(language.gettext(N_("The plan keeps what is pinned.")))
    if found.late:
        words = NN_(
            "Not everything can be kept, or no way was found: {count} working day late in all.",
            "Not everything can be kept, or no way was found: {count} working days late in all.",
        )
        say(language.ngettext(*words, found.late).format(count=language.number(found.late, decimals=0)))
    elif found.is_optimal:
        say(language.gettext(N_("No plan is better.")))
    elif found.bound > 0:
        text = language.gettext(N_("No plan can be better by more than {gap}."))
        say(text.format(gap=language.percent(found.gap)))


def _priced(engagement: Engagement, initiative_id: str, earlier: Earlier | None, language: Language) -> str:
    name = engagement.initiatives[initiative_id].name
    if earlier is None:
        return language.gettext(N_("{name} cannot start earlier, whatever gives way.")).format(name=name)
    pushed = ", ".join(
        language.ngettext(*NN_("{name} by {count} day", "{name} by {count} days"), days).format(
            name=engagement.initiatives[one].name, count=language.number(days, decimals=0)
        )
        for one, days in earlier.pushed
    )
    words = N_("{name} could start on {start}; the plan would measure {price} more. Later then: {pushed}.")
    if not pushed:
        words = N_("{name} could start on {start}; the plan would measure {price} more, and nothing ends later.")
    price = language.number(earlier.price, decimals=2)
    return language.gettext(words).format(name=name, start=language.date(earlier.start), price=price, pushed=pushed)


def _why(engagement: Engagement, reason: Reason, language: Language) -> str:
    team = "" if reason.team_id is None else engagement.teams[reason.team_id].name
    names = ", ".join(engagement.initiatives[one].name for one in reason.initiative_ids)
    until = "" if reason.until is None else language.date(reason.until)
    if reason.team_id is not None and not names:
        return language.gettext(N_("{team} is busy with what has begun")).format(team=team)
    practice = "" if reason.practice_id is None else engagement.practices[reason.practice_id].name
    return language.gettext(_REASONS[reason.held.value]).format(team=team, names=names, until=until, practice=practice)


def _word_unmet(engagement: Engagement, need: Unmet, language: Language) -> str:
    words = N_("“{name}” needs “{practice}” at {score} in {team}; nothing in the plan delivers it.")
    if need.too_late:
        words = N_("“{name}” needs “{practice}” at {score} in {team}; {others} would bring it, but cannot come first.")
    return language.gettext(words).format(
        name=engagement.initiatives[need.initiative_id].name,
        practice=engagement.practices[need.practice_id].name,
        score=language.percent(need.minimum_score),
        team=engagement.teams[need.team_id].name,
        others=", ".join(f"“{engagement.initiatives[one].name}”" for one in need.too_late),
    )
