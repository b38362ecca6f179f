"""The editor of what effort is multiplied by for each readiness of a team: a short line a readiness, and the usual ones.

What is typed is given as a whole, so that numbers that only fit together can be typed one after the other.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from planner.domain.errors import UserError
from planner.domain.settings import READINESS_FACTORS
from planner.language import N_
from ui import theme
from ui.actions import plain_tip
from ui.forms.editor import MIXED, FieldEditor, need
from ui.forms.fields import FormField
from ui.forms.reading import read_number, write_number
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_STEP = 0.05
_LEAST_WIDTH = 44


class FactorsEditor(FieldEditor):
    """One number for each readiness; Up and Down change it by 0.05, a button brings the usual ones back."""

    wide = True

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_XS)
        grid.setVerticalSpacing(2)
        self.lines: list[QLineEdit] = []
        self._captions: list[PlainLabel] = []
        for at in range(len(READINESS_FACTORS)):
            caption, line = PlainLabel(role="caption"), QLineEdit()
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            caption.setBuddy(line)
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setMinimumWidth(_LEAST_WIDTH)
            line.editingFinished.connect(self.commit)
            line.textChanged.connect(lambda _text: self._offer())
            grid.addWidget(caption, 0, at)
            grid.addWidget(line, 1, at)
            grid.setColumnStretch(at, 1)
            self.lines.append(line)
            self._captions.append(caption)
        self.reset = QPushButton()
        self.reset.clicked.connect(self._take_usual)
        grid.setRowMinimumHeight(2, theme.SPACE_XS)
        grid.addWidget(self.reset, 3, 0, 1, len(self.lines), Qt.AlignmentFlag.AlignLeft)
        self._row.addLayout(grid)
        self.setFocusProxy(self.lines[0])
        self.retranslate()

    @property
    def value(self) -> Any:
        """The factors typed; UserError while one of them is no number."""
        texts = self.typed()
        if not any(text.strip() for text in texts) and self._shown == texts:
            return MIXED
        language = self.surroundings.language
        return tuple(read_number(text, language) if text.strip() else need(None) for text in texts)

    def typed(self) -> tuple[str, ...]:
        """Return what stands in the lines."""
        return tuple(line.text() for line in self.lines)

    def put(self, typed: tuple[str, ...]) -> None:
        """Show texts in the lines."""
        for line, text in zip(self.lines, typed, strict=True):
            if line.text() != text:
                line.setText(text)
        self._offer()

    def display(self, value: Any) -> None:
        """Show factors; nothing where there are none to show."""
        if value is None or value is MIXED:
            self.put(("",) * len(self.lines))
        else:
            self.put(tuple(write_number(factor, self.surroundings.language) for factor in value))

    def controls(self) -> tuple[QWidget, ...]:
        """Return the lines and the button."""
        return (*self.lines, self.reset)

    def name_controls(self, label: str, description: str) -> None:
        """Name each line after the readiness it is for."""
        self.setAccessibleName(label)
        language = self.surroundings.language
        readiness = language.gettext(N_("readiness"))
        ends = {
            1: language.gettext(N_("{number} (lowest)")),
            len(self.lines): language.gettext(N_("{number} (highest)")),
        }
        for number, (line, caption) in enumerate(zip(self.lines, self._captions, strict=True), start=1):
            caption.setText(ends.get(number, "{number}").format(number=number))
            line.setAccessibleName(f"{label}: {readiness} {number}")
            line.setAccessibleDescription(description)
        text = language.gettext(N_("Usual factors"))
        self.reset.setText(text)
        self.reset.setAccessibleName(text)
        usual = "  ".join(write_number(factor, language) for factor in READINESS_FACTORS)
        self.reset.setToolTip(plain_tip(usual))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the number the keyboard is in by the arrow keys."""
        step = {Qt.Key.Key_Up: _STEP, Qt.Key.Key_Down: -_STEP}.get(Qt.Key(event.key()))
        line = next((line for line in self.lines if line.hasFocus()), None)
        if line is None or step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        language = self.surroundings.language
        try:
            before = read_number(line.text(), language)
        except UserError:
            return
        line.setText(write_number(round(before + step, 6), language))

    def _offer(self) -> None:
        language = self.surroundings.language
        usual = tuple(write_number(factor, language) for factor in READINESS_FACTORS)
        self.reset.setEnabled(self.typed() != usual)

    def _take_usual(self) -> None:
        self.display(READINESS_FACTORS)
        self.commit()
