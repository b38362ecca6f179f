"""A name for what is new: the one wanted, or the first number behind it that nobody bears."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.identity import folded
from planner.editing.field_rules import LONGEST_NAME
from planner.editing.naming import free_name

NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=LONGEST_NAME)


def test_a_name_nobody_bears_is_left_as_it_is() -> None:
    assert free_name("Payments", ["Claims", "Payments 2"]) == "Payments"


def test_case_and_spacing_do_not_make_another_name() -> None:
    assert free_name("New team", ["  NEW   team ", "new team 2"]) == "New team 3"


@given(NAMES, st.lists(NAMES, max_size=3))
def test_a_free_name_is_free_and_fits_whatever_is_taken(wanted: str, others: list[str]) -> None:
    taken = list(others)
    for _time in range(3):
        name = free_name(wanted, taken)
        assert folded(name) not in {folded(one) for one in taken}
        assert len(name) <= LONGEST_NAME
        taken.append(name)
