"""Editors of numbers: typed with their unit beside them, shares in percent, ratings from 1 to 5 as a row of buttons."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric, Measurement
from planner.domain.initiative import Outcome, OutcomeKind
from planner.language import N_
from planner.words import UNIT_WORDS
from ui.forms.editor import MIXED, FieldEditor, LineEditor, need
from ui.forms.fields import FormField
from ui.forms.reading import read_number, write_number
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_RATES = (DeliveryMetric.CHANGE_FAIL_RATE, DeliveryMetric.REWORK_RATE)
_A_WEEK = N_("a week")


class NumberEditor(LineEditor):
    """A number of any size; Up and Down change it by one, or by five per cent. Empty where it may be missing."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        self._share, self._unit = field.is_share, field.unit
        self.suffix = PlainLabel(role="muted")
        super().__init__(surroundings, field, parent)
        self._row.addWidget(self.suffix)
        self._show_suffix()

    @property
    def value(self) -> float | None:
        """The number typed; None where nothing is and nothing need be."""
        text = self.line.text()
        if not text.strip():
            return None if self.field.optional else need(None)
        return read_number(text, self.surroundings.language, whole=self.field.type is int, share=self._share)

    def display(self, value: Any) -> None:
        """Show a number in the unit of the entity it is of."""
        self._share, self._unit = _measure_of(self.entity) or (self.field.is_share, self.field.unit)
        self.retranslate()
        super().display(value)

    def words_of(self, value: Any) -> str:
        """Return how a number is written."""
        return "" if value is None else write_number(value, self.surroundings.language, share=self._share)

    def retranslate(self) -> None:
        """Word the unit."""
        super().retranslate()
        language = self.surroundings.language
        if self._share:
            self.suffix.setText("%")
        else:
            self.suffix.setText(language.gettext(self._unit))
        self._show_suffix()

    def _show_suffix(self) -> None:
        """Show the unit where there is one, once it has its place: before, it would be a window of its own."""
        if self.suffix.parentWidget() is not None:
            self.suffix.setVisible(bool(self.suffix.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the number by the arrow keys."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        try:
            before = self.value or 0
        except UserError:
            return
        after = round(before + step * 0.05, 6) if self._share else before + step
        self.line.setText(write_number(after, self.surroundings.language, share=self._share))


def _measure_of(entity: Any) -> tuple[bool, str] | None:
    """Return whether the values of a measurement or an outcome are shares, and their unit; None for all others."""
    if isinstance(entity, Outcome) and entity.kind is OutcomeKind.MATURITY:
        return True, ""
    if isinstance(entity, Measurement) or (isinstance(entity, Outcome) and entity.kind is OutcomeKind.DELIVERY_METRIC):
        if entity.metric in _RATES:
            return True, ""
        return False, _A_WEEK if entity.metric is DeliveryMetric.DEPLOYMENT_FREQUENCY else UNIT_WORDS["hours"]
    return None


class RatingEditor(FieldEditor):
    """One of a few whole numbers, a button each; a digit chooses, Delete empties where it may be missing."""

    own_keys = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace, *range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)})

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        low, high = field.meaning.minimum, field.meaning.maximum
        numbers = range(int(low or 0), int(high or 0) + 1)
        self._optional = field.optional
        self._value: Any = None
        self.buttons: dict[int, QToolButton] = {}
        for number in numbers:
            button = QToolButton()
            button.setText(str(number))
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, number=number: self._choose(number))
            self.buttons[number] = button
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.setFocusProxy(self.buttons[numbers[0]])
        self.retranslate()

    def typed(self) -> Any:
        """Return the number chosen."""
        return self._value

    def put(self, typed: Any) -> None:
        """Show a number as chosen."""
        self._value = typed
        for number, button in self.buttons.items():
            button.setChecked(number == typed)

    def display(self, value: Any) -> None:
        """Show a number; none is chosen where several differ."""
        self.put(value)

    def name_controls(self, label: str, description: str) -> None:
        """Name each button after the field and its number."""
        self.setAccessibleName(label)
        for number, button in self.buttons.items():
            button.setAccessibleName(f"{label}: {number}")
            button.setAccessibleDescription(description)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by a digit or the arrow keys; empty by Delete."""
        at = None if self._value is MIXED else self._value
        if event.text().isdecimal() and int(event.text()) in self.buttons:
            self._choose(int(event.text()), again=True)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._optional:
            self._take(None)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            wanted = min(self.buttons) if at is None else at + (1 if event.key() == Qt.Key.Key_Up else -1)
            if wanted in self.buttons:
                self._choose(wanted, again=True)
        else:
            super().keyPressEvent(event)

    def _choose(self, number: int, *, again: bool = False) -> None:
        self._take(None if self._optional and self._value == number and not again else number)

    def _take(self, value: int | None) -> None:
        self.put(value)
        self.commit()
