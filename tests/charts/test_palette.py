from __future__ import annotations

import pytest

from planner.charts.palette import DARK, LIGHT, PRINT, Palette
from planner.charts.scene import Role
from tests.colours import VISIONS, contrast, distance

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


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("vision", VISIONS)
def test_what_is_critical_or_done_is_told_apart_by_every_kind_of_colour_vision(palette: Palette, vision: str) -> None:
    for one, other in (
        (Role.BAR_LINE, Role.CRITICAL_LINE),
        (Role.BAR_DONE, Role.CRITICAL_DONE),
        (Role.BAR, Role.BAR_DONE),
        (Role.CRITICAL, Role.CRITICAL_DONE),
        (Role.SUMMARY, Role.SUMMARY_DONE),
        (Role.LINK, Role.LINK_CRITICAL),
    ):
        assert distance(palette[one], palette[other], vision) >= 0.06, (one, other)
