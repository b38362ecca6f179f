"""One page of a Gantt chart on paper: its title, time header, lanes, rows, links, legend and number in their places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from planner.charts.furniture import (
    Heading,
    Shown,
    count_of,
    empty_shapes,
    legend_shapes,
    title_shapes,
)
from planner.charts.layout import (
    ARROW,
    STUB,
    Area,
    Lettering,
    LinkEnd,
    Span,
    background_shapes,
    baseline_under,
    header_shapes,
    link_shape,
    row_shapes,
    span_of,
    today_shapes,
)
from planner.charts.pagination import Band, Block, Letters, Line, indent_of, stretch_of
from planner.charts.rows import GanttRow
from planner.charts.scene import Anchor, Point, Polyline, Rectangle, Role, Scene, Shape, Text
from planner.charts.text import Measure, shorten
from planner.charts.time_axis import TimeAxis
from planner.charts.waves import gate_lines, wave_shapes
from planner.domain.initiative import Link, LinkType
from planner.language import Language

FROM_FINISH: Final = frozenset({LinkType.FINISH_TO_START, LinkType.FINISH_TO_FINISH})
_TO_FINISH: Final = frozenset({LinkType.FINISH_TO_FINISH, LinkType.START_TO_FINISH})
_PLATE: Final = 17.0
"""Height of the strip under the time header where the label of today stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet's measures in points: its margin, the font sizes rows may have, the small print."""

    width: float
    height: float
    margin: float
    sizes: tuple[float, ...]
    small: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What every page of one chart shares."""

    sheet: Sheet
    heading: Heading
    letters: Letters
    room: float
    axis: TimeAxis
    shown: Shown
    links: Sequence[Link]
    leaving: frozenset[str]
    page_of: Mapping[str, int]
    critical: Mapping[str, bool]
    freezes: Sequence[tuple[date, date]]
    is_working: Callable[[date], bool]
    today: date
    language: Language
    measure: Measure
    pages: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A block in its place: its area across the page and, for a row, the strip of the chart its bar stands in."""

    block: Block
    area: Area
    strip: Area


def body_height(sheet: Sheet, heading: Heading, shown: Shown, *, language: Language, measure: Measure) -> float:
    """Return how high the rows of one page may be together."""
    frame = Area(left=sheet.margin, top=sheet.margin, right=sheet.width - sheet.margin, bottom=sheet.height)
    _, title = title_shapes(heading, frame, size=sheet.small, measure=measure)
    _, legend = legend_shapes(
        shown, _legend_area(sheet, sheet.height), lettering=Lettering(sheet.small * 0.9, measure), language=language
    )
    return (
        sheet.height
        - sheet.margin
        - title
        - _gap(sheet)
        - _header_height(sheet, shown)
        - _PLATE
        - 1.2 * sheet.small
        - legend
    )


def _gap(sheet: Sheet) -> float:
    return 1.2 * sheet.small


def _header_height(sheet: Sheet, shown: Shown) -> float:
    return 4.0 * sheet.small + _band_height(sheet, shown)


def _band_height(sheet: Sheet, shown: Shown) -> float:
    return 1.9 * sheet.small if shown.waves else 0.0


def _legend_area(sheet: Sheet, height: float) -> Area:
    # The page number has the right corner to itself.
    return Area(
        left=sheet.margin, top=0.0, right=sheet.width - sheet.margin - 11 * sheet.small, bottom=height - sheet.margin
    )


def empty_page(sheet: Sheet, heading: Heading, *, language: Language, measure: Measure) -> Scene:
    """Return the page of a plan without initiatives."""
    frame = Area(
        left=sheet.margin, top=sheet.margin, right=sheet.width - sheet.margin, bottom=sheet.height - sheet.margin
    )
    shapes, _ = title_shapes(heading, frame, size=sheet.small, measure=measure)
    shapes += empty_shapes(frame, size=sheet.small, measure=measure, language=language)
    return Scene(width=sheet.width, height=sheet.height, shapes=tuple(shapes))


def draw_page(book: Book, blocks: Sequence[Block], number: int) -> Scene:
    """Return page `number` with its `blocks`; one that cannot hold them grows in height."""
    sheet = book.sheet
    right = sheet.width - sheet.margin
    frame = Area(left=sheet.margin, top=sheet.margin, right=right, bottom=sheet.height)
    shapes, y = title_shapes(book.heading, frame, size=sheet.small, measure=book.measure)
    top = y + _gap(sheet)
    header = Area(left=book.axis.left, top=top, right=right, bottom=top + _header_height(sheet, book.shown))
    top = header.bottom + _PLATE
    lettering = Lettering(sheet.small * 0.9, book.measure)
    _, legend = legend_shapes(book.shown, _legend_area(sheet, 0.0), lettering=lettering, language=book.language)
    natural = sum(block.height for block in blocks)
    space = sheet.height - sheet.margin - 1.2 * sheet.small - legend - top
    stretch = stretch_of(blocks, height=space)
    # Bars of one page are equally high, however many lines their names have.
    bar_strip = stretch * min(block.height for block in blocks if isinstance(block, Line))
    places: list[_Place] = []
    y = top
    for block in blocks:
        tall = block.height * (stretch if isinstance(block, Line) else 1.0)
        area = Area(left=sheet.margin, top=y, right=right, bottom=y + tall)
        strip = Area(
            left=book.axis.left + 2.0,
            top=area.middle - bar_strip / 2,
            right=right - 1.0,
            bottom=area.middle + bar_strip / 2,
        )
        places.append(_Place(block, area, strip))
        y += tall
    height = max(sheet.height, sheet.height + natural - space)
    chart = Area(left=book.axis.left, top=header.bottom, right=right, bottom=y)
    shapes += _backdrop(book, places, header, chart)
    links = _link_shapes(book, places)
    crossings = _crossings(book, links, places, chart)
    shapes += links
    for place, crossing in zip(places, crossings, strict=True):
        if isinstance(place.block, Band):
            shapes += _band_shapes(book, place.block, place.area)
        else:
            shapes += _line_shapes(book, place.block, place, crossing)
    shapes += _frame_shapes(book, header, chart)
    shapes += legend_shapes(book.shown, _legend_area(sheet, height), lettering=lettering, language=book.language)[0]
    if book.pages > 1:
        shapes.append(_page_number(book, number, height))
    return Scene(width=sheet.width, height=height, shapes=tuple(shapes))


def _backdrop(book: Book, places: Sequence[_Place], header: Area, chart: Area) -> list[Shape]:
    shapes = background_shapes(
        book.axis, chart, is_working=book.is_working, freezes=book.freezes, size=book.sheet.small
    )
    for at, place in enumerate(places):
        area = place.area
        if isinstance(place.block, Band):
            shapes.append(Rectangle(x=area.left, y=area.top, width=area.width, height=area.height, fill=Role.LANE))
        elif at + 1 < len(places) and isinstance(places[at + 1].block, Line):
            points = ((area.left, area.bottom), (area.right, area.bottom))
            shapes.append(Polyline(points=points, line=Role.GRID, line_width=0.4))
    shapes += gate_lines(book.shown.waves, book.axis, chart)
    today = Area(left=chart.left, top=header.bottom, right=chart.right, bottom=chart.bottom)
    shapes += today_shapes(book.axis, book.today, today)
    return shapes


def _frame_shapes(book: Book, header: Area, chart: Area) -> list[Shape]:
    """Return the time header, the column's title, the lines around the chart and the label of today, over all else."""
    size = book.sheet.small
    lettering = Lettering(size, book.measure)
    scales = replace(header, bottom=header.bottom - _band_height(book.sheet, book.shown))
    shapes = header_shapes(book.axis, scales, lettering=lettering, language=book.language)
    if book.shown.waves:
        band = replace(header, top=scales.bottom)
        points = ((band.left, band.top), (band.right, band.top))
        shapes.append(Polyline(points=points, line=Role.GRID, line_width=0.6))
        shapes += wave_shapes(book.shown.waves, book.axis, band, lettering=lettering)
    title = book.language.gettext("Initiative")
    shapes.append(
        Text(
            x=book.sheet.margin + 0.7 * book.letters.name,
            baseline=baseline_under(header.top + header.height * 0.75, size),
            text=title,
            size=size,
            width=lettering.width(title),
            role=Role.TEXT_MUTED,
        )
    )
    left = book.sheet.margin
    shapes += [
        Polyline(points=((left, header.bottom), (chart.right, header.bottom)), line=Role.GRID_STRONG, line_width=0.9),
        Polyline(points=((chart.left, header.top), (chart.left, chart.bottom)), line=Role.GRID_STRONG, line_width=0.9),
        Polyline(points=((left, chart.bottom), (chart.right, chart.bottom)), line=Role.GRID_STRONG, line_width=0.9),
    ]
    label = book.language.gettext("Today, {day}").format(day=_day_label(book.today, book.language))
    plate = Area(left=chart.left, top=header.bottom + 2.0, right=chart.right, bottom=header.bottom + _PLATE)
    shapes += today_shapes(
        book.axis, book.today, plate, label=label, lettering=Lettering(min(0.85 * size, 7.6), book.measure)
    )
    return shapes


def _band_shapes(book: Book, band: Band, place: Area) -> list[Shape]:
    size = book.letters.name
    left = place.left + 0.7 * size
    count = "" if band.continued else count_of(band.lane.rows, book.language)
    title = book.language.gettext("{name} (continued)").format(name=band.title) if band.continued else band.title
    count_width = book.measure(count, book.letters.label, False) if count else 0.0
    room = place.right - left - count_width - 3 * size
    title = shorten(title, width=room, size=size, bold=True, measure=book.measure)
    width = book.measure(title, size, True)
    baseline = baseline_under(place.middle, size)
    shapes: list[Shape] = [Text(x=left, baseline=baseline, text=title, size=size, width=width, bold=True)]
    if count:
        shapes.append(
            Text(
                x=left + width + 1.2 * size, baseline=baseline, text=count, size=book.letters.label,
                width=count_width, role=Role.TEXT_MUTED,
            )
        )  # fmt: skip
    return shapes


def _line_shapes(book: Book, line: Line, place: _Place, crossings: Sequence[Span]) -> list[Shape]:
    letters = book.letters
    pitch, note_pitch = 1.22 * letters.name, 1.22 * letters.note
    tall = len(line.name) * pitch + len(line.note) * note_pitch
    x = place.area.left + 0.7 * letters.name + indent_of(line.row, letters.name)
    shapes: list[Shape] = []
    y = place.area.middle - tall / 2
    for text in line.name:
        width = book.measure(text, letters.name, line.row.summary)
        shapes.append(
            Text(
                x=x, baseline=baseline_under(y + pitch / 2, letters.name), text=text, size=letters.name, width=width,
                bold=line.row.summary,
            )
        )  # fmt: skip
        y += pitch
    for text in line.note:
        width = book.measure(text, letters.note, False)
        shapes.append(
            Text(
                x=x, baseline=baseline_under(y + note_pitch / 2, letters.note), text=text, size=letters.note,
                width=width, role=Role.TEXT_MUTED,
            )
        )  # fmt: skip
        y += note_pitch
    bar = row_shapes(
        line.row,
        book.axis,
        place.strip,
        labels=_labels_of(line.row, book.language),
        lettering=Lettering(letters.label, book.measure),
        linked=line.row.id in book.leaving,
        obstacles=crossings,
    )
    own = span_of(line.row, book.axis, height=place.strip.height)
    for shape in bar:
        # A label inside its bar lies over every link already.
        if (
            isinstance(shape, Text)
            and (shape.left >= own.right or shape.right <= own.left)
            and any(shape.left < crossed.right and crossed.left < shape.right for crossed in crossings)
        ):
            shapes.append(_cleared(shape))
        shapes.append(shape)
    return shapes


def _cleared(text: Text) -> Rectangle:
    """Return paper behind a label where no place was free of links, which then pass behind it."""
    return Rectangle(
        x=text.left - 1.0,
        y=text.baseline - 0.86 * text.size,
        width=text.width + 2.0,
        height=1.12 * text.size,
        fill=Role.PAPER,
    )


def _labels_of(row: GanttRow, language: Language) -> tuple[str, ...]:
    start = _day_label(row.start, language)
    if row.milestone or row.start == row.finish:
        return (start,)
    dates = f"{start} \u2013 {_day_label(row.finish, language)}"
    if 0 < row.progress < 1:
        return f"{dates}  \u00b7  {language.percent(row.progress)}", dates
    return (dates,)


@lru_cache(maxsize=8192)
def _day_label(day: date, language: Language) -> str:
    return language.skeleton(day, "MMMd")


def _link_shapes(book: Book, places: Sequence[_Place]) -> list[Polyline]:
    ends = {place.block.row.id: (place.block.row, place) for place in places if isinstance(place.block, Line)}
    shapes: list[Polyline] = []
    for link in book.links:
        before, after = ends.get(link.predecessor_id), ends.get(link.successor_id)
        if before is not None and after is not None:
            start, end = (
                LinkEnd(span_of(row, book.axis, height=place.strip.height), place.strip.middle)
                for row, place in (before, after)
            )
            critical = before[0].critical and after[0].critical
            shapes.append(link_shape(link.type, start, end, row_height=after[1].area.height, critical=critical))
        elif before is not None:
            shapes.append(_stub(book, link, *before, leaves=True))
        elif after is not None:
            shapes.append(_stub(book, link, *after, leaves=False))
    return shapes


def _crossings(book: Book, links: Sequence[Polyline], places: Sequence[_Place], chart: Area) -> list[list[Span]]:
    """Return, for each of `places`, where links and the line of today cross the middle of its row."""
    crossings: list[list[Span]] = [[] for _ in places]
    middles = [place.area.middle for place in places]
    reach = 0.6 * book.letters.label
    for link in links:
        for (x1, y1), (x2, y2) in pairwise(link.points):
            span = Span(min(x1, x2), max(x1, x2))
            first = bisect_left(middles, min(y1, y2) - reach)
            last = bisect_right(middles, max(y1, y2) + reach)
            for at in range(first, last):
                crossings[at].append(span)
    today = book.axis.x_middle(book.today)
    if chart.left <= today <= chart.right:
        for crossing in crossings:
            crossing.append(Span(today, today))
    return crossings


def _stub(book: Book, link: Link, row: GanttRow, place: _Place, *, leaves: bool) -> Polyline:
    """Return the beginning or the end of a link whose other end is on another page, above or below."""
    other = link.successor_id if leaves else link.predecessor_id
    down = (book.page_of[other] > book.page_of[row.id]) == leaves
    side = 1 if link.type in (FROM_FINISH if leaves else _TO_FINISH) else -1
    span = span_of(row, book.axis, height=place.strip.height)
    end = span.right if side > 0 else span.left
    turn = end + side * (STUB + (0.0 if leaves else ARROW / 2))
    points: tuple[Point, ...] = ((end, place.area.middle), (turn, place.area.middle))
    if leaves:
        points += ((turn, place.area.bottom if down else place.area.top),)
    else:
        points = ((turn, place.area.top if down else place.area.bottom), *reversed(points))
    critical = row.critical and book.critical.get(other, False)
    return Polyline(
        points=points,
        line=Role.LINK_CRITICAL if critical else Role.LINK,
        line_width=1.3 if critical else 0.8,
        arrow=ARROW,
        dashed=True,
    )


def _page_number(book: Book, number: int, height: float) -> Text:
    size = book.sheet.small * 0.9
    text = book.language.gettext("Page {page} of {pages}").format(page=number, pages=book.pages)
    return Text(
        x=book.sheet.width - book.sheet.margin,
        baseline=height - book.sheet.margin - 0.6 * size,
        text=text,
        size=size,
        width=book.measure(text, size, False),
        role=Role.TEXT_MUTED,
        anchor=Anchor.END,
    )
