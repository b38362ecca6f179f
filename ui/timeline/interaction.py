"""What mouse, wheel and keys do in the timeline: scroll, zoom at the pointer, pan by dragging, select, ask for a tip.

A press that does not move selects; one that moves takes the bar it began on, or pans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.timeline.view import Timeline

_ZOOM_STEP: Final = 1.25
_WHEEL_NOTCH: Final = 120
_KEY_SHARE: Final = 0.125
"""The share of its width the timeline scrolls at an arrow key."""

_TIP_MILLISECONDS: Final = 350


class Interaction(QObject):
    """Turns the events of one timeline into its verbs."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._pressed: QPoint | None = None
        self._last = QPoint()
        self._panning = False
        self._dragging = False
        self._hover = QTimer(self)
        self._hover.setSingleShot(True)
        self._hover.setInterval(_TIP_MILLISECONDS)
        self._hover.timeout.connect(timeline.show_tip)

    def press(self, event: QMouseEvent) -> None:
        """Begin a click or a pan."""
        self._hover.stop()
        self._timeline.tip.hide()
        if event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            self._pressed = self._last = event.position().toPoint()
            self._panning = False

    def move(self, event: QMouseEvent) -> None:
        """Take a bar along, pan, or get ready for a tip."""
        here = event.position().toPoint()
        if self._pressed is None:
            self._timeline.point_at(here)
            self._hover.start()
            taken = self._timeline.dragging.grip_at(here)
            if taken is None:
                self._timeline.viewport().unsetCursor()
            else:
                self._timeline.viewport().setCursor(self._timeline.dragging.cursor_of(taken[1]))
            return
        if self._dragging:
            self._timeline.dragging.move(here)
            return
        if not self._panning and (here - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            if event.buttons() & Qt.MouseButton.LeftButton and self._timeline.dragging.begin(self._pressed):
                self._dragging = True
                self._timeline.select_at(self._pressed, Qt.KeyboardModifier.NoModifier, keeps=True)
                self._timeline.dragging.move(here)
                return
            self._panning = True
            self._timeline.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._panning:
            self._timeline.scroll_sideways(self._last.x() - here.x())
            bar = self._timeline.verticalScrollBar()
            bar.setValue(bar.value() + self._last.y() - here.y())
            self._last = here

    def release(self, event: QMouseEvent) -> None:
        """Let go of a bar, end a pan, or select what was clicked."""
        was_pan, was_drag, pressed = self._panning, self._dragging, self._pressed
        self._pressed, self._panning, self._dragging = None, False, False
        self._timeline.viewport().unsetCursor()
        if was_drag:
            self._timeline.dragging.drop()
            return
        if pressed is not None and not was_pan and event.button() == Qt.MouseButton.LeftButton:
            self._timeline.select_at(pressed, event.modifiers())

    def give_up(self) -> None:
        """Let a bar that is held go back where it was."""
        self._pressed, self._panning, self._dragging = None, False, False
        self._timeline.dragging.cancel()

    def leave(self) -> None:
        """Forget the pointer."""
        self._hover.stop()
        self._timeline.tip.hide()

    def wheel(self, event: QWheelEvent) -> bool:
        """Zoom with Ctrl, scroll sideways with Shift or a sideways wheel; return whether it did either."""
        self.leave()
        angle, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._timeline.zoom(_ZOOM_STEP ** (angle.y() / _WHEEL_NOTCH), x=event.position().x())
            return True
        sideways = angle.x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = sideways or angle.y()
        elif abs(angle.x()) <= abs(angle.y()):
            return False
        self._timeline.scroll_sideways(-(pixels.x() or sideways * 0.8))
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Scroll, zoom and step through the rows; return whether the key meant anything here."""
        timeline = self._timeline
        step = timeline.viewport().width() * _KEY_SHARE
        key = event.key()
        if key in _STEPS:
            timeline.row_stepped.emit(_STEPS[key])
        elif key in _PAGES:
            timeline.row_stepped.emit(_PAGES[key] * timeline.rows_seen())
        elif key in _SCROLLS:
            timeline.scroll_sideways(_SCROLLS[key] * step)
        elif key in _ZOOMS:
            timeline.zoom(_ZOOMS[key])
        elif key == Qt.Key.Key_Escape and self._dragging:
            self.give_up()
        elif key == Qt.Key.Key_Home:
            timeline.go_to_end(first=True)
        elif key == Qt.Key.Key_End:
            timeline.go_to_end(first=False)
        else:
            return False
        return True


_STEPS: Final[dict[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PAGES: Final[dict[int, int]] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_SCROLLS: Final[dict[int, int]] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ZOOMS: Final[dict[int, float]] = {
    Qt.Key.Key_Plus: _ZOOM_STEP,
    Qt.Key.Key_Equal: _ZOOM_STEP,
    Qt.Key.Key_Minus: 1 / _ZOOM_STEP,
}
