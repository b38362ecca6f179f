"""Draw every page and dialog as PNG: `python -m tests.screenshots DIR [--only WORD]`.

Each theme (light, dark), each language (en, fr), at 1440x900 and 1920x1080; named PAGE-THEME-LANGUAGE-SIZE.png. It uses
the screen there is, or none (`QT_QPA_PLATFORM=offscreen`), and folders of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from planner.language import Language
from ui.app import make_application
from ui.composition import Roadbook
from ui.memory import Memory
from ui.pages.kinds import PAGES
from ui.settings import Preferences
from ui.surroundings import Surroundings

SIZES = ((1440, 900), (1920, 1080))
WAIT_SECONDS = 60


def wait_until(holds: Callable[[], object]) -> None:
    """Let the application work until `holds`."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.01)


def settle(roadbook: Roadbook) -> None:
    """Let the application finish what it is doing."""
    wait_until(lambda: not roadbook.background.busy and not roadbook.files.busy)
    for _ in range(5):
        QApplication.processEvents()


def begin(surroundings: Surroundings, preferences: Preferences, size: tuple[int, int], **how: object) -> Roadbook:
    """Start the application in a window of `size`."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    roadbook = Roadbook(application, surroundings, Memory(preferences))
    roadbook.window.resize(*size)
    roadbook.start(**how)
    wait_until(roadbook.window.isVisible)
    settle(roadbook)
    if how:
        wait_until(lambda: roadbook.opened is not None)
        settle(roadbook)
    return roadbook


def end(roadbook: Roadbook) -> None:
    """Close a window and let go of it."""
    settle(roadbook)
    roadbook.window.close()
    wait_until(lambda: not roadbook.window.isVisible())
    roadbook.window.deleteLater()
    roadbook.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def scenes(surroundings: Surroundings, size: tuple[int, int], folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Yield each page and dialog by name, shown."""
    yield from welcome_scenes(surroundings, size, folder)
    yield from plan_scenes(surroundings, size, folder)
    empty = begin(surroundings, Preferences(), size)
    fresh = folder / str(time.monotonic_ns())
    fresh.mkdir()
    empty.files.create_empty(fresh / "Rivage.roadbook")
    wait_until(lambda: empty.opened is not None)
    settle(empty)
    yield "empty", empty.window
    end(empty)


def welcome_scenes(surroundings: Surroundings, size: tuple[int, int], folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Yield the welcome page, at first and with recent files."""
    first = begin(surroundings, Preferences(), size)
    yield "welcome", first.window
    end(first)
    recent = Preferences()
    for days, name in ((2, "Mutuelle du Littoral"), (1, "Transformation 2027"), (0, "Rivage")):
        recent = recent.with_recent(folder / f"{name}.roadbook", datetime.now().astimezone() - timedelta(days=2 * days))
    known = begin(surroundings, recent, size)
    yield "recent", known.window
    end(known)


def plan_scenes(surroundings: Surroundings, size: tuple[int, int], folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Yield the plan of the demo: whole, near, with an error, with messages; then the dialogs over it."""
    from ui.dialogs.about import AboutDialog
    from ui.dialogs.shortcuts import ShortcutsDialog
    from ui.present.columns import Column

    roadbook = begin(surroundings, Preferences(), size, demo=True)
    page = roadbook.page("timeline")
    page.view.setCurrentIndex(page.model.index(3, Column.NAME))
    settle(roadbook)
    yield "timeline", roadbook.window
    page.timeline.zoom(4.0)
    page.timeline.go_to_today()
    settle(roadbook)
    yield "timeline-near", roadbook.window
    page.timeline.fit()
    page.fold_all()
    page.view.selectionModel().clear()
    settle(roadbook)
    yield "timeline-folded", roadbook.window
    page.unfold_all()
    leaf = next(row.id for row in page.outline if not row.has_children)
    index = page.model.index_of(leaf, Column.FINISH)
    page.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    page.model.setData(index, date(2001, 1, 1))
    roadbook.window.messages.show_message(
        surroundings.language.gettext("The export was cancelled; nothing was written."), tone="information"
    )
    settle(roadbook)
    yield "timeline-error", roadbook.window
    roadbook.window.messages.clear()
    for kind in PAGES:
        roadbook.show_page(kind.id)
        settle(roadbook)
        time.sleep(0.3)
        settle(roadbook)
        yield kind.id, roadbook.window
    words, window = surroundings, roadbook.window
    dialogs: tuple[tuple[str, QDialog], ...] = (
        ("shortcuts", ShortcutsDialog(words, roadbook.actions, window)),
        ("about", AboutDialog(words, window)),
    )
    for name, dialog in dialogs:
        dialog.open()
        settle(roadbook)
        yield f"dialog-{name}", dialog
        dialog.reject()
    end(roadbook)


def main(arguments: list[str]) -> int:
    """Draw everything into the folder named first."""
    if not arguments:
        print(__doc__)
        return 2
    target = Path(arguments[0])
    only = arguments[2] if len(arguments) > 2 and arguments[1] == "--only" else ""
    target.mkdir(parents=True, exist_ok=True)
    application = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["ROADBOOK_STATE_DIR"] = str(Path(folder) / "state")
        os.environ["ROADBOOK_CONFIG_DIR"] = str(Path(folder) / "config")
        for theme in ("light", "dark"):
            for code in ("en", "fr"):
                surroundings = Surroundings(application, language=Language(code), theme_name=theme)
                for size in SIZES:
                    label = f"{theme}-{code}-{size[0]}x{size[1]}"
                    if only not in label:
                        continue
                    for name, widget in scenes(surroundings, size, Path(folder)):
                        path = target / f"{name}-{label}.png"
                        widget.grab().save(str(path))
                        print(path)
                surroundings.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
