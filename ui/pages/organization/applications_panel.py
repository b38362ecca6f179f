"""The applications as a view of the page: who runs each, and how many measurements there are of it."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QHBoxLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.editing import entities, organization
from planner.language import N_, Language
from ui.models.entity_table import Cell, EntityRow, TableColumn
from ui.pages.organization.entity_panel import EntityPanel
from ui.pages.page import Page
from ui.widgets.guidance import Guidance

Index = QModelIndex | QPersistentModelIndex

_COLUMNS: Final = (
    TableColumn(title=N_("Application"), editable=True),
    TableColumn(title=N_("Run by"), editable=True),
    TableColumn(title=N_("Measurements"), to_the_right=True),
)
_FIELDS: Final = ("name", "team_id")
_TEAM: Final = 1
_TEAM_WIDTH: Final = 300


class ApplicationsPanel(EntityPanel):
    """Shows and edits the applications."""

    def __init__(self, page: Page) -> None:
        workbench = page.workbench
        guidance = Guidance(
            workbench.surroundings,
            workbench.actions,
            heading=N_("There are no applications yet"),
            sentence=N_("An application is a product or system run by one team, whose delivery is measured."),
            offers=(
                (
                    "organization.add-application",
                    "application",
                    N_("Add the first application"),
                    N_("Name it, then choose the team that runs it"),
                ),
            ),
        )
        super().__init__(page, kind="applications", columns=_COLUMNS, rows=_rows, change=_change, guidance=guidance)
        self.table.setItemDelegateForColumn(_TEAM, TeamChoice(page, self))
        self.table.setColumnWidth(_TEAM, _TEAM_WIDTH)
        self.table.setColumnWidth(2, 120)
        body = QHBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.table)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the view in the language of the screen."""
        super().retranslate()
        language = self.page.workbench.surroundings.language
        self.table.setAccessibleName(language.gettext(N_("Applications")))

    def add(self, team_id: str | None) -> None:
        """Add an application run by a team, or by nobody yet, and name it."""
        name = self.page.workbench.surroundings.language.gettext(N_("New application"))
        self.carry_out_add(lambda engagement: organization.add_application(engagement, name=name, team_id=team_id))


def _rows(engagement: Engagement, language: Language) -> list[EntityRow]:
    """Return a row an application, by name."""
    measured = engagement.referring("measurements", "application_id")
    rows = []
    for one in sorted(engagement.applications.values(), key=lambda one: (one.name.casefold(), one.id)):
        team = engagement.teams.get(one.team_id or "")
        cells = (
            Cell(text=" ".join(one.name.split()), value=one.name),
            Cell(text="" if team is None else " ".join(team.name.split()), value=one.team_id),
            Cell(text=language.number(len(measured.get(one.id, ())), decimals=0)),
        )
        rows.append(EntityRow(one.id, cells))
    return rows


def _change(engagement: Engagement, application_id: str, column: int, value: Any) -> Changes:
    """Return what a new name, or another team, changes."""
    return entities.change(engagement, "applications", application_id, **{_FIELDS[column]: value})


class TeamChoice(QStyledItemDelegate):
    """Chooses a team, or none, from those of the engagement."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """Return a list of the teams, in the order of the tree."""
        language = self._page.workbench.surroundings.language
        editor = QComboBox(parent)
        editor.setAccessibleName(language.gettext(N_("Run by")))
        editor.addItem(language.gettext(N_("Nobody yet")), None)
        engagement = self._page.engagement
        for unit in organization.walk_units(engagement):
            for team in engagement.teams_of(unit.id):
                editor.addItem(" ".join(team.name.split()), team.id)
        editor.activated.connect(lambda _chosen: self._commit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Choose the team there is."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(2))))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask the model for the edit."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
