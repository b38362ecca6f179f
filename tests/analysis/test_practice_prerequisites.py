"""An outcome waits for the practice it builds on: whom for, in which case for nobody, and what is missed by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from planner.analysis.sequence.placing import place
from planner.analysis.sequence.problem import build_problem
from planner.analysis.sequence.proposal import Held, Proposed, needed_starts, propose
from planner.domain.assessment import AnswerState, Assessment
from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate, Initiative, Outcome, Wave
from planner.domain.practice import Prerequisite
from tests import builders as a
from tests.builders import MONDAY

FRIDAY = MONDAY + timedelta(days=4)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def plan(*entities: Any, stands_at: float | None = 0.25, state: AnswerState = AnswerState.ANSWERED) -> Engagement:
    """Return a plan for team "t" in which practice "p" builds on "q" at 0.6, where the team stands so far in "q"."""
    works = [one for one in entities if isinstance(one, Initiative)]
    return a.engagement(
        a.settings(plan_start=MONDAY), a.unit(id="unit"), a.team(id="t", change_capacity=50.0, change_limit=9),
        *a.model(), a.practice(id="p"), a.practice(id="q"), Assessment(id="assessment", name="Now", held_on=MONDAY),
        a.answer(id="in-q", team_id="t", practice_id="q", score=stands_at, state=state),
        Prerequisite(id="p-q", practice_id="p", required_practice_id="q", minimum_score=0.6),
        *(Estimate(id=f"e-{one.id}", initiative_id=one.id, team_id="t", effort=1.0) for one in works), *entities,
    )  # fmt: skip


def lifts(initiative: str, practice: str, to: float) -> Outcome:
    return Outcome(
        id=f"{initiative}-{practice}", initiative_id=initiative, team_ids=("t",), practice_ids=(practice,), to_value=to
    )


def work(one: str, days: float = 5, position: int = 0, **fields: Any) -> Initiative:
    return Initiative(id=one, name=one.upper(), duration_days=days, position=position, **fields)


def proposed(engagement: Engagement) -> dict[str, Proposed]:
    problem = build_problem(engagement)
    placement = place(problem, [0.0] * len(problem.tasks))
    return {one.initiative_id: one for one in propose(problem, placement)}


def test_an_outcome_waits_for_what_brings_the_practice_it_builds_on() -> None:
    of = proposed(plan(work("a"), work("b", position=1), lifts("a", "p", 1.0), lifts("b", "q", 0.6)))
    assert (of["b"].start, of["a"].start) == (MONDAY, NEXT_MONDAY)
    assert of["a"].reason.held is Held.PREREQUISITE
    assert (of["a"].reason.initiative_ids, of["a"].reason.practice_id) == (("b",), "q")
    assert needed_starts(of.values()) == {"a": NEXT_MONDAY}, "no link of the plan would put it there"


def test_of_several_it_waits_for_the_first_to_finish_and_then_for_the_first_in_the_plan() -> None:
    brings = [lifts(one, "q", 0.8) for one in ("slow", "quick", "quick-too")]
    works = [work("a"), work("slow", 8, 1), work("quick", 3, 2), work("quick-too", 3, 3)]
    assert proposed(plan(*works, lifts("a", "p", 1.0), *brings))["a"].reason.initiative_ids == ("quick",)


def test_what_would_close_a_circle_is_passed_over_and_told_where_nothing_else_delivers() -> None:
    works = [work("a"), work("b", 2, 1), work("c", 9, 2), lifts("a", "p", 1.0), lifts("b", "q", 0.6)]
    waiting = plan(*works, a.link("a", "b"))
    [missed] = build_problem(waiting).unmet
    assert (missed.initiative_id, missed.practice_id, missed.too_late) == ("a", "q", ("b",))
    assert proposed(plan(*works, a.link("a", "b"), lifts("c", "q", 0.6)))["a"].reason.initiative_ids == ("c",)


def test_two_that_need_each_other_are_not_both_held() -> None:
    engagement = plan(
        work("a"), work("b", position=1), lifts("a", "p", 1.0), lifts("b", "q", 0.8),
        Prerequisite(id="q-r", practice_id="q", required_practice_id="r", minimum_score=0.5), a.practice(id="r"),
        a.answer(id="in-r", team_id="t", practice_id="r", score=0.0), lifts("a", "r", 0.5),
    )  # fmt: skip
    assert proposed(engagement)["a"].reason.held is Held.PREREQUISITE
    assert [missed.initiative_id for missed in build_problem(engagement).unmet] == ["b"]


def test_what_nothing_delivers_holds_nobody_and_is_named() -> None:
    engagement = plan(work("a"), work("b", position=1), lifts("a", "p", 1.0), lifts("b", "q", 0.5))
    assert proposed(engagement)["a"].start == MONDAY
    [missed] = build_problem(engagement).unmet
    assert (missed.initiative_id, missed.team_id, missed.practice_id) == ("a", "t", "q")
    assert (missed.minimum_score, missed.score, missed.too_late) == (0.6, 0.25, ())


def test_nothing_waits_for_a_score_that_is_there_that_does_not_apply_or_that_it_brings_itself() -> None:
    both = [work("a"), work("b", position=1), lifts("a", "p", 1.0), lifts("b", "q", 1.0)]
    for free in (
        plan(*both, stands_at=0.6),
        plan(*both, stands_at=None, state=AnswerState.NOT_APPLICABLE),
        plan(*both, lifts("a", "q", 0.6)),
    ):
        assert proposed(free)["a"].start == MONDAY
        assert build_problem(free).unmet == ()


def test_a_score_nobody_knows_is_waited_for_but_not_missed() -> None:
    unknown = {"stands_at": None, "state": AnswerState.UNANSWERED}
    delivered = plan(work("a"), work("b", position=1), lifts("a", "p", 1.0), lifts("b", "q", 1.0), **unknown)
    assert proposed(delivered)["a"].start == NEXT_MONDAY
    assert build_problem(plan(work("a"), lifts("a", "p", 1.0), **unknown)).unmet == ()


def test_what_has_begun_holds_back_by_link_practice_and_gate() -> None:
    under_way = work("b", position=1, actual_start=MONDAY, progress=0.2, wave_id="w1")
    waves = [Wave(id="w1", name="1"), Wave(id="w2", name="2", position=1)]
    by_practice = plan(work("a"), under_way, *waves, lifts("a", "p", 1.0), lifts("b", "q", 0.6))
    by_link = plan(work("a"), under_way, *waves, a.link("b", "a"))
    by_gate = plan(work("a", wave_id="w2"), under_way, *waves)
    for engagement, held in ((by_practice, Held.PREREQUISITE), (by_link, Held.WAIT), (by_gate, Held.GATE)):
        one = proposed(engagement)["a"]
        assert (one.start, one.reason.held) == (NEXT_MONDAY, held)
