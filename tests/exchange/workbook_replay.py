"""The cells of an Excel plan as plain calls, and the bare XlsxWriter program that makes the same ones: a fair peer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.domain.engagement import Engagement
from planner.exchange.workbook.book import SETTINGS, PlainWorkbook, PlainWorksheet
from planner.exchange.workbook.canvas import Export
from planner.exchange.workbook_out import WorkbookOptions, fill_workbook
from planner.language import Language

Call = tuple[str, str, int, int, tuple[Any, ...]]
"""Sheet, method, row, column, arguments; a format among them is a dictionary of its properties."""


class _Recorder(PlainWorksheet):
    calls: list[Call]

    def _note(self, method: str, row: int, column: int, arguments: tuple[Any, ...]) -> None:
        plain = tuple(
            {"num_format": it.num_format, "bold": it.bold, "indent": it.indent} if hasattr(it, "num_format") else it
            for it in arguments
        )
        self.calls.append((self.name, method, row, column, plain))

    def write_string(self, row: int, column: int, *arguments: Any) -> Any:
        self._note("write_string", row, column, arguments)
        return super().write_string(row, column, *arguments)

    def write_number(self, row: int, column: int, *arguments: Any) -> Any:
        self._note("write_number", row, column, arguments)
        return super().write_number(row, column, *arguments)

    def write_formula(self, row: int, column: int, *arguments: Any) -> Any:
        self._note("write_formula", row, column, arguments)
        return super().write_formula(row, column, *arguments)

    def write_blank(self, row: int, column: int, *arguments: Any) -> Any:
        self._note("write_blank", row, column, arguments)
        return super().write_blank(row, column, *arguments)


def record_cells(engagement: Engagement, folder: Path, *, today: date) -> list[Call]:
    """Return every cell the Excel plan of `engagement` writes, in its order."""
    calls: list[Call] = []
    recording = type("Recording", (_Recorder,), {"calls": calls})

    class Book(PlainWorkbook):
        def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:
            return super().add_worksheet(name, worksheet_class or recording)

    book = Book(folder / "recorded.xlsx")
    fill_workbook(book, Export(engagement=engagement, language=Language("en"), today=today), WorkbookOptions())
    book.finish()
    return calls


def replay_cells(calls: list[Call], path: Path, *, worksheet_class: type[Worksheet] = Worksheet) -> None:
    """Write the recorded cells with bare XlsxWriter, formats made once each."""
    book = Workbook(str(path), SETTINGS)
    sheets: dict[str, Any] = {}
    formats: dict[tuple[Any, ...], Any] = {}
    for name, method, row, column, arguments in calls:
        sheet = sheets.get(name)
        if sheet is None:
            sheet = sheets[name] = book.add_worksheet(name, worksheet_class)
        settled = []
        for argument in arguments:
            if isinstance(argument, dict):
                key = tuple(argument.values())
                if key not in formats:
                    formats[key] = book.add_format(argument)
                settled.append(formats[key])
            else:
                settled.append(argument)
        getattr(sheet, method)(row, column, *settled)
    book.close()
