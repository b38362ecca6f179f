"""A coach's day with the big engagement open, step by step, and each time the window stood still for over 50 ms.

`python -m tests.bench.stalls [STEP ...]` prints every stall with what held it; steps are chosen by a part of their name.
`measure` holds the edits of the day to the limit for the table of `python -m tests.bench`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from planner.document import Document
from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.editing import assessments, entities, initiatives, organization, practices, priorities
from planner.editing.step import step
from planner.exchange.options import ExportOptions
from planner.language import Language
from tests.bench.measure import Row
from tests.bench.stall_meter import LIMIT_SECONDS, Stall, StallMeter
from tests.builders import big_engagement, initiative
from ui.app import give_way_to_screen, make_application
from ui.composition import Roadbook
from ui.memory import Memory
from ui.open_document import OpenDocument
from ui.pages.kinds import PAGES
from ui.pages.page import nothing_more
from ui.search.palette import SearchPalette
from ui.settings import Preferences
from ui.surroundings import Surroundings

_REST_MILLISECONDS = 120
_WAIT_MILLISECONDS = 60_000
_QUERY = "initiative 77"
_IMPORTED = 5_000
_ROUNDS = 3
_LARGE_SIGNS = ("1,000", "500", f"{_IMPORTED}")

Act = Callable[[], object]
Step = tuple[str, Act]


class Day:
    """The real application over one file, and the steps of a day in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "big.roadbook"
        if not self._path.exists():
            Document.create(self._path, big_engagement()).close()
        application = make_application()
        self._collector = give_way_to_screen(application)
        self._surroundings = Surroundings(application, language=Language("en"), theme_name="light")
        known = Preferences(pages={"window": {"tour": "offered"}})
        self.roadbook = Roadbook(application, self._surroundings, Memory(known))
        self.roadbook.window.resize(1440, 900)

    @property
    def engagement(self) -> Engagement:
        """What is open now."""
        opened = self.roadbook.opened
        assert opened is not None
        return opened.engagement

    def steps(self) -> Iterator[Step]:
        """Yield what is done, one after the other, each when the one before has come to rest."""
        yield "open the file", lambda: self.roadbook.start(path=self._path)
        for kind in PAGES:
            yield f"first show of {kind.id}", lambda kind=kind: self.roadbook.show_page(kind.id)
        for kind in PAGES:
            yield f"again {kind.id}", lambda kind=kind: self.roadbook.show_page(kind.id)
        yield from self._edits()
        yield from self._searches()
        for code in ("fr", "en"):
            yield f"language {code}", lambda code=code: self._surroundings.set_language(Language(code))
        for name in ("dark", "light"):
            yield f"theme {name}", lambda name=name: self._surroundings.set_theme(name)
        yield "publish", lambda: self._opened().publish()
        yield (
            "export",
            lambda: self.roadbook._exchange_desk().export(
                self._opened(), Language("en"), self._folder / "stalls.xlsx", ExportOptions()
            ),
        )
        yield "history panel", self.roadbook.actions["history"].trigger
        yield "close", self.roadbook.window.close

    def edits_again_and_again(self, rounds: int) -> Iterator[Step]:
        """Yield the opening, a look at every page, and then the edits of the day several times over."""
        yield "open the file", lambda: self.roadbook.start(path=self._path)
        for kind in PAGES:
            yield f"(first show of {kind.id})", lambda kind=kind: self.roadbook.show_page(kind.id)
        for _ in range(rounds):
            yield from self._edits()

    def end(self) -> None:
        """Let go of the window."""
        self._collector.stop()
        self.roadbook.memory.close()
        self.roadbook.window.deleteLater()
        self.roadbook.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _edits(self) -> Iterator[Step]:
        for page_id, what, make in _EDITS:
            yield f"(go to {page_id})", lambda page_id=page_id: self.roadbook.show_page(page_id)
            yield f"{page_id}: {what}", lambda what=what, make=make: self._edit(make, 1_000 if "1,000" in what else 1)
            yield f"{page_id}: undo {what}", self.roadbook.actions["undo"].trigger
            yield f"{page_id}: redo {what}", self.roadbook.actions["redo"].trigger
            yield f"{page_id}: undo {what} again", self.roadbook.actions["undo"].trigger
        yield "(go to timeline)", lambda: self.roadbook.show_page("timeline")
        yield f"import {_IMPORTED}", self._import
        yield f"undo import {_IMPORTED}", self.roadbook.actions["undo"].trigger
        yield f"redo import {_IMPORTED}", self.roadbook.actions["redo"].trigger
        yield f"undo import {_IMPORTED} again", self.roadbook.actions["undo"].trigger

    def _edit(self, make: Callable[[Engagement], Changes], count: int) -> None:
        """Carry out a step as a page does."""
        assert self.roadbook.pages is not None
        assert self.roadbook.pages.current is not None
        self.roadbook.pages.current.edit(make, then=nothing_more, count=count)

    def _import(self) -> None:
        """Take in much at once, as an import of a file does."""
        engagement = self.engagement
        self._opened().edit_off_thread(
            lambda: _import(engagement, _IMPORTED), success=lambda _changes: None, failure=_surface
        )

    def _searches(self) -> Iterator[Step]:
        yield "search opens", self.roadbook.actions["search"].trigger
        for end in range(1, len(_QUERY) + 1):
            yield "search key", lambda end=end: self._palette().line.setText(_QUERY[:end])
        yield "search closes", lambda: self._palette().hide()

    def _palette(self) -> SearchPalette:
        (palette,) = self.roadbook.window.findChildren(SearchPalette)
        return palette

    def _opened(self) -> OpenDocument:
        opened = self.roadbook.opened
        assert opened is not None
        return opened


def _surface(error: UserError) -> None:
    raise error


def _criterion(engagement: Engagement) -> Changes:
    return priorities.add_criterion(engagement, name="Value")


def _import(engagement: Engagement, count: int) -> Changes:
    new = [initiative(id=f"new-{n}", name=f"New {n}", position=20_000 + n) for n in range(count)]
    return step(engagement, Label("add-entity", {"kind": "initiative", "name": "New"}), put=new)


def _rate(engagement: Engagement) -> Changes:
    place = (next(iter(engagement.teams)), next(iter(engagement.practices)))
    return assessments.rate(engagement, assessment_id="assessment", places=[place], option=1)


_I = "initiative-000021"
_EDITS: tuple[tuple[str, str, Callable[[Engagement], Changes]], ...] = (
    ("timeline", "rename", lambda e: initiatives.change(e, _I, name="Renamed")),
    ("timeline", "indent", lambda e: initiatives.place(e, "initiative-000023", parent_id="initiative-000022", position=0)),
    ("timeline", "move", lambda e: initiatives.move(e, _I, date(2027, 6, 1))),
    ("timeline", "remove 1", lambda e: initiatives.remove(e, [_I])),
    ("timeline", "remove 1,000", lambda e: initiatives.remove(e, list(e.initiatives)[:1000])),
    ("timeline", "paste 500", lambda e: _import(e, 500)),
    ("priorities", "rename", lambda e: initiatives.change(e, _I, name="Renamed")),
    ("priorities", "add a criterion", _criterion),
    ("priorities", "remove 1,000", lambda e: initiatives.remove(e, list(e.initiatives)[:1000])),
    ("priorities", "paste 500", lambda e: _import(e, 500)),
    ("assessment", "rate one", _rate),
    ("organization", "rename a team", lambda e: entities.change(e, "teams", "team-0003", name="Renamed")),
    ("organization", "move a team", lambda e: organization.place(e, organization.Place("department-1", 0), team_ids=["team-0003"])),
    ("practices", "rename", lambda e: entities.change(e, "practices", "practice-0003", name="Renamed")),
    ("practices", "move", lambda e: practices.shift(e, "practices", ["practice-0003"], 1) or _criterion(e)),
    ("flow", "rename a team", lambda e: entities.change(e, "teams", "team-0003", name="Renamed")),
)  # fmt: skip


def measure(folder: Path) -> list[Row]:
    """Return the longest stall of edits, their undo and redo: of small ones, and of those over hundreds of entities.

    Each step is lived several times; the row is the median of the step that stalls longest.
    """
    day = Day(folder)
    times: dict[str, list[float]] = {}
    for name, act in day.edits_again_and_again(_ROUNDS):
        found = _live(day.roadbook, act, limit_seconds=0.0)
        times.setdefault(name, []).append(max(stall.seconds for stall in found))
    _live(day.roadbook, day.roadbook.window.close)
    day.end()
    medians = {name: statistics.median(found) for name, found in times.items() if not name.startswith(("open", "("))}
    large = {name for name in medians if any(sign in name for sign in _LARGE_SIGNS)}
    return [
        _row("an everyday edit, its undo or redo", {name: medians[name] for name in medians if name not in large}),
        _row("a step over hundreds or thousands of entities", {name: medians[name] for name in large}),
    ]


def _row(what: str, medians: dict[str, float]) -> Row:
    worst = max(medians, key=lambda name: medians[name])
    return Row(
        what=f"longest stall of the window in {what}, 10,000 initiatives open ({worst})",
        ours_seconds=medians[worst],
        peer=f"limit {LIMIT_SECONDS * 1000:,.0f} ms",
        peer_seconds=LIMIT_SECONDS,
        goal=1.0,
    )


def main() -> int:
    """Live the day and print what stalled; 1 when something did."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stalls", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="STEP")
    parts = parser.parse_args().parts
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    count = 0
    with tempfile.TemporaryDirectory(prefix="roadbook-stalls-") as folder:
        os.environ["ROADBOOK_STATE_DIR"] = str(Path(folder) / "state")
        os.environ["ROADBOOK_CONFIG_DIR"] = str(Path(folder) / "config")
        day = Day(Path(folder))
        for name, act in day.steps():
            if parts and not name.startswith(("open", "(", "close", "first")) and not any(p in name for p in parts):
                continue
            found = _live(day.roadbook, act)
            count += len(found)
            for stall in found:
                _tell(name, stall)
        day.end()
    print(f"{count} stalls over 50 ms")
    return 0 if count == 0 else 1


def _live(roadbook: Roadbook, act: Act, *, limit_seconds: float = LIMIT_SECONDS) -> list[Stall]:
    """Do one step from within the loop, wait until nothing is under way any more, and return its stalls."""
    loop = QEventLoop()
    idle, looks = [0], [0]
    failures: list[Exception] = []

    def look() -> None:
        busy = roadbook.background.busy or roadbook.files.busy
        idle[0] = 0 if busy else idle[0] + 1
        looks[0] += 1
        if looks[0] * look_timer.interval() > _WAIT_MILLISECONDS:
            failures.append(TimeoutError())
            loop.quit()
        if idle[0] * look_timer.interval() >= _REST_MILLISECONDS:
            loop.quit()

    look_timer = QTimer()
    look_timer.setInterval(20)
    look_timer.timeout.connect(look)
    look_timer.start()
    start_timer = QTimer()
    start_timer.setSingleShot(True)
    start_timer.timeout.connect(lambda: _do(act, failures))
    start_timer.start(5)
    with StallMeter(limit_seconds=limit_seconds) as meter:
        loop.exec()
    look_timer.stop()
    if failures:
        raise failures[0]
    return meter.stalls


def _do(act: Act, failures: list[Exception]) -> None:
    """Do it; what goes wrong is told to who waits, for a step that failed must not pass for a quick one."""
    try:
        act()
    except Exception as error:  # noqa: BLE001
        failures.append(error)


def _tell(name: str, stall: Stall) -> None:
    print(
        f"{name}: {stall.seconds * 1000:.0f} ms, processor {stall.processor_seconds * 1000:.0f} ms, "
        f"garbage {stall.garbage_seconds * 1000:.0f} ms"
    )
    for path, share in stall.culprits:
        print(f"    {share:4.0%} {path}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
