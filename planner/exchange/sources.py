"""Which files an engagement can take in, told by suffix or content, and the reader behind each kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.kinds import Entity, kind_of
from planner.exchange.import_report import ImportedItem, ImportReading, ImportReport, effect_of, remark
from planner.language import Language

Reader: TypeAlias = Callable[[Sequence[Path], Engagement, Language, date], ImportReading]

_LOOKED_AT_BYTES: Final = 1_000


def _read_json(paths: Sequence[Path], engagement: Engagement, language: Language, today: date) -> ImportReading:
    from planner.exchange.json_file import read_json  # noqa: PLC0415  loaded when used

    del language, today  # the open format is the same everywhere, always
    known, put = engagement, dict[tuple[str, str], tuple[Entity, Path]]()
    for path in paths:
        entities = read_json(path, known=known)
        for entity in entities:
            put[kind_of(type(entity)), entity.id] = (entity, path)
        if len(paths) > 1:
            known = Engagement.of(
                [*(entity for kind in known.by_kind().values() for entity in kind.values()), *entities]
            )
    items = tuple(
        ImportedItem(
            kind=kind,
            name=getattr(entity, "name", "") or entity.id,
            source_id=entity.id,
            entity_id=entity.id,
            place=path.name,
            effect=effect_of(engagement, kind, entity),
        )
        for (kind, _id), (entity, path) in put.items()
    )
    report = ImportReport(source_kind="json", files=tuple(str(path) for path in paths), items=items)
    return ImportReading(report=report, put=tuple(entity for entity, _path in put.values()))


def _read_dsomm(paths: Sequence[Path], engagement: Engagement, language: Language, today: date) -> ImportReading:
    from planner.exchange.models.dsomm import read_dsomm  # noqa: PLC0415  loaded when used

    return read_dsomm(paths, engagement, language=language, today=today)


def _read_table(paths: Sequence[Path], engagement: Engagement, language: Language, today: date) -> ImportReading:
    del today  # a table says nothing of days
    return read_table(paths, engagement, language=language)


def read_table(
    paths: Sequence[Path], engagement: Engagement, *, language: Language, columns: Sequence[str] | None = None
) -> ImportReading:
    """Return what a table of practices would bring, its columns read as told, or guessed.

    Of a workbook's sheets the one is read whose headings say most; that the others are not is a problem of the report.

    Raises UserError "import-one-table" (paths) for several at a time, and what `planner.exchange.table_source` says.
    """
    from planner.exchange.models.capability_review import is_review, read_review  # noqa: PLC0415  when used
    from planner.exchange.models.practice_table import TableOrigin, known_columns, read_practice_table  # noqa: PLC0415
    from planner.exchange.table_source import read_tables  # noqa: PLC0415  loaded when used

    if len(paths) != 1:
        raise UserError("import-one-table", paths=tuple(str(path) for path in paths))
    (path,) = paths
    tables = read_tables(path)
    chosen = max(tables, key=lambda table: known_columns(table.rows))
    if columns is None and is_review(chosen.rows):
        reading = read_review(chosen.rows, engagement, file=str(path), language=language)
    else:
        origin = TableOrigin(name=path.stem, files=(str(path),))
        reading = read_practice_table(chosen.rows, engagement, origin, language=language, columns=columns)
    others = tuple(table.sheet for table in tables if table is not chosen)
    if not others:
        return reading
    told = remark("sheets-left-out", sheet=chosen.sheet, others=others)
    report = dataclasses.replace(reading.report, problems=(told, *reading.report.problems))
    return dataclasses.replace(reading, report=report)


def _read_samm(paths: Sequence[Path], engagement: Engagement, language: Language, today: date) -> ImportReading:
    from planner.exchange.models.samm import read_samm  # noqa: PLC0415  loaded when used

    del language, today  # a model of its own words, at any time
    return read_samm(paths, engagement)


def _read_measure_mate(paths: Sequence[Path], engagement: Engagement, language: Language, today: date) -> ImportReading:
    from planner.exchange.models.measure_mate import read_measure_mate  # noqa: PLC0415  loaded when used

    del language, today  # a model of its own words, at any time
    return read_measure_mate(paths, engagement)


def _read_msproject(paths: Sequence[Path], engagement: Engagement, language: Language, today: date) -> ImportReading:
    from planner.exchange.msproject.reading import read_msproject  # noqa: PLC0415  loaded when used

    return read_msproject(paths, engagement, language=language, today=today)


IMPORTS: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        "json": _read_json,
        "dsomm": _read_dsomm,
        "table": _read_table,
        "samm": _read_samm,
        "measure-mate": _read_measure_mate,
        "msproject": _read_msproject,
    }
)
"""Kind of source -> reader."""

_BY_SUFFIX: Final = {
    ".json": "json",
    ".yaml": "dsomm",
    ".yml": "dsomm",
    ".csv": "table",
    ".tsv": "table",
    ".xlsx": "table",
    ".xlsm": "table",
    ".tar": "samm",
    ".tgz": "samm",
    ".gz": "samm",
    ".zip": "samm",
    ".xml": "msproject",
}


def recognise(path: Path) -> str:
    """Return the kind of source a file is.

    Raises UserError "import-unknown" (path, known) when it is none of them, "cannot-read" when it cannot be looked at.
    """
    if path.is_dir():
        return "samm"
    try:
        with path.open("rb") as file:
            beginning = file.read(_LOOKED_AT_BYTES)
    except OSError as error:
        raise UserError("cannot-read", path=str(path), cause=error.strerror or str(error)) from error
    first = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"[" and path.suffix.lower() in ("", ".json"):
        return "measure-mate"
    if path.suffix.lower() in _BY_SUFFIX:
        return _BY_SUFFIX[path.suffix.lower()]
    if first == b"{":
        return "json"
    raise UserError("import-unknown", path=str(path), known=tuple(IMPORTS))


def read_sources(
    paths: Sequence[Path], engagement: Engagement, *, kind: str | None, language: Language, today: date
) -> ImportReading:
    """Return what importing `paths` into `engagement` would do; `kind` is a key of `IMPORTS`, None to recognise it.

    Raises UserError naming the file, the place and the cause; "import-mixed" when the files are of several kinds.
    """
    kinds = {recognise(path) for path in paths} if kind is None else {kind}
    if len(kinds) > 1:
        raise UserError("import-mixed", paths=tuple(str(path) for path in paths))
    return IMPORTS[kinds.pop()](paths, engagement, language, today)
