"""The peer of the Gantt export: matplotlib used as its manual says, drawing the same shapes and texts, nothing more.

Each page is a figure with one Axes over it; shapes go in as collections, the quickest way the manual knows, texts by
`Axes.text`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.charts.palette import LIGHT
from planner.charts.scene import Diamond, Polygon, Polyline, Rectangle, Role, Scene, Text


def draw_raw(pages: Sequence[Scene], path: Path) -> None:
    """Write the pages as a PDF with plain matplotlib."""
    import matplotlib
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.collections import LineCollection, PolyCollection
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"pdf.fonttype": 42, "text.parse_math": False}), PdfPages(path) as pdf:
        for page in pages:
            figure = Figure(figsize=(page.width / 72, page.height / 72))
            axes = figure.add_axes((0, 0, 1, 1))
            axes.set_xlim(0, page.width)
            axes.set_ylim(page.height, 0)
            axes.axis("off")
            filled = [shape for shape in page.shapes if isinstance(shape, Rectangle | Diamond | Polygon)]
            lines = [shape for shape in page.shapes if isinstance(shape, Polyline)]
            axes.add_collection(
                PolyCollection(
                    [_corners(shape) for shape in filled],
                    facecolors=[_colour(shape.fill) for shape in filled],
                    edgecolors=[_colour(shape.line) for shape in filled],
                    linewidths=[shape.line_width for shape in filled],
                )
            )
            axes.add_collection(
                LineCollection(
                    [shape.points for shape in lines],
                    colors=[_colour(shape.line) for shape in lines],
                    linewidths=[shape.line_width for shape in lines],
                )
            )
            for shape in page.shapes:
                if isinstance(shape, Text):
                    axes.text(
                        shape.left, shape.baseline, shape.text, fontsize=shape.size, color=_colour(shape.role),
                        fontweight="bold" if shape.bold else "normal", family="DejaVu Sans",
                    )  # fmt: skip
            pdf.savefig(figure)


def _corners(shape: Rectangle | Diamond | Polygon) -> Sequence[tuple[float, float]]:
    if isinstance(shape, Polygon):
        return shape.points
    if isinstance(shape, Diamond):
        x, y, reach = shape.x, shape.y, shape.reach
        return (x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)
    right, bottom = shape.x + shape.width, shape.y + shape.height
    return (shape.x, shape.y), (right, shape.y), (right, bottom), (shape.x, bottom)


def _colour(role: Role | None) -> str:
    return "none" if role is None else LIGHT[role]
