"""Changes and the engagement they are applied to: inverse, merge, staleness, indexes, pickling."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.changes import Changes, Label, build_changes
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError
from planner.domain.initiative import Initiative
from planner.domain.organization import Group, Team, Unit
from planner.domain.settings import Settings
from tests import builders as a

LABEL = Label("change-entity", {"name": "x"})
START = Engagement.of([Settings(name="Client", created=date(2026, 1, 5))])

ids = st.sampled_from(["a", "b", "c", "d"])
names = st.sampled_from(["One", "Two"])
entities = st.one_of(
    st.builds(lambda i, n: Unit(id=i, name=n), ids, st.sampled_from(["One", "Two"])),
    st.builds(lambda i, n: Group(id=i, name=n), ids, st.sampled_from(["One", "Two"])),
)
steps = st.lists(st.tuples(st.lists(entities, max_size=4), st.lists(ids, max_size=2)), max_size=6)


def carry_out(engagement: Engagement, step: tuple[list[Unit | Group], list[str]]) -> Changes:
    puts, removed = step
    gone = [engagement.units[i] for i in removed if i in engagement.units]
    return build_changes(engagement.by_kind(), LABEL, put=puts, remove=gone)


@given(steps)
def test_undoing_every_step_brings_back_the_beginning(taken: list[tuple[list[Unit | Group], list[str]]]) -> None:
    engagement, done = START, []
    for step in taken:
        changes = carry_out(engagement, step)
        engagement = engagement.apply(changes)
        done.append(changes)
    for changes in reversed(done):
        engagement = engagement.apply(changes.inverse())
    assert engagement == START


@given(steps)
def test_merged_steps_do_what_the_steps_did_one_by_one(taken: list[tuple[list[Unit | Group], list[str]]]) -> None:
    engagement, merged = START, build_changes(START.by_kind(), LABEL)
    for step in taken:
        changes = carry_out(engagement, step)
        engagement = engagement.apply(changes)
        merged = merged.merge(changes)
    assert START.apply(merged) == engagement
    assert all(change.before != change.after for _kind, _id, change in merged)


nested = st.builds(
    lambda i, parent, name: Unit(id=i, name=name, parent_id=parent), ids, st.sampled_from([None, "p", "q"]), names
)
grouped = st.builds(
    lambda i, unit, groups, name: Team(id=i, name=name, unit_id=unit, group_ids=tuple(groups)),
    ids, st.sampled_from(["u", "v"]), st.lists(st.sampled_from(["g", "h"]), max_size=2), names,
)  # fmt: skip


@given(st.lists(st.tuples(st.lists(st.one_of(nested, grouped), max_size=4), st.lists(ids, max_size=3)), max_size=8))
def test_an_index_mended_step_by_step_is_the_index_made_anew(
    taken: list[tuple[list[Unit | Team], list[str]]],
) -> None:
    engagement = START
    asked = (("units", "parent_id"), ("teams", "unit_id"), ("teams", "group_ids"))
    for puts, removed in taken:
        gone = [engagement.kind(kind)[i] for kind in ("units", "teams") for i in removed if i in engagement.kind(kind)]
        for question in asked:
            engagement.referring(*question)
        engagement = engagement.apply(build_changes(engagement.by_kind(), LABEL, put=puts, remove=gone))
        anew = Engagement.adopt(engagement.by_kind())
        for question in asked:
            assert engagement.referring(*question) == anew.referring(*question)


planned = st.builds(
    lambda i, parent, at, name: a.initiative(id=i, name=name, parent_id=parent, position=at),
    st.sampled_from([str(number) for number in range(6)]),
    st.sampled_from([None, "0", "1"]),
    st.integers(0, 3),
    names,
)


@given(st.lists(st.tuples(st.lists(planned, max_size=4), st.lists(st.integers(0, 5).map(str), max_size=2)), max_size=8))
def test_the_order_of_a_plan_mended_step_by_step_is_the_order_made_anew(
    taken: list[tuple[list[Initiative], list[str]]],
) -> None:
    engagement = START.apply(
        build_changes(START.by_kind(), LABEL, put=[a.initiative(id=str(n), name=str(n)) for n in range(20)])
    )
    for puts, removed in taken:
        engagement.outline()
        gone = [engagement.initiatives[one] for one in removed if one in engagement.initiatives]
        engagement = engagement.apply(build_changes(engagement.by_kind(), LABEL, put=puts, remove=gone))
        anew = Engagement.adopt(engagement.by_kind())
        for parent in (None, "0", "1", "2"):
            assert engagement.children_of(parent) == anew.children_of(parent)
        assert engagement.outline() == anew.outline()


def test_changes_made_for_another_state_are_refused() -> None:
    changes = build_changes(START.by_kind(), LABEL, put=[Unit(id="a", name="One")])
    after = START.apply(changes)
    with pytest.raises(BugError):
        after.apply(changes)


def test_putting_what_already_stands_there_is_no_change() -> None:
    engagement = START.apply(build_changes(START.by_kind(), LABEL, put=[Unit(id="a", name="One")]))
    assert not build_changes(engagement.by_kind(), LABEL, put=[Unit(id="a", name="One")])


def test_removing_what_is_not_there_is_our_bug() -> None:
    with pytest.raises(BugError):
        build_changes(START.by_kind(), LABEL, remove=[Unit(id="a", name="One")])


def test_an_old_engagement_is_untouched_by_later_changes() -> None:
    before = START.apply(build_changes(START.by_kind(), LABEL, put=[Unit(id="a", name="One")]))
    before.apply(build_changes(before.by_kind(), LABEL, remove=[before.units["a"]]))
    assert before.units["a"].name == "One"
    with pytest.raises(TypeError):
        before.units["b"] = before.units["a"]  # type: ignore[index]


def test_what_was_foreseen_is_what_applying_makes_and_is_let_go_of_then() -> None:
    changes = build_changes(START.by_kind(), LABEL, put=[Unit(id="a", name="One")])
    foreseen = START.foresee(changes)
    assert START.apply(changes) is foreseen
    assert START.apply(changes) == foreseen
    assert START.apply(changes) is not foreseen
    other = build_changes(START.by_kind(), LABEL, put=[Unit(id="b", name="Two")])
    START.foresee(changes)
    assert list(START.apply(other).units) == ["b"]


def test_an_index_follows_the_changes_of_its_kind_and_survives_those_of_others() -> None:
    engagement = START.apply(build_changes(START.by_kind(), LABEL, put=[Unit(id="a", name="One")]))
    index = engagement.referring("units", "parent_id")
    grouped = engagement.apply(build_changes(engagement.by_kind(), LABEL, put=[Group(id="g", name="Guild")]))
    assert grouped.referring("units", "parent_id") is index
    nested = grouped.apply(build_changes(grouped.by_kind(), LABEL, put=[Unit(id="b", name="Two", parent_id="a")]))
    assert [unit.id for unit in nested.subunits_of("a")] == ["b"]
    assert [unit.id for unit in engagement.subunits_of("a")] == []


def test_what_was_asked_of_the_engagement_before_is_ready_in_the_one_after() -> None:
    units = [Unit(id=str(number), name=str(number)) for number in range(200)]
    plan = [a.initiative(id=str(number), parent_id=None if number < 9 else str(number % 9)) for number in range(200)]
    before = START.apply(build_changes(START.by_kind(), LABEL, put=[*units, *plan]))
    before.referring("units", "parent_id")
    before.outline()
    gone = [*units[:150], *plan[9:]]
    after = before.apply(build_changes(before.by_kind(), LABEL, remove=gone))
    after.make_ready(before)
    assert after._indexes.keys() == before._indexes.keys()
    anew = Engagement.adopt(after.by_kind())
    assert after.referring("units", "parent_id") == anew.referring("units", "parent_id")
    assert after.outline() == anew.outline()


def test_engagements_and_changes_travel_to_worker_processes() -> None:
    changes = build_changes(START.by_kind(), LABEL, put=[Unit(id="a", name="One")])
    engagement = START.apply(changes)
    assert pickle.loads(pickle.dumps(engagement)) == engagement  # noqa: S301  our own bytes
    assert pickle.loads(pickle.dumps(changes)) == changes  # noqa: S301  our own bytes
