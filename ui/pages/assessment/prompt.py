"""A question asked in place, above the heatmap: yes or no, or a line to fill in; Escape leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from planner.language import N_
from ui import theme
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_LONGEST: int = 2_000


class Prompt(QFrame):
    """One question at a time; `left` when it is answered or given up."""

    left = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._accept: Callable[[str], bool] | None = None
        self.setObjectName("message")
        self.setProperty("tone", "warning")
        self.question = PlainLabel(wraps=True)
        self.line = QLineEdit()
        self.line.setMaxLength(_LONGEST)
        self.line.setMinimumWidth(200)
        self.line.returnPressed.connect(self._take)
        self.yes, self.no = QPushButton(), QPushButton()
        self.yes.setProperty("role", "primary")
        self.yes.clicked.connect(self._take)
        self.no.clicked.connect(self.leave)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(self.question, 3)
        layout.addWidget(self.line, 4)
        layout.addWidget(self.yes)
        layout.addWidget(self.no)
        self.hide()

    def ask(self, question: str, *, accept: str, then: Callable[[str], bool], field: str = "", text: str = "") -> None:
        """Ask `question`; `then` gets the text (of a line called `field`, when there is one) and tells if it was taken."""
        self._accept = then
        self.question.setText(question)
        self.yes.setText(accept)
        self.yes.setAccessibleName(accept)
        self.no.setText(self._surroundings.language.gettext(N_("Cancel")))
        self.no.setAccessibleName(self.no.text())
        self.line.setVisible(bool(field))
        self.line.setAccessibleName(field or self._surroundings.language.gettext(N_("Answer")))
        self.line.setPlaceholderText(field)
        self.line.setText(text)
        self.line.selectAll()
        self.show()
        (self.line if field else self.yes).setFocus()

    def leave(self) -> None:
        """Give the question up."""
        if self.isHidden():
            return
        self._accept = None
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up on Escape; Return presses the button that has the keyboard."""
        if event.key() == Qt.Key.Key_Escape or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.no.hasFocus()
        ):
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.yes.hasFocus():
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        accept = self._accept
        if accept is None:
            return
        if not self.line.isHidden() and not self.line.text().strip():
            self.line.setFocus()
            return
        if accept(self.line.text().strip()):
            self.leave()
