"""Where a formula's text speaks of criteria: the places at which their names stand in it, for its readers and renamers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planner.domain.priority import Criterion

MOST_CHARACTERS: Final = 500
"""How long a formula's text may be."""

_APOSTROPHES: Final = "['\N{RIGHT SINGLE QUOTATION MARK}]"


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in a text, from `start` to before `end`, and the criterion it is of."""

    start: int
    end: int
    criterion: Criterion


def mentions(text: str, criteria: Iterable[Criterion]) -> Iterator[Mention]:
    """Give the criteria a formula's text names, in its order.

    Case, the width of spaces and the shape of apostrophes do not matter. Of two names one of which begins the other,
    the longer is meant; of two alike, the first. What a bracket follows is a function, whatever criteria are called.
    """
    ordered = sorted((one for one in criteria if one.name.strip()), key=lambda one: len(one.name), reverse=True)
    if ordered:
        pattern = "|".join(rf"(?<!\w)({_pattern(one.name)})(?!\w|\s*\()" for one in ordered)
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield Mention(found.start(), found.end(), ordered[(found.lastindex or 1) - 1])


def renamed(text: str, criteria: Sequence[Criterion], criterion_id: str, name: str) -> str:
    """Return a formula's text with another name for one of the criteria, wherever it speaks of that one."""
    parts, after = [], 0
    for one in mentions(text, criteria):
        if one.criterion.id == criterion_id:
            parts += [text[after : one.start], name]
            after = one.end
    return "".join([*parts, text[after:]])


def _pattern(name: str) -> str:
    words = [re.sub(_APOSTROPHES, _APOSTROPHES, re.escape(word)) for word in name.split()]
    return r"\s+".join(words)
