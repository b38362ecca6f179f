"""The delivery metrics as small multiples on screen: walked through by keyboard, names and titles always in view."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from planner.analysis.delivery import Subject
from planner.domain.flow import DeliveryMetric
from planner.language import Language
from planner.words import METRIC_WORDS
from ui.actions import plain_tip
from ui.diagram.painting import Dress
from ui.pages.flow.metric_painting import ChartPainter
from ui.pages.flow.metric_rows import METRICS, MetricRow, MetricSheet, unit_word
from ui.surroundings import Surroundings

_NAMES: Final = 148
_NARROWEST: Final = 196
_LINES_OF_TITLES: Final = 3
_ARROWS: Final = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Home: (0, -9), Qt.Key.Key_End: (0, 9), Qt.Key.Key_PageUp: (-4, 0), Qt.Key.Key_PageDown: (4, 0),
}  # fmt: skip


class MetricGrid(QAbstractScrollArea):
    """Shows the sheet; `current_changed` when the keyboard is on another chart, `activated` by Return or double click."""

    current_changed = Signal()
    activated = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sheet = MetricSheet(rows=(), first=date.min, last=date.min)
        self._subject: Subject | None = None
        self._column = 0
        self._titles: tuple[list[str], ...] = ()
        self._dress = Dress(surroundings.tokens, surroundings.font)
        self._painter = ChartPainter(self._dress, surroundings.language, date.min, date.min)
        surroundings.theme_changed.connect(self._wear)

    # What is shown

    def show_sheet(self, sheet: MetricSheet) -> None:
        """Show other rows, or the same ones as they are now; the keyboard stays where it can."""
        before, at = self.current, self.row_number
        self.sheet = sheet
        self._wear()
        if self.row_number < 0:
            self._subject = sheet.rows[min(max(0, at), len(sheet.rows) - 1)].subject if sheet.rows else None
        self._set_bars()
        self._tell()
        if self.current != before:
            self.current_changed.emit()

    @property
    def current(self) -> tuple[Subject, DeliveryMetric] | None:
        """The subject and the metric the keyboard is on."""
        return None if self._subject is None else (self._subject, METRICS[self._column])

    @property
    def row_number(self) -> int:
        """The number of the row the keyboard is on; -1 where it is on none."""
        return next((n for n, row in enumerate(self.sheet.rows) if row.subject == self._subject), -1)

    @property
    def language(self) -> Language:
        """The language of the screen."""
        return self._surroundings.language

    def go_to(self, subject: Subject, metric: DeliveryMetric) -> bool:
        """Put the keyboard on a chart and bring it into view; return whether it is shown."""
        if all(row.subject != subject for row in self.sheet.rows):
            return False
        self._subject, self._column = subject, METRICS.index(metric)
        self._bring_into_view()
        self._tell()
        self.current_changed.emit()
        return True

    def current_description(self) -> str:
        """Return in words what the keyboard is on."""
        row = self._row()
        return "" if row is None else row.charts[self._column].description

    def _row(self) -> MetricRow | None:
        number = self.row_number
        return self.sheet.rows[number] if number >= 0 else None

    # Places

    @property
    def _head(self) -> int:
        lines = max(map(len, self._titles), default=1)
        title, caption = (QFontMetricsF(font).height() for font in (self._dress.region, self._dress.caption))
        return int(lines * title + caption + 14)

    @property
    def _column_width(self) -> float:
        return max(_NARROWEST, (self.viewport().width() - _NAMES) / len(METRICS))

    def chart_place(self, row: int, column: int) -> QRectF:
        """Return where a chart is on the viewport."""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        width, height = self._column_width, self._painter.height
        return QRectF(_NAMES + column * width - across, self._head + row * height - down, width, height)

    def _at(self, place: QPointF) -> tuple[int, int] | None:
        down = place.y() - self._head + self.verticalScrollBar().value()
        across = place.x() - _NAMES + self.horizontalScrollBar().value()
        row, column = int(down // self._painter.height), int(across // self._column_width)
        if place.y() < self._head or not 0 <= row < len(self.sheet.rows):
            return None
        return row, min(len(METRICS) - 1, max(0, column))

    def _set_bars(self) -> None:
        room, width = self.viewport(), _NAMES + self._column_width * len(METRICS)
        height = self._head + self._painter.height * len(self.sheet.rows)
        for bar, length, seen in (
            (self.horizontalScrollBar(), width, room.width()),
            (self.verticalScrollBar(), height, room.height()),
        ):
            bar.setRange(0, max(0, round(length - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(40)

    def _bring_into_view(self) -> None:
        number = self.row_number
        if number < 0:
            return
        place, room = self.chart_place(number, self._column), self.viewport()
        for bar, low, high, first, last in (
            (self.horizontalScrollBar(), place.left(), place.right(), _NAMES, room.width()),
            (self.verticalScrollBar(), place.top(), place.bottom(), self._head, room.height()),
        ):
            if low < first or high - low > last - first:
                bar.setValue(bar.value() + int(low - first))
            elif high > last:
                bar.setValue(bar.value() + int(high - last) + 1)

    # Keyboard and mouse

    def event(self, event: QEvent) -> bool:
        """Claim the arrows before any shortcut of the window does; say the whole of a chart beside the pointer."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _ARROWS
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(QPointF(event.pos() - self.viewport().pos()))
            said = "" if at is None else self.sheet.rows[at[0]].charts[at[1]].description
            QToolTip.showText(event.globalPos(), plain_tip(said.replace(". ", "\n")))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from chart to chart."""
        way = _ARROWS.get(Qt.Key(event.key()))
        if (
            way is not None
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        ):
            self._walk(*way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, down: int, across: int) -> None:
        if self.sheet.rows:
            row = min(len(self.sheet.rows) - 1, max(0, self.row_number + down))
            column = min(len(METRICS) - 1, max(0, self._column + across))
            self.go_to(self.sheet.rows[row].subject, METRICS[column])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the keyboard on the chart pressed."""
        at = self._at(event.position())
        if at is not None:
            self.go_to(self.sheet.rows[at[0]].subject, METRICS[at[1]])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look into the chart."""
        if self._at(event.position()) is not None:
            self.activated.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, at the pointer or at the chart the keyboard is on."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.row_number >= 0:
            chart = self.chart_place(self.row_number, self._column)
            place = self.viewport().mapToGlobal(chart.center().toPoint())
        self.menu_asked.emit(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns the new width, and their titles as many lines as they need in it."""
        super().resizeEvent(event)
        self._break_titles()
        self._set_bars()

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Paint anew what is scrolled."""
        del across, down
        self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the charts in view, then names and titles over them."""
        painter = QPainter(self.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        tokens = self._surroundings.tokens
        painter.fillRect(event.rect(), QColor(tokens.surface))
        current = self.row_number
        for number, row in enumerate(self.sheet.rows):
            place = self.chart_place(number, 0)
            if place.bottom() < self._head or place.top() > self.viewport().height():
                continue
            for column, chart in enumerate(row.charts):
                place = self.chart_place(number, column)
                if place.right() < _NAMES or place.left() > self.viewport().width():
                    continue
                if (number, column) == (current, self._column):
                    self._paint_current(painter, place)
                self._painter.paint(painter, chart, place)
            line = int(self.chart_place(number, 0).bottom())
            painter.setPen(QColor(tokens.border))
            painter.drawLine(0, line, self.viewport().width(), line)
        self._paint_names(painter)
        self._paint_titles(painter)
        painter.end()

    def _paint_current(self, painter: QPainter, place: QRectF) -> None:
        tokens = self._surroundings.tokens
        painter.setPen(QPen(QColor(tokens.focus), 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), 4, 4)

    def _paint_names(self, painter: QPainter) -> None:
        tokens, dress = self._surroundings.tokens, self._dress
        painter.fillRect(QRectF(0, 0, _NAMES, self.viewport().height()), QColor(tokens.surface))
        height = QFontMetricsF(dress.name).height()
        for number, row in enumerate(self.sheet.rows):
            top = self.chart_place(number, 0).top() + 10
            painter.setFont(dress.name)
            painter.setPen(QColor(tokens.text))
            for line in dress.lines(row.name, dress.name, _NAMES - 24, 3):
                painter.drawText(QPointF(16, top + height * 0.8), line)
                top += height
            painter.setFont(dress.caption)
            painter.setPen(QColor(tokens.text_muted))
            painter.drawText(QPointF(16, top + height * 0.8), row.kind)
            line_at = int(self.chart_place(number, 0).bottom())
            painter.setPen(QColor(tokens.border))
            painter.drawLine(0, line_at, _NAMES, line_at)

    def _paint_titles(self, painter: QPainter) -> None:
        tokens, dress = self._surroundings.tokens, self._dress
        painter.fillRect(QRectF(0, 0, self.viewport().width(), self._head), QColor(tokens.surface))
        for column, metric in enumerate(METRICS):
            place = self.chart_place(0, column)
            if place.right() < _NAMES:
                continue
            # Titles of fewer lines stand lower, so that what is written beneath them is on one line.
            lines = self._titles[column]
            spare = (max(map(len, self._titles)) - len(lines)) * QFontMetricsF(dress.region).height()
            inside = QRectF(place.left() + 9, 6 + spare, place.width() - 14, self._head)
            painter.save()
            painter.setClipRect(QRectF(_NAMES, 0, self.viewport().width(), self._head))
            for text, font, colour in (
                *((line, dress.region, tokens.text) for line in lines),
                (unit_word(metric, self.language), dress.caption, tokens.text_muted),
            ):
                painter.setFont(font)
                painter.setPen(QColor(colour))
                shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
                painter.drawText(inside, Qt.TextFlag.TextSingleLine.value, shown)
                inside.setTop(inside.top() + QFontMetricsF(font).height())
            painter.restore()
        painter.setPen(QColor(tokens.border))
        painter.drawLine(0, self._head - 1, self.viewport().width(), self._head - 1)

    def _wear(self) -> None:
        self._dress = Dress(self._surroundings.tokens, self._surroundings.font)
        self._painter = ChartPainter(self._dress, self.language, self.sheet.first, self.sheet.last)
        self._break_titles()
        self.viewport().update()

    def _break_titles(self) -> None:
        dress, width = self._dress, self._column_width - 14
        self._titles = tuple(
            dress.lines(self.language.gettext(METRIC_WORDS[metric]), dress.region, width, _LINES_OF_TITLES)
            for metric in METRICS
        )

    def _tell(self) -> None:
        self.setAccessibleDescription(self.current_description())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.viewport().update()
