"""What an import found: everything in the source accounted for, and the changes it would make, before anything changes.

Every reader of another format gives an `ImportReading`: the entities to put and to remove, and a report in which each
thing of the source is imported, changed on the way in (what and why) or rejected (why). A reading is a value; whoever
shows it words its remarks through `planner.exchange.remarks` and turns it into one step with `changes_of`.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.kinds import Entity
from planner.editing.step import step
from planner.exchange.remarks import REMARKS
from planner.language import Language
from planner.messages import word


class Fate(enum.Enum):
    """What became of one thing of the source on its way in."""

    IMPORTED = "imported"
    CHANGED = "changed"
    REJECTED = "rejected"


class Effect(enum.Enum):
    """What one thing of the source does to the engagement."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about the source: a code of `planner.exchange.remarks` and the values its sentence names."""

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def worded(self, language: Language) -> str:
        """Return the sentence."""
        return word(REMARKS[self.code], self.parameters, language)


def remark(code: str, **parameters: Any) -> Remark:
    """Return a remark."""
    return Remark(code, parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedItem:
    """One thing of the source: its kind, its name and identity there, where it stands, what became of it.

    `entity_id` is that of the entity it becomes, where it is known already.
    """

    kind: str
    name: str
    source_id: str = ""
    entity_id: str = ""
    place: str = ""
    fate: Fate = Fate.IMPORTED
    effect: Effect = Effect.NONE
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The account of one import: `problems` concern more than one thing; `vanished` names what the source once held."""

    source_kind: str
    files: tuple[str, ...]
    items: tuple[ImportedItem, ...] = ()
    problems: tuple[Remark, ...] = ()
    vanished: tuple[str, ...] = ()

    def count_fates(self, kind: str) -> dict[Fate, int]:
        """Return how many things of one kind had each fate."""
        counted = Counter(item.fate for item in self.items if item.kind == kind)
        return {fate: counted[fate] for fate in Fate}

    def count_effects(self, kind: str) -> dict[Effect, int]:
        """Return how many things of one kind have each effect."""
        counted = Counter(item.effect for item in self.items if item.kind == kind)
        return {effect: counted[effect] for effect in Effect}

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of thing the source holds, in order of appearance."""
        return tuple(dict.fromkeys(item.kind for item in self.items))


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """One column of a table: its heading, its first value, and what it is read as (empty: not at all)."""

    heading: str
    sample: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReading:
    """What an import would do to an engagement, and its report; `columns` where the source is a table."""

    report: ImportReport
    put: tuple[Entity, ...] = ()
    remove: tuple[Entity, ...] = ()
    columns: tuple[SourceColumn, ...] = ()


def changes_of(engagement: Engagement, reading: ImportReading, label: Label) -> Changes:
    """Return a reading as one checked step; UserError when the engagement after it would break a rule."""
    return step(engagement, label, put=reading.put, remove=reading.remove)


def effect_of(engagement: Engagement, kind: str, entity: Entity) -> Effect:
    """Return what putting `entity` does to the engagement."""
    before = engagement.kind(kind).get(entity.id)
    if before is None:
        return Effect.NEW
    return Effect.UNCHANGED if before == entity else Effect.UPDATED
