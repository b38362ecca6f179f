"""Dates, slack and the critical path, by hand-worked examples."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from planner.analysis.schedule import ScheduledDates, schedule
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.errors import UserError
from planner.domain.initiative import ConstraintKind, Estimate, Link, LinkType, Status
from planner.domain.kinds import Entity
from tests import builders
from tests.builders import MONDAY


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def plan(*entities: Entity, **settings: Any) -> dict[str, ScheduledDates]:
    return dict(schedule(builders.engagement(builders.settings(**settings), *entities)).dates)


def work(name: str, days: float, **fields: Any) -> Any:
    return builders.initiative(id=name, name=name, duration_days=days, **fields)


def joined(first: str, second: str, kind: LinkType = LinkType.FINISH_TO_START, lag: float = 0.0) -> Link:
    return builders.link(first, second, type=kind, lag_days=lag)


def span(dates: ScheduledDates) -> tuple[date, date]:
    return dates.early_start, dates.early_finish


def saturday_team() -> list[Entity]:
    """Return a team that works on Saturdays too, and nobody else does."""
    saturdays = [CalendarException(id=f"s{n}", calendar_id="sat", start=day(n), finish=day(n), working=True)
                 for n in (5, 12, 19)]  # fmt: skip
    return [
        Calendar(id="sat", name="Saturdays", weekdays=None),
        *saturdays,
        builders.unit(id="unit"),
        builders.team(id="keen", calendar_id="sat"),
    ]


def by_keen_team(name: str) -> Estimate:
    return Estimate(id=f"e-{name}", initiative_id=name, team_id="keen")


def test_an_empty_plan_has_no_dates() -> None:
    found = schedule(builders.engagement())
    assert (dict(found.dates), found.start, found.finish) == ({}, None, None)


def test_work_runs_over_weekends_and_a_finish_is_the_last_working_day() -> None:
    dates = plan(work("a", 5), work("b", 1), joined("a", "b"))
    assert span(dates["a"]) == (day(0), day(4))
    assert span(dates["b"]) == (day(7), day(7))


@pytest.mark.parametrize(
    ("kind", "lag", "start", "finish"),
    [
        (LinkType.FINISH_TO_START, 0, day(7), day(9)),
        (LinkType.FINISH_TO_START, 2, day(9), day(11)),
        (LinkType.FINISH_TO_START, -2, day(3), day(7)),
        (LinkType.START_TO_START, 0, day(0), day(2)),
        (LinkType.START_TO_START, 3, day(3), day(7)),
        (LinkType.FINISH_TO_FINISH, 0, day(2), day(4)),
        (LinkType.FINISH_TO_FINISH, 1, day(3), day(7)),
        (LinkType.START_TO_FINISH, 0, day(0), day(2)),
        (LinkType.START_TO_FINISH, 6, day(3), day(7)),
    ],
)
def test_each_link_holds_the_end_it_names(kind: LinkType, lag: float, start: date, finish: date) -> None:
    assert span(plan(work("a", 5), work("b", 3), joined("a", "b", kind, lag))["b"]) == (start, finish)


def test_slack_is_what_the_longer_way_leaves_to_the_shorter() -> None:
    dates = plan(
        work("start", 1), work("long", 6), work("short", 2), work("end", 1),
        joined("start", "long"), joined("start", "short"), joined("long", "end"), joined("short", "end"),
    )  # fmt: skip
    assert [dates[name].critical for name in ("start", "long", "short", "end")] == [True, True, False, True]
    assert dates["short"].total_slack_days == 4
    assert dates["short"].free_slack_days == 4
    assert (dates["short"].late_start, dates["short"].late_finish) == (day(7), day(8))


def test_free_slack_stops_where_a_successor_would_move() -> None:
    dates = plan(work("a", 2), work("b", 2), work("long", 10), joined("a", "b"))
    assert dates["a"].total_slack_days == 6
    assert dates["a"].free_slack_days == 0
    assert dates["b"].free_slack_days == 6


def test_an_earliest_start_waits_and_a_pin_wins_over_links() -> None:
    dates = plan(
        work("a", 5),
        work("later", 1, constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=day(12)),
        work("pinned", 2, constraint=ConstraintKind.MUST_START_ON, constraint_date=day(1)),
        joined("a", "later"),
        joined("a", "pinned"),
    )
    assert span(dates["later"]) == (day(14), day(14))
    assert span(dates["pinned"]) == (day(1), day(2))
    assert dates["pinned"].critical
    assert dates["a"].total_slack_days == -4


def test_a_deadline_warns_and_tightens_but_never_moves() -> None:
    dates = plan(work("a", 5, deadline=day(2)), work("b", 10))
    assert span(dates["a"]) == (day(0), day(4))
    assert dates["a"].deadline_missed
    assert dates["a"].total_slack_days == -2
    assert dates["a"].critical


def test_what_holds_others_spans_them_and_links_act_on_them() -> None:
    dates = plan(
        work("before", 5), work("holder", 0), work("one", 2, parent_id="holder"), work("two", 4, parent_id="holder"),
        work("after", 1), joined("before", "holder"), joined("holder", "after"),
    )  # fmt: skip
    assert dates["holder"].summary
    assert span(dates["holder"]) == (day(7), day(10))
    assert span(dates["one"]) == (day(7), day(8))
    assert span(dates["after"]) == (day(11), day(11))
    assert dates["one"].free_slack_days == 2
    assert dates["holder"].critical


def test_a_milestone_happens_on_the_day_its_predecessor_ends() -> None:
    dates = plan(work("a", 5), work("live", 0), work("next", 1), joined("a", "live"), joined("live", "next"))
    assert dates["live"].milestone
    assert span(dates["live"]) == (day(4), day(4))
    assert span(dates["next"]) == (day(7), day(7))


def test_a_plan_that_begins_on_a_weekend_begins_on_monday() -> None:
    dates = plan(work("a", 1), work("m", 0), plan_start=day(5))
    assert span(dates["a"]) == (day(7), day(7))
    assert span(dates["m"]) == (day(7), day(7))


def test_a_freeze_interrupts_the_work() -> None:
    dates = plan(
        Calendar(id="c", name="Ours"),
        Freeze(id="f", calendar_id="c", name="Close", start=day(2), finish=day(8)),
        work("a", 3),
        calendar_id="c",
    )
    assert span(dates["a"]) == (day(0), day(9))


def test_an_initiative_works_when_all_its_teams_do() -> None:
    dates = plan(
        Calendar(id="early", name="Early", weekdays=(0, 1, 2)),
        Calendar(id="late", name="Late", weekdays=(2, 3, 4)),
        builders.unit(id="unit"),
        builders.team(id="t1", calendar_id="early"),
        builders.team(id="t2", calendar_id="late"),
        work("both", 2),
        Estimate(id="e1", initiative_id="both", team_id="t1"),
        Estimate(id="e2", initiative_id="both", team_id="t2"),
    )
    assert span(dates["both"]) == (day(2), day(9))


def test_done_work_never_moves_and_what_is_left_starts_after_the_status_date() -> None:
    dates = plan(
        work("done", 5, status=Status.DONE, actual_start=day(1), actual_finish=day(2), progress=1.0),
        work("half", 4, status=Status.ACTIVE, actual_start=day(0), progress=0.5),
        work("planned", 2),
        joined("done", "planned"),
        status_date=day(7),
    )
    assert span(dates["done"]) == (day(1), day(2))
    assert not dates["done"].critical
    assert span(dates["half"]) == (day(0), day(8))
    assert span(dates["planned"]) == (day(7), day(8))


def test_nothing_waits_for_what_was_dropped() -> None:
    dates = plan(work("dropped", 50, status=Status.DROPPED), work("b", 2), joined("dropped", "b"))
    assert span(dates["b"]) == (day(0), day(1))
    assert dates["b"].critical
    assert not dates["dropped"].critical


def test_fractions_of_days_add_up() -> None:
    dates = plan(work("a", 1.5), work("b", 0.5), work("c", 1), joined("a", "b"), joined("b", "c"))
    assert span(dates["b"]) == (day(1), day(1))
    assert span(dates["c"]) == (day(2), day(2))


def test_a_circle_is_named_with_its_members() -> None:
    with pytest.raises(UserError) as raised:
        plan(work("free", 1), work("a", 1), work("b", 1), work("c", 1),
             joined("free", "a"), joined("a", "b"), joined("b", "c"), joined("c", "a"))  # fmt: skip
    assert raised.value.code == "link-circle"
    names = raised.value.parameters["names"]
    assert names[0] == names[-1]
    assert set(names) == {"a", "b", "c"}
    assert "".join(names[:-1]) in "abcabc"


def test_a_circle_through_nesting_is_named() -> None:
    with pytest.raises(UserError, match="link-circle"):
        plan(work("holder", 1), work("in", 1, parent_id="holder"), work("out", 1),
             joined("holder", "out"), joined("out", "in"))  # fmt: skip


def test_a_plan_too_long_for_any_calendar_is_refused() -> None:
    chain = [work(f"w{n}", 20_000) for n in range(5)]
    links = [joined(f"w{n}", f"w{n + 1}") for n in range(4)]
    with pytest.raises(UserError, match="beyond-calendar"):
        plan(*chain, *links)


def test_a_milestone_is_never_dated_before_the_saturday_on_which_what_it_waits_for_ends() -> None:
    dates = plan(
        *saturday_team(), work("a", 6), by_keen_team("a"), work("live", 0), work("ready", 0), work("next", 1),
        joined("a", "live"), joined("a", "ready", LinkType.FINISH_TO_FINISH), joined("live", "next"),
    )  # fmt: skip
    assert span(dates["a"]) == (day(0), day(5))
    assert span(dates["live"]) == (day(7), day(7))
    assert span(dates["ready"]) == (day(7), day(7))
    assert span(dates["next"]) == (day(7), day(7))


def test_a_milestone_within_another_waits_to_the_evening_on_which_what_its_holder_waits_for_ends() -> None:
    dates = plan(work("a", 5), work("holder", 0), work("live", 0, parent_id="holder"), joined("a", "holder"))
    assert span(dates["live"]) == (day(4), day(4))


@pytest.mark.parametrize(("lag", "expected"), [(0, day(4)), (1, day(7)), (-1, day(3))])
def test_a_milestone_that_finishes_with_other_work_falls_on_the_day_that_work_ends(lag: float, expected: date) -> None:
    dates = plan(work("a", 5), work("live", 0), joined("a", "live", LinkType.FINISH_TO_FINISH, lag))
    assert span(dates["live"]) == (expected, expected)


def test_work_that_must_not_finish_before_a_day_on_which_it_rests_is_finished_on_the_next() -> None:
    dates = plan(
        *saturday_team(), work("a", 6), by_keen_team("a"), work("b", 2),
        joined("a", "b", LinkType.FINISH_TO_FINISH),
    )  # fmt: skip
    assert span(dates["b"]) == (day(3), day(7))
    assert dates["b"].total_slack_days == 0
    assert dates["a"].critical


def test_nor_is_it_finished_before_what_others_do_on_such_a_day_within_a_holder_that_rests_too() -> None:
    dates = plan(
        *saturday_team(), work("holder", 0), work("a", 6, parent_id="holder"), by_keen_team("a"), work("b", 2),
        joined("holder", "b", LinkType.FINISH_TO_FINISH),
    )  # fmt: skip
    assert span(dates["b"]) == (day(3), day(7))


def test_a_dropped_branch_neither_moves_nor_stretches_what_counts() -> None:
    dates = plan(
        work("dropped", 0, status=Status.DROPPED), work("in", 50, parent_id="dropped"), work("b", 2), work("c", 2),
        work("holder", 0), work("never", 30, parent_id="holder", status=Status.DROPPED), work("d", 1),
        joined("in", "b"), joined("holder", "d"), joined("c", "in"),
    )  # fmt: skip
    assert span(dates["b"]) == span(dates["c"]) == (day(0), day(1))
    assert dates["b"].total_slack_days == dates["c"].total_slack_days == 0
    assert span(dates["d"]) == (day(0), day(0))
    assert not any(dates[name].critical for name in ("dropped", "in", "holder", "never"))


def test_a_pin_on_one_that_holds_others_keeps_them_all_from_starting_earlier_and_wins_over_links() -> None:
    pin: dict[str, Any] = {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": day(7)}
    dates = plan(
        work("long", 10), work("holder", 0, **pin), work("one", 2, parent_id="holder"),
        work("two", 1, parent_id="holder"), work("end", 20), joined("long", "holder"), joined("one", "two"),
    )  # fmt: skip
    assert span(dates["holder"]) == (day(7), day(9))
    assert span(dates["one"]) == (day(7), day(8))
    assert dates["one"].critical
    assert dates["holder"].critical
    assert dates["holder"].total_slack_days == 0
    assert dates["two"].total_slack_days == 12
    assert dates["long"].total_slack_days == -5


def test_a_pin_on_one_that_holds_others_is_missed_in_negative_slack_where_what_it_holds_must_start_later() -> None:
    pin: dict[str, Any] = {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": day(1)}
    dates = plan(work("a", 4), work("holder", 0, **pin), work("in", 2, parent_id="holder"), joined("a", "in"))
    assert span(dates["in"]) == (day(4), day(7))
    assert dates["in"].total_slack_days == dates["holder"].total_slack_days == -3
    assert dates["a"].total_slack_days == -3


def test_a_pin_before_the_plan_begins_is_kept_for_all_that_it_holds() -> None:
    pin: dict[str, Any] = {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": day(-7)}
    dates = plan(work("holder", 0, **pin), work("in", 2, parent_id="holder"))
    assert span(dates["in"]) == (day(-7), day(-6))


def test_work_that_began_before_what_it_waited_for_takes_no_slack_from_it() -> None:
    dates = plan(
        work("first", 10), work("second", 3, status=Status.ACTIVE, actual_start=day(1)),
        work("done", 2, status=Status.DONE, actual_start=day(0), actual_finish=day(1)),
        work("pinned", 1, constraint=ConstraintKind.MUST_START_ON, constraint_date=day(0)),
        joined("first", "second"), joined("first", "done"), joined("second", "pinned", LinkType.START_TO_START),
    )  # fmt: skip
    assert dates["first"].total_slack_days == 0
    assert span(dates["second"]) == (day(1), day(3))
    assert dates["second"].total_slack_days == 6
    assert not dates["done"].critical


def test_only_what_has_not_begun_of_a_group_takes_slack_from_what_the_group_waits_for() -> None:
    dates = plan(
        work("a", 2), work("holder", 0), work("begun", 1, parent_id="holder", actual_start=day(0)),
        work("later", 1, parent_id="holder", constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=day(7)),
        joined("a", "holder"),
    )  # fmt: skip
    assert dates["a"].total_slack_days == 3
    assert dates["a"].free_slack_days == 3


def test_late_dates_are_working_days_of_whoever_does_the_work() -> None:
    dates = plan(
        *saturday_team(), work("long", 6), by_keen_team("long"), work("short", 2), work("live", 0),
    )  # fmt: skip
    assert span(dates["long"]) == (day(0), day(5))
    assert (dates["short"].late_start, dates["short"].late_finish) == (day(3), day(4))
    assert (dates["live"].late_start, dates["live"].late_finish) == (day(4), day(4))


def test_a_deadline_on_a_day_off_leaves_the_working_day_before_it() -> None:
    dates = plan(work("live", 0, deadline=day(6)), work("begun", 2, actual_start=day(0), deadline=day(6)), work("b", 9))
    assert dates["live"].late_finish == day(4)
    assert dates["begun"].late_finish == day(4)


def test_work_under_way_keeps_its_start_and_only_the_rest_waits_for_the_status_date() -> None:
    dates = plan(work("half", 10, progress=0.5), work("whole", 2, progress=1.0), status_date=day(7))
    assert span(dates["half"]) == (day(0), day(11))
    assert span(dates["whole"]) == (day(0), day(1))
    assert not dates["whole"].critical


def test_a_working_saturday_of_one_team_is_nobody_elses() -> None:
    dates = plan(
        *saturday_team(), builders.team(id="calm"), work("alone", 6), work("together", 6), by_keen_team("alone"),
        by_keen_team("together"), Estimate(id="e", initiative_id="together", team_id="calm"),
    )  # fmt: skip
    assert dates["alone"].early_finish == day(5)
    assert dates["together"].early_finish == day(7)


@pytest.mark.parametrize("held", [False, True])
def test_a_dropped_initiative_past_the_last_numbered_day_does_not_stop_the_plan(held: bool) -> None:
    late = {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": date(2299, 12, 1)}
    dropped = (
        [work("x", 1, status=Status.DROPPED), work("y", 400, parent_id="x", **late)]
        if held
        else [work("y", 400, status=Status.DROPPED, **late)]
    )
    dates = plan(work("a", 5), *dropped)
    assert span(dates["a"]) == (day(0), day(4))
    assert dates["a"].critical
    for name in [initiative.id for initiative in dropped]:
        assert span(dates[name]) == (date(2299, 12, 1), date(2299, 12, 31))
        assert not dates[name].critical


def test_a_dropped_initiative_that_really_started_past_the_last_numbered_day_does_not_stop_the_plan() -> None:
    dates = plan(work("a", 5), work("y", 5, status=Status.DROPPED, actual_start=date(2400, 1, 1)))
    assert span(dates["a"]) == (day(0), day(4))
    assert dates["y"].early_finish == date(2299, 12, 31)


def weekend_team_and_ours() -> list[Entity]:
    return [
        Calendar(id="weekend", name="Weekends", weekdays=(5, 6)),
        builders.unit(id="unit"),
        builders.team(id="keen", calendar_id="weekend"),
    ]


def test_a_dropped_initiative_of_teams_without_a_common_day_goes_by_the_engagements_days() -> None:
    dates = plan(*weekend_team_and_ours(), work("a", 5), work("y", 6, status=Status.DROPPED), by_keen_team("y"))
    assert span(dates["a"]) == (day(0), day(4))
    assert span(dates["y"]) == (day(0), day(7))


@pytest.mark.parametrize("dropped_first", [False, True])
def test_teams_without_a_common_day_still_stop_what_is_to_be_done(dropped_first: bool) -> None:
    pair = [work("a", 5, position=1), work("y", 6, status=Status.DROPPED, position=0 if dropped_first else 2)]
    with pytest.raises(UserError, match="no-working-days"):
        plan(*weekend_team_and_ours(), *pair, by_keen_team("y"), by_keen_team("a"))


def test_a_deadline_limits_what_is_pinned_as_well() -> None:
    pin = {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": day(0)}
    dates = plan(work("a", 5, deadline=day(2), **pin), work("z", 20))
    assert dates["a"].total_slack_days == -2
    assert dates["a"].critical
    assert dates["a"].deadline_missed
    assert span(dates["a"]) == (day(0), day(4))
    assert plan(work("a", 5, deadline=day(9), **pin), work("z", 20))["a"].total_slack_days == 0
