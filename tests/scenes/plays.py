"""The plays: each module of scenes with each content it plays on, for the command that draws and the test that walks.

A module of scenes has `scenes(stage)` for the demo engagement and may have `empty_scenes(stage)` for an engagement with
nothing in it and `closed_scenes(stage)` for no document at all; each yields the name of a scene and the widget to look at.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

import tests.scenes
from planner.document import Document
from planner.editing.start import start_engagement
from tests.scenes.stage import Stage, begin, end
from ui.surroundings import Surroundings

Scenes = Callable[[Stage], Iterator[tuple[str, QWidget]]]
_CONTENTS = {"scenes": "demo", "empty_scenes": "empty", "closed_scenes": "closed"}
_NO_SCENES = frozenset({"plays", "stage"})


@dataclass(frozen=True, slots=True)
class Play:
    """Scenes of one module on one content: "demo", "empty" or "closed"."""

    name: str
    content: str
    scenes: Scenes

    def __str__(self) -> str:
        """Return what identifies the play."""
        return f"{self.name}-{self.content}"


def all_plays() -> tuple[Play, ...]:
    """Return every play there is."""
    found = []
    for module in pkgutil.iter_modules(tests.scenes.__path__):
        if module.name not in _NO_SCENES:
            loaded = importlib.import_module(f"tests.scenes.{module.name}")
            found += [
                Play(module.name, content, getattr(loaded, function))
                for function, content in _CONTENTS.items()
                if hasattr(loaded, function)
            ]
    return tuple(found)


def perform(
    play: Play, surroundings: Surroundings, folder: Path, size: tuple[int, int]
) -> Generator[tuple[str, QWidget], None, None]:
    """Start the application, yield the scenes of a play, and close it; `folder` exists and holds nothing yet."""
    if play.content == "empty":
        path = folder / "Rivage.roadbook"
        Document.create(path, start_engagement("Rivage", created=date.today())).close()
        stage = begin(surroundings, folder, size, path=path)
    else:
        stage = begin(surroundings, folder, size, demo=play.content == "demo")
    try:
        yield from play.scenes(stage)
    finally:
        end(stage)
