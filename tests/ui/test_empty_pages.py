"""Pages with nothing to show: each says what comes next and offers it with a button that does it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.scenes.plays import Play, all_plays, perform
from ui.surroundings import Surroundings
from ui.widgets.card import Card
from ui.widgets.guidance import Guidance

_WITHOUT_GUIDANCE = {
    "settings-engagement-empty",
    "settings-colours-empty",
    "assessment-first",
    "dialog-team-list-empty",
}
"""What is filled in or shown at once, be the engagement empty or not."""


@pytest.mark.parametrize("play", [play for play in all_plays() if play.content == "empty"], ids=str)
def test_every_empty_page_offers_what_comes_next_by_a_button_that_can_be_pressed(
    play: Play, surroundings: Surroundings, tmp_path: Path
) -> None:
    with closing(perform(play, surroundings, tmp_path, (1280, 720))) as scenes:
        for name, root in scenes:
            shown = [one for one in root.findChildren(Guidance) if one.isVisible()]
            assert shown or name in _WITHOUT_GUIDANCE, f"{name} says nothing of what comes next"
            for guidance in shown:
                cards = [card for card in guidance.findChildren(Card) if card.isVisible()]
                assert len(cards) == len(guidance.offered) > 0, name
                assert all(card.isEnabled() for card in cards), name
                refused = [action.text() for action in guidance.offered if not action.isEnabled()]
                assert not refused, f"{name} offers what cannot be done: {refused}"
