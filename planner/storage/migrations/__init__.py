"""From an older format to the present one: one numbered step a format, always on a private copy.

Importing this package imports Alembic and SQLAlchemy, half a second's work: only an old file is worth it. Each step
runs in one transaction opened by hand, with foreign keys off from before it began (a table Alembic rebuilds would
otherwise take its children along), and ends with a check of every foreign key and of the number of rows. What it
leaves is then copied row by row into a fresh file made with the SQL of the new format, so that a migrated file is
told from a new one by nothing, and the copy takes the old one's place in one move: a kill at any moment leaves either.

A step must also see to the contents of `history`, if old contents no longer read.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from planner.domain.errors import BugError, UserError
from planner.safe_file import make_durable, replace_with_retries
from planner.storage import file_format
from planner.storage.migrations import format_2, format_3


@dataclass(frozen=True, slots=True)
class Step:
    """What leads to a format from the one before: `upgrade` works through Alembic's operations.

    `row_differences` says by how many rows a table may grow or shrink, given the number it had; other tables keep
    theirs.
    """

    upgrade: Callable[[Operations], None]
    row_differences: Mapping[str, Callable[[int], int]] = field(default_factory=lambda: MappingProxyType({}))


STEPS: Final[dict[int, Step]] = {2: Step(format_2.upgrade), 3: Step(format_3.upgrade)}
"""Format -> the step that leads to it; format 1 is the first and has none."""


def migrate(path: Path, file_format_found: int) -> None:
    """Bring a private copy to the present format; UserError "migration-failed", and the copy as it was, otherwise."""
    unfinished = path.with_suffix(".migrating")
    try:
        for number in range(file_format_found + 1, file_format.CURRENT_FORMAT + 1):
            _remove(unfinished)
            _take_step(path, unfinished, number)
            make_durable(unfinished)
            replace_with_retries(unfinished, path)
    except (sqlite3.Error, sa.exc.SQLAlchemyError, OSError) as error:
        raise UserError("migration-failed", path=str(path), cause=str(error)) from error
    finally:
        _remove(unfinished)


def _take_step(path: Path, fresh: Path, number: int) -> None:
    step = STEPS[number]
    scratch = path.with_suffix(".step")
    _remove(scratch)
    try:
        with (
            contextlib.closing(file_format.connect(path)) as source,
            contextlib.closing(file_format.connect(scratch, synchronous="OFF")) as target,
        ):
            source.backup(target)
        _upgrade(scratch, step)
        _copy_rows(scratch, fresh, number)
    finally:
        _remove(scratch)


def _upgrade(path: Path, step: Step) -> None:
    with _engine(path) as engine, engine.connect() as connection:
        before = _row_counts(connection)
        operations = Operations(MigrationContext.configure(connection))
        step.upgrade(operations)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise BugError(f"the migration breaks references: {broken[:3]}")
        after = _row_counts(connection)
        expected = {
            table: count + step.row_differences.get(table, _none_more)(count)
            for table, count in before.items()
            if table in after
        }
        kept = {table: after[table] for table in expected}
        if kept != expected:
            raise BugError(f"the migration loses or invents rows: {expected} became {kept}")
        connection.commit()


@contextlib.contextmanager
def _engine(path: Path) -> Iterator[sa.Engine]:
    """Give an engine whose transactions begin when we say so, foreign keys already off."""

    def connect() -> sqlite3.Connection:
        connection = file_format.connect(path, synchronous="OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        yield engine
    finally:
        engine.dispose()


def _none_more(_count: int) -> int:
    return 0


def _row_counts(connection: sa.Connection) -> dict[str, int]:
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608  our own names
        for name in names
    }


def _copy_rows(old: Path, fresh: Path, number: int) -> None:
    """Copy every row into a new file of format `number`; a column the old tables lack takes its default."""
    with contextlib.closing(file_format.connect(fresh, synchronous="OFF")) as connection:
        file_format.make_tables(connection, number)
        connection.execute("ATTACH DATABASE ? AS old", (str(old),))
        connection.execute("BEGIN IMMEDIATE")
        for (table,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if table == "seal":
                continue
            names = ", ".join(f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")'))
            connection.execute(
                f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM old."{table}" ORDER BY rowid'  # noqa: S608
            )
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE old")


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(f"{path.name}-journal")):
        leftover.unlink(missing_ok=True)
