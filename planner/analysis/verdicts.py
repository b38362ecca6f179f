"""Whether initiatives did what they were meant to do: what was measured before and after, and what that suggests.

A suggestion is only ever a suggestion: the verdict is the coach's own. Each part of an answer belongs to one team or
one application; several are never blended.
"""

from __future__ import annotations

import enum
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.analysis.delivery import Direction, Subject, judge, series_of
from planner.analysis.maturity import latest_assessment
from planner.domain.assessment import AnswerState
from planner.domain.engagement import Engagement
from planner.domain.flow import DeliveryMetric
from planner.domain.initiative import Outcome, OutcomeKind, Status, Verdict

ENOUGH: Final = 3
"""Measurements after the finish below which nothing is suggested."""

_TOLERANCE: Final = 1.05


class Reason(enum.Enum):
    """Why a verdict is suggested."""

    DROPPED = "dropped"
    NOT_FINISHED = "not finished"
    TOO_FEW = "too few measurements"
    REACHED = "the target is reached"
    CLOSER = "better, short of the target"
    BETTER = "better than before"
    NO_BETTER = "no better than before"
    NO_BEFORE = "nothing to compare with"
    MIXED = "some so, some not"
    STEP_REACHED = "the step is as short as hoped"
    STEP_LONGER = "the step is still longer"
    NOT_ASSESSED = "not assessed since"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was measured of one subject (None: scores of maturity): the value before with its day, the median after.

    `count` is how many values there are after; of scores, `reached` is how many of them reach the target.
    """

    subject: Subject | None = None
    before: float | None = None
    before_on: date | None = None
    after: float | None = None
    count: int = 0
    reached: int = 0
    verdict: Verdict = Verdict.PENDING
    reason: Reason = Reason.TOO_FEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An outcome with what is known of it; `start` and `finish` are its initiative's, None where there is no plan."""

    outcome: Outcome
    start: date | None
    finish: date | None
    evidence: tuple[Evidence, ...]
    verdict: Verdict
    reason: Reason


class Inquiry:
    """Answers about one engagement, outcome by outcome; what all of them look up is looked up once."""

    def __init__(self, engagement: Engagement) -> None:
        self._engagement = engagement
        self._series = series_of(engagement)
        self._by_assessment: dict[str, dict[tuple[str, str], float]] = {}

    def find(self, outcome: Outcome, *, start: date | None, finish: date | None) -> Finding:
        """Return what is known of an outcome and what it suggests.

        `start` and `finish` are the dates of the plan; days on which the initiative really began and ended go before.
        """
        initiative = self._engagement.initiatives[outcome.initiative_id]
        start, finish = initiative.actual_start or start, initiative.actual_finish or finish
        if outcome.kind is OutcomeKind.DELIVERY_METRIC:
            evidence = tuple(self._measured(outcome, start, finish))
        elif outcome.kind is OutcomeKind.MATURITY:
            evidence = (self._assessed(outcome, start, finish),)
        else:
            evidence = (self._walked(outcome),)
        if initiative.status is Status.DROPPED:
            verdict, reason = Verdict.PENDING, Reason.DROPPED
        elif initiative.status is not Status.DONE or finish is None:
            verdict, reason = Verdict.PENDING, Reason.NOT_FINISHED
        else:
            verdict, reason = _together(evidence)
        return Finding(outcome=outcome, start=start, finish=finish, evidence=evidence, verdict=verdict, reason=reason)

    def _measured(self, outcome: Outcome, start: date | None, finish: date | None) -> Iterable[Evidence]:
        metric = outcome.metric or DeliveryMetric.CHANGE_LEAD_TIME
        for subject in subjects_of_outcome(outcome):
            points = self._series.get(subject, {}).get(metric, ())
            earlier = [point for point in points if start is not None and point.measured_on <= start]
            earlier = earlier or [point for point in points if finish is not None and point.measured_on <= finish]
            last = earlier[-1] if earlier else None
            before = outcome.from_value if last is None else last.value
            after = [point.value for point in points if finish is not None and point.measured_on > finish]
            median = statistics.median(after) if after else None
            verdict, reason = _judged(metric, before, median, len(after), outcome.to_value)
            yield Evidence(
                subject=subject,
                before=before,
                before_on=None if last is None else last.measured_on,
                after=median,
                count=len(after),
                verdict=verdict,
                reason=reason,
            )

    def _walked(self, outcome: Outcome) -> Evidence:
        """Return what a step shows today: streams keep no history, so after the finish it is what was found since."""
        step = self._engagement.stream_steps[outcome.step_id or ""]
        shorter = all(
            hoped is None or now <= hoped * _TOLERANCE
            for now, hoped in (
                (step.process_hours, outcome.process_hours_after),
                (step.wait_hours, outcome.wait_hours_after),
            )
        )
        now = step.process_hours + step.wait_hours
        if shorter:
            return Evidence(after=now, count=1, verdict=Verdict.CONFIRMED, reason=Reason.STEP_REACHED)
        return Evidence(before=now, after=now, count=1, verdict=Verdict.PENDING, reason=Reason.STEP_LONGER)

    def _assessed(self, outcome: Outcome, start: date | None, finish: date | None) -> Evidence:
        """Return the mean score before and after over the cells of an outcome, and how many reach the target."""
        earlier = latest_assessment(self._engagement, on=start or finish) if start or finish else None
        before = self._scores(outcome, None if earlier is None else earlier.id)
        later = latest_assessment(self._engagement)
        since = later is not None and finish is not None and later.held_on > finish
        after = self._scores(outcome, later.id if later is not None and since else None)
        target = outcome.to_value or 0.0
        reached = sum(score >= target - 1e-9 for score in after.values())
        rose = sum(score > before.get(key, outcome.from_value or 0.0) + 1e-9 for key, score in after.items())
        verdict, reason = Verdict.INCONCLUSIVE, Reason.CLOSER
        if not after:
            verdict, reason = Verdict.PENDING, Reason.NOT_ASSESSED
        elif reached == len(after):
            verdict, reason = Verdict.CONFIRMED, Reason.REACHED
        elif not rose:
            verdict, reason = Verdict.REFUTED, Reason.NO_BETTER
        return Evidence(
            before=statistics.fmean(before.values()) if before else outcome.from_value,
            before_on=earlier.held_on if earlier is not None and before else None,
            after=statistics.fmean(after.values()) if after else None,
            count=len(after),
            reached=reached,
            verdict=verdict,
            reason=reason,
        )

    def _scores(self, outcome: Outcome, assessment_id: str | None) -> dict[tuple[str, str], float]:
        if assessment_id is None:
            return {}
        known = self._by_assessment.get(assessment_id)
        if known is None:
            answers = self._engagement.referring("answers", "assessment_id").get(assessment_id, ())
            known = self._by_assessment[assessment_id] = {
                (answer.team_id, answer.practice_id): answer.score
                for answer in answers
                if answer.state is AnswerState.ANSWERED and answer.score is not None
            }
        keys = ((team_id, practice_id) for team_id in outcome.team_ids for practice_id in outcome.practice_ids)
        return {key: known[key] for key in keys if key in known}


def subjects_of_outcome(outcome: Outcome) -> tuple[Subject, ...]:
    """Return whose metric an outcome is to move."""
    if outcome.application_id is not None:
        return (Subject("applications", outcome.application_id),)
    return tuple(Subject("teams", team_id) for team_id in outcome.team_ids)


def _together(evidence: tuple[Evidence, ...]) -> tuple[Verdict, Reason]:
    """Return what several subjects suggest together: their own verdict where they agree, none while one is pending."""
    if len({part.verdict for part in evidence}) == 1:
        return evidence[0].verdict, evidence[0].reason
    pending = next((part for part in evidence if part.verdict is Verdict.PENDING), None)
    return (Verdict.PENDING, pending.reason) if pending is not None else (Verdict.INCONCLUSIVE, Reason.MIXED)


def _judged(
    metric: DeliveryMetric, before: float | None, after: float | None, count: int, target: float | None
) -> tuple[Verdict, Reason]:
    if after is None or count < ENOUGH:
        return Verdict.PENDING, Reason.TOO_FEW
    went = None if before is None else judge(metric, before, after)
    if target is not None and (after == target or judge(metric, target, after) is not Direction.WORSE):
        return Verdict.CONFIRMED, Reason.REACHED
    if went is None:
        return Verdict.INCONCLUSIVE, Reason.NO_BEFORE
    if went is not Direction.BETTER:
        return Verdict.REFUTED, Reason.NO_BETTER
    return (Verdict.CONFIRMED, Reason.BETTER) if target is None else (Verdict.INCONCLUSIVE, Reason.CLOSER)
