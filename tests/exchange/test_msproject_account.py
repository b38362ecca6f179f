"""What an import of Microsoft Project XML says it does not carry over: every field that says something, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders as a
from tests.exchange.project_xml import Imported, assignments, calendar, elements, project, resources, task

PERIOD = elements(Start="2026-03-02T08:00:00", Finish="2026-03-02T17:00:00")


def left_out(plan: Imported) -> dict[str, tuple[str, ...]]:
    """Return the fields of records that are not carried over, with some who say them."""
    found = [one.parameters for one in plan.reading.report.problems if one.code == "mspdi-field-left-out"]
    return {one["field"]: one["names"] for one in found}


def of_project(plan: Imported) -> list[str]:
    """Return the fields of the project itself that are not carried over."""
    found = [one for one in plan.reading.report.problems if one.code == "mspdi-header-left-out"]
    return found[0].parameters["fields"].split(", ") if found else []


def baseline(**values: object) -> str:
    return f"<Baseline>{elements(Number=0)}{PERIOD}{elements(**values)}</Baseline>"


@pytest.mark.parametrize(
    ("inside", "field"),
    [
        (elements(Type=2), "Task/Type"),
        (elements(Estimated=1), "Task/Estimated"),
        (elements(Recurring=1), "Task/Recurring"),
        (elements(Milestone=1), "Task/Milestone"),
        (elements(WBS="A-1", OutlineNumber="1"), "Task/WBS"),
        (elements(ActualCost=500), "Task/ActualCost"),
        (elements(PercentComplete=10, PercentWorkComplete=50, Work="PT8H0M0S"), "Task/PercentWorkComplete"),
        (baseline(Duration="PT8H0M0S", Cost=100), "Task/Baseline/Cost"),
        (f"<TimephasedData>{elements(Type=1)}</TimephasedData>", "Task/TimephasedData"),
        (f"<OutlineCode>{elements(FieldID=1)}</OutlineCode>", "Task/OutlineCode"),
        (elements(StartText="after the holidays"), "Task/StartText"),
        (elements(SomethingNew="from a later version"), "Task/SomethingNew"),
    ],
)
def test_a_field_of_a_task_that_has_no_place_here_is_named(tmp_path: Path, inside: str, field: str) -> None:
    assert left_out(Imported(tmp_path, project(task(1, inside)))) == {field: ("T1",)}


def test_what_only_keeps_house_or_chooses_nothing_is_not_named(tmp_path: Path) -> None:
    usual = elements(
        Priority=500, Type=1, FixedCostAccrual=3, LevelingDelayFormat=8, EffortDriven=0, Hyperlink="", Estimated=0,
        PercentComplete=50, PercentWorkComplete=50, Work="PT8H0M0S", WBS="1", OutlineNumber="1", CreateDate="x",
    )  # fmt: skip
    plan = Imported(tmp_path, project(task(1, usual, baseline(DurationFormat=7)), SaveVersion=14, WeekStartDay=1))
    assert (left_out(plan), of_project(plan)) == ({}, [])


def test_fields_of_resources_assignments_calendars_and_attributes_are_named(tmp_path: Path) -> None:
    work = f"<TimephasedData>{elements(Type=1)}</TimephasedData>"
    more = (
        resources(elements(UID=1, Name="Ops", Group="North", StandardRate=50))
        + assignments(
            elements(UID=1, TaskUID=1, ResourceUID=1, Work="PT8H0M0S", Units=0.5) + work * 3,
            elements(UID=2, TaskUID=1, ResourceUID=-65535, Work="PT8H0M0S"),
        )
        + f"<ExtendedAttributes><ExtendedAttribute>{elements(Alias='Risk')}</ExtendedAttribute></ExtendedAttributes>"
    )
    plan = Imported(tmp_path, project(task(1), more=more, calendars=calendar(1, "Ours", elements(Colour="red"))))
    assert left_out(plan) == {
        "Assignment/TimephasedData": ("T1",),
        "Assignment/Work": ("T1",),
        "Calendar/Colour": ("Ours",),
        "ExtendedAttribute/Alias": ("Risk",),
        "Resource/Group": ("Ops",),
        "Resource/StandardRate": ("Ops",),
    }
    (computed,) = [one.parameters["fields"] for one in plan.reading.report.problems if one.code == "mspdi-computed"]
    assert computed == "Assignment/Units"


def test_what_the_row_of_the_whole_project_says_is_named(tmp_path: Path) -> None:
    whole = task(0, elements(Notes="Read me", FixedCost=100, Deadline="2026-03-06T17:00:00"), level=0, Name="All")
    plan = Imported(tmp_path, project(whole, task(1)))
    assert set(left_out(plan)) == {"Task/Notes", "Task/FixedCost", "Task/Deadline"}


def test_fields_of_the_project_itself_are_named(tmp_path: Path) -> None:
    plan = Imported(
        tmp_path, project(task(1), more="<Views><View/></Views>", Manager="Ann", Subject="x", CriticalSlackLimit=2)
    )
    assert of_project(plan) == ["CriticalSlackLimit", "Manager", "Subject", "Views"]


def test_client_and_fiscal_year_are_the_engagements_where_the_project_is_all_there_is(tmp_path: Path) -> None:
    text = project(task(1), Company="Acme", FYStartDate=4, Title="Theirs")
    plan = Imported(tmp_path, text, a.engagement(a.settings(client="")))
    assert (plan.engagement.setting.client, plan.engagement.setting.fiscal_year_start_month) == ("Acme", 4)
    assert of_project(plan) == ["Title"]
    known = Imported(tmp_path, text, a.engagement(a.settings(client="Ours")))
    assert (known.engagement.setting.client, of_project(known)) == ("Ours", ["Company", "Title"])
    beside = Imported(tmp_path, text, a.engagement(a.initiative(id="i")))
    assert beside.engagement.setting.fiscal_year_start_month == 1
    assert of_project(beside) == ["Company", "FYStartDate"]
