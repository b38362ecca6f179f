"""Where teams stand against a maturity model: scores rolled up, levels held, distance to targets.

Every roll-up says which method it used, how many cells it counted and how many it left out and why. Unanswered never
counts as zero; not applicable and outside our control leave the denominator; declined stays in it at its score.
"""

from __future__ import annotations

import enum
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.assessment import Answer, AnswerState, Assessment
from planner.domain.engagement import Engagement
from planner.domain.organization import Team
from planner.domain.practice import Practice
from planner.domain.settings import RollUp


class Rating(enum.Enum):
    """How far something is achieved, after ISO/IEC 33020:2019, 5.2: not, partially, largely, fully."""

    NOT = "N"
    PARTIALLY = "P"
    LARGELY = "L"
    FULLY = "F"


def rate(score: float) -> Rating:
    """Return the rating of a score from 0 to 1: N up to 15 %, P up to 50 %, L up to 85 %, F above (ISO/IEC 33020)."""
    if score <= 0.15:
        return Rating.NOT
    if score <= 0.50:
        return Rating.PARTIALLY
    return Rating.LARGELY if score <= 0.85 else Rating.FULLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One team's standing in one practice; `answer` is None where the assessment says nothing."""

    team_id: str
    practice: Practice
    answer: Answer | None

    @property
    def state(self) -> AnswerState:
        """The answer's state; a missing answer is unanswered."""
        return AnswerState.UNANSWERED if self.answer is None else self.answer.state

    @property
    def score(self) -> float | None:
        """The score that counts, from 0 to 1, or None where the cell leaves the denominator."""
        if self.answer is None:
            return None
        if self.answer.state is AnswerState.ANSWERED:
            return self.answer.score
        if self.answer.state is AnswerState.DECLINED:
            return self.answer.score or 0.0
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolledUp:
    """A rolled-up number and what stands behind it.

    `value` is a score from 0 to 1 (mean, floor) or the level held, 0 to 5 (gate); None when nothing was counted.
    `spread` is the standard deviation of the counted scores; `left_out` counts cells by state.
    """

    method: RollUp
    value: float | None
    spread: float | None
    used: int
    left_out: Mapping[AnswerState, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heatmap:
    """Teams by practices in one assessment: `cells` by (team id, practice id), every combination present."""

    assessment: Assessment | None
    teams: tuple[Team, ...]
    practices: tuple[Practice, ...]
    cells: Mapping[tuple[str, str], Cell]

    def row(self, team_id: str) -> tuple[Cell, ...]:
        """Return one team's cells, in the order of the practices."""
        return tuple(self.cells[team_id, practice.id] for practice in self.practices)

    def column(self, practice_id: str) -> tuple[Cell, ...]:
        """Return one practice's cells, in the order of the teams."""
        return tuple(self.cells[team.id, practice_id] for team in self.teams)


def latest_assessment(engagement: Engagement, *, on: date | None = None) -> Assessment | None:
    """Return the assessment held last (up to and including `on`), or None."""
    held = [assessment for assessment in engagement.assessments.values() if on is None or assessment.held_on <= on]
    return max(held, key=lambda assessment: (assessment.held_on, assessment.id), default=None)


def ordered_teams(engagement: Engagement) -> tuple[Team, ...]:
    """Return every team in the order of the organization tree."""
    found: list[Team] = []
    stack = list(reversed(engagement.subunits_of(None)))
    while stack:
        unit = stack.pop()
        found.extend(engagement.teams_of(unit.id))
        stack.extend(reversed(engagement.subunits_of(unit.id)))
    return tuple(found)


def ordered_practices(engagement: Engagement, *, model_id: str | None = None) -> tuple[Practice, ...]:
    """Return the practices (of one model) in the order of models, dimensions, themes and positions."""

    def place(practice: Practice) -> tuple[object, ...]:
        theme = engagement.themes[practice.theme_id]
        dimension = engagement.dimensions[theme.dimension_id]
        model = engagement.models[dimension.model_id]
        return (
            model.name,
            model.id,
            dimension.position,
            dimension.name,
            dimension.id,
            theme.position,
            theme.name,
            theme.id,
            practice.position,
            practice.name,
            practice.id,
        )

    practices = sorted(engagement.practices.values(), key=place)
    if model_id is None:
        return tuple(practices)
    return tuple(practice for practice in practices if model_of(engagement, practice) == model_id)


def model_of(engagement: Engagement, practice: Practice) -> str:
    """Return the id of the maturity model a practice belongs to."""
    return engagement.dimensions[engagement.themes[practice.theme_id].dimension_id].model_id


def heatmap(engagement: Engagement, assessment_id: str | None = None, *, model_id: str | None = None) -> Heatmap:
    """Return teams by practices for one assessment (None: the latest) and one model (None: all)."""
    assessment = latest_assessment(engagement) if assessment_id is None else engagement.assessments[assessment_id]
    answers: dict[tuple[str, str], Answer] = {}
    if assessment is not None:
        for answer in engagement.referring("answers", "assessment_id").get(assessment.id, ()):
            answers[answer.team_id, answer.practice_id] = answer
    teams = ordered_teams(engagement)
    practices = ordered_practices(engagement, model_id=model_id)
    return Heatmap(
        assessment=assessment,
        teams=teams,
        practices=practices,
        cells={
            (team.id, practice.id): Cell(team_id=team.id, practice=practice, answer=answers.get((team.id, practice.id)))
            for team in teams
            for practice in practices
        },
    )


def roll_up(cells: Iterable[Cell], method: RollUp) -> RolledUp:
    """Return `cells` rolled up: mean weighted by the practices' weights, floor (minimum), or gate (level held)."""
    cells = tuple(cells)
    counted = [(cell, score) for cell in cells if (score := cell.score) is not None]
    scores = [score for _cell, score in counted]
    if method is RollUp.GATE:
        value: float | None = float(level_held(cells)) if counted else None
    elif method is RollUp.FLOOR:
        value = min(scores, default=None)
    else:
        value = _mean(counted)
    return RolledUp(
        method=method,
        value=value,
        spread=statistics.pstdev(scores) if scores else None,
        used=len(counted),
        left_out=Counter(cell.state for cell in cells if cell.score is None),
    )


def level_held(cells: Sequence[Cell]) -> int:
    """Return the level held, 0 to 5: each of its own practices at least L, each of every lower level F (ISO/IEC 33020).

    Cells out of the denominator do not hold a level back; a level that has none in it is passed over when nothing of it
    applies, and not held when its cells are merely unanswered.
    """
    held = 0
    for level in range(1, 6):
        own = [cell for cell in cells if cell.practice.level == level]
        lowest = min((score for cell in own if (score := cell.score) is not None), default=None)
        if lowest is None:
            if any(cell.state is AnswerState.UNANSWERED for cell in own):
                break
            continue
        rating = rate(lowest)
        if rating in (Rating.LARGELY, Rating.FULLY):
            held = level
        if rating is not Rating.FULLY:
            break
    return held


def percent_to_target(cells: Iterable[tuple[float, float]]) -> float | None:
    """Return how much of the targets is reached, 0 to 1, over (current, target); None when there are no targets.

    sum of min(current, target) / sum of targets, as in OWASP SAMM.
    """
    pairs = list(cells)
    total = sum(target for _current, target in pairs)
    return sum(min(current, target) for current, target in pairs) / total if total else None


def progress_to_date(cells: Iterable[tuple[float, float, float]]) -> float | None:
    """Return the mean progress from base to target, 0 to 1, over (base, current, target); None when nothing is to gain.

    (current - base) / (target - base) for each cell with target > base, each clamped to 0..1.
    """
    shares = [
        min(1.0, max(0.0, (current - base) / (target - base))) for base, current, target in cells if target > base
    ]
    return statistics.fmean(shares) if shares else None


def _mean(counted: Sequence[tuple[Cell, float]]) -> float | None:
    weight = sum(cell.practice.weight for cell, _score in counted)
    if not counted or not weight:
        return None
    return sum(cell.practice.weight * score for cell, score in counted) / weight
