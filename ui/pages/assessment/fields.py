"""Small fields of the card: a share chosen in steps, a day that may be missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, TypeVar

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QHBoxLayout, QWidget

from planner.language import N_, Language
from ui import theme
from ui.workbench import Workbench

Value = TypeVar("Value")

_STEPS: Final = (0.2, 0.4, 0.6, 0.8, 1.0)


class Share(QComboBox):
    """A share from 0 to 1 in steps, or not known; `chosen` carries it."""

    chosen = Signal(object)

    def __init__(self, steps: tuple[float, ...] = _STEPS) -> None:
        super().__init__()
        self._steps = steps
        self.activated.connect(lambda _at: self.chosen.emit(self.currentData()))

    def show_share(self, share: float | None, language: Language, *, none: str = "") -> None:
        """Show a share, offering it where it lies between the steps; `none` is what no share is called."""
        self.clear()
        self.addItem(none or language.gettext(N_("Not known")), None)
        for step in sorted({*self._steps, *(() if share is None else (share,))}):
            self.addItem(language.percent(step), step)
        self.setCurrentIndex(0 if share is None else self.findData(share))


class DayChoice(QWidget):
    """A day, or none; `chosen` carries it."""

    chosen = Signal(object)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._today = workbench.today
        self._filling = False
        self._shown: date | None = None
        self.box = QCheckBox()
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.box.toggled.connect(self._toggle)
        self.day.editingFinished.connect(self._tell)
        self.day.dateChanged.connect(lambda _day: None if self.day.hasFocus() else self._tell())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(self.box)
        layout.addWidget(self.day, 1)
        self.setFocusProxy(self.box)

    def show_day(self, day: date | None, language: Language) -> None:
        """Show a day, or none."""
        self._filling = True
        self.box.setChecked(day is not None)
        self.box.setAccessibleName(language.gettext(N_("With a date")))
        shown = day or self._today
        self.day.setDate(QDate(shown.year, shown.month, shown.day))
        self.day.setEnabled(day is not None)
        self._shown = day
        self._filling = False

    def setAccessibleName(self, name: str) -> None:
        """Name the field."""
        super().setAccessibleName(name)
        self.day.setAccessibleName(name)

    def _toggle(self, _checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self.day.setEnabled(self.box.isChecked())
        self._tell()

    def _tell(self) -> None:
        if self._filling:
            return
        picked = self.day.date()
        chosen = date(picked.year(), picked.month(), picked.day()) if self.box.isChecked() else None
        if chosen != self._shown:
            self._shown = chosen
            self.chosen.emit(chosen)


def common(values: Iterable[Value]) -> Value | None:
    """Return the value that all of them have; None where they differ or there are none."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def sentence_case(words: str) -> str:
    """Return words of a field as a label shows them."""
    return words[:1].upper() + words[1:]
