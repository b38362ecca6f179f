"""Scores given, changed and taken away in one step; criteria added, ordered, removed; the formula that ranks chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.priority import Ranking, Worth, Yardstick, efforts, formula_in_force
from planner.analysis.ranking import ranked
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Estimate
from planner.domain.mentions import mentions
from planner.domain.priority import Criterion, CriterionRole, CriterionScore, Formula, FormulaKind
from planner.editing import entities, priorities
from planner.editing.field_edits import set_fields
from tests import builders as a


def scored() -> Engagement:
    return a.engagement(
        a.settings(),
        a.initiative(id="one", name="One"),
        a.initiative(id="two", name="Two"),
        Criterion(id="impact", name="Impact", role=CriterionRole.IMPACT, position=0),
        Criterion(id="effort", name="Effort", role=CriterionRole.EFFORT, position=1),
        CriterionScore(id="score", initiative_id="one", criterion_id="impact", value=4.0),
    )


def held(engagement: Engagement) -> dict[tuple[str, str], float]:
    return {(one.initiative_id, one.criterion_id): one.value for one in engagement.criterion_scores.values()}


def ranked_by(engagement: Engagement, kind: FormulaKind) -> tuple[Worth, ...]:
    """Return what each initiative is worth by itself, in the order of ranks."""
    return tuple(one.own for one in ranked(engagement, Yardstick(engagement.criteria.values(), kind)))


def test_scores_are_given_changed_and_taken_away_in_one_step() -> None:
    before = scored()
    changes = priorities.score(
        before, {("one", "impact"): None, ("one", "effort"): 2.0, ("two", "impact"): 7.0, ("two", "effort"): None}
    )
    after = before.apply(changes)
    assert held(after) == {("one", "effort"): 2.0, ("two", "impact"): 7.0}
    assert changes.label.code == "score-initiatives"
    assert after.apply(changes.inverse()) == before


def test_one_score_names_its_initiative_and_criterion() -> None:
    label = priorities.score(scored(), {("two", "impact"): 3.0}).label
    assert (label.code, label.parameters["name"], label.parameters["criterion"]) == (
        "score-initiative",
        "Two",
        "Impact",
    )
    assert priorities.score(scored(), {("one", "impact"): None}).label.code == "clear-score"


def test_a_score_beyond_its_criterion_is_refused_with_the_rest() -> None:
    with pytest.raises(UserError, match="score-out-of-criterion"):
        priorities.score(scored(), {("one", "effort"): 3.0, ("two", "impact"): 11.0})


def test_criteria_of_roles_held_already_are_not_added_again() -> None:
    before = scored()
    changes = priorities.add_criteria(
        before, {CriterionRole.IMPACT: "Impact too", CriterionRole.JOB_SIZE: "Size", CriterionRole.REACH: "Reach"}
    )
    added = [one for one in priorities.criteria_in_order(before.apply(changes)) if one.id not in before.criteria]
    assert [(one.name, one.higher_is_better, one.position) for one in added] == [("Size", False, 2), ("Reach", True, 3)]


@given(st.integers(0, 4), st.integers(-9, 9))
def test_a_criterion_moves_past_the_others_and_back(at: int, by: int) -> None:
    before = a.engagement(a.settings(), *(Criterion(id=f"c{n}", name=f"C{n}", position=n) for n in range(5)))
    after = before.apply(priorities.place_criterion(before, f"c{at}", by=by))
    ids = [one.id for one in priorities.criteria_in_order(after)]
    there = max(0, min(4, at + by))
    assert ids.index(f"c{at}") == there
    assert [one for one in ids if one != f"c{at}"] == [f"c{n}" for n in range(5) if n != at]
    back = after.apply(priorities.place_criterion(after, f"c{at}", by=at - there))
    assert [one.id for one in priorities.criteria_in_order(back)] == [f"c{n}" for n in range(5)]


def test_a_criterion_takes_its_scores_along() -> None:
    before = scored()
    changes = priorities.remove_criteria(before, ["impact"])
    assert held(before.apply(changes)) == {}
    assert before.apply(changes).apply(changes.inverse()) == before


def test_the_first_formula_of_a_kind_is_chosen_or_added() -> None:
    before = scored()
    assert formula_in_force(before) is FormulaKind.VISIBILITY_FIRST
    changes = priorities.choose_known_formula(before, FormulaKind.WSJF, name="WSJF")
    after = before.apply(changes)
    assert formula_in_force(after) is FormulaKind.WSJF
    assert len(after.formulas) == 1
    again = after.apply(priorities.choose_known_formula(after, FormulaKind.WSJF, name="Other"))
    assert again == after
    own = after.apply(priorities.choose_known_formula(after, FormulaKind.ICE, name="ICE"))
    (wsjf,) = [one.id for one in own.formulas.values() if one.kind is FormulaKind.WSJF]
    assert formula_in_force(own.apply(priorities.choose_formula(own, wsjf))) is FormulaKind.WSJF


def test_a_formula_of_ones_own_is_chosen_without_being_worked_out() -> None:
    own = Formula(id="own", name="Ours", kind=FormulaKind.CUSTOM, expression="impact * 2")
    before = a.engagement(a.settings(), own)
    assert formula_in_force(before.apply(priorities.choose_formula(before, "own"))) is FormulaKind.CUSTOM


@given(st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=12))
def test_places_count_up_by_falling_worth_and_equals_share_theirs(values: list[int | None]) -> None:
    worths = [
        Worth(initiative_id=str(n), value=None if value is None else float(value)) for n, value in enumerate(values)
    ]
    found = Ranking(worths).places()
    for worth in worths:
        if worth.value is None:
            assert worth.initiative_id not in found
        else:
            better = sum(1 for other in worths if other.value is not None and other.value > worth.value)
            assert found[worth.initiative_id] == better + 1


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3)),
    st.lists(st.tuples(st.sampled_from("abcdef"), st.one_of(st.none(), st.integers(0, 3)))),
)
def test_places_taken_one_by_one_are_those_of_ranking_anew(
    before: dict[str, int], taken: list[tuple[str, int | None]]
) -> None:
    held: dict[str, float | None] = {one: float(value) for one, value in before.items()}
    ranking = Ranking(Worth(initiative_id=one, value=value) for one, value in held.items())
    for one, value in taken:
        held[one] = None if value is None else float(value)
        ranking.take(one, held[one])
    assert ranking.places() == Ranking(Worth(initiative_id=one, value=value) for one, value in held.items()).places()


def test_a_yardstick_measures_as_the_whole_ranking_does() -> None:
    engagement = scored()
    engagement = engagement.apply(priorities.score(engagement, {("one", "effort"): 2.0, ("two", "impact"): 7.0}))
    yardstick = Yardstick(engagement.criteria.values(), FormulaKind.IMPACT_EFFORT)
    ranked = {worth.initiative_id: worth for worth in ranked_by(engagement, FormulaKind.IMPACT_EFFORT)}
    assert yardstick.measure("one", {"impact": 4.0, "effort": 2.0}) == ranked["one"]
    assert yardstick.measure("two", {"impact": 7.0}) == ranked["two"]
    assert ranked["two"].missing == (CriterionRole.EFFORT,)


def test_efforts_add_up_what_is_held() -> None:
    engagement = a.engagement(
        a.settings(),
        a.unit(id="unit", name="IT"),
        a.team(id="blue"),
        a.initiative(id="programme", name="Programme"),
        a.initiative(id="one", name="One", parent_id="programme"),
        a.initiative(id="two", name="Two", parent_id="programme"),
        Estimate(id="e1", initiative_id="one", team_id="blue", effort=4.0),
        Estimate(id="e2", initiative_id="programme", team_id="blue", effort=1.0),
    )
    assert efforts(engagement) == {"one": 4.0, "programme": 5.0}


def test_effort_weighs_more_where_readiness_is_low_by_the_engagements_own_factors() -> None:
    engagement = a.engagement(
        a.settings(readiness_factors=(3.0, 2.0, 1.0, 1.0, 0.5)),
        a.unit(id="unit", name="IT"),
        a.team(id="far", readiness=1),
        a.team(id="near", readiness=5),
        a.initiative(id="one", name="One"),
        Estimate(id="e1", initiative_id="one", team_id="far", effort=4.0),
        Estimate(id="e2", initiative_id="one", team_id="near", effort=4.0),
    )
    assert efforts(engagement) == {"one": 14.0}


def with_own_formulas() -> Engagement:
    return a.engagement(
        a.settings(),
        Criterion(id="impact", name="Impact", role=CriterionRole.IMPACT),
        Criterion(id="both", name="Impact d’équipe"),
        Criterion(id="ease", name="Ease"),
        Formula(id="own", name="Own", kind=FormulaKind.CUSTOM, expression="2 * impact + IMPACT  d'équipe / impact"),
        Formula(id="other", name="Other", kind=FormulaKind.CUSTOM, expression="Ease + 1"),
        Formula(id="known", name="Known", kind=FormulaKind.ICE),
    )


def test_the_formulas_that_name_a_criterion_follow_to_its_new_name_in_one_step() -> None:
    before = with_own_formulas()
    changes = priorities.change_criterion(before, "impact", name="Effect (now)")
    after = before.apply(changes)
    assert after.criteria["impact"].name == "Effect (now)"
    assert before.apply(set_fields(before, "criteria", ["impact"], {"name": "Effect (now)"})) == after
    assert after.formulas["own"].expression == "2 * Effect (now) + IMPACT  d'équipe / Effect (now)"
    assert after.formulas["other"] is before.formulas["other"]
    assert after.apply(changes.inverse()) == before
    scores = {"impact": 4.0, "both": 8.0}
    for engagement in (before, after):
        criteria = engagement.criteria.values()
        worth = Yardstick(criteria, FormulaKind.CUSTOM, engagement.formulas["own"].expression).measure("one", scores)
        assert worth.value == 10.0
    heavier = before.apply(priorities.change_criterion(before, "impact", weight=2.0))
    assert heavier.criteria["impact"].weight == 2.0
    assert heavier.formulas == before.formulas


@pytest.mark.parametrize(
    ("name", "code"),
    [("2", "criterion-name-misread"), ("I" * 290, "expression-long"), ("ease", "duplicate-name"), (" ", "blank")],
)
def test_a_name_that_would_spoil_a_formula_is_refused(name: str, code: str) -> None:
    with pytest.raises(UserError) as told:
        priorities.change_criterion(with_own_formulas(), "impact", name=name)
    assert told.value.code == code


def test_a_criterion_that_a_formula_names_is_kept_until_the_formula_lets_go_of_it() -> None:
    before = with_own_formulas()
    with pytest.raises(UserError) as told:
        priorities.remove_criteria(before, ["ease"])
    assert (told.value.code, told.value.parameters["formula"]) == ("criterion-in-formula", "Other")
    let_go = before.apply(entities.remove(before, "formulas", ["other"]))
    assert "ease" not in let_go.apply(priorities.remove_criteria(let_go, ["ease"])).criteria


@given(
    names=st.lists(st.text(alphabet="ab é'’-+2", min_size=1, max_size=6), min_size=2, max_size=4),
    text=st.text(alphabet="ab é'’-+2*(", min_size=1, max_size=30),
    name=st.text(alphabet="abc é-2", min_size=1, max_size=6),
)
def test_a_formula_names_the_same_criteria_after_any_renaming_that_is_not_refused(
    names: list[str], text: str, name: str
) -> None:
    criteria = [Criterion(id=f"{at}", name=one) for at, one in enumerate(names)]
    formula = Formula(id="own", name="Own", kind=FormulaKind.CUSTOM, expression=text)
    before = Engagement.of([*criteria, a.settings(), formula])
    try:
        after = before.apply(priorities.change_criterion(before, "0", name=name))
    except UserError:
        return
    named = [
        [one.criterion.id for one in mentions(each.formulas["own"].expression, each.criteria.values())]
        for each in (before, after)
    ]
    assert named[0] == named[1]
