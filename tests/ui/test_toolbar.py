"""The bar above a page gives way: words first, then the last buttons; nothing is ever out of reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from planner.document import Document
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.widgets.toolbar import PageToolbar


@pytest.fixture
def roadbook(start: StartRoadbook, plan_file: Path) -> Roadbook:
    return start(plan_file)


def shown_by(toolbar: PageToolbar) -> tuple[list[str], list[str]]:
    """Return the words of the actions that have a button of their own and of those in the menu."""
    own = [
        one.defaultAction().text() for one in toolbar.findChildren(QToolButton) if one.isVisible() and not one.menu()
    ]
    more = [one for one in toolbar.findChildren(QToolButton) if one.menu() is not None and one.isVisible()]
    return own, [one.text() for button in more for one in button.menu().actions() if not one.isSeparator()]


def test_where_there_is_no_room_the_last_buttons_are_in_a_menu(roadbook: Roadbook) -> None:
    toolbar = roadbook.page("timeline").toolbar
    toolbar.setFixedWidth(1200)
    whole, nothing = shown_by(toolbar)
    assert nothing == []
    toolbar.setFixedWidth(toolbar.minimumSizeHint().width() + 60)
    own, more = shown_by(toolbar)
    assert more
    assert sorted(own + more) == sorted(whole)
    labelled = {roadbook.actions[one].text() for one in ("timeline.add", "export")}
    assert labelled <= set(own)
    toolbar.setFixedWidth(1200)
    assert shown_by(toolbar) == (whole, [])


@pytest.mark.parametrize("page_id", ["assessment", "flow", "organization", "practices", "priorities", "timeline"])
def test_a_page_that_needs_more_than_a_small_window_is_scrolled_not_squeezed(
    roadbook: Roadbook, qtbot: QtBot, page_id: str
) -> None:
    roadbook.show_page(page_id)
    roadbook.window.resize(640, 400)
    settle(qtbot, roadbook)
    assert (roadbook.window.width(), roadbook.window.height()) == (640, 400)
    page = roadbook.page(page_id)
    assert page.width() >= page.minimumSizeHint().width()
    assert page.height() >= page.minimumSizeHint().height()


def test_in_a_low_window_the_legend_leaves_its_room_to_the_grid(
    start: StartRoadbook, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "every-kind.roadbook"
    Document.create(path, a.engagement(*a.sample_of_every_kind())).close()
    roadbook = start(path)
    page = roadbook.page("assessment")
    roadbook.show_page("assessment")
    roadbook.window.resize(1200, 900)
    qtbot.waitUntil(page.legend.isVisible)
    roadbook.window.resize(1200, 440)
    qtbot.waitUntil(lambda: not page.legend.isVisible())
    assert roadbook.actions["assessment.legend"].isChecked()
    roadbook.window.resize(1200, 900)
    qtbot.waitUntil(page.legend.isVisible)
