"""Every stored value against what a real spreadsheet program computes, where one is on the machine."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.exchange.demo import demo_engagement
from planner.exchange.workbook_out import write_workbook
from planner.language import LANGUAGES, Language
from tests.exchange.workbook_reading import open_workbook

# LibreOffice trusts the values in a file unless it is told to compute them all.
_RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def recalculate(path: Path, folder: Path) -> Path:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_RECALCULATE_ALWAYS, encoding="utf-8")
    out = folder / "out"
    installation = f"-env:UserInstallation={profile.parent.as_uri()}"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = [program, installation, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / path.name


def is_same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return math.isclose(ours, theirs, abs_tol=1e-9)
    return bool((ours or "") == (theirs or ""))


def differences(path: Path, folder: Path) -> tuple[int, list[tuple[str, str, Any, Any]]]:
    """Return how many formulas there are and those whose stored value is not the computed one."""
    computed = open_workbook(recalculate(path, folder), values=True)
    formulas, stored = open_workbook(path), open_workbook(path, values=True)
    count, found = 0, []
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    ours = stored[sheet.title][cell.coordinate].value
                    theirs = computed[sheet.title][cell.coordinate].value
                    if not is_same(ours, theirs):
                        found.append((sheet.title, cell.coordinate, ours, theirs))
    return count, found


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_stored_value_is_what_the_formula_computes(code: str, tmp_path: Path) -> None:
    path, language, today = tmp_path / "plan.xlsx", Language(code), date(2026, 11, 23)
    write_workbook(demo_engagement(language, today), path, language=language, today=today)
    count, found = differences(path, tmp_path)
    assert count > 400
    assert found == []


def test_a_wrong_stored_value_would_be_found(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right.xlsx", tmp_path / "wrong.xlsx"
    language, today = Language("en"), date(2026, 11, 23)
    write_workbook(demo_engagement(language, today), right, language=language, today=today)
    with zipfile.ZipFile(right) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = re.sub(rb"(</f><v>)\d+", rb"\g<1>99999", content, count=1)
            target.writestr(name, content)
    assert len(differences(wrong, tmp_path)[1]) == 1
