"""OWASP DSOMM in: everything accounted for, whatever of its files is given, in whatever shape and order."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.changes import Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.practice import Practice
from planner.editing.rules import check_all
from planner.editing.start import start_engagement
from planner.exchange.import_report import Effect, Fate, ImportedItem, ImportReading, changes_of
from planner.exchange.models.dsomm import read_dsomm
from planner.exchange.models.prerequisites import Dependence, open_circles
from planner.language import Language
from planner.messages import explain

EMPTY = start_engagement("Client", created=date(2026, 1, 5))
TODAY = date(2026, 6, 1)

MODEL = """
---
meta: {version: 1.10, released: "2026-02-03", publisher: "https://example.org/model"}
---
Building:
  Pipelines:
    Scripted build:
      uuid: AAAA-1
      risk: People forget steps.
      measure: Script the build.
      assessment: Show the script.
      meta: {implementationGuide: Start small.}
      level: 1
      difficultyOfImplementation: {knowledge: 2, time: "3", resources: 1}
      usefulness: 4
      implementation:
        - {uuid: x, name: A tool, url: "https://example.org", tags: [ci], description: It builds., test-url-expects: [1]}
        - Just a text
      references: {samm2: [I-SB-A-1], iso: [5.37, 8.10]}
      isImplemented: false
      evidence: ""
      comments: ""
      comment: Mind the cache.
      credits: Somebody
      tags: [none, build]
    Signed artifacts:
      uuid: aaaa-2
      level: 2
      dependsOn: [Scripted build]
  No:
    No:
      uuid: aaaa-3
      level: 3
      dependsOn:
        - uuid:aaaa-2
        - AAAA-1
"""


def read(folder: Path, *texts: str, engagement: Engagement = EMPTY, language: str = "en") -> ImportReading:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"source{number}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return read_dsomm(paths, engagement, language=Language(language), today=TODAY)


def take_in(folder: Path, *texts: str, engagement: Engagement = EMPTY) -> tuple[Engagement, ImportReading]:
    reading = read(folder, *texts, engagement=engagement)
    after = engagement.apply(changes_of(engagement, reading, Label("import-files", {"names": "x"})))
    check_all(after)
    return after, reading


def practices(engagement: Engagement) -> dict[str, Practice]:
    return {practice.name: practice for practice in engagement.practices.values()}


def pairs(engagement: Engagement) -> set[tuple[str, str]]:
    names = {practice.id: practice.name for practice in engagement.practices.values()}
    return {(names[p.practice_id], names[p.required_practice_id]) for p in engagement.prerequisites.values()}


def items(reading: ImportReading, kind: str = "practices") -> dict[str, ImportedItem]:
    return {item.name: item for item in reading.report.items if item.kind == kind}


def codes(item: ImportedItem) -> list[str]:
    return [remark.code for remark in item.remarks]


def problem_codes(reading: ImportReading) -> list[str]:
    return [problem.code for problem in reading.report.problems]


def test_an_activity_becomes_a_practice_with_everything_it_says(tmp_path: Path) -> None:
    engagement, reading = take_in(tmp_path, MODEL)
    practice = practices(engagement)["Scripted build"]
    assert practice.source_id == "aaaa-1"
    assert (practice.level, practice.usefulness) == (1, 4)
    assert (practice.knowledge_difficulty, practice.time_difficulty, practice.resources_difficulty) == (2, 3, 1)
    assert practice.measure == "Script the build.\n\nStart small."
    assert practice.verification == "Show the script."
    assert practice.comments == "Mind the cache.\n\nSomebody"
    assert [(r.framework, r.code) for r in practice.references] == [
        ("samm2", "I-SB-A-1"),
        ("iso", "5.37"),
        ("iso", "8.10"),
    ]
    assert [(r.name, r.url, r.tags) for r in practice.resources] == [
        ("A tool", "https://example.org", ("ci",)), ("Just a text", "", ()),
    ]  # fmt: skip
    assert practice.tags == ("build",)
    (model,) = engagement.models.values()
    assert (model.version, model.released, model.source) == ("1.10", date(2026, 2, 3), "https://example.org/model")
    assert [theme.name for theme in engagement.themes.values()] == ["Pipelines", "No"]
    assert {item.fate for item in items(reading).values()} == {Fate.IMPORTED}


def test_prerequisites_are_found_by_name_and_by_uuid_in_any_case(tmp_path: Path) -> None:
    engagement, _reading = take_in(tmp_path, MODEL)
    assert pairs(engagement) == {
        ("Signed artifacts", "Scripted build"), ("No", "Signed artifacts"), ("No", "Scripted build"),
    }  # fmt: skip


def test_reading_the_same_again_changes_nothing(tmp_path: Path) -> None:
    engagement, _reading = take_in(tmp_path, MODEL)
    again = read(tmp_path, MODEL, engagement=engagement)
    assert not changes_of(engagement, again, Label("import-files", {"names": "x"}))
    assert {item.effect for item in items(again).values()} == {Effect.UNCHANGED}


def test_a_newer_version_updates_adds_and_names_what_vanished(tmp_path: Path) -> None:
    engagement, _reading = take_in(tmp_path, MODEL)
    kept = replace(practices(engagement)["Scripted build"], weight=3.0)
    engagement = Engagement.of([*(e for kind in engagement.by_kind().values() for e in kind.values()), kept])
    newer = """
meta: {version: 2.0}
Building:
  Pipelines:
    Build from a script: {uuid: aaaa-1, level: 1}
    Reproducible build: {uuid: aaaa-9, level: 4, dependsOn: [aaaa-1]}
    Signed artifacts: {uuid: aaaa-2, level: 2}
"""
    after, reading = take_in(tmp_path, newer, engagement=engagement)
    assert reading.report.vanished == ("No",)
    assert after.practices[kept.id].name == "Build from a script"
    assert after.practices[kept.id].weight == 3.0
    assert after.practices[kept.id].risk == "", "a whole model clears what it no longer says"
    assert ("Signed artifacts", "Build from a script") not in pairs(after)
    assert items(reading)["Reproducible build"].effect is Effect.NEW
    assert items(reading)["Build from a script"].effect is Effect.UPDATED


def test_a_custom_file_adds_to_the_model_and_overrides_only_what_it_says(tmp_path: Path) -> None:
    engagement, _reading = take_in(tmp_path, MODEL)
    custom = """
Building:
  Pipelines:
    Scripted build: {comments: Ours.}
    Our own: {level: 2, dependsOn: Scripted build}
Elsewhere:
  New:
    Other name: {uuid: aaaa-2, level: 5}
"""
    after, reading = take_in(tmp_path, custom, engagement=engagement)
    assert practices(after)["Scripted build"].comments == "Ours."
    assert practices(after)["Scripted build"].risk == "People forget steps."
    assert practices(after)["Other name"].level == 5
    assert len(after.practices) == 4
    assert ("Our own", "Scripted build") in pairs(after)
    assert ("Other name", "Scripted build") in pairs(after), "what it does not say stays"
    assert codes(items(reading)["Our own"]) == ["no-uuid"]
    assert reading.report.vanished == ()


def test_files_given_together_are_laid_over_one_another(tmp_path: Path) -> None:
    over = """
Building:
  Pipelines:
    Scripted build: {uuid: aaaa-1, level: 3}
    Signed artifacts: {uuid: aaaa-2, ignore: true}
  No: {ignore: true}
"""
    engagement, reading = take_in(tmp_path, MODEL, over)
    assert set(practices(engagement)) == {"Scripted build"}
    assert practices(engagement)["Scripted build"].level == 3
    rejected = {(i.place, c) for i in reading.report.items if i.fate is Fate.REJECTED for c in codes(i)}
    assert {code for _place, code in rejected} == {"left-out-by-source", "left-out-later"}
    assert len([item for item in reading.report.items if item.kind == "practices"]) == 5, "every one accounted for"


def test_what_does_not_fit_is_left_out_and_said(tmp_path: Path) -> None:
    engagement, reading = take_in(
        tmp_path,
        """
Building:
  Pipelines:
    Odd:
      uuid: b1
      level: 7
      usefulness: high
      risk: [a, list]
      novelty: 3
      description: "tab\\u0007bell"
      implementation: [{$ref: "implementations.yaml#/implementations/tool-x"}, [1], {}]
      difficultyOfImplementation: {knowledge: 2.5, courage: 3}
    Twice: {uuid: b1}
    Empty:
    Text: just words
    Nothing known: {colour: blue}
    "": {level: 1}
""",
    )
    found = items(reading)
    assert codes(found["Odd"]) == [
        "value-left-out", "value-left-out", "value-not-text", "field-unknown", "text-cleaned", "reference-elsewhere",
        "entry-unknown", "value-left-out", "field-unknown",
    ]  # fmt: skip
    assert found["Odd"].fate is Fate.CHANGED
    assert codes(found["Twice"]) == ["uuid-double"]
    for name in ("Empty", "Text", "Nothing known"):
        assert (found[name].fate, codes(found[name])) == (Fate.REJECTED, ["not-an-activity"])
    assert codes(found[""]) == ["nameless"]
    assert set(practices(engagement)) == {"Odd", "Twice"}
    assert practices(engagement)["Odd"].level is None
    assert found["Odd"].place == "source0.yaml:4"


def test_implementations_of_another_file_are_followed(tmp_path: Path) -> None:
    engagement, reading = take_in(
        tmp_path,
        "D: {T: {A: {uuid: a, implementation: [{$ref: 'implementations.yaml#/implementations/tool-x'}]}}}",
        "implementations: {tool-x: {name: Tool X, url: 'https://example.org/x'}}",
    )
    assert practices(engagement)["A"].resources[0].url == "https://example.org/x"
    assert items(reading)["A"].fate is Fate.IMPORTED


def test_names_that_meet_in_one_theme_are_told_apart(tmp_path: Path) -> None:
    engagement, reading = take_in(tmp_path, "D: {T: {Same name: {uuid: a}, same  NAME: {uuid: b}}}")
    assert set(practices(engagement)) == {"Same name", "same NAME (2)"}
    assert "renamed" in codes(items(reading)["same NAME"])


def test_circles_dangling_and_inverted_prerequisites_are_all_named(tmp_path: Path) -> None:
    engagement, reading = take_in(
        tmp_path,
        """
D:
  T:
    Low: {uuid: a, level: 1, dependsOn: [High, Nowhere]}
    Middle: {uuid: b, level: 2, dependsOn: [Low]}
    High: {uuid: c, level: 3, dependsOn: [b]}
    Alone: {uuid: d, level: 1, dependsOn: [Alone]}
    Early: {uuid: e, level: 1, dependsOn: [Middle]}
    First: {uuid: f, dependsOn: [Second]}
    Second: {uuid: g, dependsOn: [First]}
  U:
    Low: {uuid: h, level: 1}
  V:
    Far: {uuid: i, dependsOn: [Low]}
""",
    )
    told = {problem.code: problem for problem in reading.report.problems}
    assert told["circle-inverted"].parameters["members"] == "High → Middle → Low → High"
    assert told["circle-inverted"].parameters["practice"] == "Low"
    assert told["circle-last"].parameters["members"] == "First → Second → First"
    assert told["dangling"].parameters == {"place": "source0.yaml:4", "practice": "Low", "required": "Nowhere"}
    inverted = [p.parameters["practice"] for p in reading.report.problems if p.code == "level-inversion"]
    assert inverted == ["Low", "Early"], "the one a circle leaves out too"
    assert told["ambiguous"].parameters["count"] == 2
    assert "circle-of-one" in told
    assert pairs(engagement) == {("Middle", "Low"), ("High", "Middle"), ("Early", "Middle"), ("First", "Second")}
    low = next(item for item in reading.report.items if item.name == "Low" and item.source_id == "a")
    assert codes(low) == ["prerequisite-dangling", "prerequisite-in-circle"]
    assert low.fate is Fate.CHANGED


def test_prerequisites_the_coach_added_stay(tmp_path: Path) -> None:
    from planner.domain.practice import Prerequisite

    engagement, _reading = take_in(tmp_path, MODEL)
    by_name = practices(engagement)
    own = Prerequisite(
        id="own", practice_id=by_name["Scripted build"].id, required_practice_id=by_name["No"].id, minimum_score=0.5
    )
    without = {p.id for p in engagement.prerequisites.values()}
    engagement = Engagement.of(
        [*(e for kind in engagement.by_kind().values() for e in kind.values() if e.id not in without), own]
    )
    after, reading = take_in(tmp_path, MODEL, engagement=engagement)
    assert after.prerequisites["own"].minimum_score == 0.5
    assert any(code.startswith("circle") for code in problem_codes(reading))


META = "progressDefinition: {Backlog: 0%, Started: {score: 30%, definition: Begun}, Implemented: 100%}\nteams: {$ref: 'teams.yaml'}\n"
TEAMS = "teams: ['Red', 'Blue', 1, Red]\nteamGroups: {Warm: [Red], Both: [Red, Blue, Ghost]}\n"
PROGRESS = """
progress:
  aaaa-1:
    Red: {Started: 2026-01-10, Implemented: 2026-02-10}
    Blue: {Implemented: 2026-03-01}
    Stranger: {Started: 2026-03-02}
  AAAA-2:
    Red: {Backlog: 2026-01-01}
    Blue: {Dreamed: 2026-01-01}
    '1': {Implemented: 2026-01-01, Started: 2026-02-01, Dreamed: 2026-01-01}
  aaaa-3:
    Red: {Started: soon}
    Blue: {Started: 2099-01-01}
    '1': nothing
  zzzz:
    Red: {Started: 2026-01-10}
"""


def scores(engagement: Engagement) -> dict[tuple[str, str], float | None]:
    return {
        (engagement.teams[a.team_id].name, engagement.practices[a.practice_id].source_id): a.score
        for a in engagement.answers.values()
    }


def test_teams_groups_and_progress_make_a_dated_assessment(tmp_path: Path) -> None:
    engagement, reading = take_in(tmp_path, MODEL, META, TEAMS, PROGRESS)
    assert scores(engagement) == {
        ("Red", "aaaa-1"): 1.0, ("Blue", "aaaa-1"): 1.0, ("Stranger", "aaaa-1"): 0.3, ("Red", "aaaa-2"): 0.0,
        ("1", "aaaa-2"): 1.0,
    }  # fmt: skip
    (assessment,) = engagement.assessments.values()
    assert assessment.held_on == date(2026, 3, 2)
    (scale,) = engagement.scales.values()
    assert [(o.text, o.score) for o in scale.options] == [("Backlog", 0.0), ("Started", 0.3), ("Implemented", 1.0)]
    teams = {team.name: team for team in engagement.teams.values()}
    assert [engagement.groups[g].name for g in teams["Red"].group_ids] == ["Warm", "Both"]
    evidence = {a.evidence for a in engagement.answers.values()}
    assert "Started: 2026-01-10\nImplemented: 2026-02-10" in evidence
    answers = items(reading, "answers")
    assert codes(answers["Blue – Scripted build"]) == ["states-skipped"]
    assert answers["Blue – Scripted build"].fate is Fate.IMPORTED
    assert codes(answers["Blue – Signed artifacts"]) == ["state-unknown", "no-state-left"]
    assert codes(answers["1 – Signed artifacts"]) == ["state-unknown", "states-out-of-order"]
    assert codes(answers["Red – No"]) == ["state-without-date", "no-state-left"]
    assert codes(answers["Blue – No"]) == ["state-in-future", "no-state-left"]
    assert codes(answers["1 – No"]) == ["progress-unreadable"]
    assert codes(answers["Red – zzzz"]) == ["activity-unknown"]
    assert len(answers) == 10
    assert codes(items(reading, "teams")["Stranger"]) == ["team-unknown"]
    assert codes(items(reading, "groups")["Both"]) == ["group-member-unknown"]
    assert [c for i in reading.report.items if i.kind == "teams" and i.fate is Fate.REJECTED for c in codes(i)] == [
        "team-listed-twice"
    ]


def test_files_come_one_at_a_time_as_well(tmp_path: Path) -> None:
    together, _reading = take_in(tmp_path, MODEL, META, TEAMS, PROGRESS)
    engagement = EMPTY
    for text in (MODEL, META, TEAMS, PROGRESS):
        engagement, _reading = take_in(tmp_path, text, engagement=engagement)
    assert engagement == together
    again = read(tmp_path, PROGRESS, engagement=engagement)
    assert not changes_of(engagement, again, Label("import-files", {"names": "x"}))
    assert {i.effect for i in again.report.items if i.kind == "answers" and i.fate is not Fate.REJECTED} == {
        Effect.UNCHANGED
    }


def test_a_closed_assessment_stays_as_it_is(tmp_path: Path) -> None:
    engagement, _reading = take_in(tmp_path, MODEL, META, TEAMS, PROGRESS)
    (assessment,) = engagement.assessments.values()
    closed = replace(assessment, closed_on=date(2026, 4, 1))
    engagement = Engagement.of([*(e for kind in engagement.by_kind().values() for e in kind.values()), closed])
    changed = PROGRESS.replace("Implemented: 2026-03-01", "Started: 2026-03-01")
    after, reading = take_in(tmp_path, changed, engagement=engagement)
    assert after.answers == engagement.answers
    assert "assessment-closed" in problem_codes(reading)


def test_old_models_tick_teams_off_themselves(tmp_path: Path) -> None:
    engagement, reading = take_in(
        tmp_path,
        """
D:
  T:
    A: {uuid: a, teamsImplemented: {Default: false, Red: true, Blue: false}, teamsEvidence: {Red: See the wiki}}
    B: {uuid: b, teamsImplemented: {Default: false, Red: false, Blue: false}}
""",
    )
    assert scores(engagement) == {("Red", "a"): 1.0, ("Red", "b"): 0.0}
    assert {a.evidence for a in engagement.answers.values()} == {"See the wiki", ""}
    assert problem_codes(reading) == ["default-scale", "team-nothing-ticked"]
    alone, _reading = take_in(tmp_path, "D: {T: {A: {uuid: a, isImplemented: true, evidence: Yes}}}")
    assert scores(alone) == {("Default", "a"): 1.0}


def test_without_progress_states_implemented_means_all_of_it(tmp_path: Path) -> None:
    engagement, reading = take_in(tmp_path, MODEL, "progress: {aaaa-1: {Red: {Implemented: 2026-01-01}}}")
    assert scores(engagement) == {("Red", "aaaa-1"): 1.0}
    assert codes(items(reading, "answers")["Red – Scripted build"]) == ["state-taken-for-top"]


def test_states_without_a_zero_get_one_and_wrong_shares_are_told(tmp_path: Path) -> None:
    engagement, reading = take_in(tmp_path, MODEL, "progressDefinition: {Half: 50%, Odd: lots, All: 1}")
    (scale,) = engagement.scales.values()
    assert [(o.text, o.score) for o in scale.options] == [("Not implemented", 0.0), ("Half", 0.5), ("All", 1.0)]
    assert problem_codes(reading) == ["state-not-a-share", "zero-added"]


def test_teams_known_already_keep_their_unit_and_what_the_coach_said_of_them(tmp_path: Path) -> None:
    from planner.domain.organization import Team, Unit

    own = Engagement.of(
        [
            EMPTY.setting,
            Unit(id="u", name="Us"),
            Unit(id="v", name="They"),
            Team(id="t", name="RED", unit_id="u", readiness=5),
        ]
    )
    engagement, _reading = take_in(tmp_path, TEAMS, engagement=own)
    assert engagement.teams["t"].readiness == 5
    assert engagement.teams["t"].unit_id == "u"
    assert {engagement.units[t.unit_id].name for t in engagement.teams.values() if t.id != "t"} == {"All teams"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1", "dsomm-not-recognised"),
        ('{"format": "roadbook", "version": 1, "teams": [{"id": "t", "name": "x"}]}', "dsomm-not-recognised"),
        ("- a\n- b", "dsomm-not-recognised"),
        ("", "dsomm-not-recognised"),
        ("services:\n  web:\n    image: nginx\n    ports: [80]\n", "dsomm-not-recognised"),
        ("openapi: 3.0.0\npaths: {/x: {get: {summary: s}}}", "dsomm-not-recognised"),
        (PROGRESS, "dsomm-no-model"),
        (META, "dsomm-no-model"),
    ],
)
def test_what_is_not_dsomm_or_lacks_its_model_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, text)
    assert caught.value.code == code
    assert "source0.yaml" in explain(caught.value, Language("fr"))


def test_more_circles_than_anyone_can_mean_are_refused(tmp_path: Path) -> None:
    lines = [
        f"    A{n}: {{uuid: a{n}, dependsOn: [b{n}]}}\n    B{n}: {{uuid: b{n}, dependsOn: [a{n}]}}" for n in range(300)
    ]
    with pytest.raises(UserError, match="dsomm-too-many-circles"):
        read(tmp_path, "D:\n  T:\n" + "\n".join(lines))


edges = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] != p[1]), max_size=20
)


@given(edges, st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 5)))
def test_opening_circles_loses_nothing_but_what_it_names(told: list[tuple[str, str]], levels: dict[str, int]) -> None:
    dependences = [Dependence(a, b, f"line {n}") for n, (a, b) in enumerate(dict.fromkeys(told))]
    kept, circles = open_circles(dependences, levels)
    left_out = [circle.left_out for circle in circles]
    assert sorted(map(str, [*kept, *left_out])) == sorted(map(str, dependences))
    assert open_circles(kept, levels) == (kept, [])
    for circle in circles:
        around = list(zip(circle.members, circle.members[1:], strict=False))
        assert circle.members[0] == circle.members[-1]
        assert around[-1] == (circle.left_out.practice_id, circle.left_out.required_id)
        assert set(around) <= {(d.practice_id, d.required_id) for d in dependences}


fields = st.sampled_from(
    ["uuid", "level", "dependsOn", "tags", "implementation", "references", "teamsImplemented", "x"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8) | st.sampled_from(["a", "b", "Yes"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "a", "$ref"]), inner, max_size=3)
    ),
    max_leaves=5,
)
names = st.sampled_from(["A", "a", "B", "No", ""])
models = st.dictionaries(
    names, st.dictionaries(names, st.dictionaries(names, st.dictionaries(fields, values)), max_size=3)
)


@given(models)
def test_any_model_is_taken_in_soundly_or_refused(model: object) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        assert outcome_of(Path(folder), json.dumps(model))


def outcome_of(folder: Path, text: str) -> str:
    try:
        engagement, reading = take_in(folder, text)
    except UserError as error:
        return explain(error, Language("en"))
    told = [remark.worded(Language("fr")) for item in reading.report.items for remark in item.remarks]
    told += [problem.worded(Language("fr")) for problem in reading.report.problems]
    again = read(folder, text, engagement=engagement)
    assert not changes_of(engagement, again, Label("import-files", {"names": "x"}))
    return f"{len(engagement.practices)} practices, {len(told)} remarks"


def test_the_current_model_comes_in_whole(shared_data: Path) -> None:
    reading = read_dsomm([shared_data / "maturity" / "dsomm-model-v4.yaml"], EMPTY, language=Language(), today=TODAY)
    engagement = EMPTY.apply(changes_of(EMPTY, reading, Label("import-files", {"names": "x"})))
    assert (len(engagement.practices), len(engagement.prerequisites)) == (194, 123)
    assert reading.report.count_fates("practices") == {Fate.IMPORTED: 194, Fate.CHANGED: 0, Fate.REJECTED: 0}
    assert problem_codes(reading) == ["default-scale"]


def test_an_older_model_has_its_circle_and_its_dangling_prerequisites_named(shared_data: Path) -> None:
    path = shared_data / "maturity" / "dsomm-generated-2025-03-cyclic.yaml"
    reading = read_dsomm([path], EMPTY, language=Language(), today=TODAY)
    engagement = EMPTY.apply(changes_of(EMPTY, reading, Label("import-files", {"names": "x"})))
    assert len(engagement.practices) == 190
    assert problem_codes(reading) == [
        "default-scale",
        "dangling",
        "dangling",
        "level-inversion",
        "circle-inverted",
        "team-nothing-ticked",
    ]
    assert len([item for item in reading.report.items if item.kind == "practices"]) == 190


def test_real_teams_and_progress_come_in_over_the_real_model(shared_data: Path) -> None:
    folder = shared_data / "maturity"
    files = ("dsomm-model-v4", "dsomm-meta-2025-09", "dsomm-teams-2025-09", "dsomm-team-progress-dated")
    reading = read_dsomm([folder / f"{name}.yaml" for name in files], EMPTY, language=Language(), today=TODAY)
    engagement = EMPTY.apply(changes_of(EMPTY, reading, Label("import-files", {"names": "x"})))
    check_all(engagement)
    assert codes(items(reading, "teams")["Not referenced"]) == ["team-unknown"]
    told = {code for item in reading.report.items for code in codes(item)}
    assert {"team-unknown", "states-skipped", "state-unknown"} <= told
    assert len([item for item in reading.report.items if item.kind == "answers"]) == 34
    assert len(engagement.answers) == 26


def test_what_a_custom_file_says_wrongly_leaves_what_was_there(tmp_path: Path) -> None:
    engagement, _reading = take_in(tmp_path, MODEL)
    wrong = "Building: {Pipelines: {Scripted build: {uuid: aaaa-1, level: 9, risk: {a: b}, measure: [], usefulness: }}}"
    after, reading = take_in(tmp_path, wrong, engagement=engagement)
    practice = practices(after)["Scripted build"]
    assert (practice.level, practice.risk) == (1, "People forget steps.")
    assert practice.measure == "Script the build.\n\nStart small."
    assert practice.usefulness is None
    assert codes(items(reading)["Scripted build"]) == ["value-left-out", "value-not-text", "value-not-text"]


def test_groups_alone_move_teams_known_already(tmp_path: Path) -> None:
    engagement, _reading = take_in(tmp_path, TEAMS)
    after, _reading = take_in(tmp_path, "teamGroups: {Warm: [Blue]}", engagement=engagement)
    held = {team.name: {after.groups[g].name for g in team.group_ids} for team in after.teams.values()}
    assert held == {"Red": {"Both"}, "Blue": {"Both", "Warm"}, "1": set()}
