"""The pages there are, in the order of the work, each loaded when it is first needed."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.language import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.actions import ActionKind
    from ui.pages.page import Page
    from ui.workbench import Workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """One page: `title` is a message of the catalogues, `kinds` the entities that are at home on it.

    Its package `ui.pages.ID` holds `page.py` with `make_page(workbench, parent)` and `actions.py` with the table `ACTIONS`.
    """

    id: str
    title: str
    icon: str
    kinds: tuple[str, ...]
    at_foot: bool = False
    """Whether its button stands at the foot of the rail, apart from the stages of the work."""

    def load(self) -> None:
        """Import what the page is made of, on whatever thread has the time."""
        importlib.import_module(f"ui.pages.{self.id}.page")

    def make(self, workbench: Workbench, parent: QWidget) -> Page:
        """Return a new page of this kind, in `parent` from the start: Qt styles anew all that moves to another."""
        page: Page = importlib.import_module(f"ui.pages.{self.id}.page").make_page(workbench, parent)
        return page

    def actions(self) -> tuple[ActionKind, ...]:
        """Return the actions that exist on this page alone."""
        found: tuple[ActionKind, ...] = importlib.import_module(f"ui.pages.{self.id}.actions").ACTIONS
        return found


PAGES: Final = (
    PageKind(
        id="organization",
        title=N_("Organization"),
        icon="organization",
        kinds=("units", "teams", "groups", "applications", "interactions"),
    ),
    PageKind(
        id="practices",
        title=N_("Practices"),
        icon="practices",
        kinds=("models", "dimensions", "themes", "scales", "practices", "prerequisites"),
    ),
    PageKind(
        id="assessment",
        title=N_("Assessment"),
        icon="assessment",
        kinds=("assessments", "answers", "votes", "targets"),
    ),
    PageKind(id="priorities", title=N_("Priorities"), icon="priorities", kinds=("criteria", "criterion_scores")),
    PageKind(
        id="timeline",
        title=N_("Timeline"),
        icon="timeline",
        kinds=(
            "initiatives",
            "estimates",
            "links",
            "waves",
            "outcomes",
            "risks",
            "baselines",
            "scenarios",
            "initiative_overrides",
            "team_overrides",
        ),
    ),
    PageKind(
        id="flow",
        title=N_("Flow"),
        icon="flow",
        kinds=("value_streams", "stream_steps", "measurements"),
    ),
    PageKind(id="share", title=N_("Share"), icon="share", kinds=()),
    PageKind(
        id="settings",
        title=N_("Settings"),
        icon="settings",
        kinds=("settings", "calendars", "calendar_exceptions", "freezes", "formulas"),
        at_foot=True,
    ),
)
"""Every page of the rail."""
