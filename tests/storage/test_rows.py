"""What goes into the tables comes out the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.errors import BugError
from planner.storage import file_format, rows
from planner.storage.rows import UnreadableError
from tests.storage.generate import fill, random_step, start, step


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = empty()
    yield connection
    connection.close()


def empty() -> sqlite3.Connection:
    connection = file_format.connect(":memory:")  # type: ignore[arg-type]
    file_format.make_tables(connection, file_format.CURRENT_FORMAT)
    return connection


@given(st.randoms(use_true_random=False))
def test_every_value_of_every_kind_is_read_as_it_was_written(random: Random) -> None:
    engagement = fill(random, rounds=2)
    with closing(empty()) as connection:
        rows.insert_everything(connection, engagement)
        assert rows.read_engagement(connection) == engagement


@given(st.randoms(use_true_random=False))
def test_any_row_of_steps_leaves_the_tables_equal_to_memory(random: Random) -> None:
    engagement = fill(random)
    with closing(empty()) as connection:
        rows.insert_everything(connection, engagement)
        for _ in range(6):
            changes = random_step(random, engagement)
            for moved in (changes, changes.inverse(), changes):
                connection.execute("BEGIN")
                rows.write_entities(connection, moved)
                connection.execute("COMMIT")
                engagement = engagement.apply(moved)
            assert rows.read_engagement(connection) == engagement


def test_reading_keeps_the_order_in_which_entities_were_made(connection: sqlite3.Connection) -> None:
    engagement = fill(Random(3), rounds=5)
    rows.insert_everything(connection, engagement)
    read = rows.read_engagement(connection)
    assert [list(entities) for entities in read.by_kind().values()] == [
        list(entities) for entities in engagement.by_kind().values()
    ]


def test_the_order_inside_a_step_does_not_matter(connection: sqlite3.Connection) -> None:
    engagement = fill(Random(5))
    everything = [
        entity
        for kind in reversed(engagement.by_kind())
        for entity in engagement.kind(kind).values()
        if kind != "settings"
    ]
    rows.insert_everything(connection, start())
    made = step(start(), put=everything)
    connection.execute("BEGIN")
    rows.write_entities(connection, made)
    connection.execute("COMMIT")
    connection.execute("BEGIN")
    rows.write_entities(connection, step(engagement, remove=everything))
    connection.execute("COMMIT")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    left = [name for name in tables if connection.execute(f'SELECT 1 FROM "{name}"').fetchone()]  # noqa: S608
    assert sorted(left) == ["seal", "settings"]


def test_a_dangling_reference_cannot_be_committed(connection: sqlite3.Connection) -> None:
    engagement = fill(Random(7))
    link = next(iter(engagement.links.values()))
    rows.insert_everything(connection, engagement)
    connection.execute("BEGIN")
    rows.write_entities(connection, step(engagement, put=[replace(link, successor_id="nowhere")]))
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("COMMIT")


def test_a_number_that_is_not_finite_is_never_written(connection: sqlite3.Connection) -> None:
    engagement = fill(Random(7))
    rows.insert_everything(connection, engagement)
    link = next(iter(engagement.links.values()))
    for number in (float("nan"), float("inf")):
        with pytest.raises(BugError):
            rows.write_entities(connection, step(engagement, put=[replace(link, lag_days=number)]))


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("UPDATE initiatives SET status = 'someday'", "initiatives"),
        ("UPDATE initiatives SET tags = '{'", "initiatives"),
        ("UPDATE initiatives SET tags = '[1]'", "initiatives"),
        ("UPDATE assessments SET held_on = 'yesterday'", "assessments"),
        ("UPDATE calendar_exceptions SET working = 7", "calendar_exceptions"),
        ("UPDATE links SET successor_id = 'nowhere'", "links"),
        ("INSERT INTO teams_group_ids VALUES ('nobody', 9, (SELECT id FROM groups))", "teams_group_ids"),
        ("UPDATE teams_group_ids SET target_id = 'nowhere'", "teams_group_ids"),
        ("DELETE FROM settings", "settings"),
        ("UPDATE settings SET id = 'other'", "settings"),
    ],
)
def test_what_no_roadbook_writes_is_told_by_its_table(connection: sqlite3.Connection, sql: str, place: str) -> None:
    engagement = fill(Random(11), rounds=4)
    rows.insert_everything(connection, engagement)
    assert connection.execute("SELECT count(*) FROM teams_group_ids").fetchone()[0]
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(sql)
    with pytest.raises(UnreadableError) as raised:
        rows.read_engagement(connection)
    assert raised.value.place == place
