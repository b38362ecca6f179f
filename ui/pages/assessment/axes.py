"""The two sides of the heatmap as lines to show: units over their teams, dimensions over themes over practices.

A group (unit, dimension, theme, everything) is a line of its own that holds the roll-up of what is under it, and may
be folded. Which side runs down and which across is the heatmap's business.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from planner.analysis.maturity import ordered_practices
from planner.domain.engagement import Engagement

EVERYTHING: Final = "all:"
"""The key of the line that rolls up a whole side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row or column: `key` is unique on its side, `id` the entity's; a group's `end` is the line after its last."""

    key: str
    kind: str
    id: str
    name: str
    depth: int
    folded: bool = False
    group: bool = False
    end: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """The lines of one side that are shown, and what each group is made of, shown or not."""

    lines: tuple[Line, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = ()  # type: ignore[assignment]
    leaves: tuple[str, ...] = ()
    above: Mapping[str, tuple[str, ...]] = ()  # type: ignore[assignment]

    def __len__(self) -> int:
        """Return how many lines are shown."""
        return len(self.lines)

    def at(self, key: str) -> int | None:
        """Return where a line is shown; None where it is folded away."""
        return next((at for at, line in enumerate(self.lines) if line.key == key), None)

    def leaves_of(self, line: Line) -> tuple[str, ...]:
        """Return the teams or practices a line stands for."""
        if not line.group:
            return (line.id,)
        found: list[str] = []
        stack = [line.key]
        while stack:
            key = stack.pop()
            if key in self.parts:
                stack.extend(reversed(self.parts[key]))
            else:
                found.append(key)
        return tuple(found)

    @property
    def depth(self) -> int:
        """How many levels of groups stand above the deepest line shown."""
        return max((line.depth + (1 if line.group else 0) for line in self.lines), default=0)


class _Builder:
    """Collects lines, parts and what stands above, group by group."""

    def __init__(self, folded: Collection[str]) -> None:
        self._folded = folded
        self.lines: list[Line] = []
        self.parts: dict[str, tuple[str, ...]] = {}
        self.leaves: list[str] = []
        self.above: dict[str, tuple[str, ...]] = {}

    def leaf(self, kind: str, entity_id: str, name: str, above: tuple[str, ...]) -> str:
        self.leaves.append(entity_id)
        self.above[entity_id] = above
        if not any(key in self._folded for key in above):
            self.lines.append(Line(key=entity_id, kind=kind, id=entity_id, name=name, depth=len(above)))
        return entity_id

    def open_group(self, kind: str, entity_id: str, name: str, above: tuple[str, ...]) -> int | None:
        key = key_of(kind, entity_id)
        self.above[key] = above
        if any(one in self._folded for one in above):
            return None
        self.lines.append(
            Line(key=key, kind=kind, id=entity_id, name=name, depth=len(above), folded=key in self._folded, group=True)
        )
        return len(self.lines) - 1

    def close_group(self, key: str, parts: tuple[str, ...], at: int | None) -> None:
        self.parts[key] = parts
        if at is not None:
            line = self.lines[at]
            self.lines[at] = Line(
                key=line.key,
                kind=line.kind,
                id=line.id,
                name=line.name,
                depth=line.depth,
                folded=line.folded,
                group=True,
                end=len(self.lines),
            )

    def axis(self) -> Axis:
        return Axis(tuple(self.lines), self.parts, tuple(self.leaves), self.above)


def key_of(kind: str, entity_id: str) -> str:
    """Return the key of the line of an entity."""
    return entity_id if kind in ("teams", "practices") else f"{kind}:{entity_id}"


def team_axis(engagement: Engagement, *, folded: Collection[str], everything: str) -> Axis:
    """Return units over their teams; with several units at the top, a first line called `everything` holds them all."""
    builder = _Builder(folded)
    roots = engagement.subunits_of(None)

    def take(unit_id: str, above: tuple[str, ...]) -> str:
        unit = engagement.units[unit_id]
        key = key_of("units", unit_id)
        at = builder.open_group("units", unit_id, unit.name, above)
        inside = (*above, key)
        parts = [builder.leaf("teams", team.id, team.name, inside) for team in engagement.teams_of(unit_id)]
        parts += [take(one.id, inside) for one in engagement.subunits_of(unit_id)]
        builder.close_group(key, tuple(parts), at)
        return key

    if len(roots) == 1:
        take(roots[0].id, ())
    else:
        at = builder.open_group("all", "", everything, ())
        parts = [take(one.id, (EVERYTHING,)) for one in roots]
        builder.close_group(EVERYTHING, tuple(parts), at)
    return builder.axis()


def practice_axis(engagement: Engagement, model_id: str, *, folded: Collection[str], everything: str) -> Axis:
    """Return the dimensions of a model over their themes over their practices; the first line holds them all."""
    builder = _Builder(folded)
    at = builder.open_group("all", "", everything, ())
    by_dimension: dict[str, dict[str, list[str]]] = {}
    for practice in ordered_practices(engagement, model_id=model_id):
        dimension_id = engagement.themes[practice.theme_id].dimension_id
        by_dimension.setdefault(dimension_id, {}).setdefault(practice.theme_id, []).append(practice.id)
    parts = []
    for dimension_id, themes in by_dimension.items():
        dimension_key = key_of("dimensions", dimension_id)
        dimension_at = builder.open_group(
            "dimensions", dimension_id, engagement.dimensions[dimension_id].name, (EVERYTHING,)
        )
        theme_keys = []
        for theme_id, practices in themes.items():
            key, above = key_of("themes", theme_id), (EVERYTHING, dimension_key)
            theme_at = builder.open_group("themes", theme_id, engagement.themes[theme_id].name, above)
            held = tuple(
                builder.leaf("practices", one, engagement.practices[one].name, (*above, key)) for one in practices
            )
            builder.close_group(key, held, theme_at)
            theme_keys.append(key)
        builder.close_group(dimension_key, tuple(theme_keys), dimension_at)
        parts.append(dimension_key)
    builder.close_group(EVERYTHING, tuple(parts), at)
    return builder.axis()


def refolded(axis: Axis, line: Line, held: frozenset[str], *, folded: bool) -> frozenset[str]:
    """Return what is folded once the group at a line is, or is no more; a leaf, or a folded group, means the one above."""
    key = line.key
    above = axis.above.get(key, ())
    if (not line.group or (folded and line.folded)) and above:
        key = above[-1]
    if key not in axis.parts:
        return held
    return held | {key} if folded else held - {key}


def all_folded(*axes: Axis) -> frozenset[str]:
    """Return every group but the first line of each side, which would hide all the others."""
    return frozenset(key for axis in axes for key in axis.parts if axis.above[key])
