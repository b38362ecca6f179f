"""The open format: what comes out goes in again, and what should not go in says so, with its place."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.calendar import Calendar
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Initiative, Link, LinkType
from planner.domain.kinds import KINDS
from planner.domain.organization import Group, Team, Unit
from planner.domain.practice import Dimension, MaturityModel, Practice, Resource, Scale, ScaleOption, Theme
from planner.domain.settings import Settings, Status, StatusColour
from planner.exchange.json_file import VERSION, encode, read_json, write_json
from planner.exchange.json_schema import SCHEMA, encode_schema
from planner.language import Language
from planner.messages import explain

ENGAGEMENT = Engagement.of(
    [
        Settings(name="Client", created=date(2026, 1, 5), status_colours=(StatusColour(status=Status.DONE, colour="#0a0"),)),
        Calendar(id="cal", name="Week", weekdays=None),
        Unit(id="u", name="Unité — é \U0001f680"),
        Group(id="g", name="Guild"),
        Team(id="t2", name="B", unit_id="u", group_ids=("g",), change_capacity=0.1, map_x=120.5, map_y=-4.0),
        Team(id="t1", name="=A", unit_id="u", calendar_id="cal"),
        MaturityModel(id="m", name="Model", released=date(2026, 2, 1)),
        Dimension(id="d", model_id="m", name="D"),
        Theme(id="th", dimension_id="d", name="T"),
        Scale(id="s", model_id="m", name="S", options=(ScaleOption(score=0, text="No"), ScaleOption(score=1, text="Yes"))),
        Practice(id="p", theme_id="th", name="P", scale_id="s", level=3, resources=(Resource(name="r", tags=("x",)),)),
        Initiative(id="i1", name="First", deadline=date(2026, 6, 30)),
        Initiative(id="i2", name="Second", parent_id=None),
        Link(id="l", predecessor_id="i1", successor_id="i2", type=LinkType.START_TO_START, lag_days=-1.5),
    ]
)  # fmt: skip


def smallest(**lists: Any) -> dict[str, Any]:
    return {"format": "roadbook", "version": VERSION, **lists}


def refusal(folder: Path, content: Any) -> UserError:
    path = folder / "in.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_json(path)
    for code in ("en", "fr"):
        sentence = explain(caught.value, Language(code))
        assert "in.json" in sentence
        assert "\n" not in sentence
    return caught.value


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    write_json(ENGAGEMENT, tmp_path / "out.json")
    entities = read_json(tmp_path / "out.json")
    assert Engagement.of(entities) == ENGAGEMENT


def test_the_same_engagement_gives_the_same_bytes_whatever_the_order_it_was_built_in(tmp_path: Path) -> None:
    shuffled = Engagement.of([entity for kind in reversed(KINDS) for entity in ENGAGEMENT.kind(kind).values()])
    assert encode(shuffled) == encode(ENGAGEMENT)
    write_json(ENGAGEMENT, tmp_path / "out.json")
    assert encode(Engagement.of(read_json(tmp_path / "out.json"))) == encode(ENGAGEMENT)


def test_every_kind_has_its_list_sorted_by_id() -> None:
    document = json.loads(encode(ENGAGEMENT))
    assert list(document) == ["format", "version", *KINDS]
    assert [team["id"] for team in document["teams"]] == ["t1", "t2"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(UserError, match="cannot-write"):
        write_json(ENGAGEMENT, tmp_path / "folder.json")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]


def test_the_committed_schema_is_the_one_of_the_entities() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == encode_schema(), "python -m planner.exchange.json_schema > the file"


def test_exports_are_valid_by_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    validator.validate(json.loads(encode(ENGAGEMENT)))


@pytest.mark.parametrize(
    "wrong",
    [
        smallest(tems=[]),
        smallest(units=[{"id": "u", "name": " "}]),
        smallest(units=[{"id": "u", "name": "U", "colour": 1}]),
        smallest(teams=[{"id": "t", "name": "T", "unit_id": "u", "readiness": 9}]),
        smallest(settings=[{"id": "other", "name": "N", "created": "2026-01-01"}]),
        {"format": "roadbook", "version": VERSION + 1},
        smallest(
            settings=[{"id": "settings", "name": "N", "created": "2026-01-01", "readiness_factors": [2, 1, 1, 1]}]
        ),
        smallest(
            settings=[{"id": "settings", "name": "N", "created": "2026-01-01", "readiness_factors": [2, 1, 1, 1, 0]}]
        ),
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(tmp_path: Path, wrong: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert not validator.is_valid(wrong)
    refusal(tmp_path, wrong)


def test_a_hand_written_file_may_leave_out_what_has_a_default(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(
        '\ufeff{"format": "roadbook", "version": 1, "initiatives": [{"id": "a", "name": "A", "duration_days": 3}]}',
        encoding="utf-8",
    )
    assert read_json(tmp_path / "in.json") == [Initiative(id="a", name="A", duration_days=3.0)]


def test_a_document_of_version_1_is_read_and_fits_the_schema_of_today(tmp_path: Path) -> None:
    first = {**smallest(), "version": 1, "units": [{"id": "u", "name": "U"}]}
    first["teams"] = [{"id": "t", "name": "T", "unit_id": "u"}]
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(first)
    (tmp_path / "first.json").write_text(json.dumps(first), encoding="utf-8")
    (_unit, team) = read_json(tmp_path / "first.json")
    assert team == Team(id="t", name="T", unit_id="u", map_x=None, map_y=None)


def test_a_reference_may_lead_into_the_engagement_it_is_read_for(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(smallest(teams=[{"id": "new", "name": "N", "unit_id": "u"}])), encoding="utf-8")
    assert read_json(path, known=ENGAGEMENT) == [Team(id="new", name="N", unit_id="u")]


def without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda document: {key: value for key, value in document.items() if key != name}


@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        ("", "source-empty", {}),
        ("\ufeff \n", "source-empty", {}),
        ('{\n "format": "roadbook",\n oops}', "json-broken", {"line": "3", "column": "2"}),
        (b"\x00\xff\xfe garbage", "source-not-utf-8", {"line": "1", "column": "2"}),
        ('{"format": "roadbook"}'.encode("utf-16"), "source-not-utf-8", {"line": "1"}),
        ('{"a":\n\n "é"'.encode("latin-1"), "source-not-utf-8", {"line": "3", "column": "3"}),
        ("[" * 200_000, "json-too-deep", {}),
        ('{"format": "roadbook", "version": 1, "a": ' + '{"a":' * 100_000, "json-too-deep", {}),
        ('{"format": "roadbook", "version": NaN}', "json-not-finite", {"value": "NaN"}),
        ('{"format": "roadbook", "version": 1, "teams": -Infinity}', "json-not-finite", {"value": "-Infinity"}),
        ('{"format": "roadbook", "version": ' + "1" * 9_000 + "}", "json-number-too-long", {}),
        ('{"format": "roadbook", "format": "roadbook"}', "json-double-key", {"key": "format"}),
        ('{"format": "roadbook", "version": 1,\n "units": [{"id": "\\ud800", "name": "x"}]}', "json-lone-surrogate",
         {"place": "units[0].id", "line": "2"}),
        ('{"\\uDFFF": 1}', "json-lone-surrogate", {}),
        ([], "json-not-roadbook", {}),
        ("null", "json-not-roadbook", {}),
        ({"format": "other"}, "json-not-roadbook", {}),
        ({"format": "roadbook"}, "json-bad-version", {}),
        ({"format": "roadbook", "version": True}, "json-bad-version", {}),
        ({"format": "roadbook", "version": VERSION + 1}, "json-newer", {"version": str(VERSION + 1), "known": str(VERSION)}),
        (smallest(team=[]), "json-unknown-list", {"name": "team"}),
        (smallest(teams={}), "json-wrong-type", {"place": "teams", "expected": "list", "found": "object"}),
        (smallest(teams=[3]), "json-wrong-type", {"place": "teams[0]", "found": "integer"}),
        (smallest(units=[{"id": "u", "name": 4}]), "json-wrong-type", {"place": "units[0].name", "expected": "string"}),
        (smallest(units=[{"id": "u"}]), "json-missing-field", {"place": "units[0]", "field": "name"}),
        (smallest(units=[{"id": "u", "name": "U", "nom": "U"}]), "json-unknown-field", {"field": "nom"}),
        (smallest(units=[{"id": "", "name": "U"}]), "json-blank", {"place": "units[0].id"}),
        (smallest(units=[{"id": "u", "name": "\t"}]), "json-blank", {"place": "units[0].name"}),
        (smallest(units=[{"id": "u", "name": "U"}, {"id": "u", "name": "V"}]), "json-double-id",
         {"place": "units[1]", "first": "units[0]"}),
        (smallest(units=[{"id": "u", "name": "U", "parent_id": "x"}]), "json-dangling",
         {"place": "units[0].parent_id", "id": "x", "target": "units"}),
        (smallest(initiatives=[{"id": "i", "name": "I", "deadline": "2026-02-30"}]), "json-bad-date",
         {"place": "initiatives[0].deadline"}),
        (smallest(initiatives=[{"id": "i", "name": "I", "status": "done?"}]), "json-bad-choice", {"value": "done?"}),
        (smallest(initiatives=[{"id": "i", "name": "I", "progress": 1.5}]), "json-out-of-range",
         {"place": "initiatives[0].progress", "value": "1.5", "minimum": "0", "maximum": "1"}),
        (smallest(initiatives=[{"id": "i", "name": "I", "position": 2**70}]), "json-out-of-range", {}),
        ('{"format": "roadbook", "version": 1, "initiatives": [{"id": "i", "name": "I", "cost": 1e999}]}',
         "json-out-of-range", {"place": "initiatives[0].cost"}),
        (smallest(scales=[{"id": "s", "model_id": "m", "name": "S", "options": [{"score": 2, "text": ""}]}]),
         "json-out-of-range", {"place": "scales[0].options[0].score"}),
        (smallest(scales=[{"id": "s", "model_id": "m", "name": "S", "options": [{"score": 1, "text": "", "x": 0}]}]),
         "json-unknown-field", {"place": "scales[0].options[0]", "field": "x"}),
        (smallest(settings=[{"id": "mine", "name": "N", "created": "2026-01-01"}]), "json-settings-id", {}),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_meant_is_refused_with_its_place(
    tmp_path: Path, content: Any, code: str, named: dict[str, str]
) -> None:
    error = refusal(tmp_path, content)
    assert error.code == code
    assert named.items() <= error.parameters.items()


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.json", tmp_path):
        with pytest.raises(UserError, match="cannot-read"):
            read_json(path)


names = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip())
numbers = st.floats(min_value=0, max_value=20_000)


@given(names, numbers, st.dates(), st.lists(names, max_size=3))
def test_any_text_number_and_date_comes_back(name: str, days: float, day: date, tags: list[str]) -> None:
    initiative = Initiative(id="i", name=name, duration_days=days, deadline=day, tags=tuple(tags))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.json"
        write_json(Engagement.of([initiative]), path)
        assert read_json(path) == [initiative]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
known_fields = sorted({name for cls in KINDS.values() for name in cls.__dataclass_fields__})


def outcome_of(path: Path) -> str:
    try:
        return f"{len(read_json(path))} entities"
    except UserError as error:
        return explain(error, Language("en"))


@given(
    st.sampled_from(sorted(KINDS)), st.lists(st.dictionaries(st.sampled_from(known_fields), json_values, max_size=8))
)
def test_any_json_is_read_or_refused_never_a_crash(kind: str, items: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.json"
        path.write_text(json.dumps(smallest(**{kind: items})), encoding="utf-8")
        assert outcome_of(path)
