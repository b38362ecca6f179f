"""A second format that exists for tests alone: a table renamed column by column would do, this one is worse.

It splits nothing and loses nothing, but rebuilds a table others refer to, which is how children are lost: `teams` gets
a column, every team a group of its own.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic.operations import Operations

from planner.storage import file_format, migrations


def install(folder: Path, during: Callable[[str], None] = lambda _moment: None) -> None:
    """Make the second format the present one; `during` is called at each moment of its step."""

    def upgrade(operations: Operations) -> None:
        during("begun")
        with operations.batch_alter_table("teams", recreate="always") as batch:
            batch.add_column(sa.Column("cost_centre", sa.Text, nullable=False, server_default=""))
        during("rebuilt")
        operations.execute("UPDATE teams SET cost_centre = 'of ' || name")
        operations.execute("INSERT INTO groups (id, name, description) SELECT 'of-' || id, name, '' FROM teams")
        during("filled")

    first = file_format.SCHEMAS[1].read_text(encoding="utf-8")
    start = first.index("CREATE TABLE teams (")
    table = first[start : first.index("STRICT", start)]
    second = first.replace(
        table, table.replace("    PRIMARY KEY", "    cost_centre TEXT NOT NULL DEFAULT '',\n    PRIMARY KEY")
    )
    schema = folder / "format_2.sql"
    schema.write_text(second, encoding="utf-8")
    file_format.SCHEMAS[2] = schema
    file_format.CURRENT_FORMAT = 2
    migrations.STEPS[2] = migrations.Step(upgrade, {"groups": lambda _count: TEAMS})


TEAMS = 3
"""How many teams the migrated file must have: the step gives each a group."""


def kill_at(moment: str) -> Callable[[str], None]:
    """Return a `during` that kills this process at one moment."""

    def during(reached: str) -> None:
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return during
