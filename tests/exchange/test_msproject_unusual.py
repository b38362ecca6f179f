"""Microsoft Project XML as others write it: unusual, contradictory or beyond bounds; carried right, or said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind
from planner.exchange.import_report import Fate, changes_of
from planner.exchange.sources import read_sources
from planner.language import Language
from planner.messages import explain
from tests import builders as a
from tests.exchange.project_xml import (
    HOURS,
    LABEL,
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

WEEKENDS = calendar(1, "Standard") + calendar(2, "Weekend", week=week(HOURS.format("08:00:00", "16:00:00"), "1000001"))


def rows(*levels: int) -> str:
    """Return a project of one task of a day for each outline level, numbered from 0."""
    told = (
        elements(UID=number, ID=number, Name=f"T{number}", OutlineLevel=level, Duration="PT8H0M0S")
        for number, level in enumerate(levels)
    )
    return project(*(f"<Task>{one}</Task>" for one in told))


def test_an_elapsed_weekend_takes_no_working_day(tmp_path: Path) -> None:
    weekend = dated("2026-03-06T17:00:00", "2026-03-08T17:00:00")
    held = elements(ConstraintType=4, ConstraintDate="2026-03-06T17:00:00")
    plan = Imported(tmp_path, project(task(1, weekend, held, hours=48, DurationFormat=8), task(2, after(1))))
    assert plan.initiative("T1").duration_days == 0
    assert "mspdi-elapsed" in plan.remarks("T1")
    assert plan.days("T2") == ("2026-03-09", "2026-03-09")


@pytest.mark.parametrize(("percent", "days", "starts"), [(50, 0, "2026-03-09"), (180, 1, "2026-03-10")])
def test_an_elapsed_lag_in_percent_covers_that_share_of_the_predecessors_hours(
    tmp_path: Path, percent: int, days: float, starts: str
) -> None:
    friday = dated("2026-03-02T08:00:00", "2026-03-06T17:00:00")
    plan = Imported(tmp_path, project(task(1, friday, hours=40), task(2, after(1, lag=percent, format=20))))
    (link,) = plan.engagement.links.values()
    assert (link.lag_days, plan.days("T2")[0]) == (days, starts)
    assert plan.remarks("T1 → T2") == ["mspdi-lag-percent"]


def test_dates_that_contradict_each_other_leave_the_duration_as_it_is(tmp_path: Path) -> None:
    crossed = dated("2026-03-09T08:00:00", "2026-03-02T17:00:00")
    plan = Imported(tmp_path, project(task(1, crossed, hours=16)))
    assert plan.initiative("T1").duration_days == 2
    assert plan.remarks("T1") == ["mspdi-dates-crossed", "mspdi-dates-differ"]


def test_what_is_scheduled_by_hand_may_say_its_dates_in_fields_of_its_own(tmp_path: Path) -> None:
    said = elements(
        Manual=1, ManualStart="2026-03-09T08:00:00", ManualFinish="2026-03-10T17:00:00", ManualDuration="PT16H0M0S"
    )
    plan = Imported(tmp_path, project(task(1, said, Duration="")))
    assert (plan.days("T1"), plan.remarks("T1")) == (("2026-03-09", "2026-03-10"), ["mspdi-manual-held"])


def test_what_holds_others_and_is_scheduled_by_hand_says_that_its_dates_are_others_here(tmp_path: Path) -> None:
    span = dated("2026-03-02T08:00:00", "2026-03-20T17:00:00")
    plan = Imported(tmp_path, project(task(1, span, Manual=1, Summary=1), task(2, level=2)))
    assert plan.remarks("T1") == ["mspdi-dates-differ"]


@pytest.mark.parametrize("until", ["06:00:00", "00:00:00"])
def test_hours_may_run_on_past_midnight_without_being_told_apart(tmp_path: Path, until: str) -> None:
    hours = 8 if until == "06:00:00" else 2
    span = dated("2026-03-02T22:00:00", f"2026-03-04T{until}")
    nights = calendar(1, "Night", week=week(HOURS.format("22:00:00", until), "0111110"))
    text = project(task(1, span, hours=2 * hours), calendars=nights, start="2026-03-02T22:00:00")
    plan = Imported(tmp_path, text)
    assert plan.days("T1") == ("2026-03-02", "2026-03-03")
    assert (plan.initiative("T1").duration_days, plan.remarks("T1")) == (2, [])


def test_a_task_may_work_on_none_of_the_weekdays_of_the_project(tmp_path: Path) -> None:
    span = dated("2026-03-07T08:00:00", "2026-03-14T16:00:00")
    held = elements(CalendarUID=2, IgnoreResourceCalendar=1, ConstraintType=4, ConstraintDate="2026-03-07T08:00:00")
    more = resources(elements(UID=1, Name="A")) + assignments(
        elements(UID=1, TaskUID=1, ResourceUID=1, Work="PT24H0M0S")
    )
    text = project(task(1, span, held, hours=24), task(2), calendars=WEEKENDS, more=more)
    plan = Imported(tmp_path, text)
    assert (plan.days("T1"), plan.days("T2")) == (("2026-03-07", "2026-03-14"), ("2026-03-02", "2026-03-02"))
    assert plan.remarks("Weekend") == ["mspdi-calendar-apart"]
    assert [item.remarks[0].code for item in plan.reading.report.items if item.fate is Fate.REJECTED] == [
        "mspdi-assignment-apart"
    ]
    assert not changes_of(plan.engagement, Imported(tmp_path, text, plan.engagement).reading, LABEL)


def test_a_calendar_nobody_follows_may_work_on_other_weekdays_and_be_read_again(tmp_path: Path) -> None:
    text = project(task(1), calendars=WEEKENDS)
    plan = Imported(tmp_path, text)
    assert not changes_of(plan.engagement, Imported(tmp_path, text, plan.engagement).reading, LABEL)


@pytest.mark.parametrize(
    ("levels", "outline"),
    [
        ((0, 1, 2), [("T1", 0), ("T2", 1)]),
        ((1, 2, 1), [("T0", 0), ("T1", 1), ("T2", 0)]),
        ((0, 1, 0, 1), [("T0", 0), ("T1", 1), ("T2", 0), ("T3", 1)]),
        ((1, 4, 2), [("T0", 0), ("T1", 1), ("T2", 1)]),
    ],
)
def test_only_a_single_row_above_all_others_stands_for_the_project(
    tmp_path: Path, levels: tuple[int, ...], outline: list[tuple[str, int]]
) -> None:
    plan = Imported(tmp_path, rows(*levels))
    assert [(one.name, depth) for one, depth in plan.engagement.outline()] == outline


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"Name": "N" * 301}, "text-shortened"),
        ({"Name": "a&#x7f;b"}, "text-cleaned"),
        ({"Notes": "n" * 100_001}, "text-shortened"),
        ({"Contact": "c" * 301}, "text-shortened"),
        ({"Cost": -100}, "mspdi-limited"),
        ({"PercentComplete": 150}, "mspdi-limited"),
        ({"Duration": "PT99999999H0M0S"}, "mspdi-limited"),
        ({"Duration": "-PT8H0M0S"}, "mspdi-limited"),
        ({"ActualStart": "2026-03-05T08:00:00", "ActualFinish": "2026-03-02T17:00:00"}, "mspdi-limited"),
        ({"ConstraintType": 9, "ConstraintDate": "2026-03-05T08:00:00"}, "mspdi-constraint-left-out"),
        ({"ConstraintType": 2}, "mspdi-constraint-left-out"),
    ],
)
def test_what_is_more_than_a_field_can_hold_is_held_within_it_and_said(
    tmp_path: Path, said: dict[str, object], code: str
) -> None:
    (item,) = [
        item for item in Imported(tmp_path, project(task(1, **said))).reading.report.items if item.kind == "initiatives"
    ]
    assert [remark.code for remark in item.remarks] == [code]
    assert item.fate is Fate.CHANGED


def test_a_lag_no_plan_can_hold_is_said(tmp_path: Path) -> None:
    plan = Imported(tmp_path, project(task(1), task(2, after(1, lag=1e14))))
    assert next(iter(plan.engagement.links.values())).lag_days == 20_000
    assert plan.remarks("T1 → T2") == ["mspdi-limited"]


def test_what_really_ended_began_when_the_file_has_it_begin(tmp_path: Path) -> None:
    ended = elements(Start="2026-03-03T08:00:00", ActualFinish="2026-03-04T17:00:00", PercentComplete=100)
    found = Imported(tmp_path, project(task(1, ended, hours=16))).initiative("T1")
    assert (found.actual_start, found.actual_finish) == (date(2026, 3, 3), date(2026, 3, 4))
    assert found.constraint is ConstraintKind.AS_SOON_AS_POSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        project("<Task><UID>1.5</UID><Name>Half</Name></Task>"),
        project(task(1), more=resources(elements(UID=1, Name="A"), elements(UID=1, Name="B"))),
        project(task(1), calendars=calendar(1, "A") + calendar(1, "B")),
        project(task(1, after(3)), task(2, after(1)), task(3, after(2))),
        project(task(1, after(4)), task(2, after(1), level=2), task(4, after(2))),
        project(task(1), calendars=calendar(1, "x", week="<WeekDay><DayType>9</DayType></WeekDay>")),
        project(task(1)).replace("UTF-8", "UTF-16"),
        project(task(1))[:-40],
        project(task(1)) + "<more/>",
        project(
            task(1),
            calendars=calendar(
                1, "x", f"<Exceptions>{exception('2026-01-01', '2027-01-01', Type=2, Month=12)}</Exceptions>"
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_refused_whole_in_one_sentence_that_names_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "theirs.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_sources([path], a.engagement(), kind=None, language=Language("en"), today=date(2026, 3, 2))
    sentence = explain(caught.value, Language("en"))
    assert str(path) in sentence
    assert "\n" not in sentence
