"""What can be done on the prerequisite map alone; the page's own table takes these in."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence

from planner.language import N_
from ui.actions import ActionKind

_KEY: Final = QKeySequence.StandardKey

MAP_ACTIONS: Final = (
    ActionKind(
        id="practices.map-connect",
        text=N_("Let it &build on…"),
        keys=("Ctrl+L",),
        icon="link",
        tip=N_("Choose what the selected practice builds on"),
        separated=True,
    ),
    ActionKind(
        id="practices.map-score",
        text=N_("Minimum &score…"),
        keys=("Ctrl+R",),
        tip=N_("The score the required practice must reach first"),
    ),
    ActionKind(
        id="practices.map-focus",
        text=N_("Only what is &joined to it"),
        keys=("Ctrl+Shift+F",),
        icon="target",
        tip=N_("Show only what the selected practice builds on and what it unlocks"),
        ticked=True,
    ),
    ActionKind(id="practices.map-zoom-in", text=N_("Zoom &in"), keys=(_KEY.ZoomIn, "Ctrl+="), icon="zoom-in"),
    ActionKind(id="practices.map-zoom-out", text=N_("Zoom &out"), keys=(_KEY.ZoomOut,), icon="zoom-out"),
    ActionKind(
        id="practices.map-fit", text=N_("&Whole map"), keys=("Ctrl+0",), icon="fit", tip=N_("Show the whole map")
    ),
    ActionKind(
        id="practices.map-picture",
        text=N_("Export the map as a &picture…"),
        keys=("Ctrl+Shift+E",),
        icon="file-picture",
    ),
)
"""The actions of the map, in the order of the page's menu."""
