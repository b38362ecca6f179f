"""How entities from another file come in: all of them in one checked step, or none."""

from __future__ import annotations

from collections.abc import Iterable

from planner.domain.changes import Changes, Label, build_changes
from planner.domain.engagement import Engagement
from planner.domain.kinds import Entity
from planner.editing import rules


def adopt(engagement: Engagement, entities: Iterable[Entity], *, label: Label) -> Changes:
    """Return the changes that take `entities` in: those with known ids replace theirs, the others are new.

    Settings among them replace the engagement's own. Raises UserError when the outcome would break a rule.
    """
    changes = build_changes(engagement.by_kind(), label, put=entities)
    rules.check(engagement, changes)
    return changes
