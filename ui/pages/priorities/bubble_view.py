"""The painted bubbles: initiatives by what they cost and bring, chosen by mouse and by arrow keys."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.language import N_, NN_
from ui import theme
from ui.pages.priorities.board import Board
from ui.pages.priorities.bubble_layout import nearest, place_bubbles, place_names, radius_of
from ui.pages.priorities.bubbles import QUADRANTS, Axis, Bubble, Picture
from ui.pages.priorities.wording import MISSING, cell_text, number_text
from ui.surroundings import Surroundings
from ui.widgets.tip import Tip

_LEGEND_WIDTH: Final = 210
_LEGEND_FROM: Final = 760
_MOST_NAMES: Final = 60
_CROWD: Final = 400
_SHAPES: Final = 8
_NAME_LETTERS: Final = 26
_DIRECTIONS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BubbleView(QWidget):
    """Paints a picture; `chosen(ids)` when a person selects others, `opened(id)` at Enter or a double click."""

    chosen = Signal(tuple)
    opened = Signal(str)

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._board: Board | None = None
        self._picture: Picture | None = None
        self._places: dict[str, QPointF] = {}
        self._radii: dict[str, float] = {}
        self._names: dict[str, QRectF] = {}
        self._by_id: dict[str, Bubble] = {}
        self._plot = QRectF()
        self._drawn: QPixmap | None = None
        self._selected: tuple[str, ...] = ()
        self.current = ""
        self._pressed: QPoint | None = None
        self._band: QRectF | None = None
        self._tip = Tip(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        surroundings.theme_changed.connect(self._draw_anew)

    def show_picture(self, board: Board | None, picture: Picture | None) -> None:
        """Show another picture."""
        self._board, self._picture = board, picture
        self._by_id = {} if picture is None else {bubble.id: bubble for bubble in picture.bubbles}
        if self.current not in self._by_id:
            self.current = ""
        self._draw_anew()

    def select(self, ids: Iterable[str]) -> None:
        """Mark initiatives as selected; the first of them shown becomes the current one."""
        self._selected = tuple(one for one in ids if one in self._by_id)
        if self._selected and self.current not in self._selected:
            self.current = self._selected[0]
        self._describe()
        self.update()

    @property
    def selected(self) -> tuple[str, ...]:
        """The initiatives that are selected here."""
        return self._selected

    @property
    def names(self) -> dict[str, QRectF]:
        """The boxes of the names that are written."""
        self._lay_out()
        return self._names

    def place_of(self, initiative_id: str) -> QPoint:
        """Return where an initiative's bubble is."""
        self._lay_out()
        return self._places[initiative_id].toPoint()

    def retranslate(self) -> None:
        """Name the picture in the language of the screen."""
        self.setAccessibleName(self._surroundings.language.gettext(N_("Initiatives as bubbles")))
        self._draw_anew()

    def sizeHint(self) -> QSize:
        """Return a size at which names can be read."""
        return QSize(800, 500)

    def minimumSizeHint(self) -> QSize:
        """Return the least size that shows anything."""
        return QSize(360, 260)

    # Laying out

    def _draw_anew(self) -> None:
        self._drawn = None
        self._places = {}
        self._describe()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the picture out anew."""
        super().resizeEvent(event)
        self._draw_anew()

    def _lay_out(self) -> None:
        picture, board = self._picture, self._board
        if picture is None or board is None or self._places:
            return
        metrics = QFontMetricsF(self._small)
        legend = _LEGEND_WIDTH if self.width() >= _LEGEND_FROM else 0
        left = 3 * theme.SPACE_L + metrics.height()
        bottom = 2 * metrics.height() + 2 * theme.SPACE_M
        self._plot = QRectF(
            left, theme.SPACE_L, self.width() - left - legend - theme.SPACE_L, self.height() - theme.SPACE_L - bottom
        )
        crowded = len(picture.bubbles) > _CROWD
        self._radii = {bubble.id: radius_of(bubble, crowded=crowded) for bubble in picture.bubbles}
        self._places = place_bubbles(picture.bubbles, self._plot, crowded=crowded)
        wanted = sorted(self._places, key=lambda one: (board.places.get(one, len(board.worths) + 1), -self._radii[one]))
        self._names = place_names(
            wanted[:_MOST_NAMES],
            self._places,
            self._radii,
            self._plot,
            width=lambda one: metrics.horizontalAdvance(self._short(one)) + 2,
            height=metrics.height(),
        )

    @property
    def _small(self) -> QFont:
        return theme.font_of("caption", self._surroundings.font)

    def _short(self, initiative_id: str) -> str:
        name = "" if self._board is None else " ".join(self._board.initiative(initiative_id).name.split())
        return name if len(name) <= _NAME_LETTERS else name[: _NAME_LETTERS - 1].rstrip() + "…"

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, kept from before, and over it what is selected."""
        painter = QPainter(self)
        tokens = self._surroundings.tokens
        painter.fillRect(self.rect(), QColor(tokens.surface))
        if self._picture is None:
            return
        if self._drawn is None:
            self._lay_out()
            ratio = self.devicePixelRatioF()
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(QColor(tokens.surface))
            picture = QPainter(self._drawn)
            picture.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(picture, self._picture)
            for bubble in self._picture.bubbles:
                self._paint_bubble(picture, self._places[bubble.id], self._radii[bubble.id], bubble.programme)
            self._paint_names(picture)
            self._paint_legend(picture, self._picture)
            picture.end()
        painter.drawPixmap(0, 0, self._drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for one in self._selected:
            painter.setPen(QPen(QColor(tokens.text), 2))
            painter.drawEllipse(self._places[one], self._radii[one] + 3, self._radii[one] + 3)
        if self.hasFocus() and self.current in self._places:
            painter.setPen(QPen(QColor(tokens.focus), 2, Qt.PenStyle.DashLine))
            painter.drawEllipse(
                self._places[self.current], self._radii[self.current] + 6, self._radii[self.current] + 6
            )
        if self._band is not None:
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.drawRect(self._band)

    def _paint_ground(self, painter: QPainter, picture: Picture) -> None:
        tokens, plot, language = self._surroundings.tokens, self._plot, self._surroundings.language
        painter.setFont(self._small)
        height = QFontMetricsF(self._small).height()
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawRect(plot)
        for tick in picture.x.ticks:
            x = plot.left() + picture.x.share(tick) * plot.width()
            self._paint_tick(painter, QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            box = QRectF(x - 40, plot.bottom() + 3, 80, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number_text(tick, language.code))
        for tick in picture.y.ticks:
            y = plot.bottom() - picture.y.share(tick) * plot.height()
            self._paint_tick(painter, QPointF(plot.left(), y), QPointF(plot.right(), y))
            box = QRectF(plot.left() - 56, y - height / 2, 50, height)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number_text(tick, language.code)
            )
        painter.setPen(QPen(QColor(tokens.border_strong), 1, Qt.PenStyle.DashLine))
        middle = plot.center()
        painter.drawLine(QPointF(middle.x(), plot.top()), QPointF(middle.x(), plot.bottom()))
        painter.drawLine(QPointF(plot.left(), middle.y()), QPointF(plot.right(), middle.y()))
        self._paint_quadrants(painter, picture)
        painter.setPen(QColor(tokens.text))
        painter.setFont(theme.font_of("caption", self._surroundings.font))
        below = QRectF(plot.left(), plot.bottom() + height + theme.SPACE_S, plot.width(), height)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, _axis_title(picture.x))
        painter.save()
        painter.translate(theme.SPACE_S, plot.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, plot.height(), height), Qt.AlignmentFlag.AlignCenter, _axis_title(picture.y))
        painter.restore()

    def _paint_tick(self, painter: QPainter, start: QPointF, end: QPointF) -> None:
        painter.setPen(QPen(QColor(self._surroundings.tokens.border), 1))
        painter.drawLine(start, end)
        painter.setPen(QColor(self._surroundings.tokens.text_muted))

    def _paint_quadrants(self, painter: QPainter, picture: Picture) -> None:
        plot, language = self._plot, self._surroundings.language
        strong = theme.font_of("strong", self._surroundings.font)
        painter.setFont(strong)
        painter.setPen(QColor(self._surroundings.tokens.text_muted))
        room = plot.adjusted(theme.SPACE_S, theme.SPACE_XS, -theme.SPACE_S, -theme.SPACE_XS)
        for right in (False, True):
            for top in (False, True):
                good = (right != picture.x.less_is_better, top != picture.y.less_is_better)
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                level = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
                painter.drawText(room, side | level, language.gettext(QUADRANTS[good]))

    def _paint_bubble(self, painter: QPainter, middle: QPointF, radius: float, programme: int) -> None:
        tokens = self._surroundings.tokens
        colour = QColor(tokens.series[programme % len(tokens.series)])
        painter.setPen(QPen(colour, 1.4))
        fill = QColor(colour)
        fill.setAlphaF(0.45)
        painter.setBrush(fill)
        shape = (programme + programme // len(tokens.series)) % _SHAPES
        if shape == 0:
            painter.drawEllipse(middle, radius, radius)
        else:
            painter.drawPolygon(_polygon(shape, middle, radius))

    def _paint_names(self, painter: QPainter) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._surroundings.tokens.text))
        for one, box in self._names.items():
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._short(one))

    def _paint_legend(self, painter: QPainter, picture: Picture) -> None:
        if self.width() < _LEGEND_FROM:
            return
        language = self._surroundings.language
        metrics = QFontMetricsF(self._small)
        row = metrics.height() + theme.SPACE_XS
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
            text = language.ngettext(*words, count).format(count=count)
            self._paint_legend_line(painter, QRectF(left + 20, top + (len(shown) - 0.5) * row, width, row), text)

    def _paint_legend_line(self, painter: QPainter, box: QRectF, text: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._surroundings.tokens.text))
        line = QFontMetricsF(self._small).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)

    # Mouse and keys

    def bubble_at(self, where: QPointF) -> str:
        """Return the initiative whose bubble lies at a point, the smallest of several; empty where there is none."""
        self._lay_out()
        for bubble in reversed(self._by_id.values()) if self._picture is not None else ():
            offset = self._places[bubble.id] - where
            if math.hypot(offset.x(), offset.y()) <= self._radii[bubble.id] + 2:
                return bubble.id
        return ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what is clicked; with Ctrl or Shift in addition; drag to select what lies in a box."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._tip.hide()
        found = self.bubble_at(event.position())
        adds = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
        if found:
            self.current = found
            if adds:
                self._toggle(found)
            else:
                self._choose((found,))
        else:
            self._pressed = event.position().toPoint()
            if not adds:
                self._choose(())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the box while the button is held."""
        self._tip.hide()
        if self._pressed is not None:
            self._band = QRectF(QPointF(self._pressed), event.position()).normalized()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what lies in the box."""
        del event
        band, self._band, self._pressed = self._band, None, None
        if band is not None:
            found = tuple(one for one, place in self._places.items() if band.contains(place))
            self._choose(tuple(dict.fromkeys((*self._selected, *found))))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is clicked twice."""
        found = self.bubble_at(event.position())
        if found:
            self.opened.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from bubble to bubble by the arrow keys; Space selects in addition, Enter opens."""
        key = Qt.Key(event.key())
        if key in _DIRECTIONS:
            self._walk(_DIRECTIONS[key], adds=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Space and self.current:
            self._toggle(self.current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current and not event.modifiers():
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_Escape and self._selected:
            self._choose(())
        else:
            super().keyPressEvent(event)

    def _walk(self, direction: tuple[int, int], *, adds: bool) -> None:
        self._lay_out()
        if not self._places:
            return
        if self.current not in self._places:
            found: str | None = next(iter(self._names or self._places))
        else:
            found = nearest(self._places, self._places[self.current], direction, but=self.current)
        if found is not None:
            self.current = found
            self._choose(tuple(dict.fromkeys((*self._selected, found))) if adds else (found,))

    def _toggle(self, initiative_id: str) -> None:
        if initiative_id in self._selected:
            self._choose(tuple(one for one in self._selected if one != initiative_id))
        else:
            self._choose((*self._selected, initiative_id))

    def _choose(self, ids: tuple[str, ...]) -> None:
        if ids != self._selected:
            self._selected = ids
            self.chosen.emit(ids)
        self._describe()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell, as plain text, what a bubble stands for."""
        if isinstance(event, QHelpEvent):
            found = self.bubble_at(QPointF(event.pos()))
            if found:
                self._tip.show_at(event.globalPos(), *self._words(found))
            else:
                self._tip.hide()
            return True
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide a tip once the pointer leaves."""
        self._tip.hide()
        super().leaveEvent(event)

    def _words(self, initiative_id: str) -> tuple[str, tuple[str, ...]]:
        """Return the heading and the lines that tell of an initiative."""
        board, picture, language = self._board, self._picture, self._surroundings.language
        if board is None or picture is None:
            return "", ()
        lines = []
        path = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ".join(board.path(initiative_id))
        if path:
            lines.append(path)
        lines += [
            f"{axis.title}: {cell_text(board, initiative_id, axis.key, language)}" for axis in (picture.x, picture.y)
        ]
        place = board.places.get(initiative_id)
        rank = MISSING if place is None else number_text(place, language.code, 0)
        lines.append(language.gettext(N_("Rank {rank}")).format(rank=rank))
        return board.initiative(initiative_id).name, tuple(lines)

    def _describe(self) -> None:
        """Say where one is to those who cannot see it."""
        text = ""
        if self.current in self._by_id:
            heading, lines = self._words(self.current)
            text = ", ".join((heading, *lines))
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))


def _axis_title(axis: Axis) -> str:
    return " ".join(axis.title.split()) + " \N{RIGHTWARDS ARROW}"


def _polygon(shape: int, middle: QPointF, radius: float) -> QPolygonF:
    """Return a square, a diamond, triangles, a pentagon, a hexagon or a star around a point."""
    corners, turn = {
        1: (4, 45.0),
        2: (4, 0.0),
        3: (3, -90.0),
        4: (3, 90.0),
        5: (5, -90.0),
        6: (6, 0.0),
        7: (10, -90.0),
    }[shape]
    points = []
    for at in range(corners):
        away = radius * 1.15 * (0.5 if shape == 7 and at % 2 else 1.0)
        angle = math.radians(turn + 360 * at / corners)
        points.append(QPointF(middle.x() + away * math.cos(angle), middle.y() + away * math.sin(angle)))
    return QPolygonF(points)
