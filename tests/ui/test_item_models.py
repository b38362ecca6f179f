"""Every item model there is, watched by Qt's own tester and read cell by cell through all that happens to an engagement."""

from __future__ import annotations

import dataclasses
import gc
import importlib
import itertools
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import ui
from planner.document import Document
from planner.domain.changes import Changes, Label
from planner.domain.engagement import Engagement
from planner.domain.flow import Measurement
from planner.domain.initiative import Outcome, Status, Verdict
from planner.domain.kinds import Entity
from planner.domain.organization import Group, Interaction
from planner.domain.practice import Scale, ScaleOption
from planner.domain.priority import Criterion, Formula, FormulaKind
from planner.domain.settings import RollUp
from planner.editing import entities
from planner.editing.start import start_engagement
from planner.editing.step import step
from planner.language import Language
from tests import builders as a
from tests.ui.conftest import StartRoadbook, settle
from ui.composition import Roadbook
from ui.dialogs.history import HistoryTable
from ui.dialogs.import_report import ImportDialog
from ui.dialogs.import_rows import ColumnTable, RowFilter, RowTable
from ui.dialogs.table_dialog import FateTable
from ui.forms.tables import ValueTable
from ui.inspector.related_list import RelatedRows
from ui.models.entity_table import EntityTable
from ui.models.initiatives import InitiativeTable
from ui.pages.flow.finding_table import FindingTable
from ui.pages.flow.measurements_dialog import MeasurementsDialog
from ui.pages.organization.groups_panel import TeamTicks
from ui.pages.organization.list_dialog import ListDialog
from ui.pages.organization.map_findings import FindingList
from ui.pages.organization.tree_model import TreeModel
from ui.pages.practices.levels import LevelTable
from ui.pages.practices.scales import OptionTable, ScaleTable
from ui.pages.practices.tree import PracticeTree
from ui.pages.priorities.table_model import PriorityTable
from ui.pages.share.preview import SheetTable
from ui.widgets.choices import ChoiceList

LIVES: Final[dict[str, frozenset[type[QAbstractItemModel]]]] = {
    "organization": frozenset({TreeModel, EntityTable, TeamTicks, FindingList}),
    "practices": frozenset({PracticeTree, LevelTable, ScaleTable, OptionTable}),
    "assessment": frozenset({ChoiceList}),
    "priorities": frozenset({PriorityTable, EntityTable}),
    "timeline": frozenset({InitiativeTable}),
    "flow": frozenset({FindingTable, EntityTable}),
    "share": frozenset({SheetTable, ChoiceList}),
    "settings": frozenset({EntityTable, ChoiceList}),
}
"""The models each page has rows in, while everything happens to the engagement it shows."""

BESIDE: Final = frozenset({RelatedRows, ValueTable, HistoryTable, ChoiceList})
"""The models of what stands beside and over the pages: inspector, history, search."""

TAKEN_IN: Final = frozenset({RowTable, RowFilter, ColumnTable, FateTable})
"""The models of what is looked at before it is taken in."""

ROLES: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole,
                Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.CheckStateRole,
                Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.FontRole, Qt.ItemDataRole.TextAlignmentRole)  # fmt: skip
Intent = Callable[[Engagement], Changes]
READ: Final = 40
"""Rows of one parent that are read cell by cell."""


def kinds_below(kind: type[QAbstractItemModel]) -> Iterator[type[QAbstractItemModel]]:
    """Yield every class made from one."""
    for one in kind.__subclasses__():
        yield one
        yield from kinds_below(one)


def kinds_of_models() -> frozenset[type[QAbstractItemModel]]:
    """Return every item model of the application, once all of it is imported."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return frozenset(one for one in kinds_below(QAbstractItemModel) if one.__module__.startswith("ui."))


class Watch:
    """Sets Qt's tester on every model that is alive, and keeps which kinds had rows."""

    def __init__(self) -> None:
        self.kinds = kinds_of_models()
        self.filled: set[type[QAbstractItemModel]] = set()

    def look(self) -> None:
        """Watch the models made since, and read what all of them say."""
        gc.unfreeze()  # what the application has set aside from collection is not among the objects told otherwise
        for one in gc.get_objects():
            if type(one) not in self.kinds or not isValid(one):
                continue
            if not one.property("watched"):
                one.setProperty("watched", True)
                QAbstractItemModelTester(one, QAbstractItemModelTester.FailureReportingMode.Warning, one)
            self.read(one)

    def read(self, model: QAbstractItemModel) -> None:
        """Read a model as views, delegates and screen readers do."""
        if model.rowCount(QModelIndex()):
            self.filled.add(type(model))
        waiting = [QModelIndex()]
        while waiting:
            parent = waiting.pop()
            rows = min(model.rowCount(parent), READ)
            columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
            for row, column in itertools.product(range(rows), range(columns)):
                index = model.index(row, column, parent)
                said = {role: index.data(role) for role in ROLES}
                tip = str(said[Qt.ItemDataRole.ToolTipRole] or "")
                assert "<b>" not in tip, f"{type(model).__name__} lets a tool tip read HTML: {tip!r}"
                spoken = said[Qt.ItemDataRole.AccessibleTextRole] or said[Qt.ItemDataRole.DisplayRole]
                assert spoken is None or isinstance(spoken, str), (type(model).__name__, spoken)
                if column == 0:
                    waiting.append(index)
        is_list = isinstance(model, QAbstractListModel) or not model.rowCount(QModelIndex())
        for column in range(0 if is_list else model.columnCount(QModelIndex())):
            assert str(model.headerData(column, Qt.Orientation.Horizontal) or ""), type(model).__name__


MOVED: Final[dict[tuple[str, str], dict[str, Any]]] = {
    ("teams", "team-3"): {"unit_id": "unit-2", "position": 0},
    ("units", "unit-3"): {"parent_id": "unit-2"},
    ("practices", "practice-3"): {"position": -1},
    ("initiatives", "initiative-2"): {"parent_id": "milestone", "position": 0},
    ("initiatives", "initiative-3"): {"parent_id": "programme", "position": 0, "status": Status.DROPPED},
    ("criteria", "criterion-2"): {"position": 0},
    ("measurements", "measurement"): {"measured_on": a.MONDAY + timedelta(days=9)},
}
CHANGED: Final[dict[tuple[str, str], dict[str, Any]]] = {
    ("teams", "team"): {"name": "Zebra", "headcount": 3},
    ("groups", "group"): {"name": "Zoo"},
    ("practices", "practice"): {"usefulness": 1, "name": "Aspect"},
    ("scales", "scale-2"): {"name": "A scale"},
    ("outcomes", "outcome"): {"verdict": Verdict.REFUTED, "note": ""},
    ("settings", "settings"): {"formula_id": "formula-2", "roll_up": RollUp.MEAN},
}
REMOVED: Final = (
    {"practices": "practice-4", "outcomes": "outcome-2", "measurements": "measurement", "initiatives": "initiative-3"},
    {"groups": "group-2", "teams": "team-3", "criteria": "criterion-2", "formulas": "formula-2"},
    {"units": "unit-3"},
)


def everything_twice() -> list[list[Entity]]:
    """Return a sound engagement in three parts that each build on those before, so that rows are added to rows."""
    sample = a.sample_of_every_kind()
    first = [one for one in sample if not isinstance(one, Interaction | Measurement | Outcome)]
    rest = [one for one in sample if one not in first]
    more = [
        a.team(id="team-3", name="Another", unit_id="unit", position=2),
        a.unit(id="unit-3", name="Labs", parent_id="unit", position=1),
        a.practice(id="practice-3", name="Reviews", position=3),
        a.practice(id="practice-4", name="Alerts", position=4),
        a.initiative(id="initiative-2", name="Later", parent_id="programme", position=2),
        a.initiative(id="initiative-3", name="Sooner", position=7),
        Group(id="group-2", name="Site"),
        Criterion(id="criterion-2", name="Effort", position=2),
        Formula(id="formula-2", name="Theirs", kind=FormulaKind.CUSTOM, expression="visibility + 1", position=2),
        Scale(
            id="scale-2",
            model_id="model",
            name="Other",
            options=(ScaleOption(score=0.0, text="no"), ScaleOption(score=1.0, text="yes")),
        ),
        a.answer(id="answer-4", assessment_id="assessment-2", team_id="team", practice_id="practice", score=1.0),
        Interaction(id="interaction-2", from_team_id="team-3", to_team_id="team"),
    ]
    return [first, rest, more]


def whole_life() -> Iterator[Intent]:
    """Yield intents, each on what the ones before left: rows inserted, moved elsewhere, changed and removed."""
    for part in everything_twice():
        yield partial(put, part=part)
    for changed in (MOVED, CHANGED):
        yield partial(change, changed=changed)
    for removed in REMOVED:
        yield partial(remove, removed=removed)


def change(engagement: Engagement, *, changed: Mapping[tuple[str, str], Mapping[str, Any]]) -> Changes:
    found = [dataclasses.replace(entities.find(engagement, *place), **fields) for place, fields in changed.items()]
    return put(engagement, part=found)


def remove(engagement: Engagement, *, removed: Mapping[str, str]) -> Changes:
    found = [entities.find(engagement, kind, one) for kind, one in removed.items()]
    return step(engagement, Label("change-many", {"kind": "teams", "count": len(found)}), remove=found)


def put(engagement: Engagement, *, part: list[Entity]) -> Changes:
    return step(engagement, Label("import-files", {"names": "x"}), put=part)


@pytest.fixture
def watch() -> Iterator[Watch]:
    yield Watch()
    QGuiApplication.clipboard().clear()


@pytest.fixture
def roadbook(start: StartRoadbook, tmp_path: Path) -> Roadbook:
    path = tmp_path / "life.roadbook"
    Document.create(path, start_engagement("Life", created=a.MONDAY)).close()
    return start(path)


def live(roadbook: Roadbook) -> None:
    """Let everything happen to the engagement."""
    opened = roadbook.opened
    assert opened is not None
    for intent in whole_life():
        opened.edit(intent(opened.engagement))


def unfold(roadbook: Roadbook, page_id: str, qtbot: QtBot) -> None:
    """Bring out what a page shows rows of only once it is asked to."""
    page: Any = roadbook.page(page_id)
    if page_id == "assessment":
        for choice in (page.bar.assessments, page.bar.compared):
            choice.setCurrentIndex(choice.findData("assessment" if choice is page.bar.compared else "assessment-2"))
            choice.activated.emit(choice.currentIndex())
    if page_id == "share":
        page.choose_kind(".csv")
        qtbot.waitUntil(lambda: page.preview.model.rowCount() > 0, timeout=60_000)


def views_of(roadbook: Roadbook, page_id: str) -> list[str]:
    """Return the actions that show one view of a page after the other; "" where there is but one."""
    shows = [kind.id for kind, _action in roadbook.actions.of_page(page_id) if kind.id.startswith(f"{page_id}.show-")]
    return shows or [""]


@pytest.mark.parametrize("page_id", LIVES)
def test_the_models_of_a_page_keep_every_rule_of_qt(
    page_id: str, roadbook: Roadbook, watch: Watch, qtbot: QtBot
) -> None:
    roadbook.show_page(page_id)
    settle(qtbot, roadbook)
    watch.look()
    live(roadbook)
    opened = roadbook.opened
    assert opened is not None
    unfold(roadbook, page_id, qtbot)
    for view in views_of(roadbook, page_id):
        if view and roadbook.actions[view].isEnabled():
            roadbook.actions[view].trigger()
        settle(qtbot, roadbook)
        watch.look()
        if roadbook.actions["select-all"].isEnabled():
            roadbook.actions["select-all"].trigger()
        watch.look()
        steps = 0
        while opened.undo_label is not None:
            opened.undo()
            steps += 1
        settle(qtbot, roadbook)
        watch.look()
        for _ in range(steps):
            opened.redo()
        settle(qtbot, roadbook)
        watch.look()
    roadbook._surroundings.set_language(Language("fr"))
    watch.look()
    roadbook._surroundings.set_theme("dark")
    opened.edit(entities.change(opened.engagement, "teams", "team", name="Après"))
    watch.look()
    roadbook.actions["close"].trigger()
    qtbot.waitUntil(lambda: roadbook.opened is None and not roadbook.files.busy)
    watch.look()
    assert LIVES[page_id] <= watch.filled


def test_the_models_beside_the_pages_keep_every_rule_of_qt(roadbook: Roadbook, watch: Watch, qtbot: QtBot) -> None:
    live(roadbook)
    opened, pages = roadbook.opened, roadbook.pages
    assert opened is not None
    assert pages is not None
    roadbook.actions["history"].trigger()
    roadbook.actions["search"].trigger()
    watch.look()
    for kind, table in opened.engagement.by_kind().items():
        for one in table:
            pages.go_to(kind, one)
            pages.inspector.look_into(kind, one)
            watch.look()
    for _ in range(6):
        opened.undo()
    watch.look()
    for _ in range(6):
        opened.redo()
    roadbook._surroundings.set_language(Language("fr"))
    watch.look()
    assert watch.filled >= BESIDE


def test_the_models_of_what_is_taken_in_keep_every_rule_of_qt(
    roadbook: Roadbook, watch: Watch, qtbot: QtBot, tmp_path: Path
) -> None:
    live(roadbook)
    opened = roadbook.opened
    assert opened is not None
    table = tmp_path / "ours.csv"
    table.write_text("Dimension,Theme,Practice,Level\nFlow,Build,Trunk,2\nFlow,Build,Small,9\n,,,5\n", encoding="utf-8")
    roadbook._exchange_desk().read(opened, (table,))
    qtbot.waitUntil(lambda: bool(roadbook.window.findChildren(ImportDialog)))
    (dialog,) = roadbook.window.findChildren(ImportDialog)
    watch.look()
    for text in ("flow", "nothing holds this", ""):
        dialog.text.setText(text)
        watch.look()
    dialog.tick_shown(on=False)
    dialog.column_table.setData(dialog.column_table.index(3, 2), "usefulness")
    settle(qtbot, roadbook)
    watch.look()
    dialog.reject()
    for page_id, action_id, kind, texts in (
        ("organization", "organization.paste-list", ListDialog, ("Team\tUnit\nNova\tLabs\n\tLabs\n", "", "Nova\tX\n")),
        ("flow", "flow.paste-metrics", MeasurementsDialog,
         ("Team\tDate\tLead time (days)\nZebra\t2026-03-31\t2\nNobody\t2026-03-31\t1\n", "", "a\tb\n")),
    ):  # fmt: skip
        roadbook.show_page(page_id)
        settle(qtbot, roadbook)
        QGuiApplication.clipboard().setText(texts[0])
        roadbook.actions[action_id].trigger()
        found: Any
        (found,) = roadbook.window.findChildren(kind)
        watch.look()
        for text in texts:
            found.text.setPlainText(text)
            found.read()
            watch.look()
        found.reject()
    assert watch.filled >= TAKEN_IN


def test_no_model_is_left_out() -> None:
    assert kinds_of_models() == frozenset().union(*LIVES.values(), BESIDE, TAKEN_IN)


class _Liar(QAbstractListModel):
    """Says more rows were inserted than there are."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = 0

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008, N802  Qt's own signature
        return 0 if parent.isValid() else self.rows

    def data(self, _index: Any, _role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return None

    def insert_wrongly(self) -> None:
        self.beginInsertRows(QModelIndex(), 0, 4)
        self.rows = 1
        self.endInsertRows()


def test_a_model_that_lies_is_told_of(qtlog: Any) -> None:
    model, told = _Liar(), []
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    with qtlog.disabled():
        before = qInstallMessageHandler(lambda _kind, _context, text: told.append(text))
        model.insert_wrongly()
        qInstallMessageHandler(before)
    assert any("FAIL" in text for text in told)
