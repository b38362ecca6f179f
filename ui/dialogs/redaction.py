"""What is taken out before something is shared, in words, and the question asked before a picture of a page is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from planner.exchange.redaction import Redaction
from planner.language import N_
from ui import theme
from ui.widgets.agree_buttons import AgreeButtons
from ui.widgets.text import PlainLabel
from ui.workbench import Workbench

REDACTION_WORDS: Final = {
    "costs": N_("Leave out costs"),
    "people": N_("Leave out people's names"),
    "teams": N_("Number the teams instead of naming them"),
}
"""Field of `Redaction` -> the choice that sets it."""

REDACTION_HEADING: Final = N_("What stays between us")
REDACTION_NOTE: Final = N_(
    "Names of teams and owners also go from the texts you typed, where they are written alike. First names, "
    "nicknames and amounts in a sentence stay: read before you share."
)
_IN_PICTURES: Final = ("people", "teams")
"""Pictures of maps and streams show no amounts."""

_REMEMBERED: Final = "pictures"
_WIDTH: Final = 460


class RedactionDialog(QDialog):
    """Asks what a picture leaves out, as it was chosen the last time; `agreed(redaction)` once that is said."""

    def __init__(
        self, workbench: Workbench, *, title: str, agreed: Callable[[Redaction], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workbench, self._agreed = workbench, agreed
        language, kept = workbench.surroundings.language, workbench.remembered(_REMEMBERED)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.checks = {name: QCheckBox(language.gettext(REDACTION_WORDS[name])) for name in _IN_PICTURES}
        self.buttons = AgreeButtons(language, language.gettext(N_("&Choose a place…")))
        self.buttons.accepted.connect(self._agree)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_L, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(PlainLabel(language.gettext(REDACTION_HEADING), role="heading"))
        for name, check in self.checks.items():
            check.setAccessibleName(check.text())
            check.setChecked(kept.get(name) is True)
            layout.addWidget(check)
        layout.addWidget(PlainLabel(language.gettext(REDACTION_NOTE), role="caption", wraps=True))
        layout.addSpacing(theme.SPACE_M)
        layout.addWidget(self.buttons)
        self.setFixedWidth(_WIDTH)

    def _agree(self) -> None:
        checked = {name: check.isChecked() for name, check in self.checks.items()}
        self._workbench.remember(_REMEMBERED, checked)
        self.accept()
        self._agreed(Redaction(**checked))


def ask_redaction(
    workbench: Workbench, parent: QWidget, *, title: str, agreed: Callable[[Redaction], object]
) -> RedactionDialog:
    """Ask what a picture leaves out; `agreed` is called with it."""
    dialog = RedactionDialog(workbench, title=title, agreed=agreed, parent=parent)
    dialog.open()
    return dialog
