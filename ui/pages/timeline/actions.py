"""What can be done on the timeline alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence

from planner.language import N_
from ui.actions import ActionKind

_KEY: Final = QKeySequence.StandardKey

ACTIONS: Final = (
    ActionKind(id="timeline.add", text=N_("&Add an initiative"), keys=("Ctrl+Return",), icon="add"),
    ActionKind(
        id="timeline.add-inside",
        text=N_("Add one &inside"),
        keys=("Ctrl+Shift+Return",),
        icon="add-inside",
        tip=N_("Add an initiative inside the selected one"),
    ),
    ActionKind(
        id="timeline.indent",
        text=N_("&Move inside the one above"),
        keys=("Alt+Shift+Right",),
        icon="indent",
        separated=True,
    ),
    ActionKind(
        id="timeline.outdent",
        text=N_("Move &out"),
        keys=("Alt+Shift+Left",),
        icon="outdent",
    ),
    ActionKind(
        id="timeline.move-up",
        text=N_("Move &up"),
        keys=("Alt+Shift+Up",),
        icon="up",
    ),
    ActionKind(
        id="timeline.move-down",
        text=N_("Move &down"),
        keys=("Alt+Shift+Down",),
        icon="down",
    ),
    ActionKind(
        id="timeline.earlier",
        text=N_("A day &earlier"),
        keys=("Ctrl+Left",),
        separated=True,
        tip=N_("Start the selected initiatives a working day earlier"),
    ),
    ActionKind(
        id="timeline.later",
        text=N_("A day &later"),
        keys=("Ctrl+Right",),
        tip=N_("Start the selected initiatives a working day later"),
    ),
    ActionKind(
        id="timeline.shorter",
        text=N_("A day &shorter"),
        keys=("Ctrl+Shift+Left",),
        tip=N_("Let the selected initiatives take a working day less"),
    ),
    ActionKind(
        id="timeline.longer",
        text=N_("A day lon&ger"),
        keys=("Ctrl+Shift+Right",),
        tip=N_("Let the selected initiatives take a working day more"),
    ),
    ActionKind(
        id="timeline.fold",
        text=N_("&Fold"),
        keys=("Alt+Left",),
        separated=True,
    ),
    ActionKind(
        id="timeline.unfold",
        text=N_("Un&fold"),
        keys=("Alt+Right",),
    ),
    ActionKind(id="timeline.fold-all", text=N_("Fold a&ll"), keys=("Alt+Home",), icon="fold-all"),
    ActionKind(
        id="timeline.unfold-all",
        text=N_("Unfold &everything"),
        keys=("Alt+End",),
        icon="unfold-all",
    ),
    ActionKind(id="timeline.zoom-in", text=N_("Zoom &in"), keys=(_KEY.ZoomIn, "Ctrl+="), icon="zoom-in"),
    ActionKind(id="timeline.zoom-out", text=N_("Zoom &out"), keys=(_KEY.ZoomOut,), icon="zoom-out"),
    ActionKind(
        id="timeline.fit",
        text=N_("&Whole plan"),
        keys=("Ctrl+0",),
        icon="fit",
        tip=N_("Zoom so that the whole plan is seen"),
    ),
    ActionKind(id="timeline.today", text=N_("Go to &today"), keys=("Ctrl+T",), icon="today"),
)
"""The actions of the page, in the order of its menu."""
