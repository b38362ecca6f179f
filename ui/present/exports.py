"""What can be exported, as the screen offers it: the formats of `planner.exchange` with a line and an icon each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.exchange.formats import EXPORTS
from planner.language import N_

__all__ = ["EXPORTS", "OFFERED", "OfferedExport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedExport:
    """One format as it is offered; `line` is a message of the catalogues."""

    suffix: str
    icon: str
    line: str

    @property
    def title(self) -> str:
        """The format's name, a message of the catalogues."""
        return EXPORTS[self.suffix].name


OFFERED: Final = (
    OfferedExport(suffix=".pdf", icon="timeline", line=N_("Pages for a board, ready to print")),
    OfferedExport(suffix=".png", icon="file-picture", line=N_("For slides and messages")),
    OfferedExport(suffix=".svg", icon="file-picture", line=N_("Sharp at any size, can be edited")),
    OfferedExport(suffix=".xlsx", icon="file-table", line=N_("Plan, Gantt, teams, practices, maturity")),
    OfferedExport(suffix=".csv", icon="file-table", line=N_("One row an initiative, for any spreadsheet")),
    OfferedExport(suffix=".xml", icon="file-code", line=N_("For Microsoft Project and programs like it")),
    OfferedExport(suffix=".json", icon="file-code", line=N_("Every entity, to read back or to script")),
)
"""Every format, in the order it is offered."""
