"""`sequence` on the command line: what fits until a day, what is refused or explained, mixes, and plain refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import Shell, plan


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return Shell(tmp_path, capsys)


@pytest.fixture
def crowded(shell: Shell) -> Shell:
    """A file with three initiatives of a week each for a team that does one thing at a time."""
    assert shell("new", "@a.roadbook").code == 0
    held = plan(
        units=[{"id": "u", "name": "IT"}],
        teams=[{"id": "t", "name": "Payments", "unit_id": "u", "change_limit": 1}],
        initiatives=[
            {"id": f"i{n}", "name": f"Work {n}", "position": n, "duration_days": 5} for n in (1, 2, 3)
        ],
        estimates=[{"id": f"e{n}", "initiative_id": f"i{n}", "team_id": "t", "effort": 2.0} for n in (1, 2, 3)],
        links=[],
    )  # fmt: skip
    shell.write("plan.json", json.dumps(held))
    assert shell("import", "@a.roadbook", "@plan.json").code == 0
    return shell


def ask(*options: str) -> tuple[str, ...]:
    return ("sequence", "@a.roadbook", "--seconds", "1", "--objective", "makespan", *options)


def test_what_does_not_fit_until_a_day_is_left_out_and_dropped_in_one_step(crowded: Shell) -> None:
    told = crowded(*ask("--until", "2026-01-16", "--json")).json
    assert len(told["initiatives"]) == 2
    (out,) = told["left_out"]
    ended = crowded(*ask("--until", "2026-01-16", "--apply"))
    assert "Left out, it does not fit: Work" in ended.out
    assert out not in {
        one["id"] for one in crowded("sequence", "@a.roadbook", "--seconds", "1", "--json").json["initiatives"]
    }
    assert crowded("undo", "@a.roadbook").code == 0
    assert len(crowded(*ask("--json")).json["initiatives"]) == 3


def test_what_is_rejected_stays_where_it_is(crowded: Shell) -> None:
    first = crowded(*ask("--json")).json["initiatives"]
    moved = next(one for one in first if one["start"] != one["start_now"])
    again = crowded(*ask("--reject", moved["id"], "--json")).json["initiatives"]
    assert next(one for one in again if one["id"] == moved["id"])["start"] == moved["start_now"]


def test_moving_one_earlier_has_its_price(crowded: Shell) -> None:
    told = crowded(*ask("--json")).json
    first = told["initiatives"]
    assert {one["id"] for one in told["earlier"]} == {one["id"] for one in first}, "of few, the price of each"
    last = max(first, key=lambda one: one["start"])
    ended = crowded(*ask("--explain", last["id"], "--json"))
    (earlier,) = ended.json["earlier"]
    assert earlier["start"] < last["start"]
    assert {one["days"] for one in earlier["pushed"]} == {5}
    name = {"i1": "Work 1", "i2": "Work 2", "i3": "Work 3"}[last["id"]]
    assert f"{name} could start on" in crowded(*ask("--explain", name)).out
    soonest = min(first, key=lambda one: one["start"])["id"]
    assert "cannot start earlier" in crowded(*ask("--explain", soonest)).out


def test_least_load_and_mixes_are_asked_for_by_name(crowded: Shell) -> None:
    load = crowded("sequence", "@a.roadbook", "--seconds", "1", "--objective", "load", "--json").json
    assert 0 < load["value"] <= 1
    mixed = crowded("sequence", "@a.roadbook", "--seconds", "1", "--beside", "load", "0.5", "--json")
    assert mixed.code == 0
    assert 0 < mixed.json["value"] <= 1.001


def test_a_name_nobody_has_is_told(crowded: Shell) -> None:
    ended = crowded(*ask("--reject", "Nothing"))
    assert ended.code == 3
    assert "Nothing" in ended.err
