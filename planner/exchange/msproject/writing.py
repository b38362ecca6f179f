"""Writing an engagement's plan as Microsoft Project XML (MSPDI), so that Project and others schedule it to the same dates.

Ids travel as GUIDs, so that what comes back meets itself. Not everything a coach knows has a place in a project: what
has none (outcomes, risks, scores, waves, three-point estimates) stays here.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import derived_id
from planner.exchange.msproject.calendars_out import CalendarOut
from planner.exchange.msproject.identities import guid_of
from planner.exchange.msproject.project_file import read_project
from planner.exchange.msproject.tasks_out import Plan
from planner.exchange.msproject.xml_out import DAYS_FORMAT, Xml, clock
from planner.progress import Progress, ignore_progress
from planner.safe_file import write_safely

_DAYS_A_WEEK: Final = 5
_LONGEST_LINE: Final = 512
_SYMBOLS: Final = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_RATES_BY_HOUR: Final = 2


def write_msproject(engagement: Engagement, path: Path, *, today: date, progress: Progress = ignore_progress) -> None:
    """Write the plan to `path`, safely.

    Raises UserError "link-circle" and what else the schedule says, "written-differs" (path), "cannot-write".
    """
    progress(0, 1)
    plan = Plan(engagement)

    def write(temporary: Path) -> None:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            _write(plan, Xml(file), path.name, today, progress)

    def verify(temporary: Path) -> None:
        found = read_project(temporary)
        if (len(found.tasks), len(found.resources)) != (len(plan.rows) + 1, len(engagement.teams)):
            raise UserError("written-differs", path=str(path))

    write_safely(path, write, verify=verify)


def _write(plan: Plan, xml: Xml, name: str, today: date, progress: Progress) -> None:
    xml.line('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>')
    xml.line('<Project xmlns="http://schemas.microsoft.com/project">')
    _write_header(plan, xml, name, today)
    with xml.element("Calendars"):
        _write_calendars(plan, xml)
    with xml.element("Tasks"):
        plan.write_tasks(xml, progress)
    with xml.element("Resources"):
        _write_resources(plan, xml)
    with xml.element("Assignments"):
        _write_assignments(plan, xml)
    xml.line("</Project>")


def _write_header(plan: Plan, xml: Xml, name: str, today: date) -> None:
    settings, times, own = plan.engagement.setting, plan.times, plan.calendars.own
    minutes, weekdays = times.hours.minutes, len(own.weekdays) or _DAYS_A_WEEK
    xml.put(
        SaveVersion=14, Name=name,
        GUID=guid_of(derived_id("project", settings.created.isoformat(), settings.name)), Title=settings.name,
        Company=settings.client[:_LONGEST_LINE] or None, CreationDate=times.morning(settings.created),
        LastSaved=times.morning(today), ScheduleFromStart=True, StartDate=times.morning(plan.engagement.first_day),
        FinishDate=times.evening(plan.last), FYStartDate=settings.fiscal_year_start_month, CriticalSlackLimit=0,
        CurrencyDigits=2, CurrencySymbol=_SYMBOLS.get(settings.currency, settings.currency),
        CurrencyCode=settings.currency, CurrencySymbolPosition=3, CalendarUID=own.uid,
        DefaultStartTime=clock(times.hours.times[0][0]), DefaultFinishTime=clock(times.hours.times[-1][1]),
        MinutesPerDay=minutes, MinutesPerWeek=minutes * weekdays, DaysPerMonth=4 * weekdays, DefaultTaskType=1,
        DefaultFixedCostAccrual=3, DefaultStandardRate=0, DefaultOvertimeRate=0, DurationFormat=DAYS_FORMAT,
        WorkFormat=3, EditableActualCosts=False, HonorConstraints=True, InsertedProjectsLikeSummary=False,
        MultipleCriticalPaths=False, NewTasksEffortDriven=False, NewTasksEstimated=False, SplitsInProgressTasks=True,
        SpreadActualCost=False, SpreadPercentComplete=False, TaskUpdatesResource=True, FiscalYearStart=False,
        WeekStartDay=1, MoveCompletedEndsBack=False, MoveRemainingStartsBack=False, MoveRemainingStartsForward=False,
        MoveCompletedEndsForward=False, BaselineForEarnedValue=0, AutoAddNewResourcesAndTasks=True,
        StatusDate=None if settings.status_date is None else times.morning(settings.status_date),
        CurrentDate=times.morning(today), MicrosoftProjectServerURL=True, Autolink=False, NewTaskStartDate=0,
        NewTasksAreManual=False, DefaultTaskEVMethod=0, ProjectExternallyEdited=False,
    )  # fmt: skip
    xml.line("")


def _write_calendars(plan: Plan, xml: Xml) -> None:
    for calendar in plan.calendars:
        with xml.element("Calendar"):
            _write_calendar(plan, xml, calendar)
    for uid, team in enumerate(plan.engagement.teams.values(), len(plan.calendars) + 1):
        with xml.element("Calendar"):
            xml.put(
                UID=uid, GUID=guid_of(derived_id("calendar", team.id)), Name=team.name, IsBaseCalendar=False,
                IsBaselineCalendar=False, BaseCalendarUID=plan.calendars.for_teams((team.calendar_id,)).uid,
            )  # fmt: skip


def _write_calendar(plan: Plan, xml: Xml, calendar: CalendarOut) -> None:
    xml.put(
        UID=calendar.uid, GUID=guid_of(calendar.identity), Name=calendar.name, IsBaseCalendar=True,
        IsBaselineCalendar=False, BaseCalendarUID=-1,
    )  # fmt: skip
    with xml.element("WeekDays"):
        for number in range(1, 8):
            with xml.element("WeekDay"):
                works = (number - 2) % 7 in calendar.weekdays
                xml.put(DayType=number, DayWorking=works)
                _write_hours(plan, xml, works=works)
        for span in calendar.spans:
            # Said once more in the way of versions before 2007, which know no exceptions by name.
            with xml.element("WeekDay"):
                xml.put(DayType=0, DayWorking=span.works)
                _write_period(xml, span.start, span.finish)
                _write_hours(plan, xml, works=span.works)
    if not calendar.spans:
        return
    with xml.element("Exceptions"):
        for span in calendar.spans:
            with xml.element("Exception"):
                xml.put(EnteredByOccurrences=False)
                _write_period(xml, span.start, span.finish)
                xml.put(
                    Occurrences=(span.finish - span.start).days + 1, Name=span.name[:_LONGEST_LINE] or None, Type=1,
                    DayWorking=span.works,
                )  # fmt: skip
                _write_hours(plan, xml, works=span.works)


def _write_period(xml: Xml, start: date, finish: date) -> None:
    with xml.element("TimePeriod"):
        xml.put(FromDate=f"{start.isoformat()}T00:00:00", ToDate=f"{finish.isoformat()}T23:59:00")


def _write_hours(plan: Plan, xml: Xml, *, works: bool) -> None:
    if not works:
        return
    with xml.element("WorkingTimes"):
        for start, end in plan.times.hours.times:
            with xml.element("WorkingTime"):
                xml.put(FromTime=clock(start), ToTime=clock(end))


def _write_resources(plan: Plan, xml: Xml) -> None:
    for number, team in enumerate(plan.engagement.teams.values(), 1):
        with xml.element("Resource"):
            xml.put(
                UID=number, GUID=guid_of(team.id), ID=number, Name=team.name, Type=1, IsNull=False,
                MaxUnits=float(team.change_capacity / _DAYS_A_WEEK), CanLevel=True, AccrueAt=3, StandardRate=0,
                StandardRateFormat=_RATES_BY_HOUR, OvertimeRate=0, OvertimeRateFormat=_RATES_BY_HOUR, CostPerUse=0,
                CalendarUID=len(plan.calendars) + number, Notes=team.description or None, IsGeneric=True,
            )  # fmt: skip


def _write_assignments(plan: Plan, xml: Xml) -> None:
    teams = {team_id: number for number, team_id in enumerate(plan.engagement.teams, 1)}
    number = 0
    for initiative, _depth in plan.rows:
        at = plan.moments[initiative.id]
        share = plan.progress_of(initiative.id)
        for estimate in plan.estimates.get(initiative.id, ()):
            number += 1
            days = initiative.duration_days
            units = estimate.effort / days if days else 1.0
            with xml.element("Assignment"):
                xml.put(
                    UID=number, GUID=guid_of(estimate.id), TaskUID=plan.uid[initiative.id],
                    ResourceUID=teams[estimate.team_id], PercentWorkComplete=float(round(share * 100, 8)),
                    ActualWork=plan.times.span(estimate.effort * share), Finish=plan.times.end_stamp(at.early_finish),
                    RemainingWork=plan.times.span(estimate.effort * (1 - share)),
                    Start=plan.times.stamp(at.early_start), Units=float(units),
                    Work=plan.times.span(estimate.effort), WorkContour=0,
                )  # fmt: skip
