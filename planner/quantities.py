"""How times, shares and frequencies are written for people and read from what they type, in English and in French.

The domain counts times in hours, shares from 0 to 1 and frequencies in deployments a week. People say "3 d", "30 min",
"15 %", "2 a day". A day is what a `Clock` says: eight hours of work in a value stream, twenty-four between two
deployments.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric
from planner.language import N_, Language

_WEEKS_PER_MONTH: Final = 365.25 / 12 / 7
_MOST_DECIMALS: Final = 10


@dataclass(frozen=True, slots=True)
class Clock:
    """What a day and a week hold, in hours and in days."""

    hours_per_day: float
    days_per_week: float


ELAPSED: Final = Clock(24.0, 7.0)
"""Time as it passes, day and night: delivery metrics."""


def working_clock(engagement: Engagement) -> Clock:
    """Return the days of the engagement's own calendar: eight hours, five a week, where it has none."""
    calendar = engagement.calendars.get(engagement.setting.calendar_id or "")
    if calendar is None:
        return Clock(8.0, 5.0)
    return Clock(calendar.hours_per_day, float(len(calendar.weekdays or (0, 1, 2, 3, 4))))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit numbers are shown in: the domain's value times `factor`, put into `pattern`."""

    pattern: str
    factor: float = 1.0


PERCENT: Final = Unit("", 100.0)
"""Written the way each language writes a percentage."""

_MINUTES: Final = Unit(N_("{number} min"), 60.0)
_HOURS: Final = Unit(N_("{number} h"))
_DAYS: Final = N_("{number} d")
_A_DAY: Final = Unit(N_("{number} a day"), 1 / 7)
_A_WEEK: Final = Unit(N_("{number} a week"))
_A_MONTH: Final = Unit(N_("{number} a month"), _WEEKS_PER_MONTH)

_TIMES: Final = (DeliveryMetric.CHANGE_LEAD_TIME, DeliveryMetric.RECOVERY_TIME)


def unit_of_hours(hours: float, clock: Clock) -> Unit:
    """Return the unit in which so many hours read best."""
    if 0 < abs(hours) < 1:
        return _MINUTES
    return Unit(_DAYS, 1 / clock.hours_per_day) if abs(hours) >= clock.hours_per_day else _HOURS


def unit_of(metric: DeliveryMetric, value: float) -> Unit:
    """Return the unit in which a value of a delivery metric reads best."""
    if metric in _TIMES:
        return unit_of_hours(value, ELAPSED)
    if metric is not DeliveryMetric.DEPLOYMENT_FREQUENCY:
        return PERCENT
    if value >= 7:
        return _A_DAY
    return _A_WEEK if value >= 1 or value == 0 else _A_MONTH


def word(value: float, unit: Unit, language: Language) -> str:
    """Return a value of the domain in `unit`, with as many decimals as tell it apart."""
    shown = value * unit.factor
    size = abs(shown)
    decimals = 0 if size >= 100 else 1 if size >= 1 or size == 0 else 2
    if unit is PERCENT:
        return _percentage(language.number(shown, decimals=decimals), language)
    return language.gettext(unit.pattern).format(number=language.number(shown, decimals=decimals))


def word_hours(hours: float, language: Language, clock: Clock) -> str:
    """Return a time the way it reads best: "30 min", "4 h", "3 d"."""
    return word(hours, unit_of_hours(hours, clock), language)


def word_measured(metric: DeliveryMetric, value: float, language: Language) -> str:
    """Return a value of a delivery metric the way it reads best."""
    return word(value, unit_of(metric, value), language)


def write_hours(hours: float, language: Language, clock: Clock) -> str:
    """Return a time as it is offered to be edited: the readable form where it says it exactly, hours otherwise."""
    shown = word_hours(hours, language, clock)
    if abs(read_hours(shown, clock) - hours) < 1e-9 * max(1.0, hours):
        return shown
    return language.gettext(_HOURS.pattern).format(number=_exactly(hours, language))


def write_share(share: float, language: Language) -> str:
    """Return a share as it is offered to be edited, exactly."""
    return _percentage(_exactly(share * 100, language), language)


def write_measured(metric: DeliveryMetric, value: float, language: Language) -> str:
    """Return a value of a delivery metric as it is offered to be edited, exactly."""
    if metric in _TIMES:
        return write_hours(value, language, ELAPSED)
    if metric is not DeliveryMetric.DEPLOYMENT_FREQUENCY:
        return write_share(value, language)
    shown = word_measured(metric, value, language)
    if abs(read_frequency(shown) - value) < 1e-9 * max(1.0, value):
        return shown
    return language.gettext(_A_WEEK.pattern).format(number=_exactly(value, language))


def _percentage(number: str, language: Language) -> str:
    return language.percent(0.0).replace("0", number)


def _exactly(value: float, language: Language) -> str:
    """Return a number with all its decimals and nothing between its thousands, for a comma there could mean either."""
    digits = f"{value:.{_MOST_DECIMALS}f}".rstrip("0").rstrip(".")
    return digits.replace(".", language.number(0.5)[1])


# Reading

_HOUR_WORDS: Final = frozenset({"h", "hr", "hrs", "hour", "hours", "heure", "heures"})
_MINUTE_WORDS: Final = frozenset({"m", "mn", "min", "mins", "minute", "minutes"})
_SECOND_WORDS: Final = frozenset({"s", "sec", "secs", "second", "seconds", "seconde", "secondes"})
_DAY_WORDS: Final = frozenset({"d", "day", "days", "j", "jr", "jrs", "jour", "jours"})
_WEEK_WORDS: Final = frozenset({"w", "wk", "wks", "week", "weeks", "sem", "semaine", "semaines"})
_MONTH_WORDS: Final = frozenset({"month", "months", "mois"})
_NUMBER: Final = r"\d{1,15}(?:[.,]\d{1,15})?"
_TIME_PART: Final = re.compile(rf"({_NUMBER})\s*([a-z]*)\.?\s*")
_GROUPING: Final = re.compile(r"(?<=\d)[\s'](?=\d{3}(?!\d))")


def read_hours(text: str, clock: Clock, *, unit_hours: float = 1.0) -> float:
    """Return the hours that "3 d", "1 h 30", "45 min" or "2,5" say; a bare number counts in `unit_hours`.

    UserError "not-a-time" (value) for anything else.
    """
    plain = _plain(text)
    factors = hours_of_words(clock)
    total, at, last = 0.0, 0, ""
    while at < len(plain):
        found = _TIME_PART.match(plain, at)
        if found is None:
            raise UserError("not-a-time", value=text)
        number, unit = _number(found[1]), found[2]
        if not unit and last in _HOUR_WORDS and number < 60:
            factor = 1 / 60  # "1 h 30"
        elif not unit and not last and found.end() == len(plain):
            factor = unit_hours
        elif unit in factors:
            factor = factors[unit]
        else:
            raise UserError("not-a-time", value=text)
        total += number * factor
        at, last = found.end(), unit or "-"
    if not last:
        raise UserError("not-a-time", value=text)
    return total


def hours_of_words(clock: Clock) -> Mapping[str, float]:
    """Return how many hours each word for a unit of time stands for."""
    found: dict[str, float] = {}
    for words, hours in (
        (_SECOND_WORDS, 1 / 3600),
        (_MINUTE_WORDS, 1 / 60),
        (_HOUR_WORDS, 1.0),
        (_DAY_WORDS, clock.hours_per_day),
        (_WEEK_WORDS, clock.hours_per_day * clock.days_per_week),
    ):
        found.update(dict.fromkeys(words, hours))
    return MappingProxyType(found)


def read_share(text: str, *, in_percent: bool = False) -> float:
    """Return the share that "15 %", "0,15" or "15" says: a bare number above 1 is taken for a percentage.

    UserError "not-a-share" (value) for anything else, and for more than 100 %.
    """
    found = re.fullmatch(rf"({_NUMBER})\s*(%?)", _plain(text))
    if found is None:
        raise UserError("not-a-share", value=text)
    number = _number(found[1])
    share = number / 100 if found[2] or in_percent or number > 1 else number
    if share > 1:
        raise UserError("not-a-share", value=text)
    return share


def read_frequency(text: str, *, per_week: float = 1.0) -> float:
    """Return the deployments a week that "3", "3 / week", "2 a day" or "1 par mois" says.

    A bare number is multiplied by `per_week`. UserError "not-a-frequency" (value) for anything else.
    """
    found = re.fullmatch(rf"({_NUMBER})\s*(?:(?:/|per|par|an?|a la)\s*)?([a-z]*)\.?", _plain(text))
    if found is None:
        raise UserError("not-a-frequency", value=text)
    factor = frequency_of_word(found[2]) if found[2] else per_week
    if factor is None:
        raise UserError("not-a-frequency", value=text)
    return _number(found[1]) * factor


def frequency_of_word(word_found: str) -> float | None:
    """Return how many times a week "once a day", "once a week", "once a month" is, by the word for the time."""
    if word_found in _DAY_WORDS or word_found == "daily":
        return 7.0
    if word_found in _WEEK_WORDS or word_found == "weekly":
        return 1.0
    return 1 / _WEEKS_PER_MONTH if word_found in _MONTH_WORDS or word_found == "monthly" else None


def read_measured(metric: DeliveryMetric, text: str, *, factor: float | None = None) -> float:
    """Return the value of a delivery metric that a text says; UserError when it says none.

    `factor` is what a bare number is multiplied by, where a title says its unit.
    """
    if metric in _TIMES:
        return read_hours(text, ELAPSED, unit_hours=1.0 if factor is None else factor)
    if metric is DeliveryMetric.DEPLOYMENT_FREQUENCY:
        return read_frequency(text, per_week=1.0 if factor is None else factor)
    return read_share(text, in_percent=factor is not None)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _plain(text: str) -> str:
    """Return `text` in lower case, without accents, its spaces plain and none between thousands."""
    parts = unicodedata.normalize("NFKD", " ".join(text.split()).casefold().replace("\N{NARROW NO-BREAK SPACE}", " "))
    kept = "".join(letter for letter in parts if not unicodedata.combining(letter)).replace("’", "'")
    kept = _GROUPING.sub("", kept)
    return re.sub(r"(?<=\d),(?=\d{3}(?:,\d{3})*\.\d)", "", kept)
