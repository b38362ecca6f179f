"""How value streams look: the same strokes on the screen and in an exported picture.

Waits are hatched gaps, work stands in boxes; waste has a colour, a sign and its word, so that none of them is needed
to tell it.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from planner.domain.flow import Waste
from ui import assets, theme
from ui.contrast import text_on
from ui.diagram.painting import Dress
from ui.pages.flow.stream_layout import NAME_GAP, PAD, Band, LineHeights, Rung, Slot
from ui.pages.flow.stream_rows import StepCell

_SIGN: Final = 15
_WASTES: Final = tuple(Waste)
_RIBBON: Final = 14.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the keyboard is: a stream, one of its steps ("" for the stream itself)."""

    stream_id: str = ""
    step_id: str = ""


@dataclass(frozen=True, slots=True)
class Mood:
    """How things stand on the screen just now: the keyboard's spot while it is here, what is selected."""

    spot: Spot = Spot()
    selected: frozenset[str] = frozenset()
    focused: bool = False


RESTING: Final = Mood()


def waste_colour(tokens: theme.Tokens, waste: Waste) -> str:
    """Return the colour of a kind of waste; its sign and its word stand beside it."""
    return tokens.series[_WASTES.index(waste) % len(tokens.series)]


def waste_icon(waste: Waste) -> str:
    """Return the name of the sign of a kind of waste."""
    return f"waste-{waste.value}"


class StreamPainter:
    """Paints bands in one theme."""

    def __init__(self, dress: Dress, heights: LineHeights) -> None:
        self.dress = dress
        self.heights = heights
        self._tokens = dress.tokens

    def paint_band(self, painter: QPainter, band: Band, mood: Mood = RESTING) -> None:
        """Paint one stream."""
        self._paint_head(painter, band, mood)
        if not band.slots:
            return
        self._paint_ladder(painter, band)
        for step, slot in zip(band.row.steps, band.slots, strict=True):
            self._paint_gap(painter, step, slot)
        for step, slot in zip(band.row.steps, band.slots, strict=True):
            self._paint_box(painter, step, slot, mood)
            if step.hoped:
                self._paint_hoped(painter, step, slot)

    def _paint_head(self, painter: QPainter, band: Band, mood: Mood) -> None:
        tokens = self._tokens
        current = mood.spot == Spot(band.row.id)
        if band.row.id in mood.selected or (current and mood.focused):
            width = min(band.head.width(), QFontMetricsF(self.dress.title).horizontalAdvance(band.row.name) + 16)
            ground = QRectF(band.head.left() - 8, band.head.top() - 2, width, band.head.height() + 2)
            painter.setPen(QPen(QColor(tokens.focus), 2) if current and mood.focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection) if band.row.id in mood.selected else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, 4, 4)
        painter.setFont(self.dress.title)
        painter.setPen(QColor(tokens.text))
        self._line(painter, band.row.name, band.head)
        left = band.figures.left()
        for figure in band.row.figures:
            for text, font, colour in (
                (figure.title, self.dress.caption, tokens.text_muted),
                (figure.value, self.dress.region, tokens.text),
                (f"\N{RIGHTWARDS ARROW} {figure.after}" if figure.after else "", self.dress.region, tokens.success),
            ):
                if text:
                    painter.setFont(font)
                    painter.setPen(QColor(colour))
                    width = QFontMetricsF(font).horizontalAdvance(text)
                    place = QRectF(left, band.figures.top() - 3, width + 4, band.figures.height() + 6)
                    painter.drawText(place, _LEFT, text)
                    left += width + 6
            left += 18

    def _paint_gap(self, painter: QPainter, step: StepCell, slot: Slot) -> None:
        tokens, middle = self._tokens, slot.box.top() + slot.box.height() * 0.42
        colour = QColor(tokens.lower)
        if step.wait_hours > 0:
            ribbon = QRectF(slot.gap.left() + 3, middle - _RIBBON / 2, slot.gap.width() - 13, _RIBBON)
            painter.setPen(QPen(colour, 1))
            painter.setBrush(QColor(theme.mixed(tokens.lower, tokens.surface, 0.14)))
            painter.drawRect(ribbon)
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.drawRect(ribbon)
        else:
            colour = QColor(tokens.border_strong)
            painter.setPen(QPen(colour, 1.4))
            painter.drawLine(QPointF(slot.gap.left() + 3, middle), QPointF(slot.gap.right() - 10, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        tip = slot.gap.right() - 2
        painter.drawPolygon(
            QPolygonF([QPointF(tip - 9, middle - 8), QPointF(tip, middle), QPointF(tip - 9, middle + 8)])
        )
        painter.setFont(self.dress.region)
        painter.setPen(QColor(tokens.text))
        width = QFontMetricsF(self.dress.region).horizontalAdvance(step.wait)
        if width <= slot.gap.width() - 2:
            place = QRectF(slot.gap.left(), middle - _RIBBON / 2 - self.heights.name - 3, slot.gap.width() - 8,
                           self.heights.name)  # fmt: skip
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, step.wait)

    def _paint_box(self, painter: QPainter, step: StepCell, slot: Slot, mood: Mood) -> None:
        tokens, box = self._tokens, slot.box
        selected = step.id in mood.selected
        current = mood.spot.step_id == step.id and mood.focused
        painter.setPen(QPen(QColor(tokens.focus if current else tokens.border_strong), 2.4 if current else 1))
        painter.setBrush(QColor(tokens.selection if selected else tokens.raised))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        ink = QColor(tokens.selection_text if selected else tokens.text)
        quiet = QColor(tokens.selection_text if selected else tokens.text_muted)
        inside = box.adjusted(PAD, PAD, -PAD, -PAD)
        top = inside.top()
        for line in self.dress.lines(step.name, self.dress.name, inside.width(), 2):
            self._words(painter, line, QRectF(inside.left(), top, inside.width(), self.heights.name),
                        self.dress.name, ink)  # fmt: skip
            top += self.heights.name
        top = inside.top() + 2 * self.heights.name + NAME_GAP
        place = QRectF(inside.left(), top, inside.width(), self.heights.name)
        self._icon(painter, "clock", quiet, place)
        value = QColor(tokens.success if step.improved and not selected else ink)
        self._words(painter, step.process, place.adjusted(_SIGN + 6, 0, 0, 0), self.dress.region, value)
        self._paint_visibility(painter, step, place, quiet)
        top += self.heights.name + 5
        self._paint_accurate(painter, step, QRectF(inside.left(), top, inside.width(), self.heights.caption + 2), quiet)
        top += self.heights.caption + 7
        place = QRectF(inside.left(), top, inside.width(), self.heights.caption + 2)
        if step.teams:
            self._icon(painter, "team", quiet, place)
            for line in self.dress.lines(step.teams, self.dress.caption, place.width() - _SIGN - 6, 2):
                self._words(painter, line, place.adjusted(_SIGN + 6, 0, 0, 0), self.dress.caption, quiet)
                place.translate(0, self.heights.caption)
        if step.waste is not None:
            self._paint_waste(painter, step, box)

    def _paint_visibility(self, painter: QPainter, step: StepCell, place: QRectF, quiet: QColor) -> None:
        if step.visibility is None:
            return
        left = place.right() - 5 * 8
        self._icon(painter, "visible", quiet, QRectF(left - _SIGN - 5, place.top(), _SIGN, place.height()))
        for number in range(5):
            painter.setPen(QPen(quiet, 1.2))
            painter.setBrush(quiet if number < step.visibility else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + number * 8 + 3, place.center().y()), 2.4, 2.4)

    def _paint_accurate(self, painter: QPainter, step: StepCell, place: QRectF, quiet: QColor) -> None:
        tokens = self._tokens
        text = f"{step.accurate} C&A"
        width = QFontMetricsF(self.dress.caption).horizontalAdvance(text) + 8
        groove = QRectF(place.left(), place.center().y() - 3, place.width() - width, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.border))
        painter.drawRoundedRect(groove, 3, 3)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(QRectF(groove.left(), groove.top(), groove.width() * step.accurate_share, 6), 3, 3)
        self._words(painter, text, place, self.dress.caption, quiet, Qt.AlignmentFlag.AlignRight)

    def _paint_waste(self, painter: QPainter, step: StepCell, box: QRectF) -> None:
        if step.waste is None:
            return
        colour = waste_colour(self._tokens, step.waste)
        strip = QRectF(box.left() + 1, box.bottom() - self.heights.caption - 11, box.width() - 2,
                       self.heights.caption + 10)  # fmt: skip
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(strip, theme.RADIUS - 1, theme.RADIUS - 1)
        ink = QColor(text_on(colour))
        place = strip.adjusted(PAD - 1, 0, -6, 0)
        self._icon(painter, waste_icon(step.waste), ink, place)
        self._words(painter, step.waste_word, place.adjusted(_SIGN + 6, 0, 0, 0), self.dress.caption, ink)

    def _paint_hoped(self, painter: QPainter, step: StepCell, slot: Slot) -> None:
        tokens = self._tokens
        place = slot.hoped.adjusted(6, 0, -2, 0)
        pen = QPen(QColor(tokens.success), 1.2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.success_soft))
        painter.drawRoundedRect(place, 4, 4)
        top = place.top() + 3
        for line in self.dress.lines(step.hoped, self.dress.caption, place.width() - 12, 2):
            row = QRectF(place.left() + 6, top, place.width() - 12, self.heights.caption)
            self._words(painter, line, row, self.dress.caption, QColor(tokens.text))
            top += self.heights.caption

    def _paint_ladder(self, painter: QPainter, band: Band) -> None:
        tokens = self._tokens
        painter.setFont(self.dress.caption)
        for rung, following in itertools.zip_longest(band.rungs, band.rungs[1:]):
            high = rung.top + self.heights.caption + 5
            low = high + 16
            level = high if rung.is_wait else low
            colour = QColor(tokens.lower if rung.is_wait else tokens.higher)
            pen = QPen(colour, 3)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(rung.left, level), QPointF(rung.left + rung.width, level))
            painter.setPen(QPen(QColor(tokens.border_strong), 1))
            painter.drawLine(QPointF(rung.left, high), QPointF(rung.left, low))
            if following is None or following.top != rung.top:
                right = rung.left + rung.width
                painter.drawLine(QPointF(right, high), QPointF(right, low))
            self._paint_rung_words(painter, rung, level, colour)

    def _paint_rung_words(self, painter: QPainter, rung: Rung, level: float, colour: QColor) -> None:
        if QFontMetricsF(self.dress.caption).horizontalAdvance(rung.text) > rung.width:
            return
        painter.setPen(colour)
        top = level - self.heights.caption - 4 if rung.is_wait else level + 3
        painter.drawText(
            QRectF(rung.left, top, rung.width, self.heights.caption + 1), Qt.AlignmentFlag.AlignCenter, rung.text
        )

    def _icon(self, painter: QPainter, name: str, colour: QColor, place: QRectF) -> None:
        """Draw an icon at the left of a place, crisp at any zoom."""
        target = QRectF(place.left(), place.center().y() - _SIGN / 2, _SIGN, _SIGN)
        picture = assets.picture(name, colour.name(), 2 * _SIGN)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, picture, QRectF(picture.rect()))

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
        self._line(painter, text, place, side)

    def _line(
        self, painter: QPainter, text: str, place: QRectF, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, (side | Qt.AlignmentFlag.AlignVCenter).value | Qt.TextFlag.TextSingleLine.value, shown)


_LEFT: Final = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
