"""The control of one field: what every kind of editor is, and those for texts, numbers, days, choices and flags.

An editor shows a value of the domain and gives one back; `edited` tells that a person has finished with it (Enter, a
choice, or leaving it). What is being typed is never taken away by a value that comes from elsewhere.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.domain.errors import UserError
from planner.language import N_
from planner.messages import explain
from planner.words import CHOICE_WORDS
from ui import assets, theme
from ui.forms.fields import FormField
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_FIRST_DAY: Final = QDate(1899, 12, 31)
"""Stands for no day: the one before the first the domain takes."""

_LAST_DAY: Final = QDate(2200, 12, 31)
_LONGEST_LINE: Final = 300
_LINES_SEEN: Final = 3


class FieldEditor(QWidget):
    """The control of one field; `edited` when a person has finished changing it."""

    edited = Signal()

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surroundings = surroundings
        self.field = field
        self._error = PlainLabel(role="cell-error", wraps=True)
        self._error.hide()
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE_XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addLayout(self._row)
        column.addWidget(self._error)

    @property
    def value(self) -> Any:
        """The value as the domain holds it; UserError for a text that is none."""
        return None

    def show_value(self, value: Any) -> None:
        """Show a value."""

    def show_several(self) -> None:
        """Show that the entities selected have several values."""

    @property
    def is_being_edited(self) -> bool:
        """Whether a person is in the middle of changing it."""
        return False

    def retranslate(self) -> None:
        """Word the control in the language of the screen."""

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the value be read but not changed, or changed again."""
        for control in self.controls():
            control.setEnabled(not read_only)

    def controls(self) -> tuple[QWidget, ...]:
        """Return what takes the keys, in order."""
        return ()

    def show_error(self, text: str) -> None:
        """Say under the control why its value was refused; an empty text takes that away."""
        self._error.setText(text)
        self._error.setAccessibleName(text)
        self._error.setVisible(bool(text))

    @property
    def error(self) -> str:
        """What is said of a refused value."""
        return self._error.text() if not self._error.isHidden() else ""

    def _add(self, control: QWidget, *, stretch: int = 1) -> None:
        self._row.addWidget(control, stretch)
        if self.focusProxy() is None:
            self.setFocusProxy(control)

    def _say(self, control: QWidget) -> None:
        language = self.surroundings.language
        control.setAccessibleName(language.gettext(self.field.word))
        if self.field.unit:
            control.setAccessibleDescription(language.gettext(self.field.unit))

    def _several(self) -> str:
        return self.surroundings.language.gettext(N_("several values"))


class LineEditor(FieldEditor):
    """A line of text, or a list of short ones between commas."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.line = QLineEdit()
        self._shown = ""
        if not field.many:
            self.line.setMaxLength(_LONGEST_LINE)
        self.line.editingFinished.connect(self._finish)
        self.line.installEventFilter(self)
        self._add(self.line)
        self._unit = PlainLabel(role="caption")
        if field.unit:
            self._row.addWidget(self._unit)
        self.retranslate()

    @property
    def value(self) -> Any:
        """The text, or the texts between commas."""
        text = self.line.text()
        if self.field.many:
            return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        return text

    def show_value(self, value: Any) -> None:
        """Show a text."""
        self.line.setPlaceholderText("")
        self._set(", ".join(value) if self.field.many else value or "")

    def show_several(self) -> None:
        """Show an empty line that says so."""
        self._set("")
        self.line.setPlaceholderText(self._several())

    @property
    def is_being_edited(self) -> bool:
        """Whether something was typed that is not taken yet."""
        return self.line.text() != self._shown

    def retranslate(self) -> None:
        """Name the line."""
        self._say(self.line)
        if self.field.unit:
            self._unit.setText(self.surroundings.language.gettext(self.field.unit))

    def controls(self) -> tuple[QWidget, ...]:
        """Return the line."""
        return (self.line,)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give back what was there on Escape."""
        is_key = watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and event.key() == Qt.Key.Key_Escape and self.is_being_edited:
            self.line.setText(self._shown)
            self.show_error("")
            return True
        return super().eventFilter(watched, event)

    def _set(self, text: str) -> None:
        self._shown = text
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _finish(self) -> None:
        if self.is_being_edited:
            self._shown = self.line.text()
            self.edited.emit()


class NumberEditor(LineEditor):
    """A number in the locale's writing; a share of 1 is written as a percentage."""

    @property
    def value(self) -> Any:
        """The number; None for an empty line where that is allowed. UserError "typed-not-a-number"."""
        from babel.numbers import NumberFormatError, parse_decimal  # noqa: PLC0415  not at start-up

        text = self.line.text().replace("%", "").strip()
        if not text:
            if self.field.optional:
                return None
            raise UserError("typed-nothing")
        locale = self.surroundings.language.locale
        try:
            number = float(parse_decimal(text, locale=locale))
        except NumberFormatError:
            try:
                number = float(text.replace(",", "."))
            except ValueError:
                raise UserError("typed-not-a-number", text=text) from None
        if self.field.is_share:
            return number / 100
        if self.field.type is int:
            if not number.is_integer():
                raise UserError("typed-not-whole", text=text)
            return int(number)
        return number

    def show_value(self, value: Any) -> None:
        """Show a number."""
        self.line.setPlaceholderText("")
        language = self.surroundings.language
        if value is None:
            self._set("")
        elif self.field.is_share:
            self._set(language.number(value * 100, decimals=2))
        else:
            self._set(language.number(value, decimals=0 if self.field.type is int else 6))

    def retranslate(self) -> None:
        """Name the line and its unit."""
        super().retranslate()
        if self.field.is_share:
            if self._row.indexOf(self._unit) < 0:
                self._row.addWidget(self._unit)
            self._unit.setText("%")


class LongTextEditor(FieldEditor):
    """A text of several lines."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.text = _LeavingText()
        self.text.left.connect(self._finish)
        self._shown = ""
        self.text.setTabChangesFocus(True)
        height = self.text.fontMetrics().lineSpacing() * _LINES_SEEN + 2 * theme.SPACE_S + 2
        self.text.setFixedHeight(height)
        self._add(self.text)
        self.retranslate()

    @property
    def value(self) -> Any:
        """The text."""
        return self.text.toPlainText()

    def show_value(self, value: Any) -> None:
        """Show a text."""
        self.text.setPlaceholderText("")
        self._shown = value or ""
        self.text.setPlainText(self._shown)

    def show_several(self) -> None:
        """Show an empty box that says so."""
        self._shown = ""
        self.text.setPlainText("")
        self.text.setPlaceholderText(self._several())

    @property
    def is_being_edited(self) -> bool:
        """Whether something was typed that is not taken yet."""
        return self.text.toPlainText() != self._shown

    def retranslate(self) -> None:
        """Name the box."""
        self._say(self.text)

    def controls(self) -> tuple[QWidget, ...]:
        """Return the box."""
        return (self.text,)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the text be read and copied, or changed again."""
        self.text.setReadOnly(read_only)

    def _finish(self) -> None:
        if self.is_being_edited:
            self._shown = self.text.toPlainText()
            self.edited.emit()


class _LeavingText(QPlainTextEdit):
    """A text box that tells when the keys leave it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys leave."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class DateEditor(FieldEditor):
    """A day, picked from a calendar or typed; one that may be missing has a button that empties it."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDateRange(_FIRST_DAY if field.optional else _FIRST_DAY.addDays(1), _LAST_DAY)
        self.day.setKeyboardTracking(False)
        self.clear = QToolButton()
        self.clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clear.setVisible(field.optional)
        self.clear.clicked.connect(self._empty)
        self._shown = _FIRST_DAY
        self.day.dateChanged.connect(self._finish)
        self._add(self.day)
        self._row.addWidget(self.clear)
        surroundings.theme_changed.connect(self._draw)
        self._draw()
        self.retranslate()

    @property
    def value(self) -> Any:
        """The day; None for none."""
        chosen = self.day.date()
        return None if chosen <= _FIRST_DAY else date(chosen.year(), chosen.month(), chosen.day())

    def show_value(self, value: Any) -> None:
        """Show a day, or that there is none."""
        self._word_none(N_("no day"))
        self._set(_FIRST_DAY if value is None else QDate(value.year, value.month, value.day))

    def show_several(self) -> None:
        """Show that there are several days."""
        self.day.setMinimumDate(_FIRST_DAY)
        self._word_none(N_("several values"))
        self._set(_FIRST_DAY)

    def retranslate(self) -> None:
        """Name the controls; days are written by the locale."""
        language = self.surroundings.language
        self._say(self.day)
        self._word_none(N_("no day"))
        self.clear.setAccessibleName(
            language.gettext(N_("Empty: {field}")).format(field=language.gettext(self.field.word))
        )
        calendar = self.day.calendarWidget()
        calendar.setAccessibleName(language.gettext(N_("Calendar")))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek(language.first_weekday + 1))
        quiet = QTextCharFormat()
        quiet.setForeground(self.palette().placeholderText())
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekday, quiet)
        self.day.setDisplayFormat("dd/MM/yyyy" if language.code == "fr" else "d MMM yyyy")

    def controls(self) -> tuple[QWidget, ...]:
        """Return the day and the button that empties it."""
        return (self.day, self.clear)

    def _word_none(self, message: str) -> None:
        self.day.setSpecialValueText(self.surroundings.language.gettext(message))

    def _set(self, day: QDate) -> None:
        self._shown = day
        blocked = self.day.blockSignals(True)
        self.day.setDate(day)
        self.day.blockSignals(blocked)

    def _empty(self) -> None:
        self.day.setDate(_FIRST_DAY)

    def _finish(self) -> None:
        if self.day.date() != self._shown:
            self._shown = self.day.date()
            self.edited.emit()

    def _draw(self) -> None:
        self.clear.setIcon(assets.icon("close", self.surroundings.tokens))


class ChoiceEditor(FieldEditor):
    """One of a few: a member of a closed set, or a rating."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choices: tuple[Any, ...] = (*((None,) if field.optional else ()), *self._members())
        for _choice in self._choices:
            self.box.addItem("")
        self.box.activated.connect(self.edited)
        self._add(self.box)
        self.retranslate()

    @property
    def value(self) -> Any:
        """What is chosen."""
        at = self.box.currentIndex()
        return self._choices[at] if at >= 0 else None

    def show_value(self, value: Any) -> None:
        """Show a choice."""
        self.box.setCurrentIndex(self._choices.index(value) if value in self._choices else -1)

    def show_several(self) -> None:
        """Show that several are chosen."""
        self.box.setPlaceholderText(self._several())
        self.box.setCurrentIndex(-1)

    def retranslate(self) -> None:
        """Word every choice."""
        language = self.surroundings.language
        self._say(self.box)
        for at, choice in enumerate(self._choices):
            if choice is None:
                text = language.gettext(N_("not said"))
            elif isinstance(choice, enum.Enum):
                text = language.gettext(CHOICE_WORDS[choice])
            else:
                text = language.number(choice, decimals=0)
            self.box.setItemText(at, text)

    def controls(self) -> tuple[QWidget, ...]:
        """Return the box."""
        return (self.box,)

    def _members(self) -> tuple[Any, ...]:
        if isinstance(self.field.type, type) and issubclass(self.field.type, enum.Enum):
            return tuple(self.field.type)
        low, high = self.field.meaning.minimum, self.field.meaning.maximum
        return tuple(range(int(low or 0), int(high or 0) + 1))


class FlagEditor(FieldEditor):
    """Yes or no; where it may be left open, a third state says so."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.flag = QCheckBox()
        self.flag.setTristate(field.optional)
        self.flag.clicked.connect(self.edited)
        self._add(self.flag)
        self.retranslate()

    @property
    def value(self) -> Any:
        """Whether it is ticked; None for neither."""
        state = self.flag.checkState()
        return None if state == Qt.CheckState.PartiallyChecked else state == Qt.CheckState.Checked

    def show_value(self, value: Any) -> None:
        """Tick, untick, or leave open."""
        self.flag.setTristate(self.field.optional)
        states = {None: Qt.CheckState.PartiallyChecked, True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}
        self.flag.setCheckState(states[value])

    def show_several(self) -> None:
        """Show that some say yes and some no."""
        self.flag.setTristate(True)
        self.flag.setCheckState(Qt.CheckState.PartiallyChecked)

    def retranslate(self) -> None:
        """Word the box."""
        language = self.surroundings.language
        self.flag.setText(language.gettext(N_("yes")))
        self._say(self.flag)

    def controls(self) -> tuple[QWidget, ...]:
        """Return the box."""
        return (self.flag,)


def refusal(error: UserError, surroundings: Surroundings) -> str:
    """Return why a value was refused, in the language of the screen."""
    return explain(error, surroundings.language)
