"""The coach's own formula: an expression over criteria by name, read and worked out without running it as code.

Criteria stand in it by their names as typed, however many words they have and in either case: `(Visibility + 2 * Business
value) / Job size` (see `planner.domain.mentions`). There are numbers (with a point),
+ - * / % **, comparisons, `a if b else c`, `and or not`, brackets, and min, max, abs, round and sqrt. simpleeval works it
out; all that is not of these is refused before, at its character.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from planner.domain.errors import UserError
from planner.domain.mentions import MOST_CHARACTERS, mentions
from planner.domain.priority import Criterion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def _power(base: float, exponent: float) -> float:
    found: float | complex = base**exponent
    if isinstance(found, complex):
        raise ValueError("no number of this line")  # noqa: TRY004  its value is wrong, not what was given
    return found


_OPERATORS: Final[Mapping[type[ast.AST], Callable[..., Any]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Mod: operator.mod, ast.Pow: _power, ast.USub: operator.neg, ast.UAdd: operator.pos,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq,
    ast.NotEq: operator.ne, ast.Not: operator.not_,
}  # fmt: skip
FUNCTIONS: Final[Mapping[str, tuple[Callable[..., Any], int, int | None]]] = {
    "min": (min, 2, None), "max": (max, 2, None), "abs": (abs, 1, 1), "round": (round, 1, 1), "sqrt": (math.sqrt, 1, 1),
}  # fmt: skip
"""Name -> the function, and how many values it takes at least and at most."""

_SHAPES: Final = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Constant, ast.IfExp, ast.Compare, ast.BoolOp,
    ast.Load, ast.And, ast.Or,
)  # fmt: skip


class Expression:
    """One expression over one set of criteria; `criteria` are the ids of those it names, in order of first mention."""

    def __init__(self, text: str, criteria: Iterable[Criterion]) -> None:
        """Read an expression.

        Raises UserError "expression-empty", "expression-long" (most), and with `at` (the character, from 1) and `near`
        (what stands there) "expression-unfinished" (no near), "expression-unreadable", "expression-name" (name) and "expression-part"; "expression-deep" where all too much is
        held within each other.
        """
        if not text.strip():
            raise UserError("expression-empty")
        if len(text) > MOST_CHARACTERS:
            raise UserError("expression-long", most=MOST_CHARACTERS)
        self.text = text
        held = list(criteria)
        self._mentions = tuple(mentions(text, held))
        self._begins = {one.start for one in self._mentions}
        self._names = {f"c{at}_": criterion.id for at, criterion in enumerate(held)}
        self._code, self._places = self._coded()
        self._tree = self._parsed()
        self._called = {node.func for node in ast.walk(self._tree) if isinstance(node, ast.Call)}
        for node in ast.walk(self._tree):
            self._check(node)
        if _depth(self._tree.body) > _MOST_DEEP:
            raise UserError("expression-deep")
        self.criteria = tuple(dict.fromkeys(one.criterion.id for one in self._mentions))

    def value(self, scores: Mapping[str, float]) -> float | None:
        """Return what scores (criterion id -> score, all of `criteria` among them) come to; None where it is no number.

        So it is for what divides by 0, grows past all bounds, or takes the root of what is below 0.
        """
        try:
            found = self._worked_out({name: float(scores[one]) for name, one in self._names.items() if one in scores})
        except (ArithmeticError, ValueError):
            return None
        return float(found) if isinstance(found, (int, float)) and math.isfinite(found) else None

    def values(self, scores: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return what many scores at once come to (criterion id -> one-dimensional arrays alike); NaN for no number."""
        import numpy as np  # noqa: PLC0415  loaded when used

        from planner.analysis import columns  # noqa: PLC0415  it needs numpy

        count = len(next(iter(scores.values()))) if scores else 1
        names = {name: scores[one] for name, one in self._names.items() if one in scores}
        with np.errstate(all="ignore"):
            column = np.asarray(columns.worked_out(self._tree.body, names), dtype=np.float64)
        return np.where(np.isfinite(column), column, np.nan) * np.ones(count)

    def _worked_out(self, names: Mapping[str, float]) -> Any:
        from simpleeval import SimpleEval  # type: ignore[import-untyped]  # noqa: PLC0415  loaded when used

        known = {name: function for name, (function, *_counts) in FUNCTIONS.items()}
        evaluator = SimpleEval(operators=dict(_OPERATORS), functions=known, names=dict(names))
        return evaluator.eval(self._code, previously_parsed=self._tree.body)

    def _coded(self) -> tuple[str, list[int]]:
        """Return the text with names of its own for criteria, and where each of its characters stands in the text."""
        own_names = {one: own for own, one in self._names.items()}
        code, places, after = "", [], 0
        for found in self._mentions:
            own = own_names[found.criterion.id]
            code += self.text[after : found.start] + own
            places += [*range(after, found.start), *[found.start] * len(own)]
            after = found.end
        code = re.sub(r"\s", " ", code + self.text[after:])
        places += range(after, len(self.text) + 1)
        lead = len(code) - len(code.lstrip())
        return code.strip(), places[lead:]

    def _parsed(self) -> ast.Expression:
        try:
            return ast.parse(self._code, mode="eval")
        except SyntaxError as error:
            if not error.offset:  # it ends too soon
                raise UserError("expression-unfinished", at=len(self.text.rstrip()) + 1) from None
            at = self._places[min(error.offset - 1, len(self._places) - 1)]
            raise self._refused("expression-unreadable", at) from None
        except (ValueError, RecursionError, MemoryError):
            raise self._refused("expression-unreadable", 0) from None

    def _check(self, node: ast.AST) -> None:
        """Refuse what is not of the parts an expression may have; numbers become fractions, which never grow for long."""
        if isinstance(node, ast.Constant):
            number = node.value
            if isinstance(number, bool) or not isinstance(number, (int, float)):
                raise self._refused("expression-part", self._at(node))
            try:
                node.value = float(number)
            except OverflowError:
                raise self._refused("expression-part", self._at(node)) from None
        elif isinstance(node, ast.Call):
            self._check_call(node)
        elif isinstance(node, ast.Name):
            if self._at(node) not in self._begins and node not in self._called:  # even one that looks like ours
                raise self._refused("expression-name", self._at(node), name=node.id)
        elif not isinstance(node, _SHAPES) and type(node) not in _OPERATORS:
            raise self._refused("expression-part", self._at(node))

    def _check_call(self, node: ast.Call) -> None:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise self._refused("expression-part", self._at(node))
        if node.func.id not in FUNCTIONS:
            raise self._refused("expression-name", self._at(node), name=node.func.id)
        _function, least, most = FUNCTIONS[node.func.id]
        if len(node.args) < least or (most is not None and len(node.args) > most):
            raise self._refused("expression-part", self._at(node))

    def _at(self, node: ast.AST) -> int:
        """Return where a part begins in the text; parts without a place of their own stand at its begin."""
        column = getattr(node, "col_offset", 0)
        characters = len(self._code.encode()[:column].decode(errors="ignore"))
        return self._places[min(characters, len(self._places) - 1)]

    def _refused(self, code: str, at: int, **more: str) -> UserError:
        near = self.text[at : at + _NEAR].split("\n")[0]
        return UserError(code, at=at + 1, near=near, **more)


def _depth(tree: ast.AST) -> int:
    """Return how many parts are held within each other at most."""
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [held for node in level for held in ast.iter_child_nodes(node)]
    return deepest


_NEAR: Final = 20
_MOST_DEEP: Final = 100
