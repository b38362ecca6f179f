"""The values of one element of Microsoft Project XML: numbers, days, spans of time, each of its kind or refused.

Stamps have no time zone, spans of time are minutes. What is no value of its kind is a UserError that names its place.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from pathlib import Path
from typing import Final

from planner.domain.errors import UserError
from planner.exchange.msproject.xml_source import Node

_NOT_SAID: Final = frozenset({"", "NA", "N/A", "na"})
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2200
_STAMP: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d*)?)?)?(?:Z|[+-]\d\d:?\d\d)?")
_TIME: Final = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.\d*)?)?(?:Z|[+-]\d\d:?\d\d)?")
_SPAN: Final = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+(?:\.\d*)?)H)?(?:(\d+(?:\.\d*)?)M)?(?:(\d+(?:\.\d*)?)S)?)?"
)
_MINUTES_IN_A_DAY: Final = 1_440
_LARGEST: Final = 1e15


class Reader:
    """Reads the values of one record; a value that is none of its kind is a UserError that names its place."""

    def __init__(self, path: Path, node: Node) -> None:
        """Keep the first child of each name."""
        self._path = path
        self.node = node
        self.line = node.line
        self._by_name: dict[str, Node] = {}
        for child in node.children:
            self._by_name.setdefault(child.name, child)

    def text(self, name: str) -> str:
        """Return a text; empty when it is not there."""
        child = self._by_name.get(name)
        return "" if child is None else child.text.strip()

    def uid(self, name: str = "UID") -> str:
        """Return a number that identifies, as text in one form."""
        number = self.whole(name)
        return "" if number is None else str(number)

    def whole(self, name: str) -> int | None:
        """Return a whole number."""
        number = self.number(name)
        if number is not None and not number.is_integer():
            raise self.unreadable(name)
        return None if number is None else int(number)

    def number(self, name: str) -> float | None:
        """Return a number."""
        text = self.text(name)
        if text in _NOT_SAID:
            return None
        try:
            number = float(text)
        except ValueError:
            raise self.unreadable(name) from None
        if not math.isfinite(number) or abs(number) > _LARGEST:
            raise self.unreadable(name)
        return number

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return a yes or no."""
        text = self.text(name).lower()
        return text in ("1", "true") if text else default

    def stamp(self, name: str) -> datetime | None:
        """Return a day and time, without its zone."""
        text = self.text(name)
        if text in _NOT_SAID or text.startswith("0001-01-01"):
            return None  # the second is what a library of .NET writes for no day
        found = _STAMP.fullmatch(text)
        try:
            if found is None:
                raise self.unreadable(name)
            stamp = datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
        except ValueError:
            raise self.unreadable(name) from None
        if not _FIRST_YEAR <= stamp.year <= _LAST_YEAR:
            raise self.unreadable(name)
        return stamp

    def minutes(self, name: str) -> float | None:
        """Return a span of time in minutes."""
        text = self.text(name)
        if text in _NOT_SAID:
            return None
        found = _SPAN.fullmatch(text)
        if found is None or not text.strip("-").strip("PT"):
            raise self.unreadable(name)
        years, months, days, hours, minutes, seconds = (float(part or 0) for part in found.groups()[1:])
        total = (years * 365 + months * 30 + days) * _MINUTES_IN_A_DAY + hours * 60 + minutes + seconds / 60
        if not total < _LARGEST:
            raise self.unreadable(name)
        return -total if found.group(1) else total

    def time(self, name: str) -> int | None:
        """Return a time of day as minutes after midnight."""
        text = self.text(name)
        if text in _NOT_SAID:
            return None
        found = _TIME.fullmatch(text)
        stamp = None if found else self.stamp(name)
        hours, minutes = (stamp.hour, stamp.minute) if stamp else (int(found[1]), int(found[2])) if found else (0, 0)
        if hours * 60 + minutes > _MINUTES_IN_A_DAY:
            raise self.unreadable(name)
        return hours * 60 + minutes

    def each(self, *names: str) -> list[Reader]:
        """Return readers of what is reached by `names`."""
        return [Reader(self._path, node) for node in self.node.all(*names)]

    def too_much(self) -> UserError:
        """Return the error that more is said here than a plan can hold."""
        return UserError("xml-too-much", path=str(self._path), line=str(self.line))

    def unreadable(self, name: str) -> UserError:
        """Return the error that a value is none of its kind."""
        child = self._by_name.get(name)
        return UserError(
            "mspdi-value",
            path=str(self._path),
            line=str(self.line if child is None else child.line),
            field=name,
            value=self.text(name)[:60],
        )
