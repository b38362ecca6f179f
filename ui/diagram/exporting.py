"""Asking where a picture of a diagram goes, and having it written off the UI thread as every export is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from planner.language import N_
from planner.progress import Progress
from ui.diagram.picture import SUFFIXES, write_picture
from ui.diagram.values import Diagram
from ui.dialogs.files import ask_save, file_name_of
from ui.workbench import Workbench

MAP_TITLE: Final = N_("Export the map as a picture")
_KINDS: Final = {".png": N_("Picture (PNG)"), ".svg": N_("Drawing (SVG)"), ".pdf": N_("Document (PDF)")}


def ask_picture(workbench: Workbench, parent: QWidget, *, name: str, make: Callable[[], Diagram]) -> QFileDialog:
    """Ask for a place and write the picture of `make()` there, in the format its name ends with."""
    return ask_place(
        workbench,
        parent,
        title=workbench.surroundings.language.gettext(MAP_TITLE),
        name=name,
        chosen=lambda path: save_picture(workbench, make(), path),
    )


def ask_place(
    workbench: Workbench, parent: QWidget, *, title: str, name: str, chosen: Callable[[Path], object]
) -> QFileDialog:
    """Ask where a picture goes; `chosen` is called with the place."""
    language = workbench.surroundings.language
    filters = {f"{language.gettext(_KINDS[suffix])} (*{suffix})": suffix for suffix in SUFFIXES}
    dialog = ask_save(
        parent,
        language=language,
        title=title,
        filters=tuple(filters),
        folder=workbench.exchange.folder,
        name=file_name_of(name) + SUFFIXES[0],
        suffix=SUFFIXES[0],
        chosen=chosen,
    )
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen].lstrip(".")))
    return dialog


def save_picture(workbench: Workbench, diagram: Diagram, path: Path) -> None:
    """Write a diagram on a pool thread; a name without a known ending becomes a PNG."""
    font = workbench.surroundings.font
    save_off_thread(
        workbench, lambda target, progress: write_picture(diagram, target, font=font, progress=progress), path
    )


def save_off_thread(workbench: Workbench, write: Callable[[Path, Progress], None], path: Path) -> None:
    """Let `write(target, progress)` write a picture on a pool thread; a name without a known ending becomes a PNG."""
    target = path if path.suffix.lower() in SUFFIXES else path.with_name(f"{path.name}{SUFFIXES[0]}")
    workbench.exchange.folder = target.parent
    workbench.exchange.write(target, lambda progress: write(target, progress))
