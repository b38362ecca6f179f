"""Python's cyclic garbage, collected on the UI thread and nowhere else.

Left to itself the collector runs on whichever thread happens to allocate. Among the garbage there may be widgets,
pictures or timers, and these must end on the thread they live on: ended by a pool thread they take the process along.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_LOOK_MILLISECONDS: Final = 500


class GarbageCollector(QObject):
    """Takes over from Python's own collector until `stop`; looks at intervals whether there is enough to collect."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation past its threshold, and with it the younger ones."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Hand back to Python's own collector."""
        self._timer.stop()
        gc.enable()
