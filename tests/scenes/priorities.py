"""The Priorities page: ranking, bubbles and criteria."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage

_VIEWS = ("table", "bubbles", "criteria")


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo: each view."""
    yield from _views(stage, "")


def empty_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on an engagement with nothing in it: each view."""
    yield from _views(stage, "-empty")


def _views(stage: Stage, state: str) -> Iterator[tuple[str, QWidget]]:
    page = stage.show_page("priorities")
    for view in _VIEWS:
        stage.trigger(f"priorities.show-{view}")
        stage.settle(0.3)
        yield f"priorities-{view}{state}", stage.roadbook.window
        if view == "criteria" and not state:
            table = page.criteria.table
            with stage.editing(table, table.model().index(0, 4)):
                yield "priorities-weight-typed", stage.roadbook.window
