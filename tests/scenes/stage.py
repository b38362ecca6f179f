"""The stage scenes are played on: the running application, brought to a state and waited for, with or without a test around."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QDialog, QWidget
from shiboken6 import isValid

from ui.composition import Roadbook
from ui.memory import Memory
from ui.pages.page import Page
from ui.settings import Preferences
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import edit_cell, stand_on

WAIT_SECONDS = 60
KNOWN_MACHINE = Preferences(pages={"window": {"tour": "offered"}})
"""What is remembered where Roadbook ran before: the tour is not offered again."""


def wait_until(holds: Callable[[], object]) -> None:
    """Let the application work until `holds`; TimeoutError when it never does."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.005)


class Stage:
    """The application with its window, on a document or on the welcome page; `folder` is for files of the scene's own."""

    def __init__(self, roadbook: Roadbook, surroundings: Surroundings, folder: Path) -> None:
        self.roadbook = roadbook
        self.surroundings = surroundings
        self.folder = folder

    def settle(self, seconds: float = 0.0) -> None:
        """Wait until nothing is under way, and then for what only time brings."""
        deadline = time.monotonic() + seconds
        wait_until(lambda: not self.roadbook.background.busy and not self.roadbook.files.busy)
        wait_until(lambda: time.monotonic() >= deadline)
        for _ in range(12):  # a layout within a layout takes one turn each
            QApplication.processEvents()

    def show_page(self, page_id: str) -> Any:
        """Show a page as the rail does, and return it."""
        self.roadbook.show_page(page_id)
        self.settle()
        page = self.roadbook.page(page_id)
        assert isinstance(page, Page)
        return page

    def trigger(self, action_id: str) -> None:
        """Carry out an action that can be carried out now."""
        action = self.roadbook.actions[action_id]
        assert action.isEnabled(), f"{action_id} is not enabled"
        action.trigger()
        self.settle()

    @contextmanager
    def editing(self, view: QAbstractItemView, index: QModelIndex) -> Iterator[QWidget]:
        """Open a cell for editing, and leave it as it was at the end."""
        stand_on(view, index)
        assert edit_cell(view, index), "the cell cannot be edited"
        self.settle()
        editor = view.indexWidget(view.currentIndex())
        yield editor
        if isValid(editor):  # whoever moved the keyboard meanwhile ended the edit
            view.closeEditor(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        self.settle()

    @contextmanager
    def dialog(self, opening: str | Callable[[], object]) -> Iterator[QDialog]:
        """Open a dialog by an action's id or by a function, and leave it by Escape at the end."""
        before = set(self._dialogs())
        if isinstance(opening, str):
            self.trigger(opening)
        else:
            opening()
            self.settle()
        found = [one for one in self._dialogs() if one not in before]
        assert len(found) == 1, f"{opening} opened {found}"
        yield found[0]
        found[0].reject()
        self.settle()

    def _dialogs(self) -> list[QDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def begin(
    surroundings: Surroundings,
    folder: Path,
    size: tuple[int, int],
    *,
    preferences: Preferences = KNOWN_MACHINE,
    path: Path | None = None,
    demo: bool = False,
) -> Stage:
    """Start the application in a window of `size` on a file, on the demo, or on its welcome page."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    roadbook = Roadbook(application, surroundings, Memory(preferences))
    stage = Stage(roadbook, surroundings, folder)
    roadbook.window.resize(*size)
    roadbook.start(path=path, demo=demo)
    wait_until(roadbook.window.isVisible)
    if path is not None or demo:
        wait_until(lambda: roadbook.opened is not None)
    stage.settle()
    return stage


def end(stage: Stage) -> None:
    """Close the window and let go of it."""
    roadbook = stage.roadbook
    stage.settle()
    roadbook.window.close()
    wait_until(lambda: not roadbook.window.isVisible())
    roadbook.background.close()
    roadbook.memory.close()
    roadbook.window.deleteLater()
    roadbook.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
