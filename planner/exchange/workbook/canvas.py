"""What every sheet of the workbook is written with: formats made once each, and text that stays text.

Excel limits a cell to 32,767 characters, counted in UTF-16 units; longer text ends in an ellipsis. Days before 1 March
1900, which Excel counts wrongly or not at all, are written as ISO text.
"""

from __future__ import annotations

import datetime
import enum
import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from planner.charts.palette import LIGHT
from planner.charts.scene import Role
from planner.domain.engagement import Engagement
from planner.language import Language
from planner.progress import Progress

CELL_LIMIT: Final = 32_767
FONT: Final = "Calibri"
_ROWS_BETWEEN_NEWS: Final = 250
_DAY_ZERO: Final = date(1899, 12, 30).toordinal()
_FIRST_DAY: Final = date(1900, 3, 1)
_OUTLINE_LEVELS: Final = 7
_WIDTH_LIMIT: Final = 48.0

Cell = str | float | date | bool | None
"""A value as a cell holds it; a bool is worded before it is written."""


class Paper(enum.IntEnum):
    """Paper sizes by the numbers Excel gives them (ECMA-376, 18.3.1.63)."""

    A3 = 8
    A4 = 9


class Steps:
    """Counts the rows of an export as they are done and tells its progress now and then; called once a row."""

    def __init__(self, progress: Progress, *, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def __call__(self) -> None:
        """Take note of one row more; raises Cancelled when the person asked to stop."""
        if not self._done % _ROWS_BETWEEN_NEWS:
            self._progress(min(self._done, self._total), self._total)
        self._done += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What one export works with: the engagement, in which language, on which day, told to whom."""

    engagement: Engagement
    language: Language
    today: date
    steps: Steps

    @property
    def day_format(self) -> str:
        """The Excel number format of a day, in the words of the language whatever the reader's own."""
        return "[$-40C]d mmm yyyy" if self.language.code == "fr" else "[$-809]d mmm yyyy"

    @property
    def money_format(self) -> str:
        """The Excel number format of an amount in the engagement's currency."""
        currency = self.engagement.setting.currency
        symbol = self.language.locale.currency_symbols.get(currency, currency).replace('"', "")
        return f'#,##0 "{symbol}"' if self.language.code == "fr" else f'"{symbol}"#,##0'


class Styles:
    """The formats of one workbook, each made once; colours are those of the charts."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        """Return the format with XlsxWriter's `properties`; a role stands for its colour."""
        settled = {"font_name": FONT, "font_size": 10, "valign": "vcenter", **properties}
        return self._make(settled)

    def difference(self, **properties: Any) -> Any:
        """Return a format for a conditional rule: only what it changes."""
        return self._make(properties)

    def _make(self, properties: dict[str, Any]) -> Any:
        coloured = {name: LIGHT[value] if isinstance(value, Role) else value for name, value in properties.items()}
        key = tuple(sorted(coloured.items()))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._workbook.add_format(coloured)
        return found

    @property
    def title(self) -> Any:
        """The format of a sheet's title."""
        return self.of(bold=True, font_size=16, font_color=Role.BAR_TEXT)

    @property
    def note(self) -> Any:
        """The format of the line under a title."""
        return self.of(font_color=Role.TEXT_MUTED)

    @property
    def header(self) -> Any:
        """The format of a column's header."""
        return self.header_at("left")

    def header_at(self, side: str) -> Any:
        """Return the format of a column's header that stands where its cells do: "left", "center" or "right"."""
        return self.of(
            bold=True, text_wrap=True, font_color="#ffffff", bg_color=Role.BAR_TEXT,
            border=1, border_color=Role.GRID_STRONG, align=side,
        )  # fmt: skip


def fit(text: str) -> str:
    """Return `text` as long as a cell can hold it."""
    if len(text) * 2 <= CELL_LIMIT:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * CELL_LIMIT:
        return text
    return units[: 2 * (CELL_LIMIT - 1)].decode("utf-16-le", "ignore") + "…"


def serial_of(day: date) -> int:
    """Return the number by which Excel counts `day`, in its 1900 system."""
    return day.toordinal() - _DAY_ZERO


def write_cell(worksheet: Any, row: int, column: int, value: Cell, style: Any) -> None:
    """Write one value as what it is: text never as a formula, a day as a date; nothing for None and ""."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        worksheet.write_string(row, column, fit(value), style)
    elif isinstance(value, date):
        if value < _FIRST_DAY:
            worksheet.write_string(row, column, value.isoformat(), style)
        else:
            worksheet.write_number(row, column, serial_of(value), style)
    else:
        worksheet.write_number(row, column, value, style)


def result_of(value: Cell) -> str | float:
    """Return what a formula that leads to `value` has computed, as XlsxWriter wants it."""
    if isinstance(value, date):
        return value.isoformat() if value < _FIRST_DAY else serial_of(value)
    return "" if value is None else fit(value) if isinstance(value, str) else value


def outline_level(depth: int) -> dict[str, int]:
    """Return the row options of an outline at `depth`, as deep as Excel goes."""
    return {"level": min(depth, _OUTLINE_LEVELS)}


def width_of(values: Iterable[Cell], *, header: str = "", least: float = 6.0, most: float = _WIDTH_LIMIT) -> float:
    """Return a column width, in characters, that shows nearly all of `values`; a header wraps to three lines."""
    lengths = sorted(len(value) if isinstance(value, str) else 11 for value in values if value is not None)
    usual = lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))] if lengths else 0
    longest_word = max((len(word) for word in header.split()), default=0)
    return min(most, max(least, usual * 0.95 + 1.5, longest_word * 1.15 + 2.5, len(header) / 3 * 1.15 + 2.5))


def lines_of(text: str, width: float) -> int:
    """Return about how many lines a wrapped text takes in a column of `width` characters."""
    return sum(max(1, math.ceil(len(line) * 1.1 / width)) for line in text.split("\n"))


def digest_of_row(values: Sequence[Cell]) -> str:
    """Return a digest of a row's values, to tell later whether somebody changed it.

    Days as ISO dates, numbers with ten significant digits, nothing as "", joined by unit separators; BLAKE2b, 8 bytes,
    hexadecimal.
    """
    parts = (
        value if isinstance(value, str)
        else "" if value is None
        else value.isoformat() if isinstance(value, date)
        else f"{value:.10g}"
        for value in values
    )  # fmt: skip
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=8).hexdigest()


def set_print(
    worksheet: Any, export: Export, *, title: str, repeat_rows: tuple[int, int] | None, paper: Paper = Paper.A3
) -> None:
    """Set a sheet up for paper: landscape, as wide as the page, headers repeated, pages numbered."""
    worksheet.set_landscape()
    worksheet.set_paper(int(paper))
    worksheet.fit_to_pages(1, 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    if repeat_rows is not None:
        worksheet.repeat_rows(*repeat_rows)
    # "&" starts a code in a footer, and digits after a size would be read as part of it; 255 characters are the limit.
    name = export.engagement.setting.name[:90].replace("&", "&&")
    printed = export.language.date(export.today, width="long")
    worksheet.set_footer(f"&L&8 {name}  ·  {title}&C&8 {printed}&R&8 &P / &N")


def write_title(worksheet: Any, styles: Styles, title: str, note: str) -> None:
    """Write a sheet's title and the line under it."""
    worksheet.set_row(0, 24)
    worksheet.write_string(0, 0, fit(title), styles.title)
    worksheet.write_string(1, 0, fit(note), styles.note)


def midnight(day: date) -> datetime.datetime:
    """Return the beginning of `day`, for document properties."""
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
