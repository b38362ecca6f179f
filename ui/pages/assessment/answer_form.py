"""The part of the card that answers: options with their texts, state, confidence, reason, evidence, expiry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from planner.analysis.standings import Place
from planner.domain.assessment import AnswerState
from planner.editing.assessments import option_at, options_of
from planner.language import N_, Language
from planner.words import ANSWER_STATE_WORDS, FIELD_WORDS
from ui import theme
from ui.pages.assessment.fields import DayChoice, Share, common, sentence_case
from ui.widgets.text import PlainLabel

if TYPE_CHECKING:
    from ui.pages.assessment.page import AssessmentPage

_NEEDING_REASON: Final = frozenset({AnswerState.NOT_APPLICABLE, AnswerState.DECLINED, AnswerState.OUTSIDE_OUR_CONTROL})
_OPTIONS_SEEN: Final = 5
_TALLEST: Final = 280
_CLOSE: Final = 0.000_5


class AnswerForm(QWidget):
    """Edits the answers of the places it is shown for; each choice is given to all of them at once."""

    def __init__(self, page: AssessmentPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._places: tuple[Place, ...] = ()
        self._filling = False
        self.options = _Options()
        self.options.itemClicked.connect(lambda item: self._rate(self.options.row(item)))
        self.options.itemActivated.connect(lambda item: self._rate(self.options.row(item)))
        self.state = QComboBox()
        for state in AnswerState:
            self.state.addItem("", state)
        self.state.activated.connect(lambda _at: self._choose_state())
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.editingFinished.connect(self._keep_reason)
        self.confidence = Share()
        self.confidence.chosen.connect(lambda share: self._give(confidence=share))
        self.evidence = _Text(self._keep_evidence)
        self.expiry = DayChoice(page.workbench)
        self.expiry.chosen.connect(lambda day: self._give(expiry=day))
        self._labels: dict[str, PlainLabel] = {}
        self._form = QFormLayout()
        self._form.setContentsMargins(0, theme.SPACE_XS, 0, 0)
        self._form.setSpacing(theme.SPACE_S)
        for field, widget in self._fields():
            self._labels[field] = PlainLabel()
            self._form.addRow(self._labels[field], widget)
        self._note = PlainLabel(role="caption", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(self._note)
        layout.addWidget(self.options)
        layout.addLayout(self._form)

    def begin(self) -> None:
        """Take the keyboard."""
        self.options.setFocus()

    def show_places(self, places: tuple[Place, ...]) -> None:
        """Show what is answered at `places`; a field where they differ is empty."""
        self._places = places
        self._filling = True
        page, language = self._page, self._page.workbench.surroundings.language
        answers = [answer for place in places if (answer := page.answer_at(place)) is not None]
        whole = len(answers) == len(places)
        self._show_options(language)
        states = {answer.state for answer in answers} | (set() if whole else {AnswerState.UNANSWERED})
        state = states.pop() if len(states) == 1 else None
        self.state.setCurrentIndex(-1 if state is None else self.state.findData(state))
        self.reason.setText(common(answer.reason for answer in answers) or "")
        self._form.setRowVisible(self.reason, state in _NEEDING_REASON)
        self.confidence.show_share(common(answer.confidence for answer in answers), language)
        self.evidence.show_text(common(answer.evidence for answer in answers) or "")
        self.expiry.show_day(common(answer.expiry for answer in answers), language)
        can_answer = page.can_answer
        rating: tuple[QWidget, ...] = (self.options, self.state, self.reason)
        detailing: tuple[QWidget, ...] = (self.confidence, self.evidence, self.expiry)
        for widget in rating:
            widget.setEnabled(can_answer)
        for widget in detailing:
            widget.setEnabled(can_answer and bool(answers))
        self._note.setVisible(not can_answer)
        self._filling = False

    def keep(self) -> None:
        """Keep what is being written."""
        self._keep_reason()
        self._keep_evidence()

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self._page.workbench.surroundings.language
        for field, widget in self._fields():
            words = sentence_case(language.gettext(FIELD_WORDS[field]))
            self._labels[field].setText(words)
            widget.setAccessibleName(words)
        for at in range(self.state.count()):
            self.state.setItemText(at, language.gettext(ANSWER_STATE_WORDS[self.state.itemData(at)]))
        self.options.setAccessibleName(language.gettext(N_("Options of the scale")))
        self._note.setText(language.gettext(N_("This assessment cannot change any more; targets still can.")))

    # Inside

    def _fields(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            ("state", self.state), ("reason", self.reason), ("confidence", self.confidence),
            ("evidence", self.evidence), ("expiry", self.expiry),
        )  # fmt: skip

    def _show_options(self, language: Language) -> None:
        engagement = self._page.engagement
        practices = [engagement.practices[practice_id] for _team, practice_id in self._places]
        lead = practices[0]
        options = options_of(engagement, lead)
        alike = all(practice.scale_id == lead.scale_id for practice in practices)
        texts = []
        for number, option in enumerate(options, start=1):
            text = f"{number}   {language.percent(option.score)}"
            if option.text and alike:
                text += f"   {' '.join(option.text.split())}"
            described = [one.text for one in lead.descriptors if abs(one.score - option.score) < _CLOSE]
            if described and len({practice.id for practice in practices}) == 1:
                text += f"\n{' '.join(described[0].split())}"
            texts.append(text)
        chosen = {
            option_at(options, answer.score) if (answer := self._page.answer_at(place)) is not None else None
            for place in self._places
        }
        at = chosen.pop() if len(chosen) == 1 else None
        self.options.show_texts(texts, -1 if at is None else at)

    def _rate(self, option: int) -> None:
        if not self._filling and option >= 0:
            self._page.verbs.rate(option)

    def _choose_state(self) -> None:
        state = self.state.currentData()
        if self._filling or state is None:
            return
        if state in _NEEDING_REASON:
            reasons = {answer.reason for place in self._places if (answer := self._page.answer_at(place)) is not None}
            if reasons != {""} and len(reasons) == 1 and self._covered():
                self._give(state=state)
                return
            # A reason is needed first: it is asked for here, and given together with the state.
            self._form.setRowVisible(self.reason, True)
            self.reason.setFocus()
        elif state is AnswerState.UNANSWERED:
            self._page.verbs.clear()
        elif self._covered() and all(
            answer.score is not None for place in self._places if (answer := self._page.answer_at(place)) is not None
        ):
            self._give(state=state)
        else:
            self.options.setFocus()  # answered means: with a score, which is chosen there

    def _covered(self) -> bool:
        return all(self._page.answer_at(place) is not None for place in self._places)

    def _keep_reason(self) -> None:
        state, text = self.state.currentData(), self.reason.text().strip()
        if self._filling or state not in _NEEDING_REASON or not text or self.reason.isHidden():
            return
        answers = [self._page.answer_at(place) for place in self._places]
        if any(answer is None or answer.state is not state or answer.reason != text for answer in answers):
            self._give(state=state, reason=text)

    def _keep_evidence(self) -> None:
        if not self._filling and self.evidence.is_changed():
            self._give(evidence=self.evidence.toPlainText().strip())

    def _give(self, **fields: Any) -> None:
        if self._filling or not self._page.can_answer:
            return
        answered = [place for place in self._places if self._page.answer_at(place) is not None]
        places = self._places if "state" in fields else answered
        if places:
            self._page.verbs.change(places, **fields)


class _Options(QListWidget):
    """The options of a scale, one line each with its descriptor under it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_texts(self, texts: list[str], chosen: int) -> None:
        """Show texts with one chosen; the row the keyboard is on stays while the texts do."""
        if [self.item(at).text() for at in range(self.count())] != texts:
            self.clear()
            for text in texts:
                self.addItem(QListWidgetItem(text))
        if chosen >= 0:
            self.setCurrentRow(chosen)
        else:
            self.clearSelection()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height the options need at this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()  # a hint of a row's height knows nothing of the width its text wraps at
        rows = range(min(_OPTIONS_SEEN, self.count()))
        needed = sum(self.visualItemRect(self.item(row)).height() for row in rows)
        self.setFixedHeight(min(_TALLEST, needed + 2 * self.frameWidth() + 2 * theme.SPACE_XS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Return, Enter and Space; leave digits to the card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        elif event.text().isdigit() or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Text(QPlainTextEdit):
    """A few lines of text, kept when they are left."""

    def __init__(self, keep: Any) -> None:
        super().__init__()
        self._keep = keep
        self._shown = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(3 * self.fontMetrics().height() + 2 * theme.SPACE_S)

    def show_text(self, text: str) -> None:
        """Show another text; what is being written stays."""
        if self.hasFocus() and self.is_changed():
            return
        self._shown = text
        if self.toPlainText() != text:
            self.setPlainText(text)

    def is_changed(self) -> bool:
        """Tell whether something else was written than was shown."""
        return self.toPlainText().strip() != self._shown.strip()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written."""
        super().focusOutEvent(event)
        self._keep()


_LONGEST: Final = 2_000
