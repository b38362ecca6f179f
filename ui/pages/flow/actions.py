"""What can be done on the flow page alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence

from planner.language import N_
from ui.actions import ActionKind

_KEY: Final = QKeySequence.StandardKey

VIEW_ACTIONS: Final = {
    "flow.show-streams": "streams",
    "flow.show-metrics": "metrics",
    "flow.show-verdicts": "verdicts",
}
"""Action -> the view of the page it shows."""

ACTIONS: Final = (
    ActionKind(id="flow.show-streams", text=N_("Value &streams"), keys=("Ctrl+Shift+T",), icon="flow", ticked=True),
    ActionKind(
        id="flow.show-metrics", text=N_("Delivery &metrics"), keys=("Ctrl+Shift+M",), icon="metrics", ticked=True
    ),
    ActionKind(id="flow.show-verdicts", text=N_("Did it &work?"), keys=("Ctrl+Shift+W",), icon="verdict", ticked=True),
    ActionKind(
        id="flow.add-step",
        text=N_("&Add a step"),
        keys=("Ctrl+Return",),
        icon="add",
        tip=N_("Add a step behind the selected one"),
        separated=True,
    ),
    ActionKind(
        id="flow.add-step-before",
        text=N_("Add a step &before"),
        keys=("Ctrl+Shift+Return",),
        tip=N_("Add a step before the selected one"),
    ),
    ActionKind(id="flow.add-stream", text=N_("Add a &value stream"), keys=("Alt+Shift+Return",), icon="flow"),
    ActionKind(
        id="flow.copy-stream",
        text=N_("&Duplicate the value stream"),
        keys=("Ctrl+D",),
        icon="duplicate",
    ),
    ActionKind(id="flow.remove-stream", text=N_("Remove the value s&tream"), keys=("Ctrl+Shift+Delete",)),
    ActionKind(id="flow.edit-wait", text=N_("Edit the &wait"), keys=("F6",), separated=True),
    ActionKind(id="flow.edit-process", text=N_("Edit the time of wor&k"), keys=("F7",)),
    ActionKind(id="flow.edit-accurate", text=N_("Edit the %&C&&A"), keys=("F8",)),
    ActionKind(
        id="flow.move-left", text=N_("Move the step &left"), keys=("Alt+Shift+Left",), icon="back", separated=True
    ),
    ActionKind(id="flow.move-right", text=N_("Move the step &right"), keys=("Alt+Shift+Right",), icon="forward"),
    ActionKind(id="flow.move-up", text=N_("Move to the stream abov&e"), keys=("Alt+Shift+Up",), icon="up"),
    ActionKind(id="flow.move-down", text=N_("Move to the stream bel&ow"), keys=("Alt+Shift+Down",), icon="down"),
    ActionKind(
        id="flow.add-measurement",
        text=N_("Add a &measurement"),
        keys=("Ctrl+Shift+A",),
        icon="add",
        tip=N_("Add a measurement to the chart"),
        separated=True,
    ),
    ActionKind(
        id="flow.paste-metrics",
        text=N_("&Paste delivery metrics…"),
        keys=("Ctrl+Shift+V",),
        icon="table",
        tip=N_("Take in measurements copied from a spreadsheet"),
    ),
    ActionKind(id="flow.import-metrics", text=N_("&Import delivery metrics…"), keys=("Ctrl+Shift+I",), icon="import"),
    ActionKind(
        id="flow.add-outcome",
        text=N_("&Link an initiative…"),
        keys=("Ctrl+Shift+L",),
        icon="link",
        tip=N_("Say which initiative is to move a step or a delivery metric, and how far"),
        separated=True,
    ),
    ActionKind(
        id="flow.take-suggestion",
        text=N_("Take the s&uggested verdict"),
        keys=("Ctrl+J",),
        icon="verdict",
        tip=N_("Give the selected outcomes the verdict their measurements suggest"),
    ),
    ActionKind(
        id="flow.go-to-initiative",
        text=N_("&Go to the initiative"),
        keys=("Ctrl+Shift+G",),
        icon="timeline",
        tip=N_("Show the initiative on the timeline"),
    ),
    ActionKind(
        id="flow.show-after",
        text=N_("As it will be a&fter"),
        keys=("Ctrl+Shift+F",),
        icon="after",
        tip=N_("Show the streams as they will be after all initiatives that are to shorten them"),
        ticked=True,
        separated=True,
    ),
    ActionKind(
        id="flow.to-scale",
        text=N_("To s&cale"),
        keys=("Ctrl+L",),
        icon="to-scale",
        tip=N_("Let the length of every wait say how long it is, by the same measure everywhere"),
        ticked=True,
    ),
    ActionKind(id="flow.zoom-in", text=N_("Zoom &in"), keys=(_KEY.ZoomIn, "Ctrl+="), icon="zoom-in"),
    ActionKind(id="flow.zoom-out", text=N_("&Zoom out"), keys=(_KEY.ZoomOut,), icon="zoom-out"),
    ActionKind(id="flow.fit", text=N_("Show in w&hole length"), keys=("Ctrl+0",), icon="fit"),
    ActionKind(
        id="flow.export-picture",
        text=N_("E&xport the value streams as a picture…"),
        keys=("Ctrl+Shift+E",),
        icon="file-picture",
        separated=True,
    ),
)
"""The actions of the page, in the order of its menu."""
