"""How the values of a diagram look in one theme: the same strokes for the screen and for exported pictures.

Painting takes a QPainter and values alone, so that a picture can be written on another thread. Nothing here knows of
views or items.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from ui import theme
from ui.diagram.routing import Route, corner_of, straight
from ui.diagram.values import Edge, Node, Region, Sample, Shape, Stroke, Symbol, Tone
from ui.theme import Tokens

_WIDTHS: Final = {Tone.QUIET: 1.3, Tone.PLAIN: 1.8, Tone.WARNING: 2.8, Tone.DANGER: 4.0}
_FILL_SHARE: Final = 0.16
_HALO_SHARE: Final = 0.45
_FADED: Final = 0.28
_ARROW: Final = 11.0
_SYMBOL: Final = 9.0
_DASHES: Final = (5.0, 3.0)
_DOTS: Final = (0.6, 2.4)
REGION_MARGIN: Final = 22.0
REGION_HEAD: Final = 26.0
_REGION_NAME: Final = 280.0
LEGEND_ROW: Final = 26.0
_SAMPLE_WIDTH: Final = 58.0


@dataclass(frozen=True, slots=True)
class Emphasis:
    """How a node or an edge stands on screen just now."""

    selected: bool = False
    current: bool = False
    hovered: bool = False


RESTING: Final = Emphasis()


class Dress:
    """The fonts and colours of one theme, with the texts already broken into lines."""

    def __init__(self, tokens: Tokens, font: QFont) -> None:
        self.tokens = tokens
        self.name = _pixels(font, 1.0, QFont.Weight.DemiBold)
        self.caption = _pixels(font, 0.86, QFont.Weight.Normal)
        self.region = _pixels(font, 0.95, QFont.Weight.DemiBold)
        self.title = _pixels(font, 1.45, QFont.Weight.DemiBold)
        self.name_height = QFontMetricsF(self.name).height()
        self.caption_height = QFontMetricsF(self.caption).height()
        self._lines: dict[tuple[str, str, float, int], list[str]] = {}

    def lines(self, text: str, font: QFont, width: float, most: int) -> list[str]:
        """Return `text` in at most `most` lines of `width`, the last one ending in dots where more would follow."""
        key = (text, font.key(), width, most)
        found = self._lines.get(key)
        if found is None:
            found = _broken(text, QFontMetricsF(font), width, most)
            self._lines[key] = found
        return found


def outline_of(node: Node, grown: float = 0.0) -> QPainterPath:
    """Return the outline of a node around (0, 0), `grown` on every side."""
    return _outline(node.shape, grown)


@functools.cache
def _outline(shape: Shape, grown: float) -> QPainterPath:
    node = Node(id="", text="", shape=shape)
    width, height = node.size
    box = QRectF(-width / 2, -height / 2, width, height).adjusted(-grown, -grown, grown, grown)
    path = QPainterPath()
    corner = corner_of(node) + grown
    if shape is Shape.OCTAGON:
        left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
        points = (
            (left + corner, top), (right - corner, top), (right, top + corner), (right, bottom - corner),
            (right - corner, bottom), (left + corner, bottom), (left, bottom - corner), (left, top + corner),
        )  # fmt: skip
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        path.closeSubpath()
    else:
        path.addRoundedRect(box, corner, corner)
    # A path finds out its box when first asked, and threads may ask at once.
    path.boundingRect()
    path.controlPointRect()
    return path


def path_of(route: Route) -> QPainterPath:
    """Return the curve of an edge."""
    path = QPainterPath(QPointF(*route.start))
    for at in range(1, len(route.points), 3):
        first, second, end = route.points[at : at + 3]
        path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
    return path


def around_nodes(region: Region, box: QRectF, dress: Dress) -> QRectF:
    """Return the area of a region around the box of its nodes, with room for its name."""
    needed = min(QFontMetricsF(dress.region).horizontalAdvance(region.text) + 26, _REGION_NAME)
    beside = max(REGION_MARGIN, (needed - box.width()) / 2)
    return box.adjusted(-beside, -REGION_MARGIN - REGION_HEAD, beside, REGION_MARGIN)


def paint_region(painter: QPainter, box: QRectF, dress: Dress) -> None:
    """Paint the area behind the nodes of one region."""
    painter.setPen(QPen(QColor(dress.tokens.border), 1))
    painter.setBrush(_region_ground(dress))
    painter.drawRoundedRect(box, 12, 12)


def paint_region_name(painter: QPainter, region: Region, box: QRectF, dress: Dress) -> None:
    """Paint the name of a region at its head, on a ground of its own so that edges do not cross it."""
    head = QRectF(box.left() + 12, box.top() + 2, box.width() - 24, REGION_HEAD)
    (line, *_rest) = dress.lines(region.text, dress.region, head.width(), 1) or [""]
    metrics = QFontMetricsF(dress.region)
    ground = QRectF(head.left() - 3, head.top() + 4, metrics.horizontalAdvance(line) + 6, REGION_HEAD - 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_region_ground(dress))
    painter.drawRoundedRect(ground, 3, 3)
    painter.setFont(dress.region)
    painter.setPen(QColor(dress.tokens.text_muted))
    painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)


def _region_ground(dress: Dress) -> QColor:
    return QColor(theme.mixed(dress.tokens.text_muted, dress.tokens.surface, 0.06))


def paint_node(
    painter: QPainter, node: Node, dress: Dress, emphasis: Emphasis = RESTING, *, line_width: float = 1.8
) -> None:
    """Paint a node around (0, 0)."""
    tokens = dress.tokens
    painter.setOpacity(1.0 if node.vivid or emphasis != RESTING else _FADED)
    line = QColor(tokens.text_muted if node.category is None else _series(tokens, node.category))
    fill = QColor(
        tokens.surface
        if node.category is None or node.shape is Shape.CARD
        else theme.mixed(_series(tokens, node.category), tokens.surface, _FILL_SHARE)
    )
    if emphasis.selected:
        fill = QColor(tokens.selection)
    if node.tone in (Tone.WARNING, Tone.DANGER):
        ring = QPen(_tone_colour(node.tone, tokens), line_width * 1.2, Qt.PenStyle.CustomDashLine)
        ring.setDashPattern([4, 3])
        painter.setPen(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline_of(node, 6))
    if emphasis.current:
        painter.setPen(QPen(QColor(tokens.focus), 2.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline_of(node, 10 if node.tone in (Tone.WARNING, Tone.DANGER) else 5))
    pen = QPen(
        QColor(tokens.accent) if emphasis.selected else line, line_width + 1.0 if emphasis.selected else line_width
    )
    if node.shape is Shape.PLAIN:
        pen.setDashPattern([3, 2.4])
    if node.shape is Shape.CARD and not emphasis.selected:
        pen = QPen(QColor(tokens.border_strong), 1.2)
    painter.setPen(pen)
    painter.setBrush(fill)
    painter.drawPath(outline_of(node))
    if node.shape is Shape.CARD:
        width, height = node.size
        painter.fillRect(QRectF(-width / 2 + 5, -height / 2 + 7, 6, height - 14), line)
    _paint_words(painter, node, dress, selected=emphasis.selected)
    if node.symbol is not Symbol.NONE:
        width, height = node.size
        paint_symbol(painter, node.symbol, QPointF(width / 2 - 6, -height / 2 + 4), dress)
    painter.setOpacity(1.0)


def _paint_words(painter: QPainter, node: Node, dress: Dress, *, selected: bool) -> None:
    width, height = node.size
    inset = 20.0 if node.shape is Shape.CARD else 10.0
    room = width - 2 * inset if node.shape is not Shape.BAR else width - 32
    name_height = dress.name_height
    caption_height = dress.caption_height if node.caption else 0.0
    most = max(1, int((height - 8 - caption_height) / name_height))
    lines = dress.lines(node.text, dress.name, room, most)
    captions = dress.lines(node.caption, dress.caption, room, 1)
    top = -(len(lines) * name_height + caption_height) / 2
    colour = QColor(dress.tokens.selection_text if selected else dress.tokens.text)
    side = Qt.AlignmentFlag.AlignLeft if node.shape is Shape.CARD else Qt.AlignmentFlag.AlignHCenter
    painter.setFont(dress.name)
    painter.setPen(colour)
    for line in lines:
        painter.drawText(QRectF(-room / 2, top, room, name_height), side | Qt.AlignmentFlag.AlignVCenter, line)
        top += name_height
    painter.setFont(dress.caption)
    painter.setPen(colour if selected else QColor(dress.tokens.text_muted))
    for line in captions:
        painter.drawText(QRectF(-room / 2, top, room, caption_height), side | Qt.AlignmentFlag.AlignVCenter, line)


def paint_edge(painter: QPainter, edge: Edge, route: Route, dress: Dress, emphasis: Emphasis = RESTING) -> None:
    """Paint an edge with its arrow head, its symbol and its text."""
    tokens = dress.tokens
    painter.setOpacity(1.0 if edge.vivid or emphasis != RESTING else _FADED)
    chosen = emphasis.selected or emphasis.current
    colour = QColor(tokens.accent) if chosen else _tone_colour(edge.tone, tokens)
    width = _WIDTHS[edge.tone] + (1.2 if chosen else 0.6 if emphasis.hovered else 0.0)
    if emphasis.current:
        halo = theme.mixed(tokens.focus, tokens.surface, _HALO_SHARE)
        painter.setPen(QPen(QColor(halo), width + 9, c=Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path_of(route))
    _paint_line(painter, edge, route, colour, width, tokens)
    _paint_arrow(painter, route, colour, width)
    if edge.symbol is not Symbol.NONE:
        paint_symbol(painter, edge.symbol, QPointF(*route.middle), dress)
    if edge.text:
        _paint_edge_text(painter, edge, route, dress)
    painter.setOpacity(1.0)


def _paint_line(painter: QPainter, edge: Edge, route: Route, colour: QColor, width: float, tokens: Tokens) -> None:
    path = path_of(route)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(colour, width, c=Qt.PenCapStyle.FlatCap)
    if edge.stroke is Stroke.DOUBLE:
        painter.setPen(QPen(colour, width * 2 + 2.4, c=Qt.PenCapStyle.FlatCap))
        painter.drawPath(path)
        painter.setPen(QPen(QColor(tokens.surface), 2.4, c=Qt.PenCapStyle.FlatCap))
        painter.drawPath(path)
        return
    if edge.stroke is Stroke.DASHED:
        pen.setDashPattern([length / max(1.0, width / 2) for length in _DASHES])
    elif edge.stroke is Stroke.DOTTED:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern(list(_DOTS))
        pen.setWidthF(width * 1.25)
    painter.setPen(pen)
    painter.drawPath(path)


def _paint_arrow(painter: QPainter, route: Route, colour: QColor, width: float) -> None:
    angle = route.direction(1.0)
    reach, spread = _ARROW + width, 0.42
    tip = QPointF(*route.end)
    head = [tip] + [
        tip - QPointF(math.cos(angle + turn) * reach, math.sin(angle + turn) * reach) for turn in (-spread, spread)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(head))


def _paint_edge_text(painter: QPainter, edge: Edge, route: Route, dress: Dress) -> None:
    x, y = route.middle
    metrics = QFontMetricsF(dress.caption)
    width = metrics.horizontalAdvance(edge.text) + 8
    box = QRectF(x - width / 2, y - metrics.height() / 2, width, metrics.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(dress.tokens.surface))
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(dress.caption)
    painter.setPen(QColor(dress.tokens.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, edge.text)


def paint_symbol(painter: QPainter, symbol: Symbol, place: QPointF, dress: Dress, size: float = _SYMBOL) -> None:
    """Paint a small sign around a place: its outline says what it is, its colour only how grave."""
    tokens = dress.tokens
    x, y = place.x(), place.y()
    tone = {Symbol.SLOW: Tone.WARNING, Symbol.LATE: Tone.WARNING}.get(symbol, Tone.DANGER)
    colour, ground = _tone_colour(tone, tokens), QColor(tokens.surface)
    painter.setPen(QPen(ground, 2))
    painter.setBrush(colour if symbol in (Symbol.STOP, Symbol.SLOW) else ground)
    inner = QPen(ground, 2, c=Qt.PenCapStyle.RoundCap)
    if symbol is Symbol.SLOW:
        painter.drawPolygon(
            QPolygonF(
                [QPointF(x, y - size * 1.1), QPointF(x + size * 1.1, y + size), QPointF(x - size * 1.1, y + size)]
            )
        )
        painter.setPen(inner)
        painter.drawLine(QPointF(x, y - size * 0.3), QPointF(x, y + size * 0.3))
        painter.drawPoint(QPointF(x, y + size * 0.66))
    elif symbol is Symbol.STOP:
        turns = [math.pi / 8 + math.pi / 4 * step for step in range(8)]
        painter.drawPolygon(
            QPolygonF([QPointF(x + math.cos(t) * size * 1.15, y + math.sin(t) * size * 1.15) for t in turns])
        )
        painter.setPen(inner)
        reach = size * 0.42
        painter.drawLine(QPointF(x - reach, y - reach), QPointF(x + reach, y + reach))
        painter.drawLine(QPointF(x - reach, y + reach), QPointF(x + reach, y - reach))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(place, size + 2, size + 2)
        painter.setPen(QPen(colour, 2, c=Qt.PenCapStyle.RoundCap))
        box = QRectF(x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7)
        if symbol is Symbol.LATE:
            painter.drawEllipse(box)
            painter.drawPolyline([QPointF(x, y - size * 0.5), place, QPointF(x + size * 0.4, y + size * 0.2)])
        else:
            painter.drawArc(box, 100 * 16, 140 * 16)
            painter.drawArc(box, -80 * 16, 140 * 16)


def sign(symbol: Symbol, dress: Dress, size: int) -> QPixmap:
    """Return a small sign as a picture, `size` pixels square, crisp on a screen of twice the density."""
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_symbol(painter, symbol, QPointF(size / 2, size / 2), dress, size=size * 0.42)
    painter.end()
    return pixmap


def paint_sample(painter: QPainter, sample: Sample, place: QRectF, dress: Dress) -> None:
    """Paint one line of a legend: what it looks like at the left, what it says at the right."""
    middle = place.center().y()
    painter.save()
    if sample.node is not None and sample.node.shape is Shape.CARD and sample.node.category is not None:
        swatch = QRectF(place.left() + _SAMPLE_WIDTH / 2 - 16, middle - 7, 32, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_series(dress.tokens, sample.node.category)))
        painter.drawRoundedRect(swatch, 3, 3)
    elif sample.node is not None:
        width, height = sample.node.size
        scale = min((_SAMPLE_WIDTH - 14) / width, (LEGEND_ROW - 8) / height)
        painter.translate(place.left() + _SAMPLE_WIDTH / 2, middle)
        painter.scale(scale, scale)
        paint_node(painter, sample.node, dress, line_width=1.4 / scale)
    elif sample.edge is not None:
        start, end = (place.left() + 4, middle), (place.left() + _SAMPLE_WIDTH - 6, middle)
        paint_edge(painter, sample.edge, straight(start, end), dress)
    painter.restore()
    painter.setFont(dress.caption)
    painter.setPen(QColor(dress.tokens.text))
    words = place.adjusted(_SAMPLE_WIDTH + 6, 0, 0, 0)
    for line in dress.lines(sample.text, dress.caption, words.width(), 1):
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)


def legend_width(samples: tuple[Sample, ...], dress: Dress) -> float:
    """Return the width the longest line of a legend needs."""
    metrics = QFontMetricsF(dress.caption)
    return max((metrics.horizontalAdvance(sample.text) for sample in samples), default=0.0) + _SAMPLE_WIDTH + 12


def _series(tokens: Tokens, category: int) -> str:
    return tokens.series[category % len(tokens.series)]


def _tone_colour(tone: Tone, tokens: Tokens) -> QColor:
    return QColor({Tone.DANGER: tokens.danger, Tone.WARNING: tokens.warning}.get(tone, tokens.text_muted))


def _pixels(font: QFont, scale: float, weight: QFont.Weight) -> QFont:
    """Return a font measured in pixels, as pictures of any resolution want it."""
    sized = QFont(font)
    sized.setPixelSize(max(9, round(font.pointSizeF() * 96 / 72 * scale)))
    sized.setWeight(weight)
    return sized


def _broken(text: str, metrics: QFontMetricsF, width: float, most: int) -> list[str]:
    # No SVG can hold control letters, halves of letters and letters there are none of.
    kept = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Cn") else letter for letter in text)
    words = re.split(r"[ \u2000-\u2006\u2008-\u200a]+", kept.strip())  # not where a space holds two words together
    lines: list[str] = []
    while words and len(lines) < most:
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        if words and len(lines) == most - 1:
            line = " ".join((line, *words))
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width))
    return lines
