"""`load`, `risk` and `project` on the command line: what they print, as tables, as JSON, in French, and when refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_cli import Shell, plan


def content(**lists: Any) -> dict[str, Any]:
    """Return a plan of two initiatives that overload one team, with a model of two levels and two assessments."""
    settings = {"id": "settings", "name": "Plan", "created": "2026-03-02", "fiscal_year_start_month": 4}
    answer = {"team_id": "t", "assessment_id": "a1", "state": "answered"}
    return plan(
        settings=[settings],
        units=[{"id": "u", "name": "Claims"}],
        teams=[{"id": "t", "name": "Payments", "unit_id": "u", "change_capacity": 5, "change_limit": 1}],
        models=[{"id": "m", "name": "Model"}],
        dimensions=[{"id": "d", "model_id": "m", "name": "D"}],
        themes=[{"id": "th", "dimension_id": "d", "name": "T"}],
        scales=[{"id": "s", "model_id": "m", "name": "S", "options": [{"score": 0, "text": "no"}, {"score": 1, "text": "yes"}]}],
        practices=[
            {"id": "p1", "name": "Trunk", "theme_id": "th", "scale_id": "s", "level": 1},
            {"id": "p2", "name": "Tests", "theme_id": "th", "scale_id": "s", "level": 2},
        ],
        assessments=[
            {"id": "a1", "name": "First", "held_on": "2026-03-02"}, {"id": "a2", "name": "Second", "held_on": "2026-06-01"},
        ],
        answers=[
            {**answer, "id": "w1", "practice_id": "p1", "score": 0.0}, {**answer, "id": "w2", "practice_id": "p2", "score": 0.0},
            {**answer, "id": "w3", "practice_id": "p1", "score": 1.0, "assessment_id": "a2"},
            {**answer, "id": "w4", "practice_id": "p2", "score": 0.5, "assessment_id": "a2"},
        ],
        initiatives=[
            {"id": "i1", "name": "First", "duration_days": 5, "position": 0},
            {"id": "i2", "name": "Second", "duration_days": 5, "optimistic_days": 4, "pessimistic_days": 40, "position": 1},
        ],
        links=[],
        estimates=[
            {"id": "e1", "initiative_id": "i1", "team_id": "t", "effort": 5},
            {"id": "e2", "initiative_id": "i2", "team_id": "t", "effort": 2.5},
        ],
        outcomes=[
            {"id": "o1", "initiative_id": "i1", "kind": "maturity", "team_ids": ["t"], "practice_ids": ["p1"], "to_value": 1.0},
            {"id": "o2", "initiative_id": "i2", "kind": "maturity", "team_ids": ["t"], "practice_ids": ["p2"], "to_value": 1.0},
        ],
        risks=[{"id": "r", "name": "Nobody has time", "probability": 0.3, "impact_days": 10}],
        **lists,
    )  # fmt: skip


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return Shell(tmp_path, capsys)


@pytest.fixture
def told(shell: Shell) -> Shell:
    assert shell("new", "@a.roadbook").code == 0
    shell.write("plan.json", json.dumps(content()))
    ended = shell("import", "@a.roadbook", "@plan.json")
    assert (ended.code, ended.err) == (0, "")
    return shell


def test_load_names_who_is_over_by_how_much_and_what_stands_behind_it(told: Shell) -> None:
    before = Path(told.folder / "a.roadbook").read_bytes()
    ended = told("load", "@a.roadbook")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0].startswith(
        "Payments: over its capacity for 1 week from 2 Mar 2026, 150% of capacity, 2 at once (limit 1)"
    )
    assert lines[0].endswith(": First, Second")
    assert "over its change limit" in lines[1]
    assert lines[2].startswith("Claims: at most 150% of capacity")
    assert Path(told.folder / "a.roadbook").read_bytes() == before


def test_load_as_json_has_the_numbers(told: Shell) -> None:
    found = told("load", "@a.roadbook", "--json").json
    (team,) = found["teams"]
    assert team["weeks"] == [
        {"week": "2026-03-02", "effort": 7.5, "capacity": 5.0, "percent": 150.0, "at_once": 2,
         "initiatives": ["i1", "i2"], "cooling_down": []},
    ]  # fmt: skip
    assert [span["kind"] for span in found["spans"]] == ["over-capacity", "over-limit"]
    assert found["units"][0]["weeks"][0]["worst_team"] == "t"


def test_load_of_nothing_says_so(shell: Shell) -> None:
    shell("new", "@b.roadbook")
    assert shell("load", "@b.roadbook").out.startswith("No team is over")
    assert shell("risk", "@b.roadbook").out.startswith("There is no initiative")


def test_risk_tells_the_likely_ends_and_what_drives_them_and_the_same_seed_tells_the_same(told: Shell) -> None:
    ended = told("risk", "@a.roadbook", "--draws", "500", "--seed", "3")
    assert (ended.code, ended.err) == (0, "")
    head, whole, *_rest = ended.out.splitlines()
    assert head.split() == ["planned", "P50", "P80", "P95", "critical", "on", "time"]
    assert whole.startswith("6 Mar 2026")
    assert whole.endswith("The whole plan")
    assert "The end hangs on how long Second takes" in ended.out
    assert "the risk Nobody has time" in ended.out
    assert told("risk", "@a.roadbook", "--draws", "500", "--seed", "3").out == ended.out


def test_risk_as_json_has_dates_in_order(told: Shell) -> None:
    found = told("risk", "@a.roadbook", "--draws", "500", "--json").json
    assert (found["draws"], found["seed"], found["durations"]) == (500, 1, "PERT-beta")
    for one in (found["plan"], *found["initiatives"]):
        assert one["planned"] <= one["p95"]
        assert one["p50"] <= one["p80"] <= one["p95"]
    assert {driver["kind"] for driver in found["drivers"]} == {"duration", "risk"}


def test_project_tells_roll_ups_levels_by_quarter_and_what_came_of_forecasts(told: Shell) -> None:
    ended = told("project", "@a.roadbook", "--on", "2026-12-31", "--draws", "300", "--review")
    assert (ended.code, ended.err) == (0, "")
    assert "100%  100%   2" in ended.out
    assert "2: Q4 2025/26  Payments" in ended.out
    assert "Level 1: held already" in ended.out
    assert "Level 2: " in ended.out
    assert "First: delivered (1 of 1 answer as promised)" in ended.out
    assert "Second: fell short (0 of 1 answer as promised)" in ended.out
    assert "Payments, Tests: expected 100%, found 50%: fell short (Second)" in ended.out


def test_project_as_json_says_what_it_used_and_left_out(told: Shell) -> None:
    found = told("project", "@a.roadbook", "--on", "2026-03-02", "--draws", "50", "--json").json
    assert found["assessment"] == "a2"
    assert found["whole"]["mean"] == {"value": 0.75, "spread": 0.25, "used": 2, "left_out": {}}
    assert found["levels"][1]["planned"] == "2026-03-06"
    assert found["levels"][1]["planned_quarter"] == {"fiscal_year_began": 2025, "quarter": 4}
    assert "review" not in found


def test_project_looks_at_one_part_where_asked(told: Shell) -> None:
    for name in ("Claims", "Payments", "t"):
        found = told("project", "@a.roadbook", "--on", "2026-12-31", "--draws", "10", "--of", name, "--json").json
        assert [team["id"] for team in found["teams"]] == ["t"]
    lines = told("load", "@a.roadbook", "--of", "Claims").out.splitlines()
    assert lines[-2].split() == ["week", "of", "effort", "capacity", "share", "at", "once"]
    assert " ".join(lines[-1].split()) == "2 Mar 2026 7.5 5 150% 2/1 First, Second"
    ended = told("project", "@a.roadbook", "--on", "2026-12-31", "--of", "Nowhere")
    assert (ended.code, ended.err.strip()) == (3, "There is no unit and no team named 'Nowhere'.")


def test_what_cannot_be_asked_is_explained(told: Shell) -> None:
    assert "--on is missing." in told("project", "@a.roadbook").err
    wrong = told("project", "@a.roadbook", "--on", "soon")
    assert wrong.code == 2
    assert "--on is a day such as 2026-03-31." in wrong.err
    none = told("risk", "@a.roadbook", "--draws", "0")
    assert none.code == 2
    assert "--draws is a whole number from 1 to 1,000,000." in none.err
    early = told("project", "@a.roadbook", "--on", "2026-03-31", "--review")
    assert (early.code, early.err.strip()) == (
        3,
        "A review needs two assessments: one before the plan and one after it.",
    )


def test_durations_of_a_team_vary_together_where_asked(told: Shell) -> None:
    asked = ("risk", "@a.roadbook", "--draws", "100", "--correlation", "0.4")
    assert told(*asked).out.endswith("100 courses drawn with seed 1, durations of a team correlated by 0.4.\n")
    assert told(*asked, "--within", "programme", "--json").json["correlation"] == {"rho": 0.4, "within": "programme"}
    for wrong in ("1.5", "nan", "much"):
        ended = told("risk", "@a.roadbook", "--correlation", wrong)
        assert (ended.code, ended.err.splitlines()[0]) == (2, "--correlation is a number from 0 to 1.")


def test_a_review_is_held_against_a_baseline_where_asked(shell: Shell) -> None:
    shell("new", "@a.roadbook")
    entry = {
        "initiative_id": "i2",
        "name": "Second",
        "start": "2026-03-02",
        "finish": "2026-07-31",
        "duration_days": 5,
        "effort": 1,
    }
    baseline = {"id": "b", "name": "Promised", "taken_on": "2026-03-02", "entries": [entry]}
    shell.write("plan.json", json.dumps(content(baselines=[baseline])))
    assert shell("import", "@a.roadbook", "@plan.json").err == ""
    asked = ("project", "@a.roadbook", "--on", "2026-12-31", "--draws", "10", "--json", "--review", "--baseline")
    # What the baseline foresaw for after the second assessment was not promised by then.
    assert shell(*asked, "Promised").json["review"]["initiatives"] == []
    assert shell(*asked, "Other").err.strip() == "There is no baseline named 'Other'."
    assert shell(*asked[:-2], "--baseline", "b").err.startswith("A baseline is what a review is held against")


def test_names_that_several_share_are_not_guessed_at(shell: Shell) -> None:
    shell("new", "@a.roadbook")
    held = content()
    held["teams"].append({"id": "claims-team", "name": "Claims", "unit_id": "u"})
    shell.write("plan.json", json.dumps(held))
    shell("import", "@a.roadbook", "@plan.json")
    ended = shell("load", "@a.roadbook", "--of", "Claims")
    assert (ended.code, ended.err.strip()) == (
        3,
        "Several units or teams are named 'Claims'; tell which by its id: claims-team, u.",
    )


def test_long_drawing_shows_how_far_it_is_on_a_terminal_only(told: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told("risk", "@a.roadbook", "--draws", "100").err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert "Drawing the plan" in told("risk", "@a.roadbook", "--draws", "100").err


def test_a_seed_is_no_negative_number_anywhere(told: Shell) -> None:
    for verb in ("rank", "risk", "sequence"):
        ended = told(verb, "@a.roadbook", "--seed", "-3")
        assert (ended.code, ended.err.startswith("--seed is a whole number from 0 to ")) == (2, True)


def test_they_speak_french(told: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "150\u202f%" in told("load", "@a.roadbook").out.replace("\xa0", "\u202f")
    assert "Niveau 1" in told("project", "@a.roadbook", "--on", "2026-12-31", "--draws", "10").out
