"""The bubbles: which figure runs along each axis, where each initiative stands, which of them cannot be shown.

Pure figures in, places from 0 to 1 out; the painting is in `bubble_view`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from planner.domain.priority import Criterion, CriterionRole
from planner.language import N_, Language
from ui.pages.priorities import board as figures
from ui.pages.priorities.board import Board
from ui.pages.priorities.wording import title_of

COST: Final = "=cost"
SAME: Final = "=same"

_X_ROLES: Final = (CriterionRole.EFFORT, CriterionRole.JOB_SIZE)
_Y_ROLES: Final = (CriterionRole.IMPACT, CriterionRole.VISIBILITY, CriterionRole.BUSINESS_VALUE)
_TICKS: Final = 5
_ROOM: Final = 0.06
"""How much of an axis stays free beyond the ends of its range, so that bubbles there are whole."""

QUADRANTS: Final = {
    (True, True): N_("Quick wins"),
    (False, True): N_("Big bets"),
    (True, False): N_("Fill-ins"),
    (False, False): N_("Think twice"),
}
"""(is x on its good side, is y) -> what such initiatives are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis: what runs along it between `minimum` and `maximum`, and whether little of it is good."""

    key: str
    title: str
    minimum: float
    maximum: float
    ticks: tuple[float, ...]
    less_is_better: bool

    def share(self, value: float) -> float:
        """Return where a value stands, from 0 to 1."""
        span = self.maximum - self.minimum
        return _ROOM + (1 - 2 * _ROOM) * ((value - self.minimum) / span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One initiative: its place from 0 to 1 either way, its size likewise, the number of its programme."""

    id: str
    x: float
    y: float
    size: float
    programme: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that is painted; `left_out` lack a figure for an axis."""

    x: Axis
    y: Axis
    bubbles: tuple[Bubble, ...]
    programmes: tuple[str, ...]
    left_out: int


def axis_choices(board: Board, language: Language) -> list[tuple[str, str]]:
    """Return (key, title) of everything that can run along an axis."""
    fixed = (figures.EFFORT, figures.WORTH)
    return [
        *((key, title_of(board, key, language)) for key in fixed),
        *((one.id, one.name) for one in board.criteria),
    ]


def size_choices(board: Board, language: Language) -> list[tuple[str, str]]:
    """Return (key, title) of everything a bubble's size can stand for."""
    return [
        (SAME, language.gettext(N_("All the same size"))),
        (COST, language.gettext(N_("Cost"))),
        *axis_choices(board, language),
    ]


def usual_keys(board: Board) -> tuple[str, str, str]:
    """Return what runs along x and y and makes the size, unless a person chooses."""
    x = _first_of(board.criteria, _X_ROLES)
    y = _first_of(board.criteria, _Y_ROLES)
    size = _first_of(board.criteria, (CriterionRole.VISIBILITY,))
    return x or figures.EFFORT, y or figures.WORTH, size or COST


def draw(board: Board, ids: Sequence[str], keys: tuple[str, str, str], language: Language) -> Picture:
    """Return the picture of some initiatives, the ones with the largest bubbles first, so that none hides another."""
    x_key, y_key, size_key = keys
    known: list[tuple[str, float, float]] = []
    for one in ids:
        x, y = _value(board, one, x_key), _value(board, one, y_key)
        if x is not None and y is not None:
            known.append((one, x, y))
    x_axis = _axis(board, x_key, [x for _one, x, _y in known], language)
    y_axis = _axis(board, y_key, [y for _one, _x, y in known], language)
    sizes = {one: _value(board, one, size_key) for one, _x, _y in known}
    largest = max((size for size in sizes.values() if size is not None), default=0.0)
    programmes: dict[str, int] = {}
    names: list[str] = []
    for programme in board.programmes():
        programmes[programme.id] = len(names)
        names.append(programme.name)
    alone = len(names)
    if any(board.programme_of(one).id not in programmes for one, _x, _y in known):
        names.append(language.gettext(N_("No programme")))
    bubbles = [
        Bubble(
            id=one,
            x=x_axis.share(x),
            y=y_axis.share(y),
            size=_size(sizes[one], largest, size_key),
            programme=programmes.get(board.programme_of(one).id, alone),
        )
        for one, x, y in known
    ]
    bubbles.sort(key=lambda bubble: -bubble.size)
    return Picture(x=x_axis, y=y_axis, bubbles=tuple(bubbles), programmes=tuple(names), left_out=len(ids) - len(known))


def _value(board: Board, initiative_id: str, key: str) -> float | None:
    if key == SAME:
        return None
    if key == COST:
        return board.initiative(initiative_id).cost
    if key == figures.EFFORT:
        return board.efforts.get(initiative_id)
    if key == figures.WORTH:
        return board.worth(initiative_id)
    return board.score(initiative_id, key)


def _size(value: float | None, largest: float, key: str) -> float:
    """Return the share of the largest radius: areas, not radii, tell the amounts apart."""
    if key == SAME:
        return 0.5
    if value is None or largest <= 0:
        return 0.0
    return math.sqrt(max(0.0, value) / largest)


def _axis(board: Board, key: str, values: Iterable[float], language: Language) -> Axis:
    criterion = board.engagement.criteria.get(key)
    if criterion is not None:
        minimum, maximum = criterion.minimum, criterion.maximum
        less = not criterion.higher_is_better
    else:
        step = _nice_step(max([*values, 1.0]) / _TICKS)
        minimum, maximum = 0.0, step * math.ceil(max([*values, 1.0]) / step)
        less = key == figures.EFFORT
    return Axis(
        key=key,
        title=title_of(board, key, language),
        minimum=minimum,
        maximum=maximum,
        ticks=_ticks(minimum, maximum),
        less_is_better=less,
    )


def _ticks(minimum: float, maximum: float) -> tuple[float, ...]:
    step = _nice_step((maximum - minimum) / (2 * _TICKS - 1))
    first = math.ceil(minimum / step)
    return tuple(step * at for at in range(first, math.floor(maximum / step + 1e-9) + 1))


def _nice_step(rough: float) -> float:
    """Return 1, 2 or 5 times a power of ten, no smaller than `rough`."""
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))


def _first_of(criteria: Iterable[Criterion], roles: Sequence[CriterionRole]) -> str:
    held = {criterion.role: criterion.id for criterion in reversed(tuple(criteria))}
    return next((held[role] for role in roles if role in held), "")
