"""The parts of a diagram as Qt's graphics view shows them: regions behind, edges over them, nodes in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from ui.actions import plain_tip
from ui.diagram import painting
from ui.diagram.painting import Dress, Emphasis
from ui.diagram.routing import Route, straight
from ui.diagram.values import Edge, Node, Region

HANDLE_REACH: Final = 9.0
_HANDLE: Final = 5.5
_READABLE: Final = 0.5
_CAPTION_READABLE: Final = 0.4
_AROUND_EDGE: Final = 60.0
_SIGN_REACH: Final = 12.0
"""How far the sign in the middle of an edge reaches beside its curve."""


class Stage(Protocol):
    """What items ask of the view they are in."""

    @property
    def dress(self) -> Dress:
        """The colours and fonts of the theme."""

    @property
    def editable(self) -> bool:
        """Whether nodes can be moved and connected."""

    @property
    def under_keyboard(self) -> str:
        """The id of the node or edge the keyboard is on; empty while it is elsewhere."""


class RegionItem(QGraphicsItem):
    """The area behind the nodes that belong together; the mouse goes through it."""

    def __init__(self, region: Region, stage: Stage) -> None:
        super().__init__()
        self.region = region
        self._stage = stage
        self._box = QRectF()
        self.setZValue(-2)
        self.name = _RegionName(self)

    @property
    def box(self) -> QRectF:
        """The area."""
        return self._box

    @property
    def dress(self) -> Dress:
        """The colours and fonts of the theme."""
        return self._stage.dress

    def enclose(self, region: Region, box: QRectF) -> None:
        """Show a region around the box of its nodes."""
        around = painting.around_nodes(region, box, self._stage.dress)
        if around != self._box or region != self.region:
            self.prepareGeometryChange()
            self.name.prepareGeometryChange()
            self.region, self._box = region, around
            self.update()
            self.name.update()

    def boundingRect(self) -> QRectF:
        """Return the area painted."""
        return self._box.adjusted(-1, -1, 1, 1)

    def shape(self) -> QPainterPath:
        """Return nothing: an area is never clicked."""
        return QPainterPath()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the area."""
        painting.paint_region(painter, self._box, self._stage.dress)


class _RegionName(QGraphicsItem):
    """The name of a region, in front of the edges."""

    def __init__(self, region: RegionItem) -> None:
        super().__init__()
        self._of = region
        self.setZValue(-0.5)

    def boundingRect(self) -> QRectF:
        """Return the area painted."""
        box = self._of.box
        return QRectF(box.left(), box.top(), box.width(), painting.REGION_HEAD + 4)

    def shape(self) -> QPainterPath:
        """Return nothing: a name is never clicked."""
        return QPainterPath()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the name."""
        painting.paint_region_name(painter, self._of.region, self._of.box, self._of.dress)


class EdgeItem(QGraphicsItem):
    """One edge, which can be selected."""

    def __init__(self, edge: Edge, stage: Stage) -> None:
        super().__init__()
        self.edge = edge
        self.route = straight((0.0, 0.0), (0.0, 0.0))
        self._far = replace(edge, text="")
        self._is_waiting = False
        self._stage = stage
        self._hovered = False
        self._box = QRectF()
        self.drawn = QRectF()
        self.setToolTip(plain_tip(edge.description))
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setAcceptHoverEvents(True)
        self.setZValue(-1)

    def take(self, edge: Edge) -> None:
        """Show another state of the edge."""
        if edge != self.edge:
            self.edge = edge
            self._far = replace(edge, text="")
            self.update()
            self.setToolTip(plain_tip(edge.description))

    def wait(self) -> None:
        """Stay out of sight until there is a route."""
        if not self._is_waiting:
            self._is_waiting = True
            self.update()

    def run(self, route: Route) -> None:
        """Run along another route."""
        if self._is_waiting:
            self._is_waiting = False
            self.update()
        if route != self.route:
            self.prepareGeometryChange()
            self.route = route
            # Known once, for the view asks for it all the time; the widest text is in its middle.
            path = painting.path_of(route)
            self._box = path.controlPointRect().adjusted(-_AROUND_EDGE, -22, _AROUND_EDGE, 22)
            self.drawn = path.boundingRect().adjusted(-_SIGN_REACH, -_SIGN_REACH, _SIGN_REACH, _SIGN_REACH)

    def boundingRect(self) -> QRectF:
        """Return the area painted."""
        return self._box

    def shape(self) -> QPainterPath:
        """Return the band along the curve in which the mouse is on the edge."""
        stroker = QPainterPathStroker()
        stroker.setWidth(14)
        return stroker.createStroke(painting.path_of(self.route))

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the edge; its text only where it is large enough to be read."""
        if self._is_waiting:
            return
        emphasis = Emphasis(self.isSelected(), self._stage.under_keyboard == self.edge.id, self._hovered)
        is_far = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform()) < _READABLE
        edge = self._far if is_far else self.edge
        painting.paint_edge(painter, edge, self.route, self._stage.dress, emphasis)

    def hoverEnterEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        """Stand out under the mouse."""
        self._hovered = True
        self.update()

    def hoverLeaveEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        """Rest again."""
        self._hovered = False
        self.update()


class NodeItem(QGraphicsItem):
    """One node, which can be selected, moved and, by the handles on its rim, connected."""

    def __init__(self, node: Node, stage: Stage, moved: Callable[[str], object]) -> None:
        super().__init__()
        self.node = node
        self._far = replace(node, caption="")
        self._stage = stage
        self._moved = moved
        self._hovered = False
        self.aimed_at = False
        self.setToolTip(plain_tip(node.description))
        self.setFlags(
            QGraphicsItem.GraphicsItemFlag.ItemIsSelectable | QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges
        )
        self.setAcceptHoverEvents(True)

    @property
    def placed(self) -> Node:
        """The node where it stands now, be it on the way elsewhere."""
        place = self.pos()
        if (place.x(), place.y()) == (self.node.x, self.node.y):
            return self.node
        return replace(self.node, x=place.x(), y=place.y())

    def take(self, node: Node) -> None:
        """Show another state of the node, at its place."""
        if node.shape is not self.node.shape:
            self.prepareGeometryChange()
        if node != self.node:
            self.node = node
            self._far = replace(node, caption="")
            self.update()
            self.setToolTip(plain_tip(node.description))
        self.setPos(node.x, node.y)

    def aim(self, *, aimed: bool) -> None:
        """Show that an edge being drawn would end here, or no longer."""
        self.aimed_at = aimed
        self.update()

    def handles(self) -> tuple[QPointF, ...]:
        """Return where an edge can be drawn from, around (0, 0)."""
        width, height = self.node.size
        return QPointF(width / 2, 0), QPointF(-width / 2, 0), QPointF(0, height / 2), QPointF(0, -height / 2)

    def is_on_handle(self, place: QPointF) -> bool:
        """Tell whether a place, given around (0, 0), is on a handle that is shown."""
        if not self._shows_handles():
            return False
        return any((place - handle).manhattanLength() <= HANDLE_REACH * 1.3 for handle in self.handles())

    def boundingRect(self) -> QRectF:
        """Return the area painted."""
        return painting.outline_of(self.node, 16).boundingRect()

    def shape(self) -> QPainterPath:
        """Return the outline in which the mouse is on the node or on a handle of its rim."""
        return painting.outline_of(self.node, HANDLE_REACH if self._stage.editable else 0.0)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the node; its second line only where it is large enough to be read."""
        current = self._stage.under_keyboard == self.node.id or self.aimed_at
        emphasis = Emphasis(self.isSelected(), current, self._hovered)
        is_far = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform()) < _CAPTION_READABLE
        node = self._far if is_far else self.node
        painting.paint_node(painter, node, self._stage.dress, emphasis)
        if self._shows_handles():
            tokens = self._stage.dress.tokens
            painter.setPen(QPen(QColor(tokens.accent), 1.6))
            painter.setBrush(QColor(tokens.surface))
            for handle in self.handles():
                painter.drawEllipse(handle, _HANDLE, _HANDLE)

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: Any) -> Any:
        """Tell when the node has moved."""
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged:
            self._moved(self.node.id)
        return super().itemChange(change, value)

    def hoverEnterEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        """Show the handles."""
        self._hovered = True
        self.update()

    def hoverLeaveEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        """Hide the handles."""
        self._hovered = False
        self.update()

    def _shows_handles(self) -> bool:
        return self._hovered and self._stage.editable
