"""Calendars: the list of them, what each is made of, and its year, in which days are frozen, closed and opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QListView,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.editing import calendars, entities
from planner.editing.naming import free_name
from planner.language import N_, NN_
from ui import theme
from ui.forms.editor import refusal
from ui.pages.page import Page, Selection
from ui.pages.settings.calendar_form import CalendarForm
from ui.pages.settings.section import Section
from ui.pages.settings.span_bar import SpanBar
from ui.pages.settings.teams_dialog import TeamsDialog
from ui.pages.settings.year_days import NamedSpan, YearDays, work_out
from ui.pages.settings.year_view import SPAN_WORDS, YearView
from ui.widgets.action_button import ActionButton
from ui.widgets.choice_rows import ChoiceRows
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.text import PlainLabel

_SIDE_WIDTH: Final = 258
_LIST_WIDTH: Final = 236
_ROWS_SEEN: Final = 4
_YEAR_ACTIONS: Final = ("settings.previous-year", "settings.this-year", "settings.next-year")
_FIRST_YEAR: Final = 1901
_LAST_YEAR: Final = 2199


class CalendarsSection(Section):
    """Shows and edits the calendars of the engagement."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._calendar_id = ""
        self._days: YearDays | None = None
        self._asked = 0
        self.list = self._list_view()
        self.calendars = ChoiceList(self)
        self.list.setModel(self.calendars)
        self.form = CalendarForm(page, self)
        self.view = YearView(self.surroundings, today=page.workbench.today, parent=self)
        self.bar = SpanBar(self.surroundings, self)
        self.entries = ChoiceList(self)
        self.events = self._list_view()
        self.events.setModel(self.entries)
        self._year = PlainLabel(role="heading")
        self._problem = PlainLabel(role="cell-error", wraps=True)
        self._problem.hide()
        self._legend = PlainLabel(role="caption", wraps=True)
        self._entries_title = PlainLabel(role="caption")
        self._calendars_title = PlainLabel(role="caption")
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._take_calendar)
        self.events.selectionModel().currentChanged.connect(self._take_event)
        self.events.activated.connect(lambda _index: self.bar.begin())
        self.view.chosen.connect(self._take_days)
        self.view.turned.connect(self.show_year)
        self.view.entered.connect(self.bar.begin)
        self.bar.wanted.connect(self.mark)
        self.bar.unwanted.connect(self.unmark)
        for view in (self.list, self.events):
            self.surroundings.theme_changed.connect(view.viewport().update)
        self.setFocusProxy(self.view)

    def _list_view(self) -> QListView:
        view = QListView()
        view.setItemDelegate(ChoiceRows(self.surroundings, view))
        view.setUniformItemSizes(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return view

    def _lay_out(self) -> None:
        side = QWidget()
        side.setObjectName("page")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.SPACE_M, theme.SPACE_M, theme.SPACE_M, theme.SPACE_M)
        column.setSpacing(theme.SPACE_S)
        column.addWidget(self._calendars_title)
        column.addWidget(self.list)
        column.addWidget(self.form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(side)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(_SIDE_WIDTH)
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_L, theme.SPACE_S, theme.SPACE_L, 0)
        for action_id in _YEAR_ACTIONS:
            head.addWidget(ActionButton(self.page.workbench.actions[action_id]))
        head.addWidget(self._year)
        head.addStretch(1)
        middle = QWidget()
        year = QVBoxLayout(middle)
        year.setContentsMargins(0, 0, 0, 0)
        year.setSpacing(0)
        year.addLayout(head)
        year.addWidget(self._problem)
        year.addWidget(self.view, 1)
        self._legend.setContentsMargins(theme.SPACE_L, 0, theme.SPACE_L, 0)
        year.addWidget(self._legend)
        year.addWidget(self.bar)
        beside = QWidget()
        entries = QVBoxLayout(beside)
        entries.setContentsMargins(0, theme.SPACE_M, 0, 0)
        self._entries_title.setContentsMargins(theme.SPACE_M, 0, 0, 0)
        entries.addWidget(self._entries_title)
        entries.addWidget(self.events, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for part in (scroll, middle, beside):
            splitter.addWidget(part)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_SIDE_WIDTH, 760, _LIST_WIDTH])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    # The document

    def forget(self) -> None:
        """Let go of the calendars before."""
        self._asked += 1
        self._calendar_id, self._days = "", None
        self.view.show_days(None)

    def refresh(self) -> None:
        """Show the calendars anew, with the same one chosen."""
        opened = self.page.opened
        if opened is None:
            return
        engagement, language = opened.engagement, self.surroundings.language
        own = engagement.setting.calendar_id
        ordered = sorted(engagement.calendars.values(), key=lambda one: (one.id != own, one.name.casefold()))
        blocked = self.list.selectionModel().blockSignals(True)
        self.calendars.offer(
            tuple(
                Choice(title=one.name, line=_line(engagement, one.id, self), icon="calendar", value=one.id)
                for one in ordered
            )
        )
        ids = [one.id for one in ordered]
        if self._calendar_id not in ids:
            self._calendar_id = ids[0] if ids else ""
        if ids:
            self.list.setCurrentIndex(self.calendars.index(ids.index(self._calendar_id), 0))
        self.list.selectionModel().blockSignals(blocked)
        rows = min(max(len(ids), 1), _ROWS_SEEN)
        self.list.setFixedHeight(_row_height(self) * rows + theme.SPACE_XS)
        self.form.setVisible(bool(ids))
        self.bar.setVisible(bool(ids))
        if ids:
            self.form.show_calendar(engagement, self._calendar_id, read_only=not self.page.can_edit)
        self._calendars_title.setText(language.gettext(N_("Calendars")))
        self._show_year_title()
        self._ask()

    def retranslate(self) -> None:
        """Word the section in the language of the screen."""
        language = self.surroundings.language
        self.list.setAccessibleName(language.gettext(N_("Calendars")))
        self.events.setAccessibleName(language.gettext(N_("Days of the year that differ")))
        self._entries_title.setText(language.gettext(N_("Holidays, freezes, closed and working days")))
        self._entries_title.setWordWrap(True)
        self._legend.setText(
            language.gettext(
                N_(
                    "Dot: public holiday. Line below: freeze. Struck through: closed. Framed: working. "
                    "Drag or hold Shift to choose days."
                )
            )
        )
        self.form.retranslate()
        self.view.retranslate()
        self.bar.retranslate()
        self.refresh()

    def selection(self) -> Selection:
        """Return the mark the current day is in, or the calendar."""
        held = self.bar.held
        if held is not None and not self.list.hasFocus():
            kind = "freezes" if held.id in self.page.engagement.freezes else "calendar_exceptions"
            return Selection(kind, (held.id,))
        return Selection("calendars", (self._calendar_id,)) if self._calendar_id else Selection()

    def reveal(self, kind: str, entity_id: str) -> bool:
        """Show a calendar, or the year and the days of a mark in one."""
        engagement = self.page.engagement
        if entity_id not in engagement.kind(kind):
            return False
        if kind == "calendars":
            self._show_calendar(entity_id)
            return True
        span = calendars.find_span(engagement, entity_id)
        self._show_calendar(span.calendar_id)
        self.view.choose(span.start, span.finish)
        return True

    def show_year(self, year: int) -> None:
        """Show another year of the calendar."""
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return
        self.view.show_year(year)
        self._show_year_title()
        self._ask()
        self._take_days()

    def _show_calendar(self, calendar_id: str) -> None:
        self._calendar_id = calendar_id
        self._days = None
        self.view.show_days(None)
        self.refresh()
        self.selection_changed.emit()
        self.situation_changed.emit()

    def _show_year_title(self) -> None:
        self._year.setText(str(self.view.year))

    # The year, worked out on another thread

    def _ask(self) -> None:
        if self.page.opened is None or not self._calendar_id:
            self.view.show_days(None)
            self.entries.offer(())
            return
        self._asked += 1
        engagement, language = self.page.engagement, self.surroundings.language
        calendar_id, year = self._calendar_id, self.view.year
        self.page.workbench.background.run(
            lambda _progress: work_out(engagement, calendar_id, year, language),
            success=partial(self._take_year, self._asked),
            failure=partial(self._take_problem, self._asked),
        )

    def _take_year(self, asked: int, days: YearDays) -> None:
        if asked != self._asked:
            return
        self._problem.hide()
        self._days = days
        self.view.show_days(days)
        self._list_events(days)
        self._take_days()

    def _take_problem(self, asked: int, error: UserError) -> None:
        if asked == self._asked:
            self._problem.setText(refusal(error, self.surroundings))
            self._problem.show()

    def _list_events(self, days: YearDays) -> None:
        language = self.surroundings.language
        icons = {"freeze": "freeze", "closed": "close", "working": "success"}
        found: list[tuple[date, Choice]] = [
            (day, Choice(title=name, line=language.skeleton(day, "MMMEd"), icon="calendar", value=(day, day, "")))
            for day, name in days.holidays.items()
        ]
        for span in days.spans:
            word = language.gettext(SPAN_WORDS[span.kind])
            when = language.date(span.start)
            if span.start != span.finish:
                when = language.gettext(N_("{start} to {finish}")).format(
                    start=language.skeleton(span.start, "MMMd"), finish=language.date(span.finish)
                )
            choice = Choice(
                title=span.name or word,
                line=language.gettext(N_("{name}: {value}")).format(name=word, value=when),
                icon=icons[span.kind.value],
                value=(span.start, span.finish, "" if span.inherited else span.id),
            )
            found.append((span.start, choice))
        found.sort(key=lambda entry: entry[0])
        blocked = self.events.selectionModel().blockSignals(True)
        self.entries.offer(tuple(choice for _day, choice in found))
        self.events.selectionModel().blockSignals(blocked)

    # What is chosen

    def _take_calendar(self) -> None:
        choice = self.calendars.choice_at(self.list.currentIndex().row())
        if choice is not None and choice.value != self._calendar_id:
            self._calendar_id = choice.value
            self.form.show_calendar(self.page.engagement, self._calendar_id, read_only=not self.page.can_edit)
            self._ask()
        self.selection_changed.emit()
        self.situation_changed.emit()

    def _take_event(self) -> None:
        choice = self.entries.choice_at(self.events.currentIndex().row())
        if choice is not None:
            start, finish, _span_id = choice.value
            self.view.choose(max(start, date(self.view.year, 1, 1)), min(finish, date(self.view.year, 12, 31)))

    def _take_days(self) -> None:
        start, finish = self.view.span
        held = self._held(start, finish)
        self.bar.show_days(start, finish, held, read_only=not self.page.can_edit)
        self.selection_changed.emit()
        self.situation_changed.emit()

    def _held(self, start: date, finish: date) -> NamedSpan | None:
        """Return the calendar's own mark all the chosen days lie in, or that lies within them: the one to change."""
        days = self._days
        if days is None or days.year != self.view.year or days.calendar_id != self._calendar_id:
            return None
        own = [span for span in days.spans if not span.inherited]
        around = [span for span in own if span.holds(start) and span.holds(finish)]
        if around:
            return around[0]
        kept = self.bar.held
        if kept is not None and kept in own and (kept.holds(start) or kept.holds(finish)):
            return kept
        return None

    # What can be done

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what carries out each action served here, by id."""
        return {
            "settings.mark-days": self.mark,
            "settings.remove-span": self.unmark,
            "settings.previous-year": lambda: self.show_year(self.view.year - 1),
            "settings.next-year": lambda: self.show_year(self.view.year + 1),
            "settings.this-year": lambda: self.view.choose(self.page.workbench.today, self.page.workbench.today),
            "settings.duplicate-calendar": self.duplicate,
            "settings.make-own": self.make_own,
            "settings.assign-teams": self.assign_teams,
            "rename": self.rename,
            "remove": self.remove,
        }

    def possible(self) -> frozenset[str]:
        """Return the ids of the actions that can be carried out now."""
        found = {*_YEAR_ACTIONS}
        if not self._calendar_id or not self.page.can_edit:
            return frozenset(found)
        found |= {"settings.mark-days", "settings.duplicate-calendar", "rename", "remove"}
        if self.bar.held is not None:
            found.add("settings.remove-span")
        if self.page.engagement.setting.calendar_id != self._calendar_id:
            found.add("settings.make-own")
        if self.page.engagement.teams:
            found.add("settings.assign-teams")
        return frozenset(found)

    def add(self) -> None:
        """Add a calendar and name it."""
        name = free_name(self.surroundings.language.gettext(N_("New calendar")), self._names())
        if self._add(lambda engagement: calendars.add(engagement, name=name)):
            self.rename()

    def duplicate(self) -> None:
        """Add a copy of the calendar."""
        calendar_id = self._calendar_id
        name = free_name(self.page.engagement.calendars[calendar_id].name, self._names())
        self._add(lambda engagement: calendars.duplicate(engagement, calendar_id, name=name))

    def rename(self) -> None:
        """Ask for another name of the calendar."""
        calendar_id, language = self._calendar_id, self.surroundings.language
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(language.gettext(N_("Name of the calendar")))
        dialog.setLabelText(language.gettext(N_("Name of the calendar")))
        dialog.setTextValue(self.page.engagement.calendars[calendar_id].name)
        dialog.textValueSelected.connect(
            lambda name: self.page.edit(
                lambda engagement: entities.change(engagement, "calendars", calendar_id, name=name)
            )
        )
        dialog.open()

    def remove(self) -> None:
        """Remove the calendar with its marks, and say which teams kept it."""
        calendar_id, language = self._calendar_id, self.surroundings.language
        teams = len(self.page.engagement.referring("teams", "calendar_id").get(calendar_id, ()))
        if self.page.edit(lambda engagement: entities.remove(engagement, "calendars", [calendar_id])) and teams:
            words = NN_(
                "{count} team keeps no calendar of its own now", "{count} teams keep no calendar of their own now"
            )
            self.page.workbench.tell(
                language.ngettext(*words, teams).format(count=language.number(teams, decimals=0)),
                tone="information",
                key="settings-removed",
            )

    def make_own(self) -> None:
        """Let the engagement keep the calendar."""
        calendar_id = self._calendar_id
        self.page.edit(lambda engagement: calendars.make_own(engagement, calendar_id))

    def assign_teams(self) -> None:
        """Ask which teams keep the calendar."""
        calendar_id = self._calendar_id

        def agreed(ids: tuple[str, ...]) -> None:
            self.page.edit(lambda engagement: calendars.assign(engagement, calendar_id, ids))

        TeamsDialog(self.surroundings, self.page.engagement, calendar_id, agreed=agreed, parent=self).open()

    def mark(self) -> None:
        """Make the chosen days what the line beneath the year says."""
        calendar_id, held = self._calendar_id, self.bar.held
        kind, name = self.bar.chosen_kind, self.bar.name.text().strip()
        start, finish = self.view.span
        if held is not None and held.start <= start and finish <= held.finish:
            start, finish = held.start, held.finish
        if not name:
            name = self.surroundings.language.gettext(SPAN_WORDS[kind])

        def make(engagement: Engagement) -> Changes:
            if held is not None:
                return calendars.change_span(engagement, held.id, kind, start=start, finish=finish, name=name)
            return calendars.add_span(engagement, calendar_id, kind, start=start, finish=finish, name=name)

        if self.page.edit(make):
            self.bar.name.clear()
            self.view.setFocus()

    def unmark(self) -> None:
        """Take the mark of the chosen days away."""
        held = self.bar.held
        if held is not None and self.page.edit(lambda engagement: calendars.remove_spans(engagement, [held.id])):
            self.view.setFocus()

    def _add(self, make: Callable[[Engagement], Changes]) -> bool:
        before = self.page.engagement.calendars.keys()
        if not self.page.edit(make):
            return False
        for added in self.page.engagement.calendars.keys() - before:
            self._show_calendar(added)
        return True

    def _names(self) -> list[str]:
        return [one.name for one in self.page.engagement.calendars.values()]


def _line(engagement: Engagement, calendar_id: str, section: Section) -> str:
    """Return who keeps a calendar."""
    language = section.surroundings.language
    teams = len(engagement.referring("teams", "calendar_id").get(calendar_id, ()))
    words = NN_("kept by {count} team", "kept by {count} teams")
    kept = language.ngettext(*words, teams).format(count=language.number(teams, decimals=0)) if teams else ""
    if engagement.setting.calendar_id == calendar_id:
        own = language.gettext(N_("The engagement's own"))
        return f"{own}, {kept}" if kept else own
    return kept or language.gettext(N_("kept by nobody"))


def _row_height(section: CalendarsSection) -> int:
    font = section.surroundings.font
    lines = QFontMetrics(font).height() + QFontMetrics(theme.font_of("caption", font)).height()
    return lines + 2 * theme.SPACE_S
