"""Which formula ranks, chosen from the known ones and the engagement's own, with what it works out in words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from planner.domain.priority import Formula, FormulaKind
from planner.language import N_
from planner.messages import explain
from planner.words import FORMULA_KIND_WORDS
from ui import theme
from ui.pages.priorities.board import Board
from ui.pages.priorities.wording import formula_sentence
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel, PlainLabel

_BOX_WIDTH: Final = 190


class FormulaBar(QWidget):
    """The box and the sentence; `chosen(id or kind)` when a person takes another formula."""

    chosen = Signal(str)

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._label = PlainLabel(role="muted")
        self.box = QComboBox()
        self.box.setFixedWidth(_BOX_WIDTH)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sentence = ElidedLabel(role="muted")
        self._label.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_S)
        row.addWidget(self._label)
        row.addWidget(self.box)
        row.addWidget(self.sentence, 1)
        self.box.activated.connect(self._take)

    def show_board(self, board: Board | None, *, read_only: bool) -> None:
        """Show which formula is in force; the known ones the engagement has not named are offered as well."""
        language = self._surroundings.language
        name = language.gettext(N_("Rank by"))
        self._label.setText(name)
        self.box.setAccessibleName(name)
        self.box.setEnabled(not read_only)
        self.box.clear()
        if board is None:
            self.sentence.setText("")
            return
        own: list[Formula] = sorted(board.engagement.formulas.values(), key=lambda one: (one.position, one.name))
        for formula in own:
            self.box.addItem(formula.name, formula.id)
        held = {formula.kind for formula in own}
        for kind, word in FORMULA_KIND_WORDS.items():
            if kind not in held and kind is not FormulaKind.CUSTOM:
                self.box.addItem(language.gettext(word), kind.value)
        wanted = board.engagement.setting.formula_id or board.kind.value
        found = self.box.findData(wanted)
        if found < 0:
            found = next((at for at, formula in enumerate(own) if formula.kind is board.kind), 0)
        self.box.setCurrentIndex(found)
        chosen = board.engagement.formulas.get(board.engagement.setting.formula_id or "")
        if board.fault is not None:  # alone: behind a long formula it would be cut
            self.sentence.setText(explain(board.fault, language))
            return
        own_words = chosen.expression if chosen is not None else ""
        self.sentence.setText(f"= {own_words or formula_sentence(board.kind, language)}")

    def _take(self) -> None:
        self.chosen.emit(self.box.currentData())
