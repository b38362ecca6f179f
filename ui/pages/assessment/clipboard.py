"""Cells of the heatmap as a table of text, and back: what a spreadsheet copies and pastes.

A score is written as a percentage in the language's own way; a state as its word. Reading takes percentages, shares
from 0 to 1, either decimal sign, and the words of the states that need no reason.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from planner.analysis.standings import Place
from planner.domain.assessment import Answer, AnswerState
from planner.domain.errors import UserError
from planner.language import Language
from planner.words import ANSWER_STATE_WORDS
from ui.pages.assessment.heatmap import Heatmap
from ui.widgets.clipboard import table_text

_MOST_CELLS: Final = 200_000
_NEEDING_REASON: Final = (AnswerState.NOT_APPLICABLE, AnswerState.DECLINED, AnswerState.OUTSIDE_OUR_CONTROL)
_WHOLE: Final = 100.0


def selected_text(view: Heatmap, answer_at: Callable[[Place], Answer | None], language: Language) -> str:
    """Return the selected cells as tab-separated text; the groups' roll-ups as they are shown."""
    rows, columns = view.selected_rectangle()

    @cache
    def worded(state: AnswerState, score: float | None) -> str:
        if state is AnswerState.UNANSWERED:
            return ""
        if state is AnswerState.ANSWERED and score is not None:
            return f"{language.number(score * _WHOLE, decimals=2)}%"
        return language.gettext(ANSWER_STATE_WORDS[state])

    lines = []
    for row in rows:
        texts = []
        for column in columns:
            place = view.place_at(row, column)
            answer = None if place is None else answer_at(place)
            if place is None:
                texts.append(view.face_at(row, column).text)
            else:
                texts.append("" if answer is None else worded(answer.state, answer.score))
        lines.append(texts)
    return table_text(lines)


def read_table(text: str) -> list[list[str]]:
    """Return the cells of copied text: tab-separated, with quotes around cells that hold tabs or line ends."""
    if len(text) > _MOST_CELLS * 8:
        return []
    return [row for row in csv.reader(io.StringIO(text), dialect="excel-tab") if row]


def fields_of(table: list[list[str]], view: Heatmap, language: Language) -> dict[Place, Mapping[str, Any]]:
    """Return what each cell is to be given, from the top left of the selection on; one value fills the selection.

    Empty cells, groups, and what reaches beyond the grid are left alone. Raises UserError naming the first value that
    is neither a score nor a state.
    """
    rows, columns = view.selected_rectangle()
    if not table or not rows:
        return {}
    found: dict[Place, Mapping[str, Any]] = {}
    if len(table) == 1 and len(table[0]) == 1:
        given = _fields(table[0][0], language)
        return {} if given is None else dict.fromkeys(view.selected_places(), given)
    for down, texts in enumerate(table):
        for across, text in enumerate(texts):
            place = view.place_at(rows.start + down, columns.start + across)
            given = None if place is None else _fields(text, language)
            if place is not None and given is not None:
                found[place] = given
    return found


def _fields(text: str, language: Language) -> Mapping[str, Any] | None:
    shown = " ".join(text.split())
    if not shown:
        return None
    folded = shown.casefold()
    for state, word in ANSWER_STATE_WORDS.items():
        if folded in (word.casefold(), language.gettext(word).casefold()):
            if state in _NEEDING_REASON:
                raise UserError("paste-needs-reason", value=shown)
            if state is AnswerState.UNANSWERED:
                return {"state": state, "score": None}
    number = shown.removesuffix("%").rstrip().replace(",", ".")
    try:
        score = float(number)
    except ValueError:
        raise UserError("paste-not-a-score", value=shown[:40]) from None
    if shown.endswith("%") or score > 1:
        score /= _WHOLE
    if not 0 <= score <= 1:
        raise UserError("paste-not-a-score", value=shown[:40])
    return {"state": AnswerState.ANSWERED, "score": round(score, 6)}
