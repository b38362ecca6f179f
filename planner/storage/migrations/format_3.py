"""Format 3: what an initiative costs a team of each readiness is the engagement's own; it was the same for all before."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic.operations import Operations

_AS_BEFORE: Final = "[1.5,1.25,1.0,0.9,0.8]"


def upgrade(operations: Operations) -> None:
    """Give the settings the factors that held so far; steps in the history lack them, which reads as the usual ones."""
    operations.add_column(
        "settings", sa.Column("readiness_factors", sa.Text, nullable=False, server_default=_AS_BEFORE)
    )
