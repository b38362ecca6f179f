"""The one bridge between a document and the screen: edits go in, one signal of what changed comes out.

It also sees to it that edits reach the user's file: a few seconds after the last one, at once when asked, and at close;
always on a pool thread, from the document's own working copy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from planner.domain.errors import BugError, UserError
from planner.progress import Progress
from ui.background import Background, Job

if TYPE_CHECKING:
    from planner.document import Document
    from planner.domain.changes import Changes, Label
    from planner.domain.engagement import Engagement

PUBLISH_AFTER_MILLISECONDS: Final = 3_000

LARGE: Final = 250
"""Entities of a step past which it is written off the window's thread, which would stand still."""

_LARGE_BYTES: Final = 3_500
"""The same of a step to undo, packed as it lies in the file."""


class OpenDocument(QObject):
    """An open document; `changed(Changes)` after every step done, undone or redone.

    A large step is checked and written on a pool thread. Until it is, nothing else can be edited, what is shown stays
    as it was, and publishing and closing wait.
    """

    changed = Signal(object)
    save_state_changed = Signal()
    publish_failed = Signal(object)
    published = Signal()

    def __init__(self, document: Document, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._engagement = document.engagement
        self._background = background
        self._publishing = False
        self._again = False
        self._occupied = False
        self._closing = False
        self._waiting: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PUBLISH_AFTER_MILLISECONDS)
        self._timer.timeout.connect(self.publish)
        self._unsubscribe: Callable[[], None] | None = None
        self.listen()

    @property
    def engagement(self) -> Engagement:
        """The engagement as it was last told: while a large step is being taken, the one before it."""
        return self._engagement

    @property
    def read_only(self) -> bool:
        """Whether nothing can be edited: the file is open for reading only, being closed, or taking a large step."""
        return self._occupied or self._closing or self.document.read_only is not None

    @property
    def undo_label(self) -> Label | None:
        """The step that undo would take back."""
        return None if self.read_only else self.document.undo_label

    @property
    def redo_label(self) -> Label | None:
        """The step that redo would do again."""
        return None if self.read_only else self.document.redo_label

    @property
    def occupied(self) -> bool:
        """Whether a large step is under way."""
        return self._occupied

    @property
    def publishing(self) -> bool:
        """Whether the file is being written now."""
        return self._publishing

    def edit(self, changes: Changes) -> None:
        """Carry out one step; UserError when it cannot be kept, and then nothing changed."""
        if changes:
            self.document.edit(changes)

    def carry_out(
        self, changes: Changes, *, success: Callable[[], object], failure: Callable[[UserError], object]
    ) -> None:
        """Carry out one step, off the window's thread when it is large, and tell then how it ended."""
        if len(changes) > LARGE:
            self.edit_off_thread(lambda: changes, success=lambda _changes: success(), failure=failure)
            return
        try:
            self.edit(changes)
        except UserError as error:
            failure(error)
        else:
            success()

    def edit_off_thread(
        self,
        make: Callable[[], Changes],
        *,
        success: Callable[[Changes], object],
        failure: Callable[[UserError], object],
    ) -> Job:
        """Carry out one large step on a pool thread; nothing else can be edited until it is done.

        Raises BugError where nothing can be edited now.
        """

        def work(progress: Progress) -> Changes:
            changes = make()
            progress(0, 1)
            return self.document.edit(changes)

        return self._take_large_step(work, success=success, failure=failure)

    def undo(self, failure: Callable[[UserError], object] | None = None) -> None:
        """Take the last step back; `failure` is told why it cannot be, which is else raised."""
        self._move(failure or _surface, backwards=True)

    def redo(self, failure: Callable[[UserError], object] | None = None) -> None:
        """Do again what was taken back; `failure` is told why it cannot be, which is else raised."""
        self._move(failure or _surface, backwards=False)

    def when_free(self, then: Callable[[], object]) -> None:
        """Call `then` once no large step is under way: at once where none is."""
        if self._occupied:
            self._waiting.append(then)
        else:
            then()

    def publish(self) -> None:
        """Write the edits to the user's file, on a pool thread; one at a time, the latest state last.

        Nothing to do while it is closed, which writes them too.
        """
        if self.document.read_only is not None or self._closing:
            return
        if self._publishing or self._occupied:
            self._again = True
            return
        self._timer.stop()
        self._publishing, self._again = True, False
        self.save_state_changed.emit()
        self._background.run(self._publish, success=lambda _none: self._end(None), failure=self._end)

    def begin_closing(self) -> None:
        """Take no more edits: the document is about to be closed."""
        self._closing = True
        self.stop()
        self.save_state_changed.emit()

    def stay_open(self) -> None:
        """Go on after all: the document could not be closed."""
        self._closing = False
        self.listen()
        self.save_state_changed.emit()

    def listen(self) -> None:
        """Pass on what changes in the document, from now on."""
        if self._unsubscribe is None:
            self._unsubscribe = self.document.subscribe(self._take_changes)

    def stop(self) -> None:
        """Stop listening and publishing by itself."""
        self._timer.stop()
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    def _move(self, failure: Callable[[UserError], object], *, backwards: bool) -> None:
        if self.read_only:  # the file may be another thread's now: not even asked how large the step is
            return
        move = self.document.undo if backwards else self.document.redo
        if self.document.step_bytes(backwards=backwards) > _LARGE_BYTES:
            self._take_large_step(lambda _progress: move(), success=_nothing, failure=failure)
            return
        try:
            move()
        except UserError as error:
            failure(error)

    def _take_large_step(
        self,
        work: Callable[[Progress], Changes | None],
        *,
        success: Callable[[Changes], object],
        failure: Callable[[UserError], object],
    ) -> Job:
        if self.read_only:
            raise BugError("a large step on what cannot be edited now")
        self._occupied = True
        self.save_state_changed.emit()
        self.stop()
        before = self._engagement

        def work_and_make_ready(progress: Progress) -> Changes | None:
            changes = work(progress)
            self.document.engagement.make_ready(before)
            return changes

        def end() -> None:
            self._occupied = False
            self.listen()

        def succeed(changes: Changes | None) -> None:
            end()
            if changes is None:
                self.save_state_changed.emit()
            else:
                self._take_changes(changes)
                success(changes)
            self._go_on()

        def fail(error: UserError) -> None:
            end()
            self.save_state_changed.emit()
            failure(error)
            self._go_on()

        def cancel() -> None:
            end()
            self.save_state_changed.emit()
            self._go_on()

        return self._background.run(work_and_make_ready, success=succeed, failure=fail, cancelled=cancel)

    def _go_on(self) -> None:
        """Do what had to wait for a large step."""
        if self._again:
            self.publish()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _publish(self, progress: Progress) -> None:
        self.document.publish(progress)

    def _end(self, error: UserError | None) -> None:
        self._publishing = False
        self.save_state_changed.emit()
        if error is not None:
            self.publish_failed.emit(error)
        elif self._again:
            self.publish()
        else:
            self.published.emit()

    def _take_changes(self, changes: Changes) -> None:
        self._engagement = self.document.engagement
        self._timer.start()
        self.changed.emit(changes)
        self.save_state_changed.emit()


def _nothing(_changes: Changes) -> None:
    """Do nothing more."""


def _surface(error: UserError) -> None:
    raise error
