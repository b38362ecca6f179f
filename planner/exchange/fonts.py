"""The letters of pictures we write: DejaVu Sans, which comes with matplotlib, and whatever else this machine has.

It measures text for the layout, and finds fonts for the signs DejaVu Sans lacks (Chinese, Japanese, Korean, many
emoji). A sign no font of the machine has becomes a box, never a gap or a warning.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

FAMILY: Final = "DejaVu Sans"
_BOX: Final = "\u25a1"
_INVISIBLE: Final = frozenset({"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", *map(chr, range(0xFE00, 0xFE10))})
"""Signs that shape their neighbours and show nothing themselves."""

# Families with outlines (not coloured bitmaps, which no vector format takes) that come with the usual systems.
_OTHERS: Final = (
    "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Source Han Sans SC", "Microsoft YaHei",
    "PingFang SC", "PingFang HK", "Hiragino Sans GB", "Hiragino Sans", "Yu Gothic", "Malgun Gothic",
    "Apple SD Gothic Neo", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "Arial Unicode MS",
    "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Bengali", "Noto Sans Tamil", "Nirmala UI", "Leelawadee UI",
    "Segoe UI Symbol", "Segoe UI Emoji", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Emoji", "Symbola",
)  # fmt: skip
_ADVANCE_UNITS: Final = 65536 * 100


def measure(text: str, size: float, bold: bool) -> float:  # noqa: FBT001  the shape of `charts.text.Measure`
    """Return how wide `text` is at font `size`: the sum of its glyphs' advances, which kerning only narrows."""
    return _width(text, bold) * size


@lru_cache(maxsize=65536)
def _width(text: str, bold: bool) -> float:  # noqa: FBT001  as above
    return math.fsum(_advance(character, bold) for character in text)


@lru_cache(maxsize=16384)
def _advance(character: str, bold: bool) -> float:  # noqa: FBT001  as above
    if character in _INVISIBLE:
        return 0.0
    font = _own_font(bold)
    code = ord(character)
    if font.get_char_index(code):
        return font.load_char(code).linearHoriAdvance / _ADVANCE_UNITS
    family = family_for(character)
    if family is None:
        # Where a viewer brings its own font for a sign we lack, it is as wide as high; so is, nearly, the box.
        return 1.0
    return _other_font(family).load_char(code).linearHoriAdvance / _ADVANCE_UNITS


@lru_cache(maxsize=4096)
def family_for(character: str) -> str | None:
    """Return a family of this machine, other than our own, that has a sign; None where none does."""
    return next((family for family in _installed() if _other_font(family).get_char_index(ord(character))), None)


def properties_for(texts: Iterable[str], *, size: float, bold: bool, stand_ins: bool = False) -> FontProperties:
    """Return the font for `texts`: our own first, then those of the machine that have what it lacks.

    With `stand_ins`, a viewer on another machine is told what to take where it lacks them.
    """
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415  only to draw

    families = {FAMILY: None}
    for character in lacking(texts):
        family = family_for(character)
        if family is not None:
            families[family] = None
    if stand_ins:
        families["sans-serif"] = None
    return FontProperties(family=list(families), size=size, weight="bold" if bold else "normal")


def lacking(texts: Iterable[str]) -> list[str]:
    """Return the signs of `texts` that our own font has no glyph for, in order."""
    font = _own_font(False)
    used = set().union(*texts) - _INVISIBLE
    return sorted(character for character in used if not font.get_char_index(ord(character)))


def drawable(text: str) -> str:
    """Return `text` with a box for every sign that no font here has, so that nothing goes missing unseen."""
    if text.isascii():
        return text
    font = _own_font(False)
    return "".join(
        _BOX if not font.get_char_index(ord(character)) and family_for(character) is None else character
        for character in text
        if character not in _INVISIBLE
    )


@lru_cache(maxsize=2)
def _own_font(bold: bool) -> FT2Font:  # noqa: FBT001  as above
    import matplotlib  # noqa: PLC0415  only to draw

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return _load(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name)


@lru_cache(maxsize=len(_OTHERS))
def _other_font(family: str) -> FT2Font:
    return _load(_installed()[family])


@lru_cache(maxsize=1)
def _installed() -> Mapping[str, Path]:
    from matplotlib.font_manager import fontManager  # noqa: PLC0415  only to draw

    paths = {entry.name: Path(entry.fname) for entry in reversed(fontManager.ttflist)}
    return {family: paths[family] for family in _OTHERS if family in paths}


def _load(path: Path) -> FT2Font:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415  only to draw

    font = FT2Font(str(path))
    font.set_size(100, 72)
    return font
