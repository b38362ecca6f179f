"""What the plan changed under a scenario: told with what an override was made against, what is now, and by which steps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from planner.analysis.overtaken import Overtaken, overtaken
from planner.domain.initiative import ConstraintKind, Status
from planner.editing import scenarios
from tests.analysis.test_scenario import plan, with_scenario
from tests.analysis.test_variance import Story
from tests.builders import MONDAY

PINNED = {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": MONDAY + timedelta(days=7)}
FREE = (ConstraintKind.AS_SOON_AS_POSSIBLE, None)


def told() -> tuple[Story, str]:
    """Return a plan's story that begins with a scenario changing nothing."""
    engagement, scenario_id = with_scenario(plan())
    return Story(engagement), scenario_id


def found(story: Story, scenario_id: str) -> list[tuple[Any, ...]]:
    return [
        (one.field, one.then, one.now, one.set_in, one.changed_in)
        for one in overtaken(story.engagement, [scenario_id], story.history())
    ]


@pytest.mark.parametrize(
    ("override", "kind", "entity_id", "fields", "expected"),
    [
        ({"included": False}, "initiatives", "a", {"status": Status.DROPPED}, ("included", True, False)),
        ({"start": MONDAY}, "initiatives", "a", PINNED, ("start", FREE, tuple(PINNED.values()))),
        ({"duration_days": 9.0}, "initiatives", "a", {"duration_days": 7.0}, ("duration_days", 5, 7)),
        ({"effort_factor": 2.0}, "estimates", "ea", {"effort": 6.0}, ("effort_factor", 4, 6)),
        ({"change_capacity": 9.0}, "teams", "t", {"change_capacity": 7.0}, ("change_capacity", 5, 7)),
        ({"change_limit": 3}, "teams", "t", {"change_limit": 2}, ("change_limit", 1, 2)),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_value_the_plan_changed_after_it_was_overridden_is_told_with_both_steps(
    override: dict[str, Any], kind: str, entity_id: str, fields: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    story, one = told()
    if "change_capacity" in override or "change_limit" in override:
        story.do(scenarios.override_team(story.engagement, one, "t", **override))
    else:
        story.do(scenarios.override_initiative(story.engagement, one, "a", **override))
    story.change("initiatives", "b", name="Other")
    assert found(story, one) == []
    story.change(kind, entity_id, **fields)
    assert found(story, one) == [(*expected, 1, 3)]


def test_an_effort_factor_of_a_holder_is_against_all_it_holds() -> None:
    story, one = told()
    story.do(scenarios.override_initiative(story.engagement, one, "h", effort_factor=2.0))
    story.change("estimates", "ec", effort=5.0)
    assert found(story, one) == [("effort_factor", 4, 5, 1, 2)]


def test_only_what_changed_since_its_own_field_was_set_is_told_and_the_walk_ends_there() -> None:
    story, one = told()
    story.change("initiatives", "a", duration_days=6.0)
    story.do(scenarios.override_initiative(story.engagement, one, "a", duration_days=9.0))
    story.change("initiatives", "a", duration_days=7.0)
    story.do(scenarios.override_initiative(story.engagement, one, "a", included=False))
    story.change("initiatives", "a", duration_days=8.0)
    story.read.clear()
    assert found(story, one) == [("duration_days", 6, 8, 2, 5)], "another field set later changes nothing of this"
    assert story.read == [5, 4, 3, 2]
    story.do(scenarios.override_initiative(story.engagement, one, "a", duration_days=10.0))
    assert found(story, one) == [], "set anew, it is against the plan as it is"


def test_what_was_changed_back_and_what_the_history_does_not_reach_is_not_told() -> None:
    story, one = told()
    story.do(scenarios.override_team(story.engagement, one, "t", change_limit=3))
    story.change("teams", "t", change_limit=5)
    assert found(story, one)
    assert overtaken(story.engagement, [one], list(story.history())[:1]) == ()
    story.change("teams", "t", change_limit=1)
    assert found(story, one) == []
    assert overtaken(story.engagement, [], story.history()) == ()


def test_each_scenario_is_told_its_own() -> None:
    story, one = told()
    story.do(scenarios.add_scenario(story.engagement, name="Another"))
    (other,) = set(story.engagement.scenarios) - {one}
    story.do(scenarios.override_team(story.engagement, other, "t", change_limit=3))
    story.change("teams", "t", change_limit=5)
    (told_of,) = overtaken(story.engagement, [one, other], story.history())
    assert isinstance(told_of, Overtaken)
    assert told_of.override.scenario_id == other
    assert found(story, one) == []
