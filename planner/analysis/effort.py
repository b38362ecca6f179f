"""What an initiative really costs a team: its estimate, more where the team's habits do not favour working across silos.

The rule stands here once, for whatever weighs effort against capacity.
"""

from __future__ import annotations

from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate

READINESS_FACTORS: Final = (1.5, 1.25, 1.0, 0.9, 0.8)
"""By how much an estimate is multiplied for a team of readiness 1 to 5."""


def effort_of(engagement: Engagement, estimate: Estimate) -> float:
    """Return the person-days one team puts into one initiative, its readiness counted in."""
    return estimate.effort * READINESS_FACTORS[engagement.teams[estimate.team_id].readiness - 1]
