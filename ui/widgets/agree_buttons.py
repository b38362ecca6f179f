"""The buttons under a dialog that asks for one thing: the one that does it, and Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox

from planner.language import N_, Language


class AgreeButtons(QDialogButtonBox):
    """`go` does what the dialog is for and is pressed by Return; `accepted` and `rejected` say which was pressed.

    `words` are those of `go`, in the language of the screen, with their mnemonic.
    """

    def __init__(self, language: Language, words: str) -> None:
        super().__init__()
        self.go = self.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        cancel = self.addButton(language.gettext(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.go, cancel):
            button.setAccessibleName(button.text().replace("&", ""))
