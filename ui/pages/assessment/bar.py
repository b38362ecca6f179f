"""The bar over the heatmap: which assessment, which model, how scores are rolled up, what to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from planner.domain.settings import RollUp
from planner.language import N_
from planner.words import FIELD_WORDS, ROLL_UP_WORDS
from ui import theme
from ui.actions import Actions
from ui.surroundings import Surroundings
from ui.widgets.action_button import ActionButton
from ui.widgets.chooser import Chooser

_METHODS: Final = (RollUp.MEAN, RollUp.FLOOR, RollUp.GATE)


class AssessmentBar(QWidget):
    """Choosers; each `..._chosen` carries the id (empty: nothing to compare with) or the method."""

    assessment_chosen = Signal(str)
    compared_chosen = Signal(str)
    model_chosen = Signal(str)
    method_chosen = Signal(object)

    def __init__(self, surroundings: Surroundings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.setObjectName("subbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.assessments, self.compared = Chooser(least=180, most=400), Chooser(least=170, most=400)
        self.models, self.methods = Chooser(least=110, most=260), Chooser(least=130, most=300)
        for method in _METHODS:
            self.methods.addItem("", method)
        self.assessments.activated.connect(lambda _at: self.assessment_chosen.emit(self.assessments.currentData()))
        self.compared.activated.connect(lambda _at: self.compared_chosen.emit(self.compared.currentData() or ""))
        self.models.activated.connect(lambda _at: self.model_chosen.emit(self.models.currentData()))
        self.methods.activated.connect(lambda _at: self.method_chosen.emit(self.methods.currentData()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_S)
        for widget in (self.assessments, self.compared, self.models, self.methods):
            layout.addWidget(widget, 3)
        layout.addStretch(1)
        for action_id in ("assessment.turn", "assessment.legend"):
            layout.addWidget(ActionButton(actions[action_id], style=Qt.ToolButtonStyle.ToolButtonTextBesideIcon))
        self.retranslate()

    def show_assessments(self, texts: Sequence[tuple[str, str]], *, chosen: str, compared: str) -> None:
        """Offer assessments, (id, text), with one chosen and one (or none) compared with."""
        language = self._surroundings.language
        _offer(self.assessments, texts, chosen)
        against = language.gettext(N_("Against {name}"))
        others = [(one, against.format(name=text)) for one, text in texts if one != chosen]
        _offer(self.compared, [("", language.gettext(N_("Compared with nothing"))), *others], compared)
        self.compared.setEnabled(bool(others))

    def show_models(self, texts: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer models, (id, text); the chooser is there only where there is a choice."""
        _offer(self.models, texts, chosen)
        self.models.setVisible(len(texts) > 1)

    def show_method(self, method: RollUp) -> None:
        """Show how scores are rolled up."""
        self.methods.setCurrentIndex(_METHODS.index(method))

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self._surroundings.language
        self.assessments.setAccessibleName(language.gettext(N_("Assessment shown")))
        self.compared.setAccessibleName(language.gettext(N_("Assessment compared with")))
        model, method = FIELD_WORDS["model_id"], FIELD_WORDS["roll_up"]
        self.models.setAccessibleName(language.gettext(model))
        self.methods.setAccessibleName(language.gettext(method))
        for at, one in enumerate(_METHODS):
            self.methods.setItemText(at, language.gettext(ROLL_UP_WORDS[one]))


def _offer(box: QComboBox, texts: Sequence[tuple[str, str]], chosen: str) -> None:
    box.clear()
    for entity_id, text in texts:
        box.addItem(" ".join(text.split()), entity_id)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setEnabled(bool(texts))
