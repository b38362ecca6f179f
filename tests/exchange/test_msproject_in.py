"""Microsoft Project XML read in: what becomes of calendars, tasks, links and teams, and what is said of the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.analysis.calendar import calendar_of
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, LinkType, Status
from planner.exchange.import_report import Effect, Fate, changes_of
from planner.exchange.sources import read_sources
from planner.language import Language
from planner.messages import explain
from tests import builders as a
from tests.exchange.project_xml import (
    HOURS,
    LABEL,
    NAMESPACE,
    Imported,
    after,
    assignments,
    calendar,
    dated,
    elements,
    exception,
    project,
    resources,
    task,
    week,
)


def test_the_outline_becomes_the_plan(tmp_path: Path) -> None:
    plan = Imported(
        tmp_path,
        project(
            task(0, level=0, Name="All"),
            task(1, Summary=1),
            task(2, level=2, hours=24),
            task(3, elements(IsNull=1)),
            task(4, after(2), level=2, hours=0, Milestone=1),
        ),
    )
    names = [(one.name, depth) for one, depth in plan.engagement.outline()]
    assert names == [("T1", 0), ("T2", 1), ("T4", 1)]
    assert plan.initiative("T2").duration_days == 3
    assert plan.days("T4") == ("2026-03-04", "2026-03-04")
    assert plan.engagement.first_day == date(2026, 3, 2)
    assert "mspdi-blank" in plan.problems()


@pytest.mark.parametrize(
    "root",
    ["<Project>", '<Project xmlns="http://schemas.microsoft.com/project/2007">', f'<p:Project xmlns:p="{NAMESPACE}">'],
)
def test_the_namespace_may_be_another_or_none(tmp_path: Path, root: str) -> None:
    text = project(task(1)).replace(f'<Project xmlns="{NAMESPACE}">', root)
    if root.startswith("<p:"):
        text = text.replace("<", "<p:").replace("<p:/", "</p:").replace("<p:?", "<?").replace("<p:p:", "<p:")
    assert Imported(tmp_path, text).initiative("T1").duration_days == 1


def test_a_file_of_tasks_alone_is_enough(tmp_path: Path) -> None:
    text = "<Project><Tasks><Task><UID>7</UID><Name>Only</Name></Task></Tasks></Project>"
    assert Imported(tmp_path, text).initiative("Only").parent_id is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_encoding_is_the_one_the_file_declares(tmp_path: Path, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = project(task(1, Name="Équipe")).replace("UTF-8", declared)
    assert Imported(tmp_path, text.encode(encoding)).initiative("Équipe")


@pytest.mark.parametrize(("number", "kind"), [(0, "FF"), (1, "FS"), (2, "SF"), (3, "SS")])
def test_links_keep_their_type_and_lag(tmp_path: Path, number: int, kind: str) -> None:
    plan = Imported(tmp_path, project(task(1), task(2, after(1, type=number, lag=-7200))))
    (link,) = plan.engagement.links.values()
    assert (link.type, link.lag_days) == (LinkType(kind), -1.5)


def test_a_lag_in_percent_is_that_of_the_predecessor(tmp_path: Path) -> None:
    plan = Imported(tmp_path, project(task(1, hours=32), task(2, after(1, lag=50, format=19))))
    (link,) = plan.engagement.links.values()
    assert link.lag_days == 2
    assert plan.remarks("T1 → T2") == ["mspdi-lag-percent"]


def test_an_elapsed_lag_takes_the_working_days_it_covers(tmp_path: Path) -> None:
    friday = dated("2026-03-02T08:00:00", "2026-03-06T17:00:00")
    plan = Imported(tmp_path, project(task(1, friday, hours=40), task(2, after(1, lag=3 * 14_400, format=8))))
    (link,) = plan.engagement.links.values()
    assert link.lag_days == 1
    assert plan.days("T2")[0] == "2026-03-10"


def test_a_link_from_elsewhere_is_left_out_and_said(tmp_path: Path) -> None:
    plan = Imported(tmp_path, project(task(1, after(99))))
    assert not plan.engagement.links
    (item,) = [item for item in plan.reading.report.items if item.kind == "links"]
    assert (item.fate, item.remarks[0].code) == (Fate.REJECTED, "mspdi-link-nothing")


def test_a_link_between_a_task_and_what_holds_it_is_left_out_and_said(tmp_path: Path) -> None:
    text = project(task(1, after(3)), task(2, after(1), after(2), level=2), task(3, level=3))
    plan = Imported(tmp_path, text)
    codes = [item.remarks[0].code for item in plan.reading.report.items if item.kind == "links"]
    assert (codes, len(plan.engagement.links)) == (["mspdi-link-within"] * 3, 0)


@pytest.mark.parametrize(
    ("number", "stamp", "kind", "day", "deadline", "code"),
    [
        (2, "2026-03-10T08:00:00", ConstraintKind.MUST_START_ON, "2026-03-10", None, None),
        (4, "2026-03-10T08:00:00", ConstraintKind.START_NO_EARLIER_THAN, "2026-03-10", None, None),
        (4, "2026-03-10T17:00:00", ConstraintKind.START_NO_EARLIER_THAN, "2026-03-11", None, None),
        (4, "2026-03-10T13:00:00", ConstraintKind.START_NO_EARLIER_THAN, "2026-03-10", None, "mspdi-time-of-day"),
        (1, "2026-03-10T08:00:00", ConstraintKind.AS_SOON_AS_POSSIBLE, None, None, "mspdi-as-late"),
        (3, "2026-03-10T17:00:00", ConstraintKind.MUST_START_ON, "2026-03-09", None, "mspdi-must-finish"),
        (6, "2026-03-10T17:00:00", ConstraintKind.START_NO_EARLIER_THAN, "2026-03-09", None, "mspdi-finish-from"),
        (5, "2026-03-10T08:00:00", ConstraintKind.AS_SOON_AS_POSSIBLE, None, "2026-03-11", "mspdi-start-by"),
        (7, "2026-03-10T17:00:00", ConstraintKind.AS_SOON_AS_POSSIBLE, None, "2026-03-10", "mspdi-finish-by"),
    ],
)
def test_constraints_are_kept_or_brought_to_the_nearest_and_said(
    tmp_path: Path,
    number: int,
    stamp: str,
    kind: ConstraintKind,
    day: str | None,
    deadline: str | None,
    code: str | None,
) -> None:
    plan = Imported(tmp_path, project(task(1, elements(ConstraintType=number, ConstraintDate=stamp), hours=16)))
    found = plan.initiative("T1")
    assert found.constraint is kind
    assert found.constraint_date == (day and date.fromisoformat(day))
    assert found.deadline == (deadline and date.fromisoformat(deadline))
    assert plan.remarks("T1") == ([code] if code else [])


def test_a_deadline_ends_with_its_day(tmp_path: Path) -> None:
    text = project(task(1, elements(Deadline="2026-03-13T17:00:00")), task(2, elements(Deadline="2026-03-16T08:00:00")))
    plan = Imported(tmp_path, text)
    assert {plan.initiative("T1").deadline, plan.initiative("T2").deadline} == {date(2026, 3, 13)}


def test_what_is_scheduled_by_hand_stays_where_it_is(tmp_path: Path) -> None:
    before = dated("2026-03-02T08:00:00", "2026-03-06T17:00:00")
    early = dated("2026-03-04T08:00:00", "2026-03-04T17:00:00")
    late = dated("2026-03-12T08:00:00", "2026-03-12T17:00:00")
    plan = Imported(
        tmp_path,
        project(
            task(1, before, hours=40),
            task(2, early, after(1), Manual=1),
            task(3, late, after(1), Manual=1),
            task(4, after(3)),
        ),
    )
    assert plan.remarks("T2") == ["mspdi-manual-pinned"]
    assert plan.remarks("T3") == ["mspdi-manual-held"]
    assert [plan.days(name)[0] for name in ("T2", "T3", "T4")] == ["2026-03-04", "2026-03-12", "2026-03-13"]


def test_progress_and_actual_dates_come_along(tmp_path: Path) -> None:
    begun = elements(ActualStart="2026-03-03T08:00:00", PercentComplete=50)
    done = elements(ActualStart="2026-03-02T08:00:00", ActualFinish="2026-03-05T17:00:00", PercentComplete=100)
    plan = Imported(tmp_path, project(task(1, begun), task(2, done, hours=24), task(3, elements(Active=0))))
    under_way, finished = plan.initiative("T1"), plan.initiative("T2")
    assert (under_way.status, under_way.progress, under_way.actual_start) == (Status.ACTIVE, 0.5, date(2026, 3, 3))
    assert (finished.status, finished.actual_finish) == (Status.DONE, date(2026, 3, 5))
    assert finished.duration_days == 3
    assert (plan.initiative("T3").status, plan.remarks("T3")) == (Status.DROPPED, ["mspdi-inactive"])


def test_the_status_date_is_taken_where_the_plan_already_keeps_to_it(tmp_path: Path) -> None:
    late = dated("2026-03-16T08:00:00", "2026-03-16T17:00:00")
    held = elements(ConstraintType=4, ConstraintDate="2026-03-16T08:00:00")
    kept = Imported(tmp_path, project(task(1, late, held), StatusDate="2026-03-16T08:00:00"))
    assert kept.engagement.setting.status_date == date(2026, 3, 16)
    early = dated("2026-03-02T08:00:00", "2026-03-02T17:00:00")
    left = Imported(tmp_path, project(task(1, early), StatusDate="2026-03-16T08:00:00"))
    assert left.engagement.setting.status_date is None
    assert "mspdi-status-date" in left.problems()
    assert left.days("T1")[0] == "2026-03-02"


@pytest.mark.parametrize(
    ("hours", "format_", "days", "code"),
    [(16, 7, 8.0, "mspdi-span"), (72, 8, 8.0, "mspdi-elapsed"), (64, 7, 8.0, None)],
)
def test_a_duration_that_is_stretched_is_the_working_days_between_its_dates(
    tmp_path: Path, hours: float, format_: int, days: float, code: str | None
) -> None:
    span = dated("2026-03-02T08:00:00", "2026-03-11T17:00:00")
    plan = Imported(tmp_path, project(task(1, span, hours=hours, DurationFormat=format_)))
    assert plan.initiative("T1").duration_days == days
    assert plan.remarks("T1") == ([code] if code else [])
    assert plan.days("T1") == ("2026-03-02", "2026-03-11")


def test_tasks_of_other_projects_stay_on_their_dates(tmp_path: Path) -> None:
    span = dated("2026-03-04T08:00:00", "2026-03-05T17:00:00")
    outside = task(1, span, hours=16, ExternalTask=1, ExternalTaskProject="other.mpp")
    inserted = task(2, span, hours=16, IsSubproject=1, SubprojectName="part.mpp")
    plan = Imported(tmp_path, project(outside, inserted, task(3, after(1))))
    assert plan.days("T1") == plan.days("T2") == ("2026-03-04", "2026-03-05")
    assert plan.days("T3")[0] == "2026-03-06"
    assert (plan.remarks("T1"), plan.remarks("T2")) == (["mspdi-external"], ["mspdi-subproject"])


def test_what_a_negative_lag_lets_start_before_the_project_does_so(tmp_path: Path) -> None:
    ours = dated("2026-03-02T08:00:00", "2026-03-02T17:00:00")
    early = dated("2026-02-26T08:00:00", "2026-02-27T17:00:00")
    plan = Imported(tmp_path, project(task(1, ours), task(2, early, after(1, lag=-3 * 4800), hours=16)))
    assert [plan.days(name)[0] for name in ("T1", "T2")] == ["2026-03-02", "2026-02-26"]
    assert "mspdi-leads" in plan.problems()


def test_a_date_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    leveled = dated("2026-03-18T08:00:00", "2026-03-18T17:00:00")
    assert Imported(tmp_path, project(task(1, leveled))).remarks("T1") == ["mspdi-dates-differ"]


def test_working_days_and_exceptions_become_the_engagements(tmp_path: Path) -> None:
    inside = "".join(
        (
            exception("2026-03-04", "2026-03-05"),
            exception("2026-03-07", "2026-03-07", works=True, Name="Saturday"),
        )
    )
    held = calendar(1, "Ours", f"<Exceptions>{inside}</Exceptions>")
    plan = Imported(tmp_path, project(task(1, hours=40), calendars=held))
    assert plan.days("T1") == ("2026-03-02", "2026-03-09")
    assert plan.engagement.calendars[plan.engagement.setting.calendar_id or ""].name == "Ours"


def test_exceptions_of_versions_before_2007_count_as_well(tmp_path: Path) -> None:
    period = elements(FromDate="2026-03-03T00:00:00", ToDate="2026-03-03T23:59:00")
    old = f"<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod>{period}</TimePeriod></WeekDay>"
    held = calendar(1, "Ours", week=week(HOURS.format("08:00:00", "16:00:00"), "0111110") + old)
    assert Imported(tmp_path, project(task(1, hours=16), calendars=held)).days("T1") == ("2026-03-02", "2026-03-04")


@pytest.mark.parametrize(
    ("pattern", "resting"),
    [
        ({"Type": 1, "Period": 3}, ["2026-03-02", "2026-03-05", "2026-03-11", "2026-03-17"]),
        ({"Type": 7, "Period": 7}, ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23"]),
        ({"Type": 6, "Period": 2, "DaysOfWeek": 4 + 32}, ["2026-03-03", "2026-03-06", "2026-03-17", "2026-03-20"]),
        ({"Type": 4, "Period": 1, "MonthDay": 10}, ["2026-03-10", "2026-04-10"]),
        ({"Type": 5, "Period": 1, "MonthItem": 4, "MonthPosition": 4}, ["2026-03-30", "2026-04-27"]),
        ({"Type": 5, "Period": 1, "MonthItem": 1, "MonthPosition": 0}, ["2026-03-02", "2026-04-01"]),
        ({"Type": 2, "Period": 1, "Month": 3, "MonthDay": 7}, ["2026-04-07"]),
        ({"Type": 3, "Period": 1, "Month": 3, "MonthItem": 7, "MonthPosition": 2}, ["2026-04-16"]),
        ({"Type": 1, "Period": 2, "EnteredByOccurrences": 1, "Occurrences": 2}, ["2026-03-02", "2026-03-04"]),
    ],
)
def test_recurring_exceptions_rest_on_each_of_their_days(
    tmp_path: Path, pattern: dict[str, int], resting: list[str]
) -> None:
    inside = f"<Exceptions>{exception('2026-03-02', '2026-04-30', **pattern)}</Exceptions>"
    plan = Imported(tmp_path, project(task(1), calendars=calendar(1, "Ours", inside)))
    works = calendar_of(plan.engagement, None).is_working
    days = [date.fromordinal(date(2026, 3, 2).toordinal() + n) for n in range(60)]
    found = [day.isoformat() for day in days if day.weekday() < 5 and not works(day)]
    assert found[: len(resting)] == resting
    assert len(found) == len(resting) or "EnteredByOccurrences" not in pattern


def test_a_night_shift_belongs_to_the_day_it_begins_on(tmp_path: Path) -> None:
    nights = HOURS.format("22:00:00", "00:00:00").replace(
        "<WorkingTimes>",
        "<WorkingTimes><WorkingTime><FromTime>00:00:00</FromTime><ToTime>06:00:00</ToTime></WorkingTime>",
    )
    first = HOURS.format("22:00:00", "00:00:00")
    last = HOURS.format("00:00:00", "06:00:00")
    days = {1: "", 2: first, 3: nights, 4: nights, 5: nights, 6: nights, 7: last}
    shift = "".join(
        f"<WeekDay><DayType>{n}</DayType><DayWorking>{int(bool(hours))}</DayWorking>{hours}</WeekDay>"
        for n, hours in days.items()
    )
    span = dated("2026-03-02T22:00:00", "2026-03-07T06:00:00")
    plan = Imported(
        tmp_path,
        project(task(1, span, hours=40), calendars=calendar(1, "Night", week=shift), start="2026-03-02T22:00:00"),
    )
    assert plan.engagement.calendars[plan.engagement.setting.calendar_id or ""].weekdays == (0, 1, 2, 3, 4)
    assert plan.days("T1") == ("2026-03-02", "2026-03-06")
    assert plan.remarks("T1") == []


def test_a_day_of_another_length_is_a_day_all_the_same(tmp_path: Path) -> None:
    held = calendar(1, "Seven", week=week(HOURS.format("09:00:00", "16:00:00"), "0111110"))
    plan = Imported(
        tmp_path, project(task(1, hours=21), task(2, after(1, lag=4200)), calendars=held, MinutesPerDay=420)
    )
    assert plan.initiative("T1").duration_days == 3
    assert next(iter(plan.engagement.links.values())).lag_days == 1
    assert plan.engagement.calendars[plan.engagement.setting.calendar_id or ""].hours_per_day == 7


def test_resources_become_teams_and_assignments_their_effort(tmp_path: Path) -> None:
    away = f"<Exceptions>{exception('2026-03-03', '2026-03-03')}</Exceptions>"
    more = resources(
        elements(UID=1, Name="Payments", Type=1, MaxUnits=3, CalendarUID=2),
        elements(UID=2, Name="Paint", Type=0),
    ) + assignments(
        elements(UID=1, TaskUID=1, ResourceUID=1, Work="PT12H0M0S"),
        elements(UID=2, TaskUID=1, ResourceUID=2, Work="PT1H0M0S"),
        elements(UID=3, TaskUID=1, ResourceUID=-65535, Work="PT8H0M0S"),
    )
    held = calendar(1, "Standard") + calendar(2, "Payments", away, week="", base=1)
    plan = Imported(tmp_path, project(task(1, hours=16), more=more, calendars=held))
    (team,) = plan.engagement.teams.values()
    (estimate,) = plan.engagement.estimates.values()
    assert (team.name, team.change_capacity, estimate.effort) == ("Payments", 15, 1.5)
    assert plan.days("T1") == ("2026-03-02", "2026-03-04")
    assert plan.remarks("Paint") == ["mspdi-material"]
    rejected = [item for item in plan.reading.report.items if item.kind == "estimates" and item.fate is Fate.REJECTED]
    assert len(rejected) == 1


def test_a_resource_that_works_when_the_project_rests_still_does(tmp_path: Path) -> None:
    sevens = calendar(2, "All week", week=week(HOURS.format("08:00:00", "16:00:00"), "1111111"))
    held = calendar(1, "Standard") + sevens + calendar(3, "Ops", week="", base=2)
    more = resources(elements(UID=1, Name="Ops", CalendarUID=3)) + assignments(
        elements(UID=1, TaskUID=1, ResourceUID=1, Work="PT48H0M0S")
    )
    span = dated("2026-03-02T08:00:00", "2026-03-07T16:00:00")
    plan = Imported(tmp_path, project(task(1, span, hours=48), more=more, calendars=held))
    assert plan.days("T1") == ("2026-03-02", "2026-03-07")
    assert plan.remarks("T1") == []


def test_a_task_with_a_calendar_of_its_own_keeps_its_days(tmp_path: Path) -> None:
    sevens = calendar(2, "All week", week=week(HOURS.format("08:00:00", "16:00:00"), "1111111"))
    span = dated("2026-03-06T08:00:00", "2026-03-07T16:00:00")
    text = project(
        task(1, dated("2026-03-02T08:00:00", "2026-03-05T17:00:00"), hours=32),
        task(2, span, after(1), elements(CalendarUID=2), hours=16),
        calendars=calendar(1, "Standard") + sevens,
    )
    plan = Imported(tmp_path, text)
    assert plan.days("T2") == ("2026-03-06", "2026-03-07")
    assert plan.remarks("T2") == ["mspdi-follows"]
    assert [(team.name, team.change_capacity) for team in plan.engagement.teams.values()] == [("All week", 0)]
    assert not changes_of(plan.engagement, Imported(tmp_path, text, plan.engagement).reading, LABEL)


def test_resources_that_never_meet_do_not_stop_the_plan(tmp_path: Path) -> None:
    hours = HOURS.format("08:00:00", "16:00:00")
    held = "".join(
        (
            calendar(1, "Standard"),
            calendar(2, "Early", week=week(hours, "0110000")),
            calendar(3, "Late", week=week(hours, "0001110")),
        )
    )
    more = resources(
        elements(UID=1, Name="Early", CalendarUID=2), elements(UID=2, Name="Late", CalendarUID=3)
    ) + assignments(
        elements(UID=1, TaskUID=1, ResourceUID=1, Work="PT8H0M0S"),
        elements(UID=2, TaskUID=1, ResourceUID=2, Work="PT8H0M0S"),
    )
    plan = Imported(tmp_path, project(task(1), more=more, calendars=held))
    assert len(plan.engagement.estimates) == 1
    (told,) = [item for item in plan.reading.report.items if item.kind == "estimates" and item.fate is Fate.REJECTED]
    assert told.remarks[0].code == "mspdi-assignment-apart"


def test_a_team_of_that_name_takes_the_work(tmp_path: Path) -> None:
    more = resources(elements(UID=1, Name="payments")) + assignments(
        elements(UID=1, TaskUID=1, ResourceUID=1, Work="PT8H0M0S")
    )
    known = a.team(id="t", name="Payments", unit_id="u")
    plan = Imported(tmp_path, project(task(1), more=more), a.engagement(a.unit(id="u"), known))
    assert plan.engagement.teams == {"t": known}
    assert [one.team_id for one in plan.engagement.estimates.values()] == ["t"]


def test_baselines_keep_the_dates_of_their_day(tmp_path: Path) -> None:
    kept = elements(
        Number=1, Start="2026-02-02T08:00:00", Finish="2026-02-04T17:00:00", Duration="PT24H0M0S", Work="PT16H0M0S"
    )
    text = project(task(1, f"<Baseline>{kept}</Baseline>"), LastSaved="2026-02-01T09:00:00")
    plan = Imported(tmp_path, text)
    (baseline,) = plan.engagement.baselines.values()
    (entry,) = baseline.entries
    assert (baseline.name, baseline.taken_on) == ("Baseline 1", date(2026, 2, 1))
    assert (entry.start, entry.finish) == (date(2026, 2, 2), date(2026, 2, 4))
    assert (entry.duration_days, entry.effort) == (3, 2)
    assert not changes_of(plan.engagement, Imported(tmp_path, text, plan.engagement).reading, LABEL)


def test_notes_costs_and_owners_come_along_and_the_rest_is_listed(tmp_path: Path) -> None:
    plan = Imported(
        tmp_path,
        project(task(1, elements(Notes="Two\nlines", Cost=12_345, Contact="Ann", Priority=900, Hyperlink="x"))),
    )
    found = plan.initiative("T1")
    assert (found.description, found.cost, found.owner) == ("Two\nlines", 123.45, "Ann")
    told = [problem.parameters["field"] for problem in plan.reading.report.problems if "field" in problem.parameters]
    assert told == ["Task/Hyperlink", "Task/Priority"]


def test_beside_a_plan_the_project_stands_under_an_initiative_of_its_own(tmp_path: Path) -> None:
    before = a.engagement(a.initiative(id="i", name="Here"))
    plan = Imported(tmp_path, project(task(1), start="2026-05-04T08:00:00", Title="Theirs"), before)
    holder = plan.initiative("Theirs")
    assert plan.initiative("T1").parent_id == holder.id
    assert plan.engagement.setting == before.setting
    assert plan.days("T1")[0] == "2026-05-04"
    assert "mspdi-beside" in plan.problems()


def test_read_again_it_meets_itself_and_what_changed_is_brought_up_to_date(tmp_path: Path) -> None:
    text = project(task(1), task(2, after(1)), task(3, after(2)))
    first = Imported(tmp_path, text)
    assert not changes_of(first.engagement, Imported(tmp_path, text, first.engagement).reading, LABEL)
    second = Imported(tmp_path, project(task(1, hours=24), task(2, after(1)), task(3)), first.engagement)
    assert [len(second.engagement.initiatives), len(second.engagement.links)] == [3, 1]
    assert second.initiative("T1").id == first.initiative("T1").id
    assert second.item("T1").effect is Effect.UPDATED
    assert second.initiative("T1").duration_days == 3


HOSTILE = {
    "xml-document-type": [
        '<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Project><Name>&b;</Name></Project>',
        '<!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>',
        '<!DOCTYPE Project [<!ENTITY x SYSTEM "http://localhost/x">]><Project><Name>&x;</Name></Project>',
    ],
    "xml-broken": [
        "<Project><Tasks><Task>",
        "not xml at all",
        "\x89PNG\r\n\x1a\n\0\0",
        "<Project>&unknown;</Project>",
        '<?xml version="1.0" encoding="no-such"?><Project/>',
    ],
    "xml-too-much": [
        "<Project>" + "<a>" * 100_000,
        project(calendars=calendar(1, "x", f"<Exceptions>{exception('1900-01-01', '2200-01-01') * 50}</Exceptions>")),
    ],
    "xml-other-root": ["<html><body/></html>"],
    "source-empty": [""],
    "mspdi-value": [
        project(task(1, elements(Start="yesterday"))),
        project(task(1, elements(Start="2026-13-45T00:00:00"))),
        project(task(1, elements(Start="9999-12-31T00:00:00"))),
        project(task(1, Duration="forever")),
        project(task(1, Duration="PT9e999H")),
        project(task(1, elements(Cost="NaN"))),
        project(task(1, elements(Cost="1e999"))),
        project(task(1, calendars="") + task(2, OutlineLevel="deep")),
    ],
    "mspdi-double": [project(task(1), task(1))],
    "mspdi-no-uid": ["<Project><Tasks><Task><Name>Nobody</Name></Task></Tasks></Project>"],
    "import-refused": [project(task(1, after(2)), task(2, after(1)))],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in HOSTILE.items() for text in texts])
def test_what_is_wrong_is_one_sentence_with_its_place(tmp_path: Path, code: str, text: str) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(text, encoding="latin-1", newline="")
    with pytest.raises(UserError) as caught:
        read_sources([path], a.engagement(), kind=None, language=Language("en"), today=date(2026, 3, 2))
    assert caught.value.code == code
    assert str(path) in explain(caught.value, Language("en"))


def test_two_projects_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="import-one-project"):
        read_sources(
            [tmp_path / "a.xml", tmp_path / "b.xml"], a.engagement(), kind="msproject", language=Language("en"),
            today=date(2026, 3, 2),
        )  # fmt: skip
