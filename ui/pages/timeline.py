"""The plan: the table of initiatives and the painted timeline side by side, one row geometry and one scroll for both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.domain.errors import UserError
from planner.language import N_, NN_
from planner.messages import explain
from ui import plan_editing, theme
from ui.actions import Actions, Situation
from ui.live_plan import LivePlanKeeper
from ui.models.initiatives import InitiativeTable
from ui.models.outline import Outline, ancestors_of, build_outline, reshapes
from ui.open_document import OpenDocument
from ui.present.columns import Column
from ui.present.edits import edit_cell
from ui.surroundings import Surroundings
from ui.timeline.header import HEADER_HEIGHT
from ui.timeline.view import Timeline
from ui.widgets.guidance import Guidance
from ui.widgets.initiative_view import InitiativeView
from ui.widgets.toolbar import PageToolbar

TITLE = N_("Timeline")
_LARGEST_SHARE = 0.55
"""The share of the page the table takes at first, at most."""

_BUTTONS = (
    ("undo", "redo"),
    ("add", "indent", "outdent", "move-up", "move-down", "remove"),
    ("zoom-out", "zoom-in", "fit", "today"),
    ("export",),
)
_OFFERS = (
    ("add", "add", N_("Add the first initiative"), N_("Name it, then give it a start and a duration")),
    ("import", "import", N_("Import"), N_("An engagement as JSON, or a maturity model")),
    ("demo", "demo", N_("Look at the demo"), N_("See what a plan looks like; this file stays as it is")),
)


class TimelinePage(QWidget):
    """Shows and edits the plan of one open document."""

    situation_changed = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        actions: Actions,
        keeper: LivePlanKeeper,
        *,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._surroundings = surroundings
        self._keeper = keeper
        self._open: OpenDocument | None = None
        self._folded: frozenset[str] = frozenset()
        self._shared = False
        row_height = theme.row_height(surroundings.font)
        self.toolbar = PageToolbar(actions, _BUTTONS, prominent=frozenset({"add", "export"}))
        self.model = InitiativeTable(surroundings.language, edit=self._edit_cell, parent=self)
        self.view = InitiativeView(surroundings, row_height=row_height, header_height=HEADER_HEIGHT, parent=self)
        self.view.setModel(self.model)
        self.view.widen_columns({})
        self.timeline = Timeline(surroundings, row_height=row_height, today=today, parent=self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
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
        self._stack = QStackedWidget()
        self._stack.addWidget(self._splitter)
        self._stack.addWidget(self._guidance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(self._stack, 1)
        self._connect()
        self._bind(actions)

    # The document

    def show_document(self, opened: OpenDocument | None) -> None:
        """Show another document, or none."""
        self._open = opened
        self._folded = frozenset()
        if opened is None:
            self.model.take_plan(None)
            self.timeline.take_plan(None)
        else:
            opened.changed.connect(self._take_changes)
        self._rebuild()
        self._retitle()
        if self.model.outline.rows:
            self.view.setCurrentIndex(self.model.index(0, Column.NAME))

    def widths(self) -> tuple[tuple[int, ...], dict[str, int]]:
        """Return how table and timeline share the page, and the width of each column, to be remembered."""
        return tuple(self._splitter.sizes()), self.view.widths()

    def restore_widths(self, splitter: tuple[int, ...], columns: dict[str, int]) -> None:
        """Share the page as it was before."""
        self.view.widen_columns(columns)
        if len(splitter) == 2 and any(splitter):
            self._shared = True
            self._splitter.setSizes(list(splitter))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the table, at first, the room of all its columns, if that leaves the timeline enough."""
        super().resizeEvent(event)
        if not self._shared and self.isVisible():
            self._shared = True
            self.view.fit_name_column(int(self.width() * _LARGEST_SHARE))
            table = self.view.sizeHint().width()
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

    def complete_situation(self, situation: Situation) -> Situation:
        """Return `situation` with what the plan and its selection allow."""
        if self._open is None:
            return situation
        selected = self.selected_ids()
        situation = replace(situation, selected=len(selected), has_initiatives=bool(self._open.engagement.initiatives))
        if len(selected) != 1:
            return situation
        (only,) = selected
        row = self.model.outline.rows[self.model.outline.position[only]]
        situation = replace(
            situation,
            can_fold=row.has_children and not row.folded,
            can_unfold=row.folded,
        )
        if not situation.can_edit:
            return situation
        moves = plan_editing.possible_moves(self._open.engagement, only)
        return replace(
            situation,
            can_indent=moves.indent,
            can_outdent=moves.outdent,
            can_move_up=moves.up,
            can_move_down=moves.down,
        )

    def summary_text(self) -> str:
        """Return what the status bar says of the plan."""
        if self._open is None:
            return ""
        language = self._surroundings.language
        count = len(self._open.engagement.initiatives)
        words = language.ngettext(*NN_("{count} initiative", "{count} initiatives"), count)
        return words.format(count=language.number(count, decimals=0))

    # Editing

    def add(self) -> None:
        """Add an initiative after the current one and name it."""
        selected = self.selected_ids()
        current = self.view.currentIndex()
        beside = self.model.row_at(current).id if selected and current.isValid() else None
        self._add(lambda name: plan_editing.add_after(self._document.engagement, beside, name=name))

    def add_inside(self) -> None:
        """Add an initiative inside the selected one and name it."""
        (holder,) = self.selected_ids()
        self._folded -= {holder}
        self._add(lambda name: plan_editing.add_inside(self._document.engagement, holder, name=name))

    def remove(self) -> None:
        """Remove what is selected; the row that takes its place is selected."""
        ids = self.selected_ids()
        first = min(self.model.outline.position[one] for one in ids)
        if self._carry_out(lambda: plan_editing.remove(self._document.engagement, ids)) and self.model.outline.rows:
            self.view.setCurrentIndex(self.model.index(min(first, len(self.model.outline) - 1), Column.NAME))

    def indent(self) -> None:
        """Nest the selected initiative in the one above."""
        (only,) = self.selected_ids()
        self._carry_out(lambda: plan_editing.indent(self._document.engagement, only))
        self._reveal(only)

    def outdent(self) -> None:
        """Take the selected initiative out of what holds it."""
        (only,) = self.selected_ids()
        self._carry_out(lambda: plan_editing.outdent(self._document.engagement, only))

    def move_by(self, steps: int) -> None:
        """Move the selected initiative up or down among its siblings."""
        (only,) = self.selected_ids()
        self._carry_out(lambda: plan_editing.move_by(self._document.engagement, only, steps))

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
        one = frozenset({initiative_id})
        if initiative_id in self._folded:
            self.unfold(one)
        else:
            self.fold(one)

    def fold_all(self) -> None:
        """Hide all but the top initiatives."""
        parents = self._document.engagement.referring("initiatives", "parent_id")
        self.fold(frozenset(parent for parent in parents if parent is not None))

    def unfold_all(self) -> None:
        """Show every initiative."""
        self._folded = frozenset()
        self._rebuild()

    # Inside

    @property
    def _document(self) -> OpenDocument:
        assert self._open is not None  # noqa: S101  the actions are enabled only then
        return self._open

    def _connect(self) -> None:
        down, across = self.view.verticalScrollBar(), self.timeline.verticalScrollBar()
        down.valueChanged.connect(across.setValue)
        across.valueChanged.connect(down.setValue)
        self.view.selectionModel().selectionChanged.connect(self._take_selection)
        self.view.cells.fold_asked.connect(self.toggle_fold)
        self.timeline.row_clicked.connect(self._click_row)
        self.timeline.row_stepped.connect(self._step_row)
        self._keeper.computed.connect(self._take_plan)
        self._surroundings.language_changed.connect(self._reword)
        self._surroundings.theme_changed.connect(self.view.viewport().update)

    def _bind(self, actions: Actions) -> None:
        for action_id, handler in (
            ("add", self.add),
            ("add-inside", self.add_inside),
            ("remove", self.remove),
            ("rename", self.view.edit_current),
            ("select-all", self.view.selectAll),
            ("indent", self.indent),
            ("outdent", self.outdent),
            ("move-up", lambda: self.move_by(-1)),
            ("move-down", lambda: self.move_by(1)),
            ("fold", lambda: self.fold(self.selected_ids())),
            ("unfold", lambda: self.unfold(self.selected_ids())),
            ("fold-all", self.fold_all),
            ("unfold-all", self.unfold_all),
            ("zoom-in", lambda: self.timeline.zoom(1.25)),
            ("zoom-out", lambda: self.timeline.zoom(0.8)),
            ("fit", self.timeline.fit),
            ("today", self.timeline.go_to_today),
        ):
            actions.bind(action_id, handler)

    def _add(self, make: Any) -> None:
        before = self._document.engagement.initiatives.keys()
        name = self._surroundings.language.gettext(N_("New initiative"))
        if self._carry_out(lambda: make(name)):
            added = next(iter(self._document.engagement.initiatives.keys() - before))
            self._reveal(added)
            self.view.setFocus()
            self.view.edit_name_of(added)

    def _carry_out(self, make: Any) -> bool:
        """Do one step; say beside the current cell why it cannot be done."""
        self.view.clear_error()
        try:
            self._document.edit(make())
        except UserError as error:
            self.view.show_error(self.view.currentIndex(), explain(error, self._surroundings.language))
            return False
        return True

    def _edit_cell(self, initiative_id: str, column: Column, value: Any) -> bool:
        self.view.clear_error()
        opened = self._document
        if opened.read_only:
            return False
        try:
            opened.edit(edit_cell(opened.engagement, self._keeper.plan, initiative_id, column, value))
        except UserError as error:
            index = self.model.index_of(initiative_id, column)
            self.view.setCurrentIndex(index)
            self.view.show_error(index, explain(error, self._surroundings.language), refused=value)
            return False
        return True

    def _take_changes(self, changes: Changes) -> None:
        engagement = self._document.engagement
        if reshapes(changes):
            self._rebuild()
        else:
            touched = frozenset(changes.by_kind.get("initiatives", {}))
            self.model.take_edit(engagement, touched)
            self.timeline.take_edit(engagement, touched, links=changes.touches("links"))
        if changes.touches("settings"):
            self._retitle()
        self._keeper.take(engagement, changes)
        self.situation_changed.emit()

    def _rebuild(self) -> None:
        """Show the rows anew, with the same initiatives selected and the same one current."""
        selected = self.selected_ids()
        current, column = "", int(Column.NAME)
        if self.view.currentIndex().isValid():
            index = self.view.currentIndex()
            current, column = self.model.row_at(index).id, index.column()
        engagement = None if self._open is None else self._open.engagement
        outline = Outline() if engagement is None else build_outline(engagement, self._folded)
        self.model.show(engagement, outline, read_only=self._open is None or self._open.read_only)
        self.timeline.show_rows(engagement, outline)
        if engagement is not None and current in engagement.initiatives:
            seen = next((one for one in (current, *ancestors_of(engagement, current)) if one in outline.position), "")
            if seen:
                flags = QItemSelectionModel.SelectionFlag.NoUpdate
                self.view.selectionModel().setCurrentIndex(self.model.index_of(seen, Column(column)), flags)
                self.select(selected.intersection(outline.position) or frozenset({seen}))
        empty = self._open is not None and not outline.rows
        self._stack.setCurrentIndex(1 if empty else 0)
        self._take_selection()

    def _take_plan(self) -> None:
        plan = self._keeper.plan
        self.model.take_plan(plan)
        self.timeline.take_plan(plan)
        self._retitle()

    def _take_selection(self) -> None:
        self.timeline.show_selected(frozenset(self._selected_rows()))
        self.situation_changed.emit()

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
            self.view.setCurrentIndex(self.model.index(row, Column.NAME))

    def _reveal(self, initiative_id: str) -> None:
        hidden = self._folded.intersection(ancestors_of(self._document.engagement, initiative_id))
        if hidden:
            self.unfold(hidden)

    def _retitle(self) -> None:
        if self._open is None:
            return
        language = self._surroundings.language
        setting = self._open.engagement.setting
        self.toolbar.title.setText(setting.name)
        parts = [setting.client] if setting.client and setting.client != setting.name else []
        stretch = None if self._keeper.plan is None else self._keeper.plan.stretch
        if stretch is not None:
            start, finish = (language.date(day, width="long") for day in stretch)
            parts.append(language.gettext(N_("{start} to {finish}")).format(start=start, finish=finish))
        self.toolbar.line.setText(" · ".join(parts))
        self.toolbar.line.setVisible(bool(parts))

    def _reword(self) -> None:
        self.model.retranslate(self._surroundings.language)
        self._retitle()
