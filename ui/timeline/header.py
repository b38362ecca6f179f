"""The lines above the timeline: years over quarters down to months over weeks or days, by zoom, then the waves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from planner.charts import palette
from planner.charts.layout import Area, Lettering, header_shapes
from planner.charts.scene import Role
from planner.charts.time_axis import TimeAxis
from planner.charts.waves import GateState, WaveSpan, wave_at, wave_shapes
from planner.language import N_
from ui import theme
from ui.present.columns import day_text
from ui.surroundings import Surroundings
from ui.timeline.painter import ShapePainter
from ui.widgets.tip import Tip

HEADER_HEIGHT = 52
_WAVES_HEIGHT = 18


def header_size(font: QFont) -> float:
    """Return the font size of the time scales, and of labels in the timeline, in pixels."""
    return float(QFontInfo(theme.font_of("caption", font)).pixelSize())


_GATE_WORDS = {
    GateState.AHEAD: N_("Its gate is at the end"),
    GateState.PASSED: N_("Its gate is passed"),
    GateState.OVERDUE: N_("Its gate was to be passed by then and is not"),
}


class TimelineHeader(QWidget):
    """Paints the scales of an axis; the axis is the timeline's own, so both always agree."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._axis: TimeAxis | None = None
        self._today = date.min
        self._waves: Sequence[WaveSpan] = ()
        self._tip = Tip(self)
        self.setFixedHeight(HEADER_HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        surroundings.language_changed.connect(self._reword)
        surroundings.theme_changed.connect(self._repalette)
        self._repalette()
        self._reword()

    def show_axis(self, axis: TimeAxis, today: date, waves: Sequence[WaveSpan] = ()) -> None:
        """Show another stretch of time, and the waves in it."""
        self._axis, self._today, self._waves = axis, today, waves
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both lines, and today's point under them."""
        tokens = self._surroundings.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        if self._axis is not None:
            lettering = Lettering(header_size(self._surroundings.font), self._shapes.measure)
            scales = Area(left=0.0, top=0.0, right=float(self.width()), bottom=float(self._scales_height))
            self._shapes.paint(
                painter,
                header_shapes(self._axis, scales, lettering=lettering, language=self._surroundings.language),
            )
            if self._waves:
                band = Area(left=0.0, top=scales.bottom, right=scales.right, bottom=HEADER_HEIGHT - 1.0)
                self._shapes.paint(painter, wave_shapes(self._waves, self._axis, band, lettering=lettering))
            self._paint_today(painter, self._axis)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(tokens.border))
        painter.drawLine(0, HEADER_HEIGHT - 1, self.width(), HEADER_HEIGHT - 1)

    @property
    def _scales_height(self) -> int:
        return HEADER_HEIGHT - _WAVES_HEIGHT if self._waves else HEADER_HEIGHT

    def event(self, event: QEvent) -> bool:
        """Tell, as plain text, which wave the pointer is over."""
        if not isinstance(event, QHelpEvent):
            return super().event(event)
        wave = None
        if self._axis is not None and event.y() >= self._scales_height:
            wave = wave_at(self._waves, self._axis.day_at(event.x()))
        if wave is None:
            self._tip.hide()
        else:
            self._tip.show_at(event.globalPos(), wave.name, self._lines(wave))
        return True

    def leaveEvent(self, event: QEvent) -> None:
        """Hide a tip once the pointer leaves."""
        self._tip.hide()
        super().leaveEvent(event)

    @property
    def tip(self) -> Tip:
        """The tip beside the pointer."""
        return self._tip

    def _lines(self, wave: WaveSpan) -> tuple[str, ...]:
        language = self._surroundings.language
        start, finish = (day_text(day, language.code) for day in (wave.start, wave.finish))
        period = language.gettext(N_("{start} to {finish}")).format(start=start, finish=finish)
        return (period,) if wave.gate is None else (period, language.gettext(_GATE_WORDS[wave.gate]))

    def _paint_today(self, painter: QPainter, axis: TimeAxis) -> None:
        x = axis.x_middle(self._today)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours[Role.TODAY]))
        painter.drawEllipse(QRectF(x - 4, HEADER_HEIGHT - 9, 8, 8))

    def _repalette(self) -> None:
        self._colours = palette.DARK if self._surroundings.tokens.name == "dark" else palette.LIGHT
        self._shapes = ShapePainter(self._colours, theme.font_of("caption", self._surroundings.font))
        self.update()

    def _reword(self) -> None:
        self.setAccessibleName(self._surroundings.language.gettext(N_("Time scale")))
        self.update()
