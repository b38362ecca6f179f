"""Which files an engagement can be written to, told by their suffix, and the writer behind each.

Writers load their libraries when they are used, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.exchange.options import ExportOptions
from planner.exchange.redaction import redact
from planner.exchange.worker import Worker
from planner.language import N_, Language
from planner.progress import Progress, ignore_progress
from planner.safe_file import remove_unfinished

Writer: TypeAlias = Callable[["Export", Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What a writer writes: the engagement, already redacted, in a language, as of a day, as chosen."""

    engagement: Engagement
    language: Language
    today: date
    options: ExportOptions
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One kind of export: its suffix, its name (a message to translate) and what writes it."""

    suffix: str
    name: str
    write: Writer


def _write_json(asked: Export, path: Path) -> None:
    from planner.exchange.json_file import write_json  # noqa: PLC0415  loaded when used

    write_json(asked.engagement, path)


def _write_workbook(asked: Export, path: Path) -> None:
    from planner.exchange.workbook_out import WorkbookOptions, write_workbook  # noqa: PLC0415  when used

    write_workbook(
        asked.engagement,
        path,
        language=asked.language,
        today=asked.today,
        options=WorkbookOptions(period=asked.options.period),
        progress=asked.progress,
    )


def _write_gantt(asked: Export, path: Path) -> None:
    from planner.exchange.gantt_image import write_gantt  # noqa: PLC0415  loaded when used

    write_gantt(
        asked.engagement,
        path,
        language=asked.language,
        today=asked.today,
        options=asked.options.gantt,
        progress=asked.progress,
    )


def _write_csv(asked: Export, path: Path) -> None:
    from planner.exchange.csv_file import write_csv  # noqa: PLC0415  loaded when used

    write_csv(asked.engagement, path, language=asked.language, progress=asked.progress)


def _write_msproject(asked: Export, path: Path) -> None:
    from planner.exchange.msproject.writing import write_msproject  # noqa: PLC0415  loaded when used

    write_msproject(asked.engagement, path, today=asked.today, progress=asked.progress)


EXPORTS: Final[Mapping[str, ExportFormat]] = MappingProxyType(
    {
        chosen.suffix: chosen
        for chosen in (
            ExportFormat(suffix=".json", name=N_("Everything, open format (JSON)"), write=_write_json),
            ExportFormat(suffix=".xlsx", name=N_("Plan (Excel workbook)"), write=_write_workbook),
            ExportFormat(suffix=".pdf", name=N_("Gantt chart (PDF)"), write=_write_gantt),
            ExportFormat(suffix=".png", name=N_("Gantt chart (PNG picture)"), write=_write_gantt),
            ExportFormat(suffix=".svg", name=N_("Gantt chart (SVG picture)"), write=_write_gantt),
            ExportFormat(suffix=".xml", name=N_("Plan for Microsoft Project (XML)"), write=_write_msproject),
            ExportFormat(suffix=".csv", name=N_("Initiatives (CSV)"), write=_write_csv),
        )
    }
)
"""Suffix -> format."""


def format_of(path: Path) -> ExportFormat:
    """Return the format a path's suffix asks for; UserError "export-unknown" (path, known) for any other."""
    try:
        return EXPORTS[path.suffix.lower()]
    except KeyError:
        raise UserError("export-unknown", path=str(path), known=tuple(EXPORTS)) from None


def export(
    engagement: Engagement,
    path: Path,
    *,
    language: Language,
    today: date,
    options: ExportOptions | None = None,
    progress: Progress = ignore_progress,
) -> None:
    """Write `engagement` to `path` in the format of its suffix, without what the options take out.

    Raises UserError "export-unknown", "folder-missing" (path), "cannot-write" (path, cause) and what the writer says.
    """
    chosen = format_of(path)
    if not path.parent.is_dir():
        raise UserError("folder-missing", path=str(path.parent))
    asked = options or ExportOptions()
    redacted = redact(engagement, asked.redaction, language=language)
    chosen.write(Export(engagement=redacted, language=language, today=today, options=asked, progress=progress), path)


def export_elsewhere(
    worker: Worker,
    engagement: Engagement,
    path: Path,
    *,
    language: Language,
    today: date,
    options: ExportOptions,
    progress: Progress = ignore_progress,
) -> None:
    """Do as `export` does, in the process of `worker`; where that is ended half way, nothing is left beside `path`."""
    try:
        worker.run(_export_here, engagement, path, language, today, options, progress=progress)
    except BaseException:
        if worker.process_id is not None:
            remove_unfinished(path.parent, worker.process_id)
        raise


def _export_here(
    engagement: Engagement, progress: Progress, path: Path, language: Language, today: date, options: ExportOptions
) -> None:
    """Do as `export` does, in the form a `Worker` runs."""
    export(engagement, path, language=language, today=today, options=options, progress=progress)
