"""A process of its own for long work on an engagement: writing files and preparing previews never holds a window up.

The process stays for the next task, with its libraries loaded and the engagement it was sent last; cancelling ends it
at once, whatever it is doing. Tasks are functions of a module with an engagement and a progress as their first two
arguments, and what they return must be picklable. A worker with `Limits` ends a task that takes more memory or time
than these, whatever file of a stranger it is at.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, TypeVar

from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from planner.domain.kinds import KINDS, Entity
from planner.progress import Cancelled, Progress, ignore_progress

Result = TypeVar("Result")

_AT_ONCE: Final = 400
"""Entities pickled in one go: few enough that a window's thread gets its turn in between."""

_POLL_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a task may take: memory beyond what the process begins with (where the system can hold it to that), time."""

    megabytes: int
    seconds: float


class Worker:
    """One process, started when first needed; one task at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._sent: Engagement | None = None
        self._lock = threading.Lock()
        self._was_closed = False
        self.process_id: int | None = None
        """The process last started, also once it has ended."""

    def run(
        self,
        task: Callable[..., Result],
        engagement: Engagement,
        /,
        *arguments: Any,
        progress: Progress = ignore_progress,
    ) -> Result:
        """Return what `task(engagement, progress, *arguments)` returns over there.

        Waits on the calling thread and passes progress on; whatever `progress` raises (`Cancelled`) ends the process
        and is raised here. UserErrors come back as they are, anything else as a BugError that says where it arose. Past
        a limit, "task-too-heavy" (megabytes) or "task-too-slow" (seconds) is raised and the process has ended.
        """
        with self._lock:
            try:
                connection = self._ready()
                self._hand_over(connection, engagement, progress)
                connection.send_bytes(pickle.dumps(("task", task, arguments)))
                result: Result = self._await(connection, progress)
            except (UserError, BugError):
                raise
            except (EOFError, OSError) as error:
                raise self._ended() from error
            except BaseException:
                self._end()
                raise
            return result

    def _ended(self) -> BaseException:
        """Return what it means that the process is not there any more, whatever it was being told or asked."""
        was_closed = self._was_closed
        self._end()
        if was_closed:
            return Cancelled()
        if self._limits is not None:
            return UserError("task-too-heavy", megabytes=self._limits.megabytes)
        return BugError("the process that wrote the file ended without a word")

    def close(self) -> None:
        """End the process from any thread; a task it is still at is cancelled (`Cancelled` where it was asked for)."""
        process = self._process
        self._was_closed = True
        if process is not None:
            process.kill()
        with self._lock:
            self._end()
            self._was_closed = False

    def _ready(self) -> Connection:
        if self._process is not None and self._process.is_alive() and self._connection is not None:
            return self._connection
        self._end()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._limits), daemon=True, name="roadbook-worker")
        process.start()
        theirs.close()
        self._process, self._connection, self._sent = process, ours, None
        self.process_id = process.pid
        return ours

    def _hand_over(self, connection: Connection, engagement: Engagement, progress: Progress) -> None:
        if self._sent is engagement:
            return
        self._sent = None
        connection.send_bytes(pickle.dumps(("engagement", None, ())))
        for chunk in _chunks(engagement):
            progress(0, 1)
            connection.send_bytes(pickle.dumps(("entities", None, chunk)))
        self._sent = engagement

    def _await(self, connection: Connection, progress: Progress) -> Any:
        done, total = 0, 1
        limits, began = self._limits, time.monotonic()
        while True:
            if limits is not None and time.monotonic() - began > limits.seconds:
                self._end()
                raise UserError("task-too-slow", seconds=limits.seconds)
            if not connection.poll(_POLL_SECONDS):
                progress(done, total)
                continue
            word, told = pickle.loads(connection.recv_bytes())  # noqa: S301  our own process speaks
            if word == "progress":
                done, total = told
                progress(done, total)
            elif word == "result":
                return told
            elif word == "refused":
                raise UserError(told[0], **told[1])
            else:
                raise BugError(told)

    def _end(self) -> None:
        process, connection = self._process, self._connection
        self._process = self._connection = self._sent = None
        if process is not None:
            process.kill()
            process.join()
            process.close()
        if connection is not None:
            connection.close()


def _chunks(engagement: Engagement) -> Iterator[tuple[Entity, ...]]:
    chunk: list[Entity] = []
    for kind in KINDS:
        for entity in engagement.kind(kind).values():
            chunk.append(entity)
            if len(chunk) == _AT_ONCE:
                yield tuple(chunk)
                chunk = []
    yield tuple(chunk)


def _hold_to(limits: Limits) -> None:
    """Let this process have no more memory than the limit; Linux alone can be asked for that."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a library of libraries, which sets memory aside for every processor
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  other systems have no such module

        begun = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        most = begun + limits.megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _serve(connection: Connection, limits: Limits | None) -> None:
    """Do what is asked over `connection` until it closes; runs in the process."""
    if limits is not None:
        _hold_to(limits)
    entities: list[Entity] = []
    engagement: Engagement | None = None

    def report(done: int, total: int) -> None:
        connection.send_bytes(pickle.dumps(("progress", (done, total))))

    while True:
        try:
            word, task, content = pickle.loads(connection.recv_bytes())  # noqa: S301  our own window speaks
        except (EOFError, OSError, KeyboardInterrupt):
            return
        if word == "engagement":
            entities, engagement = [], None
        elif word == "entities":
            entities.extend(content)
        else:
            if engagement is None:
                engagement = Engagement.of(entities)
            answer = _carry_out(task, engagement, report, content)
            if answer is None:
                return  # out of memory: ending gives all of it back, and says so
            connection.send_bytes(pickle.dumps(answer))


def _carry_out(
    task: Callable[..., Any], engagement: Engagement, report: Progress, arguments: tuple[Any, ...]
) -> tuple[str, Any] | None:
    try:
        return "result", task(engagement, report, *arguments)
    except UserError as error:
        return "refused", (error.code, dict(error.parameters))
    except MemoryError:
        return None
    except Exception:  # noqa: BLE001  told to the process that asked, which raises it as a bug
        return "bug", traceback.format_exc()
