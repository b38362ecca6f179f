"""The plan written as Microsoft Project XML: every scheduler finds the same dates in it, and it comes back as it was."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from planner.analysis.schedule import schedule
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Estimate, LinkType, Status
from planner.domain.scenario import Baseline, BaselineEntry
from planner.exchange.demo import demo_engagement
from planner.exchange.formats import export
from planner.exchange.import_report import changes_of
from planner.language import Language
from tests import builders as a
from tests.exchange.project_xml import LABEL, NAMESPACE, Imported

ORDER = {
    "Project": (
        "SaveVersion UID Name GUID Title Subject Category Company Manager Author CreationDate Revision LastSaved "
        "ScheduleFromStart StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode "
        "CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth "
        "DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate DurationFormat WorkFormat "
        "EditableActualCosts HonorConstraints EarnedValueMethod InsertedProjectsLikeSummary MultipleCriticalPaths "
        "NewTasksEffortDriven NewTasksEstimated SplitsInProgressTasks SpreadActualCost SpreadPercentComplete "
        "TaskUpdatesResource FiscalYearStart WeekStartDay MoveCompletedEndsBack MoveRemainingStartsBack "
        "MoveRemainingStartsForward MoveCompletedEndsForward BaselineForEarnedValue AutoAddNewResourcesAndTasks StatusDate "
        "CurrentDate MicrosoftProjectServerURL Autolink NewTaskStartDate NewTasksAreManual DefaultTaskEVMethod "
        "ProjectExternallyEdited ExtendedCreationDate ActualsInSync RemoveFileProperties AdminProject OutlineCodes WBSMasks "
        "ExtendedAttributes Calendars Tasks Resources Assignments"
    ),
    "Calendar": "UID GUID Name IsBaseCalendar IsBaselineCalendar BaseCalendarUID WeekDays Exceptions WorkWeeks",
    "WeekDay": "DayType DayWorking TimePeriod WorkingTimes",
    "Exception": (
        "EnteredByOccurrences TimePeriod Occurrences Name Type Period DaysOfWeek MonthItem MonthPosition Month MonthDay "
        "DayWorking WorkingTimes"
    ),
    "Task": (
        "UID GUID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority "
        "Start Finish Duration DurationFormat Work Stop Resume ResumeValid EffortDriven Recurring OverAllocated Estimated "
        "Milestone Summary DisplayAsSummary Critical IsSubproject IsSubprojectReadOnly SubprojectName ExternalTask "
        "ExternalTaskProject EarlyStart EarlyFinish LateStart LateFinish StartVariance FinishVariance WorkVariance "
        "FreeSlack TotalSlack StartSlack FinishSlack FixedCost FixedCostAccrual PercentComplete PercentWorkComplete Cost "
        "OvertimeCost OvertimeWork ActualStart ActualFinish ActualDuration ActualCost ActualOvertimeCost ActualWork "
        "ActualOvertimeWork RegularWork RemainingDuration RemainingCost RemainingWork RemainingOvertimeCost "
        "RemainingOvertimeWork ACWP CV ConstraintType CalendarUID ConstraintDate Deadline LevelAssignments "
        "LevelingCanSplit LevelingDelay LevelingDelayFormat PreLeveledStart PreLeveledFinish Hyperlink HyperlinkAddress "
        "HyperlinkSubAddress IgnoreResourceCalendar Notes HideBar Rollup BCWS BCWP PhysicalPercentComplete "
        "EarnedValueMethod PredecessorLink ActualWorkProtected ActualOvertimeWorkProtected ExtendedAttribute Baseline"
    ),
    "PredecessorLink": "PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat",
    "Baseline": "TimephasedData Number Interim Start Finish Duration DurationFormat EstimatedDuration Work Cost",
    "Resource": (
        "UID GUID ID Name Type IsNull Initials Phonetics NTAccount MaterialLabel Code Group WorkGroup EmailAddress "
        "Hyperlink HyperlinkAddress HyperlinkSubAddress MaxUnits PeakUnits OverAllocated AvailableFrom AvailableTo Start "
        "Finish CanLevel AccrueAt Work RegularWork OvertimeWork ActualWork RemainingWork ActualOvertimeWork "
        "RemainingOvertimeWork PercentWorkComplete StandardRate StandardRateFormat Cost OvertimeRate OvertimeRateFormat "
        "OvertimeCost CostPerUse ActualCost ActualOvertimeCost RemainingCost RemainingOvertimeCost WorkVariance "
        "CostVariance SV CV ACWP CalendarUID Notes BCWS BCWP IsGeneric IsInactive IsEnterprise BookingType"
    ),
    "Assignment": (
        "UID GUID TaskUID ResourceUID PercentWorkComplete ActualCost ActualFinish ActualOvertimeCost ActualOvertimeWork "
        "ActualStart ActualWork ACWP Confirmed Cost CostRateTable CostVariance CV Delay Finish FinishVariance Hyperlink "
        "HyperlinkAddress HyperlinkSubAddress WorkVariance HasFixedRateUnits FixedMaterial LevelingDelay "
        "LevelingDelayFormat LinkedFields Milestone Notes Overallocated OvertimeCost OvertimeWork PeakUnits RateScale "
        "RegularWork RemainingCost RemainingOvertimeCost RemainingOvertimeWork RemainingWork ResponsePending Start Stop "
        "Resume StartVariance Summary SV Units UpdateNeeded VAC Work WorkContour BCWS BCWP BookingType"
    ),
}
"""The names each element may hold, in the order of the published schema (MSPDI of Project 2010 and later)."""

TODAY = date(2026, 3, 2)


def local(name: str) -> str:
    return name.removeprefix(f"{{{NAMESPACE}}}")


def written(engagement: Engagement, folder: Path) -> ET.Element:
    path = folder / "out.xml"
    export(engagement, path, language=Language("en"), today=TODAY)
    return ET.parse(path).getroot()  # noqa: S314  what we wrote ourselves


def said(task: ET.Element, name: str) -> str:
    return task.findtext(f"{{{NAMESPACE}}}{name}") or ""


def task_of(root: ET.Element, name: str) -> ET.Element:
    return next(task for task in root.iter(f"{{{NAMESPACE}}}Task") if said(task, "Name") == name)


def again(engagement: Engagement, folder: Path, before: Engagement | None = None) -> Imported:
    export(engagement, folder / "again.xml", language=Language("en"), today=TODAY)
    return Imported(folder, (folder / "again.xml").read_bytes(), before)


@pytest.mark.parametrize("which", ["demo", "sample"])
def test_every_element_stands_in_the_order_of_the_published_schema(tmp_path: Path, which: str) -> None:
    demo = demo_engagement(Language("en"), TODAY)
    root = written(demo if which == "demo" else a.engagement(*a.sample_of_every_kind()), tmp_path)
    for element in root.iter():
        order = ORDER.get(local(element.tag))
        if order is not None and len(element):
            places = [order.split().index(local(child.tag)) for child in element]
            assert places == sorted(places), element.tag


def test_the_demo_comes_back_with_the_same_dates_and_changes_nothing_where_it_came_from(tmp_path: Path) -> None:
    demo = demo_engagement(Language("en"), TODAY)
    there = again(demo, tmp_path)
    ours = {demo.initiatives[one].name: dates for one, dates in schedule(demo).dates.items()}
    theirs = {there.engagement.initiatives[one].name: dates for one, dates in there.schedule().dates.items()}
    assert ours == theirs
    assert not changes_of(demo, again(demo, tmp_path, demo).reading, LABEL)


def test_what_comes_back_changed_is_brought_up_to_date_and_keeps_what_only_the_coach_knows(tmp_path: Path) -> None:
    first = a.initiative(
        id="i", name="First", hypothesis="It helps", tags=("x",), pessimistic_days=9.0, duration_days=2
    )
    before = a.engagement(first)
    export(before, tmp_path / "out.xml", language=Language("en"), today=TODAY)
    text = (tmp_path / "out.xml").read_text(encoding="utf-8").replace("<Name>First</Name>", "<Name>Renamed</Name>")
    after = Imported(tmp_path, text, before).engagement
    assert after.initiatives == {"i": dataclasses.replace(first, name="Renamed", status=first.status)}


def test_everything_a_scheduler_needs_is_said_in_so_many_words(tmp_path: Path) -> None:
    one = a.initiative(id="1", name="One", duration_days=1.5, status=Status.PLANNED)
    two = a.initiative(
        id="2", name="Two", duration_days=0, deadline=date(2026, 3, 6), constraint=ConstraintKind.START_NO_EARLIER_THAN,
        constraint_date=date(2026, 3, 4),
    )  # fmt: skip
    link = a.link(one, two, type=LinkType.START_TO_FINISH, lag_days=-0.25)
    root = written(a.engagement(a.settings(plan_start=a.MONDAY), one, two, link), tmp_path)
    assert [said(root, name) for name in ("StartDate", "MinutesPerDay", "CalendarUID", "HonorConstraints")] == [
        "2026-03-02T08:00:00", "480", "1", "1",
    ]  # fmt: skip
    task = task_of(root, "One")
    names = ("Start", "Finish", "Duration", "Manual", "ConstraintType", "Milestone")
    assert [said(task, name) for name in names] == [
        "2026-03-02T08:00:00", "2026-03-03T12:00:00", "PT12H0M0S", "0", "0", "0",
    ]  # fmt: skip
    other = task_of(root, "Two")
    names = ("ConstraintType", "ConstraintDate", "Deadline", "Milestone", "Duration")
    assert [said(other, name) for name in names] == [
        "4", "2026-03-04T08:00:00", "2026-03-06T17:00:00", "1", "PT0H0M0S",
    ]  # fmt: skip
    (held,) = other.iter(f"{{{NAMESPACE}}}PredecessorLink")
    assert [child.text for child in held] == ["1", "2", "0", "-1200", "7"]


def test_a_negative_lag_is_held_to_the_first_day_and_comes_back_without_a_constraint(tmp_path: Path) -> None:
    one, two = a.initiative(id="1", name="One"), a.initiative(id="2", name="Two", status=Status.PLANNED)
    plan = a.engagement(one, two, a.link(one, two, lag_days=-20.0))
    task = task_of(written(plan, tmp_path), "Two")
    assert (said(task, "ConstraintType"), said(task, "ConstraintDate")) == ("4", "2026-03-02T08:00:00")
    assert again(plan, tmp_path).initiative("Two").constraint is ConstraintKind.AS_SOON_AS_POSSIBLE


def test_what_the_status_date_holds_back_is_constrained_and_comes_back_free(tmp_path: Path) -> None:
    begun = a.initiative(
        id="1", name="Begun", duration_days=4, progress=0.5, actual_start=a.MONDAY, status=Status.ACTIVE
    )
    waiting = a.initiative(id="2", name="Waiting", status=Status.PLANNED)
    plan = a.engagement(a.settings(status_date=date(2026, 3, 16)), begun, waiting)
    root = written(plan, tmp_path)
    assert said(task_of(root, "Waiting"), "ConstraintDate") == "2026-03-16T08:00:00"
    names = ("Duration", "Stop", "Resume", "Finish", "PercentComplete")
    assert [said(task_of(root, "Begun"), name) for name in names] == [
        "PT32H0M0S", "2026-03-03T17:00:00", "2026-03-16T08:00:00", "2026-03-17T17:00:00", "50",
    ]  # fmt: skip
    back = again(plan, tmp_path)
    assert back.engagement.setting.status_date == date(2026, 3, 16)
    assert back.initiative("Waiting").constraint is ConstraintKind.AS_SOON_AS_POSSIBLE
    assert back.initiative("Begun").duration_days == 4


def test_what_several_teams_work_on_follows_the_days_on_which_all_of_them_do(tmp_path: Path) -> None:
    plan = a.engagement(
        a.unit(id="u"),
        Calendar(id="north", name="North", weekdays=(0, 1, 2, 3)),
        Calendar(id="south", name="South", weekdays=None),
        Freeze(id="f", calendar_id="south", name="Close", start=date(2026, 3, 3), finish=date(2026, 3, 3)),
        CalendarException(id="x", calendar_id="south", start=date(2026, 3, 7), finish=date(2026, 3, 7), working=True),
        a.team(id="n", name="N", unit_id="u", calendar_id="north"),
        a.team(id="s", name="S", unit_id="u", calendar_id="south"),
        a.initiative(id="i", name="Both", duration_days=4),
        a.initiative(id="j", name="South alone", duration_days=5),
        Estimate(id="e", initiative_id="i", team_id="n", effort=4),
        Estimate(id="f", initiative_id="i", team_id="s", effort=2),
        Estimate(id="g", initiative_id="j", team_id="s", effort=2),
    )
    root = written(plan, tmp_path)
    both = task_of(root, "Both")
    assert (said(both, "Finish"), said(both, "IgnoreResourceCalendar")) == ("2026-03-09T17:00:00", "1")
    back = again(plan, tmp_path)
    assert (back.days("Both")[1], back.days("South alone")[1]) == ("2026-03-09", "2026-03-07")
    assert {calendar.name for calendar in back.engagement.calendars.values()} == {"Standard", "North", "South"}


def test_the_newest_eleven_baselines_go_along(tmp_path: Path) -> None:
    entry = BaselineEntry(initiative_id="i", name="I", start=a.MONDAY, finish=a.MONDAY, duration_days=1.0, effort=0.5)
    kept = [
        Baseline(
            id=f"b{n}", name=f"B{n}", taken_on=date(2026, 1, n), entries=(dataclasses.replace(entry, effort=n / 2),)
        )
        for n in range(1, 14)
    ]
    back = again(a.engagement(a.initiative(id="i", name="I"), *kept), tmp_path)
    efforts = {one.name: one.entries[0].effort for one in back.engagement.baselines.values()}
    assert len(efforts) == 11
    assert (efforts["Baseline"], efforts["Baseline 10"]) == (6.5, 1.5)


def test_text_of_a_person_stays_text(tmp_path: Path) -> None:
    plan = a.engagement(a.initiative(id="i", name=a.AWKWARD, description="<b>&amp;</b>\nsecond ]]> line"))
    found = again(plan, tmp_path).initiative(a.AWKWARD)
    assert found.description == "<b>&amp;</b>\nsecond ]]> line"


def test_a_plan_that_runs_in_a_circle_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    one, two = a.initiative(id="1"), a.initiative(id="2")
    plan = a.engagement(one, two, a.link(one, two), a.link(two, one))
    with pytest.raises(UserError, match="link-circle"):
        export(plan, tmp_path / "out.xml", language=Language("en"), today=TODAY)
    assert not list(tmp_path.iterdir())
