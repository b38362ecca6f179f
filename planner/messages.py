"""The sentence behind every code: what a `UserError` tells a person to mend, in each language.

One table, worded once. A pattern names its values in braces; values are formatted by locale and are never read as
patterns themselves. `planner.step_labels` does the same for the steps of the history.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from planner.domain.errors import BugError, UserError
from planner.language import N_, Language

Pattern = str | tuple[str, str, str]
"""A pattern, or singular and plural with the parameter that counts."""

ERRORS: Final[Mapping[str, Pattern]] = {
    # Files (planner.safe_file)
    "cannot-write": N_("{path} could not be written: {cause}."),
    # Files others wrote (planner.exchange.text_source)
    "cannot-read": N_("{path} could not be read: {cause}."),
    "source-too-large": N_("{path} is too large: at most {limit_megabytes} MB are read."),
    "source-not-utf-8": N_("{path} is not UTF-8 text: line {line}, column {column} cannot be read."),
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
    # Editing (planner.editing)
    "unknown-entity": N_("There is no {kind} with the id {id}."),
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
    "file-damaged": N_("{path} is damaged (in its part “{place}”): it is not what was saved. Nothing in it was changed."),
    "file-damaged-with-backup": N_(
        "{path} is damaged (in its part “{place}”): it is not what was saved. Nothing in it was changed. "
        "The newest backup of it is of {backup_at}: {backup}"
    ),
    "file-exists": N_("{path} exists already; it was left as it is."),
    "folder-missing": N_("There is no folder {path}."),
    "edit-not-saved": N_("The step could not be saved and was not made: {cause}."),
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
    return text.format_map({name: _shown(value, language) for name, value in parameters.items()})


def _shown(value: Any, language: Language) -> str:
    if isinstance(value, date):
        return language.date(value, width="long")
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int | float):
        return language.number(value, decimals=2)
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, tuple | list):
        return ", ".join(_shown(item, language) for item in value)
    return str(value)
