"""The Settings page: the engagement, calendars, formulas and colours."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QMenu, QWidget

from planner.domain.initiative import Status
from tests.scenes.stage import Stage

_VIEWS = ("engagement", "calendars", "formulas", "colours")


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo: each view, and the colours that are offered."""
    yield from _views(stage, "")
    section = stage.show_page("settings").section
    section.buttons[Status.ACTIVE].click()
    (menu,) = section.findChildren(QMenu)
    stage.settle()
    yield "settings-colours-offered", menu
    menu.close()
    stage.settle()


def empty_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on an engagement with nothing in it: each view."""
    yield from _views(stage, "-empty")


def _views(stage: Stage, state: str) -> Iterator[tuple[str, QWidget]]:
    stage.show_page("settings")
    for view in _VIEWS:
        stage.trigger(f"settings.show-{view}")
        stage.settle(0.3)
        yield f"settings-{view}{state}", stage.roadbook.window
