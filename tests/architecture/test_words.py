"""Every word a person sees goes through the catalogues: literals handed straight to what shows text are found here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREEN = sorted((ROOT / "ui").rglob("*.py"))

SHOWS_TEXT = frozenset(
    {
        "setText", "setToolTip", "setStatusTip", "setWhatsThis", "setWindowTitle", "setTitle", "setPlaceholderText",
        "setAccessibleName", "setAccessibleDescription", "setPlainText", "setLabelText", "setHeaderLabels",
        "setHorizontalHeaderLabels", "setTabText", "setItemText", "setSuffix", "setPrefix", "setSpecialValueText",
        "addAction", "addMenu", "addTab", "addItem", "addItems", "addRow", "addButton", "addSection", "showMessage",
        "show_message", "tell", "_tell", "set_words", "drawText", "QLabel", "PlainLabel", "ElidedLabel", "QPushButton",
        "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QListWidgetItem", "QTableWidgetItem",
    }
)  # fmt: skip
"""Functions and classes whose text arguments are read by a person."""

NAMES = frozenset({"Roadbook"})
"""Proper names, the same in every language."""


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield each literal with letters that is handed straight to what shows text."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in SHOWS_TEXT:
            continue
        for argument in node.args:
            parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
            for part in parts:
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and _is_worded(part.value):
                    yield part


def _is_worded(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) > 1 and text not in NAMES


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_text_reaches_the_screen_past_the_catalogues(path: Path) -> None:
    found = [f"{path.name}:{part.lineno} {part.value!r}" for part in literals(ast.parse(path.read_text("utf-8")))]
    assert found == []


def test_a_literal_past_the_catalogues_is_found() -> None:
    caught = ast.parse('label.setText("Save")\nlabel.setText(f"{name} saved")\nQPushButton("Go", parent)')
    assert [part.value for part in literals(caught)] == ["Save", " saved", "Go"]
    passed = ast.parse('label.setText(language.gettext(N_("Save")))\nlabel.setText(" · ".join(parts))')
    assert list(literals(passed)) == []
