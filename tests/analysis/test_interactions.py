"""What stands out between teams: silos by what joins them, what blocks, what is late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.interactions import FindingKind, find_all, find_blocking, find_overdue, find_silos
from planner.domain.engagement import Engagement
from planner.domain.organization import Interaction, InteractionHealth, InteractionMode
from tests import builders as a

TODAY = date(2026, 3, 2)


def organization(teams: str, *interactions: Interaction) -> Engagement:
    return a.engagement(
        a.settings(), a.unit(id="unit"), *(a.team(id=each, name=each, unit_id="unit") for each in teams), *interactions
    )


def joined(pair: str, mode: InteractionMode = InteractionMode.COLLABORATION, **fields: Any) -> Interaction:
    return Interaction(id=pair, from_team_id=pair[0], to_team_id=pair[1], mode=mode, **fields)


def silos(engagement: Engagement) -> dict[str, FindingKind]:
    return {"".join(finding.team_ids): finding.kind for finding in find_silos(engagement)}


def test_a_team_without_any_interaction_is_a_silo() -> None:
    assert silos(organization("abc", joined("ab"))) == {"c": FindingKind.ALONE}


def test_a_set_of_teams_without_interaction_across_is_a_silo() -> None:
    engagement = organization("abcde", joined("ab"), joined("bc"), joined("de"))
    assert silos(engagement) == {"de": FindingKind.APART}


def test_two_halves_without_interaction_across_are_both_silos() -> None:
    assert silos(organization("abcd", joined("ab"), joined("cd"))) == {
        "ab": FindingKind.APART,
        "cd": FindingKind.APART,
    }


def test_what_only_hand_offs_join_to_the_rest_is_a_silo_that_names_them() -> None:
    engagement = organization(
        "abcd",
        joined("ab"),
        joined("bc"),
        joined("cd", InteractionMode.HAND_OFF),
        joined("da", InteractionMode.HAND_OFF),
    )
    (silo,) = find_silos(engagement)
    assert (silo.kind, silo.team_ids) == (FindingKind.HAND_OFFS_ONLY, ("d",))
    assert set(silo.interaction_ids) == {"cd", "da"}


def test_one_interaction_that_is_no_hand_off_breaks_a_silo() -> None:
    hand_off = joined("cd", InteractionMode.HAND_OFF)
    for mode in set(InteractionMode) - {InteractionMode.HAND_OFF}:
        assert silos(organization("abcd", joined("ab"), joined("bc"), hand_off, joined("da", mode))) == {}


def test_nothing_is_called_a_silo_before_any_interaction_is_known() -> None:
    assert silos(organization("abc")) == {}
    assert silos(organization("a")) == {}


def test_what_blocks_is_named_by_its_teams_and_its_interaction() -> None:
    engagement = organization(
        "abc", joined("ba", health=InteractionHealth.BLOCKING), joined("ac", health=InteractionHealth.SLOWING)
    )
    (finding,) = find_blocking(engagement)
    assert (finding.team_ids, finding.interaction_ids) == (("b", "a"), ("ba",))


def test_what_is_past_its_end_is_late_from_the_day_after_and_the_latest_comes_first() -> None:
    ends = {"ab": 0, "bc": -1, "ca": -30}
    engagement = organization(
        "abc", *(joined(pair, expected_end=TODAY + timedelta(days=days)) for pair, days in ends.items())
    )
    found = find_overdue(engagement, today=TODAY)
    assert [(each.interaction_ids, each.days_late) for each in found] == [(("ca",), 30), (("bc",), 1)]


def test_what_blocks_comes_first() -> None:
    engagement = organization(
        "abc", joined("ab", health=InteractionHealth.BLOCKING, expected_end=TODAY - timedelta(days=3))
    )
    assert [each.kind for each in find_all(engagement, today=TODAY)] == [
        FindingKind.BLOCKING,
        FindingKind.ALONE,
        FindingKind.OVERDUE,
    ]


pairs = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda p: p[0] != p[1]))


@given(pairs, st.randoms())
def test_whatever_joins_teams_silos_do_not_overlap_within_a_kind_and_never_hold_most_teams(
    joins: list[tuple[str, str]], random: Any
) -> None:
    interactions = [
        Interaction(id=str(at), from_team_id=first, to_team_id=second, mode=random.choice(list(InteractionMode)))
        for at, (first, second) in enumerate(joins)
    ]
    found = find_silos(organization("abcdefg", *interactions))
    for kinds in ({FindingKind.ALONE, FindingKind.APART}, {FindingKind.HAND_OFFS_ONLY}):
        teams = [team for finding in found if finding.kind in kinds for team in finding.team_ids]
        assert len(teams) == len(set(teams))
    for finding in found:
        assert 2 * len(finding.team_ids) <= 7
        inside = set(finding.team_ids)
        across = [each for each in interactions if (each.from_team_id in inside) != (each.to_team_id in inside)]
        assert all(each.mode is InteractionMode.HAND_OFF for each in across)
        assert bool(across) == (finding.kind is FindingKind.HAND_OFFS_ONLY)
