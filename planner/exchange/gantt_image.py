"""The Gantt chart as a file for a board: PNG and SVG pictures, PDF pages."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from planner.analysis.calendar import calendar_of
from planner.analysis.schedule import Schedule, schedule
from planner.charts.palette import LIGHT, PRINT, Palette
from planner.charts.paper import GanttOptions, gantt_pages
from planner.charts.scene import Scene
from planner.charts.text import on_one_line
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.exchange.fonts import measure
from planner.exchange.scene_painting import drawing_settings, figure_of
from planner.language import Language
from planner.progress import Progress, ignore_progress
from planner.safe_file import write_safely

SUFFIXES: Final = (".png", ".svg", ".pdf")
_PIXELS_PER_INCH: Final = 200.0
_LEAST_PIXELS_ACROSS: Final = 1920
_GOOD_PIXELS: Final = 36_000_000
"""Up to this a picture is written finely; a taller one more coarsely, for it has to be opened and sent."""
_MOST_PIXELS: Final = 100_000_000
"""Past this a picture takes half a gigabyte to draw, and viewers give up on it."""
_TALLEST: Final = 2**16 - 1


def write_gantt(
    engagement: Engagement,
    path: Path,
    *,
    language: Language,
    today: date,
    options: GanttOptions | None = None,
    progress: Progress = ignore_progress,
) -> None:
    """Write the Gantt chart of an engagement to `path`, whose suffix says as what: .png, .svg or .pdf.

    Raises UserError "export-unknown" (path, known) for another suffix, "picture-too-tall" for a plan no PNG can
    hold, "written-differs" (path) when the file does not read back whole, what the schedule raises, and "cannot-write"; `Cancelled` from `progress` leaves `path` as it was.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError("export-unknown", path=str(path), known=SUFFIXES)
    chosen = options or GanttOptions()
    progress(0, 1)
    pages = scenes_of(
        engagement, schedule(engagement), language=language, today=today, options=chosen, paged=suffix == ".pdf"
    )
    title = on_one_line(engagement.setting.name)
    write_scenes(pages, path, palette=PRINT if chosen.high_contrast else LIGHT, title=title, progress=progress)


def scenes_of(
    engagement: Engagement,
    planned: Schedule,
    *,
    language: Language,
    today: date,
    options: GanttOptions,
    paged: bool,
) -> tuple[Scene, ...]:
    """Return the chart's pages as they will be painted, measured with the letters they will be painted with."""
    return gantt_pages(
        engagement,
        planned,
        options,
        language,
        today=today,
        measure=measure,
        is_working=calendar_of(engagement, None).is_working,
        paged=paged,
    )


def write_scenes(
    pages: Sequence[Scene], path: Path, *, palette: Palette, title: str, progress: Progress = ignore_progress
) -> None:
    """Paint scenes into the file `path`; every page of a PDF, the only one of a picture."""
    suffix = path.suffix.lower()
    write_safely(
        path,
        lambda temporary: _PAINTERS[suffix](pages, temporary, palette, title, progress),
        verify=lambda temporary: _verify(temporary, path, len(pages)),
    )


def _paint_pdf(pages: Sequence[Scene], path: Path, palette: Palette, title: str, progress: Progress) -> None:
    from matplotlib.backends.backend_pdf import PdfPages  # noqa: PLC0415  only to draw

    # Neither a time nor a library's version: the same plan gives the same file.
    about: dict[str, Any] = {"Title": title, "Creator": "Roadbook", "Producer": None, "CreationDate": None}
    with drawing_settings(), PdfPages(path, metadata=about) as pdf:
        for done, scene in enumerate(pages):
            progress(done, len(pages))
            pdf.savefig(figure_of(scene, palette, boxes=True))
    progress(len(pages), len(pages))


def _paint_svg(pages: Sequence[Scene], path: Path, palette: Palette, title: str, progress: Progress) -> None:
    progress(0, 1)
    with drawing_settings():
        figure = figure_of(pages[0], palette, boxes=False)
        figure.savefig(path, format="svg", metadata={"Title": title, "Date": None, "Creator": "Roadbook"})
    progress(1, 1)


def _paint_png(pages: Sequence[Scene], path: Path, palette: Palette, title: str, progress: Progress) -> None:
    progress(0, 1)
    resolution = _resolution_of(pages[0])
    with drawing_settings():
        figure = figure_of(pages[0], palette, boxes=True)
        figure.savefig(path, format="png", dpi=resolution, metadata={"Title": title, "Software": "Roadbook"})
    progress(1, 1)


_PAINTERS: Final = {".pdf": _paint_pdf, ".svg": _paint_svg, ".png": _paint_png}


def _resolution_of(scene: Scene) -> float:
    """Return pixels an inch: fine, as long as the picture stays one that can be opened; else "picture-too-tall"."""
    width, height = scene.width / 72, scene.height / 72
    least = _LEAST_PIXELS_ACROSS / width
    if least**2 * width * height > _MOST_PIXELS or least * height > _TALLEST:
        raise UserError("picture-too-tall")
    good = math.sqrt(_GOOD_PIXELS / (width * height))
    return max(least, min(_PIXELS_PER_INCH, good, _TALLEST / height))


def _verify(written_path: Path, target: Path, pages: int) -> None:
    """Read back what was written; UserError "written-differs" when it is not the whole picture."""
    content = written_path.read_bytes()
    suffix = target.suffix.lower()
    if suffix == ".png":
        width = int.from_bytes(content[16:20], "big")
        sound = content.startswith(b"\x89PNG\r\n\x1a\n") and content[-8:-4] == b"IEND" and width >= _LEAST_PIXELS_ACROSS
    elif suffix == ".pdf":
        written = len(re.findall(rb"/Type /Page\b(?!s)", content))
        sound = content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF") and written == pages
    else:
        sound = _is_well_formed(content)
    if not sound:
        raise UserError("written-differs", path=str(target))


def _is_well_formed(content: bytes) -> bool:
    from xml.parsers import expat  # noqa: PLC0415  only for a picture; our own output, not a stranger's

    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError:
        return False
    return True
