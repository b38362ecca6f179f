"""Working days: weekends, holidays, freezes, exceptions, and arithmetic over them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.calendar import TICKS_PER_DAY, WorkCalendar, calendar_for, calendar_of, end_of, start_of
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.errors import UserError
from tests import builders
from tests.builders import MONDAY


def test_without_a_calendar_the_week_works_from_monday_to_friday() -> None:
    calendar = calendar_of(builders.engagement(), None)
    assert [calendar.is_working(MONDAY + timedelta(days=n)) for n in range(7)] == [True] * 5 + [False] * 2
    assert calendar.is_working(date(2026, 12, 25))


def test_public_holidays_freezes_and_exceptions_change_what_works() -> None:
    plan = builders.engagement(
        builders.settings(calendar_id="c"),
        Calendar(id="c", name="France", country="FR"),
        Freeze(id="f", calendar_id="c", name="Year end", start=date(2026, 12, 14), finish=date(2027, 1, 3)),
        CalendarException(id="e1", calendar_id="c", start=date(2026, 3, 7), finish=date(2026, 3, 7), working=True),
        CalendarException(id="e2", calendar_id="c", start=date(2026, 3, 4), finish=date(2026, 3, 5)),
        CalendarException(id="e3", calendar_id="c", start=date(2026, 12, 16), finish=date(2026, 12, 16), working=True),
    )
    calendar = calendar_of(plan, None)
    assert not calendar.is_working(date(2026, 7, 14))
    assert not calendar.is_working(date(2026, 5, 1))
    assert calendar.is_working(date(2026, 3, 7))
    assert not calendar.is_working(date(2026, 3, 4))
    assert calendar.count(date(2026, 12, 14), date(2027, 1, 3)) == 1
    assert calendar.is_working(date(2026, 12, 16))


def test_a_team_calendar_adds_to_the_engagements() -> None:
    plan = builders.engagement(
        builders.settings(calendar_id="c"),
        Calendar(id="c", name="France", country="FR"),
        Calendar(id="t", name="Four days", weekdays=(0, 1, 2, 3)),
        CalendarException(id="e", calendar_id="t", start=date(2026, 7, 14), finish=date(2026, 7, 14), working=True),
        builders.unit(id="unit"),
        builders.team(id="team", calendar_id="t"),
        builders.team(id="other"),
    )
    assert not calendar_of(plan, "team").is_working(date(2026, 3, 6))
    assert not calendar_of(plan, "team").is_working(date(2026, 5, 14))
    assert calendar_of(plan, "team").is_working(date(2026, 7, 14))
    assert not calendar_of(plan, "other").is_working(date(2026, 7, 14))


def test_what_one_team_says_of_a_day_is_said_for_that_team_alone() -> None:
    friday, saturday, sunday = (MONDAY + timedelta(days=n) for n in (4, 5, 6))
    plan = builders.engagement(
        builders.settings(calendar_id="c"),
        Calendar(id="c", name="Ours"),
        Calendar(id="keen", name="Keen", weekdays=None),
        Calendar(id="calm", name="Calm", weekdays=(0, 1, 2, 3)),
        CalendarException(id="e1", calendar_id="keen", start=friday, finish=saturday, working=True),
        CalendarException(id="e2", calendar_id="c", start=sunday, finish=sunday, working=True),
        Freeze(id="f", calendar_id="c", name="Close", start=MONDAY, finish=MONDAY),
        CalendarException(id="e3", calendar_id="keen", start=MONDAY, finish=MONDAY, working=True),
    )

    def worked(*calendar_ids: str | None) -> list[bool]:
        calendar = calendar_for(plan, calendar_ids)
        return [calendar.is_working(day) for day in (MONDAY, friday, saturday, sunday)]

    assert worked() == worked(None) == worked("c") == [False, True, False, True]
    assert worked("keen") == [True, True, True, True]
    assert worked("calm") == [False, False, False, False]
    assert worked("keen", "calm") == worked("calm", "keen") == [False, False, False, False]
    assert worked("keen", None) == [False, True, False, True]


def test_a_plan_that_begins_before_the_first_year_of_calendars_has_working_days_all_the_same() -> None:
    calendar = WorkCalendar(closed=[date(1900, 1, 1)], around=date(1800, 1, 1))
    assert not calendar.is_working(date(1900, 1, 1))
    assert calendar.add(date(1900, 1, 1), 1) == date(1900, 1, 2)
    assert calendar.count(date(1900, 1, 1), date(1900, 1, 14)) == 9


def test_calendars_that_never_agree_are_named() -> None:
    plan = builders.engagement(
        builders.settings(calendar_id="c"),
        Calendar(id="c", name="Weekend", weekdays=(5, 6)),
        Calendar(id="t", name="Week", weekdays=(0, 1)),
        builders.unit(id="unit"),
        builders.team(id="team", calendar_id="t"),
    )
    with pytest.raises(UserError) as raised:
        calendar_of(plan, "team")
    assert raised.value.code == "no-working-days"
    assert raised.value.parameters["names"] == ("Weekend", "Week")


def test_a_day_past_all_calendars_is_told_instead_of_searched_for_ever() -> None:
    calendar = WorkCalendar(closed=(), around=MONDAY)
    with pytest.raises(UserError, match="beyond-calendar"):
        calendar.add(MONDAY, 90_000)


calendars = st.builds(
    lambda weekdays, closed, opened: WorkCalendar(
        weekdays,
        closed=[MONDAY + timedelta(days=n) for n in closed],
        opened=[MONDAY + timedelta(days=n) for n in opened],
        around=MONDAY,
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.integers(-30, 60), max_size=20),
    st.sets(st.integers(-30, 60), max_size=5),
)
days = st.one_of(st.integers(-60, 400), st.integers(-3760, -3600), st.integers(-6000, -5000)).map(
    lambda n: MONDAY + timedelta(days=n)
)
"""Around the plan, around the first numbered day, and long before it."""


@given(calendars, days, days)
def test_counting_agrees_with_looking_at_each_day(calendar: WorkCalendar, start: date, finish: date) -> None:
    span = [start + timedelta(days=n) for n in range((finish - start).days + 1)]
    assert calendar.count(start, finish) == sum(calendar.is_working(day) for day in span)


@given(calendars, days, st.integers(1, 200))
def test_adding_days_then_counting_them_is_the_identity(calendar: WorkCalendar, start: date, length: int) -> None:
    finish = calendar.add(start, length)
    assert calendar.count(start, finish) == length
    assert calendar.is_working(finish)


@given(calendars, days)
def test_first_and_last_working_days_are_working_days_at_hand(calendar: WorkCalendar, day: date) -> None:
    first, last = calendar.first_working(day), calendar.last_working(day)
    assert last <= day <= first or (first == last == day)
    assert calendar.is_working(first)
    assert calendar.is_working(last)
    assert calendar.count(last, first) == (1 if first == last else 2)


@given(calendars, days, st.integers(0, 5 * TICKS_PER_DAY))
def test_a_moment_and_its_work_are_two_names_of_one_thing(calendar: WorkCalendar, day: date, ticks: int) -> None:
    work = calendar.work_before(start_of(day)) + ticks
    assert calendar.work_before(calendar.starting(work)) == work
    assert calendar.work_before(calendar.finishing(work)) == work
    assert calendar.finishing(work) <= calendar.starting(work)
    assert calendar.work_before(end_of(day)) - calendar.work_before(start_of(day)) in (0, TICKS_PER_DAY)


@pytest.fixture
def _switching_threads_at_every_turn() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def answers_of(calendar: WorkCalendar, years: list[int]) -> list[object]:
    """Return what a calendar says of days ever further on, or that it ends before them."""
    found: list[object] = []
    for year in years:
        try:
            found += [calendar.count(MONDAY, date(year, 12, 31)), calendar.add(date(year, 1, 1), 300)]
        except UserError as error:
            found.append(error.code)
    return found


@pytest.mark.usefixtures("_switching_threads_at_every_turn")
def test_threads_that_ask_one_fresh_calendar_are_answered_as_one_would_be() -> None:
    years = [*range(2027, 2300, 9), 2400]
    alone = answers_of(WorkCalendar(around=MONDAY), years)
    assert alone[-1] == "beyond-calendar"
    for _ in range(8):
        calendar = WorkCalendar(around=MONDAY)
        found: list[list[object]] = []
        begin = threading.Barrier(4)

        def ask(
            calendar: WorkCalendar = calendar, found: list[list[object]] = found, begin: threading.Barrier = begin
        ) -> None:
            begin.wait()
            found.append(answers_of(calendar, years))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [alone] * 4
