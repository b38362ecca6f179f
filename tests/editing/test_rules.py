"""The rules of a sound engagement: each bad edit is refused with its own code, and good ones go through."""

from __future__ import annotations

import dataclasses
import itertools
import math
from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.assessment import AnswerState
from planner.domain.changes import Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.fields import meanings_of
from planner.domain.initiative import ConstraintKind, LinkType, OutcomeKind
from planner.domain.kinds import KINDS, REFERENCE_FIELDS
from planner.domain.priority import FormulaKind
from planner.editing import assessments, entities, initiatives, organization, scenarios
from planner.editing.references import ON_REMOVAL
from planner.editing.rules import check_all
from planner.editing.step import step
from planner.language import Language
from planner.messages import explain
from planner.step_labels import describe
from planner.words import FIELD_WORDS, KIND_WORDS
from tests import builders
from tests.builders import MONDAY

SAMPLE = builders.engagement(*builders.sample_of_every_kind())


def refused(kind: str, entity_id: str, fields: dict[str, Any]) -> str:
    """Return the code with which a change of the sample is refused, after wording it in both languages."""
    with pytest.raises(UserError) as raised:
        step(SAMPLE, Label("x"), put=[dataclasses.replace(entities.find(SAMPLE, kind, entity_id), **fields)])
    for language in (Language("en"), Language("fr")):
        assert explain(raised.value, language)
    return raised.value.code


def test_the_sample_has_every_kind_and_breaks_no_rule() -> None:
    check_all(SAMPLE)
    assert all(SAMPLE.kind(kind) for kind in KINDS)


@pytest.mark.parametrize(
    ("kind", "entity_id", "fields", "code"),
    [
        ("teams", "team", {"name": "  "}, "blank"),
        ("teams", "team", {"name": "x" * 301}, "too-long"),
        ("teams", "team", {"name": "two\nlines"}, "forbidden-character"),
        ("teams", "team", {"description": "nul\x00"}, "forbidden-character"),
        ("teams", "team", {"description": "half \ud800"}, "forbidden-character"),
        ("teams", "team", {"readiness": 6}, "out-of-range"),
        ("teams", "team", {"change_capacity": math.nan}, "not-a-number"),
        ("teams", "team", {"change_capacity": math.inf}, "not-a-number"),
        ("teams", "team", {"position": 2**63}, "out-of-range"),
        ("teams", "team", {"position": 10**400}, "out-of-range"),
        ("teams", "team", {"change_capacity": 1e300}, "out-of-range"),
        ("teams", "team", {"unit_id": "nowhere"}, "dangling-reference"),
        ("teams", "team", {"group_ids": ("group", "group")}, "listed-twice"),
        ("teams", "team", {"unit_id": "unit-2", "name": builders.AWKWARD.upper()}, "duplicate-name"),
        ("units", "unit", {"parent_id": "unit-2"}, "nesting-circle"),
        ("settings", "settings", {"currency": "eur"}, "bad-currency"),
        ("settings", "settings", {"fiscal_year_start_month": 13}, "out-of-range"),
        ("calendars", "calendar", {"weekdays": ()}, "no-working-weekday"),
        ("calendars", "calendar", {"weekdays": (4, 1)}, "bad-weekdays"),
        ("calendars", "calendar", {"country": "XX"}, "unknown-country"),
        ("calendars", "calendar", {"subdivision": "XX"}, "unknown-subdivision"),
        ("calendars", "calendar-team", {"subdivision": "57"}, "subdivision-without-country"),
        ("freezes", "freeze", {"finish": date(2026, 1, 1)}, "ends-before-start"),
        ("freezes", "freeze", {"start": date(1800, 1, 1)}, "day-out-of-range"),
        ("interactions", "interaction", {"to_team_id": "team"}, "team-with-itself"),
        ("scales", "scale", {"options": ()}, "unordered-scale"),
        ("scales", "scale", {"options": SAMPLE.scales["scale"].options[::-1]}, "unordered-scale"),
        ("prerequisites", "prerequisite", {"required_practice_id": "practice"}, "prerequisite-circle"),
        ("assessments", "assessment", {"name": "Other"}, "closed-assessment"),
        ("answers", "answer", {"score": 0.9}, "closed-assessment"),
        ("answers", "answer-3", {"score": None}, "answer-without-score"),
        ("answers", "answer-3", {"score": 1.5}, "out-of-range"),
        ("answers", "answer-3", {"state": AnswerState.UNANSWERED}, "score-without-answer"),
        ("answers", "answer-3", {"state": AnswerState.DECLINED}, "answer-without-reason"),
        ("initiatives", "initiative", {"optimistic_days": 6.0}, "unordered-estimate"),
        ("initiatives", "initiative", {"constraint_date": None}, "constraint-and-date"),
        ("initiatives", "initiative", {"constraint": ConstraintKind.AS_SOON_AS_POSSIBLE}, "constraint-and-date"),
        ("initiatives", "initiative", {"actual_start": None, "actual_finish": MONDAY}, "finished-without-start"),
        ("initiatives", "initiative", {"actual_finish": MONDAY - timedelta(days=1)}, "ends-before-start"),
        ("initiatives", "programme", {"parent_id": "initiative"}, "nesting-circle"),
        ("estimates", "estimate", {"pessimistic_effort": 1.0}, "unordered-estimate"),
        ("links", "link", {"successor_id": "initiative"}, "link-circle"),
        ("links", "link", {"successor_id": "programme"}, "link-within"),
        ("outcomes", "outcome", {"practice_ids": ()}, "outcome-of-two-kinds"),
        ("outcomes", "outcome", {"to_value": 1.5}, "outcome-out-of-range"),
        ("outcomes", "outcome", {"to_value": 0.1}, "outcome-falls"),
        ("outcomes", "outcome", {"process_hours_after": 1.0}, "outcome-of-two-kinds"),
        ("outcomes", "outcome-2", {"to_value": 1.0}, "outcome-of-two-kinds"),
        ("outcomes", "outcome-3", {"kind": OutcomeKind.STREAM_STEP}, "outcome-of-two-kinds"),
        ("outcomes", "outcome-3", {"team_ids": ("team",)}, "outcome-of-two-kinds"),
        ("outcomes", "outcome-3", {"application_id": None}, "outcome-of-two-kinds"),
        ("measurements", "measurement", {"application_id": "application"}, "measurement-of-whom"),
        ("measurements", "measurement", {"value": 1.5}, "rate-over-one"),
        ("criteria", "criterion", {"minimum": 20.0}, "empty-range"),
        ("criteria", "criterion", {"maximum": 12.0}, "score-out-of-criterion"),
        ("criterion_scores", "score", {"value": 21.0}, "score-out-of-criterion"),
        ("formulas", "formula", {"kind": FormulaKind.WSJF}, "formula-and-expression"),
        ("baselines", "baseline", {"reason": "Other"}, "baseline-changed"),
        ("initiatives", "nowhere", {"name": "x"}, "unknown-entity"),
    ],
)  # fmt: skip
def test_a_bad_edit_is_refused_with_its_own_words(kind: str, entity_id: str, fields: Any, code: str) -> None:
    assert refused(kind, entity_id, fields) == code


def test_nothing_may_stand_twice() -> None:
    for kind, entity in (
        ("answers", dataclasses.replace(SAMPLE.answers["answer-3"], id="other")),
        ("targets", dataclasses.replace(SAMPLE.targets["target"], id="other")),
        ("estimates", dataclasses.replace(SAMPLE.estimates["estimate"], id="other")),
        ("links", dataclasses.replace(SAMPLE.links["link"], id="other")),
        ("criterion_scores", dataclasses.replace(SAMPLE.criterion_scores["score"], id="other")),
    ):
        with pytest.raises(UserError) as raised:
            step(SAMPLE, Label("x"), put=[entity])
        assert raised.value.code == "duplicate-pair", kind


def test_many_at_once_are_held_to_the_same_rules() -> None:
    clones = [builders.team(id=f"clone-{n}", unit_id="unit", name=f"Clone {n % 59}") for n in range(60)]
    with pytest.raises(UserError) as raised:
        step(SAMPLE, Label("x"), put=clones)
    assert raised.value.code == "duplicate-name"


def chain(*lengths: int) -> tuple[Engagement, list[str]]:
    parts = [builders.initiative(id=f"i{n}", name=f"I{n}") for n in range(lengths[0])]
    links = [builders.link(a, b) for a, b in itertools.pairwise(parts)]
    return builders.engagement(*parts, *links), [part.id for part in parts]


def test_a_link_circle_names_its_members_in_order() -> None:
    plan, ids = chain(4)
    with pytest.raises(UserError) as raised:
        initiatives.connect(plan, ids[3], ids[0])
    assert raised.value.code == "link-circle"
    assert raised.value.parameters["names"] == ("I0", "I1", "I2", "I3", "I0")


def test_a_circle_through_nesting_is_found_by_link_and_by_move() -> None:
    holder = builders.initiative(id="holder", name="Holder")
    inner = builders.initiative(id="inner", name="Inner", parent_id="holder")
    other = builders.initiative(id="other", name="Other")
    plan = builders.engagement(holder, inner, other, builders.link(holder, other))
    with pytest.raises(UserError, match="link-circle"):
        initiatives.connect(plan, "other", "inner")
    loose = builders.engagement(
        holder, dataclasses.replace(inner, parent_id=None), other,
        builders.link(holder, other), builders.link(other, inner),
    )  # fmt: skip
    with pytest.raises(UserError, match="link-circle"):
        initiatives.place(loose, "inner", parent_id="holder", position=0)


def test_a_circle_among_many_links_is_found_at_once() -> None:
    plan, ids = chain(80)
    first = builders.link(ids[79], ids[0])
    with pytest.raises(UserError) as raised:
        step(builders.engagement(), Label("x"), put=[*plan.initiatives.values(), *plan.links.values(), first])
    assert raised.value.code == "link-circle"
    assert len(raised.value.parameters["names"]) == 81


def test_a_move_into_what_an_initiative_is_linked_to_is_refused_by_name() -> None:
    plan, ids = chain(2)
    for inner, outer in (ids, ids[::-1]):
        with pytest.raises(UserError) as raised:
            initiatives.place(plan, inner, parent_id=outer, position=0)
        assert raised.value.code == "link-within"
        assert raised.value.parameters == {"name": inner.upper(), "parent": outer.upper()}


def test_nesting_of_any_depth_is_read_in_one_walk_whatever_comes_first() -> None:
    depth = 5_000
    nested = [builders.initiative(id=f"i{n}", name=f"I{n}", parent_id=f"i{n - 1}" if n else None) for n in range(depth)]
    other = builders.initiative(id="other", name="Other")
    links = [builders.link(f"i{n}", other) for n in range(0, depth, 5)]
    plan = builders.engagement().apply(step(builders.engagement(), Label("x"), put=[*links, other, *nested]))
    assert len(plan.links) == depth / 5
    ring = dataclasses.replace(nested[0], parent_id=nested[-1].id)
    with pytest.raises(UserError) as raised:
        step(builders.engagement(), Label("x"), put=[*links, other, ring, *nested[1:]])
    assert raised.value.code == "nesting-circle"
    assert len(explain(raised.value, Language("en"))) < 300


def test_moving_a_dimension_to_another_model_cannot_part_practices_from_their_scale() -> None:
    other = dataclasses.replace(SAMPLE.models["model"], id="other", name="Other")
    plan = SAMPLE.apply(entities.add(SAMPLE, other))
    for kind, entity_id in (("dimensions", "dimension"), ("scales", "scale")):
        with pytest.raises(UserError) as raised:
            entities.change(plan, kind, entity_id, model_id="other")
        assert raised.value.code == "scale-of-another-model"


def test_room_is_made_on_the_side_where_fewer_must_move() -> None:
    plan = builders.engagement(*(builders.initiative(id=f"i{n}", name=f"I{n}", position=n) for n in range(100)))
    assert len(initiatives.add(plan, name="First", position=0)) == 1
    assert len(initiatives.add(plan, name="Second", position=1)) == 2
    assert len(initiatives.add(plan, name="Last but one", position=99)) == 2
    assert len(initiatives.add(plan, name="Last")) == 1
    assert not initiatives.place(plan, "i7", parent_id=None, position=7)


def test_every_reference_says_what_happens_when_its_target_goes() -> None:
    assert set(ON_REMOVAL) == {(reference.kind, reference.field) for reference in REFERENCE_FIELDS}


def test_a_removed_team_takes_its_answers_along_and_undo_brings_all_back() -> None:
    plan = builders.engagement(
        *(entity for entity in builders.sample_of_every_kind() if entity.id not in {"assessment", "answer", "answer-2"})
    )
    changes = entities.remove(plan, "teams", ["team-2"])
    after = plan.apply(changes)
    check_all(after)
    assert "answer-3" not in after.answers
    assert "vote" not in after.votes
    assert "interaction" not in after.interactions
    assert after.outcomes["outcome"].team_ids == ("team",)
    assert after.stream_steps["step"].team_ids == ("team",)
    assert after.apply(changes.inverse()) == plan


def test_an_outcome_left_with_nobody_to_lift_goes_too() -> None:
    plan = builders.engagement(*builders.sample_of_every_kind())
    with pytest.raises(UserError, match="closed-assessment"):
        entities.remove(plan, "teams", ["team"])
    opened = entities.remove(plan, "assessments", ["assessment"])
    plan = plan.apply(opened)
    after = plan.apply(entities.remove(plan, "teams", ["team", "team-2"]))
    assert "outcome" not in after.outcomes
    assert "outcome-3" in after.outcomes
    check_all(after)


def test_what_is_in_use_is_not_removed() -> None:
    with pytest.raises(UserError) as raised:
        entities.remove(SAMPLE, "scales", ["scale"])
    assert raised.value.code == "still-in-use"
    assert "Trunk" in explain(raised.value, Language("en")) or "Tests" in explain(raised.value, Language("en"))


def test_removing_each_entity_leaves_a_sound_engagement_or_is_refused() -> None:
    refusals = set()
    for kind in KINDS:
        for entity in SAMPLE.kind(kind).values():
            try:
                changes = entities.remove(SAMPLE, kind, [entity.id])
            except UserError as error:
                refusals.add(error.code)
                continue
            after = SAMPLE.apply(changes)
            check_all(after)
            assert after.apply(changes.inverse()) == SAMPLE
            assert describe(changes.label, Language("fr"))
    assert refusals == {"closed-assessment", "criterion-in-formula", "still-in-use", "no-settings"}


def test_an_initiative_is_added_where_asked_and_its_siblings_make_room() -> None:
    plan = builders.engagement(*(builders.initiative(id=f"i{n}", name=f"I{n}", position=n) for n in range(3)))
    after = plan.apply(initiatives.add(plan, name="New", position=1))
    assert [initiative.name for initiative in after.children_of(None)] == ["I0", "New", "I1", "I2"]
    moved = after.apply(initiatives.place(after, "i2", parent_id="i0", position=5))
    assert [(i.name, depth) for i, depth in moved.outline()] == [("I0", 0), ("I2", 1), ("New", 0), ("I1", 0)]


def test_a_move_sets_the_earliest_start_or_keeps_a_pin_a_pin() -> None:
    plan, ids = chain(1)
    changes = initiatives.move(plan, ids[0], MONDAY)
    assert changes.label == Label("move-initiative", {"name": "I0", "start": MONDAY})
    moved = plan.apply(changes)
    assert moved.initiatives[ids[0]].constraint is ConstraintKind.START_NO_EARLIER_THAN
    pinned = plan.apply(
        initiatives.change(plan, ids[0], constraint=ConstraintKind.MUST_START_ON, constraint_date=MONDAY)
    )
    again = pinned.apply(initiatives.move(pinned, ids[0], MONDAY + timedelta(days=7)))
    assert again.initiatives[ids[0]].constraint is ConstraintKind.MUST_START_ON
    with pytest.raises(UserError, match="dates-from-children"):
        initiatives.move(SAMPLE, "programme", MONDAY)
    with pytest.raises(UserError, match="already-started"):
        initiatives.move(SAMPLE, "initiative", MONDAY)


def test_the_same_pair_may_be_linked_by_another_type() -> None:
    plan, ids = chain(2)
    after = plan.apply(initiatives.connect(plan, ids[0], ids[1], link_type=LinkType.FINISH_TO_FINISH, lag_days=2))
    assert len(after.links) == 2


def test_units_and_teams_move_about_the_tree() -> None:
    plan = builders.engagement(
        builders.unit(id="a", name="A"), builders.unit(id="b", name="B"),
        builders.team(id="t1", unit_id="a"), builders.team(id="t2", unit_id="a"),
    )  # fmt: skip
    after = plan.apply(organization.place(plan, organization.Place("b"), team_ids=["t2", "t1"]))
    assert [team.id for team in after.teams_of("b")] == ["t1", "t2"]
    nested = after.apply(organization.place(after, organization.Place("a"), unit_ids=["b"]))
    assert [unit.id for unit in nested.subunits_of("a")] == ["b"]
    with pytest.raises(UserError, match="nesting-circle"):
        organization.place(nested, organization.Place("b"), unit_ids=["a"])


def test_answers_are_recorded_until_the_assessment_is_closed() -> None:
    plan = builders.engagement(
        *builders.model(), builders.unit(id="unit"), builders.team(id="t"), builders.practice(id="p"),
        SAMPLE.assessments["assessment-2"],
    )  # fmt: skip
    where = {"assessment_id": "assessment-2", "team_id": "t", "practice_id": "p"}
    plan = plan.apply(assessments.record(plan, **where, score=0.5))
    plan = plan.apply(assessments.record(plan, **where, score=1.0))
    (held,) = plan.answers.values()
    assert held.score == 1.0
    plan = plan.apply(assessments.close(plan, "assessment-2", on=MONDAY + timedelta(days=300)))
    with pytest.raises(UserError, match="closed-assessment"):
        assessments.record(plan, **where, score=0.0)


def test_a_baseline_keeps_the_dates_of_the_plan() -> None:
    plan, ids = chain(2)
    after = plan.apply(
        scenarios.take_baseline(plan, {ids[0]: (MONDAY, MONDAY)}, name="Kick-off", taken_on=MONDAY, reason="Signed off")
    )
    (baseline,) = after.baselines.values()
    assert [entry.name for entry in baseline.entries] == ["I0"]


def test_every_kind_and_field_has_a_word() -> None:
    assert set(KIND_WORDS) == set(KINDS)
    used = {field for entity_type in KINDS.values() for field in meanings_of(entity_type)}
    assert used <= set(FIELD_WORDS)
