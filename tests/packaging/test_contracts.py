"""The import contracts leave no gap: every module of the planner has its floor, the domain stands alone."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["name"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}


def test_every_module_of_the_planner_has_its_floor() -> None:
    layers = CONTRACTS["Rooms import downwards only"]["layers"]
    placed = {name.strip() for layer in layers for name in re.split("[|:]", layer)}
    found = {
        f"planner.{path.stem}"
        for path in (ROOT / "planner").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()
    }
    assert found == placed - {"ui"}


def test_the_domain_imports_nothing_but_the_standard_library_and_itself() -> None:
    for path in (ROOT / "planner" / "domain").rglob("*.py"):
        imported = set(re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert imported <= {*sys.stdlib_module_names, "planner", "__future__"}, path.name
