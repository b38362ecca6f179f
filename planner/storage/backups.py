"""Backups of the user's file in the state folder: each read back before an older one goes, thinned with age."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from planner.domain.errors import UserError
from planner.safe_file import write_safely
from planner.storage import file_format, seal
from planner.storage.locations import backups_of, damaged_folder

LAST: Final = 10
DAYS: Final = 7
WEEKS: Final = 8
MONTHS: Final = 12

_STAMP: Final = "%Y%m%dT%H%M%S%fZ"
_SUFFIX: Final = ".roadbook"
_DIGITS: Final = 32
_MINUTES_BETWEEN: Final = 10


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: when it was taken (UTC), where it is, and the first digits of its seal, as its name has them."""

    at: datetime
    path: Path
    digits: str


def choose_kept(times: Iterable[datetime]) -> set[datetime]:
    """Return which backups stay: the last 10, and the newest of each of the last 7 days, 8 weeks and 12 months.

    Days, weeks (from Monday) and months count back over those that have a backup, in UTC, so that a file left alone
    for a year keeps its history.
    """
    newest_first = sorted(set(times), reverse=True)
    kept = set(newest_first[:LAST])
    spans: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.date() - timedelta(days=at.weekday())),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for count, span_of in spans:
        newest: dict[Hashable, datetime] = {}
        for at in newest_first:
            newest.setdefault(span_of(at), at)
        kept.update(list(newest.values())[:count])
    return kept


def take(path: Path, source: Path, digest: bytes) -> Backup | None:
    """Keep a copy of `source`, a published file of that digest, among the backups of `path`, then thin the older ones.

    Returns None when the newest backup is that very file. UserError "cannot-write" when it cannot be written or does
    not read back; no older backup goes then.
    """
    found = list_backups(path)
    digits = digest.hex()[:_DIGITS]
    if found and found[0].digits == digits:
        return None
    at = datetime.now(UTC)
    target = backups_of(path) / f"{at.strftime(_STAMP)}-{digits}{_SUFFIX}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("cannot-write", path=str(target.parent), cause=error.strerror or str(error)) from error
    write_safely(target, lambda temporary: _copy(source, temporary), verify=_verify)
    kept = choose_kept([at, *(backup.at for backup in found)])
    for backup in found:
        if backup.at not in kept:
            with contextlib.suppress(OSError):
                backup.path.unlink()
    return Backup(at, target, digits)


def is_due(path: Path) -> bool:
    """Tell whether the newest backup is old enough for another one in the middle of work."""
    found = list_backups(path)
    return not found or datetime.now(UTC) - found[0].at >= timedelta(minutes=_MINUTES_BETWEEN)


def holds(path: Path, digest: bytes) -> bool:
    """Tell whether a file of that digest is among the backups: it was sound, bit for bit, when it was taken."""
    return any(backup.digits == digest.hex()[:_DIGITS] for backup in list_backups(path))


def list_backups(path: Path) -> list[Backup]:
    """Return the backups of a file, newest first, not yet verified."""
    found = []
    with contextlib.suppress(OSError):
        for candidate in backups_of(path).glob(f"*{_SUFFIX}"):
            stamp, _dash, digits = candidate.stem.partition("-")
            with contextlib.suppress(ValueError):
                found.append(Backup(datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC), candidate, digits))
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def list_whole(path: Path) -> list[Backup]:
    """Return the backups of a file that read back whole, newest first."""
    return [backup for backup in list_backups(path) if _is_whole(backup.path)]


def copy_file(source: Path, target: Path) -> None:
    """Write a whole file, a backup or one open for reading, to another; UserError "cannot-write" when refused."""
    write_safely(target, lambda temporary: _copy(source, temporary), verify=_verify)


def newest_good(path: Path) -> Backup | None:
    """Return the newest backup of a file that is whole, None when there is none."""
    for backup in list_backups(path):
        if _is_whole(backup.path):
            return backup
    return None


def restore(path: Path, backup: Path) -> None:
    """Put a backup in the place of the user's file, whose present content is kept first."""
    if path.exists():
        keep_damaged(path)
    write_safely(path, lambda temporary: _copy(backup, temporary), verify=_verify)


def keep_damaged(path: Path) -> Path | None:
    """Copy a damaged file as it is to the state folder, once, and return where; None when it cannot be copied."""
    try:
        with path.open("rb") as file:
            digits = hashlib.file_digest(file, "sha256").hexdigest()[:_DIGITS]
        target = damaged_folder() / f"{path.stem[:32]}-{digits}{path.suffix}"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_safely(target, lambda temporary: _copy(path, temporary))
    except (OSError, ValueError, UserError):
        return None
    return target


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _verify(temporary: Path) -> None:
    if not _is_whole(temporary):
        raise OSError(0, "the copy does not read back whole")


def _is_whole(path: Path) -> bool:
    try:
        seal.check_seal(path, file_format.PAGE_BYTES)
    except (OSError, seal.BrokenSealError):
        return False
    return True
