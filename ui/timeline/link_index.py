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

from PySide6.QtCore import QObject, Signal

from planner.charts.layout import Span
from planner.charts.scene import Polyline
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.initiative import Link
from ui.background import Background
from ui.models.outline import Outline


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


_AT_ONCE: Final = 2_000
"""Links put in order within a few milliseconds."""


class LinkKeeper(QObject):
    """Knows the links of the rows shown; those of a large plan are put in order on a pool thread, told by `indexed`.

    Until then the links that begin or end in the rows asked for are known; those that only pass by follow.
    """

    indexed = Signal()

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._engagement: Engagement | None = None
        self._outline = Outline()
        self._index: LinkIndex | None = None
        self._shown = 0
        self._asked_for = -1

    def show_rows(self, engagement: Engagement | None, outline: Outline) -> None:
        """Keep the links of an engagement between the rows of an outline from now on."""
        self._engagement, self._outline, self._index = engagement, outline, None
        self._shown += 1

    def crossing(self, first: int, last: int) -> Iterable[RowLink]:
        """Return the links that meet the rows from `first` to `last`, both included."""
        if self._index is not None:
            return self._index.crossing(first, last)
        if self._engagement is None:
            return ()
        if len(self._engagement.links) <= _AT_ONCE:
            self._index = LinkIndex(self._engagement.links.values(), self._outline.position)
            return self._index.crossing(first, last)
        self._ask(self._engagement)
        return self._ending(self._engagement, first, last)

    def _ask(self, engagement: Engagement) -> None:
        if self._asked_for == self._shown:
            return
        shown = self._asked_for = self._shown
        links, position = engagement.links.values(), self._outline.position
        self._background.run(
            lambda _progress: LinkIndex(links, position),
            success=lambda index: self._take(index, shown),
            failure=_surface,
            when_painted=True,
        )

    def _take(self, index: LinkIndex, shown: int) -> None:
        if shown == self._shown:
            self._index = index
            self.indexed.emit()

    def _ending(self, engagement: Engagement, first: int, last: int) -> Iterator[RowLink]:
        row_of = self._outline.position.get
        leaving = engagement.referring("links", "predecessor_id")
        arriving = engagement.referring("links", "successor_id")
        for at, row in enumerate(self._outline.rows[first : last + 1], start=first):
            for link in leaving.get(row.id, ()):
                to_row = row_of(link.successor_id)
                if to_row is not None:
                    yield RowLink(link, at, to_row)
            for link in arriving.get(row.id, ()):
                from_row = row_of(link.predecessor_id)
                if from_row is not None and not first <= from_row <= last:
                    yield RowLink(link, from_row, at)


def _surface(error: UserError) -> None:
    raise error


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
