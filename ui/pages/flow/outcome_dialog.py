"""Linking an initiative to what it is to move: a step of a value stream or a delivery metric, and how far."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.analysis.delivery import Subject, series_of, subjects_of
from planner.analysis.flow import steps_of
from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric
from planner.domain.identity import new_id
from planner.domain.initiative import Outcome, OutcomeKind
from planner.editing import entities
from planner.language import N_
from planner.messages import explain
from planner.quantities import read_hours, read_measured, working_clock, write_hours, write_measured
from planner.words import KIND_WORDS, METRIC_WORDS, OUTCOME_KIND_WORDS
from ui import theme
from ui.pages.flow.metric_rows import name_of_subject
from ui.pages.flow.stream_rows import ordered_streams
from ui.pages.page import Page
from ui.widgets.agree_buttons import AgreeButtons
from ui.widgets.text import ElidedLabel, PlainLabel

_STEP, _METRIC = 0, 1
_LABELS: Final = (
    N_("Initiative"), N_("Step"), N_("Wait after"), N_("Work after"), N_("Delivery metric"), N_("Team or application"),
    N_("Before"), N_("Target"),
)  # fmt: skip
"""The words left of the fields: their fields begin under each other in every part of the dialog."""
_KINDS: Final = (OutcomeKind.STREAM_STEP, OutcomeKind.DELIVERY_METRIC)


class OutcomeDialog(QDialog):
    """`added(id)` once the outcome is there."""

    added = Signal(str)

    def __init__(
        self,
        page: Page,
        *,
        step_id: str = "",
        measured: tuple[Subject, DeliveryMetric] | None = None,
    ) -> None:
        super().__init__(page.window())
        self._page = page
        self._language = page.workbench.surroundings.language
        engagement = page.engagement
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self._word(N_("Link an initiative")))
        self.initiative = _searched(self._word(N_("Initiative")))
        for initiative, depth in engagement.outline():
            self.initiative.addItem("\N{EN SPACE}" * 2 * depth + initiative.name, initiative.id)
        self.initiative.setCurrentIndex(-1)
        self.kinds = QButtonGroup(self)
        self.pages = QStackedWidget()
        self.step = _searched(self._word(N_("Step")))
        self.wait, self.work = QLineEdit(), QLineEdit()
        self.what, self.subject = QComboBox(), _searched(self._word(N_("Team or application")))
        self.before, self.target = QLineEdit(), QLineEdit()
        self.problem = PlainLabel(role="cell-error", wraps=True)
        self.problem.hide()
        self._fill()
        self._lay_out()
        self.step.currentIndexChanged.connect(self._offer_times)
        self.what.currentIndexChanged.connect(self._offer_value)
        self.subject.currentIndexChanged.connect(self._offer_value)
        self._preset(step_id, measured)

    def _fill(self) -> None:
        engagement = self._page.engagement
        for stream in ordered_streams(engagement):
            for step in steps_of(engagement, stream.id):
                self.step.addItem(f"{step.name} ({stream.name})", step.id)
        for metric in DeliveryMetric:
            self.what.addItem(self._word(METRIC_WORDS[metric]), metric.value)
        self.what.setAccessibleName(self._word(N_("Delivery metric")))
        for subject in subjects_of(engagement):
            kind = self._word(KIND_WORDS[subject.kind])
            self.subject.addItem(f"{name_of_subject(engagement, subject)} ({kind})", f"{subject.kind}/{subject.id}")

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        for number, kind in enumerate(_KINDS):
            radio = QRadioButton(self._word(OUTCOME_KIND_WORDS[kind]))
            radio.setAccessibleName(radio.text())
            self.kinds.addButton(radio, number)
            choice.addWidget(radio)
        choice.addStretch(1)
        self.kinds.idClicked.connect(self.pages.setCurrentIndex)
        self.pages.addWidget(
            self._form((N_("Step"), self.step), (N_("Wait after"), self.wait), (N_("Work after"), self.work))
        )
        self.pages.addWidget(
            self._form(
                (N_("Delivery metric"), self.what),
                (N_("Team or application"), self.subject),
                (N_("Before"), self.before),
                (N_("Target"), self.target),
            )
        )  # fmt: skip
        buttons = AgreeButtons(self._language, self._word(N_("&Add")))
        self.go = buttons.go
        buttons.accepted.connect(self._add)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(ElidedLabel(self._word(N_("Link an initiative to what it is to move")), role="title"))
        layout.addWidget(self._form((N_("Initiative"), self.initiative)))
        layout.addLayout(choice)
        layout.addWidget(self.pages)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.resize(560, self.sizeHint().height())

    def _form(self, *fields: tuple[str, QWidget]) -> QWidget:
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in fields:
            field.setAccessibleName(self._word(words))
            label = PlainLabel(self._word(words))
            label.setMinimumWidth(max(label.fontMetrics().horizontalAdvance(self._word(one)) for one in _LABELS))
            form.addRow(label, field)
        return inside

    def _preset(self, step_id: str, measured: tuple[Subject, DeliveryMetric] | None) -> None:
        if measured is not None:
            subject, metric = measured
            self.what.setCurrentIndex(self.what.findData(metric.value))
            self.subject.setCurrentIndex(self.subject.findData(f"{subject.kind}/{subject.id}"))
        if step_id:
            self.step.setCurrentIndex(self.step.findData(step_id))
        kind = _METRIC if measured is not None or (self.step.count() == 0 and not step_id) else _STEP
        self.kinds.button(kind).setChecked(True)
        self.pages.setCurrentIndex(kind)
        self._offer_times()
        self._offer_value()
        self.initiative.setFocus()

    def _offer_times(self) -> None:
        """Begin with what the step takes today."""
        step = self._page.engagement.stream_steps.get(self.step.currentData() or "")
        clock = working_clock(self._page.engagement)
        for line, hours in (
            (self.wait, None if step is None else step.wait_hours),
            (self.work, None if step is None else step.process_hours),
        ):
            line.setText("" if hours is None else write_hours(hours, self._language, clock))

    def _offer_value(self) -> None:
        """Begin with the last value measured."""
        metric, subject = DeliveryMetric(self.what.currentData()), self._subject()
        points = series_of(self._page.engagement).get(subject, {}).get(metric, ()) if subject is not None else ()
        self.before.setText(write_measured(metric, points[-1].value, self._language) if points else "")

    def _subject(self) -> Subject | None:
        kind, _mark, subject_id = (self.subject.currentData() or "").partition("/")
        return Subject(kind, subject_id) if subject_id else None

    def _add(self) -> None:
        try:
            outcome = self._outcome()
        except UserError as error:
            self._refuse(explain(error, self._language))
            return
        if self._page.edit(lambda engagement: entities.add(engagement, outcome), refused=self._refuse):
            self.accept()
            self.added.emit(outcome.id)

    def _outcome(self) -> Outcome:
        initiative_id = self.initiative.currentData()
        if not initiative_id or self.initiative.currentText() != self.initiative.itemText(
            self.initiative.currentIndex()
        ):
            raise UserError("outcome-without-initiative")
        if self.kinds.checkedId() == _STEP:
            if not self.step.currentData():
                raise UserError("outcome-without-step")
            clock = working_clock(self._page.engagement)
            return Outcome(
                id=new_id(),
                initiative_id=initiative_id,
                kind=OutcomeKind.STREAM_STEP,
                step_id=self.step.currentData(),
                wait_hours_after=read_hours(self.wait.text(), clock) if self.wait.text().strip() else None,
                process_hours_after=read_hours(self.work.text(), clock) if self.work.text().strip() else None,
            )
        subject, metric = self._subject(), DeliveryMetric(self.what.currentData())
        if subject is None:
            raise UserError("outcome-without-subject")
        values = [
            read_measured(metric, line.text()) if line.text().strip() else None for line in (self.before, self.target)
        ]
        return Outcome(
            id=new_id(),
            initiative_id=initiative_id,
            kind=OutcomeKind.DELIVERY_METRIC,
            metric=metric,
            team_ids=(subject.id,) if subject.kind == "teams" else (),
            application_id=subject.id if subject.kind == "applications" else None,
            from_value=values[0],
            to_value=values[1],
        )

    def _refuse(self, why: str) -> None:
        self.problem.setText(why)
        self.problem.show()

    def _word(self, message: str) -> str:
        return self._language.gettext(message)


def _searched(name: str) -> QComboBox:
    """Return a choice among many, found by typing any part of the name."""
    choice = QComboBox()
    choice.setEditable(True)
    choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    choice.setAccessibleName(name)
    completer = choice.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    line = choice.lineEdit()
    if line is not None:
        line.setAccessibleName(name)
    return choice
