"""What the views of the flow page share beyond those of other pages: their words, their filter, steps refused in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.pages.view import PageView

if TYPE_CHECKING:
    from planner.domain.changes import Changes
    from planner.domain.engagement import Engagement
    from planner.language import Language
    from ui.pages.page import Page


class FlowView(PageView):
    """A view of the flow page, shown anew as it is narrowed."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.wanted = ""

    @property
    def language(self) -> Language:
        """The language of the screen."""
        return self.page.workbench.surroundings.language

    def word(self, message: str) -> str:
        """Return a message in the language of the screen."""
        return self.language.gettext(message)

    def narrow(self, wanted: str) -> None:
        """Show just what matches a text; everything for an empty one."""
        if wanted != self.wanted:
            self.wanted = wanted
            if self.page.opened is not None:
                self.refresh()

    def attempt(self, make: Callable[[Engagement], Changes]) -> str:
        """Carry out one step; return why it was refused, or nothing."""
        found: list[str] = []
        self.page.edit(make, refused=found.append)
        return found[0] if found else ""
