"""`scenario` and `baseline` on the command line: made, compared, taken over, and what moved since."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.storage import file_format, seal
from tests.cli.test_cli import Shell, plan


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A file with two initiatives one after the other for a team."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    found = Shell(tmp_path, capsys)
    assert found("new", "@a.roadbook").code == 0
    held = plan(
        units=[{"id": "u", "name": "IT"}],
        teams=[{"id": "t", "name": "Payments", "unit_id": "u", "change_limit": 1}],
        estimates=[{"id": f"e{n}", "initiative_id": f"i{n}", "team_id": "t", "effort": 2.0} for n in (1, 2)],
    )
    found.write("plan.json", json.dumps(held))
    assert found("import", "@a.roadbook", "@plan.json").code == 0
    return found


def test_a_scenario_is_tried_compared_used_and_taken_over(shell: Shell) -> None:
    name = shell("schedule", "@a.roadbook", "--json").json[0]["name"]
    assert shell("scenario", "add", "@a.roadbook", "Longer").code == 0
    assert shell("scenario", "set", "@a.roadbook", "Longer", "--initiative", name, "--duration", "10").code == 0
    assert shell("scenario", "set", "@a.roadbook", "Longer", "--team", "Payments", "--limit", "4").code == 0
    (told,) = shell("scenario", "list", "@a.roadbook", "--json").json
    assert told["initiatives"] == [{"id": "i1", "name": name, "duration_days": 10.0}]
    assert told["teams"] == [{"id": "t", "name": "Payments", "change_limit": 4}]
    live, tried = shell("scenario", "compare", "@a.roadbook", "--json").json
    assert (live["scenario"], tried["scenario"]) == (None, "Longer")
    assert live["finish"] < tried["finish"]
    assert tried["moved"] == ["i1", "i2"]
    assert "The plan as it is" in shell("scenario", "compare", "@a.roadbook", "Longer").out
    proposed = shell("sequence", "@a.roadbook", "--scenario", "Longer", "--seconds", "1", "--json").json
    assert max(one["finish"] for one in proposed["initiatives"]) == tried["finish"]
    assert shell("scenario", "promote", "@a.roadbook", "Longer", "--only", "Payments").code == 0
    assert shell("scenario", "list", "@a.roadbook", "--json").json[0]["teams"] == []
    assert shell("scenario", "promote", "@a.roadbook", "Longer").code == 0
    assert shell("scenario", "list", "@a.roadbook", "--json").json == []
    assert shell("scenario", "compare", "@a.roadbook", "--json").json[0]["finish"] == tried["finish"]


def test_what_a_scenario_cannot_be_asked_is_told(shell: Shell) -> None:
    assert "no scenario named 'None'; there are: -" in shell("rank", "@a.roadbook", "--scenario", "None").err
    assert shell("scenario", "add", "@a.roadbook", "One").code == 0
    assert shell("scenario", "add", "@a.roadbook", "One").code == 3
    for options in ((), ("--team", "Payments"), ("--team", "Payments", "--duration", "3"), ("--limit", "3")):
        assert "Name one initiative or one team" in shell("scenario", "set", "@a.roadbook", "One", *options).err
    assert "Nobody" in shell("scenario", "set", "@a.roadbook", "One", "--team", "Nobody", "--limit", "1").err
    assert shell("scenario", "remove", "@a.roadbook", "One").code == 0


def test_a_renamed_scenario_keeps_what_it_changes_and_undo_gives_its_old_name_back(shell: Shell) -> None:
    shell("scenario", "add", "@a.roadbook", "Longer", "--description", "Why")
    shell("scenario", "add", "@a.roadbook", "Other")
    shell("scenario", "set", "@a.roadbook", "Longer", "--team", "Payments", "--limit", "4")
    before = shell("scenario", "list", "@a.roadbook", "--json").json
    assert shell("scenario", "rename", "@a.roadbook", "Longer", "Slower").code == 0
    after = shell("scenario", "list", "@a.roadbook", "--json").json
    assert [one["name"] for one in after] == ["Slower", "Other"]
    assert {**after[0], "name": "Longer"} == before[0]
    assert shell("scenario", "rename", "@a.roadbook", "Slower", "Slower", "--description", "Because").code == 0
    assert shell("scenario", "list", "@a.roadbook", "--json").json[0]["description"] == "Because"
    for new in ("Other", ""):
        assert shell("scenario", "rename", "@a.roadbook", "Slower", new).code == 3
    assert shell("scenario", "rename", "@a.roadbook", "Longer", "Gone").code == 3
    for _step in range(2):
        assert shell("undo", "@a.roadbook").code == 0
    assert shell("scenario", "list", "@a.roadbook", "--json").json == before


def test_what_moved_since_a_baseline_is_told_with_the_step_that_did_it(shell: Shell) -> None:
    assert shell("baseline", "take", "@a.roadbook", "Start", "--reason", "Promised").code == 0
    assert shell("baseline", "list", "@a.roadbook", "--json").json[0]["reason"] == "Promised"
    assert "0 initiatives moved" in shell("baseline", "variance", "@a.roadbook", "Start").out
    shell("scenario", "add", "@a.roadbook", "Longer")
    shell("scenario", "set", "@a.roadbook", "Longer", "--initiative", "i1", "--duration", "10")
    assert shell("scenario", "promote", "@a.roadbook", "Longer").code == 0
    told = shell("baseline", "variance", "@a.roadbook", "Start", "--json").json
    moved = {one["id"]: (one["start_days"], one["finish_days"], one["steps"][0]["own"]) for one in told["initiatives"]}
    assert moved == {"i1": (0, 5, True), "i2": (5, 5, False)}
    out = shell("baseline", "variance", "@a.roadbook", "Start").out
    assert re.search(r"pushed by .+ on .+: ", out)
    assert "Take the scenario 'Longer' over into the plan" in out
    long_ago = shell("baseline", "variance", "@a.roadbook", "--since", "2020-01-01", "--json").json
    assert [one["id"] for one in long_ago["initiatives"]] == list(moved)
    assert "Name a baseline, or a day" in shell("baseline", "variance", "@a.roadbook").err
    assert shell("baseline", "variance", "@a.roadbook", "--since", "2999-01-01", "--json").json["initiatives"] == []
    assert shell("baseline", "remove", "@a.roadbook", "Start").code == 0
    assert "there are: -" in shell("baseline", "variance", "@a.roadbook", "Start").err


def test_what_the_plan_changed_under_a_scenario_is_told_where_it_is_listed_compared_and_taken_over(
    shell: Shell,
) -> None:
    name = shell("schedule", "@a.roadbook", "--json").json[0]["name"]
    shell("scenario", "add", "@a.roadbook", "Mine")
    shell("scenario", "set", "@a.roadbook", "Mine", "--initiative", "i1", "--duration", "20")
    shell("scenario", "set", "@a.roadbook", "Mine", "--team", "Payments", "--limit", "4")
    assert shell("scenario", "list", "@a.roadbook", "--json").json[0]["overtaken"] == []
    promoted(shell, "10")
    (told,) = shell("scenario", "list", "@a.roadbook", "--json").json[0]["overtaken"]
    assert (told["id"], told["field"], told["then"], told["now"]) == ("i1", "duration_days", 5, 10)
    assert told["set_in"] < told["changed_in"] == len(shell("history", "@a.roadbook", "--json").json)
    said = f"{name}: duration was 5 when this was set, and is 10 since "
    assert said in shell("scenario", "list", "@a.roadbook").out
    assert said in shell("scenario", "compare", "@a.roadbook").out
    live, mine = shell("scenario", "compare", "@a.roadbook", "--json").json
    assert (live["overtaken"], mine["overtaken"]) == ([], [told])
    assert said not in shell("scenario", "promote", "@a.roadbook", "Mine", "--only", "Payments").err
    ended = shell("scenario", "promote", "@a.roadbook", "Mine")
    assert ended.code == 0
    assert said in ended.err


def test_where_the_history_cannot_tell_a_scenario_is_listed_and_that_is_said(shell: Shell) -> None:
    shell("scenario", "add", "@a.roadbook", "Mine")
    shell("scenario", "set", "@a.roadbook", "Mine", "--initiative", "i1", "--duration", "20")
    promoted(shell, "10")
    number = len(shell("history", "@a.roadbook", "--json").json)
    path = shell.folder / "a.roadbook"
    forge(path, number, lambda content: content["initiatives"]["i1"][1].update(name="Never was"))
    ended = shell("scenario", "list", "@a.roadbook", "--json")
    assert (ended.code, ended.json[0]["overtaken"]) == (0, None)
    assert "changed under a scenario is not known" in ended.err


def promoted(shell: Shell, days: str) -> None:
    shell("scenario", "add", "@a.roadbook", days)
    shell("scenario", "set", "@a.roadbook", days, "--initiative", "i1", "--duration", days)
    assert shell("scenario", "promote", "@a.roadbook", days).code == 0


def test_all_steps_that_moved_an_initiative_are_told_the_newest_first(shell: Shell) -> None:
    assert shell("baseline", "take", "@a.roadbook", "Start").code == 0
    promoted(shell, "10")
    promoted(shell, "8")
    told = shell("baseline", "variance", "@a.roadbook", "Start", "--json").json["initiatives"]
    assert [[step["finish_days"] for step in one["steps"]] for one in told] == [[-2, 5], [-2, 5]]
    assert told[0]["steps"][0]["was"] == told[0]["steps"][1]["now"]
    lines = shell("baseline", "variance", "@a.roadbook", "Start").out.splitlines()
    assert [line.startswith("    ") for line in lines] == [False, True, True, False, True, True, False]
    assert lines[1].startswith("    starts +0, finishes -2; on ")
    assert "Take the scenario '10' over" in lines[2]
    since = shell("baseline", "variance", "@a.roadbook", "--since", "2020-01-01", "--json").json["initiatives"]
    assert [len(one["steps"]) for one in since] == [3, 3], "the import brought them"


def test_what_moved_before_the_history_is_told_as_such(shell: Shell) -> None:
    promoted(shell, "10")
    assert shell("baseline", "take", "@a.roadbook", "Start").code == 0
    assert shell("export", "@a.roadbook", "@out.json").code == 0
    held = json.loads((shell.folder / "out.json").read_text())
    for entry in held["baselines"][0]["entries"]:
        entry["finish"] = entry["start"]
    shell.write("out.json", json.dumps(held))
    assert shell("new", "@b.roadbook").code == 0
    assert shell("import", "@b.roadbook", "@out.json").code == 0
    (first, *_rest) = shell("baseline", "variance", "@b.roadbook", "Start").out.splitlines()
    assert first.endswith("; before the steps known here")
    shell("scenario", "add", "@b.roadbook", "More")
    shell("scenario", "set", "@b.roadbook", "More", "--initiative", "i1", "--duration", "12")
    assert shell("scenario", "promote", "@b.roadbook", "More").code == 0
    lines = shell("baseline", "variance", "@b.roadbook", "Start").out.splitlines()
    assert "finishes +11 working days later" in lines[0]
    assert lines[1].startswith("    starts +0, finishes +2; on ")
    assert lines[2] == "    starts +0, finishes +9; before the steps known here"


def forge(path: Path, number: int, change: Callable[[dict[str, Any]], None]) -> None:
    """Alter what a step of the history did, and seal the file anew, as a forger would."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (stored,) = connection.execute("SELECT changes FROM history WHERE number = ?", (number,)).fetchone()
        content = json.loads(zlib.decompress(stored))
        change(content)
        packed = zlib.compress(json.dumps(content).encode())
        connection.execute("UPDATE history SET changes = ? WHERE number = ?", (packed, number))
    seal.put_seal(path, file_format.PAGE_BYTES)


@pytest.mark.parametrize(
    "change",
    [
        lambda sides: sides[1].update(name="Never was"),
        lambda sides: sides[0].update(parent_id="nobody"),
        lambda sides: sides[0].update(parent_id="i1"),
        lambda sides: sides[0].update(duration_days=1e300),
        lambda sides: sides[0].update(duration_days="long"),
    ],
    ids=["not what stands", "held by nobody", "held by itself", "out of range", "no number"],
)
def test_a_forged_history_leaves_the_variance_without_steps_and_says_so(
    shell: Shell, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    assert shell("baseline", "take", "@a.roadbook", "Start").code == 0
    promoted(shell, "10")
    number = len(shell("history", "@a.roadbook", "--json").json)
    forge(shell.folder / "a.roadbook", number, lambda content: change(content["initiatives"]["i1"]))
    ended = shell("baseline", "variance", "@a.roadbook", "Start", "--json")
    assert ended.code == 0
    assert [(one["finish_days"], one["steps"]) for one in ended.json["initiatives"]] == [(5, None), (5, None)]
    assert f"cannot be followed back past step {number}" in ended.err
    assert "told without the steps" in ended.err
    assert "2 initiatives moved" in shell("baseline", "variance", "@a.roadbook", "Start").out
    refused = shell("baseline", "variance", "@a.roadbook", "--since", "2020-01-01")
    assert (refused.code, refused.out) == (3, "")
    assert "cannot be followed back" in refused.err
