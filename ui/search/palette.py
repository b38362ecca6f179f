"""Ctrl+K: one line to type in, and under it what fits, actions and entities alike; Enter does it or goes there.

It closes by Escape or a click elsewhere, and gives the keys back to where they were.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from planner.analysis.search import Found, SearchIndex, fold
from planner.domain.engagement import Engagement
from planner.editing.naming import name_of
from planner.language import N_
from planner.words import KIND_WORDS
from ui import theme
from ui.actions import Actions, keys_of, plain_words
from ui.background import Background
from ui.open_document import OpenDocument
from ui.pages.kinds import PAGES
from ui.present.names import shown_day
from ui.surroundings import Surroundings
from ui.widgets.choice_rows import ChoiceRows
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.text import PlainLabel

_MOST_ACTIONS: Final = 6
_MOST_ENTITIES: Final = 50
_ROWS_SEEN: Final = 9
_MOVES: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
_ICON_OF: Final = {
    "units": "unit",
    "teams": "team",
    "groups": "group",
    "applications": "application",
    "interactions": "interaction",
    "risks": "risk",
    "targets": "target",
    "calendars": "calendar",
    "freezes": "freeze",
}
"""Kind -> its own icon; the others show that of the page where they are at home."""


class SearchPalette(QFrame):
    """The line and the list; `entity_chosen(kind, id)` and `action_chosen(id)`."""

    entity_chosen = Signal(str, str)
    action_chosen = Signal(str)

    def __init__(self, surroundings: Surroundings, actions: Actions, background: Background, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self._window = window
        self._surroundings = surroundings
        self._actions = actions
        self._background = background
        self._indexing: Engagement | None = None
        self._opened: OpenDocument | None = None
        self._index = SearchIndex()
        self.line = QLineEdit()
        self.line.setObjectName("search")
        self.line.setClearButtonEnabled(True)
        self.model = ChoiceList(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceRows(surroundings, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = PlainLabel(role="muted", wraps=True)
        self.hint.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_S, theme.SPACE_S, theme.SPACE_S, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(self.line)
        layout.addWidget(self.hint)
        layout.addWidget(self.list, 1)
        self.line.textChanged.connect(self.search)
        self.line.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._choose(index.row()))

    def take_document(self, opened: OpenDocument | None) -> None:
        """Search another document, or actions alone."""
        self._opened = opened
        self._index = SearchIndex()

    def open(self) -> None:
        """Show the palette at the top of the window's middle, with what was typed last selected."""
        language = self._surroundings.language
        self.setAccessibleName(language.gettext(N_("Search everything")))
        self.line.setAccessibleName(language.gettext(N_("Search everything")))
        self.line.setPlaceholderText(language.gettext(N_("A name, a word of a description, or what you want to do")))
        self.list.setAccessibleName(language.gettext(N_("What was found")))
        self._bring_up_to_date()
        window = self._window
        width = min(680, window.width() - 2 * theme.SPACE_XXL)
        self.move(window.mapToGlobal(window.rect().topLeft()))
        self.move(self.x() + (window.width() - width) // 2, self.y() + 2 * theme.SPACE_XXL)
        self.resize(width, self.height())
        self.search(self.line.text())
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def search(self, query: str) -> None:
        """Offer what fits a query; with none, what can be done on the page shown, then elsewhere."""
        results = (*self._fitting_actions(query), *self._fitting_entities(query))
        self.model.offer(results)
        if results:
            self.list.setCurrentIndex(self.model.index(0, 0))
        language = self._surroundings.language
        nothing = N_("Nothing holds all of these words.") if self._indexing is None else N_("Looking…")
        self.hint.setText("" if results else language.gettext(nothing))
        self.hint.setVisible(not results)
        self.list.setVisible(bool(results))
        self._take_height(len(results))

    def _bring_up_to_date(self) -> None:
        """Read what changed since the last time, off the UI thread: of 10,000 initiatives that takes a while."""
        if self._opened is None or self._indexing is not None:
            return
        index, engagement = self._index, self._opened.engagement
        self._indexing = engagement
        self._background.run(
            lambda _progress: index.update(engagement),
            success=lambda _none: self._take_index(engagement),
            failure=lambda _error: self._take_index(engagement),
        )

    def _take_index(self, engagement: Engagement) -> None:
        self._indexing = None
        if self.isVisible():
            row = self.list.currentIndex().row()
            self.search(self.line.text())
            self.list.setCurrentIndex(self.model.index(max(0, row), 0))
            if self._opened is not None and self._opened.engagement is not engagement:
                self._bring_up_to_date()

    def _take_height(self, results: int) -> None:
        """Be as high as what was found, up to some rows."""
        row = self.list.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        found = min(results, _ROWS_SEEN) * row if results else self.hint.sizeHint().height()
        height = self.line.sizeHint().height() + found + 3 * theme.SPACE_S + 2 * self.frameWidth() + theme.SPACE_XS
        self.resize(self.width(), min(height, self._window.height() - 2 * theme.SPACE_XXL))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list and choose with the keys while the line keeps them."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self.list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    def _choose(self, row: int) -> None:
        result = self.model.choice_at(row)
        if result is None:
            return
        self.hide()
        if isinstance(result.value, str):
            self.action_chosen.emit(result.value)
        else:
            self.entity_chosen.emit(*result.value)

    def _fitting_actions(self, query: str) -> tuple[Choice, ...]:
        language = self._surroundings.language
        words = fold(query).split()
        pages = {page.id: language.gettext(page.title) for page in PAGES}
        found: list[Choice] = []
        rank: dict[str, tuple[bool, ...]] = {}
        for kind in self._actions.kinds():
            action = self._actions[kind.id]
            title = plain_words(action.text())
            here = action.isEnabled()
            elsewhere = bool(words and kind.page and self._opened is not None)
            if not (here or elsewhere) or kind.id == "search":
                continue
            text = fold(f"{title} {pages.get(kind.page, '')}")
            if all(word in text for word in words):
                keys = keys_of(action)
                where = pages.get(kind.page, language.gettext(N_("Action")))
                found.append(
                    Choice(
                        title=title,
                        line=where,
                        icon=kind.icon or "forward",
                        keys=keys[0] if keys else "",
                        value=kind.id,
                    )
                )
                folded = fold(title)
                rank[kind.id] = (
                    folded.split() != words,
                    not all(word in folded for word in words),
                    not all(folded.startswith(word) for word in words[:1]),
                    not (here and kind.page),
                    not here,
                )
        found.sort(key=lambda result: rank[result.value])
        return tuple(found[: _MOST_ACTIONS if words else _ROWS_SEEN])

    def _fitting_entities(self, query: str) -> tuple[Choice, ...]:
        if self._opened is None:
            return ()
        language, engagement = self._surroundings.language, self._opened.engagement
        found = []
        for kind, entity_id in self._index.find(query, limit=_MOST_ENTITIES):
            entity = engagement.kind(kind).get(entity_id)
            if entity is None:
                continue
            page = next((page for page in PAGES if kind in page.kinds), None)
            word = language.gettext(KIND_WORDS[kind])
            day = shown_day(getattr(entity, _DAYS[kind]), language) if kind in _DAYS else ""
            told = (f"{word[:1].upper()}{word[1:]}", self._path_of(kind, entity), day)
            found.append(
                Choice(
                    title=" ".join(name_of(engagement, entity).split()),
                    line=" · ".join(filter(None, told)),
                    icon=_ICON_OF.get(kind, page.icon if page is not None else "file"),
                    value=Found(kind, entity_id),
                )
            )
        return tuple(found)

    def _path_of(self, kind: str, entity: object) -> str:
        """Return the name of what holds an entity, so that two of one name can be told apart."""
        assert self._opened is not None  # noqa: S101  asked for entities of its engagement only
        engagement = self._opened.engagement
        for field, target in _HOLDERS.get(kind, ()):
            holder = engagement.kind(target).get(getattr(entity, field) or "")
            if holder is not None:
                return " ".join(name_of(engagement, holder).split())
        return ""


_DAYS: Final = {"freezes": "start", "calendar_exceptions": "start", "assessments": "held_on", "baselines": "taken_on"}
"""Kind -> the day that tells two of one name apart."""

_HOLDERS: Final = {
    "initiatives": (("parent_id", "initiatives"),),
    "teams": (("unit_id", "units"),),
    "units": (("parent_id", "units"),),
    "practices": (("theme_id", "themes"),),
    "themes": (("dimension_id", "dimensions"),),
    "dimensions": (("model_id", "models"),),
    "scales": (("model_id", "models"),),
    "stream_steps": (("stream_id", "value_streams"),),
    "outcomes": (("initiative_id", "initiatives"),),
    "risks": (("initiative_id", "initiatives"),),
    "freezes": (("calendar_id", "calendars"),),
    "calendar_exceptions": (("calendar_id", "calendars"),),
}
"""Kind -> the fields that say what holds an entity of it, and the kind of that."""
