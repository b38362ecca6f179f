"""What can be done on the Share page alone."""

from __future__ import annotations

from typing import Final

from planner.language import N_
from ui.actions import ActionKind

ACTIONS: Final = (
    ActionKind(id="share.export", text=N_("&Export to a file…"), keys=("Ctrl+Return",), icon="export"),
    ActionKind(id="share.refresh", text=N_("&Make the preview anew"), keys=("F5",), icon="refresh"),
    ActionKind(
        id="share.previous-sheet", text=N_("&Previous page or sheet"), keys=("Alt+PgUp",), icon="back", separated=True
    ),
    ActionKind(id="share.next-sheet", text=N_("&Next page or sheet"), keys=("Alt+PgDown",), icon="forward"),
)
"""The actions of the page, in the order of its menu."""
