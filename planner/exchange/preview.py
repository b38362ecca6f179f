"""What an export will look like, before it is written: the pages of a chart, the first rows of every sheet, a text.

A preview is made by the code that writes, so that it cannot promise what the file does not hold.
"""

from __future__ import annotations

import csv
import io
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

from planner.analysis.schedule import schedule
from planner.charts.scene import Scene
from planner.domain.engagement import Engagement
from planner.exchange.formats import export
from planner.exchange.options import ExportOptions
from planner.exchange.redaction import redact
from planner.exchange.worker import Worker
from planner.language import Language
from planner.progress import Progress, ignore_progress

_MOST_PAGES: Final = 12
_MOST_ROWS: Final = 60
_MOST_COLUMNS: Final = 24
_MOST_LINES: Final = 400
_CHART_SUFFIXES: Final = frozenset({".pdf", ".png", ".svg"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePreview:
    """The first pages of a chart, in points, and how many there will be."""

    pages: tuple[Scene, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPreview:
    """The first rows and columns of a sheet as texts; `rows` the number of rows the sheet has."""

    title: str
    cells: tuple[tuple[str, ...], ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePreview:
    """The sheets of a workbook, or the one table of a text file."""

    sheets: tuple[SheetPreview, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPreview:
    """The first lines of a text; `whole` when these are all."""

    text: str
    whole: bool


Preview: TypeAlias = PagePreview | TablePreview | TextPreview


def preview(
    worker: Worker,
    engagement: Engagement,
    suffix: str,
    *,
    language: Language,
    today: date,
    options: ExportOptions,
    progress: Progress = ignore_progress,
) -> Preview:
    """Return what an export with that suffix will hold; raises what `planner.exchange.formats.export` raises.

    The process of `worker` makes it. The folder it needs is not its own: it may be ended at any moment, and nothing
    of a client's plan may stay behind.
    """
    with tempfile.TemporaryDirectory(prefix="roadbook-preview-") as folder:
        path = Path(folder) / f"preview{suffix}"
        return worker.run(_preview_here, engagement, path, language, today, options, progress=progress)


def _preview_here(
    engagement: Engagement, progress: Progress, path: Path, language: Language, today: date, options: ExportOptions
) -> Preview:
    suffix = path.suffix
    if suffix in _CHART_SUFFIXES:
        return _preview_chart(engagement, suffix, language, today, options)
    export(engagement, path, language=language, today=today, options=options, progress=progress)
    if suffix == ".xlsx":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not read: data bars, groups of columns
            return TablePreview(sheets=tuple(_read_workbook(path, language)))
    text = path.read_text(encoding="utf-8-sig")
    if suffix == ".csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        return TablePreview(sheets=(_sheet("", islice(rows, _MOST_ROWS), len(rows), language),))
    lines = text.splitlines()
    return TextPreview(text="\n".join(lines[:_MOST_LINES]), whole=len(lines) <= _MOST_LINES)


def _preview_chart(
    engagement: Engagement, suffix: str, language: Language, today: date, options: ExportOptions
) -> PagePreview:
    from planner.exchange.gantt_image import scenes_of  # noqa: PLC0415  loads matplotlib

    redacted = redact(engagement, options.redaction, language=language)
    pages = scenes_of(
        redacted, schedule(redacted), language=language, today=today, options=options.gantt, paged=suffix == ".pdf"
    )
    return PagePreview(pages=pages[:_MOST_PAGES], count=len(pages))


def _read_workbook(path: Path, language: Language) -> Iterator[SheetPreview]:
    from openpyxl import load_workbook  # noqa: PLC0415  only to read a workbook

    workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                rows = sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS)
                shown = (tuple(_as_shown(cell.value, cell.number_format, language) for cell in row) for row in rows)
                yield _sheet(sheet.title, shown, sheet.max_row or 0, language)
    finally:
        workbook.close()


def _as_shown(value: object, number_format: object, language: Language) -> object:
    """Return what a cell of a workbook holds, a share as the percents the workbook shows it in."""
    if isinstance(value, float | int) and not isinstance(value, bool) and "%" in str(number_format):
        return language.percent(float(value))
    return value


def _sheet(
    title: str, rows: Iterator[tuple[object, ...]] | islice[list[str]], count: int, language: Language
) -> SheetPreview:
    cells = [[_text(value, language) for value in list(row)[:_MOST_COLUMNS]] for row in rows]
    for texts in cells:
        while texts and not texts[-1]:
            texts.pop()
    while cells and not any(cells[-1]):
        cells.pop()
    return SheetPreview(title=title, cells=tuple(map(tuple, cells)), rows=count)


def _text(value: object, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return language.date(value.date(), width="short")
    if isinstance(value, float | int) and not isinstance(value, bool):
        return language.number(value, decimals=2)
    return str(value)
