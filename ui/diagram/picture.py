"""A diagram as a file: PNG, SVG or PDF of the whole of it with its title and its legend, in light colours always.

Written on any thread through `planner.safe_file`: beside its target, opened again and verified, then put in place.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt, QXmlStreamReader
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QImageReader,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from planner.domain.errors import BugError, UserError
from planner.progress import Progress, ignore_progress
from planner.safe_file import write_safely
from ui import theme
from ui.diagram import painting
from ui.diagram.painting import Dress
from ui.diagram.routing import route_all
from ui.diagram.values import Diagram, Region

SUFFIXES: Final = (".png", ".svg", ".pdf")
_MARGIN: Final = 32.0
_DENSITY: Final = 2.0
_LONGEST_SIDE: Final = 16_000
_MOST_PIXELS: Final = 24_000_000
_STRIP: Final = 64
_QUICK: Final = 70
"""How much time the compression of a PNG may take, 0 to 100: half as long as by default, and no larger."""

_STEPS: Final = 4
_LEGEND_GAP: Final = 18.0
_PDF_DOTS: Final = 288


class Sheet(Protocol):
    """Anything that paints itself from (0, 0) on; lengths in points at 100 %."""

    @property
    def width(self) -> float:
        """How wide it is."""

    @property
    def height(self) -> float:
        """How high it is."""

    def paint(self, painter: QPainter) -> None:
        """Paint it."""


class Picture:
    """A diagram laid out as one sheet: title above, legend below; lengths in points at 100 %."""

    def __init__(self, diagram: Diagram, font: QFont) -> None:
        self._diagram = diagram
        self._dress = Dress(theme.LIGHT, font)
        self._routes = route_all(diagram)
        self._content = self._content_box()
        self._head = QFontMetricsF(self._dress.title).height() + 12 if diagram.title else 0.0
        column = painting.legend_width(diagram.legend, self._dress)
        needed = max(self._content.width(), min(column, 900.0), self._title_width(), 320.0)
        self._columns = max(1, min(len(diagram.legend), int(needed // column)))
        rows = math.ceil(len(diagram.legend) / self._columns)
        self._foot = rows * painting.LEGEND_ROW + _LEGEND_GAP if rows else 0.0
        self.width = needed + 2 * _MARGIN
        self.height = self._head + self._content.height() + self._foot + 2 * _MARGIN

    def paint(self, painter: QPainter) -> None:
        """Paint the sheet from (0, 0) on."""
        diagram, dress = self._diagram, self._dress
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(QRectF(0, 0, self.width, self.height), QColor(dress.tokens.surface))
        if diagram.title:
            painter.setFont(dress.title)
            painter.setPen(QColor(dress.tokens.text))
            place = QRectF(_MARGIN, _MARGIN, self.width - 2 * _MARGIN, self._head)
            (line, *_none) = dress.lines(diagram.title, dress.title, place.width(), 1) or [""]
            painter.drawText(place, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, line)
        painter.save()
        painter.translate(_MARGIN - self._content.left(), _MARGIN + self._head - self._content.top())
        self._paint_diagram(painter)
        painter.restore()
        self._paint_legend(painter)

    def _paint_diagram(self, painter: QPainter) -> None:
        nodes = {node.id: node for node in self._diagram.nodes}
        for region in self._diagram.regions:
            painting.paint_region(painter, self._region_box(region), self._dress)
        for edge in self._diagram.edges:
            painting.paint_edge(painter, edge, self._routes[edge.id], self._dress)
        for region in self._diagram.regions:
            painting.paint_region_name(painter, region, self._region_box(region), self._dress)
        for node in nodes.values():
            painter.save()
            painter.translate(node.x, node.y)
            painting.paint_node(painter, node, self._dress)
            painter.restore()

    def _paint_legend(self, painter: QPainter) -> None:
        if not self._diagram.legend:
            return
        top = self.height - _MARGIN - self._foot + _LEGEND_GAP
        column = (self.width - 2 * _MARGIN) / self._columns
        rows = math.ceil(len(self._diagram.legend) / self._columns)
        painter.setPen(QColor(self._dress.tokens.border_strong))
        painter.drawLine(QPointF(_MARGIN, top - 8), QPointF(self.width - _MARGIN, top - 8))
        for at, sample in enumerate(self._diagram.legend):
            across, row = divmod(at, rows)
            place = QRectF(_MARGIN + across * column, top + row * painting.LEGEND_ROW, column - 8, painting.LEGEND_ROW)
            painting.paint_sample(painter, sample, place, self._dress)

    def _region_box(self, region: Region) -> QRectF:
        nodes = {node.id: node for node in self._diagram.nodes}
        box = QRectF()
        for node_id in region.node_ids:
            left, top, right, bottom = nodes[node_id].box
            box = box.united(QRectF(left, top, right - left, bottom - top))
        return painting.around_nodes(region, box, self._dress)

    def _content_box(self) -> QRectF:
        box = QRectF()
        for node in self._diagram.nodes:
            left, top, right, bottom = node.box
            box = box.united(QRectF(left - 14, top - 14, right - left + 28, bottom - top + 28))
        for region in self._diagram.regions:
            box = box.united(self._region_box(region))
        for route in self._routes.values():
            box = box.united(painting.path_of(route).boundingRect().adjusted(-14, -14, 14, 14))
        return box

    def _title_width(self) -> float:
        return min(900.0, QFontMetricsF(self._dress.title).horizontalAdvance(self._diagram.title) + 4)


def write_picture(diagram: Diagram, path: Path, *, font: QFont, progress: Progress = ignore_progress) -> None:
    """Write a diagram in the format of the path's suffix; UserError when the system refuses or it reads back wrong."""
    progress(0, _STEPS)
    write_sheet(Picture(diagram, font), path, progress=progress)


def write_sheet(picture: Sheet, path: Path, *, progress: Progress = ignore_progress) -> None:
    """Write a sheet in the format of the path's suffix; UserError when the system refuses or it reads back wrong."""
    suffix = path.suffix.lower()
    writers = {".png": _write_png, ".svg": _write_svg, ".pdf": _write_pdf}
    checks = {".png": _check_png, ".svg": _check_svg, ".pdf": _check_pdf}
    if suffix not in writers:
        raise BugError(f"no picture can be written as {suffix!r}")

    def write(temporary: Path) -> None:
        progress(1, _STEPS)
        writers[suffix](picture, temporary, progress)

    def verify(written: Path) -> None:
        progress(3, _STEPS)
        if not checks[suffix](written):
            raise UserError("written-differs", path=str(path))
        progress(_STEPS, _STEPS)

    write_safely(path, write, verify=verify)


def _write_png(picture: Sheet, path: Path, progress: Progress) -> None:
    area = picture.width * picture.height
    density = min(_DENSITY, _LONGEST_SIDE / max(picture.width, picture.height), math.sqrt(_MOST_PIXELS / area))
    image = QImage(
        max(1, round(picture.width * density)), max(1, round(picture.height * density)), QImage.Format.Format_RGB32
    )
    dots_per_metre = round(96 * density / 0.0254)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)
    painter = QPainter(image)
    # Strip by strip: the whole at once keeps every other thread waiting until all of its memory is there.
    for top in range(0, image.height(), _STRIP):
        painter.fillRect(0, top, image.width(), _STRIP, QColor(theme.LIGHT.surface))
    painter.scale(density, density)
    picture.paint(painter)
    painter.end()
    progress(2, _STEPS)
    writer = QImageWriter(str(path), b"png")
    writer.setQuality(_QUICK)
    if not writer.write(image):
        raise OSError(f"{path} could not be written")


def _write_svg(picture: Sheet, path: Path, _progress: Progress) -> None:
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setResolution(96)
    generator.setSize(QSize(math.ceil(picture.width), math.ceil(picture.height)))
    generator.setViewBox(QRectF(0, 0, picture.width, picture.height))
    painter = QPainter(generator)
    picture.paint(painter)
    painter.end()


def _write_pdf(picture: Sheet, path: Path, _progress: Progress) -> None:
    writer = QPdfWriter(str(path))
    writer.setResolution(_PDF_DOTS)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    points = QSizeF(picture.width * 72 / 96, picture.height * 72 / 96)
    shrunk = min(1.0, 14_000 / max(points.width(), points.height()))
    size = QPageSize(points * shrunk, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    painter.scale(_PDF_DOTS / 96 * shrunk, _PDF_DOTS / 96 * shrunk)
    picture.paint(painter)
    painter.end()


def _check_png(path: Path) -> bool:
    reader = QImageReader(str(path))
    reader.setAllocationLimit(0)
    return not reader.read().isNull()


def _check_svg(path: Path) -> bool:
    reader = QXmlStreamReader(path.read_text(encoding="utf-8"))
    while not reader.atEnd():
        reader.readNext()
    return not reader.hasError()


def _check_pdf(path: Path) -> bool:
    content = path.read_bytes()
    return content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
