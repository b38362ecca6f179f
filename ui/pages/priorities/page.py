"""Priorities: initiatives scored on criteria, ranked at once by the formula chosen, and shown as bubbles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.domain.priority import FormulaKind
from planner.editing import priorities
from planner.editing.naming import free_name
from planner.language import N_, NN_
from planner.words import CRITERION_ROLE_WORDS, FORMULA_KIND_WORDS
from ui import theme
from ui.pages.page import Page, Selection, nothing_more
from ui.pages.priorities import board as figures
from ui.pages.priorities.actions import VIEW_ACTIONS
from ui.pages.priorities.board import Board, Wishes
from ui.pages.priorities.bubbles_panel import BubblesPanel
from ui.pages.priorities.criteria_panel import CriteriaPanel
from ui.pages.priorities.filter_bar import FilterBar
from ui.pages.priorities.formula_bar import FormulaBar
from ui.pages.priorities.table_panel import TablePanel
from ui.pages.priorities.wording import formula_name
from ui.widgets.action_button import ActionButton
from ui.widgets.toolbar import PageToolbar
from ui.workbench import Workbench

_BUTTONS: Final = (
    ("undo", "redo"),
    ("priorities.sort-by-rank", "priorities.fill-down", "remove"),
    ("priorities.formula-criteria", "priorities.with-programmes"),
    ("priorities.add-formula-criteria", "priorities.move-up", "priorities.move-down", "priorities.add-criterion"),
)
_CRITERIA_ACTIONS: Final = frozenset({"rename", "remove", "select-all", "priorities.move-up", "priorities.move-down"})
_KINDS: Final = (
    "initiatives",
    "estimates",
    "criteria",
    "criterion_scores",
    "formulas",
    "settings",
    "teams",
    "waves",
)


class PrioritiesPage(Page):
    """Shows and edits the priorities of one open document."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        surroundings = workbench.surroundings
        kept = workbench.remembered("priorities")
        self.toolbar = PageToolbar(
            surroundings, workbench.actions, _BUTTONS, prominent=frozenset({"priorities.add-criterion"}), parent=self
        )
        self._stack = QStackedWidget(self)
        self.formula = FormulaBar(surroundings, self)
        self.filters = FilterBar(surroundings, self)
        self.table = TablePanel(self)
        self.bubbles = BubblesPanel(self, remember=partial(self._remember, "axes"))
        self.bubbles.wish(_texts(kept.get("axes")))
        self.criteria = CriteriaPanel(self)
        self._board: Board | None = None
        self._views: dict[str, QWidget] = {
            "table": self.table,
            "bubbles": self.bubbles,
            "criteria": self.criteria,
        }
        self._shown = "table"
        self._selected: tuple[str, ...] = ()
        for view in self._views.values():
            self._stack.addWidget(view)
        self._lay_out()
        workbench.actions["priorities.formula-criteria"].setChecked(kept.get("formula-criteria") is True)
        workbench.actions["priorities.with-programmes"].setChecked(kept.get("with-programmes") is True)
        self.formula.chosen.connect(self.choose_formula)
        self.filters.changed.connect(self._narrow)
        self.table.selection_changed.connect(self._take_table_selection)
        self.bubbles.picture.chosen.connect(self._take_bubbles)
        self.bubbles.picture.opened.connect(self._open)
        self.criteria.selection_changed.connect(self._take_criteria_selection)
        view_kept = kept.get("view")
        self._show_view(view_kept if isinstance(view_kept, str) and view_kept in self._views else "table")
        self.retranslate()

    def _lay_out(self) -> None:
        bar = QWidget(self)
        bar.setObjectName("toolbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        row.setSpacing(theme.SPACE_XS)
        for action_id in VIEW_ACTIONS:
            row.addWidget(ActionButton(self.workbench.actions[action_id], style=Qt.ToolButtonStyle.ToolButtonTextOnly))
        row.addSpacing(theme.SPACE_L)
        row.addWidget(self.formula, 1)
        self._filter_row = QWidget(self)
        self._filter_row.setObjectName("toolbar")
        self._filter_row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        below = QHBoxLayout(self._filter_row)
        below.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        below.addWidget(self.filters, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(bar)
        layout.addWidget(self._filter_row)
        layout.addWidget(self._stack, 1)

    def parent_of_views(self) -> QWidget:
        """Return the stack of views."""
        return self._stack

    # The document

    def forget(self) -> None:
        """Let go of the engagement before."""
        self._board = None
        self._selected = ()
        self.filters.clear()
        self.table.show_board(None, Wishes())
        self.bubbles.show_board(None, Wishes())

    def refresh(self) -> None:
        """Show the engagement anew."""
        self._board = None if self.opened is None else Board(self.engagement, before=self._board)
        self.filters.offer(self._board)
        self._show_board()

    def heeds(self, changes: Changes) -> bool:
        """Tell whether a step concerns the ranking."""
        return changes.touches(*_KINDS)

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step: just figures where just scores changed."""
        if self._board is None or not self.heeds(changes):
            return
        board = self._board.follow(changes, self.engagement)
        if board is not self._board:
            self._board = board
            self.filters.offer(board)
            self._show_board()
            return
        if changes.touches("initiatives"):
            self._show_board()
            return
        self.table.follow(board)
        if self._shown == "bubbles":
            self.bubbles.show_board(board, self.wishes)
        elif self._shown == "criteria":
            self.criteria.refresh()
        self._retitle()

    def retranslate(self) -> None:
        """Word the page in the language of the screen."""
        self.filters.retranslate(self._board)
        self.table.retranslate()
        self.bubbles.retranslate()
        self.criteria.retranslate()
        self.formula.show_board(self._board, read_only=not self.can_edit)
        self._retitle()

    def summary_text(self) -> str:
        """Return how many initiatives are shown and ranked."""
        board, language = self._board, self.workbench.surroundings.language
        if board is None:
            return ""
        ids = self.table.model.ids
        ranked = sum(map(board.places.__contains__, ids))
        words = NN_("{count} initiative, {ranked} ranked", "{count} initiatives, {ranked} ranked")
        return language.ngettext(*words, len(ids)).format(
            count=language.number(len(ids), decimals=0), ranked=language.number(ranked, decimals=0)
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Let rows that were being scored go to their places."""
        super().hideEvent(event)
        self.table.settle()

    @property
    def wishes(self) -> Wishes:
        """What is to be seen."""
        actions = self.workbench.actions
        return Wishes(
            programme_id=self.filters.programme.currentData() or None,
            status=self.filters.chosen_status,
            wave_id=self.filters.wave.currentData() or None,
            text=self.filters.text.text(),
            with_programmes=actions["priorities.with-programmes"].isChecked(),
            formula_criteria_only=actions["priorities.formula-criteria"].isChecked(),
        )

    def _show_board(self) -> None:
        board, wishes = self._board, self.wishes
        self.table.show_board(board, wishes)
        if self._shown == "bubbles":
            self.bubbles.show_board(board, wishes)
            self.bubbles.picture.select(self._selected)
        elif self._shown == "criteria":
            self.criteria.refresh()
        self.formula.show_board(board, read_only=not self.can_edit)
        self._retitle()

    def _retitle(self) -> None:
        if self._board is None:
            return
        language = self.workbench.surroundings.language
        self.toolbar.title.setText(self.engagement.setting.name)
        self.toolbar.line.setText(
            language.gettext(N_("Ranked by {formula}")).format(formula=formula_name(self._board, language))
        )

    def _narrow(self) -> None:
        if self._board is not None:
            self._show_board()
            self.situation_changed.emit()

    # The views

    def show_view(self, name: str) -> None:
        """Show a view of the page, give it the keyboard, and remember it."""
        self._show_view(name)
        self._remember("view", name)
        if self.opened is not None:
            self.table.settle()
            self._show_board()
        self._views[name].setFocus()
        self.situation_changed.emit()
        self.selection_changed.emit()

    def _show_view(self, name: str) -> None:
        self._shown = name
        self._stack.setCurrentWidget(self._views[name])
        self._filter_row.setVisible(name != "criteria")
        self.setFocusProxy(self._views[name])
        for action_id, shown in VIEW_ACTIONS.items():
            self.workbench.actions[action_id].setChecked(shown == name)

    def selection(self) -> Selection:
        """Return the initiatives, or the criteria, that are selected."""
        if self._shown == "criteria":
            return Selection("criteria", self.criteria.selected_ids())
        return Selection("initiatives", self._selected)

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Show a criterion among the criteria, an initiative or a score in the ranking."""
        if self._board is None or entity_id not in self.engagement.kind(kind):
            return False
        if kind == "criteria":
            self._in_view("criteria")
            self.criteria.select((entity_id,))
            return True
        initiative_id, key = entity_id, figures.NAME
        if kind == "criterion_scores":
            score = self.engagement.criterion_scores[entity_id]
            initiative_id, key = score.initiative_id, score.criterion_id
        elif kind != "initiatives":
            return False
        self.filters.clear()
        if initiative_id in self._board.holders and not self.wishes.with_programmes:
            self.workbench.actions["priorities.with-programmes"].setChecked(True)
        self._in_view("table")
        self._show_board()
        self.table.view.select_rows((initiative_id,), key=key)
        return True

    def _in_view(self, name: str) -> None:
        if name != self._shown:
            self.show_view(name)

    def _open(self, initiative_id: str) -> None:
        self.show_view("table")
        self.table.view.select_rows((initiative_id,))

    def _take_table_selection(self) -> None:
        if self._shown == "table":
            self._selected = self.table.view.selected_ids()
            self.selection_changed.emit()

    def _take_bubbles(self, ids: tuple[str, ...]) -> None:
        self._selected = tuple(ids)
        self.table.view.select_rows(ids)
        self.selection_changed.emit()

    def _take_criteria_selection(self) -> None:
        if self._shown == "criteria":
            self.selection_changed.emit()

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action: the page's own, then those of the view shown."""
        own: dict[str, Callable[[], object]] = {
            **{action_id: partial(self.show_view, name) for action_id, name in VIEW_ACTIONS.items()},
            "find-here": self.filters.take_keyboard,
            "priorities.clear-filters": self.filters.clear,
            "priorities.formula-criteria": partial(self._take_choice, "formula-criteria"),
            "priorities.with-programmes": partial(self._take_choice, "with-programmes"),
            "priorities.add-criterion": self.add_criterion,
            "priorities.add-formula-criteria": self.add_formula_criteria,
            "priorities.move-up": partial(self._move_criterion, -1),
            "priorities.move-down": partial(self._move_criterion, 1),
        }
        if self._shown == "criteria":
            own |= {
                "rename": self.criteria.rename,
                "remove": self.remove_criteria,
                "select-all": self.criteria.table.selectAll,
            }
        else:
            own |= self.table.handlers()
        return own

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.opened is None or self._board is None:
            return frozenset()
        found = {*VIEW_ACTIONS, "priorities.with-programmes"}
        if self._board.works_out:
            found.add("priorities.formula-criteria")
        if self._shown != "criteria":
            found.add("find-here")
            if self.wishes.narrows:
                found.add("priorities.clear-filters")
        if self.can_edit:
            found.add("priorities.add-criterion")
            if set(self._board.roles) - {criterion.role for criterion in self._board.criteria}:
                found.add("priorities.add-formula-criteria")
        if self._shown == "table":
            found |= self.table.possible()
        elif self._shown == "criteria" and self.can_edit and self.criteria.selected_ids():
            found |= _CRITERIA_ACTIONS
        return frozenset(found)

    def choose_formula(self, chosen: str) -> None:
        """Rank by one of the engagement's formulas, or by a known one, from now on."""
        if chosen in self.engagement.formulas:
            done = self.edit(lambda engagement: priorities.choose_formula(engagement, chosen))
        else:
            kind = FormulaKind(chosen)
            name = self.workbench.surroundings.language.gettext(FORMULA_KIND_WORDS[kind])
            done = self.edit(lambda engagement: priorities.choose_known_formula(engagement, kind, name=name))
        if not done:
            self.formula.show_board(self._board, read_only=not self.can_edit)

    def add_criterion(self) -> None:
        """Add a criterion and name it."""
        language = self.workbench.surroundings.language
        name = free_name(language.gettext(N_("New criterion")), self._criterion_names())
        before = self.engagement.criteria.keys()
        if self.edit(lambda engagement: priorities.add_criterion(engagement, name=name)):
            (added,) = self.engagement.criteria.keys() - before
            self._in_view("criteria")
            self.criteria.select((added,))
            self.criteria.rename()

    def add_formula_criteria(self) -> None:
        """Add a criterion for each part of the formula that has none."""
        board, language = self._board, self.workbench.surroundings.language
        if board is None:
            return
        held = {criterion.role for criterion in board.criteria}
        named = {
            role: free_name(language.gettext(CRITERION_ROLE_WORDS[role]), self._criterion_names())
            for role in board.roles
            if role not in held
        }
        self.edit(lambda engagement: priorities.add_criteria(engagement, named))

    def _criterion_names(self) -> list[str]:
        return [criterion.name for criterion in self.engagement.criteria.values()]

    def remove_criteria(self) -> None:
        """Remove the selected criteria, and say how many scores went along."""
        ids, language = self.criteria.selected_ids(), self.workbench.surroundings.language
        index = self.engagement.referring("criterion_scores", "criterion_id")
        scores = sum(len(index.get(one, ())) for one in ids)

        def tell() -> None:
            words = NN_(
                "{count} score went along; undo brings it back", "{count} scores went along; undo brings them back"
            )
            self.workbench.tell(
                language.ngettext(*words, scores).format(count=language.number(scores, decimals=0)),
                tone="information",
                key="priorities-removed",
            )

        self.edit(lambda engagement: priorities.remove_criteria(engagement, ids), then=tell if scores else nothing_more)

    def _move_criterion(self, by: int) -> None:
        ids = self.criteria.selected_ids()
        if ids and self.edit(lambda engagement: priorities.place_criterion(engagement, ids[0], by=by)):
            self.criteria.select(ids[:1])

    def _take_choice(self, name: str) -> None:
        self._remember(name, self.workbench.actions[f"priorities.{name}"].isChecked())
        self._narrow()

    def _remember(self, name: str, value: Any) -> None:
        self.workbench.remember("priorities", {name: value})


def make_page(workbench: Workbench, parent: QWidget) -> PrioritiesPage:
    """Return the page."""
    return PrioritiesPage(workbench, parent)


def _texts(kept: object) -> dict[str, str]:
    if not isinstance(kept, dict):
        return {}
    return {key: value for key, value in kept.items() if isinstance(key, str) and isinstance(value, str)}
