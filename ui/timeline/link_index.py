"""Which links cross the rows on the screen, found without looking at all of them.

Each link spans an interval of rows. It is kept in the one smallest bin of 2^k rows, aligned to its size, that holds the
whole interval (the binning of genome browsers: Kent et al., 2002); a query looks at the few bins of each size that
overlap the rows asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from planner.domain.initiative import Link


class RowLink(NamedTuple):
    """A link between two visible rows; a tuple, for many thousands are made at every fold."""

    link: Link
    from_row: int
    to_row: int


class LinkIndex:
    """The links between visible rows by the rows they span."""

    def __init__(self, links: Iterable[Link] = (), position: Mapping[str, int] | None = None) -> None:
        """Index `links`; one with an end in a row that is not seen is left out."""
        self._bins: dict[tuple[int, int], list[RowLink]] = {}
        row_of = (position or {}).get
        bins = self._bins
        for link in links:
            from_row, to_row = row_of(link.predecessor_id), row_of(link.successor_id)
            if from_row is None or to_row is None:
                continue
            level = (from_row ^ to_row).bit_length()
            bins.setdefault((level, from_row >> level), []).append(RowLink(link, from_row, to_row))
        self._levels = {level for level, _number in bins}

    def __len__(self) -> int:
        """Return how many links are indexed."""
        return sum(len(held) for held in self._bins.values())

    def crossing(self, first: int, last: int) -> Iterator[RowLink]:
        """Yield the links whose interval meets the rows from `first` to `last`, both included."""
        for level in self._levels:
            for number in range(first >> level, (last >> level) + 1):
                for found in self._bins.get((level, number), ()):
                    one, other = found.from_row, found.to_row
                    if (one <= last or other <= last) and (one >= first or other >= first):
                        yield found
