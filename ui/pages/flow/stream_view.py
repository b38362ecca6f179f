"""The value streams on screen: painted bands, walked through by keyboard, moved and edited in place.

The view shows values and says what a person asks for; whoever shows them carries it out and shows the next ones.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ui.actions import plain_tip
from ui.pages.flow.stream_canvas import ZOOM_STEP, StreamCanvas
from ui.pages.flow.stream_layout import NAME_GAP, PAD, Band
from ui.pages.flow.stream_painting import Spot
from ui.pages.flow.stream_rows import StepCell, StreamRow
from ui.surroundings import Surroundings

_ARROWS: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_NO_KEYS: Final = Qt.KeyboardModifier.NoModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class Field(enum.Enum):
    """What is edited in place; the value is the field of the entity."""

    NAME = "name"
    WAIT = "wait_hours"
    PROCESS = "process_hours"
    ACCURATE = "complete_accurate"


_ORDER: Final = (Field.WAIT, Field.NAME, Field.PROCESS, Field.ACCURATE)

Edit = Callable[[Spot, Field, str], str]
"""Carries out an edit; returns why not, or nothing."""

Offer = Callable[[Spot, Field], str]
"""Returns the text an editor begins with; nothing to edit where it is empty and a step's number."""


class StreamView(StreamCanvas):
    """Shows the streams; `selected` when what is selected changed, `moved(ids, stream id, place)` once dropped."""

    selected = Signal()
    moved = Signal(object, str, int)
    menu_asked = Signal(QPoint)

    def __init__(self, surroundings: Surroundings, *, offer: Offer, edit: Edit, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._offer, self._edit = offer, edit
        self.editable = False
        self._anchor = ""
        self._pressed: tuple[QPointF, Spot] | None = None
        self.editor.left.connect(self._go_on)

    # What is shown

    def show_rows(self, rows: Sequence[StreamRow], *, to_scale: bool) -> None:
        """Show other streams, or the same ones as they are now; the keyboard and the selection stay where they can."""
        before = self.spot
        at = self._place_of(before)
        self.editor.close_quietly()
        self.rows, self.to_scale = tuple(rows), to_scale
        self._lay_out()
        known = {row.id for row in self.rows} | {step.id for row in self.rows for step in row.steps}
        self._chosen &= known
        if (before.step_id or before.stream_id) not in known:
            self.spot = self._spot_near(at)
            self._chosen = {self.spot.step_id or self.spot.stream_id} - {""}
        elif before.step_id:
            self.spot = self._spot_of(before.step_id) or Spot()
        self._tell_spot()
        self.selected.emit()

    def selected_steps(self) -> tuple[str, ...]:
        """Return the ids of the selected steps, in order."""
        return tuple(step.id for row in self.rows for step in row.steps if step.id in self._chosen)

    def selected_streams(self) -> tuple[str, ...]:
        """Return the ids of the streams selected by their names."""
        return tuple(row.id for row in self.rows if row.id in self._chosen)

    def select(self, ids: Iterable[str], *, spot: Spot | None = None) -> None:
        """Select steps or streams; the keyboard goes to `spot`, by default to the first of them."""
        wanted = list(ids)
        self._chosen = set(wanted)
        if spot is None and wanted:
            spot = self._spot_of(wanted[0]) or (Spot(wanted[0]) if wanted[0] in {row.id for row in self.rows} else None)
        if spot is not None:
            self.spot = spot
            self.bring_into_view(spot)
        self._tell_spot()
        self.selected.emit()

    def select_all(self) -> None:
        """Select every step of the stream the keyboard is on."""
        row = self._row_of(self.spot.stream_id)
        if row is not None:
            self.select([step.id for step in row.steps] or [row.id], spot=self.spot)

    def current_description(self) -> str:
        """Return in words what the keyboard is on."""
        row = self._row_of(self.spot.stream_id)
        if row is None:
            return ""
        step = next((one for one in row.steps if one.id == self.spot.step_id), None)
        return row.description if step is None else step.description

    # Editing in place

    def edit_field(self, field: Field, *, text: str | None = None) -> None:
        """Edit a field of what the keyboard is on, beginning with `text` where something was typed."""
        if not self.editable or not self.spot.stream_id:
            return
        if not self.spot.step_id and field is not Field.NAME:
            return
        offered = self._offer(self.spot, field)
        if not offered:
            return
        self.bring_into_view(self.spot)
        spot = self.spot
        self.editor.begin(
            self._editor_place(spot, field),
            offered if text is None else text,
            lambda typed: self._edit(spot, field, typed),
            selects=text is None,
        )
        self.editor.setProperty("field", field.value)

    def _editor_place(self, spot: Spot, field: Field) -> QRectF:
        slot, band = self._slot_of(spot), self._band_of(spot.stream_id)
        heights = self._painter.heights
        if slot is None:
            return self._on_screen(band.head if band is not None else QRectF(0, 0, 200, 20))
        if field is Field.WAIT:
            middle = slot.box.top() + slot.box.height() * 0.42
            width = max(88.0, slot.gap.width() - 6)
            return self._on_screen(QRectF(slot.gap.center().x() - width / 2, middle - 14, width, 28))
        inside = slot.box.adjusted(PAD - 4, PAD - 4, 4 - PAD, 4 - PAD)
        tops = {
            Field.NAME: 0.0,
            Field.PROCESS: 2 * heights.name + NAME_GAP - 4,
            Field.ACCURATE: 3 * heights.name + NAME_GAP + 2,
        }
        return self._on_screen(QRectF(inside.left(), inside.top() + tops[field], inside.width(), heights.name + 10))

    def _go_on(self, steps: int) -> None:
        """Edit the field after or before the one just left, by Tab."""
        if not self.spot.step_id or not steps:
            self.setFocus()
            return
        field = Field(self.editor.property("field"))
        at = _ORDER.index(field) + steps
        if not 0 <= at < len(_ORDER):
            row = self._row_of(self.spot.stream_id)
            ids = [step.id for step in row.steps] if row is not None else []
            beside = ids.index(self.spot.step_id) + steps if self.spot.step_id in ids else -1
            if not 0 <= beside < len(ids):
                self.setFocus()
                return
            self.select([ids[beside]])
            at %= len(_ORDER)
        self.edit_field(_ORDER[at])

    # The keyboard

    def event(self, event: QEvent) -> bool:
        """Claim the keys that mean something here before any shortcut of the window does; show tips."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _ARROWS
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier in (_NO_KEYS, _SHIFT)
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            step = self._step_at(QPointF(event.pos() - self.viewport().pos()))
            QToolTip.showText(
                event.globalPos(), "" if step is None else plain_tip(step.description.replace(". ", "\n"))
            )
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from step to step and from stream to stream; typing edits."""
        key, shift = event.key(), event.modifiers() & _SHIFT
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
            return
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk(1 if key == Qt.Key.Key_Right else -1, extends=bool(shift))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk_streams(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk(-1_000_000 if key == Qt.Key.Key_Home else 1_000_000, extends=bool(shift))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_field(Field.NAME)
        elif event.text() and event.text().isprintable() and not event.text().isspace():
            self.edit_field(
                Field.PROCESS if event.text().isdigit() and self.spot.step_id else Field.NAME, text=event.text()
            )
        else:
            super().keyPressEvent(event)

    def _walk(self, steps: int, *, extends: bool) -> None:
        row = self._row_of(self.spot.stream_id)
        if row is None:
            self._enter()
            return
        ids = ["", *(step.id for step in row.steps)]
        at = ids.index(self.spot.step_id) if self.spot.step_id in ids else 0
        step_id = ids[min(len(ids) - 1, max(0, at + steps))]
        if extends and step_id and self.spot.step_id:
            anchor = self._anchor if self._anchor in ids else self.spot.step_id
            low, high = sorted((ids.index(anchor), ids.index(step_id)))
            self.select(ids[max(1, low) : high + 1], spot=Spot(row.id, step_id))
            return
        self._anchor = step_id
        self.select([step_id or row.id], spot=Spot(row.id, step_id))

    def _walk_streams(self, steps: int) -> None:
        """Go to the step that stands nearest in the line above or below; from a stream's name to another's."""
        bands = self.layout_shown.bands
        band, slot = self._band_of(self.spot.stream_id), self._slot_of(self.spot)
        if band is None:
            self._enter()
            return
        if slot is None:
            other = bands.index(band) + steps
            if 0 <= other < len(bands):
                self._go(Spot(bands[other].row.id))
            return
        lines = _lines_of(bands)
        here = band.slots.index(slot)
        at = next(n for n, (each, line) in enumerate(lines) if each is band and here in line) + steps
        if 0 <= at < len(lines):
            band, line = lines[at]
            middle = slot.box.center().x()
            nearest = min(line, key=lambda n: abs(band.slots[n].box.center().x() - middle), default=None)
            self._go(Spot(band.row.id, "" if nearest is None else band.row.steps[nearest].id))

    def _go(self, spot: Spot) -> None:
        self._anchor = spot.step_id
        self.select([spot.step_id or spot.stream_id], spot=spot)

    def _enter(self) -> None:
        spot = self._spot_near(0)
        if spot.stream_id:
            self.select([spot.step_id or spot.stream_id], spot=spot)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first step where the keyboard comes in."""
        super().focusInEvent(event)
        if not self.spot.stream_id:
            self._enter()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what is pressed; more of it with Ctrl or Shift."""
        spot = self.spot_at(event.position())
        if spot is None:
            return
        chosen = spot.step_id or spot.stream_id
        if event.button() == Qt.MouseButton.RightButton and chosen in self._chosen:
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and spot.step_id:
            self.select(self._chosen ^ {chosen} - {""}, spot=spot)
        elif chosen not in self._chosen or len(self._chosen) == 1 or not spot.step_id:
            self._anchor = spot.step_id
            self.select([chosen], spot=spot)
        if event.button() == Qt.MouseButton.LeftButton and spot.step_id and self.editable:
            self._pressed = (event.position(), spot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the steps under way would go."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        away = (event.position() - self._pressed[0]).manhattanLength()
        if self._drop is not None or away >= QApplication.startDragDistance():
            self._drop = self._drop_place(event.position())
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the steps where they were dragged."""
        drop, pressed = self._drop, self._pressed
        self._pressed = self._drop = None
        if drop is not None and pressed is not None:
            ids = self.selected_steps() or (pressed[1].step_id,)
            self.moved.emit(ids, *drop)
        elif pressed is not None and event.modifiers() == _NO_KEYS and len(self._chosen) > 1:
            self.select([pressed[1].step_id], spot=pressed[1])
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit what is under the pointer."""
        spot = self.spot_at(event.position())
        if spot is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        self.select([spot.step_id or spot.stream_id], spot=spot)
        self.edit_field(self._field_at(event.position(), spot))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, at the pointer or at what the keyboard is on."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            slot = self._slot_of(self.spot)
            if slot is not None:
                place = self.viewport().mapToGlobal(self._on_screen(slot.box).center().toPoint())
        self.menu_asked.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll sideways with Shift."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP)
            event.accept()
            return
        self.editor.close_quietly()
        super().wheelEvent(event)

    def _step_at(self, place: QPointF) -> StepCell | None:
        spot = self.spot_at(place)
        row = self._row_of(spot.stream_id) if spot is not None else None
        return None if row is None or spot is None else next((s for s in row.steps if s.id == spot.step_id), None)

    def _field_at(self, place: QPointF, spot: Spot) -> Field:
        slot = self._slot_of(spot)
        inside = self._in_picture(place)
        if slot is None:
            return Field.NAME
        if slot.gap.contains(inside):
            return Field.WAIT
        heights = self._painter.heights
        down = inside.y() - slot.box.top() - PAD
        if down < 2 * heights.name + NAME_GAP - 2:
            return Field.NAME
        if down < 3 * heights.name + NAME_GAP + 2:
            return Field.PROCESS
        return Field.ACCURATE if down < 3 * heights.name + heights.caption + NAME_GAP + 12 else Field.NAME

    def _drop_place(self, place: QPointF) -> tuple[str, int] | None:
        inside = self._in_picture(place)
        for band in self.layout_shown.bands:
            if band.place.top() - 14 <= inside.y() <= band.place.bottom() + 14:
                return band.row.id, _place_in(band, inside)
        return None

    def _tell_spot(self) -> None:
        self.setAccessibleDescription(self.current_description())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.viewport().update()


def _place_in(band: Band, inside: QPointF) -> int:
    """Return before which step of a stream a place of the picture is, in the line that is nearest."""
    lines = band.lines
    if not lines:
        return 0
    line = min(lines, key=lambda each: abs(band.slots[each.start].box.center().y() - inside.y()))
    return line.start + sum(band.slots[at].box.center().x() < inside.x() for at in line)


def _lines_of(bands: Iterable[Band]) -> list[tuple[Band, range]]:
    """Return every line of steps from the top down; a stream without any is a line with none."""
    return [(band, line) for band in bands for line in (band.lines or (range(0),))]
