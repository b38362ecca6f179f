"""The stages of the work, each with its sign and a line: what a person who opens Roadbook for the first time will find."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from planner.language import N_
from ui import assets, theme
from ui.pages.kinds import PAGES
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_LINES: Final = {
    "organization": N_("Units and teams, and how they work together"),
    "practices": N_("What good looks like: your maturity models"),
    "assessment": N_("Where each team stands, and how sure you are"),
    "priorities": N_("What comes first, and why"),
    "timeline": N_("Who changes what, and when"),
    "flow": N_("How work flows, and whether it got better"),
    "share": N_("Charts, plans and workbooks for everybody else"),
}
"""Page -> what it is for; settings are no stage of the work."""


class Stages(QWidget):
    """A list to read, not to press."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._rows: dict[str, tuple[PlainLabel, PlainLabel, PlainLabel]] = {}
        self._kinds = tuple(page for page in PAGES if page.id in _LINES)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.SPACE_S, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_L)
        grid.setVerticalSpacing(theme.SPACE_M)
        grid.setColumnStretch(1, 1)
        for at, page in enumerate(self._kinds):
            picture, title, line = PlainLabel(), PlainLabel(role="strong"), PlainLabel(role="caption", wraps=True)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(title)
            words.addWidget(line)
            grid.addWidget(picture, at, 0)
            grid.addLayout(words, at, 1)
            self._rows[page.id] = (picture, title, line)
        surroundings.theme_changed.connect(self._draw)
        surroundings.language_changed.connect(self.retranslate)
        self._draw()
        self.retranslate()

    def retranslate(self) -> None:
        """Word the stages in the language of the screen."""
        language = self._surroundings.language
        for page in self._kinds:
            _picture, title, line = self._rows[page.id]
            title.setText(language.gettext(page.title))
            line.setText(language.gettext(_LINES[page.id]))

    def _draw(self) -> None:
        for page in self._kinds:
            picture = assets.picture(page.icon, self._surroundings.tokens.accent, theme.ICON_SIZE_LARGE)
            self._rows[page.id][0].setPixmap(picture)
