"""The part of the card that aims: the score a team works towards in a practice, until when, whose it is and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from planner.analysis.standings import Place
from planner.domain.assessment import Target
from planner.editing import assessments
from planner.editing.assessments import option_at, options_of
from planner.language import N_
from planner.words import FIELD_WORDS
from ui import theme
from ui.pages.assessment.fields import DayChoice, common, sentence_case
from ui.pages.page import nothing_more
from ui.widgets.text import PlainLabel

if TYPE_CHECKING:
    from ui.pages.assessment.page import AssessmentPage


class TargetForm(QWidget):
    """Edits the targets of the places it is shown for, in one step each; they do not belong to an assessment."""

    def __init__(self, page: AssessmentPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._places: tuple[Place, ...] = ()
        self._targets: list[Target] = []
        self._filling = False
        self.score = QComboBox()
        self.score.activated.connect(lambda _at: self._choose_score())
        self.due = DayChoice(page.workbench)
        self.due.chosen.connect(lambda day: self._give(due=day))
        self.owner, self.rationale = QLineEdit(), QLineEdit()
        for field, line in (("owner", self.owner), ("rationale", self.rationale)):
            line.setMaxLength(_LONGEST)
            line.editingFinished.connect(lambda field=field: self._keep_text(field))
        self.remove = QPushButton()
        self.remove.clicked.connect(self._remove)
        self._labels: dict[str, PlainLabel] = {}
        form = QFormLayout()
        form.setContentsMargins(0, theme.SPACE_XS, 0, 0)
        form.setSpacing(theme.SPACE_S)
        for field, widget in self._fields():
            self._labels[field] = PlainLabel()
            form.addRow(self._labels[field], widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addWidget(self.remove)
        layout.addStretch(1)

    def begin(self) -> None:
        """Take the keyboard."""
        self.score.setFocus()

    def show_places(self, places: tuple[Place, ...]) -> None:
        """Show what is aimed at in `places`; a field where they differ is empty."""
        self._filling = True
        self._places = places
        page, language = self._page, self._page.workbench.surroundings.language
        held = page.targets()
        self._targets = [held[place] for place in places if place in held]
        score = common(target.score for target in self._targets) if len(self._targets) == len(places) else None
        self._offer_scores(score)
        self.due.show_day(common(target.due for target in self._targets), language)
        self.owner.setText(common(target.owner for target in self._targets) or "")
        self.rationale.setText(common(target.rationale for target in self._targets) or "")
        for widget in (self.due, self.owner, self.rationale, self.remove):
            widget.setEnabled(page.can_edit and bool(self._targets))
        self.score.setEnabled(page.can_edit)
        self._filling = False

    def keep(self) -> None:
        """Keep what is being written."""
        for field in ("owner", "rationale"):
            self._keep_text(field)

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self._page.workbench.surroundings.language
        for field, widget in self._fields():
            words = sentence_case(language.gettext(FIELD_WORDS[field]))
            self._labels[field].setText(words)
            widget.setAccessibleName(words)
        words = language.gettext(N_("Take the target away"))
        self.remove.setText(words)
        self.remove.setAccessibleName(words)

    # Inside

    def _fields(self) -> tuple[tuple[str, QWidget], ...]:
        return (("score", self.score), ("due", self.due), ("owner", self.owner), ("rationale", self.rationale))

    def _offer_scores(self, score: float | None) -> None:
        language, engagement = self._page.workbench.surroundings.language, self._page.engagement
        options = options_of(engagement, engagement.practices[self._places[0][1]])
        self.score.clear()
        self.score.addItem(language.gettext(N_("No target")), None)
        for share in sorted({option.score for option in options} | ({score} if score is not None else set())):
            at = option_at(options, share)
            text = "" if at is None else " ".join(options[at].text.split())
            self.score.addItem(f"{language.percent(share)}   {text}".rstrip(), share)
        self.score.setCurrentIndex(0 if score is None else self.score.findData(score))

    def _choose_score(self) -> None:
        share = self.score.currentData()
        if self._filling:
            return
        if share is None:
            self._remove()
        else:
            places = self._places
            self._page.edit(
                lambda engagement: assessments.aim(engagement, places=places, score=share), then=nothing_more
            )

    def _keep_text(self, field: str) -> None:
        line = self.owner if field == "owner" else self.rationale
        if self._filling or not self._targets:
            return
        text = line.text().strip()
        if text != (common(getattr(target, field) for target in self._targets) or ""):
            self._give(**{field: text})

    def _give(self, **fields: Any) -> None:
        if self._filling or not self._targets:
            return
        places = [(target.team_id, target.practice_id) for target in self._targets]
        self._page.edit(lambda engagement: assessments.aim(engagement, places=places, **fields), then=nothing_more)

    def _remove(self) -> None:
        if self._targets:
            places = self._places
            self._page.edit(lambda engagement: assessments.drop_targets(engagement, places=places), then=nothing_more)


_LONGEST: Final = 500
