"""The editor of a day: typed in any of the usual ways, stepped by the arrow keys, or picked from a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from planner.domain.errors import UserError
from planner.language import N_
from ui import assets, theme
from ui.actions import plain_tip
from ui.forms.editor import LineEditor, need
from ui.forms.fields import FormField
from ui.forms.reading import read_day, write_day
from ui.surroundings import Surroundings
from ui.widgets.cells import calm_weekends

_FIRST, _LAST = QDate(1900, 1, 1), QDate(2200, 12, 31)


class DateEditor(LineEditor):
    """A day, empty where it may be missing; Alt+Down opens the calendar."""

    def __init__(self, surroundings: Surroundings, field: FormField, parent: QWidget | None = None) -> None:
        self.button = QToolButton()
        self.button.setProperty("role", "beside-line")  # no taller than the line: rows keep their step
        super().__init__(surroundings, field, parent)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
        self.button.clicked.connect(self.open_calendar)
        self._row.addWidget(self.button)
        surroundings.theme_changed.connect(self._draw)
        self._draw()

    @property
    def value(self) -> date | None:
        """The day typed; None where nothing is and nothing need be."""
        text = self.line.text()
        if not text.strip():
            return None if self.field.optional else need(None)
        return read_day(text, self.surroundings.language)

    def words_of(self, value: Any) -> str:
        """Return how a day is written."""
        return "" if value is None else write_day(value, self.surroundings.language)

    def name_controls(self, label: str, description: str) -> None:
        """Name the line and its button."""
        super().name_controls(label, description)
        self.button.setAccessibleName(self.surroundings.language.gettext(N_("{field}: calendar")).format(field=label))

    def retranslate(self) -> None:
        """Word the button's tip."""
        super().retranslate()
        self.button.setToolTip(plain_tip(self.surroundings.language.gettext(N_("Choose a day"))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by days and, with Page up and Page down, by four weeks."""
        days = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 28, Qt.Key.Key_PageDown: -28}.get(
            Qt.Key(event.key())
        )
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif days is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.line.setText(write_day(self._day() + timedelta(days=days), self.surroundings.language))
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Let the day be picked from a calendar."""
        popup = _CalendarPopup(self, self._day())
        popup.show_below(self)

    def take(self, day: date) -> None:
        """Take a day picked."""
        self.line.setText(write_day(day, self.surroundings.language))
        self.line.setFocus()
        self.commit()

    def _day(self) -> date:
        try:
            return self.value or date.today()
        except UserError:
            return date.today()

    def _draw(self) -> None:
        self.button.setIcon(assets.icon("calendar", self.surroundings.tokens))


class _CalendarPopup(QFrame):
    """A calendar over the form, gone once a day is picked."""

    def __init__(self, editor: DateEditor, day: date) -> None:
        super().__init__(editor, Qt.WindowType.Popup)
        self.setObjectName("tip")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._editor = editor
        language = editor.surroundings.language
        calendar = self.calendar = QCalendarWidget()
        calendar.setAccessibleName(language.gettext(N_("Calendar")))
        calendar.setDateRange(_FIRST, _LAST)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek(language.first_weekday + 1))
        calendar.setVerticalHeaderFormat(calendar.VerticalHeaderFormat.ISOWeekNumbers)
        calm_weekends(calendar, editor.surroundings.tokens)
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(self._take)
        calendar.activated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_XS, theme.SPACE_XS, theme.SPACE_XS, theme.SPACE_XS)
        layout.addWidget(calendar)

    def show_below(self, widget: QWidget) -> None:
        """Open under a widget, inside the screen."""
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(0, widget.height()))
        screen = QGuiApplication.screenAt(place)
        if screen is not None:
            room = screen.availableGeometry()
            place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
            if place.y() + self.height() > room.bottom():
                place.setY(widget.mapToGlobal(QPoint(0, 0)).y() - self.height())
        self.move(place)
        self.show()
        self.calendar.setFocus()

    def _take(self, day: QDate) -> None:
        editor = self._editor
        self.close()
        editor.take(date(day.year(), day.month(), day.day()))
