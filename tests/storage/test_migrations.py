"""An older file becomes one of the present format wholly or not at all, and only when it is saved."""

from __future__ import annotations

import shutil
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
from tests.storage import next_format
from tests.storage.generate import fill, step

FILES = Path(__file__).resolve().parents[1] / "files"


@pytest.fixture
def later_format(tmp_path: Path) -> Iterator[Path]:
    """Give a folder for the next format, and take that format away again."""
    folder = tmp_path / "format"
    folder.mkdir()
    yield folder
    next_format.uninstall()


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, Engagement]:
    """Return a file of the present format with history, and what it holds."""
    path = tmp_path / "old.roadbook"
    document = Document.create(path, fill(Random(1), rounds=next_format.TEAMS))
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


def test_an_old_file_opens_migrated_and_stays_old_until_saved(old: tuple[Path, Engagement], later_format: Path) -> None:
    path, before = old
    content = path.read_bytes()
    next_format.install(later_format)
    document = Document.open(path)
    check_migrated(document, before)
    assert path.read_bytes() == content
    assert backups.list_backups(path)[0].path.read_bytes() == content
    document.undo()
    document.redo()
    document.close()
    assert path.read_bytes() != content
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (next_format.NEXT,)
    assert connection.execute("SELECT cost_centre FROM teams WHERE name = 'Renamed'").fetchone() == ("of Renamed",)
    connection.close()
    document = Document.open(path)
    check_migrated(document, before)
    document.close()


def test_an_old_file_opens_migrated_for_reading_too(old: tuple[Path, Engagement], later_format: Path) -> None:
    path, before = old
    path.chmod(0o444)
    content = path.read_bytes()
    next_format.install(later_format)
    document = Document.open(path)
    assert document.read_only is not None
    check_migrated(document, before)
    document.close()
    assert path.read_bytes() == content


def test_edits_left_by_a_kill_before_the_update_are_migrated_too(
    old: tuple[Path, Engagement], later_format: Path
) -> None:
    path, before = old
    document = Document.open(path)
    rename(document, "edited by the old version")
    document.close(publish=False)
    next_format.install(later_format)
    document = Document.open(path)
    assert [notice.code for notice in document.notices] == ["edits-recovered"]
    assert document.engagement.setting.name == "edited by the old version"
    assert len(document.engagement.groups) == len(before.groups) + len(before.teams)
    document.close()


_OPEN_WITH_A_KILL = """
import sys
from pathlib import Path
from tests.storage import next_format
next_format.install(Path(sys.argv[2]), next_format.kill_at(sys.argv[3]))
from planner.document import Document
Document.open(Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on this system")
@pytest.mark.parametrize("moment", ["begun", "rebuilt", "filled"])
def test_a_kill_half_way_leaves_the_old_file_and_the_next_opening_migrates_it(
    old: tuple[Path, Engagement], later_format: Path, moment: str
) -> None:
    path, before = old
    content = path.read_bytes()
    killed = subprocess.run(
        [sys.executable, "-c", _OPEN_WITH_A_KILL, str(path), str(later_format), moment],
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == content
    document = Document.open(path)
    assert document.engagement == before
    document.close()
    next_format.install(later_format)
    document = Document.open(path)
    check_migrated(document, before)
    document.close()


def test_a_step_that_fails_leaves_the_old_file(old: tuple[Path, Engagement], later_format: Path) -> None:
    path, before = old
    content = path.read_bytes()

    def fail(_moment: str) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    next_format.install(later_format, fail)
    with pytest.raises(UserError, match="migration-failed"):
        Document.open(path)
    assert path.read_bytes() == content
    next_format.install(later_format)
    document = Document.open(path)
    check_migrated(document, before)
    document.close()


def test_a_step_that_loses_rows_or_references_is_a_bug(old: tuple[Path, Engagement], later_format: Path) -> None:
    path, _before = old
    for harm in ("DELETE FROM links", "DELETE FROM scales"):
        next_format.install(later_format)
        migrations.STEPS[next_format.NEXT] = migrations.Step(lambda operations, harm=harm: operations.execute(harm))
        with pytest.raises(BugError):
            Document.open(path)


def test_a_newer_format_is_not_mistaken_for_damage(old: tuple[Path, Engagement], later_format: Path) -> None:
    path, _before = old
    next_format.install(later_format)
    document = Document.open(path)
    rename(document, "of the next format")
    document.close()
    file_format.CURRENT_FORMAT = next_format.PRESENT
    with pytest.raises(UserError, match="file-newer"):
        Document.open(path)


def test_a_file_of_format_1_becomes_one_of_today_with_all_it_held_and_teams_without_a_place(tmp_path: Path) -> None:
    path = tmp_path / "old.roadbook"
    shutil.copyfile(FILES / "format-1.roadbook", path)
    content = path.read_bytes()
    document = Document.open(path)
    assert path.read_bytes() == content, "an old file stays as it is until it is saved"
    assert [backup.path.read_bytes() for backup in backups.list_backups(path)] == [content]
    opened = document.engagement
    teams = opened.teams.values()
    assert teams
    assert {(team.map_x, team.map_y) for team in teams} == {(None, None)}
    team = next(iter(teams))
    moved = replace(team, map_x=12.5, map_y=-3.0)
    document.redo()
    document.undo()
    document.edit(step(document.engagement, put=[moved]))
    document.close()
    document = Document.open(path)
    assert document.engagement.teams[team.id] == moved
    document.undo()
    assert document.engagement == opened
    while document.undo():
        pass
    document.close()
    assert version_of(path) == file_format.CURRENT_FORMAT


def test_a_file_of_format_2_counts_effort_as_before_and_takes_other_factors_undone_past_the_change_of_format(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.roadbook"
    shutil.copyfile(FILES / "format-2.roadbook", path)
    document = Document.open(path)
    opened = document.engagement
    assert opened.setting.readiness_factors == (1.5, 1.25, 1.0, 0.9, 0.8)
    own = (2.0, 1.5, 1.0, 1.0, 0.5)
    document.edit(step(opened, put=[replace(opened.setting, readiness_factors=own)]))
    document.close()
    assert version_of(path) == 3
    document = Document.open(path)
    assert document.engagement.setting.readiness_factors == own
    document.undo()
    assert document.engagement == opened
    while document.undo():
        pass
    assert document.engagement.setting.readiness_factors == (1.5, 1.25, 1.0, 0.9, 0.8)
    document.close()


def test_a_file_of_format_2_is_newer_to_a_program_that_knows_format_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.roadbook"
    shutil.copyfile(FILES / "format-2.roadbook", path)
    content = path.read_bytes()
    monkeypatch.setattr(file_format, "CURRENT_FORMAT", 1)
    with pytest.raises(UserError, match="file-newer") as caught:
        Document.open(path)
    assert caught.value.parameters == {"path": str(path), "format": "2", "known": "1"}
    assert path.read_bytes() == content


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(version)


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
