"""What a person chooses about an export, whatever its format: the chart, the workbook, what is taken out."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.charts.paper import GanttOptions
from planner.exchange.redaction import Redaction
from planner.exchange.workbook.gantt_sheet import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """`gantt` for pictures and pages, `period` of a Gantt column in the workbook (None to fit), `redaction` for all."""

    gantt: GanttOptions = field(default_factory=GanttOptions)
    period: Period | None = None
    redaction: Redaction = field(default_factory=Redaction)
