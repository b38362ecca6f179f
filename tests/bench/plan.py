"""Computing the schedule of a big plan, against its limit."""

from __future__ import annotations

from pathlib import Path

from planner.analysis.schedule import schedule
from tests.bench.measure import Row, hold
from tests.builders import big_engagement


def measure(_folder: Path) -> list[Row]:
    """Return the row of the schedule, on 10,000 initiatives and 15,000 links."""
    engagement = big_engagement(teams=0, answers=0)
    return [
        hold(
            "scheduling 10,000 initiatives and 15,000 links, slack and critical path",
            lambda: schedule(engagement),
            limit_seconds=1.0,
        )
    ]
