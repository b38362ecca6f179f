"""The interaction map: the organization's teams as a picture that is edited, with what stands out beside it.

A page within the organization page: it is told of the document and asked for its selection and its actions as any
page is. Places somebody chose are in the file; for the others, and for what stands out, a pool thread is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.analysis.interactions import Finding, FindingKind, find_all
from planner.analysis.map_layout import Body, arrange_clusters
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.organization import InteractionHealth, InteractionMode
from planner.editing import entities, interactions
from planner.language import N_, NN_
from ui import theme
from ui.diagram.bar import DiagramBar
from ui.diagram.chooser import Chooser
from ui.diagram.legend import Legend
from ui.diagram.values import SIZES, Diagram
from ui.diagram.view import DiagramView
from ui.pages.organization.map_actions import HEALTH_ACTIONS, MAP_ACTIONS, MODE_ACTIONS
from ui.pages.organization.map_export import ShownMap, ask_map_picture
from ui.pages.organization.map_findings import FindingList
from ui.pages.organization.map_picture import SHAPES, draw_map
from ui.pages.page import Page, Selection
from ui.widgets.action_menu import show_menu
from ui.widgets.choices import Choice
from ui.widgets.guidance import Guidance
from ui.widgets.text import PlainLabel
from ui.workbench import Workbench

_SIDE_WIDTH: Final = 310
_BUTTONS: Final = (
    ("organization.map-connect", "organization.map-reverse"),
    ("organization.map-arrange",),
    ("organization.map-zoom-out", "organization.map-zoom-in", "organization.map-fit"),
    ("organization.map-picture",),
)
_KINDS: Final = ("units", "teams", "interactions", "settings")


@dataclass(frozen=True, slots=True)
class Study:
    """What a pool thread found out: what stands out, and where teams without a place stand."""

    findings: tuple[Finding, ...]
    places: Mapping[str, tuple[float, float]]


class InteractionMap(Page):
    """Shows and edits how the teams of one open document interact."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        surroundings, actions = workbench.surroundings, workbench.actions
        self._found: dict[str, tuple[float, float]] = {}
        self._findings: tuple[Finding, ...] = ()
        self._studied: Engagement | None = None
        self._wanted = ""
        self._is_known = False
        self._is_fitted = False
        self.view = DiagramView(surroundings, self)
        self.findings = FindingList(self)
        self.list = QListView()
        self.list.setModel(self.findings)
        self.list.setWordWrap(True)
        self.list.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.legend = Legend(surroundings)
        self._headings = (PlainLabel(role="heading"), PlainLabel(role="heading"))
        self._calm = PlainLabel(role="muted", wraps=True)
        self.bar = DiagramBar(actions, _BUTTONS, worded=frozenset({"organization.map-connect"}))
        self._guidance = Guidance(
            surroundings,
            actions,
            heading=N_("There are no teams yet"),
            sentence=N_("Once the organization has teams, this map shows how they work together."),
            offers=(
                (
                    "organization.paste-list",
                    "table",
                    N_("Paste a list of teams"),
                    N_("From a spreadsheet, with units and numbers"),
                ),
                ("organization.add-team", "add", N_("Add the first team"), N_("In the tree of units and teams")),
            ),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lay_out())
        self._stack.addWidget(self._guidance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.view)
        self._connect()
        self.retranslate()

    def _lay_out(self) -> QWidget:
        scroller = QScrollArea()
        scroller.setWidget(self.legend)
        scroller.setWidgetResizable(True)
        self.legend.setAutoFillBackground(False)
        scroller.viewport().setAutoFillBackground(False)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.SPACE_M, theme.SPACE_M, theme.SPACE_S, theme.SPACE_S)
        column.setSpacing(theme.SPACE_S)
        column.addWidget(self._headings[0])
        column.addWidget(self._calm)
        column.addWidget(self.list, 3)
        column.addWidget(self._headings[1])
        column.addWidget(scroller, 4)
        side.setMinimumWidth(200)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.view)
        splitter.addWidget(side)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        splitter.setSizes([1000, _SIDE_WIDTH])
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(splitter, 1)
        return whole

    def _connect(self) -> None:
        self.view.selected.connect(self._tell_selection)
        self.view.current_changed.connect(self.situation_changed)
        self.view.activated.connect(lambda _id: self._show_inspector())
        self.view.moved.connect(self._move)
        self.view.connect_asked.connect(self._join)
        self.view.menu_asked.connect(self._show_menu)
        self.list.clicked.connect(self._select_finding)
        self.list.activated.connect(self._select_finding)
        self.list.selectionModel().currentChanged.connect(lambda index, _before: self._select_finding(index))
        self.workbench.surroundings.theme_changed.connect(self._list_findings)

    # The document

    def forget(self) -> None:
        """Let go of the document before: places found, what stood out."""
        self._found.clear()
        self._findings = ()
        self._studied = None
        self._is_known = False
        self._is_fitted = False
        self.view.show_diagram(Diagram())
        self._list_findings()

    def refresh(self) -> None:
        """Show the document anew, and ask what stands out in it now."""
        if self.opened is None:
            return
        engagement = self.engagement
        self._stack.setCurrentIndex(0 if engagement.teams else 1)
        self.view.editable = self.can_edit
        self._draw()
        self._list_findings()
        if engagement is not self._studied:
            self._studied = engagement
            self._ask(engagement)

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step, where it is about teams."""
        if any(changes.touches(kind) for kind in _KINDS):
            self.refresh()

    def retranslate(self) -> None:
        """Word everything anew in the language of the screen."""
        language = self.workbench.surroundings.language
        self._headings[0].setText(language.gettext(N_("What stands out")))
        self._headings[1].setText(language.gettext(N_("Legend")))
        self.list.setAccessibleName(language.gettext(N_("What stands out")))
        self.legend.setAccessibleName(language.gettext(N_("Legend")))
        self.view.setAccessibleName(language.gettext(N_("Interaction map")))
        if self.opened is not None:
            self._draw()
        self._list_findings()

    def narrow(self, wanted: str) -> None:
        """Let the teams stand back whose name, group and topology do not hold a text; none for an empty one."""
        if wanted != self._wanted:
            self._wanted = wanted
            if self.opened is not None:
                self._draw()

    def _leave_out_what_is_gone(self) -> None:
        """Forget findings about teams that are no more: words and looks may change before an edit elsewhere is shown."""
        if self.opened is not None:
            self._findings = tuple(each for each in self._findings if _still_names(self.engagement, each))

    def _draw(self) -> None:
        self._leave_out_what_is_gone()
        diagram = draw_map(
            self.engagement,
            self._findings,
            self._places(),
            self.workbench.surroundings.language,
            today=self.workbench.today,
            wanted=self._wanted,
        )
        self.view.show_diagram(diagram)
        self.legend.show_samples(diagram.legend)
        if diagram.nodes and not self._is_fitted and self.view.viewport().width() > 100:
            self._is_fitted = True
            self.view.fit()

    def _places(self) -> dict[str, tuple[float, float]]:
        """Return where teams stand: where somebody put them, else where room was found."""
        places = {team_id: place for team_id, place in self._found.items() if team_id in self.engagement.teams}
        places.update(_kept(self.engagement))
        return places

    def _ask(self, engagement: Engagement) -> None:
        today, found = self.workbench.today, dict(self._found)
        self.workbench.background.run(
            lambda _progress: study(engagement, found, today=today),
            success=lambda known: self._take_study(engagement, known),
            failure=self._tell_failed,
        )

    def _take_study(self, engagement: Engagement, known: Study) -> None:
        if self.opened is None or engagement is not self._studied:
            return
        kept = _kept(engagement)
        self._found.update({team_id: place for team_id, place in known.places.items() if team_id not in kept})
        self._findings = known.findings
        self._is_known = True
        if self.engagement is engagement:
            self._draw()
            self._list_findings()
            self.situation_changed.emit()

    def _list_findings(self) -> None:
        surroundings = self.workbench.surroundings
        engagement = None if self.opened is None else self.engagement
        self._leave_out_what_is_gone()
        self.findings.take(
            engagement, self._findings, surroundings.language, self.view.dress, today=self.workbench.today
        )
        calm = N_("Nothing: no silo, nothing that blocks, nothing past its end.")
        if not self._is_known:
            calm = N_("Looking at how the teams work together…")
        elif engagement is not None and not engagement.interactions:
            calm = N_("Drag from the rim of one team to another to connect them, or select one and press {key}.")
        key = self.workbench.actions["organization.map-connect"].shortcut().toString()
        self._calm.setText(surroundings.language.gettext(calm).format(key=key))
        self._calm.setVisible(not self._findings)
        self.list.setVisible(bool(self._findings))

    # What is selected and what can be done

    def selection(self) -> Selection:
        """Return the selected teams, or interactions."""
        if teams := self.view.selected_nodes():
            return Selection("teams", teams)
        edges = self.view.selected_edges()
        return Selection("interactions", edges) if edges else Selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select a team or an interaction and bring it into view."""
        if kind not in ("teams", "interactions"):
            return False
        self.view.select((entity_id,))
        self.view.bring_into_view((entity_id,))
        return self.selection() == Selection(kind, (entity_id,))

    def summary_text(self) -> str:
        """Return how many teams and interactions there are, and what blocks."""
        if self.opened is None:
            return ""
        language = self.workbench.surroundings.language
        blocking = sum(finding.kind is FindingKind.BLOCKING for finding in self._findings)
        counted = (
            (NN_("{count} team", "{count} teams"), len(self.engagement.teams)),
            (NN_("{count} interaction", "{count} interactions"), len(self.engagement.interactions)),
            (NN_("{count} blocking", "{count} blocking"), blocking),
        )
        return " · ".join(
            language.ngettext(*words, count).format(count=language.number(count, decimals=0))
            for words, count in counted
        )

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the actions of the map and those it shares."""
        return {
            "organization.map-connect": self.ask_connect,
            "organization.map-reverse": self._reverse,
            "organization.map-arrange": self._arrange,
            "organization.map-zoom-in": self.view.zoom_in,
            "organization.map-zoom-out": self.view.zoom_out,
            "organization.map-fit": self.view.fit,
            "organization.map-picture": self.ask_picture,
            "remove": self._remove,
            "select-all": self.view.select_all,
            **{action_id: partial(self._set_mode, mode) for action_id, mode in MODE_ACTIONS.items()},
            **{action_id: partial(self._set_health, health) for action_id, health in HEALTH_ACTIONS.items()},
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.opened is None or not self.engagement.teams:
            return frozenset()
        found = {
            "select-all",
            "organization.map-zoom-in",
            "organization.map-zoom-out",
            "organization.map-fit",
            "organization.map-picture",
        }
        if self.can_edit:
            found.add("organization.map-arrange")
            selected = self.selection()
            if selected:
                found.add("remove")
            if selected.kind == "interactions":
                found |= {"organization.map-reverse", *MODE_ACTIONS, *HEALTH_ACTIONS}
            if selected.kind == "teams" and len(selected.ids) == 1 and len(self.engagement.teams) > 1:
                found.add("organization.map-connect")
        return frozenset(found)

    # What a person does

    def ask_connect(self) -> Chooser | None:
        """Ask which team the selected one is to be connected to."""
        selected = self.selection()
        if selected.kind != "teams" or len(selected.ids) != 1:
            return None
        (source,) = selected.ids
        engagement, language = self.engagement, self.workbench.surroundings.language
        title = language.gettext(N_("Connect {team} to")).format(team=engagement.teams[source].name)
        teams = sorted(engagement.teams.values(), key=lambda team: team.name.casefold())
        chooser = Chooser(
            self.workbench.surroundings,
            title=title,
            offers=tuple(
                Choice(title=team.name, line=engagement.units[team.unit_id].name, icon="team", value=team.id)
                for team in teams
                if team.id != source
            ),
            parent=self,
        )
        chooser.chosen.connect(lambda target: self._join(source, target))
        chooser.open()
        return chooser

    def ask_picture(self) -> None:
        """Ask what the picture of the whole map leaves out, and where it goes."""
        shown = ShownMap(
            engagement=self.engagement, places=self._places(), wanted=self._wanted, today=self.workbench.today
        )
        ask_map_picture(self.workbench, self, shown)

    def _join(self, source: str, target: str) -> None:
        before = self.engagement.interactions
        connect = partial(interactions.connect_teams, from_team_id=source, to_team_id=target)
        if self.edit(connect):
            self.view.select([each for each in self.engagement.interactions if each not in before])
            self.view.setFocus()

    def _move(self, places: Mapping[str, tuple[float, float]]) -> None:
        if not self.edit(lambda engagement: interactions.move_on_map(engagement, places)):
            self._draw()

    def _set_mode(self, mode: InteractionMode) -> None:
        ids = self.selection().ids
        self.edit(lambda engagement: interactions.set_mode(engagement, ids, mode))

    def _set_health(self, health: InteractionHealth) -> None:
        ids = self.selection().ids
        self.edit(lambda engagement: interactions.set_health(engagement, ids, health))

    def _reverse(self) -> None:
        ids = self.selection().ids
        self.edit(lambda engagement: interactions.reverse(engagement, ids))

    def _remove(self) -> None:
        selected = self.selection()
        if selected:
            self.edit(lambda engagement: entities.remove(engagement, selected.kind, selected.ids))

    def _arrange(self) -> None:
        engagement = self.engagement
        self.workbench.background.run(
            lambda _progress: arrange(engagement, {}),
            success=self._take_arrangement,
            failure=self._tell_failed,
        )

    def _take_arrangement(self, places: Mapping[str, tuple[float, float]]) -> None:
        if self.opened is None:
            return
        known = {team_id: place for team_id, place in places.items() if team_id in self.engagement.teams}
        if self.edit(lambda engagement: interactions.arrange_map(engagement, known)):
            self.view.fit()

    def _tell_failed(self, error: UserError) -> None:
        self.workbench.tell(error)

    def _tell_selection(self) -> None:
        self.selection_changed.emit()
        self.situation_changed.emit()

    def _select_finding(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        finding = self.findings.findings[index.row()]
        is_edge = finding.kind in (FindingKind.BLOCKING, FindingKind.OVERDUE)
        ids = finding.interaction_ids if is_edge else finding.team_ids
        self.view.select(ids)
        self.view.bring_into_view(finding.team_ids)

    def _show_inspector(self) -> None:
        action = self.workbench.actions["inspector"]
        if action.isCheckable() and not action.isChecked():
            action.trigger()

    def _show_menu(self, place: QPoint) -> None:
        possible = self.possible()
        groups: list[list[str]] = []
        for kind in MAP_ACTIONS:
            if kind.separated or not groups:
                groups.append([])
            if kind.id in possible:
                groups[-1].append(kind.id)
        if "remove" in possible:
            groups[0].append("remove")
        show_menu(self, self.workbench.actions, groups, place)


def study(engagement: Engagement, found: Mapping[str, tuple[float, float]], *, today: date) -> Study:
    """Return what stands out and a place for every team that has none yet, those `found` before left alone."""
    return Study(find_all(engagement, today=today), arrange(engagement, {**found, **_kept(engagement)}))


def arrange(engagement: Engagement, kept: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return a place for every team, by unit; those of `kept` stay where they are."""
    kept = {team_id: place for team_id, place in kept.items() if team_id in engagement.teams}
    if len(kept) == len(engagement.teams):
        return dict(kept)
    bodies = [
        Body(id=team.id, cluster=team.unit_id, size=SIZES[SHAPES[team.topology]]) for team in engagement.teams.values()
    ]
    joined = [(each.from_team_id, each.to_team_id) for each in engagement.interactions.values()]
    return arrange_clusters(bodies, joined, kept=kept)


def _kept(engagement: Engagement) -> dict[str, tuple[float, float]]:
    return {
        team.id: (team.map_x, team.map_y)
        for team in engagement.teams.values()
        if team.map_x is not None and team.map_y is not None
    }


def _still_names(engagement: Engagement, finding: Finding) -> bool:
    return all(team_id in engagement.teams for team_id in finding.team_ids) and all(
        each in engagement.interactions for each in finding.interaction_ids
    )
