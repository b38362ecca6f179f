"""Who comes first, and how sure that is: ranks that heed what initiatives unlock, and ranks of scores drawn anew.

A prerequisite is worth at least what it unlocks: its closed worth is the greatest among its own and those of all that
wait for it, link by link, and it is named from which it inherits. Scores are opinions: drawn anew many times, each up
to a fifth up or down, they show how often an initiative would keep its rank.
"""

from __future__ import annotations

import graphlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from planner.analysis.priority import Worth, Yardstick, scores_of
from planner.domain.engagement import Engagement
from planner.domain.initiative import Initiative, Status

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPREAD: Final = 0.2
"""By how much of itself a score may be drawn higher or lower."""

_SETTLED: Final = (Status.DONE, Status.DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One initiative: its own worth, its closed worth, from whom it inherits that, and its rank (None without a worth).

    Equals share a rank; the order is one in which no prerequisite comes after what it unlocks.
    """

    own: Worth
    closed: float | None
    inherited_from: str | None
    rank: int | None

    @property
    def initiative_id(self) -> str:
        """The initiative ranked."""
        return self.own.initiative_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """How often, of all draws, an initiative has its likeliest rank and the first one, as shares from 0 to 1.

    Nine in ten of its ranks lie from `low` to `high`. `top_share` is how often it is among as many first ranks as were
    asked about, None where none were; equals share a rank, so that more than those may be among them.
    """

    initiative_id: str
    likeliest: int
    share: float
    first_share: float
    low: int
    high: int
    top_share: float | None = None


def ranked(engagement: Engagement, yardstick: Yardstick) -> tuple[Ranked, ...]:
    """Return all initiatives that hold no others and are neither done nor dropped, the worthiest first, then the rest."""
    leaves = _leaves(engagement)
    own = {one.id: yardstick.measure(one.id, scores_of(engagement, one.id)) for one in leaves}
    unlocks = _unlocks(engagement, own)
    order = list(graphlib.TopologicalSorter(unlocks).static_order())  # what is unlocked before what unlocks it
    closed: dict[str, tuple[float | None, str]] = {}
    for one in order:
        closed[one] = (own[one].value, one)
        for other in unlocks[one]:
            theirs, mine = closed[other], closed[one][0]
            if theirs[0] is not None and (mine is None or theirs[0] > mine):
                closed[one] = theirs
    waits: dict[str, list[str]] = {one: [] for one in own}
    for one, after in unlocks.items():
        for other in after:
            waits[other].append(one)
    depth = {one: at for at, one in enumerate(graphlib.TopologicalSorter(waits).static_order())}
    ordered = sorted(closed, key=lambda one: (closed[one][0] is None, -(closed[one][0] or 0.0), depth[one]))
    found: list[Ranked] = []
    for at, one in enumerate(ordered, start=1):
        value, origin = closed[one]
        same = found and found[-1].closed == value
        rank = None if value is None else found[-1].rank if same else at
        found.append(Ranked(own=own[one], closed=value, inherited_from=None if origin == one else origin, rank=rank))
    return tuple(found)


def stability(
    engagement: Engagement, yardstick: Yardstick, *, draws: int = 1_000, seed: int = 1, top: int | None = None
) -> tuple[Stability, ...]:
    """Return how sure each rank is, for all that have a worth, in the order of `ranked`.

    Every score is multiplied by a number drawn evenly from 1 - SPREAD to 1 + SPREAD; a missing one stays missing. `top` asks how
    often each is of that rank or a better one.
    """
    import numpy as np  # noqa: PLC0415  loaded when used

    named = [one.initiative_id for one in ranked(engagement, yardstick) if one.closed is not None]
    if not named:
        return ()
    closed = _drawn(engagement, yardstick, draws, np.random.default_rng(seed))
    worths = np.nan_to_num(np.stack([closed[one] for one in named]), nan=-np.inf)
    ranks = np.empty(worths.shape, dtype=np.int64)
    for draw, column in enumerate(worths.T):  # equals share a rank, as they do in `ranked`
        ranks[:, draw] = np.searchsorted(np.sort(-column), -column) + 1
    found = []
    for one, row in zip(named, ranks, strict=True):
        counts = np.bincount(row)
        likeliest = int(counts.argmax())
        low, high = np.quantile(row, (0.05, 0.95), method="nearest")
        found.append(
            Stability(
                initiative_id=one,
                likeliest=likeliest,
                share=float(counts[likeliest]) / draws,
                first_share=float((row == 1).mean()),
                low=int(low),
                high=int(high),
                top_share=None if top is None else float((row <= top).mean()),
            )
        )
    return tuple(found)


def _drawn(
    engagement: Engagement, yardstick: Yardstick, draws: int, chance: np.random.Generator
) -> dict[str, NDArray[np.float64]]:
    """Return the closed worth of every initiative in every draw; NaN where it has none."""
    import numpy as np  # noqa: PLC0415  loaded when used

    own: dict[str, Any] = {}
    for one in _leaves(engagement):
        scores = scores_of(engagement, one.id)
        factors = chance.uniform(1 - SPREAD, 1 + SPREAD, (len(scores), draws))
        columns = {name: value * row for (name, value), row in zip(scores.items(), factors, strict=True)}
        own[one.id] = np.zeros(draws) + yardstick.measure_many(columns)
    unlocks = _unlocks(engagement, own)
    for initiative_id in graphlib.TopologicalSorter(unlocks).static_order():
        for other in unlocks[initiative_id]:
            own[initiative_id] = np.fmax(own[initiative_id], own[other])
    return own


def _leaves(engagement: Engagement) -> list[Initiative]:
    return [
        initiative
        for initiative, _depth in engagement.outline()
        if not engagement.children_of(initiative.id) and initiative.status not in _SETTLED
    ]


def _unlocks(engagement: Engagement, known: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Return each known initiative -> those that wait for it, by links of their own or of what holds them."""
    found: dict[str, dict[str, None]] = {one: {} for one in known}
    for link in engagement.links.values():
        for first in _held(engagement, link.predecessor_id):
            if first in found:
                found[first].update((one, None) for one in _held(engagement, link.successor_id) if one in found)
    return {one: tuple(after) for one, after in found.items()}


def _held(engagement: Engagement, initiative_id: str) -> Iterator[str]:
    """Give the initiatives that an initiative holds, itself where it holds none."""
    children = engagement.children_of(initiative_id)
    if not children:
        yield initiative_id
    for child in children:
        yield from _held(engagement, child.id)
