"""From the working copy to the user's file: a whole, sealed, verified copy put in place in one move.

The user's file is never written into. Before it is replaced it is compared with what was last read or published
there: another version that arrived meanwhile (a sync client, another machine) is left alone and ours goes beside it.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from planner.progress import Progress, ignore_progress
from planner.safe_file import TEMPORARY_PREFIX, write_safely
from planner.storage import file_format, seal
from planner.storage.workfile import State, Version, read_state

_PAGES_AT_ONCE: Final = 512
_PAUSE_SECONDS: Final = 0.002
_RESTARTS: Final = 4
_ABANDONED_SECONDS: Final = 600.0
_LONGEST_STEM_BYTES: Final = 120


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a path: the digest of its seal, and the file system's word for the same."""

    digest: bytes
    size: int
    modified_ns: int
    inode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was put where; `conflict` when the user's file held another version and ours lies beside it."""

    path: Path
    place: Place
    version: Version
    conflict: bool


class _ChangedElsewhereError(Exception):
    """The user's file is no longer what it was when last read or published."""


class _RestartedError(Exception):
    """Edits keep restarting a copy made in small parts."""


def publish(
    working: Path, target: Path, *, expected: Place | None, machine: str, progress: Progress = ignore_progress
) -> Published:
    """Put a sealed copy of the working copy at `target`, or beside it when `target` is not as `expected`.

    `expected` is what was last read or published at `target`, None when nothing was. Works through a connection of
    its own while edits go on. UserError "cannot-write" when the system refuses; the user's file is then untouched.
    """
    try:
        return _publish_at(working, target, expected=expected, progress=progress, conflict=False)
    except _ChangedElsewhereError:
        beside = conflict_path(target, machine)
        return _publish_at(working, beside, expected=None, progress=progress, conflict=True)


def publish_beside(working: Path, target: Path, *, machine: str) -> Published:
    """Put a sealed copy of the working copy beside `target`, as a conflict copy."""
    return _publish_at(working, conflict_path(target, machine), expected=None, progress=ignore_progress, conflict=True)


def write_sealed(working: Path, temporary: Path, progress: Progress = ignore_progress) -> None:
    """Write a sealed copy of a working copy to `temporary`; OSError when the disk refuses."""
    source = file_format.connect(working)
    try:
        _copy(source, temporary, progress)
    except sqlite3.Error as error:
        raise OSError(0, str(error)) from error
    finally:
        source.close()
    # The digest is of what is read back, not of what was meant to be written.
    seal.put_seal(temporary, file_format.PAGE_BYTES)


def check_sealed(temporary: Path) -> tuple[Place, State]:
    """Read a copy just sealed back through SQLite and return what it is; OSError when it is not what it should be."""
    try:
        with contextlib.closing(file_format.connect(temporary)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise OSError(0, "the copy does not read back whole")
            state = read_state(connection)
    except sqlite3.Error as error:
        raise OSError(0, str(error)) from error
    with temporary.open("rb") as file:
        status = os.fstat(file.fileno())
        digest = seal.read_digest(file, file_format.PAGE_BYTES)
    return Place(digest, status.st_size, status.st_mtime_ns, status.st_ino), state


def look_at(path: Path) -> Place | None:
    """Return what stands at `path`, None when there is nothing; an unsealed or damaged file has an empty digest."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
        digest = seal.check_seal(path, file_format.PAGE_BYTES)
    except FileNotFoundError:
        return None
    except seal.BrokenSealError:
        digest = b""
    return Place(digest, status.st_size, status.st_mtime_ns, status.st_ino)


def conflict_path(path: Path, machine: str) -> Path:
    """Return a free name beside `path` that says whose version it is and of which day."""
    shown = "".join(character for character in machine if character.isalnum() or character in "-_.")[:30] or "?"
    stem = path.stem.encode()[:_LONGEST_STEM_BYTES].decode(errors="ignore")
    label = f"conflict, {shown}, {date.today().isoformat()}"
    found = path.with_name(f"{stem} ({label}){path.suffix}")
    number = 2
    while found.exists():
        found = path.with_name(f"{stem} ({label}, {number}){path.suffix}")
        number += 1
    return found


def remove_abandoned_copies(path: Path) -> None:
    """Delete what a kill in the middle of publishing left beside the user's file, once it is surely abandoned."""
    pattern = re.compile(re.escape(TEMPORARY_PREFIX) + r"\d+-\d+" + re.escape(path.suffix))
    with contextlib.suppress(OSError):
        for found in path.parent.iterdir():
            if pattern.fullmatch(found.name) and time.time() - found.stat().st_mtime > _ABANDONED_SECONDS:
                found.unlink()


def _publish_at(
    working: Path, target: Path, *, expected: Place | None, progress: Progress, conflict: bool
) -> Published:
    checked: list[tuple[Place, State]] = []

    def compare() -> None:
        if not _is_as_expected(target, expected):
            raise _ChangedElsewhereError

    write_safely(
        target,
        lambda temporary: write_sealed(working, temporary, progress),
        verify=lambda temporary: checked.append(check_sealed(temporary)),
        before_replacing=compare,
    )
    place, state = checked[0]
    return Published(path=target, place=place, version=state.version, conflict=conflict)


def _is_as_expected(target: Path, expected: Place | None) -> bool:
    try:
        status = target.stat()
    except FileNotFoundError:
        return True  # nothing is overwritten
    if expected is None:
        return False
    if (status.st_size, status.st_mtime_ns, status.st_ino) == (expected.size, expected.modified_ns, expected.inode):
        return True
    found = look_at(target)
    return found is None or found.digest == expected.digest


def _copy(source: sqlite3.Connection, temporary: Path, progress: Progress) -> None:
    try:
        _copy_in_parts(source, temporary, progress)
    except _RestartedError:
        temporary.unlink()  # without a journal the unfinished copy is no database
        # At once: a writer waits a moment, but the copy ends however fast edits follow one another.
        with contextlib.closing(_destination(temporary)) as destination:
            source.backup(destination, pages=-1)


def _copy_in_parts(source: sqlite3.Connection, temporary: Path, progress: Progress) -> None:
    restarts = 0
    last_remaining: int | None = None

    def follow(_status: int, remaining: int, total: int) -> None:
        nonlocal restarts, last_remaining
        if last_remaining is not None and remaining > last_remaining:
            restarts += 1
            if restarts > _RESTARTS:
                raise _RestartedError
        last_remaining = remaining
        progress(total - remaining, total)

    with contextlib.closing(_destination(temporary)) as destination:
        source.backup(destination, pages=_PAGES_AT_ONCE, progress=follow, sleep=_PAUSE_SECONDS)


def _destination(temporary: Path) -> sqlite3.Connection:
    # Nobody reads the copy before it is finished, verified and flushed as a whole.
    connection = file_format.connect(temporary, synchronous="OFF")
    connection.execute("PRAGMA journal_mode = OFF")
    return connection
