"""Editors of many: other entities by their names, tags, each a short list with a line under it to add to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QListView, QToolButton, QVBoxLayout, QWidget

from planner.domain.errors import UserError
from planner.language import N_
from ui import assets, theme
from ui.actions import plain_tip
from ui.forms.editor import MIXED, SEVERAL, FieldEditor
from ui.forms.fields import FormField
from ui.forms.pickers import Choices, FilterLine
from ui.present.names import named_choices, path_name
from ui.surroundings import Surroundings

_MOST_ROWS = 6


class ListEditor(FieldEditor):
    """A tuple of texts; Delete in the list removes the selected ones, Enter in the line adds one."""

    wide = True
    own_keys = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})

    def __init__(
        self,
        surroundings: Surroundings,
        field: FormField,
        parent: QWidget | None = None,
        *,
        line: QLineEdit | None = None,
    ) -> None:
        super().__init__(surroundings, field, parent)
        self._values: tuple[Any, ...] = ()
        self._mixed = False
        self._label = ""
        self.names = QStringListModel(self)
        self.view = _Rows(self._remove)
        self.view.setModel(self.names)
        self.line = QLineEdit() if line is None else line
        self.button = QToolButton()
        self.button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._remove)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        bottom = QHBoxLayout()
        bottom.setContentsMargins(0, 0, 0, 0)
        bottom.setSpacing(theme.SPACE_XS)
        bottom.addWidget(self.line, 1)
        bottom.addWidget(self.button)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(self.view)
        column.addLayout(bottom)
        self._row.addLayout(column)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self._add_typed)
        surroundings.theme_changed.connect(self._draw)
        self._draw()
        self.retranslate()

    @property
    def value(self) -> Any:
        """The values listed; UserError while the line holds what cannot be added."""
        text = self.line.text()
        if not text.strip():
            return MIXED if self._mixed else self._values
        added = self.value_of(text)
        if added in self._values:
            raise UserError("typed-listed-already", text=text)
        return (*self._values, added)

    def typed(self) -> Any:
        """Return the values and what stands in the line."""
        return self._mixed, self._values, self.line.text()

    def put(self, typed: Any) -> None:
        """Show values and a line again."""
        self._mixed, self._values, text = typed
        self.line.setText(text)
        self._list()

    def display(self, value: Any) -> None:
        """List the values."""
        self._mixed = value is MIXED
        self._values = () if self._mixed else tuple(value)
        self.line.clear()
        self._list()

    def value_of(self, text: str) -> Any:
        """Return the value a typed text stands for."""
        return text.strip()

    def name_of_value(self, value: Any) -> str:
        """Return what a value is called in the list."""
        return str(value)

    def name_controls(self, label: str, description: str) -> None:
        """Name the list, the line and the button."""
        super().name_controls(label, description)
        self._label = label
        self._word()

    def _word(self) -> None:
        language = self.surroundings.language
        self.view.setAccessibleName(self._label)
        self.line.setAccessibleName(language.gettext(N_("{field}: add")).format(field=self._label))
        self.button.setAccessibleName(language.gettext(N_("{field}: remove the selected")).format(field=self._label))
        self.button.setToolTip(plain_tip(language.gettext(N_("Remove the selected"))))
        self.line.setPlaceholderText(language.gettext(SEVERAL if self._mixed else N_("Add…")))

    def _list(self) -> None:
        shown = [" ".join(self.name_of_value(value).split()) for value in self._values]
        if shown != self.names.stringList():
            self.names.setStringList(shown)
        self.view.setVisible(bool(shown))
        self.button.setVisible(bool(shown))
        self.view.fit(min(len(shown), _MOST_ROWS))
        self._offer()
        self._word()

    def _offer(self) -> None:
        self.button.setEnabled(self.view.selectionModel().hasSelection())

    def _add_typed(self) -> None:
        if self.line.text().strip() and self.isEnabled():
            self.edited.emit()

    def add(self, value: Any) -> None:
        """Add a value that was picked."""
        self.line.clear()
        if value not in self._values:
            self._values = (*self._values, value)
            self._mixed = False
            self._list()
            self.edited.emit()

    def _remove(self) -> None:
        gone = {index.row() for index in self.view.selectionModel().selectedIndexes()}
        if gone and self.isEnabled():
            self._values = tuple(value for at, value in enumerate(self._values) if at not in gone)
            self._list()
            self.line.setFocus()
            self.edited.emit()

    def _draw(self) -> None:
        self.button.setIcon(assets.icon("remove", self.surroundings.tokens))


class _Rows(QListView):
    """The values, a line each."""

    def __init__(self, remove: Callable[[], None]) -> None:
        super().__init__()
        self._remove = remove
        self.setObjectName("rows")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)

    def fit(self, rows: int) -> None:
        """Be as high as so many rows."""
        height = max(1, self.sizeHintForRow(0)) * rows + 2 * self.frameWidth() + 2
        self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove the selected on Delete."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ReferencesEditor(ListEditor):
    """Several other entities of `kind`, in the order they were added."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        line = FilterLine()
        self.filter = line
        super().__init__(surroundings, field, parent, line=line)
        line.source = self._choices
        line.chosen.connect(self.add)

    def display(self, value: Any) -> None:
        """List the entities by name."""
        self.filter.forget()
        super().display(value)

    def value_of(self, text: str) -> Any:
        """Return the id of the entity a text names; UserError "typed-no-choice" (text) when there is none."""
        return self.filter.value_named(text)

    def name_of_value(self, value: Any) -> str:
        """Return the name of an entity."""
        kind = self.field.meaning.refers_to
        if self.engagement is None or kind is None:
            return str(value)
        entity = self.engagement.kind(kind).get(value)
        return str(value) if entity is None else path_name(self.engagement, kind, entity)

    def _add_typed(self) -> None:
        if not self.filter.list_will_answer:
            super()._add_typed()

    def _choices(self) -> Choices:
        kind = self.field.meaning.refers_to
        if self.engagement is None or kind is None:
            return ()
        chosen = set(self._values)
        return [pair for pair in named_choices(self.engagement, kind) if pair[1] not in chosen]
