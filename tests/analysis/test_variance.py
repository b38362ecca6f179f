"""What moved against a baseline: by how much, by which steps, and whether it was changed itself or pushed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis.load import spans_of
from planner.analysis.schedule import schedule
from planner.analysis.variance import Cause, CauseKind, Earlier, Move, days_between, moves, variance, variance_since
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
        self.steps: list[tuple[Changes, Engagement]] = []
        self.read: list[int] = []

    def take(self) -> Baseline:
        spans = spans_of(schedule(self.engagement))
        self.do(take_baseline(self.engagement, spans, name="Then", taken_on=MONDAY, reason="Signed"))
        return next(iter(self.engagement.baselines.values()))

    def do(self, changes: Changes) -> None:
        self.steps.append((changes, self.engagement))
        self.engagement = self.engagement.apply(changes)

    def put(self, *entities: Entity, remove: tuple[Entity, ...] = ()) -> None:
        self.do(build_changes(self.engagement.by_kind(), Label("change"), put=entities, remove=remove))

    def change(self, kind: str, entity_id: str, /, **fields: Any) -> None:
        self.put(dataclasses.replace(self.engagement.kind(kind)[entity_id], **fields))

    def history(self) -> Iterator[Earlier]:
        for number in range(len(self.steps), 0, -1):
            self.read.append(number)
            yield number, *self.steps[number - 1]

    def moves(self, baseline: Baseline) -> dict[str, tuple[Move, ...]]:
        moved = [one.initiative_id for one in variance(self.engagement, baseline)]
        return moves(self.engagement, moved, self.history(), total=len(self.steps), baseline=baseline)

    def causes(self, baseline: Baseline) -> dict[str, Cause]:
        """Return the step that moved each initiative last."""
        return {one: held[0].cause for one, held in self.moves(baseline).items() if held}


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


def test_every_step_that_moved_an_initiative_is_told_with_its_days_and_the_walk_ends_at_the_baseline() -> None:
    told = story()
    told.change("initiatives", "a", duration_days=2.0)
    baseline = told.take()
    told.change("initiatives", "a", duration_days=8.0)
    told.change("initiatives", "d", duration_days=6.0)
    told.change("initiatives", "b", duration_days=4.0)
    found = told.moves(baseline)
    by_step = {
        one: {move.cause.step: (move.start_days, move.finish_days) for move in held} for one, held in found.items()
    }
    assert by_step == {
        "a": {3: (0, 6)}, "b": {5: (0, -1), 3: (6, 6)}, "c": {5: (-1, -1), 3: (6, 6)}, "d": {4: (0, 1)},
    }  # fmt: skip
    assert found["c"][0].cause == Cause(5, CauseKind.PREDECESSOR, ("b",))
    assert found["c"][1].now == found["c"][0].was
    assert told.read == [5, 4, 3, 2]
    assert moves(told.engagement, [], told.history(), total=5) == {}


def test_what_left_the_plan_and_came_back_elsewhere_tells_both_without_days() -> None:
    told = story()
    baseline = told.take()
    told.change("initiatives", "d", status=Status.DROPPED)
    told.change("initiatives", "d", duration_days=6.0)
    told.change("initiatives", "d", status=Status.PLANNED)
    held = told.moves(baseline)["d"]
    assert [(move.cause.step, move.was is None, move.now is None, move.finish_days) for move in held] == [
        (4, True, False, 0), (2, False, True, 0),
    ]  # fmt: skip
    assert days_between(told.engagement, "d", held[1].was, held[0].now) == (0, 1)
    assert days_between(told.engagement, "d", None, held[0].now) == (0, 0)


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
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        moves(told.engagement, ["a"], told.history(), total=2, baseline=baseline, progress=stop)
    assert seen == [(0, 2), (1, 2)]


@settings(max_examples=30)
@given(plans(free=True), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 12)), min_size=1, max_size=4))
def test_the_days_of_all_moves_add_up_to_the_variance(engagement: Engagement, longer: list[tuple[int, int]]) -> None:
    planned(engagement)
    told = Story(engagement)
    baseline = told.take()
    leaves = [one.id for one, _depth in engagement.outline() if not engagement.children_of(one.id)]
    for at, days in longer:
        told.change("initiatives", leaves[at % len(leaves)], duration_days=float(days))
    found = {one.initiative_id: one for one in variance(told.engagement, baseline)}
    for one, held in told.moves(baseline).items():
        assert sum(move.start_days for move in held) == found[one].start_days
        assert sum(move.finish_days for move in held) == found[one].finish_days
        assert (held[-1].was, held[0].now) == (
            (found[one].start_then, found[one].finish_then), (found[one].start, found[one].finish),
        )  # fmt: skip


@settings(max_examples=40)
@given(plans())
def test_an_unchanged_plan_has_no_variance(engagement: Engagement) -> None:
    planned(engagement)
    told = Story(engagement)
    assert variance(told.engagement, told.take()) == ()
    assert variance_since(told.engagement, engagement) == ()


@settings(max_examples=40)
@given(plans(free=True, holidays=False))
def test_a_plan_a_week_later_is_a_variance_of_exactly_that_and_the_plan_before_it_tells_the_same(
    engagement: Engagement,
) -> None:
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
    assert variance_since(told.engagement, told.steps[0][1]) == found
