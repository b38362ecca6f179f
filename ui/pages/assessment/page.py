"""The assessment page: a heatmap of teams by practices, rated in place, rolled up, held against targets and the past.

What a person does is in `verbs`, what a cell looks like in `faces`, the grid in `heatmap`, one answer's details in
`card`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, cast

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from planner.analysis.maturity import latest_assessment
from planner.analysis.standings import Place, Standings
from planner.domain.assessment import Answer, AnswerState, Assessment, Target
from planner.domain.changes import Changes
from planner.domain.errors import UserError
from planner.domain.settings import RollUp
from planner.editing.assessments import targets_of
from planner.editing.practices import model_of
from planner.language import N_, NN_
from ui.pages.assessment.actions import ANSWERING, LOCAL, RATINGS
from ui.pages.assessment.axes import Axis, Line, all_folded, practice_axis, refolded, team_axis
from ui.pages.assessment.bar import AssessmentBar
from ui.pages.assessment.card import RatingCard
from ui.pages.assessment.describing import describe_cell, method_lines
from ui.pages.assessment.faces import Reading
from ui.pages.assessment.heatmap import Heatmap
from ui.pages.assessment.missing import ASSESSMENT, GUIDANCE, NOTHING, assessable_models, what_is_missing
from ui.pages.assessment.prompt import Prompt
from ui.pages.assessment.shifts import ShiftList
from ui.pages.assessment.summary import Surround
from ui.pages.assessment.totals import base_of, figures_of, when_held
from ui.pages.assessment.verbs import AssessmentVerbs
from ui.pages.page import Page, Selection
from ui.widgets.guidance import Guidance
from ui.widgets.toolbar import PageToolbar
from ui.workbench import Workbench

_BUTTONS: Final = (
    ("undo", "redo"),
    ("assessment.open-card", "assessment.target", "remove"),
    ("assessment.close", "assessment.start-carried"),
)
_PROMINENT: Final = frozenset({"assessment.start-carried", "assessment.open-card"})
_SHAPING: Final = ("units", "teams", "models", "dimensions", "themes", "practices", "scales", "assessments", "settings")
_VIEWING: Final = (
    "assessment.turn", "assessment.legend", "assessment.fold", "assessment.unfold", "assessment.fold-across",
    "assessment.unfold-across", "assessment.fold-all", "assessment.unfold-all", "select-all", "copy",
)  # fmt: skip


class AssessmentPage(Page):
    """Shows and edits the assessments of one open document."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        surroundings, actions = workbench.surroundings, workbench.actions
        self.verbs = AssessmentVerbs(self)
        kept = workbench.remembered("assessment")
        self.assessment_id = ""
        self._compared_id = ""
        self._model_id = ""
        self._turned = kept.get("turned") is True
        self._method = next((one for one in RollUp if one.value == kept.get("method")), None)
        self._folded: frozenset[str] = frozenset()
        self._reading: Reading | None = None
        self._teams, self._practices = Axis(), Axis()
        self.toolbar = PageToolbar(surroundings, actions, _BUTTONS, prominent=_PROMINENT, parent=self)
        self._stack = QStackedWidget(self)
        self._surround = Surround(surroundings, self._stack)
        self._middle = QWidget(self._surround)
        self.bar = AssessmentBar(surroundings, actions, self._surround)
        self.figures, self.legend = self._surround.figures, self._surround.legend
        self.prompt = Prompt(surroundings, self._surround)
        self.heatmap = Heatmap(surroundings, describe=self._describe, parent=self._middle)
        self.shifts = ShiftList(surroundings, self._middle)
        self.card = RatingCard(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        across = QHBoxLayout(self._middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.heatmap, 3)
        across.addWidget(self.shifts, 1)
        self._surround.lay_out((self.bar, self.prompt), self._middle)
        self._surround.want_legend(wanted=self.workbench.remembered("assessment").get("legend") is not False)
        self._stack.addWidget(self._surround)
        for heading, sentence, offers in GUIDANCE:
            guidance = Guidance(
                self.workbench.surroundings,
                self.workbench.actions,
                heading=heading,
                sentence=sentence,
                offers=offers,
                parent=self._stack,
            )
            self._stack.addWidget(guidance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.heatmap)
        self.heatmap.setAccessibleName(
            self.workbench.surroundings.language.gettext(N_("Heatmap of teams by practices"))
        )

    def _connect(self) -> None:
        self.bar.assessment_chosen.connect(self.show_assessment)
        self.bar.compared_chosen.connect(self.compare_with)
        self.bar.model_chosen.connect(self.show_model)
        self.bar.method_chosen.connect(self._choose_method)
        self.heatmap.selection_changed.connect(self._take_selection)
        self.heatmap.answer_to([self.workbench.actions[action_id] for action_id in LOCAL])
        self.heatmap.card_asked.connect(self._open_card)
        self.heatmap.refused.connect(self._say_why_not)
        self.heatmap.fold_asked.connect(lambda key, _across: self._fold(key))
        self.heatmap.menu_asked.connect(self.verbs.offer_menu)
        self.heatmap.horizontalScrollBar().valueChanged.connect(lambda _at: self.card.leave())
        self.heatmap.verticalScrollBar().valueChanged.connect(lambda _at: self.card.leave())
        self.prompt.left.connect(self.heatmap.setFocus)
        self.shifts.chosen.connect(self._show_place)
        self._show_switches()

    # The document

    def forget(self) -> None:
        """Let go of the assessments before."""
        self.assessment_id = self._compared_id = self._model_id = ""
        self._folded = frozenset()
        self._reading = None
        self._teams, self._practices = Axis(), Axis()
        self.prompt.leave()
        self.card.leave()
        self.shifts.show_shifts(None, (), ())
        self.heatmap.show_grid(Axis(), Axis(), None, turned=self._turned, corner=())

    def refresh(self) -> None:
        """Show the assessment anew."""
        if self.opened is None:
            return
        engagement = self.engagement
        models = assessable_models(engagement)
        if self._model_id not in {model.id for model in models}:
            self._model_id = models[0].id if models else ""
        if self.assessment_id not in engagement.assessments:
            latest = latest_assessment(engagement)
            self.assessment_id = "" if latest is None else latest.id
        if self._compared_id not in engagement.assessments or self._compared_id == self.assessment_id:
            self._compared_id = ""
        self._stack.setCurrentIndex(what_is_missing(self.engagement))
        self._show_choosers([(model.id, f"{model.name} {model.version}".strip()) for model in models])
        self._retitle()
        if self._stack.currentIndex() != NOTHING:
            self._reading = None
            self.card.leave()
            return
        self._lay_out()

    def heeds(self, changes: Changes) -> bool:
        """Tell whether a step concerns the assessments."""
        return changes.touches(*_SHAPING, "answers", "targets", "votes")

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step: other answers in the same grid, or everything anew."""
        if changes.touches(*_SHAPING) or self._reading is None:
            if changes.touches(*_SHAPING, "answers"):
                self.refresh()
                self.selection_changed.emit()
            return
        if not changes.touches("answers", "targets", "votes"):
            return
        self._read(touched=changes)
        self.heatmap.show_reading(self._reading)
        self._show_figures()
        self.card.refresh()
        self.selection_changed.emit()

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self.workbench.surroundings.language
        self.heatmap.setAccessibleName(language.gettext(N_("Heatmap of teams by practices")))
        self.bar.retranslate()
        self.card.retranslate()
        self.prompt.leave()
        self.shifts.retranslate()
        if self.opened is not None:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is being written, and remember the page's choices."""
        super().hideEvent(event)
        self.card.leave()
        values: dict[str, Any] = {"turned": self._turned, "legend": self._surround.wants_legend}
        if self._method is not None:
            values["method"] = self._method.value
        self.workbench.remember("assessment", values)

    # What the verbs, the card and the window ask

    @property
    def can_answer(self) -> bool:
        """Whether the answers of the assessment shown may change now."""
        assessment = self._assessment()
        return self.can_edit and self._reading is not None and assessment is not None and assessment.closed_on is None

    def _say_why_not(self) -> None:
        """Say why what was typed was not taken: a closed assessment looks like an open one."""
        assessment = self._assessment()
        if self.can_edit and assessment is not None and assessment.closed_on is not None:
            self.workbench.tell(UserError("assessment-closed", name=assessment.name), tone="information", key="edit")

    @property
    def method(self) -> RollUp:
        """How scores are rolled up: as chosen here, else as the engagement's settings say."""
        return self._method or self.engagement.setting.roll_up

    def answer_at(self, place: Place) -> Answer | None:
        """Return the answer of a team for a practice in the assessment shown."""
        return None if self._reading is None else self._reading.now.answer(*place)

    def targets(self) -> Mapping[Place, Target]:
        """Return every target by team and practice."""
        return {} if self._reading is None else self._reading.targets

    def show_assessment(self, assessment_id: str) -> None:
        """Show another assessment."""
        if assessment_id in self.engagement.assessments and assessment_id != self.assessment_id:
            self.assessment_id = assessment_id
            self._start_anew()

    def compare_with(self, assessment_id: str) -> None:
        """Show how the assessment differs from another; from none with an empty id."""
        self._compared_id = assessment_id
        self._start_anew()

    def show_model(self, model_id: str) -> None:
        """Show the practices of another model."""
        self._model_id = model_id
        self._start_anew()

    def selection(self) -> Selection:
        """Return the answers that are selected; without any, the target of the cell or the assessment itself."""
        if self.opened is None or self._reading is None:
            return Selection()
        ids = tuple(
            answer.id for place in self.heatmap.selected_places() if (answer := self.answer_at(place)) is not None
        )
        return Selection("answers", ids) if ids else Selection("assessments", (self.assessment_id,))

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Show the assessment an entity is of and put the cursor on its cell."""
        if kind not in ("assessments", "answers", "votes", "targets") or entity_id not in self.engagement.kind(kind):
            return False
        entity: Any = self.engagement.kind(kind)[entity_id]
        if kind == "votes":
            entity = self.engagement.answers[entity.answer_id]
        if kind == "assessments":
            self.show_assessment(entity_id)
            return True
        if kind != "targets":
            self.show_assessment(entity.assessment_id)
        model_id = model_of(self.engagement, "practices", entity.practice_id)
        if model_id != self._model_id:
            self.show_model(model_id)
        return self._show_place((entity.team_id, entity.practice_id))

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the page's actions and those it shares with the others."""
        verbs, actions = self.verbs, self.workbench.actions
        return {
            "assessment.start-carried": lambda: verbs.start(carried=True),
            "assessment.start-empty": lambda: verbs.start(carried=False),
            "assessment.close": verbs.ask_to_close,
            "assessment.remove-assessment": verbs.remove_assessment,
            "assessment.open-card": self._open_card,
            **{action_id: partial(verbs.rate, option) for option, action_id in enumerate(RATINGS)},
            "assessment.not-applicable": lambda: verbs.ask_reason(AnswerState.NOT_APPLICABLE),
            "assessment.declined": lambda: verbs.ask_reason(AnswerState.DECLINED),
            "assessment.outside": lambda: verbs.ask_reason(AnswerState.OUTSIDE_OUR_CONTROL),
            "assessment.confidence": verbs.offer_confidence,
            "assessment.target": lambda: self._open_card(part="target"),
            "assessment.turn": self._turn,
            "assessment.legend": self._switch_legend,
            "assessment.fold": lambda: self._fold_at_cursor(across=False, folded=True),
            "assessment.unfold": lambda: self._fold_at_cursor(across=False, folded=False),
            "assessment.fold-across": lambda: self._fold_at_cursor(across=True, folded=True),
            "assessment.unfold-across": lambda: self._fold_at_cursor(across=True, folded=False),
            "assessment.fold-all": lambda: self._refold(all_folded(self._teams, self._practices)),
            "assessment.unfold-all": lambda: self._refold(frozenset()),
            "assessment.go-organization": actions["go-organization"].trigger,
            "assessment.go-practices": actions["go-practices"].trigger,
            "copy": verbs.copy,
            "paste": verbs.paste,
            "rename": verbs.ask_name,
            "remove": verbs.clear,
            "select-all": self.heatmap.select_all,
        }

    def possible(self) -> frozenset[str]:
        """Return what the assessment and the selection allow."""
        if self.opened is None:
            return frozenset()
        found = {"assessment.go-organization", "assessment.go-practices"}
        if self.can_edit and what_is_missing(self.engagement) in (NOTHING, ASSESSMENT):
            found |= {"assessment.start-carried", "assessment.start-empty"}
        if self._reading is None:
            return frozenset(found)
        found.update(_VIEWING)
        places = self.heatmap.selected_places()
        if self.can_edit:
            found.add("assessment.remove-assessment")
        if self.can_edit and places:
            found |= {"assessment.open-card", "assessment.target"}
        if self.can_answer:
            found |= {"assessment.close", "rename"}
            if places:
                found.update((*ANSWERING, *RATINGS, "paste"))
            if any(self.answer_at(place) is not None for place in places):
                found.add("remove")
        return frozenset(found)

    def summary_text(self) -> str:
        """Return what the status bar says: what the cursor is on."""
        lines = self.heatmap.current_lines()
        if self._reading is None or lines is None:
            return ""
        places = self.heatmap.selected_places()
        language = self.workbench.surroundings.language
        if len(places) > 1:
            words = NN_(
                "{count} cell selected: 1 to 9 rate, Enter opens", "{count} cells selected: 1 to 9 rate, Enter opens"
            )
            return language.ngettext(*words, len(places)).format(count=language.number(len(places), decimals=0))
        heading, texts = self._describe(*lines)
        return "   ".join((heading, *texts[:2]))

    # Inside

    def _assessment(self) -> Assessment | None:
        return None if self.opened is None else self.engagement.assessments.get(self.assessment_id)

    def _start_anew(self) -> None:
        self.card.leave()
        self.prompt.leave()
        self.refresh()
        self.situation_changed.emit()
        self.selection_changed.emit()

    def _lay_out(self, *, anew: bool = True) -> None:
        engagement, language = self.engagement, self.workbench.surroundings.language
        self._teams = team_axis(engagement, folded=self._folded, everything=language.gettext(N_("All teams")))
        self._practices = practice_axis(
            engagement, self._model_id, folded=self._folded, everything=language.gettext(N_("All practices"))
        )
        if anew or self._reading is None:
            self._read()
        rows, columns = (self._practices, self._teams) if self._turned else (self._teams, self._practices)
        self.heatmap.show_grid(
            rows, columns, self._reading, turned=self._turned, corner=method_lines(self.method, language)
        )
        self._show_figures()
        self.card.refresh()

    def _read(self, touched: Changes | None = None) -> None:
        engagement, held = self.engagement, self._reading
        targets = (
            targets_of(engagement) if held is None or touched is None or touched.touches("targets") else held.targets
        )
        if held is None or touched is None:
            now = Standings(engagement, self.assessment_id)
            engagement.referring("answers", "team_id")  # what the first rating asks for, or it would wait for the index
            before = Standings(engagement, self._compared_id) if self._compared_id else None
            first = base_of(engagement, self.assessment_id)
            base = before or (None if first is None else Standings(engagement, first))
            for standings in (now, before):
                if standings is not None:
                    standings.group(teams=self._teams.parts, practices=self._practices.parts)
        else:
            now, before, base = held.now, held.before, held.base
            pairs = [(change.before, change.after) for change in touched.by_kind.get("answers", {}).values()]
            for standings in {id(one): one for one in (now, before, base) if one is not None}.values():
                standings.take(cast("list[tuple[Answer | None, Answer | None]]", pairs), engagement)
        self._reading = Reading(
            now=now, before=before, base=base, targets=targets, method=self.method,
            today=self.workbench.today, language=self.workbench.surroundings.language,
        )  # fmt: skip

    def _show_choosers(self, models: list[tuple[str, str]]) -> None:
        language = self.workbench.surroundings.language
        held = sorted(self.engagement.assessments.values(), key=lambda one: (one.held_on, one.id), reverse=True)
        texts = [(one.id, f"{one.name} \N{MIDDLE DOT} {language.date(one.held_on)}") for one in held]
        self.bar.show_assessments(texts, chosen=self.assessment_id, compared=self._compared_id)
        self.bar.show_models(models, self._model_id)
        self.bar.show_method(self.method)

    def _retitle(self) -> None:
        language = self.workbench.surroundings.language
        assessment = self._assessment()
        if assessment is None:
            self.toolbar.title.setText(language.gettext(N_("Assessment")))
            self.toolbar.line.setText("")
            self.toolbar.line.hide()
            return
        self.toolbar.title.setText(assessment.name)
        self.toolbar.line.setText(when_held(assessment, language))
        self.toolbar.line.show()

    def _show_figures(self) -> None:
        reading = self._reading
        if reading is None:
            return
        shown = frozenset(self._practices.leaves)
        self.figures.show_figures(
            figures_of(self.engagement, reading, top=self._teams.lines[0].key, practice_ids=shown)
        )
        self.legend.show_for(compared=reading.before is not None)
        places = ((team, practice) for team in self._teams.leaves for practice in self._practices.leaves)
        self.shifts.show_shifts(
            self.engagement, () if reading.before is None else (reading.before, reading.now), places
        )

    def _describe(self, who: Line, what: Line) -> tuple[str, tuple[str, ...]]:
        if self._reading is None:
            return "", ()
        return describe_cell(self.engagement, self._reading, who, what)

    def _take_selection(self) -> None:
        self.card.follow()
        self.selection_changed.emit()

    def _choose_method(self, method: RollUp) -> None:
        self._method = method
        self._start_anew()

    def _open_card(self, part: str = "answer") -> None:
        places = self.heatmap.selected_places()
        if places:
            self.prompt.leave()
            self.heatmap.bring_into_view(self.heatmap.cursor_cell)
            self.card.open_for(places, part=part)

    def _show_place(self, place: Place) -> bool:
        above = {*self._teams.above.get(place[0], ()), *self._practices.above.get(place[1], ())}
        if above & self._folded:
            self._folded -= above
            self._lay_out(anew=False)
        found = self.heatmap.select_place(place)
        if found:
            self.heatmap.setFocus()
        return found

    def _turn(self) -> None:
        self._turned = not self._turned
        self._show_switches()
        self.card.leave()
        if self._reading is not None:
            self._lay_out(anew=False)
        self.selection_changed.emit()
        self.heatmap.bring_into_view(self.heatmap.cursor_cell)

    def _switch_legend(self) -> None:
        self._surround.want_legend(wanted=not self._surround.wants_legend)
        self._show_switches()

    def _show_switches(self) -> None:
        self.workbench.actions["assessment.turn"].setChecked(self._turned)
        self.workbench.actions["assessment.legend"].setChecked(self._surround.wants_legend)

    def _fold(self, key: str) -> None:
        self._refold(self._folded ^ {key})

    def _fold_at_cursor(self, *, across: bool, folded: bool) -> None:
        lines = self.heatmap.current_lines()
        if lines is not None:
            teams = across == self._turned
            axis, line = (self._teams, lines[0]) if teams else (self._practices, lines[1])
            self._refold(refolded(axis, line, self._folded, folded=folded))

    def _refold(self, folded: frozenset[str]) -> None:
        # A grid that is out of sight, with no assessment left, may still be asked by a key or a click under way.
        if folded != self._folded and self._reading is not None:
            self._folded = folded
            self.card.leave()
            self._lay_out(anew=False)
            self.selection_changed.emit()


def make_page(workbench: Workbench, parent: QWidget) -> AssessmentPage:
    """Return the page."""
    return AssessmentPage(workbench, parent)
