"""`python -m tests.bench.roadmaps`: value soon on thirty generated roadmaps, against the greedy and plain WSJF order.

20 to 400 initiatives and 4 to 40 teams, capacities and change limits binding. Gains are in worth times finish, against
the dependency-closed greedy; "WSJF" is what a coach does by hand: by falling worth, nothing inherited from what it
unlocks. Every plan is judged by the independent checker of the tests.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from typing import Final

from planner.analysis.sequence.placing import place
from planner.analysis.sequence.problem import build_problem
from planner.analysis.sequence.sequencer import Asked, Found, Objective, measure, sequence
from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate, Initiative, Link
from planner.domain.kinds import Entity
from planner.domain.organization import Team, Unit
from planner.domain.priority import Criterion, CriterionRole, CriterionScore
from tests.builders import settings
from tests.properties.plan_checker import faults_of

SIZES: Final = (20, 50, 100, 200, 400)
PER_SIZE: Final = 6
ROLES: Final = (
    CriterionRole.VISIBILITY,
    CriterionRole.BUSINESS_VALUE,
    CriterionRole.TIME_CRITICALITY,
    CriterionRole.RISK_REDUCTION,
    CriterionRole.JOB_SIZE,
)


def roadmap(size: int, seed: int) -> Engagement:
    """Return a roadmap of `size` initiatives, a tenth as many teams (at least four), each asked for more than it has."""
    draw = random.Random(size * 1_000 + seed)
    teams = [
        Team(
            id=f"t{k}",
            name=f"Team {k}",
            unit_id="unit",
            change_capacity=draw.choice((5, 8, 10, 15)),
            change_limit=draw.choice((1, 2, 2, 3)),
        )
        for k in range(max(4, size // 10))
    ]
    entities: list[Entity] = [settings(), Unit(id="unit", name="Unit"), *teams]
    entities += [Criterion(id=role.value, name=role.value, role=role) for role in ROLES]
    for n in range(size):
        days = draw.randint(3, 30)
        entities.append(Initiative(id=f"i{n}", name=f"Initiative {n}", position=n, duration_days=days))
        for team in draw.sample(teams, draw.choice((1, 1, 2, 3))):
            effort = days * team.change_capacity / 5 * draw.uniform(0.2, 0.8)
            entities.append(
                Estimate(id=f"e{n}{team.id}", initiative_id=f"i{n}", team_id=team.id, effort=round(effort, 1))
            )
        for other in draw.sample(range(max(0, n - 25), n), min(n, draw.choice((0, 1, 1, 2)))):
            entities.append(Link(id=f"l{other}-{n}", predecessor_id=f"i{other}", successor_id=f"i{n}"))
        entities += [
            CriterionScore(
                id=f"s{n}{role.value}", initiative_id=f"i{n}", criterion_id=role.value, value=draw.randint(1, 10)
            )
            for role in ROLES
        ]
    return Engagement.of(entities)


def run(size: int, seed: int, seconds: float, workers: int) -> dict[str, float]:
    """Return the figures of one roadmap: percents, and seconds from the engagement to the first plan and to the last."""
    engagement = roadmap(size, seed)
    told: list[tuple[float, float]] = []
    began = time.perf_counter()

    def watch(found: Found) -> bool:
        told.append((time.perf_counter() - began, found.value))
        return True

    problem = build_problem(engagement)
    found = sequence(problem, Asked(Objective.VALUE, seconds=seconds, workers=workers), watch=watch)
    took = time.perf_counter() - began
    spans = {
        task.initiative_id: (problem.day(start), problem.day(end - 1))
        for task, start, end in zip(problem.tasks, found.placement.starts, found.placement.ends, strict=True)
    }
    faults = faults_of(engagement, spans)
    if faults:
        raise AssertionError(faults[0])
    first_seconds, greedy = told[0]
    by_hand = measure(problem, place(problem, [task.worth for task in problem.tasks]), Objective.VALUE)
    return {
        "gain": 100 * (greedy - found.value) / greedy,
        "gap": 100 * found.gap,
        "by_hand": 100 * (by_hand - greedy) / greedy,
        "first_seconds": first_seconds,
        "seconds": took,
    }


def main() -> int:
    """Run the roadmaps and print a table; 1 where one is worse than the greedy."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.roadmaps", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--each", type=int, default=PER_SIZE, help="roadmaps of each size")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    means: dict[str, dict[str, float]] = {}
    worst = 0.0
    for size in asked.sizes:
        rows = [run(size, seed, asked.seconds, asked.workers) for seed in range(asked.each)]
        worst = min(worst, *(row["gain"] for row in rows))
        mean = means[str(size)] = {what: round(statistics.fmean(row[what] for row in rows), 2) for what in rows[0]}
        if not asked.as_json:
            print(
                f"{size} initiatives: {mean['gain']} % better than the greedy, gap {mean['gap']} % to the bound; "
                f"WSJF order by hand {mean['by_hand']} % worse than the greedy; "
                f"first plan after {mean['first_seconds']} s, all in {mean['seconds']} s",
                flush=True,
            )
    if asked.as_json:
        print(json.dumps(means, indent=2))
    return 1 if worst < 0 else 0


if __name__ == "__main__":
    sys.exit(main())
