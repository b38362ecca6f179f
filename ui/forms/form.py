"""The form of entities of one kind: a labelled control for each field, edited in place, several entities at once.

One form is made for each kind and filled anew for each selection. A change made elsewhere shows at once, save in the
control a person is in the middle of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.kinds import Entity
from planner.language import N_
from ui import assets, theme
from ui.forms.editor import FieldEditor, refusal
from ui.forms.fields import FormField, fields_of
from ui.forms.making import make_editor
from ui.forms.references import ReferenceEditor, ReferencesEditor
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

_FIRST: Final = {
    "initiatives": (
        "name", "status", "owner", "duration_days", "constraint", "constraint_date", "deadline", "progress", "wave_id",
        "tags",
    ),
    "practices": ("name", "level", "scale_id", "usefulness", "weight", "description", "measure", "descriptors"),
    "teams": (
        "name", "unit_id", "topology", "headcount", "change_capacity", "change_limit", "readiness", "calendar_id",
        "group_ids",
    ),
}  # fmt: skip
"""Kind -> the fields used most, in their order; the others wait behind a button."""

_FROM_CHILDREN: Final = ("optimistic_days", "duration_days", "pessimistic_days", "progress")
"""What an initiative that holds others takes from them."""

Carry = Callable[[Callable[[Engagement], Changes]], None]
"""Carries out one step; raises UserError when it is refused."""


class KindForm(QWidget):
    """The form of one kind."""

    def __init__(
        self,
        surroundings: Surroundings,
        kind: str,
        *,
        without: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._surroundings = surroundings
        self._labels: dict[str, PlainLabel] = {}
        self.editors: dict[str, FieldEditor] = {}
        self.edited: Callable[[FieldEditor], None] = _ignore
        self._rest = QWidget()
        self._more = QToolButton()
        self._more.setCheckable(True)
        self._more.setProperty("role", "labelled")
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.toggled.connect(self._show_rest)
        first, rest = _divide(kind, without)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        behind = QVBoxLayout(self._rest)
        behind.setContentsMargins(0, 0, 0, 0)
        behind.setSpacing(theme.SPACE_S)
        for column, fields in ((layout, first), (behind, rest)):
            for field in fields:
                self._add(column, field)
        layout.addWidget(self._more)
        layout.addWidget(self._rest)
        self._more.setVisible(bool(rest))
        self._rest.hide()
        surroundings.theme_changed.connect(self._draw)
        self._draw()
        self.retranslate()

    def fill(self, engagement: Engagement, entities: Sequence[Entity], *, read_only: bool, anew: bool) -> None:
        """Show entities; `anew` also where a person was in the middle of something."""
        from planner.editing.field_edits import applicable  # noqa: PLC0415  not at start-up

        for name, editor in self.editors.items():
            fits = all(applicable(self.kind, entity, name) for entity in entities)
            editor.setVisible(fits)
            self._labels[name].setVisible(fits)
            if isinstance(editor, ReferenceEditor | ReferencesEditor):
                editor.follow(engagement)
            if editor.is_being_edited and not anew:
                continue
            values = {getattr(entity, name) for entity in entities}
            if len(values) == 1:
                editor.show_value(values.pop())
            else:
                editor.show_several()
            editor.set_read_only(read_only=read_only)
            editor.show_error("")

    def retranslate(self) -> None:
        """Word labels and controls in the language of the screen."""
        language = self._surroundings.language
        for name, label in self._labels.items():
            word = language.gettext(self.editors[name].field.word)
            label.setText(f"{word[:1].upper()}{word[1:]}")
            self.editors[name].retranslate()
        self._more.setText("\N{EN SPACE}" + language.gettext(N_("More fields")))
        self._more.setAccessibleName(language.gettext(N_("More fields")))

    def _add(self, column: QVBoxLayout, field: FormField) -> None:
        editor = make_editor(self._surroundings, field)
        label = PlainLabel(role="caption")
        label.setBuddy(editor)
        editor.edited.connect(lambda: self.edited(editor))
        self._labels[field.name], self.editors[field.name] = label, editor
        column.addWidget(label)
        column.addWidget(editor)
        column.addSpacing(theme.SPACE_XS)

    def _show_rest(self, shown: bool) -> None:  # noqa: FBT001  a Qt slot
        self._rest.setVisible(shown)
        self._draw()

    def _draw(self) -> None:
        self._more.setIcon(assets.icon("up" if self._more.isChecked() else "down", self._surroundings.tokens))


class EntityForm(QWidget):
    """Edits entities of any kind, through `carry`; `filled` when another form is shown."""

    filled = Signal()

    def __init__(self, surroundings: Surroundings, carry: Carry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._carry = carry
        self._forms: dict[str, KindForm] = {}
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        surroundings.language_changed.connect(self._retranslate)

    @property
    def form(self) -> KindForm | None:
        """The form that is shown."""
        return self._forms.get(self._shown[0])

    def show_entities(self, engagement: Engagement, kind: str, ids: tuple[str, ...], *, read_only: bool) -> None:
        """Show entities of a kind, or the same ones as they are now; nothing for no ids."""
        entities = [engagement.kind(kind)[one] for one in ids if one in engagement.kind(kind)] if kind else []
        shown = (kind, tuple(entity.id for entity in entities)) if entities else ("", ())
        anew = shown != self._shown
        self._shown = shown
        for other, form in self._forms.items():
            form.setVisible(other == shown[0])
        if not entities:
            return
        if kind not in self._forms:
            self._forms[kind] = made = KindForm(self._surroundings, kind)
            made.edited = self._take
            self._layout.addWidget(made)
        self._forms[kind].fill(engagement, entities, read_only=read_only, anew=anew)
        if kind == "initiatives" and not read_only and any(engagement.children_of(one) for one in shown[1]):
            for name in _FROM_CHILDREN:
                self._forms[kind].editors[name].set_read_only(read_only=True)
        self._forms[kind].show()
        if anew:
            self.filled.emit()

    def _take(self, editor: FieldEditor) -> None:
        from planner.editing import field_edits  # noqa: PLC0415  not at start-up

        kind, ids = self._shown
        name = editor.field.name
        try:
            value: Any = editor.value
            self._carry(lambda engagement: field_edits.set_fields(engagement, kind, ids, {name: value}))
        except UserError as error:
            editor.show_error(refusal(error, self._surroundings))
        else:
            editor.show_error("")

    def _retranslate(self) -> None:
        for form in self._forms.values():
            form.retranslate()


def _divide(kind: str, without: frozenset[str]) -> tuple[list[FormField], list[FormField]]:
    """Return the fields shown at once and those behind the button."""
    fields = {field.name: field for field in fields_of(kind) if field.name not in without}
    if kind not in _FIRST:
        return list(fields.values()), []
    first = [fields.pop(name) for name in _FIRST[kind] if name in fields]
    return first, list(fields.values())


def _ignore(_editor: FieldEditor) -> None:
    """Do nothing with an edit nobody asked for."""
