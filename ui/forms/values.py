"""Controls for values that stand inside an entity: the options of a scale, level descriptors, working weekdays."""

from __future__ import annotations

import enum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QGridLayout, QHBoxLayout, QTableView, QToolButton, QWidget

from planner.domain.errors import UserError
from planner.language import N_, Language
from planner.words import CHOICE_WORDS
from ui import assets, theme
from ui.forms.editor import FieldEditor
from ui.forms.fields import FormField, parts_of
from ui.surroundings import Surroundings

Index = QModelIndex | QPersistentModelIndex

_ROWS_SEEN: Final = 5


class ValueTable(QAbstractTableModel):
    """The values of one field, a row each, a column for each of their parts; `changed` after a person's edit."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, field: FormField, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts_of(field.type)
        self._type = field.type
        self._language = language
        self._fixed = False
        self.values: tuple[Any, ...] = ()

    def show_values(self, values: tuple[Any, ...]) -> None:
        """Show other values."""
        self.beginResetModel()
        self.values = values
        self.endResetModel()

    def fix(self, *, fixed: bool) -> None:
        """Let cells be read only, or edited."""
        self._fixed = fixed

    def retranslate(self, language: Language) -> None:
        """Word titles and cells in `language`."""
        self.beginResetModel()
        self._language = language
        self.endResetModel()

    def add(self, at: int) -> None:
        """Add an empty value after a row."""
        empty = self._type(**{part.name: _empty(part) for part in self._parts})
        self._take((*self.values[: at + 1], empty, *self.values[at + 1 :]))

    def remove(self, at: int) -> None:
        """Remove a row."""
        if 0 <= at < len(self.values):
            self._take((*self.values[:at], *self.values[at + 1 :]))

    def move(self, at: int, steps: int) -> None:
        """Move a row up or down."""
        to = at + steps
        if 0 <= at < len(self.values) and 0 <= to < len(self.values):
            values = list(self.values)
            values.insert(to, values.pop(at))
            self._take(tuple(values))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many values there are."""
        return 0 if parent.isValid() else len(self.values)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many parts a value has."""
        return 0 if parent.isValid() else len(self._parts)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a part is called."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._language.gettext(self._parts[section].word)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return None
        value = getattr(self.values[index.row()], self._parts[index.column()].name)
        return self._text(self._parts[index.column()], value)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        part, row = self._parts[index.column()], index.row()
        try:
            parsed = self._parsed(part, str(value))
        except UserError as error:
            self.refused.emit(error)
            return False
        parts = {one.name: getattr(self.values[row], one.name) for one in self._parts} | {part.name: parsed}
        self.values = (*self.values[:row], self._type(**parts), *self.values[row + 1 :])
        self.dataChanged.emit(index, index)
        self.changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        part = self._parts[index.column()]
        typed = part.type in {str, float, int} and not part.meaning.refers_to
        return flags if self._fixed or not typed else flags | Qt.ItemFlag.ItemIsEditable

    def _take(self, values: tuple[Any, ...]) -> None:
        self.show_values(values)
        self.changed.emit()

    def _text(self, part: FormField, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, tuple):
            return ", ".join(str(one) for one in value)
        if isinstance(value, enum.Enum):
            return self._language.gettext(CHOICE_WORDS[value])
        if isinstance(value, float | int) and not isinstance(value, bool):
            return self._language.number(value * 100 if part.is_share else value, decimals=2)
        return str(value) if isinstance(value, str) else self._language.date(value)

    def _parsed(self, part: FormField, text: str) -> Any:
        if part.many:
            return tuple(one.strip() for one in text.split(",") if one.strip())
        if part.type is str:
            return text
        try:
            number = float(text.replace("%", "").replace(",", ".").strip())
        except ValueError:
            raise UserError("typed-not-a-number", text=text) from None
        return number / 100 if part.is_share else number


def _empty(part: FormField) -> Any:
    if part.many:
        return ()
    if part.type is str:
        return ""
    return next(iter(part.type)) if issubclass(part.type, enum.Enum) else part.type(0)


class ValuesEditor(FieldEditor):
    """A small table edited in place, with buttons to add, remove and reorder its rows."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.model = ValueTable(field, surroundings.language, self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(surroundings.font) - theme.SPACE_XS)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setFixedHeight(theme.row_height(surroundings.font) * _ROWS_SEEN)
        self._buttons: dict[str, QToolButton] = {}
        self._add(self.table)
        below = QHBoxLayout()
        below.setSpacing(theme.SPACE_XS)
        for name, act in (
            ("add", lambda: self.model.add(self._at())),
            ("remove", lambda: self.model.remove(self._at())),
            ("up", lambda: self._move(-1)),
            ("down", lambda: self._move(1)),
        ):
            button = QToolButton()
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(act)
            self._buttons[name] = button
            below.addWidget(button)
        below.addStretch(1)
        self.layout().insertLayout(1, below)  # type: ignore[union-attr]
        self.model.changed.connect(self.edited)
        self.model.refused.connect(self._refuse)
        surroundings.theme_changed.connect(self._draw)
        self._draw()
        self.retranslate()

    @property
    def value(self) -> Any:
        """The values in their order."""
        return self.model.values

    def show_value(self, value: Any) -> None:
        """Show values."""
        if tuple(value or ()) != self.model.values:
            self.model.show_values(tuple(value or ()))

    def show_several(self) -> None:
        """Show an empty table: the lists differ."""
        self.model.show_values(())

    def retranslate(self) -> None:
        """Name the table and its buttons."""
        language = self.surroundings.language
        self._say(self.table)
        self.model.retranslate(language)
        for name, message in _BUTTON_WORDS.items():
            self._buttons[name].setAccessibleName(language.gettext(message))
            self._buttons[name].setToolTip(language.gettext(message))

    def controls(self) -> tuple[QWidget, ...]:
        """Return the table and its buttons."""
        return (self.table, *self._buttons.values())

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the table be read and copied, or edited again."""
        self.model.fix(fixed=read_only)
        for button in self._buttons.values():
            button.setEnabled(not read_only)

    def _at(self) -> int:
        at = self.table.currentIndex().row()
        return at if at >= 0 else len(self.model.values) - 1

    def _move(self, steps: int) -> None:
        at = self._at()
        self.model.move(at, steps)
        self.table.setCurrentIndex(self.model.index(max(0, min(at + steps, len(self.model.values) - 1)), 0))

    def _refuse(self, error: UserError) -> None:
        from planner.messages import explain  # noqa: PLC0415  not before it is used

        self.show_error(explain(error, self.surroundings.language))

    def _draw(self) -> None:
        for name, button in self._buttons.items():
            button.setIcon(assets.icon(name, self.surroundings.tokens))


_BUTTON_WORDS: Final = {
    "add": N_("Add a row"),
    "remove": N_("Remove the row"),
    "up": N_("Move the row up"),
    "down": N_("Move the row down"),
}


class WeekdaysEditor(FieldEditor):
    """Which weekdays work, from the first of the week; none of one's own follows the engagement's calendar."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.own = QCheckBox()
        self.own.clicked.connect(self._take_own)
        self.days = {weekday: QCheckBox() for weekday in range(7)}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE_XS)
        grid.addWidget(self.own, 0, 0, 1, 4)
        first = surroundings.language.first_weekday
        for place in range(7):
            day = self.days[(first + place) % 7]
            day.clicked.connect(self.edited)
            grid.addWidget(day, 1 + place // 4, place % 4)
        self._add(inside)
        self.setFocusProxy(self.own)
        self.retranslate()

    @property
    def value(self) -> Any:
        """The working weekdays, 0 for Monday; None for the engagement's."""
        if not self.own.isChecked():
            return None
        return tuple(weekday for weekday, day in self.days.items() if day.isChecked())

    def show_value(self, value: Any) -> None:
        """Show which weekdays work."""
        self.own.setChecked(value is not None)
        for weekday, day in self.days.items():
            day.setChecked(weekday in (value or ()))
            day.setEnabled(value is not None and self.own.isEnabled())

    def show_several(self) -> None:
        """Show none: the weeks differ."""
        self.show_value(None)

    def retranslate(self) -> None:
        """Name the days."""
        language = self.surroundings.language
        self.own.setText(language.gettext(N_("a week of its own")))
        self._say(self.own)
        names = language.locale.days["format"]["abbreviated"]
        for weekday, day in self.days.items():
            day.setText(names[weekday])
            day.setAccessibleName(language.locale.days["format"]["wide"][weekday])

    def controls(self) -> tuple[QWidget, ...]:
        """Return the boxes."""
        return (self.own, *self.days.values())

    def _take_own(self) -> None:
        for weekday, day in self.days.items():
            day.setEnabled(self.own.isChecked())
            day.setChecked(self.own.isChecked() and weekday < 5)
        self.edited.emit()
