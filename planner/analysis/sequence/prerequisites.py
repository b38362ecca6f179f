"""What outcomes build on: practices a team must have reached first, and which initiatives bring it there.

Scores are those of the latest assessment, as every projection starts from them. A score that nobody knows is not known to
be too low: it is waited for where the plan delivers it, and missed nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.analysis.maturity import heatmap
from planner.analysis.projection import lifts_of
from planner.domain.assessment import AnswerState
from planner.domain.engagement import Engagement

_LEFT_OUT: Final = (AnswerState.NOT_APPLICABLE, AnswerState.OUTSIDE_OUR_CONTROL)
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """An initiative that lifts a practice at a team where what it builds on, `practice_id`, is not there yet.

    `score` (0 to 1) is where the team stands, None where nobody knows; `deliverers` the initiatives whose outcome alone
    brings it to `minimum_score`.
    """

    initiative_id: str
    team_id: str
    practice_id: str
    prerequisite_id: str
    minimum_score: float
    score: float | None
    deliverers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A need that nothing in the plan meets in time: `too_late` would, but waits for the one in need itself."""

    initiative_id: str
    team_id: str
    practice_id: str
    minimum_score: float
    score: float | None
    too_late: tuple[str, ...]


def needs_of(engagement: Engagement) -> tuple[Need, ...]:
    """Return what the outcomes of a plan need first, in the order of the plan; what brings its own need has none."""
    if not engagement.prerequisites or not engagement.outcomes:
        return ()
    held = heatmap(engagement)
    lifts = lifts_of(engagement, held)
    builds_on = engagement.referring("prerequisites", "practice_id")
    found: dict[tuple[str, str, str, float], Need] = {}
    for (team_id, practice_id), raising in lifts.items():
        now = held.cells[team_id, practice_id].score
        rising = {lift.initiative_id for lift in raising if now is None or lift.to_score > now}
        for prerequisite in builds_on.get(practice_id, ()):
            required, least = prerequisite.required_practice_id, prerequisite.minimum_score - _ROUNDING
            cell = held.cells.get((team_id, required))
            if cell is None or cell.state in _LEFT_OUT or (cell.score is not None and cell.score >= least):
                continue
            bringing = [lift.initiative_id for lift in lifts.get((team_id, required), ()) if lift.to_score >= least]
            for initiative_id in rising:
                if any(_are_nested(engagement, initiative_id, other) for other in bringing):
                    continue
                found[initiative_id, team_id, required, prerequisite.minimum_score] = Need(
                    initiative_id=initiative_id,
                    team_id=team_id,
                    practice_id=required,
                    prerequisite_id=prerequisite.id,
                    minimum_score=prerequisite.minimum_score,
                    score=cell.score,
                    deliverers=tuple(dict.fromkeys(bringing)),
                )
    place = {initiative.id: n for n, (initiative, _depth) in enumerate(engagement.outline())}
    return tuple(found[key] for key in sorted(found, key=lambda key: (place[key[0]], *key[1:])))


def unmet(need: Need, *, too_late: tuple[str, ...]) -> Unmet:
    """Return a need as one that nothing meets in time."""
    return Unmet(
        initiative_id=need.initiative_id,
        team_id=need.team_id,
        practice_id=need.practice_id,
        minimum_score=need.minimum_score,
        score=need.score,
        too_late=too_late,
    )


def _are_nested(engagement: Engagement, first: str, second: str) -> bool:
    """Tell whether two initiatives are one, or one of them holds the other."""
    return first in _with_holders(engagement, second) or second in _with_holders(engagement, first)


def _with_holders(engagement: Engagement, initiative_id: str) -> set[str]:
    found: set[str] = set()
    one: str | None = initiative_id
    while one is not None:
        found.add(one)
        one = engagement.initiatives[one].parent_id
    return found
