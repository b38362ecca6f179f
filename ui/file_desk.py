"""Opening, creating and closing files: one at a time, off the UI thread, each told by a signal.

What may go wrong arrives as `failed(UserError)`; a file that is open is published and closed before another is opened.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from planner.domain.errors import UserError
from planner.language import Language
from planner.places import state_folder
from planner.progress import Progress
from ui.background import Background
from ui.open_document import OpenDocument

if TYPE_CHECKING:
    from planner.document import Backup, Document
    from planner.domain.engagement import Engagement

SUFFIX = ".roadbook"


class FileDesk(QObject):
    """Holds the one open document of a window."""

    opening = Signal(str)
    opened = Signal(object)
    close_asked = Signal()
    """The document still takes edits, for the last time: what is being typed counts."""
    closing = Signal()
    closed = Signal()
    failed = Signal(object)
    close_failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.current: OpenDocument | None = None
        self._busy = False
        self._then: Callable[[], object] = _nothing

    @property
    def busy(self) -> bool:
        """Whether a file is being opened or closed."""
        return self._busy

    def open(self, path: Path) -> None:
        """Open a file."""
        self._replace(path, lambda _progress: _open(path))

    def create(self, path: Path, make: Callable[[], Engagement]) -> None:
        """Create a file with what `make` returns, and open it."""
        self._replace(path, lambda _progress: _create(path, make))

    def create_empty(self, path: Path) -> None:
        """Create a file named after the engagement in it, with nothing in it yet."""
        self.create(path, lambda: _start(path.stem))

    def create_like(self, path: Path, source: Path) -> None:
        """Create a file that begins with the models, criteria, formulas and calendars of another, and open it."""
        self.create(path, lambda: _start_like(path.stem, source))

    def restore(self, path: Path) -> None:
        """Put the newest good backup of a damaged file in its place, keeping what stands there, and open it."""
        self._replace(path, lambda _progress: _restore(path))

    def open_backup(self, backup: Backup, path: Path) -> None:
        """Write a backup to a new file and open that."""
        self._replace(path, lambda _progress: _open_backup(backup, path))

    def open_demo(self, language: Language, today: date) -> None:
        """Open the demo engagement of `today`, made afresh on its first opening of the day."""
        path = demo_file(language, today)
        self._replace(path, lambda _progress: _open_demo(path, language, today))

    def close(self, then: Callable[[], object]) -> None:
        """Publish what is not yet, close the document, and call `then`; told by `close_failed` when it cannot be."""
        current = self.current
        if current is not None and not self._busy:
            self.close_asked.emit()
        if self._busy:
            return
        if current is not None and current.occupied:
            current.when_free(lambda: self.close(then))
            return
        if current is None:
            then()
            return
        self._busy, self._then = True, then
        current.begin_closing()
        self.closing.emit()
        self._background.run(
            lambda _progress: current.document.close(),
            success=lambda _none: self._end_close(then),
            failure=self._fail_close,
        )

    def abandon(self) -> None:
        """Close without publishing what could not be, and go on as `close` would have.

        The edits stay in this machine's working copy and come back at the next opening.
        """
        current, then = self.current, self._then
        if current is None or self._busy:
            return
        self.close_asked.emit()
        self._busy = True
        current.begin_closing()
        self.closing.emit()
        self._background.run(
            lambda _progress: current.document.close(publish=False),
            success=lambda _none: self._end_close(then),
            failure=self._fail_close,
        )

    def _replace(self, path: Path, work: Callable[[Progress], Document]) -> None:
        self.close(lambda: self._start_opening(path, work))

    def _start_opening(self, path: Path, work: Callable[[Progress], Document]) -> None:
        self._busy = True
        self.opening.emit(str(path))
        self._background.run(work, success=self._take, failure=self._fail)

    def _take(self, document: Document) -> None:
        self._busy = False
        self.current = OpenDocument(document, self._background, self)
        self.opened.emit(self.current)

    def _fail(self, error: UserError) -> None:
        self._busy = False
        self.failed.emit(error)

    def _end_close(self, then: Callable[[], object]) -> None:
        self._busy = False
        if self.current is not None:
            self.current.deleteLater()
            self.current = None
        self.closed.emit()
        then()

    def _fail_close(self, error: UserError) -> None:
        self._busy = False
        if self.current is not None:
            self.current.stay_open()
        self.close_failed.emit(error)


def demo_file(language: Language, today: date) -> Path:
    """Return where the demo of `today` is kept: its dates are relative to the day it is made."""
    return _demo_folder() / f"{today.isoformat()}-{language.code}{SUFFIX}"


def is_demo(path: Path) -> bool:
    """Tell whether a file is a demo engagement, which no coach keeps."""
    return path.parent == _demo_folder()


def _demo_folder() -> Path:
    return state_folder() / "demo"


def _nothing() -> None:
    """Do nothing more."""


def _open(path: Path) -> Document:
    from planner.document import Document  # noqa: PLC0415  not at start-up

    return _settled(Document.open(path))


def _create(path: Path, make: Callable[[], Engagement]) -> Document:
    from planner.document import Document  # noqa: PLC0415  not at start-up

    return _settled(Document.create(path, make()))


def _settled(document: Document) -> Document:
    """Do what the window would have to wait for, still off its thread.

    The pages that show the document are loaded, its rows put in order, what refers to what is looked up, and the
    collector told that all this is here to stay: else each full collection looks at every entity again and stops the
    window for a tenth of a second.
    """
    import ui.page_desk  # noqa: F401, PLC0415  not at start-up, and the window would wait for it
    from planner.domain.kinds import REFERENCE_FIELDS  # noqa: PLC0415  not at start-up
    from ui.pages.kinds import PAGES  # noqa: PLC0415  not at start-up

    for kind in PAGES:
        kind.load()
    engagement = document.engagement
    engagement.outline()
    for reference in REFERENCE_FIELDS:
        engagement.referring(reference.kind, reference.field)
    gc.freeze()
    return document


def _restore(path: Path) -> Document:
    from planner.document import restore_newest_backup  # noqa: PLC0415  not at start-up

    restore_newest_backup(path)
    return _open(path)


def _open_backup(backup: Backup, path: Path) -> Document:
    from planner.document import copy_backup  # noqa: PLC0415  not at start-up

    copy_backup(backup, path)
    return _open(path)


def _open_demo(path: Path, language: Language, today: date) -> Document:
    from planner.exchange.demo import demo_engagement  # noqa: PLC0415  not at start-up

    if path.exists():
        return _open(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return _create(path, lambda: demo_engagement(language, today))


def _start_like(name: str, source: Path) -> Engagement:
    from planner.document import Document  # noqa: PLC0415  not at start-up
    from planner.editing.start import start_like  # noqa: PLC0415  not at start-up

    document = Document.open(source)
    try:
        return start_like(document.engagement, name, created=date.today())
    finally:
        document.close(publish=False)


def _start(name: str) -> Engagement:
    from planner.editing.start import start_engagement  # noqa: PLC0415  not at start-up

    return start_engagement(name, created=date.today())
