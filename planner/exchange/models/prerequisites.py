"""Prerequisites as a model's source tells them, made fit for a plan: no circles, and every one left out is named."""

from __future__ import annotations

import graphlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_CIRCLES: Final = 50


class TooManyCirclesError(Exception):
    """More circles than a model anyone plans with can have."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """One practice depends on another; `place` says where the source tells it, "" for what was there before."""

    practice_id: str
    required_id: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """Practices that depend on one another round (first = last), the dependence left out and whether it was inverted.

    Inverted: it leads from a practice to one of a higher level.
    """

    members: tuple[str, ...]
    left_out: Dependence
    inverted: bool


def is_inverted(dependence: Dependence, levels: Mapping[str, int | None]) -> bool:
    """Tell whether a practice depends on one of a higher level."""
    level, required = levels.get(dependence.practice_id), levels.get(dependence.required_id)
    return level is not None and required is not None and level < required


def open_circles(
    dependences: Sequence[Dependence], levels: Mapping[str, int | None]
) -> tuple[list[Dependence], list[Circle]]:
    """Return the dependences without circles, in their order, and each circle that had to be opened.

    Of a circle, the last inverted dependence is left out, or the last one where none is inverted; one without a place
    is left alone. TooManyCirclesError past `MOST_CIRCLES`.
    """
    kept = {(each.practice_id, each.required_id): (position, each) for position, each in enumerate(dependences)}
    circles: list[Circle] = []
    while (members := _circle_in([each for _position, each in kept.values()])) is not None:
        if len(circles) == MOST_CIRCLES:
            raise TooManyCirclesError
        around = [kept[pair] for pair in itertools.pairwise(members)]
        _position, left_out = max(
            around, key=lambda found: (bool(found[1].place), is_inverted(found[1], levels), found[0])
        )
        del kept[left_out.practice_id, left_out.required_id]
        start = members.index(left_out.required_id)
        turned = (*members[start:-1], *members[: start + 1]) if start else members
        circles.append(Circle(turned, left_out, is_inverted(left_out, levels)))
    return [each for _position, each in kept.values()], circles


def _circle_in(dependences: Sequence[Dependence]) -> tuple[str, ...] | None:
    """Return one circle, each member depending on the next, the first repeated at the end; None where there is none."""
    sorter: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    for each in dependences:
        sorter.add(each.practice_id, each.required_id)
    try:
        sorter.prepare()
    except graphlib.CycleError as error:
        return tuple(reversed(error.args[1]))
    return None
