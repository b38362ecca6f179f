"""The buttons under a dialog that asks for one thing: the one that does it, and Cancel."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from planner.language import N_, Language

_FROM_ANYWHERE: Final = ("Ctrl+Return", "Ctrl+Enter")


def press_from_anywhere(button: QPushButton, within: QWidget) -> None:
    """Let Ctrl+Return press a dialog's button from every field of it, a text of many lines too, where Return is text."""
    for keys in _FROM_ANYWHERE:
        QShortcut(QKeySequence(keys), within).activated.connect(button.click)


class AgreeButtons(QDialogButtonBox):
    """`go` does what the dialog is for, pressed by Return or Ctrl+Return; `accepted` and `rejected` say which was pressed.

    `words` are those of `go`, in the language of the screen, with their mnemonic.
    """

    def __init__(self, language: Language, words: str) -> None:
        super().__init__()
        self.go = self.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        press_from_anywhere(self.go, self)
        cancel = self.addButton(language.gettext(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.go, cancel):
            button.setAccessibleName(button.text().replace("&", ""))
