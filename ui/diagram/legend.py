"""What the shapes, lines and signs of a diagram mean, painted as the diagram paints them."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.diagram import painting
from ui.diagram.painting import Dress
from ui.diagram.values import Sample
from ui.surroundings import Surroundings


class Legend(QWidget):
    """One line a sample; its accessible description reads them out."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._samples: tuple[Sample, ...] = ()
        self._dress = Dress(surroundings.tokens, surroundings.font)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        surroundings.theme_changed.connect(self._wear)

    def show_samples(self, samples: tuple[Sample, ...]) -> None:
        """Show other samples."""
        if samples != self._samples:
            self._samples = samples
            self.setAccessibleDescription("\n".join(sample.text for sample in samples))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of every line whole."""
        return QSize(
            math.ceil(painting.legend_width(self._samples, self._dress)),
            math.ceil(painting.LEGEND_ROW * len(self._samples)),
        )

    def minimumSizeHint(self) -> QSize:
        """Return the whole height; words end in dots where the width does not do."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the samples."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        for at, sample in enumerate(self._samples):
            place = QRectF(0, at * painting.LEGEND_ROW, self.width(), painting.LEGEND_ROW)
            painting.paint_sample(painter, sample, place, self._dress)

    def _wear(self) -> None:
        self._dress = Dress(self._surroundings.tokens, self._surroundings.font)
        self.update()
