"""Painting a scene with matplotlib, on paper and as a picture; what is in the scene is `planner.charts`' matter.

Shapes are gathered into collections and letters are handed straight to the renderer: an artist a shape would cost
several times as much. Nothing here reads the state of pyplot or a person's own matplotlib settings.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from planner.charts.palette import Palette
from planner.charts.scene import (
    Anchor,
    Diamond,
    Point,
    Polygon,
    Polyline,
    Rectangle,
    Role,
    Scene,
    Shape,
    Text,
    arrow_head,
)
from planner.domain.errors import BugError
from planner.exchange.fonts import drawable, properties_for

if TYPE_CHECKING:
    from matplotlib.collections import PathCollection
    from matplotlib.figure import Figure
    from matplotlib.path import Path as Outline

Rgba: TypeAlias = tuple[float, float, float, float]

_ALIGNMENT: Final[Mapping[Anchor, Literal["left", "center", "right"]]] = {
    Anchor.START: "left",
    Anchor.MIDDLE: "center",
    Anchor.END: "right",
}
_ROUND: Final = 0.4477
"""How far from its corner the control point of a quarter circle is, in radii: 1 - 4/3 (sqrt 2 - 1)."""
_NOTHING: Final[Rgba] = (0.0, 0.0, 0.0, 0.0)
_SETTINGS: Final[dict[Any, Any]] = {
    # TrueType fonts are embedded whole letters, searchable; text in an SVG stays text: a reader can search and edit it,
    # and a viewer brings its own font for what ours lacks.
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "svg.fonttype": "none",
    "svg.hashsalt": "roadbook",
    # Where a viewer has no DejaVu Sans, Verdana is of the same widths; what else it has is narrower.
    "font.sans-serif": ["DejaVu Sans", "Verdana"],
    "text.usetex": False,
    "text.parse_math": False,
    "path.simplify": False,
    "path.sketch": None,
    "agg.path.chunksize": 0,
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "savefig.bbox": None,
    "savefig.transparent": False,
    "savefig.facecolor": "auto",
    "savefig.orientation": "portrait",
}
# matplotlib's settings are the process's own; two pictures at once would take them from each other.
_SETTINGS_LOCK: Final = threading.RLock()


@contextmanager
def drawing_settings() -> Iterator[None]:
    """Hold matplotlib's settings at ours while a picture is made and written."""
    import matplotlib  # noqa: PLC0415  only to draw

    # It would tell on the terminal that a font for rare signs has no bold face.
    remarks = logging.getLogger("matplotlib.font_manager")
    with _SETTINGS_LOCK, matplotlib.rc_context(_SETTINGS):
        level = remarks.level
        remarks.setLevel(logging.ERROR)
        try:
            yield
        finally:
            remarks.setLevel(level)


def figure_of(scene: Scene, palette: Palette, *, boxes: bool) -> Figure:
    """Return a figure of the scene's size, to be written within `drawing_settings`.

    With `boxes`, signs no font here has become boxes; without, they are left to the viewer's own fonts.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415  only to draw
    from matplotlib.transforms import Affine2D  # noqa: PLC0415  only to draw

    figure = Figure(figsize=(scene.width / 72, scene.height / 72), dpi=72, facecolor=palette[Role.PAPER])
    colours = _rgba_of(palette)
    # Points from the top left corner to inches from the bottom left one, then to dots.
    flip = Affine2D().scale(1 / 72, -1 / 72).translate(0, scene.height / 72) + figure.dpi_scale_trans
    # No shape is ever laid over a text, so one collection and one run of letters keep the order of painting.
    drawn = _collection_of([shape for shape in scene.shapes if not isinstance(shape, Text)], colours)
    drawn.set_transform(flip)
    drawn.set_zorder(1)
    figure.add_artist(drawn)
    texts = [shape for shape in scene.shapes if isinstance(shape, Text)]
    figure.add_artist(_letters_class()(texts, colours, page_height=scene.height, boxes=boxes))
    return figure


def _collection_of(shapes: Iterable[Shape], colours: Mapping[Role | None, Rgba]) -> PathCollection:
    from matplotlib.collections import PathCollection  # noqa: PLC0415  only to draw

    paths: list[Outline] = []
    fills: list[Rgba] = []
    lines: list[Rgba] = []
    widths: list[float] = []
    styles: list[Any] = []
    for shape in shapes:
        fill: Role | None = getattr(shape, "fill", None)
        line: Role | None = getattr(shape, "line", None)
        if isinstance(shape, Polyline):
            paths.append(_outline(_shaft(shape), closed=False))
        else:
            paths.append(_outline_of(shape))
        fills.append(colours[fill])
        lines.append(colours[line])
        widths.append(getattr(shape, "line_width", 0.0) if line is not None else 0.0)
        styles.append((0.0, (2.5, 1.8)) if getattr(shape, "dashed", False) else (0.0, None))
        if isinstance(shape, Polyline) and shape.arrow:
            paths.append(_outline(arrow_head(shape.points, shape.arrow), closed=True))
            fills.append(colours[shape.line])
            lines.append(_NOTHING)
            widths.append(0.0)
            styles.append((0.0, None))
    return PathCollection(
        paths, facecolors=fills, edgecolors=lines, linewidths=widths, linestyles=styles, joinstyle="miter",
        capstyle="butt",
    )  # fmt: skip


def _shaft(line: Polyline) -> tuple[Point, ...]:
    """Return the points of a line that stops inside its arrow's head, whose tip it would blunt otherwise."""
    if not line.arrow:
        return line.points
    _tip, left, right = arrow_head(line.points, line.arrow)
    return *line.points[:-1], ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)


def _outline_of(shape: Rectangle | Diamond | Polygon | Polyline | Text) -> Outline:
    if isinstance(shape, Rectangle):
        return _box(shape)
    if isinstance(shape, Diamond):
        x, y, reach = shape.x, shape.y, shape.reach
        return _outline(((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)), closed=True)
    if isinstance(shape, Polygon):
        return _outline(shape.points, closed=True)
    raise BugError(f"{type(shape).__name__} has no outline")


def _outline(points: Sequence[Point], *, closed: bool) -> Outline:
    from matplotlib.path import Path as Outline  # noqa: PLC0415  only to draw

    codes = [Outline.MOVETO] + [Outline.LINETO] * (len(points) - 1)
    if not closed:
        return Outline(points, codes)
    return Outline([*points, points[0]], [*codes, Outline.CLOSEPOLY])


def _box(box: Rectangle) -> Outline:
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    radius = min(box.radius, box.width / 2, box.height / 2)
    if radius <= 0:
        return _outline(((left, top), (right, top), (right, bottom), (left, bottom)), closed=True)
    from matplotlib.path import Path as Outline  # noqa: PLC0415  only to draw

    bend = radius * _ROUND
    points = (
        (left + radius, top),
        (right - radius, top), (right - bend, top), (right, top + bend), (right, top + radius),
        (right, bottom - radius), (right, bottom - bend), (right - bend, bottom), (right - radius, bottom),
        (left + radius, bottom), (left + bend, bottom), (left, bottom - bend), (left, bottom - radius),
        (left, top + radius), (left, top + bend), (left + bend, top), (left + radius, top),
        (left + radius, top),
    )  # fmt: skip
    corner = [Outline.LINETO, Outline.CURVE4, Outline.CURVE4, Outline.CURVE4]
    return Outline(points, [Outline.MOVETO, *corner * 4, Outline.CLOSEPOLY])


def _rgba_of(palette: Palette) -> dict[Role | None, Rgba]:
    from matplotlib.colors import to_rgba  # noqa: PLC0415  only to draw

    return {None: _NOTHING, **{role: to_rgba(colour) for role, colour in palette.items()}}


@lru_cache(maxsize=1)
def _letters_class() -> type[Any]:
    """Return the artist of a page's texts; made on first use, for its parent class is loaded only to draw."""
    from matplotlib.artist import Artist  # noqa: PLC0415  only to draw
    from matplotlib.text import Text as Placed  # noqa: PLC0415  only to draw

    class Letters(Artist):
        """Hands texts to the renderer one by one, without the layout of paragraphs we have done already."""

        def __init__(
            self, texts: Sequence[Text], colours: Mapping[Role | None, Rgba], *, page_height: float, boxes: bool
        ) -> None:
            super().__init__()
            self._texts, self._colours = texts, colours
            self._page_height, self._boxes = page_height, boxes
            self.set_zorder(2)  # over the collection of shapes

        def draw(self, renderer: Any) -> None:
            """Draw every text on its baseline."""
            context = renderer.new_gc()
            canvas_height = renderer.get_canvas_width_height()[1]
            dots = renderer.points_to_pixels(1.0)
            placed = Placed(0, 0)  # tells an SVG on which side a text is anchored
            fonts: dict[tuple[float, bool], Any] = {}
            contents = [shape.text for shape in self._texts]
            for shape in self._texts:
                font = fonts.get((shape.size, shape.bold))
                if font is None:
                    font = properties_for(contents, size=shape.size, bold=shape.bold, stand_ins=not self._boxes)
                    fonts[shape.size, shape.bold] = font
                up = (self._page_height - shape.baseline) * dots
                placed.set_position((shape.x * dots, up))
                placed.set_horizontalalignment(_ALIGNMENT[shape.anchor])
                context.set_foreground(self._colours[shape.role], isRGBA=True)
                text = drawable(shape.text) if self._boxes else shape.text
                left = shape.left * dots
                if shape.anchor is not Anchor.START:
                    # The drawn width, kerned and hinted, so that what is flush right is so to the dot.
                    width = renderer.get_text_width_height_descent(text, font, ismath=False)[0]
                    left = shape.x * dots - (width / 2 if shape.anchor is Anchor.MIDDLE else width)
                renderer.draw_text(
                    context, left, canvas_height - up if renderer.flipy() else up, text, font, 0.0, ismath=False,
                    mtext=placed,
                )  # fmt: skip
            context.restore()

    return Letters
