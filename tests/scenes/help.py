"""The guide and the tour."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage
from ui.help.guide import GuideWindow
from ui.help.topics import TOPICS
from ui.help.tour import Callout


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo: every page of the guide to its end, and every step of the tour."""
    window = stage.roadbook.window
    stage.show_page("timeline")
    stage.trigger("guide")
    guide = window.findChild(GuideWindow)
    assert guide is not None
    for topic in TOPICS:
        guide.go(topic)
        stage.settle()
        yield f"guide-{topic}", guide
        bar, part = guide.text.verticalScrollBar(), 1
        while bar.value() < bar.maximum():
            bar.setValue(bar.value() + bar.pageStep())
            part += 1
            stage.settle()
            yield f"guide-{topic}-{part}", guide
    guide.close()
    stage.trigger("tour")
    while callouts := [one for one in window.findChildren(Callout) if one.isVisible()]:
        (callout,) = callouts
        yield f"tour-{callout.count.split()[1]}", window
        callout.next.click()
        stage.settle()
