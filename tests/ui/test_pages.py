"""What every page does out of sight: nothing, and then what it missed, as one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.domain.changes import Changes, Label
from planner.editing import entities, initiatives
from planner.editing.step import step as make_step
from tests import builders as a
from tests.ui.conftest import StartRoadbook
from ui.composition import Roadbook
from ui.pages.kinds import PAGES


@pytest.fixture
def roadbook(start: StartRoadbook, plan_file: Path) -> Roadbook:
    opened = start(plan_file)
    for kind in PAGES:
        opened.show_page(kind.id)
    return opened


def rename(roadbook: Roadbook, name: str) -> None:
    opened = roadbook.opened
    opened.edit(initiatives.change(opened.engagement, "Flow-0", name=name))


def test_a_page_out_of_sight_shows_what_it_missed_as_one_step(
    roadbook: Roadbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    roadbook.show_page("organization")
    page = roadbook.page("timeline")
    shown: list[Changes] = []
    refreshed: list[bool] = []
    monkeypatch.setattr(page, "take_changes", shown.append)
    monkeypatch.setattr(page, "refresh", lambda: refreshed.append(True))
    for name in ("One", "Two", "Three"):
        rename(roadbook, name)
    assert not shown
    roadbook.show_page("timeline")
    (step,) = shown
    change = step.by_kind["initiatives"]["Flow-0"]
    assert (change.before.name, change.after.name) == ("Flow step 0", "Three")
    assert not refreshed
    roadbook.show_page("organization")
    roadbook.show_page("timeline")
    assert len(shown) == 1


def test_after_very_much_everything_is_shown_anew(roadbook: Roadbook, monkeypatch: pytest.MonkeyPatch) -> None:
    roadbook.show_page("organization")
    page = roadbook.page("timeline")
    refreshed: list[bool] = []
    monkeypatch.setattr(page, "refresh", lambda: refreshed.append(True))
    opened = roadbook.opened
    many = [a.initiative(id=f"new-{number}", name=f"New {number}") for number in range(1_001)]
    opened.edit(make_step(opened.engagement, Label("import-files", {"names": "x"}), put=many))
    rename(roadbook, "Later")
    roadbook.show_page("timeline")
    assert refreshed == [True]


def test_pages_not_seen_yet_are_made_while_nobody_touches_the_window(
    start: StartRoadbook, plan_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.page_desk._IDLE_SECONDS", 60.0)
    roadbook = start(plan_file)
    assert roadbook.pages is not None
    made = roadbook.pages._pages
    QTest.keyClick(roadbook.window.windowHandle(), Qt.Key.Key_Shift)
    before = len(made)
    assert before < len(PAGES)
    qtbot.wait(500)
    assert len(made) == before
    roadbook.show_page("settings")
    assert roadbook.page("settings").isVisible()
    monkeypatch.setattr("ui.page_desk._IDLE_SECONDS", 0.1)
    qtbot.waitUntil(lambda: len(made) == len(PAGES), timeout=10_000)


def test_a_page_that_shows_nothing_of_what_changed_is_not_made_anew_for_however_much(
    roadbook: Roadbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    roadbook.show_page("assessment")
    roadbook.show_page("organization")
    page = roadbook.page("assessment")
    refreshed: list[bool] = []
    monkeypatch.setattr(page, "refresh", lambda: refreshed.append(True))
    opened = roadbook.opened
    many = [a.initiative(id=f"new-{number}", name=f"New {number}") for number in range(1_001)]
    opened.edit(make_step(opened.engagement, Label("import-files", {"names": "x"}), put=many))
    roadbook.show_page("assessment")
    assert not refreshed
    roadbook.show_page("organization")
    opened.edit(entities.change(opened.engagement, "teams", "blue", name="Azure"))
    roadbook.show_page("assessment")
    assert refreshed == [True]


@pytest.mark.parametrize("page_id", [kind.id for kind in PAGES])
def test_every_page_shows_after_an_absence_what_it_would_have_shown(roadbook: Roadbook, page_id: str) -> None:
    """Change a bit of everything a page may show while it is out of sight; nothing breaks, and it can be undone there."""
    roadbook.show_page("share" if page_id != "share" else "settings")
    rename(roadbook, "Changed out of sight")
    opened = roadbook.opened
    opened.edit(entities.change(opened.engagement, "teams", "blue", name="Azure"))
    opened.edit(entities.change(opened.engagement, "settings", "settings", name="Another name"))
    roadbook.show_page(page_id)
    assert roadbook.page(page_id).isVisible()
    for _ in range(3):
        roadbook.actions["undo"].trigger()
    assert opened.engagement.setting.name == "Littoral"
