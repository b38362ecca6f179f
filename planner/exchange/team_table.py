"""A list of teams as a spreadsheet gives it: cells parted by tabs, semicolons or commas, in English or in French.

Columns are known by the words in the first row; a person can say otherwise. Numbers are read with the decimal comma
or point, with or without spaces between thousands.
"""

from __future__ import annotations

import csv
import enum
import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from planner.domain.errors import UserError
from planner.domain.organization import Topology
from planner.editing.team_list import TeamLine
from planner.words import TOPOLOGY_WORDS

MOST_ROWS: Final = 5_000
_FUSE: Final = re.compile("^'(?=[=+@＝＋－＠-])")
"""The apostrophe before a text that a spreadsheet would take for a formula."""
_MOST_LETTERS: Final = 4_000_000


class Part(enum.Enum):
    """What a column can hold; each value is the field of a team it fills, or "unit"."""

    NAME = "name"
    UNIT = "unit"
    HEADCOUNT = "headcount"
    CAPACITY = "change_capacity"
    LIMIT = "change_limit"
    READINESS = "readiness"
    TOPOLOGY = "topology"
    DESCRIPTION = "description"


_HEADER_WORDS: Final = (
    # The first that is found in a title wins: "change limit" must not be taken for a capacity for change.
    (Part.TOPOLOGY, ("topolog", "typolog", "type")),
    (Part.READINESS, ("readiness", "maturit", "disposition", "preparation", "pret")),
    (Part.LIMIT, ("limit", "wip")),
    (Part.CAPACITY, ("capacit", "person-day", "person day", "jours-homme", "jours-personne", "jours/semaine")),
    (
        Part.HEADCOUNT,
        ("people", "head", "size", "members", "fte", "staff", "effectif", "personnes", "membres", "taille", "etp"),
    ),
    (Part.UNIT, ("unit", "departement", "department", "direction", "division", "entit", "service", "tribe", "tribu")),
    (Part.DESCRIPTION, ("description", "mission", "comment", "note", "remarque")),
    (Part.NAME, ("team", "equipe", "squad", "name", "nom")),
)
_TOPOLOGIES: Final = (
    (Topology.STREAM_ALIGNED, ("stream", "flux")),
    (Topology.PLATFORM, ("platform", "plateforme", "plate-forme")),
    (Topology.ENABLING, ("enabl", "facilit", "accompagn", "habilit", "appui")),
    (Topology.COMPLICATED_SUBSYSTEM, ("complicated", "subsystem", "complique", "complexe", "sous-systeme")),
    (Topology.UNKNOWN, ("unknown", "not yet", "inconnu", "pas encore", "?")),
)
_WHOLE: Final = (Part.HEADCOUNT, Part.LIMIT, Part.READINESS)
_NUMBERS: Final = (*_WHOLE, Part.CAPACITY)


def read_cells(text: str, *, most_rows: int = MOST_ROWS) -> list[list[str]]:
    """Return the rows of a pasted text, all of one length, the last of too many left out.

    Blank rows stay where others follow them, so that a row keeps the number it has in the spreadsheet it came from.
    """
    text = text[:_MOST_LETTERS].replace("\x00", "").lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    mark = "\t" if "\t" in text else max(";,", key=first.count)
    rows: list[list[str]] = []
    filled = 0
    try:
        for row in csv.reader(io.StringIO(text), delimiter=mark):
            cells = [_FUSE.sub("", " ".join(cell.split())) for cell in row]
            if rows or any(cells):
                rows.append(cells)
            filled += any(cells)
            if filled > most_rows:
                rows.pop()
                break
    except csv.Error:  # a cell of more letters than any spreadsheet holds
        return []
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def guess_columns(cells: Sequence[Sequence[str]]) -> tuple[bool, tuple[Part | None, ...]]:
    """Return whether the first row holds titles, and what each column holds."""
    if not cells:
        return False, ()
    named: list[Part | None] = []
    for title in cells[0]:
        part = _part_of(title)
        named.append(None if part in named else part)
    numbered = any(_number(cell) is not None for cell in cells[0])
    if Part.NAME in named and not numbered and (len(cells) > 1 or len(named) > 1):
        return True, tuple(named)
    return False, _guess_by_content(cells)


def read_lines(cells: Sequence[Sequence[str]], parts: Sequence[Part | None], *, has_titles: bool) -> list[TeamLine]:
    """Return the rows as teams, blank ones apart; a row that cannot be read says why."""
    found: list[TeamLine] = []
    for number, row in enumerate(cells[1:] if has_titles else cells, start=2 if has_titles else 1):
        if not any(row):
            continue
        found.append(_line(number, {part: cell for part, cell in zip(parts, row, strict=False) if part is not None}))
    return found


def _line(number: int, cells: dict[Part, str]) -> TeamLine:
    name, unit = cells.pop(Part.NAME, ""), cells.pop(Part.UNIT, "")
    fields: dict[str, Any] = {}
    problem = None if name else UserError("team-list-unnamed")
    for part, cell in cells.items():
        if not cell:
            continue
        try:
            fields[part.value] = _value(part, cell)
        except UserError as error:
            problem = problem or error
    return TeamLine(number=number, name=name, unit=unit, fields=fields, problem=problem)


def _value(part: Part, cell: str) -> Any:
    if part is Part.TOPOLOGY:
        topology = _topology(cell)
        if topology is None:
            raise UserError("team-list-not-a-topology", value=cell)
        return topology
    if part not in _NUMBERS:
        return cell
    number = _number(cell)
    if number is None or (part in _WHOLE and not number.is_integer()):
        raise UserError("team-list-not-a-number", value=cell, attribute=part.value)
    return int(number) if part in _WHOLE else number


def _number(cell: str) -> float | None:
    """Return a number written with a decimal comma or point, thousands parted by spaces, or None."""
    digits = re.sub(r"\s|[\u00a0\u202f']", "", cell)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", digits) and "." in digits:
        digits = digits.replace(",", "")
    if not re.fullmatch(r"-?\d{1,15}([.,]\d{1,15})?", digits):
        return None
    return float(digits.replace(",", "."))


def _topology(cell: str) -> Topology | None:
    wanted = plain_words(cell)
    for topology, word in TOPOLOGY_WORDS.items():
        if wanted in (topology.value, plain_words(word)):
            return topology
    return next((topology for topology, words in _TOPOLOGIES if any(word in wanted for word in words)), None)


def _part_of(title: str) -> Part | None:
    plain = plain_words(title)
    return next((part for part, words in _HEADER_WORDS if any(word in plain for word in words)), None)


def _guess_by_content(cells: Sequence[Sequence[str]]) -> tuple[Part | None, ...]:
    """Return what columns without titles hold: the team, its unit, its people, its capacity, as a list is written."""
    texts, numbers = [Part.NAME, Part.UNIT], [Part.HEADCOUNT, Part.CAPACITY, Part.LIMIT, Part.READINESS]
    found: list[Part | None] = []
    for column in zip(*cells, strict=True):
        filled = [cell for cell in column if cell]
        if filled and all(_number(cell) is not None for cell in filled):
            found.append(numbers.pop(0) if numbers else None)
        elif filled and Part.TOPOLOGY not in found and found and all(_topology(cell) for cell in filled):
            found.append(Part.TOPOLOGY)
        else:
            found.append(texts.pop(0) if filled and texts else None)
    return tuple(found)


def plain_words(text: str) -> str:
    """Return `text` in lower case without accents."""
    parts = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).replace("’", "'")
