"""What holds for every file and every connection, and every error told in words."""

from __future__ import annotations

import re
from pathlib import Path

import planner
from planner.language import LANGUAGES, Language
from planner.messages import ERRORS
from planner.storage import file_format

SOURCES = Path(planner.__file__).parent


def test_a_connection_trusts_nothing_and_loses_nothing(tmp_path: Path) -> None:
    connection = file_format.connect(tmp_path / "x")
    file_format.make_tables(connection, file_format.CURRENT_FORMAT)
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("trusted_schema", "cell_size_check", "mmap_size", "synchronous", "foreign_keys", "journal_mode")
    }
    connection.close()
    assert found == {
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "synchronous": 2,
        "foreign_keys": 1,
        "journal_mode": "delete",
    }


def test_every_error_of_the_file_is_worded_in_every_language() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (SOURCES / "storage").rglob("*.py")]
    texts.append((SOURCES / "document.py").read_text(encoding="utf-8"))
    codes = set(re.findall(r'UserError\(\s*"([a-z-]+)"', "".join(texts)))
    codes |= {f"{code}-with-backup" for code in ("file-damaged", "file-empty", "file-missing")} | {"backup-failed"}
    assert len(codes) > 20
    for code in codes:
        pattern = ERRORS[code]
        assert isinstance(pattern, str)
        for other in set(LANGUAGES) - {"en"}:
            assert Language(other).gettext(pattern) != pattern, code
