"""The tree of the organization as a view of its page: add, edit, move, cut, copy, paste, remove units and teams."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.identity import new_id
from planner.domain.organization import Team
from planner.editing import entities, organization, organization_copies
from planner.editing.organization import WAYS, Place
from planner.exchange.organization_clip import MIME_TYPE, read_clip, write_clip, write_table
from planner.language import N_, NN_
from ui.pages.organization.consequences import consequence
from ui.pages.organization.tree_model import TreeModel
from ui.pages.organization.tree_rows import FIELDS, Column, Row, Tree, build_tree, matching
from ui.pages.organization.tree_view import TreeView
from ui.pages.page import Page, Selection
from ui.pages.view import PageView
from ui.widgets.clipboard import clipboard_data
from ui.widgets.guidance import Guidance
from ui.widgets.message_bar import Message

_KINDS: Final = ("units", "teams", "groups", "calendars", "settings")
_MOST_FOLDS: Final = 1_000
_IN_THE_MENU: Final = (
    "organization.add-team",
    "organization.add-unit",
    "organization.add-unit-inside",
    "organization.add-group",
    "organization.add-application",
    "cut",
    "copy",
    "paste",
    "rename",
    "remove",
)
_OFFERS: Final = (
    ("organization.add-unit", "unit", N_("Add the first unit"), N_("The organization itself, then its departments")),
    ("organization.paste-list", "table", N_("Paste a list of teams"), N_("From a spreadsheet, with units and numbers")),
    ("import", "import", N_("Import"), N_("An engagement as JSON, or a maturity model")),
    ("demo", "demo", N_("Look at the demo"), N_("See what an organization looks like; this file stays as it is")),
)


class TreePanel(PageView):
    """Shows and edits the tree of units and teams."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        surroundings = page.workbench.surroundings
        self._surroundings = surroundings
        self._wanted = ""
        self._mark = ""
        self._is_refreshing = False
        self.model = TreeModel(surroundings.language, edit=self._edit_cell, parent=self)
        self.view = TreeView(surroundings, self.model, mime=lambda: self._mime(""), parent=self)
        self._guidance = Guidance(
            surroundings,
            page.workbench.actions,
            heading=N_("There is nobody here yet"),
            sentence=N_("An organization is made of units, and of the teams in them that do the work."),
            offers=_OFFERS,
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._guidance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.view)
        self.view.widen_columns(_widths(page.workbench.remembered("organization").get("columns")))
        self.view.selectionModel().selectionChanged.connect(self._take_selection)
        self.view.folds_changed.connect(self._take_folds)
        self.view.dropped.connect(self.drop)
        self.view.clip_dropped.connect(self.drop_clip)
        self.view.escaped.connect(self._forget_cut)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.addActions([page.workbench.actions[action_id] for action_id in _IN_THE_MENU])
        surroundings.theme_changed.connect(self.view.viewport().update)
        QGuiApplication.clipboard().dataChanged.connect(self._take_clipboard)

    # The document

    def forget(self) -> None:
        """Let go of the tree before."""
        self._wanted = ""
        self._forget_cut()
        self.view.clear_error()
        kept = self.page.workbench.remembered("organization").get("folded")
        self.view.folded = (
            frozenset(one for one in kept if isinstance(one, str)) if isinstance(kept, list) else frozenset()
        )

    def refresh(self) -> None:
        """Show the tree anew; selection, folds and scroll stay where they can."""
        selected = [row.id for row in self.view.selected_rows()]
        current, column = self.view.current_row(), self.view.currentIndex().column()
        scroll = self.view.verticalScrollBar().value()
        opened = self.page.opened
        tree = Tree() if opened is None else self._tree(opened.engagement)
        folded = self.view.folded
        self._is_refreshing = True
        if self.model.show(tree, read_only=not self.page.can_edit):
            self.view.show_folds(frozenset() if self._wanted else folded)
            self.view.folded = folded
            kept = "" if current is None else current.id
            self.view.select(selected, current=kept, column=Column(max(column, 0)))
            if not self.view.currentIndex().isValid() and tree.rows:
                self.view.select([tree.rows[0].id], current=tree.rows[0].id)
            self.view.verticalScrollBar().setValue(scroll)
        self._is_refreshing = False
        empty = opened is not None and not opened.engagement.units
        self._stack.setCurrentIndex(1 if empty else 0)
        self.setFocusProxy(self._guidance if empty else self.view)
        self.selection_changed.emit()

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step on units and teams."""
        if changes.touches(*_KINDS):
            self.refresh()

    def retranslate(self) -> None:
        """Word the tree in the language of the screen."""
        self.model.retranslate(self._surroundings.language)

    def narrow(self, wanted: str) -> None:
        """Show just the units and teams that match a text, with what holds them."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def _tree(self, engagement: Engagement) -> Tree:
        shown = matching(engagement, self._wanted, self._surroundings.language) if self._wanted else None
        return build_tree(engagement, shown)

    # Selection

    def selection(self) -> Selection:
        """Return what is selected; of a mixed selection, what is of the current row's kind."""
        rows = self.view.selected_rows()
        if not rows:
            return Selection()
        current = self.view.current_row()
        kind = current.kind if current is not None and current in rows else rows[0].kind
        return Selection(kind, tuple(row.id for row in rows if row.kind == kind))

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select a unit or team, unfold what holds it and bring it into view."""
        if kind not in ("units", "teams") or entity_id not in self.page.engagement.kind(kind):
            return False
        if entity_id not in self.model.tree.number_of:
            self._wanted = ""
            self.refresh()
        self._unfold_to(entity_id)
        self.view.select([entity_id], current=entity_id)
        self.view.scrollTo(self.model.index_of(entity_id))
        return True

    def _unfold_to(self, entity_id: str) -> None:
        number = self.model.tree.rows[self.model.tree.number_of[entity_id]].parent
        while number >= 0:
            row = self.model.tree.rows[number]
            self.view.setExpanded(self.model.index_of(row.id), True)
            number = row.parent

    def selected_ids(self) -> tuple[set[str], set[str]]:
        """Return the ids of the selected units and of the selected teams."""
        rows = self.view.selected_rows()
        return ({row.id for row in rows if row.team is None}, {row.id for row in rows if row.team is not None})

    def target_unit(self) -> str | None:
        """Return the unit something is added or pasted to: the current one, or that of the current team."""
        row = self.view.current_row() if self.view.selected_rows() else None
        if row is None:
            return None
        return row.team.unit_id if row.team is not None else row.id

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action."""
        moves = {f"organization.move-{way}": (lambda way=way: self.step(way)) for way in WAYS}
        return {
            "organization.add-team": self.add_team,
            "organization.add-unit": self.add_unit,
            "organization.add-unit-inside": self.add_unit_inside,
            "organization.fold": lambda: self._fold_selected(folded=True),
            "organization.unfold": lambda: self._fold_selected(folded=False),
            "organization.fold-all": lambda: self._fold_all(folded=True),
            "organization.unfold-all": lambda: self._fold_all(folded=False),
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "rename": self.rename,
            "remove": self.remove,
            "select-all": self.view.selectAll,
            **moves,
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.page.opened is None:
            return frozenset()
        rows = self.view.selected_rows()
        found: set[str] = set()
        if self.model.tree.rows:
            found |= {"select-all", "organization.fold-all", "organization.unfold-all"}
        if rows:
            found.add("copy")
            found |= {"organization.fold", "organization.unfold"} if any(row.children for row in rows) else set()
        if not self.page.can_edit:
            return frozenset(found)
        found |= {"organization.add-team", "organization.add-unit", "paste"}
        if rows:
            found |= {"cut", "remove", "rename", "organization.add-unit-inside"}
            unit_ids, team_ids = self.selected_ids()
            for way in WAYS:
                if organization.next_place(self.page.engagement, way, unit_ids=unit_ids, team_ids=team_ids):
                    found.add(f"organization.move-{way}")
        return frozenset(found)

    # Adding

    def add_team(self) -> None:
        """Add a team after the current one, or to the current unit, and name it."""
        row = self.view.current_row() if self.view.selected_rows() else None
        position = None
        if row is not None and row.team is not None:
            position = self.page.engagement.teams_of(row.team.unit_id).index(row.team) + 1
        name, unit_id = self._word(N_("New team")), self.target_unit()
        self._add(lambda engagement: organization.add_team(engagement, name=name, unit_id=unit_id, position=position))

    def add_unit(self) -> None:
        """Add a unit after the current one, in the same parent, and name it."""
        beside = self.page.engagement.units.get(self.target_unit() or "")
        parent_id, position = None, None
        if beside is not None:
            parent_id = beside.parent_id
            position = self.page.engagement.subunits_of(parent_id).index(beside) + 1
        name = self._word(N_("New unit"))
        self._add(
            lambda engagement: organization.add_unit(engagement, name=name, parent_id=parent_id, position=position)
        )

    def add_unit_inside(self) -> None:
        """Add a unit inside the current one and name it."""
        parent_id, name = self.target_unit(), self._word(N_("New unit"))
        self._add(lambda engagement: organization.add_unit(engagement, name=name, parent_id=parent_id))

    def _add(self, make: Callable[[Engagement], Changes]) -> None:
        kind = "teams"
        before = self.page.engagement
        if self._wanted:
            self.narrow("")
            self.situation_changed.emit()
        if not self.page.edit(make):
            return
        after = self.page.engagement
        added = after.teams.keys() - before.teams.keys()
        if not added:
            added, kind = after.units.keys() - before.units.keys(), "units"
        for entity_id in added:
            self.reveal(kind, entity_id)
            self.view.edit_name_of(entity_id)

    # Editing

    def rename(self) -> None:
        """Edit the name of the current row."""
        index = self.view.currentIndex()
        if index.isValid():
            self.view.edit_name_of(self.model.row_at(index).id)

    def _edit_cell(self, row: Row, column: Column, value: Any) -> bool:
        self.view.clear_error()
        entity_id, kind, field = row.id, row.kind, FIELDS[column]

        def refuse(text: str) -> None:
            self.view.select([entity_id], current=entity_id, column=column)
            self.view.show_error(self.model.index_of(entity_id, column), text, refused=value)

        return self.page.edit(
            lambda engagement: entities.change(engagement, kind, entity_id, **{field: value}), refused=refuse
        )

    def remove(self) -> None:
        """Remove what is selected, say what went along and offer to take it back."""
        unit_ids, team_ids = self.selected_ids()
        before, language = self.page.engagement, self._surroundings.language
        chosen = unit_ids | team_ids
        first = min(self.model.tree.number_of[one] for one in chosen)
        made: list[Changes] = []

        def make(engagement: Engagement) -> Changes:
            made.append(organization.remove(engagement, unit_ids=unit_ids, team_ids=team_ids))
            return made[0]

        def tell() -> None:
            if len(chosen) == 1:
                (only,) = chosen
                entity = before.units.get(only) or before.teams[only]
                name = language.gettext(N_("“{name}”")).format(name=entity.name)
            else:
                words = NN_("{count} unit or team", "{count} units and teams")
                name = language.ngettext(*words, len(chosen)).format(count=language.number(len(chosen), decimals=0))
            self._tell_removed(made[0], consequence(made[0], chosen, name, language))
            rows = self.model.tree.rows
            if rows:
                beside = rows[min(first, len(rows) - 1)].id
                self.view.select([beside], current=beside)

        self.page.edit(make, then=tell)

    def _tell_removed(self, changes: Changes, text: str) -> None:
        message = self.page.workbench.tell(text, tone="information", key="organization-removed")
        if isinstance(message, Message):
            undo = self._word(N_("Undo"))
            message.add_button(undo, lambda: self._undo_if_last(changes))

    def _undo_if_last(self, changes: Changes) -> None:
        opened = self.page.opened
        if opened is not None and opened.undo_label == changes.label:
            self.page.workbench.actions["undo"].trigger()

    # Moving

    def step(self, way: str) -> None:
        """Move what is selected one place up, down, in or out."""
        unit_ids, team_ids = self.selected_ids()
        to = organization.next_place(self.page.engagement, way, unit_ids=unit_ids, team_ids=team_ids)
        if to is not None:
            self.drop(to, unit_ids | team_ids)

    def drop(self, to: Place, ids: set[str] | frozenset[str]) -> bool:
        """Put units and teams at a place of the tree; return whether they may stand there."""
        self.view.clear_error()
        engagement = self.page.engagement
        unit_ids = [one for one in ids if one in engagement.units]
        team_ids = [one for one in ids if one in engagement.teams]
        if not self.page.edit(lambda now: organization.place(now, to, unit_ids=unit_ids, team_ids=team_ids)):
            return False
        for entity_id in ids:
            self._unfold_to(entity_id)
        current = self.view.current_row()
        self.view.select(ids, current="" if current is None else current.id)
        self.view.scrollTo(self.view.currentIndex())
        return True

    # The clipboard

    def copy(self) -> None:
        """Put what is selected on the clipboard, with all it holds: for Roadbook, and as a table for a spreadsheet."""
        self._forget_cut()
        QGuiApplication.clipboard().setMimeData(self._mime(""))

    def cut(self) -> None:
        """Put what is selected on the clipboard to be moved; it stays where it is until it is pasted."""
        self._mark = ""
        mark = new_id()
        QGuiApplication.clipboard().setMimeData(self._mime(mark))
        self._mark = mark
        self.model.show_cut({row.id for row in self.view.selected_rows()})

    def paste(self) -> None:
        """Paste what was cut or copied into the current unit; a list from a spreadsheet is shown first."""
        mime = clipboard_data()
        if mime.hasFormat(MIME_TYPE):
            copied, mark = read_clip(bytes(mime.data(MIME_TYPE).data()))
            if mark and mark == self._mark:
                self._paste_cut()
            elif len(copied):
                self._paste_copies(copied, self.target_unit())
        elif mime.hasText():
            self.page.workbench.actions["organization.paste-list"].trigger()
        else:
            nothing = self._word(N_("There are no units or teams on the clipboard."))
            self.page.workbench.tell(nothing, tone="information", key="paste")

    def drop_clip(self, data: bytes, unit_id: str) -> None:
        """Paste what was dragged here from another window."""
        copied, _mark = read_clip(data)
        if len(copied) and self.page.can_edit:
            self._paste_copies(copied, unit_id or None)

    def _paste_cut(self) -> None:
        engagement = self.page.engagement
        cut = {one for one in self.model.cut if one in engagement.units or one in engagement.teams}
        target = self.target_unit()
        if cut and self.drop(Place(target), cut):
            self._forget_cut()
            QGuiApplication.clipboard().clear()

    def _paste_copies(self, copied: organization_copies.Extract, unit_id: str | None) -> None:
        before = self.page.engagement

        def show() -> None:
            after = self.page.engagement
            new = (after.units.keys() - before.units.keys()) | (after.teams.keys() - before.teams.keys())
            tops = [row.id for row in self.model.tree.rows if row.id in new and _holder(row) not in new]
            for entity_id in tops:
                self._unfold_to(entity_id)
            if tops:
                self.view.select(tops, current=tops[0])
                self.view.scrollTo(self.model.index_of(tops[0]))

        self.page.edit(lambda now: organization_copies.paste(now, copied, parent_id=unit_id), then=show)

    def _mime(self, mark: str) -> QMimeData:
        engagement = self.page.engagement
        copied = organization_copies.extract(engagement, *self.selected_ids())
        mime = QMimeData()
        mime.setData(MIME_TYPE, write_clip(copied, mark=mark))
        mime.setText(write_table(engagement, copied, self._surroundings.language))
        return mime

    def _take_clipboard(self) -> None:
        """Forget what was cut once something else is on the clipboard."""
        if self._mark and not QGuiApplication.clipboard().ownsClipboard():
            self._forget_cut()

    def _forget_cut(self) -> None:
        self._mark = ""
        self.model.show_cut(())

    # Folding

    def _fold_selected(self, *, folded: bool) -> None:
        for row in self.view.selected_rows():
            if row.children:
                self.view.setExpanded(self.model.index_of(row.id), not folded)

    def _fold_all(self, *, folded: bool) -> None:
        holding = {row.id for row in self.model.tree.rows if row.children}
        self.view.show_folds(holding if folded else ())
        self._take_folds()

    def _take_folds(self) -> None:
        if not self._wanted:
            folded = sorted(self.view.folded.intersection(self.page.engagement.units))
            self.page.workbench.remember("organization", {"folded": folded[:_MOST_FOLDS]})
        self.situation_changed.emit()

    def _take_selection(self) -> None:
        if not self._is_refreshing:
            self.selection_changed.emit()

    def _word(self, message: str) -> str:
        return self._surroundings.language.gettext(message)


def _holder(row: Row) -> str | None:
    return row.entity.unit_id if isinstance(row.entity, Team) else row.entity.parent_id


def _widths(kept: object) -> dict[str, int]:
    if not isinstance(kept, dict):
        return {}
    return {name: width for name, width in kept.items() if isinstance(width, int) and 20 <= width <= 4_000}
