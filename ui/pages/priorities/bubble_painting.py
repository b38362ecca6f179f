"""The bubbles as one image: axes, quadrants, bubbles, names and legend, laid out and painted on any thread.

Ten thousand bubbles take most of a second, so whoever shows them asks a pool thread; what a person does with them, and
what is marked over the image, is `bubble_view`'s matter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from planner.language import NN_, Language
from ui import theme
from ui.pages.priorities.board import Board
from ui.pages.priorities.bubble_layout import place_bubbles, place_names, radius_of
from ui.pages.priorities.bubbles import QUADRANTS, Axis, Picture
from ui.pages.priorities.wording import number_text

CROWD: Final = 400
"""Bubbles from which on all of them are smaller, and laid out and painted on a pool thread."""

_LEGEND_WIDTH: Final = 210
_LEGEND_FROM: Final = 760
_MOST_NAMES: Final = 60
_SHAPES: Final = 8
_NAME_LETTERS: Final = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What an image is painted with: its size in pixels of the screen's layout, `ratio` device pixels to each."""

    size: QSize
    ratio: float
    tokens: theme.Tokens
    font: QFont
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """An image and what lies where in it: initiative id -> middle and radius of its bubble, box of its name."""

    image: QImage
    places: dict[str, QPointF]
    radii: dict[str, float]
    names: dict[str, QRectF]


def paint_picture(board: Board, picture: Picture, looks: Looks) -> Drawing:
    """Return a picture as an image; `board` must not change meanwhile."""
    return _Painting(board, picture, looks).drawing()


class _Painting:
    """One image under way."""

    def __init__(self, board: Board, picture: Picture, looks: Looks) -> None:
        self._board, self._picture, self._looks = board, picture, looks
        self._tokens = looks.tokens
        self._small = theme.font_of("caption", looks.font)
        self._metrics = QFontMetricsF(self._small)
        self._dresses: dict[int, tuple[QPen, QBrush, int]] = {}
        width, height = looks.size.width(), looks.size.height()
        legend = _LEGEND_WIDTH if width >= _LEGEND_FROM else 0
        left = 3 * theme.SPACE_L + self._metrics.height()
        bottom = 2 * self._metrics.height() + 2 * theme.SPACE_M
        self._plot = QRectF(left, theme.SPACE_L, width - left - legend - theme.SPACE_L, height - theme.SPACE_L - bottom)

    def drawing(self) -> Drawing:
        """Return the image, laid out and painted."""
        bubbles = self._picture.bubbles
        crowded = len(bubbles) > CROWD
        radii = {bubble.id: radius_of(bubble, crowded=crowded) for bubble in bubbles}
        places = place_bubbles(bubbles, self._plot, crowded=crowded)
        ranks = self._board.places
        wanted = sorted(places, key=lambda one: (ranks.get(one, len(self._board.worths) + 1), -radii[one]))
        names = place_names(
            wanted[:_MOST_NAMES],
            places,
            radii,
            self._plot,
            widths=self._widths,
            height=self._metrics.height(),
        )
        image = QImage(self._looks.size * self._looks.ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self._looks.ratio)
        image.fill(QColor(self._tokens.surface))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        for bubble in bubbles:
            self._paint_bubble(painter, places[bubble.id], radii[bubble.id], bubble.programme)
        self._paint_names(painter, names)
        self._paint_legend(painter)
        painter.end()
        return Drawing(image=image, places=places, radii=radii, names=names)

    def _name(self, initiative_id: str) -> str:
        return " ".join(self._board.initiative(initiative_id).name.split())

    def _widths(self, initiative_id: str) -> tuple[float, float]:
        """Return what a name takes, cut and whole."""
        name = self._name(initiative_id)
        cut = name if len(name) <= _NAME_LETTERS else name[: _NAME_LETTERS - 1].rstrip() + "…"
        return self._metrics.horizontalAdvance(cut) + 2, self._metrics.horizontalAdvance(name) + 2

    def _paint_ground(self, painter: QPainter) -> None:
        tokens, plot, code, picture = self._tokens, self._plot, self._looks.language.code, self._picture
        painter.setFont(self._small)
        height = self._metrics.height()
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawRect(plot)
        for tick in picture.x.ticks:
            x = plot.left() + picture.x.share(tick) * plot.width()
            self._paint_tick(painter, QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            box = QRectF(x - 40, plot.bottom() + 3, 80, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number_text(tick, code))
        for tick in picture.y.ticks:
            y = plot.bottom() - picture.y.share(tick) * plot.height()
            self._paint_tick(painter, QPointF(plot.left(), y), QPointF(plot.right(), y))
            box = QRectF(plot.left() - 56, y - height / 2, 50, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number_text(tick, code))
        painter.setPen(QPen(QColor(tokens.border_strong), 1, Qt.PenStyle.DashLine))
        middle = plot.center()
        painter.drawLine(QPointF(middle.x(), plot.top()), QPointF(middle.x(), plot.bottom()))
        painter.drawLine(QPointF(plot.left(), middle.y()), QPointF(plot.right(), middle.y()))
        self._paint_quadrants(painter)
        painter.setPen(QColor(tokens.text))
        painter.setFont(self._small)
        below = QRectF(plot.left(), plot.bottom() + height + theme.SPACE_S, plot.width(), height)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, _axis_title(picture.x))
        painter.save()
        painter.translate(theme.SPACE_S, plot.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, plot.height(), height), Qt.AlignmentFlag.AlignCenter, _axis_title(picture.y))
        painter.restore()

    def _paint_tick(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        painter.setPen(QPen(QColor(self._tokens.border), 1))
        painter.drawLine(start, end)
        painter.setPen(QColor(self._tokens.text_muted))

    def _paint_quadrants(self, painter: QPainter) -> None:
        picture, language = self._picture, self._looks.language
        painter.setFont(theme.font_of("strong", self._looks.font))
        painter.setPen(QColor(self._tokens.text_muted))
        room = self._plot.adjusted(theme.SPACE_S, theme.SPACE_XS, -theme.SPACE_S, -theme.SPACE_XS)
        for right in (False, True):
            for top in (False, True):
                good = (right != picture.x.less_is_better, top != picture.y.less_is_better)
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                level = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
                painter.drawText(room, side | level, language.gettext(QUADRANTS[good]))

    def _paint_bubble(self, painter: QPainter, middle: QPointF, radius: float, programme: int) -> None:
        pen, brush, shape = self._dress_of(programme)
        painter.setPen(pen)
        painter.setBrush(brush)
        if shape == 0:
            painter.drawEllipse(middle, radius, radius)
        else:
            painter.drawPolygon(_polygon(shape, middle, radius))

    def _dress_of(self, programme: int) -> tuple[QPen, QBrush, int]:
        """Return the outline, the fill and the shape of a programme's bubbles."""
        found = self._dresses.get(programme)
        if found is None:
            series = self._tokens.series
            colour = QColor(series[programme % len(series)])
            fill = QColor(colour)
            fill.setAlphaF(0.45)
            shape = (programme + programme // len(series)) % _SHAPES
            found = self._dresses[programme] = QPen(colour, 1.4), QBrush(fill), shape
        return found

    def _paint_names(self, painter: QPainter, names: dict[str, QRectF]) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._tokens.text))
        for one, box in names.items():
            name = self._metrics.elidedText(self._name(one), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_legend(self, painter: QPainter) -> None:
        if self._looks.size.width() < _LEGEND_FROM:
            return
        picture, language = self._picture, self._looks.language
        row = self._metrics.height() + theme.SPACE_XS
        left, top = self._plot.right() + theme.SPACE_L, self._plot.top() + row / 2
        room = max(1, int((self._plot.height() - 2 * row) // row))
        shown = picture.programmes[:room]
        width = _LEGEND_WIDTH - 2 * theme.SPACE_L - theme.SPACE_S
        for at, name in enumerate(shown):
            middle = QPointF(left + 6, top + at * row)
            self._paint_bubble(painter, middle, 5.5, at)
            self._paint_legend_line(painter, QRectF(left + 20, middle.y() - row / 2, width, row), name)
        if len(picture.programmes) > len(shown):
            words = NN_("and {count} more", "and {count} more")
            count = len(picture.programmes) - len(shown)
            text = language.ngettext(*words, count).format(count=language.number(count, decimals=0))
            self._paint_legend_line(painter, QRectF(left + 20, top + (len(shown) - 0.5) * row, width, row), text)

    def _paint_legend_line(self, painter: QPainter, box: QRectF, text: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._tokens.text))
        line = self._metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)


def _axis_title(axis: Axis) -> str:
    return " ".join(axis.title.split()) + " \N{RIGHTWARDS ARROW}"


def _polygon(shape: int, middle: QPointF, radius: float) -> QPolygonF:
    """Return a square, a diamond, triangles, a pentagon, a hexagon or a star around a point."""
    return QPolygonF([QPointF(middle.x() + radius * x, middle.y() + radius * y) for x, y in _CORNERS[shape]])


def _corners(count: int, turn: float, *, star: bool = False) -> tuple[tuple[float, float], ...]:
    """Return the corners of a regular shape around 0, as shares of its radius."""
    found = []
    for at in range(count):
        away = 1.15 * (0.5 if star and at % 2 else 1.0)
        angle = math.radians(turn + 360 * at / count)
        found.append((away * math.cos(angle), away * math.sin(angle)))
    return tuple(found)


_CORNERS: Final = {
    1: _corners(4, 45.0),
    2: _corners(4, 0.0),
    3: _corners(3, -90.0),
    4: _corners(3, 90.0),
    5: _corners(5, -90.0),
    6: _corners(6, 0.0),
    7: _corners(10, -90.0, star=True),
}
"""Shape -> its corners; 0 is a circle."""
