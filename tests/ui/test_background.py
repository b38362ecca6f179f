import threading

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from planner.domain.errors import UserError
from planner.progress import Progress
from ui.background import Background


@pytest.fixture
def background(qtbot: QtBot) -> Background:
    made = Background()
    yield made
    assert made.close()


def test_success_is_told_on_the_ui_thread_with_what_was_found(background: Background, qtbot: QtBot) -> None:
    told: list[object] = []
    threads: set[int] = set()

    def work(progress: Progress) -> int:
        threads.add(threading.get_ident())
        progress(1, 1)
        return 42

    background.run(work, success=lambda result: told.extend((result, threading.get_ident())), failure=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [42, threading.get_ident()]
    assert threading.get_ident() not in threads


def test_what_a_person_can_mend_is_told_as_failure(background: Background, qtbot: QtBot) -> None:
    told: list[UserError] = []

    def work(_progress: Progress) -> None:
        raise UserError("file-foreign", path="x")

    background.run(work, success=lambda _none: pytest.fail("it failed"), failure=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "file-foreign"


def test_a_cancelled_job_stops_at_its_next_report_and_tells_nothing_else(background: Background, qtbot: QtBot) -> None:
    told: list[str] = []
    started = threading.Event()
    gate = threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        gate.wait(5)
        progress(1, 2)
        told.append("went on")

    job = background.run(
        work,
        success=lambda _none: told.append("success"),
        failure=lambda _error: told.append("failure"),
        cancelled=lambda: told.append("cancelled"),
    )
    assert started.wait(5)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["cancelled"]


def test_a_bug_surfaces_on_the_ui_thread(background: Background, qtbot: QtBot) -> None:
    def work(_progress: Progress) -> None:
        raise ZeroDivisionError

    with capture_exceptions() as raised:
        background.run(work, success=lambda _none: None, failure=lambda _error: None)
        qtbot.waitUntil(lambda: not background.busy)
    assert [kind for kind, _error, _trace in raised] == [ZeroDivisionError]


def test_progress_reaches_the_screen_and_its_end_always_does(background: Background, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []

    def work(progress: Progress) -> None:
        for done in range(1001):
            progress(done, 1000)

    background.run(
        work,
        success=lambda _none: None,
        failure=lambda _error: None,
        progress=lambda done, total: seen.append((done, total)),
    )
    qtbot.waitUntil(lambda: not background.busy)
    assert seen[-1] == (1000, 1000)
    assert len(seen) < 500


def test_work_for_when_all_is_painted_counts_as_under_way_but_lets_the_screen_go_first(
    background: Background, qtbot: QtBot
) -> None:
    started = threading.Event()
    told: list[object] = []
    background.run(lambda _progress: started.set(), success=told.append, failure=told.append, when_painted=True)
    assert background.busy
    assert not started.wait(0.1)
    qtbot.waitUntil(lambda: told == [None])
    assert started.is_set()


def test_once_closed_nothing_is_told_any_more(qtbot: QtBot) -> None:
    background = Background()
    told: list[object] = []
    job = background.run(
        lambda _progress: 42, success=told.append, failure=told.append, cancelled=lambda: told.append(0)
    )
    job.finished.connect(lambda: told.append("finished"))
    assert background.close()
    qtbot.waitUntil(lambda: not background.busy)
    assert told == []


class Closure:
    """Work, or what it tells, that says on which thread it ended."""

    def __init__(self, ended_on: list[int]) -> None:
        self._ended_on = ended_on

    def __call__(self, _told: object) -> object:
        return self

    def __del__(self) -> None:
        self._ended_on.append(threading.get_ident())


def test_work_its_result_and_what_it_tells_end_on_the_ui_thread(background: Background, qtbot: QtBot) -> None:
    ended_on: list[int] = []
    for _ in range(200):
        background.run(Closure(ended_on), success=Closure(ended_on), failure=Closure(ended_on))
    qtbot.waitUntil(lambda: len(ended_on) == 600)
    assert set(ended_on) == {threading.get_ident()}
