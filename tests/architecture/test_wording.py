"""Every code an error or a step is told by has its sentence, and every sentence is still told by someone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.exchange.remarks import REMARKS
from planner.messages import ERRORS
from planner.step_labels import STEPS

ROOT = Path(__file__).resolve().parents[2]
TABLES = {"UserError": ERRORS, "Label": STEPS, "remark": REMARKS}
WORDED = {"planner/messages.py", "planner/step_labels.py", "planner/exchange/remarks.py"}
NEVER_SHOWN = {"check"}
"""The label of the step by which a whole engagement is checked; nothing carries it out."""
SOURCES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for folder in ("planner", "ui")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.relative_to(ROOT).as_posix() not in WORDED
}


def codes_told(tree: ast.AST, maker: str) -> Iterator[str]:
    """Yield the codes given to `maker` in so many words, in either branch of a choice too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == maker and node.args:
            choices = [node.args[0]]
            while choices:
                choice = choices.pop()
                if isinstance(choice, ast.IfExp):
                    choices += [choice.body, choice.orelse]
                elif isinstance(choice, ast.Constant) and isinstance(choice.value, str):
                    yield choice.value


@pytest.mark.parametrize("maker", list(TABLES))
def test_every_code_has_its_sentence(maker: str) -> None:
    told = {code: path.name for path, tree in SOURCES.items() for code in codes_told(tree, maker)}
    for code in NEVER_SHOWN:
        told.pop(code, None)
    assert told, f"nothing in the sources makes a {maker}: the scan is broken"
    assert {code: place for code, place in told.items() if code not in TABLES[maker]} == {}


@pytest.mark.parametrize("maker", list(TABLES))
def test_every_sentence_is_told_by_someone(maker: str) -> None:
    constants = {
        node.value for tree in SOURCES.values() for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }  # fmt: skip
    endings = tuple(constant for constant in constants if constant.startswith("-with-"))
    unused = {
        code for code in TABLES[maker]
        if code not in constants and not any(code.endswith(e) and code.removesuffix(e) in constants for e in endings)
    }  # fmt: skip
    assert unused == set()
