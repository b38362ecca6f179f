"""A diagram on screen: panned, zoomed, walked through by keyboard, its nodes moved and connected.

The view shows values and says what a person did; it changes nothing itself but where nodes stand while they are being
dragged. Whoever shows a diagram carries the edit out and shows the next one, in which items are kept by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsPathItem, QGraphicsScene, QGraphicsView, QWidget

from ui.diagram import walking
from ui.diagram.items import EdgeItem, NodeItem, RegionItem
from ui.diagram.painting import Dress, path_of
from ui.diagram.routing import rim_towards, straight
from ui.diagram.values import Diagram
from ui.diagram.ways import Ways
from ui.diagram.zooming import SMALLEST, ZOOM_STEP, ZoomingView
from ui.surroundings import Surroundings

_AROUND: Final = 320.0
_NUDGE: Final = 20.0
_SMALL_NUDGE: Final = 4.0
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class DiagramView(ZoomingView):
    """Shows one diagram.

    `selected` when the selection changed, `current_changed` when the keyboard is on something else; `activated(id)` by
    Return or a double click; `moved(mapping of id to (x, y))` once nodes were put elsewhere; `connect_asked(source id,
    target id)`; `menu_asked(place on the screen)`.
    """

    selected = Signal()
    current_changed = Signal()
    activated = Signal(str)
    moved = Signal(object)
    connect_asked = Signal(str, str)
    menu_asked = Signal(QPoint)

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.setRubberBandSelectionMode(Qt.ItemSelectionMode.ContainsItemShape)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.dress = Dress(surroundings.tokens, surroundings.font)
        self.editable = False
        self.movable = True
        self.current = ""
        self.diagram = Diagram()
        self._nodes: dict[str, NodeItem] = {}
        self._edges: dict[str, EdgeItem] = {}
        self._regions: dict[str, RegionItem] = {}
        self._ways = Ways(self._nodes, self._edges, ended=self._settle_edges, parent=self)
        self._astray: set[str] = set()
        self._is_fit_due = False
        self._showing = False
        self._pressed_at: dict[str, QPointF] = {}
        self._panned_from: QPoint | None = None
        self._connecting: NodeItem | None = None
        self._aim: NodeItem | None = None
        self._thread = QGraphicsPathItem()
        self._thread.setZValue(1)
        self._thread.hide()
        self._scene.addItem(self._thread)
        self._rerouting = QTimer(self)
        self._rerouting.setSingleShot(True)
        self._rerouting.timeout.connect(self._reroute_astray)
        self._scene.selectionChanged.connect(self._take_selection)
        surroundings.theme_changed.connect(self._wear)
        self._wear()

    @property
    def under_keyboard(self) -> str:
        """The id of the node or edge the keyboard is on; empty while it is elsewhere."""
        return self.current if self.hasFocus() else ""

    # What is shown

    def show_diagram(self, diagram: Diagram) -> None:
        """Show another state of the diagram; what stays keeps its selection, its place on screen and its item."""
        self._showing = True
        self.diagram = diagram
        _drop(self._scene, self._nodes, {node.id for node in diagram.nodes})
        _drop(self._scene, self._edges, {edge.id for edge in diagram.edges})
        _drop(self._scene, self._regions, {region.id for region in diagram.regions})
        for node in diagram.nodes:
            item = self._nodes.get(node.id)
            if item is None:
                item = self._nodes[node.id] = NodeItem(node, self, self._note_astray)
                self._scene.addItem(item)
            item.setFlag(NodeItem.GraphicsItemFlag.ItemIsMovable, self.editable and self.movable)
            item.take(node)
        for edge in diagram.edges:
            line = self._edges.get(edge.id)
            if line is None:
                line = self._edges[edge.id] = EdgeItem(edge, self)
                self._scene.addItem(line)
            line.take(edge)
        for region in diagram.regions:
            if region.id not in self._regions:
                self._regions[region.id] = RegionItem(region, self)
                self._scene.addItem(self._regions[region.id])
                self._scene.addItem(self._regions[region.id].name)
        self._astray.clear()
        self._enclose()
        if self.current not in self._nodes and self.current not in self._edges:
            self.current = ""
        self._showing = False
        self._ways.take(diagram)

    def selected_nodes(self) -> tuple[str, ...]:
        """Return the ids of the selected nodes, in the order of the diagram."""
        return tuple(node_id for node_id, item in self._nodes.items() if item.isSelected())

    def selected_edges(self) -> tuple[str, ...]:
        """Return the ids of the selected edges, in the order of the diagram."""
        return tuple(edge_id for edge_id, item in self._edges.items() if item.isSelected())

    def select(self, ids: Iterable[str], *, current: str = "") -> None:
        """Select nodes and edges, and those alone; the keyboard is on `current` then, by default on the first."""
        wanted = [each for each in ids if each in self._nodes or each in self._edges]
        self._showing = True
        for items in (self._nodes, self._edges):
            for item_id, item in items.items():
                item.setSelected(item_id in wanted)
        self._showing = False
        self._set_current(current or (wanted[0] if wanted else ""))
        self.selected.emit()

    def select_all(self) -> None:
        """Select every node."""
        self.select(self._nodes, current=self.current)

    def bring_into_view(self, ids: Iterable[str]) -> None:
        """Scroll so that some nodes or edges are seen; not at all where they are."""
        box = QRectF()
        for item_id in ids:
            item = self._nodes.get(item_id) or self._edges.get(item_id)
            if item is not None:
                box = box.united(item.mapRectToScene(item.shape().boundingRect()))
        if not box.isNull() and not self.mapToScene(self.viewport().rect()).boundingRect().contains(box):
            self._let_go()
            self.ensureVisible(box, 40, 40)

    def fit(self, *, least: float = SMALLEST) -> None:
        """Show the whole diagram, again once all its edges have their ways."""
        super().fit(least=least)
        self._is_fit_due = self._ways.under_way

    # Where things run

    def _settle_edges(self) -> None:
        self._set_room()
        if self._is_fit_due and self._kept_whole is not None:
            self.fit(least=self._kept_whole)

    def _note_astray(self, node_id: str) -> None:
        if not self._showing:
            self._astray.add(node_id)
            self._rerouting.start(0)

    def _reroute_astray(self) -> None:
        moving, self._astray = self._astray & self._nodes.keys(), set()
        self._ways.follow(moving)
        self._enclose()

    def _enclose(self) -> None:
        for region in self.diagram.regions:
            box = QRectF()
            for node_id in region.node_ids:
                item = self._nodes[node_id]
                width, height = item.node.size
                box = box.united(QRectF(item.x() - width / 2, item.y() - height / 2, width, height))
            self._regions[region.id].enclose(region, box)

    def _content_box(self) -> QRectF:
        box = QRectF()
        for items in (self._nodes, self._regions):
            for item in items.values():
                box = box.united(item.sceneBoundingRect())
        for edge in self._edges.values():
            box = box.united(edge.drawn)
        return box

    def _set_room(self) -> None:
        self.setSceneRect(self._content_box().adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND))
        self._show_bars()

    # Selection and the keyboard's place

    def _take_selection(self) -> None:
        if self._showing:
            return
        if self.selected_nodes() and (edges := self.selected_edges()):
            self._showing = True
            for edge_id in edges:
                self._edges[edge_id].setSelected(False)
            self._showing = False
        chosen = self.selected_nodes() or self.selected_edges()
        if len(chosen) == 1:
            self._set_current(chosen[0])
        self.selected.emit()

    def _set_current(self, item_id: str) -> None:
        if item_id == self.current:
            return
        before, self.current = self.current, item_id
        for each in (before, item_id):
            item = self._nodes.get(each) or self._edges.get(each)
            if item is not None:
                item.update()
        self.setAccessibleDescription(self.current_description())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.current_changed.emit()

    def current_description(self) -> str:
        """Return in words what the keyboard is on."""
        if self.current in self._nodes:
            return self._nodes[self.current].node.description
        return self._edges[self.current].edge.description if self.current in self._edges else ""

    def _go_to(self, item_id: str | None, *, extends: bool = False) -> None:
        if item_id is None:
            return
        chosen = {*self.selected_nodes(), item_id} if extends else {item_id}
        self.select(chosen, current=item_id)
        self.bring_into_view((item_id,))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at an end of the diagram where the keyboard comes in."""
        super().focusInEvent(event)
        self.viewport().update()
        if not self.current and event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            order = walking.reading_order(self.diagram)
            if order:
                self._go_to(order[0 if event.reason() == Qt.FocusReason.TabFocusReason else -1])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard has left."""
        super().focusOutEvent(event)
        self.viewport().update()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  Qt's own signature
        """Go to the next node in reading order; leave the diagram behind the last one, or when on none."""
        following = walking.beside(self.diagram, self.current, 1 if forward else -1)
        if following is None:
            return super().focusNextPrevChild(forward)
        self._go_to(following)
        return True

    def event(self, event: QEvent) -> bool:
        """Claim the keys that mean something here before any shortcut of the window does."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._means(event):
            event.accept()
            return True
        return super().event(event)

    def _means(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        return event.key() in _ARROWS and modifiers in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.AltModifier,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, select, nudge, activate."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key in _ARROWS and modifiers & Qt.KeyboardModifier.AltModifier:
            across, down = _ARROWS[key]
            self._nudge(across, down, _SMALL_NUDGE if shift else _NUDGE)
        elif key in _ARROWS:
            across, down = _ARROWS[key]
            self._go_to(walking.towards(self.diagram, self.current, across=across, down=down), extends=shift)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            order = walking.reading_order(self.diagram)
            self._go_to(order[0 if key == Qt.Key.Key_Home else -1] if order else None)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._go_to(walking.edge_beside(self.diagram, self.current, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Space and self.current:
            item = self._nodes.get(self.current) or self._edges[self.current]
            item.setSelected(not item.isSelected())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.activated.emit(self.current)
        elif key == Qt.Key.Key_Escape and (self._connecting or self.current or self._scene.selectedItems()):
            self._step_back()
        else:
            event.ignore()
            return
        event.accept()

    def _step_back(self) -> None:
        if self._connecting is not None:
            self._end_connecting()
        elif self.current in self._edges:
            self._go_to(self._edges[self.current].edge.source)
        else:
            self.select(())

    def _nudge(self, across: int, down: int, length: float) -> None:
        chosen = self.selected_nodes() or ((self.current,) if self.current in self._nodes else ())
        if self.editable and self.movable and chosen:
            places = {
                node_id: (self._nodes[node_id].x() + across * length, self._nodes[node_id].y() + down * length)
                for node_id in chosen
            }
            self.moved.emit(places)
            self.bring_into_view(chosen)

    # The mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            self._let_go()
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan, to connect, to move or to select."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._let_go()
            self._panned_from = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() == Qt.MouseButton.LeftButton:
            item = self._node_at(event.position().toPoint())
            here = self.mapToScene(event.position().toPoint())
            if item is not None and item.is_on_handle(here - item.pos()):
                self._connecting = item
                self._draw_thread(here)
                return
        self._pressed_at = {node_id: each.pos() for node_id, each in self._nodes.items()}
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what was begun."""
        place = event.position().toPoint()
        if self._panned_from is not None:
            by = place - self._panned_from
            self._panned_from = place
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - by.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - by.y())
        elif self._connecting is not None:
            self._aim_at(self._node_at(place))
            self._draw_thread(self.mapToScene(place))
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what was begun, and tell of it."""
        if event.button() == Qt.MouseButton.MiddleButton and self._panned_from is not None:
            self._panned_from = None
            self.viewport().unsetCursor()
            return
        if self._connecting is not None:
            source, target = self._connecting.node.id, self._aim.node.id if self._aim is not None else ""
            self._end_connecting()
            if target:
                self.connect_asked.emit(source, target)
            return
        super().mouseReleaseEvent(event)
        event.accept()
        pressed, self._pressed_at = self._pressed_at, {}
        places = {
            node_id: (float(round(item.x())), float(round(item.y())))
            for node_id, item in self._nodes.items()
            if node_id in pressed and pressed[node_id] != item.pos()
        }
        if places:
            self.moved.emit(places)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate what is under the mouse."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.current and self._scene.selectedItems():
            self.activated.emit(self.current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what the menu is asked for, and ask for it."""
        item = self.itemAt(event.pos())
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if by_mouse and isinstance(item, NodeItem | EdgeItem) and not item.isSelected():
            self.select((item.node.id if isinstance(item, NodeItem) else item.edge.id,))
        self.menu_asked.emit(event.globalPos())

    def _node_at(self, place: QPoint) -> NodeItem | None:
        return next((item for item in self.items(place) if isinstance(item, NodeItem)), None)

    def _aim_at(self, item: NodeItem | None) -> None:
        wanted = item if item is not self._connecting else None
        if wanted is not self._aim:
            for each, aimed in ((self._aim, False), (wanted, True)):
                if each is not None:
                    each.aim(aimed=aimed)
            self._aim = wanted

    def _draw_thread(self, here: QPointF) -> None:
        if self._connecting is None:
            return
        end = (here.x(), here.y())
        start = rim_towards(self._connecting.placed, end)
        self._thread.setPath(path_of(straight(start, end)))
        self._thread.setPen(QPen(QColor(self.dress.tokens.accent), 2.4, Qt.PenStyle.DashLine))
        self._thread.show()

    def _end_connecting(self) -> None:
        self._aim_at(None)
        self._connecting = None
        self._thread.hide()

    def _wear(self) -> None:
        self.dress = Dress(self._surroundings.tokens, self._surroundings.font)
        self.setBackgroundBrush(QColor(self.dress.tokens.surface))
        self._scene.update()


def _drop(
    scene: QGraphicsScene, items: dict[str, NodeItem] | dict[str, EdgeItem] | dict[str, RegionItem], kept: set[str]
) -> None:
    for item_id in [each for each in items if each not in kept]:
        item = items.pop(item_id)
        scene.removeItem(item)
        if isinstance(item, RegionItem):
            scene.removeItem(item.name)
