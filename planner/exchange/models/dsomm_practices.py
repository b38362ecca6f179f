"""DSOMM's activities as practices of an engagement: who is who, what a newer version changes, what depends on what.

An activity is the practice with its uuid; without one, the practice of its name. Later files add to what earlier ones
say or override it, as DSOMM's own custom files do. What the coach added to a practice (weight, level descriptors,
prerequisites of their own) stays. A whole model clears what it no longer says; a file with a few activities does not:
whole is one that says its version, or that holds four fifths of the practices already there.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from planner.domain.engagement import Engagement
from planner.domain.identity import derived_id, folded
from planner.domain.kinds import Entity
from planner.domain.practice import Dimension, MaturityModel, Practice, Prerequisite, Scale, Theme
from planner.exchange.import_report import Fate, ImportedItem, Remark, effect_of, remark
from planner.exchange.models.dsomm_activity import Activity
from planner.exchange.models.dsomm_source import Source
from planner.exchange.models.prerequisites import Circle, Dependence, is_inverted, open_circles

_SOURCE_FIELDS: Final[dict[str, Any]] = {
    "description": "", "risk": "", "measure": "", "verification": "", "comments": "", "level": None,
    "knowledge_difficulty": None, "time_difficulty": None, "resources_difficulty": None, "usefulness": None,
    "references": (), "resources": (), "tags": (),
}  # fmt: skip
_INFORMATIVE: Final = frozenset({"adds-to", "no-uuid", "uuid-changed"})
_WHOLE_SHARE: Final = 0.8


@dataclasses.dataclass(slots=True, kw_only=True)
class Draft:
    """A practice in the making: what all places of the source say of it together."""

    practice_id: str
    source_id: str
    name: str
    dimension: str
    theme: str
    place: str
    documents: set[str]
    fields: dict[str, Any]
    depends_on: list[str] | None
    activities: list[Activity]
    position: int


@dataclasses.dataclass(slots=True)
class Practices:
    """What becomes of the activities: entities to put and remove, their account, and the practices by their identity."""

    put: list[Entity] = dataclasses.field(default_factory=list)
    remove: list[Entity] = dataclasses.field(default_factory=list)
    items: list[ImportedItem] = dataclasses.field(default_factory=list)
    problems: list[Remark] = dataclasses.field(default_factory=list)
    vanished: tuple[str, ...] = ()
    drafts: list[Draft] = dataclasses.field(default_factory=list)


def build_practices(source: Source, engagement: Engagement, model: MaturityModel, scale: Scale) -> Practices:
    """Return what the activities of `source` do to `engagement`; TooManyCirclesError where they depend on themselves."""
    known = _Known(engagement, model)
    drafting = _Drafting(known)
    for activity in source.activities:
        drafting.take(activity)
    drafting.leave_out(source)
    found = Practices(drafts=drafting.drafts, items=drafting.rejected)
    matched = {draft.practice_id for draft in found.drafts} & known.practices.keys()
    is_whole = source.has_model_head or (bool(known.practices) and len(matched) >= _WHOLE_SHARE * len(known.practices))
    if is_whole and found.drafts:
        found.vanished = tuple(p.name for i, p in known.practices.items() if i not in matched)
    _settle_names(found.drafts, known)
    practices = _put_practices(found, engagement, known, scale, is_whole=is_whole)
    _put_prerequisites(found, engagement, known, practices, is_whole=is_whole)
    for draft in found.drafts:
        found.items.extend(_account(draft, engagement, practices[draft.practice_id]))
    return found


class _Known:
    """The practices of the model as the engagement has them, by each of their identities."""

    def __init__(self, engagement: Engagement, model: MaturityModel) -> None:
        self.model = model
        self.dimensions = {
            dimension.id: dimension for dimension in engagement.referring("dimensions", "model_id").get(model.id, ())
        }
        self.themes = {
            theme.id: theme
            for dimension_id in self.dimensions
            for theme in engagement.referring("themes", "dimension_id").get(dimension_id, ())
        }
        self.practices: dict[str, Practice] = {
            practice.id: practice
            for theme_id in self.themes
            for practice in engagement.referring("practices", "theme_id").get(theme_id, ())
        }
        self.by_source_id = {practice.source_id: practice for practice in self.practices.values() if practice.source_id}
        self.by_path = {self.path_of(practice): practice for practice in self.practices.values()}

    def path_of(self, practice: Practice) -> tuple[str, str, str]:
        theme = self.themes[practice.theme_id]
        return _path(self.dimensions[theme.dimension_id].name, theme.name, practice.name)


class _Drafting:
    """Puts together what several places of the source say of one activity."""

    def __init__(self, known: _Known) -> None:
        self.drafts: list[Draft] = []
        self.rejected: list[ImportedItem] = []
        self._known = known
        self._by_source_id: dict[str, Draft] = {}
        self._by_path: dict[tuple[str, str, str], Draft] = {}
        self._taken: set[str] = set()

    def take(self, activity: Activity) -> None:
        if activity.rejected is not None:
            self._reject(activity, activity.rejected)
            return
        draft = self._matching(activity)
        if activity.is_ignored:
            self._reject(activity, remark("left-out-by-source"))
            if draft is not None and activity.document_id not in draft.documents:
                self._drop(draft, activity.place)
        elif draft is None:
            self._begin(activity)
        else:
            self._add(draft, activity)

    def leave_out(self, source: Source) -> None:
        """Drop what whole dimensions and themes the source asks to leave out hold."""
        for dimension, theme, place in source.ignored:
            depth = 1 if theme is None else 2
            for draft in list(self.drafts):
                if _path_of(draft)[:depth] == _path(dimension, theme or "", "")[:depth]:
                    self._drop(draft, place)

    def _matching(self, activity: Activity) -> Draft | None:
        if activity.source_id:
            draft = self._by_source_id.get(activity.source_id)
            if draft is None or activity.document_id not in draft.documents:
                return draft
            activity.remarks.append(remark("uuid-double", other=draft.name))
            activity.source_id = ""
            return None
        draft = self._by_path.get(_path_of(activity))
        return None if draft is not None and activity.document_id in draft.documents else draft

    def _begin(self, activity: Activity) -> None:
        practice = self._known.by_source_id.get(activity.source_id)
        same_path = self._known.by_path.get(_path_of(activity))
        if practice is None and same_path is not None and same_path.id not in self._taken:
            practice = same_path
            if activity.source_id and practice.source_id and practice.source_id != activity.source_id:
                activity.remarks.append(remark("uuid-changed", previous=practice.source_id))
        if not activity.source_id and practice is None and not activity.is_remarked("uuid-double"):
            activity.remarks.append(remark("no-uuid"))
        identity = activity.source_id or "\x1f".join(_path_of(activity))
        draft = Draft(
            practice_id=practice.id if practice is not None else derived_id("dsomm", "practice", identity),
            source_id=activity.source_id or (practice.source_id if practice is not None else ""),
            name=activity.name, dimension=activity.dimension, theme=activity.theme, place=activity.place,
            documents={activity.document_id}, fields=dict(activity.fields), depends_on=activity.depends_on,
            activities=[activity], position=len(self.drafts),
        )  # fmt: skip
        self.drafts.append(draft)
        if draft.source_id:
            self._by_source_id.setdefault(draft.source_id, draft)
        self._by_path[_path_of(activity)] = draft
        self._taken.add(draft.practice_id)

    def _add(self, draft: Draft, activity: Activity) -> None:
        activity.remarks.append(remark("adds-to", place=draft.place))
        draft.fields.update(activity.fields)
        draft.name, draft.dimension, draft.theme = activity.name, activity.dimension, activity.theme
        draft.depends_on = draft.depends_on if activity.depends_on is None else activity.depends_on
        draft.documents.add(activity.document_id)
        draft.activities.append(activity)
        self._by_path[_path_of(activity)] = draft

    def _drop(self, draft: Draft, place: str) -> None:
        self.drafts.remove(draft)
        self._by_source_id.pop(draft.source_id, None)
        self._taken.discard(draft.practice_id)
        for activity in draft.activities:
            self._reject(activity, remark("left-out-later", place=place))
            self._by_path.pop(_path_of(activity), None)

    def _reject(self, activity: Activity, why: Remark) -> None:
        self.rejected.append(
            ImportedItem(
                kind="practices", name=activity.name, source_id=activity.source_id, place=activity.place,
                fate=Fate.REJECTED, remarks=(why,),
            )
        )  # fmt: skip


def _path(dimension: str, theme: str, name: str) -> tuple[str, str, str]:
    return folded(dimension), folded(theme), folded(name)


def _path_of(activity: Activity | Draft) -> tuple[str, str, str]:
    return _path(activity.dimension, activity.theme, activity.name)


def _settle_names(drafts: list[Draft], known: _Known) -> None:
    """Give a second practice of the same name in one theme a number, for names tell practices apart."""
    drafted = {draft.practice_id for draft in drafts}
    taken = {path for path, practice in known.by_path.items() if practice.id not in drafted}
    for draft in drafts:
        name, number = draft.name, 1
        while _path(draft.dimension, draft.theme, name) in taken:
            number += 1
            name = f"{draft.name[:280]} ({number})"
        if name != draft.name:
            draft.activities[-1].remarks.append(remark("renamed", name=name))
            draft.name = name
        taken.add(_path_of(draft))


def _put_practices(
    found: Practices, engagement: Engagement, known: _Known, scale: Scale, *, is_whole: bool
) -> dict[str, Practice]:
    dimensions = {folded(dimension.name): dimension for dimension in known.dimensions.values()}
    themes = {(theme.dimension_id, folded(theme.name)): theme for theme in known.themes.values()}
    practices: dict[str, Practice] = {}
    for draft in found.drafts:
        dimension = dimensions.get(folded(draft.dimension))
        if dimension is None:
            dimension_id = derived_id("dsomm", "dimension", known.model.id, folded(draft.dimension))
            dimension = known.dimensions.get(dimension_id) or Dimension(
                id=dimension_id, model_id=known.model.id, name=draft.dimension, position=len(dimensions)
            )
            dimensions[folded(draft.dimension)] = dimension
            found.put.append(dimension)
        theme = themes.get((dimension.id, folded(draft.theme)))
        if theme is None:
            theme_id = derived_id("dsomm", "theme", dimension.id, folded(draft.theme))
            theme = known.themes.get(theme_id) or Theme(
                id=theme_id, dimension_id=dimension.id, name=draft.theme, position=len(themes)
            )
            themes[dimension.id, folded(draft.theme)] = theme
            found.put.append(theme)
        before = engagement.practices.get(draft.practice_id)
        if before is None:
            practice = Practice(
                id=draft.practice_id, theme_id=theme.id, name=draft.name, scale_id=scale.id,
                source_id=draft.source_id, position=draft.position, **draft.fields,
            )  # fmt: skip
        else:
            said = {**_SOURCE_FIELDS, **draft.fields, "position": draft.position} if is_whole else draft.fields
            practice = dataclasses.replace(
                before, theme_id=theme.id, name=draft.name, source_id=draft.source_id, **said
            )
        practices[practice.id] = practice
    found.put.extend(practices.values())
    return practices


def _put_prerequisites(
    found: Practices, engagement: Engagement, known: _Known, practices: dict[str, Practice], *, is_whole: bool
) -> None:
    everyone = {**known.practices, **practices}
    finder = _Finder(found.drafts, everyone)
    told: list[Dependence] = []
    replaced: dict[str, Draft] = {}
    for draft in found.drafts:
        if draft.depends_on is not None or is_whole:
            replaced[draft.practice_id] = draft
            told.extend(_resolve(found, draft, finder))
    own_id = {
        (each.practice_id, each.required_id): derived_id("dsomm", "prerequisite", each.practice_id, each.required_id)
        for each in told
    }
    standing, gone = [], []
    pairs: dict[tuple[str, str], Prerequisite] = {}
    for prerequisite in engagement.prerequisites.values():
        pair = (prerequisite.practice_id, prerequisite.required_practice_id)
        is_ours = prerequisite.id == derived_id("dsomm", "prerequisite", *pair)
        if is_ours and prerequisite.practice_id in replaced:
            gone.append(prerequisite)
        else:
            standing.append(Dependence(*pair))
        pairs[pair] = prerequisite
    held = {(each.practice_id, each.required_id) for each in standing}
    fresh = [each for each in told if (each.practice_id, each.required_id) not in held]
    levels = {practice.id: practice.level for practice in {**engagement.practices, **everyone}.values()}
    kept, circles = open_circles([*standing, *fresh], levels)
    names = {practice.id: practice.name for practice in {**engagement.practices, **everyone}.values()}
    _tell_inversions(found, told, levels, names)
    for circle in circles:
        _tell_circle(found, circle, names, replaced)
    kept_pairs = set()
    for each in kept:
        pair = (each.practice_id, each.required_id)
        if not each.place:
            continue
        kept_pairs.add(pair)
        if pair not in pairs:
            found.put.append(Prerequisite(id=own_id[pair], practice_id=pair[0], required_practice_id=pair[1]))
    found.remove.extend(each for each in gone if (each.practice_id, each.required_practice_id) not in kept_pairs)


def _tell_inversions(
    found: Practices, told: list[Dependence], levels: dict[str, int | None], names: dict[str, str]
) -> None:
    for each in told:
        if is_inverted(each, levels):
            found.problems.append(
                remark(
                    "level-inversion", place=each.place,
                    practice=names[each.practice_id], level=levels[each.practice_id],
                    required=names[each.required_id], required_level=levels[each.required_id],
                )
            )  # fmt: skip


def _tell_circle(found: Practices, circle: Circle, names: dict[str, str], drafts: dict[str, Draft]) -> None:
    left = circle.left_out
    told = {"practice": names[left.practice_id], "required": names[left.required_id]}
    members = " → ".join(names[member] for member in circle.members)
    found.problems.append(remark("circle-inverted" if circle.inverted else "circle-last", members=members, **told))
    drafts[left.practice_id].activities[-1].remarks.append(remark("prerequisite-in-circle", required=told["required"]))


class _Finder:
    """Finds the practice a source names: by uuid, or by name, the nearest first."""

    def __init__(self, drafts: list[Draft], everyone: dict[str, Practice]) -> None:
        self._by_source_id = {practice.source_id: practice.id for practice in everyone.values() if practice.source_id}
        self._near: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for draft in drafts:
            name = folded(draft.activities[0].name)
            for depth in (2, 1, 0):
                self._near[(*_path_of(draft)[:depth], name)].append(draft.practice_id)
        self._known: dict[str, list[str]] = defaultdict(list)
        for practice in everyone.values():
            self._known[folded(practice.name)].append(practice.id)

    def find(self, named: str, draft: Draft) -> list[str]:
        """Return the ids of the practices `named` may mean, told by `draft`: none, one, or the several it cannot choose."""
        if named.lower() in self._by_source_id:
            return [self._by_source_id[named.lower()]]
        for depth in (2, 1, 0):
            near = self._near.get((*_path_of(draft)[:depth], folded(named)))
            if near:
                return near
        return self._known.get(folded(named), [])


def _resolve(found: Practices, draft: Draft, finder: _Finder) -> Iterator[Dependence]:
    seen: set[str] = set()
    activity = draft.activities[-1]
    for required in draft.depends_on or ():
        candidates = finder.find(required, draft)
        told: dict[str, Any] = {"place": activity.place, "practice": draft.name, "required": required}
        if not candidates:
            found.problems.append(remark("dangling", **told))
            activity.remarks.append(remark("prerequisite-dangling", required=required))
        elif len(candidates) > 1:
            found.problems.append(remark("ambiguous", **told, count=len(candidates)))
            activity.remarks.append(remark("prerequisite-ambiguous", required=required, count=len(candidates)))
        elif candidates[0] == draft.practice_id:
            found.problems.append(remark("circle-of-one", place=activity.place, practice=draft.name))
            activity.remarks.append(remark("prerequisite-itself"))
        elif candidates[0] not in seen:
            seen.add(candidates[0])
            yield Dependence(draft.practice_id, candidates[0], activity.place)


def _account(draft: Draft, engagement: Engagement, practice: Practice) -> Iterator[ImportedItem]:
    for activity in draft.activities:
        changed = any(each.code not in _INFORMATIVE for each in activity.remarks)
        yield ImportedItem(
            kind="practices", name=activity.name, source_id=draft.source_id, place=activity.place,
            fate=Fate.CHANGED if changed else Fate.IMPORTED, effect=effect_of(engagement, "practices", practice),
            remarks=tuple(activity.remarks),
        )  # fmt: skip
