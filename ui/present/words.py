"""The domain's closed sets in words, for cells, menus and tips."""

from __future__ import annotations

from typing import Final

from planner.domain.initiative import Status
from planner.language import N_, NN_, Language

STATUSES: Final = {
    Status.IDEA: N_("Idea"),
    Status.PROPOSED: N_("Proposed"),
    Status.PLANNED: N_("Planned"),
    Status.ACTIVE: N_("Active"),
    Status.DONE: N_("Done"),
    Status.DROPPED: N_("Dropped"),
}
"""Status -> its word."""

_DAYS: Final = NN_("{count} day", "{count} days")


def word_days(days: float, language: Language) -> str:
    """Return a number of working days in words: "3 days"."""
    return language.ngettext(*_DAYS, days).format(count=language.number(days, decimals=2))
