"""What is shown for the moment a file takes to open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from planner.language import N_
from ui import theme
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel


class OpeningPage(QWidget):
    """The name of the file and a bar that moves."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._surroundings = surroundings
        self._name = ""
        self._label = PlainLabel(role="muted")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(280)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE_M)
        layout.addStretch(1)
        layout.addWidget(self._label)
        layout.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        surroundings.language_changed.connect(self._refresh)

    def show_name(self, name: str) -> None:
        """Say which file is being opened."""
        self._name = name
        self._refresh()

    def _refresh(self) -> None:
        text = self._surroundings.language.gettext(N_("Opening {name}…")).format(name=self._name)
        self._label.setText(text)
        self._bar.setAccessibleName(text)
