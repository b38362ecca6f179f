"""What each view of the flow page is: one way to see and edit the same document, told what the page is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.domain.changes import Changes
from planner.domain.errors import UserError
from planner.messages import explain
from ui.pages.page import Selection

if TYPE_CHECKING:
    from planner.domain.engagement import Engagement
    from planner.language import Language
    from ui.pages.page import Page


class FlowView(QWidget):
    """A view within `page`, which it asks for the document and for every edit."""

    selection_changed = Signal()
    situation_changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page = page
        self.wanted = ""

    @property
    def language(self) -> Language:
        """The language of the screen."""
        return self.page.workbench.surroundings.language

    def word(self, message: str) -> str:
        """Return a message in the language of the screen."""
        return self.language.gettext(message)

    def refresh(self) -> None:
        """Show the document anew, or nothing when none is open."""

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step."""
        del changes
        self.refresh()

    def retranslate(self) -> None:
        """Word everything anew in the language of the screen."""

    def forget(self) -> None:
        """Let go of what belonged to the document before."""

    def selection(self) -> Selection:
        """Return what is selected."""
        return Selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select an entity and bring it into view; return whether this view shows it."""
        del kind, entity_id
        return False

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action this view serves, by id."""
        return {}

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        return frozenset()

    def narrow(self, wanted: str) -> None:
        """Show just what matches a text; everything for an empty one."""
        if wanted != self.wanted:
            self.wanted = wanted
            if self.page.opened is not None:
                self.refresh()

    def attempt(self, make: Callable[[Engagement], Changes]) -> str:
        """Carry out one step; return why it was refused, or nothing."""
        found: list[str] = []
        try:
            done = self.page.edit(make, refused=found.append)
        except UserError as error:
            return explain(error, self.language)
        return "" if done or not found else found[0]
