"""Public holidays by name: the countries and regions that are known, and the days they rest in a year, in words.

What a calendar does with them is `planner.analysis.calendar`'s; this is for those who choose and look. The `holidays`
library takes a tenth of a second to import: call from a worker thread.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from planner.language import Language

_ISO_LETTERS: Final = 2


def countries(language: Language) -> tuple[tuple[str, str], ...]:
    """Return (ISO 3166-1 code, name) of every country whose holidays are known, in the order of their names."""
    from holidays.utils import list_supported_countries  # noqa: PLC0415  only where a country is chosen

    names = language.locale.territories
    codes = [code for code in list_supported_countries(include_aliases=True) if len(code) == _ISO_LETTERS]
    return tuple(sorted(((code, names.get(code, code)) for code in codes), key=lambda entry: _plain(entry[1])))


def regions(country: str) -> tuple[tuple[str, str], ...]:
    """Return (subdivision, name) of the regions of a country that have holidays of their own, by name."""
    calendar = _calendar(country)
    if calendar is None:
        return ()
    aliases: Mapping[str, str] = getattr(calendar, "subdivisions_aliases", {}) or {}
    found = []
    for code in calendar.subdivisions:
        named = [alias for alias, target in aliases.items() if target == code]
        found.append((code, max(named, key=len, default=code)))
    return tuple(sorted(found, key=lambda entry: _plain(entry[1])))


def named_holidays(country: str, subdivision: str, year: int, language: Language) -> dict[date, str]:
    """Return the public holidays of a year with their names, in `language` where it is spoken there, else as known."""
    import holidays  # noqa: PLC0415  as above

    if not country:
        return {}
    spoken: tuple[str, ...] = getattr(_calendar(country), "supported_languages", ())
    wanted = next((code for code in spoken if code.split("_")[0] == language.code), None)
    days = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language=wanted)
    # Typed as the rest of the screen is: typographers' apostrophes.
    return {
        day: str(name).replace("; ", " / ").replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
        for day, name in sorted(days.items())
    }


def _calendar(country: str) -> Any:
    import holidays  # noqa: PLC0415  as above

    return getattr(holidays, country, None) if country else None


def _plain(name: str) -> str:
    """Return a name as it is sorted: without accents or case."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").casefold()
