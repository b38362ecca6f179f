"""Nesting and reordering several initiatives: what goes along, what stays, what no verb may ever do."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.editing import outline
from tests import builders as a

Verb = Callable[[Engagement, frozenset[str]], Changes]
VERBS: dict[str, Verb] = {
    "indent": outline.indent,
    "outdent": outline.outdent,
    "up": lambda engagement, ids: outline.shift(engagement, ids, up=True),
    "down": lambda engagement, ids: outline.shift(engagement, ids, up=False),
}


def plan(*parents: int) -> Engagement:
    """Return initiatives "0", "1"..., each in one of those before it (-1: in none), in that order."""
    entities = [a.settings(name="Littoral")]
    for number, parent in enumerate(parents):
        holder = None if parent < 0 else str(parent % (number or 1)) if number else None
        entities.append(a.initiative(id=str(number), name=f"Step {number}", parent_id=holder, position=number))
    return a.engagement(*entities)


def shape(engagement: Engagement) -> str:
    """Return the outline as "0 (1 2 (3)) 4"."""

    def of(holder: str | None) -> str:
        parts = []
        for one in engagement.children_of(holder):
            inside = of(one.id)
            parts.append(f"{one.id} ({inside})" if inside else one.id)
        return " ".join(parts)

    return of(None)


def after(engagement: Engagement, verb: str, *ids: str) -> str:
    return shape(engagement.apply(VERBS[verb](engagement, frozenset(ids))))


def test_several_are_nested_in_the_one_above_them_that_stays() -> None:
    assert after(plan(-1, -1, -1, -1), "indent", "1", "2") == "0 (1 2) 3"
    assert after(plan(-1, -1, -1, -1), "indent", "1", "3") == "0 (1) 2 (3)"
    assert after(plan(-1, 0, -1, -1), "indent", "2", "3") == "0 (1 2 3)"


def test_the_first_of_all_stays_while_others_are_nested() -> None:
    assert after(plan(-1, -1, -1), "indent", "0", "2") == "0 1 (2)"


def test_several_come_out_in_their_order_right_after_what_held_them() -> None:
    assert after(plan(-1, 0, 0, 0, -1), "outdent", "1", "3") == "0 (2) 1 3 4"
    assert after(plan(-1, 0, 1, -1), "outdent", "2", "3") == "0 (1 2) 3"


def test_several_move_by_one_and_stop_at_the_end() -> None:
    assert after(plan(-1, -1, -1, -1), "up", "2", "3") == "0 2 3 1"
    assert after(plan(-1, -1, -1, -1), "down", "1", "3") == "0 2 1 3"
    assert after(plan(-1, -1, -1), "up", "0", "1") == "0 1 2"


def test_what_is_nested_in_a_selected_one_goes_along() -> None:
    assert after(plan(-1, -1, 1), "indent", "1", "2") == "0 (1 (2))"
    assert outline.tops(plan(-1, -1, 1), {"1", "2"}) == ("1",)


def test_few_others_are_renumbered() -> None:
    wide = plan(*[-1] * 400)
    changes = outline.shift(wide, {"200", "201"}, up=True)
    assert {entity_id for _kind, entity_id, _change in changes} == {"199", "200", "201"}
    near_the_end = outline.outdent(plan(*[-1] * 399, 397), {"399"})
    assert len(near_the_end) <= 3


plans = st.lists(st.integers(min_value=-3, max_value=20), min_size=1, max_size=20).map(lambda parents: plan(*parents))


@given(engagement=plans, chosen=st.sets(st.integers(0, 19), min_size=1), verb=st.sampled_from(sorted(VERBS)))
def test_whatever_is_moved_nothing_else_changes(engagement: Engagement, chosen: set[int], verb: str) -> None:
    ids = frozenset(str(one) for one in chosen if str(one) in engagement.initiatives) or frozenset("0")
    possible = outline.possible(engagement, ids)
    can = {"indent": possible.indent, "outdent": possible.outdent, "up": possible.up, "down": possible.down}
    then = engagement.apply(VERBS[verb](engagement, ids))
    assert then.initiatives.keys() == engagement.initiatives.keys()
    assert (shape(then) != shape(engagement)) == can[verb]
    seen = [one.id for one, _depth in then.outline()]
    assert sorted(seen) == sorted(engagement.initiatives)
    tops = outline.tops(engagement, ids)
    for holder in {one.parent_id for one in engagement.initiatives.values()}:
        before = [one.id for one in engagement.children_of(holder) if one.id not in tops]
        stays = [one.id for one in then.children_of(holder) if one.id in before]
        assert stays == before, "those that are not selected keep their order"
    order = [one.id for one, _depth in engagement.outline()]
    for holder in {one.parent_id for one in then.initiatives.values()}:
        moved = [order.index(one.id) for one in then.children_of(holder) if one.id in tops]
        assert moved == sorted(moved), "those that are selected keep theirs"


@given(engagement=plans, chosen=st.sets(st.integers(0, 19), min_size=1))
def test_what_comes_out_after_being_nested_stands_on_its_old_level(engagement: Engagement, chosen: set[int]) -> None:
    ids = frozenset(str(one) for one in chosen if str(one) in engagement.initiatives) or frozenset("0")
    nested = engagement.apply(outline.indent(engagement, ids))
    moved = {one for one in ids if nested.initiatives[one].parent_id != engagement.initiatives[one].parent_id}
    if moved:
        out = nested.apply(outline.outdent(nested, moved))
        for one in moved:
            assert out.initiatives[one].parent_id == engagement.initiatives[one].parent_id
