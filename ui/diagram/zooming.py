"""How much of a diagram is seen: zoomed, shown whole and kept whole, with scroll bars only once something is out of sight."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

SMALLEST: Final = 0.08
_LARGEST: Final = 3.0
ZOOM_STEP: Final = 1.2
_MARGIN: Final = 14.0


class ZoomingView(QGraphicsView):
    """A graphics view that can show all there is; subclasses say how large that is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept_whole: float | None = None
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._look_anew)
        self._grown = False
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.actionTriggered.connect(self._let_go)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    @abstractmethod
    def _content_box(self) -> QRectF:
        """Return the area in which something is drawn."""

    def zoom(self, factor: float) -> None:
        """Show everything larger (a factor above 1) or smaller, around the middle of what is seen."""
        self._kept_whole = None
        scale = self.transform().m11()
        wanted = min(_LARGEST, max(SMALLEST, scale * factor))
        if not math.isclose(wanted, scale):
            self.scale(wanted / scale, wanted / scale)
        self._show_bars()

    def zoom_in(self) -> None:
        """Show everything one step larger."""
        self._zoom_around_middle(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show everything one step smaller."""
        self._zoom_around_middle(1 / ZOOM_STEP)

    def fit(self, *, least: float = SMALLEST) -> None:
        """Show the whole diagram, no larger than it is; where that were smaller than `least`, its beginning.

        It stays whole while the view becomes larger or smaller, until somebody zooms or goes elsewhere in it.
        """
        box = self._content_box()
        if box.isNull() or self.viewport().width() < 20:
            return
        self._set_bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = box.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        scale = min(self.viewport().width() / box.width(), self.viewport().height() / box.height(), 1.0)
        self.resetTransform()
        self.scale(max(scale, least), max(scale, least))
        seen = self.mapToScene(self.viewport().rect()).boundingRect()
        self.centerOn(
            min(box.center().x(), box.left() + seen.width() / 2), min(box.center().y(), box.top() + seen.height() / 2)
        )
        self._kept_whole = least
        self._show_bars()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep whole what was shown whole."""
        super().resizeEvent(event)
        self._grown = True
        self._looking.start(0)

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Show scroll bars once something is out of sight."""
        super().scrollContentsBy(across, down)
        self._looking.start(0)

    def _let_go(self, _action: int = 0) -> None:
        """Keep the whole in sight no longer: somebody went elsewhere."""
        self._kept_whole = None

    def _look_anew(self) -> None:
        grown, self._grown = self._grown, False
        if grown and self._kept_whole is not None:
            self.fit(least=self._kept_whole)
        else:
            self._show_bars()

    def _show_bars(self) -> None:
        seen = self.mapToScene(self.viewport().rect()).boundingRect()
        is_whole = seen.contains(self._content_box())
        self._set_bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff if is_whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _set_bars(self, policy: Qt.ScrollBarPolicy) -> None:
        self.setHorizontalScrollBarPolicy(policy)
        self.setVerticalScrollBarPolicy(policy)

    def _zoom_around_middle(self, factor: float) -> None:
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.zoom(factor)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
