"""What a person waits for with the big engagement open: pages, search, language, and a window awake while it exports."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from planner.document import Document
from planner.editing import initiatives
from planner.exchange.options import ExportOptions
from planner.language import Language
from tests.bench.measure import Row
from tests.builders import big_engagement
from tests.scenes.stage import begin, end, wait_until
from ui.app import give_way_to_screen, make_application
from ui.composition import Roadbook
from ui.pages.kinds import PAGES
from ui.search.palette import SearchPalette
from ui.surroundings import Surroundings

_ROUNDS = 5
_QUERY = "initiative 77"


def measure(folder: Path) -> list[Row]:
    """Return the rows of the screen."""
    path = folder / "big.roadbook"
    if not path.exists():
        Document.create(path, big_engagement()).close()
    with _open(path) as roadbook:
        return [*_page_rows(roadbook), _search_row(roadbook), *_switch_rows(roadbook), _export_row(roadbook, folder)]


@contextmanager
def _open(path: Path) -> Iterator[Roadbook]:
    application = make_application()
    collector = give_way_to_screen(application)
    surroundings = Surroundings(application, language=Language("en"), theme_name="light")
    stage = begin(surroundings, path.parent, (1440, 900), path=path)
    for kind in PAGES:
        stage.roadbook.page(kind.id)
    stage.settle()
    try:
        yield stage.roadbook
    finally:
        end(stage)
        collector.stop()


def _page_rows(roadbook: Roadbook) -> Iterator[Row]:
    """Yield a row for each page: from another page to this one, painted, after an edit it has not shown yet."""
    for kind in PAGES:
        times = []
        for round_number in range(_ROUNDS + 1):
            roadbook.show_page("settings" if kind.id != "settings" else "organization")
            _settle(roadbook)
            _edit(roadbook, round_number)
            _settle(roadbook)
            elapsed = _timed(lambda page_id=kind.id: roadbook.show_page(page_id))
            if round_number:
                times.append(elapsed)
            _settle(roadbook)
        yield _row(
            f"to the page {kind.title} after an edit, 10,000 initiatives open", statistics.median(times), limit=0.1
        )


def _edit(roadbook: Roadbook, number: int) -> None:
    opened = roadbook.opened
    assert opened is not None
    chosen = next(iter(opened.engagement.initiatives))
    opened.edit(initiatives.change(opened.engagement, chosen, name=f"Edited {number} at {time.monotonic_ns()}"))


def _search_row(roadbook: Roadbook) -> Row:
    roadbook.show_page("timeline")
    roadbook.actions["search"].trigger()
    (palette,) = roadbook.window.findChildren(SearchPalette)
    _settle(roadbook)
    worst = []
    for _ in range(_ROUNDS):
        palette.line.clear()
        keys = [_timed(lambda end=end: palette.line.setText(_QUERY[:end])) for end in range(1, len(_QUERY) + 1)]
        worst.append(max(keys))
    palette.hide()
    return _row("slowest key of a search over 10,000 initiatives", statistics.median(worst), limit=0.03)


def _switch_rows(roadbook: Roadbook) -> Iterator[Row]:
    """Yield a row for another language and one for another theme, with every page made."""
    surroundings = roadbook._surroundings
    for what, switches in (
        ("another language", [lambda code=code: surroundings.set_language(Language(code)) for code in ("fr", "en")]),
        ("another theme", [lambda name=name: surroundings.set_theme(name) for name in ("dark", "light")]),
    ):
        times = []
        for round_number in range(_ROUNDS + 1):
            elapsed = _timed(switches[round_number % 2])
            if round_number:
                times.append(elapsed)
            _settle(roadbook)
        yield _row(f"{what}, 10,000 initiatives open", statistics.median(times), limit=0.5)


def _export_row(roadbook: Roadbook, folder: Path) -> Row:
    """Measure the longest time between two beats of a timer while the workbook is written."""
    worst = []
    for round_number in range(3):
        target = folder / f"stall-{round_number}.xlsx"
        beats: list[float] = []
        heart = QTimer()
        heart.setInterval(1)
        heart.timeout.connect(lambda beats=beats: beats.append(time.perf_counter()))
        heart.start()
        roadbook._exchange_desk().export(roadbook.opened, Language("en"), target, ExportOptions())
        wait_until(target.exists)
        _settle(roadbook)
        heart.stop()
        worst.append(max(later - earlier for earlier, later in pairwise(beats)))
        roadbook.window.messages.clear()
    return _row(
        "longest stall of the window while 10,000 initiatives are exported", statistics.median(worst), limit=0.05
    )


def _timed(act: Callable[[], object]) -> float:
    """Return the seconds from an act until everything it made due is painted."""
    QApplication.processEvents()
    started = time.perf_counter()
    act()
    QApplication.processEvents()
    return time.perf_counter() - started


def _row(what: str, seconds: float, *, limit: float) -> Row:
    return Row(what=what, ours_seconds=seconds, peer=f"limit {limit * 1000:,.0f} ms", peer_seconds=limit, goal=1.0)


def _settle(roadbook: Roadbook) -> None:
    wait_until(lambda: not roadbook.background.busy and not roadbook.files.busy)
