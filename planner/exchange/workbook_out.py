"""The Excel plan: the whole engagement as a workbook a client can filter, edit, print and send on.

A summary, the table of initiatives, a Gantt chart drawn from its dates, teams, practices, the maturity heatmap, and a
very hidden sheet for reading it back. User text is only ever written as text; every formula carries its value, so that
viewers that do not calculate show the same. `fill_workbook` does the writing and takes the workbook as a parameter.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from planner.analysis.schedule import schedule
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError
from planner.exchange.workbook.canvas import Export, Steps, Styles, midnight
from planner.exchange.workbook.gantt_sheet import Period, write_gantt_sheet
from planner.exchange.workbook.heatmap_sheet import write_heatmap_sheet
from planner.exchange.workbook.plan_sheet import plan_rows, write_plan_sheet
from planner.exchange.workbook.reference_sheets import list_practices, list_teams, write_listing
from planner.exchange.workbook.summary_sheet import write_summary_sheet
from planner.exchange.workbook.version_sheet import NAME as VERSION_SHEET
from planner.exchange.workbook.version_sheet import write_version_sheet
from planner.language import N_, Language
from planner.progress import Progress, ignore_progress
from planner.safe_file import write_safely

_SUMMARY: Final = N_("Summary")
_PLAN: Final = N_("Plan")
_GANTT: Final = N_("Gantt chart")
_TEAMS: Final = N_("Teams")
_PRACTICES: Final = N_("Practices")
_MATURITY: Final = N_("Maturity")

_PURPOSES: Final = {
    _PLAN: N_("Every initiative with its dates, slack, effort and cost: filter, fold, edit."),
    _GANTT: N_("The same plan as bars, drawn from the dates of the table."),
    _TEAMS: N_("Who can absorb how much change."),
    _PRACTICES: N_("What good looks like, and what builds on what."),
    _MATURITY: N_("Where each team stands, with roll-ups named."),
}

_OTHER_ROWS: Final = 100
_WORKBOOK_PART: Final = "xl/workbook.xml"
_SHEET_TAG: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookOptions:
    """What a person chooses about the workbook: the `period` of a Gantt column, None to fit the plan's length."""

    period: Period | None = None


def write_workbook(
    engagement: Engagement,
    path: Path,
    *,
    language: Language,
    today: date,
    options: WorkbookOptions | None = None,
    progress: Progress = ignore_progress,
) -> None:
    """Write the Excel plan of `engagement` to `path`, safely.

    Raises UserError "link-circle" where the plan cannot be scheduled, "cannot-write" when the system refuses, and
    Cancelled when `progress` says so.
    """
    # Each initiative is worked out, put on two sheets, and then written on three, the very hidden one included.
    steps = Steps(progress, total=6 * len(engagement.initiatives) + _OTHER_ROWS)
    export = Export(engagement=engagement, language=language, today=today, steps=steps)

    def write(temporary: Path) -> None:
        from planner.exchange.workbook.book import PlainWorkbook  # noqa: PLC0415  loads XlsxWriter

        workbook = PlainWorkbook(temporary)
        fill_workbook(workbook, export, options or WorkbookOptions())
        workbook.finish(export.steps)

    write_safely(path, write, verify=verify_workbook)
    progress(1, 1)


def fill_workbook(workbook: Any, export: Export, options: WorkbookOptions) -> None:
    """Write every sheet into `workbook`, an XlsxWriter one or one that takes the same calls."""
    words, engagement = export.language, export.engagement
    settings = engagement.setting
    workbook.set_properties(
        {
            "title": settings.name,
            "subject": words.gettext(N_("Transformation plan")),
            "company": settings.client,
            "category": words.gettext(N_("Plan")),
            "comments": words.gettext(N_("Written by Roadbook")),
            "created": midnight(export.today),
        }
    )
    styles = Styles(workbook)
    rows = plan_rows(export, dict(schedule(engagement).dates))
    listings = {_TEAMS: list_teams(export), _PRACTICES: list_practices(export)}
    names = {message: words.gettext(message) for message in (_SUMMARY, *_PURPOSES)}
    sheets = {message: workbook.add_worksheet(name) for message, name in names.items()}
    purposes = [(names[message], words.gettext(purpose)) for message, purpose in _PURPOSES.items()]
    write_summary_sheet(sheets[_SUMMARY], styles, export, rows, purposes)
    write_plan_sheet(sheets[_PLAN], styles, export, rows)
    write_gantt_sheet(sheets[_GANTT], styles, export, rows, plan_name=names[_PLAN], period=options.period)
    for message, listing in listings.items():
        write_listing(sheets[message], styles, export, listing)
    write_heatmap_sheet(sheets[_MATURITY], styles, export)
    digests = [("initiatives", row.initiative.id, row.digest) for row in rows]
    for listing in listings.values():
        digests += listing.digests()
    write_version_sheet(workbook.add_worksheet(VERSION_SHEET), export, digests)
    sheets[_SUMMARY].activate()


def verify_workbook(path: Path) -> None:
    """Check that a written workbook is whole: every part readable, every sheet there; BugError when it is not."""
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
        if damaged is not None:
            raise BugError(f"the workbook's part {damaged} is damaged")
        parts = set(archive.namelist())
        listed = ElementTree.fromstring(archive.read(_WORKBOOK_PART)).iter(_SHEET_TAG)  # noqa: S314  our own
        missing = [
            sheet.get("name")
            for number, sheet in enumerate(listed, start=1)
            if f"xl/worksheets/sheet{number}.xml" not in parts
        ]
    if missing:
        raise BugError(f"the workbook lacks the sheets {missing}")
