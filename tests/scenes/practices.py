"""The Practices page: each of its views, several practices at once, a filter, the map, scales, imports with their rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage
from ui.pages.practices.tree import Column

_TABLE = (
    "Dimension,Theme,Practice,Level,Weight,Owner,0 %,100 %\n"
    "Delivery,Build,Trunk-based development,2,1.5,Ada,Branches live for weeks,Everyone merges every day\n"
    "Delivery,Build,Small batches of work that can be reviewed in ten minutes,9,1,Ada,,\n"
    "Delivery,Build,Trunk-based development,3,1,Ada,,\n"
    ",,,4,,no name,,\n"
    "Learning,Reviews,Blameless reviews after incidents,3,2,Bo,Someone is to blame,The system is improved\n"
)


def scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on the demo."""
    page = stage.show_page("practices")
    window = stage.roadbook.window
    _choose(page, 0)
    stage.settle(0.3)
    yield "practices", window
    with stage.editing(page.view, page.view.currentIndex().siblingAtColumn(Column.WEIGHT)):
        yield "practices-weight-typed", window
    _choose(page, 0, 1, 2)
    stage.settle()
    yield "practices-levels-of-several", window
    stage.trigger("practices.show-texts")
    yield "practices-texts", window
    stage.trigger("practices.show-map")
    stage.trigger("practices.map-fit")
    yield "practices-map", window
    page.map.view.select((page.map.view.diagram.edges[0].target,))
    stage.settle()
    stage.trigger("practices.map-focus")
    yield "practices-map-of-one", window
    stage.trigger("practices.map-focus")
    stage.trigger("practices.show-scales")
    yield "practices-scales", window
    stage.trigger("practices.show-levels")
    stage.trigger("practices.rename-model")
    yield "practices-model-name", window
    page.bar._name.hide()
    page.view.setFocus()
    page.bar.filter.setText("test")
    stage.settle(0.4)
    yield "practices-filtered", window
    page.bar.filter.setText("nothing is called like this")
    stage.settle(0.4)
    yield "practices-nothing-found", window
    page.bar.filter.clear()
    stage.settle(0.4)
    yield from _imports(stage)
    stage.trigger("practices.add-model")
    yield "practices-new-model", window


def empty_scenes(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Play on an engagement with nothing in it."""
    stage.show_page("practices")
    yield "practices-empty", stage.roadbook.window


def _choose(page: Any, *numbers: int) -> None:
    """Select practices, by their place among all of the model."""
    rows = [index for index in _indexes(page.tree) if page.tree.node_at(index).kind == "practices"]
    flags = QItemSelectionModel.SelectionFlag
    chosen = page.view.selectionModel()
    chosen.setCurrentIndex(rows[numbers[0]], flags.ClearAndSelect | flags.Rows)
    for number in numbers[1:]:
        chosen.select(rows[number], flags.Select | flags.Rows)


def _indexes(model: Any) -> Iterator[Any]:
    waiting = [model.index(row, 0) for row in reversed(range(model.rowCount()))]
    while waiting:
        index = waiting.pop()
        yield index
        waiting += [model.index(row, 0, index) for row in reversed(range(model.rowCount(index)))]


def _imports(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    table = stage.folder / "Practices of the bank.csv"
    table.write_text(_TABLE, encoding="utf-8")
    template = stage.folder / "teamwork.json"
    template.write_text(json.dumps(_records()), encoding="utf-8")
    for name, path in (("practices-import-table", table), ("practices-import-model", template)):
        with stage.dialog(lambda path=path: _read(stage, path)) as dialog:
            dialog.rows.setCurrentIndex(dialog.filtered.index(2, 0))
            yield name, dialog
    broken = stage.folder / "broken.json"
    broken.write_text('[{"model": ', encoding="utf-8")
    _read(stage, broken)
    stage.settle()
    yield "practices-import-refused", stage.roadbook.window
    stage.roadbook.window.messages.clear()


def _read(stage: Stage, path: Path) -> None:
    opened = stage.roadbook.opened
    assert opened is not None
    stage.roadbook._exchange_desk().read(opened, (path,))


def _records() -> list[dict[str, Any]]:
    """Return a template of Measure-Mate with something of everything that is said of one."""
    attributes = ("Stand-ups", "Reviews", "Working agreements")
    ratings = (("N/A", "Not applicable"), ("Poor", "It does not happen"), ("Good", "It happens, and it helps"))
    records: list[dict[str, Any]] = [{"model": "measure_mate.template", "pk": 1, "fields": {"name": "Teamwork"}}]
    for number, name in enumerate(attributes, start=1):
        fields = {"name": name, "template": 1, "rank": number, "desc": f"How the team sees its {name.lower()}"}
        records.append({"model": "measure_mate.attribute", "pk": number, "fields": fields})
        for rank, (rating, text) in enumerate(ratings):
            told = {"name": rating, "attribute": number, "rank": rank, "desc": text}
            records.append({"model": "measure_mate.rating", "pk": number * 10 + rank, "fields": told})
    lost = {"name": "Lost", "attribute": 99, "rank": 1, "desc": ""}
    return [
        *records,
        {"model": "measure_mate.rating", "pk": 99, "fields": lost},
        {"model": "measure_mate.tag", "pk": 1, "fields": {"name": "blue"}},
    ]
