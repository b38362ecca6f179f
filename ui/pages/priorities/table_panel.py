"""The ranking as a view of the page: filters above it, scores typed, pasted, filled down and cleared in it.

A row that is being scored keeps its place until another cell becomes current; its rank is right at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.editing import entities, priorities
from planner.language import NN_
from planner.messages import explain
from ui.pages.page import Page, nothing_more
from ui.pages.priorities import board as figures
from ui.pages.priorities import score_edits
from ui.pages.priorities.board import Board, Order, Wishes
from ui.pages.priorities.guidance import guide_to_criteria, guide_to_initiatives
from ui.pages.priorities.score_edits import Grid, Scores
from ui.pages.priorities.table_model import PriorityTable
from ui.pages.priorities.table_view import PriorityView
from ui.pages.priorities.wording import read_cells, typed_score, write_cells
from ui.present.selection import selected_spans


class TablePanel(QWidget):
    """Shows and edits the ranking; `selection_changed` when other initiatives are selected."""

    selection_changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page.parent_of_views())
        self.page = page
        workbench = page.workbench
        self.order = Order()
        self._board: Board | None = None
        self._wishes = Wishes()
        self._is_held = False
        self._is_own = False
        self.model = PriorityTable(workbench.surroundings.language, edit=self._edit_cell, parent=self)
        self.view = PriorityView(workbench.surroundings, self.model, parent=self)
        self._stack = QStackedWidget(self)
        self._guidances = (guide_to_initiatives(workbench), guide_to_criteria(workbench))
        for shown in (self.view, *self._guidances):
            self._stack.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.view)
        self.view.left.connect(self.settle)
        self.view.sorted_by.connect(self.sort_by)
        self.view.selectionModel().selectionChanged.connect(self.selection_changed)
        self.view.selectionModel().currentChanged.connect(self.selection_changed)
        workbench.surroundings.theme_changed.connect(self.view.viewport().update)

    # The figures

    def show_board(self, board: Board | None, wishes: Wishes) -> None:
        """Show other figures, or other wishes of what to see."""
        self._is_held = False
        self.view.clear_error()
        selected, current = self.view.selected_ids(), self.view.currentIndex()
        key = self.model.key_at(current) if current.isValid() else figures.NAME
        here = self.model.id_at(current) if current.isValid() else ""
        scroll = self.view.verticalScrollBar().value()
        self.view.keep_widths()
        self._board, self._wishes = board, wishes
        if board is None:
            self.model.show(None, (), (), read_only=True)
            return
        ids = board.sort(board.shown(wishes), self.order)
        columns = [criterion.id for criterion in board.columns(wishes)]
        self.model.show(board, ids, columns, read_only=not self.page.can_edit)
        self._weigh()
        self.view.widen_columns()
        self.view.show_order(self.order)
        wanted = [here, *(one for one in selected if one != here)] if here else list(selected)
        self.view.select_rows(wanted, key=key if key in self.model.keys else figures.NAME)
        if not self.view.currentIndex().isValid() and ids:
            self.view.select_rows(ids[:1])
        self.view.verticalScrollBar().setValue(scroll)
        empty = 1 if not board.engagement.initiatives else 2 if not board.criteria else 0
        self._stack.setCurrentIndex(empty)
        self.setFocusProxy(self._guidances[empty - 1] if empty else self.view)

    def follow(self, board: Board) -> None:
        """Show the figures after scores changed; rows go to their new places, those being scored a little later."""
        self._board = board
        self.model.follow(board)
        self._weigh()
        self._is_held = True
        if not self._is_own:
            self.settle()

    def settle(self) -> None:
        """Put the rows where their figures say."""
        if not self._is_held or self._board is None:
            return
        self._is_held = False
        ids = self._board.sort(self._board.shown(self._wishes), self.order)
        if ids == self.model.ids:
            return
        if set(ids) == set(self.model.ids):
            self.view.reorder(ids)
        else:
            self.show_board(self._board, self._wishes)

    def sort_by(self, key: str) -> None:
        """Sort by a column; by the same one again the other way round. Much comes first, but for rank and texts."""
        text = key in (figures.RANK, figures.NAME, figures.STATUS)
        if self.order.key == key:
            self.order = Order(key, not self.order.descending)
        else:
            self.order = Order(key, not text)
        self._is_held = True
        self.settle()
        self.view.show_order(self.order)

    def sort_by_rank(self) -> None:
        """Put the worthiest first."""
        self.order = Order()
        self._is_held = True
        self.settle()
        self.view.show_order(self.order)

    def retranslate(self) -> None:
        """Word the table in the language of the screen."""
        self.model.retranslate(self.page.workbench.surroundings.language)
        self.view.retranslate()

    def _weigh(self) -> None:
        board = self._board
        worths = [] if board is None else [worth.value for worth in board.worths.values() if worth.value is not None]
        self.view.cells.largest_worth = max(worths, default=0.0)

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action served here, by id."""
        return {
            "copy": self.copy,
            "cut": self.cut,
            "paste": self.paste,
            "remove": self.clear,
            "rename": self.view.edit_name,
            "select-all": self.view.selectAll,
            "priorities.edit-score": self.view.edit_current,
            "priorities.fill-down": self.fill_down,
            "priorities.sort-by-rank": self.sort_by_rank,
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        board = self._board
        if board is None or self._stack.currentIndex():
            return frozenset()
        found = {"select-all", "priorities.sort-by-rank"} if self.model.ids else set()
        spans = selected_spans(self.view)
        if not spans:
            return frozenset(found)
        found.add("copy")
        if self.page.can_edit:
            found.add("rename")
            if board.criteria:
                found.add("priorities.edit-score")
            if any(self.model.is_score(span.right()) for span in spans):
                found |= {"cut", "paste", "remove"}
                if len(spans) > 1 or any(span.height() > 1 for span in spans):
                    found.add("priorities.fill-down")
        return frozenset(found)

    def copy(self) -> None:
        """Copy the selected cells as a spreadsheet pastes them."""
        spans = selected_spans(self.view)
        rows = sorted({row for span in spans for row in range(span.top(), span.bottom() + 1)})
        columns = sorted({column for span in spans for column in range(span.left(), span.right() + 1)})
        text = write_cells([[self.model.text_at(row, column) for column in columns] for row in rows])
        QGuiApplication.clipboard().setText(text)

    def cut(self) -> None:
        """Copy the selected cells and clear their scores."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Take the selected scores away."""
        if self._board is not None:
            self._set(score_edits.clear(self._board, self._cells()))

    def fill_down(self) -> None:
        """Give the selected cells of each column the score at its top."""
        if self._board is not None:
            self._set(score_edits.fill_down(self._board, self._cells()))

    def paste(self) -> None:
        """Paste scores at the selected cells, or say why not."""
        board, texts = self._board, read_cells(QGuiApplication.clipboard().text())
        if board is None or not texts:
            return
        try:
            scores = score_edits.paste(board, Grid(self.model.ids, self.model.keys), texts, self._cells())
        except UserError as error:
            self.page.workbench.tell(error, tone="warning", key="priorities-paste")
            return
        count = len(scores)

        def tell() -> None:
            if count > 1:
                language = self.page.workbench.surroundings.language
                words = NN_("{count} score pasted", "{count} scores pasted")
                self.page.workbench.tell(
                    language.ngettext(*words, count).format(count=language.number(count, decimals=0)),
                    tone="information",
                    key="priorities-paste",
                )

        self._set(score_edits.changed(board, scores), then=tell)

    def _set(self, scores: Scores, *, then: Callable[[], object] = nothing_more) -> None:
        if scores:
            self._edit(lambda engagement: priorities.score(engagement, scores), None, then=then, count=len(scores))
        else:
            then()

    def _cells(self) -> list[tuple[str, str]]:
        """Return the selected cells, row by row."""
        places = {
            (row, column)
            for span in selected_spans(self.view)
            for row in range(span.top(), span.bottom() + 1)
            for column in range(span.left(), span.right() + 1)
        }
        return [(self.model.ids[row], self.model.keys[column]) for row, column in sorted(places)]

    def _edit_cell(self, initiative_id: str, key: str, text: str) -> bool:
        refused = partial(self._say, initiative_id, key, text)
        if key == figures.NAME:
            return self._edit(
                lambda engagement: entities.change(engagement, "initiatives", initiative_id, name=text), refused
            )
        try:
            value = typed_score(text, criterion=self.page.engagement.criteria[key].name)
        except UserError as error:
            refused(explain(error, self.page.workbench.surroundings.language))
            return False
        return self._edit(lambda engagement: priorities.score(engagement, {(initiative_id, key): value}), refused)

    def _edit(
        self,
        make: Callable[[Engagement], Changes],
        refused: Callable[[str], object] | None,
        *,
        then: Callable[[], object] | None = None,
        count: int = 0,
    ) -> bool:
        self._is_own = True
        try:
            return self.page.edit(make, refused=refused, then=then, count=count)
        finally:
            self._is_own = False

    def _say(self, initiative_id: str, key: str, typed: str, text: str) -> None:
        index = self.model.index_of(initiative_id, key)
        if index.isValid():
            self.view.show_error(index, text, typed=typed)
