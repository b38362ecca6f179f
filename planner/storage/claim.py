"""Who may write: one opener at a time, on this machine for certain, among several as well as a shared folder allows.

On one machine a lock of the operating system decides; it vanishes with its process, so a kill leaves nothing stale.
Between machines no lock can be trusted (a sync client carries files, not locks), so the writer leaves a note beside
the file, renewed while it works: a note of another machine renewed within the last minutes is respected, an older one
is not. The note is a courtesy, not what keeps work safe: publishing compares the file with what it last saw and never
overwrites another version.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from filelock import FileLock, Timeout

from planner.domain.errors import UserError
from planner.domain.identity import new_id
from planner.places import state_folder
from planner.storage.locations import key_of, locks_folder

FRESH_MINUTES: Final = 10
"""How long a note of another machine counts after it was last renewed."""

_LARGEST_NOTE_BYTES: Final = 4096


class Owner(msgspec.Struct, frozen=True):
    """Who has a file open for writing, and since when."""

    machine_id: str
    machine: str
    process: int
    since: datetime
    renewed: datetime


@dataclass(frozen=True, slots=True)
class Machine:
    """This machine: an id of its own, and the name people know it by."""

    id: str
    name: str


class InUseError(Exception):
    """Another opener writes; `owner` is None when it left no word of itself."""

    def __init__(self, owner: Owner | None) -> None:
        super().__init__()
        self.owner = owner


class Claim:
    """The right to write one file of the user's, held until `release`."""

    def __init__(self, path: Path, machine: Machine) -> None:
        """Take it; InUseError when another opener has it, UserError when the state folder cannot be written."""
        self._note: Final = note_path(path)
        self._record: Final = locks_folder() / f"{key_of(path)}.json"
        now = datetime.now(UTC)
        self._owner = Owner(machine.id, machine.name, os.getpid(), since=now, renewed=now)
        try:
            locks_folder().mkdir(parents=True, exist_ok=True)
            self._lock: Final = FileLock(locks_folder() / f"{key_of(path)}.lock", thread_local=False)
            self._lock.acquire(timeout=0)
        except Timeout:
            raise InUseError(_read(self._record)) from None
        except OSError as error:
            raise UserError("cannot-write", path=str(locks_folder()), cause=error.strerror or str(error)) from error
        other = _read(self._note)
        if other is not None and other.machine_id != machine.id and _is_fresh(other, now):
            self._lock.release()
            raise InUseError(other)
        self._is_held = True
        self._writing: Final = threading.Lock()
        _write(self._record, self._owner)
        _write(self._note, self._owner)

    def renew(self) -> None:
        """Say that this opener still works, from any thread; once a minute or two is plenty."""
        with self._writing:
            if self._is_held:
                self._owner = msgspec.structs.replace(self._owner, renewed=datetime.now(UTC))
                _write(self._note, self._owner)

    def release(self) -> None:
        """Give it back; another machine's note, written over ours, is left alone."""
        with self._writing:
            self._is_held = False
            present = _read(self._note)
            if present is not None and present.machine_id == self._owner.machine_id:
                _remove(self._note)
            _remove(self._record)
            self._lock.release()


def this_machine(name: str | None = None) -> Machine:
    """Return this machine, under `name` when one is given."""
    kept = state_folder() / "machine-id"
    machine_id = ""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        machine_id = kept.read_text(encoding="ascii").strip()
    if not machine_id:
        machine_id = new_id()
        with contextlib.suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(machine_id, encoding="ascii")
    return Machine(machine_id, name or platform.node() or "?")


def note_path(path: Path) -> Path:
    """Return where the writer of `path` leaves its note."""
    # By the name alone, hashed: the folder has another path on another machine, and the name may be as long as can be.
    return path.with_name(
        f".~{hashlib.sha256(path.name.encode(errors='surrogatepass')).hexdigest()[:16]}.roadbook-open"
    )


def _is_fresh(owner: Owner, now: datetime) -> bool:
    return abs(now - owner.renewed) <= timedelta(minutes=FRESH_MINUTES)


def _read(path: Path) -> Owner | None:
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        with path.open("rb") as file:
            owner = msgspec.json.decode(file.read(_LARGEST_NOTE_BYTES), type=Owner)
        return owner if owner.renewed.tzinfo and owner.since.tzinfo else None
    return None


def _write(path: Path, owner: Owner) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        unfinished.write_bytes(msgspec.json.encode(owner))
        unfinished.replace(path)
        return
    _remove(unfinished)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
