"""Text of others made fit for an engagement: one line or many, no control characters, no more than a field holds."""

from __future__ import annotations

import re
from typing import Final

from planner.editing.field_rules import LONGEST_NAME, LONGEST_TEXT
from planner.exchange.import_report import Remark, remark

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean_line(text: str) -> str:
    """Return `text` as one line of at most the length a name may have."""
    return " ".join(_CONTROL.sub(" ", text).split())[:LONGEST_NAME].rstrip()


def clean_text(text: str) -> str:
    """Return `text` with its lines, without control characters and blank ends, as long as a text may be."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()[:LONGEST_TEXT]


def what_cleaning_took(text: str, field: str, *, line: bool) -> list[Remark]:
    """Return what is to be said of a text of `field` that `clean_line` (or else `clean_text`) made fit."""
    longest = LONGEST_NAME if line else LONGEST_TEXT
    told = [] if is_clean(text) else [remark("text-cleaned", field=field)]
    if len(" ".join(text.split()) if line else text.replace("\r\n", "\n").strip()) > longest:
        told.append(remark("text-shortened", field=field, limit=longest))
    return told


def is_clean(text: str) -> bool:
    """Tell whether no control character is in `text`."""
    return _CONTROL.search(text) is None
