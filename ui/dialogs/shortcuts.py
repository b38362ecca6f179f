"""The page F1 opens: every action with its keys, made from the registry itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

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


class ShortcutsDialog(QDialog):
    """Lists what can be done with the keys."""

    def __init__(self, surroundings: Surroundings, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        language = surroundings.language
        title = language.gettext(N_("Keyboard shortcuts"))
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(theme.SPACE_XL)
        grid.setVerticalSpacing(theme.SPACE_S)
        grid.setColumnStretch(0, 1)
        line = 0
        groups = [(words, actions.of_menu(menu)) for menu, words in MENUS.items() if menu != "page"]
        groups += [(page.title, actions.of_page(page.id)) for page in PAGES]
        for title_words, entries in groups:
            rows = [(plain_words(language.gettext(kind.text)), keys_of(action)) for kind, action in entries]
            if entries and entries[0][0].page == "timeline":
                rows += [(language.gettext(what), [language.gettext(keys)]) for what, keys in _TIMELINE_KEYS]
            rows = [row for row in rows if row[1]]
            if rows:
                line = self._add(grid, line, plain_words(language.gettext(title_words)), rows)
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
        layout.setSpacing(theme.SPACE_L)
        layout.addWidget(PlainLabel(title, role="title"))
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        self.resize(max(480, inside.sizeHint().width() + 4 * theme.SPACE_XL), 640)

    @staticmethod
    def _add(grid: QGridLayout, line: int, heading: str, rows: list[tuple[str, list[str]]]) -> int:
        grid.addWidget(PlainLabel(heading, role="heading"), line, 0, 1, 2)
        grid.setRowMinimumHeight(line, theme.SPACE_XXL)
        for words, keys in rows:
            line += 1
            grid.addWidget(PlainLabel(words), line, 0)
            grid.addWidget(PlainLabel("   ".join(keys), role="muted"), line, 1)
        return line + 1
