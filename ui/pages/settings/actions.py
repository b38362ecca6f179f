"""What can be done on the Settings page alone."""

from __future__ import annotations

from typing import Final

from planner.language import N_
from ui.actions import ActionKind

SECTION_ACTIONS: Final = {
    "settings.show-engagement": "engagement",
    "settings.show-calendars": "calendars",
    "settings.show-formulas": "formulas",
    "settings.show-colours": "colours",
}
"""Action -> the section of the page it shows."""

ACTIONS: Final = (
    ActionKind(
        id="settings.mark-days",
        text=N_("&Mark the days"),
        keys=("Ctrl+Return",),
        icon="calendar",
        tip=N_("Freeze, close or open the days chosen in the year, as said beneath it"),
    ),
    ActionKind(
        id="settings.remove-span",
        text=N_("Remove the mark of the &days"),
        keys=("Ctrl+Backspace",),
        icon="close",
    ),
    ActionKind(id="settings.previous-year", text=N_("&Previous year"), keys=("Alt+PgUp",), icon="back", separated=True),
    ActionKind(id="settings.next-year", text=N_("&Next year"), keys=("Alt+PgDown",), icon="forward"),
    ActionKind(id="settings.this-year", text=N_("This &year"), keys=("Alt+Home",), icon="today"),
    ActionKind(
        id="settings.add-calendar",
        text=N_("&Add a calendar"),
        keys=("Ctrl+Shift+Return",),
        icon="add",
        separated=True,
    ),
    ActionKind(id="settings.duplicate-calendar", text=N_("D&uplicate the calendar"), keys=("Ctrl+D",), icon="copy"),
    ActionKind(
        id="settings.make-own",
        text=N_("Let the &engagement keep it"),
        keys=("Ctrl+Shift+M",),
        icon="success",
        tip=N_("Make the calendar the engagement's own, which holds for every team"),
    ),
    ActionKind(
        id="settings.assign-teams",
        text=N_("&Teams that keep it…"),
        keys=("Ctrl+Shift+A",),
        icon="team",
        tip=N_("Choose the teams that keep this calendar beside the engagement's"),
    ),
    ActionKind(
        id="settings.add-formula",
        text=N_("Add a &formula"),
        keys=("Alt+Shift+Return",),
        icon="add-inside",
        separated=True,
    ),
    ActionKind(
        id="settings.reset-colours",
        text=N_("Give every status its &usual colour"),
        keys=("Ctrl+Shift+U",),
        icon="refresh",
    ),
    ActionKind(
        id="settings.show-engagement",
        text=N_("En&gagement"),
        keys=("Ctrl+Shift+E",),
        icon="settings",
        ticked=True,
        separated=True,
    ),
    ActionKind(
        id="settings.show-calendars", text=N_("&Calendars"), keys=("Ctrl+Shift+C",), icon="calendar", ticked=True
    ),
    ActionKind(
        id="settings.show-formulas", text=N_("F&ormulas"), keys=("Ctrl+Shift+O",), icon="priorities", ticked=True
    ),
    ActionKind(
        id="settings.show-colours", text=N_("Co&lours of statuses"), keys=("Ctrl+Shift+L",), icon="colours", ticked=True
    ),
)
"""The actions of the page, in the order of its menu."""
