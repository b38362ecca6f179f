"""The two lines above the timeline: years over quarters, quarters over months, months over weeks or days, by zoom."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from planner.charts import palette
from planner.charts.layout import Area, Lettering, header_shapes
from planner.charts.scene import Role
from planner.charts.time_axis import TimeAxis
from planner.language import N_
from ui import theme
from ui.surroundings import Surroundings
from ui.timeline.painter import ShapePainter

HEADER_HEIGHT = 52


def header_size(font: QFont) -> float:
    """Return the font size of the time scales, and of labels in the timeline, in pixels."""
    return float(QFontInfo(theme.font_of("caption", font)).pixelSize())


class TimelineHeader(QWidget):
    """Paints the scales of an axis; the axis is the timeline's own, so both always agree."""

    def __init__(self, surroundings: Surroundings, parent: QWidget) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._axis: TimeAxis | None = None
        self._today = date.min
        self.setFixedHeight(HEADER_HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        surroundings.language_changed.connect(self._reword)
        surroundings.theme_changed.connect(self._repalette)
        self._repalette()
        self._reword()

    def show_axis(self, axis: TimeAxis, today: date) -> None:
        """Show another stretch of time."""
        self._axis, self._today = axis, today
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both lines, and today's point under them."""
        tokens = self._surroundings.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        if self._axis is not None:
            self._shapes.paint(
                painter,
                header_shapes(
                    self._axis,
                    Area(left=0.0, top=0.0, right=float(self.width()), bottom=float(HEADER_HEIGHT)),
                    lettering=Lettering(header_size(self._surroundings.font), self._shapes.measure),
                    language=self._surroundings.language,
                ),
            )
            self._paint_today(painter, self._axis)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(tokens.border))
        painter.drawLine(0, HEADER_HEIGHT - 1, self.width(), HEADER_HEIGHT - 1)

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
