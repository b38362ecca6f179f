"""What is made of streams and measurements: after-values, trends, and what is suggested of each hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.delivery import Direction, Subject, judge, series_of, subjects_of, trend_of
from planner.analysis.flow import hoped_for, measure_flow, step_after, steps_of
from planner.analysis.verdicts import Inquiry, Reason
from planner.domain.assessment import Assessment
from planner.domain.engagement import Engagement
from planner.domain.flow import DeliveryMetric, Measurement, StreamStep, ValueStream
from planner.domain.initiative import Outcome, OutcomeKind, Status, Verdict
from planner.domain.kinds import Entity
from planner.domain.organization import Application
from tests import builders as a

LEAD = DeliveryMetric.CHANGE_LEAD_TIME
OFTEN = DeliveryMetric.DEPLOYMENT_FREQUENCY
START, FINISH = date(2026, 3, 2), date(2026, 4, 3)


def test_the_vector_of_the_domain() -> None:
    steps = [
        StreamStep(id=str(n), stream_id="s", name="x", process_hours=process, wait_hours=wait, complete_accurate=share)
        for n, (process, wait, share) in enumerate([(10, 0, 0.9), (20, 5, 0.8), (30, 10, 0.7), (5, 5, 1.0)])
    ]
    flow = measure_flow(steps)
    assert flow.lead_hours == 85
    assert flow.efficiency == pytest.approx(0.765, abs=0.0005)
    assert flow.complete_accurate == pytest.approx(0.504)


def hopes(**second: Any) -> Engagement:
    def shorter(number: int, **fields: Any) -> Outcome:
        return Outcome(
            id=f"o{number}", initiative_id=f"i{number}", kind=OutcomeKind.STREAM_STEP, step_id="step", **fields
        )

    status = second.pop("status", Status.PLANNED)
    return a.engagement(
        a.settings(),
        a.initiative(id="i1", status=Status.DONE),
        a.initiative(id="i2", status=status),
        ValueStream(id="s", name="Claims"),
        StreamStep(id="step", stream_id="s", name="Test", process_hours=10.0, wait_hours=50.0),
        shorter(1, wait_hours_after=20.0),
        shorter(2, **second),
    )


def test_the_shortest_of_what_is_hoped_for_counts_and_never_the_sum() -> None:
    engagement = hopes(wait_hours_after=30.0, process_hours_after=4.0)
    after = step_after(engagement, engagement.stream_steps["step"])
    assert (after.process_hours, after.wait_hours) == (4.0, 20.0)


@pytest.mark.parametrize("left_out", [{"status": Status.DROPPED}, {"verdict": Verdict.REFUTED}])
def test_what_is_dropped_or_refuted_is_not_hoped_for(left_out: dict[str, Any]) -> None:
    engagement = hopes(wait_hours_after=5.0, **left_out)
    assert [one.id for one in hoped_for(engagement, "step")] == ["o1"]
    assert step_after(engagement, steps_of(engagement, "s")[0]).wait_hours == 20.0


def points(metric: DeliveryMetric, *values: float, **whom: str) -> list[Measurement]:
    whom = whom or {"application_id": "app"}
    return [
        Measurement(
            id=f"{metric.value}-{n}-{whom}", metric=metric, measured_on=START + timedelta(days=7 * n - 21), value=value,
            **whom,
        )
        for n, value in enumerate(values)
    ]  # fmt: skip


def test_less_is_better_for_all_but_the_frequency() -> None:
    assert judge(LEAD, 10, 5) is Direction.BETTER
    assert judge(OFTEN, 10, 5) is Direction.WORSE
    assert judge(LEAD, 100, 104) is Direction.STEADY
    assert judge(DeliveryMetric.REWORK_RATE, 0.0, 0.1) is Direction.WORSE


@given(st.sampled_from(DeliveryMetric), st.floats(0, 1e6), st.floats(0, 1e6))
def test_what_is_better_one_way_is_not_better_the_other(metric: DeliveryMetric, before: float, after: float) -> None:
    there, back = judge(metric, before, after), judge(metric, after, before)
    assert there is Direction.STEADY or back is not there


def test_a_trend_holds_the_last_value_against_those_before() -> None:
    trend = trend_of(points(LEAD, 40, 30, 35, 10))
    assert trend is not None
    assert (trend.last, trend.median, trend.before, trend.direction) == (10, 32.5, 35, Direction.BETTER)
    first = trend_of(points(LEAD, 40))
    assert first is not None
    assert first.direction is None
    assert trend_of([]) is None


def measured(*entities: Entity, status: Status = Status.DONE, **outcome: Any) -> tuple[Engagement, Outcome]:
    fields = {"kind": OutcomeKind.DELIVERY_METRIC, "metric": LEAD, "application_id": "app", **outcome}
    found = Outcome(id="o", initiative_id="i", **fields)
    engagement = a.engagement(
        a.settings(),
        a.unit(id="unit"),
        a.team(id="blue", name="Blue"),
        a.team(id="red", name="Red"),
        Application(id="app", name="Portal"),
        a.initiative(id="i", status=status),
        found,
        *entities,
    )
    return engagement, found


def test_series_belong_to_one_subject_each_in_the_order_of_dates() -> None:
    engagement, _ = measured(*reversed(points(LEAD, 3, 2, 1)), *points(LEAD, 9, team_id="blue"))
    series = series_of(engagement)
    assert [one.value for one in series[Subject("applications", "app")][LEAD]] == [3, 2, 1]
    assert [one.value for one in series[Subject("teams", "blue")][LEAD]] == [9]
    assert [one.id for one in subjects_of(engagement)] == ["app", "blue", "red"]
    backwards = [replace(one, id=name) for one, name in zip(points(LEAD, 3, 2, 1), "zyx", strict=True)]
    (held,) = series_of(measured(*backwards)[0]).values()
    assert [one.value for one in held[LEAD]] == [3, 2, 1], "by date, whatever their ids"


@pytest.mark.parametrize(
    ("values", "target", "verdict", "reason"),
    [
        # Four weeks up to the start, four to the finish, then what comes after.
        ((40,) * 8 + (20, 22, 24), 24, Verdict.CONFIRMED, Reason.REACHED),
        ((40,) * 8 + (30, 30, 30), 24, Verdict.INCONCLUSIVE, Reason.CLOSER),
        ((40,) * 8 + (41, 42, 43), 24, Verdict.REFUTED, Reason.NO_BETTER),
        ((40,) * 8 + (20, 20), 24, Verdict.PENDING, Reason.TOO_FEW),
        ((40,) * 8 + (30, 30, 30), None, Verdict.CONFIRMED, Reason.BETTER),
    ],
)
def test_a_verdict_is_suggested_from_what_was_measured(
    values: tuple[float, ...], target: float | None, verdict: Verdict, reason: Reason
) -> None:
    engagement, outcome = measured(*points(LEAD, *values), to_value=target)
    found = Inquiry(engagement).find(outcome, start=START, finish=FINISH)
    assert (found.verdict, found.reason) == (verdict, reason)
    (part,) = found.evidence
    assert (part.before, part.before_on, part.count) == (40, START, len(values) - 8)


def test_nothing_is_suggested_before_the_initiative_is_done() -> None:
    engagement, outcome = measured(*points(LEAD, *(40,) * 8, 1, 1, 1), status=Status.ACTIVE, to_value=24)
    assert Inquiry(engagement).find(outcome, start=START, finish=FINISH).reason is Reason.NOT_FINISHED
    assert Inquiry(engagement).find(outcome, start=START, finish=FINISH).verdict is Verdict.PENDING
    engagement, outcome = measured(status=Status.DROPPED)
    assert Inquiry(engagement).find(outcome, start=START, finish=FINISH).reason is Reason.DROPPED


def test_what_is_measured_on_the_day_of_the_finish_is_not_of_after_it() -> None:
    on_the_day = Measurement(id="day", metric=LEAD, measured_on=FINISH, value=1.0, application_id="app")
    engagement, outcome = measured(*points(LEAD, *(40,) * 8, 20, 20), on_the_day, to_value=24)
    found = Inquiry(engagement).find(outcome, start=START, finish=FINISH)
    assert (found.evidence[0].count, found.reason) == (2, Reason.TOO_FEW)


def test_the_days_work_really_began_and_ended_go_before_those_of_the_plan() -> None:
    began, ended = START + timedelta(days=7), FINISH + timedelta(days=30)
    engagement, outcome = measured(*points(LEAD, *(40,) * 4, 30, *(40,) * 3, 20, 20, 20), to_value=24)
    done = replace(engagement.initiatives["i"], actual_start=began, actual_finish=ended)
    engagement = a.engagement(
        *(one for kind in engagement.by_kind().values() for one in kind.values() if one.id != "i"), done
    )
    found = Inquiry(engagement).find(outcome, start=START, finish=FINISH)
    (part,) = found.evidence
    assert (found.start, found.finish) == (began, ended)
    assert (part.before, part.before_on, part.count) == (30, began, 0)


def test_teams_are_judged_one_by_one_and_never_blended() -> None:
    blue = points(LEAD, *(40,) * 8, 10, 10, 10, team_id="blue")
    red = points(LEAD, *(40,) * 8, 50, 50, 50, team_id="red")
    engagement, outcome = measured(*blue, *red, team_ids=("blue", "red"), application_id=None, to_value=24)
    found = Inquiry(engagement).find(outcome, start=START, finish=FINISH)
    assert [part.verdict for part in found.evidence] == [Verdict.CONFIRMED, Verdict.REFUTED]
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.MIXED)
    engagement, outcome = measured(*blue, team_ids=("blue", "red"), application_id=None, to_value=24)
    assert Inquiry(engagement).find(outcome, start=START, finish=FINISH).verdict is Verdict.PENDING


def test_a_step_as_short_as_hoped_confirms_what_was_done_to_it() -> None:
    engagement = hopes(wait_hours_after=30.0)
    outcome = engagement.outcomes["o1"]
    assert Inquiry(engagement).find(outcome, start=START, finish=FINISH).reason is Reason.STEP_LONGER
    step = engagement.stream_steps["step"]
    shorter = StreamStep(id="step", stream_id="s", name=step.name, process_hours=10.0, wait_hours=20.5)
    engagement = Engagement.of([*(one for kind in engagement.by_kind().values() for one in kind.values()), shorter])
    assert Inquiry(engagement).find(outcome, start=START, finish=FINISH).verdict is Verdict.CONFIRMED


@pytest.mark.parametrize(
    ("scores", "verdict", "reason"),
    [
        ((1.0, 1.0), Verdict.CONFIRMED, Reason.REACHED),
        ((1.0, 0.5), Verdict.INCONCLUSIVE, Reason.CLOSER),
        ((0.0, 0.0), Verdict.REFUTED, Reason.NO_BETTER),
        ((), Verdict.PENDING, Reason.NOT_ASSESSED),
    ],
)
def test_scores_are_judged_by_the_assessment_held_since(
    scores: tuple[float, ...], verdict: Verdict, reason: Reason
) -> None:
    entities: list[Entity] = [
        *a.model(),
        a.practice(id="p"),
        Assessment(id="assessment", name="First", held_on=START - timedelta(days=30)),
        *(a.answer(team_id=team, practice_id="p", score=0.25) for team in ("blue", "red")),
    ]
    if scores:
        entities.append(Assessment(id="later", name="Second", held_on=FINISH + timedelta(days=30)))
        entities += [
            a.answer(assessment_id="later", team_id=team, practice_id="p", score=score)
            for team, score in zip(("blue", "red"), scores, strict=True)
        ]
    engagement, outcome = measured(
        *entities, kind=OutcomeKind.MATURITY, metric=None, application_id=None, team_ids=("blue", "red"),
        practice_ids=("p",), from_value=0.25, to_value=0.75,
    )  # fmt: skip
    found = Inquiry(engagement).find(outcome, start=START, finish=FINISH)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.evidence[0].before == 0.25
    if scores:
        day = FINISH + timedelta(days=30)
        assert Inquiry(engagement).find(outcome, start=START, finish=day).reason is Reason.NOT_ASSESSED
