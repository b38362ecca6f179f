"""A hundred openings and closings leave nothing behind: no widget, no timer, no thread, no process."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.pages.kinds import PAGES

TIMES = 100
WARM_UP = 10


def census(qapp: QApplication, roadbook: Roadbook) -> Counter[str]:
    """Count what is alive in the application, by class."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.unfreeze()
    gc.collect()
    counts = Counter(type(one).__name__ for one in qapp.allWidgets())
    counts["timers"] = len(roadbook.findChildren(QTimer)) + len(roadbook.window.findChildren(QTimer))
    counts["objects"] = len(roadbook.findChildren(QObject)) + len(roadbook.window.findChildren(QObject))
    counts["threads"] = threading.active_count()
    counts["processes"] = len(multiprocessing.active_children())
    return counts


def test_a_hundred_openings_and_closings_leave_nothing_behind(
    qapp: QApplication, start: StartRoadbook, plan_file: Path, qtbot: QtBot
) -> None:
    roadbook = start(plan_file)
    for kind in PAGES:
        roadbook.show_page(kind.id)
        settle(qtbot, roadbook)
    before: Counter[str] = Counter()
    for time in range(TIMES):
        roadbook.actions["close"].trigger()
        qtbot.waitUntil(lambda: roadbook.opened is None and not roadbook.files.busy)
        if time == WARM_UP:
            before = census(qapp, roadbook)
        roadbook.files.open(plan_file)
        qtbot.waitUntil(lambda: roadbook.opened is not None)
        roadbook.show_page(PAGES[time % len(PAGES)].id)
        QApplication.processEvents()
    settle(qtbot, roadbook)
    roadbook.actions["close"].trigger()
    qtbot.waitUntil(lambda: roadbook.opened is None and not roadbook.files.busy)
    settle(qtbot, roadbook)
    after = census(qapp, roadbook)
    assert isinstance(roadbook.window, QWidget)
    assert {name: (before[name], count) for name, count in after.items() if count > before[name]} == {}
