"""What maturity a plan leads to: current scores lifted by the outcomes of initiatives that finish in time.

Per cell, and rolled up per team, practice, unit and over all, each with what it counted and left out. When a level is
reached, and how surely, is in `planner.analysis.level_dates`; what came of a projection in `planner.analysis.forecast`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.maturity import Heatmap, heatmap
from planner.analysis.standings import Place, Tally
from planner.domain.assessment import AnswerState
from planner.domain.engagement import Engagement
from planner.domain.initiative import Outcome, OutcomeKind, Status

_LEFT_OUT: Final = (AnswerState.NOT_APPLICABLE, AnswerState.OUTSIDE_OUR_CONTROL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """One outcome at one cell: to which score (0 to 1) which initiative lifts it at its finish."""

    initiative_id: str
    to_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """The scores (0 to 1, None where nothing is known) on a day, and their tallies: roll-ups by any method.

    Tallies are by team, by practice, by unit (with all units in it) and of everything. `lifted` are the initiatives
    that change a cell by then; `assessment_id` is what the projection starts from, None without any.
    """

    on: date
    assessment_id: str | None
    scores: Mapping[Place, float | None]
    teams: Mapping[str, Tally]
    practices: Mapping[str, Tally]
    units: Mapping[str, Tally]
    whole: Tally
    lifted: Mapping[Place, tuple[str, ...]]


def project_scores(
    engagement: Engagement, finishes: Mapping[str, date], *, on: date, assessment_id: str | None = None
) -> dict[Place, float | None]:
    """Return the projected score (0 to 1) of every (team id, practice id) on a date; None where nothing is known.

    The score of the assessment (None: the latest) is lifted by every maturity outcome whose initiative finishes, by
    `finishes` (initiative id -> last working day), on or before `on`: the maximum, never the sum. Lifts of dropped
    initiatives do not count, nor do lifts of what does not apply to a team or is outside its control.
    """
    scores, _lifted = _projected(engagement, heatmap(engagement, assessment_id), finishes, on)
    return scores


def project(
    engagement: Engagement,
    finishes: Mapping[str, date],
    *,
    on: date,
    assessment_id: str | None = None,
    model_id: str | None = None,
    team_ids: Collection[str] | None = None,
) -> Projection:
    """Return the maturity a plan leads to by a day, of some teams (None: all) in one model (None: all of them).

    The rule is `project_scores`'.
    """
    held = heatmap(engagement, assessment_id, model_id=model_id)
    if team_ids is not None:
        held = dataclasses.replace(
            held,
            teams=tuple(team for team in held.teams if team.id in team_ids),
            cells={place: cell for place, cell in held.cells.items() if place[0] in team_ids},
        )
    scores, lifted = _projected(engagement, held, finishes, on)
    teams = {team.id: Tally() for team in held.teams}
    practices = {practice.id: Tally() for practice in held.practices}
    for place, cell in held.cells.items():
        score = scores[place]
        for tally in (teams[place[0]], practices[place[1]]):
            if score is None:
                tally.leave_out(cell.practice, cell.state)
            else:
                tally.count(cell.practice, score)
    units: dict[str, Tally] = {unit_id: Tally() for unit_id in engagement.units}
    whole = Tally()
    for team in held.teams:
        whole.add(teams[team.id])
        unit_id: str | None = team.unit_id
        while unit_id is not None:
            units[unit_id].add(teams[team.id])
            unit_id = engagement.units[unit_id].parent_id
    return Projection(
        on=on,
        assessment_id=None if held.assessment is None else held.assessment.id,
        scores=scores,
        teams=teams,
        practices=practices,
        units=units,
        whole=whole,
        lifted=lifted,
    )


def lifts_of(engagement: Engagement, held: Heatmap) -> dict[Place, list[Lift]]:
    """Return what lifts each cell, whenever it does: nothing dropped, nothing that leaves the denominator."""
    dropped = _dropped(engagement)
    found: dict[Place, list[Lift]] = {}
    for outcome in engagement.outcomes.values():
        if outcome.initiative_id in dropped or outcome.to_value is None or outcome.kind is not OutcomeKind.MATURITY:
            continue
        lift = Lift(initiative_id=outcome.initiative_id, to_score=outcome.to_value)
        for place in _places(outcome):
            cell = held.cells.get(place)
            if cell is not None and cell.state not in _LEFT_OUT:
                found.setdefault(place, []).append(lift)
    return found


def _projected(
    engagement: Engagement, held: Heatmap, finishes: Mapping[str, date], on: date
) -> tuple[dict[Place, float | None], dict[Place, tuple[str, ...]]]:
    scores = {place: cell.score for place, cell in held.cells.items()}
    lifted: dict[Place, tuple[str, ...]] = {}
    for place, lifts in lifts_of(engagement, held).items():
        for lift in lifts:
            finish, current = finishes.get(lift.initiative_id), scores[place]
            if finish is None or finish > on:
                continue
            if current is None or lift.to_score > current:
                scores[place] = lift.to_score
                lifted[place] = (*lifted.get(place, ()), lift.initiative_id)
    return scores, lifted


def _places(outcome: Outcome) -> list[Place]:
    return [(team_id, practice_id) for team_id in outcome.team_ids for practice_id in outcome.practice_ids]


def _dropped(engagement: Engagement) -> set[str]:
    """Return the dropped initiatives and all they hold, and those of which nothing they hold is left."""
    found: set[str] = set()
    outline = [initiative for initiative, _depth in engagement.outline()]
    for initiative in outline:
        if initiative.status is Status.DROPPED or initiative.parent_id in found:
            found.add(initiative.id)
    for initiative in reversed(outline):
        held = engagement.children_of(initiative.id)
        if held and all(child.id in found for child in held):
            found.add(initiative.id)
    return found
