"""A dialog that adds one entity of a kind by its form, in one step; what is refused is said at its field."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from planner.domain.errors import UserError
from planner.editing import entities
from planner.editing.field_edits import complete
from planner.language import N_
from planner.messages import explain
from planner.words import KIND_WORDS
from ui import theme
from ui.forms.body import FormBody
from ui.forms.drafts import draft
from ui.open_document import OpenDocument
from ui.widgets.agree_buttons import press_from_anywhere
from ui.widgets.text import PlainLabel
from ui.workbench import Workbench

_WIDTH, _HEIGHT = 480, 560


class EntityDialog(QDialog):
    """Adds an entity with the `preset` fields to an open document; `added_id` says which once it was."""

    def __init__(
        self,
        workbench: Workbench,
        opened: OpenDocument,
        kind: str,
        preset: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workbench, self._opened, self._kind = workbench, opened, kind
        self.added_id = ""
        language = workbench.surroundings.language
        engagement = opened.engagement
        self._draft = draft(engagement, kind, preset or {}, today=workbench.today, language=language)
        self.setWindowTitle(language.gettext(N_("Add: {kind}")).format(kind=language.gettext(KIND_WORDS[kind])))
        self.body = FormBody(workbench.surroundings, kind, self._take)
        self.error = PlainLabel(role="cell-error", wraps=True)
        self.error.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.SPACE_S, 0)
        column.addWidget(self.body)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        add, cancel = (
            self.buttons.button(which)
            for which in (QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel)
        )
        add.setText(language.gettext(N_("Add")))
        add.setProperty("role", "primary")
        cancel.setText(language.gettext(N_("Cancel")))
        for button in (add, cancel):
            button.setAccessibleName(button.text())
        add.setAutoDefault(False)
        cancel.setAutoDefault(False)
        press_from_anywhere(add, self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_L, theme.SPACE_L, theme.SPACE_L, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.error)
        layout.addWidget(self.buttons)
        self.body.show_entities([self._draft], engagement, read_only=False)
        layout.activate()
        around = layout.totalSizeHint().height() - scroll.sizeHint().height()
        self.resize(_WIDTH, min(_HEIGHT, around + inside.minimumSizeHint().height() + theme.SPACE_XL))
        next(iter(self.body.rows.values())).editor.setFocus()

    def accept(self) -> None:
        """Add the entity; stay open and say why when it cannot be."""
        if not self.body.settle():
            return
        try:
            self._opened.edit(entities.add(self._opened.engagement, self._draft))
        except UserError as error:
            if error.code in ("bad-id", "dangling-reference"):
                error = UserError("typed-nothing", attribute=error.parameters["attribute"])
            if not self.body.refuse(error):
                self.error.setText(explain(error, self._workbench.surroundings.language))
                self.error.show()
            return
        self.added_id = self._draft.id
        super().accept()

    def _take(self, values: Mapping[str, Any]) -> UserError | None:
        self.error.hide()
        engagement = self._opened.engagement
        self._draft = dataclasses.replace(self._draft, **complete(engagement, self._kind, self._draft, values))
        self.body.show_entities([self._draft], engagement, read_only=False)
        return None
