"""How a delivery metric looks as a small chart: points and line over time, axes, median, and who was to move it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from planner.analysis.delivery import Direction
from planner.language import N_, Language
from ui import assets
from ui.diagram.painting import Dress
from ui.pages.flow.metric_rows import Chart

_PAD: Final = 9.0
_AXIS: Final = 52.0
_SIGN: Final = 14
_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120)
_ROOM_A_TICK: Final = 44.0
_LINE: Final = Qt.TextFlag.TextSingleLine.value


class ChartPainter:
    """Paints charts in one theme and one language, over one stretch of time."""

    def __init__(self, dress: Dress, language: Language, first: date, last: date) -> None:
        self._dress = dress
        self._tokens = dress.tokens
        self._language = language
        self._first, self._last = first, last
        self._head = QFontMetricsF(dress.region).height()
        self._small = QFontMetricsF(dress.caption).height()

    @property
    def height(self) -> float:
        """The height of one chart."""
        return self._head + 2 * self._small + 98

    def paint(self, painter: QPainter, chart: Chart, place: QRectF) -> None:
        """Paint one chart into a place."""
        inside = place.adjusted(_PAD, _PAD - 2, -_PAD, -_PAD + 3)
        if not chart.points and not chart.marks:
            painter.setFont(self._dress.caption)
            painter.setPen(QColor(self._tokens.text_muted))
            text = self._language.gettext(N_("nothing measured"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter.value | _LINE, text)
            return
        self._paint_head(painter, chart, QRectF(inside.left(), inside.top(), inside.width(), self._head))
        top = inside.top() + self._head + 2 + self._small + 4
        plot = QRectF(inside.left() + _AXIS, top, inside.width() - _AXIS, inside.bottom() - top - self._small - 4)
        self._paint_axes(painter, chart, plot)
        self._paint_marks(painter, chart, plot)
        self._paint_points(painter, chart, plot)

    def _paint_head(self, painter: QPainter, chart: Chart, place: QRectF) -> None:
        tokens = self._tokens
        self._words(painter, chart.last_text, place, self._dress.region, QColor(tokens.text))
        left = place.left() + QFontMetricsF(self._dress.region).horizontalAdvance(chart.last_text) + 8
        if chart.direction is not None:
            colour = QColor(
                {
                    Direction.BETTER: tokens.success,
                    Direction.WORSE: tokens.danger,
                    Direction.STEADY: tokens.text_muted,
                }[chart.direction]
            )
            sign = "steady" if chart.direction is Direction.STEADY else "rising" if chart.rises else "falling"
            picture = assets.picture(sign, colour.name(), 2 * _SIGN)
            painter.drawPixmap(
                QRectF(left, place.center().y() - _SIGN / 2, _SIGN, _SIGN), picture, QRectF(picture.rect())
            )
            beside = QRectF(left + _SIGN + 3, place.top(), place.right() - left - _SIGN - 3, place.height())
            self._words(painter, chart.direction_text, beside, self._dress.caption, colour)
        below = QRectF(place.left(), place.bottom() + 1, place.width(), self._small)
        self._words(painter, chart.median_text, below, self._dress.caption, QColor(tokens.text_muted))
        if chart.marks:
            taken = QFontMetricsF(self._dress.caption).horizontalAdvance(chart.median_text) + 10
            more = f" +{len(chart.marks) - 1}" if len(chart.marks) > 1 else ""
            colour = QColor(tokens.series[1])
            room = below.adjusted(taken + _SIGN + 3, 0, 0, 0)
            width = min(
                room.width(), QFontMetricsF(self._dress.caption).horizontalAdvance(chart.marks[0].name + more) + 2
            )
            words = QRectF(below.right() - width, below.top(), width, below.height())
            picture = assets.picture("finish", colour.name(), 2 * _SIGN)
            flag = QRectF(words.left() - _SIGN - 3, words.center().y() - _SIGN / 2, _SIGN, _SIGN)
            painter.drawPixmap(flag, picture, QRectF(picture.rect()))
            self._words(painter, chart.marks[0].name + more, words, self._dress.caption, colour)

    def _paint_axes(self, painter: QPainter, chart: Chart, plot: QRectF) -> None:
        tokens = self._tokens
        muted = QColor(tokens.text_muted)
        for value, label in chart.ticks:
            y = self._down(chart, plot, value)
            painter.setPen(QPen(QColor(tokens.border_strong if value == 0 else tokens.border), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            row = QRectF(plot.left() - _AXIS, y - self._small / 2, _AXIS - 5, self._small)
            self._words(painter, label, row, self._dress.caption, muted, Qt.AlignmentFlag.AlignRight)
        painter.setFont(self._dress.caption)
        metrics, last_end = QFontMetricsF(self._dress.caption), -1e9
        for day, label in self._day_ticks(plot.width()):
            x = self._across(plot, day)
            painter.setPen(QPen(QColor(tokens.border_strong), 1))
            painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3))
            width = metrics.horizontalAdvance(label)
            left = min(max(plot.left() - 8, x - width / 2), plot.right() + 6 - width)
            if left > last_end + 5:
                painter.setPen(muted)
                painter.drawText(QRectF(left, plot.bottom() + 4, width + 2, self._small), _LINE, label)
                last_end = left + width

    def _paint_points(self, painter: QPainter, chart: Chart, plot: QRectF) -> None:
        tokens = self._tokens
        if chart.median is not None and len(chart.points) > 1:
            y = self._down(chart, plot, chart.median)
            painter.setPen(QPen(QColor(tokens.text_muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        colour = QColor(tokens.series[0])
        places = [QPointF(self._across(plot, day), self._down(chart, plot, value)) for day, value in chart.points]
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(QPen(QColor(tokens.surface), 1))
        painter.setBrush(colour)
        size = 3.4 if len(places) < 60 else 2.0
        for at in places:
            painter.drawEllipse(at, size, size)
        if places:
            painter.drawEllipse(places[-1], 4.4, 4.4)

    def _paint_marks(self, painter: QPainter, chart: Chart, plot: QRectF) -> None:
        tokens = self._tokens
        colour = QColor(tokens.series[1])
        for mark in chart.marks:
            x = self._across(plot, mark.day)
            painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            if mark.target is not None:
                y = self._down(chart, plot, mark.target)
                painter.setPen(QPen(colour, 1.6))
                painter.setBrush(QColor(tokens.surface))
                corners = [QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5), QPointF(x - 5, y)]
                painter.drawPolygon(QPolygonF(corners))

    def _across(self, plot: QRectF, day: date) -> float:
        days = max(1, (self._last - self._first).days)
        return plot.left() + 4 + (plot.width() - 10) * (day - self._first).days / days

    def _down(self, chart: Chart, plot: QRectF, value: float) -> float:
        return plot.bottom() - plot.height() * min(1.0, value / chart.top)

    def _day_ticks(self, width: float) -> Iterator[tuple[date, str]]:
        """Yield the first days of months, as many as there is room for, with their labels."""
        months = (self._last.year - self._first.year) * 12 + self._last.month - self._first.month + 1
        step = next((each for each in _MONTHS if months / each * _ROOM_A_TICK <= width), 240)
        at = self._first.year * 12 + self._first.month - 1
        at += -at % step
        for number in range(at, self._last.year * 12 + self._last.month, step):
            day = date(number // 12, number % 12 + 1, 1)
            if day >= self._first:
                shape = "y" if day.month == 1 else "MMM"
                yield day, self._language.skeleton(day, shape)

    def _words(
        self,
        painter: QPainter,
        text: str,
        place: QRectF,
        font: QFont,
        colour: QColor,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, (side | Qt.AlignmentFlag.AlignVCenter).value | _LINE, shown)
