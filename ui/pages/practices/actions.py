"""What can be done on the practices page alone."""

from __future__ import annotations

from typing import Final

from planner.language import N_
from ui.actions import ActionKind
from ui.pages.practices.map_actions import MAP_ACTIONS

ACTIONS: Final = (
    ActionKind(id="practices.add-practice", text=N_("&Add a practice"), keys=("Ctrl+Return",), icon="add"),
    ActionKind(id="practices.add-theme", text=N_("Add a &theme"), keys=("Ctrl+Shift+Return",), icon="add-inside"),
    ActionKind(
        id="practices.add-dimension", text=N_("Add a &dimension"), keys=("Alt+Shift+Return",), icon="add-dimension"
    ),
    ActionKind(id="practices.move-up", text=N_("Move &up"), keys=("Alt+Shift+Up",), icon="up", separated=True),
    ActionKind(id="practices.move-down", text=N_("Move &down"), keys=("Alt+Shift+Down",), icon="down"),
    ActionKind(
        id="practices.move-before",
        text=N_("Move to the theme &before"),
        keys=("Alt+Shift+Left",),
        tip=N_("Move the selected practices to the end of the theme before theirs, themes to the dimension before"),
    ),
    ActionKind(
        id="practices.move-after",
        text=N_("Move to the theme &after"),
        keys=("Alt+Shift+Right",),
        tip=N_("Move the selected practices to the start of the theme after theirs, themes to the dimension after"),
    ),
    ActionKind(id="practices.fold-all", text=N_("Fold a&ll"), keys=("Alt+Home",), icon="fold-all", separated=True),
    ActionKind(id="practices.unfold-all", text=N_("Unfold &everything"), keys=("Alt+End",), icon="unfold-all"),
    ActionKind(
        id="practices.show-levels",
        text=N_("Le&vels"),
        keys=("Alt+1",),
        icon="compare",
        tip=N_("Level descriptors side by side, those of several practices one above the other"),
        ticked=True,
        separated=True,
    ),
    ActionKind(
        id="practices.show-texts",
        text=N_("Te&xts"),
        keys=("Alt+2",),
        icon="file",
        tip=N_("Description, risk, measure, verification and what the practice builds on"),
        ticked=True,
    ),
    ActionKind(
        id="practices.show-map",
        text=N_("Ma&p"),
        keys=("Alt+3",),
        icon="map",
        tip=N_("What each practice builds on, from left to right"),
        ticked=True,
    ),
    ActionKind(
        id="practices.show-scales",
        text=N_("&Scales"),
        keys=("Alt+4",),
        icon="scale",
        tip=N_("The scales practices are answered on, with their options"),
        ticked=True,
    ),
    ActionKind(id="practices.add-scale", text=N_("Add a s&cale"), keys=("Ctrl+Shift+C",), icon="add", separated=True),
    ActionKind(id="practices.add-option", text=N_("Add an o&ption"), keys=("Ctrl+Shift+P",), icon="add-inside"),
    ActionKind(
        id="practices.add-model",
        text=N_("Add an empty &model"),
        keys=("Ctrl+Shift+M",),
        icon="practices",
        separated=True,
    ),
    ActionKind(
        id="practices.rename-model",
        text=N_("&Rename the model"),
        keys=("Shift+F2",),
        icon="rename",
    ),
    ActionKind(
        id="practices.copy-model",
        text=N_("Copy the model as a new versi&on"),
        keys=("Ctrl+D",),
        icon="copy",
    ),
    ActionKind(
        id="practices.remove-model",
        text=N_("Remove the mode&l"),
        keys=("Ctrl+Shift+Delete",),
        icon="remove",
    ),
    *MAP_ACTIONS,
)
"""The actions of the page, in the order of its menu."""
