"""Where teams stand: dated assessments, their answers and votes, and the targets teams aim for."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date

from planner.domain.fields import between, long_text, refers_to, required_text


class AnswerState(enum.Enum):
    """What is known about a practice in a team; only *answered* and *declined* may carry a score."""

    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    NOT_APPLICABLE = "not-applicable"
    DECLINED = "declined"
    OUTSIDE_OUR_CONTROL = "outside-our-control"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A dated snapshot; from `closed_on` it never changes."""

    id: str
    name: str = field(metadata=required_text())
    held_on: date
    closed_on: date | None = None
    note: str = field(default="", metadata=long_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one assessment says of one practice in one team.

    `score` runs from 0 to 1 (None while unanswered, not applicable or outside our control), `confidence` from 0 to 1;
    `reason` explains every state other than *answered*; the answer is stale after `expiry`.
    """

    id: str
    assessment_id: str = field(metadata=refers_to("assessments"))
    team_id: str = field(metadata=refers_to("teams"))
    practice_id: str = field(metadata=refers_to("practices"))
    state: AnswerState = AnswerState.ANSWERED
    score: float | None = field(default=None, metadata=between(0, 1))
    confidence: float | None = field(default=None, metadata=between(0, 1))
    evidence: str = field(default="", metadata=long_text())
    reason: str = field(default="", metadata=long_text())
    expiry: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One respondent's score behind an answer, from 0 to 1; `respondent` is a role or a number, not a name."""

    id: str
    answer_id: str = field(metadata=refers_to("answers"))
    respondent: str = ""
    score: float = field(metadata=between(0, 1))
    comment: str = field(default="", metadata=long_text())


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The score (0 to 1) a team aims for in a practice; it may be less than the top."""

    id: str
    team_id: str = field(metadata=refers_to("teams"))
    practice_id: str = field(metadata=refers_to("practices"))
    score: float = field(metadata=between(0, 1))
    due: date | None = None
    owner: str = ""
    rationale: str = field(default="", metadata=long_text())
