"""Bars taken by the hand: the plan as it would be while one is held, the step that makes it so when it is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor

from planner.charts.rows import row_of
from planner.domain.errors import UserError
from ui.live_plan import LivePlan, LivePlanKeeper
from ui.pages.page import nothing_more
from ui.pages.timeline.rescheduling import drag, movable, step
from ui.present.tips import tip_of
from ui.timeline.dragging import Grip

if TYPE_CHECKING:
    from ui.pages.timeline.page import TimelinePage


class BarMoves(QObject):
    """Follows the bars of a page's timeline as they are dragged, and moves them by keys."""

    def __init__(self, page: TimelinePage) -> None:
        super().__init__(page)
        self._page = page
        self._timeline = page.timeline
        self._previewer = LivePlanKeeper(page.workbench.background, self)
        self._settling = False
        dragging = self._timeline.dragging
        dragging.allowed = lambda one: page.can_edit and movable(page.engagement, self._plan, one)
        dragging.moved.connect(self._preview)
        dragging.dropped.connect(self._drop)
        dragging.ended.connect(self._end)
        self._previewer.computed.connect(self._show_preview)

    def move_selected(self, grip: Grip, working_days: int) -> None:
        """Move the selected bars, or their ends, by working days."""
        page, plan, ids = self._page, self._plan, self._page.selection().ids
        if plan is not None:
            page.carry_out(
                lambda: step(page.engagement, plan, ids, grip, working_days), then=nothing_more, count=len(ids)
            )

    @property
    def _plan(self) -> LivePlan | None:
        return self._page.workbench.keeper.plan

    def _preview(self, initiative_id: str, grip: Grip, days: int) -> None:
        """Show the plan as it would be; what follows from it is computed while the bar is held."""
        plan, engagement = self._plan, self._page.engagement
        if plan is None:
            return
        try:
            changes = drag(engagement, plan, self._held(initiative_id, grip), grip, days)
        except UserError:
            return  # said when the bar is let go
        self._previewer.take(engagement.apply(changes))

    def _show_preview(self) -> None:
        plan, held = self._previewer.plan, self._timeline.dragging.held
        if plan is None or not held:
            return
        self._timeline.show_preview((plan.engagement, plan))
        row = row_of(plan.engagement, plan.schedule, plan.work, held)
        heading, lines = tip_of(row, plan.engagement, plan, self._page.workbench.surroundings.language)
        self._timeline.tip.show_at(QCursor.pos(), heading, lines[:1])

    def _drop(self, initiative_id: str, grip: Grip, days: int) -> None:
        page, plan, ids = self._page, self._plan, self._held(initiative_id, grip)
        if plan is not None:
            self._settling = page.carry_out(lambda: drag(page.engagement, plan, ids, grip, days), then=nothing_more)

    def _end(self) -> None:
        self._previewer.forget()
        self._timeline.tip.hide()
        if not self._settling:
            self._timeline.show_preview(None)
        # Else the preview stays until the plan it showed is there: large ones take a moment.
        self._settling = False

    def _held(self, initiative_id: str, grip: Grip) -> tuple[str, ...]:
        """Return which bars go along: all that are selected when one of them is moved as a whole."""
        selected = self._page.selection().ids
        return selected if grip is Grip.WHOLE and initiative_id in selected else (initiative_id,)
