"""Work off the UI thread: one small API with progress, cancelling, success and failure, all told on the UI thread.

`run(work, ...)` calls `work(progress)` on a pool thread. `progress(done, total)` raises `Cancelled` once the job was
cancelled. Failures a person can mend (UserError) go to `failure`; anything else is raised on the UI thread, where it
surfaces like any bug.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from planner.domain.errors import UserError
from planner.progress import Cancelled, Progress

Result = TypeVar("Result")

_TELL_SECONDS: Final = 0.04
"""How often progress is passed on; more would only keep the UI thread busy."""


def _nothing(*_told: object) -> None:
    """Do nothing with what is told."""


class Job(QObject):
    """One piece of work under way."""

    progressed = Signal(int, int)
    finished = Signal()
    _ended = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()
        self._told_at = 0.0
        self.success: Callable[[Any], None] = _nothing
        self.failure: Callable[[UserError], None] = _nothing
        self.cancelled: Callable[[], None] = _nothing
        self._ended.connect(self._conclude)

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self._cancelled.set()

    def report(self, done: int, total: int) -> None:
        """Take the work's progress, on its own thread; raises Cancelled when it was asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told_at >= _TELL_SECONDS or done >= total:
            self._told_at = now
            self.progressed.emit(done, total)

    def carry_out(self, work: Callable[[Progress], Any]) -> None:
        """Do the work, on a pool thread, and tell the UI thread how it ended."""
        try:
            result = work(self.report)
        except BaseException as error:  # noqa: BLE001  raised again on the UI thread, which decides what it is
            self._ended.emit(None, error)
        else:
            self._ended.emit(result, None)

    def _conclude(self, result: object, error: BaseException | None) -> None:
        self.finished.emit()
        self.deleteLater()
        if error is None:
            self.success(result)
        elif isinstance(error, Cancelled):
            self.cancelled()
        elif isinstance(error, UserError):
            self.failure(error)
        else:
            raise error


class _Carrier(QRunnable):
    """Carries one job's work to a pool thread."""

    def __init__(self, job: Job, work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._job = job
        self._work = work

    def run(self) -> None:
        self._job.carry_out(self._work)


class Background(QObject):
    """The pool of threads of one window; closing it cancels what is left and waits for it."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None, *, threads: int = 3) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._jobs: set[Job] = set()
        self._waiting: list[_Carrier] = []
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.timeout.connect(self._start_waiting)

    def run(
        self,
        work: Callable[[Progress], Result],
        *,
        success: Callable[[Result], None],
        failure: Callable[[UserError], None],
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        when_painted: bool = False,
    ) -> Job:
        """Start `work` on a pool thread; exactly one of success, failure and cancelled is called on the UI thread.

        `when_painted` lets what is due on the screen be shown first: long computing takes turns with the UI thread.
        """
        job = Job(self)
        job.success, job.failure = success, failure
        if cancelled is not None:
            job.cancelled = cancelled
        if progress is not None:
            job.progressed.connect(progress)
        self._jobs.add(job)
        job.finished.connect(lambda: self._forget(job))
        if when_painted:
            self._waiting.append(_Carrier(job, work))
            self._start.start(0)
        else:
            self._pool.start(_Carrier(job, work))
        return job

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._jobs)

    def close(self, *, milliseconds: int = 30_000) -> bool:
        """Cancel what is under way and wait for it; return whether all of it ended in time."""
        for job in self._jobs:
            job.cancel()
        self._start_waiting()
        return self._pool.waitForDone(milliseconds)

    def _start_waiting(self) -> None:
        self._start.stop()
        waiting, self._waiting = self._waiting, []
        for carrier in waiting:
            self._pool.start(carrier)

    def _forget(self, job: Job) -> None:
        self._jobs.discard(job)
        if not self._jobs:
            self.idle.emit()
