"""The sentence behind every step of the history: "Move 'Trunk-based development' to 3 March", in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.domain.changes import Label
from planner.domain.errors import BugError
from planner.language import N_, NN_, Language
from planner.messages import Pattern, word

STEPS: Final[Mapping[str, Pattern]] = {
    # Imports (planner.cli, planner.exchange)
    "import-files": N_("Import {names}"),
    "add-entity": N_("Add {kind} '{name}'"),
    "change-field": N_("Change the {attribute} of '{name}'"),
    "change-field-of-many": (
        *NN_("Change the {attribute} of {count} entry ({kind})", "Change the {attribute} of {count} entries ({kind})"),
        "count",
    ),
    "change-many": (*NN_("Change {count} entry ({kind})", "Change {count} entries ({kind})"), "count"),
    "change-entity": N_("Change {kind} '{name}'"),
    "remove-entity": N_("Remove {kind} '{name}'"),
    "place-initiative": N_("Reorder '{name}'"),
    "place-initiatives": (*NN_("Reorder {count} initiative", "Reorder {count} initiatives"), "count"),
    "link-initiatives": N_("Link '{predecessor}' to '{successor}'"),
    "place-unit": N_("Move the unit '{name}'"),
    "place-team": N_("Move the team '{name}'"),
    "place-in-tree": (*NN_("Move {count} unit or team", "Move {count} units and teams"), "count"),
    "remove-from-tree": (*NN_("Remove {count} unit or team", "Remove {count} units and teams"), "count"),
    "paste-in-tree": (*NN_("Paste {count} unit or team", "Paste {count} units and teams"), "count"),
    "take-team-list": (*NN_("Take in a list of {count} team", "Take in a list of {count} teams"), "count"),
    "change-members": N_("Change the teams of '{name}'"),
    "record-answer": N_("Answer '{practice}' for {team}"),
    "close-assessment": N_("Close the assessment '{name}'"),
    # Assessments (planner.editing.assessments)
    "start-assessment": N_("Start the assessment '{name}'"),
    "record-answers": (*NN_("Answer {count} cell of the heatmap", "Answer {count} cells of the heatmap"), "count"),
    "clear-answers": (*NN_("Take away {count} answer", "Take away {count} answers"), "count"),
    "set-targets": (*NN_("Set the target of {count} cell", "Set the targets of {count} cells"), "count"),
    "remove-targets": (*NN_("Take away {count} target", "Take away {count} targets"), "count"),
    "add-vote": N_("Add a vote on '{name}'"),
    "override": N_("Change the scenario '{name}'"),
    "promote-scenario": N_("Take the scenario '{name}' over into the plan"),
    "take-baseline": N_("Take the baseline '{name}'"),
    "remove-entities": (*NN_("Remove {count} entry ({kind})", "Remove {count} entries ({kind})"), "count"),
    "move-teams": (*NN_("Move {count} team to '{unit}'", "Move {count} teams to '{unit}'"), "count"),
    "connect-teams": N_("Connect '{team}' to '{other}'"),
    "change-interactions": (*NN_("Change {count} interaction", "Change {count} interactions"), "count"),
    "reverse-interactions": (*NN_("Reverse {count} interaction", "Reverse {count} interactions"), "count"),
    "move-on-map": (*NN_("Move {count} team on the map", "Move {count} teams on the map"), "count"),
    "arrange-map": N_("Arrange the map anew"),
    "set-minimum-score": (
        *NN_("Change the minimum score of {count} prerequisite", "Change the minimum score of {count} prerequisites"),
        "count",
    ),
    "require-practice": N_("Let '{practice}' build on '{required}'"),
    # Calendars and settings (planner.editing.calendars, planner.editing.settings)
    "copy-calendar": N_("Copy the calendar '{name}'"),
    "choose-calendar": N_("Let the engagement keep the calendar '{name}'"),
    "assign-calendar": N_("Change which teams keep the calendar '{name}'"),
    "choose-holidays": N_("Change the public holidays of '{name}'"),
    "freeze-days": N_("Freeze {start} to {finish}"),
    "close-days": N_("Close {start} to {finish}"),
    "open-days": N_("Work from {start} to {finish}"),
    "change-span": N_("Change the days of '{name}'"),
    "remove-span": N_("Remove the days of '{name}'"),
    "remove-spans": (*NN_("Remove {count} span of days", "Remove {count} spans of days"), "count"),
    "change-setting": N_("Change the {attribute} of the engagement"),
    "change-settings": N_("Change the settings"),
    "colour-status": N_("Change the colour of a status"),
    "reset-colours": N_("Give every status its usual colour"),
    # Priorities (planner.editing.priorities)
    "score-initiative": N_("Score '{name}' on '{criterion}'"),
    "clear-score": N_("Clear the score of '{name}' on '{criterion}'"),
    "score-initiatives": (*NN_("Change {count} score", "Change {count} scores"), "count"),
    "add-criteria": (*NN_("Add {count} criterion", "Add {count} criteria"), "count"),
    "place-criterion": N_("Reorder the criterion '{name}'"),
    "choose-formula": N_("Rank by '{name}'"),
    "take-order": (*NN_("Take in an order: {count} initiative", "Take in an order: {count} initiatives"), "count"),
    "move-initiatives": (*NN_("Move {count} initiative", "Move {count} initiatives"), "count"),
    "resize-initiatives": (
        *NN_("Change the duration of {count} initiative", "Change the duration of {count} initiatives"),
        "count",
    ),
    "move-initiative": N_("Move '{name}' to {start}"),
    # Maturity models (planner.editing.practices)
    "place-in-model": N_("Move '{name}' within the models"),
    "place-many-in-model": (*NN_("Move {count} entry to '{holder}'", "Move {count} entries to '{holder}'"), "count"),
    "copy-into-model": (*NN_("Copy {count} entry into '{holder}'", "Copy {count} entries into '{holder}'"), "count"),
    "copy-model": N_("Copy the model '{name}' as another version"),
    # Value streams and delivery metrics (planner.editing.flow, planner.editing.measurements)
    "place-step": N_("Move the step '{name}'"),
    "place-steps": (*NN_("Move {count} step", "Move {count} steps"), "count"),
    "paste-steps": (*NN_("Paste {count} step", "Paste {count} steps"), "count"),
    "take-measurements": (*NN_("Take in {count} measurement", "Take in {count} measurements"), "count"),
    "judge-outcomes": (*NN_("Judge {count} outcome", "Judge {count} outcomes"), "count"),
    "copy-stream": N_("Copy the value stream '{name}'"),
    "remove-from-model": (*NN_("Remove {count} entry of the model", "Remove {count} entries of the model"), "count"),
}


def describe(label: Label, language: Language) -> str:
    """Return what a step did, in `language`; BugError when its code has no wording."""
    if label.code not in STEPS:
        raise BugError(f"no wording for step {label.code!r}")
    return word(STEPS[label.code], label.parameters, language)
