"""Every page's whole life, once by keys alone and once by mouse: create, edit, move, remove, undo, redo, reopen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.domain.engagement import Engagement
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from tests.ui.hands import Keyboard, Mouse
from ui.composition import Roadbook

HANDS = {"keys": Keyboard, "mouse": Mouse}


@dataclass(frozen=True, slots=True)
class Life:
    """What a page makes: its kind, and the actions that show its view, add one and move it."""

    page: str
    kind: str
    add: str
    move: str = ""
    view: str = ""

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
)


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
    [(life, way) for life in LIVES for way in HANDS if way == "keys" or life.kind not in {"groups", "applications"}],
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
    hands.write("Harbour")
    took(lambda engagement: engagement.kind(life.kind)[new].name == "Harbour")
    hands.rename("Harbour")
    hands.write("Haven")
    took(lambda engagement: engagement.kind(life.kind)[new].name == "Haven")
    if life.move:
        hands.do(life.move)
        took(lambda engagement: engagement.kind(life.kind)[new].name == "Haven")
    hands.do("remove")
    took(lambda engagement: new not in engagement.kind(life.kind))
    for state in reversed(states[:-1]):
        hands.do("undo")
        assert engagement_of(roadbook) == state
    for state in states[1:-1]:
        hands.do("redo")
        assert engagement_of(roadbook) == state
    reopen(roadbook, hands, qtbot)
    assert engagement_of(roadbook).kind(life.kind)[new].name == "Haven"
