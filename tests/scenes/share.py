"""The Share page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage, wait_until

_FORMATS = (".pdf", ".png", ".svg", ".xlsx", ".csv", ".json")


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo: the preview of each format."""
    page = stage.show_page("share")
    for suffix in _FORMATS:
        page.choose_kind(suffix)
        wait_until(lambda: page.preview.count > 0 and not page._busy and not page._timer.isActive())
        stage.settle()
        yield f"share-{suffix[1:]}", stage.roadbook.window


def empty_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on an engagement with nothing in it."""
    stage.show_page("share")
    yield "share-empty", stage.roadbook.window
