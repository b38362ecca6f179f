from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from planner.charts.text import ELLIPSIS, glyphs_of, on_one_line, shorten, wrap

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=300).map(on_one_line)
sizes = st.floats(5, 20)
widths = st.floats(20, 400)


def by_count(text: str, size: float, bold: bool) -> float:
    """Take every character for as wide as the font is high."""
    return len(text) * size


@given(st.text(max_size=200))
def test_a_cleaned_text_is_one_line_without_control_characters(text: str) -> None:
    cleaned = on_one_line(text)
    assert on_one_line(cleaned) == cleaned
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in cleaned)


def test_direction_overrides_cannot_turn_what_follows_around() -> None:
    assert on_one_line("invoice\u202efdp.exe\u2069") == "invoicefdp.exe"


@given(text=names, width=widths, size=sizes, lines=st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing_without_saying_so(text: str, width: float, size: float, lines: int) -> None:
    wrapped = wrap(text, width=width, size=size, bold=False, measure=by_count, lines=lines)
    assert 1 <= len(wrapped) <= lines
    # One sign that is wider than the column is shown whole all the same.
    assert all(by_count(line, size, False) <= width or len(glyphs_of(line)) == 1 for line in wrapped)
    if not (wrapped[-1].endswith(ELLIPSIS) or wrapped[-1] == ""):
        assert "".join(wrapped).replace(" ", "") == text.replace(" ", "")


@given(text=names, width=widths, size=sizes)
def test_a_shortened_text_is_a_beginning_of_whole_signs(text: str, width: float, size: float) -> None:
    short = shorten(text, width=width, size=size, bold=False, measure=by_count)
    assert by_count(short, size, False) <= width
    if short != text and short:
        kept = glyphs_of(short.removesuffix(ELLIPSIS))
        assert glyphs_of(text)[: len(kept)] == kept


def test_a_sign_made_of_several_characters_is_never_cut() -> None:
    assert glyphs_of(f"a{FAMILY}e\u0301\U0001f1eb\U0001f1f7") == ["a", FAMILY, "e\u0301", "\U0001f1eb\U0001f1f7"]
    assert shorten(f"ab{FAMILY}", width=40, size=10, bold=False, measure=by_count) == "ab" + ELLIPSIS


def test_words_stay_whole_where_they_fit() -> None:
    wrapped = wrap("one two three four", width=90, size=10, bold=False, measure=by_count, lines=3)
    assert wrapped == ("one two", "three", "four")
