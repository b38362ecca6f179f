"""What stands under a resting pointer is said in full, letter by letter, by every painted view and table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.scenes.stage import wait_until
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.pages.flow.stream_painting import Spot
from ui.pages.priorities import board as figures
from ui.present.columns import Column
from ui.widgets.tip import Tip


@pytest.fixture
def roadbook(start: StartRoadbook, qtbot: QtBot) -> Iterator[Roadbook]:
    roadbook = start()
    roadbook.actions["demo"].trigger()
    wait_until(lambda: roadbook.opened is not None)
    settle(qtbot, roadbook)
    yield roadbook
    QToolTip.hideText()


def rest(view: QAbstractScrollArea, place: QPoint) -> None:
    viewport = view.viewport()
    event = QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)


def tip_of(view: QAbstractScrollArea) -> Tip:
    (tip,) = view.findChildren(Tip, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return tip


def test_the_heatmap_says_what_a_cell_is_and_nothing_beside_its_cells(roadbook: Roadbook) -> None:
    roadbook.show_page("assessment")
    heatmap = roadbook.page("assessment").heatmap
    rest(heatmap, heatmap.cell_rectangle().center())
    tip = tip_of(heatmap)
    assert tip.isVisible()
    assert all(line.name in tip.text for line in heatmap.current_lines())
    rest(heatmap, QPoint(2, 2))
    assert not tip.isVisible()
    rest(heatmap, heatmap.cell_rectangle().center())
    QApplication.sendEvent(heatmap, QEvent(QEvent.Type.Leave))
    assert not tip.isVisible()


def test_the_ranking_says_where_an_initiative_stands(roadbook: Roadbook, qtbot: QtBot) -> None:
    roadbook.show_page("priorities")
    settle(qtbot, roadbook)
    view = roadbook.page("priorities").table.view
    index = view.model().index(0, view.model().keys.index(figures.NAME))
    rest(view, view.visualRect(index).center())
    assert index.data() in tip_of(view).text
    assert tip_of(view).isVisible()


def test_the_plan_says_a_name_its_column_cuts(roadbook: Roadbook, qtbot: QtBot) -> None:
    roadbook.show_page("timeline")
    settle(qtbot, roadbook)
    view = roadbook.page("timeline").view
    index = view.model().index(0, Column.NAME)
    view.setColumnWidth(Column.NAME, 60)
    rest(view, view.visualRect(index).center())
    assert tip_of(view).isVisible()
    assert tip_of(view).text.strip() == index.data()
    view.setColumnWidth(Column.NAME, 900)
    rest(view, view.visualRect(index).center())
    assert not tip_of(view).isVisible()


def test_streams_and_charts_say_the_whole_of_what_they_draw(roadbook: Roadbook, qtbot: QtBot) -> None:
    roadbook.show_page("flow")
    settle(qtbot, roadbook)
    page = roadbook.page("flow")
    page.show_view("streams")
    streams = page.streams.view
    row = streams.rows[0]
    step = row.steps[0]
    slot = streams._slot_of(Spot(row.id, step.id))
    assert slot is not None
    rest(streams, streams._on_screen(slot.box).center().toPoint())
    assert step.name in QToolTip.text()
    page.show_view("metrics")
    settle(qtbot, roadbook)
    grid = page.metrics.grid
    rest(grid, grid.chart_place(0, 0).center().toPoint())
    assert grid.sheet.rows[0].name in QToolTip.text()
