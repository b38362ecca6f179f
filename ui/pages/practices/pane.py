"""What is chosen in the tree, shown beneath it: levels compared side by side, or the texts of one practice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from planner.domain.engagement import Engagement
from planner.editing.practices import ordered_inside
from planner.language import N_
from ui import theme
from ui.pages.practices.levels import MOST_COMPARED, LevelTable, LevelView
from ui.pages.practices.texts import PracticeTexts
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel


class ReadingPane(QStackedWidget):
    """Levels or texts of what is chosen, both edited in place."""

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        describe_level: Callable[[str, float, str], bool],
        edit_text: Callable[[str, str, str], object],
        go_to: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._read_id = ""
        self.level_table = LevelTable(surroundings.language, edit=describe_level, parent=self)
        compared = QWidget(self)
        self.levels = LevelView(surroundings, self.level_table, compared)
        self.texts = PracticeTexts(surroundings, edit=edit_text, go_to=go_to, parent=self)
        self._note = ElidedLabel(role="caption")
        self._note.setContentsMargins(theme.SPACE_S, 2, theme.SPACE_S, 2)
        compared.setObjectName("page")
        compared.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(compared)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.levels, 1)
        column.addWidget(self._note)
        self.addWidget(compared)
        self.addWidget(self.texts)

    def show_view(self, view: str) -> None:
        """Show "levels" or "texts"."""
        self.setCurrentIndex(1 if view == "texts" else 0)

    def show_chosen(
        self, engagement: Engagement, chosen: Sequence[tuple[str, str]], current: str, *, can_edit: bool
    ) -> None:
        """Show the practices chosen, (kind, id), or those of the themes and dimensions chosen; read the current one."""
        ids = _practices_in(engagement, chosen)
        language = self._surroundings.language
        if self.currentIndex() == 0:
            self.level_table.show_practices(engagement, ids[:MOST_COMPARED], can_edit=can_edit)
            text = language.gettext(N_("The first {shown} of {count} practices are compared."))
            self._note.setText(
                text.format(
                    shown=language.number(MOST_COMPARED, decimals=0), count=language.number(len(ids), decimals=0)
                )
            )
            self._note.setVisible(len(ids) > MOST_COMPARED)
            return
        read = current if current in engagement.practices else (ids[0] if ids else "")
        if read != self._read_id:
            self.texts.keep()
            self._read_id = read
        self.texts.show_practice(engagement, read, can_edit=can_edit)

    def clear(self) -> None:
        """Show nothing."""
        self._read_id = ""
        self.level_table.show_practices(None, (), can_edit=False)
        self.texts.show_practice(None, "", can_edit=False)

    def keep(self) -> None:
        """Hand over what is being written."""
        self.texts.keep()

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        self.level_table.retranslate(self._surroundings.language)
        self.levels.retranslate()
        self.texts.retranslate()


def _practices_in(engagement: Engagement, chosen: Sequence[tuple[str, str]]) -> list[str]:
    found: dict[str, None] = {}
    for kind, entity_id in chosen:
        themes = [entity_id] if kind == "themes" else []
        if kind == "dimensions":
            themes = [one.id for one in ordered_inside(engagement, "themes", entity_id)]
        if kind == "practices":
            found[entity_id] = None
        for theme_id in themes:
            found |= {one.id: None for one in ordered_inside(engagement, "practices", theme_id)}
    return list(found)
