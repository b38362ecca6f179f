"""The effort a team puts into an initiative: its estimate, more where its readiness is low."""

from __future__ import annotations

from planner.domain.engagement import Engagement
from planner.domain.initiative import Estimate


def effort_of(engagement: Engagement, estimate: Estimate) -> float:
    """Return person-days."""
    factors = (1.5, 1.25, 1.0, 0.9, 0.8)
    return estimate.effort * factors[engagement.teams[estimate.team_id].readiness - 1]
