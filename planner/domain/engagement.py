"""The whole file in memory: every entity in dictionaries by id, immutable, with the indexes its readers share.

`apply` returns a new engagement and leaves the old one untouched, so a reader on another thread keeps a consistent
picture for as long as it likes. Indexes are computed on first use, carried over while their kind is untouched, and
mended when few entities of it are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from planner.domain.assessment import Answer, Assessment, Target, Vote
from planner.domain.calendar import Calendar, CalendarException, Freeze
from planner.domain.changes import Changes
from planner.domain.errors import BugError
from planner.domain.flow import Measurement, StreamStep, ValueStream
from planner.domain.initiative import Estimate, Initiative, Link, Outcome, Risk, Wave
from planner.domain.kinds import KINDS, Entity, kind_of
from planner.domain.organization import Application, Group, Interaction, Team, Unit
from planner.domain.practice import Dimension, MaturityModel, Practice, Prerequisite, Scale, Theme
from planner.domain.priority import Criterion, CriterionScore, Formula
from planner.domain.scenario import Baseline, InitiativeOverride, Scenario, TeamOverride
from planner.domain.settings import SETTINGS_ID, Settings

_OUTLINE: Final = "outline"
"""The index that holds the whole order of the plan, not the entities of one field's value."""

_FEW: Final = 50
_FEW_SHARE: Final = 0.02
"""How many entities of a kind, or which share of it, may change for its indexes to be mended; else they are computed
anew when next asked for."""

_CHILDREN: Final = "children"
"""The index of what each initiative holds, in the order of the plan rather than of insertion."""


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """Everything about one client's transformation. One field a kind: id -> entity."""

    settings: Mapping[str, Settings] = field(default_factory=_none)
    calendars: Mapping[str, Calendar] = field(default_factory=_none)
    calendar_exceptions: Mapping[str, CalendarException] = field(default_factory=_none)
    freezes: Mapping[str, Freeze] = field(default_factory=_none)
    units: Mapping[str, Unit] = field(default_factory=_none)
    groups: Mapping[str, Group] = field(default_factory=_none)
    teams: Mapping[str, Team] = field(default_factory=_none)
    applications: Mapping[str, Application] = field(default_factory=_none)
    interactions: Mapping[str, Interaction] = field(default_factory=_none)
    models: Mapping[str, MaturityModel] = field(default_factory=_none)
    dimensions: Mapping[str, Dimension] = field(default_factory=_none)
    themes: Mapping[str, Theme] = field(default_factory=_none)
    scales: Mapping[str, Scale] = field(default_factory=_none)
    practices: Mapping[str, Practice] = field(default_factory=_none)
    prerequisites: Mapping[str, Prerequisite] = field(default_factory=_none)
    assessments: Mapping[str, Assessment] = field(default_factory=_none)
    answers: Mapping[str, Answer] = field(default_factory=_none)
    votes: Mapping[str, Vote] = field(default_factory=_none)
    targets: Mapping[str, Target] = field(default_factory=_none)
    waves: Mapping[str, Wave] = field(default_factory=_none)
    initiatives: Mapping[str, Initiative] = field(default_factory=_none)
    estimates: Mapping[str, Estimate] = field(default_factory=_none)
    links: Mapping[str, Link] = field(default_factory=_none)
    value_streams: Mapping[str, ValueStream] = field(default_factory=_none)
    stream_steps: Mapping[str, StreamStep] = field(default_factory=_none)
    measurements: Mapping[str, Measurement] = field(default_factory=_none)
    outcomes: Mapping[str, Outcome] = field(default_factory=_none)
    risks: Mapping[str, Risk] = field(default_factory=_none)
    criteria: Mapping[str, Criterion] = field(default_factory=_none)
    criterion_scores: Mapping[str, CriterionScore] = field(default_factory=_none)
    formulas: Mapping[str, Formula] = field(default_factory=_none)
    baselines: Mapping[str, Baseline] = field(default_factory=_none)
    scenarios: Mapping[str, Scenario] = field(default_factory=_none)
    initiative_overrides: Mapping[str, InitiativeOverride] = field(default_factory=_none)
    team_overrides: Mapping[str, TeamOverride] = field(default_factory=_none)
    _indexes: dict[tuple[str, str], Mapping[Any, tuple[Any, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _foreseen: dict[int, tuple[Changes, Engagement]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> Engagement:
        """Return an engagement holding `entities`; a later one replaces an earlier one of the same kind and id."""
        by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        for entity in entities:
            by_kind[kind_of(type(entity))][entity.id] = entity
        return cls.adopt(by_kind)

    @classmethod
    def adopt(cls, by_kind: Mapping[str, Mapping[str, Any]]) -> Engagement:
        """Return an engagement over kind -> id -> entity, taken as they are: the caller gives them up."""
        return cls(**{kind: MappingProxyType(dict(entities)) for kind, entities in by_kind.items()})

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by plain dictionaries, for worker processes: a mapping proxy cannot be pickled."""
        return Engagement.adopt, ({kind: dict(entities) for kind, entities in self.by_kind().items()},)

    def kind(self, kind: str) -> Mapping[str, Any]:
        """Return id -> entity of one kind; KeyError is a BugError here, for kinds are a closed set."""
        if kind not in KINDS:
            raise BugError(f"{kind!r} is not a kind")
        entities: Mapping[str, Any] = getattr(self, kind)
        return entities

    def by_kind(self) -> dict[str, Mapping[str, Any]]:
        """Return kind -> id -> entity, every kind, in the order of `KINDS`."""
        return {kind: getattr(self, kind) for kind in KINDS}

    @property
    def setting(self) -> Settings:
        """The engagement's settings; BugError when there are none, which no opened file allows."""
        try:
            return self.settings[SETTINGS_ID]
        except KeyError:
            raise BugError("the engagement has no settings") from None

    @property
    def first_day(self) -> date:
        """The day the plan begins: nothing starts before it unless pinned or already begun."""
        return self.setting.plan_start or self.setting.created

    def apply(self, changes: Changes) -> Engagement:
        """Return the engagement after `changes`; BugError when they were made for another state of an entity."""
        foreseen = self._foreseen.pop(id(changes), None)
        if foreseen is not None:
            return foreseen[1]
        touched: dict[str, Any] = {}
        for kind, by_id in changes.by_kind.items():
            present: Any = self.kind(kind)
            entities: dict[str, Any] = present.copy()  # a proxy's own copy is ten times as quick as dict() over it
            for entity_id, change in by_id.items():
                held = entities.get(entity_id)
                if held is not change.before and held != change.before:
                    raise BugError(f"stale change: {kind} {entity_id} is not what the change started from")
                if change.after is None:
                    del entities[entity_id]
                else:
                    entities[entity_id] = change.after
            touched[kind] = MappingProxyType(entities)
        after = replace(self, **touched)
        for (kind, field_name), index in self._indexes.items():
            carried: Mapping[Any, tuple[Any, ...]] | None = index
            if kind in touched:
                carried = _patched(index, field_name, self.kind(kind), touched[kind], changes.by_kind[kind])
            if carried is not None:
                after._indexes[kind, field_name] = carried  # noqa: SLF001  its own kind
        return after

    def foresee(self, changes: Changes) -> Engagement:
        """Return the engagement after `changes`, kept for the `apply` that follows once they are found sound.

        Only the last one foreseen is kept, and only until then: engagements do not hold on to one another.
        """
        after = self.apply(changes)
        self._foreseen.clear()
        self._foreseen[id(changes)] = (changes, after)
        return after

    def referring(self, kind: str, field_name: str) -> Mapping[Any, tuple[Any, ...]]:
        """Return an index: value of `field_name` -> the entities of `kind` that hold it there, in order of insertion.

        A field of several ids (a tuple) lists its entity under each of them. Entities with None are under None.
        """
        index = self._indexes.get((kind, field_name))
        if index is None:
            collected: dict[Any, list[Any]] = {}
            for entity in self.kind(kind).values():
                value = getattr(entity, field_name)
                for key in value if isinstance(value, tuple) else (value,):
                    collected.setdefault(key, []).append(entity)
            index = {key: tuple(entities) for key, entities in collected.items()}
            self._indexes[kind, field_name] = index
        return index

    def make_ready(self, before: Engagement) -> None:
        """Compute every index that was in use of `before`, on whatever thread has the time: readers find them there."""
        for kind, field_name in tuple(before._indexes):
            if field_name == _OUTLINE:
                self.outline()
            elif field_name == _CHILDREN:
                self._children()
            else:
                self.referring(kind, field_name)

    def children_of(self, initiative_id: str | None) -> tuple[Initiative, ...]:
        """Return the initiatives directly under one (None: the top ones), in their order."""
        return self._children().get(initiative_id, ())

    def subunits_of(self, unit_id: str | None) -> tuple[Unit, ...]:
        """Return the units directly under one (None: the top ones), in their order."""
        return _ordered(self.referring("units", "parent_id").get(unit_id, ()))

    def teams_of(self, unit_id: str) -> tuple[Team, ...]:
        """Return the teams directly in a unit, in their order."""
        return _ordered(self.referring("teams", "unit_id").get(unit_id, ()))

    def outline(self) -> tuple[tuple[Initiative, int], ...]:
        """Return every initiative with its depth (0 at the top), parents before children, in the order of the plan."""
        index = self._indexes.get(("initiatives", _OUTLINE))
        if index is None:
            children_of = self._children().get
            rows: list[tuple[Initiative, int]] = []
            stack = [(initiative, 0) for initiative in reversed(self.children_of(None))]
            while stack:
                row = stack.pop()
                rows.append(row)
                if children := children_of(row[0].id):
                    depth = row[1] + 1
                    stack.extend([(child, depth) for child in reversed(children)])
            index = {None: tuple(rows)}
            self._indexes["initiatives", _OUTLINE] = index
        return index[None]

    def _children(self) -> Mapping[Any, tuple[Any, ...]]:
        """Return what each initiative holds (None: the top ones), in the order of the plan."""
        index = self._indexes.get(("initiatives", _CHILDREN))
        if index is None:
            held = self.referring("initiatives", "parent_id")
            index = {parent_id: _ordered(children) for parent_id, children in held.items()}
            self._indexes["initiatives", _CHILDREN] = index
        return index


def _patched(
    index: Mapping[Any, tuple[Any, ...]],
    field_name: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    changes: Collection[str],
) -> Mapping[Any, tuple[Any, ...]] | None:
    """Return an index after a step; None where computing it anew is simpler: a value changed, or too many entities did."""
    if field_name == _OUTLINE or len(changes) > max(_FEW, len(before) * _FEW_SHARE):
        return None
    if field_name == _CHILDREN:
        return _reseated(index, before, after, changes)
    return _regrouped(index, field_name, before, after, changes)


def _regrouped(
    index: Mapping[Any, tuple[Any, ...]],
    field_name: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    changes: Collection[str],
) -> Mapping[Any, tuple[Any, ...]] | None:
    """Return an index of one field's values after a step; None where a value changed: its place is hard to tell."""
    left: dict[Any, dict[str, Any]] = {}
    added: dict[Any, list[Any]] = {}
    for entity_id in changes:
        old, new = before.get(entity_id), after.get(entity_id)
        value = getattr(new if old is None else old, field_name)
        if old is not None and new is not None and value != getattr(new, field_name):
            return None
        keys = value if isinstance(value, tuple) else (value,)
        if len(set(keys)) < len(keys):
            return None
        for key in keys:
            if old is None:
                added.setdefault(key, []).append(new)
            else:
                left.setdefault(key, {})[entity_id] = new
    regrouped = dict(index)
    for key, after_of in left.items():
        regrouped[key] = _exchanged(regrouped[key], after_of)
    for key, new_ones in added.items():
        regrouped[key] = (*regrouped.get(key, ()), *new_ones)
    for key in left:
        if not regrouped[key]:
            del regrouped[key]
    return regrouped


def _exchanged(held: tuple[Any, ...], after_of: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return `held` with some entities exchanged, by id, for what they are now; None: they are gone."""
    if len(after_of) == 1:
        ((entity_id, new),) = after_of.items()
        at = next(place for place, one in enumerate(held) if one.id == entity_id)
        return (*held[:at], *(() if new is None else (new,)), *held[at + 1 :])
    now = [after_of.get(one.id, one) for one in held]
    return tuple([one for one in now if one is not None])


def _reseated(
    index: Mapping[Any, tuple[Any, ...]], before: Mapping[str, Any], after: Mapping[str, Any], changes: Collection[str]
) -> Mapping[Any, tuple[Any, ...]]:
    """Return what each initiative holds after a step: only where it put or removed some is the order looked at."""
    gone: dict[Any, set[str]] = {}
    come: dict[Any, list[Any]] = {}
    for entity_id in changes:
        old, new = before.get(entity_id), after.get(entity_id)
        if old is not None:
            gone.setdefault(old.parent_id, set()).add(entity_id)
        if new is not None:
            come.setdefault(new.parent_id, []).append(new)
    reseated = dict(index)
    for parent_id in gone.keys() | come.keys():
        left: Collection[str] = gone.get(parent_id, ())
        stayed = [one for one in reseated.get(parent_id, ()) if one.id not in left]
        if held := _ordered((*stayed, *come.get(parent_id, ()))):
            reseated[parent_id] = held
        else:
            reseated.pop(parent_id, None)
    return reseated


def _ordered(entities: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(entities, key=lambda entity: (entity.position, entity.name, entity.id)))
