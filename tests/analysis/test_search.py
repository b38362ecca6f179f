"""Finding entities by the words in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.search import Found, SearchIndex, fold
from planner.domain.engagement import Engagement
from planner.editing import entities
from tests import builders as a


def index_of(engagement: Engagement) -> SearchIndex:
    index = SearchIndex()
    index.update(engagement)
    return index


def plan() -> Engagement:
    return a.engagement(
        a.initiative(id="trunk", name="Trunk-based development"),
        a.initiative(id="flags", name="Feature flags", description="So that the trunk stays releasable"),
        a.initiative(id="pay", name="Équipe Paiements: déploiement à la demande"),
        a.unit(id="it", name="IT"),
        a.team(id="pay-team", name="Paiements", unit_id="it"),
    )


def test_a_name_comes_before_a_description() -> None:
    assert index_of(plan()).find("trunk") == [Found("initiatives", "trunk"), Found("initiatives", "flags")]


def test_accents_case_and_order_of_the_words_do_not_matter() -> None:
    index = index_of(plan())
    assert index.find("DEPLOIEMENT equipe") == [Found("initiatives", "pay")]
    assert index.find("paiements")[0] == Found("teams", "pay-team")


def test_an_empty_query_and_an_unknown_word_find_nothing() -> None:
    index = index_of(plan())
    assert index.find("  ") == []
    assert index.find("trunk zzz") == []


def test_what_was_edited_and_removed_is_found_as_it_is_now() -> None:
    engagement = plan()
    index = index_of(engagement)
    engagement = engagement.apply(entities.change(engagement, "initiatives", "flags", name="Toggles"))
    engagement = engagement.apply(entities.remove(engagement, "initiatives", ["trunk"]))
    index.update(engagement)
    assert index.find("toggles") == [Found("initiatives", "flags")]
    assert index.find("feature") == []
    assert index.find("development") == []


def test_no_more_than_asked_for_are_found() -> None:
    many = a.engagement(*(a.initiative(id=f"i{n}", name=f"Initiative {n}") for n in range(200)))
    assert len(index_of(many).find("initiative", limit=20)) == 20


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_everything_is_found_by_its_own_name(name: str) -> None:
    engagement = a.engagement(a.initiative(id="one", name=f"x{name}y"), a.initiative(id="two", name="q"))
    assert Found("initiatives", "one") in index_of(engagement).find(f"x{name}y")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
