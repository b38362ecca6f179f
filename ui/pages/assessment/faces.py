"""What one cell of the heatmap looks like, as a value: two cells that look alike share one painted picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from planner.analysis.standings import Place, Standings, counted_score, is_stale
from planner.domain.assessment import AnswerState, Target
from planner.domain.settings import RollUp
from planner.language import N_, Language
from ui.pages.assessment.axes import Line

DOUBTFUL: Final = 0.5
"""Confidence below this is marked."""

LEVELS: Final = 5


@dataclass(frozen=True, slots=True)
class Face:
    """`share` (0 to 1) is the place on the colour scale, `difference` (-1 to 1) that between two assessments.

    `target` is the score aimed at; `met` tells whether it is reached. A `rolled` face belongs to a group.
    """

    state: AnswerState = AnswerState.UNANSWERED
    text: str = ""
    share: float | None = None
    difference: float | None = None
    doubtful: bool = False
    stale: bool = False
    target: float | None = None
    met: bool = False
    rolled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything the faces of one heatmap depend on; `base` is where progress is measured from."""

    now: Standings
    before: Standings | None
    base: Standings | None
    targets: Mapping[Place, Target]
    method: RollUp
    today: date
    language: Language


def face_of(reading: Reading, who: Line, what: Line) -> Face:
    """Return what the cell of a team (or unit) and a practice (or group of them) looks like."""
    if who.group or what.group:
        return _rolled_face(reading, who.key, what.key)
    answer = reading.now.answer(who.id, what.id)
    target = reading.targets.get((who.id, what.id))
    score = counted_score(answer)
    aimed = None if target is None else target.score
    met = aimed is not None and score is not None and score >= aimed
    if reading.before is not None:
        earlier = counted_score(reading.before.answer(who.id, what.id))
        if score is not None and earlier is not None:
            return _difference_face(reading, score - earlier)
        if score is not None:
            return Face(state=AnswerState.ANSWERED, text=reading.language.gettext(N_("new")), difference=0.0)
    if answer is None:
        return Face(target=aimed)
    return Face(
        state=answer.state,
        text="" if score is None else short_percent(score, reading.language),
        share=score,
        doubtful=answer.confidence is not None and answer.confidence < DOUBTFUL,
        stale=is_stale(answer, on=reading.today),
        target=aimed,
        met=met,
    )


def short_percent(share: float, language: Language) -> str:
    """Return a share as a whole percentage; the sign takes room that a cell has not, the corner names the unit."""
    return _whole(round(share * 100), language)


@lru_cache(maxsize=512)
def _whole(number: int, language: Language) -> str:
    return language.number(number, decimals=0)


def signed(difference: float, language: Language, *, scale: float = 100) -> str:
    """Return a difference with an arrow, which says the direction without colour, and its size."""
    size = language.number(abs(round(difference * scale)), decimals=0)
    if size == "0":
        return "="
    return f"{'▲' if difference > 0 else '▼'}\N{THIN SPACE}{size}"


def value_text(value: float | None, method: RollUp, language: Language) -> str:
    """Return a rolled-up number with its unit: a percentage, or the level held of five."""
    if value is None:
        return "\N{EN DASH}"
    if method is RollUp.GATE:
        pattern = language.gettext(N_("Level {level}"))
        return pattern.format(level=language.number(value, decimals=0))
    return language.percent(value)


def _difference_face(reading: Reading, difference: float) -> Face:
    return Face(state=AnswerState.ANSWERED, text=signed(difference, reading.language), difference=difference)


def _rolled_face(reading: Reading, who: str, what: str) -> Face:
    value = reading.now.tally(who, what).value(reading.method)
    by_level = reading.method is RollUp.GATE
    if value is None:
        return Face(text="", rolled=True)
    whole = LEVELS if by_level else 1
    if reading.before is not None:
        earlier = reading.before.tally(who, what).value(reading.method)
        if earlier is not None:
            return Face(
                state=AnswerState.ANSWERED,
                text=signed(value - earlier, reading.language, scale=1 if by_level else 100),
                difference=(value - earlier) / whole,
                rolled=True,
            )
    text = f"{value:.0f}/{LEVELS}" if by_level else short_percent(value, reading.language)
    return Face(state=AnswerState.ANSWERED, text=text, share=value / whole, rolled=True)
