"""Lists of teams as spreadsheets give them, and units and teams on the clipboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.organization import Topology
from planner.editing.organization_copies import extract
from planner.editing.team_list import Fate, plan_list
from planner.exchange.organization_clip import read_clip, write_clip, write_table
from planner.exchange.team_table import Part, guess_columns, read_cells, read_lines
from planner.language import Language
from tests import builders as a

SAMPLE = a.engagement(*a.sample_of_every_kind())


@pytest.mark.parametrize(
    ("titles", "parts"),
    [
        ("Team\tDepartment\tHead-count\tCapacity\tWIP limit\tReadiness\tTopology",
         (Part.NAME, Part.UNIT, Part.HEADCOUNT, Part.CAPACITY, Part.LIMIT, Part.READINESS, Part.TOPOLOGY)),
        ("Équipe;Unité;Effectif;Capacité de changement;Limite de changement;Maturité d’accueil;Topologie",
         (Part.NAME, Part.UNIT, Part.HEADCOUNT, Part.CAPACITY, Part.LIMIT, Part.READINESS, Part.TOPOLOGY)),
        ("Nom de l'équipe,Direction,Nb personnes,Colour", (Part.NAME, Part.UNIT, Part.HEADCOUNT, None)),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_titles_in_english_and_in_french(
    titles: str, parts: tuple[Part | None, ...]
) -> None:
    assert guess_columns(read_cells(f"{titles}\nx")) == (True, parts)


def test_columns_without_titles_are_known_by_what_stands_in_them() -> None:
    cells = read_cells("Ledger\tCore\t8\t7,5\tPlatform\nRates\tCore\t5\t2\tstream-aligned\n")
    assert guess_columns(cells) == (
        False, (Part.NAME, Part.UNIT, Part.HEADCOUNT, Part.CAPACITY, Part.TOPOLOGY),
    )  # fmt: skip
    assert guess_columns(read_cells("Ledger\nRates")) == (False, (Part.NAME,))


def test_numbers_are_read_as_people_write_them_and_what_is_none_is_said() -> None:
    text = "team;people;capacity;topology\nA;1 200;7,5;équipe plateforme\nB;2,5;;\nC;;;wizardry\n;3;;\n"
    cells = read_cells(text)
    has_titles, parts = guess_columns(cells)
    lines = read_lines(cells, parts, has_titles=has_titles)
    assert lines[0].fields == {"headcount": 1200, "change_capacity": 7.5, "topology": Topology.PLATFORM}
    assert [line.problem.code if line.problem else "" for line in lines] == [
        "", "team-list-not-a-number", "team-list-not-a-topology", "team-list-unnamed",
    ]  # fmt: skip


def test_quotes_breaks_in_cells_and_blank_rows_are_taken_as_spreadsheets_mean_them() -> None:
    cells = read_cells('Team\tUnit\r\n"Pay\nments ""EU"""\tCore\r\n\t\r\n')
    assert cells == [["Team", "Unit"], ['Pay ments "EU"', "Core"]]


def test_a_row_keeps_the_number_it_has_in_the_spreadsheet() -> None:
    cells = read_cells("\n\t\nTeam\tPeople\nLedger\t5\n\n\t\nRates\tmany\n\n")
    lines = read_lines(cells, (Part.NAME, Part.HEADCOUNT), has_titles=True)
    assert [(line.number, line.name, line.problem is None) for line in lines] == [
        (2, "Ledger", True),
        (5, "Rates", False),
    ]


def test_of_too_many_rows_the_first_are_read_blank_ones_not_counted() -> None:
    assert read_cells("a\n\nb\n\nc\nd", most_rows=3) == [["a"], [""], ["b"], [""], ["c"]]


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    cells = read_cells(text)
    has_titles, parts = guess_columns(cells)
    plan_list(SAMPLE, read_lines(cells, parts, has_titles=has_titles))


@pytest.mark.parametrize("code", ["en", "fr"])
def test_a_table_copied_from_here_reads_back_as_what_it_is(code: str) -> None:
    copied = extract(SAMPLE, {"unit"}, set())
    cells = read_cells(write_table(SAMPLE, copied, Language(code)))
    has_titles, parts = guess_columns(cells)
    plan = plan_list(SAMPLE, read_lines(cells, parts, has_titles=has_titles))
    assert [outcome.fate for outcome in plan.outcomes] == [Fate.SAME, Fate.SAME]


def test_no_cell_of_the_table_is_a_formula_and_the_name_comes_back() -> None:
    sample = a.engagement(a.unit(id="unit", name="=1+1"), a.team(name="@sum", unit_id="unit"))
    table = write_table(sample, extract(sample, {"unit"}, set()), Language("en"))
    assert table.splitlines()[1].startswith("'@sum\t'=1+1\t")
    assert read_cells(table)[1][:2] == ["@sum", "=1+1"]


def test_a_clip_keeps_everything_and_what_others_wrote_is_nothing() -> None:
    copied = extract(SAMPLE, {"unit"}, {"team"})
    assert read_clip(write_clip(copied, mark="cut")) == (copied, "cut")
    for foreign in (b"", b"[]", b'{"units": [{"id": 1}]}', b"\xff", b"[" * 100_000):
        assert len(read_clip(foreign)[0]) == 0
