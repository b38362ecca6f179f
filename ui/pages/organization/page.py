"""The organization: its units and teams as a tree, its groups, its applications, and the map of how teams interact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.language import N_
from ui import theme
from ui.pages.organization.actions import VIEW_ACTIONS
from ui.pages.organization.applications_panel import ApplicationsPanel
from ui.pages.organization.filter_line import FilterLine
from ui.pages.organization.groups_panel import GroupsPanel
from ui.pages.organization.list_dialog import ListDialog
from ui.pages.organization.map_view import MapView
from ui.pages.organization.tree_panel import TreePanel
from ui.pages.organization.tree_rows import sum_up
from ui.pages.page import Page, Selection
from ui.pages.view import PageView
from ui.widgets.labelled_button import labelled_button
from ui.widgets.toolbar import PageToolbar
from ui.workbench import Workbench

_FILTER_WIDTH: Final = 270
_BUTTONS: Final = (
    ("undo", "redo"),
    ("organization.add-team", "organization.add-unit", "organization.add-unit-inside", "organization.paste-list"),
    ("organization.move-out", "organization.move-in", "organization.move-up", "organization.move-down", "remove"),
)


class OrganizationPage(Page):
    """Shows and edits the organization of one open document."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        actions = workbench.actions
        self.toolbar = PageToolbar(actions, _BUTTONS, prominent=frozenset({"organization.add-team"}))
        self.tree = TreePanel(self)
        self.groups = GroupsPanel(self)
        self.applications = ApplicationsPanel(self)
        self.map = MapView(self)
        self._views: dict[str, PageView] = {
            "tree": self.tree,
            "groups": self.groups,
            "applications": self.applications,
            "map": self.map,
        }
        self._shown = "tree"
        self._stack = QStackedWidget()
        for view in self._views.values():
            self._stack.addWidget(view)
            view.selection_changed.connect(partial(self._pass_on_selection, view))
            view.situation_changed.connect(partial(self._pass_on_situation, view))
        self.filter = FilterLine()
        self.filter.left.connect(self._leave_filter)
        self.filter.setMinimumWidth(_FILTER_WIDTH // 2)
        self.filter.setMaximumWidth(_FILTER_WIDTH)
        self.filter.textChanged.connect(self._narrow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        layout.addWidget(self._bar())
        layout.addWidget(self._stack, 1)
        self._show_view(self._kept_view())
        self.retranslate()

    def _bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("toolbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        row.setSpacing(theme.SPACE_XS)
        for action_id in VIEW_ACTIONS:
            if VIEW_ACTIONS[action_id] in self._views:
                row.addWidget(labelled_button(self.workbench.actions[action_id]))
        row.addStretch(1)
        row.addWidget(self.filter, 4)
        return bar

    # The document

    def forget(self) -> None:
        """Let go of the organization before."""
        self.filter.clear()
        for view in self._views.values():
            view.forget()
        if self.opened is not None:
            # Who has nobody yet begins in the tree, whatever was looked at in another file.
            self._show_view(self._kept_view() if self.engagement.units else "tree")

    def refresh(self) -> None:
        """Show the organization anew, in the view shown; the others follow when they are."""
        self.view.refresh()
        self._retitle()

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step."""
        self.view.take_changes(changes)
        self._retitle()

    def retranslate(self) -> None:
        """Word the page in the language of the screen."""
        language = self.workbench.surroundings.language
        words = language.gettext(N_("Filter: name, group or topology"))
        self.filter.setPlaceholderText(words)
        self.filter.setAccessibleName(words)
        for view in self._views.values():
            view.retranslate()
        self._retitle()

    def summary_text(self) -> str:
        """Return what the status bar says of the organization."""
        return sum_up(self.engagement, self.workbench.surroundings.language)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember how wide the columns were."""
        super().hideEvent(event)
        self.workbench.remember("organization", {"columns": self.tree.view.widths()})

    # The views

    @property
    def view(self) -> PageView:
        """The view shown."""
        return self._views[self._shown]

    def show_view(self, name: str) -> None:
        """Show a view of the page, give it the keyboard, and remember it."""
        self._show_view(name)
        self.workbench.remember("organization", {"view": name})
        if self.opened is not None:
            self.view.narrow(self.filter.text())
            self.view.refresh()
        self.view.setFocus()
        self.situation_changed.emit()
        self.selection_changed.emit()

    def _kept_view(self) -> str:
        kept = self.workbench.remembered("organization").get("view")
        return kept if isinstance(kept, str) and kept in self._views else "tree"

    def _show_view(self, name: str) -> None:
        self._shown = name
        self._stack.setCurrentWidget(self._views[name])
        self.setFocusProxy(self._views[name])
        for action_id, shown in VIEW_ACTIONS.items():
            self.workbench.actions[action_id].setChecked(shown == name)

    def selection(self) -> Selection:
        """Return what is selected in the view shown."""
        return self.view.selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Show an entity in the view it is in."""
        for name, kinds in _SHOWN_IN.items():
            if kind in kinds:
                self.filter.clear()
                if name != self._shown:
                    self.show_view(name)
                return self.view.reveal(kind, entity_id)
        return False

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action: the page's own, then those of the view shown."""
        return {
            **{action_id: partial(self.show_view, name) for action_id, name in VIEW_ACTIONS.items()},
            "organization.add-group": self.add_group,
            "organization.add-application": self.add_application,
            "organization.paste-list": self.paste_list,
            "organization.add-team": partial(self._in_tree, self.tree.add_team),
            "organization.add-unit": partial(self._in_tree, self.tree.add_unit),
            "find-here": self._find,
            **self.view.handlers(),
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.opened is None:
            return frozenset()
        found = {*VIEW_ACTIONS, "find-here"}
        if self.can_edit:
            found |= {
                "organization.add-group",
                "organization.add-application",
                "organization.paste-list",
                "organization.add-team",
                "organization.add-unit",
            }
        return frozenset(found) | self.view.possible()

    def add_group(self) -> None:
        """Add a group with the teams selected in the tree, and name it."""
        team_ids = self.tree.selected_ids()[1] if self._shown == "tree" else set()
        self._in_view("groups")
        self.groups.add(team_ids)

    def add_application(self) -> None:
        """Add an application run by the team selected in the tree, and name it."""
        team_ids = self.tree.selected_ids()[1] if self._shown == "tree" else set()
        self._in_view("applications")
        self.applications.add(next(iter(team_ids)) if len(team_ids) == 1 else None)

    def paste_list(self) -> None:
        """Show what a list of teams on the clipboard would do, and do it when agreed."""
        ListDialog(self).open()

    def _in_tree(self, add: Callable[[], object]) -> None:
        self._in_view("tree")
        add()

    def _in_view(self, name: str) -> None:
        if self.filter.text():
            self.filter.clear()
        if name != self._shown:
            self.show_view(name)

    def _find(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _leave_filter(self) -> None:
        self.view.setFocus()

    def _narrow(self, wanted: str) -> None:
        if self.opened is not None:
            self.view.narrow(" ".join(wanted.split()))
            self.situation_changed.emit()

    def _retitle(self) -> None:
        if self.opened is not None:
            self.toolbar.title.setText(self.engagement.setting.name)
            self.toolbar.line.setText(sum_up(self.engagement, self.workbench.surroundings.language))

    def _pass_on_selection(self, view: PageView) -> None:
        if view is self.view:
            self.selection_changed.emit()

    def _pass_on_situation(self, view: PageView) -> None:
        if view is self.view:
            self.situation_changed.emit()


_SHOWN_IN: Final = {
    "tree": ("units", "teams"),
    "groups": ("groups",),
    "applications": ("applications",),
    "map": ("interactions",),
}
"""View -> the kinds it shows."""


def make_page(workbench: Workbench) -> OrganizationPage:
    """Return the page."""
    return OrganizationPage(workbench)
