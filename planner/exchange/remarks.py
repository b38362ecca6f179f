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
    # Microsoft Project
    "mspdi-calendar-opened": N_(
        "it works on days on which the project's calendar rests: they are named one by one from {first} to {last}"
    ),
    "mspdi-calendar-apart": N_(
        "it works on none of the weekdays of the engagement's calendar: its days are named one by one from {first} to "
        "{last}"
    ),
    "mspdi-calendar-hours": N_("its days have {least} to {most} hours; here every working day counts whole"),
    "mspdi-exception-hours": N_("days with hours of their own count whole here: {names}"),
    "mspdi-calendar-together": N_("it says when several other calendars all work, which follows from the teams here"),
    "mspdi-calendar-never": N_("no weekday works in it; Monday to Friday are used"),
    "mspdi-material": N_("it is material, not people; no team was made of it"),
    "mspdi-cost-resource": N_("it is a cost, not people; no team was made of it"),
    "mspdi-team-known": N_("a team of that name is here already and takes its work"),
    "mspdi-assignment-nobody": N_("what is assigned to it is no team here"),
    "mspdi-assignment-apart": N_(
        "what is assigned to it never works on a day on which the others do; here they work together"
    ),
    "mspdi-assignment-nothing": N_("the task it belongs to is not in the plan"),
    "mspdi-manual-held": N_("it is scheduled by hand: here it starts no earlier than {day}"),
    "mspdi-manual-pinned": N_("it is scheduled by hand, before what it waits for is done: here it is pinned to {day}"),
    "mspdi-follows": N_("it follows the calendar '{name}': a team of that name, without effort, brings its days along"),
    "mspdi-pinned": N_("its constraint goes before its links in the file: here it is pinned to {day}"),
    "mspdi-as-late": N_("as late as possible is not known here: it is planned as soon as possible"),
    "mspdi-start-by": N_("start no later than became the deadline {day}"),
    "mspdi-finish-by": N_("finish no later than became the deadline {day}"),
    "mspdi-must-finish": N_("must finish on became must start on {day}"),
    "mspdi-finish-from": N_("finish no earlier than became start no earlier than {day}"),
    "mspdi-constraint-left-out": N_("its constraint {number} was left out: it is not known, or has no date"),
    "mspdi-limited": N_("its {field} '{said}' became '{here}', the nearest it can be here"),
    "mspdi-time-of-day": N_("its constraint names a time of day; here it holds from the morning of {day}"),
    "mspdi-elapsed": N_("its elapsed duration takes {days} working days where it stands now"),
    "mspdi-span": N_(
        "its duration of {said} days is stretched by its assignments, a split or a calendar: the {days} working days "
        "between its dates were taken"
    ),
    "mspdi-dates-crossed": N_(
        "its dates in the file leave no time to work between them: its duration of {days} days was taken"
    ),
    "mspdi-external": N_("it belongs to another project ({project}): it stays on the dates it has in this file"),
    "mspdi-subproject": N_("what is in it is another file ({project}): it is one bar with the dates of this file"),
    "mspdi-inactive": N_("it is inactive: here it is dropped"),
    "mspdi-link-type": N_("its link type {type} is not known; finish to start was taken"),
    "mspdi-lag-percent": N_("its lag of {percent} % of the predecessor became {days} working days"),
    "mspdi-lag-elapsed": N_("its elapsed lag takes {days} working days where the plan stands now"),
    "mspdi-link-elsewhere": N_("its predecessor is in another project ({project})"),
    "mspdi-link-within": N_("one of the two holds the other, or they are the same"),
    "mspdi-link-nothing": N_("there is no such predecessor in the plan, or it is linked already"),
    "mspdi-dates-differ": N_("the file says {start} to {finish}; here it is {here} to {here_finish}"),
    # Problems of the whole
    "mspdi-beside": N_(
        "There is a plan here already: the project stands in an initiative of its own, from {first} on. The engagement's "
        "first day, calendar, currency and status date stay as they are."
    ),
    "mspdi-start-time": N_("The project starts in the middle of a day; here it starts in the morning of {day}."),
    "mspdi-leads": N_(
        "Negative lags let something start before the project does: here the plan starts on {day}, and what waits for "
        "nothing starts no earlier than {start}."
    ),
    "mspdi-from-finish": N_(
        "The project is scheduled from its finish; here everything is planned as soon as possible."
    ),
    "mspdi-status-date": N_(
        "The status date {day} was not taken over: here unfinished work never lies before it, and it would change "
        "{count} initiatives, such as {names}."
    ),
    "mspdi-status-date-beside": N_("The status date {day} was not taken over."),
    "mspdi-blank": (
        *NN_("{count} empty row was left out.", "{count} empty rows were left out."),
        "count",
    ),
    "mspdi-field-left-out": N_("Not carried over: {field} (of {names}; {count} in all)."),
    "mspdi-header-left-out": N_("Not carried over from the project itself: {fields}."),
    "mspdi-computed": N_("Computed anew here, and not taken from the file: {fields}."),
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
