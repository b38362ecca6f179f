"""The groups as a view of the page: a table of them, and beside it every team with a tick where it is in the group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QSplitter, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.editing import entities, organization
from planner.language import N_, Language
from ui import theme
from ui.models.entity_table import Cell, EntityRow, TableColumn
from ui.pages.organization.entity_panel import EntityPanel
from ui.pages.page import Page
from ui.widgets.guidance import Guidance
from ui.widgets.text import ElidedLabel, PlainLabel

Index = QModelIndex | QPersistentModelIndex

_COLUMNS: Final = (
    TableColumn(title=N_("Group"), editable=True),
    TableColumn(title=N_("Teams"), to_the_right=True),
    TableColumn(title=N_("People"), to_the_right=True),
    TableColumn(title=N_("Capacity"), to_the_right=True),
)


_WIDTHS: Final = {1: 68, 2: 68, 3: 78}
"""How wide numbers are: what is left is for the names."""


class GroupsPanel(EntityPanel):
    """Shows and edits the groups and who is in them."""

    def __init__(self, page: Page) -> None:
        workbench = page.workbench
        guidance = Guidance(
            workbench.surroundings,
            workbench.actions,
            heading=N_("There are no groups yet"),
            sentence=N_("A group gathers teams across units: a guild, a site, a release train."),
            offers=(
                ("organization.add-group", "group", N_("Add the first group"), N_("Name it, then tick its teams")),
            ),
        )
        super().__init__(
            page, kind="groups", columns=_COLUMNS, rows=_rows, change=_change, guidance=guidance, widths=_WIDTHS
        )
        splitter = QSplitter(Qt.Orientation.Horizontal, self.body)
        self.ticks = TeamTicks(self)
        self.members = TickList()
        self.members.setModel(self.ticks)
        self._heading = ElidedLabel(role="heading")
        self._hint = PlainLabel(role="caption", wraps=True)
        side = QWidget(splitter)
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.SPACE_L, theme.SPACE_M, theme.SPACE_M, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(self._heading)
        column.addWidget(self._hint)
        column.addWidget(self.members, 1)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(side)
        splitter.setSizes([500, 420])
        body = QHBoxLayout(self.body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(splitter)
        self.selection_changed.connect(self._show_members)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the view in the language of the screen."""
        super().retranslate()
        if not hasattr(self, "members"):
            return
        language = self.page.workbench.surroundings.language
        self.table.setAccessibleName(language.gettext(N_("Groups")))
        self.members.setAccessibleName(language.gettext(N_("Teams of the group")))
        self._hint.setText(language.gettext(N_("Tick the teams that belong to it; Space ticks the current one.")))
        self._show_members()

    def add(self, team_ids: Iterable[str]) -> None:
        """Add a group with some teams and name it."""
        name = self.page.workbench.surroundings.language.gettext(N_("New group"))
        ids = sorted(team_ids)
        self.carry_out_add(lambda engagement: organization.add_group(engagement, name=name, team_ids=ids))

    def tick(self, team_id: str, *, joins: bool) -> bool:
        """Let a team join or leave the selected group."""
        ids = self.selected_ids()
        if len(ids) != 1:
            return False
        chosen = {"join" if joins else "leave": [team_id]}
        return self.page.edit(lambda engagement: organization.change_members(engagement, ids[0], **chosen))

    def _show_members(self) -> None:
        ids, language = self.selected_ids(), self.page.workbench.surroundings.language
        one = len(ids) == 1 and self.page.opened is not None
        self.members.setEnabled(one)
        engagement = None if self.page.opened is None else self.page.engagement
        name = language.gettext(N_("Choose one group"))
        if engagement is not None and one:
            name = engagement.groups[ids[0]].name
        self._heading.setText(name)
        self.ticks.show(engagement, ids[0] if one else "", read_only=not self.page.can_edit)


def _rows(engagement: Engagement, language: Language) -> list[EntityRow]:
    """Return a row a group, by name."""
    index = engagement.referring("teams", "group_ids")
    rows = []
    for group in sorted(engagement.groups.values(), key=lambda one: (one.name.casefold(), one.id)):
        teams = index.get(group.id, ())
        counts = (len(teams), sum(one.headcount for one in teams), sum(one.change_capacity for one in teams))
        cells = (Cell(text=language.number(count)) for count in counts)
        rows.append(EntityRow(group.id, (Cell(text=" ".join(group.name.split()), value=group.name), *cells)))
    return rows


def _change(engagement: Engagement, group_id: str, _column: int, value: Any) -> Changes:
    """Return what a new name changes; a group has no other cell that is edited."""
    return entities.change(engagement, "groups", group_id, name=value)


class TickList(QListView):
    """A list whose current row is ticked by Space."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a long name ends in dots

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space tick, whatever row the list would search for."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            self.model().setData(index, state, Qt.ItemDataRole.CheckStateRole)
            return
        super().keyPressEvent(event)


class TeamTicks(QAbstractListModel):
    """Every team in the order of the tree, ticked where it is in the group shown."""

    def __init__(self, panel: GroupsPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._rows: tuple[tuple[str, str, bool], ...] = ()
        self._read_only = False

    def show(self, engagement: Engagement | None, group_id: str, *, read_only: bool) -> None:
        """Show who is in a group; nobody for an empty id."""
        rows: list[tuple[str, str, bool]] = []
        if engagement is not None:
            for unit in organization.walk_units(engagement):
                rows += [
                    (
                        team.id,
                        f"{' '.join(team.name.split())}  ·  {' '.join(unit.name.split())}",
                        group_id in team.group_ids,
                    )
                    for team in engagement.teams_of(unit.id)
                ]
        if [row[0] for row in rows] == [row[0] for row in self._rows] and read_only == self._read_only:
            self._rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows, self._read_only = tuple(rows), read_only
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many teams there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what `role` asks of a team."""
        if not index.isValid():
            return None
        _team_id, text, ticked = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return text
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Let a team join or leave."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or self._read_only:
            return False
        joins = Qt.CheckState(value) == Qt.CheckState.Checked
        return self._panel.tick(self._rows[index.row()][0], joins=joins)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a team can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return found if self._read_only else found | Qt.ItemFlag.ItemIsUserCheckable
