"""An older file becomes one of the present format wholly or not at all, and only when it is saved."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from planner.document import Document
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from planner.storage import backups, file_format, migrations
from tests.document.test_document import rename
from tests.storage import format_2
from tests.storage.generate import fill, step


@pytest.fixture
def second_format(tmp_path: Path) -> Iterator[Path]:
    """Give a folder for the second format, and take that format away again."""
    folder = tmp_path / "format"
    folder.mkdir()
    yield folder
    file_format.SCHEMAS.pop(2, None)
    file_format.CURRENT_FORMAT = 1
    migrations.STEPS.pop(2, None)


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, Engagement]:
    """Return a file of format 1 with history, and what it holds."""
    path = tmp_path / "old.roadbook"
    document = Document.create(path, fill(Random(1), rounds=format_2.TEAMS))
    team = next(iter(document.engagement.teams.values()))
    document.edit(
        step(document.engagement, put=[replace(team, name="Renamed", group_ids=tuple(document.engagement.groups))])
    )
    document.close()
    return path, document.engagement


def check_migrated(document: Document, before: Engagement) -> None:
    after = document.engagement
    assert set(after.groups) == {*before.groups, *(f"of-{team_id}" for team_id in before.teams)}
    assert replace(after, groups=before.groups) == before
    assert len(document.history()) == 1


def test_an_old_file_opens_migrated_and_stays_old_until_saved(
    old: tuple[Path, Engagement], second_format: Path
) -> None:
    path, before = old
    content = path.read_bytes()
    format_2.install(second_format)
    document = Document.open(path)
    check_migrated(document, before)
    assert path.read_bytes() == content
    assert backups.list_backups(path)[0].path.read_bytes() == content
    document.undo()
    document.redo()
    document.close()
    assert path.read_bytes() != content
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert connection.execute("SELECT cost_centre FROM teams WHERE name = 'Renamed'").fetchone() == ("of Renamed",)
    connection.close()
    document = Document.open(path)
    check_migrated(document, before)
    document.close()


def test_an_old_file_opens_migrated_for_reading_too(old: tuple[Path, Engagement], second_format: Path) -> None:
    path, before = old
    path.chmod(0o444)
    content = path.read_bytes()
    format_2.install(second_format)
    document = Document.open(path)
    assert document.read_only is not None
    check_migrated(document, before)
    document.close()
    assert path.read_bytes() == content


def test_edits_left_by_a_kill_before_the_update_are_migrated_too(
    old: tuple[Path, Engagement], second_format: Path
) -> None:
    path, before = old
    document = Document.open(path)
    rename(document, "edited by the old version")
    document.close(publish=False)
    format_2.install(second_format)
    document = Document.open(path)
    assert [notice.code for notice in document.notices] == ["edits-recovered"]
    assert document.engagement.setting.name == "edited by the old version"
    assert len(document.engagement.groups) == len(before.groups) + len(before.teams)
    document.close()


_OPEN_WITH_A_KILL = """
import sys
from pathlib import Path
from tests.storage import format_2
format_2.install(Path(sys.argv[2]), format_2.kill_at(sys.argv[3]))
from planner.document import Document
Document.open(Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on this system")
@pytest.mark.parametrize("moment", ["begun", "rebuilt", "filled"])
def test_a_kill_half_way_leaves_the_old_file_and_the_next_opening_migrates_it(
    old: tuple[Path, Engagement], second_format: Path, moment: str
) -> None:
    path, before = old
    content = path.read_bytes()
    killed = subprocess.run(
        [sys.executable, "-c", _OPEN_WITH_A_KILL, str(path), str(second_format), moment],
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == content
    document = Document.open(path)
    assert document.engagement == before
    document.close()
    format_2.install(second_format)
    document = Document.open(path)
    check_migrated(document, before)
    document.close()


def test_a_step_that_fails_leaves_the_old_file(old: tuple[Path, Engagement], second_format: Path) -> None:
    path, before = old
    content = path.read_bytes()

    def fail(_moment: str) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    format_2.install(second_format, fail)
    with pytest.raises(UserError, match="migration-failed"):
        Document.open(path)
    assert path.read_bytes() == content
    format_2.install(second_format)
    document = Document.open(path)
    check_migrated(document, before)
    document.close()


def test_a_step_that_loses_rows_or_references_is_a_bug(old: tuple[Path, Engagement], second_format: Path) -> None:
    path, _before = old
    for harm in ("DELETE FROM links", "DELETE FROM scales"):
        format_2.install(second_format)
        migrations.STEPS[2] = migrations.Step(lambda operations, harm=harm: operations.execute(harm))
        with pytest.raises(BugError):
            Document.open(path)


def test_an_older_format_is_not_mistaken_for_damage(old: tuple[Path, Engagement], second_format: Path) -> None:
    path, _before = old
    format_2.install(second_format)
    document = Document.open(path)
    rename(document, "of format 2")
    document.close()
    file_format.CURRENT_FORMAT = 1
    with pytest.raises(UserError, match="file-newer"):
        Document.open(path)


def test_alembic_is_imported_only_for_an_old_file(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from planner.document import Document;"
        "from tests.storage.generate import start, step; from dataclasses import replace;"
        f"document = Document.create(Path({str(tmp_path / 'x.roadbook')!r}), start());"
        "document.edit(step(document.engagement, put=[replace(document.engagement.setting, name='A')])); document.undo();"
        f"document.close(); Document.open(Path({str(tmp_path / 'x.roadbook')!r})).close();"
        "assert not {'alembic', 'sqlalchemy', 'babel'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).resolve().parents[2])
