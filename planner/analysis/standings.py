"""How each team stands in each practice of one assessment, with roll-ups of any part in a moment: what a heatmap asks.

A roll-up over thousands of cells is put together from those of its parts: a tally of a unit is the sum of the tallies
of its teams. Every tally answers for all three methods at once, with what it counted and left out; the rules are those
of `planner.analysis.maturity`.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.maturity import Rating, RolledUp, percent_to_target, progress_to_date, rate
from planner.domain.assessment import Answer, AnswerState, Target
from planner.domain.engagement import Engagement
from planner.domain.practice import Practice
from planner.domain.settings import RollUp

Place = tuple[str, str]
"""Team id and practice id."""

LEVELS: Final = 5
_NONE_LEFT_OUT: Final[Mapping[AnswerState, int]] = {}


class Tally:
    """What a set of cells adds up to; two of them add up to that of both sets."""

    __slots__ = ("left_out", "lowest", "pending", "score", "squares", "total", "used", "weight", "worth")

    def __init__(self) -> None:
        self.used = 0
        self.weight = 0.0
        self.worth = 0.0
        self.total = 0.0
        self.squares = 0.0
        self.score: float | None = None
        self.lowest: list[float | None] = [None] * LEVELS
        self.pending = 0
        self.left_out: Counter[AnswerState] = Counter()

    def count(self, practice: Practice, score: float) -> None:
        """Count one cell with its score from 0 to 1."""
        self.used += 1
        self.weight += practice.weight
        self.worth += practice.weight * score
        self.total += score
        self.squares += score * score
        if self.score is None or score < self.score:
            self.score = score
        if practice.level is not None:
            held = self.lowest[practice.level - 1]
            if held is None or score < held:
                self.lowest[practice.level - 1] = score

    def leave_out(self, practice: Practice, state: AnswerState) -> None:
        """Note one cell that is not counted, and why."""
        self.left_out[state] += 1
        if state is AnswerState.UNANSWERED and practice.level is not None:
            self.pending |= 1 << (practice.level - 1)

    def add(self, other: Tally) -> None:
        """Take another set of cells in."""
        self.used += other.used
        self.weight += other.weight
        self.worth += other.worth
        self.total += other.total
        self.squares += other.squares
        if other.score is not None and (self.score is None or other.score < self.score):
            self.score = other.score
        for level, theirs in enumerate(other.lowest):
            ours = self.lowest[level]
            if theirs is not None and (ours is None or theirs < ours):
                self.lowest[level] = theirs
        self.pending |= other.pending
        if other.left_out:
            self.left_out.update(other.left_out)

    def level_held(self) -> int:
        """Return the level held, 0 to 5, as `planner.analysis.maturity.level_held` does."""
        held = 0
        for level, lowest in enumerate(self.lowest, start=1):
            if lowest is None:
                if self.pending & (1 << (level - 1)):
                    break
                continue
            rating = rate(lowest)
            if rating in (Rating.LARGELY, Rating.FULLY):
                held = level
            if rating is not Rating.FULLY:
                break
        return held

    def value(self, method: RollUp) -> float | None:
        """Return the number rolled up: a score from 0 to 1, or the level held; None where nothing was counted."""
        if not self.used:
            return None
        if method is RollUp.GATE:
            return float(self.level_held())
        if method is RollUp.FLOOR:
            return self.score
        return self.worth / self.weight if self.weight else None

    def rolled_up(self, method: RollUp) -> RolledUp:
        """Return the number with its spread and what it counted and left out."""
        spread = None
        if self.used:
            mean = self.total / self.used
            spread = math.sqrt(max(0.0, self.squares / self.used - mean * mean))
        return RolledUp(
            method=method, value=self.value(method), spread=spread, used=self.used,
            left_out=Counter(self.left_out) if self.left_out else _NONE_LEFT_OUT,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetProgress:
    """How far the targets are reached; `count` cells have one, `used` of them a score to hold against it."""

    percent: float | None
    progress: float | None
    count: int
    used: int


class Standings:
    """The answers of one assessment by team and practice, and their roll-ups; made anew for another engagement."""

    def __init__(self, engagement: Engagement, assessment_id: str) -> None:
        self.assessment_id = assessment_id
        self._practices = engagement.practices
        self._answers: dict[Place, Answer] = {
            (answer.team_id, answer.practice_id): answer
            for answer in engagement.referring("answers", "assessment_id").get(assessment_id, ())
        }
        self._tallies: dict[tuple[str, str], Tally] = {}
        self._teams: Mapping[str, tuple[str, ...]] = {}
        self._groups: Mapping[str, tuple[str, ...]] = {}

    def answer(self, team_id: str, practice_id: str) -> Answer | None:
        """Return the answer of a team for a practice; None where there is none."""
        return self._answers.get((team_id, practice_id))

    def answers(self) -> Mapping[Place, Answer]:
        """Return every answer by team and practice."""
        return self._answers

    def group(self, *, teams: Mapping[str, tuple[str, ...]], practices: Mapping[str, tuple[str, ...]]) -> None:
        """Say what each group of teams (a unit) and of practices (a theme, a dimension) is made of, by key."""
        if teams != self._teams or practices != self._groups:
            self._teams, self._groups = teams, practices
            self._tallies.clear()

    def take(self, changes: Iterable[tuple[Answer | None, Answer | None]], engagement: Engagement) -> None:
        """Take answers as (before, after) from an edited engagement; those of other assessments are left alone."""
        self._practices = engagement.practices
        who: set[str] = set()
        what: set[str] = set()
        for before, after in changes:
            for side, gone in ((before, True), (after, False)):
                if side is None or side.assessment_id != self.assessment_id:
                    continue
                who.add(side.team_id)
                what.add(side.practice_id)
                if gone:
                    self._answers.pop((side.team_id, side.practice_id), None)
                else:
                    self._answers[side.team_id, side.practice_id] = side
        _add_groups(who, self._teams)
        _add_groups(what, self._groups)
        self._tallies = {
            place: tally for place, tally in self._tallies.items() if place[0] not in who or place[1] not in what
        }

    def tally(self, who: str, what: str) -> Tally:
        """Return the tally of a team or a group of them in a practice or a group of them, by their keys."""
        found = self._tallies.get((who, what))
        if found is None:
            found = Tally()
            parts = self._teams.get(who)
            if parts is None:
                self._tally_team(found, who, what)
            elif what in self._groups:
                for part in parts:
                    found.add(self.tally(part, what))
            else:
                for part in parts:
                    if part in self._teams:
                        found.add(self.tally(part, what))
                    else:
                        self._count(found, part, (what,))
            self._tallies[who, what] = found
        return found

    def _tally_team(self, found: Tally, team_id: str, what: str) -> None:
        groups = self._groups
        parts = groups.get(what)
        if parts is None:
            self._count(found, team_id, (what,))
            return
        self._count(found, team_id, tuple(part for part in parts if part not in groups))
        for part in parts:
            if part in groups:
                found.add(self.tally(team_id, part))

    def _count(self, found: Tally, team_id: str, practice_ids: tuple[str, ...]) -> None:
        answers, practices = self._answers, self._practices
        for practice_id in practice_ids:
            answer = answers.get((team_id, practice_id))
            if answer is None:
                found.leave_out(practices[practice_id], AnswerState.UNANSWERED)
                continue
            score = answer.score if answer.state is AnswerState.ANSWERED else counted_score(answer)
            if score is None:
                state = AnswerState.UNANSWERED if answer.state is AnswerState.ANSWERED else answer.state
                found.leave_out(practices[practice_id], state)
            else:
                found.count(practices[practice_id], score)


def _add_groups(keys: set[str], groups: Mapping[str, tuple[str, ...]]) -> None:
    """Add every group that holds one of `keys`, directly or through other groups."""
    above = {part: key for key, parts in groups.items() for part in parts}
    for key in tuple(keys):
        holder = above.get(key)
        while holder is not None and holder not in keys:
            keys.add(holder)
            holder = above.get(holder)


def counted_score(answer: Answer | None) -> float | None:
    """Return the score of an answer that counts, from 0 to 1; None where it leaves the denominator."""
    if answer is None:
        return None
    if answer.state is AnswerState.ANSWERED:
        return answer.score
    return (answer.score or 0.0) if answer.state is AnswerState.DECLINED else None


def is_stale(answer: Answer, *, on: date) -> bool:
    """Tell whether an answer has expired before `on`."""
    return answer.expiry is not None and answer.expiry < on


def target_progress(
    targets: Iterable[Target], current: Mapping[Place, Answer], base: Mapping[Place, Answer]
) -> TargetProgress:
    """Return how far targets are reached now, and how far of the way from a base; cells without a score are left out.

    Without a base answer a cell has no way behind it to measure; it counts for the percentage alone.
    """
    reached: list[tuple[float, float]] = []
    ways: list[tuple[float, float, float]] = []
    count = 0
    for target in targets:
        count += 1
        place = (target.team_id, target.practice_id)
        score = counted_score(current.get(place))
        if score is None:
            continue
        reached.append((score, target.score))
        start = counted_score(base.get(place))
        if start is not None:
            ways.append((start, score, target.score))
    return TargetProgress(
        percent=percent_to_target(reached), progress=progress_to_date(ways), count=count, used=len(reached)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """How one team's score in one practice differs between two assessments."""

    team_id: str
    practice_id: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """After minus before."""
        return self.after - self.before


def largest_shifts(
    before: Mapping[Place, Answer], after: Mapping[Place, Answer], places: Iterable[Place]
) -> list[Shift]:
    """Return where both assessments have a score and the two differ, the largest differences first."""
    found = []
    for place in places:
        first, second = counted_score(before.get(place)), counted_score(after.get(place))
        if first is not None and second is not None and first != second:
            found.append(Shift(team_id=place[0], practice_id=place[1], before=first, after=second))
    found.sort(key=lambda shift: -abs(shift.difference))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteSummary:
    """What several votes come to; every score from 0 to 1, `spread` is their standard deviation."""

    count: int
    median: float
    spread: float
    lowest: float
    highest: float


def summarise_votes(scores: Iterable[float]) -> VoteSummary | None:
    """Return number, median, spread and extremes of some votes; None without any."""
    found = sorted(scores)
    if not found:
        return None
    return VoteSummary(
        count=len(found), median=statistics.median(found), spread=statistics.pstdev(found), lowest=found[0],
        highest=found[-1],
    )  # fmt: skip
