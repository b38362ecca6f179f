"""Long work in a process of its own: the same files, progress, refusals, cancelling, bugs that surface."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from planner.exchange.formats import export, export_elsewhere
from planner.exchange.options import ExportOptions
from planner.exchange.preview import PagePreview, TablePreview, TextPreview, preview
from planner.exchange.redaction import Redaction
from planner.exchange.worker import Limits, Worker
from planner.language import Language
from planner.progress import Cancelled, Progress
from planner.safe_file import write_safely
from tests import builders as a

TODAY = date(2026, 11, 23)
ENGLISH = Language("en")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


@pytest.fixture(scope="module")
def engagement() -> Engagement:
    return a.engagement(*a.sample_of_every_kind())


def count_initiatives(engagement: Engagement, progress: Progress) -> int:
    progress(1, 2)
    return len(engagement.initiatives)


def wait_for_ever(_engagement: Engagement, _progress: Progress) -> None:
    time.sleep(600)


def refuse(_engagement: Engagement, _progress: Progress) -> None:
    raise UserError("folder-missing", path="there")


def break_a_promise(_engagement: Engagement, _progress: Progress) -> None:
    raise ZeroDivisionError("a promise was broken")


def take_memory(_engagement: Engagement, _progress: Progress, megabytes: int) -> int:
    return len(bytearray(megabytes * 1_000_000))


def die(_engagement: Engagement, _progress: Progress) -> None:
    os._exit(1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_past_its_memory_a_task_ends_in_one_sentence_and_the_next_one_goes_on(engagement: Engagement) -> None:
    own = Worker(Limits(megabytes=200, seconds=60))
    assert own.run(take_memory, engagement, 50) == 50_000_000
    for _time in range(2):
        with pytest.raises(UserError) as caught:
            own.run(take_memory, engagement, 400)
        assert (caught.value.code, caught.value.parameters["megabytes"]) == ("task-too-heavy", 200)
    assert own.run(count_initiatives, engagement) == len(engagement.initiatives)
    own.close()


def test_past_its_time_a_limited_task_ends_in_one_sentence(engagement: Engagement) -> None:
    own = Worker(Limits(megabytes=500, seconds=2))
    with pytest.raises(UserError, match="task-too-slow"):
        own.run(wait_for_ever, engagement)
    own.close()


def test_a_limited_task_that_dies_ends_in_one_sentence_and_the_next_one_is_done(engagement: Engagement) -> None:
    own = Worker(Limits(megabytes=500, seconds=120))
    with pytest.raises(UserError, match="task-too-heavy"):
        own.run(die, engagement)
    assert own.run(count_initiatives, engagement) == len(engagement.initiatives)
    own.close()


def test_the_engagement_arrives_whole_and_the_next_one_takes_its_place(worker: Worker, engagement: Engagement) -> None:
    assert worker.run(count_initiatives, engagement) == len(engagement.initiatives)
    many = a.engagement(*(a.initiative(id=f"i{number}") for number in range(1_001)))
    assert worker.run(count_initiatives, many) == 1_001
    assert worker.run(count_initiatives, engagement) == len(engagement.initiatives)


def test_progress_is_passed_on(worker: Worker, engagement: Engagement) -> None:
    told: list[tuple[int, int]] = []
    worker.run(count_initiatives, engagement, progress=lambda done, total: told.append((done, total)))
    assert (1, 2) in told


def test_a_refusal_comes_back_as_it_is(worker: Worker, engagement: Engagement) -> None:
    with pytest.raises(UserError) as caught:
        worker.run(refuse, engagement)
    assert caught.value.code == "folder-missing"
    assert caught.value.parameters["path"] == "there"


def test_a_bug_surfaces_with_its_trace_and_the_process_goes_on(worker: Worker, engagement: Engagement) -> None:
    with pytest.raises(BugError, match="a promise was broken"):
        worker.run(break_a_promise, engagement)
    assert worker.run(count_initiatives, engagement) == len(engagement.initiatives)


def test_cancelling_ends_it_whatever_it_does(engagement: Engagement) -> None:
    own = Worker()
    asked = 0

    def give_up(_done: int, _total: int) -> None:
        nonlocal asked
        asked += 1
        if asked > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        own.run(wait_for_ever, engagement, progress=give_up)
    assert own.run(count_initiatives, engagement) == len(engagement.initiatives)
    own.close()


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_files_are_those_the_same_process_would_write(
    worker: Worker, engagement: Engagement, tmp_path: Path, suffix: str
) -> None:
    here, there = tmp_path / f"here{suffix}", tmp_path / f"there{suffix}"
    options = ExportOptions(redaction=Redaction(people=True))
    export(engagement, here, language=ENGLISH, today=TODAY, options=options)
    export_elsewhere(worker, engagement, there, language=ENGLISH, today=TODAY, options=options)
    assert there.read_bytes() == here.read_bytes()


def write_for_ever(engagement: Engagement, progress: Progress, path: Path, *_how: object) -> None:
    def write(temporary: Path) -> None:
        temporary.write_text(engagement.setting.name, encoding="utf-8")
        while True:
            progress(1, 2)
            time.sleep(0.01)

    write_safely(path, write)


@pytest.mark.parametrize("makes", ["export", "preview"])
def test_what_is_cancelled_half_way_leaves_nothing_of_the_plan_behind(
    engagement: Engagement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, makes: str
) -> None:
    monkeypatch.setattr("planner.exchange.formats._export_here", write_for_ever)
    monkeypatch.setattr("planner.exchange.preview._preview_here", write_for_ever)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    own, seen = Worker(), []

    def give_up(done: int, _total: int) -> None:
        if done:
            seen.extend(one for one in tmp_path.rglob("*") if one.is_file())
            raise Cancelled

    how = {"language": ENGLISH, "today": TODAY, "options": ExportOptions(), "progress": give_up}
    make = partial(export_elsewhere, own, engagement, tmp_path / "plan.csv", **how)
    if makes == "preview":
        make = partial(preview, own, engagement, ".csv", **how)
    with pytest.raises(Cancelled):
        make()
    assert seen
    assert list(tmp_path.iterdir()) == []
    own.close()


def test_a_preview_shows_pages_sheets_or_text(worker: Worker, engagement: Engagement) -> None:
    options = ExportOptions()
    pages = preview(worker, engagement, ".pdf", language=ENGLISH, today=TODAY, options=options)
    assert isinstance(pages, PagePreview)
    assert pages.count == len(pages.pages) >= 1
    book = preview(worker, engagement, ".xlsx", language=ENGLISH, today=TODAY, options=options)
    assert isinstance(book, TablePreview)
    assert len(book.sheets) > 3
    assert all(sheet.title and sheet.cells for sheet in book.sheets)
    table = preview(worker, engagement, ".csv", language=ENGLISH, today=TODAY, options=options)
    assert isinstance(table, TablePreview)
    (sheet,) = table.sheets
    assert sheet.rows == len(engagement.initiatives) + 1
    text = preview(worker, engagement, ".json", language=ENGLISH, today=TODAY, options=options)
    assert isinstance(text, TextPreview)
    assert text.text.startswith("{")


def test_a_process_that_ends_while_it_is_handed_the_engagement_is_cancelled_or_a_bug(
    engagement: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_connection: object, _content: bytes) -> None:
        raise BrokenPipeError

    own = Worker()
    own._ready()
    monkeypatch.setattr("multiprocessing.connection.Connection.send_bytes", break_off)
    with pytest.raises(BugError):
        preview(own, engagement, ".csv", language=ENGLISH, today=TODAY, options=ExportOptions())
    own._was_closed = True
    with pytest.raises(Cancelled):
        preview(own, engagement, ".csv", language=ENGLISH, today=TODAY, options=ExportOptions())
    own.close()
