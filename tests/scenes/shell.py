"""The window around the pages, the dialogs it opens itself, and the welcome page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from planner.document import Document
from planner.editing import entities
from planner.editing.settings import change
from planner.editing.start import start_engagement
from tests.scenes.stage import Stage, wait_until
from ui.search.palette import SearchPalette


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo."""
    roadbook = stage.roadbook
    for name in ("shortcuts", "about"):
        with stage.dialog(name) as dialog:
            yield f"dialog-{name}", dialog
    yield from _palette(stage)
    page = stage.show_page("organization")
    team = next(iter(page.engagement.teams))
    page.edit(lambda engagement: change(engagement, name="Littoral"))
    for headcount in range(4, 12):
        page.edit(
            lambda engagement, headcount=headcount: entities.change(engagement, "teams", team, headcount=headcount)
        )
    page.edit(lambda engagement: entities.change(engagement, "teams", team, name="Claims and fraud"))
    for _step in range(3):
        stage.trigger("undo")
    with stage.dialog("history") as dialog:
        yield "dialog-history", dialog
    language = stage.surroundings.language
    roadbook.window.messages.show_message(
        language.gettext("The export was cancelled; nothing was written."), tone="information"
    )
    roadbook.window.messages.show_message(
        language.gettext("A copy is written: {name}").format(name="Rivage.roadbook"), tone="success"
    )
    stage.settle()
    yield "message", roadbook.window
    roadbook.window.messages.clear()


def _palette(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    stage.show_page("timeline")
    stage.trigger("search")
    palette = stage.roadbook.window.findChild(SearchPalette)
    assert palette is not None
    for name, query in (("", ""), ("-query", "pla"), ("-nothing", "zzzz")):
        palette.line.setText(query)
        stage.settle()
        yield f"search{name}", palette
    palette.line.clear()
    palette.close()


def closed_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play where no document is open: the welcome page, at first and with recent files, and files that are special."""
    roadbook = stage.roadbook
    yield "welcome", roadbook.window
    preferences = roadbook.memory.preferences
    for days, name in ((2, "Mutuelle du Littoral"), (1, "Transformation 2027"), (0, "Rivage")):
        moment = datetime.now().astimezone() - timedelta(days=2 * days)
        preferences = preferences.with_recent(stage.folder / f"{name}.roadbook", moment)
    roadbook.memory.keep(preferences)
    stage.settle()
    yield "welcome-recent", roadbook.window
    with stage.dialog("recover") as dialog:
        yield "dialog-recover-none", dialog
    roadbook.files.open(stage.folder / "Rivage.roadbook")
    stage.settle()
    yield "welcome-gone", roadbook.window
    yield from _special_files(stage)


def _special_files(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    window = stage.roadbook.window
    path = _file(stage.folder / "OneDrive - Rivage" / "Transformation.roadbook")
    with _opened(stage, path):
        yield "synced-folder", window
        _change_elsewhere(path, stage.folder)
        stage.show_page("organization").edit(lambda engagement: change(engagement, name="Rivage 2027"))
        stage.trigger("save")
        stage.settle()
        yield "conflict-copy", window
    held = Document.open(path)
    with _opened(stage, path):
        yield "read-only", window
    held.close()
    with stage.dialog("recover") as dialog:
        yield "dialog-recover", dialog
    damaged = _file(stage.folder / "Damaged.roadbook")
    damaged.write_bytes(damaged.read_bytes()[:-2_000] + b"?" * 2_000)
    stage.roadbook.files.open(damaged)
    stage.settle()
    yield "welcome-damaged", window
    window.messages.clear()


@contextmanager
def _opened(stage: Stage, path: Path) -> Iterator[None]:
    stage.roadbook.files.open(path)
    wait_until(lambda: stage.roadbook.opened is not None)
    stage.settle()
    yield
    stage.trigger("close")
    wait_until(lambda: stage.roadbook.opened is None)
    stage.settle()


def _file(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    Document.create(path, start_engagement("Rivage", created=date.today())).close()
    return path


def _change_elsewhere(path: Path, folder: Path) -> None:
    """Put another version in the place of a file, as a program that keeps folders in step does."""
    other = folder / "other"
    other.mkdir()
    shutil.copy(_file(other / path.name), path)
