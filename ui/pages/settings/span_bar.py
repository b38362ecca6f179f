"""What the days chosen in the year become: a name, what they are, and the buttons that say so."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from planner.editing.calendars import SpanKind
from planner.language import N_, NN_
from ui import theme
from ui.pages.settings.year_days import NamedSpan
from ui.pages.settings.year_view import SPAN_WORDS
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel


class SpanBar(QWidget):
    """The line under the year; `wanted` to mark the days as it says, `unwanted` to take the mark away."""

    wanted = Signal()
    unwanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._span: tuple[date, date] | None = None
        self.held: NamedSpan | None = None
        self._days = PlainLabel(role="strong")
        self.kind = QComboBox()
        self.name = QLineEdit()
        self.name.setMaxLength(300)
        self.mark = QPushButton()
        self.mark.setProperty("role", "primary")
        self.drop = QPushButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        column.setSpacing(theme.SPACE_XS)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_S)
        row.addWidget(self._days, 1)
        row.addWidget(self.mark)
        row.addWidget(self.drop)
        below = QHBoxLayout()
        below.setSpacing(theme.SPACE_S)
        below.addWidget(self.kind)
        below.addWidget(self.name, 1)
        column.addLayout(below)
        column.addLayout(row)
        self.name.returnPressed.connect(self.wanted)
        self.mark.clicked.connect(lambda _checked: self.wanted.emit())
        self.drop.clicked.connect(lambda _checked: self.unwanted.emit())

    @property
    def chosen_kind(self) -> SpanKind:
        """What the days are to be."""
        return SpanKind(self.kind.currentData())

    def begin(self) -> None:
        """Take the keyboard."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def show_days(self, start: date, finish: date, held: NamedSpan | None, *, read_only: bool) -> None:
        """Show the days chosen, and the mark of the calendar's own they belong to."""
        anew = held is None or self.held is None or held != self.held
        self._span = (start, finish)
        if held is not None and anew:
            self.name.setText(held.name)
            self.kind.setCurrentIndex(self.kind.findData(held.kind.value))
        elif held is None and self.held is not None:
            self.name.clear()
        self.held = held
        for control in (self.kind, self.name, self.mark):
            control.setEnabled(not read_only)
        self.drop.setEnabled(not read_only and held is not None)
        self._word()

    def retranslate(self) -> None:
        """Word the line in the language of the screen."""
        language = self._surroundings.language
        chosen = self.kind.currentData()
        self.kind.clear()
        for kind, word in SPAN_WORDS.items():
            self.kind.addItem(language.gettext(word), kind.value)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self.kind.setAccessibleName(language.gettext(N_("What the days are")))
        name = language.gettext(N_("Name of these days"))
        self.name.setPlaceholderText(name)
        self.name.setAccessibleName(name)
        self.drop.setText(language.gettext(N_("Remove")))
        self.drop.setAccessibleName(language.gettext(N_("Remove")))
        self._word()

    def _word(self) -> None:
        language = self._surroundings.language
        text = language.gettext(N_("Change") if self.held is not None else N_("Mark"))
        self.mark.setText(text)
        self.mark.setAccessibleName(text)
        if self._span is None:
            return
        start, finish = self._span
        count = (finish - start).days + 1
        days = language.ngettext(*NN_("{count} day", "{count} days"), count).format(count=count)
        if start == finish:
            self._days.setText(language.date(start))
        else:
            span = language.gettext(N_("{start} to {finish}")).format(
                start=language.date(start), finish=language.date(finish)
            )
            self._days.setText(f"{span} ({days})")
