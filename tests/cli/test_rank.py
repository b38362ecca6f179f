"""`rank` on the command line: ranks with what they inherit and how sure they are, by any formula, refused plainly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import Shell, plan


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A file with two initiatives, the first of which the second waits for, and a formula of the coach's own."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    found = Shell(tmp_path, capsys)
    assert found("new", "@a.roadbook").code == 0
    scores = {"i1": (2, 1), "i2": (8, 2)}
    held = plan(
        criteria=[
            {"id": "impact", "name": "Impact", "role": "impact"}, {"id": "effort", "name": "Effort", "role": "effort"},
        ],
        criterion_scores=[
            {"id": f"{one}{name}", "initiative_id": one, "criterion_id": name, "value": value}
            for one, both in scores.items()
            for name, value in zip(("impact", "effort"), both, strict=True)
        ],
        formulas=[
            {"id": "own", "name": "Ours", "kind": "custom", "expression": "Impact - Effort"},
            {"id": "bad", "name": "Broken", "kind": "custom", "expression": "Impact - Efort"},
        ],
    )  # fmt: skip
    found.write("plan.json", json.dumps(held))
    assert found("import", "@a.roadbook", "@plan.json").code == 0
    return found


def test_a_prerequisite_comes_first_for_what_it_unlocks(shell: Shell) -> None:
    told = shell("rank", "@a.roadbook", "--formula", "impact-effort", "--json").json
    first, second = told["initiatives"]
    assert (first["id"], first["worth"], first["closed_worth"], first["inherited_from"]) == ("i1", 2, 4, "i2")
    assert (second["id"], second["worth"], second["inherited_from"]) == ("i2", 4, None)
    assert first["stability"]["share"] > 0.9
    out = shell("rank", "@a.roadbook", "--formula", "impact-effort").out
    assert "which it unlocks" in out
    assert "of draws" in out


def test_how_often_each_is_among_the_first_is_told_when_asked(shell: Shell) -> None:
    told = shell("rank", "@a.roadbook", "--formula", "Ours", "--top", "1", "--json").json
    assert told["top"] == 1
    assert [one["stability"]["top_share"] for one in told["initiatives"]] == [1, 1], "one inherits the other's worth"
    assert "the first in 100%" in shell("rank", "@a.roadbook", "--formula", "Ours", "--top", "1").out
    assert "among the first 2 in 100%" in shell("rank", "@a.roadbook", "--formula", "Ours", "--top", "2").out
    silent = shell("rank", "@a.roadbook", "--formula", "Ours", "--json").json
    assert (silent["top"], silent["initiatives"][0]["stability"]["top_share"]) == (None, None)
    assert shell("rank", "@a.roadbook", "--top", "0").code == 2


def test_ones_own_formula_ranks_by_its_name(shell: Shell) -> None:
    told = shell("rank", "@a.roadbook", "--formula", "Ours", "--json").json
    assert [one["worth"] for one in told["initiatives"]] == [1, 6]


def test_what_is_missing_is_named_and_never_zero(shell: Shell) -> None:
    told = shell("rank", "@a.roadbook", "--formula", "rice", "--json").json
    assert all(one["rank"] is None and one["stability"] is None for one in told["initiatives"])
    assert told["initiatives"][0]["missing"] == ["reach", "confidence"]
    assert "not scored yet: reach, confidence" in shell("rank", "@a.roadbook", "--formula", "rice").out


def test_a_formula_that_cannot_be_read_is_told_at_its_character(shell: Shell) -> None:
    ended = shell("rank", "@a.roadbook", "--formula", "Broken")
    assert ended.code == 3
    assert "'Efort' (character 10" in ended.err
    assert "Ours, Broken, visibility-first" in shell("rank", "@a.roadbook", "--formula", "Nothing").err
