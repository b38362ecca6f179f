"""Where things stand on a map nobody has arranged yet: teams by unit, practices by what they build on.

Pure and the same every time for the same question. Lengths are points at 100 %, x to the right and y down, places are
centres. A place somebody chose stays: what has none is put where it does not cover it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

Place = tuple[float, float]
Size = tuple[float, float]
Key = TypeVar("Key", bound=Hashable)

_SEED: Final = 2019
_NODE_GAP: Final = (64.0, 52.0)
_CLUSTER_GAP: Final = (120.0, 104.0)
_WIDER: Final = 1.35
"""Screens are wider than high, and so is a map that fits them."""

_ROUNDS: Final = 160
_LAYER_GAP: Final = 110.0
_ROW_GAP: Final = 22.0
_HOLD: Final = 0.15
_PASSING: Final = 4.0
"""The height kept free for a link that passes a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One thing to place: its size and the cluster it stands in."""

    id: str
    cluster: str
    size: Size


def arrange_clusters(
    bodies: Sequence[Body], joined: Iterable[tuple[str, str]], *, kept: Mapping[str, Place]
) -> dict[str, Place]:
    """Return id -> place: clusters side by side, in each those that are joined close together, none over another.

    Those of `kept` stay exactly where they are; the others are placed as if nothing was kept, then moved off what they
    would cover.
    """
    joined = list(joined)
    clusters: dict[str, list[Body]] = {}
    for body in bodies:
        clusters.setdefault(body.cluster, []).append(body)
    inside: dict[str, dict[str, Place]] = {}
    sizes: dict[str, Size] = {}
    for cluster, members in clusters.items():
        inside[cluster], sizes[cluster] = _arrange_one(members, joined)
    cluster_of = {body.id: body.cluster for body in bodies}
    across = [
        (cluster_of[first], cluster_of[second])
        for first, second in joined
        if first in cluster_of and second in cluster_of and cluster_of[first] != cluster_of[second]
    ]
    centres = _spread(sizes, across, gap=_CLUSTER_GAP)
    places = {
        body_id: (centres[cluster][0] + x, centres[cluster][1] + y)
        for cluster, members in inside.items()
        for body_id, (x, y) in members.items()
    }
    places.update({body.id: kept[body.id] for body in bodies if body.id in kept})
    if kept:
        places = _part(places, {body.id: body.size for body in bodies}, _NODE_GAP, fixed=frozenset(kept))
    return {body_id: (float(round(x)), float(round(y))) for body_id, (x, y) in places.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Where things stand in columns: their places, the ways of links past what lies between, and the circles found.

    `ways` holds, by (what builds, what it builds on), the points a link passes between its ends; a link within one
    column, which only a circle has, is not in it.
    """

    places: Mapping[str, Place]
    ways: Mapping[tuple[str, str], tuple[Place, ...]]
    circles: tuple[tuple[str, ...], ...]


def layer_by_depth(ids: Sequence[str], requires: Iterable[tuple[str, str]], *, size: Size) -> Layers:
    """Return columns from left to right, each thing behind all it builds on.

    `requires` are pairs (what builds, what it builds on): what builds on nothing stands in the first column. What
    builds on itself in the end shares a column. Those nothing joins come last, below the others.
    """
    import networkx as nx  # noqa: PLC0415  half a second's work, for whoever asks only

    order = {each: at for at, each in enumerate(ids)}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(ids)
    graph.add_edges_from((required, builds) for builds, required in requires if builds in order and required in order)
    parts = [sorted(part, key=order.__getitem__) for part in nx.strongly_connected_components(graph)]
    lonely = [each for each in ids if not graph.degree(each)]
    graph.remove_nodes_from(lonely)
    condensed: Any = nx.condensation(graph)
    columns: list[list[_Stop]] = []
    depth: dict[str, int] = {}
    for generation in nx.topological_generations(condensed):
        found = sorted(
            (each for part in generation for each in condensed.nodes[part]["members"]), key=order.__getitem__
        )
        depth.update((each, len(columns)) for each in found)
        columns.append([(each, "") for each in found])
    chains = nx.DiGraph()
    for required, builds in graph.edges:
        between = [(required, builds, at) for at in range(depth[required] + 1, depth[builds])]
        for stop in between:
            columns[stop[2]].append(stop)
        nx.add_path(chains, [(required, ""), *between, (builds, "")])
    _uncross(columns, chains)
    spots = _level(columns, chains, size)
    ways = {
        (builds, required): tuple(spots[required, builds, at] for at in range(depth[required] + 1, depth[builds]))
        for required, builds in graph.edges
        if depth[required] != depth[builds]
    }
    places = {stop[0]: spots[stop] for column in columns for stop in column if len(stop) == 2}
    places.update(_below(places, lonely, size, width=max(4, len(columns))))
    circles = tuple(tuple(part) for part in parts if len(part) > 1)
    return Layers(places=places, ways=ways, circles=circles)


def _arrange_one(members: list[Body], joined: list[tuple[str, str]]) -> tuple[dict[str, Place], Size]:
    """Return the places of one cluster's bodies around its own middle, and its size."""
    sizes = {body.id: body.size for body in members}
    places = _spread(sizes, [(a, b) for a, b in joined if a in sizes and b in sizes], gap=_NODE_GAP)
    left = min(places[body_id][0] - size[0] / 2 for body_id, size in sizes.items())
    right = max(places[body_id][0] + size[0] / 2 for body_id, size in sizes.items())
    top = min(places[body_id][1] - size[1] / 2 for body_id, size in sizes.items())
    bottom = max(places[body_id][1] + size[1] / 2 for body_id, size in sizes.items())
    middle = ((left + right) / 2, (top + bottom) / 2)
    centred = {body_id: (x - middle[0], y - middle[1]) for body_id, (x, y) in places.items()}
    return centred, (right - left, bottom - top)


def _spread(sizes: Mapping[Key, Size], joined: Sequence[tuple[Key, Key]], *, gap: Size) -> dict[Key, Place]:
    """Return where things of these sizes stand so that those joined are close and none covers another."""
    ids = list(sizes)
    if not joined or len(ids) < 3:
        return _in_rows(sizes, gap)
    import networkx as nx  # noqa: PLC0415  half a second's work, for whoever asks only

    graph: nx.Graph[Key] = nx.Graph()
    graph.add_nodes_from(ids)
    for first, second in joined:
        weight = graph.edges[first, second]["weight"] if graph.has_edge(first, second) else 0.0
        graph.add_edge(first, second, weight=weight + 1.0)
    # Without a pull between the parts, those nothing joins would drift off for ever.
    anchors = [min(part, key=ids.index) for part in nx.connected_components(graph)]
    for first, second in itertools.pairwise(anchors):
        graph.add_edge(first, second, weight=0.25)
    found = nx.spring_layout(graph, seed=_SEED, iterations=_ROUNDS, k=1.6 / math.sqrt(len(ids)))
    width = sum(size[0] + gap[0] for size in sizes.values()) / len(ids)
    height = sum(size[1] + gap[1] for size in sizes.values()) / len(ids)
    reach = math.sqrt(len(ids)) * 0.55
    places = {
        each: (float(found[each][0]) * reach * width * _WIDER, float(found[each][1]) * reach * height) for each in ids
    }
    return _part(places, sizes, gap)


def _in_rows(sizes: Mapping[Key, Size], gap: Size) -> dict[Key, Place]:
    """Return rows of things nothing joins, in their order, about as wide as a screen."""
    area = sum((width + gap[0]) * (height + gap[1]) for width, height in sizes.values())
    limit = max(math.sqrt(area) * _WIDER, max((size[0] for size in sizes.values()), default=0.0))
    places: dict[Key, Place] = {}
    x = y = row_height = 0.0
    for each, (width, height) in sizes.items():
        if x and x + width > limit:
            x, y, row_height = 0.0, y + row_height + gap[1], 0.0
        places[each] = (x + width / 2, y + height / 2)
        x, row_height = x + width + gap[0], max(row_height, height)
    return places


def _part(
    places: Mapping[Key, Place], sizes: Mapping[Key, Size], gap: Size, *, fixed: frozenset[Key] = frozenset()
) -> dict[Key, Place]:
    """Return the places pushed apart, along the shorter way, until nothing covers anything; what is fixed stays."""
    spots = {each: list(place) for each, place in places.items()}
    ids = list(spots)
    for _round in range(_ROUNDS):
        pushed = False
        ids.sort(key=lambda each: spots[each][0] - sizes[each][0] / 2)
        for at, first in enumerate(ids):
            reach = spots[first][0] + sizes[first][0] / 2 + gap[0]
            for second in ids[at + 1 :]:
                if spots[second][0] - sizes[second][0] / 2 > reach:
                    break
                if not (first in fixed and second in fixed) and _push(spots, sizes, gap, first, second, fixed):
                    pushed = True
        if not pushed:
            break
    return {each: (x, y) for each, (x, y) in spots.items()}


def _push(
    spots: dict[Key, list[float]],
    sizes: Mapping[Key, Size],
    gap: Size,
    first: Key,
    second: Key,
    fixed: frozenset[Key],
) -> bool:
    apart = [spots[second][axis] - spots[first][axis] for axis in (0, 1)]
    lacking = [(sizes[first][axis] + sizes[second][axis]) / 2 + gap[axis] - abs(apart[axis]) for axis in (0, 1)]
    if min(lacking) <= 0.5:
        return False
    axis = 0 if lacking[0] < lacking[1] else 1
    sign = 1.0 if apart[axis] >= 0 else -1.0
    shares = {False: (0.5, 0.5), True: (0.0, 1.0) if first in fixed else (1.0, 0.0)}[bool({first, second} & fixed)]
    spots[first][axis] -= sign * lacking[axis] * shares[0]
    spots[second][axis] += sign * lacking[axis] * shares[1]
    return True


_Stop = tuple[Any, ...]
"""(id, "") of a thing, or (required, builds, column) where a link passes a column."""


def _uncross(columns: list[list[_Stop]], chains: Any) -> None:
    """Order each column by the middle of its neighbours', to and fro, so that fewer lines cross."""
    for sweep in range(8):
        forward = sweep % 2 == 0
        neighbours = chains.predecessors if forward else chains.successors
        rows = {stop: row / max(1, len(column) - 1) for column in columns for row, stop in enumerate(column)}
        for at in range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1):
            middles = {}
            for stop in columns[at]:
                found = [rows[other] for other in neighbours(stop)]
                middles[stop] = sum(found) / len(found) if found else rows[stop]
            columns[at].sort(key=middles.__getitem__)
            rows.update((stop, row / max(1, len(columns[at]) - 1)) for row, stop in enumerate(columns[at]))


def _level(columns: list[list[_Stop]], chains: Any, size: Size) -> dict[_Stop, Place]:
    """Return the place of every stop: as level with its neighbours as the order of its column leaves room for."""
    first: dict[_Stop, float] = {}
    for column in columns:
        downs = _stacked(column, [0.0] * len(column), size)
        first.update(zip(column, downs, strict=True))
    levels = dict(first)
    for sweep in range(10):
        neighbours = chains.predecessors if sweep % 2 == 0 else chains.successors
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = []
            for stop in column:
                found = [levels[other] for other in neighbours(stop)]
                # A little of the first stack keeps parts that nothing joins from drifting apart.
                pull = sum(found) / len(found) if found else levels[stop]
                wanted.append(pull * (1 - _HOLD) + first[stop] * _HOLD)
            levels.update(zip(column, _stacked(column, wanted, size), strict=True))
    return {
        stop: (across * (size[0] + _LAYER_GAP), levels[stop])
        for across, column in enumerate(columns)
        for stop in column
    }


def _stacked(column: list[_Stop], wanted: list[float], size: Size) -> list[float]:
    """Return heights as near to the wanted ones as possible, in their order and far enough apart.

    The least squares: neighbours that would come too close form a block that stands where its mean wants to.
    """
    heights = [size[1] if len(stop) == 2 else _PASSING for stop in column]
    offsets = [0.0]
    for above, below in itertools.pairwise(heights):
        offsets.append(offsets[-1] + (above + below) / 2 + _ROW_GAP)
    blocks: list[tuple[float, int]] = []
    for down, offset in zip(wanted, offsets, strict=True):
        total, count = down - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before, many = blocks.pop()
            total, count = total + before, count + many
        blocks.append((total, count))
    bases = [total / count for total, count in blocks for _each in range(count)]
    return [base + offset for base, offset in zip(bases, offsets, strict=True)]


def _below(places: Mapping[str, Place], lonely: list[str], size: Size, *, width: int) -> dict[str, Place]:
    top = max((y for _x, y in places.values()), default=-size[1]) + size[1] + (4 * _ROW_GAP if places else 0)
    gap = _LAYER_GAP if places else _ROW_GAP * 2
    return {
        each: ((at % width) * (size[0] + gap), top + (at // width) * (size[1] + _ROW_GAP))
        for at, each in enumerate(lonely)
    }
