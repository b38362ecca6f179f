"""Exports and imports as a person goes through them: choose, wait with progress, see how it ended.

Writers and readers of `planner.exchange` run in processes of their own with the engagement as it stands; only applying
an import touches the document, as one step that can be undone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from shiboken6 import isValid

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.exchange.formats import export_elsewhere
from planner.exchange.options import ExportOptions
from planner.exchange.preview import Preview, preview
from planner.exchange.worker import Limits, Worker
from planner.language import N_, NN_, Language
from planner.messages import explain
from planner.progress import Progress
from ui.background import Background
from ui.dialogs.files import ask_open_several, ask_save, file_name_of
from ui.dialogs.import_report import ImportDialog
from ui.open_document import OpenDocument
from ui.present.exports import OfferedExport
from ui.present.imports import ImportSource, Prepared, prepare, read_source
from ui.surroundings import Surroundings
from ui.widgets.job_message import show_job
from ui.window import Window

_READING: Final = Limits(megabytes=1_000, seconds=60.0)
"""What reading a file of others may take."""
_OUTCOME: Final = "exchange"
"""The key of how the last export or import ended: what became of those before it is of no use any more."""


class ExchangeDesk(QObject):
    """Exports from and imports into the open document of one window."""

    exported = Signal(object)

    def __init__(self, window: Window, surroundings: Surroundings, background: Background, *, today: date) -> None:
        super().__init__(window)
        self._window = window
        self._surroundings = surroundings
        self._background = background
        self._today = today
        self.folder = Path.home()
        self._writer = Worker()
        self._previewer = Worker()
        self._reader = Worker(_READING)

    def export(self, opened: OpenDocument, language: Language, path: Path, options: ExportOptions) -> None:
        """Write the engagement as it stands now, in the format of the path's suffix, in a process of its own."""
        engagement, today = opened.engagement, self._today
        self.write(
            path,
            lambda progress: export_elsewhere(
                self._writer, engagement, path, language=language, today=today, options=options, progress=progress
            ),
        )

    def write(self, path: Path, work: Callable[[Progress], object]) -> None:
        """Let `work(progress)` write a file on a pool thread: how far it is can be seen, and it can be cancelled."""
        words = self._surroundings.language
        job = self._background.run(
            work,
            success=lambda _done: self._tell_exported(path),
            failure=self._tell_failed,
            cancelled=self._tell_cancelled,
        )
        show_job(
            self._window.messages,
            self._surroundings,
            job,
            text=words.gettext(N_("Writing {name}…")).format(name=path.name),
        )

    def preview(
        self,
        engagement: Engagement,
        suffix: str,
        language: Language,
        options: ExportOptions,
        *,
        success: Callable[[Preview], None],
        failure: Callable[[UserError], None],
    ) -> None:
        """Make what an export will look like, in a process of its own; exactly one of the two is called."""
        today = self._today
        self._background.run(
            lambda progress: preview(
                self._previewer,
                engagement,
                suffix,
                language=language,
                today=today,
                options=options,
                progress=progress,
            ),
            success=success,
            failure=failure,
        )

    def forget(self) -> None:
        """Let go of the document: previews are of no interest any more; a file being written is finished."""
        self._previewer.close()
        self._reader.close()

    def close(self) -> None:
        """End the processes: the window closes, and need not stand still until each of them is gone."""
        for worker in (self._writer, self._previewer, self._reader):
            threading.Thread(target=worker.close, name="roadbook-leaving").start()

    def ask_import(self, opened: OpenDocument) -> None:
        """Ask for files, read them, show what they hold, and apply it once agreed."""
        words = self._surroundings.language
        ask_open_several(
            self._window,
            language=words,
            title=words.gettext(N_("Import")),
            filters=(
                words.gettext(
                    N_(
                        "What can be imported (*.json *.xml *.yaml *.yml *.csv *.tsv *.xlsx *.xlsm *.tar.gz *.tgz *.zip)"
                    )
                ),
                words.gettext(N_("All files (*)")),
            ),
            folder=self.folder,
            chosen=lambda paths: self.read(opened, paths),
        )

    def read(self, opened: OpenDocument, paths: tuple[Path, ...]) -> None:
        """Read files in a process of its own, held to its limits, and show what they would bring."""
        self.folder = paths[0].parent
        self._prepare(opened, ImportSource(paths=paths))

    def read_table(self, opened: OpenDocument, text: str, *, model_id: str) -> None:
        """Read a table of practices, such as a spreadsheet copies, and show what it would bring into a model."""
        self._prepare(opened, ImportSource(text=text, model_id=model_id))

    def _prepare(
        self,
        opened: OpenDocument,
        source: ImportSource,
        *,
        columns: tuple[str, ...] | None = None,
        dialog: ImportDialog | None = None,
    ) -> None:
        engagement, today = opened.engagement, self._today
        words = self._surroundings.language
        self._window.messages.dismiss(_OUTCOME)

        def show(prepared: Prepared) -> None:
            if not isValid(opened) or opened.read_only:
                return  # it was closed, or is being, while this was read
            if dialog is None:
                self._show_report(opened, prepared)
            elif isValid(dialog):
                dialog.show_prepared(prepared)

        def read(progress: Progress) -> Prepared:
            reading = self._reader.run(read_source, engagement, source, words, today, columns, progress=progress)
            return prepare(engagement, source, reading, language=words)

        job = self._background.run(
            read,
            success=show,
            failure=self._tell_failed,
        )
        show_job(
            self._window.messages,
            self._surroundings,
            job,
            text=words.gettext(N_("Reading {name}…")).format(name=source.name(words)),
        )

    def ask_where(self, opened: OpenDocument, kind: OfferedExport, language: Language, options: ExportOptions) -> None:
        """Ask where an export goes, then write it."""
        words = self._surroundings.language
        ask_save(
            self._window,
            language=words,
            title=words.gettext(N_("Export")),
            filters=(f"{words.gettext(kind.title)} (*{kind.suffix})",),
            folder=self.folder,
            name=file_name_of(opened.engagement.setting.name) + kind.suffix,
            suffix=kind.suffix,
            chosen=lambda path: self._export_chosen(opened, language, path, options),
        )

    def _export_chosen(self, opened: OpenDocument, language: Language, path: Path, options: ExportOptions) -> None:
        self.folder = path.parent
        self.export(opened, language, path, options)

    def _tell_exported(self, path: Path) -> None:
        words = self._surroundings.language
        message = self._window.messages.show_message(
            words.gettext(N_("{name} is written.")).format(name=path.name), tone="success", key=_OUTCOME
        )
        for text, target in ((N_("Open"), path), (N_("Open folder"), path.parent)):
            message.add_button(words.gettext(text), partial(_show, target))
        self.exported.emit(path)

    def _tell_cancelled(self) -> None:
        text = self._surroundings.language.gettext(N_("The export was cancelled; nothing was written."))
        self._window.messages.show_message(text, tone="information", passing=True, key=_OUTCOME)

    def _show_report(self, opened: OpenDocument, prepared: Prepared) -> None:
        dialog = ImportDialog(self._surroundings, prepared, self._window)
        dialog.accepted.connect(lambda: self._apply(opened, prepared.title, dialog.choice()))
        dialog.columns_chosen.connect(
            lambda columns: self._prepare(opened, prepared.source, columns=columns, dialog=dialog)
        )
        dialog.open()

    def _apply(self, opened: OpenDocument, name: str, make: Callable[[Engagement], Changes]) -> None:
        if opened.read_only:
            self._tell_failed(UserError("document-occupied"))
            return
        job = opened.edit_off_thread(
            lambda: make(opened.engagement), success=self._tell_imported, failure=self._tell_failed
        )
        words = self._surroundings.language
        text = words.gettext(N_("Taking in {name}…")).format(name=name)
        show_job(self._window.messages, self._surroundings, job, text=text)

    def _tell_imported(self, changes: Changes) -> None:
        words = self._surroundings.language
        count = len(changes)
        text = words.ngettext(*NN_("{count} entity was taken in.", "{count} entities were taken in."), count)
        self._window.messages.show_message(
            text.format(count=words.number(count, decimals=0)), tone="success", passing=True, key=_OUTCOME
        )

    def _tell_failed(self, error: UserError) -> None:
        self._window.messages.show_message(explain(error, self._surroundings.language), tone="danger", key=_OUTCOME)


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
