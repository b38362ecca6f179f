"""What moved against a baseline: by how much, by which step, and whether it was changed itself or pushed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings

from planner.analysis.load import spans_of
from planner.analysis.schedule import schedule
from planner.analysis.variance import Cause, CauseKind, causes, rewound, variance, variance_since
from planner.domain.calendar import Calendar, CalendarException
from planner.domain.changes import Changes, Label, build_changes
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, Estimate, LinkType, Status
from planner.domain.kinds import Entity
from planner.domain.scenario import Baseline
from planner.editing.scenarios import take_baseline
from planner.progress import Cancelled
from tests import builders
from tests.builders import MONDAY
from tests.properties.test_risk_laws import planned, plans

DAY = timedelta(days=1)


class Story:
    """A plan with its history: every step as it was done, the newest last."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement
        self.steps: list[Changes] = []
        self.read: list[int] = []

    def take(self) -> Baseline:
        spans = spans_of(schedule(self.engagement))
        self.do(take_baseline(self.engagement, spans, name="Then", taken_on=MONDAY, reason="Signed"))
        return next(iter(self.engagement.baselines.values()))

    def do(self, changes: Changes) -> None:
        self.engagement = self.engagement.apply(changes)
        self.steps.append(changes)

    def put(self, *entities: Entity, remove: tuple[Entity, ...] = ()) -> None:
        self.do(build_changes(self.engagement.by_kind(), Label("change"), put=entities, remove=remove))

    def change(self, kind: str, entity_id: str, /, **fields: Any) -> None:
        self.put(dataclasses.replace(self.engagement.kind(kind)[entity_id], **fields))

    def history(self) -> list[tuple[int, Callable[[], Changes]]]:
        return [(number, partial(self._changes_of, number)) for number in range(len(self.steps), 0, -1)]

    def causes(self, baseline: Baseline) -> dict[str, Cause]:
        moved = [one.initiative_id for one in variance(self.engagement, baseline)]
        return causes(self.engagement, moved, self.history(), baseline=baseline)

    def _changes_of(self, number: int) -> Changes:
        self.read.append(number)
        return self.steps[number - 1]


def story() -> Story:
    """Return a, then b after it, then c after b in a holder h; d stands alone. All take a week."""
    return Story(
        builders.engagement(
            builders.unit(id="unit"), builders.team(id="t"),
            *(builders.initiative(id=one, position=n) for n, one in enumerate("abdh")),
            builders.initiative(id="c", parent_id="h"),
            builders.link("a", "b", id="ab"), builders.link("b", "h", id="bh"),
        )
    )  # fmt: skip


def test_what_was_changed_itself_is_told_from_what_it_pushed_and_by_which_predecessor() -> None:
    told = story()
    baseline = told.take()
    told.change("initiatives", "d", description="No date moves")
    told.change("initiatives", "a", duration_days=8.0)
    told.change("initiatives", "b", name="Renamed")
    moved = {one.initiative_id: one for one in variance(told.engagement, baseline)}
    assert {one: (each.start_days, each.finish_days) for one, each in moved.items()} == {
        "a": (0, 3), "b": (3, 3), "c": (3, 3),
    }  # fmt: skip
    assert (moved["a"].days_then, moved["a"].days) == (5, 8)
    assert told.causes(baseline) == {
        "a": Cause(3, CauseKind.ITSELF),
        "b": Cause(3, CauseKind.PREDECESSOR, ("a",)),
        "c": Cause(3, CauseKind.PREDECESSOR, ("b",)),
    }


def test_each_move_is_told_with_the_step_that_moved_it_last_and_the_walk_ends_there() -> None:
    told = story()
    baseline = told.take()
    told.change("initiatives", "a", duration_days=8.0)
    told.change("initiatives", "d", duration_days=6.0)
    told.change("initiatives", "b", duration_days=4.0)
    assert {one: cause.step for one, cause in told.causes(baseline).items()} == {"a": 2, "b": 4, "d": 3, "c": 4}
    told.read.clear()
    assert causes(told.engagement, ["b"], told.history())["b"].is_own
    assert told.read == [4, 3]


@pytest.mark.parametrize("is_added", [True, False])
def test_a_link_that_comes_or_goes_is_named_by_its_far_end(is_added: bool) -> None:
    told = story()
    if not is_added:
        told.put(builders.link("a", "d", id="ad", type=LinkType.FINISH_TO_FINISH, lag_days=2.0))
    baseline = told.take()
    if is_added:
        told.put(builders.link("a", "d", id="ad"))
    else:
        told.put(remove=(told.engagement.links["ad"],))
    (only,) = variance(told.engagement, baseline)
    assert (only.initiative_id, only.start_days) == ("d", 5 if is_added else -2)
    assert told.causes(baseline) == {"d": Cause(len(told.steps), CauseKind.LINK, ("a",))}


def test_holders_calendars_and_the_start_of_the_plan_are_causes_of_their_own() -> None:
    told = story()
    baseline = told.take()
    pin = {"constraint": ConstraintKind.START_NO_EARLIER_THAN, "constraint_date": MONDAY + 28 * DAY}
    told.change("initiatives", "h", **pin)
    assert told.causes(baseline)["c"] == Cause(2, CauseKind.HOLDER, ("h",))
    told.put(
        Calendar(id="ours", name="Ours"),
        CalendarException(id="off", calendar_id="ours", start=MONDAY, finish=MONDAY),
        dataclasses.replace(told.engagement.setting, calendar_id="ours"),
    )
    assert told.causes(baseline)["d"] == Cause(3, CauseKind.CALENDAR)
    told.change("settings", "settings", plan_start=MONDAY + 7 * DAY)
    assert told.causes(baseline)["d"] == Cause(4, CauseKind.PLAN)


def test_what_comes_and_goes_has_dates_on_one_side_and_the_dropped_were_never_in() -> None:
    told = story()
    told.change("initiatives", "h", status=Status.DROPPED)
    baseline = told.take()
    assert variance(told.engagement, baseline) == ()
    told.put(builders.initiative(id="e", position=9), remove=(told.engagement.initiatives["d"],))
    told.change("initiatives", "b", status=Status.DROPPED)
    found = {one.initiative_id: (one.start_then, one.start) for one in variance(told.engagement, baseline)}
    assert found == {"e": (None, MONDAY), "d": (MONDAY, None), "b": (MONDAY + 7 * DAY, None)}
    assert told.causes(baseline) == {
        "e": Cause(3, CauseKind.ITSELF), "d": Cause(3, CauseKind.ITSELF), "b": Cause(4, CauseKind.ITSELF)
    }  # fmt: skip


def test_days_are_those_of_the_initiatives_own_calendar() -> None:
    told = story()
    told.put(Calendar(id="half", name="Half", weekdays=(0, 1)), builders.team(id="u", calendar_id="half"))
    told.put(Estimate(id="e", initiative_id="d", team_id="u"))
    baseline = told.take()
    told.change("settings", "settings", plan_start=MONDAY + 7 * DAY)
    days = {one.initiative_id: one.start_days for one in variance(told.engagement, baseline)}
    assert days == {"a": 5, "b": 5, "d": 2, "c": 5}


def test_a_time_without_dates_is_one_move_told_with_the_step_that_ended_it() -> None:
    told = story()
    baseline = told.take()
    told.put(builders.link("b", "a", id="circle"))
    told.change("initiatives", "a", duration_days=8.0)
    told.put(remove=(told.engagement.links["circle"],))
    assert told.causes(baseline)["a"] == Cause(4, CauseKind.ITSELF)


def test_a_walk_can_be_watched_and_stopped() -> None:
    told = story()
    baseline = told.take()
    told.change("initiatives", "a", duration_days=8.0)

    def stop(done: int, total: int) -> None:
        assert (done, total) == (0, 2)
        raise Cancelled

    with pytest.raises(Cancelled):
        causes(told.engagement, ["a"], told.history(), baseline=baseline, progress=stop)


@settings(max_examples=40)
@given(plans())
def test_an_unchanged_plan_has_no_variance(engagement: Engagement) -> None:
    planned(engagement)
    told = Story(engagement)
    assert variance(told.engagement, told.take()) == ()
    assert variance_since(told.engagement, engagement) == ()


@settings(max_examples=40)
@given(plans(free=True, holidays=False))
def test_a_plan_a_week_later_is_a_variance_of_exactly_that_and_rewinding_takes_it_back(engagement: Engagement) -> None:
    planned(engagement)
    told = Story(engagement)
    baseline = told.take()
    status_date = engagement.setting.status_date
    later = None if status_date is None else status_date + 7 * DAY
    told.change("settings", "settings", plan_start=MONDAY + 7 * DAY, status_date=later)
    found = variance(told.engagement, baseline)
    kept = [entry.initiative_id for entry in baseline.entries if not engagement.children_of(entry.initiative_id)]
    assert [one.initiative_id for one in found] == kept
    assert {(one.start_days, one.finish_days) for one in found} <= {(5, 5)}
    assert {one: cause.step for one, cause in told.causes(baseline).items()} == dict.fromkeys(kept, 2)
    assert variance_since(told.engagement, rewound(told.engagement, reversed(told.steps))) == found
