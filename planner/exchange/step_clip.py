"""Value stream steps on the clipboard: as our own JSON, which keeps all of them, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.flow import StreamStep, Waste
from planner.domain.identity import new_id
from planner.exchange.csv_file import defuse
from planner.exchange.team_table import plain_words, read_cells
from planner.language import N_, Language
from planner.quantities import Clock, read_hours, read_share, working_clock, write_hours, write_share
from planner.words import WASTE_WORDS

MIME_TYPE: Final = "application/x-roadbook-steps+json"

_FIELDS: Final = ("name", "wait_hours", "process_hours", "complete_accurate", "team_ids", "waste", "visibility", "note")
_TITLES: Final = (
    N_("Step"), N_("Wait"), N_("Work"), N_("%C&A"), N_("Teams"), N_("Waste"), N_("Visibility"), N_("Note"),
)  # fmt: skip
_HEADER_WORDS: Final = {
    # The first that begins a title wins.
    "name": ("step", "name", "etape", "nom", "activit"),
    "wait_hours": ("wait", "attente", "queue", "delay"),
    "process_hours": ("work", "process", "travail", "temps de travail", "traitement", "touch"),
    "complete_accurate": ("%", "c&a", "complet", "exact"),
    "team_ids": ("team", "equipe", "who", "qui"),
    "waste": ("waste", "gaspillage"),
    "visibility": ("visib",),
    "note": ("note", "comment", "remarque"),
}


def write_clip(steps: Iterable[StreamStep]) -> bytes:
    """Return what is put on the clipboard under `MIME_TYPE`."""
    return msgspec.json.encode(tuple(steps))


def read_clip(data: bytes) -> tuple[StreamStep, ...]:
    """Return the steps on the clipboard; none where another program wrote something else there."""
    try:
        return msgspec.json.decode(data, type=tuple[StreamStep, ...])
    except (msgspec.DecodeError, RecursionError):
        return ()


def write_table(engagement: Engagement, steps: Iterable[StreamStep], language: Language) -> str:
    """Return a line of titles and a line a step, cells parted by tabs, numbers as the locale writes them."""
    clock = working_clock(engagement)
    table = io.StringIO()
    writer = csv.writer(table, dialect="excel-tab", lineterminator="\n")
    writer.writerow([language.gettext(title) for title in _TITLES])
    for step in steps:
        writer.writerow(
            [
                defuse(step.name),
                write_hours(step.wait_hours, language, clock),
                write_hours(step.process_hours, language, clock),
                write_share(step.complete_accurate, language),
                defuse(", ".join(engagement.teams[team_id].name for team_id in step.team_ids)),
                language.gettext(WASTE_WORDS[step.waste]) if step.waste is not None else "",
                "" if step.visibility is None else str(step.visibility),
                defuse(step.note),
            ]
        )
    return table.getvalue()


def read_table(text: str, engagement: Engagement, language: Language) -> tuple[StreamStep, ...]:
    """Return the steps of a pasted table: with titles, in any order; without, name, wait, work and %C&A.

    UserError when a time or a share cannot be read, "unknown-team" (name) for a team that is not there.
    """
    cells = read_cells(text)
    if not cells:
        return ()
    named = [_field_of(title) for title in cells[0]]
    has_titles = "name" in named and (len(cells[0]) == 1 or len(set(named) - {None}) > 1)
    columns = named if has_titles else [*_FIELDS[:4], *_FIELDS[4:]][: len(cells[0])]
    clock = working_clock(engagement)
    teams = {plain_words(team.name): team.id for team in engagement.teams.values()}
    wastes = _waste_words(language)
    steps = []
    for row in cells[1:] if has_titles else cells:
        fields: dict[str, Any] = {}
        for field, cell in zip(columns, row, strict=False):
            if field is not None and cell and field not in fields:
                fields[field] = _value(field, cell, clock, teams, wastes)
        if fields.get("name"):
            steps.append(StreamStep(id=new_id(), stream_id="", **fields))
    return tuple(steps)


def _value(field: str, cell: str, clock: Clock, teams: Mapping[str, str], wastes: Mapping[str, Waste]) -> Any:
    if field in ("wait_hours", "process_hours"):
        value: Any = read_hours(cell, clock)
    elif field == "complete_accurate":
        value = read_share(cell)
    elif field == "waste":
        value = wastes.get(plain_words(cell))
    elif field == "visibility":
        value = int(cell) if cell in ("1", "2", "3", "4", "5") else None
    elif field == "team_ids":
        value = _team_ids(cell, teams)
    else:
        value = cell
    return value


def _team_ids(cell: str, teams: Mapping[str, str]) -> tuple[str, ...]:
    if plain_words(cell) in teams:
        return (teams[plain_words(cell)],)
    found = []
    for name in cell.split(","):
        team_id = teams.get(plain_words(name))
        if team_id is None:
            raise UserError("unknown-team", name=name.strip())
        found.append(team_id)
    return tuple(dict.fromkeys(found))


def _waste_words(language: Language) -> Mapping[str, Waste]:
    """Return every way to name a kind of waste, in the language at hand and in English."""
    found = {waste.value: waste for waste in Waste}
    for waste in Waste:
        found[plain_words(WASTE_WORDS[waste])] = waste
        found[plain_words(language.gettext(WASTE_WORDS[waste]))] = waste
    return found


def _field_of(title: str) -> str | None:
    plain = plain_words(title)
    return next(
        (field for field, words in _HEADER_WORDS.items() if any(plain.startswith(word) for word in words)), None
    )
