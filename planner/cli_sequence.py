"""`roadbook-cli sequence`: the order that suits a plan best, proposed and, when asked for, taken into the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli_files import editing, reading
from planner.cli_language import WordedOption, language_of
from planner.cli_output import print_json, print_line, say
from planner.language import N_, NN_, Language

if TYPE_CHECKING:
    from planner.analysis.sequence.prerequisites import Unmet
    from planner.analysis.sequence.problem import Problem
    from planner.analysis.sequence.proposal import Proposed, Reason
    from planner.analysis.sequence.sequencer import Found
    from planner.domain.engagement import Engagement

_OBJECTIVES: Final = ("value", "makespan", "stability")
_REASONS: Final = {
    "release": N_("may not start before {until}"),
    "pin": N_("is pinned to {until}"),
    "wait": N_("waits for “{names}”"),
    "prerequisite": N_("waits for “{names}”, which brings “{practice}”"),
    "gate": N_("waits for the gate of the wave before, until {until}"),
    "capacity": N_("{team} is at its capacity until {until}, with {names}"),
    "limit": N_("{team} is at its change limit until {until}, with {names}"),
    "order": N_("what is worth more comes first"),
}
"""Why an initiative does not start earlier -> its words."""


@click.command(help=N_("Propose what starts when in FILE, within capacity, change limits and links."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--objective", type=click.Choice(_OBJECTIVES), default="value", cls=WordedOption,
    help=N_("What counts: value soon, the shortest plan, or the fewest days moved."),
)  # fmt: skip
@click.option(
    "--seconds", type=click.FloatRange(0.1, 3_600), default=10.0, cls=WordedOption, help=N_("How long to search.")
)
@click.option("--seed", type=int, default=1, cls=WordedOption, help=N_("The seed of all chance."))
@click.option(
    "--apply", "applies", is_flag=True, cls=WordedOption, help=N_("Take the proposal into FILE, as one step.")
)
@click.option("--json", "as_json", is_flag=True, cls=WordedOption, help=N_("Print the result as JSON."))
@click.pass_context
def sequence(
    context: click.Context, file: Path, *, objective: str, seconds: float, seed: int, applies: bool, as_json: bool
) -> None:
    """Propose an order, and take it in where that is asked for."""
    from planner.analysis.sequence.problem import build_problem  # noqa: PLC0415  loaded when used
    from planner.analysis.sequence.proposal import needed_starts, propose  # noqa: PLC0415  loaded when used
    from planner.analysis.sequence.sequencer import Asked, Objective  # noqa: PLC0415  loaded when used
    from planner.analysis.sequence.sequencer import sequence as search  # noqa: PLC0415  loaded when used
    from planner.editing.initiatives import move_all  # noqa: PLC0415  loaded when used

    language = language_of(context)
    with reading(file, language) as document:
        engagement = document.engagement
    problem = build_problem(engagement)
    found = search(problem, Asked(Objective(objective), seconds=seconds, seed=seed))
    proposal = propose(problem, found.placement)
    if as_json:
        print_json(_told(objective, found, proposal, problem))
    else:
        _print(engagement, found, proposal, problem, language)
    starts = needed_starts(proposal)
    if applies and starts:
        with editing(file, language) as document:
            document.edit(move_all(document.engagement, starts))
        words = NN_("{count} initiative moved.", "{count} initiatives moved.")
        say(language.ngettext(*words, len(starts)).format(count=language.number(len(starts), decimals=0)))


def _told(objective: str, found: Found, proposal: tuple[Proposed, ...], problem: Problem) -> dict[str, Any]:
    return {
        "objective": objective,
        "value": found.value,
        "bound": found.bound,
        "gap": found.gap,
        "optimal": found.is_optimal,
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
            for one in proposal
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
            for one in problem.unmet
        ],
        "overfull": [
            {"initiative": one.initiative_id, "team": one.team_id, "asked": one.asked, "capacity": one.capacity}
            for one in problem.overfull
        ],
    }


def _print(
    engagement: Engagement, found: Found, proposal: tuple[Proposed, ...], problem: Problem, language: Language
) -> None:
    for one in sorted(proposal, key=lambda one: (one.start, one.finish)):
        name = engagement.initiatives[one.initiative_id].name
        mark = "!" if one.late else ">" if one.moves else " "
        print_line(f"{one.start} {one.finish} {mark} {name}: {_why(engagement, one.reason, language)}")
    for full in problem.overfull:
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
    for need in problem.unmet:
        say(_word_unmet(engagement, need, language))
    if found.is_optimal:
        say(language.gettext(N_("No plan is better.")))
    else:
        text = language.gettext(N_("No plan can be better by more than {gap}."))
        say(text.format(gap=language.percent(found.gap)))


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
