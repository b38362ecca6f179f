"""Delivery metrics as a spreadsheet gives them: pasted or in a file, in English or in French, long or wide.

Long: a row holds who, which metric, when, how much. Wide: a column for each metric. Columns are known by the words in
the first row, units by what stands in brackets there ("Lead time (days)") or behind the values ("2 d", "15 %").
"""

from __future__ import annotations

import calendar
import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric
from planner.editing.measurements import MeasurementLine
from planner.exchange.team_table import plain_words, read_cells
from planner.exchange.text_source import read_spreadsheet_text
from planner.quantities import ELAPSED, frequency_of_word, hours_of_words, read_measured
from planner.words import METRIC_WORDS

MOST_ROWS: Final = 50_000
_MOST_MEGABYTES: Final = 16
_LATEST_SERIAL: Final = 80_000


class Part(enum.Enum):
    """What a column can hold beside the value of one metric."""

    SUBJECT = "subject"
    TEAM = "team"
    APPLICATION = "application"
    METRIC = "metric"
    DATE = "date"
    VALUE = "value"
    SOURCE = "source"


ColumnPart: TypeAlias = Part | DeliveryMetric | None

_METRIC_WORDS: Final = (
    # The first that is found wins: "lead time" must not be taken for a time to recover, "rework rate" for a fail rate.
    (DeliveryMetric.REWORK_RATE, ("rework", "reprise", "retravail", "unplanned")),
    (DeliveryMetric.RECOVERY_TIME, ("recover", "restore", "mttr", "retablissement", "restauration", "fdrt")),
    (DeliveryMetric.CHANGE_FAIL_RATE, ("fail", "cfr", "echec")),
    (
        DeliveryMetric.DEPLOYMENT_FREQUENCY,
        ("frequen", "deploys", "deployments", "deploiements", "mises en production", "releases"),
    ),
    (DeliveryMetric.CHANGE_LEAD_TIME, ("lead time", "lead-time", "leadtime", "lttc", "mltc", "delai", "cycle time")),
)
_PART_WORDS: Final = (
    # "Measured on" comes before "measure".
    (Part.DATE, ("date", "day", "jour", "measured on", "mesure le", "month", "mois", "period", "semaine", "week")),
    (Part.METRIC, ("metric", "mesure", "indicat", "kpi", "measure", "metrique")),
    (Part.VALUE, ("value", "valeur", "result", "resultat", "amount")),
    (Part.SOURCE, ("source", "origin", "origine", "tool", "outil", "from")),
    (Part.SUBJECT, ("team or app", "equipe ou app", "who", "qui", "subject", "sujet")),
    (Part.APPLICATION, ("app", "product", "produit", "service", "systeme", "system", "component", "composant")),
    (Part.TEAM, ("team", "equipe", "squad", "tribe", "name", "nom")),
)
_MONTHS: Final = (
    ("jan",), ("feb", "fev"), ("mar",), ("apr", "avr"), ("may", "mai"), ("jun", "juin"), ("jul", "juil"),
    ("aug", "aou"), ("sep",), ("oct",), ("nov",), ("dec",),
)  # fmt: skip


def read_table_file(path: Path) -> str:
    """Return the text of a CSV or TSV file, in whatever of the usual encodings a spreadsheet wrote it.

    UserError when it cannot be read, is too large, or holds no text.
    """
    return read_spreadsheet_text(path, limit_megabytes=_MOST_MEGABYTES)


def read_measurement_cells(text: str) -> list[list[str]]:
    """Return the rows of a pasted text or a file, all of one length."""
    return read_cells(text, most_rows=MOST_ROWS)


def guess_columns(cells: Sequence[Sequence[str]]) -> tuple[bool, tuple[ColumnPart, ...]]:
    """Return whether the first row holds titles, and what each column holds."""
    if not cells:
        return False, ()
    named: list[ColumnPart] = []
    for title in cells[0]:
        part = _part_of(title)
        named.append(None if part in named else part)
    has_titles = Part.DATE in named and len({part for part in named if part is not None}) > 1
    if has_titles and not any(_is_date(cell) for cell in cells[0]):
        return True, _with_subject(named)
    return False, _guess_by_content(cells)


def read_lines(
    cells: Sequence[Sequence[str]],
    parts: Sequence[ColumnPart],
    *,
    has_titles: bool,
    whom: tuple[str, str] = ("", ""),
    metric: DeliveryMetric | None = None,
) -> list[MeasurementLine]:
    """Return the values of the table, one a line; a value that cannot be read says why.

    `whom` (kind and name) and `metric` are what rows hold that have no column for it.
    """
    titles = cells[0] if has_titles and cells else ()
    rows = cells[1:] if has_titles else cells
    month_first = _writes_month_first(
        row[at] for at, part in enumerate(parts) if part is Part.DATE for row in rows if at < len(row)
    )
    value_title = next((title for title, part in zip(titles, parts, strict=False) if part is Part.VALUE), "")
    found: list[MeasurementLine] = []
    for number, row in enumerate(rows, start=2 if has_titles else 1):
        if not any(row):
            continue
        held = {part: cell for part, cell in zip(parts, row, strict=False) if isinstance(part, Part)}
        whole = _who_and_when(number, held, whom, month_first=month_first)
        if Part.VALUE in parts:
            found.append(_long(whole, held, value_title, None if Part.METRIC in parts else metric))
        for at, part in enumerate(parts):
            if isinstance(part, DeliveryMetric) and at < len(row) and row[at]:
                found.append(_valued(whole, part, row[at], titles[at] if titles else ""))
    return found


def read_day(text: str, *, month_first: bool = False) -> date:
    """Return the day a text says; a month alone is its last day. UserError "not-a-date" (value) for anything else."""
    plain = plain_words(text)
    plain = re.sub(r"[t ]\d{1,2}:\d{2}.*$", "", plain).strip(" ,")
    numbers = re.fullmatch(r"(\d{1,4})[-/. ](\d{1,2})(?:[-/. ](\d{1,4}))?", plain)
    worded = re.fullmatch(
        r"(?:[a-z]+,? )?(\d{1,2})?(?:er|st|nd|rd|th)? ?([a-z]{3,9})\.?,? ?(\d{1,2})?,? (\d{4})", plain
    )
    try:
        if re.fullmatch(r"\d{5}", plain) and int(plain) < _LATEST_SERIAL:
            return date.fromordinal(date(1899, 12, 30).toordinal() + int(plain))
        if numbers is not None:
            return _numbered(numbers[1], numbers[2], numbers[3], month_first=month_first)
        if worded is not None:
            month = next((n for n, words in enumerate(_MONTHS, 1) if worded[2].startswith(words)), None)
            if month is not None:
                day = worded[1] or worded[3]
                year = int(worded[4])
                return date(year, month, int(day) if day else calendar.monthrange(year, month)[1])
    except ValueError:
        pass
    raise UserError("not-a-date", value=text)


def _numbered(first: str, second: str, third: str | None, *, month_first: bool) -> date:
    if third is None:
        year, month = (int(first), int(second)) if len(first) == 4 else (int(second), int(first))
        return date(year, month, calendar.monthrange(year, month)[1])
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    year = int(third) if len(third) == 4 else 2000 + int(third)
    day_text, month_text = (second, first) if month_first else (first, second)
    return date(year, int(month_text), int(day_text))


def _writes_month_first(written: Iterable[str]) -> bool:
    """Tell whether days such as 03/31/2026 are written with the month first: where one can be read no other way."""
    firsts, seconds = [0], [0]
    for text in written:
        numbers = re.match(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}", text.strip())
        if numbers is not None:
            firsts.append(int(numbers[1]))
            seconds.append(int(numbers[2]))
    return max(seconds) > 12 >= max(firsts)


def _who_and_when(
    number: int, held: Mapping[Part, str], whom: tuple[str, str], *, month_first: bool
) -> MeasurementLine:
    kind, name = "", held.get(Part.SUBJECT, "")
    if not held.keys() & {Part.SUBJECT, Part.TEAM, Part.APPLICATION}:
        kind, name = whom
    if held.get(Part.TEAM):
        kind, name = "teams", held[Part.TEAM]
    if held.get(Part.APPLICATION):
        kind, name = "applications", held[Part.APPLICATION]
    day, problem = None, None
    try:
        day = read_day(held[Part.DATE], month_first=month_first) if held.get(Part.DATE) else None
    except UserError as error:
        problem = error
    return MeasurementLine(
        number=number, name=name, kind=kind, measured_on=day, source=held.get(Part.SOURCE, ""), problem=problem
    )


def _long(
    whole: MeasurementLine, held: Mapping[Part, str], title: str, metric: DeliveryMetric | None
) -> MeasurementLine:
    written, named = held.get(Part.VALUE, ""), held.get(Part.METRIC, "")
    metric = _metric_of(named) if named else metric
    if named and metric is None:
        problem = whole.problem or UserError("not-a-metric", value=named)
        return _replaced(whole, metric=None, written=written, problem=problem)
    if metric is None or not written:
        return _replaced(whole, metric=metric, written=written, problem=whole.problem)
    return _valued(whole, metric, written, f"{title} {named}")


def _valued(whole: MeasurementLine, metric: DeliveryMetric, written: str, title: str) -> MeasurementLine:
    value, problem = None, whole.problem
    try:
        value = read_measured(metric, written, factor=_factor_of(metric, title))
    except UserError as error:
        problem = problem or error
    return _replaced(whole, metric=metric, written=written, value=value, problem=problem)


def _replaced(
    line: MeasurementLine,
    *,
    metric: DeliveryMetric | None,
    written: str,
    problem: UserError | None,
    value: float | None = None,
) -> MeasurementLine:
    return MeasurementLine(
        number=line.number, name=line.name, kind=line.kind, measured_on=line.measured_on, source=line.source,
        metric=metric, written=written, value=value, problem=problem,
    )  # fmt: skip


def _factor_of(metric: DeliveryMetric, title: str) -> float | None:
    """Return what bare numbers are multiplied by, where a title says their unit: "(days)", "in %", "/ month"."""
    plain = plain_words(title)
    units = re.findall(r"[([]\s*(?:in |en )?([^)\]]+?)\s*[)\]]", plain) or re.findall(
        r"(?:,| in| en|/| per| par) (\S+)$", plain
    )
    if "%" in plain and metric in (DeliveryMetric.CHANGE_FAIL_RATE, DeliveryMetric.REWORK_RATE):
        return 0.01
    if not units:
        return None
    word = re.sub(r"^(?:/|per|par|a)\s*", "", units[-1]).strip(" .")
    if metric is DeliveryMetric.DEPLOYMENT_FREQUENCY:
        return frequency_of_word(word)
    return (
        hours_of_words(ELAPSED).get(word)
        if metric not in (DeliveryMetric.CHANGE_FAIL_RATE, DeliveryMetric.REWORK_RATE)
        else None
    )


def _metric_of(named: str) -> DeliveryMetric | None:
    plain = plain_words(named)
    for metric, word in METRIC_WORDS.items():
        if plain in (metric.value, plain_words(word)):
            return metric
    return next((metric for metric, words in _METRIC_WORDS if any(word in plain for word in words)), None)


def _part_of(title: str) -> ColumnPart:
    metric = _metric_of(title)
    if metric is not None:
        return metric
    plain = plain_words(title)
    return next((part for part, words in _PART_WORDS if any(plain.startswith(word) for word in words)), None)


def _with_subject(named: Sequence[ColumnPart]) -> tuple[ColumnPart, ...]:
    """Return the columns; one alone that says who may hold teams and applications alike."""
    who = [part for part in named if part in (Part.TEAM, Part.APPLICATION)]
    if len(who) == 1 and Part.SUBJECT not in named:
        return tuple(Part.SUBJECT if part is who[0] else part for part in named)
    return tuple(named)


def _guess_by_content(cells: Sequence[Sequence[str]]) -> tuple[ColumnPart, ...]:
    """Return what columns without titles hold: dates, metrics, numbers, then who and from where."""
    texts = [Part.SUBJECT, Part.SOURCE]
    found: list[ColumnPart] = []
    for column in zip(*cells, strict=True):
        filled = [cell for cell in column if cell][:200]
        part: ColumnPart = None
        if filled and all(_is_date(cell) for cell in filled):
            part = Part.DATE
        elif filled and all(_metric_of(cell) is not None for cell in filled):
            part = Part.METRIC
        elif filled and all(re.match(r"\d", cell) for cell in filled):
            part = Part.VALUE
        elif filled and texts:
            part = texts.pop(0)
        found.append(None if part in found else part)
    return tuple(found)


def _is_date(cell: str) -> bool:
    try:
        read_day(cell)
    except UserError:
        try:
            read_day(cell, month_first=True)
        except UserError:
            return False
    return not re.fullmatch(r"\d{5}", cell.strip())
