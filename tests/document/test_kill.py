"""Kill -9 at random moments loses no acknowledged edit."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.campaigns import kill
from tests.document.killing import fast_folder


@pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked, which this system cannot do")
def test_two_hundred_kills_lose_no_acknowledged_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="roadbook-kill-", dir=fast_folder()) as folder:
        monkeypatch.setenv("ROADBOOK_STATE_DIR", str(Path(folder) / "state"))
        tally = kill.run(Path(folder), times=200, seed=20260302)
    assert tally.faults == []
    assert tally.kills == 200
    assert tally.acknowledged > 200
    assert tally.recovered > 50
