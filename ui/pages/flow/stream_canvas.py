"""Where value streams are painted: laid out, scrolled, zoomed, and what stands at a place of the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.diagram.painting import Dress
from ui.pages.flow.place_editor import PlaceEditor
from ui.pages.flow.stream_layout import Band, Layout, LineHeights, Slot, lay_out
from ui.pages.flow.stream_painting import Mood, Spot, StreamPainter
from ui.pages.flow.stream_rows import StreamRow
from ui.surroundings import Surroundings

_SMALLEST, _LARGEST = 0.4, 2.0
_FILLING: Final = (1.4, 1.3, 1.2, 1.1, 1.0, 0.95, 0.9, 0.85)
_WHOLE: Final = (*_FILLING, 0.8, 0.75, 0.7)
"""How large streams are shown: the first at which all are in sight, as they come and when all of them is asked for."""
ZOOM_STEP: Final = 1.15


class StreamCanvas(QAbstractScrollArea):
    """Paints the streams with the keyboard's spot and what is chosen; `editor` is laid over what is edited."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.to_scale = False
        self.factor = 1.0
        self._sizes: tuple[float, ...] = _FILLING
        self.spot = Spot()
        self.rows: tuple[StreamRow, ...] = ()
        self.layout_shown = Layout(bands=(), width=0.0, height=0.0)
        self._chosen: set[str] = set()
        self._drop: tuple[str, int] | None = None
        self.editor = PlaceEditor(surroundings, self.viewport(), owner=self)
        self._painter = self._dressed()
        surroundings.theme_changed.connect(self._wear)

    def bring_into_view(self, spot: Spot) -> None:
        """Scroll so that a spot is seen."""
        band = self._band_of(spot.stream_id)
        if band is None:
            return
        slot = self._slot_of(spot)
        place = self._on_screen(
            (slot.whole.united(slot.hoped) if slot is not None else band.head).adjusted(-16, -16, 16, 16)
        )
        for bar, low, high, room in (
            (self.horizontalScrollBar(), place.left(), place.right(), self.viewport().width()),
            (self.verticalScrollBar(), place.top(), place.bottom(), self.viewport().height()),
        ):  # fmt: skip
            if low < 0 or high - low > room:
                bar.setValue(bar.value() + int(low))
            elif high > room:
                bar.setValue(bar.value() + int(high - room) + 1)

    # Zoom

    def zoom(self, factor: float) -> None:
        """Show everything larger (a factor above 1) or smaller."""
        self.factor = min(_LARGEST, max(_SMALLEST, self.factor * factor))
        self._sizes = ()
        self.editor.close_quietly()
        self._lay_out()

    def zoom_in(self) -> None:
        """Show everything one step larger."""
        self.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show everything one step smaller."""
        self.zoom(1 / ZOOM_STEP)

    def fit(self) -> None:
        """Show all streams, or to scale their whole length, as large as can be, where that can still be read."""
        self.editor.close_quietly()
        self._sizes = _WHOLE
        self._lay_out()
        length = self.layout_shown.width * self.factor
        if self.to_scale and length > self.viewport().width() > 0:
            self.zoom(self.viewport().width() / length)

    def spot_at(self, place: QPointF) -> Spot | None:
        """Return what is under a place of the viewport."""
        inside = self._in_picture(place)
        for band in self.layout_shown.bands:
            if band.place.top() - 8 <= inside.y() <= band.place.bottom() + 8:
                for step, slot in zip(band.row.steps, band.slots, strict=True):
                    if slot.whole.united(slot.hoped if step.hoped else slot.whole).contains(inside):
                        return Spot(band.row.id, step.id)
                return Spot(band.row.id)
        return None

    # Places

    def _row_of(self, stream_id: str) -> StreamRow | None:
        return next((row for row in self.rows if row.id == stream_id), None)

    def _band_of(self, stream_id: str) -> Band | None:
        return next((band for band in self.layout_shown.bands if band.row.id == stream_id), None)

    def _slot_of(self, spot: Spot) -> Slot | None:
        band = self._band_of(spot.stream_id)
        if band is None or not spot.step_id:
            return None
        return next((s for step, s in zip(band.row.steps, band.slots, strict=True) if step.id == spot.step_id), None)

    def _spot_of(self, step_id: str) -> Spot | None:
        return next((Spot(row.id, step_id) for row in self.rows for step in row.steps if step.id == step_id), None)

    def _spots(self) -> list[Spot]:
        return [spot for row in self.rows for spot in (Spot(row.id), *(Spot(row.id, step.id) for step in row.steps))]

    def _place_of(self, spot: Spot) -> int:
        spots = self._spots()
        return spots.index(spot) if spot in spots else 0

    def _spot_near(self, at: int) -> Spot:
        """Return the spot that stands where another one did; the first step rather than its stream's name."""
        spots = self._spots()
        if not spots:
            return Spot()
        found = spots[min(at, len(spots) - 1)]
        row = self._row_of(found.stream_id)
        return Spot(row.id, row.steps[0].id) if row is not None and row.steps and not found.step_id else found

    def _on_screen(self, place: QRectF) -> QRectF:
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        factor = self.factor
        return QRectF(place.left() * factor - across, place.top() * factor - down, place.width() * factor,
                      place.height() * factor)  # fmt: skip

    def _in_picture(self, place: QPointF) -> QPointF:
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QPointF((place.x() + across) / self.factor, (place.y() + down) / self.factor)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bands in view."""
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        tokens = self._surroundings.tokens
        painter.fillRect(event.rect(), QColor(tokens.surface))
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        painter.scale(self.factor, self.factor)
        focused = self.hasFocus() or self.editor.isVisible()
        mood = Mood(self.spot, frozenset(self._chosen), focused)
        top = self.verticalScrollBar().value() / self.factor
        bottom = top + self.viewport().height() / self.factor
        for band in self.layout_shown.bands:
            if band.place.bottom() + 20 >= top and band.place.top() - 20 <= bottom:
                self._painter.paint_band(painter, band, mood)
        if self._drop is not None:
            self._paint_drop(painter, *self._drop)
        painter.end()

    def _paint_drop(self, painter: QPainter, stream_id: str, at: int) -> None:
        band = self._band_of(stream_id)
        if band is None:
            return
        if not band.slots:
            x, top, bottom = band.place.left(), band.figures.bottom() + 6, band.place.bottom()
        else:
            slot = band.slots[min(at, len(band.slots) - 1)]
            x = slot.gap.left() if at < len(band.slots) else slot.box.right() + 6
            top, bottom = slot.box.top() - 4, slot.box.bottom() + 4
        painter.setPen(QPen(QColor(self._surroundings.tokens.accent), 3))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is now."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Paint anew what is scrolled."""
        del across, down
        self.viewport().update()

    def _lay_out(self) -> None:
        self.layout_shown = self._filling()
        self._set_bars()
        self.viewport().update()

    def _filling(self) -> Layout:
        """Lay everything out, as large as shows all of it until somebody chose a size; in its own size where none does."""
        width, height = self.viewport().width(), self.viewport().height()
        for factor in self._sizes:
            found = self._laid_out(factor)
            if found.width * factor <= width and found.height * factor <= height:
                self.factor = factor
                return found
        self.factor = 1.0 if self._sizes else self.factor
        return self._laid_out(self.factor)

    def _laid_out(self, factor: float) -> Layout:
        room = self.viewport().width() / factor
        return lay_out(self.rows, self._painter.heights, to_scale=self.to_scale, room=room)

    def _set_bars(self) -> None:
        for bar, length, room in (
            (self.horizontalScrollBar(), self.layout_shown.width * self.factor, self.viewport().width()),
            (self.verticalScrollBar(), self.layout_shown.height * self.factor, self.viewport().height()),
        ):
            bar.setRange(0, max(0, round(length - room)))
            bar.setPageStep(room)
            bar.setSingleStep(40)

    def _dressed(self) -> StreamPainter:
        dress = Dress(self._surroundings.tokens, self._surroundings.font)
        return StreamPainter(dress, LineHeights.of(dress.title, dress.name, dress.caption))

    def _wear(self) -> None:
        self._painter = self._dressed()
        self._lay_out()
