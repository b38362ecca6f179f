"""What a Microsoft Project XML file says beyond what is taken from it: every field, by the record it stands in.

Three kinds of field need no word: those that are read, those that only keep house, and values that say no more than
that nothing else was chosen. What follows from the rest is named as computed anew; anything else is not carried over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from planner.exchange.msproject.element import Reader

SKIPPED: Final = frozenset({"TimephasedData", "Project"})
"""What stands within records and is not even looked into: work day by day, and projects inserted as a whole."""


def _fields(names: str) -> frozenset[str]:
    return frozenset(names.split())


_READ: Final[Mapping[str, frozenset[str]]] = {
    "Task": _fields(
        "UID ID GUID Name OutlineNumber OutlineLevel IsNull Active Manual Milestone ExternalTask IsSubproject "
        "SubprojectName ExternalTaskProject Start Finish EarlyStart EarlyFinish Duration DurationFormat ActualDuration "
        "ConstraintType ConstraintDate Deadline CalendarUID IgnoreResourceCalendar PercentComplete ActualStart "
        "ActualFinish Cost FixedCost Notes Contact PredecessorLink Baseline ManualStart ManualFinish ManualDuration "
        "Resume"
    ),
    "Task/Baseline": frozenset({"Number", "Start", "Finish", "Duration", "Work"}),
    "Resource": frozenset({"UID", "ID", "GUID", "Name", "Type", "MaxUnits", "CalendarUID", "IsNull", "Notes"}),
    "Assignment": frozenset({"UID", "GUID", "TaskUID", "ResourceUID", "Work"}),
    "Calendar": frozenset(
        {"UID", "GUID", "Name", "IsBaseCalendar", "BaseCalendarUID", "WeekDays", "Exceptions", "WorkWeeks"}
    ),
    "ExtendedAttribute": frozenset(),
    "Project": _fields(
        "GUID Name CreationDate LastSaved ScheduleFromStart StartDate CalendarUID MinutesPerDay StatusDate "
        "CurrencyCode CurrencySymbol Calendars Tasks Resources Assignments ExtendedAttributes"
    ),
}

_COMPUTED: Final[Mapping[str, frozenset[str]]] = {
    "Task": _fields(
        "LateStart LateFinish FreeSlack TotalSlack StartSlack FinishSlack Critical Summary DisplayAsSummary Work "
        "RegularWork RemainingWork ActualWork PercentWorkComplete RemainingDuration RemainingCost StartVariance "
        "FinishVariance WorkVariance CostVariance ACWP BCWS BCWP CV SV Stop OverAllocated WBS WBSLevel "
        "ActualWorkProtected ActualOvertimeWorkProtected"
    ),
    "Resource": _fields(
        "PeakUnits OverAllocated Work RegularWork ActualWork RemainingWork PercentWorkComplete Cost RemainingCost "
        "WorkVariance CostVariance SV CV ACWP BCWS BCWP Start Finish ActualWorkProtected ActualOvertimeWorkProtected"
    ),
    "Assignment": _fields(
        "RegularWork ActualWork RemainingWork PercentWorkComplete Cost RemainingCost WorkVariance CostVariance "
        "StartVariance FinishVariance SV CV VAC ACWP BCWS BCWP Overallocated Milestone Summary Stop Resume Start Finish "
        "ActualStart ActualFinish Units PeakUnits ActualWorkProtected ActualOvertimeWorkProtected"
    ),
    "Project": frozenset({"FinishDate"}),
}

_SAYS_NOTHING: Final = frozenset({"", "0", "-1", "0.0", "0.00", "PT0H0M0S", "NA", "false"})
_ANY_FORMAT: Final = frozenset(map(str, range(100)))
_ACCRUALS: Final = frozenset({"1", "2", "3"})
_USUAL: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("Task", "Priority"): frozenset({"500"}),
    ("Task", "Type"): frozenset({"1"}),
    ("Task", "FixedCostAccrual"): _ACCRUALS,
    ("Task", "LevelAssignments"): frozenset({"1"}),
    ("Task", "LevelingCanSplit"): frozenset({"1"}),
    ("Task", "LevelingDelayFormat"): _ANY_FORMAT,
    ("Task", "FreeformDurationFormat"): _ANY_FORMAT,
    ("Task", "IsPublished"): frozenset({"1"}),
    ("Task", "EffortDriven"): frozenset({"1"}),
    ("Task", "ResumeValid"): frozenset({"1"}),
    ("Task/Baseline", "DurationFormat"): _ANY_FORMAT,
    ("Resource", "CanLevel"): frozenset({"1"}),
    ("Resource", "AccrueAt"): _ACCRUALS,
    ("Resource", "StandardRateFormat"): _ANY_FORMAT,
    ("Resource", "OvertimeRateFormat"): _ANY_FORMAT,
    ("Resource", "WorkGroup"): _ACCRUALS,
    ("Assignment", "RateScale"): _ANY_FORMAT,
    ("Assignment", "HasFixedRateUnits"): frozenset({"1"}),
    ("Assignment", "LevelingDelayFormat"): _ANY_FORMAT,
    ("Project", "SplitsInProgressTasks"): frozenset({"1"}),
    ("Project", "FYStartDate"): frozenset({"1"}),
}
"""Values that say no more than that nothing else was chosen."""

_HOUSEKEEPING: Final[Mapping[str, frozenset[str]]] = {
    "Task": frozenset({"CreateDate"}),
    "Resource": frozenset({"IsGeneric", "CreationDate", "AssnOwnerGuid", "AssnOwner", "ActiveDirectoryGUID"}),
    "Assignment": frozenset({"CreationDate", "AssnOwnerGuid", "AssnOwner"}),
    "Project": _fields(
        "SaveVersion BuildNumber UID Revision CurrentDate ExtendedCreationDate CurrencyDigits CurrencySymbolPosition "
        "DefaultStartTime DefaultFinishTime MinutesPerWeek DaysPerMonth DefaultTaskType DefaultFixedCostAccrual "
        "DurationFormat WorkFormat EditableActualCosts InsertedProjectsLikeSummary NewTasksEffortDriven "
        "NewTasksEstimated SpreadActualCost SpreadPercentComplete TaskUpdatesResource FiscalYearStart WeekStartDay "
        "HonorConstraints AutoAddNewResourcesAndTasks MicrosoftProjectServerURL Autolink NewTaskStartDate "
        "NewTasksAreManual DefaultTaskEVMethod ProjectExternallyEdited ActualsInSync RemoveFileProperties "
        "UpdateManuallyScheduledTasksWhenEditingLinks KeepTaskOnNearestWorkingTimeWhenMadeAutoScheduled"
    ),
}
"""How the file was made and how Project shows it, or what it gives to tasks that are yet to come."""


@dataclass(slots=True)
class FieldAccount:
    """The fields of a file: `beyond` those not carried over, with who says them; `computed` those that follow.

    Who says a field is a name; of an assignment it is the UID of its task.
    """

    beyond: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    computed: set[tuple[str, str]] = field(default_factory=set)

    def note(self, kind: str, reader: Reader) -> None:
        """Take the fields of one record into account; one of a kind nothing is known of says nothing."""
        if kind not in _READ:
            return
        named = ("TaskUID",) if kind == "Assignment" else ("Name", "Alias", "FieldName", "UID", "FieldID")
        name = next(filter(None, map(reader.text, named)), "")
        for told in self._untold(kind, reader):
            self.beyond.setdefault((kind, told), []).append(name)

    def _untold(self, kind: str, reader: Reader) -> Iterator[str]:
        usual = _READ[kind] | _HOUSEKEEPING.get(kind, frozenset())
        computed = _COMPUTED.get(kind, frozenset())
        found = dict.fromkeys(self._of_single_records(kind, reader))
        for child in reader.node.children:
            text = child.text.strip()
            if child.name in usual or text in _USUAL.get((kind, child.name), ()):
                continue
            if child.name not in SKIPPED and not child.children and text in _SAYS_NOTHING:
                continue
            if child.name in computed:
                self.computed.add((kind, child.name))
            else:
                found[child.name] = None
        yield from found

    def _of_single_records(self, kind: str, reader: Reader) -> Iterator[str]:
        """Yield fields that are read, or follow from others, but not as this record has them."""
        if kind == "Task":
            if reader.flag("Milestone") and (reader.minutes("Duration") or 0) > 0:
                yield "Milestone"
            if reader.text("WBS") not in ("", reader.text("OutlineNumber")):
                yield "WBS"
            done, worked = reader.number("PercentComplete"), reader.number("PercentWorkComplete")
            if worked is not None and abs(worked - (done or 0)) > 1 and (reader.minutes("Work") or 0) > 0:
                yield "PercentWorkComplete"
            for baseline in reader.each("Baseline"):
                yield from (f"Baseline/{name}" for name in self._untold("Task/Baseline", baseline))
        elif kind == "Assignment" and reader.uid("ResourceUID") in ("", "-65535") and (reader.minutes("Work") or 0) > 0:
            yield "Work"

    def note_project(self, header: Reader, *, taken: AbstractSet[str]) -> list[str]:
        """Return the fields of the project itself that are not carried over, all but those `taken` after all."""
        own = FieldAccount()
        own.note("Project", header)
        self.computed |= own.computed
        return sorted({name for _kind, name in own.beyond} - taken)
