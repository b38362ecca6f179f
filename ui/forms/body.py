"""The fields of one kind, filled in for one or several entities, edited, refused and given back.

What is refused stays as it was typed, with the reason under it, and is tried again together with what is typed next:
values that only make sense together can be given in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.editing.field_edits import applicable
from planner.messages import explain
from ui import assets, theme
from ui.forms.editor import MIXED, FieldEditor
from ui.forms.fields import field_of
from ui.forms.layout import Section, sections_of
from ui.forms.making import make_editor
from ui.forms.tables import TableEditor
from ui.surroundings import Surroundings
from ui.widgets.text import PlainLabel

Commit = Callable[[Mapping[str, Any]], UserError | None]
_LABEL_SHARE = (2, 3)
"""How much of a row its label and its editor take."""

_BESIDE = 150
"""Pixels an editor has beside its label where the inspector is narrowest; what needs more stands under its label."""


@dataclass(slots=True)
class Row:
    """One field: its label, its editor, and why what stands in it was refused."""

    name: str
    label: PlainLabel
    editor: FieldEditor
    section: _Part
    refused: UserError | None = None

    def show(self, *, visible: bool) -> None:
        """Show or hide the whole row."""
        self.label.setVisible(visible)
        self.editor.setVisible(visible)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in an editor and was not taken: as typed, and the value it means or why it means none."""

    text: Any
    value: Any = None
    refused: UserError | None = None


@dataclass(slots=True)
class _Part:
    """A section as it stands on the screen."""

    section: Section
    heading: QToolButton | None
    inside: QWidget
    rows: list[Row] = field(default_factory=list)


class FormBody(QWidget):
    """The form of one kind; `commit(values)` carries an edit out and returns why not."""

    def __init__(self, surroundings: Surroundings, kind: str, commit: Commit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings, self.kind, self._commit = surroundings, kind, commit
        self.rows: dict[str, Row] = {}
        self._parts: list[_Part] = []
        self._entities: Sequence[Any] = ()
        self._engagement: Engagement | None = None
        self._committing: frozenset[str] = frozenset()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_S)
        for section in sections_of(kind):
            self._add_section(section, layout)
        surroundings.language_changed.connect(self.retranslate)
        surroundings.theme_changed.connect(self._draw)
        self.retranslate()
        self._draw()

    # What is shown

    def show_entities(
        self,
        entities: Sequence[Any],
        engagement: Engagement,
        *,
        read_only: bool,
        fixed: frozenset[str] = frozenset(),
    ) -> None:
        """Fill in the values of entities, `fixed` fields to be read only; what is being typed stays."""
        self._entities, self._engagement = entities, engagement
        first = entities[0]
        of_each_sort = {getattr(entity, "kind", None): entity for entity in entities}.values()
        for row in self.rows.values():
            if row.name in self._committing or not (row.editor.is_being_edited or row.refused is not None):
                self._fill(row, first, engagement)
            row.editor.set_read_only(read_only=read_only or row.name in fixed)
            row.show(visible=all(applicable(self.kind, entity, row.name) for entity in of_each_sort))

    def take_typed(self) -> dict[str, Typed]:
        """Return what stands in the editors and was not taken, by field, and forget it."""
        kept = {}
        for row in self.rows.values():
            if row.editor.is_being_edited or row.refused is not None:
                kept[row.name] = self._typed(row)
                self._clear(row)
                row.editor.restore()
        return kept

    def give_typed(self, kept: Mapping[str, Typed]) -> None:
        """Show again what was not taken, with the reason."""
        for name, typed in kept.items():
            row = self.rows[name]
            row.editor.put(typed.text)
            if typed.refused is not None:
                self._refuse(row, typed.refused)

    def settle(self) -> bool:
        """Carry out all that is typed and not taken yet; return whether nothing was refused."""
        for row in self.rows.values():
            if row.editor.is_being_edited:
                self._take(row)
            else:
                self._clear(row)
        return all(row.refused is None for row in self.rows.values())

    def refuse(self, error: UserError, fields: Sequence[str] = ()) -> bool:
        """Show an error at the field it names, or at the first of `fields`; return whether there is one."""
        named = error.parameters.get("attribute")
        for name in (named, *fields):
            if name in self.rows:
                self._refuse(self.rows[name], error)
                self.rows[name].editor.setFocus()
                return True
        return False

    def retranslate(self) -> None:
        """Word labels, editors and errors in the language of the screen."""
        language = self._surroundings.language
        for part in self._parts:
            if part.heading is not None:
                part.heading.setText(language.gettext(part.section.title))
                part.heading.setAccessibleName(part.heading.text())
        for row in self.rows.values():
            row.label.setText(row.editor.field.label(language))
            row.editor.retranslate()
        for part in self._parts:
            self._lay_out(part)
        for row in self.rows.values():
            if row.refused is not None:
                row.editor.show_error(explain(row.refused, language))
            elif self._engagement is not None and self._entities and not row.editor.is_being_edited:
                self._fill(row, self._entities[0], self._engagement)

    # Edits

    def _take(self, row: Row) -> None:
        """Carry out an edit, with all that was refused before and may now make sense; else alone."""
        typed = self._typed(row)
        if typed.refused is not None:
            self._refuse(row, typed.refused)
            return
        if typed.value is MIXED:
            return
        values = {row.name: typed.value}
        waiting = {
            other.name: found.value
            for other in self.rows.values()
            if other is not row and other.refused is not None and (found := self._typed(other)).refused is None
        }
        error = self._try({**waiting, **values})
        if error is not None and waiting:
            error = self._try(values)
        if error is not None:
            self._refuse(row, error)

    def _try(self, values: Mapping[str, Any]) -> UserError | None:
        self._committing = frozenset(values)
        try:
            error = self._commit(values)
        finally:
            self._committing = frozenset()
        if error is None and self._engagement is not None and self._entities:
            for name in values:
                row = self.rows[name]
                self._clear(row)
                self._fill(row, self._entities[0], self._engagement)
        return error

    def _typed(self, row: Row) -> Typed:
        text = row.editor.typed()
        try:
            return Typed(text, row.editor.value)
        except UserError as error:
            return Typed(text, refused=error)

    def _refuse(self, row: Row, error: UserError) -> None:
        row.refused = error
        row.editor.show_error(explain(error, self._surroundings.language))
        self._unfold(row.section, unfolded=True)

    def _clear(self, row: Row) -> None:
        row.refused = None
        row.editor.show_error("")

    def _give_up(self, row: Row) -> None:
        self._clear(row)
        if self._engagement is not None and self._entities:
            self._fill(row, self._entities[0], self._engagement)

    def _fill(self, row: Row, first: Any, engagement: Engagement) -> None:
        value = getattr(first, row.name)
        if any(getattr(entity, row.name) != value for entity in self._entities[1:]):
            value = MIXED
        row.editor.follow(engagement, first)
        row.editor.show_value(value)

    # How it stands

    def _add_section(self, section: Section, layout: QVBoxLayout) -> None:
        heading = None
        inside = QWidget()
        if section.title:
            heading = QToolButton()
            heading.setProperty("role", "fold")
            heading.setCheckable(True)
            heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            heading.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
            heading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            layout.addWidget(heading)
        part = _Part(section, heading, inside)
        if heading is not None:
            heading.clicked.connect(lambda checked: self._unfold(part, unfolded=checked))
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_S)
        grid.setVerticalSpacing(theme.SPACE_XS + 2)
        grid.setColumnStretch(0, _LABEL_SHARE[0])
        grid.setColumnStretch(1, _LABEL_SHARE[1])
        for name in section.fields:
            self._add_row(name, part)
        layout.addWidget(inside)
        self._parts.append(part)
        self._unfold(part, unfolded=not section.folded)

    def _add_row(self, name: str, part: _Part) -> None:
        editor = make_editor(self._surroundings, field_of(self.kind, name), part.inside)
        label = PlainLabel(role="muted", wraps=True)
        label.setBuddy(editor)
        row = Row(name, label, editor, part)
        editor.edited.connect(partial(self._take, row))
        editor.given_up.connect(partial(self._give_up, row))
        if isinstance(editor, TableEditor):
            editor.refused.connect(partial(self._refuse, row))
        part.rows.append(row)
        self.rows[name] = row

    def _lay_out(self, part: _Part) -> None:
        """Put each editor beside its label, or under it where its words need more room than that."""
        grid = part.inside.layout()
        if not isinstance(grid, QGridLayout):
            return
        for row in part.rows:
            grid.removeWidget(row.label)
            grid.removeWidget(row.editor)
        at = 0
        for row in part.rows:
            under = row.editor.wide or row.editor.needed_width() > _BESIDE
            grid.addWidget(row.label, at, 0, 1, 2 if under else 1)
            grid.addWidget(row.editor, at + under, 0 if under else 1, 1, 2 if under else 1)
            at += 1 + under

    def _unfold(self, part: _Part, *, unfolded: bool) -> None:
        part.inside.setVisible(unfolded)
        if part.heading is not None:
            part.heading.setChecked(unfolded)
            part.heading.setIcon(assets.icon("choose" if unfolded else "forward", self._surroundings.tokens))

    def _draw(self) -> None:
        for part in self._parts:
            self._unfold(part, unfolded=not part.inside.isHidden())
