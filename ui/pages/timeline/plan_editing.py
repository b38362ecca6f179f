"""Adding to and removing from the plan as the screen offers it: beside or inside what is selected.

Each is a pure function from an engagement and a selection to Changes.
"""

from __future__ import annotations

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative


def add_after(engagement: Engagement, initiative_id: str | None, *, name: str) -> Changes:
    """Add an initiative after one and at its level; at the end of the plan for None."""
    from planner.editing import initiatives  # noqa: PLC0415  not at start-up

    if initiative_id is None:
        return initiatives.add(engagement, name=name)
    beside = engagement.initiatives[initiative_id]
    _all, at = _siblings(engagement, beside)
    return initiatives.add(engagement, name=name, parent_id=beside.parent_id, position=at + 1)


def add_inside(engagement: Engagement, initiative_id: str, *, name: str) -> Changes:
    """Add an initiative inside one, after what it holds already."""
    from planner.editing import initiatives  # noqa: PLC0415  not at start-up

    return initiatives.add(engagement, name=name, parent_id=initiative_id)


def remove(engagement: Engagement, ids: frozenset[str]) -> Changes:
    """Remove initiatives with what they hold, in one step."""
    from planner.editing import initiatives, outline  # noqa: PLC0415  not at start-up

    return initiatives.remove(engagement, outline.tops(engagement, ids))


def _siblings(engagement: Engagement, initiative: Initiative) -> tuple[tuple[Initiative, ...], int]:
    siblings = engagement.children_of(initiative.parent_id)
    return siblings, next(at for at, sibling in enumerate(siblings) if sibling.id == initiative.id)
