"""Settings: the engagement as a whole, its calendars on a year view, its formulas, the colours of statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from planner.domain.changes import Changes
from planner.language import N_
from ui.actions import plain_words
from ui.pages.page import Page, Selection
from ui.pages.settings.actions import SECTION_ACTIONS
from ui.pages.settings.calendars_section import CalendarsSection
from ui.pages.settings.colours_section import ColoursSection
from ui.pages.settings.engagement_section import EngagementSection
from ui.pages.settings.formulas_section import FormulasSection
from ui.pages.settings.section import Section
from ui.widgets.choice_rows import ChoiceRows
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.guidance import Guidance, Offer
from ui.widgets.toolbar import ViewToolbars
from ui.workbench import Workbench

_BUTTONS: Final = {
    "engagement": (("undo", "redo"),),
    "calendars": (
        ("undo", "redo"),
        ("settings.duplicate-calendar", "settings.make-own", "settings.assign-teams", "remove"),
        ("settings.add-calendar",),
    ),
    "formulas": (("undo", "redo"), ("remove",), ("settings.add-formula",)),
    "colours": (("undo", "redo"), ("settings.reset-colours",)),
}
"""Section -> the buttons above it."""

_PROMINENT: Final = {
    "calendars": "settings.add-calendar",
    "formulas": "settings.add-formula",
    "colours": "settings.reset-colours",
}
_LINES: Final = {
    "engagement": N_("Name, dates, money"),
    "calendars": N_("Working days and freezes"),
    "formulas": N_("What ranks initiatives"),
    "colours": N_("As they are shown"),
}
_ICONS: Final = {"engagement": "settings", "calendars": "calendar", "formulas": "priorities", "colours": "colours"}
_HOLDS: Final = {
    "settings": "engagement",
    "calendars": "calendars",
    "calendar_exceptions": "calendars",
    "freezes": "calendars",
    "formulas": "formulas",
}
_KINDS: Final = (*_HOLDS, "teams", "units")
_LIST_WIDTH: Final = 216


_NO_CALENDARS: Final = (
    N_("There is no calendar yet"),
    N_("Until there is one, Monday to Friday are worked, without holidays or freezes."),
    (
        "settings.add-calendar",
        "calendar",
        N_("Add the first calendar"),
        N_("Working week, public holidays of a country, freezes"),
    ),
)
_NO_FORMULAS: Final = (
    N_("There is no formula yet"),
    N_("A formula ranks the initiatives from their scores on criteria."),
    ("settings.add-formula", "priorities", N_("Add the first formula"), N_("Visibility first, WSJF, RICE or your own")),
)


class SettingsPage(Page):
    """Shows and edits the settings of one open document, a section at a time."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._toolbars = ViewToolbars(
            workbench.surroundings, workbench.actions, _BUTTONS, prominent=_PROMINENT, parent=self
        )
        self._stack = QStackedWidget(self)
        self.calendars = CalendarsSection(self)
        self.formulas = FormulasSection(self)
        self.sections: dict[str, Section] = {
            "engagement": EngagementSection(self),
            "calendars": self.calendars,
            "formulas": self.formulas,
            "colours": ColoursSection(self),
        }
        self._choices = ChoiceList(self)
        self.list = QListView(self)
        self.list.setModel(self._choices)
        self.list.setItemDelegate(ChoiceRows(workbench.surroundings, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(_LIST_WIDTH)
        self._guidance = {"calendars": _guide(workbench, _NO_CALENDARS), "formulas": _guide(workbench, _NO_FORMULAS)}
        for guidance in self._guidance.values():
            self._stack.addWidget(guidance)
        for section in self.sections.values():
            self._stack.addWidget(section)
            section.selection_changed.connect(self.selection_changed)
            section.situation_changed.connect(self.situation_changed)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.list)
        body.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._toolbars)
        layout.addLayout(body, 1)
        self._shown = "engagement"
        self._offer()
        kept = workbench.remembered("settings").get("section")
        self._show_section(kept if isinstance(kept, str) and kept in self.sections else "engagement")
        self.list.selectionModel().currentChanged.connect(self._take_section)
        workbench.surroundings.theme_changed.connect(self.list.viewport().update)
        self.setFocusProxy(self.list)
        self.retranslate()

    def parent_of_views(self) -> QWidget:
        """Return the stack of sections."""
        return self._stack

    # The document

    def forget(self) -> None:
        """Let go of the engagement before."""
        for section in self.sections.values():
            section.forget()

    def refresh(self) -> None:
        """Show the section anew; the others follow when they are shown."""
        if self.opened is not None:
            self.section.refresh()
        self._show_or_guide()
        self._retitle()

    def heeds(self, changes: Changes) -> bool:
        """Tell whether a step concerns the settings."""
        return changes.touches(*_KINDS)

    def take_changes(self, changes: Changes) -> None:
        """Show the effect of one step."""
        if self.heeds(changes):
            self.refresh()

    def retranslate(self) -> None:
        """Word the page in the language of the screen."""
        self.list.setAccessibleName(self.workbench.surroundings.language.gettext(N_("Sections of the settings")))
        self._offer()
        for section in self.sections.values():
            section.retranslate()
        self._retitle()

    # The sections

    @property
    def section(self) -> Section:
        """The section shown."""
        return self.sections[self._shown]

    def show_section(self, name: str) -> None:
        """Show a section and remember it."""
        self._show_section(name)
        self.workbench.remember("settings", {"section": name})
        if self.opened is not None:
            self.section.refresh()
        self._show_or_guide()
        self.situation_changed.emit()
        self.selection_changed.emit()

    def selection(self) -> Selection:
        """Return what is selected in the section shown."""
        return Selection() if self.opened is None else self.section.selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Show an entity in its section."""
        if self.opened is None or kind not in _HOLDS:
            return False
        if self._shown != _HOLDS[kind]:
            self.show_section(_HOLDS[kind])
        return self.section.reveal(kind, entity_id)

    def _show_or_guide(self) -> None:
        """Show the section, or what to do while there is nothing in it."""
        guidance = self._guidance.get(self._shown)
        is_empty = guidance is not None and self.opened is not None and not self.engagement.kind(self._shown)
        self._stack.setCurrentWidget(guidance if guidance is not None and is_empty else self.section)

    def _show_section(self, name: str) -> None:
        self._shown = name
        self._toolbars.show_of(name)
        self._show_or_guide()
        blocked = self.list.selectionModel().blockSignals(True)
        self.list.setCurrentIndex(self._choices.index(list(self.sections).index(name), 0))
        self.list.selectionModel().blockSignals(blocked)
        self.list.viewport().update()
        for action_id, shown in SECTION_ACTIONS.items():
            self.workbench.actions[action_id].setChecked(shown == name)

    def _offer(self) -> None:
        language, actions = self.workbench.surroundings.language, self.workbench.actions
        blocked = self.list.selectionModel().blockSignals(True)
        self._choices.offer(
            tuple(
                Choice(
                    title=plain_words(language.gettext(actions.kind(action_id).text)),
                    line=language.gettext(_LINES[name]),
                    icon=_ICONS[name],
                    value=name,
                )
                for action_id, name in SECTION_ACTIONS.items()
            )
        )
        self.list.setCurrentIndex(self._choices.index(list(self.sections).index(self._shown), 0))
        self.list.selectionModel().blockSignals(blocked)

    def _take_section(self) -> None:
        choice = self._choices.choice_at(self.list.currentIndex().row())
        if choice is not None and choice.value != self._shown:
            self.show_section(choice.value)

    def _open_section(self, name: str) -> None:
        self.show_section(name)
        self.section.setFocus()

    def _retitle(self) -> None:
        self._toolbars.say(
            self.workbench.surroundings.language.gettext(N_("Settings")),
            self.engagement.setting.name if self.opened is not None else "",
        )

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action: the page's own, then those of the section shown."""
        return {
            **{action_id: partial(self._open_section, name) for action_id, name in SECTION_ACTIONS.items()},
            "settings.add-calendar": partial(self._in_section, "calendars", self.calendars.add),
            "settings.add-formula": partial(self._in_section, "formulas", self.formulas.add),
            **self.section.handlers(),
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        if self.opened is None:
            return frozenset()
        found = set(SECTION_ACTIONS)
        if self.can_edit:
            found |= {"settings.add-calendar", "settings.add-formula"}
        return frozenset(found) | self.section.possible()

    def _in_section(self, name: str, do: Callable[[], object]) -> None:
        if self._shown != name:
            self.show_section(name)
        do()


def make_page(workbench: Workbench, parent: QWidget) -> SettingsPage:
    """Return the page."""
    return SettingsPage(workbench, parent)


def _guide(workbench: Workbench, words: tuple[str, str, Offer]) -> Guidance:
    heading, sentence, offer = words
    return Guidance(workbench.surroundings, workbench.actions, heading=heading, sentence=sentence, offers=(offer,))
