"""The criteria, a row each, edited in place: name, part in the formulas, range, weight, which way is better."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.priority import Criterion, CriterionRole
from planner.editing import priorities
from planner.editing.priorities import criteria_in_order
from planner.language import N_, Language
from planner.words import CRITERION_ROLE_WORDS
from ui import theme
from ui.models.entity_table import Cell, EntityRow, EntityTable, TableColumn
from ui.pages.page import Page
from ui.pages.priorities.guidance import guide_to_criteria
from ui.pages.priorities.wording import number_text
from ui.widgets.entity_view import EntityView
from ui.widgets.number_cell import DecimalEditor
from ui.widgets.text import PlainLabel

Index = QModelIndex | QPersistentModelIndex

FIELDS: Final = ("name", "role", "minimum", "maximum", "weight", "higher_is_better", "")
"""What each column edits; nothing in the last, which counts the scores."""

_COLUMNS: Final = (
    TableColumn(title=N_("Criterion"), editable=True),
    TableColumn(title=N_("Part in the formulas"), editable=True),
    TableColumn(title=N_("From"), editable=True, to_the_right=True),
    TableColumn(title=N_("To"), editable=True, to_the_right=True),
    TableColumn(title=N_("Weight"), editable=True, to_the_right=True),
    TableColumn(title=N_("Better when"), editable=True),
    TableColumn(title=N_("Scores"), to_the_right=True),
)
_DIRECTIONS: Final = {True: N_("higher"), False: N_("lower")}
_WIDTHS: Final = {1: 180, 2: 58, 3: 58, 4: 68, 5: 112, 6: 72}
_FARTHEST: Final = 1e9
_HEAVIEST: Final = 1_000.0


class CriteriaPanel(QWidget):
    """A table of the criteria; `selection_changed` when others are selected."""

    selection_changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page.parent_of_views())
        self.page = page
        surroundings = page.workbench.surroundings
        self.model = EntityTable(surroundings.language, _COLUMNS, edit=self._edit_cell, parent=self)
        self.table = EntityView(surroundings, self.model, stretched=0, widths=_WIDTHS)
        self._cells = CriteriaCells(page, self.table)
        self.table.setItemDelegate(self._cells)
        self.note = PlainLabel(role="muted", wraps=True)
        self._guidance = guide_to_criteria(page.workbench)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._guidance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.note)
        self.note.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, theme.SPACE_S)
        self.setFocusProxy(self.table)
        self.table.selectionModel().selectionChanged.connect(self.selection_changed)

    def refresh(self) -> None:
        """Show the criteria anew, with the same ones selected."""
        selected, column = self.selected_ids(), self.table.column
        rows: list[EntityRow] = []
        if self.page.opened is not None:
            rows = _rows(self.page.engagement, self.page.workbench.surroundings.language)
        if self.model.show(rows, read_only=not self.page.can_edit):
            self.table.select(selected, column=column)
            if not self.selected_ids():
                self.table.select_row(0)
        shown = self.table if rows or self.page.opened is None else self._guidance
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)

    def retranslate(self) -> None:
        """Word the table in the language of the screen."""
        language = self.page.workbench.surroundings.language
        self.table.setAccessibleName(language.gettext(N_("Criteria")))
        self.note.setText(
            language.gettext(
                N_(
                    "A score counts with its weight. Several criteria that play the same part give it their mean, "
                    "once each of them is scored."
                )
            )
        )
        self.model.retranslate(language)
        self.refresh()

    def selected_ids(self) -> tuple[str, ...]:
        """Return the ids of the selected criteria, from the top."""
        return self.table.selected_ids()

    def select(self, ids: tuple[str, ...]) -> None:
        """Select criteria, the first of them current."""
        self.table.select(ids)

    def rename(self) -> None:
        """Edit the name of the current criterion."""
        self.table.edit_column(0)

    def _edit_cell(self, criterion_id: str, column: int, value: Any) -> bool:
        def change(engagement: Engagement) -> Changes:
            return priorities.change_criterion(engagement, criterion_id, **{FIELDS[column]: value})

        return self.page.edit(change)


class CriteriaCells(QStyledItemDelegate):
    """The editors of the cells: a line, a choice, a number."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor that fits a column."""
        language = self._page.workbench.surroundings.language
        field = FIELDS[index.column()]
        editor: QWidget
        if field in ("role", "higher_is_better"):
            editor = QComboBox(parent)
            for value, word in (CRITERION_ROLE_WORDS if field == "role" else _DIRECTIONS).items():
                editor.addItem(language.gettext(word), value.value if isinstance(value, CriterionRole) else value)
            editor.activated.connect(lambda: self._commit(editor))
        elif field == "name":
            editor = QLineEdit(parent)
            editor.setMaxLength(300)
        else:
            least, most = (0.0, _HEAVIEST) if field == "weight" else (-_FARTHEST, _FARTHEST)
            editor = DecimalEditor(parent, least, most)
        editor.setAccessibleName(language.gettext(_COLUMNS[index.column()].title))
        editor.setAutoFillBackground(True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor with its cell's value."""
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value.value if isinstance(value, CriterionRole) else value))
        elif isinstance(editor, QDoubleSpinBox):
            editor.setValue(value)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask the model for the edit."""
        if isinstance(editor, QComboBox):
            chosen = editor.currentData()
            model.setData(index, CriterionRole(chosen) if isinstance(chosen, str) else chosen)
        elif isinstance(editor, QDoubleSpinBox):
            model.setData(index, editor.value())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def _rows(engagement: Engagement, language: Language) -> list[EntityRow]:
    return [
        EntityRow(criterion.id, _cells(engagement, criterion, language)) for criterion in criteria_in_order(engagement)
    ]


def _cells(engagement: Engagement, criterion: Criterion, language: Language) -> tuple[Cell, ...]:
    def number(value: float) -> Cell:
        return Cell(text=number_text(value, language.code), value=value)

    scores = len(engagement.referring("criterion_scores", "criterion_id").get(criterion.id, ()))
    return (
        Cell(text=criterion.name, value=criterion.name),
        Cell(text=language.gettext(CRITERION_ROLE_WORDS[criterion.role]), value=criterion.role),
        number(criterion.minimum),
        number(criterion.maximum),
        number(criterion.weight),
        Cell(text=language.gettext(_DIRECTIONS[criterion.higher_is_better]), value=criterion.higher_is_better),
        Cell(text=number_text(scores, language.code, 0)),
    )
