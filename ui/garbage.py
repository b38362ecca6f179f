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
_MOST: Final = 30_000
"""Young objects gone through in one go, in some milliseconds. Computing a large plan leaves hundreds of thousands, in
which garbage is rare: these are set aside unlooked at, until everything is gone through."""

_PATIENCE: Final = 600
"""How many lots of young objects pile up, looked at or set aside, before everything is gone through while somebody may
be looking: an hour of small edits, or as many large ones. It takes a tenth of a second and more with a large plan open."""


class GarbageCollector(QObject):
    """Takes over from Python's own collector until `stop`; looks at intervals whether there is enough to collect."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        gc.disable()
        self._lots = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(_AWAY_MILLISECONDS)
        self._away.timeout.connect(self.collect)
        application.applicationStateChanged.connect(self._take_state)

    def look(self) -> None:
        """Collect the young generations past their thresholds, and everything only where it has waited long enough."""
        youngest, young, _oldest = gc.get_count()
        most_youngest, most_young, _most_oldest = gc.get_threshold()
        if self._lots > _PATIENCE:
            self.collect()
        elif youngest <= most_youngest:
            return
        elif _young_objects() > _MOST:
            gc.freeze()
            self._lots += 1
        elif young > most_young:
            gc.collect(1)
            self._lots += 1
        else:
            gc.collect(0)

    def collect(self) -> None:
        """Go through everything there is, what was set aside included; what stays is set aside, for it is in use."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._lots = 0

    def stop(self) -> None:
        """Hand back to Python's own collector."""
        self._timer.stop()
        self._away.stop()
        gc.unfreeze()
        gc.enable()

    def _take_state(self, state: Qt.ApplicationState) -> None:
        """Collect everything once the person has turned to another program for a while."""
        if state is Qt.ApplicationState.ApplicationActive:
            self._away.stop()
        elif self._timer.isActive():
            self._away.start()


def _young_objects() -> int:
    """Return how many there are to look through; the collector's own count is less by every old one that ended."""
    return len(gc.get_objects(generation=0)) + len(gc.get_objects(generation=1))
