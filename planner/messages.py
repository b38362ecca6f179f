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
    # Editing (planner.editing)
    "unknown-entity": N_("There is no {kind} with the id {id}."),
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
