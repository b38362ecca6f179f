"""The window around the pages, the dialogs it opens itself, and the welcome page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from planner.editing.settings import change
from tests.scenes.stage import Stage
from ui.dialogs.recover import RecoverDialog


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo."""
    roadbook = stage.roadbook
    for name in ("shortcuts", "about"):
        with stage.dialog(name) as dialog:
            yield f"dialog-{name}", dialog
    page = stage.show_page("organization")
    page.edit(lambda engagement: change(engagement, name="Littoral"))
    with stage.dialog("history") as dialog:
        yield "dialog-history", dialog
    with stage.dialog(
        lambda: RecoverDialog(stage.surroundings, roadbook.background, (), stage.folder, roadbook.window).open()
    ) as dialog:
        yield "dialog-recover", dialog
    roadbook.window.messages.show_message(
        stage.surroundings.language.gettext("The export was cancelled; nothing was written."), tone="information"
    )
    stage.settle()
    yield "message", roadbook.window
    roadbook.window.messages.clear()


def closed_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play where no document is open: the welcome page, at first and with recent files."""
    roadbook = stage.roadbook
    yield "welcome", roadbook.window
    preferences = roadbook.memory.preferences
    for days, name in ((2, "Mutuelle du Littoral"), (1, "Transformation 2027"), (0, "Rivage")):
        moment = datetime.now().astimezone() - timedelta(days=2 * days)
        preferences = preferences.with_recent(stage.folder / f"{name}.roadbook", moment)
    roadbook.memory.keep(preferences)
    stage.settle()
    yield "welcome-recent", roadbook.window
