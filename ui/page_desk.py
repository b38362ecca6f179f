"""The pages of one window: made when first needed, shown one at a time, told of the document, asked what can be done."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from planner.domain.engagement import Engagement
from planner.domain.errors import BugError
from ui.actions import ActionKind, Situation, with_document
from ui.idleness import Idleness
from ui.inspector.inspector import WIDTH, Inspector
from ui.open_document import OpenDocument
from ui.pages.kinds import PAGES, PageKind
from ui.pages.page import Page, Selection
from ui.window import Window
from ui.workbench import Workbench

_KINDS: Final = {kind.id: kind for kind in PAGES}
_FIRST: Final = "timeline"
SHARED: Final = ("cut", "copy", "paste", "rename", "remove", "select-all", "find-here")
"""The window's actions that the page shown carries out."""


class PageDesk(QObject):
    """Holds the pages; `situation_changed` when what can be done may have, `selection_changed` likewise."""

    situation_changed = Signal()
    selection_changed = Signal()

    def __init__(self, window: Window, workbench: Workbench) -> None:
        super().__init__(window)
        self._window = window
        self._workbench = workbench
        self._opened: OpenDocument | None = None
        self._pages: dict[str, Page] = {}
        self._shown = ""
        self._waiting: list[PageKind] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._make_next)
        self._idleness = Idleness(window)
        self.inspector = Inspector(workbench)
        kept = workbench.remembered("inspector").get("width")
        window.add_beside(self.inspector, width=kept if isinstance(kept, int) and kept > 0 else WIDTH)
        window.beside_resized.connect(lambda width: workbench.remember("inspector", {"width": width}))
        self.inspector.hide()
        self._offer()
        workbench.actions["inspector"].toggled.connect(self._show_inspector)

    @property
    def current(self) -> Page | None:
        """The page shown; None while no document is open."""
        return self._pages.get(self._shown)

    @property
    def current_id(self) -> str:
        """The id of the page shown; empty while no document is open."""
        return self._shown

    def page(self, page_id: str) -> Page:
        """Return a page, made if it is not yet; BugError for an id there is no page of."""
        page = self._pages.get(page_id)
        return page if page is not None else self._make(page_id)

    def show_document(self, opened: OpenDocument | None) -> None:
        """Show another document on every page, or none."""
        self._opened = opened
        self.inspector.take_document(opened)
        if opened is None:
            self.inspector.hide()
        for page in self._pages.values():
            page.show_document(opened)
        if opened is None:
            self._timer.stop()
            self._shown = ""
            self._window.show_page_actions("", ())
        else:
            self.show(self._page_to_begin_with(opened.engagement))
            self._waiting = [kind for kind in PAGES if kind.id not in self._pages]
            self._timer.start(_MAKE_AFTER_MILLISECONDS)

    def _page_to_begin_with(self, engagement: Engagement) -> str:
        """Return the page shown last, or where the work begins while there is nothing yet."""
        if not engagement.units and not engagement.initiatives:
            return PAGES[0].id
        last = self._workbench.remembered("window").get("page")
        return last if last in _KINDS else _FIRST

    def show(self, page_id: str) -> None:
        """Show a page and give it the keyboard."""
        page = self.page(page_id)
        self._shown = page_id
        self._window.show_page(page_id)
        self._window.show_page_actions(_KINDS[page_id].title, self._workbench.actions.of_page(page_id))
        page.setFocus()
        self._workbench.remember("window", {"page": page_id})
        self._workbench.actions["inspector"].setChecked(self._wants_inspector())
        self._inspect()
        self.situation_changed.emit()
        self.selection_changed.emit()

    def step(self, steps: int) -> None:
        """Show the page that many places further down the rail."""
        ids = list(_KINDS)
        at = ids.index(self._shown) if self._shown in ids else 0
        self.show(ids[(at + steps) % len(ids)])

    def go_to(self, kind: str, entity_id: str) -> None:
        """Show an entity on the page where it is at home, and in the inspector where that page does not single it out."""
        for page_kind in PAGES:
            if kind in page_kind.kinds:
                self.show(page_kind.id)
                if self.page(page_kind.id).reveal(kind, entity_id):
                    return
        self._workbench.actions["inspector"].setChecked(True)
        self.inspector.look_into(kind, entity_id)

    def selection(self) -> Selection:
        """Return what is selected on the page shown."""
        return Selection() if self.current is None else self.current.selection()

    def complete(self, situation: Situation) -> Situation:
        """Return `situation` with what the page shown says can be done."""
        if self.current is None:
            return situation
        return replace(situation, page=self._shown, possible=self.current.possible())

    def summary_text(self) -> str:
        """Return what the status bar says of the page shown."""
        return "" if self.current is None or self._opened is None else self.current.summary_text()

    def _offer(self) -> None:
        actions, language = self._workbench.actions, self._workbench.surroundings.language
        visits = []
        for number, kind in enumerate(PAGES, start=1):
            self._window.rail.add_page(kind.id, title=kind.title, icon=kind.icon, at_foot=kind.at_foot)
            actions.add(kind.actions(), language)
            visits.append(
                ActionKind(
                    id=f"go-{kind.id}",
                    menu="view",
                    text=kind.title,
                    keys=(f"Ctrl+{number}", *(("Ctrl+,",) if kind.at_foot else ())),
                    icon=kind.icon,
                    possible=with_document,
                )
            )
            for action_kind in kind.actions():
                actions.bind(action_kind.id, partial(self._carry_out, kind.id, action_kind.id))
        actions.add(visits, language)
        for kind in PAGES:
            actions.bind(f"go-{kind.id}", partial(self.show, kind.id))
        self._window.add_visits([actions[visit.id] for visit in visits])
        for action_id in SHARED:
            actions.bind(action_id, partial(self._carry_out, "", action_id))
        actions.bind("next-page", partial(self.step, 1))
        actions.bind("previous-page", partial(self.step, -1))

    def _carry_out(self, page_id: str, action_id: str) -> None:
        page = self.page(page_id) if page_id else self.current
        if page is not None:
            page.handlers()[action_id]()

    def _make(self, page_id: str) -> Page:
        if page_id not in _KINDS:
            raise BugError(f"no page {page_id!r}")
        page = _KINDS[page_id].make(self._workbench, self._window.pages)
        self._pages[page_id] = page
        self._window.add_page(page_id, page)
        page.situation_changed.connect(partial(self._pass_on, page))
        page.selection_changed.connect(partial(self._pass_on_selection, page))
        page.show_document(self._opened)
        return page

    def _make_next(self) -> None:
        """Make one of the pages not seen yet, so that the first switch to it is as quick as any other.

        Making one takes a moment, so not while somebody scrolls or types.
        """
        if self._idleness.seconds() < _IDLE_SECONDS:
            self._timer.start(_MAKE_AFTER_MILLISECONDS)
        elif self._waiting:
            kind = self._waiting.pop(0)
            if kind.id not in self._pages:
                self._make(kind.id)
            self._timer.start(_MAKE_AFTER_MILLISECONDS)

    def _pass_on(self, page: Page) -> None:
        if page is self.current:
            self.situation_changed.emit()

    def _pass_on_selection(self, page: Page) -> None:
        if page is self.current:
            self.situation_changed.emit()
            self.selection_changed.emit()
            self._inspect()

    def _inspect(self) -> None:
        if self.inspector.isVisible():
            self.inspector.show_selection(self.selection())

    def _show_inspector(self, shown: bool) -> None:  # noqa: FBT001  a Qt slot
        """Show the pane beside the pages while a document is open, or hide it; remembered."""
        self.inspector.setVisible(shown and self._opened is not None)
        if self._opened is not None:
            self._workbench.remember("inspector", {self._shown: shown})
            self._inspect()

    def _wants_inspector(self) -> bool:
        """Tell whether the pane was left open on the page shown; at first it is where there is room for it."""
        kept = self._workbench.remembered("inspector").get(self._shown)
        if isinstance(kept, bool):
            return kept
        return self._shown in _INSPECTED_AT_FIRST and self._window.width() >= _WIDE_ENOUGH


_MAKE_AFTER_MILLISECONDS: Final = 150
_IDLE_SECONDS: Final = 0.7
_WIDE_ENOUGH: Final = 1200
"""Pixels of a window in which page and inspector both have room."""

_INSPECTED_AT_FIRST: Final = frozenset({"organization", "practices", "priorities"})
