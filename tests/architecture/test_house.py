"""The house stays the house: what a module may be, what may be in it, what start-up may cost."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = sorted(path for folder in ("planner", "ui") for path in (ROOT / folder).rglob("*.py"))
HEAVY = ("matplotlib", "openpyxl", "xlsxwriter", "pptx", "ortools", "pandas", "alembic", "numpy")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions_in(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_a_module_holds_one_thing_and_says_which(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module opens with one paragraph"
    assert text.count("\n") < 500, "past 500 lines a module holds two things"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            public = [f for f in node.body if isinstance(f, ast.FunctionDef) and not f.name.startswith("_")]
            assert len(public) <= 30, f"{node.name} has {len(public)} public methods"
    for function in functions_in(tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        assert length <= 80, f"{function.name} is {length} lines long"


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_a_module_has_no_vague_name(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_nothing_is_left_undone_or_forced(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for pattern in (r"\b(TODO|FIXME|XXX|NotImplementedError)\b", r"\bprocessEvents\b", r"(import|matplotlib\.)\s*pyplot",
                    r"setTextFormat\(.*(AutoText|RichText)", r"\bmatplotlib\.rcParams\[", r"def viewportEvent\b"):  # fmt: skip
        assert not re.search(pattern, text), pattern


def test_the_command_line_answers_help_without_the_heavy_libraries() -> None:
    program = (
        "import sys\n"
        "sys.argv = ['roadbook-cli', '--help']\n"
        "from planner.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    assert "LOADED []" in finished.stdout


def test_no_file_names_a_machine_path_or_a_package_host() -> None:
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=False, cwd=ROOT)
    if listed.returncode:
        pytest.skip("not a git checkout: the list of the project's own files is unknown")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".po", ".json", ".svg", ""} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert f"{ROOT.parent}/" not in text, name
            assert not re.search(r"files\.python" + r"hosted|pypi\." + "org", text), name
