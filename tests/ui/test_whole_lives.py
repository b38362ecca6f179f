"""Every page's whole life, once by keys alone and once by mouse: create, edit, move, remove, undo, redo, reopen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.assessment import AnswerState, Assessment
from planner.domain.engagement import Engagement
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from tests.ui.hands import Keyboard, Mouse
from ui.composition import Roadbook
from ui.pages.assessment.actions import RATINGS
from ui.present.exports import OFFERED

HANDS = {"keys": Keyboard, "mouse": Mouse}


@dataclass(frozen=True, slots=True)
class Life:
    """What a page makes: its kind, and the actions that show its view, add one, move and remove it."""

    page: str
    kind: str
    add: str
    move: str = ""
    view: str = ""
    remove: str = "remove"
    is_named_at_once: bool = True

    def __str__(self) -> str:
        """Return what identifies the life."""
        return f"{self.page}-{self.kind}"


LIVES = (
    Life("organization", "teams", "organization.add-team", "organization.move-up"),
    Life("organization", "units", "organization.add-unit", "organization.move-up"),
    Life("organization", "groups", "organization.add-group", view="organization.show-groups"),
    Life("organization", "applications", "organization.add-application", view="organization.show-applications"),
    Life("practices", "practices", "practices.add-practice", "practices.move-up"),
    Life("priorities", "criteria", "priorities.add-criterion", "priorities.move-up", view="priorities.show-criteria"),
    Life("timeline", "initiatives", "timeline.add", "timeline.move-up"),
    Life("flow", "stream_steps", "flow.add-step", "flow.move-left"),
    Life("settings", "formulas", "settings.add-formula", view="settings.show-formulas"),
    Life("settings", "calendars", "settings.add-calendar", view="settings.show-calendars"),
    Life(
        "assessment", "assessments", "assessment.start-empty",
        remove="assessment.remove-assessment", is_named_at_once=False,
    ),
)  # fmt: skip


@pytest.fixture
def roadbook(start: StartRoadbook, tmp_path: Path) -> Roadbook:
    path = tmp_path / "life.roadbook"
    Document.create(path, a.Engagement.of(a.sample_of_every_kind())).close()
    return start(path)


def engagement_of(roadbook: Roadbook) -> Engagement:
    assert roadbook.opened is not None
    return roadbook.opened.engagement


def reopen(roadbook: Roadbook, hands: Keyboard, qtbot: QtBot) -> None:
    """Close the engagement, find it whole in the file, and open it again."""
    kept = engagement_of(roadbook)
    assert roadbook.opened is not None
    path = roadbook.opened.document.path
    roadbook.actions["close"].setEnabled(True)
    hands.reach(roadbook.actions["close"])
    qtbot.waitUntil(lambda: roadbook.opened is None and not roadbook.files.busy)
    document = Document.open(path)
    assert document.engagement == kept
    document.close()
    roadbook.files.open(path)
    qtbot.waitUntil(lambda: roadbook.opened is not None)
    settle(qtbot, roadbook)
    assert engagement_of(roadbook) == kept


@pytest.mark.parametrize(
    ("life", "way"),
    [(life, way) for life in LIVES for way in HANDS],
    ids=str,
)
def test_what_a_page_makes_lives_a_whole_life(life: Life, way: str, roadbook: Roadbook, qtbot: QtBot) -> None:
    hands = HANDS[way](roadbook, qtbot)
    hands.do(f"go-{life.page}")
    if life.view:
        hands.do(life.view)
    states = [engagement_of(roadbook)]

    def took(check: Callable[[Engagement], object]) -> None:
        assert engagement_of(roadbook) != states[-1]
        assert check(engagement_of(roadbook))
        states.append(engagement_of(roadbook))

    hands.do(life.add)
    (new,) = engagement_of(roadbook).kind(life.kind).keys() - states[0].kind(life.kind).keys()
    states.append(engagement_of(roadbook))
    if not life.is_named_at_once:
        hands.rename(engagement_of(roadbook).kind(life.kind)[new].name)
    hands.write("Harbour")
    took(lambda engagement: engagement.kind(life.kind)[new].name == "Harbour")
    hands.rename("Harbour")
    hands.write("Haven")
    took(lambda engagement: engagement.kind(life.kind)[new].name == "Haven")
    if life.move:
        hands.do(life.move)
        took(lambda engagement: engagement.kind(life.kind)[new].name == "Haven")
    hands.do(life.remove)
    took(lambda engagement: new not in engagement.kind(life.kind))
    for state in reversed(states[:-1]):
        hands.do("undo")
        assert engagement_of(roadbook) == state
    for state in states[1:-1]:
        hands.do("redo")
        assert engagement_of(roadbook) == state
    reopen(roadbook, hands, qtbot)
    assert engagement_of(roadbook).kind(life.kind)[new].name == "Haven"


@pytest.mark.parametrize("way", HANDS)
def test_a_rating_lives_a_whole_life(start: StartRoadbook, tmp_path: Path, qtbot: QtBot, way: str) -> None:
    path = tmp_path / "ratings.roadbook"
    content = a.engagement(
        a.unit(id="unit", name="IT"),
        a.team(id="blue", name="Blue"),
        *a.model(),
        a.practice(id="practice", name="Trunk"),
        Assessment(id="assessment", name="Now", held_on=a.MONDAY),
    )
    Document.create(path, content).close()
    roadbook = start(path)
    hands = HANDS[way](roadbook, qtbot)
    hands.do("go-assessment")
    page = roadbook.page("assessment")
    states = [engagement_of(roadbook)]

    def answer_is(score: float | None, state: AnswerState = AnswerState.ANSWERED, reason: str = "") -> None:
        found = next(iter(engagement_of(roadbook).answers.values()), None)
        told = (None, AnswerState.ANSWERED, "") if found is None else (found.score, found.state, found.reason or "")
        assert told == (score, state, reason)
        assert engagement_of(roadbook) != states[-1]
        states.append(engagement_of(roadbook))

    grid = page.heatmap.geometry_now
    row, column = next(
        (row, column)
        for row in grid.rows_seen()
        for column in grid.columns_seen()
        if page.heatmap.place_at(row, column) is not None
    )
    if way == "keys":
        page.heatmap.setFocus()
        for key, count in ((Qt.Key.Key_Down, row), (Qt.Key.Key_Right, column)):
            for _step in range(count):
                hands.key(key)
    else:
        hands.click(page.heatmap.viewport(), grid.cell(row, column).center())
    assert page.heatmap.selected_places() == (("blue", "practice"),)
    hands.do(RATINGS[1])
    answer_is(0.5)
    hands.do(RATINGS[2])
    answer_is(1.0)
    hands.do("assessment.declined")
    hands.write("Not this year")
    answer_is(1.0, AnswerState.DECLINED, "Not this year")
    hands.do("remove")
    answer_is(None)
    for state in reversed(states[:-1]):
        hands.do("undo")
        assert engagement_of(roadbook) == state
    for state in states[1:3]:
        hands.do("redo")
        assert engagement_of(roadbook) == state
    reopen(roadbook, hands, qtbot)
    assert [one.score for one in engagement_of(roadbook).answers.values()] == [1.0]


@pytest.mark.parametrize("way", HANDS)
def test_an_export_is_chosen_cut_down_and_written(roadbook: Roadbook, tmp_path: Path, qtbot: QtBot, way: str) -> None:
    hands = HANDS[way](roadbook, qtbot)
    hands.do("go-share")
    page = roadbook.page("share")
    row = next(row for row, kind in enumerate(OFFERED) if kind.suffix == ".json")
    if way == "keys":
        page.kinds.setFocus()
        hands.key(Qt.Key.Key_Home)
        for _step in range(row):
            hands.key(Qt.Key.Key_Down)
        box = page.choices.checks["people"]
        box.setFocus()
        hands.key(Qt.Key.Key_Space)
    else:
        page.kinds.scrollTo(page.kinds.model().index(row, 0))
        hands.click(page.kinds.viewport(), page.kinds.visualRect(page.kinds.model().index(row, 0)).center())
        box = page.choices.checks["people"]
        hands.click(box, QPoint(8, box.height() // 2))
    assert (page.kind.suffix, box.isChecked()) == (".json", True)
    target = tmp_path / "shared.json"
    hands.do("share.export")
    (files,) = (one for one in roadbook.window.findChildren(QFileDialog) if one.isVisible())
    line = files.findChild(QLineEdit)
    line.setText(str(target))
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(target.exists, timeout=20_000)
    settle(qtbot, roadbook)
    kept = engagement_of(roadbook)
    owners = {one.owner for one in kept.initiatives.values() if one.owner}
    assert owners
    written = target.read_text(encoding="utf-8")
    assert not [owner for owner in owners if owner in written]
    assert engagement_of(roadbook) == kept
