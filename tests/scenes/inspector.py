"""The inspector beside the pages, on what is selected."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo: the first entity of each kind there is."""
    window, pages = stage.roadbook.window, stage.roadbook.pages
    assert pages is not None
    stage.show_page("organization")
    for kind, table in stage.roadbook.page("organization").engagement.by_kind().items():
        if table:
            pages.go_to(kind, next(iter(table)))
            stage.settle()
            yield f"inspector-{kind}", window
