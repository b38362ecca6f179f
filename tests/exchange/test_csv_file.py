"""The CSV: one row an initiative, dates as dates, and no text a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Estimate, Initiative, Link
from planner.domain.organization import Team, Unit
from planner.domain.settings import Settings
from planner.exchange.csv_file import defuse, encode, write_csv
from planner.language import Language
from planner.progress import Cancelled

ENGAGEMENT = Engagement.of(
    [
        Settings(name="Client", created=date(2026, 1, 5)),
        Unit(id="u", name="U"),
        Team(id="t", name='The "A", team', unit_id="u"),
        Initiative(id="p", name="Programme", position=1),
        Initiative(id="a", name="Étape", parent_id="p", duration_days=5, tags=("x", "y"), progress=0.5),
        Initiative(id="b", name="=1+1", parent_id="p", position=1, duration_days=2, owner="@them", cost=1200.0),
        Initiative(id="-c", name="First\nof all", position=0, hypothesis="-2"),
        Estimate(id="e", initiative_id="a", team_id="t", effort=3.5),
        Link(id="l", predecessor_id="a", successor_id="b"),
    ]
)


def rows(engagement: Engagement, code: str = "en") -> list[dict[str, str]]:
    text = encode(engagement, language=Language(code)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_initiative_has_a_row_in_the_order_of_the_plan() -> None:
    found = {row["Id"]: row for row in rows(ENGAGEMENT)}
    assert list(found) == ["'-c", "p", "a", "b"]
    assert found["a"]["Part of"] == "Programme"
    assert found["a"]["Level"] == "2"
    assert (found["a"]["Start"], found["a"]["Finish"]) == ("2026-01-05", "2026-01-09")
    assert (found["b"]["Start"], found["b"]["Finish"]) == ("2026-01-12", "2026-01-13")
    assert found["a"]["Teams"] == 'The "A", team'
    assert (found["a"]["Effort (person-days)"], found["a"]["Progress"], found["a"]["Tags"]) == ("3.5", "0.5", "x, y")
    assert found["b"]["Cost"] == "1200"
    assert found["p"]["Duration (working days)"] == ""
    assert float(found["p"]["Progress"]) == pytest.approx(2.5 / 7), (
        "what holds others is as far as they are, by duration"
    )


def test_text_that_begins_like_a_formula_is_defused() -> None:
    found = {row["Id"]: row for row in rows(ENGAGEMENT)}
    assert found["b"]["Initiative"] == "'=1+1"
    assert found["b"]["Owner"] == "'@them"
    assert found["'-c"]["Hypothesis"] == "'-2"
    assert found["'-c"]["Initiative"] == "First\nof all"


def test_headers_and_words_speak_the_language_and_dates_stay_iso() -> None:
    (first, *_rest) = rows(ENGAGEMENT, "fr")
    assert first["Statut"] == "Idée"
    assert date.fromisoformat(first["Début"])


def test_a_spreadsheet_is_told_the_encoding_and_every_row_ends_alike(tmp_path: Path) -> None:
    write_csv(ENGAGEMENT, tmp_path / "plan.csv", language=Language())
    content = (tmp_path / "plan.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")


def test_a_plan_in_a_circle_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    circle = Engagement.of(
        [
            *(entity for kind in ENGAGEMENT.by_kind().values() for entity in kind.values()),
            Link(id="back", predecessor_id="b", successor_id="a"),
        ]
    )
    with pytest.raises(UserError, match="link-circle"):
        write_csv(circle, tmp_path / "plan.csv", language=Language())
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_stopped_half_way(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_csv(ENGAGEMENT, tmp_path / "plan.csv", language=Language(), progress=stop)
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not defuse(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert defuse(text).removeprefix("'") == text.removeprefix("'") or defuse(text) == text
