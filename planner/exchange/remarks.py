"""The sentence behind every remark of an import report, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.language import N_, NN_
from planner.messages import Pattern

REMARKS: Final[Mapping[str, Pattern]] = {
    # One thing of the source, changed or rejected
    "field-unknown": N_("its field '{field}' is not one Roadbook keeps"),
    "value-left-out": N_("its {field} '{value}' was left out: it is not a whole number from 1 to 5"),
    "rating-left-out": N_("its {attribute} '{value}' was left out: it is not a whole number from 1 to 5"),
    "value-not-text": N_("its {field} was left out: it is not text"),
    "text-cleaned": N_("control characters were taken out of its {field}"),
    "text-shortened": N_("its {field} was shortened to {limit} characters"),
    "entry-unknown": N_("an entry of its {field} was left out: its shape is not known"),
    "reference-elsewhere": N_("'{reference}' points into another file and was kept by its name alone"),
    "no-uuid": N_("it has no uuid and is recognised by its name"),
    "uuid-double": N_("its uuid is already that of '{other}', so it is recognised by its name"),
    "uuid-changed": N_("its uuid was {previous} before"),
    "renamed": N_("another practice of its sub-dimension bears its name: it is now '{name}'"),
    "left-out-by-source": N_("the source asks to leave it out"),
    "left-out-later": N_("{place} asks to leave it out"),
    "adds-to": N_("it adds to what {place} says"),
    "not-an-activity": N_("it is not an activity: nothing an activity has is in it"),
    "nameless": N_("it has no name"),
    "prerequisite-dangling": N_("it depends on '{required}', which is nowhere to be found"),
    "prerequisite-ambiguous": N_("it depends on '{required}', a name {count} practices bear"),
    "prerequisite-itself": N_("it depends on itself; that was left out"),
    "prerequisite-in-circle": N_("its dependence on '{required}' was left out: it closes a circle"),
    "weight-left-out": N_("its weight '{value}' was left out: it is not a number from 0 to 1000"),
    "table-row-twice": N_("row {place} describes the same practice; this one was left out"),
    "samm-incomplete": N_("its level, its question or its answers are missing"),
    "template-missing": N_("the template it belongs to is not in the file"),
    "attribute-missing": N_("the attribute it rates is not in the file"),
    "attribute-unrated": N_("it has no two ratings to be answered with"),
    "rating-is-state": N_("its rating '{rating}' is no score: a cell that does not apply is marked as such here"),
    "ratings-turned": N_("its ratings were told from best to worst; here they rise from '{worst}' to '{best}'"),
    "review-recommendation": N_("it is a recommendation of the review, not a question"),
    "review-result": N_("it is a result of the review, not a question"),
    "review-row-unknown": N_("there is no question in it"),
    # Problems of the whole
    "sheets-left-out": N_("Only the sheet '{sheet}' is read, whose headings say most. Left out: {others}."),
    "table-without-names": N_("No column holds the names of practices. Say which one does under Columns."),
    "circle-inverted": N_(
        "Circle: {members}. Left out: '{practice}' depends on '{required}', because that leads from a lower level to a "
        "higher one."
    ),
    "circle-last": N_(
        "Circle: {members}. Left out: '{practice}' depends on '{required}', because it stands last in the source."
    ),
    "circle-of-one": N_("{place}: '{practice}' depends on itself; that was left out."),
    "dangling": N_("{place}: '{practice}' depends on '{required}', which is nowhere to be found; left out."),
    "ambiguous": N_("{place}: '{practice}' depends on '{required}', a name {count} practices bear; left out."),
    "level-inversion": N_(
        "{place}: '{practice}' (level {level}) depends on '{required}' (level {required_level}), which is harder to reach."
    ),
    "records-left-out": (
        *NN_(
            "{place}: {count} record of '{section}' is no part of a maturity model and was left out.",
            "{place}: {count} records of '{section}' are no part of a maturity model and were left out.",
        ),
        "count",
    ),
    "review-answers": N_(
        "{chosen} of the {total} answers are chosen in this review. It does not say by whom, so none was taken in: rate "
        "the team on the assessment page."
    ),
    "section-left-out": N_("{place}: '{section}' is not something Roadbook reads; left out."),
    "default-scale": N_(
        "The source names no progress states: not implemented (0 %) and fully implemented (100 %) are used."
    ),
    "zero-added": N_("No progress state stands for 0 %: '{state}' was added."),
    "state-not-a-share": N_("{place}: the state '{state}' has no share from 0 to 100 % and was left out."),
    "teams-elsewhere": N_("{place}: the teams are in {reference}, which was not given."),
    "team-nothing-ticked": N_("Teams with nothing implemented were not taken over: {teams}."),
    "no-progress": N_("{place}: no progress is in it."),
    "assessment-closed": N_("The assessment of {day} is closed and stays as it is."),
    # Teams and progress
    "team-unknown": N_("no list of teams names it; it was added because progress names it"),
    "group-member-unknown": N_("its member '{team}' is in no list of teams and was left out"),
    "team-listed-twice": N_("it is listed twice"),
    "activity-unknown": N_("no practice has this identity"),
    "state-unknown": N_("the state '{state}' is not one of the progress states"),
    "state-without-date": N_("the state '{state}' has no date: '{value}'"),
    "state-in-future": N_("the state '{state}' is dated {day}, after today"),
    "states-skipped": N_("skipped before '{state}': {skipped}"),
    "states-out-of-order": N_("'{later}' is dated before '{earlier}'"),
    "state-taken-for-top": N_("the state '{state}' was taken as fully implemented"),
    "no-state-left": N_("no state is left to score it by"),
    "progress-unreadable": N_("what stands there is not a list of states with dates"),
}
"""Code -> pattern."""
