"""The interaction map as one view of the organization page, made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout

from planner.domain.changes import Changes
from ui.pages.organization.interaction_map import InteractionMap
from ui.pages.page import Page, Selection
from ui.pages.view import PageView


class MapView(PageView):
    """Holds the map, which follows the document by itself once it has been told of it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.map: InteractionMap | None = None
        self._wanted = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def refresh(self) -> None:
        """Tell the map of the document of the page."""
        if self.map is None:
            self.map = InteractionMap(self.page.workbench, self)
            self.map.selection_changed.connect(self.selection_changed)
            self.map.situation_changed.connect(self.situation_changed)
            self._layout.addWidget(self.map)
            self.map.show()
            self.setFocusProxy(self.map)
            self.map.narrow(self._wanted)
        if self.map.opened is not self.page.opened:
            self.map.show_document(self.page.opened)

    def take_changes(self, changes: Changes) -> None:
        """Leave changes to the map, which hears of them itself."""

    def forget(self) -> None:
        """Let the map go of the document before."""
        if self.map is not None:
            self.map.show_document(None)

    def selection(self) -> Selection:
        """Return what is selected on the map."""
        return Selection() if self.map is None else self.map.selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select a team or an interaction on the map."""
        return self.map is not None and self.map.reveal(kind, entity_id)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the actions of the map."""
        return {} if self.map is None else self.map.handlers()

    def narrow(self, wanted: str) -> None:
        """Let the teams stand back that do not match a text."""
        self._wanted = wanted
        if self.map is not None:
            self.map.narrow(wanted)

    def possible(self) -> frozenset[str]:
        """Return what can be done on the map now."""
        return frozenset() if self.map is None else self.map.possible()
