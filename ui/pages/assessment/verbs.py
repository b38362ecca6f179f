"""What a person does on the assessment page: start, close and remove assessments, answer and aim for many cells."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from planner.analysis.standings import Place
from planner.domain.assessment import AnswerState
from planner.domain.errors import UserError
from planner.editing import assessments, entities
from planner.editing.naming import free_name
from planner.language import N_, NN_
from planner.words import ANSWER_STATE_WORDS, FIELD_WORDS
from ui.pages.assessment import clipboard
from ui.pages.assessment.actions import ANSWERING, RATINGS
from ui.pages.page import nothing_more

if TYPE_CHECKING:
    from ui.pages.assessment.page import AssessmentPage

_CONFIDENCES: Final = (0.2, 0.4, 0.6, 0.8, 1.0)


class AssessmentVerbs:
    """The verbs of one page; each is one step, told in the page's words when it cannot be."""

    def __init__(self, page: AssessmentPage) -> None:
        self._page = page
        self._menu: QMenu | None = None

    # Assessments

    def start(self, *, carried: bool) -> None:
        """Start an assessment held today and show it."""
        page = self._page
        language, today = page.workbench.surroundings.language, page.workbench.today
        pattern = language.gettext(N_("Assessment of {day}"))
        wanted = pattern.format(day=language.date(today, width="long"))
        held_today = (one.name for one in page.engagement.assessments.values() if one.held_on == today)
        name = free_name(wanted, held_today)
        known = set(page.engagement.assessments)

        def show() -> None:
            added = next((one for one in page.engagement.assessments if one not in known), None)
            if added is not None and page.isVisible():  # who has gone on to another page is not followed there
                page.show_assessment(added)

        page.edit(
            lambda engagement: assessments.start(engagement, name=name, held_on=today, carried=carried), then=show
        )

    def ask_to_close(self) -> None:
        """Ask in place whether the assessment is to be closed for good."""
        page = self._page
        language = page.workbench.surroundings.language
        assessment = page.engagement.assessments[page.assessment_id]
        count = len(page.engagement.referring("answers", "assessment_id").get(assessment.id, ()))
        words = NN_(
            "Close '{name}'? Its {count} answer and its votes can then no longer change.",
            "Close '{name}'? Its {count} answers and its votes can then no longer change.",
        )
        question = language.ngettext(*words, count).format(
            name=" ".join(assessment.name.split()), count=language.number(count, decimals=0)
        )
        page.prompt.ask(question, accept=language.gettext(N_("Close for good")), then=self._close)

    def remove_assessment(self) -> None:
        """Remove the assessment shown, with all its answers."""
        page = self._page
        shown = page.engagement.assessments.get(page.assessment_id)
        if shown is None:  # it went away by an edit elsewhere, asked for at the same moment
            return
        name = " ".join(shown.name.split())

        def tell() -> None:
            language = page.workbench.surroundings.language
            text = language.gettext(N_("Removed {name} with its answers; undo brings all of it back.")).format(
                name=name
            )
            page.workbench.tell(text, tone="information", key="assessment")

        page.edit(lambda engagement: entities.remove(engagement, "assessments", (page.assessment_id,)), then=tell)

    def ask_name(self) -> None:
        """Ask in place for another name of the assessment shown."""
        page = self._page
        language = page.workbench.surroundings.language
        assessment = page.engagement.assessments[page.assessment_id]
        page.prompt.ask(
            language.gettext(N_("Name of the assessment")),
            accept=language.gettext(N_("Rename")),
            field=language.gettext(N_("Name of the assessment")),
            text=assessment.name,
            then=lambda text: page.edit(
                lambda engagement: entities.change(engagement, "assessments", assessment.id, name=text)
            ),
        )

    def _close(self, _text: str) -> bool:
        page = self._page
        return page.edit(lambda engagement: assessments.close(engagement, page.assessment_id, on=self._closing_day()))

    def _closing_day(self) -> Any:
        page = self._page
        return max(page.workbench.today, page.engagement.assessments[page.assessment_id].held_on)

    # Answers

    def rate(self, option: int) -> None:
        """Choose the option at a place of each selected practice's scale."""
        places = self._page.heatmap.selected_places()
        if places and self._page.can_answer:
            self._page.edit(
                lambda engagement: assessments.rate(
                    engagement, assessment_id=self._page.assessment_id, places=places, option=option
                ),
                then=nothing_more,
                count=len(places),
            )

    def change(self, places: Collection[Place], **fields: Any) -> bool:
        """Give the answers of some cells their fields."""
        return self._page.edit(
            lambda engagement: assessments.record_many(
                engagement, assessment_id=self._page.assessment_id, fields=dict.fromkeys(places, fields)
            ),
            then=nothing_more,
            count=len(places),
        )

    def ask_reason(self, state: AnswerState) -> None:
        """Ask in place for the one reason why the selected cells are in a state that needs one."""
        page = self._page
        places = page.heatmap.selected_places()
        if not places or not page.can_answer:
            return
        language = page.workbench.surroundings.language
        words = NN_("{state}: why, for {count} cell?", "{state}: why, for {count} cells?")
        question = language.ngettext(*words, len(places)).format(
            state=language.gettext(ANSWER_STATE_WORDS[state]), count=language.number(len(places), decimals=0)
        )
        reasons = {answer.reason for place in places if (answer := page.answer_at(place)) is not None}
        word = language.gettext(FIELD_WORDS["reason"])
        page.prompt.ask(
            question,
            accept=language.gettext(N_("Apply")),
            field=word[:1].upper() + word[1:],
            text=reasons.pop() if len(reasons) == 1 else "",
            then=lambda reason: self.change(places, state=state, reason=reason),
        )

    def offer_confidence(self) -> None:
        """Offer how sure the selected answers are, in a menu by the cell that digits choose from."""
        page = self._page
        places = [place for place in page.heatmap.selected_places() if page.answer_at(place) is not None]
        language = page.workbench.surroundings.language
        if not places:
            text = language.gettext(N_("Answer first: only answers have a confidence."))
            page.workbench.tell(text, tone="information", key="assessment")
            return
        menu = self._renewed_menu()
        for number, share in enumerate(_CONFIDENCES, start=1):
            action = menu.addAction(f"&{number}   {language.percent(share)}")
            action.triggered.connect(partial(self._set_confidence, places, share))
        menu.addSeparator()
        unknown = menu.addAction(language.gettext(N_("&Not known")))
        unknown.triggered.connect(partial(self._set_confidence, places, None))
        menu.popup(self._beside_cell())

    def offer_menu(self, where: QPoint) -> None:
        """Offer what can be done with the selected cells, at a point of the screen."""
        page = self._page
        actions, language = page.workbench.actions, page.workbench.surroundings.language
        menu = self._renewed_menu()
        rating = menu.addMenu(language.gettext(actions.kind(RATINGS[0]).group))
        for action_id in RATINGS:
            rating.addAction(actions[action_id])
        for action_id in (*ANSWERING, "copy", "paste", "remove"):
            menu.addAction(actions[action_id])
        menu.popup(where)

    def _renewed_menu(self) -> QMenu:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = QMenu(self._page)
        return self._menu

    def clear(self) -> None:
        """Take the answers of the selected cells away."""
        page = self._page
        places = page.heatmap.selected_places()
        page.edit(
            lambda engagement: assessments.clear(engagement, assessment_id=page.assessment_id, places=places),
            then=nothing_more,
            count=len(places),
        )

    def _set_confidence(self, places: list[Place], share: float | None, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal
        self.change(places, confidence=share)

    def _beside_cell(self) -> QPoint:
        view = self._page.heatmap
        return view.viewport().mapToGlobal(view.cell_rectangle().bottomLeft())

    # The clipboard

    def copy(self) -> None:
        """Copy the selected cells as a table of scores, with the heads where whole rows or columns are selected."""
        page = self._page
        text = clipboard.selected_text(page.heatmap, page.answer_at, page.workbench.surroundings.language)
        QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Answer from the copied cells, from the top left of the selection on, in one step."""
        page = self._page
        language = page.workbench.surroundings.language
        table = clipboard.read_table(QGuiApplication.clipboard().text())
        try:
            fields = clipboard.fields_of(table, page.heatmap, language)
        except UserError as error:
            page.workbench.tell(error, tone="danger", key="edit")
            return
        if fields:
            page.edit(
                lambda engagement: assessments.record_many(engagement, assessment_id=page.assessment_id, fields=fields),
                then=nothing_more,
                count=len(fields),
            )
        else:
            text = language.gettext(N_("Nothing copied fits the selected cells."))
            page.workbench.tell(text, tone="information", key="assessment")
