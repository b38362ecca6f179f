"""The columns of the initiatives' table: what each holds, how it is worded, and which can be edited where."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative, Status
from planner.language import N_, Language
from planner.words import STATUS_WORDS
from ui.live_plan import LivePlan
from ui.present.words import word_days


class Column(enum.IntEnum):
    """The columns from left to right."""

    NAME = 0
    STATUS = 1
    START = 2
    FINISH = 3
    DURATION = 4
    PROGRESS = 5


TITLES: Final = {
    Column.NAME: N_("Initiative"),
    Column.STATUS: N_("Status"),
    Column.START: N_("Start"),
    Column.FINISH: N_("Finish"),
    Column.DURATION: N_("Duration"),
    Column.PROGRESS: N_("Progress"),
}
"""Column -> its title."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What one initiative shows: its entity and, once the plan is computed, its dates."""

    initiative: Initiative
    summary: bool
    start: date | None
    finish: date | None
    duration_days: float | None
    progress: float


_VALUES: Final[dict[Column, Callable[[Cells], Any]]] = {
    Column.NAME: lambda cells: cells.initiative.name,
    Column.STATUS: lambda cells: cells.initiative.status,
    Column.START: lambda cells: cells.start,
    Column.FINISH: lambda cells: cells.finish,
    Column.DURATION: lambda cells: cells.duration_days,
    Column.PROGRESS: lambda cells: cells.progress,
}


def value_of(cells: Cells, column: Column) -> Any:
    """Return the value in one cell, as the domain holds it; None where it is not known yet."""
    return _VALUES[column](cells)


def text_of(cells: Cells, column: Column, language: Language) -> str:
    """Return the text of one cell."""
    value = value_of(cells, column)
    if value is None:
        return ""
    if column is Column.DURATION:
        return word_days(value, language)
    if column is Column.PROGRESS:
        return language.percent(value)
    if isinstance(value, Status):
        return language.gettext(STATUS_WORDS[value])
    if isinstance(value, date):
        return day_text(value, language.code)
    return " ".join(str(value).split())


def usual_texts(language: Language) -> dict[Column, tuple[str, ...]]:
    """Return the texts each column usually holds, the longest of which it should have room for."""
    days = tuple(day_text(date(2026, month, 28), language.code) for month in range(1, 13))
    return {
        Column.NAME: ("n" * 24,),
        Column.STATUS: tuple(language.gettext(word) for word in STATUS_WORDS.values()),
        Column.START: days,
        Column.FINISH: days,
        Column.DURATION: (word_days(120, language), language.gettext(TITLES[Column.DURATION])),
        Column.PROGRESS: (language.percent(1),),
    }


@lru_cache(maxsize=8192)
def day_text(day: date, language_code: str) -> str:
    """Return a day in the medium width of a language; kept, for a scroll asks for thousands."""
    return Language(language_code).date(day)


def is_editable(cells: Cells, column: int) -> bool:
    """Tell whether a cell can be edited; what holds others takes its dates and progress from them."""
    if column in (Column.NAME, Column.STATUS):
        return True
    return not cells.summary and (column == Column.PROGRESS or cells.start is not None)


def cells_of(engagement: Engagement, plan: LivePlan | None, initiative_id: str, *, summary: bool) -> Cells:
    """Return what one initiative shows; `plan` is None until it is computed."""
    initiative = engagement.initiatives[initiative_id]
    dates = None if plan is None else plan.dates_of(initiative_id)
    progress = initiative.progress
    if summary and plan is not None:
        progress = plan.progress_of(initiative_id) or 0.0
    return Cells(
        initiative=initiative,
        summary=summary,
        start=None if dates is None else dates.early_start,
        finish=None if dates is None else dates.early_finish,
        duration_days=None if summary else initiative.duration_days,
        progress=progress,
    )
