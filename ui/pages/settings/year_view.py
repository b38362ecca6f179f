"""A year painted month by month: working days, rest, public holidays, marked days; days are chosen by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.editing.calendars import SpanKind
from planner.language import N_
from ui import theme
from ui.pages.settings.year_days import YearDays, days_of
from ui.surroundings import Surroundings
from ui.widgets.tip import Tip

_WEEKS: Final = 6
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2200

SPAN_WORDS: Final = {
    SpanKind.FREEZE: N_("Freeze"),
    SpanKind.CLOSED: N_("Closed days"),
    SpanKind.WORKING: N_("Days worked"),
}
"""What marked days are called."""


class _Look(NamedTuple):
    ground: str
    ink: str


class YearView(QWidget):
    """Paints a year; `chosen` when other days are selected, `turned(year)` to leave it, `entered` at Enter."""

    chosen = Signal()
    turned = Signal(int)
    entered = Signal()

    def __init__(self, surroundings: Surroundings, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._today = today
        self._days: YearDays | None = None
        self.year = today.year
        self.day = today
        self._anchor = today
        self._boxes: dict[date, QRectF] = {}
        self._tip = Tip(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        surroundings.theme_changed.connect(self.update)

    def show_days(self, days: YearDays | None) -> None:
        """Show what the days of a year are."""
        self._days = days
        if days is not None and days.year != self.year:
            self.show_year(days.year)
        self._describe()
        self.update()

    def show_year(self, year: int) -> None:
        """Show another year, with the same day of it current."""
        self.year = min(max(year, _FIRST_YEAR), _LAST_YEAR)
        moved = QDate(self.day.year, self.day.month, self.day.day).addYears(self.year - self.day.year)
        self.day = self._anchor = date(moved.year(), moved.month(), moved.day())
        self._boxes = {}
        self.update()

    def retranslate(self) -> None:
        """Word the year in the language of the screen."""
        self._boxes = {}
        self.setAccessibleName(self._surroundings.language.gettext(N_("Days of the year")))
        self._describe()
        self.update()

    @property
    def span(self) -> tuple[date, date]:
        """The first and last of the chosen days."""
        return min(self._anchor, self.day), max(self._anchor, self.day)

    def choose(self, start: date, finish: date) -> None:
        """Choose days, the last of them current; the year that holds it is shown."""
        if finish.year != self.year:
            self.turned.emit(finish.year)
        self._anchor, self.day = start, finish
        self._told()

    def box_of(self, day: date) -> QRectF:
        """Return where a day of the year is."""
        self._lay_out()
        return self._boxes[day]

    def sizeHint(self) -> QSize:
        """Return a size at which the days can be read."""
        return QSize(760, 560)

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(420, 400)

    # Laying out

    def resizeEvent(self, _event: QEvent) -> None:
        """Lay the months out anew."""
        self._boxes = {}

    def _months(self) -> Iterator[tuple[int, QRectF]]:
        columns = 4 if self.width() >= self.height() * 1.05 else 3
        rows = 12 // columns
        gap = theme.SPACE_L
        width = (self.width() - gap * (columns + 1)) / columns
        height = (self.height() - gap * (rows + 1)) / rows
        for month in range(12):
            column, row = month % columns, month // columns
            yield month + 1, QRectF(gap + column * (width + gap), gap + row * (height + gap), width, height)

    def _lay_out(self) -> None:
        if self._boxes:
            return
        first_weekday = self._surroundings.language.first_weekday
        boxes = {month: box for month, box in self._months()}  # noqa: C416  a mapping reads better here
        for day in days_of(self.year):
            month = boxes[day.month]
            line = month.height() / (_WEEKS + 2)
            offset = (day.replace(day=1).weekday() - first_weekday) % 7
            at = offset + day.day - 1
            width = month.width() / 7
            self._boxes[day] = QRectF(
                month.left() + (at % 7) * width, month.top() + (2 + at // 7) * line, width, line
            ).adjusted(0.5, 0.5, -0.5, -0.5)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the twelve months."""
        self._lay_out()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._surroundings.tokens
        painter.fillRect(self.rect(), QColor(tokens.surface))
        small = self._small()
        for month, box in self._months():
            self._paint_head(painter, month, box, small)
        painter.setFont(small)
        start, finish = self.span
        for day, box in self._boxes.items():
            self._paint_day(painter, day, box)
            if start <= day <= finish and (start != finish or self.hasFocus()):
                painter.setPen(QPen(QColor(tokens.accent), 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(0.8, 0.8, -0.8, -0.8))
        if self.hasFocus() and self.day in self._boxes:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._boxes[self.day].adjusted(-1, -1, 1, 1), 3, 3)

    def _small(self) -> QFont:
        font = theme.font_of("caption", self._surroundings.font)
        box = next(iter(self._boxes.values()))
        metrics = QFontMetricsF(font)
        fits = min(1.0, box.height() / metrics.height(), box.width() / metrics.horizontalAdvance("000"))
        font.setPointSizeF(max(6.5, font.pointSizeF() * fits))
        return font

    def _paint_head(self, painter: QPainter, month: int, box: QRectF, small: QFont) -> None:
        tokens, language = self._surroundings.tokens, self._surroundings.language
        line = box.height() / (_WEEKS + 2)
        painter.setFont(theme.font_of("strong", self._surroundings.font))
        painter.setPen(QColor(tokens.text))
        name = language.locale.months["stand-alone"]["wide"][month]
        title = QRectF(box.left(), box.top(), box.width(), line)
        painter.drawText(title, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name.capitalize())
        painter.setFont(small)
        painter.setPen(QColor(tokens.text_muted))
        width = box.width() / 7
        for at in range(7):
            weekday = (language.first_weekday + at) % 7
            letter = language.locale.days["stand-alone"]["narrow"][weekday]
            place = QRectF(box.left() + at * width, box.top() + line, width, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_day(self, painter: QPainter, day: date, box: QRectF) -> None:
        look = self._look(day)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.ground))
        painter.drawRoundedRect(box, 2, 2)
        painter.setPen(QColor(look.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if day == self._today:
            painter.setPen(QPen(QColor(self._surroundings.tokens.text), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
        if self._days is not None and self._days.year == self.year:
            self._paint_signs(painter, day, box, self._days)

    def _paint_signs(self, painter: QPainter, day: date, box: QRectF, days: YearDays) -> None:
        """Paint what does not lean on colour: a dot for a holiday, lines for marked days."""
        tokens = self._surroundings.tokens
        kinds = {span.kind for span in days.spans_on(day)}
        if day in days.holidays:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.danger))
            painter.drawEllipse(QPointF(box.right() - 3.5, box.top() + 3.5), 1.9, 1.9)
        low = box.bottom() - 1.2
        if SpanKind.FREEZE in kinds:
            painter.setPen(QPen(QColor(tokens.information), 2))
            painter.drawLine(QPointF(box.left(), low), QPointF(box.right(), low))
        if SpanKind.CLOSED in kinds:
            painter.setPen(QPen(QColor(tokens.warning), 1.4))
            painter.drawLine(box.bottomLeft() + QPointF(2, -2), box.topRight() + QPointF(-2, 2))
        if SpanKind.WORKING in kinds:
            painter.setPen(QPen(QColor(tokens.success), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 2, 2)

    def _look(self, day: date) -> _Look:
        tokens, days = self._surroundings.tokens, self._days
        if days is None or days.year != self.year:
            return _Look(tokens.surface, tokens.text_muted)
        kinds = {span.kind for span in days.spans_on(day)}
        if SpanKind.WORKING in kinds and day in days.working:
            return _Look(tokens.success_soft, tokens.success)
        if SpanKind.CLOSED in kinds:
            return _Look(tokens.warning_soft, tokens.warning)
        if day in days.holidays:
            return _Look(tokens.danger_soft, tokens.danger)
        if SpanKind.FREEZE in kinds:
            return _Look(tokens.information_soft, tokens.information)
        return _Look(tokens.surface, tokens.text) if day in days.working else _Look(tokens.sunken, tokens.text_muted)

    # Mouse and keys

    def day_at(self, where: QPointF) -> date | None:
        """Return the day at a point; None beside all of them."""
        self._lay_out()
        return next((day for day, box in self._boxes.items() if box.contains(where)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a day; with Shift, all days up to it."""
        day = self.day_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or day is None:
            return
        self._tip.hide()
        self._go(day, extends=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose more days while the button is held."""
        self._tip.hide()
        day = self.day_at(event.position())
        if event.buttons() & Qt.MouseButton.LeftButton and day is not None and day != self.day:
            self._go(day, extends=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go on to mark a day that is clicked twice."""
        if self.day_at(event.position()) is not None:
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk day by day and week by week, with Shift choosing; Page keys go by months, Enter goes on to mark."""
        key, extends = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._go(self.day + timedelta(days=_STEPS[key]), extends=extends)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            there = QDate(self.day.year, self.day.month, self.day.day).addMonths(-1 if key == Qt.Key.Key_PageUp else 1)
            self._go(date(there.year(), there.month(), there.day()), extends=extends)
        elif key == Qt.Key.Key_Home:
            self._go(self.day.replace(day=1), extends=extends)
        elif key == Qt.Key.Key_End:
            last = QDate(self.day.year, self.day.month, 1).daysInMonth()
            self._go(self.day.replace(day=last), extends=extends)
        elif key == Qt.Key.Key_Escape and self._anchor != self.day:
            self._go(self.day, extends=False)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _go(self, day: date, *, extends: bool) -> None:
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            return
        anchor = self._anchor if extends else day
        if day.year != self.year:
            self.turned.emit(day.year)
        self.day, self._anchor = day, anchor
        self._told()

    def _told(self) -> None:
        self._describe()
        self.update()
        self.chosen.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where one is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show just what is chosen."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell, as plain text, what a day is."""
        if isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            if day is None:
                self._tip.hide()
            else:
                self._show_tip(event.globalPos(), day)
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide a tip once the pointer leaves."""
        self._tip.hide()
        super().leaveEvent(event)

    def _show_tip(self, where: QPoint, day: date) -> None:
        self._tip.show_at(where, self._surroundings.language.date(day, width="full"), tuple(self.words_of(day)))

    def words_of(self, day: date) -> list[str]:
        """Return what a day is, in lines."""
        language, days = self._surroundings.language, self._days
        if days is None or days.year != day.year:
            return []
        lines = [language.gettext(N_("Working day") if day in days.working else N_("No work"))]
        if day in days.holidays:
            lines.append(days.holidays[day])
        for span in days.spans_on(day):
            word = language.gettext(SPAN_WORDS[span.kind])
            if span.name:
                word = language.gettext(N_("{name}: {value}")).format(name=word, value=span.name)
            lines.append(word)
        return lines

    def _describe(self) -> None:
        """Say where one is to those who cannot see it."""
        language = self._surroundings.language
        start, finish = self.span
        text = ", ".join((language.date(self.day, width="full"), *self.words_of(self.day)))
        if start != finish:
            chosen = language.gettext(N_("{start} to {finish}")).format(
                start=language.date(start), finish=language.date(finish)
            )
            text = f"{text}; {chosen}"
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
