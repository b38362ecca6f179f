from __future__ import annotations

import pytest

from planner.charts.palette import DARK, LIGHT, PRINT, Palette
from planner.charts.scene import Role

PALETTES = {"light": LIGHT, "dark": DARK, "print": PRINT}
TEXT_ON = {
    Role.TEXT: (Role.PAPER, Role.LANE, Role.FREEZE, Role.RESTING),
    Role.TEXT_MUTED: (Role.PAPER, Role.LANE, Role.FREEZE, Role.RESTING, Role.IDLE),
    Role.BAR_TEXT: (Role.BAR, Role.BAR_DONE),
    Role.CRITICAL_TEXT: (Role.CRITICAL, Role.CRITICAL_DONE),
    Role.TODAY_TEXT: (Role.TODAY,),
}
CARRIES_MEANING = (
    Role.BAR_LINE, Role.CRITICAL_LINE, Role.IDLE_LINE, Role.SUMMARY, Role.SUMMARY_DONE, Role.MILESTONE, Role.LINK,
    Role.LINK_CRITICAL, Role.TODAY, Role.DEADLINE, Role.DEADLINE_MISSED, Role.BASELINE,
)  # fmt: skip


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_role_has_a_colour(palette: Palette) -> None:
    assert set(palette) == set(Role)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_text_can_be_read_on_whatever_it_stands_on(palette: Palette) -> None:
    for text, grounds in TEXT_ON.items():
        for ground in grounds:
            assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_what_carries_meaning_stands_out_from_the_paper(palette: Palette) -> None:
    for role in CARRIES_MEANING:
        assert contrast(palette[role], palette[Role.PAPER]) >= 3.0, role
