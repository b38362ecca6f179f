"""What a person does to assessments: start, answer many cells, aim, vote, close for good."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.assessment import Answer, AnswerState, Assessment, Vote
from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.practice import Scale, ScaleOption
from planner.editing import assessments
from planner.language import Language
from planner.step_labels import describe
from tests import builders as a

DAY = a.MONDAY
PLACES = (("blue", "p0"), ("blue", "p1"), ("red", "p0"), ("red", "p1"))


def an_engagement(*extra: object) -> Engagement:
    return a.engagement(
        a.unit(id="unit"),
        a.team(id="blue", name="Blue"),
        a.team(id="red", name="Red"),
        *a.model(),
        Scale(id="yes-no", model_id="model", name="Yes or no",
              options=(ScaleOption(score=0.0, text="no"), ScaleOption(score=1.0, text="yes"))),
        a.practice(id="p0", name="Trunk"),
        a.practice(id="p1", name="Tests", scale_id="yes-no"),
        Assessment(id="assessment", name="First", held_on=DAY),
        *extra,  # type: ignore[arg-type]
    )  # fmt: skip


def held(engagement: Engagement, place: tuple[str, str], assessment_id: str = "assessment") -> Answer:
    return assessments.answers_of(engagement, assessment_id)[place]


def done(engagement: Engagement, changes: Changes) -> Engagement:
    assert describe(changes.label, Language("en"))
    after = engagement.apply(changes)
    assert after.apply(changes.inverse()) == engagement
    return after


def test_one_key_rates_every_selected_cell_on_its_own_scale_in_one_step() -> None:
    before = an_engagement()
    after = done(before, assessments.rate(before, assessment_id="assessment", places=PLACES, option=1))
    assert [held(after, place).score for place in PLACES] == [0.5, 1.0, 0.5, 1.0]
    assert all(held(after, place).state is AnswerState.ANSWERED for place in PLACES)


def test_an_option_that_one_scale_does_not_have_rates_nothing() -> None:
    with pytest.raises(UserError) as refused:
        assessments.rate(an_engagement(), assessment_id="assessment", places=PLACES, option=2)
    assert refused.value.code == "no-such-option"


def test_one_reason_serves_all_the_selected_cells_and_takes_their_scores_away() -> None:
    before = an_engagement(a.answer(id="x", team_id="blue", practice_id="p0", score=1.0, evidence="Seen"))
    fields = {"state": AnswerState.NOT_APPLICABLE, "reason": "Mainframe"}
    changes = assessments.record_many(before, assessment_id="assessment", fields=dict.fromkeys(PLACES, fields))
    after = done(before, changes)
    assert {(held(after, place).score, held(after, place).reason) for place in PLACES} == {(None, "Mainframe")}
    assert held(after, ("blue", "p0")).evidence == "Seen"


def test_declined_keeps_its_score_and_a_new_score_takes_the_reason_away() -> None:
    before = an_engagement(a.answer(id="x", team_id="blue", practice_id="p0", score=0.5))
    declined = done(
        before,
        assessments.record(before, assessment_id="assessment", team_id="blue", practice_id="p0",
                           state=AnswerState.DECLINED, reason="Not now"),
    )  # fmt: skip
    assert (held(declined, ("blue", "p0")).score, held(declined, ("blue", "p0")).reason) == (0.5, "Not now")
    again = done(declined, assessments.rate(declined, assessment_id="assessment", places=[("blue", "p0")], option=2))
    assert (held(again, ("blue", "p0")).state, held(again, ("blue", "p0")).reason) == (AnswerState.ANSWERED, "")


def test_a_score_where_nothing_was_answered_answers() -> None:
    before = an_engagement()
    changes = assessments.record(before, assessment_id="assessment", team_id="red", practice_id="p0", score=0.5)
    assert held(done(before, changes), ("red", "p0")).state is AnswerState.ANSWERED


def test_a_score_written_with_few_digits_is_still_its_option() -> None:
    options = tuple(ScaleOption(score=third / 3, text=str(third)) for third in range(4))
    assert [assessments.option_at(options, score) for score in (0.333, 0.667, 0.5, None)] == [1, 2, None, None]


def test_a_state_that_needs_a_reason_is_refused_without() -> None:
    before = an_engagement()
    with pytest.raises(UserError) as refused:
        assessments.record(
            before, assessment_id="assessment", team_id="red", practice_id="p0", state=AnswerState.DECLINED, reason=" "
        )
    assert refused.value.code == "answer-without-reason"


def test_clearing_takes_answers_and_their_votes() -> None:
    answer = a.answer(id="x", team_id="blue", practice_id="p0")
    before = an_engagement(answer, Vote(id="v", answer_id="x", score=0.5))
    after = done(before, assessments.clear(before, assessment_id="assessment", places=PLACES))
    assert not after.answers
    assert not after.votes


def test_a_new_assessment_carries_the_latest_answers_over_but_not_the_votes() -> None:
    before = an_engagement(
        Assessment(id="later", name="Later", held_on=DAY + timedelta(days=90), closed_on=DAY + timedelta(days=91)),
        Assessment(id="future", name="Future", held_on=DAY + timedelta(days=900)),
        a.answer(id="old", team_id="blue", practice_id="p0", score=0.5, evidence="Old"),
        a.answer(id="kept", team_id="red", practice_id="p1", score=1.0, confidence=0.4),
        a.answer(id="new", assessment_id="later", team_id="blue", practice_id="p0", score=1.0, evidence="New"),
        a.answer(id="unseen", assessment_id="future", team_id="red", practice_id="p0", score=1.0),
        Vote(id="v", answer_id="old", score=0.5),
    )
    day = DAY + timedelta(days=180)
    after = done(before, assessments.start(before, name="Third", held_on=day, carried=True))
    (added,) = [one for one in after.assessments.values() if one.name == "Third"]
    carried = assessments.answers_of(after, added.id)
    assert {place: (one.score, one.evidence) for place, one in carried.items()} == {
        ("blue", "p0"): (1.0, "New"),
        ("red", "p1"): (1.0, ""),
    }
    assert carried["red", "p1"].confidence == 0.4
    assert len(after.votes) == 1


def test_what_was_answered_the_same_day_is_carried_over_and_what_was_only_asked_hides_nothing() -> None:
    before = an_engagement(
        Assessment(id="later", name="Later", held_on=DAY + timedelta(days=1)),
        a.answer(id="old", team_id="blue", practice_id="p0", score=0.5),
        a.answer(id="asked", assessment_id="later", team_id="blue", practice_id="p0", score=None,
                 state=AnswerState.UNANSWERED),
        a.answer(id="same", assessment_id="later", team_id="red", practice_id="p0", score=1.0),
    )  # fmt: skip
    latest = assessments.latest_answers(before, on=DAY + timedelta(days=1))
    assert {place: one.id for place, one in latest.items()} == {("blue", "p0"): "old", ("red", "p0"): "same"}


def test_a_score_where_a_practice_did_not_apply_answers_it() -> None:
    before = an_engagement(a.answer(id="x", team_id="blue", practice_id="p0", score=None, reason="Mainframe",
                                    state=AnswerState.NOT_APPLICABLE))  # fmt: skip
    changes = assessments.record(before, assessment_id="assessment", team_id="blue", practice_id="p0", score=0.5)
    answer = held(done(before, changes), ("blue", "p0"))
    assert (answer.state, answer.score, answer.reason) == (AnswerState.ANSWERED, 0.5, "")


def test_the_step_of_one_answer_names_its_practice_and_its_team() -> None:
    changes = assessments.rate(an_engagement(), assessment_id="assessment", places=[("blue", "p0")], option=1)
    assert changes.label == Label("record-answer", {"team": "Blue", "practice": "Trunk"})


def test_a_new_target_without_a_score_aims_at_the_top() -> None:
    before = an_engagement()
    (target,) = done(before, assessments.aim(before, places=PLACES[:1], owner="Lead")).targets.values()
    assert (target.team_id, target.practice_id, target.score) == ("blue", "p0", 1.0)


def test_an_empty_assessment_starts_with_nothing() -> None:
    before = an_engagement(a.answer(team_id="blue", practice_id="p0"))
    after = done(before, assessments.start(before, name="Second", held_on=DAY))
    (added,) = [one for one in after.assessments.values() if one.name == "Second"]
    assert assessments.answers_of(after, added.id) == {}


def test_a_closed_assessment_takes_no_answer_and_undo_opens_it_again() -> None:
    before = an_engagement()
    closed = done(before, assessments.close(before, "assessment", on=date(2026, 4, 1)))
    with pytest.raises(UserError) as refused:
        assessments.rate(closed, assessment_id="assessment", places=PLACES, option=0)
    assert refused.value.code == "closed-assessment"


def test_targets_are_set_changed_and_taken_away_for_many_cells_at_once() -> None:
    before = an_engagement()
    aimed = done(before, assessments.aim(before, places=PLACES, score=0.5))
    assert len(aimed.targets) == len(PLACES)
    owned = done(aimed, assessments.aim(aimed, places=PLACES[:2], owner="Lead", due=DAY))
    assert {target.owner for target in owned.targets.values()} == {"Lead", ""}
    assert {target.score for target in owned.targets.values()} == {0.5}
    assert not done(owned, assessments.drop_targets(owned, places=PLACES)).targets


def test_the_step_that_takes_things_away_counts_what_was_there() -> None:
    before = an_engagement(a.answer(id="x", team_id="blue", practice_id="p0"))
    cleared = assessments.clear(before, assessment_id="assessment", places=PLACES)
    assert cleared.label == Label("clear-answers", {"count": 1})
    aimed = done(before, assessments.aim(before, places=PLACES[:2], score=0.5))
    dropped = assessments.drop_targets(aimed, places=PLACES)
    assert dropped.label == Label("remove-targets", {"count": 2})


def test_a_vote_leaves_the_answer_as_it_was_agreed() -> None:
    answer = a.answer(id="x", team_id="blue", practice_id="p0", score=0.5)
    before = an_engagement(answer)
    after = done(before, assessments.vote(before, answer_id="x", respondent="Tester", score=1.0))
    assert [(vote.respondent, vote.score) for vote in after.votes.values()] == [("Tester", 1.0)]
    assert after.answers["x"] == answer


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 1)), max_size=8))
def test_the_last_rating_of_a_cell_is_what_stands(ratings: list[tuple[tuple[str, str], int]]) -> None:
    engagement = an_engagement()
    for place, option in ratings:
        changes = assessments.rate(engagement, assessment_id="assessment", places=[place], option=option)
        engagement = engagement.apply(changes)
    last = dict(ratings)
    found = assessments.answers_of(engagement, "assessment")
    options = {place: assessments.options_of(engagement, engagement.practices[place[1]]) for place in PLACES}
    assert {place: answer.score for place, answer in found.items()} == {
        place: options[place][option].score for place, option in last.items()
    }
