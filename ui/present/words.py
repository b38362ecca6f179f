"""Quantities in words, for cells and tips."""

from __future__ import annotations

from typing import Final

from planner.language import NN_, Language

_DAYS: Final = NN_("{count} day", "{count} days")


def word_days(days: float, language: Language) -> str:
    """Return a number of working days in words: "3 days"."""
    return language.ngettext(*_DAYS, days).format(count=language.number(days, decimals=2))
