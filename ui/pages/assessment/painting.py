"""How cells of the heatmap are painted: colour and number, a sign for every state, marks for doubt, age and target.

Pictures of cells are kept by what they look like, so that scrolling paints pictures and nothing else. No meaning rests
on colour alone: scores carry their number, states their own sign and pattern, differences an arrow.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from planner.domain.assessment import AnswerState
from ui import theme
from ui.contrast import text_on
from ui.pages.assessment.faces import Face
from ui.theme import Tokens

CELL_WIDTH: Final = 46
CELL_HEIGHT: Final = 30
_GAP: Final = 1.0
_MOST_KEPT: Final = 2_000
_STRONGEST: Final = 0.75
"""The share of full colour that the largest difference wears, so that its text stays readable."""


class CellPainter:
    """Paints faces in one theme and font, at one pixel ratio."""

    def __init__(self, tokens: Tokens, font: QFont, ratio: float) -> None:
        self._tokens = tokens
        self._ratio = ratio
        self._font = theme.font_of("caption", font)
        self._strong = QFont(self._font)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._kept: dict[Face, QPixmap] = {}

    def picture(self, face: Face) -> QPixmap:
        """Return the picture of a cell that looks like `face`."""
        found = self._kept.get(face)
        if found is None:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            size = QSize(round(CELL_WIDTH * self._ratio), round(CELL_HEIGHT * self._ratio))
            found = QPixmap(size)
            found.setDevicePixelRatio(self._ratio)
            found.fill(QColor(self._tokens.surface))
            painter = QPainter(found)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            self._paint(painter, face, QRectF(0, 0, CELL_WIDTH - _GAP, CELL_HEIGHT - _GAP))
            painter.end()
            self._kept[face] = found
        return found

    def ground_of(self, face: Face) -> str:
        """Return the colour a cell is filled with."""
        tokens = self._tokens
        if face.difference is not None:
            if abs(face.difference) < 0.005:
                return tokens.sunken
            colour = tokens.higher if face.difference > 0 else tokens.lower
            return theme.mixed(colour, tokens.surface, 0.18 + (_STRONGEST - 0.18) * min(1.0, abs(face.difference)))
        if face.share is not None:
            return shade(face.share, tokens)
        return tokens.sunken if face.rolled else tokens.surface

    def _paint(self, painter: QPainter, face: Face, place: QRectF) -> None:
        ground = self.ground_of(face)
        painter.fillRect(place, QColor(ground))
        ink = QColor(text_on(ground))
        if face.rolled and face.share is None and face.difference is None:
            self._text(painter, place, "\N{EN DASH}", QColor(self._tokens.text_muted), strong=False)
            return
        self._paint_state(painter, face, place, ink)
        if face.text and face.state is not AnswerState.DECLINED:
            self._text(painter, place, face.text, ink, strong=face.rolled)
        elif face.text:
            self._text(painter, place.adjusted(14, 0, 0, 0), face.text, ink, strong=False)
        if face.doubtful and face.text:
            self._paint_doubt(painter, place, ink)
        if face.stale:
            self._paint_age(painter, place, ink)
        if face.target is not None:
            self._paint_target(painter, place, face, ink)

    def _text(self, painter: QPainter, place: QRectF, text: str, ink: QColor, *, strong: bool) -> None:
        painter.setFont(self._strong if strong else self._font)
        painter.setPen(ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_state(self, painter: QPainter, face: Face, place: QRectF, ink: QColor) -> None:
        muted = QColor(self._tokens.text_muted)
        middle = place.center()
        if face.state is AnswerState.UNANSWERED:
            painter.setPen(QPen(QColor(self._tokens.border_strong), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(3.5, 3.5, -3.5, -3.5))
        elif face.state is AnswerState.NOT_APPLICABLE:
            painter.fillRect(place, QBrush(QColor(self._tokens.border_strong), Qt.BrushStyle.BDiagPattern))
            box = QRectF(middle.x() - 9, middle.y() - 7, 18, 14)
            painter.fillRect(box, QColor(self._tokens.surface))
            painter.setPen(QPen(muted, 2))
            painter.drawLine(QPointF(middle.x() - 5, middle.y()), QPointF(middle.x() + 5, middle.y()))
        elif face.state is AnswerState.OUTSIDE_OUR_CONTROL:
            painter.fillRect(place, QBrush(QColor(self._tokens.border_strong), Qt.BrushStyle.Dense7Pattern))
            box = QRectF(middle.x() - 9, middle.y() - 8, 18, 16)
            painter.fillRect(box, QColor(self._tokens.surface))
            painter.setPen(QPen(muted, 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline([middle + QPointF(x, y) for x, y in ((0, -4), (-5, -4), (-5, 5), (4, 5), (4, 1))])
            painter.drawLine(middle + QPointF(-1, 1), middle + QPointF(6, -6))
            painter.drawPolyline([middle + QPointF(x, y) for x, y in ((2, -6), (6, -6), (6, -2))])
        elif face.state is AnswerState.DECLINED:
            painter.setPen(QPen(ink, 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            centre = QPointF(place.left() + 11, middle.y())
            painter.drawEllipse(centre, 5.5, 5.5)
            painter.drawLine(centre + QPointF(-3.8, 3.8), centre + QPointF(3.8, -3.8))

    def _paint_doubt(self, painter: QPainter, place: QRectF, ink: QColor) -> None:
        pen = QPen(ink, 1.4)
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1.5, 1.8])
        painter.setPen(pen)
        line = place.center().y() + 8
        painter.drawLine(QPointF(place.center().x() - 9, line), QPointF(place.center().x() + 9, line))

    def _paint_age(self, painter: QPainter, place: QRectF, ink: QColor) -> None:
        centre = QPointF(place.right() - 6.5, place.top() + 6.5)
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 4, 4)
        painter.drawPolyline([centre + QPointF(0, -2.4), centre, centre + QPointF(1.8, 0.8)])

    def _paint_target(self, painter: QPainter, place: QRectF, face: Face, ink: QColor) -> None:
        at = place.left() + 4 + (place.width() - 8) * (face.target or 0.0)
        foot = place.bottom()
        notch = QPolygonF([QPointF(at - 4, foot), QPointF(at, foot - 6), QPointF(at + 4, foot)])
        painter.setPen(QPen(ink, 1.1))
        painter.setBrush(ink if face.met else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(notch)


def shade(share: float, tokens: Tokens) -> str:
    """Return the colour of a share from 0 to 1 on the sequential scale of the theme."""
    last = len(tokens.scale) - 1
    place = max(0.0, min(1.0, share)) * last
    low = min(int(place), last - 1)
    return theme.mixed(tokens.scale[low + 1], tokens.scale[low], place - low)
