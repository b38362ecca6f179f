"""The heads of the heatmap's rows and columns: names indented under their groups, slanted titles, bands over groups."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from ui import theme
from ui.pages.assessment.axes import Axis, Line
from ui.pages.assessment.geometry import BAND_HEIGHT, OVERHANG, TITLE_HEIGHT, Geometry
from ui.pages.assessment.painting import CELL_WIDTH
from ui.theme import Tokens

_ANGLE: Final = 50.0
_INDENT: Final = 14
_CHEVRON: Final = 14
_TITLE_LENGTH: Final = (TITLE_HEIGHT - 16) / math.sin(math.radians(_ANGLE))
_MOST_KEPT: Final = 1_000


class HeaderPainter:
    """Paints the heads of lines in one theme and font, at one pixel ratio."""

    def __init__(self, tokens: Tokens, font: QFont, ratio: float) -> None:
        self._tokens = tokens
        self._ratio = ratio
        self._font = theme.font_of("caption", font)
        self._body = theme.font_of("table", font)
        self._strong = QFont(self._body)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._bold = QFont(self._font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._titles: dict[tuple[str, bool], QPixmap] = {}

    def paint_name(self, painter: QPainter, line: Line, place: QRect, *, current: bool) -> None:
        """Paint the head of a row: its name, indented, with a chevron where it folds."""
        tokens = self._tokens
        painter.fillRect(
            place, QColor(tokens.selection if current else tokens.sunken if line.group else tokens.surface)
        )
        ink = QColor(tokens.selection_text if current else tokens.text)
        left = place.left() + theme.SPACE_S + line.depth * _INDENT
        if line.group:
            paint_chevron(painter, QPointF(left + 5, place.center().y() + 0.5), ink, folded=line.folded)
        painter.setFont(self._strong if line.group else self._body)
        painter.setPen(ink)
        left += _CHEVRON
        inside = QRect(left, place.top(), max(0, place.right() - left - theme.SPACE_XS), place.height())
        text = painter.fontMetrics().elidedText(_on_one_line(line.name), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)
        painter.setPen(QColor(tokens.border))
        painter.drawLine(place.bottomLeft(), place.bottomRight())

    def paint_title(self, painter: QPainter, line: Line, x: int, *, current: bool) -> None:
        """Paint the slanted title over a column whose left edge is at `x`."""
        picture = self._title(line)
        painter.drawPixmap(QPointF(x, 0), picture)
        if line.group:
            place = QPointF(x + CELL_WIDTH / 2, TITLE_HEIGHT - 7)
            paint_chevron(painter, place, QColor(self._tokens.text_muted), folded=line.folded)
        if current:
            painter.fillRect(QRect(x, TITLE_HEIGHT - 2, CELL_WIDTH - 1, 2), QColor(self._tokens.focus))

    def paint_bands(self, painter: QPainter, axis: Axis, levels: tuple[int, ...], geometry: Geometry) -> None:
        """Paint a band over the columns of every group, its name kept in view while any of them is."""
        tokens = self._tokens
        painter.setFont(self._bold)
        seen = geometry.columns_seen()
        for number, level in enumerate(levels):
            top = TITLE_HEIGHT + number * BAND_HEIGHT
            for at, line in enumerate(axis.lines):
                if not line.group or line.folded or line.depth != level or line.end <= seen.start or at >= seen.stop:
                    continue
                left, right = geometry.x_of(at), geometry.x_of(line.end) - 1
                painter.fillRect(QRect(left, top, right - left, BAND_HEIGHT - 1), QColor(tokens.sunken))
                inside = QRect(max(left, geometry.names), top, 0, BAND_HEIGHT - 1)
                inside.setRight(right)
                inside.adjust(theme.SPACE_XS, 0, -2, 0)
                text = painter.fontMetrics().elidedText(
                    _on_one_line(line.name), Qt.TextElideMode.ElideRight, max(0, inside.width())
                )
                painter.setPen(QColor(tokens.text_muted))
                painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)

    def paint_corner(self, painter: QPainter, place: QRect, lines: tuple[str, ...]) -> None:
        """Paint what the numbers are, in the corner over the names."""
        painter.fillRect(place, QColor(self._tokens.surface))
        height = QFontMetricsF(self._font).height() + 2
        top = place.bottom() - theme.SPACE_XS - height * len(lines)
        for number, text in enumerate(lines):
            painter.setFont(self._bold if not number else self._font)
            painter.setPen(QColor(self._tokens.text if not number else self._tokens.text_muted))
            row = QRectF(place.left() + theme.SPACE_M, top + number * height, place.width() - theme.SPACE_L, height)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(row.width()))
            painter.drawText(row, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)

    def _title(self, line: Line) -> QPixmap:
        key = (line.name, line.group)
        found = self._titles.get(key)
        if found is None:
            if len(self._titles) > _MOST_KEPT:
                self._titles.clear()
            size = QSize(round((CELL_WIDTH + OVERHANG + 20) * self._ratio), round(TITLE_HEIGHT * self._ratio))
            found = QPixmap(size)
            found.setDevicePixelRatio(self._ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            self._paint_slanted(painter, line)
            painter.end()
            self._titles[key] = found
        return found

    def _paint_slanted(self, painter: QPainter, line: Line) -> None:
        font = self._bold if line.group else self._font
        metrics = QFontMetricsF(font)
        lines = wrapped(_on_one_line(line.name), metrics, _TITLE_LENGTH)
        painter.setFont(font)
        painter.setPen(QColor(self._tokens.text))
        painter.translate(CELL_WIDTH / 2 + 2, TITLE_HEIGHT - 14)
        painter.rotate(-_ANGLE)
        height = metrics.height() - 1
        top = -height * len(lines) / 2 + 1
        for number, text in enumerate(lines):
            place = QRectF(0, top + number * height, _TITLE_LENGTH + 4, height)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)


def paint_chevron(painter: QPainter, middle: QPointF, ink: QColor, *, folded: bool) -> None:
    """Paint the sign of a group: pointing right when folded, down when not."""
    painter.save()
    pen = QPen(ink, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    steps = ((-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0)) if folded else ((-4.0, -2.0), (0.0, 2.0), (4.0, -2.0))
    painter.drawPolyline([middle + QPointF(x, y) for x, y in steps])
    painter.restore()


def wrapped(text: str, metrics: QFontMetricsF, width: float) -> tuple[str, ...]:
    """Return `text` on one line, or on two broken between words, the last ending in dots where it is too long."""
    if metrics.horizontalAdvance(text) <= width:
        return (text,)
    words = text.split(" ")
    taken = 1
    while taken < len(words) and metrics.horizontalAdvance(" ".join(words[: taken + 1])) <= width:
        taken += 1
    first, rest = " ".join(words[:taken]), " ".join(words[taken:])
    first = metrics.elidedText(first, Qt.TextElideMode.ElideRight, width)
    return (first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)) if rest else (first,)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def chevron_reach(line: Line) -> int:
    """Return how far from the left edge a click on the head of a group folds it, in pixels."""
    return theme.SPACE_S + line.depth * _INDENT + _CHEVRON
