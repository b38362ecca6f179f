"""The practices of one model and their prerequisites as a diagram: each to the right of all it builds on.

A dimension is told by a coloured edge and named below each practice; a prerequisite carries its minimum score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.analysis.map_layout import Layers
from planner.domain.engagement import Engagement
from planner.domain.practice import Dimension, Practice, Prerequisite
from planner.language import N_, NN_, Language
from ui.diagram.values import Diagram, Edge, Node, Sample, Shape, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPart:
    """The practices of one model that are shown, in the order of the model, with the prerequisites between them."""

    practices: tuple[Practice, ...]
    prerequisites: tuple[Prerequisite, ...]
    dimension_of: Mapping[str, Dimension]
    dimensions: tuple[Dimension, ...]


def part_of(engagement: Engagement, model_id: str, *, around: str = "") -> ModelPart:
    """Return a model's practices; `around` one of them: only it, what it builds on and what it unlocks."""
    dimensions = sorted(
        engagement.referring("dimensions", "model_id").get(model_id, ()), key=lambda each: (each.position, each.name)
    )
    themes_of = engagement.referring("themes", "dimension_id")
    practices_of = engagement.referring("practices", "theme_id")
    practices: list[Practice] = []
    dimension_of: dict[str, Dimension] = {}
    for dimension in dimensions:
        for theme in sorted(themes_of.get(dimension.id, ()), key=lambda each: (each.position, each.name)):
            found = sorted(practices_of.get(theme.id, ()), key=lambda each: (each.position, each.name))
            practices.extend(found)
            dimension_of.update((practice.id, dimension) for practice in found)
    prerequisites = [
        each
        for each in engagement.prerequisites.values()
        if each.practice_id in dimension_of and each.required_practice_id in dimension_of
    ]
    if around in dimension_of:
        kept = joined_to(around, prerequisites)
        practices = [each for each in practices if each.id in kept]
        prerequisites = [each for each in prerequisites if {each.practice_id, each.required_practice_id} <= kept]
    return ModelPart(
        practices=tuple(practices),
        prerequisites=tuple(prerequisites),
        dimension_of=dimension_of,
        dimensions=tuple(dimensions),
    )


def joined_to(practice_id: str, prerequisites: Iterable[Prerequisite]) -> frozenset[str]:
    """Return a practice with all it builds on and all that builds on it, however far."""
    required: dict[str, list[str]] = {}
    unlocked: dict[str, list[str]] = {}
    for each in prerequisites:
        required.setdefault(each.practice_id, []).append(each.required_practice_id)
        unlocked.setdefault(each.required_practice_id, []).append(each.practice_id)
    found = {practice_id}
    for follow in (required, unlocked):
        waiting, seen = [practice_id], {practice_id}
        while waiting:
            for following in follow.get(waiting.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        found |= seen
    return frozenset(found)


def draw_prerequisites(
    part: ModelPart,
    layers: Layers,
    language: Language,
    *,
    title: str,
) -> Diagram:
    """Return the map of the practices that have a place; prerequisites within a circle stand out."""
    colours = {dimension.id: at for at, dimension in enumerate(part.dimensions)}
    places = layers.places
    circle_of = {practice_id: at for at, circle in enumerate(layers.circles) for practice_id in circle}
    names = {practice.id: practice.name for practice in part.practices}
    edges = [each for each in part.prerequisites if {each.practice_id, each.required_practice_id} <= places.keys()]
    requires: dict[str, int] = {}
    unlocks: dict[str, int] = {}
    for each in edges:
        requires[each.practice_id] = requires.get(each.practice_id, 0) + 1
        unlocks[each.required_practice_id] = unlocks.get(each.required_practice_id, 0) + 1
    nodes = []
    for practice in part.practices:
        if practice.id in places:
            dimension = part.dimension_of[practice.id]
            x, y = places[practice.id]
            nodes.append(
                Node(
                    id=practice.id,
                    text=practice.name,
                    caption=_caption(practice, dimension, language),
                    description=_describe(
                        practice, dimension, requires.get(practice.id, 0), unlocks.get(practice.id, 0), language
                    ),
                    shape=Shape.CARD,
                    category=colours[dimension.id],
                    x=x,
                    y=y,
                )
            )
    return Diagram(
        nodes=tuple(nodes),
        edges=tuple(_edge(each, names, circle_of, layers, language) for each in edges),
        legend=_legend(part, language, circles=bool(circle_of)),
        title=title,
    )


def _edge(
    prerequisite: Prerequisite,
    names: Mapping[str, str],
    circle_of: Mapping[str, int],
    layers: Layers,
    language: Language,
) -> Edge:
    source, target = prerequisite.required_practice_id, prerequisite.practice_id
    score = language.percent(prerequisite.minimum_score)
    in_circle = source in circle_of and circle_of.get(target) == circle_of[source]
    return Edge(
        id=prerequisite.id,
        source=source,
        target=target,
        text=score,
        description=language.gettext(N_("{practice} builds on {required}, from {score} on")).format(
            practice=names[target], required=names[source], score=score
        ),
        tone=Tone.DANGER if in_circle else Tone.QUIET,
        via=layers.ways.get((target, source)),
    )


def _caption(practice: Practice, dimension: Dimension, language: Language) -> str:
    if practice.level is None:
        return dimension.name
    level = language.gettext(N_("level {level}")).format(level=language.number(practice.level, decimals=0))
    return f"{level} · {dimension.name}"


def _describe(practice: Practice, dimension: Dimension, requires: int, unlocks: int, language: Language) -> str:
    return "; ".join(
        (
            f"{practice.name} ({_caption(practice, dimension, language)})",
            language.ngettext(*NN_("builds on {count} practice", "builds on {count} practices"), requires).format(
                count=language.number(requires, decimals=0)
            ),
            language.ngettext(*NN_("unlocks {count} practice", "unlocks {count} practices"), unlocks).format(
                count=language.number(unlocks, decimals=0)
            ),
        )
    )


def _legend(part: ModelPart, language: Language, *, circles: bool) -> tuple[Sample, ...]:
    shown = {part.dimension_of[practice.id].id for practice in part.practices}
    dimensions = tuple(
        Sample(text=dimension.name, node=Node(id=dimension.id, text="", shape=Shape.CARD, category=at))
        for at, dimension in enumerate(part.dimensions)
        if dimension.id in shown
    )
    lines = [
        Sample(
            text=language.gettext(N_("Unlocks, from this score on")),
            edge=Edge(id="unlocks", source="", target="", tone=Tone.QUIET),
        )
    ]
    if circles:
        lines.append(
            Sample(
                text=language.gettext(N_("In a circle: builds on itself")),
                edge=Edge(id="circle", source="", target="", tone=Tone.DANGER),
            )
        )
    return (*dimensions, *lines)
