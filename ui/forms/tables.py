"""The editor of an ordered list of small values (options of a scale, level descriptors, resources) as a table in place.

Rows are added, removed and moved by buttons beside it; a cell that is refused is offered again as it was typed.
"""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.domain.errors import UserError
from planner.domain.initiative import Status
from planner.domain.practice import Descriptor, Reference, Resource, ScaleOption
from planner.domain.settings import StatusColour
from planner.language import N_, Language
from planner.words import CHOICE_WORDS
from ui import assets, theme
from ui.actions import plain_tip
from ui.forms.editor import MIXED, SEVERAL, FieldEditor
from ui.forms.fields import FormField, parts_of
from ui.forms.reading import read_day, read_number, write_day, write_number
from ui.surroundings import Surroundings
from ui.widgets.cell_editing import edit_cell

Index = QModelIndex | QPersistentModelIndex
_MOST_ROWS: Final = 7
_COLOUR: Final = re.compile("#[0-9a-fA-F]{6}")


def write_part(part: FormField, value: Any, language: Language) -> str:
    """Return a part of a value as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, enum.Enum):
        return language.gettext(CHOICE_WORDS[value])
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, date):
        return write_day(value, language)
    if isinstance(value, int | float):
        return write_number(value, language, share=part.is_share) + (" %" if part.is_share else "")
    return str(value)


def read_part(part: FormField, typed: Any, language: Language) -> Any:
    """Return what a cell holds once typed; UserError when it cannot be read."""
    if isinstance(typed, enum.Enum):
        return typed
    text = str(typed)
    if part.name == "colour" and not _COLOUR.fullmatch(text.strip()):
        raise UserError("typed-not-a-colour", text=text)
    if part.many:
        return tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
    if part.type in (int, float):
        return read_number(text, language, whole=part.type is int, share=part.is_share)
    if part.type is date:
        return read_day(text, language)
    return text.strip() if part.name == "colour" else text


class ValueTable(QAbstractTableModel):
    """The values, a row each; `edited` when a cell was, `refused(UserError)` when it could not be."""

    edited = Signal()
    refused = Signal(object)

    def __init__(self, value_type: type[Any], surroundings: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.parts = tuple(part for part in parts_of(value_type) if part.name != "initiative_id")
        self.values: tuple[Any, ...] = ()
        self.read_only = False
        self._surroundings = surroundings
        self._refused: dict[tuple[int, int], Any] = {}

    def show(self, values: tuple[Any, ...]) -> None:
        """Show other values."""
        self.beginResetModel()
        self.values = values
        self._refused.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many values there are."""
        return 0 if parent.isValid() else len(self.values)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many fields they have."""
        return 0 if parent.isValid() else len(self.parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: PLR0911  one a role
        """Return what `role` asks of a cell."""
        if not index.isValid():
            return None
        part = self.parts[index.column()]
        value = getattr(self.values[index.row()], part.name)
        language = self._surroundings.language
        text = write_part(part, value, language)
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(text)
        if role == Qt.ItemDataRole.EditRole:
            kept = self._refused.get((index.row(), index.column()))
            return kept if kept is not None else value if isinstance(value, enum.Enum) else text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{language.gettext(part.word)}: {text}"
        if role == Qt.ItemDataRole.DecorationRole and part.name == "colour" and _COLOUR.fullmatch(text):
            return QColor(text)
        if role == Qt.ItemDataRole.TextAlignmentRole and part.type in (int, float):
            return _AT_RIGHT
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        at, part = (index.row(), index.column()), self.parts[index.column()]
        before = self.values[index.row()]
        if not isinstance(value, enum.Enum) and value == write_part(
            part, getattr(before, part.name), self._surroundings.language
        ):
            self._refused.pop(at, None)
            return True
        try:
            after = read_part(part, value, self._surroundings.language)
        except UserError as error:
            self._refused[at] = value
            self.refused.emit(error)
            return False
        self._refused.pop(at, None)
        if after != getattr(before, part.name):
            changed = dataclasses.replace(before, **{part.name: after})
            self.values = (*self.values[: index.row()], changed, *self.values[index.row() + 1 :])
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _AT_RIGHT if self.parts[section].type in (int, float) else None
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self.parts[section].label(self._surroundings.language)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        found = super().flags(index)
        return found if self.read_only or not index.isValid() else found | Qt.ItemFlag.ItemIsEditable


_AT_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class _Cells(QStyledItemDelegate):
    """Edits a cell: a text, or one of a closed set."""

    def __init__(self, surroundings: Surroundings, model: ValueTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings, self._model = surroundings, model

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor of a cell."""
        part, language = self._model.parts[index.column()], self._surroundings.language
        editor: QWidget
        if isinstance(part.type, type) and issubclass(part.type, enum.Enum):
            editor = QComboBox(parent)
            for member in part.type:
                editor.addItem(language.gettext(CHOICE_WORDS[member]), member.value)
            editor.activated.connect(lambda _row: self.commitData.emit(editor))
        else:
            editor = QLineEdit(parent)
        editor.setAccessibleName(language.gettext(part.word))
        editor.setAutoFillBackground(True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the editor."""
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value.value))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Give the model what was typed."""
        if isinstance(editor, QComboBox):
            model.setData(index, self._model.parts[index.column()].type(editor.currentData()))
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


def _next_score(values: tuple[Any, ...]) -> float:
    return 1.0 if values else 0.0


def _new_colour(values: tuple[Any, ...]) -> StatusColour:
    taken = {value.status for value in values}
    status = next((status for status in Status if status not in taken), Status.IDEA)
    return StatusColour(status=status, colour="#808080")


NEW_ROWS: Final[Mapping[type[Any], Callable[[tuple[Any, ...], Language], Any]]] = {
    ScaleOption: lambda values, language: ScaleOption(
        score=_next_score(values), text=language.gettext(N_("New option"))
    ),
    Descriptor: lambda values, _language: Descriptor(score=_next_score(values), text=""),
    Reference: lambda _values, _language: Reference(framework="", code=""),
    Resource: lambda _values, language: Resource(name=language.gettext(N_("New resource"))),
    StatusColour: lambda values, _language: _new_colour(values),
}
"""Type of small value -> what a new row begins with; a type without one is read and never edited."""


class TableEditor(FieldEditor):
    """A tuple of small values; of a type that is not in `NEW_ROWS`, they are only read."""

    wide = True
    own_keys = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2})

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self._make = NEW_ROWS.get(field.type)
        self._mixed = False
        self._label = ""
        self.model = ValueTable(field.type, surroundings, self)
        self.model.read_only = self._make is None
        self.model.edited.connect(self._end)
        self.refused = self.model.refused
        self.view = _Table(self._remove)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Cells(surroundings, self.model, self))
        self.buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(self.view)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name, verb in (("add", self._add), ("remove", self._remove), ("up", self._raise), ("down", self._lower)):
            button = QToolButton()
            button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if self._make is None:
                button.hide()
            button.clicked.connect(verb)
            self.buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._row.addLayout(column)
        self.setFocusProxy(self.view)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._offer())
        surroundings.theme_changed.connect(self._draw)
        self._draw()
        self._offer()
        self.retranslate()

    def typed(self) -> Any:
        """Return the values."""
        return MIXED if self._mixed else self.model.values

    def put(self, typed: Any) -> None:
        """Show values."""
        self._mixed = typed is MIXED
        values = () if self._mixed else tuple(typed)
        if values != self.model.values:
            at = self.view.currentIndex()
            self.model.show(values)
            self.view.setCurrentIndex(self.model.index(min(at.row(), len(values) - 1), max(at.column(), 0)))
        self.view.fit(min(len(values), _MOST_ROWS))
        self._offer()

    def display(self, value: Any) -> None:
        """Show values."""
        self.put(value)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the table be read and scrolled whatever happens."""
        self.model.read_only = read_only or self._make is None
        for button in self.buttons.values():
            button.setVisible(not self.model.read_only)

    def name_controls(self, label: str, description: str) -> None:
        """Name the table and its buttons."""
        super().name_controls(label, description)
        self._label = label
        language = self.surroundings.language
        words = {
            "add": language.gettext(N_("{field}: add a row")),
            "remove": language.gettext(N_("{field}: remove the row")),
            "up": language.gettext(N_("{field}: move the row up")),
            "down": language.gettext(N_("{field}: move the row down")),
        }
        for name, button in self.buttons.items():
            button.setAccessibleName(words[name].format(field=self._label))
            button.setToolTip(plain_tip(words[name].format(field=self._label)))
        self.view.setAccessibleName(language.gettext(SEVERAL) if self._mixed else self._label)
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.model.parts) - 1)

    def _offer(self) -> None:
        at, count = self.view.currentIndex().row(), len(self.model.values)
        self.buttons["remove"].setEnabled(at >= 0)
        self.buttons["up"].setEnabled(at > 0)
        self.buttons["down"].setEnabled(0 <= at < count - 1)

    def _add(self) -> None:
        if self._make is not None:
            values = () if self._mixed else self.model.values
            self.put((*values, self._make(values, self.surroundings.language)))
            self.view.setCurrentIndex(self.model.index(len(values), 0))
            self.edited.emit()

    def _remove(self) -> None:
        at = self.view.currentIndex().row()
        if at >= 0 and not self.model.read_only:
            self.put((*self.model.values[:at], *self.model.values[at + 1 :]))
            self.edited.emit()

    def _raise(self) -> None:
        self._swap(-1)

    def _lower(self) -> None:
        self._swap(1)

    def _swap(self, step: int) -> None:
        at, column = self.view.currentIndex().row(), self.view.currentIndex().column()
        values = list(self.model.values)
        if 0 <= at < len(values) and 0 <= at + step < len(values):
            values[at], values[at + step] = values[at + step], values[at]
            self.put(tuple(values))
            self.view.setCurrentIndex(self.model.index(at + step, column))
            self.edited.emit()

    def _end(self) -> None:
        self._mixed = False
        self.edited.emit()

    def _draw(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(assets.icon(name, self.surroundings.tokens))


class _Table(QTableView):
    """The rows, as many as there is room for."""

    def __init__(self, remove: Callable[[], None]) -> None:
        super().__init__()
        self._remove = remove
        self.setObjectName("rows")
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        height = theme.row_height(self.font())
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setFixedHeight(height)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(72)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)

    def fit(self, rows: int) -> None:
        """Be as high as so many rows."""
        height = self.verticalHeader().defaultSectionSize() * rows + self.horizontalHeader().height()
        self.setFixedHeight(
            height + 2 * self.frameWidth() + (theme.SCROLL_BAR if self.model().columnCount() > 3 else 0)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove a row on Ctrl+Delete, edit on Enter, leave Esc to the form."""
        if event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            edit_cell(self, self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
