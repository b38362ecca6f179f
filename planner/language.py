"""The words, dates and numbers of one language, for screens, exports and the command line alike.

A `Language` is a value handed to whatever words something; there is no current one. English is the source of every
message; the other languages are gettext catalogues in `resources/locale`, compiled on first use into the state folder.
"""

from __future__ import annotations

import datetime
import gettext
import hashlib
import io
import locale
import os
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import resources
from planner.domain.errors import BugError
from planner.places import state_folder

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES: Final = {"en": "English", "fr": "Français"}
"""Code -> name in the language itself."""

_TERRITORY: Final = {"en": "en_GB", "fr": "fr_FR"}


def N_(message: str) -> str:  # noqa: N802  the name gettext tools know
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802  as above
    """Mark a message with its plural for the catalogues; it is translated where it is shown."""
    return singular, plural


@dataclass(frozen=True, slots=True)
class Language:
    """One language: `code` is a key of `LANGUAGES`."""

    code: str = "en"
    _translations: gettext.NullTranslations = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Load the catalogue; BugError for a language without one."""
        if self.code not in LANGUAGES:
            raise BugError(f"no catalogue for language {self.code!r}")
        object.__setattr__(self, "_translations", _translations(self.code))

    def __reduce__(self) -> tuple[type[Language], tuple[str]]:
        """Pickle by code, for worker processes."""
        return Language, (self.code,)

    def gettext(self, message: str) -> str:
        """Return the translation of `message`."""
        return self._translations.gettext(message) if message else ""

    def ngettext(self, singular: str, plural: str, count: float) -> str:
        """Return the translation in the form `count` asks for; the pattern still holds its placeholders."""
        whole = int(count) if float(count).is_integer() else 2
        return self._translations.ngettext(singular, plural, whole)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a `message` that means different things in different contexts."""
        return self._translations.pgettext(context, message)

    @property
    def locale(self) -> Locale:
        """The Babel locale behind dates and numbers."""
        return _locale(self.code)

    def date(self, day: datetime.date, *, width: str = "medium") -> str:
        """Return `day` in the locale's words; `width` is short, medium, long, full or a CLDR pattern."""
        from babel.dates import format_date  # noqa: PLC0415  not at start-up

        return format_date(day, format=width, locale=self.locale)

    def skeleton(self, day: datetime.date, skeleton: str) -> str:
        """Return the parts of `day` a CLDR skeleton asks for (MMMd: "3 Mar"), ordered as the locale does."""
        from babel.dates import format_skeleton  # noqa: PLC0415  not at start-up

        return format_skeleton(skeleton, datetime.datetime(day.year, day.month, day.day), locale=self.locale)  # noqa: DTZ001

    def number(self, value: float, *, decimals: int = 1) -> str:
        """Return `value` with at most `decimals` decimals, grouped as the locale does."""
        from babel.numbers import format_decimal  # noqa: PLC0415  not at start-up

        return format_decimal(value, format="#,##0" + ("." + "#" * decimals if decimals else ""), locale=self.locale)

    def percent(self, share: float, *, decimals: int = 0) -> str:
        """Return a share of 1 as a percentage."""
        from babel.numbers import format_percent  # noqa: PLC0415  not at start-up

        pattern = self.locale.percent_formats[None].pattern
        if decimals:
            pattern = pattern.replace("##0", f"##0.{'0' * decimals}")
        return format_percent(share, format=pattern, locale=self.locale)

    def currency(self, amount: float, currency: str) -> str:
        """Return `amount` of an ISO 4217 currency, without cents."""
        from babel.numbers import format_currency  # noqa: PLC0415  not at start-up

        return format_currency(
            amount, currency, format="¤#,##0" if self.code == "en" else "#,##0 ¤", currency_digits=False,
            locale=self.locale,
        )  # fmt: skip

    @property
    def first_weekday(self) -> int:
        """The first day of a week, 0 for Monday."""
        return int(self.locale.first_week_day)


def make_ready(language: Language) -> None:
    """Read what words, dates and numbers of a language need: the first of each takes tens of milliseconds.

    On any thread; afterwards every thread finds it there.
    """
    day = datetime.date(2000, 1, 1)
    for width in ("medium", "long"):
        language.date(day, width=width)
    language.skeleton(day, "MMMd")
    language.number(0.5)
    language.percent(0.5)


def system_language() -> Language:
    """Return the language this machine asks for, or English where we do not speak it."""
    asked = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    asked = asked or locale.getlocale()[0] or ""
    code = asked[:2].lower()
    return Language(code if code in LANGUAGES else "en")


@lru_cache
def _locale(code: str) -> Locale:
    from babel import Locale  # noqa: PLC0415  not at start-up

    return Locale.parse(_TERRITORY[code])


@lru_cache
def _translations(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    source = (resources.ROOT / "locale" / f"{code}.po").read_bytes()
    compiled = state_folder() / "catalogues" / f"{code}-{hashlib.sha256(source).hexdigest()[:16]}.mo"
    try:
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    except (OSError, ValueError, UnicodeDecodeError):
        pass  # not compiled yet, or damaged: compile it anew
    binary = _compile(source)
    try:
        compiled.parent.mkdir(parents=True, exist_ok=True)
        unfinished = compiled.with_suffix(f".{os.getpid()}.tmp")
        unfinished.write_bytes(binary)
        unfinished.replace(compiled)
    except OSError:
        pass  # a cache that cannot be written costs a little time at each start, nothing else
    return gettext.GNUTranslations(io.BytesIO(binary))


def _compile(source: bytes) -> bytes:
    from babel.messages.mofile import write_mo  # noqa: PLC0415  only when the cache is cold
    from babel.messages.pofile import read_po  # noqa: PLC0415  only when the cache is cold

    binary = io.BytesIO()
    write_mo(binary, read_po(io.BytesIO(source)))
    return binary.getvalue()
