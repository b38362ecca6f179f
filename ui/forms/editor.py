"""What every editor of a field is: a widget with a value that can be set, typed over, given back and refused.

An editor says `edited` when a person has finished with it and what stands in it differs from what was set. What is
refused stays as it was typed.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.language import N_
from ui import theme
from ui.surroundings import Surroundings

MIXED: Final = object()
"""Stands for the values of several entities that differ."""

_NEVER_SET: Final = object()

SEVERAL: Final = N_("Several values")


class FieldEditor(QWidget):
    """Edits one field; `edited` on commit, `given_up` when Esc took back what was typed.

    `value` raises UserError when what is typed cannot be read. Subclasses fill in `typed`, `put`, `show_value` and
    `value`.
    """

    edited = Signal()
    given_up = Signal()

    wide = False
    """Whether it wants the whole width of a form, under its label."""

    own_keys: frozenset[int] = frozenset()
    """Keys it answers itself, whatever action of the window has them."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surroundings = surroundings
        self.entity: Any = None
        self._shown: Any = _NEVER_SET
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE_XS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def value(self) -> Any:
        """The value that stands here now."""
        return self.typed()

    def set_value(self, value: Any, engagement: Engagement, entity: Any = None) -> None:
        """Show a value, or `MIXED`, of an entity of `engagement`."""
        self.entity = entity
        self.show_value(value, engagement)
        self._shown = self.typed()

    @property
    def touched(self) -> bool:
        """Whether something else stands here than was set."""
        return self._shown is not _NEVER_SET and bool(self.typed() != self._shown)

    def restore(self) -> None:
        """Give back what was set."""
        self.put(self._shown)

    def commit(self) -> None:
        """Say that the person is done with this editor, if anything was changed."""
        if self.touched and self.isEnabled():
            self.edited.emit()

    def typed(self) -> Any:
        """Return what stands here, as it is typed."""
        return None

    def put(self, typed: Any) -> None:
        """Show again what `typed` once returned."""

    def show_value(self, value: Any, engagement: Engagement) -> None:
        """Show a value."""

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001  a setter, as Qt's own
        """Allow no editing, or allow it."""
        self.setEnabled(not read_only)

    def set_words(self, label: str, description: str = "") -> None:
        """Name the editor for those who cannot see its label."""
        self.setAccessibleName(label)
        control = self.focusProxy()
        if control is not None:
            control.setAccessibleName(label)
            control.setAccessibleDescription(description)

    def retranslate(self) -> None:
        """Word what the editor itself says in the language of the screen."""

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
        if event.key() == Qt.Key.Key_Escape and self.touched:
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
        parent: QWidget | None = None,
        *,
        longest: int = 100_000,
        line: QLineEdit | None = None,
    ) -> None:
        super().__init__(surroundings, parent)
        self.line = QLineEdit() if line is None else line
        self.line.setMaxLength(longest)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.setMinimumWidth(40)
        self._row.addWidget(self.line, 1)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self.end)

    def typed(self) -> str:
        """Return the text."""
        return self.line.text()

    def put(self, typed: str) -> None:
        """Show a text, from its beginning."""
        if typed != self.line.text():
            self.line.setText(typed)
            self.line.setCursorPosition(0)

    def show_value(self, value: Any, engagement: Engagement) -> None:
        """Show a value in words."""
        mixed = value is MIXED
        self.line.setPlaceholderText(self.surroundings.language.gettext(SEVERAL) if mixed else self.hint())
        self.put("" if mixed else self.words_of(value, engagement))

    def end(self) -> None:
        """Commit what was typed: the keyboard has left, or Enter was pressed."""
        self.commit()

    def words_of(self, value: Any, engagement: Engagement) -> str:
        """Return how a value is written here."""
        del engagement
        return str(value)

    def hint(self) -> str:
        """Return what stands in the empty line."""
        return ""


class LongTextEditor(FieldEditor):
    """Several lines of plain text; as high as the text, within reason."""

    wide = True

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self.area = _Area(self)
        self._row.addWidget(self.area)
        self.setFocusProxy(self.area)

    def typed(self) -> str:
        """Return the text."""
        return self.area.toPlainText()

    def put(self, typed: str) -> None:
        """Show a text."""
        if typed != self.area.toPlainText():
            self.area.setPlainText(typed)
        self.area.fit()

    def show_value(self, value: Any, engagement: Engagement) -> None:
        """Show a text."""
        del engagement
        mixed = value is MIXED
        self.area.setPlaceholderText(self.surroundings.language.gettext(SEVERAL) if mixed else "")
        self.put("" if mixed else value)


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
