from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.changes import Label, build_changes
from tests import builders as a
from tests.ui.conftest import small_plan
from ui.models.outline import ancestors_of, build_outline, reshapes


def test_rows_follow_the_plan_parents_before_children() -> None:
    outline = build_outline(small_plan())
    assert [row.id for row in outline] == [
        "Flow", "Flow-0", "Flow-1", "Flow-2", "Trust", "Trust-0", "Trust-1", "Trust-2",
    ]  # fmt: skip
    assert [row.depth for row in outline] == [0, 1, 1, 1, 0, 1, 1, 1]
    assert outline.position["Trust"] == 4


def test_a_folded_initiative_hides_what_it_holds() -> None:
    outline = build_outline(small_plan(), frozenset({"Flow"}))
    assert [row.id for row in outline] == ["Flow", "Trust", "Trust-0", "Trust-1", "Trust-2"]
    assert outline.rows[0].folded
    assert not outline.rows[1].folded


def test_folding_what_holds_nothing_changes_nothing() -> None:
    assert build_outline(small_plan(), frozenset({"Flow-0"})) == build_outline(small_plan())


def test_only_edits_of_place_and_names_that_decide_it_reshape_the_rows() -> None:
    plan = small_plan()
    before = plan.initiatives["Flow-0"]
    tied = replace(plan.initiatives["Flow-1"], position=before.position)
    level = plan.apply(build_changes(plan.by_kind(), Label("move-initiative"), put=[tied]))
    for start, after, expected in (
        (plan, replace(before, duration_days=3.0), False),
        (plan, replace(before, name="Another"), False),
        (level, replace(before, name="Another"), True),
        (plan, replace(before, position=9), True),
        (plan, replace(before, parent_id="Trust"), True),
    ):
        changes = build_changes(start.by_kind(), Label("move-initiative"), put=[after])
        assert reshapes(changes, start.apply(changes)) is expected
    gone = build_changes(plan.by_kind(), Label("move-initiative"), remove=[before])
    assert reshapes(gone, plan.apply(gone))


@given(parents=st.lists(st.integers(min_value=-1, max_value=30), max_size=30), folded=st.sets(st.integers(0, 30)))
def test_a_row_is_seen_exactly_when_nothing_above_it_is_folded(parents: list[int], folded: set[int]) -> None:
    initiatives = [
        a.initiative(
            id=str(number), position=number, parent_id=str(parent % number) if number and parent >= 0 else None
        )
        for number, parent in enumerate(parents)
    ]
    plan = a.engagement(*initiatives)
    hidden = frozenset(str(number) for number in folded)
    outline = build_outline(plan, hidden)
    expected = {one.id for one in initiatives if not hidden.intersection(ancestors_of(plan, one.id))}
    assert set(outline.position) == expected
    assert [outline.position[row.id] for row in outline] == list(range(len(outline)))
