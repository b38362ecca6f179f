"""The user guide in a window of its own: contents at the left, the page at the right, a search over all of it.

It works offline, follows language and theme while it is open, and opens an address of the web only when it is clicked.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.language import N_
from ui import assets, theme
from ui.actions import plain_tip
from ui.help import topics
from ui.help.guide_text import GuideText
from ui.surroundings import Surroundings
from ui.widgets.choice_rows import ChoiceRows
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.text import PlainLabel

_SIZE: Final = QSize(1040, 680)
_CONTENTS_WIDTH: Final = 300
_CONTENTS_SHARE: Final = 0.35
_MOVES: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)

Place = tuple[str, str]
"""A page of the guide and a heading in it; no heading: its beginning."""


class GuideWindow(QWidget):
    """The guide; it stands beside the window it belongs to and leaves that one free to work in."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("page")
        self._surroundings = surroundings
        self._visited: list[Place] = []
        self._at = -1
        self.line = QLineEdit()
        self.line.setObjectName("search")
        self.line.setClearButtonEnabled(True)
        self.model = ChoiceList(self)
        self.contents = QListView()
        self.contents.setModel(self.model)
        self.contents.setItemDelegate(ChoiceRows(surroundings, self.contents))
        self.contents.setUniformItemSizes(True)
        self.contents.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = GuideText(surroundings)
        self.back, self.forward = QToolButton(), QToolButton()
        self._nothing = PlainLabel(role="muted", wraps=True)
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self._build()
        self.line.textChanged.connect(self.search)
        self.line.installEventFilter(self)
        self.contents.clicked.connect(self._choose)
        self.contents.activated.connect(self._choose)
        self.text.anchorClicked.connect(self._follow)
        self.back.clicked.connect(lambda: self._step(-1))
        self.forward.clicked.connect(lambda: self._step(1))
        surroundings.language_changed.connect(self._take_surroundings)
        surroundings.theme_changed.connect(self._take_surroundings)
        self._word()

    @property
    def place(self) -> Place:
        """Which page is shown, from which heading on."""
        return self._visited[self._at] if self._visited else ("", "")

    def open_at(self, topic: str, heading: str = "") -> None:
        """Show the window with a page, and give it the keyboard: it was asked for."""
        self.go(topic, heading)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def go(self, topic: str, heading: str = "") -> None:
        """Show a page from a heading on; what was shown before is behind "back"."""
        if self.place != (topic, heading):
            self._visited = [*self._visited[: self._at + 1], (topic, heading)]
            self._at = len(self._visited) - 1
        self._show()

    def search(self, query: str) -> None:
        """List the sections that hold the words of `query`; without words, the pages."""
        language = self._surroundings.language
        if query.split():
            found = topics.find(query, language)
            rows = tuple(
                Choice(
                    title=section.heading,
                    line=topics.excerpt(section.text, query),
                    icon=topics.TOPICS[section.topic],
                    value=(section.topic, section.heading),
                )
                for section in found
            )
        else:
            rows = tuple(
                Choice(
                    title=topics.title_of(topic, language),
                    line=next(topics.sections(topic, language)).text,
                    icon=icon,
                    value=(topic, ""),
                )
                for topic, icon in topics.TOPICS.items()
            )
        self.model.offer(rows)
        self._nothing.setVisible(not rows)
        self._point_at_place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through what was found with the keys while the line keeps them."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.contents.keyPressEvent(event)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                index = self.contents.currentIndex()
                self._choose(index if index.isValid() else self.model.index(0, 0))
                return True
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE_S, theme.SPACE_S, theme.SPACE_S, 0)
        bar.addWidget(self.back)
        bar.addWidget(self.forward)
        bar.addWidget(self.line, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(bar)
        self._nothing.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, 0)
        column.addWidget(self._nothing)
        column.addWidget(self.contents, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.text)
        splitter.setStretchFactor(1, 1)
        contents = min(_CONTENTS_WIDTH, int(self.width() * _CONTENTS_SHARE))
        splitter.setSizes([contents, self.width() - contents])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        for button in (self.back, self.forward):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Escape), self.close),
            (QKeySequence(QKeySequence.StandardKey.Close), self.close),
            (QKeySequence(QKeySequence.StandardKey.Find), self._find),
            (QKeySequence("Alt+Left"), self.back.click),
            (QKeySequence("Alt+Right"), self.forward.click),
        ):
            QShortcut(keys, self, act)

    def _find(self) -> None:
        self.line.setFocus()
        self.line.selectAll()

    def _choose(self, index: QModelIndex) -> None:
        choice = self.model.choice_at(index.row())
        if choice is not None:
            self.go(*choice.value)

    def _step(self, steps: int) -> None:
        self._at += steps
        self._show()

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(url)
        else:
            self.go(url.path().removesuffix(".md"))

    def _show(self) -> None:
        topic, heading = self.place
        self.text.show_page(topic, heading=heading, marked=self.line.text())
        self.text.setAccessibleName(topics.title_of(topic, self._surroundings.language))
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at < len(self._visited) - 1)
        self._point_at_place()

    def _point_at_place(self) -> None:
        """Select the row of what is shown, where it is listed."""
        rows = [self.model.choice_at(row) for row in range(self.model.rowCount())]
        at = next((row for row, one in enumerate(rows) if one is not None and one.value == self.place), -1)
        if at < 0 and not self.line.text().split():
            at = next((row for row, one in enumerate(rows) if one is not None and one.value[0] == self.place[0]), -1)
        self.contents.setCurrentIndex(self.model.index(at, 0))

    def _take_surroundings(self) -> None:
        """Word and paint everything anew; a heading belongs to its language, so the page begins anew too."""
        self._visited = [(topic, "") for topic, _heading in self._visited]
        self._word()
        if self._visited:
            self._show()

    def _word(self) -> None:
        language, tokens = self._surroundings.language, self._surroundings.tokens
        self.setWindowTitle(language.gettext(N_("User guide")))
        self.contents.setAccessibleName(language.gettext(N_("Pages of the guide")))
        self.line.setPlaceholderText(language.gettext(N_("Search the guide")))
        self.line.setAccessibleName(language.gettext(N_("Search the guide")))
        self._nothing.setText(language.gettext(N_("Nothing holds all of these words.")))
        for button, icon, words, keys in (
            (self.back, "back", N_("Back"), "Alt+Left"),
            (self.forward, "forward", N_("Forward"), "Alt+Right"),
        ):
            name = language.gettext(words)
            button.setIcon(assets.icon(icon, tokens))
            button.setAccessibleName(name)
            shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(plain_tip(f"{name}  ({shown})"))
        self.search(self.line.text())
