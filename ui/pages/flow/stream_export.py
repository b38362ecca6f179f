"""The value streams as a picture for a slide: title, every stream as it is shown, and what the wastes' signs mean."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.language import N_
from ui import theme
from ui.diagram.exporting import ask_place, save_off_thread
from ui.diagram.painting import Dress
from ui.diagram.picture import write_sheet
from ui.pages.flow.stream_layout import MARGIN, LineHeights, lay_out
from ui.pages.flow.stream_painting import StreamPainter
from ui.pages.flow.stream_rows import StreamRow
from ui.workbench import Workbench

_HEAD: Final = 44.0


class StreamSheet:
    """Value streams laid out as one sheet, in light colours; lengths in points at 100 %."""

    def __init__(self, rows: tuple[StreamRow, ...], *, title: str, to_scale: bool, font: QFont) -> None:
        self._dress = Dress(theme.LIGHT, font)
        self._title = title
        heights = LineHeights.of(self._dress.title, self._dress.name, self._dress.caption)
        self._painter = StreamPainter(self._dress, heights)
        needed = QFontMetricsF(self._dress.title).horizontalAdvance(title) + 2 * MARGIN
        self._layout = lay_out(rows, heights, to_scale=to_scale, least_width=min(1_200.0, needed))
        self.width = self._layout.width
        self.height = self._layout.height + _HEAD

    def paint(self, painter: QPainter) -> None:
        """Paint the sheet from (0, 0) on."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(QRectF(0, 0, self.width, self.height), QColor(theme.LIGHT.surface))
        painter.setFont(self._dress.title)
        painter.setPen(QColor(theme.LIGHT.text_muted))
        place = QRectF(MARGIN, MARGIN, self.width - 2 * MARGIN, _HEAD)
        (line, *_rest) = self._dress.lines(self._title, self._dress.title, place.width(), 1) or [""]
        painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, line)
        painter.translate(0, _HEAD)
        for band in self._layout.bands:
            self._painter.paint_band(painter, band)


def ask_stream_picture(
    workbench: Workbench, parent: QWidget, *, name: str, rows: tuple[StreamRow, ...], to_scale: bool, title: str
) -> QFileDialog:
    """Ask for a place and write the streams there, in the format its name ends with."""
    font = workbench.surroundings.font

    def save(path: Path) -> None:
        sheet = StreamSheet(rows, title=title, to_scale=to_scale, font=font)
        save_off_thread(workbench, lambda target, progress: write_sheet(sheet, target, progress=progress), path)

    return ask_place(
        workbench,
        parent,
        title=workbench.surroundings.language.gettext(N_("Export the value streams as a picture")),
        name=name,
        chosen=save,
    )
