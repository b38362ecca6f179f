"""The command line: every verb, what it prints where, and the exit code that says how it went."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from planner import cli

ROOT = Path(__file__).resolve().parents[2]
MODEL = "meta: {version: 1.0}\nD: {T: {A: {uuid: a, level: 1}, B: {uuid: b, level: 2, dependsOn: [A, Nowhere]}}}\n"


@dataclass
class Ended:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            cli.main([argument.replace("@", f"{self.folder}{os.sep}") for argument in arguments])
        out, err = self._capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return Shell(tmp_path, capsys)


@pytest.fixture
def filled(shell: Shell) -> Shell:
    assert shell("new", "@a.roadbook").code == 0
    shell.write("plan.json", json.dumps(plan()))
    ended = shell("import", "@a.roadbook", "@plan.json")
    assert (ended.code, ended.err) == (0, "")
    return shell


def plan(**lists: Any) -> dict[str, Any]:
    return {
        "format": "roadbook",
        "version": 1,
        "settings": [{"id": "settings", "name": "Plan", "created": "2026-01-05"}],
        "initiatives": [
            {"id": "i2", "name": "Second", "duration_days": 3, "position": 1},
            {"id": "i1", "name": "=First", "duration_days": 5, "position": 0},
        ],
        "links": [{"id": "l", "predecessor_id": "i1", "successor_id": "i2"}],
        **lists,
    }


def test_a_new_file_is_sound_and_says_what_it_holds(shell: Shell) -> None:
    created = shell("new", "@a.roadbook")
    assert (created.code, created.out) == (0, "")
    assert "a.roadbook" in created.err
    told = shell("info", "@a.roadbook", "--json")
    assert told.json["name"] == "a"
    assert told.json["counts"]["initiatives"] == 0
    checked = shell("check", "@a.roadbook")
    assert (checked.code, checked.err) == (0, "")
    assert shell("check", "@a.roadbook", "--json").json["sound"] is True


def test_an_existing_file_is_never_overwritten_by_a_new_one(shell: Shell) -> None:
    shell.write("a.roadbook", b"mine")
    ended = shell("new", "@a.roadbook")
    assert ended.code == 3
    assert (shell.folder / "a.roadbook").read_bytes() == b"mine"


def test_the_demo_is_made_in_the_language_asked_for(shell: Shell) -> None:
    assert shell("new", "@en.roadbook", "--demo", "--lang", "en").code == 0
    assert shell("new", "@fr.roadbook", "--demo", "--lang=fr").code == 0
    names = [shell("info", f"@{code}.roadbook", "--json").json["name"] for code in ("en", "fr")]
    assert names[0] != names[1]
    assert shell("check", "@fr.roadbook").code == 0


def test_json_in_and_out_gives_the_identical_document(filled: Shell) -> None:
    assert filled("export", "@a.roadbook", "@out.json").code == 0
    assert filled("new", "@b.roadbook").code == 0
    assert filled("import", "@b.roadbook", "@out.json").code == 0
    assert filled("export", "@b.roadbook", "@again.json").code == 0
    assert (filled.folder / "again.json").read_bytes() == (filled.folder / "out.json").read_bytes()


def test_the_schedule_is_a_list_in_the_order_of_the_plan(filled: Shell) -> None:
    ended = filled("schedule", "@a.roadbook", "--json")
    assert ended.code == 0
    first, second = ended.json
    assert list(first) == [
        "id", "name", "early_start", "early_finish", "late_start", "late_finish", "total_slack_days",
        "free_slack_days", "critical",
    ]  # fmt: skip
    assert (first["id"], first["early_start"], first["early_finish"]) == ("i1", "2026-01-05", "2026-01-09")
    assert (second["id"], second["early_start"], second["early_finish"]) == ("i2", "2026-01-12", "2026-01-14")
    assert first["critical"] is True
    assert "2026-01-05 2026-01-09" in filled("schedule", "@a.roadbook").out


def test_a_sequence_is_proposed_with_its_reasons_and_taken_in_as_one_step(shell: Shell) -> None:
    """Two initiatives of a team that may do one thing at a time: the worth less waits for the other."""
    assert shell("new", "@a.roadbook").code == 0
    held = plan(
        units=[{"id": "u", "name": "IT"}],
        teams=[{"id": "t", "name": "Payments", "unit_id": "u", "change_limit": 1}],
        estimates=[{"id": f"e{n}", "initiative_id": f"i{n}", "team_id": "t", "effort": 2.0} for n in (1, 2)],
        links=[],
    )
    shell.write("plan.json", json.dumps(held))
    assert shell("import", "@a.roadbook", "@plan.json").code == 0
    told = shell("sequence", "@a.roadbook", "--seconds", "30", "--objective", "makespan", "--json").json
    assert told["optimal"] is True
    first, second = sorted(told["initiatives"], key=lambda one: one["start"])
    assert first["start"] == first["start_now"]
    assert second["start"] > first["finish"]
    assert second["reason"]["held"] in {"capacity", "limit"}
    assert second["reason"]["initiatives"] == [first["id"]]
    asked = (
        "sequence",
        "@a.roadbook",
        "--seconds",
        "30",
        "--objective",
        "makespan",
        "--reject",
        second["id"],
        "--json",
    )
    around = {one["id"]: one for one in shell(*asked).json["initiatives"]}
    assert around[second["id"]]["start"] == second["start_now"]
    assert around[second["id"]]["reason"]["held"] == "refused"
    assert around[first["id"]]["start"] > around[second["id"]]["finish"]
    ended = shell("sequence", "@a.roadbook", "--seconds", "30", "--objective", "makespan", "--apply")
    assert "No plan is better." in ended.err
    dates = {one["id"]: one for one in shell("schedule", "@a.roadbook", "--json").json}
    for one in told["initiatives"]:
        assert (dates[one["id"]]["early_start"], dates[one["id"]]["early_finish"]) == (one["start"], one["finish"])
    assert shell("undo", "@a.roadbook").code == 0
    again = {one["id"]: one["early_start"] for one in shell("schedule", "@a.roadbook", "--json").json}
    assert again == {one["id"]: one["start_now"] for one in told["initiatives"]}


def test_what_cannot_be_kept_together_is_refused_by_name_and_only_told_where_nothing_must_be(shell: Shell) -> None:
    """The first initiative ends too late for the second, which is pinned."""
    assert shell("new", "@a.roadbook").code == 0
    pinned = {"constraint": "must-start-on", "constraint_date": "2026-01-07"}
    initiatives = [{**one, **(pinned if one["id"] == "i2" else {})} for one in plan()["initiatives"]]
    shell.write("plan.json", json.dumps(plan(initiatives=initiatives)))
    assert shell("import", "@a.roadbook", "@plan.json").code == 0

    refused = shell("sequence", "@a.roadbook", "--deadlines", "hard", "--seconds", "2", "--json", "--apply")
    assert refused.code == 3
    assert {one["kind"] for one in refused.json["conflict"]["constraints"]} == {"pin", "link"}
    assert refused.json["conflict"]["smallest"] is True
    assert shell("history", "@a.roadbook", "--json").json[0]["label"]["code"] == "import-files"
    french = shell("--lang", "fr", "sequence", "@a.roadbook", "--deadlines", "hard", "--seconds", "2")
    assert "épinglée au 7 janv. 2026" in french.out

    told = shell("sequence", "@a.roadbook", "--seconds", "2")
    assert told.code == 0
    assert "cannot be kept together" in told.err
    assert "The plan keeps what is pinned." in told.err


def test_an_import_is_one_step_that_undo_and_redo_move_over(filled: Shell) -> None:
    (step,) = filled("history", "@a.roadbook", "--json").json
    assert (step["number"], step["undone"], step["label"]["code"]) == (1, False, "import-files")
    assert step["label"]["parameters"] == {"names": "plan.json"}
    assert filled("undo", "@a.roadbook").code == 0
    assert filled("info", "@a.roadbook", "--json").json["counts"]["initiatives"] == 0
    assert filled("history", "@a.roadbook", "--json").json[0]["undone"] is True
    assert "(undone)" in filled("history", "@a.roadbook").out
    assert filled("redo", "@a.roadbook").code == 0
    assert filled("info", "@a.roadbook", "--json").json["counts"]["initiatives"] == 2


def test_nothing_to_undo_or_redo_is_told(shell: Shell) -> None:
    shell("new", "@a.roadbook")
    for verb in ("undo", "redo"):
        ended = shell(verb, "@a.roadbook")
        assert (ended.code, ended.out) == (3, "")


def test_a_dry_run_reports_and_changes_not_one_byte(shell: Shell) -> None:
    shell("new", "@a.roadbook")
    shell.write("m.yaml", MODEL)
    before = (shell.folder / "a.roadbook").read_bytes()
    dry = shell("import", "@a.roadbook", "@m.yaml", "--dry-run", "--json")
    assert (shell.folder / "a.roadbook").read_bytes() == before
    assert dry.json["dry_run"] is True
    assert shell("history", "@a.roadbook", "--json").json == []
    real = shell("import", "@a.roadbook", "@m.yaml", "--json")
    assert {**real.json, "dry_run": True} == dry.json


def test_an_import_report_accounts_for_everything(shell: Shell) -> None:
    shell("new", "@a.roadbook")
    shell.write("m.yaml", MODEL)
    ended = shell("import", "@a.roadbook", "@m.yaml", "--json")
    assert ended.json["summary"]["practices"] == {
        "imported": 1, "changed": 1, "rejected": 0, "effects": {"new": 2, "updated": 0, "unchanged": 0, "none": 0},
    }  # fmt: skip
    (changed,) = [item for item in ended.json["items"] if item["fate"] == "changed"]
    assert changed["remarks"][0]["parameters"] == {"required": "Nowhere"}
    assert "m.yaml:2" in shell("import", "@a.roadbook", "@m.yaml").out


def test_importing_the_same_again_makes_no_step(filled: Shell) -> None:
    before = (filled.folder / "a.roadbook").read_bytes()
    ended = filled("import", "@a.roadbook", "@plan.json")
    assert ended.code == 0
    assert len(filled("history", "@a.roadbook", "--json").json) == 1
    assert (filled.folder / "a.roadbook").read_bytes() == before


def test_reading_verbs_change_not_one_byte(filled: Shell) -> None:
    before = (filled.folder / "a.roadbook").read_bytes()
    for arguments in (["info"], ["check"], ["schedule"], ["history"]):
        assert filled(*arguments, "@a.roadbook").code == 0
    assert filled("export", "@a.roadbook", "@x.csv").code == 0
    assert (filled.folder / "a.roadbook").read_bytes() == before


def test_one_call_writes_every_kind_of_export(filled: Shell) -> None:
    names = [f"out.{suffix}" for suffix in ("json", "xml", "csv", "xlsx", "svg", "pdf", "PNG")]
    ended = filled("export", "@a.roadbook", *(f"@{name}" for name in names), "--lang", "fr")
    assert (ended.code, ended.err) == (0, "")
    assert [Path(line).name for line in ended.out.splitlines()] == names
    beginnings = {name: (filled.folder / name).read_bytes()[:4] for name in names}
    assert beginnings["out.xlsx"] == b"PK\x03\x04"
    assert beginnings["out.pdf"] == b"%PDF"
    assert beginnings["out.PNG"] == b"\x89PNG"
    assert "Début" in (filled.folder / "out.csv").read_text(encoding="utf-8-sig")


def test_a_plan_goes_through_microsoft_projects_xml_with_the_same_dates(filled: Shell) -> None:
    assert filled("export", "@a.roadbook", "@plan.xml").code == 0
    filled("new", "@b.roadbook")
    told = json.loads(filled("import", "@b.roadbook", "@plan.xml", "--json").out)
    assert told["kind"] == "msproject"
    assert all(item["entity_id"] for item in told["items"] if item["kind"] == "initiatives")
    dates = [
        [{name: value for name, value in row.items() if name != "id"} for row in json.loads(filled("schedule", f"@{file}", "--json").out)]
        for file in ("a.roadbook", "b.roadbook")
    ]  # fmt: skip
    assert dates[0] == dates[1] != []


def test_a_wrong_suffix_writes_none_of_the_exports(filled: Shell) -> None:
    ended = filled("export", "@a.roadbook", "@a.json", "@a.docx")
    assert ended.code == 3
    assert ".xlsx" in ended.err
    assert not (filled.folder / "a.json").exists()


def test_an_export_never_lands_on_the_file_itself(shell: Shell) -> None:
    shell("new", "@a.json")
    before = (shell.folder / "a.json").read_bytes()
    assert shell("export", "@a.json", "@a.json").code == 3
    assert (shell.folder / "a.json").read_bytes() == before


@pytest.mark.parametrize("verb", ["info", "check", "schedule", "undo", "redo", "history"])
def test_what_is_no_roadbook_file_is_bad_input(shell: Shell, verb: str) -> None:
    shell.write("garbage.roadbook", os.urandom(5_000))
    shell.write("text.roadbook", "hello")
    for name in ("garbage.roadbook", "text.roadbook", "absent.roadbook", ""):
        ended = shell(verb, f"@{name}")
        assert (ended.code, ended.out) == (3, ""), name
        assert len(ended.err.strip().splitlines()) == 1


def test_a_damaged_file_is_checked_and_not_sound(filled: Shell) -> None:
    path = filled.folder / "a.roadbook"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    ended = filled("check", "@a.roadbook", "--json")
    assert ended.code == 1
    assert ended.json["sound"] is False
    assert ended.json["findings"][0]["code"].startswith("file-damaged")
    assert filled("info", "@a.roadbook").code == 3


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("broken.json", "{", []),
        ("other.json", '{"format": "other"}', []),
        ("circle.json", json.dumps(plan(links=[{"id": "l", "predecessor_id": "i1", "successor_id": "i1"}])), []),
        ("binary.bin", b"\x00\x01\x02", []),
        ("binary.yaml", b"\x00\x01\x02\xff", []),
        ("plain.txt", "hello", []),
        ("plain.txt", "hello", ["--as", "dsomm"]),
        ("tabs.yaml", "a:\n\tb: 1", []),
        ("compose.yaml", "services: {web: {image: nginx}}", []),
        ("m.json", MODEL, []),
    ],
)
def test_a_source_that_cannot_be_meant_changes_nothing(
    filled: Shell, name: str, content: str | bytes, options: list[str]
) -> None:
    before = (filled.folder / "a.roadbook").read_bytes()
    filled.write(name, content)
    ended = filled("import", "@a.roadbook", f"@{name}", *options)
    assert (ended.code, ended.out) == (3, "")
    assert len(ended.err.strip().splitlines()) == 1
    assert name in ended.err
    assert (filled.folder / "a.roadbook").read_bytes() == before


def test_a_source_whose_name_says_nothing_is_told_by_its_content_or_by_the_person(filled: Shell) -> None:
    filled.write("export.txt", json.dumps(plan()))
    assert filled("import", "@a.roadbook", "@export.txt").code == 0
    filled.write("model.txt", MODEL)
    assert filled("import", "@a.roadbook", "@model.txt", "--as", "dsomm").code == 0
    assert filled("import", "@a.roadbook", "@export.txt", "@plan.json").code == 0
    filled.write("model.yml", MODEL)
    assert filled("import", "@a.roadbook", "@plan.json", "@model.yml").code == 3


@pytest.mark.parametrize(
    "arguments",
    [[], ["dance"], ["new"], ["new", "@a", "@b"], ["info", "@a", "--loud"], ["import", "@a"], ["export", "@a"],
     ["import", "@a", "@b", "--as", "jira"], ["new", "@a", "--lang", "xx"], ["new", "@a", "--lang"]],
)  # fmt: skip
def test_wrong_usage_is_exit_2_and_says_how(shell: Shell, arguments: list[str]) -> None:
    ended = shell(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Usage" in ended.err
    assert not (shell.folder / "a").exists()


def test_help_and_version_are_results(shell: Shell) -> None:
    ended = shell("--help")
    assert (ended.code, ended.err) == (0, "")
    for verb in ("new", "info", "check", "import", "export", "schedule", "sequence", "undo", "redo", "history"):
        assert verb in ended.out
        assert shell(verb, "--help").code == 0
    french = shell("--lang", "fr", "--help").out
    assert "Montre ce que" in french
    assert "Commandes\xa0:" in french
    assert not re.search(r"[^\xa0]:\n", french)
    assert shell("--version").out.startswith("roadbook-cli ")


def test_messages_speak_the_language_of_the_machine(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "créé" in shell("new", "@a.roadbook").err
    assert "manque" in shell("info").err
    assert "Created" in shell("--lang", "en", "new", "@b.roadbook").err


def test_a_bug_of_ours_leaves_a_log_and_no_traceback(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(*_arguments: Any) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("planner.document.Document.open", fall_over)
    ended = shell("info", "@a.roadbook")
    assert (ended.code, ended.out) == (4, "")
    assert "Traceback" not in ended.err
    assert "secret detail" not in ended.err
    log = Path(ended.err.split("file ", 1)[1].strip().removesuffix("."))
    assert "ZeroDivisionError: secret detail" in log.read_text(encoding="utf-8")


def test_an_interruption_is_no_bug(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.document.Document.open", interrupt)
    ended = shell("info", "@a.roadbook")
    assert (ended.code, ended.err.strip()) == (130, "Interrupted.")


def test_nothing_a_file_is_called_can_steer_the_terminal(shell: Shell) -> None:
    ended = shell("info", "@\x1b[31mred\u202e.roadbook")
    assert ended.code == 3
    assert "\x1b" not in ended.err
    assert "\u202e" not in ended.err


def test_a_write_protected_folder_is_told(filled: Shell) -> None:
    folder = filled.folder / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    try:
        ended = filled("export", "@a.roadbook", "@locked/x.json")
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write anywhere")
        assert ended.code == 3
    finally:
        folder.chmod(0o700)


def test_an_export_into_no_folder_is_told(filled: Shell) -> None:
    ended = filled("export", "@a.roadbook", "@absent/x.json")
    assert ended.code == 3
    assert "absent" in ended.err


def test_it_runs_as_a_module_and_survives_a_reader_that_leaves(filled: Shell) -> None:
    many = plan(initiatives=[{"id": f"i{n}", "name": f"Initiative {n}"} for n in range(3_000)], links=[])
    filled.write("many.json", json.dumps(many))
    assert filled("import", "@a.roadbook", "@many.json").code == 0
    program = [sys.executable, "-m", "planner.cli", "schedule", str(filled.folder / "a.roadbook"), "--json"]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_a_terminal_of_another_alphabet_stops_no_output(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.write("name.json", json.dumps(plan(units=[{"id": "u", "name": "Ünité \U0001f680"}])))
    filled("import", "@a.roadbook", "@name.json")
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(SystemExit) as ended:
        cli.main(["import", str(filled.folder / "a.roadbook"), str(filled.folder / "name.json"), "--json"])
    out.flush()
    assert ended.value.code == 0
    assert "Ünité \U0001f680" in {item["name"] for item in json.loads(out.buffer.getvalue())["items"]}  # type: ignore[attr-defined]


def test_a_file_whose_name_no_text_can_hold_is_taken_in_all_the_same(filled: Shell) -> None:
    name = os.fsdecode(b"na\xffme\x07.json")
    try:
        filled.write(name, json.dumps(plan(units=[{"id": "u", "name": "U"}])))
    except OSError:
        pytest.skip("this file system takes no such name")
    assert filled("import", "@a.roadbook", f"@{name}").code == 0
    assert filled("history", "@a.roadbook").code == 0
