"""Every word a person sees goes through the catalogues: literals handed straight to what shows text are found here."""

from __future__ import annotations

import ast
import re
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


MARKS = frozenset({"N_", "NN_", "gettext", "ngettext", "pgettext"})
UNSEEN = MARKS | {"BugError", "OSError", "TypeVar", "QKeySequence", "setStyle", "replace", "add_argument"}
"""Calls whose literals are translated, or never read by a person."""

WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
"""Two words beside each other: what no id, key, role or file name is."""

TITLE = re.compile(r"&?[A-ZÀ-Ý]&?[a-zà-ÿ]")
"""A word with a capital, as words on a screen begin."""

UNWORDED = frozenset({"ui/theme.py", "ui/style_sheet.py", "ui/present/synced_folders.py", "ui/diagram/values.py"})
"""Modules of style sheets and fonts, of the names of products, of shapes that have no word."""


def words_past_the_catalogues(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield each literal that reads like words, wherever it stands, unless it is marked for the catalogues."""
    quiet: set[int] = set()
    spoken: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet.add(id(node.value))  # the text of a module, a class, a function or a name
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if called in UNSEEN:
                quiet.update(id(inside) for argument in given for inside in ast.walk(argument))
            else:
                spoken.update(id(argument) for argument in given)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
            titled = id(node) in spoken and TITLE.match(node.value) and node.value not in NAMES
            if titled or WORDS.search(node.value):
                yield node


def _is_worded(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) > 1 and text not in NAMES


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_text_reaches_the_screen_past_the_catalogues(path: Path) -> None:
    found = [f"{path.name}:{part.lineno} {part.value!r}" for part in literals(ast.parse(path.read_text("utf-8")))]
    assert found == []


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_words_stand_in_the_sources_of_the_screen_unmarked(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() in UNWORDED:
        return
    tree = ast.parse(path.read_text("utf-8"))
    assert [f"{path.name}:{part.lineno} {part.value!r}" for part in words_past_the_catalogues(tree)] == []


@pytest.mark.parametrize(
    "source",
    [
        'TEXT = "Save the file"', 'tell("Saved")', 'show(title="Saved")', 'x = {1: "not yet done"}',
        'label = f"{count} more to come"', 'return_(("a", "go to it"))', 'setText("&Ouvrir")',
    ],
)  # fmt: skip
def test_words_that_are_not_marked_are_found(source: str) -> None:
    assert list(words_past_the_catalogues(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        'TEXT = N_("Save the file")', 'raise BugError("no such page")', '"""A module of words."""',
        'go("flow.add-stream")', 'setObjectName("rows")', 'label = f"{count} · {total}"',
    ],
)  # fmt: skip
def test_words_that_are_marked_are_let_through(source: str) -> None:
    assert not list(words_past_the_catalogues(ast.parse(source)))


def test_a_literal_past_the_catalogues_is_found() -> None:
    caught = ast.parse('label.setText("Save")\nlabel.setText(f"{name} saved")\nQPushButton("Go", parent)')
    assert [part.value for part in literals(caught)] == ["Save", " saved", "Go"]
    passed = ast.parse('label.setText(language.gettext(N_("Save")))\nlabel.setText(" · ".join(parts))')
    assert list(literals(passed)) == []
