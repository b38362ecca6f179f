"""What a page with nothing to show says and offers instead of a grey wall, with a way to what the guide says of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.language import N_
from ui import theme
from ui.actions import Actions
from ui.surroundings import Surroundings
from ui.widgets.card import Card
from ui.widgets.text import PlainLabel

Offer = tuple[str, str, str, str]
"""Action id, icon, title and line, the last two messages of the catalogues."""


class Guidance(QWidget):
    """A heading, a sentence and cards that act."""

    def __init__(
        self,
        surroundings: Surroundings,
        actions: Actions,
        *,
        heading: str,
        sentence: str,
        offers: tuple[Offer, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._surroundings = surroundings
        self._words = (heading, sentence)
        self._offers = offers
        self._heading = PlainLabel(role="title", wraps=True)
        self._sentence = PlainLabel(role="muted", wraps=True)
        self._cards: list[Card] = []
        self.offered = tuple(actions[action_id] for action_id, *_words in offers)
        self._more = QPushButton()
        self._more.setProperty("role", "link")
        # The guide opens at the page that is shown, and that is the one this stands on.
        self._more.clicked.connect(actions["guide"].trigger)
        middle = QWidget(self)
        middle.setMaximumWidth(560)
        column = QVBoxLayout(middle)
        column.setSpacing(theme.SPACE_S)
        column.addWidget(self._heading)
        column.addWidget(self._sentence)
        column.addSpacing(theme.SPACE_L)
        for action, (_action_id, icon, _title, _line) in zip(self.offered, offers, strict=True):
            card = Card(surroundings, icon=icon)
            card.clicked.connect(action.trigger)
            self._cards.append(card)
            column.addWidget(card)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 8)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XXL, theme.SPACE_XXL, theme.SPACE_XXL, theme.SPACE_XXL)
        layout.addStretch(2)
        layout.addLayout(row)
        layout.addStretch(3)
        layout.setAlignment(Qt.AlignmentFlag.AlignCenter)
        surroundings.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the guidance in the language of the screen."""
        language = self._surroundings.language
        self._heading.setText(language.gettext(self._words[0]))
        self._sentence.setText(language.gettext(self._words[1]))
        self._more.setText(language.gettext(N_("Learn more")))
        self._more.setAccessibleName(self._more.text())
        for card, (_action, _icon, title, line) in zip(self._cards, self._offers, strict=True):
            card.set_words(language.gettext(title), language.gettext(line))
