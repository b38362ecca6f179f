"""Adding an entity by its form: what it cannot do without is asked for, why it is refused is said in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.identity import new_id
from planner.domain.kinds import KINDS, Entity
from planner.language import N_
from planner.words import KIND_WORDS
from ui import theme
from ui.forms.drafts import draft_of
from ui.forms.editor import FieldEditor, refusal
from ui.forms.form import KindForm
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel


class EntityDialog(QDialog):
    """`added(id)` once the entity is there; `carry` takes it in or raises UserError."""

    added = Signal(str)

    def __init__(
        self,
        surroundings: Surroundings,
        engagement: Engagement,
        kind: str,
        preset: Mapping[str, Any],
        *,
        carry: Callable[[Entity], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._kind = kind
        self._preset = dict(preset)
        self._carry = carry
        language = surroundings.language
        word = language.gettext(KIND_WORDS[kind])
        title = language.gettext(N_("Add: {kind}")).format(kind=word)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = KindForm(surroundings, kind, without=frozenset(preset))
        self._draft = draft_of(engagement, kind, self._preset)
        self.form.fill(engagement, [self._draft], read_only=False, anew=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.SPACE_S, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problem = PlainLabel(role="cell-error", wraps=True)
        self.problem.hide()
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(language.gettext(N_("&Add")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        cancel = buttons.addButton(language.gettext(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.go, cancel):
            button.setAccessibleName(button.text().replace("&", ""))
        buttons.accepted.connect(self._add)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        layout.setSpacing(theme.SPACE_M)
        layout.addWidget(PlainLabel(title, role="title"))
        layout.addWidget(scroll, 1)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.resize(460, 600)

    def _add(self) -> None:
        values: dict[str, Any] = dict(self._preset)
        for name, editor in self.form.editors.items():
            try:
                values[name] = editor.value
            except UserError as error:
                self._refuse(editor, error)
                return
            if values[name] is None and not editor.field.optional:
                self._refuse(editor, UserError("typed-nothing"))
                return
            editor.show_error("")
        kept = {name: getattr(self._draft, name) for name in ("position",) if hasattr(self._draft, name)}
        entity = KINDS[self._kind](id=new_id(), **kept, **values)
        try:
            self._carry(entity)
        except UserError as error:
            self.problem.setText(refusal(error, self._surroundings))
            self.problem.show()
            return
        self.accept()
        self.added.emit(entity.id)

    def _refuse(self, editor: FieldEditor, error: UserError) -> None:
        editor.show_error(refusal(error, self._surroundings))
        editor.setFocus()
