"""Bars by the hand: moved as a whole or by one end, in days, while whoever plans shows what would follow.

It knows pixels and days, nothing of plans: it tells by how many days which end was taken where, and when it was let go.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal

from planner.charts.layout import bar_height
from planner.charts.scene import Rectangle, Role
from planner.charts.time_axis import TimeAxis

if TYPE_CHECKING:
    from ui.timeline.view import Timeline

_EDGE: Final = 6
"""Pixels at either end of a bar that take that end, not the whole."""

_LEAST_WHOLE: Final = 10
"""Pixels in the middle of a bar that always take the whole of it."""

_SCROLL_ZONE: Final = 28
_SCROLL_PIXELS: Final = 18
_SCROLL_MILLISECONDS: Final = 30


class Grip(enum.Enum):
    """Which part of a bar is taken."""

    WHOLE = "whole"
    START = "start"
    FINISH = "finish"


def grip_within(left: float, right: float, x: float) -> Grip | None:
    """Return which part of a bar from `left` to `right` lies at `x`, all in pixels; None beside it."""
    if not left - _EDGE / 2 <= x <= right + _EDGE / 2:
        return None
    edge = min(_EDGE, max(0.0, (right - left - _LEAST_WHOLE) / 2))
    if x >= right - edge:
        return Grip.FINISH
    return Grip.START if x <= left + edge else Grip.WHOLE


def ghost_of(start: date, finish: date, axis: TimeAxis, *, top: float, height: float) -> Rectangle:
    """Return the outline of a bar where it was, in a row from `top` on; lengths in pixels."""
    left, size = axis.x_of(start), bar_height(height)
    return Rectangle(
        x=left,
        y=top + (height - size) / 2,
        width=axis.x_after(finish) - left,
        height=size,
        line=Role.IDLE_LINE,
        dashed=True,
    )


class BarDragging(QObject):
    """One bar at a time; `moved` and `dropped` tell (initiative id, grip, days), `ended` that it is over either way."""

    moved = Signal(str, object, int)
    dropped = Signal(str, object, int)
    ended = Signal()

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._held: tuple[str, Grip] | None = None
        self._from = 0.0
        self._days = 0
        self._here = QPoint()
        self.allowed: Callable[[str], bool] = _never
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_MILLISECONDS)
        self._scroll.timeout.connect(self._scroll_on)

    @property
    def held(self) -> str:
        """The id of the initiative whose bar is held; empty for none."""
        return "" if self._held is None else self._held[0]

    def grip_at(self, place: QPoint) -> tuple[str, Grip] | None:
        """Return the initiative and the part of its bar at a place of the view, if it may be taken."""
        found = self._timeline.bar_at(place)
        if found is None:
            return None
        row, span = found
        grip = grip_within(span.left, span.right, place.x())
        if grip is None or not self.allowed(row.id):
            return None
        return row.id, Grip.WHOLE if row.milestone else grip

    def begin(self, place: QPoint) -> bool:
        """Take the bar at `place`; return whether there was one to take."""
        self._held = self.grip_at(place)
        self._days = 0
        self._from = self._timeline.ordinal_at(place.x())
        return self._held is not None

    def move(self, place: QPoint) -> None:
        """Follow the pointer, and scroll at the edges of the view."""
        self._here = place
        self._tell()
        width = self._timeline.viewport().width()
        if place.x() < _SCROLL_ZONE or place.x() > width - _SCROLL_ZONE:
            if not self._scroll.isActive():
                self._scroll.start()
        else:
            self._scroll.stop()

    def drop(self) -> None:
        """Let go of the bar where it is."""
        held, days = self._held, self._days
        self._end()
        if held is not None and days:
            self.dropped.emit(*held, days)
        self.ended.emit()

    def cancel(self) -> None:
        """Let the bar go back where it was."""
        if self._held is not None:
            self._end()
            self.ended.emit()

    @staticmethod
    def cursor_of(grip: Grip) -> Qt.CursorShape:
        """Return the pointer's shape over a part of a bar."""
        return Qt.CursorShape.OpenHandCursor if grip is Grip.WHOLE else Qt.CursorShape.SizeHorCursor

    def _tell(self) -> None:
        if self._held is None:
            return
        days = round(self._timeline.ordinal_at(self._here.x()) - self._from)
        if days != self._days:
            self._days = days
            self.moved.emit(*self._held, days)

    def _scroll_on(self) -> None:
        left = self._here.x() < _SCROLL_ZONE
        self._timeline.scroll_sideways(-_SCROLL_PIXELS if left else _SCROLL_PIXELS)
        self._tell()

    def _end(self) -> None:
        self._scroll.stop()
        self._held = None


def _never(_initiative_id: str) -> bool:
    return False
