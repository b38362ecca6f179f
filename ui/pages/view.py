"""What each view of a page is: one way to see and edit the same document, told what the page is told.

A page that shows its document in several ways, or a side at a time, is made of these; it hands on what it is told to the
view shown. Subclasses fill in `refresh` and whatever of the rest they offer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.domain.changes import Changes
from ui.pages.page import Page, Selection


class PageView(QWidget):
    """A view within `page`, which it asks for the document and for every edit."""

    selection_changed = Signal()
    situation_changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page.parent_of_views())
        self.page = page

    def refresh(self) -> None:
        """Show the document anew, or nothing when none is open."""

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step; a view that can do with less than `refresh` says so here."""
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
        del wanted
