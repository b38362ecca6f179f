"""What a calendar is made of: its working week, the country and region whose holidays rest, the hours of a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from planner.domain.calendar import Calendar
from planner.domain.changes import Changes
from planner.domain.engagement import Engagement
from planner.domain.errors import UserError
from planner.editing import calendars, entities
from planner.language import N_, Language
from planner.progress import Progress
from ui import theme
from ui.forms.editor import refusal
from ui.forms.fields import field_of
from ui.forms.numbers import NumberEditor
from ui.pages.page import Page
from ui.widgets.text import PlainLabel

Entries = Sequence[tuple[str, str]]

_WEEK: Final = 7


class CalendarForm(QWidget):
    """Edits the calendar shown."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._surroundings = page.workbench.surroundings
        self._calendar_id = ""
        self._countries: Entries = ()
        self._regions: dict[str, Entries] = {}
        self._asked: set[str] = set()
        self.week = tuple(QToolButton() for _at in range(_WEEK))
        self.shares_week = QCheckBox()
        self.country = QComboBox()
        self.region = QComboBox()
        self.hours = NumberEditor(self._surroundings, field_of("calendars", "hours_per_day"))
        self._labels = {name: PlainLabel(role="caption") for name in ("week", "country", "region", "hours")}
        self.error = PlainLabel(role="cell-error", wraps=True)
        self.error.hide()
        self._lay_out()
        self.shares_week.clicked.connect(self._take_inherits)
        self.country.activated.connect(self._take_country)
        self.region.activated.connect(self._take_region)
        self.hours.edited.connect(self._take_hours)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        days = QHBoxLayout()
        days.setSpacing(2)
        for at, button in enumerate(self.week):
            button.setCheckable(True)
            button.setProperty("role", "weekday")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setMinimumWidth(30)
            button.clicked.connect(lambda checked, at=at: self._take_day(at, working=checked))
            days.addWidget(button, 1)
        layout.addWidget(self._labels["week"])
        layout.addLayout(days)
        layout.addWidget(self.shares_week)
        for name, control in (("country", self.country), ("region", self.region)):
            control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            control.setMinimumContentsLength(10)
            control.setMaxVisibleItems(16)
            layout.addSpacing(theme.SPACE_XS)
            layout.addWidget(self._labels[name])
            layout.addWidget(control)
        layout.addSpacing(theme.SPACE_XS)
        layout.addWidget(self._labels["hours"])
        layout.addWidget(self.hours)
        layout.addWidget(self.error)

    def show_calendar(self, engagement: Engagement, calendar_id: str, *, read_only: bool) -> None:
        """Show a calendar."""
        if calendar_id != self._calendar_id:
            self.say("")
        self._calendar_id = calendar_id
        calendar: Calendar = engagement.calendars[calendar_id]
        is_own = engagement.setting.calendar_id == calendar_id
        working = calendars.week_of(engagement, calendar)
        first = self._surroundings.language.first_weekday
        for at, button in enumerate(self.week):
            button.setChecked((first + at) % _WEEK in working)
            button.setEnabled(not read_only)
        self.shares_week.setVisible(not is_own)
        self.shares_week.setChecked(calendar.weekdays is None)
        self.shares_week.setEnabled(not read_only)
        self._fill_country(calendar)
        self._fill_region(calendar)
        self.country.setEnabled(not read_only)
        self.region.setEnabled(not read_only and self.region.count() > 1)
        if not self.hours.is_being_edited:
            self.hours.show_value(calendar.hours_per_day)
        self.hours.set_read_only(read_only=read_only)
        self._ask(calendar.country)

    def retranslate(self) -> None:
        """Word the form in the language of the screen."""
        language = self._surroundings.language
        words = {
            "week": N_("Working week"),
            "country": N_("Public holidays of"),
            "region": N_("Region"),
            "hours": N_("Hours a day"),
        }
        for name, word in words.items():
            self._labels[name].setText(language.gettext(word))
        self.country.setAccessibleName(language.gettext(words["country"]))
        self.region.setAccessibleName(language.gettext(words["region"]))
        self.shares_week.setText(language.gettext(N_("The engagement's week")))
        self.shares_week.setAccessibleName(language.gettext(N_("The engagement's week")))
        self.hours.retranslate()
        days = language.locale.days["stand-alone"]
        for at, button in enumerate(self.week):
            weekday = (language.first_weekday + at) % _WEEK
            button.setText(days["short"][weekday].rstrip("."))
            button.setToolTip(days["wide"][weekday])
            button.setAccessibleName(days["wide"][weekday])
        self._countries = ()
        self._asked.clear()

    def say(self, text: str) -> None:
        """Say why something was refused; an empty text takes that away."""
        self.error.setText(text)
        self.error.setAccessibleName(text)
        self.error.setVisible(bool(text))

    # Countries and regions, known a moment after they are asked for

    def _ask(self, country: str) -> None:
        if country in self._asked and self._countries:
            return
        self._asked.add(country)
        language = self._surroundings.language
        self._page.workbench.background.run(
            lambda progress: _look_up(country, language, progress),
            success=self._take_lists,
            failure=lambda error: self.say(refusal(error, self._surroundings)),
        )

    def _take_lists(self, found: tuple[str, Entries, Entries]) -> None:
        country, countries, regions = found
        self._countries, self._regions[country] = countries, regions
        opened = self._page.opened
        if opened is not None and self._calendar_id in opened.engagement.calendars:
            self.show_calendar(opened.engagement, self._calendar_id, read_only=not self._page.can_edit)

    def _fill_country(self, calendar: Calendar) -> None:
        none = self._surroundings.language.gettext(N_("No public holidays"))
        entries = self._countries or ([(calendar.country, calendar.country)] if calendar.country else [])
        if calendar.country and calendar.country not in dict(entries):
            entries = [*entries, (calendar.country, calendar.country)]
        _fill(self.country, [("", none), *entries], calendar.country)

    def _fill_region(self, calendar: Calendar) -> None:
        whole = self._surroundings.language.gettext(N_("The whole country"))
        entries = self._regions.get(calendar.country, ())
        if calendar.subdivision and calendar.subdivision not in dict(entries):
            entries = [*entries, (calendar.subdivision, calendar.subdivision)]
        _fill(self.region, [("", whole), *entries], calendar.subdivision)

    # Edits

    def _take_day(self, at: int, *, working: bool) -> None:
        weekday = (self._surroundings.language.first_weekday + at) % _WEEK
        calendar_id = self._calendar_id
        self._edit(lambda engagement: calendars.set_weekday(engagement, calendar_id, weekday, working=working))

    def _take_inherits(self) -> None:
        calendar_id, inherits = self._calendar_id, self.shares_week.isChecked()

        def change(engagement: Engagement) -> Changes:
            week = None if inherits else calendars.week_of(engagement, engagement.calendars[calendar_id])
            return entities.change(engagement, "calendars", calendar_id, weekdays=week)

        self._edit(change)

    def _take_country(self) -> None:
        calendar_id, country = self._calendar_id, self.country.currentData()
        self._edit(lambda engagement: calendars.set_country(engagement, calendar_id, country=country))

    def _take_region(self) -> None:
        calendar_id, country, region = self._calendar_id, self.country.currentData(), self.region.currentData()
        self._edit(
            lambda engagement: calendars.set_country(engagement, calendar_id, country=country, subdivision=region)
        )

    def _take_hours(self) -> None:
        calendar_id = self._calendar_id
        try:
            hours: Any = self.hours.value
        except UserError as error:
            self.hours.show_error(refusal(error, self._surroundings))
            return
        done = self._page.edit(
            lambda engagement: entities.change(engagement, "calendars", calendar_id, hours_per_day=hours),
            refused=self.hours.show_error,
        )
        if done:
            self.hours.show_error("")

    def _edit(self, make: Callable[[Engagement], Changes]) -> None:
        self.say("")
        if not self._page.edit(make, refused=self.say) and self._page.opened is not None:
            self.show_calendar(self._page.engagement, self._calendar_id, read_only=not self._page.can_edit)


def _fill(box: QComboBox, entries: Entries, chosen: str) -> None:
    if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] != list(entries):
        box.clear()
        for value, name in entries:
            box.addItem(name, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def _look_up(country: str, language: Language, _progress: Progress) -> tuple[str, Entries, Entries]:
    from planner.analysis.public_holidays import countries, regions  # noqa: PLC0415  on a worker thread

    return country, countries(language), regions(country)
