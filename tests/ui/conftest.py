"""The application as tests drive it: a window over a document of their own, closed and gone at the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Estimate, Status
from planner.language import Language
from tests import builders as a
from ui.app import make_application
from ui.composition import Roadbook
from ui.garbage import GarbageCollector
from ui.memory import Memory
from ui.settings import Preferences
from ui.surroundings import Surroundings

PLAN_START = a.MONDAY
KNOWN_MACHINE = Preferences(pages={"window": {"tour": "offered"}})
"""What is remembered where Roadbook ran before: the tour is not offered again."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen screen say what it cannot do; every other Qt warning fails its test."""
    for item in items:
        if "tests/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


def small_plan() -> Engagement:
    """Return two programmes of three initiatives each, linked, with a milestone, by two teams."""
    entities = [a.settings(name="Littoral"), a.unit(id="unit", name="IT"), a.team(id="blue"), a.team(id="red")]
    for number, programme in enumerate(("Flow", "Trust")):
        entities.append(a.initiative(id=programme, name=programme, position=number, status=Status.ACTIVE))
        for step in range(3):
            one = f"{programme}-{step}"
            entities.append(
                a.initiative(
                    id=one,
                    name=f"{programme} step {step}",
                    parent_id=programme,
                    position=step,
                    duration_days=0.0 if step == 2 else 10.0,
                    status=Status.PLANNED,
                    constraint=ConstraintKind.START_NO_EARLIER_THAN
                    if step == 0
                    else ConstraintKind.AS_SOON_AS_POSSIBLE,
                    constraint_date=PLAN_START + timedelta(days=14 * number) if step == 0 else None,
                )
            )
            entities.append(
                Estimate(id=f"estimate-{one}", initiative_id=one, team_id="blue" if step else "red", effort=4.0)
            )
            if step:
                entities.append(a.link(f"{programme}-{step - 1}", one))
    return a.engagement(*entities)


@pytest.fixture(autouse=True)
def garbage_ends_here(qapp: QApplication) -> Iterator[None]:
    """Let garbage end on the UI thread, as in the application: a test's widgets may be among it."""
    collector = GarbageCollector(qapp)
    yield
    collector.stop()
    collector.deleteLater()


@pytest.fixture(scope="session", autouse=True)
def clipboard_ends_first(qapp: QApplication) -> Iterator[None]:
    """Empty the clipboard at the end: the offscreen one outlives Python, and what it holds is Python's to end."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def surroundings(qapp: QApplication) -> Iterator[Surroundings]:
    make_application()
    made = Surroundings(qapp, language=Language("en"), theme_name="light")
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def published_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a published file with the small plan, made once and copied by each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROADBOOK_STATE_DIR", str(tmp_path_factory.mktemp("first-state")))
        from planner.document import Document

        path = tmp_path_factory.mktemp("plans") / "littoral.roadbook"
        Document.create(path, small_plan()).close()
    return path


@pytest.fixture
def plan_file(published_plan: Path, tmp_path: Path) -> Path:
    path = tmp_path / "littoral.roadbook"
    shutil.copy(published_plan, path)
    return path


StartRoadbook = Callable[..., Roadbook]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, surroundings: Surroundings) -> Iterator[StartRoadbook]:
    """Return a function that starts the application on a file, or on its welcome page."""
    started: list[Roadbook] = []

    def begin(path: Path | None = None, *, preferences: Preferences | None = None) -> Roadbook:
        roadbook = Roadbook(qapp, surroundings, Memory(preferences or KNOWN_MACHINE))
        started.append(roadbook)
        roadbook.start(path=path)
        qtbot.waitUntil(roadbook.window.isVisible)
        if path is not None:
            qtbot.waitUntil(
                lambda: roadbook.opened is not None or bool(roadbook.window.messages.messages()), timeout=30_000
            )
        if roadbook.opened is not None:
            settle(qtbot, roadbook)
        return roadbook

    yield begin
    for roadbook in started:
        leave(qtbot, roadbook)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle(qtbot: QtBot, roadbook: Roadbook) -> None:
    """Wait until nothing is under way any more."""
    qtbot.waitUntil(lambda: not roadbook.background.busy and not roadbook.files.busy, timeout=20_000)


def leave(qtbot: QtBot, roadbook: Roadbook) -> None:
    """Close the window as a person would, and let go of it."""
    if not isValid(roadbook):
        return
    if roadbook.window.isVisible():
        settle(qtbot, roadbook)
        roadbook.window.close()
        qtbot.waitUntil(lambda: not roadbook.window.isVisible(), timeout=20_000)
    roadbook.background.close()
    roadbook.memory.close()
    roadbook.window.deleteLater()
    roadbook.deleteLater()
