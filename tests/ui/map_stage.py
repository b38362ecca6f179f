"""A map as a window of its own beside the running application, over a document of the test's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.engagement import Engagement
from tests.ui.conftest import StartRoadbook, settle
from ui.actions import ActionKind
from ui.composition import Roadbook
from ui.pages.page import Page
from ui.workbench import Workbench


def started(start: StartRoadbook, folder: Path, engagement: Engagement) -> Roadbook:
    """Return the application with a file of `engagement` open."""
    path = folder / "maps.roadbook"
    Document.create(path, engagement).close()
    return start(path)


def workbench_of(roadbook: Roadbook, actions: tuple[ActionKind, ...]) -> Workbench:
    """Return what a page of the window works with, which knows the actions of the map."""
    known = {kind.id for kind in roadbook.actions.kinds()}
    language = roadbook.page("timeline").workbench.surroundings.language
    roadbook.actions.add((kind for kind in actions if kind.id not in known), language)
    return roadbook.page("timeline").workbench


def show(page: Page, qtbot: QtBot, roadbook: Roadbook, *, width: int = 1200, height: int = 760) -> None:
    """Show a map of the open document and wait until everything has its place."""
    # What it asked for in the background would be told to a page that is gone.
    qtbot.addWidget(page, before_close_func=lambda _page: settle(qtbot, roadbook))
    page.resize(width, height)
    page.show()
    page.show_document(roadbook.opened)
    settle(qtbot, roadbook)


def screen_place(view: QWidget, scene_place: tuple[float, float]) -> tuple[int, int]:
    """Return where a place of the scene is on the viewport of a graphics view."""
    place = view.mapFromScene(*scene_place)
    return place.x(), place.y()
