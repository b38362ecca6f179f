"""What each section of the settings is: a part of the page that shows and edits one side of the engagement."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.page import Page, Selection


class Section(QWidget):
    """A section of `page`, which it asks for the document and for every edit."""

    selection_changed = Signal()
    situation_changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page = page
        self.surroundings = page.workbench.surroundings

    def refresh(self) -> None:
        """Show the document anew, or nothing when none is open."""

    def retranslate(self) -> None:
        """Word everything anew in the language of the screen."""

    def forget(self) -> None:
        """Let go of what belonged to the document before."""

    def selection(self) -> Selection:
        """Return what is selected."""
        return Selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select an entity and bring it into view; return whether this section shows it."""
        del kind, entity_id
        return False

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action this section serves, by id."""
        return {}

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        return frozenset()
