"""What follows from the engagement on the screen: its dates, who works on what, which days rest; kept up to date.

Small plans are computed at once, so that an edit and its effect appear together; large ones, and the first of every
file (which may have holidays to look up), on a pool thread, where only the latest answer counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from ui.background import Background

if TYPE_CHECKING:
    from planner.analysis.schedule import Schedule, ScheduledDates
    from planner.charts.rows import Work

_AT_ONCE: Final = 400
"""Initiatives a plan is computed for within a few milliseconds."""

_IRRELEVANT: Final = frozenset(
    {
        "answers", "applications", "assessments", "baselines", "criteria", "criterion_scores", "dimensions", "formulas",
        "groups", "interactions", "measurements", "models", "outcomes", "practices", "prerequisites", "risks", "scales",
        "stream_steps", "targets", "themes", "units", "value_streams", "votes", "initiative_overrides",
        "team_overrides", "scenarios",
    }
)  # fmt: skip
"""Kinds no date of the live plan depends on."""


@dataclass(frozen=True, slots=True)
class LivePlan:
    """An engagement with its schedule, its work and the days of its own calendar."""

    engagement: Engagement
    schedule: Schedule
    work: Work
    is_working: Callable[[date], bool]
    freezes: tuple[tuple[date, date], ...]

    @property
    def stretch(self) -> tuple[date, date] | None:
        """The first and the last day of the plan; None while there is nothing in it."""
        start, finish = self.schedule.start, self.schedule.finish
        return None if start is None or finish is None or not self.schedule.dates else (start, finish)

    def dates_of(self, initiative_id: str) -> ScheduledDates | None:
        """Return the dates of an initiative; None for one added since."""
        return self.schedule.dates.get(initiative_id)

    def progress_of(self, initiative_id: str) -> float | None:
        """Return how much of an initiative is done, 0 to 1; None for one added since."""
        return self.work.progress(initiative_id) if initiative_id in self.schedule.dates else None


class LivePlanKeeper(QObject):
    """Keeps the latest plan; `computed` when there is a new one, `failed(UserError)` when there can be none."""

    computed = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._asked = 0
        self._warm = False
        self.plan: LivePlan | None = None

    def take(self, engagement: Engagement, changes: Changes | None = None) -> None:
        """Compute the plan of `engagement`, unless `changes` cannot have moved anything."""
        if changes is not None and not changes.by_kind.keys() - _IRRELEVANT:
            return
        self._asked += 1
        asked = self._asked
        if self._warm and len(engagement.initiatives) <= _AT_ONCE:
            try:
                self._take_answer(asked, compute(engagement))
            except UserError as error:
                self._take_failure(asked, error)
            return
        self._background.run(
            lambda _progress: compute(engagement),
            success=lambda plan: self._take_answer(asked, plan),
            failure=lambda error: self._take_failure(asked, error),
            when_painted=True,
        )

    def forget(self) -> None:
        """Let go of the plan: its engagement is closed."""
        self._asked += 1
        self._warm = False
        self.plan = None

    def _take_answer(self, asked: int, plan: LivePlan) -> None:
        if asked == self._asked:
            self._warm = True
            self.plan = plan
            self.computed.emit()

    def _take_failure(self, asked: int, error: UserError) -> None:
        if asked == self._asked:
            self.failed.emit(error)


def compute(engagement: Engagement) -> LivePlan:
    """Return the plan of `engagement`; UserError when it has none (a circle of links)."""
    from planner.analysis.calendar import calendar_of  # noqa: PLC0415  not at start-up
    from planner.analysis.schedule import schedule  # noqa: PLC0415  not at start-up
    from planner.charts.rows import Work  # noqa: PLC0415  not at start-up

    calendar_id = engagement.setting.calendar_id
    freezes = engagement.referring("freezes", "calendar_id").get(calendar_id, ()) if calendar_id else ()
    return LivePlan(
        engagement,
        schedule(engagement),
        Work(engagement),
        calendar_of(engagement, None).is_working,
        tuple((freeze.start, freeze.finish) for freeze in freezes),
    )
