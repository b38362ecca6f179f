"""Entities for tests, sound by default: name what matters, leave the rest."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from typing import Any

from planner.domain.assessment import Answer, AnswerState, Assessment, Target, Vote
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.engagement import Engagement
from planner.domain.flow import DeliveryMetric, Measurement, StreamStep, ValueStream, Waste
from planner.domain.initiative import (
    ConstraintKind,
    Estimate,
    Initiative,
    Link,
    LinkType,
    Outcome,
    OutcomeKind,
    Risk,
    RiskStatus,
    Status,
    Verdict,
    Wave,
)
from planner.domain.kinds import Entity
from planner.domain.organization import (
    Application,
    Group,
    Interaction,
    InteractionHealth,
    InteractionMode,
    Team,
    Topology,
    Unit,
)
from planner.domain.practice import (
    Descriptor,
    Dimension,
    MaturityModel,
    Practice,
    Prerequisite,
    Reference,
    Resource,
    Scale,
    ScaleOption,
    Theme,
)
from planner.domain.priority import Criterion, CriterionRole, CriterionScore, Formula, FormulaKind
from planner.domain.scenario import Baseline, BaselineEntry, InitiativeOverride, Scenario, TeamOverride
from planner.domain.settings import RollUp, Settings, StatusColour

MONDAY = date(2026, 3, 2)
"""A Monday without holidays around it: the first day of plans in tests."""

AWKWARD = "L’équipe « Ünïcode » 日本語 😀 $x$ =1+1 <b>&amp;</b> {name} %s"
"""A name that trips whatever takes text for something else."""

_numbers = itertools.count(1)


def _id(prefix: str) -> str:
    return f"{prefix}-{next(_numbers)}"


def settings(**fields: Any) -> Settings:
    return Settings(**{"name": "Client", "created": MONDAY, **fields})


def unit(**fields: Any) -> Unit:
    chosen = {"id": _id("unit"), **fields}
    return Unit(**{"name": f"Unit {chosen['id']}", **chosen})


def team(**fields: Any) -> Team:
    chosen = {"id": _id("team"), "unit_id": "unit", **fields}
    return Team(**{"name": f"Team {chosen['id']}", **chosen})


def initiative(**fields: Any) -> Initiative:
    chosen = {"id": _id("initiative"), **fields}
    return Initiative(**{"name": f"Initiative {chosen['id']}", **chosen})


def link(predecessor: Initiative | str, successor: Initiative | str, **fields: Any) -> Link:
    ends = [end if isinstance(end, str) else end.id for end in (predecessor, successor)]
    return Link(**{"id": _id("link"), "predecessor_id": ends[0], "successor_id": ends[1], **fields})


def practice(**fields: Any) -> Practice:
    chosen = {"id": _id("practice"), "theme_id": "theme", "scale_id": "scale", **fields}
    return Practice(**{"name": f"Practice {chosen['id']}", **chosen})


def answer(**fields: Any) -> Answer:
    return Answer(**{"id": _id("answer"), "assessment_id": "assessment", "score": 0.5, **fields})


def model() -> list[Entity]:
    """Return a maturity model without practices: ids model, dimension, theme, scale."""
    return [
        MaturityModel(id="model", name="Model"),
        Dimension(id="dimension", model_id="model", name="Dimension"),
        Theme(id="theme", dimension_id="dimension", name="Theme"),
        Scale(
            id="scale",
            model_id="model",
            name="Scale",
            options=(
                ScaleOption(score=0.0, text="no"),
                ScaleOption(score=0.5, text="partly"),
                ScaleOption(score=1.0, text="yes"),
            ),
        ),
    ]


def engagement(*entities: Entity) -> Engagement:
    """Return an engagement of `entities`, with settings unless they are among them."""
    return Engagement.of([settings(), *entities])


def sample_of_every_kind() -> list[Entity]:
    """Return a rule-abiding engagement with at least one entity of every kind, every field filled in."""
    day = MONDAY
    return [
        settings(
            name=AWKWARD, client="Client", plan_start=day, status_date=day, calendar_id="calendar", formula_id="formula",
            roll_up=RollUp.GATE, currency="CHF", fiscal_year_start_month=4, cool_down_days=5,
            status_colours=(StatusColour(status=Status.DONE, colour="#00aa55"),),
        ),
        Calendar(id="calendar", name="France", weekdays=(0, 1, 2, 3, 4), country="FR", subdivision="57", hours_per_day=7.5),
        Calendar(id="calendar-team", name="Part time", weekdays=None),
        CalendarException(id="exception", calendar_id="calendar", name="Move", start=day, finish=day + timedelta(days=1), working=True),
        Freeze(id="freeze", calendar_id="calendar", name="Year end", start=date(2026, 12, 14), finish=date(2027, 1, 4), reason="Accounts close"),
        unit(id="unit", name="Organization"),
        unit(id="unit-2", name="Département é", parent_id="unit", description="Two\nlines", position=3),
        Group(id="group", name="Guild", description="All testers"),
        team(id="team", name="Payments", group_ids=("group",), topology=Topology.STREAM_ALIGNED, headcount=8,
             change_capacity=7.5, change_limit=2, readiness=4, calendar_id="calendar-team", description="x", position=1),
        team(id="team-2", name=AWKWARD, unit_id="unit-2", topology=Topology.PLATFORM),
        Application(id="application", name="Claims", team_id="team", description="Portal"),
        Interaction(id="interaction", from_team_id="team", to_team_id="team-2", mode=InteractionMode.COLLABORATION,
                    health=InteractionHealth.BLOCKING, since=day, expected_end=day + timedelta(days=90), note="Weekly"),
        MaturityModel(id="model", name="Model", version="1.2", source="ours", licence="MIT", released=day, description="x"),
        Dimension(id="dimension", model_id="model", name="Dimension", description="x", position=1),
        Theme(id="theme", dimension_id="dimension", name="Theme", description="x", position=1),
        Scale(id="scale", model_id="model", name="Scale",
              options=(ScaleOption(score=0.0, text="no"), ScaleOption(score=1.0, text="yes"))),
        practice(id="practice", name="Trunk", source_id="p-1", level=1, description="d", risk="r", measure="m",
                 verification="v", comments="c", descriptors=(Descriptor(score=0.5, text="half"),), knowledge_difficulty=1,
                 time_difficulty=2, resources_difficulty=3, usefulness=5, weight=2.5,
                 references=(Reference(framework="ISO", code="1.2"),),
                 resources=(Resource(name="Guide", url="u", description="d", tags=("t",)),), tags=("a", "b"), position=2),
        practice(id="practice-2", name="Tests"),
        Prerequisite(id="prerequisite", practice_id="practice", required_practice_id="practice-2", minimum_score=0.5),
        Assessment(id="assessment", name="First", held_on=day, closed_on=day + timedelta(days=3), note="Workshop"),
        Assessment(id="assessment-2", name="Second", held_on=day + timedelta(days=270)),
        answer(id="answer", team_id="team", practice_id="practice", score=0.1 + 0.2, confidence=0.8, evidence="Seen", expiry=day),
        answer(id="answer-2", team_id="team", practice_id="practice-2", state=AnswerState.NOT_APPLICABLE, score=None, reason="No tests"),
        answer(id="answer-3", assessment_id="assessment-2", team_id="team-2", practice_id="practice", score=1.0),
        Vote(id="vote", answer_id="answer-3", respondent="Developer", score=0.5, comment="Hm"),
        Target(id="target", team_id="team", practice_id="practice", score=0.75, due=day, owner="Lead", rationale="Enough"),
        Wave(id="wave", name="Wave 1", position=1, gate="Two teams", gate_date=day, passed_on=day),
        initiative(id="programme", name="Programme", status=Status.ACTIVE),
        initiative(id="initiative", name=AWKWARD, parent_id="programme", position=1, description="d", hypothesis="h",
                   measure="m", owner="Lead", status=Status.ACTIVE, wave_id="wave", optimistic_days=3.5, duration_days=5.5,
                   pessimistic_days=9.0, constraint=ConstraintKind.START_NO_EARLIER_THAN, constraint_date=day,
                   deadline=day + timedelta(days=60), progress=0.25, actual_start=day, cost=1250.5, tags=("x", "y")),
        initiative(id="milestone", name="Live", duration_days=0.0, status=Status.DONE, actual_start=day, actual_finish=day, progress=1.0),
        Estimate(id="estimate", initiative_id="initiative", team_id="team", optimistic_effort=2.0, effort=4.0, pessimistic_effort=8.0),
        Link(id="link", predecessor_id="initiative", successor_id="milestone", type=LinkType.FINISH_TO_FINISH, lag_days=-1.5),
        ValueStream(id="stream", name="Claim to payment", unit_id="unit", description="x"),
        StreamStep(id="step", stream_id="stream", name="Test", position=2, process_hours=10.0, wait_hours=5.0,
                   complete_accurate=0.9, team_ids=("team-2", "team"), waste=Waste.WAITING, visibility=4, note="x"),
        Measurement(id="measurement", metric=DeliveryMetric.CHANGE_FAIL_RATE, measured_on=day, value=0.15, team_id="team", source="CI"),
        Measurement(id="measurement-2", metric=DeliveryMetric.CHANGE_LEAD_TIME, measured_on=day, value=30.0, application_id="application"),
        Outcome(id="outcome", initiative_id="initiative", team_ids=("team", "team-2"), practice_ids=("practice",),
                from_value=0.25, to_value=0.75, verdict=Verdict.CONFIRMED, note="x"),
        Outcome(id="outcome-2", initiative_id="initiative", kind=OutcomeKind.STREAM_STEP, step_id="step",
                process_hours_after=8.0, wait_hours_after=1.0),
        Outcome(id="outcome-3", initiative_id="initiative", kind=OutcomeKind.DELIVERY_METRIC,
                metric=DeliveryMetric.CHANGE_LEAD_TIME, application_id="application", from_value=30.0, to_value=10.0),
        Risk(id="risk", name="No time", initiative_id="initiative", description="d", probability=0.3, impact_days=10.0,
             impact_cost=5000.0, response="Ask", owner="Lead", status=RiskStatus.MITIGATED),
        Criterion(id="criterion", name="Visibility", role=CriterionRole.VISIBILITY, minimum=0.0, maximum=20.0, weight=2.0,
                  higher_is_better=False, description="x", position=1),
        CriterionScore(id="score", initiative_id="initiative", criterion_id="criterion", value=13.0),
        Formula(id="formula", name="Ours", kind=FormulaKind.CUSTOM, expression="visibility * 2", position=1),
        Baseline(id="baseline", name="Kick-off", taken_on=day, reason="Signed",
                 entries=(BaselineEntry(initiative_id="gone", name="Gone", start=day, finish=day, duration_days=1.0, effort=2.0),)),
        Scenario(id="scenario", name="Slow", description="x"),
        InitiativeOverride(id="override", scenario_id="scenario", initiative_id="initiative", included=False, start=day,
                           duration_days=3.0, effort_factor=1.5),
        TeamOverride(id="team-override", scenario_id="scenario", team_id="team", change_capacity=2.0, change_limit=1),
    ]  # fmt: skip


def big_engagement(
    *, initiatives: int = 10_000, links: int = 15_000, teams: int = 200, answers: int = 24_000, seed: int = 1
) -> Engagement:
    """Return a rule-abiding engagement of that size: programmes of twenty, links that only lead forward."""
    draw = random.Random(seed)
    entities: list[Entity] = [settings(name="Big"), *model(), unit(id="unit", name="Organization")]
    departments = [unit(id=f"department-{n}", name=f"Department {n}", parent_id="unit", position=n) for n in range(10)]
    team_ids = [f"team-{n:04}" for n in range(teams)]
    entities += departments
    entities += [
        team(id=team_id, name=f"Team {n}", unit_id=departments[n % 10].id, headcount=draw.randint(3, 12), position=n,
             change_capacity=float(draw.randint(3, 20)))
        for n, team_id in enumerate(team_ids)
    ]  # fmt: skip
    practices = [practice(id=f"practice-{n:04}", name=f"Practice {n}", level=n % 5 + 1, position=n)
                 for n in range(-(-answers // max(teams, 1)))]  # fmt: skip
    entities += practices
    entities.append(Assessment(id="assessment", name="First", held_on=MONDAY))
    entities += [
        answer(id=f"answer-{n:06}", team_id=team_ids[n % teams], practice_id=practices[n // teams].id,
               score=draw.choice([0.0, 0.5, 1.0]), confidence=0.8, evidence=f"Seen in pipeline {n}")
        for n in range(answers)
    ]  # fmt: skip
    ids = [f"initiative-{n:06}" for n in range(initiatives)]
    leaves = []
    for n, initiative_id in enumerate(ids):
        programme = n - n % 20
        if n != programme:
            leaves.append(initiative_id)
        entities.append(
            initiative(id=initiative_id, name=f"Initiative {n}", parent_id=None if n == programme else ids[programme],
                       position=n, duration_days=float(draw.randint(1, 30)), status=draw.choice(list(Status)[:3]),
                       owner="Lead", description="What changes and why", tags=("flow",) if n % 3 else ())
        )  # fmt: skip
    if leaves:
        entities += [Estimate(id=f"estimate-{n:06}", initiative_id=leaf, team_id=draw.choice(team_ids), effort=float(draw.randint(1, 30)))
                     for n, leaf in enumerate(leaves) if team_ids and n % 4 == 0]  # fmt: skip
    entities += _forward_links(draw, leaves, links)
    return engagement(*entities)


def _forward_links(draw: random.Random, leaves: list[str], count: int) -> list[Link]:
    found: dict[tuple[int, int], Link] = {}
    while len(found) < count and len(leaves) > 1:
        first = draw.randrange(len(leaves) - 1)
        second = min(len(leaves) - 1, first + draw.randint(1, 200))
        if (first, second) in found:
            continue
        kind = draw.choices(list(LinkType), weights=[8, 1, 1, 0])[0]
        found[first, second] = Link(
            id=f"link-{len(found):06}",
            predecessor_id=leaves[first],
            successor_id=leaves[second],
            type=kind,
            lag_days=float(draw.randint(-2, 5)),
        )
    return list(found.values())
