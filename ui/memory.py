"""What this machine remembers, shared by every window: the latest preferences, written a moment after they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Background
from ui.settings import Preferences, save_preferences

_WRITE_AFTER_MILLISECONDS: Final = 300


class Memory(QObject):
    """Holds the preferences; `changed` when another window, too, should show them."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._background = Background(self, threads=1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITE_AFTER_MILLISECONDS)
        self._timer.timeout.connect(self._write)

    @property
    def preferences(self) -> Preferences:
        """The preferences as they are now."""
        return self._preferences

    def keep(self, preferences: Preferences) -> None:
        """Keep `preferences`; they are written a moment later, off the UI thread, which no disk may hold up."""
        if preferences != self._preferences:
            self._preferences = preferences
            self._timer.start()
            self.changed.emit()

    def of_page(self, page_id: str) -> Mapping[str, Any]:
        """Return what a page asked to remember."""
        return self._preferences.pages.get(page_id, {})

    def keep_of_page(self, page_id: str, values: Mapping[str, Any]) -> None:
        """Remember `values` (JSON) of a page, beside what it remembers already."""
        kept = {**self._preferences.pages.get(page_id, {}), **values}
        self.keep(replace(self._preferences, pages={**self._preferences.pages, page_id: kept}))

    def close(self) -> None:
        """Write what is not written yet."""
        self._timer.stop()
        self._background.close()
        save_preferences(self._preferences)

    def _write(self) -> None:
        preferences = self._preferences
        # A preference that cannot be written is forgotten; it is not worth a word.
        self._background.run(
            lambda _progress: save_preferences(preferences), success=_say_nothing, failure=_say_nothing
        )


def _say_nothing(_outcome: object) -> None:
    """Let it be."""
