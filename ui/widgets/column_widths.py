"""How wide columns are: as their usual texts take, in whatever language, save where a person said otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView


class ColumnWidths(QObject):
    """Tells the widths a person gave the columns of a header, by name, from those the program gave."""

    def __init__(self, header: QHeaderView, names: Sequence[str]) -> None:
        super().__init__(header)
        self._header = header
        self._names = tuple(names)
        self._chosen: dict[str, int] = {}
        self._sets = False
        header.sectionResized.connect(self._take)

    @property
    def chosen(self) -> Mapping[str, int]:
        """Name of a column -> the width a person gave it, in pixels."""
        return self._chosen

    def restore(self, chosen: Mapping[str, int]) -> None:
        """Take the widths a person gave before; `fit` gives them."""
        self._chosen = {name: width for name, width in chosen.items() if name in self._names}

    def fit(self, column: int, usual: int) -> None:
        """Give a column its usual width, unless a person gave it another."""
        self._sets = True
        self._header.resizeSection(column, self._chosen.get(self._names[column], usual))
        self._sets = False

    def _take(self, column: int, _before: int, width: int) -> None:
        takes_the_rest = self._header.stretchLastSection() and column == len(self._names) - 1
        if not self._sets and not takes_the_rest and width and self._header.isVisible():
            self._chosen[self._names[column]] = width
