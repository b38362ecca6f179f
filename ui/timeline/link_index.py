"""Which links cross the rows on the screen, found without looking at all of them.

Each link spans an interval of rows. It is kept in the one smallest bin of 2^k rows, aligned to its size, that holds the
whole interval (the binning of genome browsers: Kent et al., 2002); a query looks at the few bins of each size that
overlap the rows asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from planner.charts.layout import Span
from planner.charts.scene import Polyline
from planner.domain.initiative import Link


class RowLink(NamedTuple):
    """A link between two visible rows."""

    link: Link
    from_row: int
    to_row: int


class LinkIndex:
    """The links between visible rows by the rows they span; made anew at every fold, so by whole columns."""

    def __init__(self, links: Iterable[Link] = (), position: Mapping[str, int] | None = None) -> None:
        """Index `links`; one with an end in a row that is not seen is left out."""
        self._links = tuple(links)
        row_of = (position or {}).get
        self._from: list[int | None] = list(map(row_of, map(attrgetter("predecessor_id"), self._links)))
        self._to: list[int | None] = list(map(row_of, map(attrgetter("successor_id"), self._links)))
        self._bins: dict[int, dict[int, list[int]]] = {}
        """Size of the bins (k of 2^k rows) -> number of the bin -> places of its links."""
        bins = self._bins
        for at, (from_row, to_row) in enumerate(zip(self._from, self._to, strict=True)):
            if from_row is None or to_row is None:
                continue
            level = (from_row ^ to_row).bit_length()
            number = from_row >> level
            held = bins.get(level)
            if held is None:
                held = bins[level] = {}
            if number in held:
                held[number].append(at)
            else:
                held[number] = [at]

    def __len__(self) -> int:
        """Return how many links are indexed."""
        return sum(len(places) for held in self._bins.values() for places in held.values())

    def crossing(self, first: int, last: int) -> Iterator[RowLink]:
        """Yield the links whose interval meets the rows from `first` to `last`, both included."""
        for level, held in self._bins.items():
            for number in range(first >> level, (last >> level) + 1):
                for at in held.get(number, ()):
                    one, other = self._from[at], self._to[at]
                    if one is None or other is None:
                        continue
                    if (one <= last or other <= last) and (one >= first or other >= first):
                        yield RowLink(self._links[at], one, other)


_MOST_AVOIDED: Final = 60
"""Links that labels keep clear of, up to this many on the screen; beyond, there is no room left that is clear."""


def crossings_of(
    links: Sequence[Polyline], rows: range, *, row_height: int, scroll: int, today: float
) -> list[list[Span]]:
    """Return where lines, that of today included, cross each of `rows`: labels keep clear of them. All in pixels."""
    crossings = [[Span(today, today)] for _ in rows]
    if len(links) > _MOST_AVOIDED:
        return crossings
    for link in links:
        for (x1, y1), (x2, y2) in pairwise(link.points):
            span = Span(min(x1, x2), max(x1, x2))
            highest = max(rows.start, int((min(y1, y2) + scroll) // row_height))
            lowest = min(rows.stop - 1, int((max(y1, y2) + scroll) // row_height))
            for number in range(highest, lowest + 1):
                crossings[number - rows.start].append(span)
    return crossings
