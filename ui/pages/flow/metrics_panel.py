"""The delivery metrics as one view of the flow page: small multiples above, the measurements of one chart below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.analysis.delivery import Subject, series_of, subject_of
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric, Measurement
from planner.domain.identity import new_id
from planner.editing import entities
from planner.exchange.csv_file import defuse
from planner.exchange.measurements_csv import read_day, read_table_file
from planner.language import N_, NN_
from planner.quantities import read_measured, write_measured
from planner.words import METRIC_WORDS
from ui import theme
from ui.dialogs.files import ask_open
from ui.models.entity_table import EntityTable
from ui.pages.flow.measurement_rows import COLUMNS, FIELDS, measurement_rows
from ui.pages.flow.measurements_dialog import MeasurementsDialog
from ui.pages.flow.metric_grid import MetricGrid
from ui.pages.flow.metric_rows import WHOM_WORDS, Whom, metric_sheet, name_of_subject
from ui.pages.flow.view import FlowView
from ui.pages.page import Page, Selection
from ui.widgets.action_menu import show_menu
from ui.widgets.clipboard import table_text
from ui.widgets.entity_view import EntityView
from ui.widgets.guidance import Guidance, Offer
from ui.widgets.text import ElidedLabel, PlainLabel
from ui.workbench import Workbench

_SHOWN_KINDS: Final = frozenset({"measurements", "teams", "applications", "outcomes", "initiatives"})
_TITLES: Final = (N_("Team or application"), N_("Delivery metric"), N_("Date"), N_("Value"), N_("Source"))
_MENU: Final = (
    ("flow.add-measurement", "rename", "remove"),
    ("cut", "copy", "paste"),
    ("flow.paste-metrics", "flow.import-metrics"),
)


_NOTHING_MEASURED: Final = (
    N_("How well does delivery go?"),
    N_(
        "Five metrics tell it, team by team and application by application, over time: lead time, frequency, "
        "recovery, failures and rework."
    ),
    (
        (
            "flow.paste-metrics",
            "table",
            N_("Paste from a spreadsheet"),
            N_("A row a measurement, or a column a metric; every row is shown before it is taken in"),
        ),
        ("flow.import-metrics", "import", N_("Import a file"), N_("CSV or TSV, as your tools export them")),
        ("flow.add-measurement", "add", N_("Add a measurement"), N_("For any team or application")),
    ),
)
_NOBODY: Final = (
    N_("Whose delivery is to be measured?"),
    N_("Delivery metrics belong to teams and applications: add them on the organization page."),
    (
        (
            "go-organization",
            "organization",
            N_("Go to the organization"),
            N_("Add units and teams, or paste them from a spreadsheet"),
        ),
    ),
)


class MetricsPanel(FlowView):
    """Shows and edits the delivery metrics."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        workbench = page.workbench
        self._stack = QStackedWidget(self)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self._stack)
        self.grid = MetricGrid(workbench.surroundings)
        self.whom = QComboBox()
        for whom in Whom:
            self.whom.addItem("", whom.value)
        self._whom_label = PlainLabel(role="caption")
        self._head = ElidedLabel(role="strong")
        self.model = EntityTable(self.language, COLUMNS, edit=self._edit_cell, parent=self)
        self.table = EntityView(workbench.surroundings, self.model, stretched=2, widths={0: 150, 1: 150})
        self.table.selectionModel().selectionChanged.connect(self._take_selection)
        self._guidance, self._nobody = (_guide(workbench, *words) for words in (_NOTHING_MEASURED, _NOBODY))
        self._lay_out()
        self.grid.current_changed.connect(self._take_current)
        self.grid.activated.connect(self.table.setFocus)
        self.grid.menu_asked.connect(self._show_menu)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda place: self._show_menu(self.table.viewport().mapToGlobal(place))
        )
        kept = workbench.remembered("flow").get("whom")
        self.whom.setCurrentIndex(max(0, self.whom.findData(kept)))
        self.whom.currentIndexChanged.connect(self._choose_whom)
        workbench.keeper.computed.connect(self._take_plan)
        self.retranslate()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_M, 0)
        bar.setSpacing(theme.SPACE_S)
        bar.addWidget(self._whom_label)
        bar.addWidget(self.whom)
        bar.addStretch(1)
        above, below = QWidget(self.splitter), QWidget(self.splitter)
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(bar)
        column.addWidget(self.grid, 1)
        column = QVBoxLayout(below)
        column.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_M, 0)
        column.addWidget(self._head)
        column.addWidget(self.table, 1)
        self.splitter.addWidget(above)
        self.splitter.addWidget(below)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([540, 200])
        self._stack.addWidget(self.splitter)
        self._stack.addWidget(self._guidance)
        self._stack.addWidget(self._nobody)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    # The document

    def refresh(self) -> None:
        """Show the metrics anew."""
        opened = self.page.opened
        if opened is None:
            self.model.show((), read_only=True)
            return
        engagement = opened.engagement
        sheet = metric_sheet(
            engagement,
            self._finishes(),
            self.language,
            whom=Whom(self.whom.currentData()),
            wanted=self.wanted,
            today=self.page.workbench.today,
        )
        self.grid.show_sheet(sheet)
        empty = not engagement.measurements and Whom(self.whom.currentData()) is not Whom.ALL
        shown = self._guidance if empty else self.splitter
        if not engagement.teams and not engagement.applications:
            shown = self._nobody
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(self.grid if shown is self.splitter else shown)
        self._show_measurements()

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step, where it can be seen here."""
        if changes.by_kind.keys() & _SHOWN_KINDS:
            self.refresh()

    def retranslate(self) -> None:
        """Word the metrics in the language of the screen."""
        self.grid.setAccessibleName(self.word(N_("Delivery metrics")))
        self._whom_label.setText(self.word(N_("Show")))
        self.whom.setAccessibleName(self.word(N_("Show")))
        for at, whom in enumerate(Whom):
            self.whom.setItemText(at, self.word(WHOM_WORDS[whom]))
        self.table.setAccessibleName(self.word(N_("Measurements")))
        self.model.retranslate(self.language)
        if self.page.opened is not None:
            self.refresh()

    def _finishes(self) -> dict[str, date]:
        plan = self.page.workbench.keeper.plan
        return {} if plan is None else {one: dates.early_finish for one, dates in plan.schedule.dates.items()}

    def _take_plan(self) -> None:
        if self.isVisible() and self.page.opened is not None:
            self.refresh()

    def _show_measurements(self) -> None:
        selected, column = self.selected_ids(), self.table.column
        points = self._points()
        self.model.show(measurement_rows(points, self.language), read_only=not self.page.can_edit)
        current = self.grid.current
        if current is None:
            self._head.setText(self.word(N_("No team and no application is shown.")))
        else:
            count = self.language.ngettext(*NN_("{count} measurement", "{count} measurements"), len(points)).format(
                count=self.language.number(len(points), decimals=0)
            )
            self._head.setText(
                f"{name_of_subject(self.page.engagement, current[0])} · {self.word(METRIC_WORDS[current[1]])} · {count}"
            )
        self.table.select(selected, column=column)
        self.selection_changed.emit()

    def _points(self) -> Sequence[Measurement]:
        current = self.grid.current
        if current is None or self.page.opened is None:
            return ()
        return series_of(self.page.engagement).get(current[0], {}).get(current[1], ())

    def _choose_whom(self) -> None:
        self.page.workbench.remember("flow", {"whom": self.whom.currentData()})
        if self.page.opened is not None:
            self.refresh()
            self.situation_changed.emit()

    def _take_current(self) -> None:
        if self.page.opened is not None:
            self.table.clearSelection()
            self._show_measurements()
            self.situation_changed.emit()

    # Selection

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected measurements, in the order of the rows."""
        return self.table.selected_ids()

    def selection(self) -> Selection:
        """Return the selected measurements; the team or application of the chart where none is."""
        ids = self.selected_ids()
        if ids or self.grid.current is None:
            return Selection("measurements", ids)
        subject = self.grid.current[0]
        return Selection(subject.kind, (subject.id,))

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select a measurement and bring its chart into view."""
        measurement = self.page.engagement.measurements.get(entity_id) if kind == "measurements" else None
        if measurement is None:
            return False
        if not self.grid.go_to(subject_of(measurement), measurement.metric):
            self.whom.setCurrentIndex(self.whom.findData(Whom.MEASURED.value))
            self.grid.go_to(subject_of(measurement), measurement.metric)
        self.table.select([entity_id])
        return True

    def _take_selection(self) -> None:
        self.selection_changed.emit()

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action."""
        return {
            "flow.add-measurement": self.add,
            "flow.paste-metrics": self.paste_list,
            "flow.import-metrics": self.import_file,
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "rename": self.edit_value,
            "remove": self.remove,
            "select-all": self.table.selectAll,
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.page.opened is None:
            return frozenset()
        selected = self.selected_ids()
        found = {"select-all"} if self.model.rows else set()
        if self.model.rows:
            found.add("copy")
        if self.page.can_edit:
            engagement = self.page.engagement
            if engagement.teams or engagement.applications:
                found |= {"flow.add-measurement", "flow.paste-metrics", "flow.import-metrics", "paste"}
            if selected:
                found |= {"cut", "rename", "remove"}
        return frozenset(found)

    def add(self) -> None:
        """Add a measurement to the chart, a copy of the last value of today, and edit it."""
        if self.grid.current is None or self._stack.currentWidget() is not self.splitter:
            self.whom.setCurrentIndex(self.whom.findData(Whom.ALL.value))
        current = self.grid.current
        if current is None:
            return
        subject, metric = current
        points = self._points()
        whom: dict[str, Any] = {"team_id" if subject.kind == "teams" else "application_id": subject.id}
        last = points[-1] if points else None
        measurement = Measurement(
            id=new_id(),
            metric=metric,
            measured_on=self.page.workbench.today,
            value=last.value if last else 0.0,
            source=last.source if last else "",
            **whom,
        )
        if self.page.edit(lambda engagement: entities.add(engagement, measurement)):
            self.refresh()
            self.table.select([measurement.id])
            self.edit_value()

    def edit_value(self) -> None:
        """Edit the value of the selected measurement."""
        self.table.edit_column(FIELDS.index("value"))

    def remove(self) -> None:
        """Remove the selected measurements."""
        ids = self.selected_ids()
        first = self.model.row_of(ids[0])
        if self.page.edit(lambda engagement: entities.remove(engagement, "measurements", ids)):
            self.table.select_row(first)

    def copy(self) -> None:
        """Copy the selected measurements, or all of the chart, as a table."""
        engagement, ids = self.page.engagement, self.selected_ids() or tuple(row.id for row in self.model.rows)
        rows = [[self.word(title) for title in _TITLES]]
        rows += [
            [
                defuse(name_of_subject(engagement, subject_of(point))),
                self.word(METRIC_WORDS[point.metric]),
                point.measured_on.isoformat(),
                write_measured(point.metric, point.value, self.language),
                defuse(point.source),
            ]
            for point in (engagement.measurements[one] for one in ids)
        ]
        QGuiApplication.clipboard().setText(table_text(rows))

    def cut(self) -> None:
        """Copy the selected measurements and remove them."""
        self.copy()
        self.remove()

    def paste(self) -> None:
        """Show what the table on the clipboard would do; rows that do not say whose they are belong to the chart."""
        self._open_dialog(QGuiApplication.clipboard().text(), self.grid.current)

    def paste_list(self) -> None:
        """Show what the table on the clipboard would do, and do it when agreed."""
        self._open_dialog(QGuiApplication.clipboard().text(), None)

    def import_file(self) -> None:
        """Ask for a file, then show what it would do."""
        kinds = self.word(N_("Tables of text"))
        ask_open(
            self,
            language=self.language,
            title=self.word(N_("Import delivery metrics")),
            filters=(f"{kinds} (*.csv *.tsv *.txt)",),
            folder=Path.home(),
            chosen=self.read_file,
        )

    def read_file(self, path: Path) -> None:
        """Read a file off the screen's thread, then show what it would do."""
        self.page.workbench.background.run(
            lambda _progress: read_table_file(path),
            success=lambda text: self._open_dialog(text, None),
            failure=self._tell_unread,
        )

    def _tell_unread(self, error: UserError) -> None:
        self.page.workbench.tell(error, key="flow-import")

    def _open_dialog(self, text: str, current: tuple[Subject, DeliveryMetric] | None) -> None:
        if not self.page.can_edit:
            return
        whom, metric = ("", ""), None
        if current is not None:
            whom, metric = (current[0].kind, name_of_subject(self.page.engagement, current[0])), current[1]
        MeasurementsDialog(self.page, text, whom=whom, metric=metric).open()

    def _edit_cell(self, measurement_id: str, column: int, text: str) -> bool:
        field = FIELDS[column]

        def make(engagement: Engagement) -> Changes:
            value: Any = text
            if field == "measured_on":
                value = read_day(text)
            elif field == "value":
                if not text.strip():
                    raise UserError("measured-nothing")
                value = read_measured(engagement.measurements[measurement_id].metric, text)
            return entities.change(engagement, "measurements", measurement_id, **{field: value})

        return self.page.edit(make)

    def _show_menu(self, place: QPoint) -> None:
        show_menu(self, self.page.workbench.actions, _MENU, place)


def _guide(workbench: Workbench, heading: str, sentence: str, offers: tuple[Offer, ...]) -> Guidance:
    return Guidance(workbench.surroundings, workbench.actions, heading=heading, sentence=sentence, offers=offers)
