"""Choosing files: the system's own dialog, opened without blocking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from planner.language import N_, Language


def ask_open(
    parent: QWidget,
    *,
    language: Language,
    title: str,
    filters: tuple[str, ...],
    folder: Path,
    chosen: Callable[[Path], object],
) -> QFileDialog:
    """Ask for a file that exists; `chosen` is called with it."""
    dialog = _dialog(parent, title, filters, folder, language)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def ask_open_several(
    parent: QWidget,
    *,
    language: Language,
    title: str,
    filters: tuple[str, ...],
    folder: Path,
    chosen: Callable[[tuple[Path, ...]], object],
) -> QFileDialog:
    """Ask for one or several files that exist; `chosen` is called with them."""
    dialog = _dialog(parent, title, filters, folder, language)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: chosen(tuple(Path(path) for path in paths)))
    dialog.open()
    return dialog


def ask_save(
    parent: QWidget,
    *,
    language: Language,
    title: str,
    filters: tuple[str, ...],
    folder: Path,
    name: str,
    suffix: str,
    chosen: Callable[[Path], object],
) -> QFileDialog:
    """Ask where to write a file; `suffix` is added where none is typed, and an existing file is asked about."""
    dialog = _dialog(parent, title, filters, folder, language)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def file_name_of(text: str) -> str:
    """Return `text` as a file name any system takes, without its suffix."""
    kept = "".join(" " if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in text)
    return " ".join(kept.split()).strip(". ")[:80] or "Roadbook"


def folder_text(path: Path) -> str:
    """Return the folder of a file, from the home folder where it lies in it."""
    folder = path.parent
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)


def _dialog(parent: QWidget, title: str, filters: tuple[str, ...], folder: Path, language: Language) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setNameFilters(list(filters))
    dialog.setObjectName("files")
    # Qt's own French leaves these two in English where the system has no dialog of its own.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, language.gettext(N_("Look in:")))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, language.gettext(N_("Kind of file:")))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
