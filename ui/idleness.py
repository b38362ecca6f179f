"""How long nobody has touched a window: what may wait for such a moment does, and is not felt.

Keys, clicks, moves and turns of the wheel are seen where the system hands them to the window, before any widget is.
"""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class Idleness(QObject):
    """Watches one window that is on the screen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._touched_at = -float("inf")
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def seconds(self) -> float:
        """Return the seconds since somebody touched the window; without end where nobody has."""
        return time.monotonic() - self._touched_at

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that the window is touched, and leave the event to it."""
        if event.type() in _TOUCHES:
            self._touched_at = time.monotonic()
        return False
