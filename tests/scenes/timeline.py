"""The Timeline page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage
from ui.present.columns import Column


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo: whole, near, folded, with a date refused."""
    page, window = stage.show_page("timeline"), stage.roadbook.window
    page.view.setCurrentIndex(page.model.index(3, Column.NAME))
    stage.settle()
    yield "timeline", window
    page.timeline.zoom(4.0)
    page.timeline.go_to_today()
    stage.settle()
    yield "timeline-near", window
    page.timeline.fit()
    page.fold_all()
    page.view.selectionModel().clear()
    stage.settle()
    yield "timeline-folded", window
    page.unfold_all()
    leaf = next(row.id for row in page.outline if not row.has_children)
    for column in (Column.START, Column.DURATION, Column.PROGRESS, Column.STATUS):
        with stage.editing(page.view, page.model.index_of(leaf, column)):
            yield f"timeline-{column.name.lower()}-typed", window
    index = page.model.index_of(leaf, Column.FINISH)
    page.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    page.model.setData(index, date(2001, 1, 1))
    stage.settle()
    yield "timeline-error", window


def empty_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on an engagement with nothing in it."""
    stage.show_page("timeline")
    yield "timeline-empty", stage.roadbook.window
