"""The coach's own formula over whole columns of scores at once, where thousands of draws ask for it.

Comparisons, choices and `and`, `or`, `not` of columns become functions that look at every row; what is no number in a
row stays none, whatever is asked of it, as it does where rows are worked out one by one.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import Any, Final

import numpy as np
from simpleeval import SimpleEval  # type: ignore[import-untyped]


def worked_out(tree: ast.expr, names: Mapping[str, Any]) -> Any:
    """Return the column a checked expression comes to over columns by name; NaN or infinite where it is no number."""
    plain = _Plain()
    body = plain.visit(copy.deepcopy(tree))
    evaluator = SimpleEval(operators=dict(_OPERATORS), functions=dict(plain.functions), names=dict(names))
    return evaluator.eval("", previously_parsed=body)


def _divided(one: Any, other: Any) -> Any:
    return np.where(np.equal(other, 0), np.nan, np.divide(one, other))


def _power(one: Any, other: Any) -> Any:
    found = np.power(one, other)
    return np.where(np.isfinite(found), found, np.nan)


def _chosen(condition: Any, one: Any, other: Any) -> Any:
    return np.where(np.isnan(condition), np.nan, np.where(np.not_equal(condition, 0), one, other))


def _compared(comparisons: tuple[Callable[..., Any], ...], *values: Any) -> Any:
    found: Any = 1.0
    for compare, one, other in zip(comparisons, values, values[1:], strict=False):
        unknown = np.isnan(one) | np.isnan(other)
        found = _chosen(found, np.where(unknown, np.nan, compare(one, other)), 0.0)
    return found


_OPERATORS: Final[Mapping[type[ast.AST], Callable[..., Any]]] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: _divided, ast.Mod: np.mod, ast.Pow: _power,
    ast.USub: np.negative, ast.UAdd: np.positive,
}  # fmt: skip
_COMPARISONS: Final[Mapping[type[ast.cmpop], Callable[..., Any]]] = {
    ast.Lt: np.less, ast.LtE: np.less_equal, ast.Gt: np.greater, ast.GtE: np.greater_equal, ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}  # fmt: skip
_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "min": lambda *each: reduce(np.minimum, each),
    "max": lambda *each: reduce(np.maximum, each),
    "abs": np.abs, "round": np.round, "sqrt": np.sqrt,
    "if": _chosen,
    "and": lambda *each: reduce(lambda one, other: _chosen(one, other, one), each),
    "or": lambda *each: reduce(lambda one, other: _chosen(one, one, other), each),
    "not": lambda one: _chosen(one, 0.0, 1.0),
}  # fmt: skip
"""Name -> what works it out; those that are words of the language cannot be typed as functions."""


class _Plain(ast.NodeTransformer):
    """Turns what a column cannot be asked, whether it is true, into calls; no part is repeated by that."""

    def __init__(self) -> None:
        self.functions = dict(_FUNCTIONS)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """Choose row by row."""
        return self._call("if", node.test, node.body, node.orelse)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """Join row by row."""
        return self._call("and" if isinstance(node.op, ast.And) else "or", *node.values)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """Turn round row by row."""
        return self._call("not", node.operand) if isinstance(node.op, ast.Not) else self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Compare row by row, one beside the other."""
        name = " ".join(["compare", *(type(op).__name__ for op in node.ops)])
        self.functions[name] = partial(_compared, tuple(_COMPARISONS[type(op)] for op in node.ops))
        return self._call(name, node.left, *node.comparators)

    def _call(self, name: str, *values: ast.expr) -> ast.Call:
        return ast.Call(func=ast.Name(id=name, ctx=ast.Load()), args=[self.visit(one) for one in values], keywords=[])
