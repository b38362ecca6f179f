"""What can be done on the Priorities page alone."""

from __future__ import annotations

from typing import Final

from planner.language import N_
from ui.actions import ActionKind

VIEW_ACTIONS: Final = {
    "priorities.show-table": "table",
    "priorities.show-bubbles": "bubbles",
    "priorities.show-criteria": "criteria",
}
"""Action -> the view of the page it shows."""

ACTIONS: Final = (
    ActionKind(
        id="priorities.edit-score",
        text=N_("&Edit the score"),
        keys=("Ctrl+Return",),
        icon="rename",
        tip=N_("Edit the score of the current cell; typing a number does the same"),
    ),
    ActionKind(
        id="priorities.fill-down",
        text=N_("&Fill down"),
        keys=("Ctrl+D",),
        icon="fill-down",
        tip=N_("Give the selected cells the score at the top of their column"),
    ),
    ActionKind(
        id="priorities.sort-by-rank",
        text=N_("&Sort by rank"),
        keys=("Ctrl+R",),
        icon="priorities",
        tip=N_("Put the worthiest first again"),
        separated=True,
    ),
    ActionKind(
        id="priorities.formula-criteria",
        text=N_("&Only the formula's criteria"),
        keys=("Ctrl+Shift+F",),
        icon="filter",
        ticked=True,
    ),
    ActionKind(
        id="priorities.with-programmes",
        text=N_("&Programmes too"),
        keys=("Ctrl+Shift+G",),
        icon="organization",
        tip=N_("Show what holds other initiatives as well"),
        ticked=True,
    ),
    ActionKind(
        id="priorities.clear-filters",
        text=N_("&Clear the filters"),
        keys=("Ctrl+Shift+X",),
        icon="close",
    ),
    ActionKind(
        id="priorities.add-criterion",
        text=N_("&Add a criterion"),
        keys=("Ctrl+Shift+Return",),
        icon="add",
        separated=True,
    ),
    ActionKind(
        id="priorities.add-formula-criteria",
        text=N_("Add the criteria the formula &needs"),
        keys=("Alt+Shift+Return",),
        icon="add-inside",
        tip=N_("Add a criterion for each part of the formula that has none yet"),
    ),
    ActionKind(id="priorities.move-up", text=N_("Move the criterion &up"), keys=("Alt+Shift+Up",), icon="up"),
    ActionKind(id="priorities.move-down", text=N_("Move the criterion &down"), keys=("Alt+Shift+Down",), icon="down"),
    ActionKind(
        id="priorities.show-table",
        text=N_("Ran&king"),
        keys=("Ctrl+Shift+T",),
        icon="table",
        ticked=True,
        separated=True,
    ),
    ActionKind(id="priorities.show-bubbles", text=N_("&Bubbles"), keys=("Ctrl+Shift+B",), icon="bubbles", ticked=True),
    ActionKind(
        id="priorities.show-criteria", text=N_("Cr&iteria"), keys=("Ctrl+Shift+C",), icon="practices", ticked=True
    ),
)
"""The actions of the page, in the order of its menu."""
