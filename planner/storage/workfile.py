"""The working copy: where an open engagement truly lives, every step a committed transaction.

It stands in the local state folder, out of reach of sync clients, and outlives a kill: whoever opens the user's file
next finds it and goes on from it. Each step gives the file a new version, (session, revision); because the version
lies in the file and travels with it when published, two files tell by themselves which of them came out of which.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from filelock import FileLock, Timeout

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from planner.domain.identity import new_id
from planner.safe_file import make_folder_durable, write_safely
from planner.storage import file_format, history, rows
from planner.storage.locations import work_root
from planner.storage.rows import UnreadableError

WORKING_NAME: Final = "working.roadbook"
_RECORD_NAME: Final = "record.json"
_PUBLISHED_NAME: Final = "published.json"
_LOCK_NAME: Final = "lock"
_ABANDONED_SECONDS: Final = 3_600.0


class Version(NamedTuple):
    """One state of a file: every step, undo or redo counts `revision` on within a `session` of edits."""

    session: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The one row of the document table: identity, how many steps stand done, version, and what the session began on."""

    document_id: str
    position: int
    version: Version
    base: Version

    def grew_from(self, other: Version) -> bool:
        """Tell whether this state holds everything `other` does, as far as the file itself can tell."""
        same_session = other.session == self.version.session and other.revision <= self.version.revision
        return same_session or other == self.base


class _Record(msgspec.Struct):
    path: str


class WorkFile:
    """One working copy, held open. Methods may be called from any one thread at a time."""

    def __init__(self, folder: Path, user_path: Path, *, recovered: bool = False) -> None:
        """Open the copy in `folder` of the file at `user_path`; a recovered one goes on with its session of edits."""
        self.folder: Final = folder
        self.path: Final = folder / WORKING_NAME
        self._user_path = user_path
        self._is_recorded = recovered
        self._lock: Final = FileLock(folder / _LOCK_NAME, thread_local=False)
        self._lock.acquire(timeout=0)
        connection: sqlite3.Connection | None = None
        try:
            connection = file_format.connect(self.path)
            self.state = read_state(connection)
            self._step_count: int = connection.execute("SELECT count(*) FROM history").fetchone()[0]
        except BaseException:
            if connection is not None:
                connection.close()
            self._lock.release()
            raise
        self._connection: Final = connection
        self._session = self.state.version.session if recovered else new_id()

    def belong_to(self, user_path: Path) -> None:
        """Be the copy of another file from now on."""
        assign(self.folder, user_path)
        self._user_path, self._is_recorded = user_path, True

    def read(self, *, thorough: bool = True) -> tuple[Engagement, tuple[history.HistoryStep, ...]]:
        """Return what the copy holds, checked, and its steps, oldest first; what hostile content raises passes."""
        file_format.check_structure(self._connection, file_format.CURRENT_FORMAT, thorough=thorough)
        with file_format.time_limit(self._connection):
            return rows.read_engagement(self._connection), history.read_steps(self._connection, self.state.position)

    def step(self, number: int) -> Changes | None:
        """Return what step `number` did, None when there is no such step."""
        if not 1 <= number <= self._step_count:
            return None
        return history.read_changes(self._connection, number)

    def step_bytes(self, number: int) -> int:
        """Return how many bytes step `number` takes, packed; 0 when there is no such step."""
        found = self._connection.execute("SELECT length(changes) FROM history WHERE number = ?", (number,)).fetchone()
        return 0 if found is None else int(found[0])

    def do(self, changes: Changes) -> history.HistoryStep:
        """Write a new step in one transaction and return it; UserError "edit-not-saved" and nothing changed when it fails."""
        position = self.state.position + 1
        with self._transaction(position):
            rows.write_entities(self._connection, changes)
            if self._step_count >= position:
                history.forget_steps_after(self._connection, position - 1)
            step = history.append_step(self._connection, position, changes)
        self._step_count = position
        return step

    def move(self, changes: Changes, *, position: int) -> None:
        """Write an undo or redo in one transaction, after which `position` steps stand done."""
        with self._transaction(position):
            rows.write_entities(self._connection, changes)

    def close(self) -> None:
        """Close the connection; the copy stays."""
        self._connection.close()
        self._lock.release()

    def discard(self) -> None:
        """Close and delete the copy: everything in it is published."""
        self.close()
        discard(self.folder)

    @contextlib.contextmanager
    def _transaction(self, position: int) -> Iterator[None]:
        self._record()
        before = self.state
        same_session = before.version.session == self._session
        after = replace(
            before,
            position=position,
            version=Version(self._session, before.version.revision + 1 if same_session else 1),
            base=before.base if same_session else before.version,
        )
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute(
                "UPDATE document SET position = ?, session = ?, revision = ?, base_session = ?, base_revision = ?",
                (position, *after.version, *after.base),
            )
            self._connection.execute("COMMIT")
        except BaseException as error:
            if not self._stands_committed(after):
                raise _told(error) from error
            if not isinstance(error, sqlite3.Error):
                self.state = after
                raise
        self.state = after

    def _record(self) -> None:
        """Note, before the first edit, whose copy this is: from now on it is worth recovering."""
        if not self._is_recorded:
            try:
                assign(self.folder, self._user_path)
            except UserError as error:
                raise UserError("edit-not-saved", cause=error.parameters["cause"]) from error
            self._is_recorded = True

    def _stands_committed(self, after: State) -> bool:
        """Tell, after a failure, what the file holds: an error can come after the commit took place."""
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            return read_state(self._connection) == after
        return False


def _told(error: BaseException) -> BaseException:
    if isinstance(error, sqlite3.IntegrityError):
        return BugError(f"the tables refuse what the editing rules let pass: {error}")
    if isinstance(error, sqlite3.Error | OSError):
        return UserError("edit-not-saved", cause=str(error))
    return error


def read_state(connection: sqlite3.Connection) -> State:
    """Return the state of a file; UnreadableError when there is not exactly one."""
    found = connection.execute(
        "SELECT id, document_id, position, session, revision, base_session, base_revision FROM document LIMIT 2"
    ).fetchall()
    if len(found) != 1 or found[0][0] != 1:
        raise UnreadableError("document")
    _id, document_id, position, session, revision, base_session, base_revision = found[0]
    return State(
        document_id=document_id,
        position=position,
        version=Version(session, revision),
        base=Version(base_session, base_revision),
    )


def state_of(path: Path) -> State:
    """Return the state of a private file nobody has open."""
    connection = file_format.connect(path)
    try:
        return read_state(connection)
    finally:
        connection.close()


def new_folder() -> Path:
    """Make the folder of a new working copy."""
    folder = work_root() / new_id()
    try:
        folder.mkdir(parents=True)
        make_folder_durable(work_root())
    except OSError as error:
        raise UserError("cannot-write", path=str(folder), cause=error.strerror or str(error)) from error
    return folder


def remove_abandoned_folders() -> None:
    """Delete folders a kill left before they held an edit: nobody has them open and no record says whose they are."""
    with contextlib.suppress(OSError):
        for folder in work_root().iterdir():
            if (folder / _RECORD_NAME).exists() or time.time() - folder.stat().st_mtime < _ABANDONED_SECONDS:
                continue
            lock = FileLock(folder / _LOCK_NAME, thread_local=False)
            with contextlib.suppress(Timeout):
                lock.acquire(timeout=0)
                lock.release()
                discard(folder)


def assign(folder: Path, path: Path) -> None:
    """Note durably which file of the user's the working copy in `folder` belongs to."""
    record = msgspec.json.encode(_Record(str(path)))
    write_safely(folder / _RECORD_NAME, lambda temporary: _write(temporary, record))


def create(folder: Path, engagement: Engagement) -> None:
    """Make the working copy of a new engagement in `folder`, its history empty."""
    connection = file_format.connect(folder / WORKING_NAME)
    try:
        file_format.make_tables(connection, file_format.CURRENT_FORMAT)
        # Checked once at the end: a third of the time for a large engagement.
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        rows.insert_everything(connection, engagement)
        if broken := connection.execute("PRAGMA foreign_key_check").fetchmany(3):
            raise BugError(f"the engagement refers to what it does not hold: {broken}")
        session = new_id()
        connection.execute(
            "INSERT INTO document (id, document_id, position, session, revision, base_session, base_revision) "
            "VALUES (1, ?, 0, ?, 0, ?, 0)",
            (new_id(), session, session),
        )
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise UserError("cannot-write", path=str(folder), cause=str(error)) from error
    finally:
        connection.close()


def discard(folder: Path) -> None:
    """Delete a working copy; one that cannot be deleted now is found clean, and deleted, at the next opening."""
    shutil.rmtree(folder, ignore_errors=True)


def leftovers_of(path: Path) -> list[Path]:
    """Return the folders of working copies a kill left behind for the user's file at `path`, oldest first."""
    found = []
    for record in sorted(work_root().glob(f"*/{_RECORD_NAME}"), key=_age):
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            is_ours = msgspec.json.decode(record.read_bytes(), type=_Record).path == str(path)
            if is_ours and (record.parent / WORKING_NAME).exists():
                found.append(record.parent)
    return found


def note_published(folder: Path, version: Version) -> None:
    """Note what was published last; lost, it costs at most a conflict copy nobody needed."""
    with contextlib.suppress(OSError):
        (folder / _PUBLISHED_NAME).write_bytes(msgspec.json.encode(version))


def published_version(folder: Path) -> Version | None:
    """Return what was published last from a working copy, None when it is not known."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((folder / _PUBLISHED_NAME).read_bytes(), type=Version)
    return None


def _age(record: Path) -> float:
    with contextlib.suppress(OSError):
        return record.stat().st_mtime
    return 0.0


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
