"""Microsoft Project XML for tests: a project of a few tasks, each element as it is named there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.analysis.schedule import Schedule, schedule
from planner.domain.changes import Label
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative
from planner.editing.rules import check_all
from planner.exchange.import_report import ImportedItem, ImportReading, changes_of
from planner.exchange.sources import read_sources
from planner.language import Language
from tests import builders as a

NAMESPACE = "http://schemas.microsoft.com/project"
HOURS = "<WorkingTimes><WorkingTime><FromTime>{}</FromTime><ToTime>{}</ToTime></WorkingTime></WorkingTimes>"
LABEL = Label("import-files", {"names": "plan"})
WEEK = "".join(
    f"<WeekDay><DayType>{n}</DayType><DayWorking>{int(1 < n < 7)}</DayWorking>"
    + (
        "<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
        "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes>"
        if 1 < n < 7
        else ""
    )
    + "</WeekDay>"
    for n in range(1, 8)
)


def elements(**values: object) -> str:
    """Return an element for each value."""
    return "".join(f"<{name}>{value}</{name}>" for name, value in values.items())


def task(uid: int, *inside: str, level: int = 1, hours: float = 8, **values: object) -> str:
    """Return a task of a day, unless told otherwise."""
    said = {"UID": uid, "ID": uid, "Name": f"T{uid}", "OutlineLevel": level, "Duration": f"PT{hours:g}H0M0S", **values}
    return f"<Task>{elements(**said)}{''.join(inside)}</Task>"


def after(uid: int, *, type: int = 1, lag: float = 0, format: int = 7) -> str:  # noqa: A002  as the format names them
    """Return a link to what a task waits for; a lag in tenths of a minute."""
    said = elements(PredecessorUID=uid, Type=type, LinkLag=lag, LagFormat=format)
    return f"<PredecessorLink>{said}</PredecessorLink>"


def calendar(uid: int, name: str, *inside: str, week: str = WEEK, base: int = -1) -> str:
    """Return a calendar; a base calendar unless it has a base."""
    said = elements(UID=uid, Name=name, IsBaseCalendar=int(base < 0), BaseCalendarUID=base)
    weekdays = f"<WeekDays>{week}</WeekDays>" if week else ""
    return f"<Calendar>{said}{weekdays}{''.join(inside)}</Calendar>"


def exception(first: str, last: str, *, works: bool = False, **pattern: object) -> str:
    """Return an exception of a calendar, a pattern of days where `pattern` says so."""
    period = f"<TimePeriod>{elements(FromDate=first + 'T00:00:00', ToDate=last + 'T23:59:00')}</TimePeriod>"
    times = (
        "<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>16:00:00</ToTime></WorkingTime></WorkingTimes>"
        if works
        else ""
    )
    said = elements(**{"Name": "Away", "Type": 1, **pattern})
    return f"<Exception>{period}{said}<DayWorking>{int(works)}</DayWorking>{times}</Exception>"


def week(hours: str, days: str) -> str:
    """Return a week whose working days (Sunday first, 1 for work) have those hours."""
    return "".join(
        f"<WeekDay><DayType>{n}</DayType><DayWorking>{works}</DayWorking>{hours if works == '1' else ''}</WeekDay>"
        for n, works in enumerate(days, 1)
    )


def dated(start: str, finish: str) -> str:
    """Return the dates a task has, as soon as it can."""
    return elements(Start=start, Finish=finish, EarlyStart=start, EarlyFinish=finish)


def resources(*inside: str) -> str:
    """Return resources, each of its elements."""
    return f"<Resources>{''.join(f'<Resource>{one}</Resource>' for one in inside)}</Resources>"


def assignments(*inside: str) -> str:
    """Return assignments, each of its elements."""
    return f"<Assignments>{''.join(f'<Assignment>{one}</Assignment>' for one in inside)}</Assignments>"


def project(
    *tasks: str, more: str = "", calendars: str = "", start: str = "2026-03-02T08:00:00", **header: object
) -> str:
    """Return a project that starts on a Monday without holidays around it."""
    head = elements(**{"Name": "plan.xml", "StartDate": start, "CalendarUID": 1, "MinutesPerDay": 480, **header})
    held = calendars or calendar(1, "Standard")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="{NAMESPACE}">{head}'
        f"<Calendars>{held}</Calendars><Tasks>{''.join(tasks)}</Tasks>{more}</Project>"
    )


class Imported:
    """A project taken into an engagement, its rules checked."""

    def __init__(self, folder: Path, text: str | bytes, before: Engagement | None = None) -> None:
        path = folder / "plan.xml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        self.before = before or a.engagement()
        self.reading: ImportReading = read_sources(
            [path], self.before, kind=None, language=Language("en"), today=date(2026, 3, 2)
        )
        self.engagement = self.before.apply(changes_of(self.before, self.reading, LABEL))
        check_all(self.engagement)

    def item(self, name: str) -> ImportedItem:
        """Return what the report says of a thing of that name."""
        return next(item for item in self.reading.report.items if item.name == name)

    def initiative(self, name: str) -> Initiative:
        """Return the initiative of that name."""
        return next(one for one in self.engagement.initiatives.values() if one.name == name)

    def remarks(self, name: str) -> list[str]:
        """Return the codes of all that is said of a thing of that name."""
        return [remark.code for remark in self.item(name).remarks]

    def problems(self) -> list[str]:
        """Return the codes of what is said of the whole."""
        return [problem.code for problem in self.reading.report.problems]

    def schedule(self) -> Schedule:
        """Return the schedule."""
        return schedule(self.engagement)

    def days(self, name: str) -> tuple[str, str]:
        """Return the first and last day of an initiative."""
        dates = self.schedule().dates[self.initiative(name).id]
        return dates.early_start.isoformat(), dates.early_finish.isoformat()
