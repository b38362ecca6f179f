"""What an import would bring, every row of it, shown before anything changes: agree, leave rows out, or give up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.language import N_, NN_
from ui import theme
from ui.dialogs.import_rows import ColumnTable, MeaningCells, RowColumn, RowFilter, RowTable
from ui.present.imports import OUTCOME_WORDS, Outcome, Prepared
from ui.surroundings import Surroundings
from ui.widgets.agree_buttons import AgreeButtons
from ui.widgets.text import ElidedLabel, PlainLabel

_COLUMNS_HEIGHT: Final = 168
_MOST_PROBLEMS: Final = 3
_LEAST_REASONS: Final = 190
_MOST_GROWN: Final = 1_000
"""How many rows at most grow with their reasons: those that are current tell theirs below in any case."""
_LEAST_FILTER: Final = 120
_WIDTHS: Final = {RowColumn.NAME: 280, RowColumn.KIND: 150, RowColumn.OUTCOME: 140, RowColumn.PLACE: 180}
_NARROW: Final = {RowColumn.NAME: 175, RowColumn.KIND: 145, RowColumn.OUTCOME: 140, RowColumn.PLACE: 100}
"""The widths where the dialog is too narrow for the usual ones."""


class ImportDialog(QDialog):
    """Accepted, the import goes ahead; `columns_chosen(tuple)` asks for a table to be read in another way."""

    columns_chosen = Signal(object)

    def __init__(self, surroundings: Surroundings, prepared: Prepared, parent: QWidget) -> None:
        super().__init__(parent)
        self._language = surroundings.language
        self.prepared = prepared
        self.setWindowTitle(self._language.gettext(N_("Import")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row_height = theme.row_height(surroundings.font)
        self._title = ElidedLabel(role="title")
        self._summary = PlainLabel(wraps=True)
        self.problems = PlainLabel(role="muted", wraps=True)
        self.row_table = RowTable(self._language, self)
        self.filtered = RowFilter(self.row_table, self)
        self.rows = _Rows(self.filtered, row_height)
        self.rows.setAccessibleName(self._language.gettext(N_("Every row of the import")))
        self.column_table = ColumnTable(self._language, self)
        self.columns = _table(self.column_table, row_height)
        self.columns.setAccessibleName(self._language.gettext(N_("What the columns are read as")))
        self.columns.setItemDelegate(MeaningCells(self.columns))
        self.columns.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.columns.setFixedHeight(_COLUMNS_HEIGHT)
        self.told = PlainLabel(wraps=True)
        self.rows.selectionModel().currentChanged.connect(lambda now, _before: self._tell(now))
        self.filtered.modelReset.connect(lambda: self._tell(QModelIndex()))
        self.text = QLineEdit()
        self.outcome = QComboBox()
        self._note = PlainLabel(role="muted", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(self._title)
        layout.addWidget(self._summary)
        layout.addWidget(self.problems)
        layout.addWidget(self.columns)
        layout.addLayout(self._filter_row())
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.told)
        layout.addWidget(self._note)
        layout.addWidget(self._buttons())
        self.row_table.ticked.connect(self._count)
        self.column_table.chosen.connect(self.columns_chosen)
        self.text.textChanged.connect(self._filter)
        self.outcome.currentIndexChanged.connect(self._filter)
        self.resize(QSize(1180, 780).boundedTo(parent.screen().availableSize()))
        self.show_prepared(prepared)
        self.go.setFocus()

    def show_prepared(self, prepared: Prepared) -> None:
        """Show a reading, or the same source read in another way."""
        self.prepared = prepared
        self._title.setText(prepared.title)
        self._summary.setText("   ·   ".join(prepared.summary))
        notes = [row.reasons for row in prepared.rows if row.outcome is Outcome.NOTE and not row.name]
        more = len(notes) - _MOST_PROBLEMS
        if more > 0:
            words = NN_("{count} more is among the rows.", "{count} more are among the rows.")
            text = self._language.ngettext(*words, more).format(count=self._language.number(more, decimals=0))
            notes = [*notes[:_MOST_PROBLEMS], text]
        self.problems.setText("\n".join(notes))
        self.problems.setVisible(bool(notes))
        self.columns.setVisible(bool(prepared.columns))
        self.column_table.show_columns(prepared.columns)
        self.row_table.show_rows(prepared.rows)

    def changes_for(self, engagement: Engagement) -> Changes:
        """Return the one step that takes in what is ticked; UserError when it would break a rule."""
        return self.choice()(engagement)

    def choice(self) -> Callable[[Engagement], Changes]:
        """Return what makes that step, free of the dialog: it may be gone by then."""
        prepared, left_out = self.prepared, frozenset(self.row_table.left_out)
        return lambda engagement: prepared.changes_for(engagement, left_out)

    def tick_shown(self, *, on: bool) -> None:
        """Take in every row the filter shows, or leave all of them out."""
        self.row_table.tick(self.filtered.shown_rows(), on=on)

    def _filter_row(self) -> QHBoxLayout:
        language = self._language
        words = language.gettext(N_("Filter the rows"))
        self.text.setMinimumWidth(_LEAST_FILTER)
        self.text.setPlaceholderText(words)
        self.text.setAccessibleName(words)
        self.text.setClearButtonEnabled(True)
        self.outcome.setAccessibleName(language.gettext(N_("What becomes of it")))
        self.outcome.addItem(language.gettext(N_("All rows")), None)
        for outcome, word in OUTCOME_WORDS.items():
            self.outcome.addItem(language.gettext(word), outcome)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_S)
        row.addWidget(self.text, 1)
        row.addWidget(self.outcome)
        for text, on in ((N_("&Tick those shown"), True), (N_("&Untick those shown"), False)):
            button = QPushButton(language.gettext(text))
            button.setAccessibleName(button.text().replace("&", ""))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, on=on: self.tick_shown(on=on))
            row.addWidget(button)
        return row

    def _buttons(self) -> QDialogButtonBox:
        language = self._language
        buttons = AgreeButtons(language, language.gettext(N_("&Import")))
        self.go = buttons.go
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _tell(self, index: QModelIndex) -> None:
        """Say in full, below the rows, why something becomes of the current one what does."""
        row = self.row_table.rows[self.filtered.mapToSource(index).row()] if index.isValid() else None
        self.told.setText("" if row is None else row.reasons)
        self.told.setVisible(bool(self.told.text()))

    def _filter(self) -> None:
        self.filtered.ask(self.text.text(), self.outcome.currentData())

    def _count(self) -> None:
        taken, total = self.row_table.count()
        language = self._language
        self.go.setEnabled(bool(self.prepared.changes) and taken > 0)
        if not self.prepared.changes:
            self._note.setText(language.gettext(N_("Everything that can be taken in is there already.")))
            return
        text = language.gettext(
            N_("{taken} of {total} rows are taken in. What cannot stand without a row left out is left out with it.")
        )
        self._note.setText(
            text.format(taken=language.number(taken, decimals=0), total=language.number(total, decimals=0))
        )


class _Rows(QTableView):
    """The rows; Space ticks and unticks all that are selected."""

    def __init__(self, rows: RowFilter, row_height: int) -> None:
        super().__init__()
        self._filtered = rows
        _dress(self, row_height)
        self.setModel(rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._row_height = row_height
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.timeout.connect(self._grow)
        for changed in (rows.modelReset, rows.layoutChanged, rows.rowsInserted):
            changed.connect(self._grow_soon)
        self.setWordWrap(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the reasons the room the others leave; where that is little, the others are narrower, and rows grow."""
        super().resizeEvent(event)
        room = self.viewport().width()
        widths = _WIDTHS if room >= sum(_WIDTHS.values()) + 2 * _LEAST_REASONS else _NARROW
        for column, width in widths.items():
            self.horizontalHeader().resizeSection(column, width)
        self.horizontalHeader().resizeSection(RowColumn.REASONS, max(_LEAST_REASONS, room - sum(widths.values())))
        self._grow_soon()

    def _grow_soon(self) -> None:
        self._growing.start(0)

    def _grow(self) -> None:
        """Let rows be as high as their names and reasons ask for."""
        flags = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value
        header, around = self.horizontalHeader(), 2 * theme.SPACE_M
        widths = {
            RowColumn.NAME: header.sectionSize(RowColumn.NAME) - around - theme.ICON_SIZE,
            RowColumn.REASONS: header.sectionSize(RowColumn.REASONS) - around,
        }
        for row in range(min(_MOST_GROWN, self._filtered.rowCount())):
            height = self._row_height
            for column, width in widths.items():
                text = self._filtered.index(row, column).data()
                if text:
                    words = self.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), flags, text)
                    height = max(height, words.height() + theme.SPACE_M)
            if height != self.rowHeight(row):
                self.setRowHeight(row, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick or untick what is selected with Space."""
        table = self._filtered.sourceModel()
        if event.key() == Qt.Key.Key_Space and isinstance(table, RowTable):
            chosen = [self._filtered.mapToSource(index).row() for index in self.selectionModel().selectedRows()]
            keys = [table.rows[row].key for row in chosen]
            table.tick(chosen, on=any(key in table.left_out for key in keys))
            return
        super().keyPressEvent(event)


def _table(model: ColumnTable, row_height: int) -> QTableView:
    view = QTableView()
    _dress(view, row_height)
    view.setModel(model)
    header = view.horizontalHeader()
    header.resizeSection(0, 220)
    header.resizeSection(2, 220)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return view


def _dress(view: QTableView, row_height: int) -> None:
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(row_height)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
