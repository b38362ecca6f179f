"""The sentence behind every step of the history: "Move 'Trunk-based development' to 3 March", in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.domain.changes import Label
from planner.domain.errors import BugError
from planner.language import N_, Language
from planner.messages import Pattern, word

STEPS: Final[Mapping[str, Pattern]] = {
    "move-initiative": N_("Move '{name}' to {start}"),
}


def describe(label: Label, language: Language) -> str:
    """Return what a step did, in `language`; BugError when its code has no wording."""
    if label.code not in STEPS:
        raise BugError(f"no wording for step {label.code!r}")
    return word(STEPS[label.code], label.parameters, language)
