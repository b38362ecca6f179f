"""A line of text laid over what is edited in place; refused, it stays open and says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from planner.language import N_
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_LEAST_WIDTH: Final = 92
_LONGEST: Final = 300


class PlaceEditor(QLineEdit):
    """Edits one place at a time; `left(steps)` once it is closed: 1 and -1 by Tab and Shift+Tab, 0 otherwise."""

    left = Signal(int)

    def __init__(self, surroundings: Surroundings, parent: QWidget, *, owner: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._ground = parent
        self._owner = owner
        self._take: Callable[[str], str] | None = None
        self._before = ""
        self._why = PlainLabel(parent=parent, role="cell-error", wraps=True)
        self._why.hide()
        self.setMaxLength(_LONGEST)
        self.textEdited.connect(self._why.hide)
        self.hide()
        self._name()
        surroundings.language_changed.connect(self._name)

    def begin(self, place: QRectF, text: str, take: Callable[[str], str], *, selects: bool) -> None:
        """Edit `text` at a place; `take(text)` carries the edit out and returns why not, or nothing."""
        self._take = take
        self._before = text if selects else ""
        self._why.hide()
        box = place.toAlignedRect()
        box.setWidth(max(_LEAST_WIDTH, box.width()))
        box.setHeight(max(self.sizeHint().height(), box.height()))
        room = self._ground.rect()
        box.moveLeft(max(0, min(box.left(), room.right() - box.width())))
        self.setGeometry(box)
        self.setText(text)
        if selects:
            self.selectAll()
        self.show()
        self.raise_()
        self.setFocus()

    def close_quietly(self) -> None:
        """Close without carrying anything out."""
        if self._take is not None:
            self._take = None
            self._vanish()

    def commit(self) -> bool:
        """Carry the edit out and close; stay open and say why where it is refused."""
        take = self._take
        if take is None:
            return True
        text = self.text().strip()
        self._take = None  # what it leads to may close this editor, or open it elsewhere
        why = "" if text == self._before.strip() else take(text)
        if not why:
            self._vanish()
            return True
        self._take = take
        self._why.setText(why)
        width = min(320, self._ground.width())
        self._why.setFixedWidth(width)
        self._why.adjustSize()
        left = max(0, min(self.x(), self._ground.width() - width))
        below = self.geometry().bottom() + 2
        top = below if below + self._why.height() <= self._ground.height() else self.y() - self._why.height() - 2
        self._why.move(left, top)
        self._why.show()
        self._why.raise_()
        self.show()
        self.selectAll()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return carries the edit out, Escape leaves it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.commit():
                self.left.emit(0)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_quietly()
            self.left.emit(0)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Let Tab carry the edit out and go on to the next place."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            way = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
            if way is not None:
                if self.commit():
                    self.left.emit(way)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Carry the edit out where the keyboard goes elsewhere; what is refused then is left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.commit():
            self.close_quietly()

    def _vanish(self) -> None:
        """Go out of sight; the keyboard goes back to whom the editor belongs to, where it was here."""
        self._why.hide()
        if self.hasFocus():
            self._owner.setFocus()
        self.hide()

    def _name(self) -> None:
        self.setAccessibleName(self._surroundings.language.gettext(N_("Value being edited")))
