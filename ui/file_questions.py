"""Which file, and where: the questions behind New, Open, Save a copy and Recover, each asked without blocking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths

from planner.language import N_, Language
from ui.background import Background
from ui.dialogs.files import ask_open, ask_save, file_name_of
from ui.dialogs.recover import RecoverDialog
from ui.file_desk import SUFFIX, FileDesk, is_demo
from ui.memory import Memory
from ui.open_document import OpenDocument
from ui.surroundings import Surroundings
from ui.window import Window
from ui.workbench import Tell


class FileQuestions(QObject):
    """Asks, and hands what was chosen to the file desk."""

    def __init__(
        self,
        window: Window,
        surroundings: Surroundings,
        *,
        files: FileDesk,
        open_file: Callable[[Path], object],
        background: Background,
        memory: Memory,
        tell: Tell,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._surroundings = surroundings
        self._files = files
        self._open_file = open_file
        self._background = background
        self._memory = memory
        self._tell = tell

    def ask_new(self) -> None:
        """Ask where the new engagement is kept."""
        words = self._surroundings.language
        ask_save(
            self._window,
            language=words,
            title=words.gettext(N_("New engagement")),
            filters=(_filter(words),),
            folder=self.folder(),
            name=words.gettext(N_("Transformation")) + SUFFIX,
            suffix=SUFFIX,
            chosen=self._files.create_empty,
        )

    def ask_open(self) -> None:
        """Ask which engagement to open."""
        words = self._surroundings.language
        ask_open(
            self._window,
            language=words,
            title=words.gettext(N_("Open an engagement")),
            filters=(_filter(words), words.gettext(N_("All files (*)"))),
            folder=self.folder(),
            chosen=self._open_file,
        )

    def ask_like(self) -> None:
        """Ask for the engagement to begin like, then for the new one's place."""
        words = self._surroundings.language

        def ask_place(source: Path) -> None:
            ask_save(
                self._window,
                language=words,
                title=words.gettext(N_("New engagement")),
                filters=(_filter(words),),
                folder=self.folder(),
                name=words.gettext(N_("Transformation")) + SUFFIX,
                suffix=SUFFIX,
                chosen=lambda path: self._files.create_like(path, source),
            )

        ask_open(
            self._window,
            language=words,
            title=words.gettext(N_("Begin with the model of which engagement?")),
            filters=(_filter(words),),
            folder=self.folder(),
            chosen=ask_place,
        )

    def ask_copy(self) -> None:
        """Ask where a copy of the open engagement goes."""
        opened, words = self._files.current, self._surroundings.language
        if opened is None:
            return
        path = opened.document.path
        stem = file_name_of(opened.engagement.setting.name) if is_demo(path) else path.stem
        copy_name = words.gettext(N_("{name} (copy)")).format(name=stem)
        ask_save(
            self._window,
            language=words,
            title=words.gettext(N_("Save a copy")),
            filters=(_filter(words),),
            folder=self.folder(),
            name=copy_name + SUFFIX,
            suffix=SUFFIX,
            chosen=lambda path: self._save_copy(opened, path),
        )

    def _save_copy(self, opened: OpenDocument, path: Path) -> None:
        words = self._surroundings.language
        text = words.gettext(N_("A copy is written: {name}")).format(name=path.name)
        self._background.run(
            lambda _progress: opened.document.save_copy(path),
            success=lambda _none: self._tell(text, tone="success"),
            failure=self._tell,
        )

    def ask_recover(self) -> None:
        """Ask which backup of which file to open."""
        known = tuple(Path(recent.path) for recent in self._memory.preferences.recent)
        current = self._files.current
        if current is not None and not is_demo(current.document.path):
            known = (current.document.path, *(path for path in known if path != current.document.path))
        dialog = RecoverDialog(self._surroundings, self._background, known, self.folder(), self._window)
        dialog.chosen.connect(self._files.open_backup)
        dialog.open()

    def folder(self) -> Path:
        """Return the folder a question begins in: that of the open file, else where documents are kept.

        The demo lies where nobody looks for files, and its folder is no place for anything else.
        """
        current = self._files.current
        if current is not None and not is_demo(current.document.path):
            return current.document.path.parent
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(documents)
        return folder if folder.is_dir() else Path.home()


def _filter(language: Language) -> str:
    return language.gettext(N_("Roadbook engagement (*.roadbook)"))
