"""How the figures of priorities are said and typed: numbers by locale, what is missing never as zero."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from planner.domain.errors import UserError
from planner.domain.priority import CriterionRole, FormulaKind
from planner.language import N_, Language
from planner.messages import explain
from planner.words import CRITERION_ROLE_WORDS, FORMULA_KIND_WORDS, FORMULA_SENTENCES, STATUS_WORDS
from ui.pages.priorities import board as figures
from ui.pages.priorities.board import Board
from ui.widgets.clipboard import table_text

MISSING: Final = "\N{EN DASH}"

COLUMN_TITLES: Final = {
    figures.RANK: N_("Rank"),
    figures.NAME: N_("Initiative"),
    figures.WORTH: N_("Worth"),
    figures.STATUS: N_("Status"),
    figures.EFFORT: N_("Person-days"),
}
"""Key of a column -> its title; a criterion's column has the criterion's name."""


@lru_cache(maxsize=8192)
def number_text(value: float, code: str, decimals: int = 2) -> str:
    """Return a number in a language; kept, for a scroll asks for thousands."""
    return Language(code).number(value, decimals=decimals)


def cell_text(board: Board, initiative_id: str, key: str, language: Language) -> str:
    """Return the text of a cell; a dash for what is missing."""
    if key == figures.NAME:
        return " ".join(board.initiative(initiative_id).name.split())
    if key == figures.STATUS:
        return language.gettext(STATUS_WORDS[board.initiative(initiative_id).status])
    if key == figures.RANK:
        place = board.places.get(initiative_id)
        return MISSING if place is None else number_text(place, language.code, 0)
    value = value_of(board, initiative_id, key)
    return MISSING if value is None else number_text(value, language.code)


def value_of(board: Board, initiative_id: str, key: str) -> float | None:
    """Return the number in a cell; None where there is none."""
    if key == figures.WORTH:
        return board.worth(initiative_id)
    if key == figures.EFFORT:
        return board.efforts.get(initiative_id)
    if key == figures.RANK:
        return board.places.get(initiative_id)
    return board.score(initiative_id, key)


def title_of(board: Board, key: str, language: Language) -> str:
    """Return the title of a column."""
    if key in COLUMN_TITLES:
        return language.gettext(COLUMN_TITLES[key])
    return board.engagement.criteria[key].name if key in board.engagement.criteria else ""


def typed_score(text: str, *, criterion: str) -> float | None:
    """Return the number typed, with a comma or a point, or None for nothing; UserError "not-a-score"."""
    plain = "".join(text.split()).replace(",", ".")
    if plain in ("", MISSING, "-"):
        return None
    try:
        value = float(plain)
    except ValueError:
        raise UserError("not-a-score", text=text.strip(), criterion=criterion) from None
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  not a number is never itself
        raise UserError("not-a-score", text=text.strip(), criterion=criterion)
    return value


def read_cells(text: str) -> list[list[str]]:
    """Return the rows of cells a spreadsheet put on the clipboard."""
    return [row or [""] for row in csv.reader(io.StringIO(text.rstrip("\r\n")), delimiter="\t")]


def write_cells(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of cells as a spreadsheet pastes them; a dash for what is missing is an empty cell there."""
    return table_text(["" if cell == MISSING else cell for cell in row] for row in rows)


def formula_name(board: Board, language: Language) -> str:
    """Return the name of the formula in force: the engagement's own where it chose one."""
    chosen = board.engagement.formulas.get(board.engagement.setting.formula_id or "")
    return language.gettext(FORMULA_KIND_WORDS[board.kind]) if chosen is None else chosen.name


def formula_sentence(kind: FormulaKind, language: Language) -> str:
    """Return what a formula works out, in words."""
    return language.gettext(FORMULA_SENTENCES[kind])


def role_list(roles: Iterable[CriterionRole], language: Language) -> str:
    """Return roles in words, one after the other."""
    return ", ".join(language.gettext(CRITERION_ROLE_WORDS[role]).lower() for role in roles)


def worth_note(board: Board, initiative_id: str, language: Language) -> str:
    """Return why an initiative has no worth; empty where it has one."""
    if board.worth(initiative_id) is not None:
        return ""
    if board.fault is not None:
        return explain(board.fault, language)
    missing = role_list(board.missing(initiative_id), language) or ", ".join(board.missing_criteria(initiative_id))
    if missing:
        return language.gettext(N_("Not scored yet: {parts}")).format(parts=missing)
    if board.kind is FormulaKind.CUSTOM:
        return language.gettext(N_("The formula comes to no number"))
    return language.gettext(N_("No worth by a size of 0"))
