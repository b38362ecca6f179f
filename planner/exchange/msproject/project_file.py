"""What a Microsoft Project XML file (MSPDI) says, as typed records: nothing is interpreted yet, nothing left unnoticed.

Names of elements are those of the format. Stamps have no time zone, spans of time are minutes, costs are in the
currency's units. What a record holds beyond what is read of it is kept by name, for the import's account of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from planner.domain.errors import UserError
from planner.exchange.msproject.element import Reader
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
    skip=frozenset({"TimephasedData", "Project"}),
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
    is_summary: bool
    is_milestone: bool
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
    """A whole file; `beyond` counts by record and field what more is said and how often, with some who say it."""

    path: Path
    header: Reader
    calendars: list[Reader] = field(default_factory=list)
    tasks: list[SourceTask] = field(default_factory=list)
    resources: list[SourceResource] = field(default_factory=list)
    assignments: list[SourceAssignment] = field(default_factory=list)
    beyond: dict[tuple[str, str], list[str]] = field(default_factory=dict)


_READ: Final[Mapping[str, frozenset[str]]] = {
    "Task": frozenset(
        [
            "UID",
            "ID",
            "GUID",
            "Name",
            "OutlineNumber",
            "OutlineLevel",
            "IsNull",
            "Active",
            "Manual",
            "Summary",
            "Milestone",
            "ExternalTask",
            "IsSubproject",
            "SubprojectName",
            "ExternalTaskProject",
            "Start",
            "Finish",
            "EarlyStart",
            "EarlyFinish",
            "Duration",
            "DurationFormat",
            "ConstraintType",
            "ConstraintDate",
            "Deadline",
            "CalendarUID",
            "IgnoreResourceCalendar",
            "PercentComplete",
            "ActualStart",
            "ActualFinish",
            "Cost",
            "FixedCost",
            "Notes",
            "Contact",
            "PredecessorLink",
            "Baseline",
            "Type",
            "Estimated",
            "Recurring",
            "ManualStart",
            "ManualFinish",
            "ManualDuration",
            "FreeformDurationFormat",
            "DisplayAsSummary",
        ]
    ),
    "Resource": frozenset(
        ["UID", "ID", "GUID", "Name", "Type", "MaxUnits", "CalendarUID", "IsNull", "Notes", "Initials"]
    ),
    "Assignment": frozenset(["UID", "GUID", "TaskUID", "ResourceUID", "Work", "Start", "Finish", "Units"]),
}
COMPUTED: Final[Mapping[str, frozenset[str]]] = {
    "Task": frozenset(
        [
            "LateStart",
            "LateFinish",
            "FreeSlack",
            "TotalSlack",
            "StartSlack",
            "FinishSlack",
            "Critical",
            "Work",
            "RegularWork",
            "RemainingWork",
            "ActualWork",
            "ActualDuration",
            "RemainingDuration",
            "StartVariance",
            "FinishVariance",
            "WorkVariance",
            "CostVariance",
            "ACWP",
            "BCWS",
            "BCWP",
            "CV",
            "SV",
            "PercentWorkComplete",
            "ActualCost",
            "RemainingCost",
            "WBS",
            "Stop",
            "Resume",
            "OverAllocated",
            "Summary",
            "ActualWorkProtected",
            "ActualOvertimeWorkProtected",
        ]
    ),
    "Resource": frozenset(
        [
            "PeakUnits",
            "OverAllocated",
            "Work",
            "RegularWork",
            "ActualWork",
            "RemainingWork",
            "PercentWorkComplete",
            "Cost",
            "ActualCost",
            "RemainingCost",
            "WorkVariance",
            "CostVariance",
            "SV",
            "CV",
            "ACWP",
            "BCWS",
            "BCWP",
            "Start",
            "Finish",
            "ActualWorkProtected",
            "ActualOvertimeWorkProtected",
        ]
    ),
    "Assignment": frozenset(
        [
            "RegularWork",
            "ActualWork",
            "RemainingWork",
            "PercentWorkComplete",
            "Cost",
            "ActualCost",
            "RemainingCost",
            "WorkVariance",
            "CostVariance",
            "StartVariance",
            "FinishVariance",
            "SV",
            "CV",
            "VAC",
            "ACWP",
            "BCWS",
            "BCWP",
            "Overallocated",
            "Milestone",
            "Summary",
            "Stop",
            "Resume",
            "ActualStart",
            "ActualFinish",
            "PeakUnits",
            "ActualWorkProtected",
            "ActualOvertimeWorkProtected",
        ]
    ),
}
"""What Project computes and Roadbook computes anew."""

_SAYS_NOTHING: Final = frozenset({"", "0", "-1", "0.0", "0.00", "PT0H0M0S", "NA", "false"})
_USUAL: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("Task", "Priority"): frozenset({"500"}),
    ("Task", "FixedCostAccrual"): frozenset({"1", "2", "3"}),
    ("Task", "LevelAssignments"): frozenset({"1"}),
    ("Task", "LevelingCanSplit"): frozenset({"1"}),
    ("Task", "LevelingDelayFormat"): frozenset(map(str, range(100))),
    ("Task", "IsPublished"): frozenset({"1"}),
    ("Task", "CreateDate"): frozenset(),
    ("Task", "EffortDriven"): frozenset({"1"}),
    ("Task", "ResumeValid"): frozenset({"1"}),
    ("Resource", "CanLevel"): frozenset({"1"}),
    ("Resource", "AccrueAt"): frozenset({"1", "2", "3"}),
    ("Resource", "StandardRateFormat"): frozenset(map(str, range(10))),
    ("Resource", "OvertimeRateFormat"): frozenset(map(str, range(10))),
    ("Resource", "WorkGroup"): frozenset({"1", "2", "3"}),
    ("Assignment", "RateScale"): frozenset(map(str, range(10))),
    ("Assignment", "HasFixedRateUnits"): frozenset({"1"}),
    ("Assignment", "LevelingDelayFormat"): frozenset(map(str, range(100))),
}
"""Values that say no more than that nothing else was chosen."""

_HOUSEKEEPING: Final = frozenset(
    {"CreateDate", "IsGeneric", "CreationDate", "AssnOwnerGuid", "AssnOwner", "ActiveDirectoryGUID"}
)


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
        _note_beyond(found, kind, reader)

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


def _note_beyond(found: ProjectFile, kind: str, reader: Reader) -> None:
    read = _READ.get(kind, frozenset()) | COMPUTED.get(kind, frozenset()) | _HOUSEKEEPING
    if kind not in _READ:
        return
    name = reader.text("Name") or reader.uid()
    for child in reader.node.children:
        text = child.text.strip()
        if child.name in read or (not child.children and text in _SAYS_NOTHING):
            continue
        if text in _USUAL.get((kind, child.name), ()):
            continue
        found.beyond.setdefault((kind, child.name), []).append(name)


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
        is_summary=reader.flag("Summary"),
        is_milestone=reader.flag("Milestone"),
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
