"""Work off the UI thread: one small API with progress, cancelling, success and failure, all told on the UI thread.

`run(work, ...)` calls `work(progress)` on a pool thread. `progress(done, total)` raises `Cancelled` once the job was
cancelled. Failures a person can mend (UserError) go to `failure`; anything else is raised on the UI thread, where it
surfaces like any bug.

A pool thread holds neither the job nor what it tells, and speaks through the pool's own object, which outlives it: a
`QObject` that ends on the UI thread while another thread still signals from it, or closures full of widgets that end on
the wrong thread, take the process along.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

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

    def __init__(self, parent: QObject, work: Callable[[Progress], Any]) -> None:
        super().__init__(parent)
        self.work = work
        self.result: object = None
        self.error: BaseException | None = None
        self.is_cancelled = False
        self.told_at = 0.0
        self.success: Callable[[Any], object] = _nothing
        self.failure: Callable[[UserError], object] = _nothing
        self.cancelled: Callable[[], None] = _nothing

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self.is_cancelled = True

    def conclude(self) -> None:
        """Tell how the work ended."""
        self.finished.emit()
        self.deleteLater()
        if self.error is None:
            self.success(self.result)
        elif isinstance(self.error, Cancelled):
            self.cancelled()
        elif isinstance(self.error, UserError):
            self.failure(self.error)
        else:
            raise self.error


class _Carrier(QRunnable):
    """Carries the number of a job to a pool thread."""

    def __init__(self, carry_out: Callable[[int], None], number: int) -> None:
        super().__init__()
        self._carry_out = carry_out
        self._number = number

    def run(self) -> None:
        self._carry_out(self._number)


class Background(QObject):
    """The pool of threads of one window; closing it cancels what is left, waits for it and tells nothing more."""

    idle = Signal()
    _reported = Signal(int, int, int)
    _ended = Signal(int)

    def __init__(self, parent: QObject | None = None, *, threads: int = 3) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._numbers = count()
        self._jobs: dict[int, Job] = {}
        self._waiting: list[int] = []
        self._is_closed = False
        self._start = QTimer(self)
        self._start.setSingleShot(True)
        self._start.timeout.connect(self._start_waiting)
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._conclude, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Progress], Result],
        *,
        success: Callable[[Result], object],
        failure: Callable[[UserError], object],
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        when_painted: bool = False,
    ) -> Job:
        """Start `work` on a pool thread; exactly one of success, failure and cancelled is called on the UI thread.

        `when_painted` lets what is due on the screen be shown first: long computing takes turns with the UI thread.
        """
        number = next(self._numbers)
        job = self._jobs[number] = Job(self, work)
        job.success, job.failure = success, failure
        if cancelled is not None:
            job.cancelled = cancelled
        if progress is not None:
            job.progressed.connect(progress)
        if when_painted:
            self._waiting.append(number)
            self._start.start(0)
        else:
            self._pool.start(_Carrier(self._carry_out, number))
        return job

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._jobs)

    def close(self, *, milliseconds: int = 30_000) -> bool:
        """Cancel what is under way and wait for it; return whether all of it ended in time."""
        self._is_closed = True
        for job in self._jobs.values():
            job.cancel()
        self._start_waiting()
        return self._pool.waitForDone(milliseconds)

    def _start_waiting(self) -> None:
        self._start.stop()
        waiting, self._waiting = self._waiting, []
        for number in waiting:
            self._pool.start(_Carrier(self._carry_out, number))

    def _carry_out(self, number: int) -> None:
        """Do a job's work, on a pool thread."""
        job = self._jobs[number]
        try:
            job.result = job.work(partial(self._report, number))
        except BaseException as error:  # noqa: BLE001  raised again on the UI thread, which decides what it is
            job.error = error
        del job
        self._ended.emit(number)

    def _report(self, number: int, done: int, total: int) -> None:
        """Take a work's progress, on its pool thread; raises Cancelled when it was asked to stop."""
        job = self._jobs[number]
        if job.is_cancelled:
            raise Cancelled
        now = time.monotonic()
        if now - job.told_at >= _TELL_SECONDS or done >= total:
            job.told_at = now
            self._reported.emit(number, done, total)

    def _pass_on(self, number: int, done: int, total: int) -> None:
        if not self._is_closed:
            self._jobs[number].progressed.emit(done, total)

    def _conclude(self, number: int) -> None:
        job = self._jobs.pop(number)
        if self._is_closed:
            job.deleteLater()
            return
        if not self._jobs:
            self.idle.emit()
        job.conclude()
