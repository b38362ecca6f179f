"""A seeded monkey over all pages: nothing breaks, no Qt warning, every action that was possible was carried out.

A failure names its seed and the last things done; the same seed does the same again.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from planner.document import Document
from planner.exchange.demo import demo_engagement
from planner.exchange.json_file import write_json
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle, small_plan
from tests.ui.monkey import Monkey

SEEDS = range(int(os.environ.get("ROADBOOK_MONKEY_SEEDS", "10")))
STEPS = int(os.environ.get("ROADBOOK_MONKEY_STEPS", "1000"))
MOST_STEPS = 5 * STEPS
"""Steps after which every action that was possible must have been carried out."""


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_a_monkey_does_breaks_anything(
    start: StartRoadbook, tmp_path: Path, qtbot: QtBot, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.exchange_desk.QDesktopServices.openUrl", lambda _url: True)
    path = tmp_path / "every-kind.roadbook"
    content = a.engagement(*a.sample_of_every_kind()) if seed % 2 else demo_engagement(Language("en"), date.today())
    Document.create(path, content).close()
    other, garbage = tmp_path / "other.json", tmp_path / "garbage.json"
    write_json(small_plan(), other)
    garbage.write_bytes(b"\xff\x00{")
    roadbook = start(path)
    roadbook.window.resize(1440, 900)
    monkey = Monkey(roadbook, seed=seed, files=(other, garbage), target=tmp_path)
    try:
        for done in range(MOST_STEPS):
            if done >= STEPS and not monkey.missed():
                break
            monkey.step()
    except BaseException:
        print(f"seed {seed}:", *monkey.done, sep="\n  ")
        raise
    settle(qtbot, roadbook)
    assert monkey.missed() == []
    if roadbook.opened is not None and not roadbook.opened.read_only:
        engagement = roadbook.opened.engagement
        roadbook.opened.document.publish()
        document = Document.open(roadbook.opened.document.path)
        assert document.engagement == engagement
        document.close()
