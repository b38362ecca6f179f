"""A format after the present one, for tests alone: a table renamed column by column would do, this one is worse.

It splits nothing and loses nothing, but rebuilds a table others refer to, which is how children are lost: `teams` gets
a column, every team a group of its own.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic.operations import Operations

from planner.storage import file_format, migrations

PRESENT: Final = file_format.CURRENT_FORMAT
NEXT: Final = PRESENT + 1


def install(folder: Path, during: Callable[[str], None] = lambda _moment: None) -> None:
    """Make the next format the present one; `during` is called at each moment of its step."""

    def upgrade(operations: Operations) -> None:
        during("begun")
        with operations.batch_alter_table("teams", recreate="always") as batch:
            batch.add_column(sa.Column("cost_centre", sa.Text, nullable=False, server_default=""))
        during("rebuilt")
        operations.execute("UPDATE teams SET cost_centre = 'of ' || name")
        operations.execute("INSERT INTO groups (id, name, description) SELECT 'of-' || id, name, '' FROM teams")
        during("filled")

    present = file_format.SCHEMAS[PRESENT].read_text(encoding="utf-8")
    start = present.index("CREATE TABLE teams (")
    table = present[start : present.index("STRICT", start)]
    changed = present.replace(
        table, table.replace("    PRIMARY KEY", "    cost_centre TEXT NOT NULL DEFAULT '',\n    PRIMARY KEY")
    )
    schema = folder / f"format_{NEXT}.sql"
    schema.write_text(changed, encoding="utf-8")
    file_format.SCHEMAS[NEXT] = schema
    file_format.CURRENT_FORMAT = NEXT
    migrations.STEPS[NEXT] = migrations.Step(upgrade, {"groups": lambda _count: TEAMS})


def uninstall() -> None:
    """Take the next format away again."""
    file_format.SCHEMAS.pop(NEXT, None)
    file_format.CURRENT_FORMAT = PRESENT
    migrations.STEPS.pop(NEXT, None)


TEAMS = 3
"""How many teams the migrated file must have: the step gives each a group."""


def kill_at(moment: str) -> Callable[[str], None]:
    """Return a `during` that kills this process at one moment."""

    def during(reached: str) -> None:
        if reached == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return during
