"""The organization: its units and teams as a tree, its groups, its applications, and the map of how teams interact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from planner.language import N_
from ui.pages.organization.actions import VIEW_ACTIONS
from ui.pages.organization.applications_panel import ApplicationsPanel
from ui.pages.organization.filter_line import FilterLine
from ui.pages.organization.groups_panel import GroupsPanel
from ui.pages.organization.list_dialog import ListDialog
from ui.pages.organization.map_view import MapView
from ui.pages.organization.tree_panel import TreePanel
from ui.pages.organization.tree_rows import sum_up
from ui.pages.page_of_views import PageOfViews
from ui.widgets.toolbar import ViewToolbars
from ui.workbench import Workbench

_FILTER_WIDTH: Final = 270
_BUTTONS: Final = {
    "tree": (
        ("undo", "redo"),
        ("organization.add-team", "organization.add-unit", "organization.add-unit-inside", "organization.paste-list"),
        ("organization.move-out", "organization.move-in", "organization.move-up", "organization.move-down", "remove"),
    ),
    "groups": (("undo", "redo"), ("organization.add-group",), ("remove",)),
    "applications": (("undo", "redo"), ("organization.add-application",), ("remove",)),
    "map": (("undo", "redo"), ("organization.add-team", "organization.paste-list"), ("remove",)),
}
"""View -> the buttons above it."""

_PROMINENT: Final = {
    "tree": "organization.add-team",
    "groups": "organization.add-group",
    "applications": "organization.add-application",
    "map": "organization.add-team",
}


class OrganizationPage(PageOfViews):
    """Shows and edits the organization of one open document."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        filter_line = FilterLine()
        filter_line.setMinimumWidth(_FILTER_WIDTH // 2)
        filter_line.setMaximumWidth(_FILTER_WIDTH)
        super().__init__(
            workbench,
            page_id="organization",
            view_actions=VIEW_ACTIONS,
            shown_in=_SHOWN_IN,
            filter_line=filter_line,
            parent=parent,
        )
        filter_line.left.connect(self._leave_filter)
        self._toolbars = ViewToolbars(
            workbench.surroundings, workbench.actions, _BUTTONS, prominent=_PROMINENT, parent=self
        )
        self.tree = TreePanel(self)
        self.groups = GroupsPanel(self)
        self.applications = ApplicationsPanel(self)
        self.map = MapView(self)
        self.lay_out(
            self._toolbars,
            {"tree": self.tree, "groups": self.groups, "applications": self.applications, "map": self.map},
        )
        self._show_view(self.kept_view())
        self.retranslate()

    # The document

    def forget(self) -> None:
        """Let go of the organization before."""
        super().forget()
        if self.opened is not None:
            # Who has nobody yet begins in the tree, whatever was looked at in another file.
            self._show_view(self.kept_view() if self.engagement.units else "tree")

    def retranslate(self) -> None:
        """Word the page in the language of the screen."""
        language = self.workbench.surroundings.language
        words = language.gettext(N_("Filter: name, group or topology"))
        self.filter.setPlaceholderText(words)
        self.filter.setAccessibleName(words)
        super().retranslate()

    def retitle(self) -> None:
        """Say above the views whose organization it is and how many it has."""
        if self.opened is not None:
            self._toolbars.say(self.engagement.setting.name, self.summary_text())

    def summary_text(self) -> str:
        """Return what the status bar says of the organization."""
        return sum_up(self.engagement, self.workbench.surroundings.language)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember how wide the columns were."""
        super().hideEvent(event)
        self.workbench.remember("organization", {"columns": self.tree.view.widths()})

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action: the page's own, then those of the view shown."""
        return {
            "organization.add-group": self.add_group,
            "organization.add-application": self.add_application,
            "organization.paste-list": self.paste_list,
            "organization.add-team": partial(self._in_tree, self.tree.add_team),
            "organization.add-unit": partial(self._in_tree, self.tree.add_unit),
            **super().handlers(),
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        return super().possible() | (_ADDED if self.can_edit else frozenset())

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

    def _show_view(self, name: str) -> None:
        super()._show_view(name)
        self._toolbars.show_of(name)

    def _in_tree(self, add: Callable[[], object]) -> None:
        self._in_view("tree")
        add()

    def _leave_filter(self) -> None:
        self.view.setFocus()


_SHOWN_IN: Final = {
    "tree": ("units", "teams"),
    "groups": ("groups",),
    "applications": ("applications",),
    "map": ("interactions",),
}
"""View -> the kinds it shows."""

_ADDED: Final = frozenset(
    {
        "organization.add-group",
        "organization.add-application",
        "organization.paste-list",
        "organization.add-team",
        "organization.add-unit",
    }
)
"""What can be added from any view."""


def make_page(workbench: Workbench, parent: QWidget) -> OrganizationPage:
    """Return the page."""
    return OrganizationPage(workbench, parent)
