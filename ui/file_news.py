"""What is told of a file above its pages: that it could not be opened or written, is read-only, in two versions, or synced.

Each message offers what can be done about it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from planner.domain.errors import UserError
from planner.language import N_
from planner.messages import explain
from ui.actions import Actions
from ui.file_desk import FileDesk
from ui.memory import Memory
from ui.open_document import OpenDocument
from ui.present.synced_folders import service_of
from ui.surroundings import Surroundings
from ui.widgets.message_bar import Message
from ui.widgets.save_state import SaveKind, SaveSituation, word_synced_folder
from ui.window import Window

_WAYS_BACK = ("file-missing", "folder-missing")


class FileNews(QObject):
    """Tells in one window of the file open in it, or not."""

    def __init__(
        self, window: Window, surroundings: Surroundings, *, files: FileDesk, actions: Actions, memory: Memory
    ) -> None:
        super().__init__(window)
        self._window = window
        self._surroundings = surroundings
        self._files = files
        self._actions = actions
        self._memory = memory
        self._told_notices = 0
        self._service = ""

    def tell_opened(self, opened: OpenDocument) -> None:
        """Tell what is special about a file just opened."""
        path = opened.document.path
        self._told_notices = 0
        self.tell_notices(opened)
        self._service = service_of(path)
        told = self._memory.of_page("window").get("told_services", [])
        if self._service and self._service not in told:
            self._memory.keep_of_page("window", {"told_services": [*told, self._service]})
            text = word_synced_folder(self._service, self._surroundings.language)
            self._window.messages.show_message(text, tone="information", passing=True)
        if opened.document.read_only is not None:
            message = self._tell(opened.document.read_only, tone="warning", key="read-only")
            self._offer(message, N_("Save a copy…"), self._actions["save-copy"].trigger, dismisses=False)
            self._offer(message, N_("Try again"), lambda: self._files.open(path))

    def tell_published(self, opened: OpenDocument) -> None:
        """Tell what came of writing the file, and no longer that it could not be."""
        self._window.messages.dismiss("publish")
        self.tell_notices(opened)

    def tell_notices(self, opened: OpenDocument) -> None:
        """Tell what the document has noticed since it was last told."""
        notices = opened.document.notices
        for notice in notices[self._told_notices :]:
            message = self._tell(notice, tone="warning")
            if "copy" in notice.parameters:
                folder = Path(str(notice.parameters["copy"])).parent
                self._offer(message, N_("Open folder"), partial(_show, folder), dismisses=False)
        self._told_notices = len(notices)

    def tell_not_opened(self, error: UserError) -> None:
        """Tell that a file could not be opened, and offer its backup, or to forget it where it is gone."""
        message = self._tell(error, tone="danger", key="open")
        path = str(error.parameters.get("path", ""))
        if "backup" in error.parameters:
            self._offer(message, N_("Open the newest backup"), lambda: self._files.restore(Path(path)))
        if error.code in _WAYS_BACK and any(recent.path == path for recent in self._memory.preferences.recent):
            self._offer(message, N_("Forget it"), lambda: self._forget(path))

    def tell_not_published(self, error: UserError) -> Message:
        """Tell that the file could not be written, and that nothing is lost."""
        language = self._surroundings.language
        text = language.gettext(N_("{problem} Your edits are kept on this machine."))
        message = self._window.messages.show_message(
            text.format(problem=explain(error, language)), tone="danger", key="publish"
        )
        self._offer(message, N_("Try again"), self._actions["save"].trigger)
        return message

    def tell_not_closed(self, error: UserError) -> None:
        """Tell that the file could not be written before closing, and offer to close all the same."""
        self._offer(self.tell_not_published(error), N_("Close all the same"), self._files.abandon)

    def save_situation(self, opened: OpenDocument) -> SaveSituation:
        """Return the state of the file as it is shown."""
        language = self._surroundings.language
        state, reason = opened.document.save_state, opened.document.read_only
        return SaveSituation(
            SaveKind.PUBLISHING if opened.publishing else SaveKind[state.kind.name],
            at=None if state.at is None else state.at.astimezone(),
            machine="" if reason is None else str(reason.parameters.get("machine", "")),
            is_in_use=reason is not None and reason.code.startswith("in-use"),
            reason="" if reason is None else explain(reason, language),
            service=self._service,
        )

    def _forget(self, path: str) -> None:
        self._memory.keep(self._memory.preferences.without_recent(path))

    def _tell(self, error: UserError, *, tone: str, key: str = "") -> Message:
        return self._window.messages.show_message(explain(error, self._surroundings.language), tone=tone, key=key)

    def _offer(self, message: Message, text: str, handler: Callable[[], object], *, dismisses: bool = True) -> None:
        message.add_button(self._surroundings.language.gettext(text), handler, dismisses=dismisses)


def _show(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
