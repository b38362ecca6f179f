"""The load of many teams over three years, the courses a plan may take and the draws of ranks, against their limits."""

from __future__ import annotations

import dataclasses
import random
from datetime import date, timedelta
from pathlib import Path

from planner.analysis.load import team_load
from planner.analysis.priority import Yardstick
from planner.analysis.ranking import stability
from planner.analysis.risk.simulation import simulate
from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate, Initiative, Risk
from planner.domain.kinds import Entity
from planner.domain.priority import Criterion, CriterionScore, FormulaKind
from tests import builders
from tests.bench.measure import Row, hold
from tests.builders import MONDAY, big_engagement

TEAMS, WEEKS = 200, 156


def measure(_folder: Path) -> list[Row]:
    """Return the rows of the load, of the simulation and of the ranks."""
    busy, uncertain = busy_engagement(), uncertain_engagement()
    spans = busy_spans(busy)
    scored = scored_engagement()
    choice = "(Criterion 0 + 2 * Criterion 1) / Criterion 2 if Criterion 3 > 5 else max(Criterion 4, Criterion 5)"
    yardstick = Yardstick(
        scored.criteria.values(), FormulaKind.CUSTOM, f"{choice} + Criterion 6 * Criterion 7 / Criterion 8"
    )
    return [
        hold(
            f"load of {TEAMS} teams over {WEEKS} weeks, {len(busy.estimates):,} efforts",
            lambda: team_load(busy, spans),
            limit_seconds=0.05,
        ),
        hold(
            "10,000 courses of a plan of 1,000 initiatives, 1,500 links and 200 risks",
            lambda: simulate(uncertain, draws=10_000),
            limit_seconds=2.0,
        ),
        hold(
            "1,000 draws of the ranks of 1,000 initiatives by a formula of one's own over 9 criteria",
            lambda: stability(scored, yardstick),
            limit_seconds=2.0,
        ),
    ]


def busy_engagement(*, initiatives: int = 3_000, seed: int = 1) -> Engagement:
    """Return teams that share initiatives, two teams to each."""
    draw = random.Random(seed)
    entities: list[Entity] = [builders.unit(id="unit")]
    entities += [builders.team(id=f"team-{n}", change_capacity=float(draw.randint(3, 20))) for n in range(TEAMS)]
    for n in range(initiatives):
        entities.append(builders.initiative(id=f"initiative-{n}"))
        for at, team in enumerate(draw.sample(range(TEAMS), 2)):
            effort = float(draw.randint(1, 30))
            entities.append(
                Estimate(id=f"e-{n}-{at}", initiative_id=f"initiative-{n}", team_id=f"team-{team}", effort=effort)
            )
    return builders.engagement(*entities)


def busy_spans(engagement: Engagement, *, seed: int = 2) -> dict[str, tuple[date, date]]:
    """Return spans of one to twelve weeks, spread over all of the weeks."""
    draw = random.Random(seed)
    last = 7 * WEEKS - 1
    spans = {}
    for initiative_id in engagement.initiatives:
        begin = draw.randint(0, last - 90)
        spans[initiative_id] = (MONDAY + timedelta(begin), MONDAY + timedelta(begin + draw.randint(5, 84)))
    spans["initiative-0"] = (MONDAY, MONDAY + timedelta(last))
    return spans


def scored_engagement(*, initiatives: int = 1_000, criteria: int = 9, seed: int = 3) -> Engagement:
    """Return initiatives that score on every criterion."""
    draw = random.Random(seed)
    entities: list[Entity] = [Criterion(id=f"criterion-{n}", name=f"Criterion {n}") for n in range(criteria)]
    for n in range(initiatives):
        entities.append(builders.initiative(id=f"initiative-{n}"))
        entities += [
            CriterionScore(
                id=f"score-{n}-{at}",
                initiative_id=f"initiative-{n}",
                criterion_id=f"criterion-{at}",
                value=float(draw.randint(1, 10)),
            )
            for at in range(criteria)
        ]
    return builders.engagement(*entities)


def uncertain_engagement(*, seed: int = 1) -> Engagement:
    """Return a plan in which every duration has a range and every fifth initiative a risk."""
    draw = random.Random(seed)
    held = big_engagement(initiatives=1_000, links=1_500, teams=20, answers=0)
    entities: list[Entity] = []
    for entity in (entity for entities in held.by_kind().values() for entity in entities.values()):
        if isinstance(entity, Initiative):
            days = entity.duration_days
            longest = days * (1.2 + 1.5 * draw.random())
            entities.append(dataclasses.replace(entity, optimistic_days=0.7 * days, pessimistic_days=longest))
        else:
            entities.append(entity)
    entities += [
        Risk(id=f"risk-{n}", name="Risk", initiative_id=draw.choice(list(held.initiatives)), probability=0.3, impact_days=10.0)
        for n in range(200)
    ]  # fmt: skip
    return Engagement.of(entities)
