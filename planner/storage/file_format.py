"""What a Roadbook file is, and what is refused as one: the header, the tables allowed, the settings it is read under.

A file is told apart from its first bytes and its seal before SQLite sees any of it. What SQLite then opens is always
a private copy, with nothing in it trusted: no schema object but those of the format, no memory mapping, a time limit.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final

from planner.domain.errors import BugError, UserError
from planner.storage import seal
from planner.storage.rows import UnreadableError

APPLICATION_ID: Final = 0x52644B31
"""Kept in the header of every file, of every format: "RdK1"."""

CURRENT_FORMAT: int = 3
PAGE_BYTES: Final = 4096
LARGEST_FILE_BYTES: Final = 1 << 30
"""Edits that would pass it are refused, as are files beyond it: a limit met when writing, not only when reading."""

SCHEMAS: dict[int, Path] = {number: Path(__file__).with_name(f"format_{number}.sql") for number in (1, 2, 3)}
"""Format -> the SQL its files are made of; a released one never changes."""

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER_BYTES: Final = 100
_ROLLBACK_JOURNAL: Final = b"\x01\x01"
_BUSY_MILLISECONDS: Final = 10_000
_CACHE_KIBIBYTES: Final = 32_768
_CHECK_SECONDS: Final = 5.0
_CHECK_SECONDS_PER_BYTE: Final = 1 / 4_000_000
_OPERATIONS_BETWEEN_LOOKS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Header:
    """What the first bytes of a file say."""

    format: int
    page_bytes: int


def damaged(path: Path, place: str) -> UserError:
    """Return the error for a file that is not what was saved; `place` names the part."""
    return UserError("file-damaged", path=str(path), part=place)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file the user names for reading only; UserError when it is not there, not a file, or not readable."""
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise UserError("file-is-folder", path=str(path))
        if not stat.S_ISREG(path.stat().st_mode):
            raise UserError("file-foreign", path=str(path))
        file = path.open("rb")
    except FileNotFoundError as error:
        raise UserError("file-missing", path=str(path)) from error
    except (OSError, ValueError) as error:
        if isinstance(error, NotADirectoryError) or getattr(error, "errno", None) in (errno.ENAMETOOLONG, errno.EINVAL):
            raise UserError("file-missing", path=str(path)) from error
        raise UserError("file-unreadable", path=str(path), cause=_cause(error)) from error
    with file:
        yield file


def read_header(file: BinaryIO, path: Path) -> Header:
    """Return what the header of an open file says; UserError for what is empty, foreign, cut short or too large."""
    size = os.fstat(file.fileno()).st_size
    if size == 0:
        raise UserError("file-empty", path=str(path))
    header = file.read(_HEADER_BYTES)
    if not any(header):
        raise damaged(path, "header")  # a lost beginning, as broken disks and interrupted syncs leave it
    if not header.startswith(_MAGIC):
        raise UserError("file-foreign", path=str(path))
    if len(header) < _HEADER_BYTES:
        raise damaged(path, "header")
    (stored_page_bytes,) = struct.unpack_from(">H", header, 16)
    page_bytes = 65_536 if stored_page_bytes == 1 else stored_page_bytes
    (page_count,) = struct.unpack_from(">I", header, 28)
    ours, file_format = _read_format(header, path)
    sealed = page_bytes == PAGE_BYTES and _has_seal(file)
    if not ours and not sealed:
        raise UserError("file-foreign", path=str(path))
    if not (ours and sealed):
        raise damaged(path, "header")
    if size > LARGEST_FILE_BYTES:
        raise UserError("file-too-large", path=str(path), megabytes=size / 1_000_000)
    if header[18:20] != _ROLLBACK_JOURNAL:
        raise damaged(path, "header")
    if page_count * page_bytes != size:
        raise damaged(path, "length")
    return Header(file_format, page_bytes)


def _read_format(header: bytes, path: Path) -> tuple[bool, int]:
    """Return whether a header calls the file ours and of which format; UserError "file-newer" for one to come.

    Before anything else is looked at: a format to come may seal, page or journal its files otherwise.
    """
    (file_format,) = struct.unpack_from(">i", header, 60)
    (application_id,) = struct.unpack_from(">I", header, 68)
    ours = application_id == APPLICATION_ID
    if ours and file_format > CURRENT_FORMAT:
        raise UserError("file-newer", path=str(path), format=str(file_format), known=str(CURRENT_FORMAT))
    return ours, file_format


def copy_checked(path: Path, target: Path) -> tuple[Header, bytes, os.stat_result]:
    """Copy the user's file to `target`, a private place, bit by bit as published; return header, digest and status.

    The user's file is only read, by plain reading: not a byte, no time stamp and no file beside it changes. UserError
    for everything that is not a whole Roadbook file of this format or an older one.
    """
    with opened(path) as file:
        header = read_header(file, path)
        try:
            with target.open("wb") as copy:
                for chunk in seal.read_checked(file, header.page_bytes):
                    copy.write(chunk)
            digest = seal.read_digest(file, header.page_bytes)
            status = os.fstat(file.fileno())
        except seal.BrokenSealError as error:
            raise damaged(path, "seal") from error
        except OSError as error:
            raise UserError("cannot-write", path=str(target), cause=_cause(error)) from error
    if header.format not in SCHEMAS:
        raise damaged(path, "header")
    return header, digest, status


def connect(path: Path, *, synchronous: str = "FULL") -> sqlite3.Connection:
    """Return a connection to a private file under the settings every one of ours has."""
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, timeout=_BUSY_MILLISECONDS / 1000, cached_statements=512
    )
    try:
        for pragma in (
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "mmap_size = 0",
            f"synchronous = {synchronous}",
            "foreign_keys = ON",
            f"cache_size = -{_CACHE_KIBIBYTES}",
            f"max_page_count = {LARGEST_FILE_BYTES // PAGE_BYTES}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
        connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
    except BaseException:
        connection.close()
        raise
    return connection


def make_tables(connection: sqlite3.Connection, file_format: int) -> None:
    """Make the tables of a format in a new file."""
    connection.execute("PRAGMA auto_vacuum = NONE")
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("BEGIN IMMEDIATE")
    for statement in _statements(SCHEMAS[file_format]):
        connection.execute(statement)
    connection.execute("INSERT INTO seal (id, digest) VALUES (1, ?)", (seal.EMPTY,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {file_format}")
    connection.execute("COMMIT")
    (root_page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'seal'").fetchone()
    if root_page != 2:
        raise BugError(f"the seal lies on page {root_page}, not 2")


def check_structure(connection: sqlite3.Connection, file_format: int, *, thorough: bool = True) -> None:
    """Check a private copy before anything in it is read: the tables of the format and no other, an intact structure.

    Without `thorough` the indexes are not compared with their tables: enough for a file known by its digest to have
    been checked or written on this machine before. UnreadableError otherwise; sqlite3.Error and whatever else a hostile file may raise pass to the caller.
    """
    with time_limit(connection):
        found = {
            (kind, name, table, sql)
            for kind, name, table, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
        }
        if found != _allowed(SCHEMAS[file_format]):
            raise UnreadableError("tables")
        pragma = "integrity_check" if thorough else "quick_check"
        if connection.execute(f"PRAGMA {pragma}(1)").fetchall() != [("ok",)]:
            raise UnreadableError("structure")


def format_of(path: Path) -> int:
    """Return the format of a private copy nobody has open; UnreadableError for one never known."""
    connection = connect(path)
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()
    if found not in SCHEMAS:
        raise UnreadableError("header")
    return int(found)


def check_private(path: Path, file_format: int) -> None:
    """Check a private copy nobody has open, as `check_structure` does."""
    connection = connect(path)
    try:
        check_structure(connection, file_format)
    finally:
        connection.close()


@contextmanager
def time_limit(connection: sqlite3.Connection) -> Iterator[None]:
    """Interrupt statements on `connection` once they take longer than a file of that size ever should.

    What counts is the time this thread was given, not the clock on the wall: a busy machine must not make a healthy file
    look damaged.
    """
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    deadline = time.thread_time() + _CHECK_SECONDS + pages * PAGE_BYTES * _CHECK_SECONDS_PER_BYTE
    connection.set_progress_handler(lambda: time.thread_time() > deadline, _OPERATIONS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def _has_seal(file: BinaryIO) -> bool:
    try:
        seal.find_seal(file, PAGE_BYTES)
    except seal.BrokenSealError:
        return False
    return True


def _statements(schema: Path) -> list[str]:
    return [text.strip() for text in schema.read_text(encoding="utf-8").split(";\n") if text.strip()]


_Objects = frozenset[tuple[str, str, str, str | None]]


@lru_cache(maxsize=8)
def _allowed(schema: Path) -> _Objects:
    connection = sqlite3.connect(":memory:")
    try:
        for statement in _statements(schema):
            connection.execute(statement)
        return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    finally:
        connection.close()


def _cause(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error)
