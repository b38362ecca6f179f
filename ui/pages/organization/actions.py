"""What can be done on the organization page alone."""

from __future__ import annotations

from typing import Final

from planner.language import N_
from ui.actions import ActionKind
from ui.pages.organization.map_actions import MAP_ACTIONS

VIEW_ACTIONS: Final = {
    "organization.show-tree": "tree",
    "organization.show-groups": "groups",
    "organization.show-applications": "applications",
    "organization.show-map": "map",
}
"""Action -> the view of the page it shows."""

ACTIONS: Final = (
    ActionKind(
        id="organization.add-team",
        text=N_("&Add a team"),
        keys=("Ctrl+Return",),
        icon="add",
        tip=N_("Add a team to the selected unit"),
    ),
    ActionKind(id="organization.add-unit", text=N_("Add a &unit"), keys=("Ctrl+U",), icon="unit"),
    ActionKind(
        id="organization.add-unit-inside",
        text=N_("Add a unit &inside"),
        keys=("Ctrl+Shift+Return",),
        icon="add-inside",
        tip=N_("Add a unit inside the selected one"),
    ),
    ActionKind(
        id="organization.paste-list",
        text=N_("Paste a &list of teams…"),
        keys=("Ctrl+Shift+V",),
        icon="table",
        tip=N_("Take in teams copied from a spreadsheet"),
    ),
    ActionKind(
        id="organization.move-in",
        text=N_("Move &inside"),
        keys=("Alt+Shift+Right",),
        icon="indent",
        tip=N_("Move a unit into the one above it, a team into the first unit within its own"),
        separated=True,
    ),
    ActionKind(id="organization.move-out", text=N_("Move &out"), keys=("Alt+Shift+Left",), icon="outdent"),
    ActionKind(id="organization.move-up", text=N_("Move &up"), keys=("Alt+Shift+Up",), icon="up"),
    ActionKind(id="organization.move-down", text=N_("Move &down"), keys=("Alt+Shift+Down",), icon="down"),
    ActionKind(id="organization.fold", text=N_("&Fold"), keys=("Alt+Left",), separated=True),
    ActionKind(id="organization.unfold", text=N_("Un&fold"), keys=("Alt+Right",)),
    ActionKind(id="organization.fold-all", text=N_("Fold a&ll"), keys=("Alt+Home",), icon="fold-all"),
    ActionKind(id="organization.unfold-all", text=N_("Unfold &everything"), keys=("Alt+End",), icon="unfold-all"),
    ActionKind(
        id="organization.add-group",
        text=N_("Add a &group"),
        keys=("Ctrl+G",),
        icon="group",
        tip=N_("Add a group with the selected teams"),
        separated=True,
    ),
    ActionKind(
        id="organization.add-application",
        text=N_("Add an appl&ication"),
        keys=("Ctrl+Shift+P",),
        icon="application",
        tip=N_("Add an application run by the selected team"),
    ),
    ActionKind(
        id="organization.show-tree",
        text=N_("Units and &teams"),
        keys=("Ctrl+Shift+T",),
        icon="organization",
        ticked=True,
        separated=True,
    ),
    ActionKind(id="organization.show-groups", text=N_("G&roups"), keys=("Ctrl+Shift+O",), icon="group", ticked=True),
    ActionKind(
        id="organization.show-applications",
        text=N_("Applicatio&ns"),
        keys=("Ctrl+Shift+A",),
        icon="application",
        ticked=True,
    ),
    ActionKind(
        id="organization.show-map",
        text=N_("Interaction &map"),
        keys=("Ctrl+Shift+I",),
        icon="map",
        ticked=True,
    ),
    *MAP_ACTIONS,
)
"""The actions of the page, in the order of its menu."""
