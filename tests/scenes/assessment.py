"""The Assessment page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo."""
    stage.show_page("assessment")
    yield "assessment", stage.roadbook.window


def empty_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on an engagement with nothing in it."""
    stage.show_page("assessment")
    yield "assessment-empty", stage.roadbook.window
