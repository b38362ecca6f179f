"""The account of an import before it is applied: what comes in, what was changed on the way, what was left out and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.language import N_, Language
from ui import theme
from ui.present.imports import Finding, Prepared
from ui.surroundings import Surroundings
from ui.widgets.text import ElidedLabel, PlainLabel


class ImportDialog(QDialog):
    """Accepted when the person agrees."""

    def __init__(self, surroundings: Surroundings, prepared: Prepared, parent: QWidget) -> None:
        super().__init__(parent)
        language = surroundings.language
        self.setWindowTitle(language.gettext(N_("Import")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(language.gettext(N_("&Import")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.go.setEnabled(bool(prepared.changes))
        self.go.setDefault(True)
        cancel = buttons.addButton(language.gettext(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.go, cancel):
            button.setAccessibleName(button.text().replace("&", ""))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(ElidedLabel(prepared.title, role="title"))
        layout.addWidget(PlainLabel("\n".join(prepared.summary), wraps=True))
        if prepared.findings:
            layout.addWidget(_table(prepared.findings, language), 1)
        else:
            layout.addStretch(1)
        if not prepared.changes:
            layout.addWidget(
                PlainLabel(language.gettext(N_("Everything that can be taken in is there already.")), role="muted")
            )
        layout.addWidget(buttons)
        self.resize(860 if prepared.findings else 460, 600 if prepared.findings else 240)


def _table(findings: tuple[Finding, ...], language: Language) -> QTableWidget:
    table = QTableWidget(len(findings), 3)
    table.setAccessibleName(language.gettext(N_("What was changed or left out, and why")))
    table.setHorizontalHeaderLabels(
        [language.gettext(text) for text in (N_("What"), N_("What became of it"), N_("Why"))]
    )
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    header.resizeSection(0, 200)
    header.resizeSection(1, 110)
    for row, finding in enumerate(findings):
        for column, text in enumerate((finding.name, finding.fate, finding.reasons)):
            table.setItem(row, column, QTableWidgetItem(text))
    if len(findings) <= _MEASURED:
        # Once the columns have the widths the dialog gives them.
        QTimer.singleShot(0, table, table.resizeRowsToContents)
    return table


_MEASURED = 300
"""Rows whose heights are measured; more would hold the screen up."""
