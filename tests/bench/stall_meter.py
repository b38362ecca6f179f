"""How long the event loop stood still, and what held it: for who looks for what blocks the screen.

A beat in the loop says that it turns. A second thread looks, and while a beat is overdue it takes the stack of the
loop's thread, so that a stall is told with the functions it was in. Processor time of the thread stands beside the
clock's: a stall with much of the one is ours, one with little of it is a busy machine or another thread's turn.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from PySide6.QtCore import QTimer

LIMIT_SECONDS: Final = 0.05
_LOOK_EVERY_SECONDS: Final = 0.004
_PROJECT: Final = Path(__file__).resolve().parents[2]
_OURS: Final = (str(_PROJECT / "ui"), str(_PROJECT / "planner"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """One time the loop did not turn: seconds by the clock, of the processor, collecting garbage; and who held it."""

    seconds: float
    processor_seconds: float
    garbage_seconds: float
    culprits: tuple[tuple[str, float], ...]


class StallMeter:
    """Collects in `stalls` what held the event loop of the thread it was made in, while it is entered."""

    def __init__(self, *, limit_seconds: float = LIMIT_SECONDS) -> None:
        self.stalls: list[Stall] = []
        self._limit = limit_seconds
        self._thread = threading.get_ident()
        self._ended = threading.Event()
        self._paths: Counter[str] = Counter()
        self._garbage = 0.0
        self._garbage_since = 0.0
        self._beat = time.perf_counter()
        self._processor = time.thread_time()
        self._heart = QTimer()
        self._heart.setInterval(1)
        self._heart.timeout.connect(self._turn)
        self._watchdog = threading.Thread(target=self._watch, name="stall meter", daemon=True)

    def __enter__(self) -> Self:
        """Begin to watch."""
        gc.callbacks.append(self._note_garbage)
        self._restart()
        self._heart.start()
        self._watchdog.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Watch no more."""
        self._ended.set()
        self._watchdog.join()
        self._heart.stop()
        gc.callbacks.remove(self._note_garbage)

    def _turn(self) -> None:
        now, processor = time.perf_counter(), time.thread_time()
        if now - self._beat > self._limit:
            paths = self._paths.copy()
            looks = sum(paths.values()) or 1
            self.stalls.append(
                Stall(
                    seconds=now - self._beat,
                    processor_seconds=processor - self._processor,
                    garbage_seconds=self._garbage,
                    culprits=tuple((path, count / looks) for path, count in paths.most_common(3)),
                )
            )
        self._restart()

    def _restart(self) -> None:
        self._paths = Counter()
        self._garbage = 0.0
        self._beat, self._processor = time.perf_counter(), time.thread_time()

    def _watch(self) -> None:
        while not self._ended.wait(_LOOK_EVERY_SECONDS):
            if time.perf_counter() - self._beat > _LOOK_EVERY_SECONDS:
                self._paths[_path_of(self._thread)] += 1

    def _note_garbage(self, phase: str, _told: dict[str, Any]) -> None:
        if threading.get_ident() != self._thread:
            return
        now = time.perf_counter()
        if phase == "start":
            self._garbage_since = now
        else:
            self._garbage += now - self._garbage_since


def _path_of(thread: int) -> str:
    """Return our own functions on the stack of a thread, innermost first, no more than five.

    No frame outlives this call: one kept here would keep its widgets, and they would be destroyed by this thread.
    """
    codes = []
    current = sys._current_frames().get(thread)
    while current is not None:
        codes.append(current.f_code)
        current = current.f_back
    ours = [code for code in codes if code.co_filename.startswith(_OURS)]
    named = [f"{Path(code.co_filename).relative_to(_PROJECT)}:{code.co_qualname}" for code in ours[:5]]
    return " < ".join(named) or "Qt alone (layout, painting, style)"
