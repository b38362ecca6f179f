"""The form of what is selected: one entity or many of one kind, every field of it, edited in the document itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.domain.errors import UserError
from planner.editing.field_edits import set_fields, why_fixed
from planner.messages import explain
from ui import theme
from ui.forms.body import FormBody, Typed
from ui.open_document import OpenDocument
from ui.widgets.text import PlainLabel
from ui.workbench import Workbench

_FROM_CHILDREN = frozenset({"optimistic_days", "duration_days", "pessimistic_days", "progress"})
"""What an initiative that holds others takes from them."""

_Key = tuple[str, tuple[str, ...]]


class EntityForm(QWidget):
    """Shows and edits entities; shows nothing once all of them have been removed. Forms are made once a kind."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._opened: OpenDocument | None = None
        self._kind = ""
        self._ids: tuple[str, ...] = ()
        self._fixed: UserError | None = None
        self._stale = False
        self._bodies: dict[str, FormBody] = {}
        self._kept: dict[_Key, dict[str, Typed]] = {}
        self.note = PlainLabel(role="note", wraps=True)
        self.note.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.SPACE_S)
        self._layout.addWidget(self.note)
        workbench.surroundings.language_changed.connect(self._word_note)

    @property
    def kind(self) -> str:
        """The kind shown; empty when nothing is."""
        return self._kind

    @property
    def ids(self) -> tuple[str, ...]:
        """The entities shown."""
        return self._ids

    @property
    def body(self) -> FormBody | None:
        """The fields shown; None when nothing is."""
        return self._bodies.get(self._kind)

    def show_entities(self, opened: OpenDocument | None, kind: str, ids: tuple[str, ...]) -> None:
        """Show entities of one kind, or nothing; what was typed for those before is taken, or kept for later."""
        if (opened, kind, ids) != (self._opened, self._kind, self._ids):
            self._put_aside()
        if opened is not self._opened:
            if self._opened is not None:
                self._opened.changed.disconnect(self._take_changes)
            self._opened = opened
            self._kept.clear()
            if opened is not None:
                opened.changed.connect(self._take_changes)
        before = self.body
        self._kind, self._ids = kind, ids
        if opened is None or not self._standing():
            self._kind, self._ids = "", ()
        if before is not None and before is not self.body:
            before.hide()
        if self._kind:
            self._make()
            self.refresh()
            kept = self._kept.pop((self._kind, self._ids), None)
            if kept:
                self._bodies[self._kind].give_typed(kept)
        else:
            self.note.hide()

    def refresh(self) -> None:
        """Show the entities as they stand now, and whether they can be edited."""
        body = self.body
        if self._opened is None or body is None:
            return
        engagement = self._opened.engagement
        entities = self._standing()
        self._stale = False
        if not entities:
            return
        self._fixed = next(
            (found for entity in entities if (found := why_fixed(engagement, self._kind, entity)) is not None), None
        )
        holders = engagement.referring("initiatives", "parent_id") if self._kind == "initiatives" else {}
        holds = any(one in holders for one in self._ids)
        body.show_entities(
            entities,
            engagement,
            read_only=self._opened.read_only or self._fixed is not None,
            fixed=_FROM_CHILDREN if holds else frozenset(),
        )
        body.show()
        self._word_note()

    def _standing(self) -> list[Any]:
        if self._opened is None or not self._kind:
            return []
        present = self._opened.engagement.kind(self._kind)
        return [present[one] for one in self._ids if one in present]

    def _take_changes(self, _changes: Changes) -> None:
        standing = self._standing()
        if self._kind and not standing:
            body = self.body
            if body is not None:
                body.take_typed()
                body.hide()
            self._kind, self._ids = "", ()
            self.note.hide()
            return
        self._ids = tuple(entity.id for entity in standing)
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the form was out of sight."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _make(self) -> None:
        if self._kind not in self._bodies:
            body = FormBody(self._workbench.surroundings, self._kind, self._edit, self)
            self._bodies[self._kind] = body
            self._layout.addWidget(body)

    def _edit(self, values: Mapping[str, Any]) -> UserError | None:
        if self._opened is None or self._opened.read_only:
            return None
        try:
            self._opened.edit(set_fields(self._opened.engagement, self._kind, self._ids, values))
        except UserError as error:
            return error
        return None

    def _put_aside(self) -> None:
        """Keep what was typed for the entities shown; it is carried out once whatever goes on has ended."""
        body = self.body
        if body is None or self._opened is None:
            return
        kept = body.take_typed()
        if kept and self._fixed is None and not self._opened.read_only:
            key = (self._kind, self._ids)
            self._kept[key] = kept
            QTimer.singleShot(0, self, partial(self._carry_out, self._opened, key))

    def _carry_out(self, opened: OpenDocument, key: _Key) -> None:
        if opened is not self._opened or opened.read_only or key not in self._kept:
            return
        kind, ids = key
        kept = self._kept.pop(key)
        values = {name: typed.value for name, typed in kept.items() if typed.refused is None}
        if values:
            try:
                opened.edit(set_fields(opened.engagement, kind, ids, values))
            except UserError as error:
                kept = {name: Typed(typed.text, typed.value, typed.refused or error) for name, typed in kept.items()}
            else:
                kept = {name: typed for name, typed in kept.items() if name not in values}
        if kept:
            self._kept[key] = kept

    def _word_note(self) -> None:
        self.note.setVisible(bool(self._kind) and self._fixed is not None)
        if self._fixed is not None:
            self.note.setText(explain(self._fixed, self._workbench.surroundings.language))
