"""The formulas of the engagement, a row each: name, kind, and the expression of a custom one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from planner.analysis.expression import Expression
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.priority import Formula, FormulaKind
from planner.editing import entities, settings
from planner.editing.naming import free_name
from planner.language import N_, Language
from planner.words import FORMULA_KIND_WORDS, FORMULA_SENTENCES
from ui import theme
from ui.models.entity_table import Cell, EntityRow, EntityTable, TableColumn
from ui.pages.page import Page, Selection
from ui.pages.settings.section import Section
from ui.widgets.entity_view import EntityView
from ui.widgets.text import PlainLabel

Index = QModelIndex | QPersistentModelIndex

_COLUMNS: Final = (
    TableColumn(title=N_("Formula"), editable=True),
    TableColumn(title=N_("Kind"), editable=True),
    TableColumn(title=N_("What it works out"), editable=True),
)
_NAME, _KIND, _EXPRESSION = range(3)


class FormulasSection(Section):
    """Shows and edits the formulas; where one ranks is said on the Priorities page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.model = EntityTable(self.surroundings.language, _COLUMNS, edit=self._edit_cell, parent=self)
        self.table = EntityView(self.surroundings, self.model, stretched=_EXPRESSION, widths={_NAME: 240, _KIND: 180})
        self.table.setItemDelegate(FormulaCells(page, self.table))
        self._note = PlainLabel(role="muted", wraps=True)
        self._links = {name: QPushButton() for name in ("go-priorities", "go-practices")}
        for action_id, button in self._links.items():
            button.clicked.connect(page.workbench.actions[action_id].trigger)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        self._note.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, 0)
        layout.addWidget(self._note)
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_L, theme.SPACE_L)
        for button in self._links.values():
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        self.setFocusProxy(self.table)
        self.table.selectionModel().selectionChanged.connect(self._take_selection)

    def refresh(self) -> None:
        """Show the formulas anew, with the same ones selected."""
        selected = self.table.selected_ids()
        rows: list[EntityRow] = []
        if self.page.opened is not None:
            rows = _rows(self.page.engagement, self.surroundings.language)
        if self.model.show(rows, read_only=not self.page.can_edit):
            self.table.select(selected)
            if not self.table.selected_ids():
                self.table.select_row(0)

    def retranslate(self) -> None:
        """Word the section in the language of the screen."""
        language = self.surroundings.language
        self.table.setAccessibleName(language.gettext(N_("Formulas")))
        self._note.setText(
            language.gettext(
                N_(
                    "Which formula ranks is chosen on the Priorities page, where the criteria are too. "
                    "The scales of maturity belong to their models, on the Practices page."
                )
            )
        )
        for action_id, button in self._links.items():
            word = {"go-priorities": N_("Criteria and ranking"), "go-practices": N_("Models and their scales")}[
                action_id
            ]
            button.setText(language.gettext(word))
            button.setAccessibleName(language.gettext(word))
        self.model.retranslate(language)
        self.refresh()

    def selection(self) -> Selection:
        """Return the selected formulas."""
        return Selection("formulas", self.table.selected_ids())

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Select a formula."""
        if kind != "formulas" or self.model.row_of(entity_id) < 0:
            return False
        self.table.select((entity_id,))
        return True

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out the shared actions."""
        return {"rename": self.rename, "remove": self.remove, "select-all": self.table.selectAll}

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        found = {"select-all"} if self.model.rows else set()
        if self.page.can_edit and self.table.selected_ids():
            found |= {"rename", "remove"}
        return frozenset(found)

    def add(self) -> None:
        """Add a formula of one's own and name it."""
        language = self.surroundings.language
        taken = (one.name for one in self.page.engagement.formulas.values())
        name = free_name(language.gettext(N_("New formula")), taken)
        before = self.page.engagement.formulas.keys()
        if self.page.edit(lambda engagement: settings.add_formula(engagement, name=name, kind=FormulaKind.CUSTOM)):
            self.table.select(tuple(self.page.engagement.formulas.keys() - before))
            self.rename()

    def rename(self) -> None:
        """Edit the name of the current formula."""
        self.table.edit_column(_NAME)

    def remove(self) -> None:
        """Remove the selected formulas."""
        ids = self.table.selected_ids()
        self.page.edit(lambda engagement: entities.remove(engagement, "formulas", ids))

    def _take_selection(self) -> None:
        self.selection_changed.emit()
        self.situation_changed.emit()

    def _edit_cell(self, formula_id: str, column: int, value: Any) -> bool:
        def change(engagement: Engagement) -> Changes:
            if column == _KIND:
                return settings.change_formula_kind(engagement, formula_id, value)
            field = "name" if column == _NAME else "expression"
            if column == _EXPRESSION:
                Expression(value, engagement.criteria.values())  # what it says of a formula it cannot read is told
            return entities.change(engagement, "formulas", formula_id, **{field: value})

        return self.page.edit(change)


class FormulaCells(QStyledItemDelegate):
    """The editors of the cells: a line, or a choice of kind; a known formula's words are not edited."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor that fits a column; none for what a known formula works out."""
        language = self._page.workbench.surroundings.language
        kind = index.sibling(index.row(), _KIND).data(Qt.ItemDataRole.EditRole)
        editor: QWidget
        if index.column() == _KIND:
            editor = QComboBox(parent)
            for choice, word in FORMULA_KIND_WORDS.items():
                editor.addItem(language.gettext(word), choice.value)
            editor.activated.connect(lambda: self._commit(editor))
        elif index.column() == _EXPRESSION and kind is not FormulaKind.CUSTOM:
            return None  # type: ignore[return-value]  # Qt takes None for "no editor"
        else:
            editor = QLineEdit(parent)
        editor.setAccessibleName(language.gettext(_COLUMNS[index.column()].title))
        editor.setAutoFillBackground(True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor with its cell's value."""
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value.value))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask the model for the edit."""
        if isinstance(editor, QComboBox):
            model.setData(index, FormulaKind(editor.currentData()))
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def _rows(engagement: Engagement, language: Language) -> list[EntityRow]:
    formulas: list[Formula] = sorted(engagement.formulas.values(), key=lambda one: (one.position, one.name))
    return [
        EntityRow(
            one.id,
            (
                Cell(text=one.name, value=one.name),
                Cell(text=language.gettext(FORMULA_KIND_WORDS[one.kind]), value=one.kind),
                Cell(
                    text=one.expression or language.gettext(FORMULA_SENTENCES[one.kind]),
                    value=one.expression,
                ),
            ),
        )
        for one in formulas
    ]
