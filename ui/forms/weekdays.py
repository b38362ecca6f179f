"""The editor of a working week: a button a weekday, in the order of the language, and "as the engagement's"."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from planner.language import N_
from ui import theme
from ui.forms.editor import MIXED, FieldEditor
from ui.forms.fields import FormField
from ui.surroundings import Surroundings


class WeekdaysEditor(FieldEditor):
    """The working weekdays, 0 for Monday; None keeps those of the engagement's calendar."""

    wide = True

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self._value: Any = None
        self._label = ""
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        first = surroundings.language.first_weekday
        self.buttons: dict[int, QToolButton] = {}
        for weekday in ((first + step) % 7 for step in range(7)):
            button = QToolButton()
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(self._take)
            self.buttons[weekday] = button
            button.setMinimumWidth(24)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 1)
        self.inherit = QCheckBox()
        self.inherit.clicked.connect(self._take)
        column.addLayout(row)
        column.addWidget(self.inherit)
        self._row.addLayout(column)
        self.setFocusProxy(self.buttons[first])
        self.retranslate()

    def typed(self) -> Any:
        """Return the weekdays chosen."""
        return self._value

    def put(self, typed: Any) -> None:
        """Show weekdays as chosen."""
        self._value = typed
        self.inherit.setTristate(typed is MIXED)
        if typed is MIXED:
            self.inherit.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.inherit.setChecked(typed is None)
        chosen = () if typed is None or typed is MIXED else typed
        for weekday, button in self.buttons.items():
            button.setChecked(weekday in chosen)
            button.setEnabled(typed is not None)

    def display(self, value: Any) -> None:
        """Show weekdays as chosen."""
        self.put(value)

    def name_controls(self, label: str, description: str) -> None:
        """Name each button after its day."""
        self.setAccessibleName(label)
        self.setAccessibleDescription(description)
        self._label = label
        self._word()

    def _word(self) -> None:
        language = self.surroundings.language
        days = language.locale.days["format"]
        for weekday, button in self.buttons.items():
            button.setText(days["short"][weekday].rstrip("."))
            button.setAccessibleName(f"{self._label}: {days['wide'][weekday]}")
        text = language.gettext(N_("As the engagement’s calendar"))
        self.inherit.setText(text)
        self.inherit.setAccessibleName(text)

    def _take(self) -> None:
        self.inherit.setTristate(False)
        if self.sender() is self.inherit and self.inherit.isChecked():
            self.put(None)
        elif self.sender() is self.inherit:
            self.put((0, 1, 2, 3, 4))
        else:
            self.put(tuple(sorted(weekday for weekday, button in self.buttons.items() if button.isChecked())))
        self.commit()
