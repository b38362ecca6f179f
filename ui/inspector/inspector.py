"""The inspector: what is selected on the page, in full and editable, with everything that belongs to it below.

Going into something that belongs to it and back again happens here; the page keeps its selection. With nothing
selected it says what it is for and offers the engagement as a whole.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.domain.errors import UserError
from planner.domain.settings import SETTINGS_ID
from planner.editing import entities
from planner.editing.field_edits import why_fixed
from planner.editing.naming import name_of
from planner.language import N_, NN_
from planner.words import KIND_WORDS
from ui import assets, theme
from ui.actions import plain_tip
from ui.forms.dialog import EntityDialog
from ui.forms.form import EntityForm
from ui.inspector.dates import PlannedDates
from ui.inspector.related_list import RelatedList
from ui.inspector.relations import relations_of
from ui.open_document import OpenDocument
from ui.pages.page import Selection, nothing_more
from ui.widgets.text import ElidedLabel, PlainLabel
from ui.workbench import Workbench

WIDTH: Final = 360
_LEAST_WIDTH: Final = 356
_WIDEST: Final = 480
_ICONS: Final = {
    "settings": "settings", "calendars": "calendar", "calendar_exceptions": "calendar", "freezes": "freeze",
    "units": "unit", "groups": "group", "teams": "team", "applications": "application", "interactions": "interaction",
    "scales": "scale", "prerequisites": "link", "assessments": "assessment", "answers": "assessment",
    "votes": "assessment", "targets": "target", "links": "link", "value_streams": "flow", "stream_steps": "flow",
    "measurements": "metrics", "risks": "risk", "criteria": "priorities", "criterion_scores": "priorities",
    "formulas": "priorities", "models": "practices", "dimensions": "practices", "themes": "practices",
    "practices": "practices", "outcomes": "target", "baselines": "history", "scenarios": "compare",
    "initiative_overrides": "compare", "team_overrides": "compare",
}  # fmt: skip
"""Kind -> its icon; all others are of the plan."""


class Inspector(QWidget):
    """The pane at the right of the window; `show_selection` says what it is about."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setMaximumWidth(_WIDEST)
        self._workbench = workbench
        self._opened: OpenDocument | None = None
        self._way: list[Selection] = []
        self._selected = Selection()
        self._was_read_only = False
        self._stale = False
        self._lists: dict[str, list[RelatedList]] = {}
        self._build()
        surroundings = workbench.surroundings
        surroundings.language_changed.connect(self.retranslate)
        surroundings.theme_changed.connect(self._draw)
        workbench.keeper.computed.connect(self._show_dates)
        self.retranslate()
        self._draw()
        self._show()

    @property
    def selection(self) -> Selection:
        """What is shown now: what is selected, or what was looked into."""
        return self._way[-1] if self._way else Selection()

    def take_document(self, opened: OpenDocument | None) -> None:
        """Show another document, or none; nothing in it is selected yet."""
        if self._opened is not None:
            self._opened.changed.disconnect(self._take_changes)
            self._opened.save_state_changed.disconnect(self._take_state)
        self._opened = opened
        self._selected, self._way = Selection(), []
        if opened is not None:
            self._was_read_only = opened.read_only
            opened.changed.connect(self._take_changes)
            opened.save_state_changed.connect(self._take_state)
        self._show()

    def show_selection(self, selection: Selection) -> None:
        """Show what is selected on the page; the same selection again changes nothing."""
        if selection == self._selected and (self._way or not selection):
            return
        self._selected = selection
        self._way = [selection] if selection else []
        self._show()

    def look_into(self, kind: str, entity_id: str) -> None:
        """Show an entity that belongs to the one shown, or any other; Back returns."""
        self._way.append(Selection(kind, (entity_id,)))
        self._show()

    def go_back(self) -> None:
        """Return to what was shown before."""
        if self._can_go_back:
            left = self._way.pop()
            self._show()
            for related in self._related():
                if related.relation.kind == left.kind:
                    related.select(left.ids[0])

    @property
    def _can_go_back(self) -> bool:
        """Whether something was looked into: from what is selected, or from nothing."""
        return len(self._way) > (1 if self._selected else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the pane was out of sight."""
        super().showEvent(event)
        if self._stale:
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Alt+Left."""
        if event.key() == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.go_back()
        else:
            super().keyPressEvent(event)

    # What is shown

    def _build(self) -> None:
        self.back = QToolButton()
        self.back.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.clicked.connect(self.go_back)
        self.mark = PlainLabel()
        self.caption = ElidedLabel(role="caption")
        self.title = ElidedLabel(role="heading")
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.caption)
        names.addWidget(self.title)
        self.top = QWidget()
        top = QHBoxLayout(self.top)
        top.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        top.setSpacing(theme.SPACE_S)
        top.addWidget(self.back)
        top.addWidget(self.mark)
        top.addLayout(names, 1)
        self.hint = PlainLabel(role="muted", wraps=True)
        self.whole = QPushButton()
        self.whole.clicked.connect(lambda: self.look_into("settings", SETTINGS_ID))
        self.dates = PlannedDates(self._workbench)
        self.form = EntityForm(self._workbench)
        self._inside = QWidget()
        self._inside.setObjectName("page")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = self._column = QVBoxLayout(self._inside)
        column.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_L)
        column.setSpacing(theme.SPACE_M)
        for part in (self.hint, self.whole, self.dates, self.form):
            column.addWidget(part)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.area, 1)

    def _show(self) -> None:
        self._stale = False
        self._forget_gone()
        shown = self.selection
        self.form.show_entities(self._opened if shown else None, shown.kind, shown.ids)
        self.area.verticalScrollBar().setValue(0)
        self._word_top()
        self._show_dates()
        self._show_related()

    def _show_related(self) -> None:
        shown, opened = self.selection, self._opened
        mine = self._related()
        for lists in self._lists.values():
            if lists is not mine:
                for related in lists:
                    related.hide()
        if opened is None or len(shown.ids) != 1:
            for related in mine:
                related.hide()
            return
        engagement = opened.engagement
        entity = engagement.kind(shown.kind).get(shown.ids[0])
        fixed = entity is None or why_fixed(engagement, shown.kind, entity) is not None
        for related in mine:
            related.show_related(engagement, shown.ids[0], read_only=opened.read_only or fixed)
            related.setVisible(related.relation.grows or bool(related.model.entities))

    def _related(self) -> list[RelatedList]:
        kind = self.selection.kind
        if kind and kind not in self._lists:
            self._lists[kind] = []
            for relation in relations_of(kind):
                related = RelatedList(relation, self._workbench.surroundings, self._inside)
                related.open_asked.connect(self.look_into)
                related.add_asked.connect(self._add)
                related.remove_asked.connect(self._remove)
                related.draw()
                self._column.insertWidget(self._column.count() - 1, related)
                self._lists[kind].append(related)
        return self._lists.get(kind, [])

    def _show_dates(self) -> None:
        shown = self.selection
        one = shown.kind == "initiatives" and len(shown.ids) == 1
        self.dates.show_dates(shown.ids[0] if one else "")

    def _word_top(self) -> None:
        language, shown = self._workbench.surroundings.language, self.selection
        empty = not shown or self._opened is None
        self.top.setVisible(not empty)
        self.hint.setVisible(empty)
        self.whole.setVisible(empty and self._opened is not None)
        self.back.setVisible(self._can_go_back)
        if empty or self._opened is None:
            return
        word = language.gettext(KIND_WORDS[shown.kind])
        self.caption.setText(word[:1].upper() + word[1:])
        entity = self._opened.engagement.kind(shown.kind).get(shown.ids[0])
        if len(shown.ids) > 1:
            words = NN_("{count} entry selected", "{count} entries selected")
            count = language.number(len(shown.ids), decimals=0)
            self.title.setText(language.ngettext(*words, len(shown.ids)).format(count=count))
        elif entity is not None:
            self.title.setText(name_of(self._opened.engagement, entity))
        self.title.setToolTip(plain_tip(self.title.text()))
        picture = assets.picture(_ICONS.get(shown.kind, "timeline"), self._workbench.surroundings.tokens.text_muted, 18)
        self.mark.setPixmap(picture)

    def _take_changes(self, _changes: Changes) -> None:
        if not self.isVisible():
            self._stale = True
            return
        if self._forget_gone():
            self._show()
            return
        self._word_top()
        self._show_related()

    def _take_state(self) -> None:
        """Show whether edits are possible now, once the document says so."""
        if self._opened is not None:
            QTimer.singleShot(0, self, self._refresh_state)

    def _refresh_state(self) -> None:
        read_only = None if self._opened is None else self._opened.read_only
        if read_only is not None and read_only != self._was_read_only:
            self._was_read_only = read_only
            self.form.refresh()
            self._show_related()

    def _forget_gone(self) -> bool:
        """Step back from what has been removed; return whether anything shown was."""
        if self._opened is None:
            return False
        engagement = self._opened.engagement
        standing = [
            Selection(one.kind, ids)
            for one in self._way
            if (ids := tuple(entity_id for entity_id in one.ids if entity_id in engagement.kind(one.kind)))
        ]
        changed, self._way = standing != self._way, standing
        return changed

    # What is done

    def _add(self, related: RelatedList) -> None:
        if self._opened is None or self._opened.read_only:
            return
        relation, owner_id = related.relation, self.selection.ids[0]
        dialog = EntityDialog(self._workbench, self._opened, relation.kind, relation.values(owner_id), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._select_added(related, dialog.added_id))
        dialog.open()

    @staticmethod
    def _select_added(related: RelatedList, added_id: str) -> None:
        related.select(added_id)
        related.view.setFocus()

    def _remove(self, kind: str, ids: Any) -> None:
        if self._opened is None or self._opened.read_only:
            return

        def refuse(error: UserError) -> None:
            self._workbench.tell(error, tone="danger", key="inspector")

        try:
            changes = entities.remove(self._opened.engagement, kind, ids)
        except UserError as error:
            refuse(error)
        else:
            self._opened.carry_out(changes, success=nothing_more, failure=refuse)

    # How it is worded and drawn

    def retranslate(self) -> None:
        """Word everything in the language of the screen."""
        language = self._workbench.surroundings.language
        self.setAccessibleName(language.gettext(N_("Inspector")))
        self.area.setAccessibleName(language.gettext(N_("Inspector")))
        self.hint.setText(
            language.gettext(
                N_(
                    "Select something on the page: here it stands in full, to be read and edited, with what belongs to it."
                )
            )
        )
        self.whole.setText(language.gettext(N_("The engagement as a whole")))
        self.whole.setAccessibleName(self.whole.text())
        self.back.setAccessibleName(language.gettext(N_("Back (Alt+Left)")))
        self.back.setToolTip(plain_tip(self.back.accessibleName()))
        for lists in self._lists.values():
            for related in lists:
                related.retranslate()
        self._word_top()
        self._show_dates()

    def _draw(self) -> None:
        self.back.setIcon(assets.icon("back", self._workbench.surroundings.tokens))
        for lists in self._lists.values():
            for related in lists:
                related.draw()
        self._word_top()
