"""What every schedule owes, whatever the network: checked by counting days one by one, with no code of the scheduler."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.schedule import Schedule, schedule
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, LinkType
from planner.domain.kinds import Entity
from tests import builders
from tests.builders import MONDAY

DAY = timedelta(days=1)


@st.composite
def networks(draw: st.DrawFn, *, free: bool = False) -> Engagement:
    """Return a plan of up to nine initiatives of whole days; `free` leaves out pins and deadlines."""
    count = draw(st.integers(1, 9))
    entities: list[Entity] = [
        builders.settings(calendar_id="c"),
        Calendar(id="c", name="Ours", weekdays=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=2))))),
    ]
    frozen = draw(st.lists(st.integers(0, 40), max_size=3, unique=True))
    entities += [
        Freeze(id=f"f{n}", calendar_id="c", name=f"F{n}", start=MONDAY + n * DAY, finish=MONDAY + (n + 3) * DAY)
        for n in frozen
    ]
    opened = draw(st.lists(st.integers(0, 40), max_size=2, unique=True))
    entities += [
        CalendarException(id=f"x{n}", calendar_id="c", start=MONDAY + n * DAY, finish=MONDAY + n * DAY, working=True)
        for n in opened
    ]
    for n in range(count):
        fields: dict[str, object] = {"duration_days": float(draw(st.integers(1, 6)))}
        choice = draw(st.integers(0, 5))
        if choice == 0 or (choice == 1 and not free):
            fields["constraint"] = ConstraintKind.START_NO_EARLIER_THAN if choice == 0 else ConstraintKind.MUST_START_ON
            fields["constraint_date"] = MONDAY + draw(st.integers(0, 30)) * DAY
        if choice == 2 and not free:
            fields["deadline"] = MONDAY + draw(st.integers(0, 30)) * DAY
        entities.append(builders.initiative(id=f"i{n}", name=f"I{n}", **fields))
    for first in range(count):
        for second in range(first + 1, count):
            if draw(st.integers(0, 3)) == 0:
                entities.append(
                    builders.link(f"i{first}", f"i{second}", type=draw(st.sampled_from(list(LinkType))),
                                  lag_days=float(draw(st.integers(-3, 5))))
                )  # fmt: skip
    return builders.engagement(*entities)


def day_test(engagement: Engagement) -> Callable[[date], bool]:
    """Return a test for working days, written apart from the calendars' own arithmetic."""
    weekdays = engagement.calendars["c"].weekdays or ()

    def works(day: date) -> bool:
        if any(x.start <= day <= x.finish for x in engagement.calendar_exceptions.values()):
            return True
        return day.weekday() in weekdays and not any(f.start <= day <= f.finish for f in engagement.freezes.values())

    return works


def walk(works: Callable[[date], bool], day: date, steps: int) -> date:
    """Return the working day `steps` working days after (or, negative, before) the working day `day`."""
    step = DAY if steps > 0 else -DAY
    while steps:
        day += step
        if works(day):
            steps -= 1 if steps > 0 else -1
    return day


def next_working(works: Callable[[date], bool], day: date) -> date:
    while not works(day):
        day += DAY
    return day


def naive_starts(engagement: Engagement) -> dict[str, date]:
    """Return earliest starts by pushing days forwards until every demand is met."""
    works = day_test(engagement)
    starts: dict[str, date] = {}
    for initiative in sorted(engagement.initiatives.values(), key=lambda i: i.id):
        start = next_working(works, engagement.first_day)
        if initiative.constraint is ConstraintKind.MUST_START_ON and initiative.constraint_date is not None:
            starts[initiative.id] = next_working(works, initiative.constraint_date)
            continue
        if initiative.constraint_date is not None:
            start = next_working(works, max(start, initiative.constraint_date))
        length = int(initiative.duration_days)
        for link in engagement.referring("links", "successor_id").get(initiative.id, ()):
            first = starts[link.predecessor_id]
            last = walk(works, first, int(engagement.initiatives[link.predecessor_id].duration_days) - 1)
            lag = int(link.lag_days)
            earliest = {
                LinkType.FINISH_TO_START: lambda: walk(works, last, lag + 1),  # noqa: B023  called at once
                LinkType.START_TO_START: lambda: walk(works, first, lag),  # noqa: B023  called at once
                LinkType.FINISH_TO_FINISH: lambda: walk(works, last, lag - length + 1),  # noqa: B023  called at once
                LinkType.START_TO_FINISH: lambda: walk(works, first, lag - length),  # noqa: B023  called at once
            }[link.type]()
            start = max(start, earliest)
        starts[initiative.id] = start
    return starts


@given(networks())
def test_early_dates_agree_with_pushing_days_one_by_one(engagement: Engagement) -> None:
    works = day_test(engagement)
    dates = schedule(engagement).dates
    for initiative_id, start in naive_starts(engagement).items():
        assert dates[initiative_id].early_start == start
        length = int(engagement.initiatives[initiative_id].duration_days)
        assert dates[initiative_id].early_finish == walk(works, start, length - 1)


@given(networks())
def test_work_happens_on_working_days_only(engagement: Engagement) -> None:
    works = day_test(engagement)
    for dates in schedule(engagement).dates.values():
        assert works(dates.early_start)
        assert works(dates.early_finish)
        assert dates.early_start <= dates.early_finish


def delayed(engagement: Engagement, found: Schedule, initiative_id: str, days: int) -> Schedule:
    """Return the schedule when one initiative starts `days` working days later than it could."""
    initiative = engagement.initiatives[initiative_id]
    start = walk(day_test(engagement), found.dates[initiative_id].early_start, days)
    moved = dataclasses.replace(
        initiative, constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=start, deadline=None
    )
    return schedule(Engagement.of([*(e for kind in engagement.by_kind().values() for e in kind.values()), moved]))


@given(networks(free=True), st.integers(0, 8))
def test_a_delay_by_the_total_slack_keeps_the_plan_and_one_day_more_stretches_it(
    engagement: Engagement, at: int
) -> None:
    found = schedule(engagement)
    initiative_id = sorted(engagement.initiatives)[at % len(engagement.initiatives)]
    slack = int(found.dates[initiative_id].total_slack_days)
    assert slack >= 0
    assert delayed(engagement, found, initiative_id, slack).finish == found.finish
    later = delayed(engagement, found, initiative_id, slack + 1).finish
    assert later is not None
    assert found.finish is not None
    assert later > found.finish


@given(networks(free=True), st.integers(0, 8))
def test_a_delay_by_the_free_slack_moves_nobody_else(engagement: Engagement, at: int) -> None:
    found = schedule(engagement)
    initiative_id = sorted(engagement.initiatives)[at % len(engagement.initiatives)]
    free = int(found.dates[initiative_id].free_slack_days)
    assert 0 <= free <= found.dates[initiative_id].total_slack_days
    after = delayed(engagement, found, initiative_id, free)
    for other, dates in found.dates.items():
        if other != initiative_id:
            assert after.dates[other].early_start == dates.early_start


@given(networks(), st.integers(1, 5))
def test_shifting_everything_by_weeks_shifts_every_date_by_weeks(engagement: Engagement, weeks: int) -> None:
    by = timedelta(weeks=weeks)

    def shifted(entity: Entity) -> Entity:
        days = {
            field.name: value + by
            for field in dataclasses.fields(entity)
            if isinstance(value := getattr(entity, field.name), date)
        }
        return dataclasses.replace(entity, **days)

    moved = Engagement.of(shifted(e) for kind in engagement.by_kind().values() for e in kind.values())
    before, after = schedule(engagement), schedule(moved)
    for initiative_id, dates in before.dates.items():
        other = after.dates[initiative_id]
        assert other.early_start == dates.early_start + by
        assert other.late_finish == dates.late_finish + by
        assert other.total_slack_days == dates.total_slack_days


@given(networks(free=True))
def test_a_plan_without_deadlines_has_a_critical_way_through(engagement: Engagement) -> None:
    found = schedule(engagement)
    last = [dates for dates in found.dates.values() if dates.early_finish == found.finish]
    assert any(dates.critical for dates in last)
    assert all(dates.total_slack_days >= 0 for dates in found.dates.values())
