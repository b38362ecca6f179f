"""Ranks that heed what initiatives unlock, and how sure they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis.priority import Yardstick
from planner.analysis.ranking import ranked, stability
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative, Link, Status
from planner.domain.priority import Criterion, CriterionRole, CriterionScore, FormulaKind
from tests import builders as a

CRITERIA = [
    Criterion(id="impact", name="Impact", role=CriterionRole.IMPACT),
    Criterion(id="effort", name="Effort", role=CriterionRole.EFFORT),
]


def plan(worths: dict[str, float | None], *links: tuple[str, str], **status: Status) -> Engagement:
    """Return initiatives of an effort of 1, each of the impact named; None is not scored."""
    initiatives = [
        Initiative(id=one, name=one, position=at, status=status.get(one, Status.PLANNED))
        for at, one in enumerate(worths)
    ]
    scores = [
        CriterionScore(id=f"{one}{name}", initiative_id=one, criterion_id=name, value=value)
        for one, worth in worths.items()
        if worth is not None
        for name, value in (("impact", worth), ("effort", 1.0))
    ]
    joined = [Link(id=f"{m}{n}", predecessor_id=m, successor_id=n) for m, n in links]
    return a.engagement(a.settings(), *CRITERIA, *initiatives, *scores, *joined)


def yardstick(kind: FormulaKind = FormulaKind.IMPACT_EFFORT, expression: str = "") -> Yardstick:
    return Yardstick(CRITERIA, kind, expression)


def test_a_prerequisite_inherits_what_it_unlocks_and_says_so() -> None:
    found = ranked(plan({"a": 5, "b": 1, "c": 9, "d": None, "e": 2}, ("b", "c"), ("d", "b")), yardstick())
    assert [(one.initiative_id, one.closed, one.inherited_from, one.rank) for one in found] == [
        ("d", 9, "c", 1), ("b", 9, "c", 1), ("c", 9, None, 1), ("a", 5, None, 4), ("e", 2, None, 5),
    ]  # fmt: skip
    assert found[0].own.value is None
    assert found[0].own.missing == (CriterionRole.IMPACT, CriterionRole.EFFORT)


def test_what_is_done_or_dropped_neither_ranks_nor_lends_its_worth() -> None:
    held = plan({"a": 1, "b": 9, "c": 9}, ("a", "b"), ("a", "c"), b=Status.DROPPED, c=Status.DONE)
    (only,) = ranked(held, yardstick())
    assert (only.initiative_id, only.closed, only.inherited_from) == ("a", 1, None)


def test_ones_own_formula_ranks_and_names_what_it_lacks() -> None:
    held = plan({"a": 2, "b": None, "c": 7})
    found = ranked(held, yardstick(FormulaKind.CUSTOM, "10 - Impact"))
    assert [(one.initiative_id, one.closed) for one in found] == [("a", 8), ("c", 3), ("b", None)]
    assert found[2].own.missing_criteria == ("impact",)
    assert found[2].rank is None


def test_a_clear_lead_holds_in_every_draw_and_a_tie_in_half() -> None:
    clear, *_rest = stability(plan({"a": 9, "b": 2}), yardstick(), draws=500)
    assert (clear.initiative_id, clear.likeliest, clear.share, clear.first_share, clear.high) == ("a", 1, 1.0, 1.0, 1)
    tied = stability(plan({"a": 5, "b": 5}), yardstick(), draws=2_000)
    assert all(0.4 < one.first_share < 0.6 for one in tied)
    assert stability(plan({"a": 5, "b": 5}), yardstick(), draws=50, seed=3) == stability(
        plan({"a": 5, "b": 5}), yardstick(), draws=50, seed=3
    )


def test_a_place_among_the_first_is_as_sure_as_all_its_ranks_together() -> None:
    held = plan({"a": 9, "b": 4, "c": 4, "d": 1})
    for top, shares in ((1, [1, 0, 0, 0]), (3, [1, 1, 1, 0]), (9, [1, 1, 1, 1])):
        assert [one.top_share for one in stability(held, yardstick(), draws=200, top=top)] == shares
    close = stability(plan({"a": 5, "b": 5, "c": 5}), yardstick(), draws=2_000, top=2)
    assert sum(one.top_share or 0 for one in close) == pytest.approx(2, abs=0.02), (
        "two places in every draw, ties aside"
    )
    assert all(0.6 < (one.top_share or 0) < 0.73 for one in close)
    assert stability(held, yardstick(), draws=5)[0].top_share is None


@st.composite
def plans(draw: st.DrawFn) -> Engagement:
    names = [f"i{n}" for n in range(draw(st.integers(1, 8)))]
    worths = {one: draw(st.none() | st.integers(1, 10).map(float)) for one in names}
    links = [
        (names[m], names[n]) for n in range(len(names)) for m in range(n) if draw(st.integers(0, 3)) == 0
    ]  # fmt: skip
    return plan(worths, *links)


@settings(max_examples=50, deadline=None)
@given(plans())
def test_no_prerequisite_ranks_below_what_it_unlocks_and_what_is_missing_is_no_zero(engagement: Engagement) -> None:
    found = ranked(engagement, yardstick())
    at = {one.initiative_id: place for place, one in enumerate(found)}
    by_id = {one.initiative_id: one for one in found}
    for link in engagement.links.values():
        before, after = by_id[link.predecessor_id], by_id[link.successor_id]
        if after.closed is not None:
            assert before.closed is not None
            assert before.closed >= after.closed
            assert at[link.predecessor_id] < at[link.successor_id]
    assert all((one.closed is None) == (one.rank is None) for one in found)
    assert {one.initiative_id for one in stability(engagement, yardstick(), draws=20)} == {
        one.initiative_id for one in found if one.closed is not None
    }
