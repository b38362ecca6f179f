"""The pane that shows what is selected on a page: its fields, and what refers to it, each to be looked into and edited.

Looking into a related entity goes deeper, the back button comes up again; another selection on the page begins anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.domain.kinds import Entity
from planner.editing.naming import name_of
from planner.language import N_, NN_
from planner.messages import explain
from planner.words import KIND_WORDS
from ui import assets, theme
from ui.forms.dialog import EntityDialog
from ui.forms.form import EntityForm
from ui.inspector.related import Relation, relations_of
from ui.inspector.section import Section
from ui.open_document import OpenDocument
from ui.pages.page import Selection
from ui.present.tips import dates_text
from ui.widgets.text import ElidedLabel, PlainLabel
from ui.workbench import Workbench

WIDTH: Final = 340
_NARROWEST: Final = 280
_WIDEST: Final = 480


class Inspector(QWidget):
    """Shows a selection of the open document."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)
        self._workbench = workbench
        self._opened: OpenDocument | None = None
        self._path: list[Selection] = []
        self._sections: dict[str, list[Section]] = {}
        self.back = QToolButton()
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.clicked.connect(self.go_back)
        self.title = ElidedLabel(role="heading")
        self.caption = ElidedLabel(role="caption")
        self.dates = PlainLabel(role="muted", wraps=True)
        self.hint = PlainLabel(role="muted", wraps=True)
        self.fixed = PlainLabel(role="muted", wraps=True)
        self.form = EntityForm(workbench.surroundings, self._carry)
        self._related = QVBoxLayout()
        self._related.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        surroundings = workbench.surroundings
        surroundings.language_changed.connect(self.refresh)
        surroundings.theme_changed.connect(self.refresh)
        workbench.keeper.computed.connect(self._show_dates)
        self.refresh()

    @property
    def selection(self) -> Selection:
        """What is shown."""
        return self._path[-1] if self._path else Selection()

    def take_document(self, opened: OpenDocument | None) -> None:
        """Show another document, or none."""
        if self._opened is not None:
            self._opened.changed.disconnect(self._take_changes)
            self._opened.save_state_changed.disconnect(self._take_state)
        self._opened = opened
        self._path = []
        if opened is not None:
            opened.changed.connect(self._take_changes)
            opened.save_state_changed.connect(self._take_state)
        self.refresh()

    def show_selection(self, selection: Selection) -> None:
        """Show what is selected on the page."""
        if not self._path or self._path[0] != selection:
            self._path = [selection] if selection else []
            self.refresh()

    def look_into(self, kind: str, entity_id: str) -> None:
        """Show a related entity; `go_back` comes up again."""
        self._path.append(Selection(kind, (entity_id,)))
        self.refresh()

    def go_back(self) -> None:
        """Show again what led here."""
        if len(self._path) > 1:
            self._path.pop()
            self.refresh()

    def refresh(self) -> None:
        """Show the selection as it is now."""
        entities = self._entities()
        language = self._workbench.surroundings.language
        self.back.setVisible(len(self._path) > 1)
        self.back.setIcon(assets.icon("back", self._workbench.surroundings.tokens))
        self.back.setAccessibleName(language.gettext(N_("Back")))
        self.setAccessibleName(language.gettext(N_("Inspector")))
        self.hint.setText(
            language.gettext(N_("Select something on the page: all there is to know of it appears here."))
        )
        self.hint.setVisible(not entities)
        self._word_heading(entities)
        self._show_dates()
        if self._opened is None:
            self._show_related([], "")
            self.form.hide()
            self.fixed.hide()
            return
        kind = self.selection.kind if entities else ""
        ids = tuple(entity.id for entity in entities)
        self.form.setVisible(bool(entities))
        fixed = self._why_fixed(entities)
        self.fixed.setText(fixed)
        self.fixed.setVisible(bool(fixed))
        read_only = self._opened.read_only or bool(fixed)
        self.form.show_entities(self._opened.engagement, kind, ids, read_only=read_only)
        self._show_related(entities, kind)

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setContentsMargins(theme.SPACE_M, theme.SPACE_M, theme.SPACE_M, theme.SPACE_S)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.caption)
        heading.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        heading.addLayout(texts, 1)
        inside = QWidget()
        inside.setObjectName("inspected")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_L)
        column.setSpacing(theme.SPACE_S)
        column.addWidget(self.hint)
        column.addWidget(self.fixed)
        column.addWidget(self.dates)
        column.addWidget(self.form)
        column.addLayout(self._related)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(heading)
        layout.addWidget(scroll, 1)

    def _entities(self) -> list[Entity]:
        """Return what is shown and still there; what went leaves the way back, too."""
        while self._opened is not None and self._path:
            selection = self._path[-1]
            of_kind = self._opened.engagement.kind(selection.kind)
            found = [of_kind[one] for one in selection.ids if one in of_kind]
            if found:
                return found
            self._path.pop()
        return []

    def _why_fixed(self, entities: list[Entity]) -> str:
        """Return why what is shown can no longer change; empty while it can."""
        from planner.editing.field_edits import why_fixed  # noqa: PLC0415  not at start-up

        if self._opened is None:
            return ""
        for entity in entities:
            reason = why_fixed(self._opened.engagement, self.selection.kind, entity)
            if reason is not None:
                return explain(reason, self._workbench.surroundings.language)
        return ""

    def _word_heading(self, entities: list[Entity]) -> None:
        language = self._workbench.surroundings.language
        if not entities or self._opened is None:
            self.title.setText(language.gettext(N_("Nothing selected")))
            self.caption.setText("")
            return
        word = language.gettext(KIND_WORDS[self.selection.kind])
        word = f"{word[:1].upper()}{word[1:]}"
        if len(entities) == 1:
            self.title.setText(name_of(self._opened.engagement, entities[0]))
            self.caption.setText(word)
        else:
            words = language.ngettext(*NN_("{count} selected", "{count} selected"), len(entities))
            self.title.setText(words.format(count=language.number(len(entities), decimals=0)))
            self.caption.setText(word)

    def _show_dates(self) -> None:
        """Say what the schedule makes of the one initiative shown."""
        plan = self._workbench.keeper.plan
        text = ""
        if plan is not None and self.selection.kind == "initiatives" and len(self.selection.ids) == 1:
            text = dates_text(plan, self.selection.ids[0], self._workbench.surroundings.language)
        self.dates.setText(text)
        self.dates.setVisible(bool(text))

    def _show_related(self, entities: list[Entity], kind: str) -> None:
        only = entities[0] if len(entities) == 1 else None
        for other, sections in self._sections.items():
            for section in sections:
                section.setVisible(other == kind and only is not None)
        if only is None or self._opened is None:
            return
        if kind not in self._sections:
            self._sections[kind] = [self._make_section(relation) for relation in relations_of(kind)]
        for section in self._sections[kind]:
            section.show_entities(self._opened.engagement, only.id, read_only=self._opened.read_only)
            section.show()

    def _make_section(self, relation: Relation) -> Section:
        section = Section(self._workbench.surroundings, relation)
        section.looked_into.connect(self.look_into)
        section.add_asked.connect(self._ask_add)
        section.remove_asked.connect(self._remove)
        self._related.addWidget(section)
        return section

    def _ask_add(self, relation: Relation) -> None:
        if self._opened is None or len(self.selection.ids) != 1:
            return
        (owner,) = self.selection.ids
        dialog = EntityDialog(
            self._workbench.surroundings,
            self._opened.engagement,
            relation.kind,
            {relation.field: (owner,) if relation.many else owner},
            carry=self._add,
            parent=self.window(),
        )
        dialog.added.connect(lambda entity_id: self.look_into(relation.kind, entity_id))
        dialog.open()

    def _add(self, entity: Entity) -> None:
        from planner.editing import entities  # noqa: PLC0415  not at start-up

        self._carry(lambda engagement: entities.add(engagement, entity))

    def _remove(self, kind: str, entity_id: str) -> None:
        from planner.editing import entities  # noqa: PLC0415  not at start-up

        try:
            self._carry(lambda engagement: entities.remove(engagement, kind, [entity_id]))
        except UserError as error:
            self._workbench.tell(error, tone="danger", key="edit")

    def _carry(self, make: Callable[[Engagement], Changes]) -> None:
        if self._opened is not None and not self._opened.read_only:
            self._opened.edit(make(self._opened.engagement))

    def _take_changes(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    def _take_state(self) -> None:
        if self.isVisible() and self._opened is not None and self._opened.read_only:
            self.refresh()
