"""The plan: the table of initiatives and the painted timeline side by side, one row geometry and one scroll for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, TypeGuard

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.editing import outline
from planner.language import N_, NN_
from ui import theme
from ui.models.initiatives import InitiativeTable
from ui.models.outline import Outline, ancestors_of, build_outline, reshapes
from ui.pages.page import Page, Selection
from ui.pages.timeline import plan_editing
from ui.pages.timeline.bar_moves import BarMoves
from ui.pages.timeline.rescheduling import movable
from ui.present.columns import Column
from ui.present.edits import edit_cell
from ui.timeline.dragging import Grip
from ui.timeline.header import HEADER_HEIGHT
from ui.timeline.view import Timeline
from ui.widgets.cell_editing import stand_on
from ui.widgets.guidance import Guidance
from ui.widgets.initiative_view import InitiativeView
from ui.widgets.toolbar import PageToolbar
from ui.workbench import Workbench

_LOOKED_AT = 200
"""Selected initiatives looked at to tell whether any can be moved."""

_TABLE_SHARE = 0.52
"""The share of the page the table takes at first, at most; the columns past names, status and dates are scrolled to."""

_BUTTONS = (
    ("undo", "redo"),
    ("timeline.add", "timeline.indent", "timeline.outdent", "timeline.move-up", "timeline.move-down", "remove"),
    ("timeline.zoom-out", "timeline.zoom-in", "timeline.fit", "timeline.today"),
    ("export",),
)
_OFFERS = (
    ("timeline.add", "add", N_("Add the first initiative"), N_("Name it, then give it a start and a duration")),
    ("import", "import", N_("Import"), N_("An engagement as JSON, or a maturity model")),
    ("demo", "demo", N_("Look at the demo"), N_("See what a plan looks like; this file stays as it is")),
)


class TimelinePage(Page):
    """Shows and edits the plan of one open document."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        surroundings, actions = workbench.surroundings, workbench.actions
        self._surroundings = surroundings
        self._keeper = workbench.keeper
        self._folded: frozenset[str] = frozenset()
        row_height = theme.row_height(surroundings.font)
        self.toolbar = PageToolbar(
            surroundings, actions, _BUTTONS, prominent=frozenset({"timeline.add", "export"}), parent=self
        )
        self._stack = QStackedWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._stack)
        self.model = InitiativeTable(surroundings.language, edit=self._edit_cell, parent=self)
        self.view = InitiativeView(
            surroundings, row_height=row_height, header_height=HEADER_HEIGHT, parent=self._splitter
        )
        self.view.setModel(self.model)
        self.timeline = Timeline(workbench, row_height=row_height, parent=self._splitter)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self.timeline)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._guidance = Guidance(
            surroundings,
            actions,
            heading=N_("There is nothing planned yet"),
            sentence=N_("A plan is made of initiatives: changes to carry out, nested, linked and dated."),
            offers=_OFFERS,
        )
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._guidance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.view)
        self.moves = BarMoves(self)
        self._restore_widths()
        self._connect()

    # The document

    def forget(self) -> None:
        """Let go of the plan before: its rows, its dates, what was folded."""
        self._folded = frozenset()
        self.model.take_plan(None)
        self.timeline.take_plan(None)
        self.view.selectionModel().clear()

    def refresh(self) -> None:
        """Show the plan anew."""
        self._rebuild()
        if self.opened is not None and self._keeper.plan is not None:
            self._take_plan()
        self._retitle()
        if self.model.outline.rows and not self.view.currentIndex().isValid():
            stand_on(self.view, self.model.index(0, Column.NAME))

    def _restore_widths(self) -> None:
        kept = self.workbench.remembered("timeline")
        columns, table = kept.get("columns"), kept.get("table")
        self.view.widen_columns(
            {name: width for name, width in columns.items() if _is_width(width)} if isinstance(columns, dict) else {}
        )
        self._table_width = table if _is_width(table) else 0
        self._splitter.splitterMoved.connect(self._take_share)

    def _take_share(self, table: int, _handle: int) -> None:
        """Take the width a person gave the table."""
        self._table_width = table

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember how table and timeline shared the page, and how wide the columns were."""
        super().hideEvent(event)
        self.workbench.remember("timeline", {"table": self._table_width, "columns": self.view.widths()})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room out."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Give the table the room a person gave it; else that of the columns that leave the timeline enough, whole."""
        whole_columns = self.view.share_out(self._table_width or int(self.width() * _TABLE_SHARE))
        table = self._table_width or whole_columns
        self._splitter.setSizes([table, self.width() - table])

    @property
    def outline(self) -> Outline:
        """The rows shown."""
        return self.model.outline

    def selected_ids(self) -> frozenset[str]:
        """Return the ids of the selected initiatives."""
        rows = self.model.outline.rows
        return frozenset(rows[row].id for row in self._selected_rows())

    def select(self, ids: frozenset[str]) -> None:
        """Select initiatives, where they are seen."""
        selection = QItemSelection()
        for row in sorted(self.model.outline.position[one] for one in ids if one in self.model.outline.position):
            selection.select(self.model.index(row, 0), self.model.index(row, len(Column) - 1))
        self.view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selection(self) -> Selection:
        """Return the selected initiatives, in the order of the plan."""
        rows = self.model.outline.rows
        return Selection("initiatives", tuple(rows[row].id for row in sorted(self._selected_rows())))

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select an initiative, or the one an entity belongs to, and bring its row into view."""
        at_home = {"initiatives": "id", "links": "successor_id"}.get(kind, "initiative_id")
        initiative_id: str = getattr(self.engagement.kind(kind).get(entity_id), at_home, "")
        if initiative_id not in self.engagement.initiatives:
            return False
        self._reveal(initiative_id)
        stand_on(self.view, self.model.index_of(initiative_id))
        self.timeline.show_initiative(initiative_id)
        return True

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the page's actions and those it shares with the others."""
        return {
            "timeline.add": self.add,
            "timeline.add-inside": self.add_inside,
            "timeline.indent": self.indent,
            "timeline.outdent": self.outdent,
            "timeline.move-up": lambda: self.shift(up=True),
            "timeline.move-down": lambda: self.shift(up=False),
            "timeline.earlier": lambda: self.moves.move_selected(Grip.WHOLE, -1),
            "timeline.later": lambda: self.moves.move_selected(Grip.WHOLE, 1),
            "timeline.shorter": lambda: self.moves.move_selected(Grip.FINISH, -1),
            "timeline.longer": lambda: self.moves.move_selected(Grip.FINISH, 1),
            "timeline.fold": lambda: self.fold(self.selected_ids()),
            "timeline.unfold": lambda: self.unfold(self.selected_ids()),
            "timeline.fold-all": self.fold_all,
            "timeline.unfold-all": self.unfold_all,
            "timeline.zoom-in": lambda: self.timeline.zoom(1.25),
            "timeline.zoom-out": lambda: self.timeline.zoom(0.8),
            "timeline.fit": self.timeline.fit,
            "timeline.today": self.timeline.go_to_today,
            "remove": self.remove,
            "rename": self.view.edit_current,
            "select-all": self.view.selectAll,
        }

    def possible(self) -> frozenset[str]:
        """Return what the plan and its selection allow."""
        if self.opened is None:
            return frozenset()
        found = {"timeline.zoom-in", "timeline.zoom-out", "timeline.today"}
        if self.engagement.initiatives:
            found |= {"select-all", "timeline.fold-all", "timeline.unfold-all", "timeline.fit"}
        selected = self.selected_ids()
        if self.can_edit:
            found |= {"timeline.add"} | ({"remove"} if selected else set())
            if any(movable(self.engagement, self._keeper.plan, one) for one in islice(selected, _LOOKED_AT)):
                found |= {"timeline.earlier", "timeline.later", "timeline.shorter", "timeline.longer"}
            if selected:
                found |= {
                    f"timeline.{name}" for name, can in outline.possible(self.engagement, selected).named() if can
                }
        if len(selected) != 1:
            return frozenset(found)
        (only,) = selected
        row = self.model.outline.rows[self.model.outline.position[only]]
        if row.has_children:
            found.add("timeline.unfold" if row.folded else "timeline.fold")
        if self.can_edit:
            found |= {"timeline.add-inside", "rename"}
        return frozenset(found)

    def summary_text(self) -> str:
        """Return what the status bar says of the plan."""
        language = self._surroundings.language
        count = len(self.engagement.initiatives)
        words = language.ngettext(*NN_("{count} initiative", "{count} initiatives"), count)
        return words.format(count=language.number(count, decimals=0))

    # Editing

    def add(self) -> None:
        """Add an initiative after the current one and name it."""
        selected = self.selected_ids()
        current = self.view.currentIndex()
        beside = self.model.row_at(current).id if selected and current.isValid() else None
        self._add(lambda name: plan_editing.add_after(self.engagement, beside, name=name))

    def add_inside(self) -> None:
        """Add an initiative inside the selected one and name it."""
        (holder,) = self.selected_ids()
        self._folded -= {holder}
        self._add(lambda name: plan_editing.add_inside(self.engagement, holder, name=name))

    def remove(self) -> None:
        """Remove what is selected; the row that takes its place is selected."""
        ids = self.selected_ids()
        first = min(self.model.outline.position[one] for one in ids)

        def stand() -> None:
            if self.model.outline.rows:
                stand_on(self.view, self.model.index(min(first, len(self.model.outline) - 1), Column.NAME))

        self.carry_out(lambda: plan_editing.remove(self.engagement, ids), then=stand, count=len(ids))

    def indent(self) -> None:
        """Nest what is selected in what is above it."""
        ids = self.selected_ids()
        self.carry_out(lambda: outline.indent(self.engagement, ids))
        self._reveal(*ids)

    def outdent(self) -> None:
        """Take what is selected out of what holds it."""
        ids = self.selected_ids()
        self.carry_out(lambda: outline.outdent(self.engagement, ids))

    def shift(self, *, up: bool) -> None:
        """Move what is selected one place up or down on its level."""
        ids = self.selected_ids()
        self.carry_out(lambda: outline.shift(self.engagement, ids, up=up))

    def carry_out(self, make: Any, *, then: Callable[[], object] | None = None, count: int = 0) -> bool:
        """Do one step; say beside the current cell why it cannot be done."""
        self.view.clear_error()

        def refuse(text: str) -> None:
            self.timeline.show_preview(None)
            self.view.show_error(self.view.currentIndex(), text)

        return self.edit(lambda _engagement: make(), refused=refuse, then=then, count=count)

    # Folding

    def fold(self, ids: frozenset[str]) -> None:
        """Hide what some initiatives hold."""
        self._folded |= ids
        self._rebuild()

    def unfold(self, ids: frozenset[str]) -> None:
        """Show what some initiatives hold."""
        self._folded -= ids
        self._rebuild()

    def toggle_fold(self, initiative_id: str) -> None:
        """Fold what is unfolded, unfold what is folded."""
        turn = self.unfold if initiative_id in self._folded else self.fold
        turn(frozenset({initiative_id}))

    def fold_all(self) -> None:
        """Hide all but the top initiatives."""
        parents = self.engagement.referring("initiatives", "parent_id")
        self.fold(frozenset(parent for parent in parents if parent is not None))

    def unfold_all(self) -> None:
        """Show every initiative."""
        self._folded = frozenset()
        self._rebuild()

    # Inside

    def _connect(self) -> None:
        down, across = self.view.verticalScrollBar(), self.timeline.verticalScrollBar()
        down.valueChanged.connect(across.setValue)
        across.valueChanged.connect(down.setValue)
        self.view.selectionModel().selectionChanged.connect(self._take_selection)
        self.view.cells.fold_asked.connect(self.toggle_fold)
        self.timeline.row_clicked.connect(self._click_row)
        self.timeline.row_stepped.connect(self._step_row)
        self._keeper.computed.connect(self._take_plan)
        self._surroundings.theme_changed.connect(self.view.viewport().update)

    def _add(self, make: Any) -> None:
        before = self.engagement.initiatives.keys()
        name = self._surroundings.language.gettext(N_("New initiative"))
        if self.carry_out(lambda: make(name)):
            added = next(iter(self.engagement.initiatives.keys() - before))
            self._reveal(added)
            self.view.setFocus()
            self.view.edit_name_of(added)

    def _edit_cell(self, initiative_id: str, column: Column, value: Any) -> bool:
        self.view.clear_error()

        def refuse(text: str) -> None:
            index = self.model.index_of(initiative_id, column)
            stand_on(self.view, index)
            self.view.show_error(index, text, refused=value)

        return self.edit(
            lambda engagement: edit_cell(engagement, self._keeper.plan, initiative_id, column, value), refused=refuse
        )

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step: other rows, or other cells of the same."""
        engagement = self.engagement
        if reshapes(changes, engagement):
            self._rebuild()
        else:
            touched = frozenset(changes.by_kind.get("initiatives", {}))
            self.model.take_edit(engagement, touched)
            self.timeline.take_edit(engagement, touched, links=changes.touches("links"))
        if changes.touches("settings"):
            self._retitle()

    def _rebuild(self) -> None:
        """Show the rows anew, with the same initiatives selected and the same one current."""
        selected = self.selected_ids()
        current, column = "", int(Column.NAME)
        if self.view.currentIndex().isValid():
            index = self.view.currentIndex()
            current, column = self.model.row_at(index).id, index.column()
        engagement = None if self.opened is None else self.opened.engagement
        shown = Outline() if engagement is None else build_outline(engagement, self._folded)
        self.model.show(engagement, shown, read_only=not self.can_edit)
        self.timeline.show_rows(engagement, shown)
        if engagement is not None and current in engagement.initiatives:
            seen = next((one for one in (current, *ancestors_of(engagement, current)) if one in shown.position), "")
            if seen:
                flags = QItemSelectionModel.SelectionFlag.NoUpdate
                self.view.selectionModel().setCurrentIndex(self.model.index_of(seen, Column(column)), flags)
                self.select(selected.intersection(shown.position) or frozenset({seen}))
        empty = self.opened is not None and not shown.rows
        self._stack.setCurrentIndex(1 if empty else 0)
        self._take_selection()

    def _take_plan(self) -> None:
        plan = None if self.opened is None else self._keeper.plan
        self.model.take_plan(plan)
        self.timeline.take_plan(plan)
        self._retitle()

    def _take_selection(self) -> None:
        self.timeline.show_selected(frozenset(self._selected_rows()))
        self.selection_changed.emit()

    def _selected_rows(self) -> Iterator[int]:
        """Yield the selected rows, from the ranges of the selection: asking for each index takes seconds on all."""
        for stretch in self.view.selectionModel().selection().toList():
            yield from range(stretch.top(), stretch.bottom() + 1)

    def _click_row(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        index = self.model.index(row, Column.NAME)
        flags = QItemSelectionModel.SelectionFlag
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            command = flags.Toggle | flags.Rows
        elif modifiers & Qt.KeyboardModifier.ShiftModifier and self.view.currentIndex().isValid():
            first, last = sorted((self.view.currentIndex().row(), row))
            selection = QItemSelection(self.model.index(first, 0), self.model.index(last, len(Column) - 1))
            self.view.selectionModel().select(selection, flags.ClearAndSelect)
            return
        else:
            command = flags.ClearAndSelect | flags.Rows
        self.view.selectionModel().setCurrentIndex(index, command)

    def _step_row(self, steps: int) -> None:
        if self.model.outline.rows:
            row = min(max(self.view.currentIndex().row() + steps, 0), len(self.model.outline) - 1)
            stand_on(self.view, self.model.index(row, Column.NAME))

    def _reveal(self, *ids: str) -> None:
        if hidden := self._folded.intersection(chain.from_iterable(ancestors_of(self.engagement, one) for one in ids)):
            self.unfold(hidden)

    def _retitle(self) -> None:
        if self.opened is None:
            return
        language = self._surroundings.language
        setting = self.engagement.setting
        self.toolbar.title.setText(setting.name)
        parts = [setting.client] if setting.client and setting.client != setting.name else []
        stretch = None if self._keeper.plan is None else self._keeper.plan.stretch
        if stretch is not None:
            start, finish = (language.date(day, width="long") for day in stretch)
            parts.append(language.gettext(N_("{start} to {finish}")).format(start=start, finish=finish))
        self.toolbar.line.setText(" · ".join(parts))
        self.toolbar.line.setVisible(bool(parts))

    def retranslate(self) -> None:
        """Word table and heading in the language of the screen."""
        self.model.retranslate(self._surroundings.language)
        self.view.retranslate()
        self._share_out()
        self._retitle()


def make_page(workbench: Workbench, parent: QWidget) -> TimelinePage:
    """Return the page."""
    return TimelinePage(workbench, parent)


def _is_width(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100_000
