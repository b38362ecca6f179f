"""A table from a spreadsheet before it is taken in: its text, which column is what, and what each row would do.

What the columns may hold, and what a row does, is said by who takes the table in: see the list of teams and the delivery
metrics.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner.editing.team_list import Fate
from planner.language import N_
from ui import theme
from ui.actions import plain_tip
from ui.surroundings import Surroundings
from ui.widgets.agree_buttons import AgreeButtons
from ui.widgets.text import ElidedLabel, PlainLabel

Index = QModelIndex | QPersistentModelIndex

_TAB_LETTERS: Final = 24
_READ_AFTER_MILLISECONDS: Final = 150
FATE_WORDS: Final = {
    Fate.ADD: N_("Added"),
    Fate.UPDATE: N_("Changed"),
    Fate.SAME: N_("Same already"),
    Fate.REFUSED: N_("Left out"),
}
_TONES: Final = {Fate.REFUSED: "danger", Fate.SAME: "text_muted"}


class TableDialog(QDialog):
    """Reads the table anew as it is typed; whoever is made of it plans, sums up and takes in.

    `title`, `name` (of the text) and `rows_name` are messages of the catalogues; `part_words` says what a column can hold
    and in which words, `letters` how wide a choice of that is.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        rows: FateTable,
        parent: QWidget,
        *,
        title: str,
        name: str,
        rows_name: str,
        part_words: Mapping[Any, str],
        letters: int,
    ) -> None:
        super().__init__(parent)
        self._language = surroundings.language
        self._part_words, self._letters = part_words, letters
        self._cells: list[list[str]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self._word(title))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self._word(name))
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
        self.rows = rows
        self.rows.setParent(self)
        self.table = _table(rows, self._word(rows_name))
        self.told = PlainLabel(wraps=True)
        self.table.selectionModel().currentChanged.connect(lambda now, _before: self._tell_row(now))
        rows.modelReset.connect(self._begin_with_problem)
        self.summary = PlainLabel(role="strong", wraps=True)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_AFTER_MILLISECONDS)
        self._timer.timeout.connect(self.read)
        self.titles.toggled.connect(self._plan_again)
        self.text.textChanged.connect(self._read_soon)

    def _lay_out(self) -> None:
        buttons = AgreeButtons(self._language, self._word(N_("&Take in")))
        self.go = buttons.go
        buttons.accepted.connect(self.take_in)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(ElidedLabel(self.windowTitle(), role="title"))
        layout.addWidget(self.text)
        layout.addWidget(self.titles)
        layout.addWidget(self._columns)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.summary)
        layout.addWidget(buttons)
        self.resize(1_040, 680)

    # What those made of it say

    @abstractmethod
    def read_cells(self, text: str) -> list[list[str]]:
        """Return the rows of a text, cell by cell."""

    @abstractmethod
    def guess_columns(self, cells: list[list[str]]) -> tuple[bool, Sequence[Any]]:
        """Return whether the first row holds titles, and what each column seems to hold."""

    @abstractmethod
    def _plan_again(self) -> None:
        """Find out what each row would do, and show it."""

    @abstractmethod
    def take_in(self) -> None:
        """Take in what can be, in one step."""

    # The text and its columns

    def begin_with(self, text: str) -> None:
        """Read a text at once."""
        self.text.setPlainText(text)
        self._timer.stop()
        self.read()

    def _read_soon(self) -> None:
        self.go.setEnabled(False)  # what would be taken in is not yet what is shown
        self._timer.start()

    def read(self) -> None:
        """Read the text anew and guess what its columns are."""
        self._cells = self.read_cells(self.text.toPlainText())
        has_titles, parts = self.guess_columns(self._cells)
        self.titles.blockSignals(True)
        self.titles.setChecked(has_titles)
        self.titles.setEnabled(bool(self._cells))
        self.titles.blockSignals(False)
        self._offer_columns(parts)
        self._plan_again()

    def _offer_columns(self, parts: Sequence[Any]) -> None:
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
            choice.setMinimumContentsLength(self._letters)
            for word in self._part_words.values():
                choice.addItem(self._word(word))
            choice.setCurrentIndex(list(self._part_words).index(part))
            choice.setAccessibleName(self._word(N_("What the column “{title}” holds")).format(title=title))
            choice.currentIndexChanged.connect(self._plan_again)
            self.choices.append(choice)
            column = QVBoxLayout()
            column.setSpacing(2)
            label = ElidedLabel(title, role="caption")
            label.setMaximumWidth(choice.sizeHint().width())
            column.addWidget(label)
            column.addWidget(choice)
            row.addLayout(column)
        row.addStretch(1)
        self._columns.setWidget(inside)
        self._columns.setVisible(bool(parts))
        self._columns.setFixedHeight(inside.sizeHint().height() + theme.SCROLL_BAR + 2)

    def _begin_with_problem(self) -> None:
        """Go to the first row that is left out, so that why is read whole without looking for it."""
        self.table.setCurrentIndex(self.rows.first_refused())
        self._tell_row(self.table.currentIndex())

    def _tell_row(self, index: Index) -> None:
        """Say in full what the row the keyboard is on would do, where its cell may be too narrow."""
        said = self.rows.reason(index.row()) if index.isValid() else ""
        self.told.setText(said)
        self.told.setVisible(bool(said))

    def chosen_parts(self) -> tuple[Any, ...]:
        """Return what each column holds, as chosen."""
        kinds = tuple(self._part_words)
        return tuple(kinds[choice.currentIndex()] for choice in self.choices)

    def _summed(self, counts: Iterable[tuple[tuple[str, str], int]]) -> list[str]:
        """Return how many there are of each, but not of what there is none of."""
        return [
            self._language.ngettext(*words, count).format(count=self._language.number(count, decimals=0))
            for words, count in counts
            if count
        ]

    def done(self, result: int) -> None:
        """Read no more."""
        self._timer.stop()
        super().done(result)

    def _word(self, message: str) -> str:
        return self._language.gettext(message)


class FateTable(QAbstractTableModel):
    """What each row would do: `texts` words one that has a `fate`; titles and widths are those of the columns."""

    def __init__(
        self,
        surroundings: Surroundings,
        *,
        titles: tuple[str, ...],
        widths: tuple[int, ...],
        texts: Callable[[Any], tuple[str, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._titles, self._texts = titles, texts
        self.widths = widths
        self._lines: tuple[Any, ...] = ()

    def show(self, lines: tuple[Any, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def first_refused(self) -> QModelIndex:
        """Return the first row that is left out; an invalid index where all are taken in."""
        refused = next((row for row, line in enumerate(self._lines) if line.fate is Fate.REFUSED), -1)
        return self.index(refused, 0) if refused >= 0 else QModelIndex()

    def reason(self, row: int) -> str:
        """Return what a row would change, or why it is left out; empty where there is nothing to say."""
        return self._texts(self._lines[row])[-1]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what `role` asks of a cell."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(line)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._texts(line)[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole and line.fate in _TONES:
            return QColor(getattr(self._surroundings.tokens, _TONES[line.fate]))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._surroundings.language.gettext(self._titles[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None


def _side(column: int) -> Qt.AlignmentFlag:
    """Return where a column stands: the numbers of the rows, which come first, at the right."""
    return (Qt.AlignmentFlag.AlignLeft if column else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter


def _table(model: FateTable, name: str) -> QTableView:
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
    for column, width in enumerate(model.widths):
        table.setColumnWidth(column, width)
    header.setSectionResizeMode(model.columnCount() - 1, QHeaderView.ResizeMode.Stretch)
    return table
