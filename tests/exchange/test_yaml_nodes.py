"""YAML of strangers: text stays what was written, and what can harm is refused with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.errors import UserError
from planner.exchange.models.yaml_nodes import (
    Node,
    Shape,
    day_of,
    read_yaml,
    share_of,
    text_of,
    truth_of,
    whole_number_of,
)
from planner.language import Language
from planner.messages import explain


def read(folder: Path, text: str) -> list[Node]:
    path = folder / "in.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path)


def scalar(text: str) -> Node:
    return Node(Shape.SCALAR, 1, text)


def test_yaml_guesses_nothing_about_a_text(tmp_path: Path) -> None:
    (document,) = read(tmp_path, "text: No\nversion: 4.10\nday: 2025-01-01\nnumber: 012\nnothing:\n'5': Yes\n")
    said = {key: text_of(node) for key, node in document.entries.items()}
    assert said == {"text": "No", "version": "4.10", "day": "2025-01-01", "number": "012", "nothing": "", "5": "Yes"}


def test_every_key_knows_its_line(tmp_path: Path) -> None:
    (document,) = read(tmp_path, "# a remark\na: 1\n\nb:\n  c: 2\n")
    assert document.lines == {"a": 2, "b": 4}
    assert document.entries["b"].lines == {"c": 5}


def test_aliases_and_merged_mappings_are_followed(tmp_path: Path) -> None:
    (document,) = read(tmp_path, "a: &a {x: 1, y: 2}\nb: *a\nc:\n  <<: *a\n  y: 3\n")
    assert text_of(document.entries["b"].entries["x"]) == "1"
    assert {key: text_of(node) for key, node in document.entries["c"].entries.items()} == {"x": "1", "y": "3"}


def test_several_documents_are_read_and_empty_ones_left_out(tmp_path: Path) -> None:
    assert len(read(tmp_path, "---\na: 1\n---\n---\nb: 2\n")) == 2
    assert read(tmp_path, "") == []


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(12)
)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (BOMB, "yaml-too-many", "6"),
        ("x: 1\na: &a [*a]", "yaml-alias-circle", "2"),
        ("a: *nowhere", "yaml-undefined-alias", "1"),
        ("a:\n\tb: 1", "yaml-tab", "2"),
        ("a: 1\nb: 'open\n", "yaml-unclosed", "3"),
        ("a: [1,2\nb: 3", "yaml-unclosed", "2"),
        ("a: b: c", "yaml-structure", "1"),
        ("a: 1\n  b: 2", "yaml-structure", "2"),
        ("? [a]\n: b", "yaml-key", "1"),
        ("a: !!python/object/apply:os.system [x]", "yaml-tag", "1"),
        ("a: !Other x", "yaml-tag", "1"),
        ("a: 1\nb: 2\na: 3", "yaml-double-key", "3"),
        ("[" * 100_000, "yaml-too-deep", "1"),
        ("{a: " * 100_000, "yaml-too-deep", "1"),
        ("- " * 5_000 + "x", "yaml-too-deep", "1"),
        ("a: 1\nb: \x07", "yaml-character", "2"),
        ("@x", "yaml-broken", "1"),
    ],
)
def test_what_can_harm_or_mislead_is_refused_with_its_line(tmp_path: Path, text: str, code: str, line: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, text)
    assert (caught.value.code, caught.value.parameters["line"]) == (code, line)
    for language in (Language("en"), Language("fr")):
        assert "in.yaml" in explain(caught.value, language)


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="source-too-large"):
        read(tmp_path, "a" * 11_000_000)


@pytest.mark.parametrize(
    ("text", "share"),
    [("30%", 0.3), ("30 %", 0.3), ("0.3", 0.3), ("30", 0.3), ("1", 1.0), ("100%", 1.0), ("0%", 0.0), ("120%", None),
     ("-5%", None), ("half", None), ("", None)],
)  # fmt: skip
def test_a_share_is_read_as_people_write_it(text: str, share: float | None) -> None:
    assert share_of(scalar(text)) == (pytest.approx(share) if share is not None else None)


def test_days_truths_and_whole_numbers_are_read_when_asked_for() -> None:
    assert day_of(scalar("2025-1-9")) == date(2025, 1, 9)
    assert day_of(scalar("2025-01-09T10:00:00Z")) == date(2025, 1, 9)
    assert day_of(scalar("2025-02-30")) is None
    assert truth_of(scalar("No")) is False
    assert truth_of(scalar("perhaps")) is None
    assert whole_number_of(scalar("3.0")) == 3
    assert whole_number_of(scalar("3.5")) is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_never_a_crash(text: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.yaml"
        path.write_bytes(text.encode("utf-8", errors="replace"))
        assert outcome_of(path)


def outcome_of(path: Path) -> str:
    try:
        return f"{len(read_yaml(path))} documents"
    except UserError as error:
        return explain(error, Language("en"))
