"""How every intent ends: the whole entities it puts and removes become one step, checked against every rule."""

from __future__ import annotations

from collections.abc import Iterable

from planner.domain.changes import Changes, Label, build_changes
from planner.domain.engagement import Engagement
from planner.domain.kinds import Entity
from planner.editing import rules
from planner.editing.references import removal


def step(engagement: Engagement, label: Label, *, put: Iterable[Entity] = (), remove: Iterable[Entity] = ()) -> Changes:
    """Return the changes that put and remove whole entities, with all the removed ones take along.

    Raises UserError when the engagement after them would break a rule (see `planner.editing.rules`).
    """
    put = list(put)
    cleared, removed = removal(engagement, remove)
    named = {(type(entity), entity.id) for entity in put}
    changes = build_changes(
        engagement.by_kind(),
        label,
        put=[*(entity for entity in cleared if (type(entity), entity.id) not in named), *put],
        remove=removed,
    )
    rules.check(engagement, changes)
    return changes
