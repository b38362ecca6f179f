"""Tables others wrote, as rows of text: CSV and TSV of any separator, Excel workbooks, what a spreadsheet copies.

Read whole, with limits on size, rows and time, for whoever knows what the columns mean. A workbook holds a table for
every visible sheet with anything in it; its formulas count by the values they had when it was saved.
"""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from planner.domain.errors import UserError
from planner.exchange.text_source import read_spreadsheet_text

LIMIT_MEGABYTES: Final = 20
LIMIT_UNPACKED_MEGABYTES: Final = 100
LIMIT_ROWS: Final = 20_000
LIMIT_COLUMNS: Final = 200
LIMIT_SECONDS: Final = 20.0

_SEPARATORS: Final = (",", ";", "\t", "|")
_LOOKED_AT_LINES: Final = 20
_UNSAVED: Final = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|</c>)")
"""A formula of a sheet's XML with no result behind it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its number in the source, from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: its sheet's name, empty where the file is the table, and its rows that are not blank."""

    sheet: str
    rows: tuple[Row, ...]


def read_tables(path: Path) -> tuple[Table, ...]:
    """Return the tables of a CSV, TSV or Excel file, those without a row left out; there is at least one.

    Raises UserError "cannot-read", "source-too-large", "source-not-text", "table-unreadable" (path, cause),
    "workbook-unreadable" (path), "formula-without-value" (path, sheet, cell) or "source-empty" (path).
    """
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        tables = _read_workbook(path)
    else:
        text = read_spreadsheet_text(path, limit_megabytes=LIMIT_MEGABYTES)
        tables = (Table("", rows_of_text(text, name=str(path))),)
    filled = tuple(table for table in tables if table.rows)
    if not filled:
        raise UserError("source-empty", path=str(path))
    return filled


def rows_of_text(text: str, *, name: str) -> tuple[Row, ...]:
    """Return the rows of a table as text, its separator found; UserError "table-unreadable" (path, cause)."""
    if len(text) > LIMIT_MEGABYTES * 1_000_000:
        raise UserError("source-too-large", path=name, limit_megabytes=LIMIT_MEGABYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False)
    found = []
    previous = csv.field_size_limit(LIMIT_MEGABYTES * 1_000_000)
    try:
        at = 1
        for cells in reader:
            found.append(_row(at, cells))
            at = reader.line_num + 1
            if len(found) > LIMIT_ROWS:
                raise UserError("table-too-long", path=name, limit=LIMIT_ROWS)
    except csv.Error as error:
        raise UserError("table-unreadable", path=name, cause=str(error)) from error
    finally:
        csv.field_size_limit(previous)
    return tuple(row for row in found if not row.is_blank)


def _separator(text: str) -> str:
    """Return the sign that splits the first lines most evenly; a tab wins, for no text holds it by chance."""
    lines = text.splitlines()[:_LOOKED_AT_LINES]
    if any("\t" in line for line in lines):
        return "\t"
    return max(_SEPARATORS, key=lambda sign: sum(line.count(sign) > 0 for line in lines) * 100 + lines[0].count(sign)
               if lines else 0)  # fmt: skip


def _read_workbook(path: Path) -> tuple[Table, ...]:
    import openpyxl  # noqa: PLC0415  loaded when used

    try:
        if path.stat().st_size > LIMIT_MEGABYTES * 1_000_000:
            raise UserError("source-too-large", path=str(path), limit_megabytes=LIMIT_MEGABYTES)
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LIMIT_UNPACKED_MEGABYTES * 1_000_000:
                raise UserError("source-too-large", path=str(path), limit_megabytes=LIMIT_UNPACKED_MEGABYTES)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise UserError("cannot-read", path=str(path), cause=error.strerror or str(error)) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise UserError("workbook-unreadable", path=str(path)) from error
    until, found = time.monotonic() + LIMIT_SECONDS, []
    try:
        _refuse_unsaved_results(path)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                rows = _sheet_rows(sheet.iter_rows(values_only=True, max_col=LIMIT_COLUMNS), str(path), until)
                found.append(Table(sheet.title, rows))
    except (KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
        raise UserError("workbook-unreadable", path=str(path)) from error
    finally:
        book.close()
    return tuple(found)


def _refuse_unsaved_results(path: Path) -> None:
    """Raise UserError for a formula with no result beside it, as programs that do not calculate write them."""
    import openpyxl  # noqa: PLC0415  loaded when used

    with zipfile.ZipFile(path) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        if not any(_UNSAVED.search(packed.read(name)) for name in sheets):
            return
    with (
        closing(openpyxl.load_workbook(path, read_only=True)) as formulas,
        closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as results,
    ):
        for sheet in formulas.worksheets:
            if sheet.sheet_state != "visible":
                continue
            # Each read to its end: what stops half-way keeps the file open.
            written = [cell.coordinate for cell in _cells_of(sheet) if cell.data_type == "f"]
            saved = {cell.coordinate for cell in _cells_of(results[sheet.title]) if cell.value is not None}
            lost = next((at for at in written if at not in saved), None)
            if lost is not None:
                raise UserError("formula-without-value", path=str(path), sheet=sheet.title, cell=lost)


def _cells_of(sheet: Any) -> Iterable[Any]:
    return (cell for row in sheet.iter_rows(max_col=LIMIT_COLUMNS) for cell in row if cell.value is not None)


def _sheet_rows(values: Iterable[tuple[Any, ...]], name: str, until: float) -> tuple[Row, ...]:
    found = []
    for number, cells in enumerate(values, start=1):
        row = _row(number, [_cell_text(cell) for cell in cells])
        if not row.is_blank:
            found.append(row)
        if len(found) > LIMIT_ROWS or number > 10 * LIMIT_ROWS:
            raise UserError("table-too-long", path=name, limit=LIMIT_ROWS)
        if time.monotonic() > until:
            raise UserError("table-too-slow", path=name, seconds=LIMIT_SECONDS)
    return tuple(found)


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _row(number: int, cells: Iterable[str]) -> Row:
    kept = [cell.strip() for cell in cells][:LIMIT_COLUMNS]
    while kept and not kept[-1]:
        kept.pop()
    return Row(number, tuple(kept))
