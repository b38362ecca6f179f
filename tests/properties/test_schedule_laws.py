"""What every schedule owes, whatever the network: checked by counting days one by one, with no code of the scheduler."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from planner.analysis.schedule import Schedule, ScheduledDates, schedule
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Estimate, Initiative, Link, LinkType, Status
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


@given(networks(free=True))
def test_a_plan_without_deadlines_has_a_critical_way_through(engagement: Engagement) -> None:
    found = schedule(engagement)
    last = [dates for dates in found.dates.values() if dates.early_finish == found.finish]
    assert any(dates.critical for dates in last)
    assert all(dates.total_slack_days >= 0 for dates in found.dates.values())


@st.composite
def plans(
    draw: st.DrawFn,
    *,
    fixed: bool = True,
    actual: bool = True,
    status_date: bool = True,
    kinds: tuple[LinkType, ...] = tuple(LinkType),
) -> Engagement:
    """Return a nested plan of whole days with milestones, dropped branches and teams that work on other days.

    `fixed` draws pins and deadlines too, `actual` what has really happened, `status_date` perhaps one; links of `kinds`.
    """
    weekdays = draw(st.sets(st.integers(0, 6), min_size=2))
    shared = min(weekdays)
    team_weekdays = [draw(st.none() | st.sets(st.integers(0, 6)).map(lambda days: days | {shared})) for _ in range(2)]
    entities: list[Entity] = [
        builders.settings(calendar_id="c", status_date=draw(offsets) if status_date and draw(st.booleans()) else None),
        Calendar(id="c", name="Ours", weekdays=tuple(sorted(weekdays))),
        builders.unit(id="unit"),
        builders.team(id="t"),
    ]
    for n, days in enumerate(team_weekdays):
        entities.append(Calendar(id=f"c{n}", name=f"C{n}", weekdays=None if days is None else tuple(sorted(days))))
        entities.append(builders.team(id=f"t{n}", calendar_id=f"c{n}"))
    for n, (calendar_id, start, length, kind) in enumerate(draw(st.lists(named_days, max_size=6))):
        finish = start + length * DAY
        if kind == "freeze":
            entities.append(Freeze(id=f"n{n}", calendar_id=calendar_id, name="Rest", start=start, finish=finish))
        else:
            entities.append(
                CalendarException(
                    id=f"n{n}", calendar_id=calendar_id, start=start, finish=finish, working=kind == "open"
                )
            )
    lines: list[list[str]] = []
    for n in range(draw(st.integers(1, 9))):
        above = ([] if n == 0 else lines[-1])[: draw(st.integers(0, 3))]
        lines.append([*above, f"i{n}"])
        entities.append(_drawn_initiative(draw, lines[-1], fixed=fixed, actual=actual))
        entities += [
            Estimate(id=f"e{n}-{team_id}", initiative_id=f"i{n}", team_id=team_id)
            for team_id in draw(st.sets(st.sampled_from(["t", "t0", "t1"]), max_size=2))
        ]
    for first, line in enumerate(lines):
        for second in range(first + 1, len(lines)):
            if line[-1] not in lines[second] and draw(st.integers(0, 3)) == 0:
                entities.append(
                    builders.link(f"i{first}", f"i{second}", type=draw(st.sampled_from(kinds)),
                                  lag_days=float(draw(st.sampled_from([0, 0, 0, 1, 3, -2]))))
                )  # fmt: skip
    return builders.engagement(*entities)


# Slack before a link from a start runs to the end of a rest of one's own, which for others is a later day.
after_finish = (LinkType.FINISH_TO_START, LinkType.FINISH_TO_FINISH)
offsets = st.integers(0, 30).map(lambda n: MONDAY + n * DAY)
named_days = st.tuples(
    st.sampled_from(["c", "c0", "c1"]), offsets, st.integers(0, 3), st.sampled_from(["freeze", "close", "open"])
)


def _drawn_initiative(draw: st.DrawFn, line: list[str], *, fixed: bool, actual: bool) -> Initiative:
    fields: dict[str, object] = {"duration_days": float(draw(st.sampled_from([0, 0, 1, 2, 3, 5])))}
    choice = draw(st.integers(0, 9))
    if choice == 0 or (choice == 1 and fixed):
        fields["constraint"] = ConstraintKind.START_NO_EARLIER_THAN if choice == 0 else ConstraintKind.MUST_START_ON
        fields["constraint_date"] = draw(offsets)
    elif choice == 2 and fixed:
        fields["deadline"] = draw(offsets)
    elif choice == 3:
        fields["status"] = Status.DROPPED
    elif choice == 4 and actual:
        fields["actual_start"] = start = draw(offsets)
        if draw(st.booleans()):
            fields["actual_finish"] = start + draw(st.integers(0, 6)) * DAY
        else:
            fields["progress"] = draw(st.sampled_from([0.0, 0.5]))
    return builders.initiative(
        id=line[-1], name=line[-1], parent_id=line[-2] if len(line) > 1 else None, position=int(line[-1][1:]), **fields
    )


def works_for(engagement: Engagement, initiative_id: str) -> Callable[[date], bool]:
    """Return a test for the days on which the teams of an initiative all work, in the words of the domain."""

    def says(calendar_id: str, day: date) -> bool | None:
        """Return what a calendar names a day as, None for nothing."""
        spans = [x for x in engagement.calendar_exceptions.values() if x.calendar_id == calendar_id]
        if any(x.working and x.start <= day <= x.finish for x in spans):
            return True
        rests = [*spans, *(f for f in engagement.freezes.values() if f.calendar_id == calendar_id)]
        return False if any(x.start <= day <= x.finish for x in rests) else None

    def lets(calendar_id: str, day: date) -> bool:
        named, weekdays = says(calendar_id, day), engagement.calendars[calendar_id].weekdays
        return named if named is not None else weekdays is None or day.weekday() in weekdays

    own = [e.team_id for e in engagement.estimates.values() if e.initiative_id == initiative_id]
    calendar_ids = [engagement.teams[team_id].calendar_id for team_id in own]

    def works(day: date) -> bool:
        return all(says(c, day) or (lets("c", day) and lets(c, day)) for c in calendar_ids if c is not None) and (
            lets("c", day) or (None not in calendar_ids and bool(calendar_ids))
        )

    return works


def held_by(engagement: Engagement, initiative_id: str) -> list[Initiative]:
    """Return the way down from the top to an initiative, both included."""
    initiative = engagement.initiatives[initiative_id]
    above = [] if initiative.parent_id is None else held_by(engagement, initiative.parent_id)
    return [*above, initiative]


def leaves(engagement: Engagement) -> list[Initiative]:
    return [i for i in engagement.initiatives.values() if not engagement.children_of(i.id)]


def counted(engagement: Engagement) -> set[str]:
    """Return the ids of what counts: leaves that are not dropped nor held by what is, and all that holds one."""
    found: set[str] = set()
    for leaf in leaves(engagement):
        line = held_by(engagement, leaf.id)
        if all(i.status is not Status.DROPPED for i in line):
            found |= {i.id for i in line}
    return found


@given(plans())
def test_no_date_falls_on_a_day_off_but_what_really_happened_there(engagement: Engagement) -> None:
    dates = schedule(engagement).dates
    for leaf in leaves(engagement):
        if leaf.actual_start is None:
            found, works = dates[leaf.id], works_for(engagement, leaf.id)
            for day in (found.early_start, found.early_finish, found.late_start, found.late_finish):
                assert works(day), (leaf.id, day)


@given(plans())
def test_every_link_holds_wherever_no_pin_and_nothing_actual_breaks_it(engagement: Engagement) -> None:
    dates = schedule(engagement).dates
    counts = counted(engagement)
    for link in engagement.links.values():
        if not {link.predecessor_id, link.successor_id} <= counts:
            continue
        for leaf in leaves(engagement):
            line = held_by(engagement, leaf.id)
            at = next((n for n, i in enumerate(line) if i.id == link.successor_id), None)
            if at is None or leaf.id not in counts or leaf.actual_start is not None:
                continue
            if all(i.constraint is not ConstraintKind.MUST_START_ON for i in line[at:]):
                first = engagement.initiatives[link.predecessor_id]
                firsts = [
                    dates[i.id] for i in leaves(engagement) if i.id in counts and first in held_by(engagement, i.id)
                ]
                # A lag counts the days of the successor itself, which are not always those of all that it holds.
                works = works_for(engagement, leaf.id)
                if not link.lag_days or all(
                    works(MONDAY + n * DAY) == works_for(engagement, link.successor_id)(MONDAY + n * DAY)
                    for n in range(-7, 120)
                ):
                    assert_link_holds(link, firsts, dates[leaf.id], works)


def assert_link_holds(
    link: Link, firsts: list[ScheduledDates], second: ScheduledDates, works: Callable[[date], bool]
) -> None:
    """Count the days that work between the two ends of a link; milestones may be on either side of their day.

    `firsts` are all that the predecessor holds, or the predecessor.
    """
    from_start = link.type in (LinkType.START_TO_START, LinkType.START_TO_FINISH)
    to_finish = link.type in (LinkType.FINISH_TO_FINISH, LinkType.START_TO_FINISH)
    if from_start:
        ends_before = last = min(first.early_start for first in firsts)
    else:
        ends_before = max(first.early_start if first.milestone else first.early_finish + DAY for first in firsts)
        # What finishes with a milestone of one morning may do so on the evening before.
        ends = [first.early_finish for first in firsts if second.milestone or not (to_finish and first.milestone)]
        last = max(ends, default=second.early_start)
    ends_by = second.early_finish + DAY if to_finish or second.milestone else second.early_start
    far = MONDAY - 400 * DAY
    before = sum(works(far + n * DAY) for n in range((ends_before - far).days))
    by = sum(works(far + n * DAY) for n in range((ends_by - far).days))
    assert by >= before + link.lag_days, link
    if link.lag_days == 0 and (second.milestone or link.type is not LinkType.START_TO_FINISH):
        assert (second.early_finish if to_finish else second.early_start) >= last, link


@given(plans(fixed=False))
def test_without_pins_and_deadlines_no_slack_is_negative_whatever_has_happened(engagement: Engagement) -> None:
    for found in schedule(engagement).dates.values():
        assert found.total_slack_days >= 0
        assert 0 <= found.free_slack_days <= found.total_slack_days


@given(plans())
def test_dates_are_in_order_and_the_sign_of_slack_says_which_way_the_late_ones_lie(engagement: Engagement) -> None:
    found = schedule(engagement)
    for dates in found.dates.values():
        assert dates.early_start <= dates.early_finish
        assert dates.late_start <= dates.late_finish
    for leaf in leaves(engagement):
        dates = found.dates[leaf.id]
        if dates.total_slack_days == 0:
            assert (dates.late_start, dates.late_finish) == (dates.early_start, dates.early_finish)
        else:
            assert (dates.late_finish >= dates.early_finish) == (dates.total_slack_days > 0)


@given(plans())
def test_what_is_dropped_might_as_well_not_be_there(engagement: Engagement) -> None:
    counts = counted(engagement)
    found = schedule(engagement)
    kept = Engagement.of(
        entity
        for kind in engagement.by_kind().values()
        for entity in kind.values()
        if not (isinstance(entity, Initiative) and entity.id not in counts)
        and not (isinstance(entity, Link) and not {entity.predecessor_id, entity.successor_id} <= counts)
        and not (isinstance(entity, Estimate) and entity.initiative_id not in counts)
    )
    without = schedule(kept)
    assert {i: dates for i, dates in found.dates.items() if i in counts} == without.dates
    if counts:
        assert (found.start, found.finish) == (without.start, without.finish)


@given(plans())
def test_a_pin_holds_what_it_names_and_all_that_holds_no_pin_of_its_own_below(engagement: Engagement) -> None:
    dates = schedule(engagement).dates
    for leaf in leaves(engagement):
        pins = [i.constraint_date for i in held_by(engagement, leaf.id) if i.constraint is ConstraintKind.MUST_START_ON]
        if leaf.actual_start is None and pins and pins[-1] is not None:
            works = works_for(engagement, leaf.id)
            if leaf.constraint is ConstraintKind.MUST_START_ON:
                assert dates[leaf.id].early_start == next_working(works, pins[-1])
                assert dates[leaf.id].total_slack_days == 0
            else:
                assert dates[leaf.id].early_start >= pins[-1]


def shifted(thing: Any, by: timedelta) -> Any:
    """Return an entity, or the dates of one, with every day moved."""
    days = {
        field.name: value + by
        for field in dataclasses.fields(thing)
        if isinstance(value := getattr(thing, field.name), date)
    }
    return dataclasses.replace(thing, **days)


@given(plans(), st.integers(1, 5))
def test_shifting_everything_by_weeks_shifts_every_result_by_weeks(engagement: Engagement, weeks: int) -> None:
    by = timedelta(weeks=weeks)
    moved = Engagement.of(shifted(e, by) for kind in engagement.by_kind().values() for e in kind.values())
    assert schedule(moved).dates == {i: shifted(dates, by) for i, dates in schedule(engagement).dates.items()}


@given(plans(fixed=False, actual=False, status_date=False), st.data())
def test_starting_on_the_late_start_keeps_the_end_of_the_plan(engagement: Engagement, data: st.DataObject) -> None:
    found = schedule(engagement)
    leaf = data.draw(st.sampled_from(leaves(engagement)))
    counts = counted(engagement)
    if leaf.id in counts:
        after = starting_on(engagement, leaf, found.dates[leaf.id].late_start)
        # A milestone may go from the last evening to the next morning: no working time lies between.
        ends = [after.dates[i.id].early_finish for i in leaves(engagement) if i.id in counts and i.duration_days]
        assert found.finish is not None
        assert max(ends, default=found.finish) <= found.finish


@given(plans(fixed=False, actual=False, status_date=False), st.data())
def test_a_delay_by_the_free_slack_moves_no_work_of_others(engagement: Engagement, data: st.DataObject) -> None:
    found = schedule(engagement)
    leaf = data.draw(st.sampled_from(leaves(engagement)))
    # A milestone has the evening of its last free day, which no earliest start can name.
    assume(leaf.duration_days > 0)
    late = walk(
        works_for(engagement, leaf.id), found.dates[leaf.id].early_start, int(found.dates[leaf.id].free_slack_days)
    )
    after = starting_on(engagement, leaf, late)
    for other in leaves(engagement):
        # A milestone may go from one evening to the next morning: no working time lies between.
        if other.id != leaf.id and other.duration_days:
            assert after.dates[other.id].early_start == found.dates[other.id].early_start
            assert after.dates[other.id].early_finish == found.dates[other.id].early_finish


def starting_on(engagement: Engagement, leaf: Initiative, day: date) -> Schedule:
    """Return the schedule when one initiative starts no earlier than a day."""
    moved = dataclasses.replace(leaf, constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=day)
    return schedule(Engagement.of([*(e for kind in engagement.by_kind().values() for e in kind.values()), moved]))
