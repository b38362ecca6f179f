"""How wide columns are: as their usual texts take, in whatever language, save where a person said otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHeaderView


class ColumnWidths:
    """Tells the widths a person gave the columns of a view, by name, from those the program gave.

    The view hands on `sectionResized` of its header to `take`, and its header to `fit`: a header that is held outlives
    its view in Python alone.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._chosen: dict[str, int] = {}
        self._sets = False

    @property
    def chosen(self) -> Mapping[str, int]:
        """Name of a column -> the width a person gave it, in pixels."""
        return self._chosen

    def restore(self, chosen: Mapping[str, int]) -> None:
        """Take the widths a person gave before; `fit` gives them."""
        self._chosen = {name: width for name, width in chosen.items() if name in self._names}

    def fit(self, header: QHeaderView, column: int, usual: int) -> None:
        """Give a column its usual width, unless a person gave it another."""
        self._sets = True
        header.resizeSection(column, self._chosen.get(self._names[column], usual))
        self._sets = False

    def take(self, header: QHeaderView, column: int, width: int) -> None:
        """Take the width a column has now; one that the program gave is not a person's."""
        takes_the_rest = header.stretchLastSection() and column == len(self._names) - 1
        if not self._sets and not takes_the_rest and width and header.isVisible():
            self._chosen[self._names[column]] = width
