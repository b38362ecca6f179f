"""Cyclic garbage ends on the UI thread, whichever thread made it."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.garbage import GarbageCollector


class Cycle:
    """Garbage that says which thread ended it."""

    def __init__(self, ended_on: list[int]) -> None:
        self.itself = self
        self._ended_on = ended_on

    def __del__(self) -> None:
        self._ended_on.append(threading.get_ident())


def test_garbage_made_on_another_thread_ends_on_the_ui_thread(qtbot: QtBot) -> None:
    ended_on: list[int] = []

    def litter() -> None:
        for _ in range(5_000):
            Cycle(ended_on)

    other = threading.Thread(target=litter)
    other.start()
    other.join()
    assert ended_on == []
    qtbot.waitUntil(lambda: len(ended_on) == 5_000)
    assert set(ended_on) == {threading.get_ident()}


def test_the_oldest_garbage_waits_until_the_person_turns_to_another_program(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.garbage._AWAY_MILLISECONDS", 50)
    collector = GarbageCollector(qapp)
    ended_on: list[int] = []
    old = Cycle(ended_on)
    gc.collect()
    gc.collect()
    del old
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    qtbot.wait(100)
    collector.look()
    assert ended_on == []
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    qtbot.waitUntil(lambda: len(ended_on) == 1)
    collector.stop()


def test_so_much_that_looking_would_be_felt_is_set_aside_until_the_person_turns_away(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.garbage._AWAY_MILLISECONDS", 50)
    monkeypatch.setattr("ui.garbage._MOST", 3_000)
    gc.collect()
    collector = GarbageCollector(qapp)
    ended_on: list[int] = []
    Cycle(ended_on)
    kept = [[] for _ in range(4_000)]
    collector.look()
    collector.look()
    assert ended_on == []
    Cycle(ended_on)
    more = [[] for _ in range(1_000)]
    collector.look()
    assert len(ended_on) == 1
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    qtbot.waitUntil(lambda: len(ended_on) == 2)
    assert len(kept) + len(more) == 5_000
    collector.stop()


def test_much_that_is_new_is_set_aside_though_as_much_that_was_old_has_ended(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.garbage._MOST", 3_000)
    old = [[] for _ in range(5_000)]
    gc.collect()
    collector = GarbageCollector(qapp)
    frozen = gc.get_freeze_count()
    new = [[] for _ in range(5_000)]
    old.clear()
    more = [[] for _ in range(1_000)]
    collector.look()
    assert gc.get_freeze_count() > frozen + 5_000
    assert len(new) + len(more) == 6_000
    collector.stop()


def test_what_piles_up_is_gone_through_in_the_end_though_nobody_turns_away(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.garbage._MOST", 500)
    monkeypatch.setattr("ui.garbage._PATIENCE", 3)
    collector = GarbageCollector(qapp)
    ended_on: list[int] = []
    Cycle(ended_on)
    kept: list[list[int]] = []
    for _ in range(6):
        kept.extend([] for _ in range(1_000))
        collector.look()
    assert len(ended_on) == 1
    collector.stop()


def test_python_collects_by_itself_again_once_stopped(qapp: QApplication) -> None:
    collector = GarbageCollector(qapp)
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
