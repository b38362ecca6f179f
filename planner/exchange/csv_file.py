"""The initiatives with their dates as a CSV file: one row each, in the order of the plan, for spreadsheets and scripts.

UTF-8 with a byte order mark (without it Excel takes accents for Latin-1), commas, quotes where needed, CRLF, headers in
the language asked for, ISO dates, numbers with a point. A spreadsheet runs a cell that begins like a formula, whoever
wrote it: as OWASP advises ("CSV Injection"), text beginning with =, +, -, @, tab, carriage return or a full-width twin
of one of these gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from planner.analysis.schedule import Schedule, schedule
from planner.charts.rows import Work
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative
from planner.language import N_, Language
from planner.progress import Progress, ignore_progress
from planner.safe_file import write_safely
from planner.words import STATUS_WORDS

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_ROWS_BETWEEN_PROGRESS: Final = 200

_HEADERS: Final = (
    N_("Id"), N_("Level"), N_("Initiative"), N_("Part of"), N_("Status"), N_("Owner"), N_("Start"), N_("Finish"),
    N_("Duration (working days)"), N_("Latest start"), N_("Latest finish"), N_("Slack (working days)"), N_("Critical"),
    N_("Progress"), N_("Deadline"), N_("Teams"), N_("Effort (person-days)"), N_("Cost"), N_("Wave"), N_("Tags"),
    N_("Hypothesis"),
)  # fmt: skip


def write_csv(engagement: Engagement, path: Path, *, language: Language, progress: Progress = ignore_progress) -> None:
    """Write every initiative with its scheduled dates to `path`, safely.

    Raises UserError "link-circle" where the plan cannot be scheduled, "cannot-write" when the system refuses.
    """
    content = encode(engagement, language=language, progress=progress)
    write_safely(path, lambda temporary: _write(temporary, content))


def encode(engagement: Engagement, *, language: Language, progress: Progress = ignore_progress) -> bytes:
    """Return the CSV text, encoded."""
    scheduled, work = schedule(engagement), Work(engagement)
    rows = engagement.outline()
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([language.gettext(header) for header in _HEADERS])
    for number, (initiative, depth) in enumerate(rows):
        if not number % _ROWS_BETWEEN_PROGRESS:
            progress(number, len(rows))
        writer.writerow(list(_cells(engagement, scheduled, work, initiative, depth, language)))
    progress(len(rows), len(rows))
    return text.getvalue().encode("utf-8-sig")


def defuse(text: str) -> str:
    """Return user text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _write(temporary: Path, content: bytes) -> None:
    temporary.write_bytes(content)


def _cells(
    engagement: Engagement, scheduled: Schedule, work: Work, initiative: Initiative, depth: int, language: Language
) -> Iterator[str]:
    dates = scheduled.dates[initiative.id]
    parent = engagement.initiatives.get(initiative.parent_id or "")
    wave = engagement.waves.get(initiative.wave_id or "")
    estimates = engagement.referring("estimates", "initiative_id").get(initiative.id, ())
    teams = dict.fromkeys(engagement.teams[estimate.team_id].name for estimate in estimates)
    yield defuse(initiative.id)
    yield str(depth + 1)
    yield defuse(initiative.name)
    yield defuse(parent.name if parent else "")
    yield language.gettext(STATUS_WORDS[initiative.status])
    yield defuse(initiative.owner)
    yield _day(dates.early_start)
    yield _day(dates.early_finish)
    yield "" if dates.summary else _number(initiative.duration_days)
    yield _day(dates.late_start)
    yield _day(dates.late_finish)
    yield _number(dates.total_slack_days)
    yield language.gettext(N_("yes")) if dates.critical else language.gettext(N_("no"))
    yield _number(work.progress(initiative.id) if dates.summary else initiative.progress)
    yield _day(initiative.deadline)
    yield defuse(", ".join(teams))
    yield _number(sum(estimate.effort for estimate in estimates)) if estimates else ""
    yield _number(initiative.cost)
    yield defuse(wave.name if wave else "")
    yield defuse(", ".join(initiative.tags))
    yield defuse(initiative.hypothesis)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:.10g}"
