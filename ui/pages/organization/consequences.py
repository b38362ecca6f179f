"""What a removal took along, in one sentence: "Removed 'Payments', and with it 24 answers and 2 interactions."."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from planner.domain.changes import Changes
from planner.language import N_, NN_, Language

_COUNTED: Final = {
    "units": NN_("{count} unit", "{count} units"),
    "teams": NN_("{count} team", "{count} teams"),
    "interactions": NN_("{count} interaction", "{count} interactions"),
    "answers": NN_("{count} answer", "{count} answers"),
    "votes": NN_("{count} vote", "{count} votes"),
    "targets": NN_("{count} target", "{count} targets"),
    "estimates": NN_("{count} effort estimate", "{count} effort estimates"),
    "outcomes": NN_("{count} outcome", "{count} outcomes"),
    "measurements": NN_("{count} measurement", "{count} measurements"),
    "team_overrides": NN_("{count} capacity of a scenario", "{count} capacities of scenarios"),
}
"""Kind -> how many of it went."""


def consequence(changes: Changes, chosen: Collection[str], name: str, language: Language) -> str:
    """Return what a removal of the `chosen` ids, called `name`, took along."""
    counts = dict.fromkeys(_COUNTED, 0)
    freed = 0
    for kind, entity_id, change in changes:
        if change.after is None and entity_id not in chosen and kind in counts:
            counts[kind] += 1
        freed += kind in ("applications", "teams", "stream_steps", "value_streams") and change.after is not None
    parts = [
        language.ngettext(*_COUNTED[kind], count).format(count=language.number(count, decimals=0))
        for kind, count in counts.items()
        if count
    ]
    if parts:
        text = language.gettext(N_("Removed {name}, and with it: {parts}.")).format(name=name, parts=", ".join(parts))
    else:
        text = language.gettext(N_("Removed {name}.")).format(name=name)
    if freed:
        words = NN_("{count} other entry no longer names it.", "{count} other entries no longer name it.")
        text += " " + language.ngettext(*words, freed).format(count=language.number(freed, decimals=0))
    return text
