"""From a path to a document's working copy: what is refused, what is only read, what a kill left behind.

The order matters. The header is looked at before anything is written; the right to write is taken before the file is
copied; only then is a copy left behind by a kill compared with the file, and gone on from, dropped as published, or
put beside the file as a conflict copy. Nothing is lost on any of these ways.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from planner.storage import backups, file_format, publish, workfile
from planner.storage.claim import Claim, InUseError, Machine
from planner.storage.history import HistoryStep
from planner.storage.publish import Place
from planner.storage.rows import UnreadableError
from planner.storage.workfile import WorkFile


@dataclass(slots=True, kw_only=True)
class Opened:
    """An opened file: either a working copy with the right to write, or a reason why it is only read."""

    path: Path
    engagement: Engagement
    steps: tuple[HistoryStep, ...]
    work: WorkFile | None = None
    claim: Claim | None = None
    place: Place | None = None
    read_only: UserError | None = None
    notices: list[UserError] = field(default_factory=list)


_MAY_HAVE_BACKUP: Final = frozenset({"file-damaged", "file-empty", "file-missing"})


def settle(path: Path) -> Path:
    """Return the one absolute path of a file, links followed; UserError for a path no file can have."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise UserError("file-missing", path=str(path)) from error


def create_file(path: Path, engagement: Engagement, machine: Machine) -> Opened:
    """Make a new file holding `engagement`; UserError when something stands there or it cannot be written."""
    path = settle(path)
    if path.exists():
        raise UserError("file-exists", path=str(path))
    if not path.parent.is_dir():
        raise UserError("folder-missing", path=str(path.parent))
    try:
        claim = Claim(path, machine)
    except InUseError as error:
        raise _in_use(path, error) from None
    folder: Path | None = None
    work: WorkFile | None = None
    try:
        for leftover in workfile.leftovers_of(path):
            _keep_as_backup(path, leftover)
        folder = workfile.new_folder()
        workfile.create(folder, engagement)
        work = WorkFile(folder, path)
        published = publish.publish(work.path, path, expected=None, machine=machine.name)
        workfile.note_published(folder, published.version)
        return Opened(
            path=published.path,
            engagement=engagement,
            steps=(),
            work=work,
            claim=claim,
            place=published.place,
        )
    except BaseException:
        if work is not None:
            work.close()
        if folder is not None:
            workfile.discard(folder)
        claim.release()
        raise


def open_file(path: Path, machine: Machine, *, allow_read_only: bool) -> Opened:
    """Open a file for writing or, where that cannot be and is allowed, for reading; UserError otherwise."""
    path = settle(path)
    try:
        with file_format.opened(path) as file:
            file_format.read_header(file, path)
        return _open(path, machine, allow_read_only=allow_read_only)
    except UserError as error:
        if error.code in _MAY_HAVE_BACKUP:
            raise _with_backup(path, machine, error) from error
        raise


def restore(path: Path, machine: Machine) -> backups.Backup:
    """Put the newest good backup in the place of the user's file, which nobody may have open; return which it was."""
    path = settle(path)
    try:
        claim = Claim(path, machine)
    except InUseError as error:
        raise _in_use(path, error) from None
    try:
        backup = backups.newest_good(path)
        if backup is None:
            raise UserError("no-backup", path=str(path))
        backups.restore(path, backup.path)
        return backup
    finally:
        claim.release()


def _open(path: Path, machine: Machine, *, allow_read_only: bool) -> Opened:
    claim: Claim | None = None
    reason = _why_not_writable(path)
    if reason is None:
        try:
            claim = Claim(path, machine)
        except InUseError as error:
            reason = _in_use(path, error)
    if reason is not None and not allow_read_only:
        raise reason
    try:
        return _read_only(path, reason) if claim is None else _writable(path, machine, claim)
    except BaseException:
        if claim is not None:
            claim.release()
        raise


def _read_only(path: Path, reason: UserError | None) -> Opened:
    folder = workfile.new_folder()
    try:
        copied = _copy_in(path, folder)
        copied.work.close()
    finally:
        workfile.discard(folder)
    return Opened(path=path, engagement=copied.engagement, steps=copied.steps, read_only=reason)


def _writable(path: Path, machine: Machine, claim: Claim) -> Opened:
    publish.remove_abandoned_copies(path)
    workfile.remove_abandoned_folders()
    folder = workfile.new_folder()
    try:
        copied = _copy_in(path, folder)
    except BaseException:
        workfile.discard(folder)
        raise
    opened = Opened(
        path=path,
        engagement=copied.engagement,
        steps=copied.steps,
        work=copied.work,
        claim=claim,
        place=copied.place,
    )
    try:
        workfile.note_published(folder, copied.work.state.version)
        with _noted(opened.notices, "backup-failed"):
            backups.take(path, path, copied.place.digest)
        for leftover in workfile.leftovers_of(path):
            if leftover != folder and opened.work is not None:
                _take_leftover(opened, leftover, machine)
    except BaseException:
        if opened.work is not None:
            opened.work.close()
        workfile.discard(folder)
        raise
    return opened


@dataclass(frozen=True, slots=True)
class _Copied:
    """A working copy just made, what it holds, and what stood at the user's path."""

    work: WorkFile
    engagement: Engagement
    steps: tuple[HistoryStep, ...]
    place: Place


def _copy_in(path: Path, folder: Path) -> _Copied:
    """Copy the user's file into a working copy, brought up to the current format; UserError when it is not sound."""
    working = folder / workfile.WORKING_NAME
    header, digest, status = file_format.copy_checked(path, working)
    place = Place(digest, status.st_size, status.st_mtime_ns, status.st_ino)
    if header.format < file_format.CURRENT_FORMAT:
        with _as_damage(path):
            file_format.check_private(working, header.format)
        backups.take(path, path, digest)
        with _as_damage(path):
            _bring_up_to_date(working)
    with _as_damage(path):
        work = WorkFile(folder, path)
        try:
            return _Copied(work, *work.read(thorough=not backups.holds(path, digest)), place)
        except BaseException:
            work.close()
            raise


def _bring_up_to_date(working: Path) -> None:
    """Migrate a private copy of an older format, checked first; what unsound content raises passes."""
    found = file_format.format_of(working)
    if found < file_format.CURRENT_FORMAT:
        from planner.storage.migrations import migrate  # noqa: PLC0415  Alembic is imported only for an old file

        file_format.check_private(working, found)
        migrate(working, found)


def _take_leftover(opened: Opened, leftover: Path, machine: Machine) -> None:
    """Go on from a working copy a kill left behind, or settle what becomes of it."""
    fresh = opened.work
    if fresh is None:
        return
    try:
        state = workfile.state_of(leftover / workfile.WORKING_NAME)
        if fresh.state.grew_from(state.version) or state.version == workfile.published_version(leftover):
            workfile.discard(leftover)
            return
        _bring_up_to_date(leftover / workfile.WORKING_NAME)
        work = WorkFile(leftover, opened.path, recovered=True)
    except Exception as error:  # noqa: BLE001  a damaged leftover may raise anything; it is kept and told
        _keep_leftover(opened, leftover, error)
        return
    try:
        engagement, steps = work.read()
        if not state.grew_from(fresh.state.version):
            beside = publish.publish_beside(work.path, opened.path, machine=machine.name)
            work.discard()
            opened.notices.append(UserError("recovered-beside", path=str(opened.path), copy=str(beside.path)))
            return
    except Exception as error:  # noqa: BLE001  as above
        work.close()
        _keep_leftover(opened, leftover, error)
        return
    fresh.discard()
    opened.work, opened.engagement, opened.steps = work, engagement, steps
    opened.notices.append(UserError("edits-recovered", path=str(opened.path)))


def _keep_leftover(opened: Opened, leftover: Path, error: Exception) -> None:
    """Tell of a leftover that cannot be gone on from, and move it out of the way unless another time may do."""
    kept: Path | None = None
    if not isinstance(error, UserError | OSError | sqlite3.OperationalError):
        kept = backups.keep_damaged(leftover / workfile.WORKING_NAME)
    if kept is not None:
        workfile.discard(leftover)
    opened.notices.append(UserError("recovery-failed", path=str(opened.path), kept=str(kept or leftover)))


def _keep_as_backup(path: Path, leftover: Path) -> None:
    """Turn a leftover whose file is gone or damaged into a backup of it."""
    try:
        sealed = leftover / "sealed.roadbook"
        publish.write_sealed(leftover / workfile.WORKING_NAME, sealed)
        place, _state = publish.check_sealed(sealed)
        backups.take(path, sealed, place.digest)
    except Exception:  # noqa: BLE001  a damaged leftover may raise anything; it is kept as it is
        if backups.keep_damaged(leftover / workfile.WORKING_NAME) is None:
            return
    workfile.discard(leftover)


def _with_backup(path: Path, machine: Machine, error: UserError) -> UserError:
    """Return the error with the newest good backup named, where there is one; a damaged file is kept first."""
    parameters = dict(error.parameters)
    if error.code == "file-damaged":
        kept = backups.keep_damaged(path)
        parameters["kept"] = "" if kept is None else str(kept)
    with contextlib.suppress(InUseError, UserError):
        claim = Claim(path, machine)
        try:
            for leftover in workfile.leftovers_of(path):
                _keep_as_backup(path, leftover)
        finally:
            claim.release()
    backup = backups.newest_good(path)
    if backup is None:
        return UserError(error.code, **parameters)
    return UserError(f"{error.code}-with-backup", **parameters, backup=str(backup.path), backup_at=backup.at)


def _why_not_writable(path: Path) -> UserError | None:
    if not _may_write(path):
        return UserError("read-only-file", path=str(path))
    if not _may_write(path.parent):
        return UserError("read-only-folder", path=str(path.parent))
    return None


def _may_write(path: Path) -> bool:
    # The bits are looked at too, for an administrator is allowed what they forbid; on a folder of Windows they mean
    # something else.
    status = path.stat()
    bits_mean_writing = os.name != "nt" or not stat.S_ISDIR(status.st_mode)
    if bits_mean_writing and not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        return False
    return os.access(path, os.W_OK)


def _in_use(path: Path, error: InUseError) -> UserError:
    if error.owner is None:
        return UserError("in-use", path=str(path))
    since = error.owner.since.astimezone(UTC).astimezone()
    return UserError(
        "in-use-since",
        path=str(path),
        machine=error.owner.machine,
        day=since.date(),
        time=f"{since:%H:%M}",
        since=since,
    )


@contextlib.contextmanager
def _as_damage(path: Path) -> Iterator[None]:
    """Turn whatever hostile content raises into the one error for a damaged file."""
    try:
        yield
    except (UserError, BugError):
        raise
    except UnreadableError as error:
        raise file_format.damaged(path, error.place) from error
    except Exception as error:
        raise file_format.damaged(path, "structure") from error


@contextlib.contextmanager
def _noted(notices: list[UserError], code: str) -> Iterator[None]:
    """Turn a failure that must not stop the opening into a notice."""
    try:
        yield
    except UserError as error:
        notices.append(UserError(code, **error.parameters))
