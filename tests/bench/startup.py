"""From starting the program to its first painted window, against a bare PySide6 window started the same way."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.bench.measure import Row, compare

# Both programs are started alike and stop at the first paint of a window, which they report by the system-wide clock.
_STOP_AT_FIRST_PAINT = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            sys.stdout.write(repr(time.monotonic())); sys.stdout.flush(); os._exit(0)
        return False
run = QApplication.exec
def watched_run(*_):
    watch = Watch(); QApplication.instance().installEventFilter(watch)
    return run()
QApplication.exec = watched_run
"""
_BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow(); window.resize(1280, 800); window.show()
QApplication.exec()
"""
_OURS = """
import sys
sys.argv = ["roadbook"]
from ui.app import main
main()
"""


def _seconds_to_first_paint(program: str) -> float:
    started = time.monotonic()
    finished = subprocess.run(
        [sys.executable, "-c", _STOP_AT_FIRST_PAINT + program], capture_output=True, text=True, check=True, timeout=60
    )
    return float(finished.stdout) - started


def measure(_folder: Path) -> list[Row]:
    """Return the row of start-up."""
    return [
        compare(
            "start-up to first painted window",
            _OURS,
            "a bare PySide6 window",
            _BARE,
            goal=2.5,
            rounds=9,
            timed=_seconds_to_first_paint,
        )
    ]
