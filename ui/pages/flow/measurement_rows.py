"""The measurements of one team or application and one metric as rows, the latest first, edited as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from planner.domain.flow import Measurement
from planner.language import N_, Language
from planner.quantities import word_measured, write_measured
from ui.models.entity_table import Cell, EntityRow, TableColumn

COLUMNS: Final = (
    TableColumn(title=N_("Date"), editable=True),
    TableColumn(title=N_("Value"), editable=True),
    TableColumn(title=N_("Source"), editable=True),
)
FIELDS: Final = ("measured_on", "value", "source")
"""What each column edits."""


def measurement_rows(points: Sequence[Measurement], language: Language) -> list[EntityRow]:
    """Return a row a measurement; they are given in the order of their dates."""
    return [
        EntityRow(
            point.id,
            (
                Cell(text=language.date(point.measured_on), value=point.measured_on.isoformat()),
                Cell(
                    text=word_measured(point.metric, point.value, language),
                    value=write_measured(point.metric, point.value, language),
                ),
                Cell(text=point.source, value=point.source),
            ),
        )
        for point in reversed(points)
    ]
