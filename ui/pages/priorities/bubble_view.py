"""The bubbles on the screen: initiatives by what they cost and bring, chosen by mouse and by arrow keys.

A few are painted when they are seen. A crowd is painted on a pool thread: until its image is there the one before it
stays to be looked at, and nothing in it can be chosen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from planner.language import N_
from ui.pages.priorities.board import Board
from ui.pages.priorities.bubble_layout import nearest
from ui.pages.priorities.bubble_painting import CROWD, Drawing, Looks, paint_picture
from ui.pages.priorities.bubbles import Bubble, Picture
from ui.pages.priorities.wording import MISSING, cell_text, number_text
from ui.widgets.tip import Tip
from ui.workbench import Workbench

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

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._surroundings = surroundings = workbench.surroundings
        self._board: Board | None = None
        self._picture: Picture | None = None
        self._places: dict[str, QPointF] = {}
        self._radii: dict[str, float] = {}
        self._names: dict[str, QRectF] = {}
        self._by_id: dict[str, Bubble] = {}
        self._drawn: QPixmap | None = None
        self._is_painting = False
        self._is_due = False
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

    # The image

    def _draw_anew(self) -> None:
        self._is_due = self._picture is not None
        self._places, self._names = {}, {}
        if self._picture is None:
            self._drawn = None
        self._describe()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the picture out anew."""
        super().resizeEvent(event)
        self._draw_anew()

    def _lay_out(self) -> None:
        """Have the image made that is due: at once, or a crowd's on a pool thread, one at a time."""
        picture, board = self._picture, self._board
        if not self._is_due or self._is_painting or picture is None or board is None:
            return
        self._is_due = False
        looks = Looks(
            size=self.size(), ratio=self.devicePixelRatioF(), tokens=self._surroundings.tokens,
            font=self._surroundings.font, language=self._surroundings.language,
        )  # fmt: skip
        if len(picture.bubbles) <= CROWD:
            self._take_drawing(paint_picture(board, picture, looks))
            return
        self._is_painting = True
        kept = board.kept()
        self._workbench.background.run(
            lambda _progress: paint_picture(kept, picture, looks),
            success=partial(self._take_painted, picture),
            failure=self._workbench.tell,
        )

    def _take_painted(self, picture: Picture, drawing: Drawing) -> None:
        if not isValid(self):
            return
        self._is_painting = False
        if not self._is_due and picture is self._picture:
            self._take_drawing(drawing)
        self.update()

    def _take_drawing(self, drawing: Drawing) -> None:
        self._drawn = QPixmap.fromImage(drawing.image)
        self._places, self._radii, self._names = drawing.places, drawing.radii, drawing.names

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the image, kept from before, and over it what is selected."""
        painter = QPainter(self)
        tokens = self._surroundings.tokens
        painter.fillRect(self.rect(), QColor(tokens.surface))
        self._lay_out()
        if self._drawn is None:
            return
        painter.drawPixmap(0, 0, self._drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.text), 2))
        for one in self._selected:
            if one in self._places:
                painter.drawEllipse(self._places[one], self._radii[one] + 3, self._radii[one] + 3)
        if self.hasFocus() and self.current in self._places:
            painter.setPen(QPen(QColor(tokens.focus), 2, Qt.PenStyle.DashLine))
            painter.drawEllipse(
                self._places[self.current], self._radii[self.current] + 6, self._radii[self.current] + 6
            )
        if self._band is not None:
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.drawRect(self._band)

    # Mouse and keys

    def bubble_at(self, where: QPointF) -> str:
        """Return the initiative whose bubble lies at a point, the smallest of several; empty where there is none."""
        self._lay_out()
        for one, place in reversed(self._places.items()):
            offset = place - where
            if math.hypot(offset.x(), offset.y()) <= self._radii[one] + 2:
                return one
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
