"""The coach's own formula: what it comes to, and where it is told to be wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.expression import Expression
from planner.domain.errors import UserError
from planner.domain.mentions import MOST_CHARACTERS
from planner.domain.priority import Criterion

CRITERIA = [
    Criterion(id="v", name="Visibility"),
    Criterion(id="bv", name="Business value"),
    Criterion(id="b", name="Business"),
    Criterion(id="c", name="Coût d’été"),
    Criterion(id="s", name="Größe"),
    Criterion(id="m", name="Min"),
]
SCORES = {"v": 5.0, "bv": 3.0, "b": 2.0, "c": 4.0, "s": 6.0, "m": 1.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(Visibility + 2 * business value) / Business", 5.5),
        ("coût d’été ** 2", 16.0),
        ("GRößE / Coût\td'été", 1.5),
        ("min (min, 3)", 1.0),
        ("min(visibility, business value, 7) if business > 1 else 0", 3.0),
        ("sqrt(coût d’été) + abs(-1.5) - round(0.6)", 2.5),
        ("not (visibility > 1 and business < 1)", 1.0),
        (" \n visibility\n % 3", 2.0),
        ("1 / (business - 2)", None),
        ("9 ** 9 ** 9", None),
        ("sqrt(0 - visibility)", None),
        ("(0 - 8) ** 0.5", None),
        ("1e999", None),
        ("sqrt((0 - 8) ** 0.5) if ((0 - 8) ** 0.5) > 1 else 2", None),
        ("1 / (1 / (business - 2))", None),
        ("1 < business <= 2 == business != 3", 1.0),
        ("visibility > 9 and 1 / 0 or 4", 4.0),
        ("business or 1 / 0", 2.0),
        ("not 1 / 0", None),
        ("(visibility > 1) + (min - 1 and 7)", 1.0),
    ],
)
def test_it_is_worked_out_over_criteria_by_their_names(text: str, value: float | None) -> None:
    expression = Expression(text, CRITERIA)
    assert expression.value(SCORES) == value
    columns = {one: np.array([score, score]) for one, score in SCORES.items()}
    many = expression.values(columns)
    assert many.shape == (2,)
    assert (many == value).all() if value is not None else np.isnan(many).all()


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "expression-empty", None),
        ("v" * (MOST_CHARACTERS + 1), "expression-long", None),
        ("-" * 300 + "1", "expression-deep", None),
        ("  visibility + foo(2)", "expression-name", 16),
        ("Visibility + Visibilty", "expression-name", 14),
        ("coût d’été + max", "expression-name", 14),
        ("visibility + c0_", "expression-name", 14),
        ("business value value", "expression-unreadable", 16),
        ("visibility\n+* 2", "expression-unreadable", 13),
        ("visibility + ", "expression-unfinished", 13),
        ("().__class__", "expression-part", 1),
        ("1 + 'a' * 5", "expression-part", 5),
        ("visibility + visibility.real", "expression-part", 14),
        ("min(visibility)", "expression-part", 1),
        ("[1 for x in 1]", "expression-part", 1),
        ("(lambda: 1)()", "expression-part", 1),
        ("True", "expression-part", 1),
    ],
)
def test_what_is_wrong_is_told_at_its_character(text: str, code: str, at: int | None) -> None:
    with pytest.raises(UserError) as told:
        Expression(text, CRITERIA)
    assert told.value.code == code
    assert told.value.parameters.get("at") == at


def test_it_names_the_criteria_it_needs_once_each_and_the_longer_of_two_names() -> None:
    assert Expression("business value + visibility - business value", CRITERIA).criteria == ("bv", "v")


WORDS = ["visibility", "t", "0", "2.5", "(", ")", "+", "-", "*", "/", "%", "**", "<", ">=", "==", "if", "else", "and"]


@given(
    st.text(alphabet="visblty 0123456789.+-*/%()<>=!,'\"[]{}_\\:été\n", max_size=60)
    | st.lists(st.sampled_from([*WORDS, "or", "not", "min(", "sqrt(", ","]), max_size=12).map(" ".join)
)
def test_whatever_is_typed_is_a_number_or_a_plain_refusal(text: str) -> None:
    criteria: list[Any] = [Criterion(id="v", name="visibility"), Criterion(id="x", name="t")]
    try:
        expression = Expression(text, criteria)
    except UserError:
        return
    value = expression.value({"v": 3.0, "x": 2.0})
    (same,) = expression.values({"v": np.array([3.0]), "x": np.array([2.0])})
    assert np.isnan(same) if value is None else same == pytest.approx(value, nan_ok=True)
