"""The page shown while no engagement is open: start one, open one, look at the demo, or go on with a recent one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from planner.language import N_, Language
from ui import assets, theme
from ui.actions import Actions, plain_words
from ui.dialogs.files import folder_text
from ui.settings import RecentFile
from ui.surroundings import Surroundings
from ui.widgets.card import Card
from ui.widgets.stages import Stages
from ui.widgets.text import PlainLabel

_STARTS = (
    ("new", "new", N_("New engagement"), N_("Choose where its file is kept")),
    ("open", "open", N_("Open an engagement"), N_("A .roadbook file on this machine")),
    (
        "new-like",
        "compare",
        N_("New, with what you built before"),
        N_("Models, criteria and calendars of another file"),
    ),
    ("recover", "recover", N_("Recover an earlier version"), N_("From the backups this machine keeps")),
    ("demo", "demo", N_("Look at the demo"), N_("A regional insurer, half-way through its transformation")),
)


class WelcomePage(QWidget):
    """Starts and recent files; `recent_chosen(path)` when one of these is pressed."""

    recent_chosen = Signal(str)

    def __init__(self, surroundings: Surroundings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._surroundings = surroundings
        self._recent: tuple[RecentFile, ...] = ()
        self._recent_cards: list[Card] = []
        self._logo = PlainLabel()
        self._logo.setPixmap(assets.mark(56))
        self._title = PlainLabel("Roadbook", role="display")
        self._tagline = PlainLabel(role="muted", wraps=True)
        self._start_heading = PlainLabel(role="heading")
        self._recent_heading = PlainLabel(role="heading")
        self._stages: Stages | None = None
        self._is_unlisted = True
        self._starts: dict[str, Card] = {}
        self._recent_list = QVBoxLayout()
        self._scroll = QScrollArea()
        columns = QHBoxLayout()
        columns.setSpacing(theme.SPACE_XXL)
        columns.addLayout(self._lay_out_starts(surroundings, actions), 1)
        columns.addLayout(self._lay_out_recent(), 1)
        middle = QWidget()
        middle.setMaximumWidth(1040)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XXL)
        column.addLayout(self._lay_out_heading())
        column.addLayout(columns, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XXL, 2 * theme.SPACE_XXL, theme.SPACE_XXL, theme.SPACE_XXL)
        layout.addStretch(1)
        layout.addWidget(middle, 8)
        layout.addStretch(1)
        surroundings.language_changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out_heading(self) -> QHBoxLayout:
        name = QVBoxLayout()
        name.setSpacing(theme.SPACE_XS)
        name.addWidget(self._title)
        name.addWidget(self._tagline)
        heading = QHBoxLayout()
        heading.setSpacing(theme.SPACE_L)
        heading.addWidget(self._logo)
        heading.addLayout(name, 1)
        return heading

    def _lay_out_starts(self, surroundings: Surroundings, actions: Actions) -> QVBoxLayout:
        starts = QVBoxLayout()
        starts.setSpacing(theme.SPACE_S)
        starts.addWidget(self._start_heading)
        for action_id, icon, _title, _line in _STARTS:
            card = Card(surroundings, icon=icon)
            card.clicked.connect(actions[action_id].trigger)
            self._starts[action_id] = card
            starts.addWidget(card)
        starts.addStretch(1)
        return starts

    def _lay_out_recent(self) -> QVBoxLayout:
        self._recent_list.setSpacing(theme.SPACE_S)
        self._recent_list.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._recent_list.setContentsMargins(0, 0, theme.SPACE_S, 0)
        inside = QWidget()
        inside.setLayout(self._recent_list)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._beside = recent = QVBoxLayout()
        recent.setSpacing(theme.SPACE_S)
        recent.addWidget(self._recent_heading)
        recent.addWidget(self._scroll, 100)
        recent.addStretch(1)
        return recent

    def show_recent(self, recent: tuple[RecentFile, ...]) -> None:
        """List the files opened lately on this machine; where there are none, what there is to do here."""
        self._recent = recent
        self._is_unlisted = False
        if not recent and self._stages is None:
            self._stages = Stages(self._surroundings)
            self._beside.insertWidget(1, self._stages)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the page in the language of the screen."""
        language = self._surroundings.language
        self.setAccessibleName(language.gettext(N_("Welcome")))
        self._tagline.setText(
            language.gettext(N_("Lead a transformation in one file: assess, prioritise, plan, present, track."))
        )
        self._start_heading.setText(language.gettext(N_("Get started")))
        heading = N_("Recent") if self._recent else N_("The work, in its order")
        self._recent_heading.setText("" if self._is_unlisted else language.gettext(heading))
        self._scroll.setAccessibleName(language.gettext(N_("Recent")))
        if self._stages is not None:
            self._stages.setVisible(not self._recent)
        self._scroll.setVisible(bool(self._recent))
        for action_id, _icon, title, line in _STARTS:
            self._starts[action_id].set_words(plain_words(language.gettext(title)), language.gettext(line))
        self._list_recent(language)

    def _list_recent(self, language: Language) -> None:
        for card in self._recent_cards:
            self._recent_list.removeWidget(card)
            card.deleteLater()
        self._recent_cards = []
        for recent in self._recent:
            card = Card(self._surroundings, icon="timeline")
            path = Path(recent.path)
            card.set_words(path.stem, f"{when_text(recent.opened_at, language)} · {folder_text(path)}")
            card.clicked.connect(lambda _checked=False, path=recent.path: self.recent_chosen.emit(path))
            self._recent_cards.append(card)
            self._recent_list.addWidget(card)


def when_text(opened_at: str, language: Language) -> str:
    """Return when a file was opened, in words: today, yesterday, or the day."""
    try:
        moment = datetime.fromisoformat(opened_at)
    except ValueError:
        return ""
    moment = moment.astimezone()
    days = (date.today() - moment.date()).days
    if days == 0:
        return language.gettext(N_("Today at {time}")).format(time=f"{moment:%H:%M}")
    if days == 1:
        return language.gettext(N_("Yesterday at {time}")).format(time=f"{moment:%H:%M}")
    return language.date(moment.date(), width="long")
