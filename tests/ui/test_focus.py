"""Where the keyboard is can be seen: whatever Tab stops at looks clearly different while it is there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolButton, QWidget
from shiboken6 import isValid

from planner.language import Language
from tests.scenes.plays import Play, all_plays, perform
from tests.ui.widget_rules import parts
from ui.surroundings import Surroundings

PLAYS = [play for play in all_plays() if play.content == "demo" and play.name not in {"dialogs", "inspector", "shell"}]
CLEARLY = 40
"""How much a pixel's red, green or blue changes, of 255, for the change to be seen."""
PIXELS = 24


def picture(widget: QWidget) -> npt.NDArray[np.int16]:
    """Return what a widget looks like: height x width x 4."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4)
    return pixels.astype(np.int16)


def kind_of(widget: QWidget) -> tuple[object, ...]:
    """Return what decides how a widget shows focus: looking at one of each will do."""
    return (
        type(widget),
        widget.objectName(),
        widget.property("role"),
        type(widget.itemDelegate()) if isinstance(widget, QAbstractItemView) else None,
        isinstance(widget, QToolButton) and widget.isChecked(),
    )


def stops(root: QWidget) -> list[QWidget]:
    """Return where Tab stops in what is shown."""
    return [
        part
        for part in parts(root)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None and part.isEnabled()
    ]


def looks_alike_with_focus(widget: QWidget) -> bool:
    """Tell whether nobody could see that a widget has the keyboard; what hides or gives it away is no stop."""
    widget.clearFocus()
    QApplication.processEvents()
    if not isValid(widget):
        return False
    without = picture(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if not widget.hasFocus():
        return False
    with_focus = picture(widget)
    if without.shape != with_focus.shape:
        return False
    return int((np.abs(without - with_focus).max(axis=2) >= CLEARLY).sum()) < PIXELS


@pytest.mark.parametrize(
    ("play", "theme"), [(play, ("light", "dark", "high-contrast")[at % 3]) for at, play in enumerate(PLAYS)], ids=str
)
def test_focus_is_seen_wherever_the_keyboard_stops(
    qapp: QApplication, tmp_path: Path, play: Play, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The themes take turns: the style is one, their colours have tests of their own.
    monkeypatch.setenv("ROADBOOK_STATE_DIR", str(tmp_path / "state"))
    surroundings = Surroundings(qapp, language=Language("en"), theme_name=theme)
    seen: set[tuple[object, ...]] = set()
    unseen = []
    with closing(perform(play, surroundings, tmp_path, (1440, 900))) as scenes:
        for name, root in scenes:
            for stop in stops(root):
                if isValid(stop) and kind_of(stop) not in seen:
                    seen.add(kind_of(stop))
                    if looks_alike_with_focus(stop):
                        unseen.append(f"{name}: {type(stop).__name__} {stop.accessibleName()!r}")
    surroundings.deleteLater()
    assert seen
    assert unseen == []
