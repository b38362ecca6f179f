"""What each section of the settings is: a view of the page that shows and edits one side of the engagement."""

from __future__ import annotations

from ui.pages.page import Page
from ui.pages.view import PageView


class Section(PageView):
    """A section of `page`, with what it looks and words itself by at hand."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.surroundings = page.workbench.surroundings
