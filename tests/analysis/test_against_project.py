"""Early and late dates, slack and critical flags, held against Microsoft Project's own figures in its files."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from planner.analysis.calendar import WorkCalendar, calendar_of
from planner.analysis.schedule import schedule
from planner.domain.changes import Label
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, LinkType
from planner.domain.kinds import Entity
from planner.exchange.import_report import changes_of
from planner.exchange.sources import read_sources
from planner.language import Language
from tests import builders

_NAMESPACE = "{http://schemas.microsoft.com/project}"
_LINK_TYPES = {"0": "FF", "1": "FS", "2": "SF", "3": "SS"}
_SLACK_A_DAY = 4_800  # tenths of a minute


def text(element: ET.Element, name: str) -> str:
    return element.findtext(_NAMESPACE + name) or ""


def tasks_in(path: Path) -> tuple[date, list[ET.Element]]:
    root = ET.parse(path).getroot()  # noqa: S314  a file of ours to test with, not one from a stranger
    tasks = [task for task in root.iter(_NAMESPACE + "Task") if text(task, "OutlineNumber") != "0"]
    return datetime.fromisoformat(text(root, "StartDate")).date(), tasks


def day_of_start(stamp: str) -> date:
    return datetime.fromisoformat(stamp).date()


def day_of_finish(stamp: str, calendar: WorkCalendar) -> date:
    """Return the last working day: Project may call the end of a day the morning of the next."""
    moment = datetime.fromisoformat(stamp)
    return calendar.last_working(moment.date() - timedelta(days=1)) if moment.hour == 8 else moment.date()


def dates_of_work(task: ET.Element, calendar: WorkCalendar) -> tuple[date, date, date, date]:
    """Return Project's early start and finish, late start and finish."""
    return (
        day_of_start(text(task, "EarlyStart")),
        day_of_finish(text(task, "EarlyFinish"), calendar),
        day_of_start(text(task, "LateStart")),
        day_of_finish(text(task, "LateFinish"), calendar),
    )


def dates_of_milestone(task: ET.Element, calendar: WorkCalendar) -> tuple[date, date, date, date]:
    """Return the same of one instant: the latest it may be, the morning of a day, is the evening of the one before."""
    early, late = day_of_start(text(task, "EarlyStart")), day_of_finish(text(task, "LateFinish"), calendar)
    return early, early, late, late


def engagement_of(path: Path) -> Engagement:
    first_day, tasks = tasks_in(path)
    calendar = calendar_of(builders.engagement(), None)
    entities: list[Entity] = [builders.settings(plan_start=first_day)]
    outline = {text(task, "OutlineNumber"): text(task, "UID") for task in tasks}
    for position, task in enumerate(tasks):
        above = text(task, "OutlineNumber").rpartition(".")[0]
        constrained = text(task, "ConstraintType") == "4"
        # The span between the dates, not the duration: assignments may stretch or split the work.
        start, finish = text(task, "EarlyStart"), text(task, "EarlyFinish")
        days = 0 if start == finish else calendar.count(day_of_start(start), day_of_finish(finish, calendar))
        entities.append(
            builders.initiative(
                id=text(task, "UID"),
                name=text(task, "Name"),
                parent_id=outline.get(above),
                position=position,
                duration_days=float(days),
                constraint=ConstraintKind.START_NO_EARLIER_THAN if constrained else ConstraintKind.AS_SOON_AS_POSSIBLE,
                constraint_date=day_of_start(text(task, "ConstraintDate")) if constrained else None,
            )
        )
        for link in task.iter(_NAMESPACE + "PredecessorLink"):
            entities.append(  # noqa: PERF401  one loop reads a task whole
                builders.link(
                    text(link, "PredecessorUID"),
                    text(task, "UID"),
                    type=LinkType(_LINK_TYPES[text(link, "Type")]),
                    lag_days=int(text(link, "LinkLag")) / _SLACK_A_DAY,
                )
            )
    return Engagement.of(entities)


@pytest.mark.parametrize("name", ["task-links-project2003-mspdi.xml", "sample.xml"])
def test_dates_and_slack_are_those_of_microsoft_project(shared_data: Path, name: str) -> None:
    path = shared_data / "mspdi" / name
    calendar = calendar_of(builders.engagement(), None)
    dates = schedule(engagement_of(path)).dates
    compared = 0
    for task in tasks_in(path)[1]:
        ours = dates[text(task, "UID")]
        theirs = (
            *(dates_of_milestone(task, calendar) if ours.milestone else dates_of_work(task, calendar)),
            int(text(task, "TotalSlack")) / _SLACK_A_DAY,
            text(task, "Critical") == "1",
        )
        found = (
            ours.early_start,
            ours.early_finish,
            ours.late_start,
            ours.late_finish,
            ours.total_slack_days,
            ours.critical,
        )
        assert found == theirs, text(task, "Name")
        if not ours.summary:
            assert ours.free_slack_days == int(text(task, "FreeSlack")) / _SLACK_A_DAY, text(task, "Name")
        compared += 1
    assert compared >= 16


@pytest.mark.parametrize(
    ("name", "least"),
    [("task-links-project2003-mspdi.xml", 16), ("sample.xml", 18), ("task-links-project2019-mspdi.xml", 0)],
)
def test_imported_plans_have_the_dates_and_slack_of_microsoft_project(shared_data: Path, name: str, least: int) -> None:
    path = shared_data / "mspdi" / name
    before = builders.engagement()
    reading = read_sources([path], before, kind=None, language=Language("en"), today=builders.MONDAY)
    after = before.apply(changes_of(before, reading, Label("import-files", {"names": name})))
    dates = schedule(after).dates
    calendar = calendar_of(after, None)
    ids = {item.source_id: item.entity_id for item in reading.report.items if item.kind == "initiatives"}
    compared = 0
    for task in tasks_in(path)[1]:
        if text(task, "Manual") == "1":
            continue
        ours = dates[ids[text(task, "UID")]]
        assert (
            ours.early_start,
            ours.early_finish,
            ours.late_start,
            ours.late_finish,
            ours.total_slack_days,
            ours.critical,
        ) == (
            *(dates_of_milestone(task, calendar) if ours.milestone else dates_of_work(task, calendar)),
            int(text(task, "TotalSlack")) / _SLACK_A_DAY,
            text(task, "Critical") == "1",
        ), text(task, "Name")
        if not ours.summary:
            assert ours.free_slack_days == int(text(task, "FreeSlack")) / _SLACK_A_DAY, text(task, "Name")
        compared += 1
    assert compared >= least
    assert len(ids) == len(tasks_in(path)[1])
