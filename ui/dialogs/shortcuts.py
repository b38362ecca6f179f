"""The page F1 opens: every action with its keys, made from the registry itself, narrowed by what is typed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from planner.analysis.search import fold
from planner.language import N_
from ui import theme
from ui.actions import MENUS, Actions, keys_of, plain_words
from ui.pages.kinds import PAGES
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_TIMELINE_KEYS = (
    (N_("Scroll the timeline"), N_("Arrows, wheel, drag")),
    (N_("Zoom at the pointer"), N_("Ctrl + wheel")),
    (N_("Zoom"), "+  −"),
    (N_("Beginning and end of the plan"), N_("Home, End")),
)


@dataclass(frozen=True, slots=True)
class _Group:
    """A heading with its rows of words and keys."""

    heading: PlainLabel
    rows: tuple[tuple[PlainLabel, PlainLabel], ...]


class ShortcutsDialog(QDialog):
    """Lists what can be done with the keys, that of the page `page_id` first."""

    def __init__(self, surroundings: Surroundings, actions: Actions, parent: QWidget, *, page_id: str = "") -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        language = surroundings.language
        title = language.gettext(N_("Keyboard shortcuts"))
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        words = language.gettext(N_("An action, a page or a key"))
        self.filter.setPlaceholderText(words)
        self.filter.setAccessibleName(words)
        self.filter.textChanged.connect(self._narrow)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, theme.SPACE_M, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_XL)
        self._grid.setVerticalSpacing(theme.SPACE_S)
        self._grid.setColumnStretch(0, 1)
        self._groups = self._list(actions, page_id)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self._none = PlainLabel(language.gettext(N_("No action has these words or keys.")), role="muted")
        self._none.hide()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(title)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox()
        buttons.rejected.connect(self.reject)
        close = buttons.addButton(language.gettext(N_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAccessibleName(close.text())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(PlainLabel(title, role="title"))
        layout.addWidget(self.filter)
        layout.addWidget(self._none)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        self.resize(max(620, inside.sizeHint().width() + 4 * theme.SPACE_XL), 720)

    def _list(self, actions: Actions, page_id: str) -> tuple[_Group, ...]:
        language = self._surroundings.language
        listed = [(words, actions.of_menu(menu)) for menu, words in MENUS.items() if menu != "page"]
        listed += [(page.title, actions.of_page(page.id)) for page in PAGES]
        listed.sort(key=lambda group: not (group[1] and page_id and group[1][0][0].page == page_id))
        groups = []
        for heading, entries in listed:
            rows = [(plain_words(language.gettext(kind.text)), keys_of(action)) for kind, action in entries]
            if entries and entries[0][0].page == "timeline":
                rows += [(language.gettext(what), [language.gettext(keys)]) for what, keys in _TIMELINE_KEYS]
            rows = [row for row in rows if row[1]]
            if rows:
                groups.append(self._add(plain_words(language.gettext(heading)), rows))
        return tuple(groups)

    def _add(self, heading: str, rows: list[tuple[str, list[str]]]) -> _Group:
        title = PlainLabel(heading, role="heading")
        title.setContentsMargins(0, theme.SPACE_M, 0, 0)
        self._grid.addWidget(title, self._grid.rowCount(), 0, 1, 2)
        shown = []
        for words, keys in rows:
            line = self._grid.rowCount()
            row = (PlainLabel(words), PlainLabel("   ".join(keys), role="muted"))
            self._grid.addWidget(row[0], line, 0)
            self._grid.addWidget(row[1], line, 1)
            shown.append(row)
        return _Group(title, tuple(shown))

    def _narrow(self, text: str) -> None:
        """Show the rows that hold all words typed, in the action, its page or its keys."""
        words = fold(text).split()
        found = False
        for group in self._groups:
            heading = fold(group.heading.text())
            fitting = [
                all(word in f"{heading} {fold(what.text())} {fold(keys.text())}" for word in words)
                for what, keys in group.rows
            ]
            for (what, keys), fits in zip(group.rows, fitting, strict=True):
                what.setVisible(fits)
                keys.setVisible(fits)
            group.heading.setVisible(any(fitting))
            found = found or any(fitting)
        self._none.setVisible(not found)
