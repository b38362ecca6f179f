"""The windows of the running application: one file each, one language, theme and memory for all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication

from ui.composition import Roadbook
from ui.memory import Memory
from ui.surroundings import Surroundings
from ui.window import Window

_STEP = QPoint(32, 32)
"""How far a further window stands from the one it was asked from, in pixels."""


class Windows(QObject):
    """Opens windows and lets go of those that were closed; the memory is written with the last."""

    def __init__(self, application: QApplication, surroundings: Surroundings, memory: Memory) -> None:
        super().__init__(application)
        self._application = application
        self._surroundings = surroundings
        self._memory = memory
        self.windows: list[Roadbook] = []

    def latest(self) -> Window | None:
        """Return the window used last; None when all are closed."""
        for roadbook in self.windows:
            if roadbook.window.isActiveWindow():
                return roadbook.window
        return self.windows[-1].window if self.windows else None

    def open(self, *, path: Path | None = None, demo: bool = False) -> Roadbook:
        """Open a window, on a file, on the demo or on the welcome page."""
        roadbook = Roadbook(self._application, self._surroundings, self._memory)
        beside = self.latest()
        self.windows.append(roadbook)
        roadbook.window_asked.connect(lambda asked: self.open(path=asked))
        roadbook.quit_asked.connect(self._close_others)
        roadbook.left.connect(lambda: self._forget(roadbook))
        roadbook.elsewhere = lambda path: self._bring_forward(roadbook, path)
        roadbook.start(path=path, demo=demo)
        if beside is not None:
            roadbook.window.move(beside.pos() + _STEP)
        return roadbook

    def _bring_forward(self, asking: Roadbook, path: Path) -> bool:
        """Bring the window to the front that has a file open, other than the one asking; tell whether there is one."""
        for roadbook in self.windows:
            if roadbook is not asking and roadbook.holds(path):
                window = roadbook.window
                window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
                window.raise_()
                window.activateWindow()
                return True
        return False

    def _close_others(self) -> None:
        """Close the windows beside the one that was left for good; one whose file cannot be written stays."""
        for roadbook in self.windows:
            roadbook.window.close()

    def _forget(self, roadbook: Roadbook) -> None:
        self.windows.remove(roadbook)
        roadbook.window.deleteLater()
        roadbook.deleteLater()
        if not self.windows:
            self._memory.close()
