"""Numbers and days as people type them in their own language, and as a form writes them. Pure."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from planner.domain.errors import UserError
from planner.language import Language

_SPACES: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_MOST_DIGITS: Final = 12
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_THREE: Final = re.compile(r"(\d{1,4})[\s./-]+(\d{1,2})[\s./-]+(\d{1,4})")
_WORDED: Final = re.compile(r"(\d{1,2})\S*\s+([^\d\s]+)\s+(\d{2,4})")


def write_number(value: float, language: Language, *, share: bool = False) -> str:
    """Return a number as it is offered to be edited; a `share` of 1 in percent."""
    shown = Decimal(repr(value)) * 100 if share else Decimal(repr(value))
    return language.number(float(round(shown, _MOST_DIGITS)), decimals=_MOST_DIGITS)


def read_number(text: str, language: Language, *, whole: bool = False, share: bool = False) -> float:
    """Return the number a text says; UserError "typed-not-a-number" or "typed-not-whole" (text)."""
    plain = _SPACES.sub("", text).replace("\N{MINUS SIGN}", "-")
    if share:
        plain = plain.removesuffix("%")
    decimal = "," if language.code == "fr" else "."
    group = "." if decimal == "," else ","
    if re.fullmatch(rf"[+-]?\d{{1,3}}(\{group}\d{{3}})+(\{decimal}\d*)?", plain) and (
        decimal != "," or decimal in plain
    ):
        plain = plain.replace(group, "")
    plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise UserError("typed-not-a-number", text=text)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise UserError("typed-not-a-number", text=text) from None
    if share:
        number /= 100
    if not whole:
        return float(number)
    if number != number.to_integral_value() or abs(number) > 10**18:
        raise UserError("typed-not-whole", text=text)
    return int(number)


def write_day(day: date, language: Language) -> str:
    """Return a day as it is offered to be edited."""
    return language.date(day)


def read_day(text: str, language: Language) -> date:
    """Return the day a text says: 2026-03-31, 31/3/26, 31 Mar 2026; UserError "typed-not-a-date" (text, example)."""
    plain = " ".join(text.replace(",", " ").split())
    found = _ISO.fullmatch(plain)
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
        found = _THREE.fullmatch(plain)
        if found is not None and len(found[1]) <= 2:
            return date(_year(found[3]), int(found[2]), int(found[1]))
        found = _WORDED.fullmatch(plain)
        month = None if found is None else _month(found[2], language)
        if found is not None and month is not None:
            return date(_year(found[3]), month, int(found[1]))
    except ValueError:
        pass  # the 31st of February: told like everything else that is no date
    raise UserError("typed-not-a-date", text=text, example=write_day(date(2026, 3, 31), language))


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) <= 2 else int(text)


def _month(text: str, language: Language) -> int | None:
    """Return the one month whose name begins like that; the short names first, for "juil." and "juin"."""
    plain = text.rstrip(".").casefold()
    for width in ("abbreviated", "wide"):
        names = language.locale.months["format"][width]
        found = [number for number, name in names.items() if name.rstrip(".").casefold() == plain]
        found = found or [
            number for number, name in names.items() if len(plain) >= 3 and name.casefold().startswith(plain)
        ]
        if len(found) == 1:
            return int(found[0])
    return None
