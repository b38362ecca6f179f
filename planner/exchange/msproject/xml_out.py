"""Elements one after another into a file, and how days, moments and spans of time are told in Microsoft Project XML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final, TextIO, TypeAlias
from xml.sax.saxutils import escape

from planner.analysis.calendar import TICKS_PER_DAY, is_end
from planner.exchange.msproject.calendars_out import Hours, split_moment

Value: TypeAlias = str | float | bool | None

DAYS_FORMAT: Final = 7
"""The format of durations and lags shown in days."""
_TENTHS: Final = 10


class Xml:
    """Elements one after another; a value of None is not written."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def line(self, text: str) -> None:
        """Write text as it is."""
        self._file.write(text + "\n")

    def put(self, **values: Value) -> None:
        """Write an element for each name and value."""
        self._file.write(
            "".join(f"<{name}>{_told(value)}</{name}>" for name, value in values.items() if value is not None)
        )

    @contextmanager
    def element(self, name: str) -> Iterator[None]:
        """Write an element around what is written meanwhile."""
        self._file.write(f"<{name}>")
        yield
        self._file.write(f"</{name}>\n")


def _told(value: Value) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return escape(str(value), {"\r": "&#13;"})


class Times:
    """Moments and working days as the stamps and spans of a project whose working days all have the same hours."""

    def __init__(self, hours: Hours) -> None:
        self.hours = hours

    def morning(self, day: date) -> str:
        """Return the stamp at which a day's work begins."""
        return self._stamp(day, 0, ends=False)

    def evening(self, day: date) -> str:
        """Return the stamp at which a day's work ends."""
        return self._stamp(day, TICKS_PER_DAY, ends=True)

    def stamp(self, moment: int) -> str:
        """Return the stamp of a start."""
        return self._stamp(*split_moment(moment), ends=split_moment(moment)[1] == TICKS_PER_DAY)

    def end_stamp(self, moment: int) -> str:
        """Return the stamp of a finish."""
        return self._stamp(*split_moment(moment), ends=is_end(moment))

    def _stamp(self, day: date, tick: int, *, ends: bool) -> str:
        seconds = self.hours.seconds_at(tick, ends=ends)
        if seconds >= 24 * 3_600:
            return f"{date.fromordinal(day.toordinal() + 1).isoformat()}T00:00:00"
        return f"{day.isoformat()}T{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

    def span(self, days: float) -> str:
        """Return working days as a span of time."""
        seconds = round(days * self.hours.minutes * 60)
        return f"PT{seconds // 3_600}H{seconds // 60 % 60}M{seconds % 60}S"

    def tenths(self, days: float) -> int:
        """Return working days as tenths of a minute."""
        return round(days * self.hours.minutes * _TENTHS)


def clock(minutes: int) -> str:
    """Return minutes after midnight as a time of day; midnight at a day's end is told as its beginning."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}:00"
