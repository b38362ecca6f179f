"""Reading a workbook the way a spreadsheet does, to check ours without one: cells, and what a conditional format sees."""

from __future__ import annotations

import datetime
import re
import warnings
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
DAY_ZERO = datetime.date(1899, 12, 30)


def open_workbook(path: Path, *, values: bool = False) -> Any:
    with warnings.catch_warnings():
        # The solid bars of the progress column are an extension that openpyxl leaves out.
        warnings.filterwarnings("ignore", message=".* extension is not supported")
        return openpyxl.load_workbook(path, data_only=values)


def number_of(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return (value.date() - DAY_ZERO).days
    return value


class Grid:
    """The Gantt sheet's grid, asked which colour a cell has on a given day."""

    def __init__(self, values: Worksheet, formulas: Worksheet) -> None:
        self.values = values
        (self.area,) = {str(found.sqref) for found in formulas.conditional_formatting if len(found.rules) > 1}
        (rules,) = [found.rules for found in formulas.conditional_formatting if len(found.rules) > 1]
        self.rules = sorted(rules, key=lambda rule: rule.priority)
        first = _REFERENCE.match(self.area)
        assert first is not None
        self.first_column, self.first_row = column_index_from_string(first[2]), int(first[4])

    def fill(self, row: int, column: int, *, today: datetime.date) -> str | None:
        """Return the colour of the first rule that holds and fills, as a spreadsheet picks it."""
        for rule in self.rules:
            if rule.dxf.fill is not None and self._holds(rule.formula[0], row, column, today):
                return str(rule.dxf.fill.bgColor.rgb)[-6:]
        return None

    def _holds(self, formula: str, row: int, column: int, today: datetime.date) -> bool:
        texts: list[str] = []

        def hide(found: re.Match[str]) -> str:
            texts.append(found[0])
            return f"\0{len(texts) - 1}\0"

        code = re.sub(r'"[^"]*"', hide, formula)
        code = _REFERENCE.sub(lambda found: self._value(found, row, column), code)
        code = code.replace("<>", "!=")
        code = re.sub(r"(?<![<>!])=", "==", code)
        code = code.replace("AND(", "every(").replace("MIN(", "min(").replace("TODAY()", str(_serial(today)))
        code = re.sub("\0(\\d+)\0", lambda found: texts[int(found[1])], code)
        return bool(eval(code, {"every": lambda *parts: all(parts), "min": min}))  # noqa: S307  our own formulas

    def _value(self, found: re.Match[str], row: int, column: int) -> str:
        at_column, at_row = column_index_from_string(found[2]), int(found[4])
        if not found[1]:
            at_column += column - self.first_column
        if not found[3]:
            at_row += row - self.first_row
        value = number_of(self.values.cell(at_row, at_column).value)
        # An empty text is more than any number to a spreadsheet.
        return "''" if value is None else repr(value)


def _serial(day: datetime.date) -> int:
    return (day - DAY_ZERO).days
