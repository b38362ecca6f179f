"""Which initiatives are seen, in what order and how deep: the rows that table and timeline share.

A pure value over an engagement and the set of folded initiatives; folding and editing build a new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement


class OutlineRow(NamedTuple):
    """One visible row; `depth` is 0 at the top. A tuple, for ten thousand of them are made at every fold."""

    id: str
    depth: int
    has_children: bool
    folded: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """The visible rows from top to bottom, and where each initiative stands among them."""

    rows: tuple[OutlineRow, ...] = ()
    position: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def __len__(self) -> int:
        """Return how many rows are seen."""
        return len(self.rows)

    def __iter__(self) -> Iterator[OutlineRow]:
        """Yield the rows from top to bottom."""
        return iter(self.rows)


def build_outline(engagement: Engagement, folded: frozenset[str] = frozenset()) -> Outline:
    """Return the rows seen when the initiatives in `folded` hide what they hold."""
    outline = engagement.outline()
    parents = {initiative.parent_id for initiative, _depth in outline}
    rows: list[OutlineRow] = []
    hidden_below: int | None = None
    for initiative, depth in outline:
        if hidden_below is not None:
            if depth > hidden_below:
                continue
            hidden_below = None
        has_children = initiative.id in parents
        is_folded = has_children and initiative.id in folded
        rows.append(OutlineRow(initiative.id, depth, has_children, is_folded))
        if is_folded:
            hidden_below = depth
    return Outline(tuple(rows), MappingProxyType({row.id: at for at, row in enumerate(rows)}))


def reshapes(changes: Changes, engagement: Engagement) -> bool:
    """Tell whether `changes`, which led to `engagement`, may add, remove or reorder rows.

    Siblings at the same position go by their names; any other edit leaves the outline as it is.
    """
    return any(
        _is_moved(change.before, change.after, engagement) for change in changes.by_kind.get("initiatives", {}).values()
    )


def ancestors_of(engagement: Engagement, initiative_id: str) -> tuple[str, ...]:
    """Return the ids of what an initiative is nested in, nearest first."""
    found: list[str] = []
    parent = engagement.initiatives[initiative_id].parent_id
    while parent is not None and parent not in found:
        found.append(parent)
        parent = engagement.initiatives[parent].parent_id
    return tuple(found)


def _is_moved(before: Any, after: Any, engagement: Engagement) -> bool:
    if before is None or after is None:
        return True
    if (before.parent_id, before.position) != (after.parent_id, after.position):
        return True
    if before.name == after.name:
        return False
    return any(one.position == after.position and one.id != after.id for one in engagement.children_of(after.parent_id))
