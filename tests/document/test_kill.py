"""Kill -9 at random moments loses no acknowledged edit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.campaigns import kill


@pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked, which this system cannot do")
def test_two_hundred_kills_lose_no_acknowledged_edit(tmp_path: Path) -> None:
    tally = kill.run(tmp_path, times=200, seed=20260302)
    assert tally.faults == []
    assert tally.kills == 200
    assert tally.acknowledged > 200
    assert tally.recovered > 50
