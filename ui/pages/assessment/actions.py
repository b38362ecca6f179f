"""What can be done on the assessment page alone."""

from __future__ import annotations

from typing import Final

from planner.language import N_
from ui.actions import ActionKind

_RATE: Final = (
    N_("Rate with option &1"), N_("Rate with option &2"), N_("Rate with option &3"), N_("Rate with option &4"),
    N_("Rate with option &5"), N_("Rate with option &6"), N_("Rate with option &7"), N_("Rate with option &8"),
    N_("Rate with option &9"),
)  # fmt: skip

RATINGS: Final = tuple(f"assessment.rate-{number}" for number in range(1, len(_RATE) + 1))
"""The actions that choose an option of the scale, from the lowest."""

ANSWERING: Final = (
    "assessment.open-card", "assessment.not-applicable", "assessment.declined", "assessment.outside",
    "assessment.confidence", "assessment.target",
)  # fmt: skip
"""The other actions that say something of the selected cells."""

LOCAL: Final = (*RATINGS, *ANSWERING[1:])
"""The actions whose keys are letters and digits, for the heatmap alone."""

ACTIONS: Final = (
    ActionKind(
        id="assessment.start-carried",
        text=N_("&New assessment from the latest answers"),
        keys=("Ctrl+Return",),
        icon="add",
        tip=N_("Start an assessment with the latest answer there is for each team and practice"),
    ),
    ActionKind(
        id="assessment.start-empty", text=N_("New e&mpty assessment"), keys=("Ctrl+Shift+Return",), icon="add-inside"
    ),
    ActionKind(
        id="assessment.close",
        text=N_("C&lose the assessment…"),
        keys=("Ctrl+Shift+L",),
        icon="lock",
        tip=N_("Close the assessment for good: its answers can no longer change"),
        separated=True,
    ),
    ActionKind(
        id="assessment.remove-assessment",
        text=N_("Remo&ve the assessment"),
        keys=("Ctrl+Shift+Delete",),
        icon="remove",
    ),
    ActionKind(
        id="assessment.open-card",
        text=N_("&Answer…"),
        keys=("Alt+Shift+Return",),
        icon="rename",
        tip=N_("Options, state, confidence, evidence, target and votes of the selected cells (Enter)"),
        separated=True,
    ),
    *(
        ActionKind(
            id=action_id,
            text=text,
            keys=(str(number),),
            tip=N_("Give the selected cells this option of their scale, counted from the lowest"),
            group=N_("Ratin&g"),
            local=True,
        )
        for number, (action_id, text) in enumerate(zip(RATINGS, _RATE, strict=True), start=1)
    ),
    ActionKind(
        id="assessment.not-applicable",
        text=N_("Not a&pplicable…"),
        keys=("N",),
        local=True,
        tip=N_("Mark the selected cells as not applicable, with a reason"),
    ),
    ActionKind(
        id="assessment.declined",
        text=N_("&Declined…"),
        keys=("D",),
        local=True,
        tip=N_("Mark the selected cells as declined, with a reason"),
    ),
    ActionKind(
        id="assessment.outside",
        text=N_("&Outside our control…"),
        keys=("O",),
        local=True,
        tip=N_("Mark the selected cells as outside our control, with a reason"),
    ),
    ActionKind(
        id="assessment.confidence",
        text=N_("&Confidence…"),
        keys=("C",),
        local=True,
        tip=N_("Say how sure the answers of the selected cells are"),
    ),
    ActionKind(
        id="assessment.target",
        text=N_("&Target…"),
        keys=("T",),
        local=True,
        icon="target",
        tip=N_("Set what the selected cells aim for"),
    ),
    ActionKind(
        id="assessment.turn",
        text=N_("T&urn"),
        keys=("Ctrl+T",),
        icon="swap",
        tip=N_("Practices down and teams across, or the other way round"),
        ticked=True,
        separated=True,
    ),
    ActionKind(
        id="assessment.legend",
        text=N_("&Legend"),
        keys=("Ctrl+Shift+K",),
        icon="information",
        tip=N_("Show what colours and signs mean"),
        ticked=True,
    ),
    ActionKind(id="assessment.fold", text=N_("&Fold"), keys=("Alt+Left",), separated=True),
    ActionKind(id="assessment.unfold", text=N_("Un&fold"), keys=("Alt+Right",)),
    ActionKind(
        id="assessment.fold-across",
        text=N_("Fold the colu&mns"),
        keys=("Alt+Up",),
        tip=N_("Fold the group of columns the cursor is in"),
    ),
    ActionKind(id="assessment.unfold-across", text=N_("Unfold the column&s"), keys=("Alt+Down",)),
    ActionKind(id="assessment.fold-all", text=N_("Fold a&ll"), keys=("Alt+Home",), icon="fold-all"),
    ActionKind(id="assessment.unfold-all", text=N_("Unfold &everything"), keys=("Alt+End",), icon="unfold-all"),
    ActionKind(
        id="assessment.go-organization",
        text=N_("Go to the organi&zation"),
        keys=("Ctrl+Shift+O",),
        icon="organization",
        separated=True,
    ),
    ActionKind(id="assessment.go-practices", text=N_("Go to the p&ractices"), keys=("Ctrl+Shift+P",), icon="practices"),
)
"""The actions of the page, in the order of its menu."""
