"""What every editor of a field is: a widget with a value that can be set, typed over, given back and refused.

An editor says `edited` when a person has finished with it and what stands in it differs from what was set. What is
refused stays as it was typed.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.editing.field_rules import LONGEST_NAME, LONGEST_TEXT
from planner.language import N_
from planner.messages import explain
from ui import theme
from ui.forms.fields import FormField
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

MIXED: Final = object()
"""Stands for the values of several entities that differ."""

_NEVER_SET: Final = object()

SEVERAL: Final = N_("Several values")


class FieldEditor(QWidget):
    """Edits one field; `edited` on commit, `given_up` when Esc took back what was typed.

    `value` raises UserError when what is typed cannot be read. Subclasses fill in `typed`, `put`, `display` and `value`.
    """

    edited = Signal()
    given_up = Signal()

    wide = False
    """Whether it wants the whole width of a form, under its label."""

    own_keys: frozenset[int] = frozenset()
    """Keys it answers itself, whatever action of the window has them."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surroundings = surroundings
        self.field = field
        self.engagement: Engagement | None = None
        self.entity: Any = None
        self._shown: Any = _NEVER_SET
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE_XS)
        self._error = PlainLabel(role="cell-error", wraps=True)
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addLayout(self._row)
        column.addWidget(self._error)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def value(self) -> Any:
        """The value that stands here now; UserError when what is typed is none."""
        return self.typed()

    def follow(self, engagement: Engagement, entity: Any = None) -> None:
        """Take the names of others from an engagement, and what the value means from the entity it is of."""
        self.engagement, self.entity = engagement, entity

    def show_value(self, value: Any) -> None:
        """Show a value, or `MIXED`."""
        self.display(value)
        self._shown = self.typed()

    @property
    def is_being_edited(self) -> bool:
        """Whether something else stands here than was shown."""
        return self._shown is not _NEVER_SET and bool(self.typed() != self._shown)

    def restore(self) -> None:
        """Give back what was shown."""
        self.put(self._shown)

    def commit(self) -> None:
        """Say that the person is done with this editor, if anything was changed."""
        if self.is_being_edited and self.isEnabled():
            self.edited.emit()

    def typed(self) -> Any:
        """Return what stands here, as it is typed."""
        return None

    def put(self, typed: Any) -> None:
        """Show again what `typed` once returned."""

    def display(self, value: Any) -> None:
        """Put a value, or `MIXED`, on the screen."""

    def needed_width(self) -> int:
        """Return the pixels its words need, whatever value stands here."""
        return self.minimumSizeHint().width()

    def set_read_only(self, *, read_only: bool) -> None:
        """Allow no editing, or allow it."""
        self.setEnabled(not read_only)

    def controls(self) -> tuple[QWidget, ...]:
        """Return what takes the keys first."""
        control = self.focusProxy()
        return () if control is None else (control,)

    def show_error(self, text: str) -> None:
        """Say under the control why its value was refused; an empty text takes that away."""
        self._error.setText(text)
        self._error.setAccessibleName(text)
        self._error.setVisible(bool(text))
        self.setAccessibleDescription(text)

    @property
    def error(self) -> str:
        """What is said of a refused value."""
        return self._error.text() if not self._error.isHidden() else ""

    def retranslate(self) -> None:
        """Word the editor in the language of the screen."""
        language = self.surroundings.language
        self.name_controls(self.field.label(language), self.field.describe(language))

    def name_controls(self, label: str, description: str) -> None:
        """Name what takes the keys for those who cannot see its label."""
        self.setAccessibleName(label)
        control = self.focusProxy()
        if control is not None:
            control.setAccessibleName(label)
            control.setAccessibleDescription(description)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the window's actions: Delete removes from this list alone."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in self.own_keys
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give back what was there on Esc; where nothing was typed, leave the key to others."""
        if event.key() == Qt.Key.Key_Escape and self.is_being_edited:
            self.restore()
            self.given_up.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class LineEditor(FieldEditor):
    """One line of text."""

    def __init__(
        self,
        surroundings: Surroundings,
        field: FormField,
        parent: QWidget | None = None,
        *,
        line: QLineEdit | None = None,
    ) -> None:
        super().__init__(surroundings, field, parent)
        self.line = QLineEdit() if line is None else line
        self.line.setMaxLength(LONGEST_NAME if field.meaning.required else LONGEST_TEXT)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.setMinimumWidth(40)
        self._row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self.end)
        self.retranslate()

    def typed(self) -> str:
        """Return the text."""
        return self.line.text()

    def put(self, typed: str) -> None:
        """Show a text, from its beginning."""
        if typed != self.line.text():
            self.line.setText(typed)
            self.line.setCursorPosition(0)

    def display(self, value: Any) -> None:
        """Show a value in words."""
        mixed = value is MIXED
        self.line.setPlaceholderText(self.surroundings.language.gettext(SEVERAL) if mixed else "")
        self.put("" if mixed or value is None else self.words_of(value))

    def end(self) -> None:
        """Commit what was typed: the keyboard has left, or Enter was pressed."""
        self.commit()

    def words_of(self, value: Any) -> str:
        """Return how a value is written here."""
        return str(value)


class LongTextEditor(FieldEditor):
    """Several lines of plain text; as high as the text, within reason."""

    wide = True

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, field, parent)
        self.area = _Area(self)
        self._row.addWidget(self.area)
        self.setFocusProxy(self.area)
        self.retranslate()

    def typed(self) -> str:
        """Return the text."""
        return self.area.toPlainText()

    def put(self, typed: str) -> None:
        """Show a text."""
        if typed != self.area.toPlainText():
            self.area.setPlainText(typed)
        self.area.fit()

    def display(self, value: Any) -> None:
        """Show a text."""
        mixed = value is MIXED
        self.area.setPlaceholderText(self.surroundings.language.gettext(SEVERAL) if mixed else "")
        self.put("" if mixed or value is None else value)


class _Area(QPlainTextEdit):
    """A text that says when the keyboard leaves it; Tab goes on to the next field, Ctrl+Return commits."""

    _LEAST, _MOST = 2, 8

    def __init__(self, editor: FieldEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.fit)

    def fit(self) -> None:
        """Be as high as the text, within reason."""
        lines = max(self._LEAST, min(self._MOST, round(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + 2 * round(self.document().documentMargin()) + 4
        if height != self.height():
            self.setFixedHeight(height)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the keyboard goes elsewhere, not when a menu opens."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._editor.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit on Ctrl+Return; leave Esc to the editor."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._editor.commit()
        else:
            super().keyPressEvent(event)


def need(value: Any) -> Any:
    """Return a value that may not be missing; UserError "typed-nothing" when it is."""
    if value is None:
        raise UserError("typed-nothing")
    return value


def refusal(error: UserError, surroundings: Surroundings) -> str:
    """Return why a value was refused, in the language of the screen."""
    return explain(error, surroundings.language)
