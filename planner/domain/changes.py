"""What one step does to an engagement: whole entities put and removed, with what stood there before.

Because each change keeps both sides, the inverse needs nothing but itself: undo is the same road walked back. Changes
of two steps merge entity by entity, by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from planner.domain.errors import BugError
from planner.domain.kinds import Entity, kind_of

LabelValue: TypeAlias = str | int | float | date


@dataclass(frozen=True, slots=True)
class Label:
    """What a step did, told by a code and the values its sentence names; `planner.messages` words it per language."""

    code: str
    parameters: Mapping[str, LabelValue] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash by code; parameters only tell equal codes apart."""
        return hash(self.code)


@dataclass(frozen=True, slots=True)
class Change:
    """One entity before and after; None before is a creation, None after a removal."""

    before: Entity | None
    after: Entity | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one step, kind -> id -> change; a kind without changes is absent."""

    label: Label
    by_kind: Mapping[str, Mapping[str, Change]]

    def __bool__(self) -> bool:
        """Tell whether anything changes at all."""
        return bool(self.by_kind)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by plain dictionaries, for worker processes: a mapping proxy cannot be pickled."""
        return _sealed, (self.label, {kind: dict(changes) for kind, changes in self.by_kind.items()})

    def __iter__(self) -> Iterator[tuple[str, str, Change]]:
        """Yield (kind, id, change) for every entity touched."""
        for kind, changes in self.by_kind.items():
            for entity_id, change in changes.items():
                yield kind, entity_id, change

    def __len__(self) -> int:
        """Return how many entities are touched."""
        return sum(len(changes) for changes in self.by_kind.values())

    def touches(self, *kinds: str) -> bool:
        """Tell whether an entity of one of `kinds` is touched."""
        return any(kind in self.by_kind for kind in kinds)

    def inverse(self) -> Changes:
        """Return the changes that take this step back; the label stays, for it names the same step."""
        return Changes(
            self.label,
            MappingProxyType(
                {
                    kind: MappingProxyType({i: Change(change.after, change.before) for i, change in changes.items()})
                    for kind, changes in self.by_kind.items()
                }
            ),
        )

    def merge(self, later: Changes) -> Changes:
        """Return one step that does this and then `later`, under this label; BugError when `later` does not follow."""
        merged: dict[str, dict[str, Change]] = {kind: dict(changes) for kind, changes in self.by_kind.items()}
        for kind, entity_id, change in later:
            earlier = merged.setdefault(kind, {}).get(entity_id)
            if earlier is not None and earlier.after != change.before:
                raise BugError(f"changes to {kind} {entity_id} do not follow one another")
            merged[kind][entity_id] = Change(change.before if earlier is None else earlier.before, change.after)
        return _sealed(self.label, merged)


def build_changes(
    current: Mapping[str, Mapping[str, Entity]],
    label: Label,
    *,
    put: Iterable[Entity] = (),
    remove: Iterable[Entity] = (),
) -> Changes:
    """Return the changes from `current` (kind -> id -> entity) that put and remove whole entities.

    A put equal to what stands there is no change; an entity both removed and put is put. BugError when a removed
    entity is not there.
    """
    found: dict[str, dict[str, Change]] = {}
    for entity in remove:
        kind = kind_of(type(entity))
        if entity.id not in current[kind]:
            raise BugError(f"cannot remove {kind} {entity.id}: it is not there")
        found.setdefault(kind, {})[entity.id] = Change(current[kind][entity.id], None)
    for entity in put:
        kind = kind_of(type(entity))
        found.setdefault(kind, {})[entity.id] = Change(current[kind].get(entity.id), entity)
    return _sealed(label, found)


def _sealed(label: Label, found: Mapping[str, Mapping[str, Change]]) -> Changes:
    effective = {
        kind: MappingProxyType({i: change for i, change in changes.items() if change.before != change.after})
        for kind, changes in found.items()
    }
    return Changes(label, MappingProxyType({kind: changes for kind, changes in effective.items() if changes}))
