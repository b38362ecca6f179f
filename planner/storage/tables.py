"""The tables as SQLAlchemy Core sees them, made from the plan of columns: the one source of a format's SQL.

The SQL of a released format is frozen in `format_N.sql`, which is what new files are made with and what opened files
are held against; a test compares it with what this module says, so no change of an entity alters the file unnoticed.
`python -m planner.storage.tables` prints it. Nothing that opens or edits a file imports this module.

Foreign keys are NO ACTION, deferred: checked when the step commits, whatever the order inside it. RESTRICT would
refuse at once even when deferred, in SQLite as in PostgreSQL, and so make the order inside a step matter.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from planner.storage.columns import Column, Form, ListTable, Plan, plans

_TYPES: dict[Form, Any] = {
    Form.TEXT: sa.Text(),
    Form.JSON: sa.Text(),
    Form.ENUM: sa.Text(),
    Form.INTEGER: sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    Form.REAL: sa.Double().with_variant(sa.REAL(), "sqlite"),
    Form.BOOLEAN: sa.Boolean().with_variant(sa.Integer(), "sqlite"),
    Form.DATE: sa.Date().with_variant(sa.Text(), "sqlite"),
}
_WHOLE = _TYPES[Form.INTEGER]


@lru_cache(maxsize=1)
def metadata() -> sa.MetaData:
    """Return every table of the current format, in the order they are created."""
    found = sa.MetaData()
    # First, because its root page must be page 2 of the file: see `seal`.
    sa.Table(
        "seal",
        found,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    sa.Table(
        "document",
        found,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("position", _WHOLE, nullable=False),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("revision", _WHOLE, nullable=False),
        sa.Column("base_session", sa.Text, nullable=False),
        sa.Column("base_revision", _WHOLE, nullable=False),
        sqlite_strict=True,
    )
    sa.Table(
        "history",
        found,
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("changes", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    for plan in plans().values():
        _add_entities(found, plan)
    for plan in plans().values():
        for listed in plan.lists:
            _add_list(found, plan, listed)
    return found


def statements() -> tuple[str, ...]:
    """Return the SQL that makes an empty file of the current format, tables before their indexes."""
    dialect = sqlite.dialect()
    found = []
    for table in metadata().tables.values():
        found.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        found.extend(
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        )
    return tuple("\n".join(line.rstrip().replace("\t", "    ") for line in text.splitlines()) for text in found)


def _add_entities(found: sa.MetaData, plan: Plan) -> None:
    columns = [_column(column) for column in plan.columns]
    indexes = [
        sa.Index(f"{plan.kind}_{column.name}", column.name) for column in plan.columns if column.refers_to is not None
    ]
    sa.Table(plan.kind, found, *columns, *indexes, sqlite_strict=True)


def _add_list(found: sa.MetaData, plan: Plan, listed: ListTable) -> None:
    sa.Table(
        listed.name,
        found,
        sa.Column("owner_id", sa.Text, _reference(plan.kind), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("target_id", sa.Text, _reference(listed.refers_to), nullable=False),
        sa.Index(f"{listed.name}_target_id", "target_id"),
        sqlite_strict=True,
    )


def _column(column: Column) -> sa.Column[Any]:
    references = () if column.refers_to is None else (_reference(column.refers_to),)
    return sa.Column(
        column.name, _TYPES[column.form], *references, primary_key=column.name == "id", nullable=column.optional
    )


def _reference(kind: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{kind}.id", deferrable=True, initially="DEFERRED")


if __name__ == "__main__":
    sys.stdout.write(";\n\n".join(statements()) + ";\n")
