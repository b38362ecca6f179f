"""What maturity a plan leads to: current scores lifted by the outcomes of initiatives that finish in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.analysis.maturity import heatmap
from planner.domain.engagement import Engagement
from planner.domain.initiative import OutcomeKind, Status


def project_scores(
    engagement: Engagement, finishes: Mapping[str, date], *, on: date, assessment_id: str | None = None
) -> dict[tuple[str, str], float | None]:
    """Return the projected score (0 to 1) of every (team id, practice id) on a date; None where nothing is known.

    The score of the assessment (None: the latest) is lifted by every maturity outcome whose initiative finishes, by
    `finishes` (initiative id -> last working day), on or before `on`: the maximum, never the sum. Lifts of dropped
    initiatives do not count.
    """
    scores = {key: cell.score for key, cell in heatmap(engagement, assessment_id).cells.items()}
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
                current = scores.get((team_id, practice_id))
                scores[team_id, practice_id] = outcome.to_value if current is None else max(current, outcome.to_value)
    return scores
