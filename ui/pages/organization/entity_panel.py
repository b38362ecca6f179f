"""A view of the page over a flat table of one kind: add, rename, remove, select and find entities of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.editing import entities
from planner.language import N_, NN_, Language
from ui.models.entity_table import EntityRow, EntityTable, TableColumn
from ui.pages.organization.consequences import consequence
from ui.pages.page import Page, Selection
from ui.pages.view import PageView
from ui.widgets.entity_view import EntityView
from ui.widgets.guidance import Guidance


class EntityPanel(PageView):
    """A table of the entities of `kind`: `rows` says what stands in it, `change` what an edit of a cell means."""

    def __init__(
        self,
        page: Page,
        *,
        kind: str,
        columns: Sequence[TableColumn],
        rows: Callable[[Engagement, Language], list[EntityRow]],
        change: Callable[[Engagement, str, int, Any], Changes],
        guidance: Guidance,
        widths: Mapping[int, int] | None = None,
    ) -> None:
        super().__init__(page)
        self.kind = kind
        self._rows, self._change = rows, change
        self.wanted = ""
        self.model = EntityTable(page.workbench.surroundings.language, columns, edit=self._edit_cell, parent=self)
        self.table = EntityView(page.workbench.surroundings, self.model, stretched=0, widths=widths or {})
        self.stack = QStackedWidget(self)
        self.body = QFrame(self.stack)
        self.stack.addWidget(self.body)
        self.stack.addWidget(guidance)
        self._guidance = guidance
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.setFocusProxy(self.table)
        self.table.selectionModel().selectionChanged.connect(self._take_selection)

    # The document

    def forget(self) -> None:
        """Let go of the rows before."""
        self.wanted = ""

    def refresh(self) -> None:
        """Show the entities anew, with the same ones selected."""
        selected, column = self.selected_ids(), self.table.column
        opened = self.page.opened
        rows = [] if opened is None else self._rows(opened.engagement, self.page.workbench.surroundings.language)
        needle = self.wanted.casefold()
        shown = [row for row in rows if any(needle in cell.text.casefold() for cell in row.cells)]
        if self.model.show(shown, read_only=not self.page.can_edit):
            self.table.select(selected, column=column)
            if not self.selected_ids():
                self.table.select_row(0)
        self.stack.setCurrentIndex(1 if opened is not None and not rows else 0)
        self.setFocusProxy(self._guidance if not rows else self.table)
        self.selection_changed.emit()

    def narrow(self, wanted: str) -> None:
        """Show just the entities that match a text."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.refresh()

    def retranslate(self) -> None:
        """Word the table in the language of the screen."""
        self.model.retranslate(self.page.workbench.surroundings.language)
        if self.page.opened is not None:
            self.refresh()

    # Selection

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected entities, in the order of the rows."""
        return self.table.selected_ids()

    def selection(self) -> Selection:
        """Return what is selected."""
        return Selection(self.kind, self.selected_ids())

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select an entity and bring it into view."""
        if kind != self.kind or entity_id not in self.page.engagement.kind(kind):
            return False
        self.narrow("")
        self.table.select([entity_id])
        return True

    def _take_selection(self) -> None:
        self.selection_changed.emit()

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the shared actions."""
        return {"rename": self.rename, "remove": self.remove, "select-all": self.table.selectAll}

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        found = {"select-all"} if self.model.rows else set()
        if self.page.can_edit and self.selected_ids():
            found |= {"rename", "remove"}
        return frozenset(found)

    def carry_out_add(self, make: Callable[[Engagement], Changes]) -> None:
        """Add an entity, then edit its name."""
        before = self.page.engagement.kind(self.kind).keys()
        if self.page.edit(make):
            for entity_id in self.page.engagement.kind(self.kind).keys() - before:
                self.refresh()
                self.reveal(self.kind, entity_id)
                self.rename()

    def rename(self) -> None:
        """Edit the name of the selected entity."""
        self.table.edit_column(0)

    def remove(self) -> None:
        """Remove what is selected and say what went along."""
        ids, language = self.selected_ids(), self.page.workbench.surroundings.language
        first = self.model.row_of(ids[0])
        changes = entities.remove(self.page.engagement, self.kind, ids)
        name = self.page.engagement.kind(self.kind)[ids[0]].name
        text = language.gettext(N_("“{name}”")).format(name=name)
        if len(ids) > 1:
            words = NN_("{count} entry", "{count} entries")
            text = language.ngettext(*words, len(ids)).format(count=language.number(len(ids), decimals=0))

        def tell() -> None:
            self.page.workbench.tell(
                consequence(changes, ids, text, language), tone="information", key="organization-removed"
            )
            self.table.select_row(first)

        self.page.edit(lambda _engagement: changes, then=tell)

    def _edit_cell(self, entity_id: str, column: int, value: Any) -> bool:
        done = self.page.edit(lambda engagement: self._change(engagement, entity_id, column, value))
        if done:
            self.table.select([entity_id], column=column)
        return done
