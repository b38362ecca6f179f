"""Format 2: a team remembers where it was put on the interaction map; teams of before have no place yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(operations: Operations) -> None:
    """Give teams two optional coordinates; steps in the history lack them, which reads as no place."""
    operations.add_column("teams", sa.Column("map_x", sa.REAL))
    operations.add_column("teams", sa.Column("map_y", sa.REAL))
