import pytest
from PySide6.QtGui import QColor

from ui.theme import DARK, HIGH_CONTRAST, LIGHT, Tokens, text_on


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST])
def test_text_stands_out_from_what_it_is_on(tokens: Tokens) -> None:
    for text, ground in (
        (tokens.text, tokens.surface),
        (tokens.text, tokens.window),
        (tokens.text, tokens.raised),
        (tokens.text, tokens.hover),
        (tokens.text, tokens.pressed),
        (tokens.text_muted, tokens.surface),
        (tokens.text_muted, tokens.window),
        (tokens.selection_text, tokens.selection),
        (tokens.on_accent, tokens.accent),
        (tokens.on_accent, tokens.accent_hover),
        (tokens.text, tokens.information_soft),
        (tokens.text, tokens.success_soft),
        (tokens.text, tokens.warning_soft),
        (tokens.text, tokens.danger_soft),
        (tokens.danger, tokens.danger_soft),
    ):
        assert contrast(text, ground) >= 4.5, (text, ground)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST])
def test_what_carries_meaning_stands_out_from_what_it_is_on(tokens: Tokens) -> None:
    for sign in (tokens.focus, tokens.accent, tokens.danger, tokens.warning, tokens.success, tokens.border_strong):
        assert contrast(sign, tokens.surface) >= 3.0, sign
    for sign in (*tokens.series, tokens.lower, tokens.higher):
        assert contrast(sign, tokens.surface) >= 3.0, sign


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST])
def test_a_number_on_a_step_of_the_scale_can_be_read(tokens: Tokens) -> None:
    for colour in (*tokens.scale, *tokens.series):
        assert contrast(text_on(colour), colour) >= 4.5, colour
