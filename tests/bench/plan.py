"""Computing the schedule of a big plan, and the first proposal of an order, against their limits."""

from __future__ import annotations

from pathlib import Path

from planner.analysis.schedule import schedule
from planner.analysis.sequence.problem import build_problem
from planner.analysis.sequence.sequencer import Asked, Objective, sequence
from tests.bench.measure import Row, hold
from tests.bench.roadmaps import roadmap
from tests.builders import big_engagement


def measure(_folder: Path) -> list[Row]:
    """Return the rows of the schedule, on 10,000 initiatives and 15,000 links, and of a first proposal."""
    crowded = roadmap(400, 0)
    engagement = big_engagement(teams=0, answers=0)
    return [
        hold(
            "scheduling 10,000 initiatives and 15,000 links, slack and critical path",
            lambda: schedule(engagement),
            limit_seconds=0.1,
        ),
        hold(
            "the first proposal of an order for 400 initiatives, from the engagement on",
            lambda: sequence(build_problem(crowded), Asked(Objective.VALUE), watch=lambda _first: False),
            limit_seconds=2.0,
        ),
    ]
