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
from planner.language import N_, Language
from planner.progress import Progress, ignore_progress

Writer: TypeAlias = Callable[[Engagement, Path, Language, date, Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One kind of export: its suffix, its name (a message to translate) and what writes it."""

    suffix: str
    name: str
    write: Writer


def _write_json(engagement: Engagement, path: Path, language: Language, today: date, progress: Progress) -> None:
    from planner.exchange.json_file import write_json  # noqa: PLC0415  loaded when used

    del language, today, progress  # the open format is the same everywhere, always
    write_json(engagement, path)


def _write_workbook(engagement: Engagement, path: Path, language: Language, today: date, progress: Progress) -> None:
    from planner.exchange.workbook_out import write_workbook  # noqa: PLC0415  loaded when used

    write_workbook(engagement, path, language=language, today=today, progress=progress)


def _write_gantt(engagement: Engagement, path: Path, language: Language, today: date, progress: Progress) -> None:
    from planner.exchange.gantt_image import write_gantt  # noqa: PLC0415  loaded when used

    write_gantt(engagement, path, language=language, today=today, progress=progress)


def _write_csv(engagement: Engagement, path: Path, language: Language, today: date, progress: Progress) -> None:
    from planner.exchange.csv_file import write_csv  # noqa: PLC0415  loaded when used

    del today  # the rows do not depend on it
    write_csv(engagement, path, language=language, progress=progress)


EXPORTS: Final[Mapping[str, ExportFormat]] = MappingProxyType(
    {
        chosen.suffix: chosen
        for chosen in (
            ExportFormat(suffix=".json", name=N_("Everything, open format (JSON)"), write=_write_json),
            ExportFormat(suffix=".xlsx", name=N_("Plan (Excel workbook)"), write=_write_workbook),
            ExportFormat(suffix=".pdf", name=N_("Gantt chart (PDF)"), write=_write_gantt),
            ExportFormat(suffix=".png", name=N_("Gantt chart (PNG picture)"), write=_write_gantt),
            ExportFormat(suffix=".svg", name=N_("Gantt chart (SVG picture)"), write=_write_gantt),
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
    progress: Progress = ignore_progress,
) -> None:
    """Write `engagement` to `path` in the format of its suffix.

    Raises UserError "export-unknown", "folder-missing" (path), "cannot-write" (path, cause) and what the writer says.
    """
    chosen = format_of(path)
    if not path.parent.is_dir():
        raise UserError("folder-missing", path=str(path.parent))
    chosen.write(engagement, path, language, today, progress)
