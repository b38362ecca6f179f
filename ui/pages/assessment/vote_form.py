"""The part of the card with the votes behind an answer: how many, their median and spread, who dissents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from planner.analysis.standings import Place, summarise_votes
from planner.domain.assessment import Answer, Vote
from planner.editing import assessments, entities
from planner.editing.assessments import option_at, options_of
from planner.language import N_, NN_
from planner.words import FIELD_WORDS
from ui import theme
from ui.pages.assessment.fields import sentence_case
from ui.widgets.text import PlainLabel

if TYPE_CHECKING:
    from ui.pages.assessment.page import AssessmentPage


class VoteForm(QWidget):
    """Shows, adds and removes the votes of one answer; several cells, or one without an answer, have none to show."""

    def __init__(self, page: AssessmentPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._answer: Answer | None = None
        self._votes: tuple[Vote, ...] = ()
        self.summary = PlainLabel(wraps=True)
        self.votes = QListWidget()
        self.votes.setMinimumHeight(120)
        self.respondent = QLineEdit()
        self.respondent.setMaxLength(_LONGEST)
        self.score = QComboBox()
        self.score.setMinimumContentsLength(8)
        self.score.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add, self.remove = QPushButton(), QPushButton()
        self.add.clicked.connect(self._add)
        self.respondent.returnPressed.connect(self._add)
        self.remove.clicked.connect(self._remove)
        across = QHBoxLayout()
        across.addWidget(self.respondent, 3)
        across.addWidget(self.score, 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE_XS, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(self.summary)
        layout.addWidget(self.votes, 1)
        layout.addLayout(across)
        layout.addLayout(buttons)

    def begin(self) -> None:
        """Take the keyboard."""
        self.respondent.setFocus()

    def show_places(self, places: tuple[Place, ...]) -> None:
        """Show the votes behind the one answer there is."""
        page, language = self._page, self._page.workbench.surroundings.language
        self._answer = page.answer_at(places[0]) if len(places) == 1 else None
        self._votes = ()
        self.votes.clear()
        if self._answer is None:
            several = len(places) > 1
            self.summary.setText(
                language.gettext(
                    N_("Select one cell to see its votes.") if several else N_("Answer first, then add votes.")
                )
            )
        else:
            self._show_votes(self._answer)
        self.votes.setVisible(bool(self._votes))
        can_vote = page.can_answer and self._answer is not None
        for widget in (self.respondent, self.score, self.add):
            widget.setEnabled(can_vote)
        self.remove.setEnabled(can_vote and bool(self._votes))

    def keep(self) -> None:
        """Nothing is kept that was not added."""

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self._page.workbench.surroundings.language
        self.votes.setAccessibleName(language.gettext(N_("Votes")))
        self.respondent.setPlaceholderText(sentence_case(language.gettext(FIELD_WORDS["respondent"])))
        self.respondent.setAccessibleName(self.respondent.placeholderText())
        self.score.setAccessibleName(sentence_case(language.gettext(FIELD_WORDS["score"])))
        for button, words in ((self.add, N_("Add the vote")), (self.remove, N_("Remove the vote"))):
            button.setText(language.gettext(words))
            button.setAccessibleName(button.text())

    # Inside

    def _show_votes(self, answer: Answer) -> None:
        engagement, language = self._page.engagement, self._page.workbench.surroundings.language
        self._votes = engagement.referring("votes", "answer_id").get(answer.id, ())
        options = options_of(engagement, engagement.practices[answer.practice_id])
        found = summarise_votes(vote.score for vote in self._votes)
        if found is None:
            self.summary.setText(language.gettext(N_("No votes yet.")))
        else:
            words = NN_(
                "{count} vote, median {median}, spread {points} points, from {lowest} to {highest}",
                "{count} votes, median {median}, spread {points} points, from {lowest} to {highest}",
            )
            self.summary.setText(
                language.ngettext(*words, found.count).format(
                    count=language.number(found.count, decimals=0),
                    median=language.percent(found.median),
                    points=language.number(found.spread * 100, decimals=0),
                    lowest=language.percent(found.lowest),
                    highest=language.percent(found.highest),
                )
            )
        for vote in self._votes:
            at = option_at(options, vote.score)
            text = "" if at is None else " ".join(options[at].text.split())
            who = " ".join(vote.respondent.split()) or language.gettext(N_("Unnamed"))
            self.votes.addItem(f"{language.percent(vote.score)}   {text}   {who}")
        chosen = self.score.currentIndex()
        self.score.clear()
        for option in options:
            self.score.addItem(f"{language.percent(option.score)}   {' '.join(option.text.split())}", option.score)
        self.score.setCurrentIndex(chosen if 0 <= chosen < self.score.count() else 0)

    def _add(self) -> None:
        answer, score = self._answer, self.score.currentData()
        if answer is None or score is None or not self._page.can_answer:
            return
        respondent = self.respondent.text().strip()
        self.respondent.clear()
        self._page.edit(
            lambda engagement: assessments.vote(engagement, answer_id=answer.id, respondent=respondent, score=score)
        )
        self.respondent.setFocus()

    def _remove(self) -> None:
        row = self.votes.currentRow()
        if not 0 <= row < len(self._votes):
            row = len(self._votes) - 1
        if row >= 0 and self._page.can_answer:
            vote = self._votes[row]
            self._page.edit(lambda engagement: entities.remove(engagement, "votes", (vote.id,)))


_LONGEST: Final = 200
