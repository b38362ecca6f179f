"""What a person does to assessments: answer for a team and a practice, and close for good."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from planner.domain.assessment import Answer, Assessment
from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.identity import new_id
from planner.editing.entities import find
from planner.editing.naming import name_of
from planner.editing.step import step


def record(engagement: Engagement, *, assessment_id: str, team_id: str, practice_id: str, **fields: Any) -> Changes:
    """Give a team's answer for a practice its fields, making the answer where there is none yet.

    Raises UserError "closed-assessment" once the assessment is closed.
    """
    find(engagement, "assessments", assessment_id)
    team = find(engagement, "teams", team_id)
    practice = find(engagement, "practices", practice_id)
    held: Answer | None = next(
        (
            answer
            for answer in engagement.referring("answers", "team_id").get(team_id, ())
            if answer.assessment_id == assessment_id and answer.practice_id == practice_id
        ),
        None,
    )
    if held is None:
        answer = Answer(id=new_id(), assessment_id=assessment_id, team_id=team_id, practice_id=practice_id, **fields)
    else:
        answer = dataclasses.replace(held, **fields)
    label = Label("record-answer", {"team": name_of(engagement, team), "practice": name_of(engagement, practice)})
    return step(engagement, label, put=[answer])


def close(engagement: Engagement, assessment_id: str, *, on: date) -> Changes:
    """Close an assessment: from then on neither it nor its answers and votes change."""
    assessment: Assessment = find(engagement, "assessments", assessment_id)
    label = Label("close-assessment", {"name": name_of(engagement, assessment)})
    return step(engagement, label, put=[dataclasses.replace(assessment, closed_on=on)])
