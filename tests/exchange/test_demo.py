"""The demo engagement: sound, complete in each language, the same on any day."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from planner.analysis.calendar import calendar_of
from planner.analysis.flow import measure_flow, steps_of
from planner.analysis.maturity import heatmap, roll_up
from planner.analysis.schedule import schedule
from planner.domain.assessment import AnswerState
from planner.domain.engagement import Engagement
from planner.domain.initiative import ConstraintKind, OutcomeKind, Status
from planner.domain.kinds import KINDS
from planner.domain.organization import InteractionHealth, Topology
from planner.domain.settings import RollUp
from planner.editing.rules import check_all
from planner.exchange.demo import demo_engagement
from planner.language import LANGUAGES, Language

TODAY = date(2026, 11, 23)
DAYS = [date(2026, 1, 1) + timedelta(days=61 * number) for number in range(12)]


def demo(*, code: str = "en", today: date = TODAY) -> Engagement:
    return demo_engagement(Language(code), today)


def without_text(value: Any) -> Any:
    if isinstance(value, str):
        return bool(value)
    if isinstance(value, tuple):
        return tuple(without_text(item) for item in value)
    if dataclasses.is_dataclass(value):
        return {
            field.name: without_text(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not field.name.endswith(("id", "ids"))
        }
    return value


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_demo_obeys_every_editing_rule(code: str) -> None:
    check_all(demo(code=code))


@pytest.mark.parametrize("today", DAYS)
def test_the_demo_is_sound_and_schedules_on_any_day(today: date) -> None:
    engagement = demo(today=today)
    check_all(engagement)
    assert schedule(engagement).dates.keys() == engagement.initiatives.keys()


def test_both_languages_hold_the_same_entities_but_for_their_words() -> None:
    english, french = demo(), demo(code="fr")
    for kind in KINDS:
        assert english.kind(kind).keys() == french.kind(kind).keys()
        for entity_id, entity in english.kind(kind).items():
            assert without_text(entity) == without_text(french.kind(kind)[entity_id])


def test_every_sentence_is_told_in_both_languages() -> None:
    english, french = demo(), demo(code="fr")
    same = {
        (kind, entity_id)
        for kind in ("units", "teams", "practices", "initiatives", "risks", "stream_steps", "waves", "scenarios")
        for entity_id, entity in english.kind(kind).items()
        if entity.name == french.kind(kind)[entity_id].name
    }
    assert same == set()


def test_no_day_is_left_as_a_distance_from_today() -> None:
    assert "today" not in {
        str(getattr(entity, field.name)).split("+")[0].split("-")[0]
        for kind in KINDS
        for entity in demo().kind(kind).values()
        for field in dataclasses.fields(entity)
    }


def test_what_is_done_lies_behind_today_and_what_is_planned_before_it() -> None:
    for today in DAYS:
        engagement = demo(today=today)
        begun = [it for it in engagement.initiatives.values() if it.actual_start is not None]
        assert begun
        assert all(it.actual_start <= today for it in begun if it.actual_start)
        assert all((it.actual_finish is not None) == (it.status is Status.DONE) for it in begun)
        assert all(it.actual_finish <= today for it in begun if it.actual_finish)
        assert all(it.progress == 1 for it in begun if it.status is Status.DONE)


def test_its_days_are_working_days() -> None:
    for today in DAYS:
        engagement = demo(today=today)
        calendar = calendar_of(engagement, None)
        for initiative in engagement.initiatives.values():
            for day in (initiative.actual_start, initiative.actual_finish, initiative.constraint_date):
                assert day is None or calendar.is_working(day), (initiative.id, day)


def test_the_demo_moves_with_today_and_keeps_its_ids() -> None:
    earlier, later = demo(today=date(2026, 3, 2)), demo(today=date(2027, 3, 1))
    changing = {"freezes"}  # named by their year
    for kind in KINDS.keys() - changing:
        assert earlier.kind(kind).keys() == later.kind(kind).keys()
    assert later.setting.created > earlier.setting.created


def test_the_demo_shows_everything_the_domain_knows() -> None:
    engagement = demo()
    assert [kind for kind in KINDS if not engagement.kind(kind)] == []
    assert len(engagement.teams) == 9
    assert len(engagement.practices) == 30
    assert {team.topology for team in engagement.teams.values()} == set(Topology)
    assert {answer.state for answer in engagement.answers.values()} == set(AnswerState)
    assert {outcome.kind for outcome in engagement.outcomes.values()} == set(OutcomeKind)
    assert {initiative.status for initiative in engagement.initiatives.values()} == set(Status)
    assert InteractionHealth.BLOCKING in {interaction.health for interaction in engagement.interactions.values()}
    pins = [it for it in engagement.initiatives.values() if it.constraint is ConstraintKind.MUST_START_ON]
    assert [it.id for it in pins] == ["tariff-release"]


def test_the_assessments_are_nine_months_apart_and_show_progress() -> None:
    engagement = demo()
    first, second = engagement.assessments["assessment-first"], engagement.assessments["assessment-second"]
    assert 265 <= (second.held_on - first.held_on).days <= 285
    before = roll_up(heatmap(engagement, first.id).cells.values(), RollUp.MEAN)
    after = roll_up(heatmap(engagement, second.id).cells.values(), RollUp.MEAN)
    assert before.value is not None
    assert after.value is not None
    assert 0.1 < before.value < after.value < 0.6


def test_an_unfinished_initiative_still_has_something_to_lift() -> None:
    engagement = demo()
    cells = heatmap(engagement).cells
    for outcome in engagement.outcomes.values():
        unfinished = engagement.initiatives[outcome.initiative_id].status is not Status.DONE
        if outcome.kind is OutcomeKind.MATURITY and outcome.to_value is not None and unfinished:
            now = [cells[team, practice].score for team in outcome.team_ids for practice in outcome.practice_ids]
            assert all(score is None or score < outcome.to_value for score in now), outcome.id


def test_targets_are_set_where_teams_can_move() -> None:
    engagement = demo()
    cells = heatmap(engagement).cells
    for target in engagement.targets.values():
        cell = cells[target.team_id, target.practice_id]
        assert cell.state not in (AnswerState.NOT_APPLICABLE, AnswerState.OUTSIDE_OUR_CONTROL)
        assert (cell.score or 0) <= target.score


def test_waiting_takes_most_of_the_value_stream() -> None:
    flow = measure_flow(steps_of(demo(), "stream-claims"))
    assert flow.efficiency is not None
    assert 0.1 < flow.efficiency < 0.25
    assert 0.1 < flow.complete_accurate < 0.3


def test_twelve_months_are_measured_up_to_last_month() -> None:
    engagement = demo()
    months = Counter(measurement.measured_on for measurement in engagement.measurements.values())
    assert len(months) == 12
    assert max(months) == date(2026, 10, 31)
    assert len(set(months.values())) == 1


def test_the_plan_spans_about_fourteen_months_around_today() -> None:
    for today in DAYS:
        found = schedule(demo(today=today))
        assert 200 <= (today - found.start).days <= 245
        assert 150 <= (found.finish - today).days <= 290
