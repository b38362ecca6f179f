"""Fitting a person's words into a width: cleaned to one line, wrapped between words, shortened between glyphs.

What a text takes up is told by a `Measure` the painter brings, for only the painter knows its font.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final, TypeAlias

Measure: TypeAlias = Callable[[str, float, bool], float]
"""(text, font size, bold) -> width, in the unit of the size."""

ELLIPSIS: Final = "…"
CAP_HEIGHT: Final = 0.72
"""Height of a capital above the baseline, in font sizes; near enough for every sans serif face."""

_JOINER: Final = "\u200d"
_DIRECTIONS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def on_one_line(text: str) -> str:
    """Return `text` with every run of white space as one space, without control or direction-changing characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or (unicodedata.category(character) not in {"Cc", "Cs"} and character not in _DIRECTIONS)
    )
    return " ".join("".join(kept).split())


def glyphs_of(text: str) -> list[str]:
    """Return `text` cut where a reader sees one sign end: marks, joiners and variations stay with what they modify."""
    if text.isascii():
        return list(text)
    glyphs: list[str] = []
    for character in text:
        if glyphs and _belongs_to(character, glyphs[-1]):
            glyphs[-1] += character
        else:
            glyphs.append(character)
    return glyphs


def shorten(text: str, *, width: float, size: float, bold: bool, measure: Measure) -> str:
    """Return `text`, or its longest beginning that fits `width` with an ellipsis; "" where not even that fits."""
    if measure(text, size, bold) <= width:
        return text
    glyphs = glyphs_of(text)
    low, high = 0, len(glyphs)
    while low < high:
        middle = (low + high + 1) // 2
        if measure("".join(glyphs[:middle]).rstrip() + ELLIPSIS, size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    if low:
        return "".join(glyphs[:low]).rstrip() + ELLIPSIS
    return ELLIPSIS if measure(ELLIPSIS, size, bold) <= width else ""


def wrap(text: str, *, width: float, size: float, bold: bool, measure: Measure, lines: int) -> tuple[str, ...]:
    """Return `text` in at most `lines` lines of `width`, broken between words and, where a word is wider, inside it.

    What is left over after the last line is told by an ellipsis.
    """
    if measure(text, size, bold) <= width:
        return (text,)
    wrapped: list[str] = []
    rest = text
    while rest and len(wrapped) < lines - 1:
        line, rest = _first_line(rest, width=width, size=size, bold=bold, measure=measure)
        wrapped.append(line)
    if rest:
        wrapped.append(shorten(rest, width=width, size=size, bold=bold, measure=measure))
    return tuple(wrapped)


def _first_line(text: str, *, width: float, size: float, bold: bool, measure: Measure) -> tuple[str, str]:
    if measure(text, size, bold) <= width:
        return text, ""
    words = text.split(" ")
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(" ".join(words[:middle]), size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    if low:
        return " ".join(words[:low]), " ".join(words[low:])
    glyphs = glyphs_of(words[0])
    low, high = 1, len(glyphs)
    while low < high:
        middle = (low + high + 1) // 2
        if measure("".join(glyphs[:middle]), size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return "".join(glyphs[:low]), " ".join(["".join(glyphs[low:]), *words[1:]]).strip()


def _belongs_to(character: str, glyph: str) -> bool:
    code = ord(character)
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Mc"}:
        return True
    if character == _JOINER or glyph.endswith(_JOINER):
        return True
    if 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return True
    return _is_flag_half(character) and len(glyph) == 1 and _is_flag_half(glyph)


def _is_flag_half(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF
