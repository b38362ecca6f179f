"""Every row of an import, and what is left of it when a person leaves rows out.

A row is a thing of the source or an entity the import makes on its own. What refers to something left out goes too, or
forgets it, by the same table as a removal (`planner.editing.references`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeAlias

from planner.domain.engagement import Engagement
from planner.domain.kinds import KINDS, REFERENCE_FIELDS, Entity, kind_of
from planner.editing.naming import name_of
from planner.editing.references import ON_REMOVAL, OnRemoval
from planner.exchange.import_report import Effect, Fate, ImportedItem, ImportReading, Remark, effect_of

Key: TypeAlias = tuple[str, str]
"""Kind and id of an entity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One row: what it is, what becomes of it and why; `key` names the entity it puts, None where it puts none.

    `removes` says that the entity named is taken away by the import.
    """

    kind: str
    name: str
    place: str = ""
    fate: Fate = Fate.IMPORTED
    effect: Effect = Effect.NONE
    remarks: tuple[Remark, ...] = ()
    key: Key | None = None
    removes: bool = False


def rows_of(engagement: Engagement, reading: ImportReading) -> tuple[ImportRow, ...]:
    """Return a row for everything the source holds, then one for every other entity the import touches."""
    put = {(kind_of(type(entity)), entity.id): entity for entity in reading.put}
    finder = _Finder(put)
    rows, told = [], set[Key]()
    for item in reading.report.items:
        key = finder.find(item, told)
        if key is not None:
            told.add(key)
        effect = effect_of(engagement, key[0], put[key]) if key is not None else item.effect
        rows.append(
            ImportRow(
                kind=item.kind, name=item.name, place=item.place, fate=item.fate, effect=effect,
                remarks=item.remarks, key=key,
            )
        )  # fmt: skip
    after = _with(engagement, put)
    rows += [
        ImportRow(kind=kind, name=name_of(after, entity), effect=effect_of(engagement, kind, entity), key=(kind, entity_id))
        for (kind, entity_id), entity in put.items()
        if (kind, entity_id) not in told
    ]  # fmt: skip
    rows += [
        ImportRow(kind=kind_of(type(entity)), name=name_of(engagement, entity), key=(kind_of(type(entity)), entity.id), removes=True)
        for entity in reading.remove
    ]  # fmt: skip
    return tuple(rows)


def without(engagement: Engagement, reading: ImportReading, left_out: AbstractSet[Key]) -> ImportReading:
    """Return a reading that puts and removes nothing of `left_out`, nor what could not stand without it."""
    if not left_out:
        return reading
    put = {(kind_of(type(entity)), entity.id): entity for entity in reading.put}
    kept = {key: entity for key, entity in put.items() if key not in left_out}
    gone = {key for key in put if key in left_out and key[1] not in engagement.kind(key[0])}
    while gone:
        gone = set(_fall(kept, gone))
    return dataclasses.replace(
        reading,
        put=tuple(kept.values()),
        remove=tuple(entity for entity in reading.remove if (kind_of(type(entity)), entity.id) not in left_out),
    )


def _fall(kept: dict[Key, Entity], gone: AbstractSet[Key]) -> Iterator[Key]:
    """Take out of `kept` what cannot stand without `gone` and yield it; make what can forget it forget."""
    for reference in REFERENCE_FIELDS:
        missing = {entity_id for kind, entity_id in gone if kind == reference.target}
        if not missing:
            continue
        for key, entity in [(key, entity) for key, entity in kept.items() if key[0] == reference.kind]:
            value: Any = getattr(entity, reference.field)
            held = set(value) if reference.many else {value}
            if not held & missing:
                continue
            if ON_REMOVAL[reference.kind, reference.field] is OnRemoval.CLEAR:
                left = tuple(one for one in value if one not in missing) if reference.many else None
                changed: Any = entity
                kept[key] = dataclasses.replace(changed, **{reference.field: left})
            else:
                del kept[key]
                yield key


class _Finder:
    """Finds the entity behind a thing of the source: by id, by its identity there, or by its name."""

    def __init__(self, put: Mapping[Key, Entity]) -> None:
        self._put = put
        self._by_source: dict[tuple[str, str], Key] = {}
        self._by_name: dict[tuple[str, str], list[Key]] = {}
        for key, entity in put.items():
            source_id = getattr(entity, "source_id", "")
            if source_id:
                self._by_source[key[0], source_id] = key
            self._by_name.setdefault((key[0], getattr(entity, "name", "")), []).append(key)

    def find(self, item: ImportedItem, told: AbstractSet[Key]) -> Key | None:
        if item.fate is Fate.REJECTED or item.kind not in KINDS:
            return None
        for key in ((item.kind, item.entity_id), (item.kind, item.source_id)):
            if key in self._put and key not in told:
                return key
        found = self._by_source.get((item.kind, item.source_id))
        if found is not None and found not in told:
            return found
        return next(
            (key for key in self._by_name.get((item.kind, item.name), ()) if item.name and key not in told), None
        )


def _with(engagement: Engagement, put: Mapping[Key, Entity]) -> Engagement:
    by_kind: dict[str, dict[str, Any]] = {kind: dict(held) for kind, held in engagement.by_kind().items()}
    for (kind, entity_id), entity in put.items():
        by_kind[kind][entity_id] = entity
    return Engagement.adopt(by_kind)
