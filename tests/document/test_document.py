"""A document keeps every edit, whatever happens around it."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from planner.document import Document, SaveKind, restore_newest_backup
from planner.domain.changes import Changes
from planner.domain.errors import BugError, UserError
from planner.progress import Cancelled
from planner.storage import publish as publishing
from tests.document.killing import drop
from tests.storage.generate import fill, random_step, start, step


def rename(document: Document, name: str) -> Changes:
    return document.edit(step(document.engagement, put=[replace(document.engagement.setting, name=name)]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Client été.roadbook"


def other_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ROADBOOK_STATE_DIR", str(tmp_path / "state of another machine"))


def test_a_file_closed_and_opened_holds_the_same(path: Path) -> None:
    engagement = fill(Random(1))
    Document.create(path, engagement).close()
    document = Document.open(path)
    assert document.engagement == engagement
    assert document.history() == ()
    assert document.undo() is None
    assert document.redo() is None
    assert document.notices == ()
    document.close()


def test_the_file_stands_alone_once_closed(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    document.close()
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_undo_and_redo_survive_closing(path: Path) -> None:
    document = Document.create(path, start("0"))
    for name in "ABC":
        rename(document, name)
    document.undo()
    document.close()
    document = Document.open(path)
    assert document.engagement.setting.name == "B"
    assert [step.undone for step in document.history()] == [False, False, True]
    assert document.redo_label is not None
    document.redo()
    assert document.engagement.setting.name == "C"
    while document.undo():
        pass
    assert document.engagement == start("0")
    assert document.undo_label is None
    document.close()


def test_an_edit_after_undo_drops_what_was_undone(path: Path) -> None:
    document = Document.create(path, start("0"))
    rename(document, "A")
    rename(document, "B")
    document.undo()
    document.undo()
    rename(document, "C")
    assert document.redo_label is None
    assert len(document.history()) == 1
    document.close()
    document = Document.open(path)
    assert len(document.history()) == 1
    assert document.redo() is None
    document.close()


def test_labels_keep_their_values_through_the_file(path: Path) -> None:
    document = Document.create(path, start())
    label = rename(document, "A").label
    document.close()
    document = Document.open(path)
    kept = document.history()[0].label
    assert (kept.code, dict(kept.parameters)) == (label.code, dict(label.parameters))
    assert document.undo_label == kept
    document.close()


def test_no_changes_are_no_step(path: Path) -> None:
    document = Document.create(path, start())
    document.edit(step(document.engagement))
    assert document.history() == ()
    assert document.save_state.kind is SaveKind.SAVED
    document.close()


def test_a_file_just_opened_says_when_it_was_written(path: Path) -> None:
    Document.create(path, start()).close()
    written = datetime(2026, 3, 2, 14, 32, tzinfo=UTC)
    os.utime(path, (written.timestamp(), written.timestamp()))
    document = Document.open(path)
    assert document.save_state.at == written
    document.close()


def test_the_save_state_follows_the_work(path: Path) -> None:
    document = Document.create(path, start())
    assert document.save_state.kind is SaveKind.SAVED
    rename(document, "A")
    assert document.save_state.kind is SaveKind.UNPUBLISHED
    document.publish()
    assert document.save_state.kind is SaveKind.SAVED
    assert document.save_state.at is not None
    document.undo()
    assert document.save_state.kind is SaveKind.UNPUBLISHED
    document.close()


def test_listeners_hear_every_step_until_they_stop(path: Path) -> None:
    document = Document.create(path, start())
    heard: list[Changes] = []
    stop = document.subscribe(heard.append)
    changes = rename(document, "A")
    document.undo()
    document.redo()
    stop()
    document.undo()
    assert [heard[0], heard[2]] == [changes, changes]
    assert len(heard) == 3
    document.close()


def test_edits_of_a_killed_program_come_back(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    document.publish()
    rename(document, "B")
    document.close(publish=False)
    document = Document.open(path)
    assert document.engagement.setting.name == "B"
    assert [notice.code for notice in document.notices] == ["edits-recovered"]
    assert document.save_state.kind is SaveKind.UNPUBLISHED
    document.close(publish=False)
    document = Document.open(path)
    assert document.engagement.setting.name == "B"
    document.close()
    document = Document.open(path)
    assert (document.engagement.setting.name, document.notices) == ("B", ())
    document.close()


def test_a_kill_right_after_publishing_leaves_nothing_to_recover(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    document.publish()
    drop(document)
    work = document._work
    assert work is not None
    (work.folder / "published.json").unlink()
    document = Document.open(path)
    assert document.notices == ()
    assert document.engagement.setting.name == "A"
    document.close()
    assert not list((Path(os.environ["ROADBOOK_STATE_DIR"]) / "work").iterdir())


def test_a_kill_before_any_edit_leaves_nothing_to_recover(path: Path) -> None:
    Document.create(path, start()).close()
    document = Document.open(path)
    drop(document)
    assert document._work is not None
    os.utime(document._work.folder, (1, 1))
    document = Document.open(path)
    assert document.notices == ()
    document.close()
    assert not list((Path(os.environ["ROADBOOK_STATE_DIR"]) / "work").iterdir())


def test_the_working_copy_of_an_open_document_is_never_taken_for_abandoned(path: Path) -> None:
    document = Document.create(path, start())
    assert document._work is not None
    os.utime(document._work.folder, (1, 1))
    Document.create(path.with_name("other.roadbook"), start()).close()
    Document.open(path.with_name("other.roadbook")).close()
    rename(document, "A")
    document.close()
    document = Document.open(path)
    assert document.engagement.setting.name == "A"
    document.close()


def test_edits_that_cannot_be_recovered_are_kept_and_told(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    drop(document)
    assert document._work is not None
    content = bytearray(document._work.path.read_bytes())
    content[5000:9000] = bytes(4000)
    document._work.path.write_bytes(content)
    document = Document.open(path)
    (notice,) = document.notices
    assert notice.code == "recovery-failed"
    assert Path(notice.parameters["kept"]).read_bytes() == content
    assert document.engagement == start()
    document.close()
    document = Document.open(path)
    assert document.notices == ()
    document.close()


def test_what_a_kill_left_of_publishing_is_cleared_away(path: Path) -> None:
    Document.create(path, start()).close()
    old, fresh = path.with_name(".roadbook-12-34.roadbook"), path.with_name(".roadbook-56-78.roadbook")
    others = path.with_name(".roadbook-notes.roadbook")
    for found in (old, fresh, others):
        found.write_bytes(b"x")
    for found in (old, others):
        os.utime(found, (1, 1))
    Document.open(path).close()
    assert {found.name for found in path.parent.iterdir()} == {path.name, fresh.name, others.name}


def test_a_note_left_by_a_kill_or_by_something_else_stops_nobody(path: Path) -> None:
    document = Document.create(path, start())
    drop(document)
    (note,) = [found for found in path.parent.iterdir() if found != path]
    for content in (note.read_bytes(), b"", b"{", b'{"machine_id": 1}', bytes(100_000)):
        note.write_bytes(content)
        document = Document.open(path)
        assert document.read_only is None
        document.close()


def test_publishing_can_be_cancelled(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    before = path.read_bytes()

    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        document.publish(cancel)
    assert path.read_bytes() == before
    assert document.save_state.kind is SaveKind.UNPUBLISHED
    document.close()


def test_edits_recovered_after_the_file_changed_go_beside_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = Document.create(path, start())
    rename(document, "mine")
    document.close(publish=False)
    here = os.environ["ROADBOOK_STATE_DIR"]
    other_machine(monkeypatch, tmp_path)
    theirs = Document.open(path, machine="B")
    rename(theirs, "theirs")
    theirs.close()
    monkeypatch.setenv("ROADBOOK_STATE_DIR", here)
    document = Document.open(path, machine="A")
    assert document.engagement.setting.name == "theirs"
    (notice,) = document.notices
    assert notice.code == "recovered-beside"
    document.close()
    copy = Document.open(Path(notice.parameters["copy"]))
    assert copy.engagement.setting.name == "mine"
    copy.close()


def test_another_version_arriving_while_open_is_not_overwritten(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Document.create(path, start("0")).close()
    original = path.read_bytes()
    other_machine(monkeypatch, tmp_path)
    theirs = Document.open(path, machine="B")
    rename(theirs, "theirs")
    theirs.close()
    arriving = path.read_bytes()
    path.write_bytes(original)
    monkeypatch.undo()
    monkeypatch.setenv("ROADBOOK_STATE_DIR", str(tmp_path / "state"))
    document = Document.open(path, machine="Poste d’Anne/1")
    rename(document, "mine")
    path.write_bytes(arriving)
    state = document.publish()
    assert state.kind is SaveKind.CONFLICT_COPY
    assert state.path == document.path != path
    assert document.path.name.startswith("Client été (conflict, PostedAnne1, ")
    assert path.read_bytes() == arriving
    assert [notice.code for notice in document.notices] == ["conflict-copy-made"]
    rename(document, "mine again")
    assert document.publish().kind is SaveKind.CONFLICT_COPY
    rename(document, "not yet published")
    document.close(publish=False)
    copy = Document.open(state.path)
    assert copy.engagement.setting.name == "not yet published"
    copy.close()
    assert path.read_bytes() == arriving


def test_a_file_only_touched_is_no_conflict(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    os.utime(path, (1, 1))
    assert document.publish().kind is SaveKind.SAVED
    document.close()


def test_a_file_deleted_while_open_is_written_again(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    path.unlink()
    document.close()
    document = Document.open(path)
    assert document.engagement.setting.name == "A"
    document.close()


def test_a_second_opener_reads_and_is_told_who_writes(path: Path) -> None:
    first = Document.create(path, start(), machine="Poste 1")
    rename(first, "A")
    first.publish()
    second = Document.open(path, machine="Poste 1")
    assert second.read_only is not None
    assert second.read_only.code == "in-use-since"
    assert second.read_only.parameters["machine"] == "Poste 1"
    assert second.save_state.kind is SaveKind.READ_ONLY
    assert second.engagement == first.engagement
    assert len(second.history()) == 1
    with pytest.raises(UserError, match="document-read-only"):
        rename(second, "B")
    with pytest.raises(UserError, match="document-read-only"):
        second.undo()
    with pytest.raises(UserError, match="in-use-since"):
        Document.open(path, allow_read_only=False)
    second.close()
    first.close()
    third = Document.open(path)
    assert third.read_only is None
    third.close()


def test_another_machine_writing_is_respected_while_it_gives_signs_of_life(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Document.create(path, start(), machine="A")
    here.close()
    here = Document.open(path, machine="A")
    monkeypatch.setattr("planner.storage.claim.FRESH_MINUTES", 10)
    other_machine(monkeypatch, tmp_path)
    there = Document.open(path, machine="B")
    assert there.read_only is not None
    assert there.read_only.parameters["machine"] == "A"
    there.close()
    monkeypatch.setattr("planner.storage.claim.FRESH_MINUTES", 0)
    there = Document.open(path, machine="B")
    assert there.read_only is None
    there.close()
    here.close()


def test_a_write_protected_file_opens_for_reading_untouched(path: Path) -> None:
    Document.create(path, start()).close()
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    document = Document.open(path)
    assert document.read_only is not None
    assert document.read_only.code == "read-only-file"
    document.close()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_file_in_a_write_protected_folder_opens_for_reading(path: Path) -> None:
    Document.create(path, start()).close()
    path.parent.chmod(0o555)
    try:
        document = Document.open(path)
        assert document.read_only is not None
        assert document.read_only.code == "read-only-folder"
        document.close()
        assert [found.name for found in path.parent.iterdir()] == [path.name]
    finally:
        path.parent.chmod(0o755)


def test_the_permissions_of_the_file_stay(path: Path) -> None:
    document = Document.create(path, start())
    path.chmod(0o600)
    rename(document, "A")
    document.close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_to_the_file_stays_a_link(path: Path) -> None:
    Document.create(path, start()).close()
    link = path.with_name("link.roadbook")
    link.symlink_to(path)
    document = Document.open(link)
    rename(document, "A")
    document.close()
    assert link.is_symlink()
    document = Document.open(path)
    assert document.engagement.setting.name == "A"
    document.close()


def test_nothing_that_exists_is_created_over(path: Path) -> None:
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="file-exists"):
        Document.create(path, start())
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(UserError, match="folder-missing"):
        Document.create(path.parent / "nowhere" / "x.roadbook", start())


def test_a_copy_holds_the_work_and_the_history(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    copy_path = path.with_name("copy.roadbook")
    document.save_copy(copy_path)
    with pytest.raises(UserError, match="file-exists"):
        document.save_copy(copy_path)
    copy = Document.open(copy_path)
    assert copy.engagement == document.engagement
    assert copy.history() == document.history()
    copy.close()
    document.close()


def test_edits_go_on_while_another_thread_publishes(path: Path) -> None:
    document = Document.create(path, fill(Random(2), rounds=20))
    failures: list[BaseException] = []
    stop = threading.Event()

    def keep_publishing() -> None:
        try:
            while not stop.is_set():
                document.publish()
        except BaseException as error:  # noqa: BLE001  shown by the assertion below
            failures.append(error)

    thread = threading.Thread(target=keep_publishing)
    thread.start()
    random = Random(3)
    for _ in range(120):
        document.edit(random_step(random, document.engagement))
    stop.set()
    thread.join()
    assert failures == []
    expected = document.engagement
    document.close()
    document = Document.open(path)
    assert document.engagement == expected
    assert len(document.history()) == 120
    document.close()


def test_a_failing_publication_leaves_file_and_edits(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document.create(path, start())
    before = path.read_bytes()
    rename(document, "A")
    with monkeypatch.context() as patched:

        def refuse(*_arguments: object, **_named: object) -> None:
            raise OSError(28, "No space left on device")

        patched.setattr(publishing.seal, "put_seal", refuse)
        with pytest.raises(UserError, match="cannot-write"):
            document.close()
        assert path.read_bytes() == before
        assert document.save_state.kind is SaveKind.UNPUBLISHED
    assert sorted(found.suffix for found in path.parent.iterdir()) == [".roadbook", ".roadbook-open"]
    rename(document, "B")
    document.close()
    document = Document.open(path)
    assert document.engagement.setting.name == "B"
    document.close()


def test_an_edit_the_tables_refuse_changes_nothing(path: Path) -> None:
    document = Document.create(path, fill(Random(1)))
    before = document.engagement
    link = next(iter(before.links.values()))
    with pytest.raises(BugError):
        document.edit(step(before, put=[replace(link, successor_id="nowhere")]))
    assert document.engagement is before
    assert document.history() == ()
    rename(document, "still works")
    document.close()


def test_a_closed_document_refuses_edits(path: Path) -> None:
    document = Document.create(path, start())
    document.close()
    document.close()
    with pytest.raises(BugError):
        rename(document, "A")


def test_publishing_asked_for_on_another_thread_finds_nothing_to_do_once_the_document_is_closed(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    document.close()
    published = path.read_bytes()
    document.publish()
    assert path.read_bytes() == published


def test_the_newest_good_backup_takes_the_place_of_a_damaged_file(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    document.close()
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(UserError) as raised:
        Document.open(path)
    assert raised.value.code == "file-damaged-with-backup"
    assert Path(raised.value.parameters["kept"]).read_bytes() == content
    assert path.read_bytes() == content
    restore_newest_backup(path)
    document = Document.open(path)
    assert document.engagement.setting.name == "A"
    document.close()


def test_no_backup_takes_the_place_of_an_open_file(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    with pytest.raises(UserError, match="in-use"):
        restore_newest_backup(path)
    document.close()


def test_edits_not_yet_published_are_in_the_backup_offered_for_a_damaged_file(path: Path) -> None:
    document = Document.create(path, start())
    rename(document, "A")
    document.close(publish=False)
    path.write_bytes(path.read_bytes()[:-4096])
    with pytest.raises(UserError, match="file-damaged-with-backup"):
        Document.open(path)
    restore_newest_backup(path)
    document = Document.open(path)
    assert document.engagement.setting.name == "A"
    document.close()


def test_a_file_that_vanished_offers_its_backup(path: Path) -> None:
    with pytest.raises(UserError, match="file-missing"):
        Document.open(path)
    with pytest.raises(UserError, match="no-backup"):
        restore_newest_backup(path)
    Document.create(path, start("A")).close()
    path.unlink()
    with pytest.raises(UserError, match="file-missing-with-backup"):
        Document.open(path)
    restore_newest_backup(path)
    Document.open(path).close()
