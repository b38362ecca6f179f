"""What is done on the maps: each intent one step, taken back whole."""

from __future__ import annotations

from datetime import date

import pytest

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.organization import InteractionHealth, InteractionMode
from planner.editing import interactions, prerequisites
from planner.language import LANGUAGES, Language
from planner.step_labels import describe
from tests import builders as a


def two_teams() -> Engagement:
    return a.engagement(a.settings(), a.unit(id="u"), *(a.team(id=each, name=each, unit_id="u") for each in "ab"))


def connected() -> tuple[Engagement, str]:
    before = two_teams()
    after = before.apply(interactions.connect_teams(before, from_team_id="a", to_team_id="b", since=date(2026, 1, 5)))
    (interaction_id,) = after.interactions
    return after, interaction_id


def test_connecting_two_teams_adds_one_interaction() -> None:
    after, interaction_id = connected()
    interaction = after.interactions[interaction_id]
    assert (interaction.from_team_id, interaction.to_team_id, interaction.since) == ("a", "b", date(2026, 1, 5))


def test_a_team_is_not_connected_to_itself() -> None:
    with pytest.raises(UserError, match="team-with-itself"):
        interactions.connect_teams(two_teams(), from_team_id="a", to_team_id="a")


def test_mode_health_and_direction_change_in_one_step_each() -> None:
    engagement, interaction_id = connected()
    for changes, field, expected in (
        (
            interactions.set_mode(engagement, [interaction_id], InteractionMode.FACILITATING),
            "mode",
            InteractionMode.FACILITATING,
        ),
        (
            interactions.set_health(engagement, [interaction_id], InteractionHealth.BLOCKING),
            "health",
            InteractionHealth.BLOCKING,
        ),
        (interactions.reverse(engagement, [interaction_id]), "from_team_id", "b"),
    ):
        after = engagement.apply(changes)
        assert getattr(after.interactions[interaction_id], field) == expected
        assert after.apply(changes.inverse()) == engagement


def test_reversing_twice_is_nothing() -> None:
    engagement, interaction_id = connected()
    turned = engagement.apply(interactions.reverse(engagement, [interaction_id]))
    assert turned.apply(interactions.reverse(turned, [interaction_id])) == engagement


def test_moving_teams_keeps_their_places_within_the_map() -> None:
    engagement = two_teams()
    changes = interactions.move_on_map(engagement, {"a": (10.0, -5.0), "b": (9e9, 0.0)})
    after = engagement.apply(changes)
    assert (after.teams["a"].map_x, after.teams["a"].map_y) == (10.0, -5.0)
    assert after.teams["b"].map_x == interactions.LARGEST_PLACE
    assert after.apply(changes.inverse()) == engagement


def test_a_practice_builds_on_another_from_a_score_on_but_never_on_itself() -> None:
    engagement = a.engagement(*a.model(), *(a.practice(id=each, name=each) for each in "pq"))
    after = engagement.apply(
        prerequisites.require_practice(engagement, practice_id="p", required_practice_id="q", minimum_score=0.5)
    )
    (prerequisite,) = after.prerequisites.values()
    assert (prerequisite.practice_id, prerequisite.required_practice_id, prerequisite.minimum_score) == ("p", "q", 0.5)
    raised = after.apply(prerequisites.set_minimum_score(after, [prerequisite.id], 0.75))
    assert raised.prerequisites[prerequisite.id].minimum_score == 0.75
    for practice, required, code in (
        ("q", "p", "prerequisite-circle"),
        ("p", "p", "prerequisite-circle"),
        ("p", "q", "duplicate-pair"),
    ):
        with pytest.raises(UserError, match=code):
            prerequisites.require_practice(after, practice_id=practice, required_practice_id=required)


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_step_of_the_maps_is_told_in_words(code: str) -> None:
    engagement, interaction_id = connected()
    for changes in (
        interactions.connect_teams(engagement, from_team_id="a", to_team_id="b"),
        interactions.set_mode(engagement, [interaction_id], InteractionMode.FACILITATING),
        interactions.reverse(engagement, [interaction_id]),
        interactions.move_on_map(engagement, {"a": (0.0, 0.0)}),
        interactions.arrange_map(engagement, {"a": (0.0, 0.0)}),
    ):
        assert describe(changes.label, Language(code))
