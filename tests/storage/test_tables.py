"""The tables of a format never change unnoticed."""

from __future__ import annotations

import sqlite3

from planner.domain.kinds import KINDS, REFERENCE_FIELDS
from planner.storage import file_format
from planner.storage.columns import plans
from planner.storage.tables import statements


def test_the_sql_of_the_present_format_is_what_the_entities_ask_for() -> None:
    frozen = file_format.SCHEMAS[file_format.CURRENT_FORMAT].read_text(encoding="utf-8")
    assert frozen == ";\n\n".join(statements()) + ";\n", (
        "an entity changed what the file holds: that is a new format with a migration, not an edit of this one"
    )


def test_the_seal_is_the_first_table_of_every_format() -> None:
    for schema in file_format.SCHEMAS.values():
        assert schema.read_text(encoding="utf-8").startswith("CREATE TABLE seal (")


def test_every_reference_is_an_indexed_foreign_key() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(file_format.SCHEMAS[file_format.CURRENT_FORMAT].read_text(encoding="utf-8"))
    for reference in REFERENCE_FIELDS:
        table = f"{reference.kind}_{reference.field}" if reference.many else reference.kind
        column = "target_id" if reference.many else reference.field
        keys = {(row[2], row[3]) for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
        assert (reference.target, column) in keys
        indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
        first_columns = {connection.execute(f"PRAGMA index_info({row[1]})").fetchone()[2] for row in indexes}
        assert column in first_columns
    connection.close()


def test_every_field_of_every_entity_has_its_place() -> None:
    for kind, entity_type in KINDS.items():
        plan = plans()[kind]
        placed = {column.name for column in plan.columns} | {listed.field for listed in plan.lists}
        assert placed == set(entity_type.__dataclass_fields__)


def test_no_entity_does_work_when_made_for_reading_passes_it_by() -> None:
    assert not [kind for kind, entity_type in KINDS.items() if hasattr(entity_type, "__post_init__")]
