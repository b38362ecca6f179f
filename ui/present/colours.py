"""The colours an engagement gave to its statuses, for whatever lists initiatives."""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain.engagement import Engagement
from planner.domain.initiative import Status


def own_colours(engagement: Engagement) -> Mapping[Status, str]:
    """Return status -> the colour (#rrggbb) the coach gave it; the others keep their usual one."""
    return {one.status: one.colour for one in engagement.setting.status_colours}
