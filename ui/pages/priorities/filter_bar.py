"""What narrows the ranking: a programme, a status, a wave, a text; and how many initiatives are left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from planner.domain.initiative import Status
from planner.language import N_
from planner.words import STATUS_WORDS
from ui import theme
from ui.pages.priorities.board import Board
from ui.surroundings import Surroundings

_BOX_WIDTH: Final = 178


class FilterBar(QWidget):
    """The boxes; `changed` when one of them says something else."""

    changed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.programme = QComboBox()
        self.status = QComboBox()
        self.wave = QComboBox()
        self.text = QLineEdit()
        self.text.setClearButtonEnabled(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_S)
        for box in (self.programme, self.status, self.wave):
            box.setFixedWidth(_BOX_WIDTH)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.view().setTextElideMode(Qt.TextElideMode.ElideRight)
            box.currentIndexChanged.connect(self.changed)
            row.addWidget(box)
        self.text.setMinimumWidth(120)
        self.text.textChanged.connect(self.changed)
        row.addWidget(self.text, 1)

    def offer(self, board: Board | None) -> None:
        """Offer the programmes and waves of an engagement; what is chosen stays where it can."""
        language = self._surroundings.language
        programmes = [] if board is None else [(one.name, one.id) for one in board.programmes()]
        waves = (
            []
            if board is None
            else [(one.name, one.id) for one in sorted(board.engagement.waves.values(), key=lambda one: one.position)]
        )
        statuses = [(language.gettext(word), status.value) for status, word in STATUS_WORDS.items()]
        _fill(self.programme, language.gettext(N_("All programmes")), programmes)
        _fill(self.status, language.gettext(N_("Any status")), statuses)
        _fill(self.wave, language.gettext(N_("All waves")), waves)

    def retranslate(self, board: Board | None) -> None:
        """Word the boxes in the language of the screen."""
        language = self._surroundings.language
        self.programme.setAccessibleName(language.gettext(N_("Programme")))
        self.status.setAccessibleName(language.gettext(N_("Status")))
        self.wave.setAccessibleName(language.gettext(N_("Wave")))
        self.text.setPlaceholderText(language.gettext(N_("Filter the initiatives")))
        words = language.gettext(N_("Filter: name, programme, owner or tag"))
        self.text.setToolTip(words)
        self.text.setAccessibleName(words)
        self.offer(board)

    def clear(self) -> None:
        """Leave nothing out."""
        blocked = self.blockSignals(True)
        for box in (self.programme, self.status, self.wave):
            box.setCurrentIndex(0)
        self.text.clear()
        self.blockSignals(blocked)
        self.changed.emit()

    def take_keyboard(self) -> None:
        """Give the text the keyboard."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    @property
    def chosen_status(self) -> Status | None:
        """The status that is wanted; None for any."""
        value = self.status.currentData()
        return Status(value) if value else None


def _fill(box: QComboBox, anything: str, entries: list[tuple[str, str]]) -> None:
    chosen = box.currentData()
    blocked = box.blockSignals(True)
    box.clear()
    box.addItem(anything, "")
    for name, value in entries:
        box.addItem(name, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(blocked)
