"""Python's cyclic garbage, collected on the UI thread and nowhere else.

Left to itself the collector runs on whichever thread happens to allocate. Among the garbage there may be widgets,
pictures or timers, and these must end on the thread they live on: ended by a pool thread they take the process along.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_LOOK_MILLISECONDS: Final = 500
_AWAY_MILLISECONDS: Final = 2_000
_PATIENCE: Final = 60
"""How many times its threshold the oldest generation waits for a moment when nobody is looking: some minutes of work.

Going through everything there is takes a tenth of a second with a large plan open.
"""


class GarbageCollector(QObject):
    """Takes over from Python's own collector until `stop`; looks at intervals whether there is enough to collect."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(_AWAY_MILLISECONDS)
        self._away.timeout.connect(gc.collect)
        application.applicationStateChanged.connect(self._take_state)

    def look(self) -> None:
        """Collect the young generations past their thresholds, and the oldest only where it has waited long enough."""
        youngest, young, oldest = gc.get_count()
        thresholds = gc.get_threshold()
        if oldest > thresholds[2] * _PATIENCE:
            gc.collect()
        elif young > thresholds[1]:
            gc.collect(1)
        elif youngest > thresholds[0]:
            gc.collect(0)

    def stop(self) -> None:
        """Hand back to Python's own collector."""
        self._timer.stop()
        self._away.stop()
        gc.enable()

    def _take_state(self, state: Qt.ApplicationState) -> None:
        """Collect everything once the person has turned to another program for a while."""
        if state is Qt.ApplicationState.ApplicationActive:
            self._away.stop()
        elif self._timer.isActive():
            self._away.start()
