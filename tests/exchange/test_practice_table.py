"""Tables of practices, as people keep them in spreadsheets, and the choice of rows before they are taken in."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from planner.domain.changes import Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.practice import Descriptor
from planner.editing import practices
from planner.editing.rules import check_all
from planner.exchange.import_choice import rows_of, without
from planner.exchange.import_report import Effect, Fate, ImportReading, changes_of
from planner.exchange.models.practice_table import TableOrigin, guess, read_practice_table
from planner.exchange.sources import read_sources, read_table
from planner.exchange.table_source import read_tables, rows_of_text
from planner.language import Language
from planner.messages import explain
from tests import builders as a

ENGLISH = Language("en")
TODAY = date(2026, 3, 2)
LABEL = Label("import-files", {"names": "table"})
HEAD = "Dimension\tThème\tPratique\tNiveau\tPoids\tDescription\t0 %\t100 %\n"
TABLE = (
    HEAD
    + 'Flow\tBuild\tTrunk\t2\t1,5\t"One branch,\nno waiting"\tMany branches\tOne branch\n'
    + "\t\tSmall steps\tnever\t\t\t\t\n"
    + "\t\t\t3\t\tno name\t\t\n"
    + "\t\tTRUNK\t1\t\t\t\t\n"
    + "Run\tLearn\tReviews\t4\t\t=1+1\t\t\n"
)


def test_of_a_workbook_the_sheet_that_says_most_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["How to fill in this workbook"])
    book.active.append(["One practice a row"])
    sheet = book.create_sheet("Model")
    sheet.append(["Dimension", "Theme", "Practice", "Level"])
    sheet.append(["Flow", "Build", "Trunk", 2])
    book.create_sheet("Results").append(["Team", "Score"])
    book.create_sheet("Secret").append(["Dimension", "Theme", "Practice", "Level", "Weight"])
    book["Secret"].sheet_state = "hidden"
    path = tmp_path / "ours.xlsx"
    book.save(path)
    reading = read_table([path], a.engagement(), language=ENGLISH)
    assert [item.name for item in reading.report.items if item.kind == "practices"] == ["Trunk"]
    (problem,) = reading.report.problems
    assert problem.worded(ENGLISH) == (
        "Only the sheet 'Model' is read, whose headings say most. Left out: Read me, Results."
    )


def read(text: str, engagement: Engagement | None = None, columns: tuple[str, ...] | None = None) -> ImportReading:
    rows = rows_of_text(text, name="table")
    return read_practice_table(
        rows, engagement or a.engagement(), TableOrigin(name="Ours"), language=ENGLISH, columns=columns
    )


def test_a_table_becomes_a_model_with_every_row_accounted_for() -> None:
    engagement = a.engagement()
    reading = read(TABLE)
    after = engagement.apply(changes_of(engagement, reading, LABEL))
    check_all(after)
    (model,) = after.models.values()
    assert [one.name for one in practices.practices_of(after, model.id)] == ["Trunk", "Small steps", "Reviews"]
    trunk = next(one for one in after.practices.values() if one.name == "Trunk")
    assert (trunk.level, trunk.weight, trunk.description) == (2, 1.5, "One branch,\nno waiting")
    assert trunk.descriptors == (Descriptor(score=0.0, text="Many branches"), Descriptor(score=1.0, text="One branch"))
    fates = [item.fate for item in reading.report.items]
    assert fates == [Fate.IMPORTED, Fate.CHANGED, Fate.REJECTED, Fate.REJECTED, Fate.IMPORTED]
    assert [item.place for item in reading.report.items][1] == "Ours:4"


def test_the_same_table_read_again_changes_nothing() -> None:
    engagement = a.engagement()
    after = engagement.apply(changes_of(engagement, read(TABLE), LABEL))
    assert not changes_of(after, read(TABLE, after), LABEL)


def test_a_table_goes_into_a_model_that_is_there_and_updates_what_it_names() -> None:
    engagement = a.engagement(*a.model(), a.practice(id="p", name="Trunk", risk="kept"))
    rows = rows_of_text("Theme\tPractice\tLevel\tDimension\nTheme\ttrunk\t5\tdimension\n", name="clipboard")
    reading = read_practice_table(rows, engagement, TableOrigin(name="clipboard", model_id="model"), language=ENGLISH)
    after = engagement.apply(changes_of(engagement, reading, LABEL))
    assert after.practices["p"].level == 5
    assert after.practices["p"].risk == "kept"
    assert len(after.practices) == 1


def test_what_a_column_is_read_as_can_be_changed() -> None:
    reading = read(TABLE, columns=("dimension", "theme", "practice", "", "", "risk", "", ""))
    trunk = next(one for one in reading.put if getattr(one, "name", "") == "Trunk")
    assert (trunk.level, trunk.risk, trunk.descriptors) == (None, "One branch,\nno waiting", ())  # type: ignore[union-attr]
    assert [column.meaning for column in reading.columns][5] == "risk"


def test_a_table_without_names_says_so_and_brings_nothing() -> None:
    reading = read("Colour\tSize\nred\t3\n")
    assert reading.put == ()
    assert [one.code for one in reading.report.problems] == ["table-without-names"]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Category", "Link-Text", "Weight"), ("dimension", "practice", "weight")),
        (("Domaine", "Sous-catégorie", "Activité", "Utilité"), ("dimension", "theme", "practice", "usefulness")),
        (("Practice name", "Level 1", "Niveau 5", "25 %"), ("practice", "text", "text", "text")),
        (("", "Something else"), ("", "")),
    ],
)  # fmt: skip
def test_headings_are_recognised_in_both_languages(headings: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert guess(headings) == expected


def test_csv_and_workbook_of_the_same_table_read_the_same(tmp_path: Path) -> None:
    rows = list(csv.reader([*HEAD.splitlines(), "Flow\tBuild\tTrunk\t2\t1\tText\t\tDone"], dialect="excel-tab"))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "ours.xlsx")
    with (tmp_path / "ours.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    readings = [
        read_sources([tmp_path / f"ours.{suffix}"], a.engagement(), kind=None, language=ENGLISH, today=TODAY)
        for suffix in ("xlsx", "csv")
    ]
    assert readings[0].put == readings[1].put
    assert readings[0].put


def test_a_formula_whose_result_was_not_saved_is_named_and_one_with_its_result_is_read(tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Ours")
        sheet.write_row(0, 0, ["Dimension", "Theme", "Practice", "Level"])
        sheet.write_row(1, 0, ["Flow", "Build"])
        sheet.write_formula(1, 2, '="Tr"&"unk"', value="Trunk")
    assert read_tables(path)[0].rows[1].cells == ("Flow", "Build", "Trunk")
    book = openpyxl.load_workbook(path)
    book.save(path)  # as every program saves that does not calculate
    with pytest.raises(UserError) as refused:
        read_tables(path)
    assert refused.value.code == "formula-without-value"
    assert (refused.value.parameters["sheet"], refused.value.parameters["cell"]) == ("Ours", "C2")


def test_what_is_no_table_is_refused_with_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(UserError, match="workbook-unreadable"):
        read_table([path], a.engagement(), language=ENGLISH)
    with pytest.raises(UserError, match="import-one-table"):
        read_table([path, path], a.engagement(), language=ENGLISH)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_table_is_read_in_whatever_encoding_a_spreadsheet_wrote_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "modèle.csv"
    path.write_bytes("Dimension;Thème;Pratique;Poids\nCulture;Équipes;Sécurité à l’équipe;2,25\n".encode(encoding))
    (practice,) = (item for item in read_table([path], a.engagement(), language=ENGLISH).report.items if item.place)
    assert (practice.name, practice.place) == ("Sécurité à l’équipe", "modèle.csv:2")


@pytest.mark.parametrize("content", [bytes(range(256)), b"\x81\x8d;\xe9", b"\xff\xfea"])
def test_what_is_no_text_is_refused_and_what_to_do_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_table([path], a.engagement(), language=ENGLISH)
    assert explain(caught.value, ENGLISH) == (
        f"{path} does not hold text. Save the table anew as CSV (UTF-8), or as an Excel workbook."
    )


def test_a_table_without_a_row_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_bytes(b"\xef\xbb\xbf ;\r\n")
    openpyxl.Workbook().save(tmp_path / "none.xlsx")
    for name in ("none.csv", "none.xlsx"):
        with pytest.raises(UserError, match="source-empty"):
            read_table([tmp_path / name], a.engagement(), language=ENGLISH)


def test_every_entity_of_an_import_has_its_row() -> None:
    engagement = a.engagement()
    rows = rows_of(engagement, read(TABLE))
    assert [row.effect for row in rows].count(Effect.NEW) == 3 + 2 + 2 + 1 + 1
    assert sum(row.fate is Fate.REJECTED for row in rows) == 2
    assert all(row.key is None for row in rows if row.fate is Fate.REJECTED)


def test_what_cannot_stand_without_a_row_left_out_is_left_out_with_it() -> None:
    engagement = a.engagement()
    reading = read(TABLE)
    flow = next(row.key for row in rows_of(engagement, reading) if row.kind == "dimensions" and row.name == "Flow")
    assert flow is not None
    after = engagement.apply(changes_of(engagement, without(engagement, reading, {flow}), LABEL))
    check_all(after)
    assert [one.name for one in after.practices.values()] == ["Reviews"]
