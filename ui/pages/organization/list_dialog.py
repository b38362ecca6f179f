"""A list of teams from a spreadsheet before it is taken in: which column is what, and what each row would do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication
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

from planner.domain.organization import Topology
from planner.editing.team_list import Fate, ListPlan, Outcome, plan_list, take_list
from planner.exchange.team_table import MOST_ROWS, Part, guess_columns, read_cells, read_lines
from planner.language import N_, NN_, Language
from planner.messages import explain
from planner.words import TOPOLOGY_WORDS
from ui import theme
from ui.actions import plain_tip
from ui.pages.page import Page
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel, PlainLabel

Index = QModelIndex | QPersistentModelIndex

PART_WORDS: Final = {
    None: N_("Leave out"),
    Part.NAME: N_("Team"),
    Part.UNIT: N_("Unit"),
    Part.HEADCOUNT: N_("People"),
    Part.CAPACITY: N_("Capacity"),
    Part.LIMIT: N_("Limit"),
    Part.READINESS: N_("Readiness"),
    Part.TOPOLOGY: N_("Topology"),
    Part.DESCRIPTION: N_("Description"),
}
_FATE_WORDS: Final = {
    Fate.ADD: N_("Added"),
    Fate.UPDATE: N_("Changed"),
    Fate.SAME: N_("Same already"),
    Fate.REFUSED: N_("Left out"),
}
_TITLES: Final = (N_("Row"), N_("What it does"), N_("Team"), N_("Unit"), N_("What it says, or why it is left out"))
_CHOICE_LETTERS: Final = 11
_TAB_LETTERS: Final = 24
_MEASURED: Final = 300
"""Rows whose heights are measured for their texts; more would hold the screen up."""
_READ_AFTER_MILLISECONDS: Final = 150


class ListDialog(QDialog):
    """Takes in the list when the person agrees, in one step."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.window())
        self._page = page
        self._surroundings = page.workbench.surroundings
        self._language = self._surroundings.language
        self._unit_id = _target_of(page)
        self._cells: list[list[str]] = []
        self.plan = ListPlan((), (), ())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self._word(N_("Paste a list of teams")))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self._word(N_("List of teams")))
        self.text.setPlaceholderText(
            self._word(N_("Copy the rows in your spreadsheet, titles included, and paste them here"))
        )
        self.text.setTabChangesFocus(True)
        self.text.setTabStopDistance(_TAB_LETTERS * self.text.fontMetrics().averageCharWidth())
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
        self.rows = OutcomeTable(self._surroundings, self)
        self.table = _table(self.rows, self._word(N_("What each row would do")))
        self.summary = PlainLabel(role="strong", wraps=True)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_AFTER_MILLISECONDS)
        self._timer.timeout.connect(self.read)
        self.titles.toggled.connect(self._plan_again)
        self.text.textChanged.connect(self._timer.start)
        self.text.setPlainText(QGuiApplication.clipboard().text())
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
        layout.addWidget(ElidedLabel(self._word(N_("Paste a list of teams")), role="title"))
        layout.addWidget(self.text)
        layout.addWidget(self.titles)
        layout.addWidget(self._columns)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.summary)
        layout.addWidget(buttons)
        self.resize(1040, 660)

    def read(self) -> None:
        """Read the text anew and guess what its columns are."""
        self._cells = read_cells(self.text.toPlainText())
        has_titles, parts = guess_columns(self._cells)
        self.titles.blockSignals(True)
        self.titles.setChecked(has_titles)
        self.titles.setEnabled(bool(self._cells))
        self.titles.blockSignals(False)
        self._offer_columns(parts)
        self._plan_again()

    def _offer_columns(self, parts: tuple[Part | None, ...]) -> None:
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_M)
        self.choices = []
        for number, part in enumerate(parts):
            title = self._cells[0][number] if self.titles.isChecked() else ""
            title = title or self._word(N_("Column {number}")).format(number=number + 1)
            choice = QComboBox()
            for one, word in PART_WORDS.items():
                choice.addItem(self._word(word), None if one is None else one.value)
            choice.setCurrentIndex(list(PART_WORDS).index(part))
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(_CHOICE_LETTERS)
            choice.setAccessibleName(self._word(N_("What the column “{title}” holds")).format(title=title))
            choice.currentIndexChanged.connect(self._plan_again)
            self.choices.append(choice)
            column = QVBoxLayout()
            column.setSpacing(2)
            label = ElidedLabel(title, role="caption")
            label.setMaximumWidth(160)
            column.addWidget(label)
            column.addWidget(choice)
            row.addLayout(column)
        row.addStretch(1)
        self._columns.setWidget(inside)
        self._columns.setVisible(bool(parts))
        self._columns.setFixedHeight(inside.sizeHint().height() + theme.SCROLL_BAR + 2)

    def parts(self) -> tuple[Part | None, ...]:
        """Return what each column holds, as chosen."""
        values = [choice.currentData() for choice in self.choices]
        return tuple(None if value is None else Part(value) for value in values)

    def _plan_again(self) -> None:
        parts = self.parts()
        lines = read_lines(self._cells, parts, has_titles=self.titles.isChecked()) if Part.NAME in parts else []
        if self._page.opened is not None:
            self.plan = plan_list(self._page.engagement, lines, unit_id=self._unit_id)
        self.rows.show(self.plan)
        if len(self.plan.outcomes) <= _MEASURED:
            # Once the columns have the widths the dialog gives them.
            QTimer.singleShot(0, self.table, self.table.resizeRowsToContents)
        self.go.setEnabled(bool(self.plan.teams))
        self.summary.setText(self._summed_up(parts))

    def _summed_up(self, parts: tuple[Part | None, ...]) -> str:
        if not self._cells:
            return self._word(N_("There is no list yet."))
        if Part.NAME not in parts:
            return self._word(N_("Say which column holds the teams."))
        counts = (
            (NN_("{count} team added", "{count} teams added"), self.plan.count(Fate.ADD)),
            (NN_("{count} team changed", "{count} teams changed"), self.plan.count(Fate.UPDATE)),
            (NN_("{count} unit made", "{count} units made"), len(self.plan.units)),
            (NN_("{count} row same already", "{count} rows same already"), self.plan.count(Fate.SAME)),
            (NN_("{count} row left out", "{count} rows left out"), self.plan.count(Fate.REFUSED)),
        )
        said = [
            self._language.ngettext(*words, count).format(count=self._language.number(count, decimals=0))
            for words, count in counts
            if count
        ]
        if len(self._cells) == MOST_ROWS:
            shown = self._language.number(MOST_ROWS, decimals=0)
            said.append(self._word(N_("only the first {count} rows are read")).format(count=shown))
        return " · ".join(said)

    def take_in(self) -> None:
        """Take in what can be, in one step; stay open where it is refused."""
        if self._page.edit(lambda engagement: take_list(engagement, self.plan), refused=self.summary.setText):
            self.accept()

    def _word(self, message: str) -> str:
        return self._language.gettext(message)


class OutcomeTable(QAbstractTableModel):
    """What each row of the list would do."""

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._outcomes: tuple[Outcome, ...] = ()

    def show(self, plan: ListPlan) -> None:
        """Show another list."""
        self.beginResetModel()
        self._outcomes = plan.outcomes
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows the list has."""
        return 0 if parent.isValid() else len(self._outcomes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what `role` asks of a cell."""
        if not index.isValid():
            return None
        outcome = self._outcomes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(outcome)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._texts(outcome)[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole and outcome.fate in _TONES:
            tokens = self._surroundings.tokens
            return QColor(getattr(tokens, _TONES[outcome.fate]))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._surroundings.language.gettext(_TITLES[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _texts(self, outcome: Outcome) -> tuple[str, ...]:
        language, line = self._surroundings.language, outcome.line
        unit = outcome.unit_path or line.unit
        if outcome.makes_unit:
            unit = language.gettext(N_("{unit} (new)")).format(unit=unit)
        said = explain(outcome.cause, language) if outcome.cause is not None else _said(outcome, language)
        fate = language.gettext(_FATE_WORDS[outcome.fate])
        return language.number(line.number, decimals=0), fate, line.name, unit, said


_TONES: Final = {Fate.REFUSED: "danger", Fate.SAME: "text_muted"}


def _said(outcome: Outcome, language: Language) -> str:
    parts = []
    for part, word in PART_WORDS.items():
        value = None if part is None else outcome.line.fields.get(part.value)
        if value is not None:
            shown = language.gettext(TOPOLOGY_WORDS[value]) if isinstance(value, Topology) else value
            shown = language.number(shown, decimals=2) if isinstance(shown, int | float) else shown
            pattern = language.gettext(N_("{name}: {value}"))
            parts.append(pattern.format(name=language.gettext(word), value=shown))
    return " · ".join(parts)


def _table(model: OutcomeTable, name: str) -> QTableView:
    table = QTableView()
    table.setObjectName("entities")
    table.setModel(model)
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.verticalHeader().setMinimumSectionSize(theme.row_height(table.font()))
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.verticalHeader().hide()
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsClickable(False)
    for column, width in enumerate((64, 116, 170, 200)):
        table.setColumnWidth(column, width)
    header.setSectionResizeMode(len(_TITLES) - 1, QHeaderView.ResizeMode.Stretch)
    return table


def _target_of(page: Page) -> str | None:
    """Return the unit selected on the page, which rows without a unit go to."""
    selection = page.selection()
    if len(selection.ids) != 1 or page.opened is None:
        return None
    if selection.kind == "units":
        return selection.ids[0]
    team = page.engagement.teams.get(selection.ids[0]) if selection.kind == "teams" else None
    return None if team is None else team.unit_id
