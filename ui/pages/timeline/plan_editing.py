"""The verbs of the plan as the screen offers them: add, remove, nest and reorder what is selected.

Each is a pure function from an engagement and a selection to Changes; `possible_moves` tells which can be done.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative
from ui.models.outline import top_of


@dataclass(frozen=True, slots=True)
class Moves:
    """Where the one selected initiative can go."""

    indent: bool = False
    outdent: bool = False
    up: bool = False
    down: bool = False

    def named(self) -> tuple[tuple[str, bool], ...]:
        """Return each way to go, by the name its action carries, and whether it is open."""
        return (("indent", self.indent), ("outdent", self.outdent), ("move-up", self.up), ("move-down", self.down))


def possible_moves(engagement: Engagement, initiative_id: str) -> Moves:
    """Return where an initiative can go in the outline."""
    initiative = engagement.initiatives[initiative_id]
    siblings, at = _siblings(engagement, initiative)
    return Moves(indent=at > 0, outdent=initiative.parent_id is not None, up=at > 0, down=at < len(siblings) - 1)


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
    from planner.editing import initiatives  # noqa: PLC0415  not at start-up

    return initiatives.remove(engagement, top_of(engagement, ids))


def indent(engagement: Engagement, initiative_id: str) -> Changes:
    """Nest an initiative in the sibling above it, as the last one there."""
    initiative = engagement.initiatives[initiative_id]
    siblings, at = _siblings(engagement, initiative)
    above = siblings[at - 1]
    return _place(engagement, initiative_id, parent_id=above.id, position=len(engagement.children_of(above.id)))


def outdent(engagement: Engagement, initiative_id: str) -> Changes:
    """Take an initiative out of what holds it, to stand right after that."""
    parent_id = engagement.initiatives[initiative_id].parent_id
    if parent_id is None:
        return _nowhere(engagement, initiative_id)
    parent = engagement.initiatives[parent_id]
    _all, at = _siblings(engagement, parent)
    return _place(engagement, initiative_id, parent_id=parent.parent_id, position=at + 1)


def move_by(engagement: Engagement, initiative_id: str, steps: int) -> Changes:
    """Move an initiative up (negative) or down among its siblings."""
    initiative = engagement.initiatives[initiative_id]
    siblings, at = _siblings(engagement, initiative)
    to = min(max(at + steps, 0), len(siblings) - 1)
    return _place(engagement, initiative_id, parent_id=initiative.parent_id, position=to)


def _nowhere(engagement: Engagement, initiative_id: str) -> Changes:
    return move_by(engagement, initiative_id, 0)


def _place(engagement: Engagement, initiative_id: str, *, parent_id: str | None, position: int) -> Changes:
    from planner.editing import initiatives  # noqa: PLC0415  not at start-up

    return initiatives.place(engagement, initiative_id, parent_id=parent_id, position=position)


def _siblings(engagement: Engagement, initiative: Initiative) -> tuple[tuple[Initiative, ...], int]:
    siblings = engagement.children_of(initiative.parent_id)
    return siblings, next(at for at, sibling in enumerate(siblings) if sibling.id == initiative.id)
