"""What typing, pasting, filling and clearing cells of the ranking means: scores by initiative and criterion.

Pure: cells and texts give the scores to set, or a UserError that names the first cell which cannot hold its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from planner.domain.errors import UserError
from ui.pages.priorities import board as figures
from ui.pages.priorities.board import Board
from ui.pages.priorities.wording import typed_score

Scores: TypeAlias = dict[tuple[str, str], float | None]
"""(initiative id, criterion id) -> its score; None takes it away."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells as they are shown: initiatives from the top, keys of the columns from the left."""

    ids: Sequence[str]
    keys: Sequence[str]


def clear(board: Board, cells: Sequence[tuple[str, str]]) -> Scores:
    """Return the scores among some cells, taken away; those that are missing already are left out."""
    return {cell: None for cell in cells if _is_criterion(board, cell[1]) and board.score(*cell) is not None}


def fill_down(board: Board, cells: Sequence[tuple[str, str]]) -> Scores:
    """Return the score of the topmost cell of each column for all the others of it; `cells` come from the top."""
    tops: dict[str, float | None] = {}
    found: Scores = {}
    for initiative_id, key in cells:
        if not _is_criterion(board, key):
            continue
        if key not in tops:
            tops[key] = board.score(initiative_id, key)
        elif board.score(initiative_id, key) != tops[key]:
            found[initiative_id, key] = tops[key]
    return found


def paste(board: Board, grid: Grid, texts: Sequence[Sequence[str]], cells: Sequence[tuple[str, str]]) -> Scores:
    """Return the scores that pasting rows of texts at some selected cells sets.

    One text goes into every selected cell, more go from the first one to the right and down. Raises UserError
    "paste-beyond" for what finds no row, "paste-no-score" for what falls on a column without scores.
    """
    if not cells:
        return {}
    if len(texts) == 1 and len(texts[0]) == 1:
        return {cell: _typed(board, cell, texts[0][0]) for cell in cells if _is_criterion(board, cell[1])}
    top = min(grid.ids.index(initiative_id) for initiative_id, _key in cells)
    left = min(grid.keys.index(key) for _initiative_id, key in cells)
    room = len(grid.ids) - top
    if len(texts) > room:
        raise UserError("paste-beyond", rows=len(texts), room=room)
    found: Scores = {}
    for down, row in enumerate(texts):
        for right, text in enumerate(row):
            if left + right >= len(grid.keys):
                raise UserError("paste-no-score", text=text)
            cell = (grid.ids[top + down], grid.keys[left + right])
            if not _is_criterion(board, cell[1]):
                raise UserError("paste-no-score", text=text)
            found[cell] = _typed(board, cell, text)
    return found


def changed(board: Board, scores: Mapping[tuple[str, str], float | None]) -> Scores:
    """Return the scores that differ from those there are."""
    return {cell: value for cell, value in scores.items() if board.score(*cell) != value}


def _typed(board: Board, cell: tuple[str, str], text: str) -> float | None:
    return typed_score(text, criterion=board.engagement.criteria[cell[1]].name)


def _is_criterion(board: Board, key: str) -> bool:
    return key not in figures.FIXED_KEYS and key in board.engagement.criteria
