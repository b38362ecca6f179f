"""The largest changes between two assessments, beside the heatmap: where scores rose and fell most."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from planner.analysis.standings import Place, Standings, largest_shifts
from planner.domain.engagement import Engagement
from planner.language import N_, NN_
from ui import theme
from ui.pages.assessment.faces import signed
from ui.surroundings import Surroundings
from ui.widgets.choice_rows import ChoiceRows
from ui.widgets.choices import CHOICE_ROLE, Choice, ChoiceList
from ui.widgets.text import ElidedLabel

_MOST: Final = 100
_WIDTHS: Final = (310, 460)
"""The least it takes, and the most, of which a large window gives it its share: the names of practices are long."""


class ShiftList(QWidget):
    """A list of cells by how much they changed; `chosen` carries (team id, practice id)."""

    chosen = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_WIDTHS[0])
        self.setMaximumWidth(_WIDTHS[1])
        self._heading = ElidedLabel(role="strong")
        self._count = ElidedLabel(role="caption")
        self.rows = ChoiceList(self)
        self.view = QListView()
        self.view.setModel(self.rows)
        self.view.setItemDelegate(ChoiceRows(surroundings, self.view))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.activated.connect(lambda index: self._choose(index.data(CHOICE_ROLE)))
        self.view.clicked.connect(lambda index: self._choose(index.data(CHOICE_ROLE)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_XS, 0)
        layout.setSpacing(theme.SPACE_XS)
        for widget in (self._heading, self._count, self.view):
            layout.addWidget(widget)
        self.retranslate()
        self.hide()

    def show_shifts(
        self, engagement: Engagement | None, standings: tuple[Standings, ...], places: Iterable[Place]
    ) -> None:
        """Show how the second of two standings differs from the first at `places`; nothing without two of them."""
        if engagement is None or len(standings) < _TWO:
            self.rows.offer(())
            self.hide()
            return
        language = self._surroundings.language
        before, after = standings
        found = largest_shifts(before.answers(), after.answers(), places)
        self.rows.offer(
            tuple(
                Choice(
                    title=" ".join(engagement.practices[shift.practice_id].name.split()),
                    line=" ".join(engagement.teams[shift.team_id].name.split()),
                    icon="up" if shift.difference > 0 else "down",
                    keys=signed(shift.difference, language),
                    value=(shift.team_id, shift.practice_id),
                )
                for shift in islice(found, _MOST)
            )
        )
        words = NN_("{count} cell differs", "{count} cells differ")
        count = language.number(len(found), decimals=0)
        self._count.setText(language.ngettext(*words, len(found)).format(count=count))
        self.show()

    def retranslate(self) -> None:
        """Word the heading in the language of the screen."""
        words = self._surroundings.language.gettext(N_("Largest changes"))
        self._heading.setText(words)
        self.view.setAccessibleName(words)

    def _choose(self, choice: Choice | None) -> None:
        if choice is not None:
            self.chosen.emit(choice.value)


_TWO: Final = 2
