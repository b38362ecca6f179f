"""What a person does to assessments: start one, answer for many teams and practices at once, aim, and close for good."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from planner.domain.assessment import Answer, AnswerState, Assessment, Target, Vote
from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import new_id
from planner.domain.practice import Practice, ScaleOption
from planner.editing.entities import find
from planner.editing.naming import name_of
from planner.editing.step import step

Place: TypeAlias = tuple[str, str]
"""Team id and practice id: one cell of the heatmap."""

_SCORELESS: Final = frozenset({AnswerState.UNANSWERED, AnswerState.NOT_APPLICABLE, AnswerState.OUTSIDE_OUR_CONTROL})
_ALIKE: Final = 0.000_5
"""Scores closer than this are the same option of a scale."""


def start(engagement: Engagement, *, name: str, held_on: date, carried: bool = False) -> Changes:
    """Start an assessment, from nothing or `carried` over: with the latest answer there is for each team and practice.

    Latest goes by the date assessments were held on, up to and including `held_on`. Votes stay with the old answers.
    """
    assessment = Assessment(id=new_id(), name=name, held_on=held_on)
    answers = []
    if carried:
        answers = [
            dataclasses.replace(answer, id=new_id(), assessment_id=assessment.id)
            for answer in latest_answers(engagement, on=held_on).values()
        ]
    return step(engagement, Label("start-assessment", {"name": name}), put=[assessment, *answers])


def latest_answers(engagement: Engagement, *, on: date) -> dict[Place, Answer]:
    """Return the answer given last, up to and including `on`, for each team and practice that has one."""
    found: dict[Place, Answer] = {}
    held = [assessment for assessment in engagement.assessments.values() if assessment.held_on <= on]
    by_assessment = engagement.referring("answers", "assessment_id")
    for assessment in sorted(held, key=lambda one: (one.held_on, one.id)):
        for answer in by_assessment.get(assessment.id, ()):
            if answer.state is not AnswerState.UNANSWERED:
                found[answer.team_id, answer.practice_id] = answer
    return found


def record(engagement: Engagement, *, assessment_id: str, team_id: str, practice_id: str, **fields: Any) -> Changes:
    """Give a team's answer for a practice its fields, making the answer where there is none yet.

    Raises UserError "closed-assessment" once the assessment is closed.
    """
    return record_many(engagement, assessment_id=assessment_id, fields={(team_id, practice_id): fields})


def record_many(engagement: Engagement, *, assessment_id: str, fields: Mapping[Place, Mapping[str, Any]]) -> Changes:
    """Give answers, by team and practice, their fields in one step, making those that are not there yet.

    A score alone means *answered*; a state that carries no score takes it away, and *answered* takes the reason away.
    """
    find(engagement, "assessments", assessment_id)
    held = _answers_at(engagement, assessment_id, fields)
    put = []
    for place, given in fields.items():
        team, practice = find(engagement, "teams", place[0]), find(engagement, "practices", place[1])
        before = held.get(place)
        if before is None:
            before = Answer(
                id=new_id(), assessment_id=assessment_id, team_id=team.id, practice_id=practice.id,
                state=AnswerState.UNANSWERED,
            )  # fmt: skip
        put.append(_settle(before, given))
    label = Label("record-answers", {"count": len(put)})
    if len(put) == 1:
        label = Label("record-answer", {"team": name_of(engagement, team), "practice": name_of(engagement, practice)})
    return step(engagement, label, put=put)


def clear(engagement: Engagement, *, assessment_id: str, places: Iterable[Place]) -> Changes:
    """Take the answers of some teams and practices away, with their votes; those without one are left alone."""
    chosen = tuple(places)
    held = _answers_at(engagement, assessment_id, chosen)
    gone = [held[place] for place in chosen if place in held]
    return step(engagement, Label("clear-answers", {"count": len(gone)}), remove=gone)


def rate(engagement: Engagement, *, assessment_id: str, places: Iterable[Place], option: int) -> Changes:
    """Choose the option at `option` (from 0) of each practice's own scale; a shorter scale refuses.

    Raises UserError "no-such-option" naming the practice whose scale has fewer options.
    """
    fields = {}
    for team_id, practice_id in places:
        practice = find(engagement, "practices", practice_id)
        options = options_of(engagement, practice)
        if not 0 <= option < len(options):
            raise UserError("no-such-option", name=name_of(engagement, practice), number=option + 1, count=len(options))
        fields[team_id, practice_id] = {"state": AnswerState.ANSWERED, "score": options[option].score}
    return record_many(engagement, assessment_id=assessment_id, fields=fields)


def options_of(engagement: Engagement, practice: Practice) -> tuple[ScaleOption, ...]:
    """Return the options a practice is answered with, from the lowest to the highest."""
    return engagement.scales[practice.scale_id].options


def option_at(options: Collection[ScaleOption], score: float | None) -> int | None:
    """Return the place of the option with that score; None where there is none, as with the median of votes."""
    if score is None:
        return None
    return next((at for at, option in enumerate(options) if abs(option.score - score) < _ALIKE), None)


def answers_of(engagement: Engagement, assessment_id: str) -> dict[Place, Answer]:
    """Return the answers of one assessment by team and practice."""
    return {
        (answer.team_id, answer.practice_id): answer
        for answer in engagement.referring("answers", "assessment_id").get(assessment_id, ())
    }


def _answers_at(engagement: Engagement, assessment_id: str, places: Iterable[Place]) -> dict[Place, Answer]:
    """Return the answers of one assessment by team and practice, those of the teams of `places` alone."""
    by_team = engagement.referring("answers", "team_id")
    return {
        (team_id, answer.practice_id): answer
        for team_id in dict.fromkeys(team_id for team_id, _practice_id in places)
        for answer in by_team.get(team_id, ())
        if answer.assessment_id == assessment_id
    }


def targets_of(engagement: Engagement) -> dict[Place, Target]:
    """Return every target by team and practice."""
    return {(target.team_id, target.practice_id): target for target in engagement.targets.values()}


def aim(engagement: Engagement, *, places: Iterable[Place], **fields: Any) -> Changes:
    """Give the targets of teams and practices their fields in one step; a new one aims at the top without a score."""
    held = targets_of(engagement)
    put = [
        dataclasses.replace(
            held.get(place) or Target(id=new_id(), team_id=place[0], practice_id=place[1], score=1.0), **fields
        )
        for place in places
    ]
    return step(engagement, Label("set-targets", {"count": len(put)}), put=put)


def drop_targets(engagement: Engagement, *, places: Iterable[Place]) -> Changes:
    """Take the targets of teams and practices away; those without one are left alone."""
    held = targets_of(engagement)
    gone = [held[place] for place in places if place in held]
    return step(engagement, Label("remove-targets", {"count": len(gone)}), remove=gone)


def vote(engagement: Engagement, *, answer_id: str, respondent: str, score: float) -> Changes:
    """Add one respondent's score behind an answer; the answer itself stays what the team agreed on."""
    answer = find(engagement, "answers", answer_id)
    label = Label("add-vote", {"name": name_of(engagement, engagement.practices[answer.practice_id])})
    return step(engagement, label, put=[Vote(id=new_id(), answer_id=answer_id, respondent=respondent, score=score)])


def close(engagement: Engagement, assessment_id: str, *, on: date) -> Changes:
    """Close an assessment: from then on neither it nor its answers and votes change."""
    assessment: Assessment = find(engagement, "assessments", assessment_id)
    label = Label("close-assessment", {"name": name_of(engagement, assessment)})
    return step(engagement, label, put=[dataclasses.replace(assessment, closed_on=on)])


def _settle(answer: Answer, given: Mapping[str, Any]) -> Answer:
    fields = dict(given)
    if fields.get("score") is not None and "state" not in fields and answer.state in _SCORELESS:
        fields["state"] = AnswerState.ANSWERED
    state = fields.get("state", answer.state)
    if state in _SCORELESS:
        fields.setdefault("score", None)
    if state in (AnswerState.ANSWERED, AnswerState.UNANSWERED):
        fields.setdefault("reason", "")
    return dataclasses.replace(answer, **fields)
