"""The sentence behind every code: what a `UserError` tells a person to mend, in each language.

One table, worded once. A pattern names its values in braces; values are formatted by locale and are never read as
patterns themselves. `planner.step_labels` does the same for the steps of the history.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from planner.domain.errors import BugError, UserError
from planner.language import N_, Language
from planner.words import FIELD_WORDS, KIND_WORDS, PART_WORDS

Pattern = str | tuple[str, str, str]
"""A pattern, or singular and plural with the parameter that counts."""

_VAST: Final = 1e15
"""Beyond this a number is told by its size: nobody counts the digits, and formatting by locale has an end."""

_MOST_NAMED: Final = 20
"""Of a longer list the last one and the first ones are named: one sentence has to stay one."""

ERRORS: Final[Mapping[str, Pattern]] = {
    # Files (planner.safe_file)
    "cannot-write": N_("{path} could not be written: {cause}."),
    # Files others wrote (planner.exchange.text_source)
    "cannot-read": N_("{path} could not be read: {cause}."),
    "source-too-large": N_("{path} is too large: at most {limit_megabytes} MB are read."),
    "source-not-utf-8": N_("{path} is not UTF-8 text: line {line}, column {column} cannot be read."),
    "source-empty": N_("{path} is empty: there is nothing in it to read."),
    "source-not-text": N_("{path} does not hold text. Save the table anew as CSV (UTF-8), or as an Excel workbook."),
    "written-differs": N_("{path} was not written: what reached the disk differs. Try again, or elsewhere."),
    # The open format (planner.exchange.json_file)
    "json-broken": N_("{path} is not JSON: line {line}, column {column} cannot be read."),
    "json-too-deep": N_("{path} is nested too deeply to be an engagement."),
    "json-number-too-long": N_("{path} holds a number of more digits than can be read."),
    "json-not-finite": N_("{path} holds {value}, which is not a number in JSON."),
    "json-double-key": N_("{path} says '{key}' twice in one object; only one of them can be meant."),
    "json-lone-surrogate": N_("{path}, {place}, line {line}: {escape} is half a character."),
    "json-not-roadbook": N_('{path} is not a Roadbook export: it does not begin with "format": "roadbook".'),
    "json-bad-version": N_('{path} does not say its format version: "version" should be {known}.'),
    "json-newer": N_("{path} was written by a newer Roadbook: its format is {version}, this one reads up to {known}."),
    "json-unknown-list": N_("{path} holds '{name}', which is not a list of an engagement."),
    "json-unknown-field": N_("{path}, {place}: there is no field '{field}'."),
    "json-missing-field": N_("{path}, {place}: the field '{field}' is missing."),
    "json-wrong-type": N_("{path}, {place}: expected {expected}, found {found}."),
    "json-bad-date": N_("{path}, {place}: not a date such as 2026-03-31."),
    "json-bad-choice": N_("{path}, {place}: '{value}' is not one of the choices."),
    "json-bad-value": N_("{path}, {place}: this value cannot be read."),
    "json-blank": N_("{path}, {place}: this text may not be empty."),
    "json-out-of-range": N_("{path}, {place}: {value} is not between {minimum} and {maximum}."),
    "json-double-id": N_("{path}, {place}: the id '{id}' was already used at {first}."),
    "json-settings-id": N_("{path}, {place}: the id of the settings is always '{expected}'."),
    "json-dangling": N_("{path}, {place}: '{id}' is not the id of anything in {target}."),
    # Exports and imports (planner.exchange.formats, planner.exchange.sources, planner.cli)
    "export-unknown": N_("{path} cannot be written: its suffix is none of {known}."),
    "export-onto-itself": N_("{path} is the Roadbook file itself; export to another one."),
    "import-unknown": N_(
        "{path} is none of the files that can be read: JSON of Roadbook or Measure-Mate, YAML of DSOMM, an archive of "
        "SAMM, a table as CSV, TSV or Excel workbook."
    ),
    "import-mixed": N_("These files are of several kinds; import one kind at a time: {paths}."),
    "import-one-table": N_("Tables are imported one at a time: {paths}."),
    "import-one-project": N_("Projects are imported one at a time: {paths}."),
    "import-refused": N_("{files} cannot be taken in: {cause}"),
    "no-such-part": N_("There is no unit and no team named '{name}'."),
    "several-parts": N_("Several units or teams are named '{name}'; tell which by its id: {ids}."),
    "review-without": N_("A baseline is what a review is held against: --baseline goes with --review."),
    "no-such-baseline": N_("There is no baseline named '{name}'."),
    "review-needs-two": N_("A review needs two assessments: one before the plan and one after it."),
    "nothing-to-undo": N_("There is no step to take back in {path}."),
    "nothing-to-redo": N_("There is no step to make again in {path}."),
    # OWASP SAMM (planner.exchange.models.samm)
    "samm-unreadable": N_("{path} cannot be read: {cause}."),
    "measure-mate-nothing": N_(
        "{path} is JSON, but neither an export of Roadbook nor a maturity model of Measure-Mate: no template is in it."
    ),
    "samm-nothing": N_("{path} holds no activity of OWASP SAMM."),
    # Tables of others (planner.exchange.table_source)
    "table-unreadable": N_("{path} cannot be read as a table: {cause}."),
    "workbook-unreadable": N_(
        "{path} cannot be read as an Excel workbook: it is damaged, protected by a password, or of another kind."
    ),
    "formula-without-value": N_(
        "{path} cannot be taken as it is: cell {cell} of sheet '{sheet}' holds a formula whose result was not saved. Open "
        "the file in a spreadsheet program, save it there, and import it again."
    ),
    "table-too-long": N_("{path} is too long: at most {limit} rows are read."),
    "task-too-heavy": N_("This takes more than {megabytes} MB of memory and was stopped; nothing was changed."),
    "task-too-slow": N_("This takes more than {seconds} seconds and was stopped; nothing was changed."),
    "table-too-slow": N_("{path} takes too long to read: more than {seconds} seconds."),
    # YAML of others (planner.exchange.models.yaml_nodes)
    "yaml-broken": N_("{path} is not YAML: line {line}, column {column} cannot be read."),
    "yaml-tab": N_("{path}, line {line}: a tab stands where YAML wants spaces."),
    "yaml-structure": N_(
        "{path}, line {line}, column {column}: the indentation or a colon is not where YAML wants it."
    ),
    "yaml-undefined-alias": N_("{path}, line {line}: an alias (*name) stands for nothing."),
    "yaml-unclosed": N_("{path}, line {line}: a quote or a bracket is never closed."),
    "yaml-character": N_("{path}, line {line}: a character stands there that no text may hold."),
    "yaml-too-deep": N_("{path}, line {line}: nested too deeply to be a maturity model."),
    "yaml-too-many": N_("{path}, line {line}: more values than a maturity model can hold, perhaps through aliases."),
    "yaml-tag": N_("{path}, line {line}: the tag '{tag}' is not accepted."),
    "yaml-key": N_("{path}, line {line}: a list or a mapping stands where a name should."),
    "yaml-double-key": N_("{path}, line {line}: '{key}' was already said on line {first}."),
    "yaml-alias-circle": N_("{path}, line {line}: the alias '{alias}' holds itself."),
    # Microsoft Project XML (planner.exchange.msproject)
    "xml-broken": N_("{path}, line {line}, column {column}: this is not well-formed XML ({cause})."),
    "xml-document-type": N_("{path}, line {line}: a document type with entities of its own is not accepted."),
    "xml-too-much": N_("{path}, line {line}: nested too deeply, or more at one place, than a plan can hold."),
    "xml-other-root": N_("{path} is not Microsoft Project XML: it holds '{root}', not '{expected}'."),
    "mspdi-value": N_("{path}, line {line}: '{value}' is not what {field} can be."),
    "mspdi-double": N_("{path}, line {line}: another {field} has the UID {uid} already."),
    "mspdi-no-uid": N_("{path}, line {line}: this {field} has no UID."),
    "mspdi-calendar-large": N_("{path}: the calendar '{name}' names more than {most} spans of days."),
    # OWASP DSOMM (planner.exchange.models.dsomm)
    "dsomm-not-recognised": N_(
        "{path} is not a file of OWASP DSOMM: there are no activities in it, no teams, no progress, no progress states."
    ),
    "dsomm-no-model": N_("{path} needs the DSOMM model it speaks of: import the model first, or with it."),
    "dsomm-too-many-circles": N_(
        "{path}: more than {limit} circles of prerequisites; this is not a model to plan with."
    ),
    # Gantt pictures (planner.exchange.gantt_image)
    "picture-too-tall": N_("The plan is too long for one picture; export it as PDF, which has pages."),
    # The schedule (planner.analysis)
    "no-working-days": N_("No day works in all of these calendars: {names}."),
    "beyond-calendar": N_("The plan runs past the year {year}; look for a duration or lag that is far too long."),
    "expression-empty": N_("The formula is empty: write what an initiative is worth, by the names of criteria."),
    "expression-long": N_("A formula has at most {most} characters."),
    "expression-deep": N_("The formula holds too much within each other."),
    "expression-unfinished": N_("The formula ends too soon, at character {at}."),
    "expression-unreadable": N_("The formula cannot be read from character {at} on: '{near}'."),
    "expression-name": N_("There is no criterion named '{name}' (character {at}: '{near}')."),
    "expression-part": N_("This has no place in a formula (character {at}: '{near}')."),
    "criterion-in-formula": N_(
        "The formula '{formula}' names the criterion '{name}': take the name out of the formula first."
    ),
    "criterion-name-misread": N_("With a criterion named '{name}', the formula '{formula}' would mean something else."),
    "nothing-to-promote": N_("The scenario '{name}' changes nothing that could be taken over."),
    "unknown-scenario": N_("There is no scenario named '{name}'; there are: {names}."),
    "baseline-or-day": N_("Name a baseline, or a day with --since."),
    "history-broken": N_("The history of {path} cannot be followed back past step {number}: it is not what was saved."),
    "unknown-baseline": N_("There is no baseline named '{name}'; there are: {names}."),
    "scenario-target": N_("Name one initiative or one team to change."),
    "unknown-formula": N_("There is no formula named '{name}'; there are: {names}."),
    "unknown-initiative": N_("There is no initiative named '{name}'."),
    "initiative-ambiguous": N_("Several initiatives are named '{name}': write the id of the one meant."),
    "not-in-proposal": N_("'{name}' has begun, is pinned or is left out: nothing is proposed for it."),
    "gates-circle": N_("A link leads from a wave back to one before its gate; remove it, or move the initiative."),
    "asked-in-conflict": N_("Nothing was proposed: not all that is asked can be kept. Loosen one of what is named."),
    "no-changes-allowed": N_("'{name}' asks '{team}' for work, whose change limit is 0."),
    # What is typed into a form (ui.forms)
    "typed-not-a-number": N_("'{text}' is not a number."),
    "typed-not-a-date": N_("'{text}' is not a date such as {example}."),
    "typed-listed-already": N_("'{text}' is in the list already."),
    "typed-not-a-colour": N_("'{text}' is not a colour of the form #rrggbb."),
    "typed-not-whole": N_("'{text}' is not a whole number."),
    "typed-no-choice": N_("Nothing here is called '{text}'."),
    "typed-nothing": N_("Something must stand here."),
    # Value streams and delivery metrics (planner.quantities, planner.editing.flow)
    "not-a-time": N_("'{value}' is not a time: write 3 d, 4 h or 30 min."),
    "not-a-share": N_("'{value}' is not a share: write 15 %, or a number from 0 to 1."),
    "not-a-frequency": N_("'{value}' is not a frequency: write 2 a day, 3 a week or 1 a month."),
    "unknown-team": N_("There is no team named '{name}'."),
    "not-a-date": N_("'{value}' is not a date: write 2026-03-31, or the day, the month and the year."),
    "not-a-metric": N_("'{value}' is none of the five delivery metrics."),
    "measured-nobody": N_("The row names no team and no application."),
    "measured-unknown": N_("There is no team and no application named '{name}'."),
    "measured-ambiguous": N_("Several teams or applications are named '{name}'; say which in a column of its own."),
    "measured-what": N_("The row does not say which delivery metric it holds."),
    "measured-when": N_("The row has no date."),
    "measured-nothing": N_("The row has no value."),
    "outcome-without-initiative": N_("Choose the initiative that is to move it."),
    "outcome-without-step": N_("Choose the step it is to shorten."),
    "outcome-without-subject": N_("Choose the team or the application whose metric it is to move."),
    "no-steps-to-paste": N_("There is no step to paste."),
    # Editing (planner.editing)
    "unknown-entity": N_("There is no {kind} with the id {id}."),
    "closed-meanwhile": N_("The engagement was closed meanwhile; no copy of {path} was written."),
    "blank": N_("The {attribute} of a {kind} cannot be empty."),
    "too-long": N_("The {attribute} of {kind} '{name}' is longer than {longest} characters."),
    "too-many": N_("The {attribute} of {kind} '{name}' list more than {longest} entries."),
    "forbidden-character": N_("The {attribute} of {kind} '{name}' contains a character that is not text."),
    "bad-id": N_("The {attribute} of {kind} '{name}' is not a usable identifier."),
    "wrong-count": N_("The {attribute} of {kind} '{name}' must be {count} numbers."),
    "not-a-number": N_("The {attribute} of {kind} '{name}' is not a number."),
    "out-of-range": N_("The {attribute} of {kind} '{name}' is {value}; it must be between {minimum} and {maximum}."),
    "day-out-of-range": N_("The {attribute} of {kind} '{name}' must be between {first} and {last}."),
    "dangling-reference": N_("The {attribute} of {kind} '{name}' refers to {id}, which is not there."),
    "listed-twice": N_("The {attribute} of {kind} '{name}' list the same one twice."),
    "still-in-use": N_("The {kind} '{name}' cannot be removed: the {user_kind} '{user_name}' uses it."),
    "duplicate-name": N_("There is already a {kind} named '{name}' in the same place."),
    "duplicate-pair": N_("There is already a {kind} for '{name}'."),
    "no-settings": N_("An engagement cannot be without its settings."),
    "second-settings": N_("An engagement has one settings entry; '{id}' would be a second."),
    "bad-currency": N_("'{currency}' is not a currency code of three capital letters, such as EUR."),
    "bad-colour": N_("'{colour}' is not a colour of the form #rrggbb."),
    "factors-rise": N_(
        "An initiative cannot cost a team of readiness {number} more ({value}) than one of readiness {previous} ({before})."
    ),
    "no-working-weekday": N_("The calendar '{name}' has no working weekday."),
    "bad-weekdays": N_(
        "The calendar '{name}' must list its working weekdays once each, from 0 (Monday) to 6 (Sunday), in order."
    ),
    "subdivision-without-country": N_("The calendar '{name}' names a region but no country."),
    "unknown-country": N_("The calendar '{name}' names the country '{country}', whose holidays are not known."),
    "unknown-subdivision": N_(
        "The calendar '{name}' names the region '{subdivision}', which is not known in '{country}'."
    ),
    "finish-before-start": N_("The finish, {finish}, comes before the start, {start}."),
    "ends-before-start": N_("'{name}' would end on {finish}, before its start on {start}."),
    "team-without-unit": N_("The team '{name}' needs a unit to be in."),
    "team-in-closed-assessment": N_(
        "The team '{name}' has answers in the closed assessment '{assessment}', which cannot change. "
        "Keep the team, or remove that assessment whole first."
    ),
    "unit-ambiguous": N_("There are several units named '{name}': write the whole way to it, as in 'A / B'."),
    "team-listed-twice": N_("The team '{name}' is in the list already, in the same unit."),
    "team-list-unnamed": N_("There is no team name in this row."),
    "team-list-not-a-number": N_("'{value}' is not a number for the {attribute}."),
    "team-list-not-a-topology": N_("'{value}' is not a team topology."),
    "team-with-itself": N_("The team '{name}' cannot interact with itself."),
    "unordered-scale": N_("The scale '{name}' needs options whose scores never fall."),
    "scale-of-another-model": N_("The practice '{name}' uses the scale '{scale}' of another maturity model."),
    "prerequisite-circle": N_("These practices are prerequisites of one another in a circle: {names}."),
    "nesting-circle": N_("This would nest an element inside itself: {names}."),
    "link-circle": N_("These initiatives wait for one another in a circle: {names}."),
    "link-within": N_("'{name}' is part of '{parent}': the two cannot be linked."),
    "answer-without-score": N_("The answer for {name} needs a score."),
    "score-without-answer": N_("The answer for {name} cannot have a score in this state."),
    "answer-without-reason": N_("The answer for {name} needs a reason."),
    "no-such-option": N_("The scale of '{name}' has {count} options; there is no option {number}."),
    "paste-not-a-score": N_("'{value}' in the copied cells is neither a score nor a state of an answer."),
    "paste-needs-reason": N_("'{value}' in the copied cells needs a reason; give it with the letters N, D or O."),
    "constraint-and-date": N_("'{name}' needs a date for its constraint, and none without one."),
    "finished-without-start": N_("'{name}' has an actual finish but no actual start."),
    "unordered-estimate": N_("The estimates of '{name}' must rise from optimistic to likely to pessimistic."),
    "outcome-of-two-kinds": N_("An outcome of '{name}' does not hold just what its kind needs."),
    "outcome-out-of-range": N_("An outcome of '{name}' has a value out of its range."),
    "outcome-falls": N_("A maturity outcome of '{name}' would lower the score."),
    "measurement-of-whom": N_("The measurement of {day} must belong to a team or to an application, one of the two."),
    "rate-over-one": N_("The measurement for {name} is a rate of {value}; a rate lies between 0 and 1."),
    "empty-range": N_("The criterion '{name}' needs a minimum below its maximum."),
    "score-out-of-criterion": N_("'{name}' scores {value} on '{criterion}', which runs from {minimum} to {maximum}."),
    "not-a-score": N_("'{text}' is not a number, so it cannot be the score on '{criterion}'."),
    "paste-beyond": N_("{rows} rows were copied, and from here down there are only {room}."),
    "paste-no-score": N_("'{text}' would fall beside the scores; begin further to the right or copy fewer columns."),
    "formula-and-expression": N_("The formula '{name}' needs an expression when it is custom, and none otherwise."),
    "assessment-closed": N_(
        "The assessment '{name}' is closed and cannot change. To rate, start a new one from the latest answers."
    ),
    "closed-assessment": N_("The assessment '{name}' is closed and cannot change; remove it whole if it must go."),
    "baseline-changed": N_("The baseline '{name}' cannot change once taken."),
    "dates-from-children": N_("'{name}' takes its dates from the initiatives it holds; move those."),
    "already-started": N_("'{name}' has already started, on {start}; what is done does not move."),
    # The file (planner.storage, planner.document)
    "file-missing": N_("There is no file {path}."),
    "file-missing-with-backup": N_("There is no file {path}. The newest backup of it is of {backup_at}: {backup}"),
    "file-is-folder": N_("{path} is a folder, not a Roadbook file."),
    "file-unreadable": N_("{path} cannot be read: {cause}."),
    "file-foreign": N_("{path} is not a Roadbook file."),
    "file-empty": N_("{path} is empty: nothing was ever written to it, or its content was lost on the way."),
    "file-empty-with-backup": N_(
        "{path} is empty: its content was lost on the way. The newest backup of it is of {backup_at}: {backup}"
    ),
    "file-newer": N_(
        "{path} was written by a newer Roadbook (file format {format}; this one knows {known}). "
        "Update Roadbook to open it."
    ),
    "file-too-large": N_("{path} is too large ({megabytes} MB) to be a Roadbook file."),
    "file-damaged": N_("{path} is damaged (in its {part}): it is not what was saved. Nothing in it was changed."),
    "file-damaged-with-backup": N_(
        "{path} is damaged (in its {part}): it is not what was saved. Nothing in it was changed. "
        "The newest backup of it is of {backup_at}: {backup}"
    ),
    "file-exists": N_("{path} exists already; it was left as it is."),
    "folder-missing": N_("There is no folder {path}."),
    "edit-not-saved": N_("The step could not be saved and was not made: {cause}."),
    "step-too-large": N_("This is too much for one step ({megabytes} MB)."),
    "document-occupied": N_("Something else is being taken in, or the file closed. Import this again afterwards."),
    "document-read-only": N_("{path} is open for reading only; nothing can be changed in it."),
    "read-only-file": N_("The file {path} is write-protected."),
    "read-only-folder": N_("Nothing can be written in the folder {path}."),
    "in-use": N_("{path} is open in another window or program."),
    "in-use-since": N_("{path} is open on {machine} since {day}, {time}."),
    "no-backup": N_("There is no backup of {path}."),
    "edits-recovered": N_("Roadbook was interrupted: the edits not yet in {path} were recovered."),
    "recovered-beside": N_(
        "Roadbook was interrupted, and {path} has changed since: the edits recovered are in {copy}, beside it."
    ),
    "recovery-failed": N_("Edits of {path} from an interrupted session could not be read; they are kept in {kept}."),
    "conflict-copy-made": N_(
        "{path} was changed elsewhere while it was open here. Both are kept: your version is now {copy}."
    ),
    "backup-failed": N_("No backup could be made, {path} cannot be written: {cause}."),
    "migration-failed": N_("{path} could not be brought to the present file format ({cause}); it is as it was."),
}


def explain(error: UserError, language: Language) -> str:
    """Return the one plain sentence for `error`; BugError when its code has none."""
    if error.code not in ERRORS:
        raise BugError(f"no message for error code {error.code!r}")
    return word(ERRORS[error.code], error.parameters, language)


def word(pattern: Pattern, parameters: Mapping[str, Any], language: Language) -> str:
    """Return `pattern` in `language` with its values filled in by locale."""
    if isinstance(pattern, tuple):
        singular, plural, counted = pattern
        text = language.ngettext(singular, plural, parameters[counted])
    else:
        text = language.gettext(pattern)
    return text.format_map(
        {name: _shown(_worded(name, value, language), language) for name, value in parameters.items()}
    )


def _worded(name: str, value: Any, language: Language) -> Any:
    """Return the word for a kind or a field that a message names, any other value as it is."""
    if name in ("kind", "user_kind"):
        return language.gettext(KIND_WORDS.get(value, value))
    if name == "part":
        return language.gettext(PART_WORDS.get(value) or KIND_WORDS.get(value, value))
    return language.gettext(FIELD_WORDS.get(value, value)) if name == "attribute" else value


def _shown(value: Any, language: Language) -> str:
    if isinstance(value, date):
        return language.date(value, width="long")
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int | float):
        return language.number(value, decimals=2) if abs(value) <= _VAST else f"{Decimal(value):.3g}"
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, tuple | list):
        shown = [*value[: _MOST_NAMED - 1], "…", value[-1]] if len(value) > _MOST_NAMED else value
        return ", ".join(_shown(item, language) for item in shown)
    return str(value)
