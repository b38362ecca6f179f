"""What a Microsoft Project XML file (MSPDI) says, as typed records: nothing is interpreted yet, nothing left unnoticed.

Names of elements are those of the format. Stamps have no time zone, spans of time are minutes, costs are in the
currency's units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from planner.domain.errors import UserError
from planner.exchange.msproject.element import Reader
from planner.exchange.msproject.field_account import SKIPPED, FieldAccount
from planner.exchange.msproject.xml_source import Node, Shape, read_records
from planner.progress import Progress, ignore_progress

NOTHING_UID: Final = "-65535"
"""The resource of an assignment that has none."""

ELAPSED_FORMATS: Final = frozenset({4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52})
PERCENT_FORMATS: Final = frozenset({19, 20, 51, 52})

_SHAPE: Final = Shape(
    root="Project",
    records=frozenset(
        {
            ("Calendars", "Calendar"),
            ("Tasks", "Task"),
            ("Resources", "Resource"),
            ("Assignments", "Assignment"),
            ("ExtendedAttributes", "ExtendedAttribute"),
        }
    ),
    skip=SKIPPED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """What a task waits for; `lag` in tenths of a minute, or in percent by `lag_format`."""

    line: int
    predecessor_uid: str
    type: int
    lag: float
    lag_format: int
    cross_project: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBaseline:
    """The plan of one task as it was kept under a number from 0 to 10; work in minutes."""

    number: int
    start: datetime | None
    finish: datetime | None
    minutes: float | None
    work: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTask:
    """A row of the plan. `level` is 0 for the one that stands for the whole project; `percent` is how much is done."""

    line: int
    uid: str
    id: int | None
    guid: str
    name: str
    level: int
    is_blank: bool
    is_active: bool
    is_manual: bool
    is_external: bool
    subproject: str
    external_project: str
    start: datetime | None
    finish: datetime | None
    early_start: datetime | None
    early_finish: datetime | None
    minutes: float | None
    duration_format: int
    constraint: int
    constraint_date: datetime | None
    deadline: datetime | None
    calendar_uid: str
    ignores_resource_calendars: bool
    percent: float
    resume: datetime | None
    actual_start: datetime | None
    actual_finish: datetime | None
    cost: float | None
    fixed_cost: float | None
    notes: str
    contact: str
    links: tuple[SourceLink, ...]
    baselines: tuple[SourceBaseline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResource:
    """Who works: `kind` 1 for people, 0 for material, 2 for cost; `units` 1 for one person."""

    line: int
    uid: str
    guid: str
    name: str
    kind: int
    units: float
    calendar_uid: str
    is_blank: bool
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAssignment:
    """The work, in minutes, of one resource on one task."""

    line: int
    uid: str
    guid: str
    task_uid: str
    resource_uid: str
    work: float


@dataclass(slots=True)
class ProjectFile:
    """A whole file; `account` knows of what more is said in it."""

    path: Path
    header: Reader
    calendars: list[Reader] = field(default_factory=list)
    tasks: list[SourceTask] = field(default_factory=list)
    resources: list[SourceResource] = field(default_factory=list)
    assignments: list[SourceAssignment] = field(default_factory=list)
    account: FieldAccount = field(default_factory=FieldAccount)


def read_project(path: Path, progress: Progress = ignore_progress) -> ProjectFile:
    """Return what a file says.

    Raises UserError "mspdi-value" (path, line, field, value), "mspdi-double" (path, line, field, uid), "mspdi-no-uid"
    (path, line, field) and what `planner.exchange.msproject.xml_source` says.
    """
    found = ProjectFile(path=path, header=Reader(path, Node("Project", 1)))
    seen: dict[str, set[str]] = {}

    def take(below: tuple[str, ...], node: Node) -> None:
        if len(below) == 1:
            found.header.node.children.append(node)
            return
        reader = Reader(path, node)
        kind = below[-1]
        if kind in ("Calendar", "Task", "Resource"):
            _identify(reader, kind, path, seen.setdefault(kind, set()))
        if kind == "Calendar":
            found.calendars.append(reader)
        elif kind == "Task":
            found.tasks.append(_task(reader))
        elif kind == "Resource":
            found.resources.append(_resource(reader))
        elif kind == "Assignment":
            found.assignments.append(_assignment(reader))
        found.account.note(kind, reader)

    read_records(path, _SHAPE, take, progress)
    found.header = Reader(path, found.header.node)
    if any(task.id is not None for task in found.tasks) and len({task.id for task in found.tasks}) == len(found.tasks):
        found.tasks.sort(key=lambda task: -1 if task.id is None else task.id)
    return found


def _identify(reader: Reader, kind: str, path: Path, seen: set[str]) -> None:
    uid = reader.uid()
    if not uid:
        raise UserError("mspdi-no-uid", path=str(path), line=str(reader.line), field=kind)
    if uid in seen:
        raise UserError("mspdi-double", path=str(path), line=str(reader.line), field=kind, uid=uid)
    seen.add(uid)


def _task(reader: Reader) -> SourceTask:
    outline = reader.text("OutlineNumber")
    level = reader.whole("OutlineLevel")
    if level is None:
        level = 1 + outline.count(".") if outline not in ("", "0") else int(reader.uid() != "0")
    complete = reader.number("PercentComplete") or 0
    is_manual, said = reader.flag("Manual"), reader.minutes("Duration")
    return SourceTask(
        line=reader.line,
        uid=reader.uid(),
        id=reader.whole("ID"),
        guid=reader.text("GUID"),
        name=reader.text("Name"),
        level=max(0, level),
        is_blank=reader.flag("IsNull"),
        is_active=reader.flag("Active", default=True),
        is_manual=is_manual,
        is_external=reader.flag("ExternalTask"),
        subproject=reader.text("SubprojectName") or ("?" if reader.flag("IsSubproject") else ""),
        external_project=reader.text("ExternalTaskProject"),
        start=first_stamp(reader.stamp("Start"), reader.stamp("ManualStart") if is_manual else None),
        finish=first_stamp(reader.stamp("Finish"), reader.stamp("ManualFinish") if is_manual else None),
        early_start=reader.stamp("EarlyStart"),
        early_finish=reader.stamp("EarlyFinish"),
        minutes=said if said is not None or not is_manual else reader.minutes("ManualDuration"),
        duration_format=reader.whole("DurationFormat") or 0,
        constraint=reader.whole("ConstraintType") or 0,
        constraint_date=reader.stamp("ConstraintDate"),
        deadline=reader.stamp("Deadline"),
        calendar_uid=reader.uid("CalendarUID"),
        ignores_resource_calendars=reader.flag("IgnoreResourceCalendar"),
        percent=complete,
        resume=reader.stamp("Resume"),
        actual_start=reader.stamp("ActualStart"),
        actual_finish=reader.stamp("ActualFinish"),
        cost=_money(reader.number("Cost")),
        fixed_cost=_money(reader.number("FixedCost")),
        notes=reader.text("Notes"),
        contact=reader.text("Contact"),
        links=tuple(_link(link) for link in reader.each("PredecessorLink")),
        baselines=tuple(_baseline(baseline) for baseline in reader.each("Baseline")),
    )


def _money(hundredths: float | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def _link(reader: Reader) -> SourceLink:
    kind = reader.whole("Type")
    return SourceLink(
        line=reader.line,
        predecessor_uid=reader.uid("PredecessorUID"),
        type=1 if kind is None else kind,
        lag=reader.number("LinkLag") or 0.0,
        lag_format=reader.whole("LagFormat") or 0,
        cross_project=reader.text("CrossProjectName") or ("?" if reader.flag("CrossProject") else ""),
    )


def _baseline(reader: Reader) -> SourceBaseline:
    return SourceBaseline(
        number=reader.whole("Number") or 0,
        start=reader.stamp("Start"),
        finish=reader.stamp("Finish"),
        minutes=reader.minutes("Duration"),
        work=reader.minutes("Work") or 0.0,
    )


def _resource(reader: Reader) -> SourceResource:
    kind, units = reader.whole("Type"), reader.number("MaxUnits")
    return SourceResource(
        line=reader.line,
        uid=reader.uid(),
        guid=reader.text("GUID"),
        name=reader.text("Name"),
        kind=2 if reader.flag("IsCostResource") else 1 if kind is None else kind,
        units=1.0 if units is None else units,
        calendar_uid=reader.uid("CalendarUID"),
        is_blank=reader.flag("IsNull"),
        notes=reader.text("Notes"),
    )


def _assignment(reader: Reader) -> SourceAssignment:
    return SourceAssignment(
        line=reader.line,
        uid=reader.uid(),
        guid=reader.text("GUID"),
        task_uid=reader.uid("TaskUID"),
        resource_uid=reader.uid("ResourceUID"),
        work=reader.minutes("Work") or 0.0,
    )


def first_stamp(*stamps: datetime | None) -> datetime | None:
    """Return the first that is said."""
    return next((stamp for stamp in stamps if stamp is not None), None)


def named(names: Sequence[str], *, most: int = 3) -> tuple[str, ...]:
    """Return some of `names`, to show who is meant."""
    return tuple(names[:most])
