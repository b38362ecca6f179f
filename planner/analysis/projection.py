"""What maturity a plan leads to: current scores lifted by the outcomes of initiatives that finish in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from planner.analysis.maturity import heatmap
from planner.domain.assessment import AnswerState
from planner.domain.engagement import Engagement
from planner.domain.initiative import OutcomeKind, Status

_LEFT_OUT: Final = (AnswerState.NOT_APPLICABLE, AnswerState.OUTSIDE_OUR_CONTROL)


def project_scores(
    engagement: Engagement, finishes: Mapping[str, date], *, on: date, assessment_id: str | None = None
) -> dict[tuple[str, str], float | None]:
    """Return the projected score (0 to 1) of every (team id, practice id) on a date; None where nothing is known.

    The score of the assessment (None: the latest) is lifted by every maturity outcome whose initiative finishes, by
    `finishes` (initiative id -> last working day), on or before `on`: the maximum, never the sum. Lifts of dropped
    initiatives do not count, nor do lifts of what does not apply to a team or is outside its control.
    """
    cells = heatmap(engagement, assessment_id).cells
    scores = {key: cell.score for key, cell in cells.items()}
    for outcome in engagement.outcomes.values():
        if outcome.kind is not OutcomeKind.MATURITY or outcome.to_value is None:
            continue
        finish = finishes.get(outcome.initiative_id)
        if finish is None or finish > on:
            continue
        if engagement.initiatives[outcome.initiative_id].status is Status.DROPPED:
            continue
        for team_id in outcome.team_ids:
            for practice_id in outcome.practice_ids:
                key = (team_id, practice_id)
                if cells[key].state not in _LEFT_OUT:
                    current = scores[key]
                    scores[key] = outcome.to_value if current is None else max(current, outcome.to_value)
    return scores
