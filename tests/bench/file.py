"""Opening, editing and publishing a big engagement, against raw sqlite3 and a bare copy."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from planner.document import Document
from planner.editing import initiatives
from tests.bench.measure import Row, compare, time_call
from tests.builders import big_engagement


def measure(folder: Path) -> list[Row]:
    """Return the rows of the file, on 10,000 initiatives, 15,000 links, 200 teams and 24,000 answers."""
    path = folder / "big.roadbook"
    Document.create(path, big_engagement()).close()
    return [_opening(path), _editing(path, folder), _publishing(path, folder)]


def _opening(path: Path) -> Row:
    opened: list[Document] = []

    def open_document() -> None:
        opened.append(Document.open(path))

    def read_rows() -> None:
        connection = sqlite3.connect(path)
        kept = [connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in _tables(connection)]  # noqa: S608
        connection.close()
        assert sum(map(len, kept)) > 49_000

    def timed(call: Callable[[], None]) -> float:
        seconds = time_call(call)
        while opened:
            opened.pop().close()
        return seconds

    return compare(
        "opening the big engagement, every check included",
        open_document,
        "raw sqlite3 reading the same rows",
        read_rows,
        goal=4.0,
        rounds=7,
        timed=timed,
    )


def _tables(connection: sqlite3.Connection) -> list[str]:
    left_out = {"history", "seal", "document"}
    found = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [name for name in found if name not in left_out]


def _editing(path: Path, folder: Path) -> Row:
    """Compare many single edits: one alone is too short to time, and the disk's own pace varies."""
    document = Document.open(path)
    initiative_id = next(i for i in document.engagement.initiatives if not document.engagement.children_of(i))
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode = DELETE", "synchronous = FULL", "foreign_keys = ON"):
        bare.execute(f"PRAGMA {pragma}")
    bare.execute("CREATE TABLE initiatives (id TEXT PRIMARY KEY, name TEXT)")
    bare.execute("CREATE TABLE history (number INTEGER PRIMARY KEY, changes BLOB)")
    bare.execute("INSERT INTO initiatives VALUES ('a', 'b')")
    names = (f"Renamed {number}" for number in itertools.count())
    payload = os.urandom(600)

    def edit() -> None:
        document.edit(initiatives.change(document.engagement, initiative_id, name=next(names)))

    def transact() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("UPDATE initiatives SET name = ? WHERE id = 'a'", (next(names),))
        bare.execute("INSERT INTO history (changes) VALUES (?)", (payload,))
        bare.execute("COMMIT")

    def timed(call: Callable[[], None]) -> float:
        started = time.perf_counter()
        for _ in range(25):
            call()
        return (time.perf_counter() - started) / 25

    row = compare(
        "one edit in the big engagement, commit included",
        edit,
        "a bare sqlite3 transaction, same synchronous setting",
        transact,
        goal=3.0,
        rounds=9,
        timed=timed,
    )
    bare.close()
    document.close()
    return row


def _publishing(path: Path, folder: Path) -> Row:
    document = Document.open(path)
    initiative_id = next(i for i in document.engagement.initiatives if not document.engagement.children_of(i))
    names = (f"Published {number}" for number in itertools.count())

    def publish() -> None:
        document.publish()

    def copy() -> None:
        target = folder / "copy.roadbook"
        shutil.copyfile(path, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())

    def timed(call: Callable[[], None]) -> float:
        if call is publish:
            document.edit(initiatives.change(document.engagement, initiative_id, name=next(names)))
        return time_call(call)

    # A publish reads the copy back and verifies it twice over, once by digest and once by SQLite's own check, so it
    # can never be as cheap as the blind copy; what it must not do is grow out of proportion to it.
    row = compare(
        "publishing the big engagement, verified",
        publish,
        "a bare copy of the file and fsync",
        copy,
        goal=10.0,
        rounds=7,
        timed=timed,
    )
    document.close()
    return row
