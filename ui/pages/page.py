"""What every page of the rail is: a view of the open document that edits it, kept up to date while it is seen.

A page out of sight costs nothing: what changed meanwhile is kept as one step and shown when the page is. Subclasses fill
in `refresh` and whatever of the rest they offer; the window asks them what is selected and what can be done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from planner.messages import explain
from ui.open_document import LARGE, OpenDocument
from ui.workbench import Workbench

_MOST_MISSED: Final = 1_000
"""Entities that changed out of sight, past which showing everything anew is no dearer."""


def nothing_more() -> None:
    """Follow a step with nothing: what passes this to `Page.edit` lets a large step be written in the background."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Entities of one kind that are selected; the inspector shows them. No kind: nothing is selected."""

    kind: str = ""
    ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is selected."""
        return bool(self.ids)


class Page(QWidget):
    """One page; `situation_changed` when what can be done or the summary changes, `selection_changed` likewise."""

    situation_changed = Signal()
    selection_changed = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.workbench = workbench
        self._opened: OpenDocument | None = None
        self._is_stale = False
        self._missed: Changes | None = None
        self._is_misworded = False
        workbench.surroundings.language_changed.connect(self._take_language)

    # What the window asks

    def parent_of_views(self) -> QWidget:
        """Return what the views of the page stand in from the start, the page itself where nothing is between."""
        return self

    @property
    def opened(self) -> OpenDocument | None:
        """The open document."""
        return self._opened

    @property
    def engagement(self) -> Engagement:
        """The engagement as it stands now; BugError while no document is open."""
        if self._opened is None:
            raise BugError("no document is open")
        return self._opened.engagement

    @property
    def can_edit(self) -> bool:
        """Whether a document is open that may be edited now."""
        return self._opened is not None and not self._opened.read_only

    def show_document(self, opened: OpenDocument | None) -> None:
        """Show another document, or none."""
        if self._opened is not None:
            self._opened.changed.disconnect(self._take_changes)
        self._opened = opened
        if opened is not None:
            opened.changed.connect(self._take_changes)
        self.forget()
        self._is_stale, self._missed = True, None
        if opened is None or self.isVisible():
            self._catch_up()

    def selection(self) -> Selection:
        """Return what is selected."""
        return Selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select an entity and bring it into view; return whether this page shows it."""
        del kind, entity_id
        return False

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action: the page's own and the shared ones (copy, remove...), by id."""
        return {}

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions in `handlers` that can be carried out now."""
        return frozenset()

    def summary_text(self) -> str:
        """Return what the status bar says of the page."""
        return ""

    # What a page fills in

    def forget(self) -> None:
        """Let go of what belonged to the document before: selections, folds, computed values."""

    def refresh(self) -> None:
        """Show the document anew, or nothing when none is open; selection and scroll stay where they can."""

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step; a page that can do with less than `refresh` says so here."""
        del changes
        self.refresh()

    def heeds(self, changes: Changes) -> bool:
        """Tell whether a step may change what this page shows; out of sight, it misses nothing by any other."""
        del changes
        return True

    def retranslate(self) -> None:
        """Word everything anew in the language of the screen."""

    # What a page does

    def edit(
        self,
        make: Callable[[Engagement], Changes],
        *,
        refused: Callable[[str], object] | None = None,
        then: Callable[[], object] | None = None,
        count: int = 0,
    ) -> bool:
        """Carry out one step; return whether it was. Why not is told by `refused`, or above the page.

        With `then`, a large step may still be on its way when this returns: what is to follow it stands there. Where it
        is about so many entities (`count`) that working out the step takes long itself, `make` runs on a pool thread.
        """
        if self._opened is None or self._opened.read_only:
            return False
        refusals: list[UserError] = []

        def refuse(error: UserError) -> None:
            refusals.append(error)
            if refused is None:
                self.workbench.tell(error, tone="danger", key="edit")
            else:
                refused(explain(error, self.workbench.surroundings.language))

        if then is not None and count > LARGE:
            engagement, follow = self._opened.engagement, then
            self._opened.edit_off_thread(lambda: make(engagement), success=lambda _done: follow(), failure=refuse)
            return True
        try:
            changes = make(self._opened.engagement)
            if then is None:
                self._opened.edit(changes)
            else:
                self._opened.carry_out(changes, success=then, failure=refuse)
        except UserError as error:
            refuse(error)
        return not refusals

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the page was out of sight."""
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        if self._is_misworded:
            self._is_misworded = False
            self.retranslate()
        missed, self._missed = self._missed, None
        if self._is_stale:
            self._is_stale = False
            self.refresh()
        elif missed is not None:
            self.take_changes(missed)
        else:
            return
        self.situation_changed.emit()
        self.selection_changed.emit()

    def _take_changes(self, changes: Changes) -> None:
        if self._is_stale:
            return
        if self.isVisible():
            self.take_changes(changes)
            self.situation_changed.emit()
            return
        if not self.heeds(changes):
            return
        # Counted before they are merged: merging thousands, on each page, is felt at once.
        if len(changes) + (0 if self._missed is None else len(self._missed)) > _MOST_MISSED:
            self._is_stale, self._missed = True, None
        else:
            self._missed = changes if self._missed is None else self._missed.merge(changes)

    def _take_language(self) -> None:
        if self.isVisible():
            self.retranslate()
        else:
            self._is_misworded = True
