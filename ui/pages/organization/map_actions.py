"""What can be done on the interaction map alone; the page's own table takes these in."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence

from planner.domain.organization import InteractionHealth, InteractionMode
from planner.language import N_
from ui.actions import ActionKind

_KEY: Final = QKeySequence.StandardKey

MODE_ACTIONS: Final = {
    "organization.map-collaboration": InteractionMode.COLLABORATION,
    "organization.map-service": InteractionMode.X_AS_A_SERVICE,
    "organization.map-facilitating": InteractionMode.FACILITATING,
    "organization.map-hand-off": InteractionMode.HAND_OFF,
}
"""Action -> the mode it gives the selected interactions."""

HEALTH_ACTIONS: Final = {
    "organization.map-ok": InteractionHealth.OK,
    "organization.map-slowing": InteractionHealth.SLOWING,
    "organization.map-blocking": InteractionHealth.BLOCKING,
}
"""Action -> the health it gives the selected interactions."""

MAP_ACTIONS: Final = (
    ActionKind(
        id="organization.map-connect",
        text=N_("&Connect to…"),
        keys=("Ctrl+L",),
        icon="link",
        tip=N_("Connect the selected team to another one"),
        separated=True,
    ),
    ActionKind(
        id="organization.map-collaboration",
        text=N_("Make it &collaboration"),
        keys=("Alt+1",),
    ),
    ActionKind(id="organization.map-service", text=N_("Make it &X-as-a-service"), keys=("Alt+2",)),
    ActionKind(id="organization.map-facilitating", text=N_("Make it &facilitating"), keys=("Alt+3",)),
    ActionKind(id="organization.map-hand-off", text=N_("Make it a &hand-off"), keys=("Alt+4",)),
    ActionKind(id="organization.map-ok", text=N_("It works &well"), keys=("Alt+7",)),
    ActionKind(id="organization.map-slowing", text=N_("It s&lows work down"), keys=("Alt+8",)),
    ActionKind(id="organization.map-blocking", text=N_("It &blocks work"), keys=("Alt+9",)),
    ActionKind(
        id="organization.map-reverse",
        text=N_("&Reverse the direction"),
        keys=("Ctrl+R",),
        icon="swap",
    ),
    ActionKind(
        id="organization.map-arrange",
        text=N_("Arran&ge anew"),
        keys=("Ctrl+Shift+G",),
        icon="refresh",
        tip=N_("Let the map find a place for every team; undo brings the present places back"),
        separated=True,
    ),
    ActionKind(id="organization.map-zoom-in", text=N_("Zoom &in"), keys=(_KEY.ZoomIn, "Ctrl+="), icon="zoom-in"),
    ActionKind(id="organization.map-zoom-out", text=N_("Zoom &out"), keys=(_KEY.ZoomOut,), icon="zoom-out"),
    ActionKind(
        id="organization.map-fit", text=N_("&Whole map"), keys=("Ctrl+0",), icon="fit", tip=N_("Show the whole map")
    ),
    ActionKind(
        id="organization.map-picture",
        text=N_("Export the map as a &picture…"),
        keys=("Ctrl+Shift+E",),
        icon="file-picture",
    ),
)
"""The actions of the map, in the order of the page's menu."""
