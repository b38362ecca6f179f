"""The guide and the tour."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage
from ui.help.guide import GuideWindow


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo."""
    window = stage.roadbook.window
    stage.show_page("timeline")
    stage.trigger("guide")
    guide = window.findChild(GuideWindow)
    assert guide is not None
    yield "guide", guide
    guide.close()
    stage.trigger("tour")
    yield "tour", window
