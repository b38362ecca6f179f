"""The value streams as a picture for a slide: title, every stream as it is shown, and what the wastes' signs mean."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from planner.domain.engagement import Engagement
from planner.exchange.redaction import Redaction, redact, redacted_ids
from planner.language import N_, Language
from ui import theme
from ui.diagram.exporting import ask_place, save_off_thread
from ui.diagram.painting import Dress
from ui.diagram.picture import write_sheet
from ui.dialogs.redaction import RedactionDialog, ask_redaction
from ui.pages.flow.stream_layout import MARGIN, LineHeights, lay_out
from ui.pages.flow.stream_painting import StreamPainter
from ui.pages.flow.stream_rows import StreamRow, stream_rows
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStreams:
    """What a picture is made of: the streams with these ids, as they are or as they will be `after`."""

    engagement: Engagement
    stream_ids: frozenset[str]
    after: bool
    to_scale: bool

    def sheet(self, redaction: Redaction, language: Language, font: QFont) -> StreamSheet:
        """Return the sheet without what `redaction` names, as every export leaves it out."""
        redacted = redact(self.engagement, redaction, language=language)
        ids = redacted_ids(self.engagement, redacted, "value_streams")
        shown = {ids[stream_id] for stream_id in self.stream_ids}
        rows = tuple(row for row in stream_rows(redacted, language, after=self.after) if row.id in shown)
        return StreamSheet(rows, title=redacted.setting.name, to_scale=self.to_scale, font=font)


def ask_stream_picture(workbench: Workbench, parent: QWidget, shown: ShownStreams) -> RedactionDialog:
    """Ask what to leave out and for a place, and write the streams there, in the format its name ends with."""
    language, font = workbench.surroundings.language, workbench.surroundings.font
    title = language.gettext(N_("Export the value streams as a picture"))

    def ask_where(redaction: Redaction) -> None:
        def save(path: Path) -> None:
            save_off_thread(
                workbench,
                lambda target, progress: write_sheet(shown.sheet(redaction, language, font), target, progress=progress),
                path,
            )

        ask_place(workbench, parent, title=title, name=shown.engagement.setting.name, chosen=save)

    return ask_redaction(workbench, parent, title=title, agreed=ask_where)
