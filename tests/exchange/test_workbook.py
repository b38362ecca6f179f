"""The Excel plan, read back: what is in it, that text stays text, that it can be filtered, printed and read again."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis.maturity import heatmap, roll_up
from planner.analysis.schedule import schedule
from planner.domain.assessment import AnswerState, Assessment
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import LinkType, Status
from planner.domain.settings import RollUp
from planner.exchange.demo import demo_engagement
from planner.exchange.workbook.canvas import CELL_LIMIT, digest_of_row, fit, serial_of, write_cell
from planner.exchange.workbook.plan_sheet import COLUMNS, FIRST_ROW, HEADER_ROW, ID, NAME, number_outline
from planner.exchange.workbook_out import verify_workbook, write_workbook
from planner.language import LANGUAGES, Language
from planner.progress import Cancelled
from tests import builders
from tests.exchange.workbook_reading import open_workbook

TODAY = date(2026, 11, 23)
GOLDEN = Path(__file__).parents[1] / "golden" / "workbook.json"
SHEETS = ["Summary", "Plan", "Gantt chart", "Teams", "Practices", "Maturity", "version"]
HOSTILE = [
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "-2+3", "{=A1}", "http://example.org/a", "mailto:a@example.org",
    "internal:Sheet!A1", "0012", "1e5", "'quoted", "\u00e9\u00e8 \u4e2d\u6587 \U0001f680", "two\nlines", "a\tb", '&<>"',
    "$x$", "[bracket]", " spaces ",
]  # fmt: skip


def write(engagement: Engagement, folder: Path, *, code: str = "en", **options: Any) -> Path:
    path = folder / "plan.xlsx"
    write_workbook(engagement, path, language=Language(code), today=TODAY, **options)
    return path


@pytest.fixture(scope="module")
def demo() -> Engagement:
    return demo_engagement(Language("en"), TODAY)


@pytest.fixture(scope="module")
def demo_path(demo: Engagement, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(demo, tmp_path_factory.mktemp("workbook"))


@pytest.fixture(scope="module")
def book(demo_path: Path) -> Any:
    return open_workbook(demo_path)


@pytest.fixture(scope="module")
def values(demo_path: Path) -> Any:
    return open_workbook(demo_path, values=True)


def plan_row(sheet: Any, number: int) -> list[Any]:
    cells = [sheet.cell(FIRST_ROW + 1 + number, column + 1).value for column in range(len(COLUMNS))]
    return [value.date() if isinstance(value, datetime) else value for value in cells]


def test_the_workbook_has_its_sheets_in_order_and_the_last_one_very_hidden(book: Any) -> None:
    assert book.sheetnames == SHEETS
    assert [sheet.sheet_state for sheet in book] == ["visible"] * 6 + ["veryHidden"]


def test_the_plan_holds_every_initiative_with_its_scheduled_dates(demo: Engagement, values: Any) -> None:
    dates = schedule(demo).dates
    for number, (initiative, _depth) in enumerate(demo.outline()):
        row = plan_row(values["Plan"], number)
        assert row[NAME] == initiative.name
        assert row[ID] == initiative.id
        assert (row[5], row[6]) == (dates[initiative.id].early_start, dates[initiative.id].early_finish)
        assert row[13] == initiative.deadline


def test_the_plan_is_a_table_with_filters_under_frozen_headers(demo: Engagement, book: Any) -> None:
    sheet = book["Plan"]
    table = sheet.tables["Plan"]
    last = HEADER_ROW + 1 + len(demo.initiatives)
    assert table.ref == f"A{HEADER_ROW + 1}:U{last}"
    assert table.autoFilter.ref == table.ref
    assert sheet.freeze_panes == "C5"
    headers = [sheet.cell(HEADER_ROW + 1, column + 1).value for column in range(len(COLUMNS))]
    assert [column.name for column in table.tableColumns] == headers
    assert len(set(headers)) == len(headers)
    for column, about in enumerate(COLUMNS):
        header, cell = (sheet.cell(row, column + 1).alignment.horizontal for row in (HEADER_ROW + 1, FIRST_ROW + 2))
        assert header == about.side, about.header
        assert cell in (about.side, None, "general"), about.header


def test_rows_fold_by_programme_and_ids_are_hidden(demo: Engagement, book: Any) -> None:
    sheet = book["Plan"]
    levels = [sheet.row_dimensions[FIRST_ROW + 1 + number].outlineLevel for number in range(len(demo.initiatives))]
    assert levels == [depth for _initiative, depth in demo.outline()]
    assert sheet.sheet_properties.outlinePr.summaryBelow is False
    assert sheet.column_dimensions["U"].hidden
    assert sheet.cell(FIRST_ROW + 2, NAME + 1).alignment.indent == 1


@pytest.mark.parametrize("name", SHEETS[1:6])
def test_sheets_are_set_up_for_paper(book: Any, name: str) -> None:
    sheet = book[name]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # one page wide is the default
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows is not None
    assert sheet.oddFooter.right.text.strip() == "&P / &N" or "&[Page]" in sheet.oddFooter.right.text


def test_predecessors_are_told_by_number_type_and_lag(tmp_path: Path) -> None:
    first, second, third = (builders.initiative(name=name, position=n) for n, name in enumerate("ABC"))
    links = [
        builders.link(first, third, lag_days=2.0),
        builders.link(second, third, type=LinkType.START_TO_START, lag_days=-1.5),
    ]
    path = write(builders.engagement(first, second, third, *links), tmp_path)
    assert plan_row(open_workbook(path)["Plan"], 2)[15] == "1FS+2d; 2SS-1.5d"


def test_outline_numbers_count_within_each_programme() -> None:
    top = [builders.initiative(id=f"t{n}", position=n) for n in range(2)]
    inner = [builders.initiative(id=f"i{n}", parent_id="t1", position=n) for n in range(2)]
    step = builders.initiative(id="s", parent_id="i1")
    numbers = number_outline(builders.engagement(*top, *inner, step))
    assert numbers == {"t0": "1", "t1": "2", "i0": "2.1", "i1": "2.2", "s": "2.2.1"}


def test_user_text_is_never_a_formula_an_address_or_a_number(tmp_path: Path) -> None:
    entities: list[Any] = [builders.unit(id="unit"), *builders.model()]
    for number, text in enumerate(HOSTILE):
        own = {"id": f"x{number}", "name": text, "position": number}
        entities.append(builders.initiative(**own, owner=text, hypothesis=text, measure=text, tags=(text,)))
        entities.append(builders.team(**own, description=text))
        entities.append(builders.practice(**own, description=text))
    engagement = builders.engagement(builders.settings(name="=2+2", client="=3+3"), *entities)
    path = write(engagement, tmp_path)
    book = open_workbook(path)
    for number, text in enumerate(HOSTILE):
        row = [book["Plan"].cell(FIRST_ROW + 1 + number, column) for column in (NAME + 1, 4, 17, 19, 20)]
        assert [(cell.data_type, cell.value, cell.hyperlink) for cell in row] == [("s", text, None)] * 5
    for sheet, column in (("Teams", 1), ("Practices", 4)):
        found = {book[sheet].cell(5 + number, column).value for number in range(len(HOSTILE))}
        assert found == set(HOSTILE)
    assert book["Plan"]["A1"].data_type == book["Summary"]["A1"].data_type == "s"
    assert book.properties.title == "=2+2"
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    assert not [formula for formula in formulas for text in HOSTILE if len(text) > 3 and text in str(formula)]


@settings(max_examples=10)
@given(
    names=st.lists(
        st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=40),
        min_size=1, max_size=40,
    )
)  # fmt: skip
def test_any_name_comes_back_as_it_was(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    initiatives = [builders.initiative(name=name, position=number) for number, name in enumerate(names)]
    sheet = open_workbook(write(builders.engagement(*initiatives), tmp_path_factory.mktemp("any")))["Plan"]
    cells = [sheet.cell(FIRST_ROW + 1 + number, NAME + 1) for number in range(len(names))]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", name) for name in names]


def test_every_formula_carries_a_value(demo_path: Path) -> None:
    count = 0
    with zipfile.ZipFile(demo_path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                text = archive.read(name).decode()
                cells = re.findall(r"<c [^>]*>(<f.*?)</c>", text)
                count += len(cells)
                assert all(re.fullmatch(r"<f[^>]*>[^<]*</f><v>[^<]*</v>", cell) for cell in cells), name
    assert count > 300


def test_the_gantt_sheet_repeats_the_plan_by_formula(demo: Engagement, book: Any, values: Any) -> None:
    formulas, computed, plan = book["Gantt chart"], values["Gantt chart"], values["Plan"]
    for number in range(len(demo.initiatives)):
        for column, source in ((1, "A"), (2, "B"), (3, "F"), (4, "G"), (5, "K"), (6, "J")):
            address = f"{source}{FIRST_ROW + 1 + number}"
            assert formulas.cell(9 + number, column).value == f"='Plan'!${address}"
            assert computed.cell(9 + number, column).value == plan[address].value


def test_the_summary_counts_what_the_plan_holds(demo: Engagement, values: Any) -> None:
    rows = {row[0].value: row[1].value for row in values["Summary"].iter_rows(max_col=2)}
    kept = {
        initiative.id: initiative for initiative in demo.initiatives.values() if initiative.status is not Status.DROPPED
    }
    efforts = [estimate.effort for estimate in demo.estimates.values() if estimate.initiative_id in kept]
    assert len(kept) < len(demo.initiatives)
    assert rows["Effort (person-days)"] == sum(efforts)
    assert rows["Cost"] == sum(initiative.cost or 0 for initiative in kept.values())
    assert rows["Done"] == sum(initiative.status is Status.DONE for initiative in demo.initiatives.values())
    assert rows["Deadlines"] == sum(initiative.deadline is not None for initiative in demo.initiatives.values())
    assert rows["Last day of the plan"].date() == schedule(demo).finish


def test_the_heatmap_shows_scores_as_numbers_and_states_as_signs(demo: Engagement, values: Any) -> None:
    found, sheet = heatmap(demo), values["Maturity"]
    signs = {AnswerState.UNANSWERED: "?", AnswerState.NOT_APPLICABLE: "n/a", AnswerState.OUTSIDE_OUR_CONTROL: "out"}
    seen = set()
    for row, practice in enumerate(found.practices, start=11):
        assert sheet.cell(row, 2).value == practice.name
        for column, team in enumerate(found.teams, start=5):
            cell = found.cells[team.id, practice.id]
            shown = sheet.cell(row, column)
            assert shown.value == (signs[cell.state] if cell.score is None else cell.score)
            assert ("×" in shown.number_format) == (cell.state is AnswerState.DECLINED)
            seen.add(cell.state)
    assert seen == set(AnswerState)


def test_the_heatmap_names_its_roll_ups_and_carries_their_values(demo: Engagement, values: Any) -> None:
    found, sheet = heatmap(demo), values["Maturity"]
    assert [sheet.cell(row, 1).value for row in range(6, 11)] == [
        "Mean, by weight",
        "Floor (lowest score)",
        "Level held (ISO/IEC 33020)",
        "Cells counted",
        "Cells left out",
    ]
    for column, team in enumerate(found.teams, start=5):
        cells = found.row(team.id)
        for row, method in enumerate((RollUp.MEAN, RollUp.FLOOR, RollUp.GATE), start=6):
            assert sheet.cell(row, column).value == pytest.approx(roll_up(cells, method).value)
        used = roll_up(cells, RollUp.MEAN).used
        assert (sheet.cell(9, column).value, sheet.cell(10, column).value) == (used, len(cells) - used)
    last = 5 + len(found.teams)
    assert sheet.cell(6, last).value == pytest.approx(roll_up(found.cells.values(), RollUp.MEAN).value)
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    assert [rule.type for rule in rules] == ["colorScale"]


def test_every_row_can_be_found_again_and_seen_to_be_unchanged(demo: Engagement, values: Any) -> None:
    sheet = values["version"]
    facts = {row[0].value: row[1].value for row in sheet.iter_rows(max_row=6)}
    assert facts["format"] == "roadbook-workbook"
    assert facts["exported"] == TODAY.isoformat()
    assert len(facts["engagement"]) == 64
    digests = {(row[0].value, row[1].value): row[2].value for row in sheet.iter_rows(min_row=9)}
    assert len(digests) == len(demo.initiatives) + len(demo.teams) + len(demo.practices)
    for number in range(len(demo.initiatives)):
        row = plan_row(values["Plan"], number)
        assert digests["initiatives", row[ID]] == digest_of_row(row)
    row = plan_row(values["Plan"], 3)
    assert digests["initiatives", row[ID]] != digest_of_row([*row[:5], date(2030, 1, 1), *row[6:]])


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_its_own_headers_and_day_formats(code: str, tmp_path: Path) -> None:
    book = open_workbook(write(demo_engagement(Language(code), TODAY), tmp_path, code=code))
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in book.sheetnames)
    sheet = book.worksheets[1]
    headers = [sheet.cell(HEADER_ROW + 1, column + 1).value for column in range(len(COLUMNS))]
    assert len({header.casefold() for header in headers}) == len(COLUMNS)
    assert headers[7] == {"en": "Duration (working days)", "fr": "Durée (jours ouvrés)"}[code]
    locale = {"en": "[$-809]", "fr": "[$-40C]"}[code]
    assert sheet.cell(FIRST_ROW + 1, 6).number_format.startswith(locale)


def test_an_engagement_without_anything_is_written_too(tmp_path: Path) -> None:
    book = open_workbook(write(builders.engagement(), tmp_path))
    assert book.sheetnames == SHEETS
    assert book["Plan"].cell(FIRST_ROW + 1, NAME + 1).value == "No initiatives yet."


def test_a_sample_of_every_kind_is_written(tmp_path: Path) -> None:
    engagement = Engagement.of(builders.sample_of_every_kind())
    sheet = open_workbook(write(engagement, tmp_path))["Plan"]
    names = {sheet.cell(FIRST_ROW + 1 + number, NAME + 1).value for number in range(len(engagement.initiatives))}
    assert names == {initiative.name for initiative in engagement.initiatives.values()}


def test_a_text_too_long_for_a_cell_ends_in_an_ellipsis() -> None:
    assert fit("a" * CELL_LIMIT) == "a" * CELL_LIMIT
    assert fit("a" * (CELL_LIMIT + 1)) == "a" * (CELL_LIMIT - 1) + "…"
    rockets = fit("\U0001f680" * CELL_LIMIT)
    assert rockets.endswith("\U0001f680…")
    assert len(rockets.encode("utf-16-le")) <= 2 * CELL_LIMIT


def test_days_before_excel_counts_rightly_are_written_as_text() -> None:
    class Recorder:
        def __init__(self) -> None:
            self.calls: list[tuple[str, Any]] = []

        def write_string(self, _row: int, _column: int, text: str, _style: Any) -> None:
            self.calls.append(("text", text))

        def write_number(self, _row: int, _column: int, number: float, _style: Any) -> None:
            self.calls.append(("number", number))

    recorder = Recorder()
    for day in (date(1899, 12, 31), date(1900, 2, 28), date(1900, 3, 1)):
        write_cell(recorder, 0, 0, day, None)
    assert recorder.calls == [("text", "1899-12-31"), ("text", "1900-02-28"), ("number", 61)]
    assert serial_of(date(2026, 11, 23)) == 46349


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
def test_a_cancelled_export_leaves_the_old_file_and_nothing_else(share: float, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")

    def cancel(done: int, total: int) -> None:
        if done >= share * total:
            raise Cancelled

    engagement = builders.engagement(*(builders.initiative(position=number) for number in range(600)))
    with pytest.raises(Cancelled):
        write_workbook(engagement, path, language=Language("en"), today=TODAY, progress=cancel)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_progress_never_falls_and_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    engagement = builders.engagement(*(builders.initiative(position=number) for number in range(600)))
    write(engagement, tmp_path, progress=lambda done, total: told.append(done / total))
    assert told == sorted(told)
    assert told[-1] == 1
    assert max(later - earlier for earlier, later in pairwise(told)) < 0.1


def test_a_place_that_cannot_be_written_is_named(demo: Engagement, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_workbook(demo, tmp_path / "missing" / "plan.xlsx", language=Language("en"), today=TODAY)
    assert caught.value.code == "cannot-write"
    assert str(tmp_path) in caught.value.parameters["path"]


def test_a_damaged_workbook_does_not_pass_for_a_whole_one(demo_path: Path, tmp_path: Path) -> None:
    verify_workbook(demo_path)
    content = demo_path.read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(content[: len(content) // 2])
    with pytest.raises(zipfile.BadZipFile):
        verify_workbook(cut)


def test_the_writer_loads_its_library_only_when_it_writes() -> None:
    code = "import sys, planner.exchange.workbook_out; print('xlsxwriter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_workbook_looks_as_agreed(tmp_path: Path) -> None:
    found = {
        sheet.title: [
            f"{cell.coordinate} [{cell.number_format}] {getattr(cell.value, 'text', cell.value)}"
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in open_workbook(write(small_engagement(), tmp_path))
        if sheet.title in ("Summary", "Plan", "Gantt chart", "Teams", "Maturity")
    }
    if os.environ.get("ROADBOOK_WRITE_GOLDEN"):
        GOLDEN.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def small_engagement() -> Engagement:
    monday = date(2026, 3, 2)
    entities: list[Any] = [
        builders.settings(name="Small plan", client="Client", created=monday),
        builders.unit(id="unit", name="Company"),
        builders.team(id="red", name="Red", position=0, headcount=5),
        builders.team(id="blue", name="Blue", position=1, headcount=7),
        *builders.model(),
        builders.practice(id="one", name="First practice", level=1, weight=2.0, position=0),
        builders.practice(id="two", name="Second practice", level=2, position=1),
        builders.initiative(id="top", name="Programme", position=0),
        builders.initiative(id="a", name="Prepare", parent_id="top", position=0, duration_days=5.0, progress=0.5),
        builders.initiative(
            id="b", name="Do", parent_id="top", position=1, duration_days=7.5, cost=1500.0, deadline=date(2026, 3, 16)
        ),
        builders.initiative(id="c", name="Done", parent_id="top", position=2, duration_days=0.0),
        builders.link("a", "b", lag_days=1.0, id="l1"),
        builders.link("b", "c", id="l2"),
    ]
    entities += [
        Assessment(id="assessment", name="First look", held_on=monday),
        builders.answer(id="x1", team_id="red", practice_id="one", score=0.5),
        builders.answer(id="x2", team_id="red", practice_id="two", score=1.0),
        builders.answer(
            id="x3", team_id="blue", practice_id="one", score=0.0, state=AnswerState.DECLINED, reason="costs too much"
        ),
    ]
    return builders.engagement(*entities)
