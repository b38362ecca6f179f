"""Delivery metrics from a spreadsheet before they are taken in: which column is what, and what each value would do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from planner.domain.errors import UserError
from planner.domain.flow import DeliveryMetric
from planner.editing.measurements import MeasurementPlan, PlannedLine, plan_measurements, take_measurements
from planner.editing.team_list import Fate
from planner.exchange.measurements_csv import (
    MOST_ROWS,
    ColumnPart,
    Part,
    guess_columns,
    read_lines,
    read_measurement_cells,
)
from planner.language import N_, NN_
from planner.messages import explain
from planner.quantities import word_measured
from planner.words import METRIC_WORDS
from ui import theme
from ui.actions import plain_tip
from ui.pages.page import Page
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel, PlainLabel

Index = QModelIndex | QPersistentModelIndex

PART_WORDS: Final[dict[ColumnPart, str]] = {
    None: N_("Leave out"),
    Part.SUBJECT: N_("Team or application"),
    Part.TEAM: N_("Team"),
    Part.APPLICATION: N_("Application"),
    Part.METRIC: N_("Delivery metric"),
    Part.DATE: N_("Date"),
    Part.VALUE: N_("Value"),
    Part.SOURCE: N_("Source"),
    **dict[ColumnPart, str](METRIC_WORDS.items()),
}
_FATE_WORDS: Final = {
    Fate.ADD: N_("Added"),
    Fate.UPDATE: N_("Changed"),
    Fate.SAME: N_("Same already"),
    Fate.REFUSED: N_("Left out"),
}
_TITLES: Final = (
    N_("Row"),
    N_("What it does"),
    N_("Team or application"),
    N_("Delivery metric"),
    N_("Date"),
    N_("Value"),
    N_("What changes, or why it is left out"),
)
_TONES: Final = {Fate.REFUSED: "danger", Fate.SAME: "text_muted"}
_READ_AFTER_MILLISECONDS: Final = 150
_AT_ONCE: Final = 600
"""Rows planned within a few milliseconds; more are planned on a pool thread."""


class MeasurementsDialog(QDialog):
    """Takes in the measurements when the person agrees, in one step."""

    def __init__(
        self,
        page: Page,
        text: str,
        *,
        whom: tuple[str, str] = ("", ""),
        metric: DeliveryMetric | None = None,
    ) -> None:
        super().__init__(page.window())
        self._page = page
        self._surroundings = page.workbench.surroundings
        self._language = self._surroundings.language
        self._whom, self._metric = whom, metric
        self._cells: list[list[str]] = []
        self._asked = 0
        self.plan = MeasurementPlan((), ())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self._word(N_("Take in delivery metrics")))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self._word(N_("Table of measurements")))
        self.text.setPlaceholderText(
            self._word(N_("Copy the rows in your spreadsheet, titles included, and paste them here"))
        )
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setMaximumHeight(5 * self.text.fontMetrics().lineSpacing() + 2 * theme.SPACE_M)
        self.titles = QCheckBox(self._word(N_("The first row holds the titles")))
        self.titles.setAccessibleName(self.titles.text())
        self.choices: list[QComboBox] = []
        self._columns = QScrollArea()
        self._columns.setWidgetResizable(True)
        self._columns.setFrameShape(QFrame.Shape.NoFrame)
        self._columns.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._columns.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows = PlannedTable(self._surroundings, self)
        self.table = _table(self.rows, self._word(N_("What each value would do")))
        self.summary = PlainLabel(role="strong", wraps=True)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_AFTER_MILLISECONDS)
        self._timer.timeout.connect(self.read)
        self.titles.toggled.connect(self._plan_again)
        self.text.textChanged.connect(self._timer.start)
        self.text.setPlainText(text)
        self._timer.stop()
        self.read()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(self._word(N_("&Take in")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        cancel = buttons.addButton(self._word(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.go, cancel):
            button.setAccessibleName(button.text().replace("&", ""))
        buttons.accepted.connect(self.take_in)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(ElidedLabel(self._word(N_("Take in delivery metrics")), role="title"))
        layout.addWidget(self.text)
        layout.addWidget(self.titles)
        layout.addWidget(self._columns)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.summary)
        layout.addWidget(buttons)
        self.resize(1_040, 680)

    def read(self) -> None:
        """Read the text anew and guess what its columns are."""
        self._cells = read_measurement_cells(self.text.toPlainText())
        has_titles, parts = guess_columns(self._cells)
        self.titles.blockSignals(True)
        self.titles.setChecked(has_titles)
        self.titles.setEnabled(bool(self._cells))
        self.titles.blockSignals(False)
        self._offer_columns(parts)
        self._plan_again()

    def _offer_columns(self, parts: tuple[ColumnPart, ...]) -> None:
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_M)
        self.choices = []
        for number, part in enumerate(parts):
            title = self._cells[0][number] if self.titles.isChecked() else ""
            title = title or self._word(N_("Column {number}")).format(number=number + 1)
            choice = QComboBox()
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(26)
            for one, word in PART_WORDS.items():
                choice.addItem(self._word(word), one)
            choice.setCurrentIndex(list(PART_WORDS).index(part))
            choice.setAccessibleName(self._word(N_("What the column “{title}” holds")).format(title=title))
            choice.currentIndexChanged.connect(self._plan_again)
            self.choices.append(choice)
            column = QVBoxLayout()
            column.setSpacing(2)
            label = ElidedLabel(title, role="caption")
            label.setMaximumWidth(200)
            column.addWidget(label)
            column.addWidget(choice)
            row.addLayout(column)
        row.addStretch(1)
        self._columns.setWidget(inside)
        self._columns.setVisible(bool(parts))
        self._columns.setFixedHeight(inside.sizeHint().height() + theme.SCROLL_BAR + 2)

    def parts(self) -> tuple[ColumnPart, ...]:
        """Return what each column holds, as chosen."""
        kinds = tuple(PART_WORDS)
        return tuple(kinds[choice.currentIndex()] for choice in self.choices)

    def _plan_again(self) -> None:
        self._asked += 1
        asked, cells, parts, titled = self._asked, self._cells, self.parts(), self.titles.isChecked()
        if self._page.opened is None:
            return
        engagement, whom, metric = self._page.engagement, self._whom, self._metric

        def plan() -> MeasurementPlan:
            return plan_measurements(engagement, read_lines(cells, parts, has_titles=titled, whom=whom, metric=metric))

        if len(cells) <= _AT_ONCE:
            self._take_plan(asked, plan())
            return
        self.go.setEnabled(False)
        self.summary.setText(self._word(N_("Reading…")))
        self._page.workbench.background.run(
            lambda _progress: plan(),
            success=lambda found: self._take_plan(asked, found),
            failure=lambda error: self._tell(asked, error),
        )

    def _tell(self, asked: int, error: UserError) -> None:
        if isValid(self) and asked == self._asked:
            self.summary.setText(explain(error, self._language))

    def _take_plan(self, asked: int, plan: MeasurementPlan) -> None:
        if isValid(self) and asked == self._asked:
            self.plan = plan
            self.rows.show(plan)
            self.go.setEnabled(bool(plan.measurements))
            self.summary.setText(self._summed_up())

    def _summed_up(self) -> str:
        if not self._cells:
            return self._word(N_("There is no table yet."))
        if not self.plan.lines:
            return self._word(N_("Say which column holds the values."))
        counts = (
            (NN_("{count} measurement added", "{count} measurements added"), self.plan.count(Fate.ADD)),
            (NN_("{count} measurement changed", "{count} measurements changed"), self.plan.count(Fate.UPDATE)),
            (NN_("{count} same already", "{count} same already"), self.plan.count(Fate.SAME)),
            (NN_("{count} left out", "{count} left out"), self.plan.count(Fate.REFUSED)),
        )
        said = [
            self._language.ngettext(*words, count).format(count=self._language.number(count, decimals=0))
            for words, count in counts
            if count
        ]
        if self.plan.unknown:
            names = self.plan.unknown[:5]
            more = "…" if len(self.plan.unknown) > len(names) else ""
            said.append(self._word(N_("not known here: {names}")).format(names=", ".join(names) + more))
        if len(self._cells) == MOST_ROWS:
            shown = self._language.number(MOST_ROWS, decimals=0)
            said.append(self._word(N_("only the first {count} rows are read")).format(count=shown))
        return " · ".join(said)

    def take_in(self) -> None:
        """Take in what can be, in one step; stay open where it is refused."""
        plan = self.plan
        if self._page.edit(lambda engagement: take_measurements(engagement, plan), refused=self.summary.setText):
            self.accept()

    def done(self, result: int) -> None:
        """Let go of what is still being read."""
        self._asked += 1
        self._timer.stop()
        super().done(result)

    def _word(self, message: str) -> str:
        return self._language.gettext(message)


class PlannedTable(QAbstractTableModel):
    """What each value of the table would do."""

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._lines: tuple[PlannedLine, ...] = ()

    def show(self, plan: MeasurementPlan) -> None:
        """Show another table."""
        self.beginResetModel()
        self._lines = plan.lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many values there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what `role` asks of a cell."""
        if not index.isValid():
            return None
        planned = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(planned)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._texts(planned)[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole and planned.fate in _TONES:
            return QColor(getattr(self._surroundings.tokens, _TONES[planned.fate]))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._surroundings.language.gettext(_TITLES[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _texts(self, planned: PlannedLine) -> tuple[str, ...]:
        language, line = self._surroundings.language, planned.line
        value = line.written
        if line.metric is not None and line.value is not None:
            value = word_measured(line.metric, line.value, language)
        said = "" if planned.cause is None else explain(planned.cause, language)
        if planned.fate is Fate.UPDATE and planned.before is not None and line.metric is not None:
            before = word_measured(line.metric, planned.before, language)
            said = language.gettext(N_("{value} until now")).format(value=before)
        return (
            language.number(line.number, decimals=0),
            language.gettext(_FATE_WORDS[planned.fate]),
            line.name,
            "" if line.metric is None else language.gettext(METRIC_WORDS[line.metric]),
            "" if line.measured_on is None else language.date(line.measured_on),
            value,
            said or line.source,
        )


def _table(model: PlannedTable, name: str) -> QTableView:
    table = QTableView()
    table.setObjectName("entities")
    table.setModel(model)
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.verticalHeader().hide()
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsClickable(False)
    for column, width in enumerate((56, 110, 170, 220, 110, 90)):
        table.setColumnWidth(column, width)
    header.setSectionResizeMode(len(_TITLES) - 1, QHeaderView.ResizeMode.Stretch)
    return table
