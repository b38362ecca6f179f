"""The XlsxWriter workbook ours is written with; imported when a workbook is written, not before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

SETTINGS: Final = {
    # No temporary files but our own, and no text ever taken for a formula, a number or an address.
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class PlainWorksheet(Worksheet):  # type: ignore[misc]  # the library ships no types
    """A worksheet that tells how far its writing is and whose formulas use no function with another name in files.

    XlsxWriter looks for thirty such functions in every formula, which takes longer than everything else about it. Both
    methods are its own inside: should a later version work otherwise, the time comes back and the news stop, no more.
    """

    on_row: Callable[[], None] | None = None

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002
        del expand_future_functions
        return formula.strip("{}").removeprefix("=")

    def _write_row(self, *arguments: Any, **options: Any) -> None:
        if self.on_row is not None:
            self.on_row()
        super()._write_row(*arguments, **options)


class PlainWorkbook(Workbook):  # type: ignore[misc]  # as above
    """A workbook of plain worksheets."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), SETTINGS)

    def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:
        """Add a sheet."""
        return super().add_worksheet(name, worksheet_class or PlainWorksheet)

    def finish(self, on_row: Callable[[], None]) -> None:
        """Write the file, calling `on_row` at every row; OSError when the system refuses."""
        for worksheet in self.worksheets():
            worksheet.on_row = on_row
        try:
            self.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else error
            raise cause if isinstance(cause, OSError) else OSError(str(cause)) from error
