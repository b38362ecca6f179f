"""What a person does to maturity models: add, order and move what they hold, copy it, describe its levels.

A practice answers on a scale of its own model, so whatever moves or is copied into another model takes its scale along
unless an equal one is there. `ordered_*` tell the order everything is shown in.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.identity import new_id
from planner.domain.kinds import Entity, kind_of
from planner.domain.practice import (
    Descriptor,
    Dimension,
    MaturityModel,
    Practice,
    Prerequisite,
    Scale,
    ScaleOption,
    Theme,
)
from planner.editing.entities import find
from planner.editing.naming import free_name, name_of
from planner.editing.references import removal
from planner.editing.step import step

HOLDER_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {"dimensions": "model_id", "themes": "dimension_id", "practices": "theme_id"}
)
"""What a model is made of, outermost first -> the field that names what holds it."""

_INSIDE: Final = {"models": "dimensions", "dimensions": "themes", "themes": "practices"}
_OUTSIDE: Final = {inside: outside for outside, inside in _INSIDE.items()}
END: Final = 2**31
"""A place behind everything."""


# The order things are shown in


def ordered_models(engagement: Engagement) -> tuple[MaturityModel, ...]:
    """Return the models by name, an older version before a newer one."""
    return tuple(sorted(engagement.models.values(), key=lambda model: (model.name.casefold(), model.version, model.id)))


def ordered_inside(engagement: Engagement, kind: str, holder_id: str) -> tuple[Any, ...]:
    """Return the dimensions of a model, the themes of a dimension or the practices of a theme (`kind`), in order."""
    held = engagement.referring(kind, HOLDER_FIELDS[kind]).get(holder_id, ())
    return tuple(sorted(held, key=lambda entity: (entity.position, entity.name, entity.id)))


def ordered_scales(engagement: Engagement, model_id: str) -> tuple[Scale, ...]:
    """Return the scales of a model by name."""
    held = engagement.referring("scales", "model_id").get(model_id, ())
    return tuple(sorted(held, key=lambda scale: (scale.name.casefold(), scale.id)))


def practices_of(engagement: Engagement, model_id: str) -> tuple[Practice, ...]:
    """Return the practices of a model, dimension by dimension and theme by theme."""
    return tuple(
        practice
        for dimension in ordered_inside(engagement, "dimensions", model_id)
        for theme in ordered_inside(engagement, "themes", dimension.id)
        for practice in ordered_inside(engagement, "practices", theme.id)
    )


def model_of(engagement: Engagement, kind: str, entity_id: str) -> str:
    """Return the id of the model a dimension, theme, practice, scale or model belongs to."""
    while kind != "models":
        entity = find(engagement, kind, entity_id)
        if kind == "scales":
            return str(entity.model_id)
        entity_id = getattr(entity, HOLDER_FIELDS[kind])
        kind = _OUTSIDE[kind]
    return entity_id


# Adding


def add_model(engagement: Engagement, *, name: str, scale_name: str, options: Sequence[ScaleOption]) -> Changes:
    """Add an empty model with one scale, so that practices can be added to it at once."""
    model = MaturityModel(id=new_id(), name=name)
    scale = Scale(id=new_id(), model_id=model.id, name=scale_name, options=tuple(options))
    return step(engagement, Label("add-entity", {"kind": "models", "name": _shown(name)}), put=[model, scale])


def add_near(
    engagement: Engagement,
    kind: str,
    *,
    model_id: str,
    near: tuple[str, str] | None,
    names: Mapping[str, str],
    scale_name: str,
    options: Sequence[ScaleOption],
) -> Changes:
    """Add a dimension, theme or practice to a model, behind or inside `near` (kind, id), else behind all others.

    `names` says what new ones of each kind are called: what it needs to stand in is made with it where there is none.
    A practice answers on the scale most practices of its model do; a model without any gets one of `options`.
    """
    holder_id, position, missing = _stand(engagement, kind, model_id, near)
    put: list[Entity] = []
    for one in missing:
        holder = _make(one, holder_id, names[one])
        put += _numbered([*ordered_inside(engagement, one, holder_id), holder], {holder.id})
        holder_id = holder.id
    scale_id = ""
    if kind == "practices":
        scale_id = _usual_scale(engagement, model_id)
        if not scale_id:
            scale = Scale(id=new_id(), model_id=model_id, name=scale_name, options=tuple(options))
            scale_id = scale.id
            put.append(scale)
    others = ordered_inside(engagement, kind, holder_id)
    entity = _make(kind, holder_id, free_name(names[kind], (one.name for one in others)), scale_id=scale_id)
    put += _numbered([*others[:position], entity, *others[position:]], {entity.id})
    return step(engagement, Label("add-entity", {"kind": kind, "name": _shown(entity.name)}), put=put)


def place_near(engagement: Engagement, kind: str, *, model_id: str, near: tuple[str, str] | None) -> tuple[str, int]:
    """Return the holder and place that `kind` would go to behind or inside `near`; an empty id where there is none."""
    holder_id, position, missing = _stand(engagement, kind, model_id, near)
    return ("", 0) if missing else (holder_id, position)


def _stand(
    engagement: Engagement, kind: str, model_id: str, near: tuple[str, str] | None
) -> tuple[str, int, tuple[str, ...]]:
    """Return the holder, the place in it, and the kinds of holders still to be made inside it first."""
    line = {"models": model_id}
    if near is not None and near[1] in engagement.kind(near[0]):
        at, entity_id = near
        while at != "models":
            line[at] = entity_id
            entity_id, at = getattr(engagement.kind(at)[entity_id], HOLDER_FIELDS[at]), _OUTSIDE[at]
    holder_id = model_id
    path = ["dimensions", "themes", "practices"]
    above = path[: path.index(kind)]
    for number, one in enumerate(above):
        held = ordered_inside(engagement, one, holder_id)
        if one in line:
            holder_id = line[one]
        elif held:
            holder_id = held[-1].id
        else:
            return holder_id, 0, tuple(above[number:])
    siblings = [one.id for one in ordered_inside(engagement, kind, holder_id)]
    return holder_id, siblings.index(line[kind]) + 1 if line.get(kind) in siblings else len(siblings), ()


def _make(kind: str, holder_id: str, name: str, *, scale_id: str = "") -> Dimension | Theme | Practice:
    if kind == "dimensions":
        return Dimension(id=new_id(), model_id=holder_id, name=name)
    if kind == "themes":
        return Theme(id=new_id(), dimension_id=holder_id, name=name)
    return Practice(id=new_id(), theme_id=holder_id, name=name, scale_id=scale_id)


def _usual_scale(engagement: Engagement, model_id: str) -> str:
    scales = ordered_scales(engagement, model_id)
    used = engagement.referring("practices", "scale_id")
    return max(scales, key=lambda scale: len(used.get(scale.id, ()))).id if scales else ""


# Ordering and moving


def place(engagement: Engagement, kind: str, ids: Sequence[str], *, holder_id: str, position: int) -> Changes:
    """Put dimensions, themes or practices into a model, dimension or theme, at a place among those that stay there.

    They keep the order of `ids`. What comes into another model brings its scales along where no equal one is there.
    """
    moved = [find(engagement, kind, entity_id) for entity_id in dict.fromkeys(ids)]
    chosen = {entity.id for entity in moved}
    field = HOLDER_FIELDS[kind]
    holder = find(engagement, _OUTSIDE[kind], holder_id)
    others = [entity for entity in ordered_inside(engagement, kind, holder_id) if entity.id not in chosen]
    at = max(0, min(position, len(others)))
    coming = [dataclasses.replace(entity, **{field: holder_id}) for entity in moved]
    put = _numbered([*others[:at], *coming, *others[at:]], chosen)
    put += _settle_scales(engagement, put, model_of(engagement, kind_of(type(holder)), holder_id))
    if len(moved) == 1:
        label = Label("place-in-model", {"name": name_of(engagement, moved[0])})
    else:
        label = Label("place-many-in-model", {"count": len(moved), "holder": name_of(engagement, holder)})
    return step(engagement, label, put=_last_of_each(put))


def shift(engagement: Engagement, kind: str, ids: Sequence[str], steps: int) -> Changes | None:
    """Move neighbours (dimensions, themes, practices of one holder) up or down by one place; None where there is none.

    At the edge of their holder they go on into the one before or after it, within the model.
    """
    chosen = set(ids)
    holders = {getattr(find(engagement, kind, entity_id), HOLDER_FIELDS[kind]) for entity_id in chosen}
    if len(holders) != 1:
        return None
    (holder_id,) = holders
    all_there = ordered_inside(engagement, kind, holder_id)
    in_order = [entity.id for entity in all_there if entity.id in chosen]
    first = next(at for at, entity in enumerate(all_there) if entity.id in chosen)
    others = len(all_there) - len(in_order)
    target = first + steps
    if 0 <= target <= others:
        return place(engagement, kind, in_order, holder_id=holder_id, position=target)
    beside = holder_beside(engagement, kind, holder_id, steps)
    if beside is None:
        return None
    return place(engagement, kind, in_order, holder_id=beside, position=END if steps < 0 else 0)


def holder_beside(engagement: Engagement, kind: str, holder_id: str, steps: int) -> str | None:
    """Return the holder before or after one, in the order of the model; None at its ends."""
    if kind == "dimensions":
        return None
    outer = _OUTSIDE[kind]
    model_id = model_of(engagement, outer, holder_id)
    dimensions = ordered_inside(engagement, "dimensions", model_id)
    holders = [dimension.id for dimension in dimensions]
    if kind == "practices":
        holders = [theme.id for one in dimensions for theme in ordered_inside(engagement, "themes", one.id)]
    at = holders.index(holder_id) + (1 if steps > 0 else -1)
    return holders[at] if 0 <= at < len(holders) else None


def _numbered(arranged: Sequence[Any], moved: set[str]) -> list[Any]:
    """Return those of `arranged` that are moved or stand at another place than their number says, numbered anew."""
    return [
        dataclasses.replace(entity, position=at)
        for at, entity in enumerate(arranged)
        if entity.id in moved or entity.position != at
    ]


def _settle_scales(engagement: Engagement, put: Iterable[Entity], model_id: str) -> list[Entity]:
    """Return the scales and practices to put so that what comes into a model answers on its scales."""
    brought: dict[str, Scale] = {}
    own = {(scale.name, scale.options): scale for scale in ordered_scales(engagement, model_id)}
    settled: list[Entity] = []
    for practice in _practices_within(engagement, put):
        scale = engagement.scales[practice.scale_id]
        if scale.model_id == model_id:
            continue
        there = own.get((scale.name, scale.options)) or brought.get(scale.id)
        if there is None:
            name = free_name(scale.name, (one.name for one in (*own.values(), *brought.values())))
            there = brought[scale.id] = dataclasses.replace(scale, id=new_id(), model_id=model_id, name=name)
            settled.append(there)
        settled.append(dataclasses.replace(practice, scale_id=there.id))
    return settled


def _practices_within(engagement: Engagement, put: Iterable[Entity]) -> list[Practice]:
    found: list[Practice] = []
    for entity in put:
        if isinstance(entity, Practice):
            found.append(entity)
        elif isinstance(entity, Theme):
            found += ordered_inside(engagement, "practices", entity.id)
        elif isinstance(entity, Dimension):
            for theme in ordered_inside(engagement, "themes", entity.id):
                found += ordered_inside(engagement, "practices", theme.id)
    return found


def _last_of_each(put: Iterable[Entity]) -> list[Entity]:
    return list({(kind_of(type(entity)), entity.id): entity for entity in put}.values())


# Copying


def copy_into(engagement: Engagement, kind: str, ids: Sequence[str], *, holder_id: str, position: int) -> Changes:
    """Copy dimensions, themes or practices with all they hold into a holder; what builds on what is copied with them.

    The copies are new entities: nobody has answered for them yet.
    """
    holder = find(engagement, _OUTSIDE[kind], holder_id)
    model_id = model_of(engagement, kind_of(type(holder)), holder_id)
    originals = [find(engagement, kind, entity_id) for entity_id in dict.fromkeys(ids)]
    new_ids: dict[str, str] = {}
    copies = _copy_all(engagement, originals, new_ids)
    others = ordered_inside(engagement, kind, holder_id)
    taken, coming = [other.name for other in others], []
    for copy in copies:
        if type(copy) in _TYPE_OF[kind]:
            taken.append(free_name(copy.name, taken))
            coming.append(dataclasses.replace(copy, name=taken[-1], **{HOLDER_FIELDS[kind]: holder_id}))
    at = max(0, min(position, len(others)))
    arranged = _numbered([*others[:at], *coming, *others[at:]], {copy.id for copy in coming})
    inner = [copy for copy in copies if type(copy) not in _TYPE_OF[kind]]
    practices = [entity for entity in (*arranged, *inner) if isinstance(entity, Practice)]
    put = [*arranged, *inner, *_settle_scales(engagement, practices, model_id), *_copy_links(engagement, new_ids)]
    label = Label("copy-into-model", {"count": len(originals), "holder": name_of(engagement, holder)})
    return step(engagement, label, put=_last_of_each(put))


_TYPE_OF: Final = {"dimensions": (Dimension,), "themes": (Theme,), "practices": (Practice,)}


def duplicate_model(engagement: Engagement, model_id: str, *, name: str, version: str) -> Changes:
    """Copy a model whole, as another version; answers stay with the practices they were given for."""
    model = find(engagement, "models", model_id)
    copy = dataclasses.replace(model, id=new_id(), name=name, version=version)
    scales = {
        scale.id: dataclasses.replace(scale, id=new_id(), model_id=copy.id)
        for scale in ordered_scales(engagement, model_id)
    }
    new_ids: dict[str, str] = {}
    inside: list[Entity] = []
    for entity in _copy_all(engagement, ordered_inside(engagement, "dimensions", model_id), new_ids):
        if isinstance(entity, Dimension):
            inside.append(dataclasses.replace(entity, model_id=copy.id))
        elif isinstance(entity, Practice):
            inside.append(dataclasses.replace(entity, scale_id=scales[entity.scale_id].id))
        else:
            inside.append(entity)
    label = Label("copy-model", {"name": name_of(engagement, model)})
    return step(engagement, label, put=[copy, *scales.values(), *inside, *_copy_links(engagement, new_ids)])


def _copy_all(engagement: Engagement, originals: Sequence[Any], new_ids: dict[str, str]) -> list[Any]:
    """Return copies of entities and all they hold, and note which id became which."""
    copies: list[Any] = []
    for entity in originals:
        new_ids[entity.id] = new_id()
        copies.append(dataclasses.replace(entity, id=new_ids[entity.id]))
        inside = _INSIDE.get(kind_of(type(entity)))
        if inside is not None:
            field = HOLDER_FIELDS[inside]
            for held in _copy_all(engagement, ordered_inside(engagement, inside, entity.id), new_ids):
                is_direct = kind_of(type(held)) == inside
                copies.append(dataclasses.replace(held, **{field: new_ids[entity.id]}) if is_direct else held)
    return copies


def _copy_links(engagement: Engagement, new_ids: Mapping[str, str]) -> list[Prerequisite]:
    return [
        dataclasses.replace(
            held,
            id=new_id(),
            practice_id=new_ids[held.practice_id],
            required_practice_id=new_ids[held.required_practice_id],
        )
        for held in engagement.prerequisites.values()
        if held.practice_id in new_ids and held.required_practice_id in new_ids
    ]


# Levels and scales


def describe_level(engagement: Engagement, practice_id: str, *, score: float, text: str) -> Changes:
    """Say what a practice looks like at a score from 0 to 1; a blank text takes that descriptor away."""
    practice = find(engagement, "practices", practice_id)
    kept = [held for held in practice.descriptors if held.score != score]
    if text.strip():
        kept.append(Descriptor(score=score, text=text.strip()))
    kept.sort(key=lambda held: held.score)
    return _change(engagement, practice, "descriptors", tuple(kept))


def change_option(
    engagement: Engagement, scale_id: str, at: int, *, score: float | None = None, text: str | None = None
) -> Changes:
    """Change the score or text of a scale's option; descriptors of its practices follow a score.

    UserError "unordered-scale" when the scores would fall.
    """
    scale = find(engagement, "scales", scale_id)
    before = scale.options[at]
    after = ScaleOption(
        score=before.score if score is None else score, text=before.text if text is None else text.strip()
    )
    options = tuple(after if place_ == at else option for place_, option in enumerate(scale.options))
    put: list[Entity] = [dataclasses.replace(scale, options=options)]
    still_there = {option.score for option in options}
    if before.score not in still_there:
        put += [
            dataclasses.replace(practice, descriptors=_rescored(practice, before.score, after.score))
            for practice in engagement.referring("practices", "scale_id").get(scale_id, ())
            if any(held.score == before.score for held in practice.descriptors)
        ]
    label = Label("change-field", {"kind": "scales", "attribute": "options", "name": name_of(engagement, scale)})
    return step(engagement, label, put=put)


def _rescored(practice: Practice, before: float, after: float) -> tuple[Descriptor, ...]:
    rescored = (
        dataclasses.replace(held, score=after) if held.score == before else held for held in practice.descriptors
    )
    return tuple(sorted(rescored, key=lambda held: held.score))


def add_option(engagement: Engagement, scale_id: str, *, after: int, text: str) -> Changes:
    """Add an option behind the one at `after`, its score half way to the next, or the top where it comes last."""
    scale = find(engagement, "scales", scale_id)
    options = list(scale.options)
    at = max(-1, min(after, len(options) - 1))
    lower = options[at].score if at >= 0 else 0.0
    upper = options[at + 1].score if at + 1 < len(options) else 1.0
    options.insert(
        at + 1, ScaleOption(score=round((lower + upper) / 2, 4) if at + 1 < len(options) else 1.0, text=text)
    )
    return _change(engagement, scale, "options", tuple(options))


def remove_option(engagement: Engagement, scale_id: str, at: int) -> Changes:
    """Take an option out of a scale; UserError "unordered-scale" when none would be left."""
    scale = find(engagement, "scales", scale_id)
    return _change(engagement, scale, "options", tuple(o for place_, o in enumerate(scale.options) if place_ != at))


def _change(engagement: Engagement, entity: Any, field: str, value: Any) -> Changes:
    label = Label(
        "change-field", {"kind": kind_of(type(entity)), "attribute": field, "name": name_of(engagement, entity)}
    )
    return step(engagement, label, put=[dataclasses.replace(entity, **{field: value})])


# Removing


def remove_all(engagement: Engagement, chosen: Iterable[tuple[str, str]]) -> Changes:
    """Remove entities of several kinds, (kind, id), with what they take along, in one step."""
    entities = [find(engagement, kind, entity_id) for kind, entity_id in chosen]
    kinds = {kind_of(type(entity)) for entity in entities}
    if len(entities) == 1:
        label = Label("remove-entity", {"kind": kinds.pop(), "name": name_of(engagement, entities[0])})
    elif len(kinds) == 1:
        label = Label("remove-entities", {"kind": kinds.pop(), "count": len(entities)})
    else:
        label = Label("remove-from-model", {"count": len(entities)})
    return step(engagement, label, remove=entities)


def count_taken_along(engagement: Engagement, chosen: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return how many entities of each kind go with those chosen, themselves not counted.

    Raises UserError "still-in-use" where the removal would be refused.
    """
    entities = {(kind, entity_id): find(engagement, kind, entity_id) for kind, entity_id in chosen}
    _cleared, removed = removal(engagement, entities.values())
    counted = Counter(kind_of(type(one)) for one in removed if (kind_of(type(one)), one.id) not in entities)
    return {kind: counted[kind] for kind in engagement.by_kind() if counted[kind]}


def _shown(name: str) -> str:
    return name if len(name) <= _SHOWN_LENGTH else name[: _SHOWN_LENGTH - 1] + "…"


_SHOWN_LENGTH: Final = 80
