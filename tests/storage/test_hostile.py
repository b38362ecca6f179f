"""Whatever a file holds, opening it ends in a document or in one plain message, soon, and changes not a byte of it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from planner.document import Document
from planner.domain.errors import UserError
from planner.language import Language
from planner.messages import explain
from planner.storage import file_format, seal
from tests.storage.generate import fill, random_step

SECONDS = 3.0


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a published file with something in every table."""
    folder = tmp_path_factory.mktemp("sound")
    before = os.environ.get("ROADBOOK_STATE_DIR")
    os.environ["ROADBOOK_STATE_DIR"] = str(folder / "state")
    try:
        document = Document.create(folder / "x.roadbook", fill(Random(1), rounds=2))
        random = Random(2)
        while len(document.history()) < 5:
            document.edit(random_step(random, document.engagement))
        document.close()
    finally:
        if before is not None:
            os.environ["ROADBOOK_STATE_DIR"] = before
    return (folder / "x.roadbook").read_bytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.roadbook"


def refused(path: Path, *codes: str) -> UserError:
    """Open a file that must be refused; check that it is soon, in words, and that it stays as it was."""
    before = path.read_bytes()
    modified = path.stat().st_mtime_ns
    started = time.monotonic()
    with pytest.raises(UserError) as raised:
        Document.open(path)
    assert time.monotonic() - started < SECONDS
    assert explain(raised.value, Language("en"))
    assert explain(raised.value, Language("fr"))
    assert not codes or raised.value.code in codes
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == modified
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    return raised.value


@contextlib.contextmanager
def tampered(path: Path, content: bytes) -> Iterator[sqlite3.Connection]:
    """Let a test alter a file through SQLite and seal it anew, as a forger would."""
    path.write_bytes(content)
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()
    seal.put_seal(path, file_format.PAGE_BYTES)


def test_the_sound_file_opens(path: Path, sound: bytes) -> None:
    path.write_bytes(sound)
    Document.open(path).close()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"x", "file-foreign"),
        (b"PK\x03\x04" + bytes(5_000), "file-foreign"),
        (bytes(20_000), "file-damaged"),
        (b"SQLite format 3\x00", "file-damaged"),
        (b"SQLite format 3\x00" + bytes(84), "file-foreign"),
        (b"SQLite format 3\x00" + bytes(range(256)) * 64, "file-foreign"),
        ("café".encode("utf-16") * 1000, "file-foreign"),
    ],
)
def test_other_content_is_told_from_ours(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    refused(path, code)


def test_a_database_of_another_program_is_foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE notes (text); INSERT INTO notes VALUES ('mine')")
    connection.close()
    refused(path, "file-foreign")


def test_a_folder_and_a_missing_file_are_named_as_such(path: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file-is-folder"):
        Document.open(tmp_path)
    for missing in (path, path / "below", tmp_path / ("n" * 5_000), Path("nul\x00byte")):
        with pytest.raises(UserError, match="file-missing"):
            Document.open(missing)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(UserError, match=r"file-missing|file-unreadable"):
        Document.open(loop)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device files on this system")
def test_devices_and_pipes_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for endless in (Path("/dev/zero"), tmp_path / "pipe"):
        started = time.monotonic()
        with pytest.raises(UserError, match="file-foreign"):
            Document.open(endless)
        assert time.monotonic() - started < SECONDS


def test_a_huge_file_is_refused_at_once(path: Path, sound: bytes) -> None:
    path.write_bytes(sound)
    os.truncate(path, 1 << 40)
    with pytest.raises(UserError, match="file-too-large"):
        Document.open(path)


def test_a_newer_format_says_so(path: Path, sound: bytes) -> None:
    with tampered(path, sound) as connection:
        connection.execute("PRAGMA user_version = 7")
    assert refused(path, "file-newer").parameters["format"] == "7"


@pytest.mark.parametrize("page_bytes", [4096, 8192])
def test_a_newer_format_says_so_whatever_else_it_does_otherwise(path: Path, sound: bytes, page_bytes: int) -> None:
    path.write_bytes(sound)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        connection.execute("VACUUM")
    before = path.read_bytes()
    assert refused(path, "file-newer").parameters["format"] == "99"
    assert path.read_bytes() == before


def test_every_truncation_is_found(path: Path, sound: bytes) -> None:
    random = Random(4)
    lengths = {1, 15, 16, 99, 100, 4095, 4096, 8191, 8192, len(sound) - 1, len(sound) - 4096}
    for length in sorted(lengths | {random.randrange(len(sound)) for _ in range(20)}):
        path.write_bytes(sound[:length])
        refused(path)


def test_every_single_bit_flip_is_found(path: Path, sound: bytes) -> None:
    random = Random(5)
    everywhere = random.sample(range(len(sound) * 8), 300)
    in_the_header = random.sample(range(100 * 8), 60)
    around_the_seal = [bit + 4096 * 8 for bit in random.sample(range(4096 * 8), 40)]
    for bit in everywhere + in_the_header + around_the_seal:
        content = bytearray(sound)
        content[bit // 8] ^= 1 << bit % 8
        path.write_bytes(content)
        with pytest.raises(UserError):
            Document.open(path)


def test_noise_under_a_forged_seal_ends_in_a_message(path: Path, sound: bytes) -> None:
    random = Random(6)
    for _ in range(60):
        content = bytearray(sound)
        for _ in range(random.choice((1, 5, 200))):
            content[random.randrange(100, len(content))] = random.randrange(256)
        path.write_bytes(content)
        with contextlib.suppress(seal.BrokenSealError):
            seal.put_seal(path, file_format.PAGE_BYTES)
        started = time.monotonic()
        # Noise may fall where nothing lies, or into the middle of a text: then the file opens.
        with contextlib.suppress(UserError):
            Document.open(path).close()
        assert time.monotonic() - started < SECONDS


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"


@pytest.mark.parametrize(
    "sql",
    [
        f"CREATE VIEW endless AS {ENDLESS}",
        f"DROP TABLE freezes; CREATE VIEW freezes AS {ENDLESS}",
        "CREATE TRIGGER t AFTER INSERT ON history BEGIN DELETE FROM history; END",
        "CREATE TABLE extra (id)",
        "CREATE INDEX extra ON teams (name)",
        "CREATE VIRTUAL TABLE extra USING fts5(text)",
        "DROP INDEX links_successor_id",
        "DROP TABLE votes",
        "ALTER TABLE teams ADD COLUMN extra TEXT",
        "CREATE TABLE deep (id CHECK (" + "(" * 90 + "id" + ")" * 90 + "))",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE votes (' || hex(zeroblob(99999))",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 2 WHERE name = 'votes'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 999999 WHERE name = 'teams'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = CAST(x'ff00fe' AS TEXT) WHERE name = 'teams'",
        "DELETE FROM document",
        "INSERT INTO document SELECT 2, document_id, position, session, revision, base_session, base_revision FROM document",
        "UPDATE document SET position = 99",
        "UPDATE document SET position = -1",
        "DELETE FROM history WHERE number = 2",
        "UPDATE history SET at = 'once'",
        "UPDATE history SET parameters = '[]'",
        "UPDATE settings SET name = CAST(x'ff00fe' AS TEXT)",
        "UPDATE teams SET unit_id = 'nowhere'",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -5",
        "PRAGMA journal_mode = WAL",
    ],
)
def test_a_forged_file_is_refused(path: Path, sound: bytes, sql: str) -> None:
    with tampered(path, sound) as connection:
        try:
            connection.executescript(sql)
        except sqlite3.OperationalError as error:
            pytest.skip(f"this SQLite does not let it be forged: {error}")
    refused(path, "file-damaged")


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\x00",
        zlib.compress(b"{"),
        zlib.compress(b'{"views": {}}'),
        zlib.compress(b'{"units": {"x": [null, null]}}'),
        zlib.compress(b'{"units": {"x": [null, {"id": "y", "name": "y"}]}}'),
        zlib.compress(b'{"units": {"x": [null, {"id": "x", "name": "never there"}]}}'),
        zlib.compress(b'{"settings": {"settings": [{"id": "settings", "name": "a", "created": "2026-01-01"}, null]}}'),
        zlib.compress(b"[" * 100_000),
    ],
)
def test_a_forged_history_is_refused_when_it_is_walked(path: Path, sound: bytes, blob: bytes) -> None:
    with tampered(path, sound) as connection:
        connection.execute("UPDATE history SET changes = ? WHERE number = 5", (blob,))
    document = Document.open(path)
    before = document.engagement
    with pytest.raises(UserError, match="file-damaged"):
        document.undo()
    assert document.engagement is before
    document.close()


def test_a_journal_lying_beside_the_file_is_left_alone(path: Path, sound: bytes) -> None:
    path.write_bytes(sound)
    beside = [path.with_name(f"{path.name}-{suffix}") for suffix in ("journal", "wal", "shm")]
    for journal in beside:
        journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(4_000))
    document = Document.open(path)
    document.close(publish=False)
    assert path.read_bytes() == sound
    assert all(journal.stat().st_size == 4_008 for journal in beside)


_FILL_THE_DISK = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from planner.document import Document
from planner.domain.errors import UserError
from tests.storage.generate import step
path, limit = Path(sys.argv[1]), int(sys.argv[2])
document = Document.open(path, allow_read_only=False)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
codes, number = [], 0
for number in range(int(sys.argv[3])):
    before = document.engagement
    text = str(number) + "text that fills the disk " * 400
    changes = step(before, put=[replace(before.setting, client=text)])
    try:
        document.edit(changes)
    except UserError as error:
        codes.append(error.code)
        assert document.engagement is before
        break
try:
    document.publish()
except UserError as error:
    codes.append(error.code)
if sys.argv[4] == "room again":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    document.edit(step(document.engagement, put=[replace(document.engagement.setting, client="room")]))
    document.publish()
print(number, len(document.history()), document.engagement.setting.client[:8].split("t")[0] or "-", *codes)
sys.stdout.flush()
import os; os._exit(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files to stand in for a full disk")
@pytest.mark.parametrize("ending", ["killed", "room again"])
@pytest.mark.parametrize("more_bytes", [-200_000, -1, 0, 4_096, 30_000, 100_000])
def test_a_full_disk_loses_neither_file_nor_edits(path: Path, sound: bytes, more_bytes: int, ending: str) -> None:
    path.write_bytes(sound)
    finished = subprocess.run(
        [sys.executable, "-c", _FILL_THE_DISK, str(path), str(len(sound) + more_bytes), "400", ending],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    _number, steps, client, *codes = finished.stdout.split()
    assert codes
    assert set(codes) <= {"edit-not-saved", "cannot-write"}
    document = Document.open(path)
    assert len(document.history()) == int(steps)
    if int(steps) > 5:
        assert document.engagement.setting.client.split("t")[0] == client
    document.close()
    reopened = Document.open(path)
    assert len(reopened.history()) == int(steps)
    reopened.close()
