"""What a person does to models, as pure steps: nothing is lost, nothing is doubled, scales stay with their model."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.practice import (
    Descriptor,
    Dimension,
    MaturityModel,
    Practice,
    Prerequisite,
    Scale,
    ScaleOption,
    Theme,
)
from planner.editing import practices
from planner.editing.rules import check_all
from tests import builders as a

OPTIONS = (ScaleOption(score=0.0, text="no"), ScaleOption(score=1.0, text="yes"))
NAMES = {"dimensions": "New dimension", "themes": "New theme", "practices": "New practice"}


def two_models() -> Engagement:
    """Return a model of two themes with three practices and one, and another model with a scale of its own."""
    return a.engagement(
        *a.model(),
        Theme(id="learn", dimension_id="dimension", name="Learn", position=1),
        *(a.practice(id=f"p{n}", name=f"Practice {n}", position=n) for n in range(3)),
        a.practice(id="p9", theme_id="learn", name="Practice 0"),
        Prerequisite(id="needs", practice_id="p1", required_practice_id="p0"),
        MaturityModel(id="other", name="Other"),
        Dimension(id="other-dimension", model_id="other", name="Dimension"),
        Theme(id="other-theme", dimension_id="other-dimension", name="Theme"),
        Scale(id="other-scale", model_id="other", name="Scale", options=OPTIONS),
    )


def add(engagement: Engagement, kind: str, model_id: str, near: tuple[str, str] | None) -> Changes:
    return practices.add_near(
        engagement, kind, model_id=model_id, near=near, names=NAMES, scale_name="Scale", options=OPTIONS
    )


def ids(engagement: Engagement, theme_id: str) -> list[str]:
    return [practice.id for practice in practices.ordered_inside(engagement, "practices", theme_id)]


def test_a_practice_goes_behind_the_one_it_is_added_near() -> None:
    before = two_models()
    after = before.apply(add(before, "practices", "model", ("practices", "p0")))
    assert [one if one.startswith("p") else "new" for one in ids(after, "theme")] == ["p0", "new", "p1", "p2"]


def test_what_a_practice_needs_to_stand_in_is_made_with_it() -> None:
    before = a.engagement(MaturityModel(id="empty", name="Empty"))
    after = before.apply(add(before, "practices", "empty", None))
    (practice,) = practices.practices_of(after, "empty")
    assert after.scales[practice.scale_id].model_id == "empty"
    assert [one.name for one in after.dimensions.values()] == ["New dimension"]
    check_all(after)


def test_names_already_taken_get_a_number() -> None:
    before = two_models()
    for _again in range(3):
        before = before.apply(add(before, "practices", "model", ("themes", "theme")))
    names = [practice.name for practice in practices.ordered_inside(before, "practices", "theme")]
    assert names[3:] == ["New practice", "New practice 2", "New practice 3"]


def test_a_practice_that_moves_to_another_model_brings_its_scale() -> None:
    before = two_models()
    changes = practices.place(before, "practices", ["p0"], holder_id="other-theme", position=0)
    after = before.apply(changes)
    scale = after.scales[after.practices["p0"].scale_id]
    assert (scale.model_id, scale.name) == ("other", "Scale 2")
    check_all(after)
    back = after.apply(practices.place(after, "practices", ["p0"], holder_id="theme", position=0))
    assert back.scales[back.practices["p0"].scale_id].model_id == "model"


def test_a_copied_theme_takes_its_practices_and_what_they_build_on_among_themselves() -> None:
    before = two_models()
    after = before.apply(practices.copy_into(before, "themes", ["theme"], holder_id="other-dimension", position=0))
    assert len(after.practices) == 7
    assert len(after.prerequisites) == 2
    check_all(after)


def test_a_model_copied_as_another_version_is_whole_and_apart() -> None:
    before = two_models()
    after = before.apply(practices.duplicate_model(before, "model", name="Model", version="2"))
    (copy,) = after.models.keys() - before.models.keys()
    assert [one.name for one in practices.practices_of(after, copy)] == [
        one.name for one in practices.practices_of(before, "model")
    ]
    assert {one.model_id for one in after.scales.values()} == {"model", "other", copy}
    check_all(after)


def test_two_versions_of_one_name_are_refused() -> None:
    with pytest.raises(UserError, match="duplicate-name"):
        practices.duplicate_model(two_models(), "model", name="Model", version="")


def test_practices_at_the_edge_of_their_theme_go_on_into_the_next() -> None:
    before = two_models()
    changes = practices.shift(before, "practices", ["p2"], 1)
    assert changes is not None
    assert ids(before.apply(changes), "learn") == ["p2", "p9"]
    assert practices.shift(before, "practices", ["p0"], -1) is None


def test_level_descriptors_follow_the_score_of_their_option() -> None:
    before = two_models()
    before = before.apply(practices.describe_level(before, "p0", score=0.5, text="Half way"))
    after = before.apply(practices.change_option(before, "scale", 1, score=0.6))
    assert after.practices["p0"].descriptors == (Descriptor(score=0.6, text="Half way"),)
    assert practices.describe_level(after, "p0", score=0.6, text=" ").by_kind["practices"]["p0"].after is not None
    with pytest.raises(UserError, match="unordered-scale"):
        practices.change_option(after, "scale", 0, score=0.9)


def test_options_are_added_between_others_and_the_last_one_stays() -> None:
    before = two_models()
    after = before.apply(practices.add_option(before, "scale", after=0, text="hardly"))
    assert [option.score for option in after.scales["scale"].options] == [0.0, 0.25, 0.5, 1.0]
    for _option in range(3):
        after = after.apply(practices.remove_option(after, "scale", 0))
    with pytest.raises(UserError, match="unordered-scale"):
        practices.remove_option(after, "scale", 0)


def test_a_removal_counts_what_goes_with_it() -> None:
    chosen = [("themes", "theme")]
    assert practices.count_taken_along(two_models(), chosen) == {"practices": 3, "prerequisites": 1}
    after = two_models().apply(practices.remove_all(two_models(), chosen))
    assert list(after.practices) == ["p9"]


MOVES = some.lists(
    some.tuples(
        some.lists(some.sampled_from(["p0", "p1", "p2", "p9"]), min_size=1, max_size=3, unique=True),
        some.sampled_from(["theme", "learn", "other-theme"]),
        some.integers(-2, 6),
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(MOVES)
def test_no_order_of_moves_loses_or_doubles_a_practice_and_undo_brings_each_back(moves: list[Any]) -> None:
    engagement = two_models()
    for chosen, theme_id, position in moves:
        try:
            changes = practices.place(engagement, "practices", chosen, holder_id=theme_id, position=position)
        except UserError as error:
            assert error.code == "duplicate-name"  # noqa: PT017  the two practices of one name met
            continue
        after = engagement.apply(changes)
        assert after.practices.keys() == engagement.practices.keys()
        assert after.apply(changes.inverse()) == engagement
        there = practices.ordered_inside(after, "practices", theme_id)
        assert [one.position for one in there] == list(range(len(there)))
        assert [one.id for one in there if one.id in chosen] == chosen
        check_all(after)
        engagement = after
    assert all(isinstance(one, Practice) for one in engagement.practices.values())
