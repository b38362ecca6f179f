"""What an initiative really costs a team: its estimate, more where the team's habits do not favour working across silos.

The rule stands here once, for whatever weighs effort against capacity.
"""

from __future__ import annotations

from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate


def effort_of(engagement: Engagement, estimate: Estimate) -> float:
    """Return the person-days one team puts into one initiative: the estimate times the factor of the team's readiness.

    The factors are the engagement's own (`Settings.readiness_factors`).
    """
    return estimate.effort * engagement.setting.readiness_factors[engagement.teams[estimate.team_id].readiness - 1]
