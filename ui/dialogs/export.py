"""Choosing what to export and in which language; where is asked next, by the system's own dialog."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.language import LANGUAGES, N_, Language
from ui import assets, theme
from ui.present.exports import OFFERED, OfferedExport
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel


class ExportDialog(QDialog):
    """`chosen(kind, language)` once a kind of export was chosen."""

    chosen = Signal(object, object)

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        language = surroundings.language
        self.setWindowTitle(language.gettext(N_("Export")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = PlainLabel(language.gettext(N_("Export")), role="title")
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(language.gettext(N_("Kinds of export")))
        self.kinds.setIconSize(QSize(theme.ICON_SIZE_LARGE, theme.ICON_SIZE_LARGE))
        self.kinds.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kinds.setWordWrap(True)
        for kind in OFFERED:
            item = QListWidgetItem(
                assets.icon(kind.icon, surroundings.tokens, colour=surroundings.tokens.accent),
                f"{language.gettext(kind.title)}\n{language.gettext(kind.line)}",
            )
            self.kinds.addItem(item)
        self.kinds.setCurrentRow(0)
        self.kinds.itemDoubleClicked.connect(self._choose)
        self.languages = QComboBox()
        self.languages.setAccessibleName(language.gettext(N_("Language of the export")))
        for code, name in LANGUAGES.items():
            self.languages.addItem(name, code)
        self.languages.setCurrentIndex(self.languages.findData(language.code))
        label = PlainLabel(language.gettext(N_("Language of the export")))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_M)
        row.addWidget(label)
        row.addWidget(self.languages)
        row.addStretch(1)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(language.gettext(N_("E&xport…")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        cancel = buttons.addButton(language.gettext(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.go, cancel):
            button.setAccessibleName(button.text().replace("&", ""))
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_L)
        layout.addWidget(heading)
        layout.addWidget(self.kinds, 1)
        layout.addLayout(row)
        layout.addWidget(buttons)
        rows = self.kinds.sizeHintForRow(0) * len(OFFERED)
        self.kinds.setMinimumHeight(rows + 2 * theme.SPACE_S)
        self.setMinimumWidth(520)

    @property
    def kind(self) -> OfferedExport:
        """The kind that is chosen."""
        return OFFERED[max(0, self.kinds.currentRow())]

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self.kind, Language(self.languages.currentData()))
