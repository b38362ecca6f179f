"""The small card beside a cell: everything about its answer, target and votes, edited where the eye already is.

It speaks of every selected cell at once: what is chosen here is given to all of them in one step. Texts are kept when
their field is left, and when the card is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout

from planner.analysis.standings import Place
from planner.language import N_, NN_
from ui import theme
from ui.pages.assessment.answer_form import AnswerForm
from ui.pages.assessment.target_form import TargetForm
from ui.pages.assessment.vote_form import VoteForm
from ui.widgets.text import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from ui.pages.assessment.page import AssessmentPage

_WIDTH: Final = 400
_MARGIN: Final = 8
_PARTS: Final = ("answer", "target", "votes")
_PART_WORDS: Final = {"answer": N_("Answer"), "target": N_("Target"), "votes": N_("Votes")}


class RatingCard(QFrame):
    """Beside the cell it speaks of, over the page; Escape leaves it."""

    def __init__(self, page: AssessmentPage) -> None:
        super().__init__(page)
        self._page = page
        self._places: tuple[Place, ...] = ()
        self.setObjectName("palette")
        self.setFixedWidth(_WIDTH)
        self.heading = PlainLabel(role="strong", wraps=True)
        self.line = ElidedLabel(role="caption")
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _part in _PARTS:
            self.tabs.addTab("")
        self._stack = QStackedWidget(self)
        self.answer = AnswerForm(page, self._stack)
        self.target = TargetForm(page, self._stack)
        self.votes = VoteForm(page, self._stack)
        self._forms = (self.answer, self.target, self.votes)
        self.hide()
        for form in self._forms:
            self._stack.addWidget(form)
        self._show_part(0)
        self.tabs.currentChanged.connect(self._show_part)
        layout = self._inside = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_M, theme.SPACE_M, theme.SPACE_M)
        layout.setSpacing(theme.SPACE_XS)
        for widget in (self.heading, self.line, self.tabs, self._stack):
            layout.addWidget(widget)
        self.retranslate()

    def open_for(self, places: tuple[Place, ...], *, part: str = "answer") -> None:
        """Open beside the cursor's cell and speak of `places`; the keyboard goes to the part asked for."""
        self._keep()
        self._places = places
        self.tabs.setCurrentIndex(_PARTS.index(part))
        self._fill()
        self.show()
        self._place()
        self.raise_()
        self._forms[self.tabs.currentIndex()].begin()

    def follow(self) -> None:
        """Speak of what is selected now, while the card is open."""
        if self.isHidden():
            return
        self._keep()
        places = self._page.heatmap.selected_places()
        if not places:
            self.leave()
            return
        self._places = places
        self._fill()
        self._place()

    def refresh(self) -> None:
        """Show the effect of a step, while the card is open."""
        if self.isHidden():
            return
        engagement = self._page.engagement
        if any(team not in engagement.teams or practice not in engagement.practices for team, practice in self._places):
            self.leave()
            return
        self._fill()

    def leave(self) -> None:
        """Close, keeping what was written."""
        if self.isHidden():
            return
        self._keep()
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.hide()
        if had_focus and self._page.isVisible():
            self._page.heatmap.setFocus()

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self._page.workbench.surroundings.language
        self.tabs.setAccessibleName(language.gettext(N_("Parts of the card")))
        for at, part in enumerate(_PARTS):
            self.tabs.setTabText(at, language.gettext(_PART_WORDS[part]))
        for form in self._forms:
            form.retranslate()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape; digits choose an option."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9 and not event.modifiers():
            self._page.verbs.rate(event.key() - Qt.Key.Key_1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.accept()  # at the end of a list the cursor of the heatmap stays where it is
        else:
            super().keyPressEvent(event)

    # Inside

    def _fill(self) -> None:
        page = self._page
        language = page.workbench.surroundings.language
        team_id, practice_id = self._places[0]
        practice = " ".join(page.engagement.practices[practice_id].name.split())
        team = " ".join(page.engagement.teams[team_id].name.split())
        if len(self._places) == 1:
            self.heading.setText(practice)
            self.line.setText(team)
        else:
            words = NN_("{count} cell", "{count} cells")
            count = language.number(len(self._places), decimals=0)
            self.heading.setText(language.ngettext(*words, len(self._places)).format(count=count))
            self.line.setText(language.gettext(N_("First: {team}, {practice}")).format(team=team, practice=practice))
        for form in self._forms:
            form.show_places(self._places)
        self.setAccessibleName(f"{self.heading.text()}, {self.line.text()}")

    def _keep(self) -> None:
        if self._places and not self.isHidden():
            for form in self._forms:
                form.keep()

    def _show_part(self, at: int) -> None:
        for form in self._forms:
            shown = form is self._forms[at]
            down = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            form.setSizePolicy(QSizePolicy.Policy.Preferred, down)
        self._stack.setCurrentIndex(at)
        if not self.isHidden():
            self._place()

    def _place(self) -> None:
        view = self._page.heatmap
        cell = view.cell_rectangle()
        corner = view.viewport().mapTo(self._page, cell.topLeft())
        cell = QRect(corner, cell.size())
        self._stack.adjustSize()
        self.setFixedHeight(min(self._page.height() - 2 * _MARGIN, self._inside.totalHeightForWidth(_WIDTH)))
        x = cell.right() + _MARGIN
        if x + self.width() > self._page.width() - _MARGIN:
            x = cell.left() - _MARGIN - self.width()
        y = min(cell.top(), self._page.height() - self.height() - _MARGIN)
        self.move(QPoint(max(_MARGIN, x), max(_MARGIN, y)))
