"""An open engagement: the one door through which it is read, edited, undone, published and closed.

Every step is a committed transaction of the local working copy before it shows in memory, so a kill loses nothing.
The user's file follows by `publish`, which whoever drives the document calls a few seconds after the last edit, when
asked, and at close; it may run in a worker thread while edits go on. Nothing here knows a toolkit.
"""

from __future__ import annotations

import contextlib
import enum
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.errors import BugError, UserError
from planner.editing.rules import check_sound
from planner.progress import Progress, ignore_progress
from planner.storage import backups, claim, file_format, opening, publish, workfile
from planner.storage.backups import Backup
from planner.storage.history import HistoryStep
from planner.storage.publish import Published
from planner.storage.rows import UnreadableError

__all__ = [
    "FILE_FORMAT",
    "Backup",
    "Document",
    "HistoryStep",
    "SaveKind",
    "SaveState",
    "copy_backup",
    "list_backups",
    "restore_newest_backup",
]

FILE_FORMAT: Final = file_format.CURRENT_FORMAT
"""The number of the file format this version writes; an older file is brought up to it when it is opened."""


class SaveKind(enum.Enum):
    """Where the work stands between memory and the user's file."""

    SAVED = "saved"
    UNPUBLISHED = "unpublished"
    PUBLISHING = "publishing"
    READ_ONLY = "read-only"
    CONFLICT_COPY = "conflict-copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveState:
    """`kind`, when the file was last published (UTC, None when not in this opening), and the file it is about.

    CONFLICT_COPY is SAVED, with the word that `path` is a conflict copy, not the file that was opened.
    """

    kind: SaveKind
    at: datetime | None
    path: Path


class Document:
    """One open engagement. Edit from one thread; `publish` and `renew_claim` may run on another meanwhile."""

    def __init__(self, opened: opening.Opened, machine: claim.Machine) -> None:
        """Take over what was opened; made by `create` and `open`."""
        self._machine = machine
        self._engagement = opened.engagement
        self._steps = list(opened.steps)
        self._work = opened.work
        self._claim = opened.claim
        self._place = opened.place
        self._path = opened.path
        self._read_only = opened.read_only
        self._published_version = None if opened.work is None else workfile.published_version(opened.work.folder)
        self._published_at: datetime | None = None
        self._is_conflict_copy = False
        self._is_publishing = False
        self._closed = False
        self._notices = tuple(opened.notices)
        self._listeners: list[Callable[[Changes], None]] = []
        self._editing = threading.RLock()
        self._publishing = threading.Lock()

    @classmethod
    def create(cls, path: Path, engagement: Engagement, *, machine: str | None = None) -> Document:
        """Make a new file with what `engagement` holds and open it; UserError when it cannot be made there.

        `machine` is the name people know this machine by, the system's where None.
        """
        here = claim.this_machine(machine)
        document = cls(opening.create_file(Path(path), engagement, here), here)
        document._published_at = datetime.now(UTC)
        document._back_up(force=True)
        return document

    @classmethod
    def open(cls, path: Path, *, allow_read_only: bool = True, machine: str | None = None) -> Document:
        """Open a file; UserError for what is missing, foreign, newer, damaged or, unless allowed, not writable.

        Codes ending in "-with-backup" carry `backup` and `backup_at`: `restore_newest_backup` puts it in place.
        """
        here = claim.this_machine(machine)
        document = cls(opening.open_file(Path(path), here, allow_read_only=allow_read_only), here)
        with contextlib.suppress(OSError):
            document._published_at = datetime.fromtimestamp(document._path.stat().st_mtime, UTC)
        return document

    @property
    def engagement(self) -> Engagement:
        """The engagement as it stands now: a value, safe to hand to any thread."""
        return self._engagement

    @property
    def path(self) -> Path:
        """The user's file; a conflict makes it the conflict copy."""
        return self._path

    @property
    def read_only(self) -> UserError | None:
        """Why nothing can be edited, for `messages.explain`; None when everything can."""
        return self._read_only

    @property
    def notices(self) -> tuple[UserError, ...]:
        """What happened while opening or publishing and should be told, for `messages.explain`; nothing went wrong."""
        return self._notices

    @property
    def save_state(self) -> SaveState:
        """Where the work stands; cheap, for a label that is always in sight."""
        return SaveState(kind=self._save_kind(), at=self._published_at, path=self._path)

    @property
    def undo_label(self) -> Label | None:
        """The step `undo` would take back."""
        position = self._position()
        return self._steps[position - 1].label if self._work is not None and position else None

    @property
    def redo_label(self) -> Label | None:
        """The step `redo` would do again."""
        position = self._position()
        return self._steps[position].label if self._work is not None and position < len(self._steps) else None

    def step_bytes(self, *, backwards: bool) -> int:
        """Return how large the step is that `undo` (or `redo`) would write, packed; 0 when there is none."""
        return 0 if self._work is None else self._work.step_bytes(self._position() + (0 if backwards else 1))

    def history(self) -> tuple[HistoryStep, ...]:
        """Return every step since the file was made, oldest first, undone ones last."""
        return tuple(self._steps)

    def changes_of(self, number: int) -> Changes:
        """Return what a step of the history did; UserError "damaged" where it cannot be read, or is not there."""
        try:
            changes = None if self._work is None else self._work.step(number)
        except UnreadableError as error:
            raise file_format.damaged(self._path, error.place) from error
        if changes is None:
            raise file_format.damaged(self._path, "history")
        return changes

    def rewind(self) -> Iterator[tuple[HistoryStep, Changes, Engagement]]:
        """Give every step done, the newest first, with what it did and the engagement before it.

        UserError "history-broken" (path, number) at a step that cannot be read, or does not lead back to anything sound.
        """
        engagement = self._engagement
        for step in reversed([step for step in self._steps if not step.undone]):
            try:
                changes = self.changes_of(step.number)
                back = changes.inverse()
                check_sound(engagement, back)
                engagement = engagement.apply(back)  # which forgets what was foreseen, or each would hold the next
            except (UserError, BugError) as error:  # the file was tampered with: every step was sound when it was made
                raise UserError("history-broken", path=str(self._path), number=step.number) from error
            yield step, changes, engagement

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call `listener` with the changes of every step done, undone or redone; call what is returned to stop."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def edit(self, changes: Changes) -> Changes:
        """Do one step: on disk, then in memory; no changes are no step.

        UserError "document-read-only", or "edit-not-saved" when the disk refuses: nothing has changed then.
        """
        with self._editing:
            work = self._writable()
            if not changes:
                return changes
            after = self._engagement.apply(changes)
            step = work.do(changes)
            self._steps[step.number - 1 :] = [step]
            self._engagement = after
        self._tell(changes)
        return changes

    def undo(self) -> Changes | None:
        """Take back the last step; None when there is none. UserError as for `edit`."""
        return self._move(backwards=True)

    def redo(self) -> Changes | None:
        """Do again the step last undone; None when there is none. UserError as for `edit`."""
        return self._move(backwards=False)

    def publish(self, progress: Progress = ignore_progress) -> SaveState:
        """Bring the user's file up to date with the working copy; nothing to do where it is, or once it was closed.

        Where another version has arrived there meanwhile, that one is left alone, ours goes beside it and the document
        goes on there (CONFLICT_COPY). UserError "cannot-write" when the system refuses: edits stay in the working copy.
        """
        with self._publishing:
            if self._closed:  # asked for on another thread, and the close came first
                return self.save_state
            work = self._writable()
            if work.state.version == self._published_version:
                return self.save_state
            self._is_publishing = True
            try:
                published = publish.publish(
                    work.path, self._path, expected=self._place, machine=self._machine.name, progress=progress
                )
                self._take_published(work, published)
            finally:
                self._is_publishing = False
            self._back_up(force=False)
            self.renew_claim()
        return self.save_state

    def save_copy(self, path: Path) -> None:
        """Write the engagement as it stands, history included, to another file; the document stays with its own.

        UserError "file-exists", "closed-meanwhile", or "cannot-write" when the system refuses.
        """
        target = opening.settle(Path(path))
        if target.exists():
            raise UserError("file-exists", path=str(target))
        with self._publishing:
            if self._closed:
                raise UserError("closed-meanwhile", path=str(self._path))
            if self._work is None:
                backups.copy_file(self._path, target)
            else:
                publish.publish(self._work.path, target, expected=None, machine=self._machine.name)

    def renew_claim(self) -> None:
        """Tell other machines that the file is still in use here; every few minutes while it is open, from any thread."""
        if self._claim is not None:
            self._claim.renew()

    def close(self, *, publish: bool = True) -> None:
        """Publish what is not yet and close; UserError when that fails, and the document is still open.

        Without `publish` the edits stay in the working copy and come back at the next opening.
        """
        if self._closed:
            return
        if publish and self._work is not None:
            self.publish()
            self._back_up(force=True)
        with self._publishing, self._editing:
            self._closed = True
            if self._work is not None:
                if self._work.state.version == self._published_version:
                    self._work.discard()
                else:
                    self._work.close()
            if self._claim is not None:
                self._claim.release()

    def _writable(self) -> workfile.WorkFile:
        if self._closed:
            raise BugError("the document is closed")
        if self._work is None:
            raise UserError("document-read-only", path=str(self._path))
        return self._work

    def _position(self) -> int:
        return len(self._steps) if self._work is None else self._work.state.position

    def _save_kind(self) -> SaveKind:
        if self._work is None:
            return SaveKind.READ_ONLY
        if self._is_publishing:
            return SaveKind.PUBLISHING
        if self._work.state.version != self._published_version:
            return SaveKind.UNPUBLISHED
        return SaveKind.CONFLICT_COPY if self._is_conflict_copy else SaveKind.SAVED

    def _move(self, *, backwards: bool) -> Changes | None:
        with self._editing:
            work = self._writable()
            position = work.state.position - 1 if backwards else work.state.position + 1
            number = position + 1 if backwards else position
            try:
                done = work.step(number)
            except UnreadableError as error:
                raise file_format.damaged(self._path, error.place) from error
            if done is None:
                return None
            changes = done.inverse() if backwards else done
            try:
                after = self._engagement.apply(changes)
            except BugError as error:  # it does not start from what stands here: the file was tampered with
                raise file_format.damaged(self._path, "history") from error
            work.move(changes, position=position)
            step = self._steps[number - 1]
            self._steps[number - 1] = HistoryStep(number, step.label, step.at, undone=backwards)
            self._engagement = after
        self._tell(changes)
        return changes

    def _take_published(self, work: workfile.WorkFile, published: Published) -> None:
        if published.conflict:
            self._go_on_at(work, published.path)
            self._is_conflict_copy = True
        self._place = published.place
        self._published_version = published.version
        self._published_at = datetime.now(UTC)
        workfile.note_published(work.folder, published.version)

    def _go_on_at(self, work: workfile.WorkFile, path: Path) -> None:
        self._notices = (*self._notices, UserError("conflict-copy-made", path=str(self._path), copy=str(path)))
        work.belong_to(path)
        previous, self._claim = self._claim, claim.Claim(path, self._machine)
        self._path = path
        if previous is not None:
            previous.release()

    def _back_up(self, *, force: bool) -> None:
        if self._place is None or not (force or backups.is_due(self._path)):
            return
        try:
            backups.take(self._path, self._path, self._place.digest)
        except UserError as error:
            self._notices = (*self._notices, UserError("backup-failed", **error.parameters))

    def _tell(self, changes: Changes) -> None:
        for listener in tuple(self._listeners):
            listener(changes)


def list_backups(path: Path) -> tuple[Backup, ...]:
    """Return the backups this machine has of a file, newest first, whole ones only; it need not exist any more."""
    return tuple(backups.list_whole(opening.settle(Path(path))))


def copy_backup(backup: Backup, path: Path) -> None:
    """Write a backup to a new file; UserError "file-exists", or "cannot-write" when the system refuses."""
    target = opening.settle(Path(path))
    if target.exists():
        raise UserError("file-exists", path=str(target))
    backups.copy_file(backup.path, target)


def restore_newest_backup(path: Path) -> datetime:
    """Put the newest good backup of a file in its place and return when it was taken; what stands there is kept.

    UserError "no-backup" when there is none, "in-use" or "in-use-since" while somebody has the file open.
    """
    return opening.restore(Path(path), claim.this_machine()).at
