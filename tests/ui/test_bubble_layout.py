"""Names beside bubbles: as many as there is room for, whole where that takes no other's room, never over anything."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from ui.pages.priorities.bubble_layout import place_names

PLOT = QRectF(0, 0, 600, 400)
HEIGHT = 14.0


def names_of(middles: list[tuple[int, int]], cut: float, whole: float) -> dict[str, QRectF]:
    places = {f"b{at}": QPointF(*middle) for at, middle in enumerate(middles)}
    return place_names(
        list(places), places, dict.fromkeys(places, 8.0), PLOT, widths=lambda _one: (cut, whole), height=HEIGHT
    )


def test_a_name_with_room_is_whole() -> None:
    (box,) = names_of([(100, 100)], 60, 200).values()
    assert box.width() == 200


def test_no_name_is_left_out_for_another_to_be_whole() -> None:
    boxes = names_of([(20, 200), (220, 200), (420, 200)], 150, 500)
    assert len(boxes) == 3


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 400)), max_size=12, unique=True))
def test_names_lie_within_the_plot_and_never_over_each_other(middles: list[tuple[int, int]]) -> None:
    boxes = names_of(middles, 90, 260)
    assert all(PLOT.contains(box) for box in boxes.values())
    assert all(box.width() in {90, 260} for box in boxes.values())
    for one, other in combinations(boxes.values(), 2):
        assert not one.adjusted(1, 1, -1, -1).intersects(other.adjusted(1, 1, -1, -1))
