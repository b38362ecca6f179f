"""Puts the plain shapes of `planner.charts` on the screen with QPainter, in the colours of a palette.

Pens, brushes, fonts and measured widths are kept, for the same few come back thousands of times in one scroll.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen, QPolygonF

from planner.charts.scene import (
    Anchor,
    Diamond,
    Polygon,
    Polyline,
    Rectangle,
    Role,
    Shape,
    Text,
    arrow_head,
)

_DASHES: Final = [3.0, 3.0]
_KEPT_WIDTHS: Final = 20_000


class ShapePainter:
    """Paints shapes with one palette and one family of fonts; sizes are pixels."""

    def __init__(self, colours: Mapping[Role, str], font: QFont, *, on_paper: bool = False) -> None:
        """Keep `colours` (role -> #rrggbb or #aarrggbb) and the family of `font`; `on_paper` keeps fractions of sizes."""
        self._on_paper = on_paper
        self._brushes = {role: QBrush(QColor(colour)) for role, colour in colours.items()}
        self._pens: dict[tuple[Role, float, bool], QPen] = {}
        self._font = QFont(font)
        self._fonts: dict[tuple[float, bool], QFont] = {}
        self._metrics: dict[tuple[float, bool], QFontMetricsF] = {}
        self._widths: dict[tuple[str, float, bool], float] = {}

    def measure(self, text: str, size: float, bold: bool) -> float:  # noqa: FBT001  the signature of charts.text.Measure
        """Return the width of `text` in pixels at font `size` in pixels."""
        key = (text, size, bold)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) > _KEPT_WIDTHS:
                self._widths.clear()
            if (size, bold) not in self._metrics:
                self._metrics[size, bold] = QFontMetricsF(self._font_of(size, bold=bold))
            width = self._metrics[size, bold].horizontalAdvance(text)
            self._widths[key] = width
        return width

    def brush(self, role: Role) -> QBrush:
        """Return the brush of a role."""
        return self._brushes[role]

    def paint(self, painter: QPainter, shapes: Iterable[Shape]) -> None:
        """Paint `shapes` in their order."""
        for shape in shapes:
            if isinstance(shape, Rectangle):
                self._paint_rectangle(painter, shape)
            elif isinstance(shape, Text):
                self._paint_text(painter, shape)
            elif isinstance(shape, Polyline):
                self._paint_polyline(painter, shape)
            elif isinstance(shape, Diamond):
                x, y, reach = shape.x, shape.y, shape.reach
                self._paint_outline(painter, shape, ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)))
            else:
                self._paint_outline(painter, shape, shape.points)

    def _paint_rectangle(self, painter: QPainter, shape: Rectangle) -> None:
        place = QRectF(shape.x, shape.y, shape.width, shape.height)
        if shape.line is None and not shape.radius and shape.fill is not None:
            painter.fillRect(place, self._brushes[shape.fill])
            return
        self._dress(painter, shape.fill, shape.line, shape.line_width, dashed=shape.dashed)
        if shape.radius:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.drawRoundedRect(place, shape.radius, shape.radius)
        else:
            painter.drawRect(place)

    def _paint_outline(
        self, painter: QPainter, shape: Diamond | Polygon, points: tuple[tuple[float, float], ...]
    ) -> None:
        self._dress(painter, shape.fill, shape.line, shape.line_width)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))

    def _paint_polyline(self, painter: QPainter, shape: Polyline) -> None:
        points = shape.points
        painter.setPen(self._pen(shape.line, shape.line_width, dashed=shape.dashed))
        # Lines along the axes are crisp without antialiasing, and links are made of nothing else.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if len(points) == 2:
            (x1, y1), (x2, y2) = points
            painter.drawLine(QLineF(x1, y1, x2, y2))
        else:
            painter.drawPolyline([QPointF(x, y) for x, y in points])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if shape.arrow and len(points) > 1:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._brushes[shape.line])
            painter.drawPolygon([QPointF(x, y) for x, y in arrow_head(points, shape.arrow)])

    def _paint_text(self, painter: QPainter, shape: Text) -> None:
        if not shape.text:
            return
        painter.setFont(self._font_of(shape.size, bold=shape.bold))
        painter.setPen(self._pen(shape.role, 1.0, dashed=False))
        left = shape.x
        if shape.anchor is not Anchor.START:
            width = self.measure(shape.text, shape.size, shape.bold)
            left -= width / 2 if shape.anchor is Anchor.MIDDLE else width
        painter.drawText(QPointF(left, shape.baseline), shape.text)

    def _dress(
        self, painter: QPainter, fill: Role | None, line: Role | None, line_width: float, *, dashed: bool = False
    ) -> None:
        if line is None:
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            painter.setPen(self._pen(line, line_width, dashed=dashed))
        if fill is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setBrush(self._brushes[fill])

    def _pen(self, role: Role, width: float, *, dashed: bool) -> QPen:
        key = (role, width, dashed)
        pen = self._pens.get(key)
        if pen is None:
            pen = QPen(self._brushes[role].color(), width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if dashed:
                pen.setDashPattern(_DASHES)
            self._pens[key] = pen
        return pen

    def _font_of(self, size: float, *, bold: bool) -> QFont:
        font = self._fonts.get((size, bold))
        if font is None:
            font = QFont(self._font)
            if self._on_paper:
                font.setPointSizeF(size * 72 / QGuiApplication.primaryScreen().logicalDotsPerInch())
            else:
                font.setPixelSize(max(1, round(size)))
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            self._fonts[size, bold] = font
        return font
