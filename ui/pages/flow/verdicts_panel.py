"""Whether it worked, as one view of the flow page: every outcome with before, after, a suggestion and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
)
from shiboken6 import isValid

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.initiative import OutcomeKind, Verdict
from planner.editing import entities, flow
from planner.exchange.csv_file import defuse
from planner.language import N_, NN_
from planner.words import OUTCOME_KIND_WORDS
from ui import theme
from ui.live_plan import LivePlan
from ui.pages.flow.finding_rows import NOTE, TITLES, VERDICT, Dates, FindingRow, finding_rows
from ui.pages.flow.finding_table import FindingCells, FindingTable
from ui.pages.flow.view import FlowView
from ui.pages.page import Page, Selection
from ui.surroundings import Surroundings
from ui.widgets.action_menu import show_menu
from ui.widgets.clipboard import table_text
from ui.widgets.entity_view import EntityView
from ui.widgets.guidance import Guidance, Offer
from ui.widgets.text import ElidedLabel, PlainLabel
from ui.workbench import Workbench

_SHOWN_KINDS: Final = frozenset(
    {
        "outcomes", "initiatives", "measurements", "stream_steps", "value_streams", "teams", "applications",
        "practices", "answers", "assessments", "calendars", "settings",
    }
)  # fmt: skip
_LEAST: Final = (150, 150, 112, 166, 96, 104, 152, 112, 92)
"""The least widths of the columns: together they fit the smallest window."""
_SHARES: Final = (5, 4, 2, 5, 1, 1, 2, 0, 4)
"""How what is left over is shared out among them."""
_MENU: Final = (
    ("rename", "flow.take-suggestion"),
    ("flow.go-to-initiative",),
    ("flow.add-outcome", "copy", "remove"),
)


_AT_ONCE: Final = 5_000
"""Initiatives, measurements and outcomes that are gone through within a few milliseconds; more are on a pool thread."""
_OUTCOMES_AT_ONCE: Final = 60

_LINK: Final = (
    "flow.add-outcome",
    "link",
    N_("Link an initiative to what it is to move"),
    N_("A step it shortens or a metric it moves, and how far"),
)
_PLAN: Final = (
    "go-timeline",
    "timeline",
    N_("Plan the first initiative"),
    N_("On the timeline; then say here what it is to move"),
)


class VerdictsPanel(FlowView):
    """Shows the outcomes and takes verdicts and notes."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        workbench = page.workbench
        self.model = FindingTable(self.language, edit=self._edit_cell, parent=self)
        self.table = _Findings(workbench.surroundings, self.model)
        self.cells = FindingCells(workbench.surroundings, self.table)
        self.table.setObjectName("findings")
        self.table.setItemDelegate(self.cells)
        self.table.verticalHeader().setDefaultSectionSize(self.cells.row_height)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.selectionModel().selectionChanged.connect(self._take_selection)
        self.kind = QComboBox()
        for value in ("", *(kind.value for kind in OutcomeKind)):
            self.kind.addItem("", value)
        self._kind_label = PlainLabel(role="caption")
        self._count = ElidedLabel(role="caption")
        self._no_outcome = _guide(workbench, _LINK)
        self._no_initiative = _guide(workbench, _PLAN)
        self._asked = 0
        self._sought: tuple[str, ...] = ()
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_M, theme.SPACE_XS)
        bar.setSpacing(theme.SPACE_S)
        bar.addWidget(self._kind_label)
        bar.addWidget(self.kind)
        bar.addSpacing(theme.SPACE_M)
        bar.addWidget(self._count, 1)
        self._stack = QStackedWidget(self)
        self._body = body = QFrame(self._stack)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        for widget in (body, self._no_outcome, self._no_initiative):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.table)
        self.kind.currentIndexChanged.connect(self._choose_kind)
        self.table.customContextMenuRequested.connect(self._show_menu)
        workbench.keeper.computed.connect(self._take_plan)
        self.retranslate()

    # The document

    def refresh(self) -> None:
        """Show the outcomes anew, with the same ones selected."""
        self._asked += 1
        opened = self.page.opened
        if opened is None:
            self.model.show_findings((), read_only=True)
            return
        engagement, language, wanted = opened.engagement, self.language, self.wanted
        self._show_table_or_guidance(engagement)
        chosen, plan = self.kind.currentData(), self.page.workbench.keeper.plan
        kind = OutcomeKind(chosen) if chosen else None

        def work_out() -> list[FindingRow]:
            return finding_rows(engagement, _dates(plan), language, kind=kind, wanted=wanted)

        if _are_few(engagement):
            self._take_rows(self._asked, work_out())
        else:
            self.page.workbench.background.run(
                lambda _progress: work_out(),
                success=partial(self._take_rows, self._asked),
                failure=self.page.workbench.tell,
            )

    def _show_table_or_guidance(self, engagement: Engagement) -> None:
        guidance = self._no_outcome if engagement.initiatives else self._no_initiative
        self._stack.setCurrentWidget(self._body if engagement.outcomes else guidance)
        self.setFocusProxy(self.table if engagement.outcomes else guidance)

    def _take_rows(self, asked: int, rows: list[FindingRow]) -> None:
        if not isValid(self) or asked != self._asked:
            return
        selected, column = self._sought or self.selected_ids(), self.table.column
        self._sought = ()
        self.model.show_findings(rows, read_only=not self.page.can_edit)
        self._count.setText(self._summed_up(rows))
        self.table.select(selected, column=column)
        if not self.table.currentIndex().isValid():
            self.table.select_row(0)
        self.selection_changed.emit()
        self.situation_changed.emit()

    def forget(self) -> None:
        """Let go of the outcomes of the document before, and of what is still being worked out of it."""
        self._asked += 1
        self._sought = ()

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step, where it can be seen here."""
        if changes.by_kind.keys() & _SHOWN_KINDS:
            self.refresh()

    def retranslate(self) -> None:
        """Word the outcomes in the language of the screen."""
        self._kind_label.setText(self.word(N_("Show")))
        self.kind.setAccessibleName(self.word(N_("Show")))
        self.kind.setItemText(0, self.word(N_("All outcomes")))
        for at, kind in enumerate(OutcomeKind, 1):
            self.kind.setItemText(at, self.word(OUTCOME_KIND_WORDS[kind]))
        self.table.setAccessibleName(self.word(N_("Outcomes and verdicts")))
        self.model.retranslate(self.language)
        if self.page.opened is not None:
            self.refresh()

    def _take_plan(self) -> None:
        if self.isVisible() and self.page.opened is not None:
            self.refresh()

    def _choose_kind(self) -> None:
        if self.page.opened is not None:
            self.refresh()
            self.situation_changed.emit()

    def _summed_up(self, rows: Sequence[FindingRow]) -> str:
        counts = (
            (NN_("{count} outcome", "{count} outcomes"), len(rows)),
            (NN_("{count} confirmed", "{count} confirmed"), sum(row.verdict is Verdict.CONFIRMED for row in rows)),
            (NN_("{count} refuted", "{count} refuted"), sum(row.verdict is Verdict.REFUTED for row in rows)),
            (NN_("{count} to look at", "{count} to look at"), sum(_waits(row) for row in rows)),
        )
        return " · ".join(
            self.language.ngettext(*words, count).format(count=self.language.number(count, decimals=0))
            for words, count in counts
        )

    # Selection

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected outcomes, in the order of the rows."""
        return tuple(row.id for row in self._selected())

    def _selected(self) -> list[FindingRow]:
        there = () if self.page.opened is None else self.page.engagement.outcomes
        chosen = set(self.table.selected_ids())
        return [finding for finding in self.model.findings if finding.id in chosen and finding.id in there]

    def selection(self) -> Selection:
        """Return the selected outcomes."""
        return Selection("outcomes", self.selected_ids())

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select an outcome and bring it into view."""
        if kind != "outcomes" or entity_id not in self.page.engagement.outcomes:
            return False
        if self.model.row_of(entity_id) < 0:
            self._sought = (entity_id,)
            self.kind.setCurrentIndex(0)
        self.table.select([entity_id])
        return True

    def _take_selection(self) -> None:
        self.selection_changed.emit()

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action."""
        return {
            "flow.take-suggestion": self.take_suggestions,
            "flow.go-to-initiative": self.go_to_initiative,
            "copy": self.copy,
            "rename": self.edit_verdict,
            "remove": self.remove,
            "select-all": self.table.selectAll,
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.page.opened is None:
            return frozenset()
        selected = self._selected()
        found = {"select-all"} if self.model.rows else set()
        if selected:
            found |= {"flow.go-to-initiative", "copy"}
        if self.page.can_edit and selected:
            found |= {"rename", "remove"}
            if any(_waits(row) for row in selected):
                found.add("flow.take-suggestion")
        return frozenset(found)

    def edit_verdict(self) -> None:
        """Edit the verdict of the current outcome."""
        self.table.edit_column(VERDICT)

    def take_suggestions(self) -> None:
        """Give the selected outcomes the verdicts their measurements suggest."""
        verdicts = {row.id: row.suggested for row in self._selected() if _waits(row)}
        self.page.edit(lambda engagement: flow.judge_outcomes(engagement, verdicts))

    def go_to_initiative(self) -> None:
        """Show the initiative of the current outcome on the timeline."""
        selected = self._selected()
        if selected:
            self.page.workbench.go_to("initiatives", selected[0].initiative_id)

    def remove(self) -> None:
        """Remove the selected outcomes."""
        ids = self.selected_ids()
        left = [row.id for row in self.model.rows if row.id not in ids]
        first = self.model.row_of(ids[0])
        self._sought = (left[min(first, len(left) - 1)],) if left else ()
        if not self.page.edit(lambda engagement: entities.remove(engagement, "outcomes", ids)):
            self._sought = ()

    def copy(self) -> None:
        """Copy the selected outcomes as a table."""
        rows = [[self.word(title) for title in TITLES]]
        rows += [[defuse(" ".join(text.split())) for text in row.texts] for row in self._selected()]
        QGuiApplication.clipboard().setText(table_text(rows))

    def _edit_cell(self, outcome_id: str, column: int, value: Any) -> bool:
        fields = {"verdict": value} if column == VERDICT else {"note": value}
        return self.page.edit(lambda engagement: entities.change(engagement, "outcomes", outcome_id, **fields))

    def _show_menu(self, place: QPoint) -> None:
        show_menu(self, self.page.workbench.actions, _MENU, self.table.viewport().mapToGlobal(place))


class _Findings(EntityView):
    """The table; its columns share the room there is until a person gives one another width."""

    def __init__(self, surroundings: Surroundings, table: FindingTable) -> None:
        super().__init__(surroundings, table, stretched=NOTE, widths=dict(enumerate(_LEAST)))
        self._is_sharing = False
        self._by_hand = False
        self.horizontalHeader().setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().sectionResized.connect(self._note_hand)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        left = max(0, self.viewport().width() - sum(_LEAST))
        if self._by_hand:
            return
        self._is_sharing = True
        for column, (least, share) in enumerate(zip(_LEAST, _SHARES, strict=True)):
            self.setColumnWidth(column, least + left * share // sum(_SHARES))
        self._is_sharing = False

    def _note_hand(self) -> None:
        self._by_hand = self._by_hand or not self._is_sharing


def _waits(row: FindingRow) -> bool:
    """Tell whether the measurements suggest a verdict that is not the one given."""
    return row.suggested is not Verdict.PENDING and row.suggested is not row.verdict


def _are_few(engagement: Engagement) -> bool:
    counted = len(engagement.initiatives) + len(engagement.measurements)
    return counted <= _AT_ONCE and len(engagement.outcomes) <= _OUTCOMES_AT_ONCE


def _dates(plan: LivePlan | None) -> Dates:
    if plan is None:
        return {}
    return {one: (dates.early_start, dates.early_finish) for one, dates in plan.schedule.dates.items()}


def _guide(workbench: Workbench, offer: Offer) -> Guidance:
    return Guidance(
        workbench.surroundings,
        workbench.actions,
        heading=N_("Did what was done work?"),
        sentence=N_(
            "Say what each initiative is to move: a step of a value stream, a delivery metric. Once it is done, "
            "what was measured before and after stands here side by side, and the verdict is yours."
        ),
        offers=(offer,),
    )
